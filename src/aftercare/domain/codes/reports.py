"""Which papers there are, and for whom they are made."""

from __future__ import annotations

from enum import StrEnum


class ReportKind(StrEnum):
    PROGRESS = "progress"
    PLAN_SHEET = "plan_sheet"


class ReportProfile(StrEnum):
    INTERNAL = "internal"
    SURVIVORS_COPY = "survivors_copy"
    ANONYMOUS = "anonymous"

"""A case as its form shows it."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.domain.drafts.cases import CaseDraft
from aftercare.domain.rows.access import TeamRow
from aftercare.domain.rows.plan import StaffChoice


@dataclass(frozen=True, slots=True)
class CaseForm:
    """What is kept of a case, everybody who can work on it, and the teams it can be given to."""

    draft: CaseDraft
    staff: tuple[StaffChoice, ...]
    teams: tuple[TeamRow, ...]

"""The way to work, and how one job stands."""

from __future__ import annotations

from enum import StrEnum


class EmploymentState(StrEnum):
    NOT_YET = "not_yet"
    PREPARING = "preparing"
    APPLYING = "applying"
    TRIAL = "trial"
    EMPLOYED = "employed"
    SELF_EMPLOYED = "self_employed"
    IN_TRAINING = "in_training"
    PAUSED = "paused"
    NOT_WANTED = "not_wanted"


class JobState(StrEnum):
    CONSIDERED = "considered"
    APPLIED = "applied"
    INTERVIEW = "interview"
    OFFERED = "offered"
    WORKING = "working"
    ENDED = "ended"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

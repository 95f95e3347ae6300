"""Words of a case: its stage and risk, how it came and why it ends, what is noted, what runs out."""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a case stands, in order."""

    INTAKE = "intake"
    STABILISING = "stabilising"
    PLAN = "plan"
    REINTEGRATION = "reintegration"
    FOLLOW_UP = "follow_up"
    CLOSED = "closed"


class RiskLevel(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    CRITICAL = "critical"


RISK_REVIEW_DAYS = {RiskLevel.LOW: 90, RiskLevel.MEDIUM: 30, RiskLevel.HIGH: 7, RiskLevel.CRITICAL: 1}


class ReferralSource(StrEnum):
    SELF = "self"
    NGO = "ngo"
    POLICE = "police"
    BORDER = "border"
    HEALTH = "health"
    HOTLINE = "hotline"
    CHILD_PROTECTION = "child_protection"
    LABOUR_INSPECTION = "labour_inspection"
    EMBASSY = "embassy"
    FAMILY_OR_FRIEND = "family_or_friend"
    COMMUNITY = "community"
    OTHER_SHELTER = "other_shelter"
    OTHER = "other"


class ClosureReason(StrEnum):
    GOALS_MET = "goals_met"
    HER_WISH = "her_wish"
    TRANSFERRED = "transferred"
    RETURNED_HOME = "returned_home"
    REPATRIATED = "repatriated"
    MOVED_IN_COUNTRY = "moved_in_country"
    MOVED_ABROAD = "moved_abroad"
    LOST_CONTACT = "lost_contact"
    NOT_ELIGIBLE = "not_eligible"
    DIED = "died"
    OTHER = "other"


class NoteKind(StrEnum):
    VISIT = "visit"
    CALL = "call"
    MESSAGE = "message"
    MEETING = "meeting"
    COUNSELLING = "counselling"
    ACCOMPANIMENT = "accompaniment"
    CASE_CONFERENCE = "case_conference"
    INCIDENT = "incident"
    OTHER = "other"


class DeadlineKind(StrEnum):
    REFLECTION_PERIOD = "reflection_period"
    RESIDENCE_PERMIT = "residence_permit"
    WORK_PERMIT = "work_permit"
    ASYLUM_STEP = "asylum_step"
    APPEAL = "appeal"
    COMPENSATION_CLAIM = "compensation_claim"
    HEALTH_COVER = "health_cover"
    BENEFIT = "benefit"
    DOCUMENT = "document"
    OTHER = "other"

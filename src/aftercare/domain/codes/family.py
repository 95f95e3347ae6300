"""Relatives, contact with them, and the ladder of reunification."""

from __future__ import annotations

from enum import StrEnum


class Rung(StrEnum):
    """The reunification ladder, from the bottom."""

    WISH = "wish"
    TRACE = "trace"
    CONTACT = "contact"
    ASSESSMENT = "assessment"
    TRIAL_VISIT = "trial_visit"
    RETURN = "return"
    FOLLOW_UP = "follow_up"


class RelativeKind(StrEnum):
    MOTHER = "mother"
    FATHER = "father"
    SISTER = "sister"
    BROTHER = "brother"
    CHILD = "child"
    PARTNER = "partner"
    GRANDPARENT = "grandparent"
    AUNT_OR_UNCLE = "aunt_or_uncle"
    COUSIN = "cousin"
    GUARDIAN = "guardian"
    FRIEND = "friend"
    OTHER = "other"


class StopKind(StrEnum):
    """What freezes the ladder. Her veto needs no reason; the others say who must lift them."""

    HER_VETO = "her_veto"
    NEW_THREAT = "new_threat"
    CONSENT_WITHDRAWN = "consent_withdrawn"
    ASSESSMENT_FAILED = "assessment_failed"


class FamilyContactWay(StrEnum):
    CALL = "call"
    VIDEO_CALL = "video_call"
    MESSAGE = "message"
    LETTER = "letter"
    VISIT = "visit"
    THROUGH_OTHERS = "through_others"

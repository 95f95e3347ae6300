"""Appointments of every kind, and short facts about health."""

from __future__ import annotations

from enum import StrEnum


class AppointmentKind(StrEnum):
    """Health kinds first (field.md), then the others that stand in the same diary."""

    GENERAL = "general"
    DENTAL = "dental"
    SEXUAL_AND_REPRODUCTIVE = "sexual_and_reproductive"
    PREGNANCY = "pregnancy"
    MENTAL_HEALTH = "mental_health"
    COUNSELLING_SESSION = "counselling_session"
    SUBSTANCE_USE = "substance_use"
    EMERGENCY = "emergency"
    VACCINATION = "vaccination"
    HEARING = "hearing"
    LAWYER = "lawyer"
    AUTHORITY = "authority"
    HOUSING_VIEWING = "housing_viewing"
    COURSE = "course"
    WORK = "work"
    FAMILY_CONTACT = "family_contact"
    REVIEW = "review"
    OTHER = "other"


HEALTH_APPOINTMENTS = tuple(AppointmentKind)[:9]


class AppointmentState(StrEnum):
    OFFERED = "offered"
    DECLINED = "declined"
    BOOKED = "booked"
    ATTENDED = "attended"
    MISSED = "missed"
    CANCELLED = "cancelled"


class InterpreterState(StrEnum):
    NOT_NEEDED = "not_needed"
    NEEDED = "needed"
    ASKED = "asked"
    CONFIRMED = "confirmed"


class HealthFactKind(StrEnum):
    """Short facts about health in her or a clinician's words; staff do not diagnose."""

    NEED = "need"
    MEDICATION = "medication"
    ALLERGY = "allergy"
    REFERRAL = "referral"
    COVER = "cover"

"""Courses and schools, their levels, how an enrolment stands and what is in its way."""

from __future__ import annotations

from enum import StrEnum


class EducationKind(StrEnum):
    LITERACY = "literacy"
    LANGUAGE_COURSE = "language_course"
    PRIMARY = "primary"
    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    APPRENTICESHIP = "apprenticeship"
    HIGHER = "higher"
    LIFE_SKILLS = "life_skills"
    RIGHTS_COURSE = "rights_course"


class Isced(StrEnum):
    """UNESCO ISCED 2011 levels."""

    EARLY_CHILDHOOD = "0"
    PRIMARY = "1"
    LOWER_SECONDARY = "2"
    UPPER_SECONDARY = "3"
    POST_SECONDARY = "4"
    SHORT_TERTIARY = "5"
    BACHELOR = "6"
    MASTER = "7"
    DOCTORAL = "8"


class EnrolmentState(StrEnum):
    ENROLLED = "enrolled"
    ATTENDING = "attending"
    PAUSED = "paused"
    COMPLETED = "completed"
    LEFT = "left"


class EducationBarrier(StrEnum):
    CHILDCARE = "childcare"
    TRANSPORT = "transport"
    PAPERS = "papers"
    TRAUMA = "trauma"
    MONEY = "money"
    LANGUAGE = "language"

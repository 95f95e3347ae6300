"""What the search before create asks and answers; how it is found out is in domain.duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from aftercare.domain.rows.survivors import KnownPerson


class Reason(StrEnum):
    """Why somebody may be the same person."""

    SAME_ID_NUMBER = "same_id_number"
    SAME_PHONE = "same_phone"
    SAME_NAME = "same_name"
    NAMES_SWAPPED = "names_swapped"
    SIMILAR_NAME = "similar_name"
    SOUNDS_ALIKE = "sounds_alike"
    SAME_BIRTH_DATE = "same_birth_date"
    BIRTH_DATE_FITS = "birth_date_fits"
    DAY_AND_MONTH_SWAPPED = "day_and_month_swapped"
    SIMILAR_BIRTH_DATE = "similar_birth_date"


@dataclass(frozen=True, slots=True)
class TypedPerson:
    """What was typed so far of a new person; everything may be empty. `birth_date` is EDTF."""

    names: tuple[str, ...] = ()
    birth_date: str = ""
    phones: tuple[str, ...] = ()
    id_numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Likeness:
    """Somebody known who is like the person typed; `score` is between 0 and 1 and only good for ranking."""

    person: KnownPerson
    score: float
    reasons: tuple[Reason, ...]

"""What a draft's fields must be before they are kept; each check gives the problems it finds, to be told together."""

from __future__ import annotations

from datetime import date

from aftercare.domain.errors import FieldProblem


def required(draft: object, *names: str) -> list[FieldProblem]:
    """Fields that must not be empty."""
    return [FieldProblem(name, "required") for name in names if _is_empty(getattr(draft, name))]


def _is_empty(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def in_order(field: str, begins: date | None, ends: date | None) -> list[FieldProblem]:
    """The end, in `field`, is not before the beginning; an empty day is no problem."""
    if begins is None or ends is None or ends >= begins:
        return []
    return [FieldProblem(field, "ends_before_it_begins")]


def not_ahead(draft: object, today: date, *names: str) -> list[FieldProblem]:
    """Days of what has happened are not still to come."""
    days = ((name, getattr(draft, name)) for name in names)
    return [FieldProblem(name, "in_the_future") for name, day in days if day is not None and day > today]


def not_below_zero(draft: object, *names: str) -> list[FieldProblem]:
    numbers = ((name, getattr(draft, name)) for name in names)
    return [FieldProblem(name, "out_of_range") for name, number in numbers if number is not None and number < 0]

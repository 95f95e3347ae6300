"""The areas as this organisation uses them: its own, and built-in ones relabelled or hidden."""

from __future__ import annotations

import re
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.codes import OWN_AREA, Area
from aftercare.domain.errors import ChangedMeanwhile, FieldProblem, NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.queries import plan as queries
from aftercare.records.facts import Appointment, Deadline
from aftercare.records.notes import Addendum, Note
from aftercare.records.office import OwnArea
from aftercare.records.plans import PlanArea, ProgressEntry
from aftercare.services.work import Work, needs

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
_NAMING = (PlanArea, ProgressEntry, Note, Addendum, Appointment, Deadline)


@needs(Permission.WORK_HERE)
def office_areas(work: Work) -> tuple[OfficeAreaRow, ...]:
    """Every area, built-in ones first, with how this organisation calls it and whether it is hidden."""
    return queries.office_areas(work.session)


@needs(Permission.SET_POLICY)
def add_own_area(work: Work, label: str, colour: str = "") -> str:
    """An area of the organisation's own; gives its code."""
    words = _checked(work, label, None)
    code = f"{OWN_AREA}{_short(work.new_id())}"
    place = len(queries.office_areas(work.session))
    work.add(OwnArea(code=code, label=words, colour=_checked_colour(colour), position=place))
    return code


@needs(Permission.SET_POLICY)
def rename_area(work: Work, area: str, label: str, colour: str = "", version: int | None = None) -> None:
    """Call an area otherwise here; an empty label gives a built-in one its own name back."""
    kept = _kept(work, area)
    if version is not None and kept.version != version:
        raise ChangedMeanwhile("own_area")
    kept.label = _checked(work, label, area) if label.strip() or area not in set(Area) else ""
    kept.colour = _checked_colour(colour)


@needs(Permission.SET_POLICY)
def hide_area(work: Work, area: str) -> None:
    """Offer an area no more; plans that have it keep it."""
    _kept(work, area).hidden = True


@needs(Permission.SET_POLICY)
def show_area_again(work: Work, area: str) -> None:
    """Offer a hidden area again."""
    _kept(work, area).hidden = False


@needs(Permission.SET_POLICY)
def remove_own_area(work: Work, area: str, version: int | None = None) -> None:
    """Take away an area of the organisation's own that no record names; FieldProblem where one does."""
    kept = work.session.scalar(select(OwnArea).where(OwnArea.code == area))
    if kept is None or area in set(Area):
        raise NotFound("own_area")
    if version is not None and kept.version != version:
        raise ChangedMeanwhile("own_area")
    for kind in _NAMING:
        if work.session.scalar(select(kind.id).where(kind.area == area).limit(1)) is not None:
            raise FieldProblem("label", "area_in_use", area)
    work.remove(kept)


def _kept(work: Work, area: str) -> OwnArea:
    """The record of an area, made now for a built-in one that was used as it is."""
    kept = work.session.scalar(select(OwnArea).where(OwnArea.code == area))
    if kept is not None:
        return kept
    if area not in set(Area):
        raise NotFound("own_area")
    return work.add(OwnArea(code=area, position=list(Area).index(Area(area))))


def _checked(work: Work, label: str, of: str | None) -> str:
    words = label.strip()
    if not words:
        raise FieldProblem("label", "required")
    if len(words) > 80:
        raise FieldProblem("label", "too_long")
    others = (row for row in queries.office_areas(work.session) if row.area != of)
    if any(row.label.casefold() == words.casefold() for row in others):
        raise FieldProblem("label", "taken", words)
    return words


def _checked_colour(colour: str) -> str:
    if colour and _COLOUR.fullmatch(colour) is None:
        raise FieldProblem("colour", "unknown_code", colour)
    return colour


def _short(key: UUID) -> str:
    return key.hex[-12:]

"""The conditions by which somebody gets only what is open to them, of records that are marked as restricted."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, or_, true

from aftercare.domain.secrecy import EVERYTHING, OF_AREA, Secret, Sees, closed_areas, open_areas


def open_to(kind: Any, sees: Sees) -> ColumnElement[bool]:
    """Records of this kind (with `area` and `restricted`) that may be read by somebody who sees these classes."""
    if sees == EVERYTHING:
        return true()
    return or_(kind.restricted.is_(False), _of_open_class(kind, sees))


def _of_open_class(kind: Any, sees: Sees) -> ColumnElement[bool]:
    named: ColumnElement[bool] = kind.area.in_(open_areas(sees))
    if Secret.NARRATIVE not in sees:
        return named
    return or_(named, kind.area.is_(None), kind.area.not_in(tuple(OF_AREA)))


def in_open_area(kind: Any, sees: Sees) -> ColumnElement[bool]:
    """Records of this kind that are in no area of a closed class, marked or not."""
    closed = closed_areas(sees)
    return or_(kind.area.is_(None), kind.area.not_in(closed)) if closed else true()


def may_be_found(entry: Any, sees: Sees) -> ColumnElement[bool]:
    """Entries of the search whose words are open."""
    if sees == EVERYTHING:
        return true()
    return or_(entry.secret.is_(None), entry.secret.in_(sorted(sees)))

"""What is restricted apart from the rest: health, legal matters, and what she told of what was done to her.

One table says which kinds of record and which of their fields belong to which class (field.md, A1). A record that was
marked as restricted belongs to the class of its area.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from aftercare.domain.codes import Area
from aftercare.domain.permissions import Permission


class Secret(StrEnum):
    """The classes of what not everybody on a case may read."""

    HEALTH = "health"
    LEGAL = "legal"
    NARRATIVE = "narrative"


Sees = frozenset[Secret]
"""The classes that somebody may read."""

EVERYTHING: Sees = frozenset(Secret)

PERMISSIONS: dict[Secret, Permission] = {
    Secret.HEALTH: Permission.SEE_HEALTH,
    Secret.LEGAL: Permission.SEE_LEGAL,
    Secret.NARRATIVE: Permission.SEE_NARRATIVE,
}

OF_AREA: dict[str, Secret] = {Area.HEALTH.value: Secret.HEALTH, Area.LEGAL.value: Secret.LEGAL}
"""Areas whose restricted records are not narrative."""

BY_AREA = "by_area"
"""In the table below: of the class of its area, where the record is marked as restricted."""

RESTRICTED_FIELDS: dict[str, dict[str, Secret | str]] = {
    "health_fact": {"*": Secret.HEALTH},
    "deadline": {"*": "area"},
    "appointment": dict.fromkeys(("area", "kind", "provider", "words"), BY_AREA),
    "note": dict.fromkeys(("area", "kind", "at", "minutes", "present", "words"), BY_AREA),
    "addendum": {"words": BY_AREA},
    "progress_entry": {"*": BY_AREA},
    "survivor": dict.fromkeys(("vulnerabilities", "vulnerability_words"), Secret.NARRATIVE),
    "identity_number": {"*": Secret.LEGAL},
}
"""Kind of record → field → class; «*» is the whole record, «area» all of those in the area of a class."""


KEPT_APART = ("exclusion", "glass_opening", "legal_hold", "purged")
"""Kinds of record about a person that are no part of her record: their own pages show them to those who decide."""


def secret_of(area: str | None) -> Secret:
    """The class of what is marked as restricted in this area, or in none."""
    return OF_AREA.get(area or "", Secret.NARRATIVE)


def is_open(restricted: bool, area: str | None, sees: Sees) -> bool:
    """Whether something of this area may be read by somebody who sees these classes."""
    return not restricted or secret_of(area) in sees


def open_areas(sees: Sees) -> tuple[str, ...]:
    """The areas of a class that are open."""
    return tuple(area for area, secret in OF_AREA.items() if secret in sees)


def closed_areas(sees: Sees) -> tuple[str, ...]:
    """The areas that are closed altogether: their deadlines, and their chapters in reports."""
    return tuple(area for area, secret in OF_AREA.items() if secret not in sees)


def closed_fields(kind: str, sees: Sees) -> frozenset[str]:
    """The fields of a kind of record that are always closed, whatever its area."""
    fields = RESTRICTED_FIELDS.get(kind, {})
    return frozenset(name for name, secret in fields.items() if isinstance(secret, Secret) and secret not in sees)


def closed_fields_of_person(sees: Sees) -> frozenset[str]:
    """The fields of the form about a person that are closed, the numbers of papers among them."""
    papers = {"identity_numbers"} if closed_fields("identity_number", sees) else set()
    return closed_fields("survivor", sees) | papers


def seen_with(permissions: Iterable[Permission]) -> Sees:
    """The classes that somebody with these permissions may read."""
    held = set(permissions)
    return frozenset(secret for secret, permission in PERMISSIONS.items() if permission in held)

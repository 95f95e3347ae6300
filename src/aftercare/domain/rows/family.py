"""Rows of her family: relatives, contacts, and the ladders towards living together again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from aftercare.domain.check_ins import CheckIn
from aftercare.domain.codes import Answer, FamilyContactWay, RelativeKind, StopKind
from aftercare.domain.reunification import LadderState


@dataclass(frozen=True, slots=True)
class RelativeRow:
    id: UUID
    name: str
    relation: RelativeKind
    whereabouts: str
    phone: str
    her_wish: str
    was_recruiter: Answer
    knows_where_she_is: Answer
    words: str
    version: int


@dataclass(frozen=True, slots=True)
class FamilyContactRow:
    id: UUID
    relative_id: UUID
    on: date
    way: FamilyContactWay
    minutes: int | None
    words: str
    by: str
    version: int


@dataclass(frozen=True, slots=True)
class StopRow:
    """A stop of a ladder; `lifted_on` is empty while it stands."""

    id: UUID
    kind: StopKind
    on: date
    words: str
    lifted_on: date | None
    lifted_words: str

    @property
    def stands(self) -> bool:
        return self.lifted_on is None


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A follow-up visit after a return."""

    id: UUID
    day: int
    on: date
    safe: Answer
    housed: Answer
    occupied: Answer
    wants_to_stay: Answer
    words: str

    @property
    def says_no(self) -> bool:
        return Answer.NO in (self.safe, self.housed, self.occupied, self.wants_to_stay)


@dataclass(frozen=True, slots=True)
class LadderRow:
    """A ladder: `state` is what domain.reunification decides by; `due` are the visits still to be made.

    `said` are the words of each of its moves, in their order: no rule reads them.
    """

    id: UUID
    relative: RelativeRow | None
    household: str
    state: LadderState
    stops: tuple[StopRow, ...]
    visits: tuple[VisitRow, ...]
    due: tuple[CheckIn, ...]
    said: tuple[str, ...]
    version: int

    @property
    def standing_stops(self) -> tuple[StopRow, ...]:
        return tuple(stop for stop in self.stops if stop.stands)


@dataclass(frozen=True, slots=True)
class Family:
    """Everything about the family of a case; contacts are the latest first. `is_child` by her age today."""

    relatives: tuple[RelativeRow, ...]
    contacts: tuple[FamilyContactRow, ...]
    ladders: tuple[LadderRow, ...]
    is_child: bool
    may_lift_for_safety: bool

    def contacts_with(self, relative_id: UUID) -> tuple[FamilyContactRow, ...]:
        return tuple(contact for contact in self.contacts if contact.relative_id == relative_id)

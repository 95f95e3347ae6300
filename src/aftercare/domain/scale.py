"""Instruments: the built-in five-step scale, and those an organisation loads from a JSON file.

An instrument names its domains, items and levels, in which direction the levels go, when it is used, what it may be
used for, and what a missing answer does. Scores of two instruments are never averaged. Standing answers such as «not
enough information» are not levels and never count as the lowest.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from aftercare.domain.errors import FieldProblem

FIELD = "instrument"
BUILT_IN = "five_step_scale"
LARGEST_FILE = 1_000_000  # characters
Code = TypeVar("Code", bound=StrEnum)
Value = TypeVar("Value")
_MOST = 500  # domains, items of a domain, levels


class Direction(StrEnum):
    """Which end of the scale is the good one."""

    HIGHER_IS_BETTER = "higher_is_better"
    LOWER_IS_BETTER = "lower_is_better"


class DomainScore(StrEnum):
    """How a domain's score comes from its items."""

    MEAN = "mean"
    MIN = "min"


class MissingRule(StrEnum):
    """What a missing answer does: it is left out, or the domain has no score."""

    LEAVE_OUT = "leave_out"
    NO_SCORE = "no_score"


@dataclass(frozen=True, slots=True)
class InstrumentLevel:
    value: int
    code: str
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is asked; `anchors` say what each level means, in the order of the levels, or are empty."""

    id: str
    words: str
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InstrumentDomain:
    id: str
    words: str
    items: tuple[Item, ...]
    score: DomainScore = DomainScore.MEAN


@dataclass(frozen=True, slots=True)
class Schedule:
    """When it is filled in: at intake, after so many days, then every so many days, before closing."""

    at_intake: bool = True
    after_days: tuple[int, ...] = ()
    every_days: int | None = None
    before_closing: bool = False


@dataclass(frozen=True, slots=True)
class Instrument:
    id: str
    version: str
    name: str
    licence_note: str
    direction: Direction
    levels: tuple[InstrumentLevel, ...]
    domains: tuple[InstrumentDomain, ...]
    schedule: Schedule
    missing: MissingRule

    @classmethod
    def from_json(cls, text: str) -> Instrument:
        """Read an instrument file; FieldProblem with a plain reason and the place (`domains[2].items[0].id`)."""
        if len(text) > LARGEST_FILE:
            raise FieldProblem(FIELD, "instrument_too_large")
        try:
            kept = json.loads(text)
        except (ValueError, RecursionError) as wrong:
            raise FieldProblem(FIELD, "instrument_not_json") from wrong
        return _instrument(_Part(kept, ""))

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for domain in self.domains for item in domain.items)

    def domain(self, key: str) -> InstrumentDomain:
        found = next((domain for domain in self.domains if domain.id == key), None)
        if found is None:
            raise FieldProblem(FIELD, "unknown_code", key)
        return found

    def score(self, domain_id: str, answers: Mapping[str, int | None]) -> Fraction | None:
        """The score of a domain from the levels of its items; None where nothing, or too little, was answered."""
        domain = self.domain(domain_id)
        known = {level.value for level in self.levels}
        given = [answers.get(item.id) for item in domain.items]
        if any(value is not None and value not in known for value in given):
            raise FieldProblem(FIELD, "out_of_range")
        values = [value for value in given if value is not None]
        if not values or (self.missing is MissingRule.NO_SCORE and len(values) < len(given)):
            return None
        return Fraction(self._worst(values)) if domain.score is DomainScore.MIN else Fraction(sum(values), len(values))

    def _worst(self, values: Sequence[int]) -> int:
        return min(values) if self.direction is Direction.HIGHER_IS_BETTER else max(values)

    def is_better(self, before: Fraction, after: Fraction) -> bool:
        """Whether a score moved towards the good end by at least one full level."""
        moved = after - before if self.direction is Direction.HIGHER_IS_BETTER else before - after
        return moved >= 1


# --- reading ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Part:
    """A value of the file and where it stands."""

    value: Any
    place: str

    def refuse(self, reason: str) -> FieldProblem:
        return FieldProblem(FIELD, reason, self.place)

    def __getitem__(self, key: str) -> _Part:
        found = self.maybe(key)
        if found is None:
            raise FieldProblem(FIELD, "instrument_part_missing", f"{self.place}.{key}".lstrip("."))
        return found

    def maybe(self, key: str) -> _Part | None:
        if not isinstance(self.value, dict):
            raise self.refuse("instrument_part_wrong")
        if self.value.get(key) is None:
            return None
        return _Part(self.value[key], f"{self.place}.{key}".lstrip("."))

    def each(self, least: int = 1) -> Iterator[_Part]:
        if not isinstance(self.value, list) or not least <= len(self.value) <= _MOST:
            raise self.refuse("instrument_part_wrong")
        return (_Part(value, f"{self.place}[{place}]") for place, value in enumerate(self.value))

    def text(self) -> str:
        if not isinstance(self.value, str) or not self.value.strip():
            raise self.refuse("instrument_part_wrong")
        return self.value.strip()

    def number(self) -> int:
        if type(self.value) is not int:
            raise self.refuse("not_a_number")
        return self.value

    def days(self) -> int:
        days = self.number()
        if not 1 <= days <= 3660:
            raise self.refuse("out_of_range")
        return days

    def truth(self) -> bool:
        if not isinstance(self.value, bool):
            raise self.refuse("instrument_part_wrong")
        return self.value

    def code(self, kind: type[Code]) -> Code:
        try:
            return kind(self.value)
        except ValueError as wrong:
            raise self.refuse("unknown_code") from wrong


def _instrument(part: _Part) -> Instrument:
    levels = tuple(
        InstrumentLevel(level["value"].number(), level["code"].text(), level["words"].text())
        for level in part["levels"].each(least=2)
    )
    _refuse_twins(part["levels"], levels, lambda level: level.value)
    _refuse_twins(part["levels"], levels, lambda level: level.code)
    domains = tuple(_domain(domain, len(levels)) for domain in part["domains"].each())
    _refuse_twins(part["domains"], domains, lambda domain: domain.id)
    _refuse_twins(part["domains"], [item for domain in domains for item in domain.items], lambda item: item.id)
    return Instrument(
        id=part["id"].text(),
        version=part["version"].text(),
        name=part["name"].text(),
        licence_note=part["licence_note"].text(),
        direction=part["direction"].code(Direction),
        levels=tuple(sorted(levels, key=lambda level: level.value)),
        domains=domains,
        schedule=_schedule(part["schedule"]),
        missing=part["missing"].code(MissingRule),
    )


def _domain(part: _Part, levels: int) -> InstrumentDomain:
    score = part.maybe("score")
    return InstrumentDomain(
        part["id"].text(),
        part["words"].text(),
        tuple(_item(item, levels) for item in part["items"].each()),
        score.code(DomainScore) if score is not None else DomainScore.MEAN,
    )


def _item(part: _Part, levels: int) -> Item:
    anchors = part.maybe("anchors")
    words = tuple(anchor.text() for anchor in anchors.each()) if anchors is not None else ()
    if anchors is not None and len(words) != levels:
        raise anchors.refuse("instrument_anchors")
    return Item(part["id"].text(), part["words"].text(), words)


def _schedule(part: _Part) -> Schedule:
    at_intake, closing = part.maybe("at_intake"), part.maybe("before_closing")
    after, every = part.maybe("after_days"), part.maybe("every_days")
    return Schedule(
        at_intake=at_intake.truth() if at_intake is not None else False,
        after_days=tuple(day.days() for day in after.each(least=0)) if after is not None else (),
        every_days=every.days() if every is not None else None,
        before_closing=closing.truth() if closing is not None else False,
    )


def _refuse_twins(part: _Part, values: Sequence[Value], key: Callable[[Value], object]) -> None:
    if len({key(value) for value in values}) != len(values):
        raise part.refuse("instrument_twice")

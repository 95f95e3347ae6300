"""How a story is told: facts with a moment, a teller and a key, drawn from one seed."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import UUID

from aftercare.domain.ids import uuid7

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Told:
    """One fact: the kind of record (its table) and its values, complete but for those that are empty anyway."""

    kind: str
    values: dict[str, Any]


@dataclass(slots=True)
class Teller:
    """Tells the story of one person: remembers what was told, draws by chance, never tells of a moment after `now`."""

    rng: random.Random
    now: datetime
    today: date
    survivor_id: UUID = field(init=False)
    case_id: UUID = field(init=False)
    told: list[Told] = field(default_factory=list)

    # --- telling -------------------------------------------------------------------------------------------------

    def key(self, on: date) -> UUID:
        return uuid7(self.moment(on), self.rng.getrandbits)

    def moment(self, on: date, at: time | None = None) -> datetime:
        """A moment of that day in working hours, in UTC; never later than now."""
        clock_time = at or time(8 + self.rng.randrange(10), self.rng.randrange(60), self.rng.randrange(60))
        return min(datetime.combine(on, clock_time, UTC), self.now)

    def tell(self, kind: str, on: date, by: UUID, /, **values: Any) -> UUID:
        """A record that somebody made on a day (at the time it tells of, if it is of that day); its key."""
        moment = self.moment(on, values.get("at") if values.get("on") == on else None)
        key: UUID = values.pop("id", None) or uuid7(moment, self.rng.getrandbits)
        self.told.append(Told(kind, {"id": key, "created_at": moment, "created_by": by, **values}))
        return key

    def of_person(self, kind: str, on: date, by: UUID, /, **values: Any) -> UUID:
        return self.tell(kind, on, by, survivor_id=self.survivor_id, **values)

    def of_case(self, kind: str, on: date, by: UUID, /, **values: Any) -> UUID:
        return self.tell(kind, on, by, survivor_id=self.survivor_id, case_id=self.case_id, **values)

    # --- chance --------------------------------------------------------------------------------------------------

    def one(self, choices: Sequence[T]) -> T:
        return choices[int(self.rng.random() * len(choices))]

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def between(self, least: int, most: int) -> int:
        return least + int(self.rng.random() * (most - least + 1))

    def weighted(self, choices: Sequence[tuple[T, float]]) -> T:
        drawn = self.rng.random() * sum(weight for _, weight in choices)
        for choice, weight in choices:
            drawn -= weight
            if drawn < 0:
                return choice
        return choices[-1][0]

    # --- days ----------------------------------------------------------------------------------------------------

    def after(self, day: date, least: int, most: int) -> date:
        return day + timedelta(days=self.between(least, most))

    def working(self, day: date) -> date:
        """The day itself, or the Friday before a weekend."""
        return day - timedelta(days=max(0, day.weekday() - 4))

    def ago(self, days: int) -> date:
        return self.today - timedelta(days=days)

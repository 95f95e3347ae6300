"""Which backups are kept: all of the last few, then one for each day, week and month that had any.

The newest that was made before a migration, an import, a rotation stays besides: it may be wanted months later.
The last few are those by number and those by date: a clock may be set back, and restored records may not know how far
the numbers had come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

KEPT_LATEST = 4
KEPT_DAYS = 14
KEPT_WEEKS = 8
KEPT_MONTHS = 12


class Made(Protocol):
    """A backup as far as thinning knows it; the number orders, because clocks may lie."""

    @property
    def number(self) -> int: ...

    @property
    def made_at(self) -> datetime: ...

    @property
    def reason(self) -> str: ...


M = TypeVar("M", bound=Made)

_Span = Callable[[datetime], tuple[int, ...]]
_SPANS: tuple[tuple[_Span, int], ...] = (
    (lambda at: (at.year, at.month, at.day), KEPT_DAYS),
    (lambda at: tuple(at.isocalendar())[:2], KEPT_WEEKS),
    (lambda at: (at.year, at.month), KEPT_MONTHS),
)


def superfluous(backups: Iterable[M]) -> list[M]:
    """The backups that may go, the oldest first.

    Days are counted where there are backups, not on the calendar: after a holiday nothing is thrown away.
    """
    backups = tuple(backups)
    newest_first = sorted(backups, key=lambda backup: backup.number, reverse=True)
    latest_by_date = sorted(backups, key=lambda backup: (backup.made_at, backup.number), reverse=True)
    kept = {backup.number for backup in (*newest_first[:KEPT_LATEST], *latest_by_date[:KEPT_LATEST])}
    kept |= set({backup.reason: backup.number for backup in reversed(newest_first) if _is_lasting(backup)}.values())
    for span, most in _SPANS:
        kept |= _newest_of_each(newest_first, span, most)
    return [backup for backup in reversed(newest_first) if backup.number not in kept]


def _is_lasting(backup: Made) -> bool:
    return backup.reason.startswith("before_")


def _newest_of_each(newest_first: Sequence[Made], span: _Span, most: int) -> set[int]:
    found: dict[tuple[int, ...], int] = {}
    for backup in newest_first:
        found.setdefault(span(backup.made_at), backup.number)
    return set(list(found.values())[:most])

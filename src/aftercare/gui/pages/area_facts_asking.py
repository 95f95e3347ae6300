"""What the cards of an area are given: the facts, and the ways to ask for a form or a change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol
from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.progress import due_in
from aftercare.domain.rows.standing import AreaFactsShown
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.office import Office
from aftercare.gui.palette import Tone
from aftercare.i18n import current
from aftercare.words import Voice, due_words, left_words, voice


class Do(Protocol):
    def __call__(self, service: Callable[..., Any], *arguments: Any, undo: str) -> None: ...


@dataclass(frozen=True)
class Asking:
    """One area on the screen, and what its cards may ask."""

    office: Office
    shown: AreaFactsShown
    open: Callable[[Callable[[QWidget], FormDialog]], None]
    do: Do
    open_links: frozenset[str]

    @property
    def case_id(self) -> UUID:
        return self.shown.case_id

    @property
    def today(self) -> date:
        return self.shown.today

    def is_over(self, day: date, at: time | None) -> bool:
        """Whether an appointed time has come; one without an hour comes with its day."""
        if day != self.today or at is None:
            return day <= self.today
        clock = self.office.clock
        return at <= clock.local(clock.now()).time()

    @property
    def voice(self) -> Voice:
        return voice(self.shown.gender)

    def opening(self, make: Callable[[QWidget], FormDialog]) -> Callable[[], None] | None:
        """What a line does when it is pressed: it opens this form, for those who may write."""
        return (lambda: self.open(make)) if self.shown.may_write else None

    def is_open(self, name: str) -> bool:
        return f"link_{name}" in self.open_links


def day_words(day: date | None) -> str:
    return current().date(day) if day is not None else ""


def short_day(day: date, today: date) -> str:
    """«3 Aug», with its year where that is not plain."""
    return current().near_day(day, today)


def ending_pill(day: date, today: date, soon: int = 30) -> tuple[str, Tone]:
    """How long until something ends, where that is within `soon` days or past; else no pill."""
    due = due_in(day, today)
    if due.days > soon:
        return "", Tone.SOFT
    return left_words(due), Tone.LATE if due.days < 7 else Tone.TODAY


def due_pill(day: date, today: date, soon: int = 6) -> tuple[str, Tone]:
    """When a visit or a check is due, where that is within `soon` days or past; else no pill."""
    due = due_in(day, today)
    if due.days > soon:
        return "", Tone.SOFT
    tone = Tone.LATE if due.is_late else Tone.TODAY if due.days <= 7 else Tone.SOFT
    return due_words(due), tone

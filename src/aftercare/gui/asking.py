"""A request on its way: what needs the password once more waits until the person typed it, and is handed in again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aftercare.domain.errors import ConfirmationNeeded, Problem
from aftercare.gui.jobs import Jobs, Ticket


@dataclass(frozen=True, slots=True)
class Question:
    """«Is it still you?» on its way to the person: `confirmed` goes on with what was asked, `declined` leaves it."""

    confirmed: Callable[[], None]
    declined: Callable[[], None]


class Asked:
    """One request, from being handed in to its end; `question` is None where nobody can be asked for a password."""

    def __init__(
        self,
        jobs: Jobs,
        question: Callable[[Question], None] | None,
        otherwise: Callable[[Problem], None] | None,
        finally_: Callable[[], None] | None,
        waiting: Callable[[], None] | None = None,
    ) -> None:
        self._jobs = jobs
        self._question = question
        self._waiting = waiting
        self._otherwise = otherwise
        self._finally = finally_
        self._waits = False
        self.ticket: Ticket[Any] | None = None

    def refused(self, problem: Problem) -> None:
        if isinstance(problem, ConfirmationNeeded) and self._question is not None:
            self._waits = True
            if self._waiting is not None:
                self._waiting()
            self._question(Question(self._go_on, self._give_up))
        else:
            self._explain(problem)

    def ended(self) -> None:
        if self._finally is not None and not self._waits:
            self._finally()

    def _go_on(self) -> None:
        self._waits = False
        if self.ticket is not None:
            self._jobs.ask_again(self.ticket)

    def _give_up(self) -> None:
        self._waits = False
        if self.ticket is not None and self.ticket.is_wanted:
            self._explain(ConfirmationNeeded())
            self.ended()

    def _explain(self, problem: Problem) -> None:
        (self._otherwise or self._jobs.explained.emit)(problem)

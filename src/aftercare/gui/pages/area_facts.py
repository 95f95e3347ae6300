"""What an area knows besides goals, as cards beside the plan: where she lives, health, courses, work, family, diary.

AreaFacts(office).show_area(survivor_id, case_id, area): it asks for itself, and again when something in it changed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Concatenate
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QPushButton, QVBoxLayout, QWidget

from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.education import Education
from aftercare.domain.rows.employment import Employment
from aftercare.domain.rows.family import Family
from aftercare.domain.rows.health import Health
from aftercare.domain.rows.housing import Housing
from aftercare.domain.rows.standing import AreaFactsShown
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.area_facts_asking import Asking
from aftercare.gui.pages.area_facts_diary import diary_cards
from aftercare.gui.pages.area_facts_education import education_cards
from aftercare.gui.pages.area_facts_employment import employment_cards
from aftercare.gui.pages.area_facts_family import family_cards
from aftercare.gui.pages.area_facts_health import health_cards
from aftercare.gui.pages.area_facts_housing import housing_cards
from aftercare.gui.pages.area_facts_unfinished import form_left
from aftercare.gui.widgets.card import empty_layout
from aftercare.services.standing import show_area_facts
from aftercare.services.work import Work

_TOPICS = {
    "staff",
    "placement",
    "safety_check",
    "appointment",
    "health_fact",
    "enrolment",
    "attendance",
    "job",
    "safe_job_check",
    "survivor_case",
    "relative",
    "family_contact",
    "reunification",
    "ladder_move",
    "ladder_stop",
    "follow_up_visit",
    "deadline",
    "survivor",
}


class AreaFacts(QWidget):
    """A column of cards; the page around it scrolls.

    `diary` holds the appointments and deadlines: below the others, unless the page puts it somewhere else.
    """

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._shown: AreaFactsShown | None = None
        self._wanted: tuple[UUID, UUID, str] | None = None
        self._open_links: set[str] = set()
        self._cards: list[QWidget] = []
        self.diary = QWidget(self)
        column = _column(self)
        self._column = QVBoxLayout()
        self._column.setSpacing(12)
        column.addLayout(self._column)
        column.addWidget(self.diary)
        column.addStretch(1)
        self._diary_column = _column(self.diary)
        office.listen(self, _TOPICS, self._hear)

    def show_area(self, survivor_id: UUID, case_id: UUID, area: str) -> None:
        """Show this area of this case; what was shown of another person goes at once."""
        wanted = (survivor_id, case_id, area)
        if self._wanted != wanted:
            self._clear()
            self._open_links.clear()
        self._wanted = wanted
        self._ask()

    def go_on(self, case_id: UUID, area: str, draft: DraftRow) -> None:
        """Open the form that was left with these words in it; its area need not be part of the plan."""

        def open_left(shown: AreaFactsShown) -> None:
            make = form_left(self._asking_about(shown), draft)
            if make is not None and self._wanted is not None and self._wanted[1] == case_id:
                self.open_dialog(make)

        self._office.ask(show_area_facts, case_id, area, then=open_left, owner=self, topic="left")

    def show_facts(self, shown: AreaFactsShown) -> None:
        """The cards anew; the keys stay on the line they were on."""
        self._shown = shown
        focus = self._take_focus()
        self._clear()
        asking = self._asking_about(shown)
        for column, cards in ((self._column, _cards(asking)), (self._diary_column, diary_cards(asking))):
            for card in cards:
                column.addWidget(card)
            self._cards += cards
        for link in (link for card in self._cards for link in card.findChildren(QPushButton)):
            if link.isCheckable():
                link.toggled.connect(partial(self._remember_open, link.objectName()))
        self.diary.setVisible(self._diary_column.count() > 0)
        # where the page took the diary elsewhere, an area without facts leaves no gap above what follows
        self.setVisible(self._column.count() > 0 or self.isAncestorOf(self.diary))
        self._restore_focus(focus)

    # --- what the cards ask ----------------------------------------------------------------------------------------

    def open_dialog(self, make: Callable[[QWidget], FormDialog]) -> None:
        """Open a form over the window."""
        make(self.window()).open()

    def do(self, service: Callable[Concatenate[Work, ...], Any], *arguments: Any, undo: str) -> None:
        """One click, one change, which the undo bar offers to take back."""
        self._office.do(service, *arguments, owner=self, undo=undo)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        if self._wanted is not None:
            _survivor_id, case_id, area = self._wanted
            self._office.ask(show_area_facts, case_id, area, then=self.show_facts, owner=self, topic="facts")

    def _hear(self, _topic: str, about: UUID | None) -> None:
        if self._wanted is not None and about in (None, self._wanted[0]):
            self._ask()

    def _asking_about(self, shown: AreaFactsShown) -> Asking:
        return Asking(self._office, shown, self.open_dialog, self.do, frozenset(self._open_links))

    def _clear(self) -> None:
        self._cards = []
        empty_layout(self._column)
        empty_layout(self._diary_column)

    def _remember_open(self, name: str, is_open: bool) -> None:
        if is_open:
            self._open_links.add(name)
        else:
            self._open_links.discard(name)

    def _take_focus(self) -> str:
        """Which line has the keys, or will have them again when the form above closes; "" where none here has.

        It lets go of them: a line that goes with them hands them to the next one, and the page scrolls after it.
        """
        focused = self.window().focusWidget()
        if focused is None or not (self.isAncestorOf(focused) or self.diary.isAncestorOf(focused)):
            return ""
        focused.clearFocus()
        return focused.objectName()

    def _restore_focus(self, name: str) -> None:
        """Among the new cards: the old ones are still being deleted. A line that is no more gives way to the first."""
        if not name:
            return
        same = [part for card in self._cards for part in card.findChildren(QWidget, name)]
        first = [part for card in self._cards for part in card.findChildren(QAbstractButton)]
        for part in (same or first)[:1]:
            part.setFocus(Qt.FocusReason.OtherFocusReason)


def _column(widget: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(widget)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return column


def _cards(asking: Asking) -> list[QWidget]:
    facts = asking.shown.facts
    if isinstance(facts, Housing):
        return housing_cards(asking, facts)
    if isinstance(facts, Health):
        return health_cards(asking, facts)
    if isinstance(facts, Education):
        return education_cards(asking, facts)
    if isinstance(facts, Employment):
        return employment_cards(asking, facts)
    if isinstance(facts, Family):
        return family_cards(asking, facts)
    return []

"""A person at a glance: a card for each area, the course of a year, a quick note, and what happened."""

from __future__ import annotations

from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from aftercare._built.forms.ui_overview import Ui_OverviewPage
from aftercare.domain.codes import SCALE
from aftercare.domain.course import Event
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.overview import Happening, HappeningRow, OverviewView
from aftercare.domain.rows.standing import FactEventKind
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, style
from aftercare.gui.note_words import happening_entry
from aftercare.gui.office import Office
from aftercare.gui.pages.overview_cards import AreaCard
from aftercare.gui.pages.overview_note import QuickNote
from aftercare.gui.widgets.card import empty_layout
from aftercare.gui.widgets.course_chart import CourseChart
from aftercare.gui.widgets.flow import CardsLayout
from aftercare.gui.widgets.timeline import Timeline, TimelineEntry
from aftercare.i18n import tr
from aftercare.services.overview import open_overview
from aftercare.words import area_label, label, voice
from aftercare.words.standing import event_words

TOPICS = {
    "note", "addendum", "plan", "plan_area", "goal", "step", "progress_entry", "plan_version", "stage_change",
    "placement", "safety_check", "appointment", "health_fact", "enrolment", "attendance", "job", "safe_job_check",
    "relative", "family_contact", "reunification", "ladder_move", "ladder_stop", "follow_up_visit", "deadline",
    "staff",
}  # fmt: skip
_SOON_MS = 40
_ONE_COLUMN_BELOW = 760
_SIDE_PIXELS = 328
_ON_CHART = (FactEventKind.LADDER_MOVE, FactEventKind.JOB_BEGUN, FactEventKind.MOVED_IN, FactEventKind.CERTIFICATE)


class OverviewPage(QWidget):
    """Asks for everything in one answer, and again when something about this person changed."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._head: PersonHead | None = None
        self._view: OverviewView | None = None
        self._unfolded: set[UUID] = set()
        form = self._form = forms.fill(self, Ui_OverviewPage)
        CardsLayout(form.areas)
        form.columns.setStretch(0, 1)
        self.chart, self.timeline, self.note = CourseChart(self), Timeline(self), QuickNote(office, self)
        self.chart.setMinimumHeight(style.scaled(150))
        form.course_card.add(self.chart)
        form.note_card.add(self.note)
        form.note_card.head.addWidget(self.note.line)
        # chips that wrap make it higher; by itself a card is never higher than its first hint
        form.note_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        form.note_card.setVisible(Permission.WRITE_NOTES in office.actor.permissions)
        self.timeline.setMinimumHeight(style.scaled(320))
        form.timeline_card.add(self.timeline, 1)
        form.right_column.setStretch(1, 1)
        self.timeline.setAccessibleName(tr("What happened, the latest first"))
        self.timeline.opened.connect(self._open)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self.retranslate()
        office.listen(self, TOPICS, self._hear)

    def retranslate(self) -> None:
        form = self._form
        who = voice(self._head.gender if self._head else None).themself
        form.course_card.show_title(
            tr("Progress, last 12 months"), tr("levels in words, staff — {herself} ╌", herself=who.lower())
        )
        form.note_card.show_title(tr("Quick note"))
        form.timeline_card.show_title(tr("Timeline"))
        self.timeline.empty.show_words(tr("Nothing has been written yet."))
        if self._view is not None:
            self.show_view(self._view)

    def show_person(self, head: PersonHead) -> None:
        is_other = self._head is None or self._head.case_id != head.case_id
        self._head = head
        self.note.show_person(head)
        if is_other:
            self._view = None
            self.retranslate()
            self._unfolded.clear()
            self._form.scroll.verticalScrollBar().setValue(0)
        self.refresh()

    def refresh(self) -> None:
        if self._head is not None:
            self._office.ask(open_overview, self._head.case_id, then=self.show_view, owner=self, topic="overview")

    def show_view(self, view: OverviewView) -> None:
        self._view = view
        phrases = voice(self._head.gender if self._head else None)
        layout = self._form.areas.layout()
        assert layout is not None
        if layout.count() != len(view.plan.areas):
            empty_layout(layout)
            for _ in view.plan.areas:
                card = AreaCard(parent=self._form.areas)
                card.opened.connect(self._open_plan)
                layout.addWidget(card)
            self._order_tabs()
        for at, row in enumerate(view.plan.areas):
            item = layout.itemAt(at)
            card_at = item.widget() if item is not None else None
            if isinstance(card_at, AreaCard):
                card_at.show_area(row, view, phrases)
        names = {row.area: row.label or area_label(row.area) for row in view.areas}
        self.chart.show_course(
            view.course,
            self._chart_events(view),
            [label(level) for level in SCALE],
            names,
            view.course_since,
            view.today,
        )
        self._show_timeline(view)

    def _order_tabs(self) -> None:
        """As it is read: the areas, the chart, the note, what happened."""
        layout = self._form.areas.layout()
        assert layout is not None
        items = [layout.itemAt(at) for at in range(layout.count())]
        cards = [widget for item in items if item is not None and (widget := item.widget()) is not None]
        order = [*cards, self.chart, *self.note.stops, self.timeline]
        for first, second in pairwise(order):
            QWidget.setTabOrder(first, second)

    # --- inside --------------------------------------------------------------------------------------------------

    def _hear(self, _topic: str, about: UUID | None) -> None:
        if self._head is not None and about in (None, self._head.survivor_id) and self.isVisible():
            self._soon.start()

    def showEvent(self, event: object) -> None:
        super().showEvent(event)  # type: ignore[arg-type]
        if self._view is not None:
            self._soon.start()

    def _show_timeline(self, view: OverviewView) -> None:
        self.timeline.show_entries([self._entry(row, view) for row in view.happenings])

    def _entry(self, row: HappeningRow, view: OverviewView) -> TimelineEntry:
        phrases = voice(self._head.gender if self._head else None)
        return happening_entry(row, phrases, view.today, unfolded=row.id in self._unfolded)

    def _chart_events(self, view: OverviewView) -> list[Event]:
        events = []
        for row in view.happenings:
            if row.kind is Happening.AGREED:
                events.append(Event(row.on, tr("plan agreed")))
            elif row.kind is Happening.STAGE and row.stage is not None:
                events.append(Event(row.on, label(row.stage).lower()))
            elif row.fact is not None and row.fact.kind in _ON_CHART and not row.restricted:
                events.append(Event(row.on, event_words(row.fact)))
        return [event for event in events if event.on >= view.course_since]

    def _open(self, entry: TimelineEntry) -> None:
        """A folded narrative is unfolded (and folded again); a note opens among the notes, the rest in the plan."""
        if self._view is None or self._head is None:
            return
        row = next((each for each in self._view.happenings if (each.kind, each.id) == entry.id), None)
        if row is None or row.is_hidden:
            return
        if row.is_folded:
            self._unfolded ^= {row.id}
            self._show_timeline(self._view)
        elif row.kind is Happening.NOTE:
            self._office.person_wanted.emit(self._head.survivor_id, "notes")
        else:
            self._open_plan()

    def _open_plan(self) -> None:
        if self._head is not None:
            self._office.person_wanted.emit(self._head.survivor_id, "plan")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < style.scaled(_ONE_COLUMN_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._form.columns.setDirection(direction)
        side = 16_777_215 if is_narrow else style.scaled(_SIDE_PIXELS)
        self._form.right.setMinimumWidth(0 if is_narrow else side)
        self._form.right.setMaximumWidth(side)

"""Scores: where each area stood at first and stands now, staff and survivor side by side, and the whole course."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from aftercare._built.forms.ui_scores import Ui_ScoresPage
from aftercare.domain.codes import SCALE, Level
from aftercare.domain.course import Event
from aftercare.domain.permissions import Permission
from aftercare.domain.progress import Direction, Voices, due_in
from aftercare.domain.rows.overview import Happening
from aftercare.domain.rows.scores import AreaScores, AssessmentRow, ScoreRow, ScoresView
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, style
from aftercare.gui.dialogs.assessment import AssessmentDialog
from aftercare.gui.note_words import day_words
from aftercare.gui.office import Office
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.widgets.course_chart import CourseChart
from aftercare.gui.widgets.painters import dots, swatch_text
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.gui.widgets.timeline import Timeline, TimelineEntry
from aftercare.i18n import N_, current, tr, trn
from aftercare.services.scores import open_scores
from aftercare.words import Voice, anchor, area_label, due_words, label, voice

TOPICS = {"progress_entry", "assessment", "stage_change", "plan_version", "own_area", "staff"}
_MOVES = {
    Direction.UP: N_("better than at first"),
    Direction.DOWN: N_("lower than at first"),
    Direction.SAME: N_("as at first"),
}
_ONE_COLUMN_BELOW = 760


def area_name(row: AreaScores) -> str:
    return row.area.label or area_label(row.area.area)


def score_columns(phrases: Voice) -> list[Column[AreaScores]]:
    """Area, both voices now, how they moved, and where the two differ."""

    def voice_column(key: str, title: str, own: bool) -> Column[AreaScores]:
        def level(row: AreaScores) -> Level | None:
            return row.standing.own_now if own else row.standing.staff_now

        def words(row: AreaScores) -> str:
            found = level(row)
            return label(found) if found is not None else tr("not asked yet")

        def step(row: AreaScores) -> int | None:
            found = level(row)
            return found.step if found is not None else None

        def meaning(row: AreaScores) -> str:
            found = level(row)
            return anchor(row.area.area, found) if found is not None else ""

        return Column(key, title, words, paint=dots(step, words), width=210, sortable=False, tip=meaning)

    return [
        Column(
            "area",
            tr("Area"),
            area_name,
            paint=swatch_text(area_name, lambda row: row.area.area),
            width=190,
            sortable=False,
        ),
        voice_column("staff", tr("Staff"), False),
        voice_column("own", phrases.themself, True),
        Column("said", tr("Over time"), lambda row: told_words(row, phrases), sortable=False, muted=True,
               tip=lambda row: told_words(row, phrases)),
    ]  # fmt: skip


def told_words(row: AreaScores, phrases: Voice) -> str:
    """«Better than at first. She rates this lower than staff do: ask why.»"""
    parts = []
    moved = _MOVES.get(row.standing.staff_direction)
    if moved is not None and len(row.answers) > 1:
        parts.append(tr(moved))
    voices = row.standing.voices
    if voices is Voices.OWN_IS_LOWER:
        parts.append(phrases.rates_lower)
    elif voices is Voices.OWN_IS_HIGHER:
        parts.append(phrases.rates_higher)
    return " · ".join(parts)


class ScoresPage(QWidget):
    """The row the keys are on says below what was answered when, and in which words."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._head: PersonHead | None = None
        self._view: ScoresView | None = None
        form = self._form = forms.fill(self, Ui_ScoresPage)
        form.head.setStretch(0, 1)
        self.table, self.chart = RowsTable(self), CourseChart(self)
        self.answers, self.occasions = Timeline(self), Timeline(self)
        self.model = RowsModel(score_columns(voice(None)), lambda row: row.area.area, self)
        self.table.fit_rows(12)
        self.table.show_model(self.model)
        self.table.give_way("said")
        self.table.setProperty("role", "plain")
        self.table.current_changed.connect(lambda _row: self._show_answers())
        self.chart.setMinimumHeight(style.scaled(210))
        for part, card in (
            (self.table, form.areas_card),
            (self.chart, form.course_card),
            (self.answers, form.answers_card),
            (self.occasions, form.occasions_card),
        ):
            card.add(part)
        for part in (self.answers, self.occasions):
            part.setMinimumHeight(style.scaled(200))
        form.assess.clicked.connect(self.assess)
        form.assess.setVisible(Permission.WRITE_RECORDS in office.actor.permissions)
        self._soon = QTimer(self, singleShot=True, interval=60)
        self._soon.timeout.connect(self.refresh)
        self.retranslate()
        office.listen(self, TOPICS, self._hear)

    def retranslate(self) -> None:
        form = self._form
        phrases = voice(self._head.gender if self._head else None)
        self.model.columns = tuple(score_columns(phrases))
        self.table.setAccessibleName(tr("Levels of each area in two voices"))
        self.answers.setAccessibleName(tr("What was answered about the chosen area"))
        self.occasions.setAccessibleName(tr("When all areas were gone through"))
        form.areas_card.show_title(tr("Where things stand"))
        form.course_card.show_title(
            tr("The whole course"), tr("levels in words, staff — {herself} ╌", herself=phrases.themself.lower())
        )
        form.occasions_card.show_title(tr("Occasions"))
        self.occasions.empty.show_words(tr("All areas have not been gone through yet."))
        self.answers.empty.show_words(tr("Nobody was asked yet."))
        if self._view is not None:
            self.show_view(self._view)

    def show_person(self, head: PersonHead) -> None:
        is_other = self._head is None or self._head.survivor_id != head.survivor_id
        self._head = head
        if is_other:
            self._view = None
            self.retranslate()
        self.refresh()

    def refresh(self) -> None:
        if self._head is not None:
            self._office.ask(open_scores, self._head.case_id, then=self.show_view, owner=self, topic="scores")

    def show_view(self, view: ScoresView) -> None:
        self._view = view
        self._form.due.setText(self._due_words(view))
        self.model.show_rows(view.areas)
        names = {row.area.area: area_name(row) for row in view.areas}
        levels, events = [label(level) for level in SCALE], _chart_events(view)
        self.chart.show_course(view.course, events, levels, names, view.opened_on, view.today)
        self.occasions.show_entries([self._occasion(row, view) for row in view.assessments])
        self._show_answers()

    def assess(self) -> None:
        if self._head is not None and Permission.WRITE_RECORDS in self._office.actor.permissions:
            AssessmentDialog(self._office, self._head, self.window()).open()

    # --- inside --------------------------------------------------------------------------------------------------

    def _hear(self, _topic: str, about: UUID | None) -> None:
        if self._head is not None and about in (None, self._head.survivor_id):
            self._soon.start()

    def _due_words(self, view: ScoresView) -> str:
        if view.due_on is None:
            return ""
        due = due_in(view.due_on, view.today)
        if due.days <= 0:
            return tr("All areas are due to be gone through: {due}.", due=due_words(due))
        return tr("The next look at all areas together is due on {day}.", day=current().date(view.due_on))

    def _show_answers(self) -> None:
        view, row = self._view, self.table.current_row
        if view is None:
            return
        chosen = row if isinstance(row, AreaScores) else next((each for each in view.areas if each.answers), None)
        self._form.answers_card.show_title(
            area_name(chosen) if chosen else tr("Answers"), area=chosen.area.area if chosen else ""
        )
        answers = chosen.answers if chosen else ()
        self.answers.show_entries([self._answer(each, view) for each in answers])

    def _answer(self, row: ScoreRow, view: ScoresView) -> TimelineEntry:
        phrases = voice(self._head.gender if self._head else None)
        said = []
        if row.staff is not None:
            said.append(tr("Staff: {level}", level=label(row.staff)))
        if row.own is not None:
            said.append(f"{phrases.themself}: {label(row.own)}")
        text = " · ".join(said) + (f". {row.words}" if row.words else "")
        return TimelineEntry(row.entry_id, day_words(row.on, view.today), text, who=row.by)

    def _occasion(self, row: AssessmentRow, view: ScoresView) -> TimelineEntry:
        areas = trn("{n} area", "{n} areas", row.areas)
        text = ". ".join(part for part in (areas, row.setting, row.words) if part)
        return TimelineEntry(row.id, day_words(row.on, view.today), text, who=row.by)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < style.scaled(_ONE_COLUMN_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._form.below.setDirection(direction)


def _chart_events(view: ScoresView) -> list[Event]:
    found = []
    for row in view.events:
        if row.kind is Happening.AGREED:
            found.append(Event(row.on, tr("plan agreed")))
        elif row.stage is not None:
            found.append(Event(row.on, label(row.stage).lower()))
    return found

"""Today: what is due first, who comes, what ends soon, how cases stand, and what others wrote about mine."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from aftercare._built.forms.ui_today import Ui_TodayPage
from aftercare.domain.codes import MAIN_AREAS, DeadlineKind
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.diary import EndingKind
from aftercare.domain.rows.plan import DueStepRow
from aftercare.domain.rows.survivors import Whose
from aftercare.domain.rows.today import NewsRow, TodayView, UnfinishedRow
from aftercare.gui import forms, style
from aftercare.gui.dialogs.access_review import AccessReviewDialog
from aftercare.gui.note_words import day_words, note_head, restricted_pill
from aftercare.gui.office import Office
from aftercare.gui.pages import today_columns as columns
from aftercare.gui.palette import Tone
from aftercare.gui.rows import RowsModel
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.gui.widgets.timeline import Timeline, TimelineEntry
from aftercare.i18n import current, tr, trn
from aftercare.services.drafts import mark_news_seen
from aftercare.services.steps import tick_step
from aftercare.services.today import today_view
from aftercare.words.forms import FORMS, OPEN_WITHOUT_A_PERSON, form_label

TOPICS = {
    "note", "addendum", "plan", "plan_area", "goal", "step", "survivor", "survivor_case", "case_worker", "appointment",
    "deadline", "placement", "health_fact", "job", "safe_job_check", "reunification", "follow_up_visit",
    "approval", "glass_opening", "exclusion", "staff", "setting",
}  # fmt: skip
_SOON_MS = 60
_LOOK_AGAIN_MS = 300_000  # another day may have begun
_ONE_COLUMN_BELOW = 760


class TodayPage(QWidget):
    """Asks for the whole page in one answer. `badge_changed` tells how much is late or due today."""

    badge_changed = Signal(int)
    new_person_asked = Signal()
    decisions_wanted = Signal()
    unfinished_wanted = Signal(object)  # UnfinishedRow

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._view: TodayView | None = None
        form = self._form = forms.fill(self, Ui_TodayPage)
        form.top.setStretch(0, 3)
        form.top.setStretch(1, 2)
        today = office.clock.today()
        self._may_tick = Permission.WRITE_NOTES in office.actor.permissions
        self.due = RowsModel(columns.due_columns(today, may_tick=self._may_tick), lambda row: row.id, self)
        self.appointments = RowsModel(columns.appointment_columns(today), lambda row: row.id, self)
        self.endings = RowsModel(columns.ending_columns(today), lambda row: (row.kind, row.record_id, row.day), self)
        self.caseload = RowsModel(columns.caseload_columns(today), lambda row: row.case_id, self)
        self.due_table, self.appointment_table = RowsTable(self), RowsTable(self)
        self.ending_table, self.caseload_table = RowsTable(self), RowsTable(self)
        self.news, self._seen = Timeline(self), QPushButton(self)
        self._fill_cards()
        self.due.check_requested.connect(self._tick)
        self.due_table.opened.connect(lambda row: self._open(row.survivor_id, "plan"))
        self.appointment_table.opened.connect(lambda row: self._open(row.survivor_id, "overview"))
        self.ending_table.opened.connect(lambda row: self._open(row.survivor_id, "overview"))
        self.caseload_table.opened.connect(lambda row: self._open(row.survivor_id, ""))
        self.caseload_table.empty.asked.connect(self.new_person_asked)
        self.news.opened.connect(self._open_news)
        self._seen.clicked.connect(self._mark_seen)
        form.unfinished.acted.connect(self._go_on)
        form.accesses.acted.connect(self._look_at_accesses)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self.refresh)
        self._again = QTimer(self, interval=_LOOK_AGAIN_MS)
        self._again.timeout.connect(self.refresh)
        self._again.start()
        self.retranslate()
        office.listen(self, TOPICS, lambda _topic, _about: self._soon.start())
        self.refresh()

    def _fill_cards(self) -> None:
        form = self._form
        tables = (
            (self.due_table, self.due, form.due_card, 12, 33),
            (self.appointment_table, self.appointments, form.appointments_card, 4, 49),
            (self.ending_table, self.endings, form.endings_card, 5, 33),
            (self.caseload_table, self.caseload, form.caseload_card, 16, 33),
        )
        for table, model, card, most, pixels in tables:
            table.setProperty("role", "plain")
            table.fit_rows(most, pixels)
            table.show_model(model)
            table.open_on_click()
            card.add(table)
        for table in (self.due_table, self.appointment_table, self.ending_table):
            table.horizontalHeader().hide()
        self.caseload_table.give_way("last_note", "stage", "review", *(area.value for area in reversed(MAIN_AREAS)))
        # as high as the cards beside it, however few steps are due
        form.due_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._seen.setProperty("role", "link")
        form.news_card.add(self.news)
        form.news_card.head.addWidget(self._seen)
        form.news_card.hide()

    def retranslate(self) -> None:
        form, today = self._form, self._office.clock.today()
        self._seen.setText(tr("I have read these"))
        for table, name in (
            (
                self.due_table,
                tr("Steps that are due; Space marks one as done") if self._may_tick else tr("Steps that are due"),
            ),
            (self.appointment_table, tr("Appointments")),
            (self.ending_table, tr("What ends soon")),
        ):
            table.setAccessibleName(name)
        self.news.setAccessibleName(tr("What others wrote about my cases"))
        self.due_table.empty.show_words(tr("Nothing is due this week."))
        self.appointment_table.empty.show_words(tr("No appointments this week."))
        self.ending_table.empty.show_words(tr("Nothing ends soon."))
        begins = tr("Begin with a person") if Permission.WRITE_RECORDS in self._office.actor.permissions else ""
        self.caseload_table.empty.show_words(tr("No case is open yet."), begins)
        form.appointments_card.show_title(tr("Appointments"))
        form.endings_card.show_title(tr("Ending soon"))
        form.due_card.show_title(tr("Due today"), tr("Overdue first"))
        for table, model, made in (
            (self.due_table, self.due, columns.due_columns(today, may_tick=self._may_tick)),
            (self.appointment_table, self.appointments, columns.appointment_columns(today)),
            (self.ending_table, self.endings, columns.ending_columns(today)),
            (self.caseload_table, self.caseload, columns.caseload_columns(today)),
        ):
            model.columns = tuple(made)  # type: ignore[assignment]
            table.viewport().update()
            table.horizontalHeader().viewport().update()
        if self._view is not None:
            self.show_view(self._view)

    def refresh(self) -> None:
        self._office.ask(today_view, then=self.show_view, owner=self, topic="today")

    def show_view(self, view: TodayView) -> None:
        is_new_day = self._view is not None and self._view.today != view.today
        self._view = view
        if is_new_day:
            self.retranslate()
            return
        form = self._form
        form.day.setText(current().weekday(view.today))
        form.summary.setText(summary_words(view))
        self.due.show_rows(view.steps)
        self.appointments.show_rows(view.appointments)
        self.endings.show_rows(view.endings)
        self.caseload.show_rows(view.caseload)
        title = tr("My caseload") if view.whose is Whose.MINE else tr("Open cases")
        form.caseload_card.show_title(title, trn("{n} person", "{n} people", view.caseload_total))
        self.caseload_table.setAccessibleName(title)
        self._show_news(view)
        self._show_unfinished()
        self._show_accesses(view)
        self.badge_changed.emit(view.counts.badge)

    # --- inside --------------------------------------------------------------------------------------------------

    def _show_news(self, view: TodayView) -> None:
        self._form.news_card.setVisible(bool(view.news))
        self._form.news_card.show_title(tr("Written by others in my cases"))
        self.news.show_entries([self._news_entry(row, view) for row in view.news])
        self.news.setFixedHeight(style.scaled(min(3, len(view.news)) * 56 + 8))

    def _news_entry(self, row: NewsRow, view: TodayView) -> TimelineEntry:
        head = note_head(row.kind, None)
        words = tr("A note that is not open to you.") if row.is_hidden else row.words
        day = self._office.clock.local(row.written_at).date()
        return TimelineEntry(
            id=row.note_id,
            when=f"{row.case_code}, {day_words(day, view.today)}",
            text=f"{head}. {words}" if head else words,
            area=row.area or "",
            who=row.author,
            pill=restricted_pill(row.is_hidden),
        )

    def _show_accesses(self, view: TodayView) -> None:
        """For a manager: who waits for an answer, who opened other people's records, who was let in or sees more."""
        opened, changed, waiting = view.accesses_to_review, view.access_news, view.approvals_waiting
        self._form.accesses.setVisible(bool(opened or changed or waiting))
        heads, words = [], []
        if waiting:
            heads.append(trn("{n} decision for two people", "{n} decisions for two people", waiting))
            words.append(tr("A colleague waits for your answer."))
        if opened:
            heads.append(trn("{n} access to review", "{n} accesses to review", opened))
            words.append(tr("Colleagues opened records that are not among theirs."))
        if changed:
            heads.append(trn("{n} thing to know", "{n} things to know", changed))
            words.append(tr("About accounts, about who may see or do what, or about the records as a whole."))
        if heads:
            self._form.accesses.show_words(" · ".join(heads), " ".join(words), action=tr("Look at it"))

    def _look_at_accesses(self) -> None:
        """Accesses alone are reviewed here; with anything else, all of it where it is decided."""
        if self._view is not None and (self._view.access_news or self._view.approvals_waiting):
            self.decisions_wanted.emit()
        else:
            AccessReviewDialog(self._office, self.window()).open()

    def _unfinished(self) -> list[UnfinishedRow]:
        """What was begun and not saved, and can be opened again; the newest first."""
        return [
            row
            for row in (self._view.unfinished if self._view is not None else ())
            if row.draft.form in FORMS
            and (row.survivor_id is not None or (not row.draft.about and row.draft.form in OPEN_WITHOUT_A_PERSON))
        ]

    def _show_unfinished(self) -> None:
        rows = self._unfinished()
        self._form.unfinished.setVisible(bool(rows))
        if rows:
            codes = current().listed(list(dict.fromkeys(row.case_code for row in rows if row.case_code)))
            self._form.unfinished.show_words(
                trn("One form is not finished.", "{n} forms are not finished.", len(rows)),
                tr("What you typed about {codes} is kept.", codes=codes) if codes else tr("What you typed is kept."),
                tone=Tone.INFO,
                action=tr("Go on writing"),
            )

    def _go_on(self) -> None:
        """The form itself; of several, the one that is chosen."""
        rows = self._unfinished()
        if len(rows) == 1:
            self.unfinished_wanted.emit(rows[0])
        elif rows:
            self._form.unfinished.drop_down(self.unfinished_menu(rows))

    def unfinished_menu(self, rows: Sequence[UnfinishedRow]) -> QMenu:
        """«Appointment, S-0014, 09:02»."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for row in rows:
            local = self._office.clock.local(row.draft.saved_at)
            is_today = local.date() == self._office.clock.today()
            when = current().time(local) if is_today else current().day(local.date())
            words = [form_label(row.draft.form), row.case_code, when]
            menu.addAction(", ".join(part for part in words if part)).triggered.connect(
                lambda _checked=False, row=row: self.unfinished_wanted.emit(row)
            )
        return menu

    def _tick(self, row: DueStepRow, wanted: bool) -> None:
        if wanted:
            self._office.do(
                tick_step, row.id, row.version, owner=self, undo=tr("Step done: {words}", words=row.words),
                otherwise=self._explain,
            )  # fmt: skip

    def _explain(self, problem: object) -> None:
        self._office.jobs.explained.emit(problem)
        self.refresh()

    def _open(self, survivor_id: UUID | None, tab: str) -> None:
        if survivor_id is not None:
            self._office.person_wanted.emit(survivor_id, tab)

    def _open_news(self, entry: TimelineEntry) -> None:
        row = next((each for each in self._view.news if each.note_id == entry.id), None) if self._view else None
        if row is not None:
            self._open(row.survivor_id, "notes")

    def _mark_seen(self) -> None:
        if self._view is not None:
            self._office.do(mark_news_seen, self._view.now, then=lambda _none: self.refresh(), owner=self)

    def showEvent(self, event: QShowEvent) -> None:
        """Words that were kept or saved elsewhere are told by nobody: the forms left open are asked for anew."""
        super().showEvent(event)
        if self._view is not None and not event.spontaneous():
            self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_narrow = self.width() < style.scaled(_ONE_COLUMN_BELOW)
        direction = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._form.top.setDirection(direction)


def _others_words(others: int, days: int) -> str:
    return trn(
        "{n} thing ends or is due within {days} days", "{n} things end or are due within {days} days", others, days=days
    )


def summary_words(view: TodayView) -> str:
    """«4 steps due · 2 appointments · 1 permit ends within 30 days»."""
    here = [row for row in view.appointments if row.on == view.today]
    permits = [
        row
        for row in view.endings
        if row.kind is EndingKind.DEADLINE and row.code in (DeadlineKind.RESIDENCE_PERMIT, DeadlineKind.WORK_PERMIT)
    ]
    others = len(view.endings) - len(permits)
    days = view.soon_days
    parts = [
        trn("{n} step due", "{n} steps due", view.counts.badge),
        trn("{n} appointment", "{n} appointments", len(here)),
    ]
    if permits:
        parts.append(
            trn("{n} permit ends within {days} days", "{n} permits end within {days} days", len(permits), days=days)
        )
    elif others:
        parts.append(_others_words(others, days))
    return " · ".join(parts)

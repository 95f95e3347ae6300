"""The log in the administration: who looked, who changed, what left the program; by day, colleague and person."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from PySide6.QtWidgets import QLineEdit, QWidget

from aftercare._built.forms.ui_log import Ui_LogPage
from aftercare.domain.errors import ApprovalNeeded, ConfirmationNeeded, FieldProblem, Problem
from aftercare.domain.rows.log import Colleague, LogExported, LogFilter, LogGroup, LogPage, LogRow
from aftercare.gui import forms, notices, style
from aftercare.gui.jobs import Ticket
from aftercare.gui.office import Office
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.saving import ask_where
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.spoken import SpokenCombo
from aftercare.i18n import current, tr, trn
from aftercare.services.log import log_colleagues, person_in_log, see_log
from aftercare.services.log_export import export_log, log_fingerprint, verify_log
from aftercare.words.log import action_words, group_words, kind_words
from aftercare.words.log_facts import fact_words


class LogPart(QWidget):
    """Asks anew whenever a filter changes; older lines follow as the list is scrolled."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._code = ""  # as it was asked for last
        self._about: UUID | None = None
        self._is_known = True
        self._shown = LogFilter()
        self._broken: Problem | None = None
        self._form = forms.fill(self, Ui_LogPage)
        self._form.banner.hide()
        self._model: RowsModel[LogRow] = RowsModel(self._columns(), lambda row: row.seq, self)
        self._form.table.show_model(self._model)
        self._form.table.give_way("reason", "kind", "about", "who")
        self._make_filters()
        self._form.export_button.clicked.connect(self._export)
        self._form.busy.cancelled.connect(self._stop)
        self._export_ticket: Ticket[LogExported] | None = None
        office.ask(log_colleagues, then=self._show_colleagues, owner=self)
        if office.opened is not None:
            office.ask_vault(log_fingerprint, then=self._show_fingerprint, owner=self)
            office.ask_vault(verify_log, then=lambda _lines: None, owner=self, otherwise=self._show_broken)
        self._form.export_button.setVisible(office.opened is not None)
        self.refresh()

    def _make_filters(self) -> None:
        flow = FlowLayout(self._form.filters, spacing=8)
        flow.setContentsMargins(0, 0, 0, 0)
        self._group, self._who = SpokenCombo(), SpokenCombo()
        self._person = QLineEdit()
        self._since, self._until = DayEdit(clock=self._office.clock), DayEdit(clock=self._office.clock)
        for part, name in (
            (self._group, tr("What the lines are about")),
            (self._who, tr("Whose lines")),
            (self._person, tr("Code of a person")),
            (self._since, tr("From this day on")),
            (self._until, tr("Up to this day")),
        ):
            part.setAccessibleName(name)
            part.setToolTip(name)
            flow.addWidget(part)
        self._group.addItem(tr("Everything"), None)
        for group in LogGroup:
            self._group.addItem(group_words(group), group)
        self._who.addItem(tr("Everybody"), None)
        self._person.setPlaceholderText(tr("Person, by code"))
        self._person.setClearButtonEnabled(True)
        self._person.setMaximumWidth(style.scaled(160))
        self._since.field.setPlaceholderText(tr("From"))
        self._until.field.setPlaceholderText(tr("Until"))
        for box in (self._group, self._who):
            box.activated.connect(lambda _at: self.refresh())
        self._person.editingFinished.connect(self._find_person)
        # its cross empties the field and finishes nothing
        self._person.textChanged.connect(lambda words: None if words else self._find_person())
        for day in (self._since, self._until):
            day.changed.connect(lambda _day: self.refresh())
            day.misread.connect(lambda problem: notices.show_problem_in(self._form.banner, problem))

    # --- asking ----------------------------------------------------------------------------------------------------

    @property
    def wanted(self) -> LogFilter:
        return LogFilter(self._group.currentData(), self._who.currentData(), self._about, *self._days())

    def _days(self) -> tuple[date | None, date | None]:
        return self._since.value, self._until.value

    def refresh(self) -> None:
        """Ask again from the newest line."""
        if not self._is_known:
            return  # lines of nobody: the message says so
        try:
            wanted = self._shown = self.wanted
        except FieldProblem:
            return  # the field said so itself
        self._clear_banner()

        def show(page: LogPage) -> None:
            if self._is_known:
                self.show_lines(page)

        self._office.ask(see_log, wanted, then=show, owner=self, topic="log", otherwise=self._explain)

    def show_lines(self, page: LogPage) -> None:
        self._form.table.empty.show_words(tr("No line of the log matches this filter."))
        self._model.show_rows(page.rows, page.total, self._ask_more)
        self._form.count.setText(trn("{n} line", "{n} lines", page.total))

    def _ask_more(self, _have: int) -> None:
        last = self._model.rows[-1].seq

        self._office.ask(
            see_log,
            self._shown,
            last,
            then=lambda page: self._model.add_rows(page.rows),
            owner=self,
            topic="log",
        )

    def _find_person(self) -> None:
        code = self._person.text().strip()
        if code == self._code:
            return  # asked already: leaving the field is no new question
        self._code = code
        if not code:
            self._show_person(None)
            return

        def show(survivor_id: UUID) -> None:
            if code == self._code:
                self._show_person(survivor_id)

        def say(problem: Problem) -> None:
            if code == self._code:
                self._show_nobody(problem)

        self._office.ask(person_in_log, code, then=show, owner=self, topic="log person", otherwise=say)

    def _show_person(self, survivor_id: UUID | None) -> None:
        self._about, self._is_known = survivor_id, True
        self._form.export_button.setEnabled(True)
        self.refresh()

    def _show_nobody(self, problem: Problem) -> None:
        """No line under a code that nobody has: those of another person would pass for hers."""
        self._about, self._is_known = None, False
        self._form.export_button.setEnabled(False)
        self.show_lines(LogPage((), 0, False))
        self._explain(problem)

    def _show_colleagues(self, found: tuple[Colleague, ...]) -> None:
        for colleague in found:
            self._who.addItem(colleague.name, colleague.id)

    def _show_fingerprint(self, fingerprint: str) -> None:
        self._form.fingerprint.setText(tr("Exports are signed with the key {fingerprint}", fingerprint=fingerprint))

    def _show_broken(self, problem: Problem) -> None:
        """Lines that somebody changed are shown, but never without saying so."""
        self._broken = problem
        self._explain(problem)

    def _clear_banner(self) -> None:
        if self._broken is not None:
            self._explain(self._broken)
        else:
            self._form.banner.hide()

    def _explain(self, problem: Problem) -> None:
        if isinstance(problem, ApprovalNeeded | ConfirmationNeeded):
            self._office.jobs.explained.emit(problem)  # asked for, or given up, elsewhere
        else:
            notices.show_problem_in(self._form.banner, problem)

    # --- exporting -------------------------------------------------------------------------------------------------

    def _export(self) -> None:
        chosen = ask_where(self, tr("Export the log"), "log.csv", tr("Tables") + " (*.csv)")
        if chosen is not None:
            self.export_to(chosen)

    def export_to(self, path: Path) -> None:
        """Verify the log and write what the filter shows, with its signature; whoever sits here is asked once more."""
        try:
            wanted = self.wanted
        except FieldProblem as problem:
            self._explain(problem)
            return
        self._form.busy.start(tr("Checking and exporting the log…"))
        ticket = self._office.work_on_vault(
            lambda opened, progress: export_log(opened, wanted, path, progress),
            then=self._show_exported,
            owner=self,
            on_progress=self._form.busy.show_progress,
            otherwise=self._explain,
            finally_=self._form.busy.finish,
        )
        self._export_ticket = ticket

    def _stop(self) -> None:
        if self._export_ticket is not None:
            self._export_ticket.cancel()

    def _show_exported(self, told: LogExported) -> None:
        one, many = "{n} line exported, with its signature", "{n} lines exported, with their signature"
        self._office.said.emit(trn(one, many, told.lines))
        self.refresh()

    # --- columns ---------------------------------------------------------------------------------------------------

    def _columns(self) -> list[Column[LogRow]]:
        clock = self._office.clock

        def facts(row: LogRow) -> str:
            return fact_words(row.reason, clock.local)

        return [
            Column("at", tr("When"), lambda row: _moment(clock.local(row.at)), width=150, sortable=False),
            Column("who", tr("Who"), lambda row: row.actor or tr("The program"), width=140, sortable=False),
            Column("action", tr("What"), lambda row: action_words(row.action), sortable=False, strong=True),
            Column("kind", tr("Of what"), lambda row: kind_words(row.kind), width=150, sortable=False),
            Column(
                "about", tr("About whom"), lambda row: row.about, width=110, sortable=False, tip=lambda row: row.about
            ),
            Column("reason", tr("More"), facts, width=190, sortable=False, muted=True, tip=facts),
        ]


def _moment(local: datetime) -> str:
    return f"{current().date(local.date())} {current().time(local)}"

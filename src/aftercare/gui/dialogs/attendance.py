"""Sessions held and attended in a course, month by month, with the percentage beside them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from aftercare.domain.clock import Clock
from aftercare.domain.drafts.education import AttendanceDraft, MonthDraft
from aftercare.domain.errors import FieldProblem, Problem
from aftercare.domain.rows.education import EnrolmentRow, percent
from aftercare.gui import style
from aftercare.gui.dialogs.form_dialog import Deed, FormDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import NumberEdit
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.repeated import Repeated
from aftercare.i18n import tr
from aftercare.services.education import save_attendance

_MOST = 200


class MonthEntry(QWidget):
    """One month: a day in it, sessions held, sessions attended."""

    changed = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._id: UUID | None = None
        self._version: int | None = None
        self.month = DayEdit(clock=clock)
        self.month.setAccessibleName(tr("A day of the month"))
        self.held, self.attended = NumberEdit(), NumberEdit()
        self._share = PlainLabel("", "muted")
        self._share.setMinimumWidth(self.fontMetrics().horizontalAdvance("100 %") + 6)
        line = FlowLayout(self, spacing=6)
        line.setContentsMargins(0, 0, 0, 0)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        line.addWidget(self.month)
        for box, name, words in (
            (self.held, tr("Sessions held"), tr("held")),
            (self.attended, tr("Sessions attended"), tr("attended")),
        ):
            box.setRange(0, _MOST)
            box.setSuffix(f" {words}")
            box.setAccessibleName(name)
            box.valueChanged.connect(lambda _number: self._show_share())
            line.addWidget(box)
        line.addWidget(self._share)
        self.month.field.textChanged.connect(lambda _text: self.changed.emit())
        self.setFocusProxy(self.month)

    @property
    def is_too_much(self) -> bool:
        """More sessions attended than were held."""
        return self.attended.value() > self.held.value()

    def value(self) -> MonthDraft | None:
        """What is filled in; FieldProblem where the day cannot be understood."""
        day = self.month.value
        if day is None and not self.held.value() and not self.attended.value() and self._id is None:
            return None
        return MonthDraft(day, self.held.value(), self.attended.value(), self._id, self._version)

    def show_value(self, value: MonthDraft) -> None:
        self._id, self._version = value.id, value.version
        self.month.show_value(value.month)
        self.held.setValue(value.held or 0)
        self.attended.setValue(value.attended or 0)

    def _show_share(self) -> None:
        held, attended = self.held.value(), self.attended.value()
        share = percent(attended, held)
        words = tr("{percent} %", percent=share) if share is not None else ""
        self._share.setText(tr("more than held") if self.is_too_much else words)
        style.give_role(self._share, role="error" if self.is_too_much else "muted")
        self.changed.emit()


class _Months(Repeated):
    """The months as a draft keeps them."""

    @property
    def months(self) -> list[MonthEntry]:
        return [entry for entry in self._entries if isinstance(entry, MonthEntry)]

    def focus_last(self) -> None:
        """The keys begin at the latest month, at what is counted."""
        last = self._entries[-1]
        assert isinstance(last, MonthEntry)
        self.setFocusProxy(last.held)

    def draft_value(self) -> list[Any]:
        kept = []
        for entry in self._entries:
            assert isinstance(entry, MonthEntry)
            key = str(entry._id) if entry._id else ""
            kept.append([entry.month.field.text(), entry.held.value(), entry.attended.value(), key, entry._version])
        return kept

    def show_draft_value(self, value: list[Any]) -> None:
        self.show_values([MonthDraft(None, held, attended, UUID(key) if key else None, version)
                          for _day, held, attended, key, version in value])  # fmt: skip
        for entry, (day, *_rest) in zip(self._entries, value, strict=True):
            assert isinstance(entry, MonthEntry)
            entry.month.field.setText(day)


class AttendanceDialog(FormDialog):
    preferred_width = 770

    def __init__(self, office: Office, enrolment: EnrolmentRow, parent: QWidget | None = None) -> None:
        super().__init__(office, tr("Attendance"), tr("Any day of a month stands for the month."), parent)
        self._enrolment = enrolment
        self._months = _Months(self._make_entry, tr("Add a month"))
        months = [
            MonthDraft(month.month, month.held, month.attended, month.id, month.version) for month in enrolment.months
        ]
        next_month = self._next_month()
        is_new = next_month not in {month.month for month in enrolment.months}
        self._months.show_values([*months, MonthDraft(next_month, 0, 0)] if is_new else months)
        self.fields.part("months", tr("Months"), self._months)
        self._months.focus_last()
        self.begin("attendance", str(enrolment.id))

    def _make_entry(self, line: QWidget) -> QWidget:
        entry = MonthEntry(self.office.clock, line)
        entry.changed.connect(lambda: self._months.changed.emit())
        return entry

    def _next_month(self) -> date:
        """The month after the last one known, never one still to come."""
        this = self.office.clock.today().replace(day=1)
        if not self._enrolment.months:
            return this
        return min(this, (self._enrolment.months[-1].month + timedelta(days=32)).replace(day=1))

    def show_problem(self, problem: Problem) -> bool:
        """The keys go to the month that is refused: the words below all months may be far from it."""
        refused = next((entry for entry in self._months.months if entry.is_too_much), None)
        if refused is not None:
            self._months.setFocusProxy(refused.attended)
        shown = super().show_problem(problem)
        if refused is not None:  # after the words were brought into view
            QTimer.singleShot(0, self, lambda: self.form.scroll.ensureWidgetVisible(refused))
        return shown

    def saving(self) -> Deed:
        try:
            shown = self._months.values()
        except FieldProblem as problem:
            raise FieldProblem("months", problem.reason, problem.value) from None
        months = tuple(month for month in shown if month.held or month.attended or month.id is not None)
        kept = {month.id for month in months}
        removed = tuple(month.id for month in self._enrolment.months if month.id not in kept)
        return Deed(save_attendance, (self._enrolment.id, AttendanceDraft(months, removed)), tr("Attendance saved"))

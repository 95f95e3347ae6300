"""Fields for dates: partly known ones («about 1998»), days with a calendar, a range of ages, a time of day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from functools import partial

from PySide6.QtCore import QDate, QLocale, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QShowEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QCalendarWidget,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTimeEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from aftercare.domain.clock import Clock
from aftercare.domain.errors import FieldProblem
from aftercare.domain.partial_date import PartialDate
from aftercare.gui import icons, style
from aftercare.gui.widgets.choices import NumberEdit
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import current, tr
from aftercare.written_dates import read_day, read_partial_date, write_partial_date


class PartialDateEdit(QLineEdit):
    """«12 Mar 1998», «03/1998», «about 1998» or nothing. Checked on leaving: `misread` tells what is wrong."""

    changed = Signal(object)  # PartialDate or None, when a new value was understood
    misread = Signal(object)  # FieldProblem

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: PartialDate | None = None
        self.editingFinished.connect(self._take)
        self.setToolTip(tr("For example: 12 Mar 1998, 03/1998, about 1998"))

    @property
    def value(self) -> PartialDate | None:
        """The date as typed now, None when empty; FieldProblem when it cannot be understood."""
        typed = self.text().strip()
        return read_partial_date(typed) if typed else None

    def show_value(self, value: PartialDate | None) -> None:
        self._value = value
        self.setText(write_partial_date(value) if value is not None else "")

    def _take(self) -> None:
        try:
            value = self.value
        except FieldProblem as problem:
            self.misread.emit(problem)
            return
        is_new = value != self._value
        self.show_value(value)
        if is_new:
            self.changed.emit(value)


class DayEdit(QWidget):
    """A day, typed or taken from a calendar; may be empty. Up and Down go by days, Ctrl+T is today."""

    changed = Signal(object)  # date or None
    misread = Signal(object)  # FieldProblem

    def __init__(self, parent: QWidget | None = None, clock: Clock | None = None) -> None:
        super().__init__(parent)
        self.clock = clock or Clock()
        self._value: date | None = None
        self._popup: MonthPopup | None = None
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(2)
        self._field = _DayField(self)
        self._field.editingFinished.connect(self._take)
        self._field.stepped.connect(self._step)
        self._field.setMinimumWidth(style.scaled(104))
        self._button = QToolButton(self)
        self._button.setAccessibleName(tr("Calendar"))
        self._button.setToolTip(tr("Calendar"))
        self._button.setProperty("role", "quiet")
        self._button.clicked.connect(self.open_calendar)
        icons.wear(self._button, "calendar")
        line.addWidget(self._field, 1)
        line.addWidget(self._button)
        self.setFocusProxy(self._field)

    @property
    def value(self) -> date | None:
        """The day as typed now; FieldProblem when it cannot be understood."""
        typed = self._field.text().strip()
        return read_day(typed, self.clock.today()) if typed else None

    @property
    def field(self) -> QLineEdit:
        return self._field

    def show_value(self, value: date | None) -> None:
        self._value = value
        self._field.setText(current().date(value) if value is not None else "")

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._field.setAccessibleName(name)
        self._button.setAccessibleName(tr("Calendar: {field}", field=name))

    def open_calendar(self) -> MonthPopup:
        """A month to click or arrow through, with «Today» and «No date» below."""
        if self._popup is None:
            self._popup = MonthPopup(self)
            self._popup.picked.connect(self._choose)
            self._popup.today_wanted.connect(lambda: self._choose(self.clock.today()))
        self._popup.show_month(self._value or self.clock.today())
        self._popup.move(self.mapToGlobal(QPoint(0, self.height())))
        self._popup.show()
        return self._popup

    def _choose(self, value: date | None) -> None:
        is_new = value != self._value
        self.show_value(value)
        self._field.setFocus()
        if is_new:
            self.changed.emit(value)

    def _step(self, days: int) -> None:
        if days == 0 or self._value is None:
            self._choose(self.clock.today())
        else:
            self._choose(date.fromordinal(self._value.toordinal() + days))

    def _take(self) -> None:
        try:
            value = self.value
        except FieldProblem as problem:
            self.misread.emit(problem)
            return
        is_new = value != self._value
        self.show_value(value)
        if is_new:
            self.changed.emit(value)


class MonthPopup(QFrame):
    """A calendar that floats below its field; Escape leaves it."""

    picked = Signal(object)  # date, None for «No date»
    today_wanted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("role", "card")
        self.calendar = QCalendarWidget(self)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setMinimumSize(style.scaled(270), style.scaled(210))
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        today, none = QPushButton(tr("Today"), self), QPushButton(tr("No date"), self)
        today.clicked.connect(lambda: self._leave(self.today_wanted.emit))
        none.clicked.connect(lambda: self._leave(partial(self.picked.emit, None)))
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 8, 8, 8)
        column.addWidget(self.calendar)
        line = QHBoxLayout()
        line.addWidget(today)
        line.addWidget(none)
        line.addStretch(1)
        column.addLayout(line)

    def show_month(self, day: date) -> None:
        self.calendar.setSelectedDate(QDate(day.year, day.month, day.day))
        self.calendar.setFocus()

    def _calm(self) -> None:
        """Weekends as quiet as other days, arrows of our own, the week as this language begins it."""
        plain = QTextCharFormat()
        plain.setForeground(QColor(style.colours().ink))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, plain)
        self.calendar.setFirstDayOfWeek(QLocale().firstDayOfWeek())
        mirrored = style.is_mirrored(self)
        for name, glyph, words in (
            ("qt_calendar_prevmonth", "forward" if mirrored else "back", tr("Month before")),
            ("qt_calendar_nextmonth", "back" if mirrored else "forward", tr("Month after")),
        ):
            button = self.calendar.findChild(QToolButton, name)
            if isinstance(button, QToolButton):
                icons.wear(button, glyph)
                button.setAccessibleName(words)

    def showEvent(self, event: QShowEvent) -> None:
        self._calm()
        super().showEvent(event)

    def _pick(self, day: QDate) -> None:
        self._leave(partial(self.picked.emit, date(day.year(), day.month(), day.day())))

    def _leave(self, say: Callable[[], None]) -> None:
        if self.isVisible():  # a click is also an activation: say it once
            self.hide()
            say()


class _DayField(QLineEdit):
    stepped = Signal(int)  # days on; 0 is today

    def keyPressEvent(self, event: QKeyEvent) -> None:
        days = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1, Qt.Key.Key_PageUp: 7, Qt.Key.Key_PageDown: -7}
        if event.key() == Qt.Key.Key_T and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.stepped.emit(0)
        elif Qt.Key(event.key()) in days:
            self.stepped.emit(days[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.selectAll()


class AgeRangeEdit(QWidget):
    """«between 20 and 25»: two small numbers, empty at first."""

    changed = Signal(object)  # (least, most) or None

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        self._least, self._most = NumberEdit(self), NumberEdit(self)
        for box, name in ((self._least, tr("Youngest age")), (self._most, tr("Oldest age"))):
            box.setRange(-1, 120)
            box.setSpecialValueText("–")
            box.setValue(-1)
            box.setAccessibleName(name)
            box.valueChanged.connect(lambda _: self.changed.emit(self.value))
        line.addWidget(self._least)
        line.addWidget(PlainLabel(tr("to"), "muted"))
        line.addWidget(self._most)
        line.addStretch(1)
        self.setFocusProxy(self._least)

    @property
    def value(self) -> tuple[int, int] | None:
        """(least, most) in order; one number alone counts for both."""
        given = sorted(box.value() for box in (self._least, self._most) if box.value() >= 0)
        return (given[0], given[-1]) if given else None

    def show_value(self, value: tuple[int, int] | None) -> None:
        least, most = value or (-1, -1)
        for box, number in ((self._least, least), (self._most, most)):
            blocked = box.blockSignals(True)
            box.setValue(number)
            box.blockSignals(blocked)


class ClockTimeEdit(QTimeEdit):
    """A time of day; midnight shows and means nothing."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDisplayFormat("HH:mm")
        self.setSpecialValueText("–")
        self.setAccessibleName(name)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab leaves the field: going from hours to minutes it would never get past «–»."""
        return QWidget.focusNextPrevChild(self, forward)

    def value(self) -> time | None:
        shown = self.time()
        return time(shown.hour(), shown.minute()) if shown != QTime(0, 0) else None

    def show_value(self, value: time | None) -> None:
        self.setTime(QTime(value.hour, value.minute) if value else QTime(0, 0))

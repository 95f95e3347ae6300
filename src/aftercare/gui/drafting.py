"""What is typed into a form is kept while it is typed, and is there again when the form opens the next time.

    self._drafting = Drafting(office, "goal", str(goal_id), form.words, form.aim, line=form.draft_line)
    self._drafting.start(version=row.version)                # after the form was filled
    self._drafting.save(save_goal, draft, then=self._saved)  # the draft goes in the same transaction

Fields are named by their object names. Any kit field can be one; a widget of one's own has `draft_value()`,
`show_draft_value(value)` and a signal `changed`; one that grows tells by a signal `grew` of what was not there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Concatenate, TypeVar

from PySide6.QtCore import QEvent, QObject, QTimer, Signal, SignalInstance
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTimeEdit,
    QWidget,
)

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem
from aftercare.domain.rows.drafts import DraftRow
from aftercare.gui.office import Office
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo
from aftercare.gui.widgets.date_edits import AgeRangeEdit, DayEdit
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.levels import LevelPicker
from aftercare.i18n import current, tr, trn
from aftercare.services.drafts import and_drop, drop_draft, find_draft, keep_draft
from aftercare.services.work import Work

T = TypeVar("T")
KEEP_AFTER_MS = 1_000  # from the first key of a burst: with the writing itself, never older than two seconds


@dataclass(frozen=True)
class Field:
    """How a widget is read, filled and listened to."""

    read: Callable[[], Any]
    fill: Callable[[Any], None]
    changed: SignalInstance


def field_of(widget: Any) -> Field:
    """How a draft reads this widget; TypeError where it knows no way."""
    if hasattr(widget, "draft_value"):
        return Field(widget.draft_value, widget.show_draft_value, widget.changed)
    if isinstance(widget, QPlainTextEdit):
        return Field(widget.toPlainText, widget.setPlainText, widget.textChanged)
    if isinstance(widget, QLineEdit):
        return Field(widget.text, widget.setText, widget.textChanged)
    if isinstance(widget, DayEdit):
        return Field(widget.field.text, widget.field.setText, widget.field.textChanged)
    if isinstance(widget, CodeCombo):
        return Field(lambda: widget.code, widget.show_code, widget.currentIndexChanged)
    if isinstance(widget, QComboBox):
        return Field(widget.currentText, widget.setCurrentText, widget.currentIndexChanged)
    if isinstance(widget, ChoiceChips):
        return Field(lambda: widget.codes, widget.show_codes, widget.changed)
    if isinstance(widget, LevelPicker):
        return Field(lambda: widget.code, widget.show_code, widget.chosen)
    if isinstance(widget, QSpinBox):
        return Field(widget.value, widget.setValue, widget.valueChanged)
    if isinstance(widget, AgeRangeEdit):
        return Field(lambda: list(widget.value or ()), lambda kept: widget.show_value(_pair(kept)), widget.changed)
    if isinstance(widget, QTimeEdit):
        return Field(
            lambda: widget.time().toString("HH:mm"),
            lambda kept: widget.setTime(widget.time().fromString(kept, "HH:mm")),
            widget.timeChanged,
        )
    if isinstance(widget, QAbstractButton) and widget.isCheckable():
        return Field(widget.isChecked, widget.setChecked, widget.toggled)
    raise TypeError(f"no draft can be kept of a {type(widget).__name__}")


def _pair(kept: list[int]) -> tuple[int, int] | None:
    return (kept[0], kept[1]) if kept else None


class DraftLine(QWidget):
    """«draft saved 2 s ago», and after coming back «Your draft of 09:02 is here again» with a way to discard it."""

    discard_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._saved_at: datetime | None = None
        self._clock = Clock()
        self._words = PlainLabel("", "aside", parent=self)
        self._discard = QPushButton(tr("Discard"), self)
        self._discard.setProperty("role", "link")
        self._discard.setAccessibleName(tr("Discard the draft"))
        self._discard.clicked.connect(self.discard_asked)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(6)
        line.addStretch(1)
        line.addWidget(self._words)
        line.addWidget(self._discard)
        self._ageing = QTimer(self, interval=1_000)
        self._ageing.timeout.connect(self._show_age)
        self.show_nothing()

    @property
    def words(self) -> str:
        return self._words.text()

    def show_nothing(self) -> None:
        self._ageing.stop()
        self._saved_at = None
        self._words.setText("")
        self._discard.hide()

    def show_saved(self, at: datetime, clock: Clock) -> None:
        self._saved_at, self._clock = at, clock
        self._discard.hide()
        self._ageing.start()
        self._show_age()

    def show_restored(self, at: datetime, clock: Clock, *, is_outdated: bool) -> None:
        """The draft is back; `is_outdated`: the record itself was changed after it."""
        self.show_nothing()
        local = clock.local(at)
        when = current().time(local) if local.date() == clock.today() else current().day(local.date())
        back = tr("your draft of {when} is back", when=when)
        self._words.setText(tr("{back}; the record has changed since", back=back) if is_outdated else back)
        self._discard.show()

    def show_trouble(self) -> None:
        self.show_nothing()
        self._words.setText(tr("draft not saved"))

    def _show_age(self) -> None:
        if self._saved_at is None or not self.isVisible():
            return
        seconds = max(0, int((self._clock.now() - self._saved_at).total_seconds()))
        if seconds < 60:
            self._words.setText(trn("draft saved {n} s ago", "draft saved {n} s ago", seconds))
            return
        self._words.setText(trn("draft saved {n} min ago", "draft saved {n} min ago", seconds // 60))
        self._ageing.setInterval(10_000)

    def showEvent(self, event: Any) -> None:
        super().showEvent(event)
        self._show_age()


class Drafting(QObject):
    """Keeps the draft of one form about one thing; it belongs to the first of its widgets and ends with it."""

    kept = Signal(object)  # when the draft was saved
    restored = Signal(object)  # DraftRow that was put back into the fields

    def __init__(
        self, office: Office, form: str, about: str = "", *widgets: QWidget, line: DraftLine | None = None
    ) -> None:
        super().__init__(widgets[0])
        self._office = office
        self._key = (form, about)
        self._widgets = {widget.objectName(): widget for widget in widgets}
        assert len(self._widgets) == len(widgets), "fields of a draft need names of their own"
        self._fields = {name: field_of(widget) for name, widget in self._widgets.items()}
        self._line = line
        self._version: int | None = None
        self._blank: dict[str, Any] = {}
        self._kept: dict[str, Any] | None = None
        self._is_on = False
        self._waiting = QTimer(self, singleShot=True, interval=KEEP_AFTER_MS)
        self._waiting.timeout.connect(self.save_now)
        self._left_behind: dict[str, Any] = {}  # of a draft that came back, for fields that join later
        self._written_last: QWidget = widgets[0]
        for widget in widgets:
            self._follow(widget)
        if line is not None:
            line.discard_asked.connect(self.discard)

    # --- what a form calls ---------------------------------------------------------------------------------------

    def start(self, version: int | None = None) -> None:
        """From now on: what stands in the fields is what is saved already. A draft that was left comes back."""
        self._version = version
        self._left_behind = {}
        self._blank = self._read()
        self._kept = None
        self._is_on = True
        self._office.ask(find_draft, *self._key, then=self._restore, owner=self, topic="draft")

    def join(self, *widgets: QWidget) -> None:
        """Fields that were made after the others: nothing is written there yet but what a draft brings back."""
        for widget in widgets:
            name = widget.objectName()
            assert name not in self._widgets, "fields of a draft need names of their own"
            self._widgets[name], self._fields[name] = widget, field_of(widget)
            self._blank = self._blank | {name: self._fields[name].read()}
            if name in self._left_behind:
                self._fields[name].fill(self._left_behind.pop(name))
            if self._kept is not None:
                self._kept = self._kept | {name: self._fields[name].read()}
            self._follow(widget)

    def save(
        self,
        service: Callable[Concatenate[Work, ...], T],
        *args: Any,
        then: Callable[[T], None] | None = None,
        undo: str = "",
        otherwise: Callable[[Problem], None] | None = None,
    ) -> None:
        """Save the form; its draft goes in the same transaction. After a Problem it is kept as before."""
        self._is_on = False
        self._waiting.stop()

        def saved(value: T) -> None:
            if then is not None:
                then(value)
            self._left_behind = {}
            self._blank, self._kept, self._is_on = self._read(), None, True
            if self._line is not None:
                self._line.show_nothing()

        def refused(problem: Problem) -> None:
            self._is_on = True
            self.save_now()
            (otherwise or self._office.jobs.explained.emit)(problem)

        self._office.do(
            and_drop(service, *self._key), *args, then=saved, owner=self, undo=undo, otherwise=refused,
            waiting=self._keep, finally_=self._go_on,
        )  # fmt: skip

    def save_now(self) -> None:
        """Keep what stands in the fields at this moment; nothing where nothing was typed since."""
        self._waiting.stop()
        if self._is_on:
            self._keep()

    def _keep(self) -> None:
        fields = self._read()
        if fields == (self._blank if self._kept is None else self._kept):
            return
        self._kept = fields
        if fields == self._blank:
            self._kept = None
            self._office.do(drop_draft, *self._key, owner=self._office)
            if self._line is not None:
                self._line.show_nothing()
            return
        content = {"fields": fields, "cursor": self._cursor(), "version": self._version}
        self._office.do(keep_draft, *self._key, content, then=self._show_kept, owner=self, otherwise=self._show_trouble)

    def discard(self) -> None:
        """Put the fields back as they were at `start`, and forget the draft."""
        self._left_behind = {}
        for name, value in self._blank.items():
            self._fields[name].fill(value)
        self.save_now()
        if self._line is not None:
            self._line.show_nothing()

    def stop(self) -> None:
        """Keep what is there and listen no more: the form turns to something else."""
        self.save_now()
        self._is_on = False

    @property
    def has_unsaved_words(self) -> bool:
        return self._is_on and self._read() != self._blank

    # --- inside --------------------------------------------------------------------------------------------------

    def _follow(self, widget: QWidget) -> None:
        self._fields[widget.objectName()].changed.connect(self._hear)
        widget.installEventFilter(self)
        grew: SignalInstance | None = getattr(widget, "grew", None)
        if grew is not None:
            grew.connect(lambda saved: self._take_more(widget.objectName(), saved))

    def _take_more(self, name: str, saved: dict[str, Any]) -> None:
        """It tells of fields that were not there before."""
        if self._blank:
            self._blank = self._blank | {name: saved | self._blank[name]}
        if self._kept is not None:
            self._kept = self._kept | {name: saved | self._kept[name]}

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget):
            self._written_last = watched
        elif event.type() in (QEvent.Type.Hide, QEvent.Type.Close):
            self.save_now()
        return False

    def _hear(self, *_whatever: object) -> None:
        # not restarted by each key: who types without a pause must not outrun the draft
        if self._is_on and not self._waiting.isActive():
            self._waiting.start()

    def _go_on(self) -> None:
        self._is_on = True

    def _read(self) -> dict[str, Any]:
        return self._left_behind | {name: field.read() for name, field in self._fields.items()}

    def _cursor(self) -> dict[str, Any] | None:
        """Where the person was writing last (a window that hides has lost its focus already)."""
        widget = self._written_last
        if isinstance(widget, QPlainTextEdit):
            cursor = widget.textCursor()
            return {"field": widget.objectName(), "position": cursor.position(), "anchor": cursor.anchor()}
        if isinstance(widget, QLineEdit):
            return {"field": widget.objectName(), "position": widget.cursorPosition(), "anchor": None}
        return None

    def _restore(self, draft: DraftRow | None) -> None:
        if draft is None or not self._is_on or self._read() != self._blank:
            return  # what is being typed now counts more than what was left
        for name, value in draft.content["fields"].items():
            if name in self._fields:
                self._fields[name].fill(value)
            else:
                self._left_behind[name] = value
        self._kept = self._read()
        self._waiting.stop()
        self._put_cursor(draft.content.get("cursor"))
        if self._line is not None:
            is_outdated = self._version != draft.content.get("version")
            self._line.show_restored(draft.saved_at, self._office.clock, is_outdated=is_outdated)
        self.restored.emit(draft)

    def _put_cursor(self, kept: dict[str, Any] | None) -> None:
        widget = self._widgets.get(kept["field"]) if kept else None
        if kept is None or widget is None:
            return
        if isinstance(widget, QPlainTextEdit):
            cursor = widget.textCursor()
            end = len(widget.toPlainText().encode("utf-16-le")) // 2  # Qt counts UTF-16 units
            cursor.setPosition(min(kept["anchor"], end))
            cursor.setPosition(min(kept["position"], end), cursor.MoveMode.KeepAnchor)
            widget.setTextCursor(cursor)
        elif isinstance(widget, QLineEdit):
            widget.setCursorPosition(kept["position"])

    def _show_kept(self, at: datetime) -> None:
        if self._line is not None and self._is_on:
            self._line.show_saved(at, self._office.clock)
        self.kept.emit(at)

    def _show_trouble(self, _problem: Problem) -> None:
        self._kept = None  # tried again with the next key
        if self._line is not None:
            self._line.show_trouble()


def save_all_drafts() -> None:
    """Before the window locks or closes: whatever is typed anywhere is handed in to be kept."""
    for window in QApplication.topLevelWidgets():
        for drafting in window.findChildren(Drafting):
            drafting.save_now()

"""Forms as rows: label beside the field (above it where there is little room), what is wrong in words below it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLineEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from aftercare import notices
from aftercare.domain.errors import DraftProblems, FieldProblem, Problem
from aftercare.gui import mnemonics, style
from aftercare.gui.widgets.labels import PlainLabel

_ABOVE_BELOW = 420
_LABEL_PIXELS = 130


class FieldRow(QWidget):
    """A label, an editor, a hint and the place for what is wrong. Leaving the editor clears what was wrong."""

    def __init__(self, label: str, editor: QWidget, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = editor
        self._hint = hint
        self._is_above: bool | None = None
        self.label = PlainLabel(label, "fieldLabel", wrap=True, parent=self)
        self.label.setBuddy(editor)
        self._message = PlainLabel("", "muted", wrap=True, parent=self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(3)
        editor.setParent(self)
        if not editor.accessibleName():
            editor.setAccessibleName(mnemonics.plain(label))
        typed = editor.focusProxy()
        self._field = typed if isinstance(typed, QLineEdit) and typed.parent() is editor else editor
        misread = getattr(editor, "misread", None)
        if misread is not None:
            misread.connect(self.show_problem)
        # a date that was misread stays so when the keys leave the calendar beside it
        for part in [self._field] if misread is not None else [editor, *editor.findChildren(QWidget)]:
            part.installEventFilter(self)
        # chips that wrap need more than their hint, and a row that may not grow would cut them off
        wraps = editor.hasHeightForWidth()
        height = QSizePolicy.Policy.Preferred if wraps else QSizePolicy.Policy.Maximum
        self.setSizePolicy(QSizePolicy.Policy.Preferred, height)
        self._place(above=False)
        self.clear_problem()

    def lock(self, why: str) -> None:
        """The field only shows: somebody else decides it, as `why` says below it."""
        self._hint = why
        self.editor.setEnabled(False)
        self.clear_problem()

    def explain(self, hint: str) -> None:
        """Another hint below the field."""
        self._hint = hint
        self.clear_problem()

    def show_problem(self, problem: FieldProblem | str) -> None:
        words = problem if isinstance(problem, str) else notices.field_words(problem)
        self._message.setText(words)
        self._message.show()
        style.give_role(self._message, role="error")
        style.give_role(self._field, problem=True)
        self.editor.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self.editor, QAccessible.Event.DescriptionChanged))
        self._take_room()

    def clear_problem(self) -> None:
        self._message.setText(self._hint)
        self._message.setVisible(bool(self._hint))
        if self._message.property("role") != "muted":
            style.give_role(self._message, role="muted")
        if self._field.property("problem"):
            style.give_role(self._field, problem=False)
        self.editor.setAccessibleDescription(self._hint)

    @property
    def message(self) -> str:
        return self._message.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # a window that is taken down tells of lost focus when Python has already let its parts go
        if event.type() == QEvent.Type.FocusOut and hasattr(self, "_message") and self._is_left(watched):
            self.clear_problem()
        return False

    def _is_left(self, watched: QObject) -> bool:
        """A day is checked anew each time; an editor of several parts keeps its words while the keys stay in it."""
        now = QApplication.focusWidget()
        return watched is self._field or now is None or not self.editor.isAncestorOf(now)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(above=self.width() < style.scaled(_ABOVE_BELOW))
        QTimer.singleShot(0, self, self._take_room)  # not within the layout that is being made

    def _take_room(self) -> None:
        """As high as its wrapped words are at this width: the layout around asks only for what they would like.

        It only grows: giving room back while a scroll bar comes and goes would never end.
        """
        if self._is_above is not None and self.isVisible():
            asked = self._grid.minimumHeightForWidth(self.width())
            if asked > self.minimumHeight():
                self.setMinimumHeight(asked)

    def _place(self, *, above: bool) -> None:
        if above == self._is_above:
            return
        self._is_above = above
        for part in (self.label, self.editor, self._message):
            self._grid.removeWidget(part)
        self.label.setMinimumWidth(0 if above else style.scaled(_LABEL_PIXELS))
        self.label.setMaximumWidth(16_777_215 if above else style.scaled(_LABEL_PIXELS))
        top = Qt.AlignmentFlag.AlignTop
        self.label.setContentsMargins(0, 0 if above else style.scaled(6), 0, 0)
        if above:
            self._grid.addWidget(self.label, 0, 0)
            self._grid.addWidget(self.editor, 1, 0)
            self._grid.addWidget(self._message, 2, 0)
        else:
            self._grid.addWidget(self.label, 0, 0, top)
            self._grid.addWidget(self.editor, 0, 1)
            self._grid.addWidget(self._message, 1, 1)
        # room that a message leaves behind stays below the field: nothing moves under a finger that is pressing
        for row in range(3):
            self._grid.setRowStretch(row, 1 if row == (2 if above else 1) else 0)
        self._grid.setColumnStretch(0, 1 if above else 0)
        self._grid.setColumnStretch(1, 0 if above else 1)


class FieldForm(QWidget):
    """Rows by name; problems of a draft find their field by it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: dict[str, FieldRow] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(9)

    def add(self, name: str, label: str, editor: QWidget, hint: str = "") -> FieldRow:
        """A row for the draft's field `name`."""
        row = FieldRow(label, editor, hint, self)
        self.rows[name] = row
        self._column.addWidget(row)
        return row

    def add_wide(self, widget: QWidget) -> None:
        """Something between the rows: a heading, a line."""
        self._column.addWidget(widget)

    def clear_problems(self) -> None:
        for row in self.rows.values():
            row.clear_problem()

    def show_problem(self, problem: Problem) -> bool:
        """Show each part beside its field and put the keys on the first; False if none of it has a field here."""
        return show_problem_in((self,), problem)


def show_problem_in(forms: Sequence[FieldForm], problem: Problem) -> bool:
    """As `FieldForm.show_problem`, for the forms of one window from top to bottom."""
    parts = problem.problems if isinstance(problem, DraftProblems) else (problem,)
    known: list[tuple[FieldRow, FieldProblem]] = []
    for form in forms:
        form.clear_problems()
        wrong = [part for part in parts if isinstance(part, FieldProblem) and part.field in form.rows]
        known += [(form.rows[part.field], part) for part in wrong]
    if not known:
        return False
    first, _part = known[0]
    # before the others: the field that the keys leave forgets what was wrong with it
    first.editor.setFocus(Qt.FocusReason.OtherFocusReason)
    for row, part in known:
        row.show_problem(part)
    QTimer.singleShot(0, first, lambda: _bring_into_view(first))
    return True


def _bring_into_view(row: FieldRow) -> None:
    """Where the form scrolls, with the words below the editor."""
    around = row.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is not None:
        around.ensureWidgetVisible(row, 0, style.scaled(12))
        around.ensureWidgetVisible(row._message, 0, style.scaled(12))  # of an editor higher than the window

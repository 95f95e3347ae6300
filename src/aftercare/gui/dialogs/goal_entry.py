"""What the small forms of the plan share: rows, a draft that is kept, Save by Ctrl+S, trouble beside its field."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Concatenate, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QScrollArea, QWidget

from aftercare._built.forms.ui_entry import Ui_EntryDialog
from aftercare.domain.errors import DraftProblems, FieldProblem, Problem
from aftercare.gui import forms, notices, style
from aftercare.gui.drafting import Drafting
from aftercare.gui.office import Office
from aftercare.services.work import Work

T = TypeVar("T")
_WIDTH = 560


class EntryDialog(QDialog):
    """A form that is filled by code: `row` adds a field by the name it has in the draft, `keep_drafts` begins."""

    def __init__(self, office: Office, title: str, promise: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form = forms.fill(self, Ui_EntryDialog)
        self.drafting: Drafting | None = None
        self._fields: list[QWidget] = []
        self.setWindowTitle(title)
        self.form.title.setText(title)
        self.form.promise.setText(promise)
        self.form.promise.setVisible(bool(promise))
        self.form.cancel.clicked.connect(self.reject)
        self.form.save.clicked.connect(self.save)
        QShortcut(QKeySequence.StandardKey.Save, self).activated.connect(self.save)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.save)

    def row(self, name: str, label: str, editor: QWidget, hint: str = "", *, drafted: bool = True) -> None:
        """A field; with `drafted` what is typed into it is kept."""
        editor.setObjectName(name)
        self.form.rows.add(name, label, editor, hint)
        if drafted:
            self._fields.append(editor)

    def show_row(self, name: str, shown: bool) -> None:
        self.form.rows.rows[name].setVisible(shown)
        if self.isVisible():
            self._fit()

    def keep_drafts(self, form: str, about: str, version: int | None = None) -> None:
        """From now on what is typed is kept; call it when the fields stand as they are saved."""
        self.drafting = Drafting(self.office, form, about, *self._fields, line=self.form.draft_line)
        self.drafting.start(version)

    def save(self) -> None:
        """Hand the draft in; each kind of form says how."""
        raise NotImplementedError

    def hand_in(self, service: Callable[Concatenate[Work, ...], T], *args: Any, undo: str) -> None:
        """Save and close; what cannot be kept is told beside its field."""
        assert self.drafting is not None
        self.form.save.setEnabled(False)
        self.form.rows.clear_problems()
        self.drafting.save(service, *args, then=lambda _value: self.accept(), undo=undo, otherwise=self.explain)

    def explain(self, problem: Problem) -> None:
        self.form.save.setEnabled(True)
        if not self.form.rows.show_problem(problem):
            notices.show_problem(self, problem)

    def read(self, draft: Callable[[], T]) -> T | None:
        """The draft as typed, or None where a field cannot be understood and says so."""
        try:
            return draft()
        except (FieldProblem, DraftProblems) as problem:
            self.explain(problem)
            return None

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as the rows, as far as the screen allows; never smaller than somebody made it."""
        never_cut(self.form.scroll)
        open_at(self, max(self.width(), style.scaled(_WIDTH)), self.height())
        layout, inside = self.form.column, self.form.inside
        layout.activate()
        rows = layout.totalHeightForWidth(inside.width()) if layout.hasHeightForWidth() else -1
        rows = max(rows, layout.totalSizeHint().height())
        around = self.height() - self.form.scroll.viewport().height()
        open_at(self, self.width(), max(self.height(), rows + around))


def several_lines(words: str, lines: int = 3) -> QPlainTextEdit:
    """A field for a few lines in which Tab goes on to the next field."""
    field = QPlainTextEdit()
    field.setTabChangesFocus(True)
    field.setPlainText(words)
    field.setFixedHeight(field.fontMetrics().lineSpacing() * lines + style.scaled(18))
    return field


def open_at(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog this size, or what the screen has."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width() - 20), min(height, room.height() - 60))


def never_cut(scroll: QScrollArea) -> None:
    """Make a form that scrolls up and down only as wide as its widest row must be."""
    inside = scroll.widget()
    if inside is not None:
        scroll.setMinimumWidth(inside.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width())

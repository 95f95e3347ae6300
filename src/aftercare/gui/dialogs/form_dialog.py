"""The frame of every form in a window of its own: fields, draft, save, remove. Escape keeps what was typed as a draft.

A form of its own makes its rows in `__init__`, ends with `self.begin(...)`, and says what saving does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from aftercare._built.forms.ui_form_dialog import Ui_FormDialog
from aftercare.domain.errors import Problem
from aftercare.gui import forms, mnemonics, notices, style
from aftercare.gui.dialogs.sizes import never_cut, open_around, open_at
from aftercare.gui.drafting import Drafting
from aftercare.gui.office import Office
from aftercare.gui.widgets.fact_fields import FactFields
from aftercare.i18n import N_, tr
from aftercare.services.work import Work


@dataclass(frozen=True)
class Deed:
    """One service with what it is given, and what the undo bar says after it."""

    service: Callable[Concatenate[Work, ...], Any]
    arguments: tuple[Any, ...]
    undo: str


class FormDialog(QDialog):
    """`saved` with what the service gave back; `removed` when the entry was taken away."""

    preferred_width = 580  # pixels at 100 % text size
    asked_to_remove = N_("Remove what was written by mistake. It can be undone; what ended is better given an end.")

    saved = Signal(object)
    removed = Signal()

    def __init__(self, office: Office, title: str, intro: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._drafting: Drafting | None = None
        self._is_saving = False
        self.form = forms.fill(self, Ui_FormDialog)
        self.setWindowTitle(title)
        self.form.title.setText(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.form.intro.setText(intro)
        self.form.intro.setVisible(bool(intro))
        self.fields = FactFields(office.clock, self.form.column.parentWidget())
        self.form.column.addWidget(self.fields)
        self.form.remove.hide()
        self.form.cancel.clicked.connect(self.reject)
        self.form.save.clicked.connect(self.save)
        self.form.remove.clicked.connect(self._ask_to_remove)
        for keys in (QKeySequence(QKeySequence.StandardKey.Save), QKeySequence("Ctrl+Return")):
            QShortcut(keys, self).activated.connect(self.save)
        office.jobs.failed.connect(self._go_on)

    # --- what a form of its own says -------------------------------------------------------------------------------

    def begin(self, name: str, about: str, version: int | None = None, focus: str = "") -> None:
        """All rows are made and filled: keep drafts under this name from now on, and put the keys on a field."""
        self.form.column.addStretch(1)
        self.form.remove.setVisible(version is not None and self.removing() is not None)
        mnemonics.settle(self, set())
        parts = self.drafted()
        if parts:
            self._drafting = Drafting(self.office, name, about, *parts, line=self.form.draft_line)
            self._drafting.restored.connect(lambda _draft: self.fit())  # what came back may ask for more room
            self._drafting.start(version)
        self.focus_on(focus or next(iter(self.fields.parts)))

    def focus_on(self, name: str) -> None:
        """Begin with this field."""
        self.fields.parts[name].setFocus(Qt.FocusReason.TabFocusReason)

    def show_row(self, name: str, shown: bool) -> None:
        """Ask for this only where it belongs to the other answers."""
        row = self.fields.rows[name]
        if row.isHidden() == shown:
            row.setVisible(shown)
            self.fit()

    def drafted(self) -> list[QWidget]:
        """The editors whose content a draft keeps."""
        return list(self.fields.parts.values())

    def saving(self) -> Deed:
        """What Save does with the fields as they stand; may raise a Problem to be shown beside them."""
        raise NotImplementedError

    def removing(self) -> Deed | None:
        """What Remove does; None where this cannot be taken away."""
        return None

    def show_problem(self, problem: Problem) -> bool:
        """Beside the fields it is about; False where it has no place here."""
        return self.fields.show_problem(problem)

    # --- saving ------------------------------------------------------------------------------------------------------

    def save(self) -> None:
        if self._is_saving or not self.form.save.isEnabled():
            return
        self.fields.clear_problems()
        try:
            self.fields.check()
            deed = self.saving()
        except Problem as problem:
            self._refuse(problem)
            return
        self._is_saving = True
        if self._drafting is not None:
            self._drafting.save(deed.service, *deed.arguments, then=self._saved, undo=deed.undo, otherwise=self._refuse)
        else:
            self.office.do(
                deed.service, *deed.arguments, then=self._saved, undo=deed.undo, otherwise=self._refuse, owner=self
            )

    def _saved(self, value: Any) -> None:
        self._go_on()
        self.saved.emit(value)
        self.accept()

    def _refuse(self, problem: Problem) -> None:
        self._go_on()
        if not self.show_problem(problem):
            self.office.jobs.explained.emit(problem)
        QTimer.singleShot(0, self, self.fit)  # words stand beside the fields when their rows have made room

    def _go_on(self, *_incident: object) -> None:
        self._is_saving = False

    def _ask_to_remove(self) -> None:
        deed = self.removing()
        if deed is None:
            return
        notices.ask(
            self,
            tr("Remove this entry?"),
            tr(self.asked_to_remove),
            tr("Remove"),
            lambda: self.office.do(
                deed.service, *deed.arguments, then=self._gone, undo=deed.undo, otherwise=self._refuse, owner=self
            ),
        )

    def _gone(self, _nothing: object) -> None:
        self.removed.emit()
        self.accept()

    # --- looks -------------------------------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()
        QTimer.singleShot(0, self, self._show_focus)  # when everything has its place

    def _show_focus(self) -> None:
        """The keys are on a field: at large text it may lie below the edge of what scrolls."""
        focused = self.focusWidget()
        if focused is not None and self.form.scroll.isAncestorOf(focused):
            self.form.scroll.ensureWidgetVisible(focused)

    def fit(self) -> None:
        """As high as what is asked, as far as the screen allows; never smaller than somebody made it."""
        if not self.isVisible():
            return
        if (layout := self.layout()) is not None:
            layout.activate()  # the line of the draft may just have come
        never_cut(self.form.scroll)
        open_at(self, max(self.width(), style.scaled(self.preferred_width)), self.height())
        open_around(self, self.form.scroll)

"""The quick note: words, three chips, Ctrl+Enter. Nothing in it insists."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPlainTextEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from aftercare import notices
from aftercare.domain.codes import NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.errors import DraftProblems, FieldProblem, Problem
from aftercare.domain.rows.plan import OfficeAreaRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import style
from aftercare.gui.dialogs.note import area_choices
from aftercare.gui.drafting import Drafting, DraftLine
from aftercare.gui.note_words import minutes_words
from aftercare.gui.office import Office
from aftercare.gui.widgets.buttons import KeyedButton
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.i18n import tr
from aftercare.services.areas import office_areas
from aftercare.services.notes import save_note
from aftercare.words import label, voice

_MINUTES = (5, 10, 15, 20, 30, 45, 60, 90, 120)


class ChipMenu(QPushButton):
    """A chip that shows what was chosen and opens the choices; Up and Down go through them."""

    changed = Signal(object)  # the code, "" for none

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._choices: list[tuple[str, str]] = []
        self._code = ""
        self.setProperty("role", "chip")
        self.clicked.connect(self._open)
        self._show()

    @property
    def code(self) -> str:
        return self._code

    def show_choices(self, choices: Sequence[tuple[str, str]], none: str) -> None:
        """(code, label) pairs behind the one for nothing chosen."""
        self._choices = [("", none), *choices]
        self._show()

    def choose(self, code: str) -> None:
        if code != self._code:
            self._code = code
            self._show()
            self.changed.emit(code)

    def draft_value(self) -> str:
        return self._code

    def show_draft_value(self, code: str) -> None:
        self.choose(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        codes = [code for code, _ in self._choices]
        at = codes.index(self._code) if self._code in codes else 0
        self.choose(codes[(at + step) % len(codes)])

    def _open(self) -> None:
        menu = QMenu(self)
        for code, words in self._choices:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(code == self._code)
            action.triggered.connect(partial(self.choose, code))
            menu.addAction(action)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _show(self) -> None:
        words = dict(self._choices).get(self._code, self._code)
        self.setText(words if self._code else self._name)
        self.setAccessibleName(f"{self._name}: {words}" if self._code else self._name)


class QuickNote(QWidget):
    """About the person shown; another one may come at any time, and finds their own draft.

    `line` tells of the draft: whoever holds this widget puts it where there is room.
    """

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._case_id: UUID | None = None
        self._drafting: Drafting | None = None
        self.line = DraftLine(self)
        self.words = QPlainTextEdit(self)
        self.words.setObjectName("words")
        self.words.setTabChangesFocus(True)
        self.words.setAccessibleName(tr("Quick note"))
        self.words.setFixedHeight(style.scaled(74))
        self.words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.area, self.kind = ChipMenu(tr("Area"), self), ChipMenu(tr("Kind"), self)
        self.minutes, self.restricted = ChipMenu(tr("Minutes"), self), QPushButton(tr("Restricted"), self)
        self.restricted.setProperty("role", "chip")
        self.restricted.setCheckable(True)
        for name in ("area", "kind", "minutes", "restricted"):
            getattr(self, name).setObjectName(name)
        self.area.show_choices(area_choices(), tr("No area"))
        self.kind.show_choices([(kind.value, label(kind)) for kind in NoteKind], tr("No kind"))
        self.minutes.show_choices([(str(n), minutes_words(n)) for n in _MINUTES], tr("Not noted"))
        self.kind.changed.connect(self._follow_kind)
        self.save_button = KeyedButton(self)
        self.save_button.setText(tr("Save"))
        self.save_button.setAccessibleName(tr("Save the note"))
        self.save_button.show_keys("Ctrl+Enter")
        self.save_button.clicked.connect(self.save)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            shortcut = QShortcut(QKeySequence(keys), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save)
        self._trouble = PlainLabel("", "error", wrap=True, parent=self)
        self._trouble.hide()
        self._lay_out()
        office.ask(office_areas, then=self._show_areas, owner=self)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addWidget(self._trouble)
        chips = QWidget(self)
        flow = FlowLayout(chips, spacing=6)
        flow.setContentsMargins(0, 0, 0, 0)
        for chip in (self.area, self.kind, self.minutes, self.restricted):
            flow.addWidget(chip)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        chips.setSizePolicy(policy)
        column.addWidget(chips)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        column.addLayout(foot)

    @property
    def stops(self) -> list[QWidget]:
        """Where Tab stops, in order."""
        return [self.words, self.area, self.kind, self.minutes, self.restricted, self.save_button]

    def show_person(self, head: PersonHead) -> None:
        """The note is about this person from now on; what was typed about another is kept as their draft."""
        self.words.setPlaceholderText(voice(head.gender).write_own_words)
        if head.case_id == self._case_id:
            return
        if self._drafting is not None:
            self._drafting.stop()
            self._drafting.deleteLater()
        self._case_id = head.case_id
        self._clear()
        self.line.show_nothing()
        self._drafting = Drafting(
            self._office, "quick_note", str(head.case_id), self.words, self.area, self.kind, self.minutes,
            self.restricted, line=self.line,
        )  # fmt: skip
        self._drafting.start()

    def save(self) -> None:
        """A note with nothing in it is not saved and not complained about."""
        if self._drafting is None or self._case_id is None or not self.words.toPlainText().strip():
            return
        draft = NoteDraft(
            words=self.words.toPlainText(),
            area=self.area.code or None,
            kind=NoteKind(self.kind.code) if self.kind.code else NoteKind.OTHER,
            minutes=int(self.minutes.code) if self.minutes.code else None,
            restricted=self.restricted.isChecked(),
        )
        self.save_button.setEnabled(False)
        self._drafting.save(
            save_note, self._case_id, draft, then=self._saved, undo=tr("Note saved"), otherwise=self._explain
        )

    def _saved(self, _row: object) -> None:
        self.save_button.setEnabled(True)
        self._clear()
        self.words.setFocus(Qt.FocusReason.OtherFocusReason)

    def _explain(self, problem: Problem) -> None:
        self.save_button.setEnabled(True)
        parts = problem.problems if isinstance(problem, DraftProblems) else (problem,)
        told = [notices.field_words(part) if isinstance(part, FieldProblem) else str(notices.explain(part))
                for part in parts]  # fmt: skip
        self._trouble.setText(" ".join(told))
        self._trouble.show()

    def _clear(self) -> None:
        self._trouble.hide()
        self.words.clear()
        for chip in (self.area, self.kind, self.minutes):
            chip.choose("")
        self.restricted.setChecked(False)

    def _follow_kind(self, code: str) -> None:
        """A counselling note is always restricted."""
        always = code == NoteKind.COUNSELLING
        self.restricted.setEnabled(not always)
        if always:
            self.restricted.setChecked(True)

    def _show_areas(self, rows: tuple[OfficeAreaRow, ...]) -> None:
        self.area.show_choices(area_choices(rows), tr("No area"))

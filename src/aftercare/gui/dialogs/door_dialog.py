"""What is done at the door with a password or the recovery code, into a folder: shared by restoring and saving.

A dialog of its own fills its form, hands it to `take`, and says in `working` what the button does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Event
from typing import Any, Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from aftercare import notices as words_of
from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem, RecoveryCodeIncomplete, RecoveryCodeUnreadable, WrongPassphrase
from aftercare.gui.jobs import Jobs, Progress, Ticket
from aftercare.gui.widgets.busy_line import BusyLine
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.i18n import tr


class DoorForm(Protocol):
    """What both forms have."""

    scroll: QScrollArea
    key_heading: QLabel
    key_words: QLabel
    by_password: QRadioButton
    by_code: QRadioButton
    password_form: FieldForm
    code_form: FieldForm
    place_heading: QLabel
    place_words: QLabel
    folder: QLineEdit
    choose_folder: QPushButton
    problem: QLabel
    busy: BusyLine
    cancel: QPushButton


@dataclass(frozen=True, slots=True)
class WayIn:
    """With what somebody wants to come in: the code where `by_password` is not meant."""

    by_password: bool
    login_name: str
    password: str = field(repr=False)
    code: str = field(repr=False)


class DoorDialog(QDialog):
    """Asks for one of the two ways in and for a folder, works in a line that can be cancelled, explains what fails."""

    def __init__(self, jobs: Jobs, clock: Clock, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._jobs = jobs
        self._clock = clock
        self._cancelled = Event()
        self._ticket: Ticket[Any] | None = None

    def take(self, form: DoorForm, go: QPushButton, folder: Path, wrong_code: str) -> None:
        """Make the fields of this form; `go` begins, `wrong_code` is said of a code that opens nothing here."""
        self._door, self._go, self._wrong_code = form, go, wrong_code
        self._login, self._password, self._code = QLineEdit(), PasswordEdit(), QLineEdit()
        form.password_form.add("login_name", tr("Sign-in name"), self._login)
        self._password_row = form.password_form.add("passphrase", tr("Password"), self._password)
        parts = tr("If it is in two parts, type both here, one after the other.")
        self._code_row = form.code_form.add("code", tr("Recovery code"), self._code, parts)
        ways = QButtonGroup(self)
        ways.addButton(form.by_password)
        ways.addButton(form.by_code)
        form.by_password.toggled.connect(self._show_way)
        form.choose_folder.clicked.connect(self._choose_folder)
        form.folder.setText(str(folder))
        form.busy.share(form.cancel, self.reject)
        form.busy.cancelled.connect(self._give_up)
        form.problem.hide()
        for label in (form.key_heading, form.key_words, form.place_heading, form.place_words, form.problem):
            self.as_high_as_its_words(label)
        self._show_way()

    def as_high_as_its_words(self, label: QLabel) -> None:
        label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def put_in_order(self, *before: QWidget) -> None:
        """Where the keys go, after what stands before the fields."""
        form = self._door
        fields = (form.by_password, self._login, self._password, form.by_code, self._code)
        for one, next_one in pairwise((*before, *fields, form.folder, form.choose_folder, form.cancel, self._go)):
            QWidget.setTabOrder(one, next_one)

    # --- doing it ------------------------------------------------------------------------------------------------

    def begin(self, words: str, work: Callable[[Progress], Any], then: Callable[[Any], None]) -> None:
        """Do it beside the window, in the line that can be cancelled."""
        self.refuse("")
        self._enable(False)
        self._door.busy.start(words)
        self._ticket = self._jobs.ask_with_progress(
            work,
            then,
            owner=self,
            on_progress=self._door.busy.show_progress,
            otherwise=self.explain,
            finally_=self._at_rest,
        )

    def way_in(self) -> WayIn:
        """What was typed, and from now on another event for giving up."""
        self._cancelled = Event()
        by_password = self._door.by_password.isChecked()
        return WayIn(by_password, self._login.text().strip(), self._password.text(), self._code.text())

    @property
    def chosen_folder(self) -> Path | None:
        """Where to; None, and the field says so, where nothing was chosen."""
        chosen = self._door.folder.text().strip()
        if not chosen:
            self._door.folder.setFocus()
            self.refuse(tr("Please choose a folder."))
            return None
        return Path(chosen).expanduser()

    def explain(self, problem: Problem) -> None:
        words = words_of.explain(problem)
        by_password = self._door.by_password.isChecked()
        if isinstance(problem, RecoveryCodeUnreadable | RecoveryCodeIncomplete):
            self._code_row.show_problem(f"{words.what} {words.do}".strip())
            self._code.setFocus()
        elif isinstance(problem, WrongPassphrase) and by_password:
            # not beside a field: whether the name or the password is wrong is not told
            self.refuse(f"{words.what} {words.do}")
            self._password.clear()
            self._password.setFocus()
        elif isinstance(problem, WrongPassphrase):
            self._code_row.show_problem(self._wrong_code)
            self._code.setFocus()
        else:
            self.refuse(" ".join(part for part in (words.what, words.safe, words.do) if part))

    def refuse(self, words: str) -> None:
        self._door.problem.setText(words)
        self._door.problem.setVisible(bool(words))

    def forget_keys(self) -> None:
        """Whoever typed them has gone; work that is under way goes on without them."""
        self._password.clear()
        self._password.show_text(False)
        self._code.clear()

    def begin_typing(self) -> None:
        (self._login if self._door.by_password.isChecked() else self._code).setFocus()

    def reject(self) -> None:
        self._give_up()
        super().reject()

    def show_place(self) -> None:
        """Another folder was chosen."""

    # --- inside --------------------------------------------------------------------------------------------------

    def _give_up(self) -> None:
        self._cancelled.set()
        if self._ticket is not None:
            self._ticket.cancel()
        self._at_rest()

    def _at_rest(self) -> None:
        self._door.busy.finish()
        self._enable(True)

    def _enable(self, enabled: bool) -> None:
        for part in (self._door.scroll, self._go):
            part.setEnabled(enabled)

    def _show_way(self) -> None:
        by_password = self._door.by_password.isChecked()
        self._door.password_form.setVisible(by_password)
        self._door.code_form.setVisible(not by_password)

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Where to"), self._door.folder.text())
        if chosen:
            self._door.folder.setText(chosen)
            self.show_place()

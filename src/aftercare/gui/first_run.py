"""First run in four steps: where records live, the first administrator, the recovery code retyped, the backup place.

Nothing exists until the last step is agreed, so leaving at any moment leaves nothing half made.
"""

from __future__ import annotations

from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QSizePolicy, QWidget

from aftercare import notices, policy
from aftercare._built.forms.ui_first_run import Ui_FirstRun
from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem, WeakPassphrase
from aftercare.gui import forms, style
from aftercare.gui.jobs import Jobs
from aftercare.gui.unlock import paint_entrance
from aftercare.gui.widgets.password_edit import PasswordEdit, passphrase_hint
from aftercare.i18n import tr
from aftercare.services import door
from aftercare.settings import Settings

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

_CARD_WIDTH, _CARD_HEIGHT, _AROUND_CARD = 600, 580, 30
_PLACE, _ACCOUNT, _KIT, _BACKUP = range(4)


def _path(typed: str) -> Path:
    """The path that was typed; that of a home which nobody here has stays as it is written."""
    try:
        return Path(typed.strip()).expanduser()
    except RuntimeError:
        return Path(typed.strip())


def _in_words(problem: Problem) -> str:
    words = notices.explain(problem)
    return f"{words.what} {words.do}".strip()


class FirstRun(QWidget):
    """`created` hands over the open office; `folder_chosen` says that records already live in the chosen folder."""

    created = Signal(object)  # services.opening.OpenOffice
    folder_chosen = Signal(Path)
    training_asked = Signal()
    restore_asked = Signal(Path)  # the folder as it was chosen so far
    closed = Signal()

    def __init__(self, folder: Path, settings: Settings, jobs: Jobs, clock: Clock) -> None:
        super().__init__()
        self._settings = settings
        self._jobs = jobs
        self._clock = clock
        self._cancelled = Event()
        self.setMinimumSize(660, 640)
        self.folder = folder
        self._suggested_backups = ""
        form = self._form = forms.fill(self, Ui_FirstRun)
        self._display_name, self._login_name = QLineEdit(), QLineEdit()
        self._passphrase, self._again = PasswordEdit(), PasswordEdit()
        accounts = form.account_form
        accounts.add("display_name", tr("Your name"), self._display_name, tr("As colleagues see it: A. Rahman"))
        accounts.add("login_name", tr("Sign-in name"), self._login_name)
        self._password_row = accounts.add("passphrase", tr("Password"), self._passphrase, passphrase_hint())
        self._again_row = accounts.add("again", tr("Once more"), self._again)
        form.kit.begin(jobs)
        form.scroll.viewport().setAutoFillBackground(False)  # the slope behind the card is the window's
        for words in (form.place_words, form.account_words, form.kit_words, form.backup_words):
            words.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        for heading in (form.place_heading, form.account_heading, form.kit_heading, form.backup_heading):
            heading.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        form.folder.setText(str(folder))
        if policy.in_force().decides("records.folder"):
            form.folder.setReadOnly(True)
            form.choose_folder.setEnabled(False)
            form.choose_folder.setToolTip(tr("Set by your administrator"))
        form.choose_folder.clicked.connect(lambda: self._choose(form.folder, tr("Where records live")))
        form.choose_backup.clicked.connect(lambda: self._choose(form.backup_folder, tr("Where backups go")))
        form.training.clicked.connect(self.training_asked)
        form.restore.clicked.connect(lambda: self.restore_asked.emit(self._folder))
        for link in (form.suggest, form.training, form.restore):
            link.setMinimumHeight(style.scaled(24))
        form.suggest.clicked.connect(self._suggest)
        form.kit.entered.connect(self._next)
        form.back.clicked.connect(lambda: self.show_step(form.steps.currentIndex() - 1))
        form.next.clicked.connect(self._next)
        form.busy.cancelled.connect(lambda: self._cancelled.set())  # each making has an event of its own
        for line in (form.folder, form.backup_folder, self._again):
            line.returnPressed.connect(self._next)
        self._display_name.editingFinished.connect(self._suggest_login)
        self.retranslate()
        self.show_step(_PLACE)

    def retranslate(self) -> None:
        """The name of the program is that of the policy, which is chosen so that it gives nothing away."""
        name = QApplication.applicationDisplayName()
        self._form.title.setText(QApplication.translate("FirstRun", "Set up {name}").format(name=name))

    # --- steps ---------------------------------------------------------------------------------------------------

    def show_step(self, step: int) -> None:
        form = self._form
        form.steps.setCurrentIndex(step)
        form.progress.setText(tr("Step {step} of {steps}", step=step + 1, steps=4))
        form.back.setVisible(step > _PLACE)
        form.next.setText(tr("&Create the records") if step == _BACKUP else tr("&Next"))
        form.problem.hide()
        first = (form.folder, self._display_name, form.kit, form.backup_folder)[step]
        first.setFocus()

    def _next(self) -> None:
        step = self._form.steps.currentIndex()
        checks = (self._check_place, self._check_account, self._form.kit.is_copied, self._create)
        if checks[step]():
            self.show_step(step + 1)

    def _check_place(self) -> bool:
        chosen = self._form.folder.text().strip()
        if not chosen:
            return self._refuse(tr("Please choose a folder."))
        folder = _path(chosen)
        if not folder.is_absolute():
            return self._refuse(tr("Please write the whole path of the folder, or choose it."))
        if door.look_at(folder).found in (door.Found.RECORDS, door.Found.TROUBLE):
            # records are here already: nothing to set up, they only need unlocking
            self.folder_chosen.emit(folder)
            return False
        refusal = door.why_nothing_can_be_made(folder)
        if refusal is not None:
            return self._refuse(_in_words(refusal))
        if folder.exists() and any(folder.iterdir()):
            return self._refuse(tr("This folder holds other files. Please choose an empty or a new folder."))
        self._suggest_backups(folder.parent / "aftercare-backups")
        return True

    def _check_backups(self) -> bool:
        """None is an answer; a folder that is written must be there, or where one can be made."""
        chosen = self._form.backup_folder.text().strip()
        if not chosen:
            return True
        folder = _path(chosen)
        if not folder.is_absolute():
            return self._refuse(tr("Please write the whole path of the folder, or choose it."))
        if not (folder.is_dir() or folder.parent in (self._folder, *self._folder.parents) or folder.parent.is_dir()):
            return self._refuse(tr("This folder was not found. Connect the disk or stick, or choose another folder."))
        refusal = door.why_no_backups_can_go(folder, self._folder)
        return refusal is None or self._refuse(_in_words(refusal))

    def _check_account(self) -> bool:
        form = self._form.account_form
        form.clear_problems()
        if not self._login_name.text().strip():
            form.rows["login_name"].show_problem(tr("Please fill this in."))
            self._login_name.setFocus()
            return False
        names = (self._login_name.text(), self._display_name.text())
        faults = door.passphrase_faults(self._passphrase.text(), names)
        if faults:
            self._password_row.show_problem(notices.explain(WeakPassphrase(faults)).what)
            self._passphrase.setFocus()
            return False
        if self._again.text() != self._passphrase.text():
            self._again_row.show_problem(tr("The two are not the same."))
            self._again.setFocus()
            return False
        return True

    def _create(self) -> bool:
        if not self._check_backups():
            return False
        form, folder = self._form, self._folder
        login, name, passphrase = self._login_name.text(), self._display_name.text(), self._passphrase.text()
        works, backups = form.with_survivors.isChecked(), form.backup_folder.text().strip()
        clock, code = self._clock, form.kit.kit.code
        self._cancelled = Event()
        cancelled = self._cancelled

        def creating() -> OpenOffice:
            from aftercare.domain.permissions import Role
            from aftercare.services.deciding import choose_backup_folder
            from aftercare.services.opening import FIRST_ROLES, FirstPerson, create_office

            roles = FIRST_ROLES if works else frozenset({Role.ADMINISTRATOR})
            first = FirstPerson(login.strip(), name.strip(), roles)
            office, _code = create_office(folder, first, passphrase, clock=clock, cancelled=cancelled, code=code)
            office.desk.do(choose_backup_folder, backups)
            return office

        self._enable(False)
        form.busy.start(tr("Creating the records. Measuring how strong this computer can lock them…"))
        self._jobs.ask(creating, self._done, owner=self, otherwise=self._failed)
        return False

    def _done(self, office: OpenOffice) -> None:
        self._form.busy.finish()
        self.folder = self._folder
        self._settings.keep_records_in(self.folder)
        self._passphrase.clear()
        self._again.clear()
        self.created.emit(office)

    def _failed(self, problem: Problem) -> None:
        self._form.busy.finish()
        self._enable(True)
        self._refuse(_in_words(problem))

    # --- inside --------------------------------------------------------------------------------------------------

    @property
    def _folder(self) -> Path:
        """Where the records are to live, as it is written now."""
        return _path(self._form.folder.text())

    def _suggest_backups(self, folder: Path) -> None:
        """Beside the records; what somebody chose stays."""
        if self._form.backup_folder.text() in ("", self._suggested_backups):
            self._suggested_backups = str(folder)
            self._form.backup_folder.setText(self._suggested_backups)

    def _refuse(self, words: str) -> bool:
        self._form.problem.setText(words)
        self._form.problem.show()
        self._fit()
        return False

    def _enable(self, enabled: bool) -> None:
        for part in (self._form.steps, self._form.back, self._form.next):
            part.setEnabled(enabled)

    def _suggest_login(self) -> None:
        if not self._login_name.text():
            words = self._display_name.text().split()
            self._login_name.setText(words[-1].lower() if words else "")

    def _suggest(self) -> None:
        suggestion = door.suggested_passphrase()
        self._passphrase.setText(suggestion)
        self._passphrase.show_text(True)
        self._again.clear()
        self._again.setFocus()

    def _choose(self, line: QLineEdit, title: str) -> None:
        chosen = QFileDialog.getExistingDirectory(self, title, line.text())
        if chosen:
            line.setText(chosen)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._cancelled.set()
        super().closeEvent(event)
        self.closed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._fit)  # when the style has given the words their size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The card as wide as it likes or the window allows, and as high as its highest step: more is scrolled."""
        form, around = self._form, style.scaled(_AROUND_CARD)
        width = min(style.scaled(_CARD_WIDTH), self.width() - around)
        form.card.setFixedWidth(width)
        usual = min(style.scaled(_CARD_HEIGHT), self.height() - around)
        # words that wrap ask for their height too late, and a stack asks for none
        steps = form.steps.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        asked = max(step.heightForWidth(width) for step in steps)
        form.steps.setMinimumHeight(max(0, asked))
        form.card.setMinimumHeight(max(usual, form.column.minimumHeightForWidth(width)))

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_entrance(self)

"""Restoring a backup: which one, who opens it, where to. Records that are there are kept aside, never overwritten."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from aftercare._built.forms.ui_restore_backup import Ui_RestoreBackup
from aftercare.domain.clock import Clock
from aftercare.domain.rows.backups import BackupKind, BackupRestored, BackupSeen, WaysIn
from aftercare.gui import forms
from aftercare.gui.dialogs.door_dialog import DoorDialog
from aftercare.gui.jobs import Jobs, Progress
from aftercare.i18n import current, tr
from aftercare.notices import Explanation
from aftercare.services import door
from aftercare.words.backups import OF_OTHER_RECORDS, WAYS_IN_BEFORE, ways_in_lines


class RestoreBackup(DoorDialog):
    """`restored` hands over the folder when the records are there and the person has read what became of the others."""

    restored = Signal(Path)

    def __init__(self, folder: Path, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._path: Path | None = None
        form = self._form = forms.fill(self, Ui_RestoreBackup)
        self.take(form, form.restore, folder, tr("This code does not open this backup."))
        form.choose_file.clicked.connect(self._choose_file)
        form.folder.editingFinished.connect(self.show_place)
        form.restore.clicked.connect(self._restore)
        form.ways_in.hide()
        for label in (form.heading, form.seen, form.ways_in):
            self.as_high_as_its_words(label)
        forms.give_room(self, 620, 560)
        self.show_place()
        self.retranslate()
        self.put_in_order(form.choose_file)

    def retranslate(self) -> None:
        if self._path is None:
            self._form.seen.setText(tr("Backups end in .backup. They lie in the place chosen for them."))

    # --- what is shown -------------------------------------------------------------------------------------------

    def choose(self, path: Path) -> None:
        """Take this file, if it is a backup; it says itself when it was made."""
        from aftercare.services.backups import look_at_backup

        self.refuse("")
        self._jobs.beside(
            partial(look_at_backup, path), self._show_seen, owner=self, otherwise=self.explain, topic="look"
        )

    def _show_seen(self, seen: BackupSeen) -> None:
        self._path = seen.path
        self._form.file.setText(str(seen.path))
        self._form.file.setCursorPosition(0)
        made = self._clock.local(seen.made_at)
        facts = {"number": seen.number, "day": current().date(made.date()), "time": current().time(made)}
        self._form.seen.setText(
            tr("Backup number {number} of training records, made on {day} at {time}.", **facts)
            if seen.kind is BackupKind.TRAINING
            else tr("Backup number {number}, made on {day} at {time}.", **facts)
        )
        self.begin_typing()
        self.show_place()

    def show_place(self) -> None:
        """What is in the folder, and who will come in: both are read from disks, so beside the window."""
        chosen = self._form.folder.text().strip()
        folder, path = Path(chosen).expanduser(), self._path

        def looking() -> tuple[bool, bool, WaysIn | None]:
            from aftercare.services.backups import is_of_other_records, ways_in_after

            taken = bool(chosen) and door.look_at(folder).found is not door.Found.NOTHING
            if path is None or not chosen:
                return taken, False, None
            return taken, is_of_other_records(path, folder), ways_in_after(path, folder)

        self._jobs.beside(looking, self._show_found, owner=self, otherwise=self.explain, topic="place")

    def _show_found(self, found: tuple[bool, bool, WaysIn | None]) -> None:
        taken, of_others, ways_in = found
        words = (
            tr("Records are in this folder. They are kept: the folder gets another name, with the date, beside it.")
            if taken
            else tr("The records come into this folder. It must be new or empty.")
        )
        self._form.place_words.setText(f"{tr(OF_OTHER_RECORDS)} {words}" if of_others else words)
        self._form.ways_in.setText(tr(WAYS_IN_BEFORE[ways_in]) if ways_in is not None else "")
        self._form.ways_in.setVisible(ways_in is not None)

    # --- doing it ------------------------------------------------------------------------------------------------

    def _restore(self) -> None:
        if self._path is None:
            self._form.choose_file.setFocus()
            self.refuse(tr("Please choose a backup."))
        elif (folder := self.chosen_folder) is not None:
            self.begin(tr("Restoring the backup…"), self._work(self._path, folder), self._show_restored)

    def _work(self, path: Path, folder: Path) -> Callable[[Progress], BackupRestored]:
        way, clock, cancelled = self.way_in(), self._clock, self._cancelled

        def restoring(progress: Progress) -> BackupRestored:
            from aftercare.services import backups

            report = progress.report
            if way.by_password:
                return backups.restore(
                    path, folder, way.login_name, way.password, clock=clock, progress=report, cancelled=cancelled
                )
            return backups.restore_with_code(path, folder, way.code, clock=clock, progress=report, cancelled=cancelled)

        return restoring

    def _show_restored(self, restored: BackupRestored) -> None:
        from aftercare.gui.notices import Notice

        made = self._clock.local(restored.made_at)
        what = tr(
            "The backup of {day}, {time} is restored.", day=current().date(made.date()), time=current().time(made)
        )
        kept = restored.kept_aside
        safe = tr("The records that were there are kept in the folder {folder}.", folder=kept.name) if kept else ""
        sign_in = (
            tr("Sign in with the password you have today.")
            if restored.ways_in in (WaysIn.OF_TODAY, WaysIn.UNCHANGED)
            else tr("Sign in with a password of that time.")
        )
        who = " ".join((*ways_in_lines(restored), sign_in))
        notice = Notice(self, Explanation(what, safe, who), tr("OK"))
        notice.finished.connect(lambda _result: self._leave(restored.folder))
        notice.open()

    def _leave(self, folder: Path) -> None:
        self.restored.emit(folder)
        self.accept()

    # --- inside --------------------------------------------------------------------------------------------------

    def _choose_file(self) -> None:
        beside = str(Path(self._form.folder.text().strip()).expanduser() / "backups")
        chosen, _kind = QFileDialog.getOpenFileName(
            self, tr("Which backup"), self._form.file.text() or beside, tr("Backups (*.backup)")
        )
        if chosen:
            self.choose(Path(chosen))

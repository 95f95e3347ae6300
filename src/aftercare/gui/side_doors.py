"""The other ways in than a name and a password: a code, a backup, what is saved of broken records, training."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QDialog, QWidget

from aftercare.domain.clock import Clock
from aftercare.gui.jobs import Jobs

# the dialogs are imported when they are asked for: the entrance paints before


class SideDoors(QObject):
    """Dialogs above a window of the entrance (`above`), for the records in a folder."""

    opened = Signal(object)  # services.opening.OpenOffice
    made = Signal(Path)  # records that can be unlocked now

    def __init__(self, jobs: Jobs, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs = jobs
        self._clock = clock

    def log_in_first(self, folder: Path, name: str, above: QWidget | None) -> None:
        """With the one-time code of a new colleague."""
        from aftercare.gui.dialogs.first_login import FirstLoginDialog

        dialog = FirstLoginDialog(folder, self._jobs, self._clock, above, name=name)
        dialog.entered.connect(self.opened)
        dialog.open()

    def use_recovery_code(self, folder: Path, above: QWidget | None) -> None:
        from aftercare.gui.dialogs.recovery_code import RecoveryCodeDialog

        dialog = RecoveryCodeDialog(folder, self._jobs, self._clock, above)
        dialog.recovered.connect(self.opened)
        dialog.open()

    def restore_backup(self, folder: Path, above: QWidget | None) -> None:
        from aftercare.gui.dialogs.restore_backup import RestoreBackup

        dialog = RestoreBackup(folder, self._jobs, self._clock, above)
        dialog.restored.connect(self.made)
        dialog.open()

    def salvage(self, folder: Path, above: QWidget | None) -> None:
        from aftercare.gui.dialogs.salvage_records import SalvageRecords

        dialog = SalvageRecords(folder, self._jobs, self._clock, above)
        dialog.open_asked.connect(self.made)
        dialog.open()

    def make_training(self, folder: Path, above: QWidget | None) -> None:
        from aftercare.gui.dialogs.make_training import MakeTraining

        dialog = MakeTraining(folder, self._jobs, self._clock, above)
        dialog.made.connect(lambda: self.made.emit(folder.absolute()))
        dialog.open()


def put_codes_away(window: QWidget) -> None:
    """Close what was opened with a code, shows what broken records hold, or has a code or password in its fields."""
    if not window.findChildren(QDialog):
        return
    from aftercare.gui.dialogs.first_login import FirstLoginDialog
    from aftercare.gui.dialogs.recovery_code import RecoveryCodeDialog
    from aftercare.gui.dialogs.restore_backup import RestoreBackup
    from aftercare.gui.dialogs.salvage_records import SalvageRecords

    for restoring in window.findChildren(RestoreBackup):
        restoring.forget_keys()
    for kind in (RecoveryCodeDialog, FirstLoginDialog, SalvageRecords):
        for dialog in window.findChildren(kind):
            dialog.reject()

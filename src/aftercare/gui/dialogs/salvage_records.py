"""Saving what can be read of damaged records: who opens them, where to, and what became of them by kind of record."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from aftercare._built.forms.ui_salvage_records import Ui_SalvageRecords
from aftercare.domain.clock import Clock
from aftercare.domain.rows.salvage import SalvageReport
from aftercare.gui import forms
from aftercare.gui.dialogs.door_dialog import DoorDialog
from aftercare.gui.jobs import Jobs, Progress
from aftercare.i18n import tr, trn
from aftercare.words.backups import salvage_lines


class SalvageRecords(DoorDialog):
    """`open_asked` hands over the folder of what was saved; the damaged one stays as it is."""

    open_asked = Signal(Path)

    def __init__(self, folder: Path, jobs: Jobs, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(jobs, clock, parent)
        self._damaged = folder
        self._saved: Path | None = None
        form = self._form = forms.fill(self, Ui_SalvageRecords)
        beside = folder.with_name(f"{folder.name}-saved")
        self.take(form, form.salvage, beside, tr("This code does not open these records."))
        form.salvage.clicked.connect(self._salvage)
        form.open_saved.clicked.connect(self._open)
        for part in (form.result, form.open_saved):
            part.hide()
        self.as_high_as_its_words(form.words)
        forms.give_room(self, 620, 520)
        self.retranslate()
        self.put_in_order()

    def retranslate(self) -> None:
        self._form.place_words.setText(tr("The records come into this folder. It must be new or empty."))

    # --- doing it ------------------------------------------------------------------------------------------------

    def _salvage(self) -> None:
        if (new := self.chosen_folder) is not None:
            self.begin(tr("Saving what can be read…"), self._work(new), self.show_result)

    def _work(self, new: Path) -> Callable[[Progress], SalvageReport]:
        damaged, way, clock, cancelled = self._damaged, self.way_in(), self._clock, self._cancelled

        def saving(progress: Progress) -> SalvageReport:
            from aftercare.services import salvaging

            report = progress.report
            if way.by_password:
                return salvaging.salvage(
                    damaged, new, way.login_name, way.password, clock=clock, progress=report, cancelled=cancelled
                )
            return salvaging.salvage_with_code(
                damaged, new, way.code, clock=clock, progress=report, cancelled=cancelled
            )

        return saving

    def show_result(self, report: SalvageReport) -> None:
        """What was saved and what is lost, and a way to go on with it."""
        self._saved = report.folder
        form = self._form
        saved = trn("{n} record is saved.", "{n} records are saved.", report.rows)
        form.result.setPlainText("\n\n".join((saved, *salvage_lines(report))))
        for part in (form.scroll, form.salvage):
            part.hide()
        form.result.show()
        form.open_saved.show()
        form.cancel.setText(tr("Close"))
        form.open_saved.setDefault(True)
        form.open_saved.setFocus()

    def _open(self) -> None:
        if self._saved is not None:
            self.open_asked.emit(self._saved)
        self.accept()

"""What is met before anybody is inside: first run, unlocking, and the dialogs that open there."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QCheckBox, QStackedWidget

from aftercare.domain.errors import DatabaseDamaged, WrongPassphrase
from aftercare.domain.rows.salvage import SalvagedKind, SalvageReport
from aftercare.gui.dialogs.first_login import FirstLoginDialog
from aftercare.gui.dialogs.make_training import MakeTraining
from aftercare.gui.dialogs.recovery_code import RecoveryCodeDialog
from aftercare.gui.dialogs.restore_backup import RestoreBackup
from aftercare.gui.dialogs.salvage_records import SalvageRecords
from aftercare.gui.first_run import FirstRun
from aftercare.gui.rounds_manners import Shots
from aftercare.gui.rounds_tour import Tour
from aftercare.gui.unlock import UnlockWindow

_SALVAGED = SalvageReport(
    folder=Path("records-saved"),
    rows=4_812,
    lost=15,
    kinds=(
        SalvagedKind("note", 1_903, 12, perhaps_more=False, emptied=0, stand_ins=0, set_aside=0),
        SalvagedKind("survivor", 23, 3, perhaps_more=False, emptied=0, stand_ins=3, set_aside=0),
        SalvagedKind("appointment", 211, 0, perhaps_more=True, emptied=0, stand_ins=0, set_aside=0),
    ),
    bad_pages=2,
    unclaimed_rows=0,
    newest_changes_lost=False,
    first_bad_entry=0,
    made_administrator=True,
)


def first_run(tour: Tour) -> Shots:
    window = tour.loose(FirstRun(Path("records"), tour.settings, tour.jobs, tour.clock))
    for step in range(4):
        window.show_step(step)
        tour.rest()
        yield f"first-run-{step + 1}", window
    window.show_step(2)
    split = window.findChild(QCheckBox, "for_two")
    assert isinstance(split, QCheckBox)
    split.click()
    tour.rest()
    yield "first-run-3-two-people", window


def unlock(tour: Tour) -> Shots:
    window = tour.loose(UnlockWindow(tour.settings, Path("records")))
    yield "unlock", window
    window.show_problem(WrongPassphrase())
    tour.rest()
    yield "unlock-wrong-password", window
    window.show_problem(DatabaseDamaged())
    tour.rest()
    yield "unlock-damaged", window
    window.show_busy()
    tour.rest()
    yield "unlock-busy", window
    yield "unlock-training", tour.loose(UnlockWindow(tour.settings, Path("records"), training=True))


def entrance_dialogs(tour: Tour) -> Shots:
    for name, kind in (
        ("dialog-make-training", MakeTraining),
        ("dialog-restore-backup", RestoreBackup),
        ("dialog-salvage", SalvageRecords),
        ("dialog-recovery-code", RecoveryCodeDialog),
        ("dialog-first-login", FirstLoginDialog),
    ):
        yield name, tour.loose(kind(tour.folders.work / "nowhere", tour.jobs, tour.clock))
    saved = tour.loose(SalvageRecords(tour.folders.work / "nowhere", tour.jobs, tour.clock))
    saved.show_result(_SALVAGED)
    tour.rest()
    yield "dialog-salvage-result", saved
    dialog = tour.loose(RecoveryCodeDialog(tour.folders.work / "nowhere", tour.jobs, tour.clock))
    two_parts = dialog.findChild(QAbstractButton, "two_parts")
    steps = dialog.findChild(QStackedWidget, "steps")
    assert isinstance(two_parts, QAbstractButton)
    assert isinstance(steps, QStackedWidget)
    two_parts.click()
    tour.rest()
    yield "dialog-recovery-code-two-parts", dialog
    steps.setCurrentIndex(2)
    tour.rest()
    yield "dialog-recovery-code-new", dialog

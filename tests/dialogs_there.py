"""Which dialogs there are, so that a test that means each of them notices when one is new."""

from __future__ import annotations

import importlib
import inspect
import pkgutil

from PySide6.QtWidgets import QDialog

import aftercare.gui.dialogs


def dialogs_of_an_office() -> set[str]:
    """By the names of their classes; those of the entrance show nobody."""
    entrance = {"MakeTraining", "RestoreBackup", "SalvageRecords", "RecoveryCodeDialog", "FirstLoginDialog"}
    frames = {"FormDialog", "DoorDialog", "SealingDialog"}  # what others are made of
    found = set()
    for module in pkgutil.iter_modules(aftercare.gui.dialogs.__path__, "aftercare.gui.dialogs."):
        for name, kind in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if issubclass(kind, QDialog) and kind.__module__ == module.name and not inspect.isabstract(kind):
                found.add(name)
    return found - entrance - frames

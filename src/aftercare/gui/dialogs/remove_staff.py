"""Removing a colleague: what it means in plain words, and whether the key of the records is changed with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QWidget

from aftercare._built.forms.ui_remove_staff import Ui_RemoveStaffDialog
from aftercare.domain.rows.staff import StaffRow
from aftercare.gui import forms, style
from aftercare.gui.dialogs.sizes import open_around
from aftercare.i18n import tr


class RemoveStaffDialog(QDialog):
    """`wanted` tells whether the key is to be changed too; nothing is done here."""

    wanted = Signal(bool)

    def __init__(self, row: StaffRow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = row.display_name
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        form = self._form = forms.fill(self, Ui_RemoveStaffDialog)
        self.setMinimumWidth(style.scaled(480))
        self.setMaximumWidth(style.scaled(640))
        form.remove.clicked.connect(self._remove)
        form.cancel.clicked.connect(self.reject)
        self.retranslate()
        form.cancel.setFocus()

    def retranslate(self) -> None:
        self._form.heading.setText(tr("Remove {name} for good?", name=self._name))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        open_around(self, self._form.scroll)

    def _remove(self) -> None:
        self.wanted.emit(self._form.rotate.isChecked())
        self.accept()

"""A one-time code, shown once in large groups, to be handed to whoever it is for."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QWidget

from aftercare._built.forms.ui_one_time_code import Ui_OneTimeCodeDialog
from aftercare.domain.rows.staff import CodeIssued
from aftercare.gui import forms, printing, style
from aftercare.gui.office import Office
from aftercare.i18n import current, tr

_A_LINE = 4  # groups


class OneTimeCodeDialog(QDialog):
    """Escape does nothing until the code was handed over: it is kept nowhere and cannot be shown again."""

    def __init__(self, office: Office, issued: CodeIssued, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._issued = issued
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setModal(True)
        form = self._form = forms.fill(self, Ui_OneTimeCodeDialog)
        form.told.hide()
        form.print_slip.setMinimumHeight(style.scaled(24))
        self.setMinimumWidth(style.scaled(480))
        self.setMaximumWidth(style.scaled(680))
        groups = issued.groups
        form.code.setText("\n".join("  ".join(groups[at : at + _A_LINE]) for at in range(0, len(groups), _A_LINE)))
        form.handed_over.toggled.connect(form.close_button.setEnabled)
        form.close_button.clicked.connect(self.accept)
        form.print_slip.clicked.connect(self._print)
        self.retranslate()
        form.handed_over.setFocus()

    def retranslate(self) -> None:
        form, issued = self._form, self._issued
        form.heading.setText(tr("The one-time code of {name}", name=issued.display_name))
        form.words.setText(tr("It is shown only now. Hand it over in person."))
        form.how.setText(
            tr(
                "{name} signs in as “{login}” through “I have a one-time code”, and chooses a password.",
                name=issued.display_name,
                login=issued.login_name,
            )
        )
        until = self._office.clock.local(issued.expires)
        when = {"day": current().date(until.date()), "time": current().time(until)}
        form.until.setText(tr("Good until {day}, {time}, and for one time.", **when))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not self._form.handed_over.isChecked():
            self._form.handed_over.setFocus()
            return
        super().keyPressEvent(event)

    def _print(self) -> None:
        printer = printing.ask_for_printer(self)
        if printer is None:
            return
        issued, until = self._issued, self._office.clock.local(self._issued.expires)

        def drawing() -> int:
            from aftercare.services.code_slip import slip_pdf

            return printing.print_document(printer, slip_pdf(issued.groups, until))

        self._office.jobs.beside(drawing, self._tell, owner=self)

    def _tell(self, _pages: int) -> None:
        self._form.told.setText(tr("The slip is on its way to the printer. Destroy it when the code was used."))
        self._form.told.show()

"""Erasing everything when a shelter closes: what goes and what does not, the words typed, then the certificate.

The hardest to reach of all dialogs, and nothing in it is chosen beforehand.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from aftercare import notices
from aftercare.domain.errors import Problem
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.office import Office
from aftercare.gui.saving import ask_where
from aftercare.gui.widgets.fact_fields import words_of
from aftercare.gui.widgets.labels import PlainLabel
from aftercare.gui.widgets.tick_box import TickBox
from aftercare.i18n import current, tr
from aftercare.services.erasing import PHRASE, Erased, erase_everything, is_phrase, save_erasure_certificate
from aftercare.services.opening import OpenOffice
from aftercare.words.retention import beyond_reach, erasure_lines


class EraseEverythingDialog(FormDialog):
    """Asks, and does it; `saved` with what became of it. Closing it before has changed nothing."""

    preferred_width = 640

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        intro = tr(
            "For when the organisation closes or all of its records are handed over. Keys and records are destroyed; "
            "nobody can ever open them again, and nothing brings them back."
        )
        super().__init__(office, tr("Erase everything"), intro, parent)
        self._backups = TickBox(tr("Delete the &backups in all known places too, and records kept aside by a restore"))
        told = (tr("Without the tick they stay: they open with the passwords and the recovery code of then."),)
        for part in (self._backups, *_sentences((*told, *beyond_reach(current())), "muted")):
            self.form.column.insertWidget(self.form.column.indexOf(self.fields), part)
        self._typed = self.fields.line("typed", tr("Type “{words}”", words=tr(PHRASE)))
        self._typed.textChanged.connect(lambda _text: self._show_whether_meant())
        self.form.save.setText(tr("&Erase everything for good"))
        self.form.save.setProperty("role", "danger")
        self.begin("erase", "everything", focus="typed")
        self._show_whether_meant()

    def drafted(self) -> list[QWidget]:
        """None: this is decided in one go."""
        return []

    def save(self) -> None:
        """Whoever sits here is asked once more, and a second person where the organisation wants two."""
        if self._is_saving or not self.form.save.isEnabled():
            return
        self._is_saving = True
        self._show_whether_meant()
        typed, backups_too = words_of(self._typed), self._backups.isChecked()

        def erasing(opened: OpenOffice) -> Erased:
            return erase_everything(opened, typed, backups_too=backups_too)

        self.office.ask_vault(
            erasing, then=self._saved, owner=self, otherwise=self._refuse, finally_=self._show_whether_meant
        )

    def _show_whether_meant(self) -> None:
        self.form.save.setEnabled(is_phrase(words_of(self._typed)) and not self._is_saving)


class ErasedDialog(FormDialog):
    """What is left to know when nothing is left, and the one chance to keep the certificate."""

    def __init__(self, office: Office, erased: Erased, parent: QWidget | None = None) -> None:
        super().__init__(office, tr("Everything is erased"), "", parent)
        self._erased = erased
        self._is_saved = False
        self.fields.hide()
        beyond = tuple(beyond_reach(current()))
        reached = [line for line in erasure_lines(erased.row) if line not in beyond]
        if erased.missing:
            places = ", ".join(str(folder) for folder in erased.missing)
            reached.append(tr("Look yourself in: {places}", places=places))
        only = tr("The certificate is all that is left to say so. When this is closed, it can never be made again.")
        self._said = PlainLabel(only, "strong", wrap=True)
        for part in (*_sentences(reached), *_sentences(beyond, "muted"), self._said):
            self.form.column.addWidget(part)
        self.form.column.addStretch(1)
        self.form.save.setText(tr("&Save the certificate…"))
        self.form.cancel.setText(tr("&Close without it"))
        self.form.save.setFocus()

    def save(self) -> None:
        """Where it is to lie; the question of where keeps coming until it could be written or is not wanted."""
        chosen = ask_where(self, tr("Save the certificate"), "certificate-of-erasure.pdf", "PDF (*.pdf)")
        if chosen is not None:
            self.save_to(chosen)

    def save_to(self, path: Path) -> None:
        try:
            save_erasure_certificate(self._erased.row, path)
        except Problem as problem:
            self._said.setText(str(notices.explain(problem)))
            self.fit()
            return
        self._said.setText(tr("The certificate is saved."))
        self._is_saved = True
        self.form.cancel.setText(tr("&Close"))

    def reject(self) -> None:
        """Escape and closing the window do not throw the certificate away, only the button that says so."""
        if self._is_saved or self.sender() is self.form.cancel:
            self.accept()


def _sentences(lines: Iterable[str], role: str = "") -> list[PlainLabel]:
    return [PlainLabel(line, role, wrap=True) for line in lines]


__all__ = ["EraseEverythingDialog", "ErasedDialog"]

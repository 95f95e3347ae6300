"""A new password in a form: typed twice or suggested, and what speaks against it said beside the field."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QPushButton

from aftercare import notices
from aftercare.domain.errors import WeakPassphrase
from aftercare.gui.widgets.fields import FieldForm
from aftercare.gui.widgets.password_edit import PasswordEdit, passphrase_hint
from aftercare.i18n import tr
from aftercare.services import door


class NewPassword(QObject):
    """Two rows at the end of a form, its link for a suggestion and its notice of Caps Lock."""

    def __init__(self, rows: FieldForm, suggest: QPushButton, caps: QLabel) -> None:
        super().__init__(rows)
        self._caps = caps
        self._password, self._again = PasswordEdit(), PasswordEdit()
        self._password_row = rows.add("passphrase", tr("New password"), self._password, passphrase_hint())
        self._again_row = rows.add("again", tr("Once more"), self._again)
        caps.hide()
        for edit in (self._password, self._again):
            self.tell_caps_lock(edit)
        suggest.clicked.connect(self._suggest)

    def tell_caps_lock(self, edit: PasswordEdit) -> None:
        """The notice stands for this field too."""
        edit.caps_lock_changed.connect(self._caps.setVisible)

    @property
    def text(self) -> str:
        return self._password.text()

    def is_fit(self, names: Sequence[str]) -> bool:
        """Whether it may be used, with these names not in it; says beside the field what speaks against it."""
        faults = door.passphrase_faults(self._password.text(), names)
        if faults:
            self.refuse(WeakPassphrase(faults))
            return False
        if self._again.text() != self._password.text():
            self._again_row.show_problem(tr("The two are not the same."))
            self._again.setFocus()
            return False
        return True

    def refuse(self, weak: WeakPassphrase) -> None:
        self._password_row.show_problem(notices.explain(weak).what)
        self._password.setFocus()

    def clear(self) -> None:
        self._password.clear()
        self._again.clear()

    def _suggest(self) -> None:
        self._password.setText(door.suggested_passphrase())
        self._password.show_text(True)
        self._again.clear()
        self._again.setFocus()

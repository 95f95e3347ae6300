"""A field for a passphrase: hidden, with «show» inside it; it notices Caps Lock where the system tells."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from aftercare.gui import icons
from aftercare.i18n import tr
from aftercare.policy import least_passphrase_characters


def passphrase_hint() -> str:
    """What a new passphrase must be, to stand under its field."""
    return tr("At least {least} characters, or six words.", least=least_passphrase_characters())


class PasswordEdit(QLineEdit):
    """Paste is allowed, the input method is not (it would remember words)."""

    caps_lock_changed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
            | Qt.InputMethodHint.ImhNoAutoUppercase
        )
        self.setMaxLength(1024)
        self._caps = False
        self._show = QAction(self)
        icons.wear(self._show, "show")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._toggle)
        self.addAction(self._show, QLineEdit.ActionPosition.TrailingPosition)
        self._toggle(False)

    def show_text(self, shown: bool) -> None:
        self._show.setChecked(shown)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._notice_caps(event)
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell(False)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._toggle(self._show.isChecked())

    def _toggle(self, shown: bool) -> None:
        self.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._show.setText(tr("Hide the password") if shown else tr("Show the password"))
        self._show.setToolTip(self._show.text())

    def _notice_caps(self, event: QKeyEvent) -> None:
        """A letter whose case does not fit its Shift key betrays Caps Lock on every system, without asking it."""
        text = event.text()
        if event.key() == Qt.Key.Key_CapsLock:
            self._tell(not self._caps)
        elif len(text) == 1 and text.isalpha() and text.lower() != text.upper():
            shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._tell(text.isupper() != shifted)

    def _tell(self, caps: bool) -> None:
        if caps != self._caps:
            self._caps = caps
            self.caps_lock_changed.emit(caps)

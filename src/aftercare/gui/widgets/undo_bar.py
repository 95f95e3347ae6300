"""«Step deleted. [Undo]», «Settings saved»: stays ten seconds, and while somebody looks at it or has the keys on it.

Its place stays empty when it goes: what stands above would move under the hand of whoever aims at it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QEnterEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from aftercare._built.forms.ui_undo_bar import Ui_UndoBar
from aftercare.gui import forms

SECONDS = 10


class UndoBar(QFrame):
    """Offers to take back the latest change; a newer offer replaces the older."""

    expired = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._form = forms.fill(self, Ui_UndoBar)
        self._form.line.setStretch(0, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._undo: Callable[[], None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1_000)
        self._timer.timeout.connect(self._expire)
        self._form.undo.clicked.connect(self._take_back)
        self._form.dismiss.clicked.connect(self._expire)
        for button in (self._form.undo, self._form.dismiss):
            button.installEventFilter(self)
        self.hide()

    def offer(self, sentence: str, undo: Callable[[], None]) -> None:
        """Say what was done; `undo` is called once if the person wants it back."""
        self._undo = undo
        self._form.undo.setVisible(True)
        self._form.undo.setAccessibleDescription(sentence)
        self._say(sentence)

    def tell(self, sentence: str) -> None:
        """Say what was done where it cannot be taken back; an offer that stands stays."""
        if self._undo is None:
            self._form.undo.setVisible(False)
            self._say(sentence)

    def give_place_back(self) -> None:
        """Another page is shown: nobody aims at anything yet."""
        if self.isHidden():
            self._keep_place(False)

    def _keep_place(self, is_kept: bool) -> None:
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(is_kept)
        self.setSizePolicy(policy)

    def _say(self, sentence: str) -> None:
        self._form.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._keep_place(True)
        self.show()
        self._count()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    @property
    def is_counting(self) -> bool:
        return self._timer.isActive()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._count()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._expire()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn:
            self._timer.stop()
        elif event.type() == QEvent.Type.FocusOut:
            self._count()
        return False

    def _count(self) -> None:
        has_keys = self._form.undo.hasFocus() or self._form.dismiss.hasFocus()
        if self.isVisible() and not has_keys and not self.underMouse():
            self._timer.start()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self._timer.stop()
        self.hide()
        if undo is not None:
            undo()

    def _expire(self) -> None:
        self._undo = None
        self._timer.stop()
        self.hide()
        self.expired.emit()

"""Parts that a screen reader can tell apart: a combo box with a name of its own, a group that is announced."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QFrame, QLabel, QWidget

from aftercare.gui.widgets.labels import PlainLabel


class SpokenCombo(QComboBox):
    """On Linux Qt tells only what is chosen, never `accessibleName`: the name is read from a label beside the box.

    Where the form shows no such label, one that is never shown stands there for the screen reader.
    """

    _label: PlainLabel | None = None

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._tell_name()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tell_name()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel over a form scrolls the form; it never changes an answer by accident."""
        event.ignore()

    def _tell_name(self) -> None:
        field = self.lineEdit()
        if field is not None:
            field.setAccessibleName(self.accessibleName())
        around = self.parentWidget()
        if around is None or self._has_label(around):
            return
        if self._label is None or self._label.parentWidget() is not around:
            self._label = PlainLabel("", parent=around)
            self._label.setBuddy(self)
            self._label.hide()
        self._label.setText(self.accessibleName())

    def _has_label(self, around: QWidget) -> bool:
        beside = around.findChildren(QLabel, options=Qt.FindChildOption.FindDirectChildrenOnly)
        return any(label.buddy() is self and label is not self._label for label in beside)


class SpokenGroup(QFrame):
    """Looks like nothing; its name is announced when the keys come into it, which that of a plain widget is not."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)

"""Cards: a titled white sheet on the warm ground, with a quiet aside at its end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from aftercare.gui.widgets.labels import Pill, PlainLabel
from aftercare.gui.widgets.swatch import AreaSwatch


class Card(QFrame):
    """A titled card; fill it through `body` or `add`. In a form, use a QFrame with role="card" instead."""

    def __init__(self, title: str = "", aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 14)
        outer.setSpacing(8)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self._swatch = AreaSwatch(parent=self)
        self._swatch.hide()
        self._title = PlainLabel(role="cardTitle", parent=self)
        self._title.setMinimumWidth(1)
        self._aside = PlainLabel(role="aside", parent=self)
        self.pill = Pill(parent=self)
        self.head.addWidget(self._swatch)
        self.head.addWidget(self._title, 1)
        self.head.addWidget(self._aside)
        self.head.addWidget(self.pill)
        outer.addLayout(self.head)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        outer.addLayout(self.body)
        self._room = QSpacerItem(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Expanding)
        outer.addItem(self._room)
        self.show_title(title, aside)

    def show_title(self, title: str, aside: str = "", area: str = "") -> None:
        """Title, aside and, for a plan area, its swatch; empty parts take no room."""
        self._title.setText(title)
        self._title.setVisible(bool(title))
        self._aside.setText(aside)
        self._aside.setVisible(bool(aside))
        self._swatch.setVisible(bool(area))
        if area:
            self._swatch.show_area(area)
        self.setAccessibleName(title)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a part at the end of the body; one with a stretch takes the room that a high card has left."""
        if stretch:
            self._room.changeSize(0, 0, QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
            outer = self.layout()
            assert isinstance(outer, QVBoxLayout)
            outer.setStretchFactor(self.body, 1)
        if isinstance(part, QWidget):
            self.body.addWidget(part, stretch)
        else:
            self.body.addLayout(part, stretch)

    def clear(self) -> None:
        """Take everything out of the body (its widgets are deleted)."""
        empty_layout(self.body)


class FormCard(Card):
    """A card as a form from ui/ makes it: by its parent alone."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)


class CardButton(Card):
    """A card that opens something: clicked, or Enter and Space when focused."""

    opened = Signal()

    def __init__(self, title: str = "", aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(title, aside, parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.opened.emit()
        super().mouseReleaseEvent(event)


def empty_layout(layout: QLayout) -> None:
    """Take every widget out of a layout and delete it, inner layouts included."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            return
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)
            inner.deleteLater()

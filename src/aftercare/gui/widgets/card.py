"""Cards: a titled white sheet on the warm ground, with a quiet aside at its end."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from aftercare.gui.widgets.labels import Pill, PlainLabel
from aftercare.gui.widgets.swatch import AreaSwatch


class Card(QFrame):
    """A titled card; fill it through `body` or `add`. In a form, use a QFrame with role="card" instead."""

    wraps_title = False  # whether a title that is too long for one line goes on in the next

    def __init__(self, title: str = "", aside: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 14)
        outer.setSpacing(8)
        self._title_line, self._side_line = QHBoxLayout(), QHBoxLayout()
        self.head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for line in (self._title_line, self._side_line, self.head):
            line.setSpacing(8)
        self._swatch = AreaSwatch(parent=self)
        self._swatch.hide()
        self._title = PlainLabel(role="cardTitle", parent=self)
        self._title.setMinimumWidth(1)
        self._aside = PlainLabel(role="aside", parent=self)
        self.pill = Pill(parent=self)
        self._title_line.addWidget(self._swatch)
        self._title_line.addWidget(self._title, 1)
        self._side_line.addWidget(self._aside)
        self._side_line.addWidget(self.pill)
        self._side_line.addStretch()
        self.head.addLayout(self._title_line, 1)
        self.head.addLayout(self._side_line)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_head()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As high as its wrapped words need at this width: a card may not grow beyond its hint, they would be cut."""
        hint = super().sizeHint()
        if self.hasHeightForWidth() and self.isVisible():
            hint.setHeight(max(hint.height(), self.heightForWidth(self.width())))
        return hint

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._fit_head()

    def _fit_head(self) -> None:
        """Aside and pill stand beside the title, or below it where one of them would be cut."""
        outer = self.layout()
        if outer is None:
            return
        margins = outer.contentsMargins()
        items = [item for at in range(self.head.count()) if (item := self.head.itemAt(at)) and not item.isEmpty()]
        wanted = sum(item.sizeHint().width() + self.head.spacing() for item in items) - self.head.spacing()
        room = self.width() - margins.left() - margins.right()
        is_long = self.wraps_title and self._title.fontMetrics().horizontalAdvance(self._title.text()) > room
        if self.wraps_title:
            self._title.setWordWrap(is_long)
        beside = not is_long and wanted <= room
        self.head.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)

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
    """A card as a form from ui/ makes it: by its parent alone, with a title of any length."""

    wraps_title = True

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

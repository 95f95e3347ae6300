"""Two layouts that follow the width: words that wrap like text, and cards in two columns or one."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget

ONE_COLUMN_BELOW = 1_000


class _ItemLayout(QLayout):
    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(spacing)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._arrange(QRect(0, 0, width, 0), moving=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _is_mirrored(self) -> bool:
        parent = self.parentWidget()
        return parent is not None and parent.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _place(self, item: QLayoutItem, rect: QRect, within: QRect) -> None:
        if self._is_mirrored():
            rect = QRect(within.left() + within.right() - rect.right(), rect.top(), rect.width(), rect.height())
        widget = item.widget()
        if widget is not None:
            widget.setGeometry(rect)  # an item would centre a card that does not want to grow
        else:
            item.setGeometry(rect)

    def _arrange(self, rect: QRect, *, moving: bool) -> int:
        raise NotImplementedError


class FlowLayout(_ItemLayout):
    """Parts beside each other at their own size, wrapping like words (chips, pills, small facts)."""

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        margins = self.contentsMargins()
        return size + QSize(margins.left() + margins.right(), margins.top() + margins.bottom())

    def sizeHint(self) -> QSize:
        margins = self.contentsMargins()
        hints = [item.sizeHint() for item in self._shown()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        height = max((hint.height() for hint in hints), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, moving: bool) -> int:
        margins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used = 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(1, room.width()), 1_000_000))
            if lines[-1] and used + size.width() > room.width():
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + self.spacing()
        y = room.top()
        for line in lines:
            height = max((size.height() for _, size in line), default=0)
            x = room.left()
            for item, size in line:
                if moving:
                    top = y + (height - size.height()) // 2
                    self._place(item, QRect(QPoint(x, top), size), room)
                x += size.width() + self.spacing()
            y += height + (self.spacing() if line is not lines[-1] else 0)
        return y - rect.top() + margins.bottom()


class CardsLayout(_ItemLayout):
    """Cards in `columns` of equal width; one column where the window is narrow. Cards of a line are equally high."""

    def __init__(
        self, parent: QWidget | None = None, spacing: int = 12, columns: int = 2, one_below: int = 560
    ) -> None:
        super().__init__(parent, spacing)
        self.columns = columns
        self.one_below = one_below
        self.setContentsMargins(0, 0, 0, 0)
        if parent is not None:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            parent.setSizePolicy(policy)

    def minimumSize(self) -> QSize:
        margins = self.contentsMargins()
        width = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(width + margins.left() + margins.right(), margins.top() + margins.bottom())

    def sizeHint(self) -> QSize:
        width = max(self.minimumSize().width() * self.columns + self.spacing(), self.one_below)
        return QSize(width, self.heightForWidth(width))

    def _columns_at(self, width: int) -> int:
        widest = max((item.minimumSize().width() for item in self._shown()), default=0)
        if width < self.one_below or width < widest * self.columns + self.spacing() * (self.columns - 1):
            return 1
        return self.columns

    def _arrange(self, rect: QRect, *, moving: bool) -> int:
        margins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        columns = self._columns_at(room.width())
        width = (room.width() - self.spacing() * (columns - 1)) // columns
        shown = self._shown()
        y = room.top()
        for start in range(0, len(shown), columns):
            line = shown[start : start + columns]
            height = max(_height_at(item, width) for item in line)
            if moving:
                for at, item in enumerate(line):
                    x = room.left() + at * (width + self.spacing())
                    self._place(item, QRect(x, y, width, height), room)
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.top()) + margins.bottom()


def _height_at(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()

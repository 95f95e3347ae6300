"""Layouts that follow the width: words that wrap like text, cards in two columns or one, fields on a line or more."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QLayoutItem, QSizePolicy, QWidget


class _ItemLayout(QLayout):
    def __init__(self, parent: QWidget | None = None, spacing: int = 8) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self._heights: dict[int, int] = {}
        self._sizes: list[tuple[QLayoutItem, QSize]] | None = None
        self.setSpacing(spacing)
        if parent is not None:
            parent.setLayout(self)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        self.invalidate()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Something inside became larger, smaller, shown or hidden."""
        self._heights.clear()
        self._sizes = None
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """Asked dozens of times while a window finds its place: reckoned once, as Qt's own layouts do."""
        height = self._heights.get(width)
        if height is None:
            height = self._heights[width] = self._arrange(QRect(0, 0, width, 0), moving=False)
        return height

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._arrange(rect, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _sized(self) -> list[tuple[QLayoutItem, QSize]]:
        """What is shown, each with the size it would like."""
        if self._sizes is None:
            self._sizes = [(item, item.sizeHint()) for item in self._shown()]
        return self._sizes

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
        hints = [hint for _item, hint in self._sized()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        height = max((hint.height() for hint in hints), default=0)
        return QSize(width + margins.left() + margins.right(), height + margins.top() + margins.bottom())

    def _arrange(self, rect: QRect, *, moving: bool) -> int:
        margins = self.contentsMargins()
        room = rect.marginsRemoved(margins)
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        used, wide, gap = 0, room.width(), self.spacing()
        for item, hint in self._sized():
            size = hint if hint.width() <= wide else QSize(max(1, wide), hint.height())
            if lines[-1] and used + size.width() > wide:
                lines.append([])
                used = 0
            lines[-1].append((item, size))
            used += size.width() + gap
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


class FieldsLayout(_ItemLayout):
    """Fields beside each other that share the width by their stretch; on more lines where it is too little for them."""

    def __init__(self, parent: QWidget | None = None, spacing: int = 6) -> None:
        super().__init__(parent, spacing)
        self._stretches: list[int] = []
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, part: QWidget, stretch: int) -> None:
        self._stretches.append(stretch)
        self.addWidget(part)

    def setGeometry(self, rect: QRect) -> None:
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            lines = self.heightForWidth(rect.width())
            rect = rect.adjusted(0, max(0, (rect.height() - lines) // 2), 0, 0)
        super().setGeometry(rect)

    def minimumSize(self) -> QSize:
        width = max((item.minimumSize().width() for item in self._shown()), default=0)
        return QSize(width, max((item.minimumSize().height() for item in self._shown()), default=0))

    def sizeHint(self) -> QSize:
        hints = [hint for _item, hint in self._sized()]
        width = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(width, max((hint.height() for hint in hints), default=0))

    def _arrange(self, rect: QRect, *, moving: bool) -> int:
        y = rect.top()
        for line in self._lines(rect.width()):
            height = max(item.sizeHint().height() for item, _stretch in line)
            x = rect.left()
            for (item, _stretch), width in zip(line, self._shares(line, rect.width()), strict=True):
                if moving:
                    own = min(height, item.maximumSize().height())
                    self._place(item, QRect(x, y + (height - own) // 2, width, own), rect)
                x += width + self.spacing()
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.top())

    def _lines(self, room: int) -> list[list[tuple[QLayoutItem, int]]]:
        lines: list[list[tuple[QLayoutItem, int]]] = []
        used = 0
        for item, stretch in zip(self._items, self._stretches, strict=True):
            if item.isEmpty():
                continue
            least = item.minimumSize().width()
            if not lines or used + self.spacing() + least > room:
                lines.append([(item, stretch)])
                used = least
            else:
                lines[-1].append((item, stretch))
                used += self.spacing() + least
        return lines

    def _shares(self, line: list[tuple[QLayoutItem, int]], room: int) -> list[int]:
        """Each its part of the width; one that needs more than its part has that, and the others share the rest."""
        free = room - self.spacing() * (len(line) - 1)
        widths: dict[int, int] = {}
        while True:
            rest = [at for at in range(len(line)) if at not in widths]
            total = sum(line[at][1] for at in rest)
            left = free - sum(widths.values())
            shares = {at: left * line[at][1] // max(1, total) for at in rest}
            needy = [at for at in rest if shares[at] < line[at][0].minimumSize().width()]
            if not needy:
                widths |= shares
                return [widths[at] for at in range(len(line))]
            widths |= {at: line[at][0].minimumSize().width() for at in needy}


def wrapping(line: QBoxLayout, *stretched: QWidget) -> FieldsLayout:
    """Have the parts of a form's line go on in a next one where it is too short; `stretched` take what is left over."""
    outer = line.parent()
    assert isinstance(outer, QBoxLayout)
    fields = FieldsLayout(spacing=line.spacing())
    outer.insertLayout(outer.indexOf(line), fields)
    while line.count():
        item = line.takeAt(0)
        part = item.widget() if item is not None else None
        if part is not None:
            fields.add(part, int(part in stretched))
    outer.removeItem(line)
    return fields


def turn(layout: QBoxLayout, *, beside: bool) -> None:
    """Have the parts beside each other, or below each other where there is no room for that."""
    layout.setDirection(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)


def _height_at(item: QLayoutItem, width: int) -> int:
    return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()

"""The areas of a plan at the left: colour, name and steps done; the one that is shown stands on a white sheet."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QListView, QSizePolicy, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from aftercare.domain.codes import AreaState
from aftercare.domain.rows.plan import AreaRow
from aftercare.gui import style
from aftercare.gui.pages.plan_words import area_aside, area_name, area_spoken
from aftercare.gui.rows import ROW_ROLE
from aftercare.gui.widgets.painters import draw_text
from aftercare.gui.widgets.swatch import draw_swatch

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW_PIXELS = 36
_SIDE = 12


class _Areas(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: tuple[AreaRow, ...] = ()

    def show_rows(self, rows: Sequence[AreaRow]) -> None:
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return area_name(row)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return area_spoken(row)
        return row if role == ROW_ROLE else None


class _AreaDelegate(QStyledItemDelegate):
    """Swatch, name, aside; the chosen one has a white ground with its colour along the edge."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        row: AreaRow = index.data(ROW_ROLE)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        view: Any = option.widget
        mirrored = style.is_mirrored(view)
        colours = style.colours()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(view.layoutDirection())
        sheet = QRectF(rect).adjusted(1, 1, -1, -1)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.card if chosen else colours.hover))
            painter.drawRoundedRect(sheet, 6, 6)
        if chosen:
            edge = QRectF(sheet.left(), sheet.top(), 3, sheet.height())
            if mirrored:
                edge.moveRight(sheet.right())
            painter.setBrush(QColor(colours.area(row.area)))
            painter.drawRoundedRect(edge, 1.5, 1.5)
        self._write(painter, rect, row, chosen, mirrored)
        if chosen and view.hasFocus():
            style.paint_focus(painter, sheet)
        painter.restore()

    def _write(self, painter: QPainter, rect: QRect, row: AreaRow, chosen: bool, mirrored: bool) -> None:
        side, square = style.scaled(_SIDE), style.scaled(10)
        colours = style.colours()
        inner = rect.adjusted(side, 0, -side, 0)
        left = inner.right() - square if mirrored else inner.left()
        draw_swatch(painter, QRectF(left, inner.center().y() - square / 2, square, square), row.area)
        used = square + style.scaled(12)
        inner = inner.adjusted(0, 0, -used, 0) if mirrored else inner.adjusted(used, 0, 0, 0)
        aside = area_aside(row)
        painter.setFont(style.sized(painter.font(), 11.5))
        taken = painter.fontMetrics().horizontalAdvance(aside) + style.scaled(6) if aside else 0
        if aside:
            painter.setPen(QColor(colours.muted))
            style.draw_words(painter, inner, style.reading_start(not mirrored), aside)
        words = inner.adjusted(taken, 0, 0, 0) if mirrored else inner.adjusted(0, 0, -taken, 0)
        painter.setFont(style.sized(painter.font(), 13, QFont.Weight.DemiBold if chosen else QFont.Weight.Normal))
        is_quiet = row.state is not AreaState.ACTIVE
        draw_text(painter, QRectF(words), area_name(row), colours.muted if is_quiet else colours.ink)

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        metrics = QFontMetrics(style.sized(option.font, 13, QFont.Weight.DemiBold))
        row: AreaRow = index.data(ROW_ROLE)
        words = metrics.horizontalAdvance(area_name(row)) + metrics.horizontalAdvance(area_aside(row))
        return QSize(words + style.scaled(2 * _SIDE + 36), style.scaled(_ROW_PIXELS))


class AreaList(QListView):
    """`chosen` says which area is to be shown; arrows move, as high as its rows."""

    chosen = Signal(str)  # code of the area

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._areas = _Areas(self)
        self.setProperty("role", "plain")
        self.setModel(self._areas)
        self.setItemDelegate(_AreaDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.selectionModel().currentChanged.connect(self._say)

    def show_areas(self, rows: Sequence[AreaRow], area: str) -> None:
        """Show these areas, the keys on `area`; nothing is announced."""
        blocked = self.blockSignals(True)
        self._areas.show_rows(rows)
        at = next((at for at, row in enumerate(rows) if row.area == area), 0)
        if rows:
            self.setCurrentIndex(self._areas.index(at, 0))
        self.blockSignals(blocked)
        self.updateGeometry()
        self.viewport().update()

    @property
    def area(self) -> str:
        """The area on which the keys are; empty where there is none."""
        index = self.currentIndex()
        return self._areas.rows[index.row()].area if index.isValid() else ""

    def sizeHint(self) -> QSize:
        hints = [self.sizeHintForIndex(self._areas.index(at, 0)) for at in range(self._areas.rowCount())]
        width = max([hint.width() for hint in hints] + [style.scaled(200)])
        return QSize(min(width, style.scaled(250)), sum(hint.height() for hint in hints) + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(style.scaled(120), self.sizeHint().height())

    def _say(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._areas.rows[index.row()].area)

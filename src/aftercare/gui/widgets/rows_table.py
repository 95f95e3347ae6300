"""The view of rows: keys select, Enter opens, a header sorts, columns to choose, an empty state that helps."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from aftercare.gui import style
from aftercare.gui.rows import RowsModel
from aftercare.gui.widgets.empty_state import EmptyState
from aftercare.gui.widgets.giving_way import GivingWay
from aftercare.gui.widgets.painters import draw_check, draw_text

AnyIndex = QModelIndex | QPersistentModelIndex
_ROW_PIXELS = 33
_SIDE = 8


class _CellDelegate(QStyledItemDelegate):
    """Paints a calm row: a line below, text or the column's own painting, the focus ring around the current row."""

    def __init__(self, table: RowsTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        model = self._table.rows_model
        row = model.row_at(index) if model is not None else None  # not through Qt: asked for each cell
        if model is None or row is None:
            return
        column = model.columns[index.column()]
        colours = style.colours()
        rect: QRect = option.rect
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setLayoutDirection(self._table.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if selected:
            painter.fillRect(rect, QColor(colours.selection.ground))
        elif index.row() == self._table.hovered_row:
            painter.fillRect(rect, QColor(colours.hover))
        painter.setPen(QColor(colours.row_line))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        side = style.scaled(_SIDE)
        inner = rect.adjusted(side, 0, -side, -1)
        checked = column.checked(row) if column.checked is not None else None
        if checked is not None:
            inner = self._paint_check(painter, inner, checked)
        ink = colours.selection.ink if selected else colours.muted if column.muted else colours.ink
        if column.strong:
            painter.setFont(style.sized(painter.font(), 13, QFont.Weight.DemiBold))
        if column.paint is not None:
            painter.setPen(QColor(ink))
            column.paint(painter, inner, row)
        elif column.align == "start":
            draw_text(painter, QRectF(inner), column.text(row), ink)
        else:
            painter.setPen(QColor(ink))
            style.draw_words(painter, inner, self._alignment(column.align), column.text(row))
        painter.restore()
        if selected and self._table.hasFocus():
            self._paint_focus(painter, rect, index)

    def _alignment(self, align: str) -> int:
        if align == "centre":
            return int(Qt.AlignmentFlag.AlignCenter)
        return style.reading_start(not style.is_mirrored(self._table))

    def _check_rect(self, inner: QRect) -> QRect:
        side = style.scaled(16)
        at_end = style.is_mirrored(self._table)
        left = inner.right() - side if at_end else inner.left()
        return QRect(left, inner.center().y() - side // 2, side, side)

    def _paint_check(self, painter: QPainter, inner: QRect, checked: bool) -> QRect:
        draw_check(painter, QRectF(self._check_rect(inner)), checked)
        used = style.scaled(16) + style.scaled(8)
        return inner.adjusted(0, 0, -used, 0) if style.is_mirrored(self._table) else inner.adjusted(used, 0, 0, 0)

    def _paint_focus(self, painter: QPainter, rect: QRect, index: AnyIndex) -> None:
        """Two lines along the row, closed at its ends: one ring around the whole row."""
        header = self._table.horizontalHeader()
        shown = [at for at in range(header.count()) if not header.isSectionHidden(header.logicalIndex(at))]
        visual = header.visualIndex(index.column())
        painter.save()
        painter.setPen(QPen(QColor(style.colours().focus), 2))
        painter.drawLine(rect.left(), rect.top() + 1, rect.right(), rect.top() + 1)
        painter.drawLine(rect.left(), rect.bottom() - 1, rect.right(), rect.bottom() - 1)
        mirrored = style.is_mirrored(self._table)
        if shown and visual == (shown[-1] if mirrored else shown[0]):
            painter.drawLine(rect.left() + 1, rect.top(), rect.left() + 1, rect.bottom())
        if shown and visual == (shown[0] if mirrored else shown[-1]):
            painter.drawLine(rect.right() - 1, rect.top(), rect.right() - 1, rect.bottom())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        return QSize(60, style.scaled(self._table.row_pixels))

    def editorEvent(self, event: QEvent, model: Any, option: QStyleOptionViewItem, index: AnyIndex) -> bool:
        if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
            rect: QRect = option.rect
            inner = rect.adjusted(style.scaled(_SIDE), 0, -style.scaled(_SIDE), -1)
            checked = index.data(Qt.ItemDataRole.CheckStateRole)
            grown = self._check_rect(inner).adjusted(-6, -6, 6, 6)
            if checked is not None and grown.contains(event.position().toPoint()):
                return bool(model.setData(index, _other(checked), Qt.ItemDataRole.CheckStateRole))
        return False


def _other(checked: object) -> Qt.CheckState:
    return Qt.CheckState.Unchecked if Qt.CheckState(checked) == Qt.CheckState.Checked else Qt.CheckState.Checked


class RowsTable(QTableView):
    """Shows a RowsModel. `opened`: Enter or a double click on a row; `current_changed`: the keys moved to it."""

    opened = Signal(object)
    current_changed = Signal(object)
    menu_requested = Signal(object, QPoint)  # row, global position: right click or the menu key

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows_model: RowsModel[Any] | None = None
        self.hovered_row = -1
        self._kept: Hashable | None = None
        self.row_pixels = _ROW_PIXELS
        self._fits_rows = False
        self._opens_on_click = False
        self._giving_way = GivingWay(self)
        self.setItemDelegate(_CellDelegate(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSectionsMovable(True)
        header.setMinimumSectionSize(24)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(lambda at: self.columns_menu().exec(header.mapToGlobal(at)))
        self.doubleClicked.connect(self._open)
        self.empty = EmptyState(self.viewport())
        self.empty.hide()
        self._size_rows()

    # --- what a page calls ---------------------------------------------------------------------------------------

    def show_model(self, model: RowsModel[Any], sort_by: str = "", descending: bool = False) -> None:
        """Show this model; `sort_by` is the key of the column that is sorted at first."""
        self.rows_model = model
        self.setModel(model)
        header = self.horizontalHeader()
        for at, column in enumerate(model.columns):
            stretches = column.width is None
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(at, mode)
            if column.width is not None:
                header.resizeSection(at, style.scaled(column.width))
            self.setColumnHidden(at, not column.shown)
        keys = [column.key for column in model.columns]
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        header.setSortIndicator(keys.index(sort_by) if sort_by else -1, order)
        self._giving_way.forget()
        self._make_way()
        self.setSortingEnabled(any(column.sortable for column in model.columns))
        model.modelAboutToBeReset.connect(self._remember)
        model.modelReset.connect(self._restore)
        model.rowsInserted.connect(self._show_emptiness)
        self.selectionModel().currentRowChanged.connect(self._announce)
        self._show_emptiness()

    def fit_rows(self, most: int = 12, row_pixels: int = _ROW_PIXELS) -> None:
        """Be as high as the rows are (up to `most`): for tables inside cards; `row_pixels` for rows of two lines."""
        self.row_pixels = row_pixels
        self._fits_rows = True
        self._most = most
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._size_rows()

    def give_way(self, *keys: str) -> None:
        """Hide these columns, the first first, where there is too little room for all: less is better than cut."""
        self._giving_way = GivingWay(self, *keys)
        self._make_way()

    def open_on_click(self) -> None:
        """One click opens (lists that are doors, such as Today)."""
        if not self._opens_on_click:
            self._opens_on_click = True
            self.clicked.connect(self._open_unless_checkable)
            self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def current_row(self) -> Any | None:
        return self.rows_model.row_at(self.currentIndex()) if self.rows_model is not None else None

    def select_id(self, row_id: Hashable) -> bool:
        """Put the keys on the row with this id; False if it is not here."""
        if self.rows_model is None:
            return False
        at = self.rows_model.position_of(row_id)
        if at >= 0:
            self.setCurrentIndex(self.rows_model.index(at, self._first_column()))
        return at >= 0

    def select_next(self, step: int = 1) -> Any | None:
        """The next (or previous) row without going back to the list; None at its end."""
        model = self.rows_model
        at = self.currentIndex().row() + step
        if model is None or not 0 <= at < model.rowCount():
            return None
        self.setCurrentIndex(model.index(at, self._first_column()))
        return self.current_row

    def columns_menu(self) -> QMenu:
        """A menu with one tick per column; at least one column stays."""
        menu = QMenu(self)
        for at, column in enumerate(self.rows_model.columns if self.rows_model else ()):
            action = QAction(column.title or column.key, menu)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(at))
            action.toggled.connect(lambda shown, at=at: self._show_column(at, shown))
            menu.addAction(action)
        return menu

    @property
    def shown_columns(self) -> list[str]:
        """Keys of the columns that are shown, in their order; `show_columns` takes them back."""
        if self.rows_model is None:
            return []
        header = self.horizontalHeader()
        order = [header.logicalIndex(at) for at in range(header.count())]
        shown = [(self.rows_model.columns[at].key, not self.isColumnHidden(at)) for at in order]
        return [key for key, is_shown in shown if is_shown or key in self._giving_way.hidden]

    def show_columns(self, keys: list[str]) -> None:
        """Show these columns in this order; unknown keys are passed over."""
        if self.rows_model is None:
            return
        by_key = {column.key: at for at, column in enumerate(self.rows_model.columns)}
        known = [by_key[key] for key in keys if key in by_key]
        self._giving_way.forget()
        for at in range(len(by_key)):
            self.setColumnHidden(at, bool(known) and at not in known)
        header = self.horizontalHeader()
        for place, at in enumerate(known):
            header.moveSection(header.visualIndex(at), place)
        self._make_way()

    # --- keys, mouse, size -----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Space:
            self._toggle_check()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.rows_model is not None and self.rows_model.rowCount():
            self.setCurrentIndex(self.rows_model.index(0, self._first_column()))
        self.viewport().update()

    def focusOutEvent(self, event: Any) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def contextMenuEvent(self, event: Any) -> None:
        row = self.current_row
        if row is not None:
            self.menu_requested.emit(row, event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.MouseMove) and isinstance(event, QMouseEvent):
            self._hover(self.indexAt(event.position().toPoint()).row())
        elif event.type() == QEvent.Type.Leave:
            self._hover(-1)
        return super().viewportEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._size_rows()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_way()
        self.empty.setGeometry(self.viewport().rect())

    def sizeHint(self) -> QSize:
        return QSize(style.scaled(420), self._height_of_rows() if self._fits_rows else style.scaled(260))

    def minimumSizeHint(self) -> QSize:
        return QSize(style.scaled(160), style.scaled(80))

    # --- inside ----------------------------------------------------------------------------------------------------

    def _make_way(self) -> None:
        if self.rows_model is not None:
            self._giving_way.share(self.rows_model.columns)

    def _size_rows(self) -> None:
        self.verticalHeader().setDefaultSectionSize(style.scaled(self.row_pixels))
        self._fit()

    def _height_of_rows(self) -> int:
        count = self.rows_model.rowCount() if self.rows_model is not None else 0
        if count == 0:
            return self.horizontalHeader().sizeHint().height() + self.empty.sizeHint().height()
        head = 0 if self.horizontalHeader().isHidden() else self.horizontalHeader().sizeHint().height()
        return head + min(count, self._most) * style.scaled(self.row_pixels) + 2

    def _fit(self) -> None:
        if self._fits_rows:
            self.setFixedHeight(self._height_of_rows())

    def _first_column(self) -> int:
        header = self.horizontalHeader()
        for place in range(header.count()):
            if not self.isColumnHidden(header.logicalIndex(place)):
                return header.logicalIndex(place)
        return 0

    def _show_column(self, at: int, shown: bool) -> None:
        if shown or len(self.shown_columns) > 1:
            self.setColumnHidden(at, not shown)

    def _hover(self, row: int) -> None:
        if row != self.hovered_row:
            self.hovered_row = row
            self.viewport().update()

    def _open(self, index: AnyIndex) -> None:
        row = self.rows_model.row_at(index) if self.rows_model is not None else None
        if row is not None:
            self.opened.emit(row)

    def _open_unless_checkable(self, index: QModelIndex) -> None:
        if index.data(Qt.ItemDataRole.CheckStateRole) is None:
            self._open(index)

    def _toggle_check(self) -> None:
        model = self.rows_model
        if model is None or not self.currentIndex().isValid():
            return
        for at in range(len(model.columns)):
            index = model.index(self.currentIndex().row(), at)
            checked = index.data(Qt.ItemDataRole.CheckStateRole)
            if checked is not None:
                model.setData(index, _other(checked), Qt.ItemDataRole.CheckStateRole)
                return

    def _announce(self, index: QModelIndex) -> None:
        self.current_changed.emit(self.rows_model.row_at(index) if self.rows_model is not None else None)

    def _remember(self) -> None:
        row = self.current_row
        self._kept = self.rows_model.id_of(row) if row is not None and self.rows_model is not None else None

    def _restore(self) -> None:
        if self._kept is not None:
            self.select_id(self._kept)
        self.hovered_row = -1
        self._show_emptiness()

    def _show_emptiness(self) -> None:
        is_empty = self.rows_model is None or self.rows_model.rowCount() == 0
        self.empty.setVisible(is_empty and self.empty.has_words)
        self.empty.setGeometry(self.viewport().rect())
        self._fit()

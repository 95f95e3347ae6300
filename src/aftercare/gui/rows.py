"""Rows on the screen: one model for every table, with its columns as values.

Rows are frozen dataclasses from the services. Sorting is done here in Python (a proxy model is hundreds of times
slower); long lists come page by page (`total` and `more`). `RowsTable` in widgets/ is the view.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QPainter

from aftercare.i18n import tr

Row = TypeVar("Row")
Align = Literal["start", "end", "centre"]
AnyIndex = QModelIndex | QPersistentModelIndex
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
_ALIGNMENT = {
    "start": Qt.AlignmentFlag.AlignLeading,
    "end": Qt.AlignmentFlag.AlignTrailing,
    "centre": Qt.AlignmentFlag.AlignHCenter,
}


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its title, the text of a row, and how it looks and sorts.

    `paint` draws the cell instead of the text (the text stays its accessible name); `widgets.painters` has ready ones.
    `sort_key` defaults to the text; `width` is in pixels at 100 % text size, None shares what is left over,
    `least` of it at the least before other columns give way.
    """

    key: str
    title: str
    text: Callable[[Row], str]
    align: Align = "start"
    sort_key: Callable[[Row], Any] | None = None
    paint: Callable[[QPainter, QRect, Row], None] | None = None
    width: int | None = None
    strong: bool = False
    muted: bool = False
    shown: bool = True
    sortable: bool = True
    checked: Callable[[Row], bool | None] | None = None
    tip: Callable[[Row], str] | None = None
    least: int = 110


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows and columns; `id_of` names a row, so that the selection survives a fresh list."""

    sort_requested = Signal(str, bool)  # column key, descending: when not all rows are here, the asker sorts
    check_requested = Signal(object, bool)  # row, wanted: the page decides and shows the rows anew

    def __init__(
        self,
        columns: Sequence[Column[Row]],
        id_of: Callable[[Row], Hashable] = id,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns: tuple[Column[Row], ...] = tuple(columns)
        self.id_of = id_of
        self._rows: list[Row] = []
        self._total = 0
        self._more: Callable[[int], None] | None = None
        self._asked_from = -1
        self._sorted_by: tuple[int, Qt.SortOrder] | None = None

    # --- what a page calls ---------------------------------------------------------------------------------------

    def show_rows(
        self, rows: Sequence[Row], total: int | None = None, more: Callable[[int], None] | None = None
    ) -> None:
        """Show these rows. With `total` larger, `more(have)` is called once per page as the view nears the end."""
        self.beginResetModel()
        self._rows = list(rows)
        self._total = len(self._rows) if total is None else total
        self._more = more
        self._asked_from = -1
        if self.is_complete:
            self._sort_here()
        self.endResetModel()

    def add_rows(self, rows: Sequence[Row]) -> None:
        """The next page, as asked for through `more`; an empty one ends the list."""
        if not rows:
            self._total = len(self._rows)
            return
        self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(rows) - 1)
        self._rows.extend(rows)
        self._total = max(self._total, len(self._rows))
        self.endInsertRows()

    def expect(self, total: int) -> None:
        """How many there are in all, where that is known only after the first of them are shown."""
        self._total = max(total, len(self._rows))

    @property
    def rows(self) -> Sequence[Row]:
        return self._rows

    @property
    def total(self) -> int:
        """How many there are in all, here or not."""
        return self._total

    @property
    def is_complete(self) -> bool:
        return len(self._rows) >= self._total

    def row_at(self, index: AnyIndex) -> Row | None:
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def position_of(self, row_id: Hashable) -> int:
        """Where the row with this id stands, -1 if it is not here."""
        return next((at for at, row in enumerate(self._rows) if self.id_of(row) == row_id), -1)

    # --- what Qt asks ----------------------------------------------------------------------------------------------

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: AnyIndex = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self.columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        if role == ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGNMENT[column.align] | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.CheckStateRole and column.checked is not None:
            checked = column.checked(row)
            return None if checked is None else (Qt.CheckState.Checked if checked else Qt.CheckState.Unchecked)
        if role == Qt.ItemDataRole.ToolTipRole and column.tip is not None:
            return column.tip(row) or None
        return None

    def setData(self, index: AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        row = self.row_at(index)
        if role != Qt.ItemDataRole.CheckStateRole or row is None:
            return False
        self.check_requested.emit(row, Qt.CheckState(value) == Qt.CheckState.Checked)
        return True

    def flags(self, index: AnyIndex) -> Qt.ItemFlag:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        row = self.row_at(index)
        if row is None:
            return Qt.ItemFlag.NoItemFlags
        checked = self.columns[index.column()].checked
        if checked is not None and checked(row) is not None:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            column = self.columns[section]  # a column of ticks shows no title, but is read out
            return column.title or (tr("Done") if column.checked is not None else "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(_ALIGNMENT[self.columns[section].align] | Qt.AlignmentFlag.AlignVCenter)
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        if not 0 <= column < len(self.columns) or not self.columns[column].sortable:
            return
        self._sorted_by = (column, order)
        if not self.is_complete:
            self.sort_requested.emit(self.columns[column].key, order == Qt.SortOrder.DescendingOrder)
            return
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [(self.id_of(self._rows[index.row()]), index.column()) for index in before]
        self._sort_here()
        positions = {self.id_of(row): at for at, row in enumerate(self._rows)} if kept else {}
        self.changePersistentIndexList(before, [self.index(positions[name], at) for name, at in kept])
        self.layoutChanged.emit()

    def canFetchMore(self, parent: AnyIndex) -> bool:
        return (
            not parent.isValid()
            and self._more is not None
            and not self.is_complete
            and self._asked_from != len(self._rows)
        )

    def fetchMore(self, parent: AnyIndex) -> None:
        if self._more is not None and self.canFetchMore(parent):
            self._asked_from = len(self._rows)
            self._more(self._asked_from)

    def _sort_here(self) -> None:
        if self._sorted_by is None:
            return
        at, order = self._sorted_by
        column = self.columns[at]
        key = column.sort_key or (lambda row: column.text(row).casefold())
        known = [row for row in self._rows if key(row) is not None]
        unknown = [row for row in self._rows if key(row) is None]
        known.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        self._rows = known + unknown

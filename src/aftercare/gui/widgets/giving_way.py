"""Columns that give way: where a table is too narrow for all, the least important are hidden instead of scrolled to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtWidgets import QTableView

from aftercare.gui import style
from aftercare.gui.rows import Column

_NARROWEST = 0.5  # what is left of a column's width where even those that stay are too wide together


class GivingWay:
    """Hides columns of a table by their keys, the first first, as long as the others are wider than it is.

    It goes by the widths that the columns were made with: what somebody widens by hand is scrolled to. Where those
    that never give way are still too wide they are all narrowed alike.
    """

    def __init__(self, table: QTableView, *keys: str) -> None:
        self._table = table
        self._keys = keys
        self._hidden: set[str] = set()
        self._have_their_width: set[str] = set()  # not narrowed, as far as is known

    @property
    def hidden(self) -> frozenset[str]:
        """What is hidden only for want of room."""
        return frozenset(self._hidden)

    def forget(self) -> None:
        """Somebody chose the columns anew: none is hidden for want of room any more."""
        self._hidden.clear()

    def share(self, columns: Sequence[Column[Any]]) -> None:
        """Hide, show and narrow for the width as it is now."""
        at = {column.key: place for place, column in enumerate(columns)}
        shown = [key for key in at if not self._table.isColumnHidden(at[key]) or key in self._hidden]
        room = self._table.viewport().width()
        hidden: set[str] = set()
        for key in self._keys:
            if _needed(columns[at[each]] for each in shown) <= room:
                break
            if key in shown and len(shown) > 1:
                shown.remove(key)
                hidden.add(key)
        for key in self._hidden ^ hidden:
            self._table.setColumnHidden(at[key], key in hidden)
        self._hidden = hidden
        left = [columns[at[key]] for key in shown]
        self._table.horizontalHeader().setStretchLastSection(all(column.width is not None for column in left))
        self._narrow({at[column.key]: column for column in left}, room)

    def _narrow(self, shown: dict[int, Column[Any]], room: int) -> None:
        needed = _needed(shown.values())
        part = max(_NARROWEST, min(1.0, room / max(1, needed)))
        for at, column in shown.items():
            if column.width is None or (part == 1.0 and column.key in self._have_their_width):
                continue
            self._table.horizontalHeader().resizeSection(at, int(_width(column) * part))
            if part == 1.0:
                self._have_their_width.add(column.key)
            else:
                self._have_their_width.discard(column.key)


def _needed(columns: Iterable[Column[Any]]) -> int:
    return sum(map(_width, columns))


def _width(column: Column[Any]) -> int:
    return style.scaled(column.least if column.width is None else column.width)

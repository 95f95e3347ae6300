"""The steps of a goal as a table inside its card: Space ticks, Enter edits, Ctrl+Up and Ctrl+Down move, Del drops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QWidget

from aftercare.domain.codes import StepState
from aftercare.domain.rows.plan import StepRow
from aftercare.gui import style
from aftercare.gui.pages.plan_words import step_aside, step_due, step_pill, step_spoken, step_who
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.widgets import painters
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.i18n import tr
from aftercare.words import Voice

_WHO_FROM = 430  # width in pixels at 100 % from which there is room for the column «Who»


class StepTable(RowsTable):
    """Says what was asked of a step; the page does it."""

    ticked = Signal(object, bool)  # StepRow, done
    edit_asked = Signal(object)  # StepRow
    drop_asked = Signal(object)  # StepRow
    take_up_asked = Signal(object)  # StepRow: a dropped one after all, a blocked one that is free again
    block_asked = Signal(object)  # StepRow
    move_asked = Signal(object, object)  # StepRow, id of the step before which it is to stand (None: at the end)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._may_tick = True
        self._may_write = True
        self.setProperty("role", "plain")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.fit_rows(60)
        self.opened.connect(self._ask_edit)
        self.menu_requested.connect(self._show_menu)

    def show_steps(
        self, steps: Sequence[StepRow], voice: Voice, today: date, *, may_tick: bool, may_write: bool
    ) -> None:
        """Show these steps in their order."""
        self._may_tick, self._may_write = may_tick, may_write
        if self.rows_model is None:
            self._make_model(voice, today)
        assert self.rows_model is not None
        self.rows_model.show_rows(steps)

    # --- inside --------------------------------------------------------------------------------------------------

    def _make_model(self, voice: Voice, today: date) -> None:
        columns: list[Column[StepRow]] = [
            Column(
                "done",
                "",
                lambda step: "",
                width=30,
                sortable=False,
                checked=lambda step: step.state is StepState.DONE if self._may_tick else None,
            ),
            Column(
                "step",
                tr("Step"),
                lambda step: step_spoken(step, voice, today),
                sortable=False,
                paint=_paint_words,
                tip=lambda step: step_spoken(step, voice, today),
            ),
            Column("who", tr("Who"), lambda step: step_who(step, voice), width=98, sortable=False),
            Column("due", tr("Due"), step_due, width=66, sortable=False),
            Column(
                "state",
                tr("State"),
                lambda step: step_pill(step, today)[0],
                width=94,
                sortable=False,
                paint=painters.pill(lambda step: step_pill(step, today)[0], lambda step: step_pill(step, today)[1]),
            ),
        ]
        model = RowsModel[StepRow](columns, id_of=lambda step: step.id, parent=self)
        model.check_requested.connect(self.ticked)
        self.show_model(model)
        header = self.horizontalHeader()
        header.setSectionsMovable(False)
        header.setSectionsClickable(False)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row: StepRow | None = self.current_row
        ctrl = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if row is not None and ctrl and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._move(row, -1 if event.key() == Qt.Key.Key_Up else 1)
        elif row is not None and event.key() == Qt.Key.Key_Delete and self._may_write:
            self.drop_asked.emit(row)
        elif row is not None and event.key() == Qt.Key.Key_F2:
            self._ask_edit(row)
        elif row is not None and event.key() == Qt.Key.Key_Menu:
            self._show_menu(row, self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft()))
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.rows_model is not None:
            self.setColumnHidden(2, self.width() < style.scaled(_WHO_FROM))

    def _ask_edit(self, row: StepRow) -> None:
        if self._may_write:
            self.edit_asked.emit(row)

    def _move(self, row: StepRow, by: int) -> None:
        """Ask for the place of the neighbour above or below."""
        if not self._may_write or self.rows_model is None:
            return
        rows: Sequence[StepRow] = self.rows_model.rows
        at = self.rows_model.position_of(row.id)
        behind = at - 1 if by < 0 else at + 2
        if not 0 <= at + by < len(rows):
            return
        self.move_asked.emit(row, rows[behind].id if behind < len(rows) else None)

    def _show_menu(self, row: StepRow, at: QPoint) -> None:
        self.menu_for(row).exec(at)

    def menu_for(self, row: StepRow) -> QMenu:
        """What can be done with a step."""
        menu = QMenu(self)

        def add(words: str, then: Signal | object, keys: str = "") -> None:
            action = QAction(f"{words}\t{keys}" if keys else words, menu)
            action.triggered.connect(then)
            menu.addAction(action)

        if self._may_tick and row.state is not StepState.DROPPED:
            is_done = row.state is StepState.DONE
            words = tr("Not done yet") if is_done else tr("Done")
            add(words, lambda: self.ticked.emit(row, not is_done), tr("Space"))
        if self._may_write:
            add(tr("Edit…"), lambda: self.edit_asked.emit(row), tr("Enter"))
            if row.state is StepState.OPEN:
                add(tr("Something stands in the way…"), lambda: self.block_asked.emit(row))
            if row.state is StepState.BLOCKED:
                add(tr("Nothing stands in the way any more"), lambda: self.take_up_asked.emit(row))
            if row.state is StepState.DROPPED:
                add(tr("Do it after all"), lambda: self.take_up_asked.emit(row))
            else:
                add(tr("Drop"), lambda: self.drop_asked.emit(row), tr("Del"))
            add(tr("Move up"), lambda: self._move(row, -1), "Ctrl+↑")
            add(tr("Move down"), lambda: self._move(row, 1), "Ctrl+↓")
        return menu


def _paint_words(painter: QPainter, rect: QRect, step: StepRow) -> None:
    """The words of a step, and muted behind them what they leave open; the words have the first claim to the room."""
    box, aside, colours = QRectF(rect), step_aside(step), style.colours()
    is_over = step.state is StepState.DROPPED
    painters.draw_text(painter, box, step.words, colours.muted if is_over else painter.pen().color().name())
    used = painter.fontMetrics().horizontalAdvance(step.words) + style.scaled(6)
    room = box.width() - used
    if not aside or room < style.scaled(24):
        return
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    rest = box.adjusted(0, 0, -used, 0) if mirrored else box.adjusted(used, 0, 0, 0)
    painter.setFont(style.sized(painter.font(), 12))
    painters.draw_text(painter, rest, aside, colours.muted)

"""The steps of a goal as a table inside its card: Space ticks, Enter edits, Ctrl+Up and Ctrl+Down move, Del drops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QAction, QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QMenu, QSizePolicy, QWidget

from aftercare.domain.codes import StepState
from aftercare.domain.rows.plan import StepRow
from aftercare.gui import style
from aftercare.gui.pages.plan_words import step_aside, step_due, step_pill, step_spoken, step_who
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.widgets import painters
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.i18n import tr
from aftercare.words import Voice

_STEP, _WHO, _DUE, _STATE = 1, 2, 3, 4  # columns
_SIDE = 8  # pixels at 100 % that a cell keeps free at either side
_WHO_WIDTH, _WHO_MOST = 96, 150  # pixels at 100 % of the column «Who»
_DUE_WIDTH, _DUE_MOST = 74, 112  # the same of «Due»
_WHO_FROM = 430  # width in pixels at 100 % from which there is room for the column «Who»
_DAYS_FROM = 320  # the same for «Due» and «State», which else stand below the words


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
        self._today = date.min
        self.setProperty("role", "plain")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fit_rows(60)
        self.opened.connect(self._ask_edit)
        self.menu_requested.connect(self._show_menu)

    def show_steps(
        self, steps: Sequence[StepRow], voice: Voice, today: date, *, may_tick: bool, may_write: bool
    ) -> None:
        """Show these steps in their order."""
        self._may_tick, self._may_write, self._today = may_tick, may_write, today
        if self.rows_model is None:
            self._make_model(voice, today)
        assert self.rows_model is not None
        self._give_room(_WHO, [step_who(step, voice) for step in steps], _WHO_WIDTH, _WHO_MOST)
        self._give_room(_DUE, [step_due(step, today) for step in steps], _DUE_WIDTH, _DUE_MOST)
        self.rows_model.show_rows(steps)

    # --- inside --------------------------------------------------------------------------------------------------

    def _make_model(self, voice: Voice, today: date) -> None:
        columns: list[Column[StepRow]] = [
            Column(
                "done",
                "",
                lambda step: tr("done"),
                width=30,
                sortable=False,
                checked=lambda step: step.state is StepState.DONE if self._may_tick else None,
            ),
            Column(
                "step",
                tr("Step"),
                lambda step: step_spoken(step, voice, today),
                sortable=False,
                paint=self._paint_words,
                tip=lambda step: step_spoken(step, voice, today),
            ),
            Column("who", tr("Who"), lambda step: step_who(step, voice), width=_WHO_WIDTH, sortable=False),
            Column("due", tr("Due"), lambda step: step_due(step, today), width=_DUE_WIDTH, sortable=False),
            Column(
                "state",
                tr("State"),
                lambda step: step_pill(step, today)[0],
                width=92,
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

    def _give_room(self, column: int, texts: Sequence[str], least: int, most: int) -> None:
        """As much as the longest text needs, as long as it leaves enough to the words of the step."""
        longest = max((self.fontMetrics().horizontalAdvance(text) for text in texts), default=0)
        wanted = max(style.scaled(least), longest + 2 * style.scaled(_SIDE) + 1)
        self.horizontalHeader().resizeSection(column, min(wanted, style.scaled(most)))

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
            self.setColumnHidden(_WHO, self.width() < style.scaled(_WHO_FROM))
            for column in (_DUE, _STATE):
                self.setColumnHidden(column, self._is_narrow_for_days)
            self._fit()

    def _make_way(self) -> None:
        """What has no column here stands below the words instead."""

    def _fit(self) -> None:
        """Each row as high as its words need in this width."""
        rows: Sequence[StepRow] = self.rows_model.rows if self.rows_model is not None else ()
        width = self._room_for_words - 2 * style.scaled(_SIDE)
        for at, step in enumerate(rows):
            needed = _Words(step.words, self._aside(step), width, self.font()).height + style.scaled(14)
            self.setRowHeight(at, max(self.verticalHeader().defaultSectionSize(), needed))
        super()._fit()

    def _height_of_rows(self) -> int:
        rows = sum(self.rowHeight(at) for at in range(self.rows_model.rowCount())) if self.rows_model else 0
        return self.horizontalHeader().sizeHint().height() + rows + 2

    @property
    def _room_for_words(self) -> int:
        """What the other columns leave: the header gives it to the column of the words only when it is shown next."""
        others = (at for at in range(_STATE + 1) if at != _STEP and not self.isColumnHidden(at))
        return self.viewport().width() - sum(map(self.columnWidth, others))

    @property
    def _is_narrow_for_days(self) -> bool:
        return self.width() < style.scaled(_DAYS_FROM)

    def _aside(self, step: StepRow) -> str:
        """What stands beside or below the words, with what has no column of its own here."""
        days = (step_due(step, self._today), step_pill(step, self._today)[0]) if self._is_narrow_for_days else ()
        return " · ".join(part for part in (*days, step_aside(step)) if part)

    def _paint_words(self, painter: QPainter, rect: QRect, step: StepRow) -> None:
        is_over = step.state is StepState.DROPPED
        ink = style.colours().muted if is_over else painter.pen().color().name()
        mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
        _Words(step.words, self._aside(step), rect.width(), painter.font()).paint(painter, QRectF(rect), ink, mirrored)

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


# --- words that wrap ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Words:
    """The words of a step in a column: the aside beside them where it fits, else below; nothing is ever cut off."""

    words: str
    aside: str
    width: int
    font: QFont

    @property
    def _small(self) -> QFont:
        return style.sized(self.font, 12)

    @property
    def _used(self) -> int:
        return QFontMetrics(self.font).horizontalAdvance(self.words) + style.scaled(6)

    @property
    def _is_one_line(self) -> bool:
        aside = QFontMetrics(self._small).horizontalAdvance(self.aside) if self.aside else 0
        return self._used + aside <= self.width

    def _height_of(self, text: str, font: QFont) -> int:
        room = QRect(0, 0, max(1, self.width), 10_000)
        return QFontMetrics(font).boundingRect(room, int(Qt.TextFlag.TextWordWrap), text).height() if text else 0

    @property
    def height(self) -> int:
        """What the row needs, without its margins."""
        if self._is_one_line:
            return QFontMetrics(self.font).height()
        return self._height_of(self.words, self.font) + self._height_of(self.aside, self._small)

    def paint(self, painter: QPainter, box: QRectF, ink: str, mirrored: bool) -> None:
        painter.setFont(self.font)
        if self._is_one_line:
            painters.draw_text(painter, box, self.words, ink)
            rest = box.adjusted(0, 0, -self._used, 0) if mirrored else box.adjusted(self._used, 0, 0, 0)
            painter.setFont(self._small)
            painters.draw_text(painter, rest, self.aside, style.colours().muted)
            return
        flags = style.reading_start(mirrored) | int(Qt.TextFlag.TextWordWrap)
        first, second = self._height_of(self.words, self.font), self._height_of(self.aside, self._small)
        top = box.center().y() - (first + second) / 2
        painter.setPen(QColor(ink))
        style.draw_words(painter, QRectF(box.left(), top, box.width(), first), flags, self.words)
        painter.setFont(self._small)
        painter.setPen(QColor(style.colours().muted))
        style.draw_words(painter, QRectF(box.left(), top + first, box.width(), second), flags, self.aside)

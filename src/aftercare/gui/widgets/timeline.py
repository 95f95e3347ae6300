"""What happened, newest first: day, area, words, who; long histories come page by page and scroll smoothly."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from aftercare.gui import style
from aftercare.gui.palette import Tone
from aftercare.gui.rows import ROW_ROLE, Column, RowsModel
from aftercare.gui.widgets.empty_state import EmptyState
from aftercare.gui.widgets.painters import draw_pill
from aftercare.gui.widgets.swatch import draw_swatch

AnyIndex = QModelIndex | QPersistentModelIndex
_INDENT, _GAP = 14, 9


@dataclass(frozen=True, slots=True)
class TimelineEntry:
    """One happening; `when` is in words («Yesterday», «19 Nov»), `area` a code or "", `pill` a short mark."""

    id: Hashable
    when: str
    text: str
    area: str = ""
    who: str = ""
    pill: str = ""
    pill_tone: Tone = Tone.SOFT

    @property
    def spoken(self) -> str:
        return ". ".join(part for part in (self.when, self.text, self.pill, self.who) if part)


class _Fonts:
    """The fonts of an entry with their measures: made once for all entries, as measuring each makes them anew."""

    def __init__(self, of: QFont, scale: float) -> None:
        self.of, self.scale = of, scale
        self.bold = style.sized(of, 13, QFont.Weight.DemiBold)
        self.plain, self.small = style.sized(of, 13), style.sized(of, 12)
        self.of_bold, self.of_small = QFontMetrics(self.bold), QFontMetrics(self.small)


class _EntryDelegate(QStyledItemDelegate):
    """Paints an entry beside the line of time; heights depend on the width and are kept until it changes."""

    def __init__(self, view: Timeline) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[Hashable, int, float], int] = {}
        self._fonts: _Fonts | None = None

    def forget_heights(self) -> None:
        self._heights.clear()
        self._fonts = None

    def _fonts_now(self) -> _Fonts:
        font, scale = self._view.font(), style.scale()
        if self._fonts is None or (self._fonts.of, self._fonts.scale) != (font, scale):
            self._fonts = _Fonts(font, scale)
        return self._fonts

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        entry = index.data(ROW_ROLE)
        width = self._view.viewport().width()
        if not isinstance(entry, TimelineEntry):
            return QSize(width, 0)
        key = (entry.id, width, style.scale())
        if key not in self._heights:
            self._heights[key] = self._lay_out(None, QRect(0, 0, width, 0), entry)
        return QSize(width, self._heights[key])

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        entry = index.data(ROW_ROLE)
        if not isinstance(entry, TimelineEntry):
            return
        painter.save()
        painter.setLayoutDirection(self._view.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect: QRect = option.rect
        colours = style.colours()
        x = rect.right() - 4 if style.is_mirrored(self._view) else rect.left() + 4
        painter.setPen(QPen(QColor(colours.line), 2))
        painter.drawLine(x, rect.top(), x, rect.bottom() + 1)
        if option.state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            style.paint_focus(painter, QRectF(rect).adjusted(0, 0, 0, -2))
        self._lay_out(painter, rect, entry)
        painter.restore()

    def _lay_out(self, painter: QPainter | None, rect: QRect, entry: TimelineEntry) -> int:
        """Measure (without a painter) or draw; gives the height. The text flows around the day before it."""
        mirrored = style.is_mirrored(self._view)
        colours = style.colours()
        indent = style.scaled(_INDENT)
        fonts = self._fonts_now()
        bold, plain, small = fonts.bold, fonts.plain, fonts.small
        of_bold, of_small = fonts.of_bold, fonts.of_small
        # mirrored, the mark stands between day and text only if the line runs the other way and the day is apart
        head = f"\u200f\u2068{entry.when}\u2069 ·\u00a0" if mirrored else f"{entry.when} · "
        lead = of_bold.horizontalAdvance(head) + (style.scaled(16) if entry.area else 0)
        width = max(40, rect.width() - indent - style.scaled(4))
        top = rect.top() + style.scaled(3)
        layout = QTextLayout(entry.text, plain)
        wrapping = QTextOption()
        wrapping.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        wrapping.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        wrapping.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
        layout.setTextOption(wrapping)
        layout.beginLayout()
        height, used = 0.0, 0.0
        while (line := layout.createLine()).isValid():
            before = lead if height == 0 else 0
            line.setLineWidth(max(30, width - before))
            line.setPosition(QPoint(0 if mirrored else before, round(height)).toPointF())
            used = line.naturalTextWidth() + before
            height += line.height()
        layout.endLayout()
        height = max(height, float(of_bold.height()))
        left = rect.left() + style.scaled(4) if mirrored else rect.left() + indent
        text_bottom = top + round(height)
        pill_below = False
        if entry.pill:
            pill_width = of_small.horizontalAdvance(entry.pill) + style.scaled(22)
            pill_below = used + pill_width > width
            text_bottom += of_small.height() + 4 if pill_below else 0
        bottom = text_bottom + (of_small.height() if entry.who else 0)
        if painter is not None:
            first = QRectF(rect.left() + style.scaled(4) if mirrored else left, top, width, of_bold.height())
            painter.setFont(bold)
            painter.setPen(QColor(colours.ink))
            style.draw_words(painter, first, style.reading_start(mirrored), head)
            if entry.area:
                edge = style.scaled(10)
                offset = of_bold.horizontalAdvance(head)
                x = first.right() - offset - edge if mirrored else first.left() + offset
                draw_swatch(painter, QRectF(x, first.center().y() - edge / 2, edge, edge), entry.area)
            painter.setPen(QColor(colours.ink))
            layout.draw(painter, QPoint(left, top).toPointF())
            painter.setFont(small)
            if entry.pill:
                line_height = of_small.height() + 2
                y = text_bottom - line_height
                start = 0 if pill_below else used + style.scaled(6)
                box = QRectF(left, y, width - start, line_height)
                draw_pill(painter, box if mirrored else box.translated(start, 0), entry.pill, entry.pill_tone)
            if entry.who:
                painter.setFont(small)
                painter.setPen(QColor(colours.muted))
                foot = QRectF(left, text_bottom, width, of_small.height())
                style.draw_words(painter, foot, style.reading_start(mirrored), entry.who)
        return bottom - rect.top() + style.scaled(_GAP)


class Timeline(QListView):
    """Entries by keyboard and mouse; `opened` carries the entry of Enter or a click."""

    opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._delegate = _EntryDelegate(self)
        self.model_of_entries = RowsModel[TimelineEntry](
            [Column("entry", "", lambda entry: entry.spoken)], id_of=lambda entry: entry.id, parent=self
        )
        self.setModel(self.model_of_entries)
        self.setItemDelegate(self._delegate)
        self.setProperty("role", "plain")
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(False)
        self.activated.connect(self._open)
        self.empty = EmptyState(self.viewport())
        self.empty.hide()

    def show_entries(
        self, entries: Sequence[TimelineEntry], total: int | None = None, more: Callable[[int], None] | None = None
    ) -> None:
        """Newest first; with `total` and `more`, the rest is asked for as the reader gets there (`add_entries`)."""
        self._delegate.forget_heights()
        self.model_of_entries.show_rows(entries, total, more)
        self.empty.setVisible(not entries and self.empty.has_words)

    def add_entries(self, entries: Sequence[TimelineEntry]) -> None:
        self.model_of_entries.add_rows(entries)

    def sizeHint(self) -> QSize:
        return QSize(style.scaled(300), style.scaled(320))

    def minimumSizeHint(self) -> QSize:
        return QSize(style.scaled(160), style.scaled(100))

    def resizeEvent(self, event: QResizeEvent) -> None:
        if event.oldSize().width() != event.size().width():
            self._delegate.forget_heights()
            self.scheduleDelayedItemsLayout()  # a scroll bar that comes or goes changes every height
        super().resizeEvent(event)
        self.empty.setGeometry(self.viewport().rect())

    def focusInEvent(self, event: Any) -> None:
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model_of_entries.rowCount():
            self.setCurrentIndex(self.model_of_entries.index(0, 0))

    def _open(self, index: QModelIndex) -> None:
        entry = self.model_of_entries.row_at(index)
        if entry is not None:
            self.opened.emit(entry)

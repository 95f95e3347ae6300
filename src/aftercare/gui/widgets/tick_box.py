"""A check box whose words wrap like any others where the window is narrow or the text large."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from aftercare.gui import mnemonics, style
from aftercare.gui.widgets.labels import text_and_parent

if TYPE_CHECKING:  # the Python class of a style has hundreds of names, and the unlock window paints without
    from PySide6.QtWidgets import QStyleOptionButton

_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextShowMnemonic)
_FAR = 10_000  # pixels: higher than any words


class TickBox(QCheckBox):
    """On one line where there is room; else its box stands at the first line and its words go on below."""

    def __init__(self, text: str | QWidget = "", parent: QWidget | None = None) -> None:
        text, parent = text_and_parent(text, parent)
        super().__init__(text, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def minimumSizeHint(self) -> QSize:
        words = mnemonics.plain(self.text()).split()
        widest = max((self.fontMetrics().horizontalAdvance(word) for word in words), default=0)
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._around().width() + widest + 1), hint.height())

    def heightForWidth(self, width: int) -> int:
        around = self._around()
        return max(self.sizeHint().height(), self._height_of_words(width - around.width()) + around.height())

    def hitButton(self, at: QPoint) -> bool:
        return self.rect().contains(at)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._is_like_any_other():
            super().paintEvent(event)
            return
        from PySide6.QtWidgets import QStyle, QStyleOptionButton, QStylePainter

        option = QStyleOptionButton()
        self.initStyleOption(option)
        line = self._first_line(option)
        painter = QStylePainter(self)
        if self.hasFocus():
            self._paint_focus(painter)
        words = self._beside_box(option, line)
        option.rect = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        painter.drawPrimitive(QStyle.PrimitiveElement.PE_IndicatorCheckBox, option)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.setFont(self.font())
        style.draw_words(painter, words, style.reading_start(style.is_mirrored(self)) | _FLAGS, self.text())
        painter.end()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _is_like_any_other(self) -> bool:
        """On one line, in a window that reads from the left, and without the focus, which is shown in our way."""
        fits = self.heightForWidth(self.width()) <= self.sizeHint().height()
        return fits and not self.hasFocus() and not style.is_mirrored(self)

    def _around(self) -> QSize:
        """What box, gap and frame take from the words: beside them, and above and below them."""
        words = self.fontMetrics().size(int(Qt.TextFlag.TextShowMnemonic), self.text())
        hint = self.sizeHint()
        return QSize(hint.width() - words.width(), max(0, hint.height() - self.fontMetrics().height()))

    def _height_of_words(self, width: int) -> int:
        room = QRect(0, 0, max(1, width), _FAR)
        return self.fontMetrics().boundingRect(room, _FLAGS, self.text()).height()

    def _first_line(self, option: QStyleOptionButton) -> QRect:
        """Where the box stands; `option` is told."""
        height = self.sizeHint().height()
        needed = self.heightForWidth(self.width())
        option.rect = QRect(0, max(0, (self.height() - needed) // 2), self.width(), height)
        return option.rect

    def _beside_box(self, option: QStyleOptionButton, line: QRect) -> QRect:
        from PySide6.QtWidgets import QStyle

        beside = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxContents, option, self)
        height = max(line.height(), self.heightForWidth(self.width()))
        return QRect(beside.left(), line.top(), beside.width(), height)

    def _paint_focus(self, painter: QPainter) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(style.colours().focus), 2))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 5, 5)
        painter.restore()

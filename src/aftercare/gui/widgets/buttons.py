"""Buttons of the frame: one that shows its key, and the items of the rail."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from aftercare.gui import icons, mnemonics, style
from aftercare.gui.widgets.labels import text_and_parent
from aftercare.gui.widgets.search_field import draw_keys
from aftercare.i18n import trn


class KeyedButton(QPushButton):
    """A button with its key beside the words: «Hide [F12]»."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = ""

    def show_keys(self, keys: str) -> None:
        self._keys = keys
        self.updateGeometry()

    def _cap_width(self) -> int:
        metrics = QFontMetrics(style.sized(self.font(), 11))
        return metrics.horizontalAdvance(self._keys) + style.scaled(10) if self._keys else 0

    def sizeHint(self) -> QSize:
        plain = super().sizeHint()
        return QSize(plain.width() + self._cap_width() + (style.scaled(8) if self._keys else 0), plain.height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        painter = QStylePainter(self)
        words, option.text = option.text, ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        mirrored = style.is_mirrored(self)
        taken = draw_keys(painter, self.rect(), self._keys, mirrored) if self._keys else 0
        margin = style.scaled(13)
        room = self.rect().adjusted(taken if mirrored else margin, 0, -margin if mirrored else -taken, 0)
        painter.setFont(self.font())
        painter.setPen(QColor(style.colours().ink))
        style.draw_words(painter, room, style.reading_start(mirrored) | int(Qt.TextFlag.TextShowMnemonic), words)
        painter.end()


class YieldingButton(QPushButton):
    """A button that gives room before it would be cut: its words end in «…», and its tooltip says them whole."""

    def __init__(self, text: str | QWidget = "", parent: QWidget | None = None) -> None:
        text, parent = text_and_parent(text, parent)
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._own_tip = ""

    def setToolTip(self, tip: str) -> None:
        self._own_tip = tip
        super().setToolTip(tip)

    def minimumSizeHint(self) -> QSize:
        wanted = self.sizeHint()
        least = style.scaled(44) + self.fontMetrics().averageCharWidth() * 3
        return QSize(min(wanted.width(), least), wanted.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        whole = option.text
        lacking = self.sizeHint().width() - self.width()
        if lacking > 0:
            room = self.fontMetrics().horizontalAdvance(whole) - lacking
            flags = Qt.TextFlag.TextShowMnemonic.value
            option.text = self.fontMetrics().elidedText(whole, Qt.TextElideMode.ElideRight, max(0, room), flags)
        super().setToolTip(self._own_tip or (mnemonics.plain(whole) if option.text != whole else ""))
        painter = QStylePainter(self)
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.end()


class RailButton(QPushButton):
    """One page in the rail: icon, title, and a count where something waits."""

    def __init__(self, key: str, title: str, glyph: str, parent: QWidget | None = None) -> None:
        super().__init__(title, parent)
        self.key = key
        self._glyph = glyph
        self._count = 0
        self._is_narrow = False
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_title(title)

    def show_title(self, title: str) -> None:
        """The title, perhaps with an «&» before its key."""
        self.setText(title)
        self._name()

    def show_count(self, count: int) -> None:
        self._count = count
        self._name()
        self.update()

    def narrow(self, is_narrow: bool) -> None:
        """Only the icon where the window has little room; the title becomes the tooltip."""
        self._is_narrow = is_narrow
        self.setToolTip(self._plain_title() if is_narrow else "")
        self.updateGeometry()
        self.update()

    def _plain_title(self) -> str:
        return self.text().replace("&", "")

    def _name(self) -> None:
        title = self._plain_title()
        waiting = trn("{title}, {n} waiting", "{title}, {n} waiting", self._count, title=title)
        self.setAccessibleName(waiting if self._count else title)

    def sizeHint(self) -> QSize:
        height = style.scaled(36)
        if self._is_narrow:
            return QSize(height + 8, height)
        metrics = QFontMetrics(style.sized(self.font(), 13, QFont.Weight.DemiBold))
        return QSize(metrics.horizontalAdvance(self._plain_title()) + style.scaled(84), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(style.scaled(36), style.scaled(36))

    def wanted_width(self) -> int:
        """What the title needs beside its icon, and the count where something waits."""
        metrics = QFontMetrics(style.sized(self.font(), 13, QFont.Weight.DemiBold))
        # a title that fits to the pixel is cut by Qt all the same
        return metrics.horizontalAdvance(self._plain_title()) + self._title_start() + self._title_end() + 4

    def _title_start(self) -> int:
        return style.scaled(12) + style.scaled(18) + style.scaled(10)

    def _title_end(self) -> int:
        return style.scaled(44) if self._count else style.scaled(12)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = style.colours()
        whole = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            ground = QColor(colours.rail_selected)
            ground.setAlpha(255 if self.isChecked() else 110)
            painter.setBrush(ground)
            painter.drawRoundedRect(whole, 6, 6)
        ink = colours.rail_strong if self.isChecked() else colours.rail_ink
        mirrored = style.is_mirrored(self)
        side, margin = style.scaled(18), style.scaled(12)
        icon_box = QRect((self.width() - side) // 2 if self._is_narrow else margin, 0, side, side)
        icon_box.moveTop((self.height() - side) // 2)
        if self._is_narrow and self._count:  # out of the way of the count in the corner
            icon_box.translate(-style.scaled(6), style.scaled(6))
        icon_box = self._mirrored_box(icon_box, mirrored)
        painter.drawPixmap(icon_box, icons.pixmap(self._glyph, ink, side, self.devicePixelRatioF()))
        if not self._is_narrow:
            weight = QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Normal
            painter.setFont(style.sized(self.font(), 13, weight))
            painter.setPen(QColor(ink))
            room = self.width() - self._title_start() - self._title_end()
            words = self._mirrored_box(QRect(self._title_start(), 0, room, self.height()), mirrored)
            flags = Qt.TextFlag.TextShowMnemonic
            shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room, flags.value)
            self.setToolTip("" if shown == self.text() else self._plain_title())
            style.draw_words(painter, words, style.reading_start(mirrored) | int(flags), shown)
        if self._count:
            self._paint_count(painter, mirrored)
        if self.hasFocus():
            pen = painter.pen()
            pen.setColor(QColor(colours.rail_strong))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), 6, 6)
        painter.end()

    def _paint_count(self, painter: QPainter, mirrored: bool) -> None:
        badge = style.colours().badge
        painter.setFont(style.sized(self.font(), 9 if self._is_narrow else 11, QFont.Weight.DemiBold))
        words = str(self._count) if self._count < 100 else "99+"
        height = painter.fontMetrics().height() + (0 if self._is_narrow else 2)
        beside = style.scaled(8 if self._is_narrow else 12)
        width = max(height + 2, painter.fontMetrics().horizontalAdvance(words) + beside)
        box = QRect(self.width() - width - style.scaled(12), (self.height() - height) // 2, width, height)
        if self._is_narrow:
            box.moveTopRight(self.rect().topRight())
        box = self._mirrored_box(box, mirrored)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(badge.ground))
        painter.drawRoundedRect(box, height / 2, height / 2)
        painter.setPen(QColor(badge.ink))
        style.draw_words(painter, box, int(Qt.AlignmentFlag.AlignCenter), words)

    def _mirrored_box(self, box: QRect, mirrored: bool) -> QRect:
        return QRect(self.width() - box.right() - 1, box.top(), box.width(), box.height()) if mirrored else box

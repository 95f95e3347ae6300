"""Our own line icons, drawn in the ink of the palette that is worn.

A widget says which icon it wears by the dynamic property `glyph` (also settable in a form); `dress` gives it, and all
inside it, the drawing. `follow` has them redrawn when the colours change.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from aftercare import assets
from aftercare.gui import style
from aftercare.gui.palette import Tone

GLYPH = "glyph"
_SIZES = (16, 20, 24, 32, 48)
_DRESSED: tuple[type[QObject], ...] = (QAbstractButton, QAction, QLabel)


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return assets.read_text("icons", f"{name}.svg")


@lru_cache(maxsize=512)
def _pixmap(name: str, colour: str, pixels: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    made = QPixmap(pixels, pixels)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return made


def pixmap(name: str, colour: str, pixels: int, ratio: float = 1.0) -> QPixmap:
    """The icon at `pixels` device-independent pixels, sharp on a screen of this ratio."""
    made = QPixmap(_pixmap(name, colour, round(pixels * ratio)))
    made.setDevicePixelRatio(ratio)
    return made


def icon(name: str, colour: str | None = None) -> QIcon:
    """The icon in a colour (the ink of the palette unless said), fainter when its button is off."""
    palette = style.colours()
    made = QIcon()
    for pixels in _SIZES:
        made.addPixmap(_pixmap(name, colour or palette.ink, pixels))
        made.addPixmap(_pixmap(name, palette.line, pixels), QIcon.Mode.Disabled)
    return made


def application_icon() -> QIcon:
    """The neutral mark of the program, in its own colours."""
    made = QIcon()
    for pixels in (*_SIZES, 64, 128):
        made.addPixmap(_pixmap("aftercare", "", pixels))
    return made


def wear(widget: QAbstractButton | QAction | QLabel, name: str) -> None:
    """Have a button, action or label show an icon, redrawn when the colours change."""
    widget.setProperty(GLYPH, name)
    _dress_one(widget, name)


def dress(root: QWidget) -> None:
    """Draw the icons of a window or page whose form names them in the property `glyph`."""
    # by kind: to ask for every QObject makes Python classes, with all their enums, of what Qt keeps inside its widgets
    children = [child for kind in _DRESSED for child in root.findChildren(kind)]
    for child in [root, *children]:
        name = child.property(GLYPH)
        if isinstance(name, str) and name:
            _dress_one(child, name)


def follow(worn: style.Style) -> None:
    """Redraw every icon when the colours change."""

    def redraw() -> None:
        for window in QApplication.topLevelWidgets():
            dress(window)

    worn.changed.connect(redraw)


def _dress_one(widget: QObject, name: str) -> None:
    if isinstance(widget, QLabel):
        widget.setPixmap(pixmap(name, style.colours().muted, style.scaled(16), widget.devicePixelRatioF()))
    elif isinstance(widget, QAction | QAbstractButton):
        widget.setIcon(icon(name, _ink_for(widget)))
        if isinstance(widget, QAbstractButton):
            side = style.scaled(16)
            widget.setIconSize(QSize(side, side))


def _ink_for(widget: QObject) -> str:
    palette = style.colours()
    role = widget.property("role")
    if role == "primary":
        return palette.on_accent
    if role == "danger":
        return palette.pills[Tone.LATE].ink
    if isinstance(widget.parent(), QLineEdit) or role == "quiet":
        return palette.muted
    return palette.ink

"""How the window looks: a palette and a text size poured into QPalette, fonts and one style sheet.

Fusion below, so that Windows and Linux look alike. The scheme follows the system until a person sets it. Widgets say
what they are by dynamic properties (`role="card"`, `pill="late"`); those that paint themselves ask `colours()`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from string import Template
from typing import ClassVar

import shiboken6
from PySide6.QtCore import QObject, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QWidget

from aftercare import assets
from aftercare.gui import palette as palettes
from aftercare.gui.palette import Palette, Tone

FAMILIES = [
    "Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic", "Noto Sans Myanmar", "Noto Sans Khmer", "Noto Sans Thai",
    "Noto Sans Devanagari", "Noto Sans Bengali", "Noto Sans SC", "Noto Sans CJK SC", "Segoe UI", "DejaVu Sans",
]  # fmt: skip
FIRST_FONTS = ("NotoSans-Regular.ttf", "NotoSans-SemiBold.ttf", "NotoSans-Bold.ttf")
BASE = "Fusion"
SMALLEST_TEXT, LARGEST_TEXT = 80, 200
_BODY_PIXELS = 13.0
_SCALED = re.compile(r"(\d+(?:\.\d+)?)sp\b")


class Scheme(StrEnum):
    """What a person may set; `system` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Look:
    """The two choices of a person: colours and text size in percent (80 to 200)."""

    scheme: Scheme = Scheme.SYSTEM
    text_percent: int = 100

    @property
    def scale(self) -> float:
        return min(max(self.text_percent, SMALLEST_TEXT), LARGEST_TEXT) / 100


class Style(QObject):
    """The look that is worn now; one for the application (`style.install`)."""

    known: ClassVar[Style | None] = None  # the one that was found last, see `worn`

    changed = Signal()

    def __init__(self, application: QApplication, look: Look) -> None:
        super().__init__(application)
        Style.known = self  # else it is looked for, and every child of the application becomes a Python object
        self.look = look
        self.palette: Palette = palettes.LIGHT
        hints = QGuiApplication.styleHints()
        hints.colorSchemeChanged.connect(self._follow_system)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow_system)
        self.wear(look)

    def wear(self, look: Look) -> None:
        """Dress the whole application; open windows follow."""
        self.look = look
        self.palette = palette_for(look.scheme)
        QApplication.setPalette(qt_palette(self.palette))
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setStyleSheet(style_sheet(self.palette, look.scale))
        # last: a style sheet brings back the fonts that Windows and KDE have for lists, headers and menus
        QApplication.setFont(body_font(look.scale))
        self.changed.emit()

    def _follow_system(self) -> None:
        if self.look.scheme in (Scheme.SYSTEM, Scheme.CONTRAST) and palette_for(self.look.scheme) != self.palette:
            self.wear(self.look)


def palette_for(scheme: Scheme) -> Palette:
    hints = QGuiApplication.styleHints()
    system_is_dark = hints.colorScheme() == Qt.ColorScheme.Dark
    wants_contrast = hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast
    if scheme is Scheme.CONTRAST or (scheme is Scheme.SYSTEM and wants_contrast):
        return palettes.CONTRAST_DARK if system_is_dark else palettes.CONTRAST_LIGHT
    if scheme is Scheme.SYSTEM:
        return palettes.DARK if system_is_dark else palettes.LIGHT
    return palettes.DARK if scheme is Scheme.DARK else palettes.LIGHT


def install(application: QApplication, look: Look = Look()) -> Style:
    """Give the application, which is of the base style, its first fonts and look; once, before the first window."""
    load_fonts(FIRST_FONTS)
    return Style(application, look)


def worn() -> Style | None:
    """The style that is worn now, None before `install`."""
    # asked for each cell that is painted and each length that is measured: it is looked for once
    known = Style.known
    if known is not None and shiboken6.isValid(known):
        return known
    application = QApplication.instance()
    nearest = Qt.FindChildOption.FindDirectChildrenOnly
    Style.known = application.findChild(Style, options=nearest) if application is not None else None
    return Style.known


_light = palettes.LIGHT


def colours() -> Palette:
    """The colours to paint with now."""
    style = worn()
    return style.palette if style is not None else _light


def scale() -> float:
    """The text size setting as a factor, for widgets that paint themselves."""
    style = worn()
    return style.look.scale if style is not None else 1.0


def scaled(pixels: float) -> int:
    return round(pixels * scale())


def load_fonts(names: tuple[str, ...] | None = None) -> int:
    """Register the shipped fonts (all, or those named) and say how many were found; a missing one is no trouble."""
    folder = assets.folder("fonts")
    paths = [folder / name for name in names] if names else sorted(folder.glob("*.[to]tf"))
    return sum(path.exists() and QFontDatabase.addApplicationFont(str(path)) >= 0 for path in paths)


def body_font(text_scale: float) -> QFont:
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(round(_BODY_PIXELS * text_scale))
    return font


def sized(font: QFont, pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The same family at `pixels` (before the text size setting) and weight."""
    other = QFont(font)
    other.setPixelSize(scaled(pixels))
    other.setWeight(weight)
    return other


def qt_palette(palette: Palette) -> QPalette:
    """The palette for what the style sheet leaves to Fusion."""
    role = QPalette.ColorRole
    made = QPalette()
    for part, colour in {
        role.Window: palette.ground, role.WindowText: palette.ink, role.Base: palette.field, role.Text: palette.ink,
        role.AlternateBase: palette.hover, role.Button: palette.card, role.ButtonText: palette.ink,
        role.Highlight: palette.accent, role.HighlightedText: palette.on_accent, role.Accent: palette.accent,
        role.Link: palette.link, role.LinkVisited: palette.link, role.ToolTipBase: palette.card,
        role.ToolTipText: palette.ink, role.PlaceholderText: palette.muted, role.BrightText: palette.on_accent,
    }.items():  # fmt: skip
        made.setColor(part, QColor(colour))
    faint = QColor(_disabled(palette))
    for part in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, part, faint)
    return made


def _disabled(palette: Palette) -> str:
    """Half way between ink and card: readable, plainly inactive."""
    ink, card = QColor(palette.ink), QColor(palette.card)
    return QColor(
        (ink.red() + card.red()) // 2, (ink.green() + card.green()) // 2, (ink.blue() + card.blue()) // 2
    ).name()


def style_sheet(palette: Palette, text_scale: float) -> str:
    """The template with the palette's colours and its «sp» lengths at this text size."""
    facts = {
        name: getattr(palette, name)
        for name in (
            "ground", "card", "field", "ink", "muted", "link", "accent", "accent_hover", "on_accent", "line",
            "row_line", "field_line", "track", "focus", "hover", "rail", "rail_selected", "rail_ink", "rail_strong",
            "rail_muted", "warning_ink",
        )
    }  # fmt: skip
    facts |= {
        "accent_tint": palette.accent_tint.ground,
        "accent_tint_ink": palette.accent_tint.ink,
        "selection": palette.selection.ground,
        "selection_ink": palette.selection.ink,
        "disabled": _disabled(palette),
        "scroll": palette.field_line,
        "primary_focus": palette.ink,
        "mark": "dark" if palette.is_dark else "light",
        "folder": assets.folder("style").as_posix(),
    }
    edged = palette.name.startswith("contrast")
    for tone in Tone:
        tint = palette.pills[tone]
        facts |= {str(tone): tint.ground, f"{tone}_ink": tint.ink, f"{tone}_edge": tint.ink if edged else tint.ground}
    filled = Template(assets.read_text("style", "aftercare.qss")).substitute(facts)
    return _SCALED.sub(lambda length: f"{max(1, round(float(length[1]) * text_scale))}px", filled)


def give_role(widget: QWidget, **properties: str | bool) -> None:
    """Set dynamic properties (role=..., pill=..., problem=...) and have the style sheet look again."""
    for name, value in properties.items():
        widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else it is looked at when it is shown
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def paint_focus(painter: QPainter, rect: QRectF, radius: float = 5) -> None:
    """The ring that shows where the keyboard is, for widgets that paint themselves."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours().focus), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), radius, radius)
    painter.restore()


def draw_words(painter: QPainter, rect: QRectF | QRect, flags: int, text: str) -> None:
    """Paint text whose letters follow its own direction (a Latin code in an Arabic window keeps its order)."""
    before = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(QRectF(rect), flags, text)
    painter.setLayoutDirection(before)


def reading_start(right_to_left: bool) -> int:
    """Alignment for painted text: where reading starts in the window, whatever script the text itself has."""
    side = Qt.AlignmentFlag.AlignRight if right_to_left else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


def is_mirrored(widget: QWidget) -> bool:
    return widget.layoutDirection() == Qt.LayoutDirection.RightToLeft

"""The colours as values: light, dark and two of high contrast; no Qt here, so that a test can measure each pair."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Tone(StrEnum):
    """What a pill, banner or sentence says by its tint (and always also in words)."""

    LATE = "late"
    TODAY = "today"
    SOFT = "soft"
    GOOD = "good"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Tint:
    """A quiet ground and the ink that is read on it."""

    ground: str
    ink: str


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the window; `areas` has one per plan area, by its code."""

    name: str
    is_dark: bool
    ground: str
    card: str
    field: str
    ink: str
    muted: str
    link: str
    accent: str
    accent_hover: str
    on_accent: str
    accent_tint: Tint
    line: str
    row_line: str
    field_line: str
    track: str
    focus: str
    selection: Tint
    hover: str
    rail: str
    rail_selected: str
    rail_ink: str
    rail_strong: str
    rail_muted: str
    badge: Tint
    warning_ink: str
    pills: dict[Tone, Tint]
    areas: dict[str, str]

    def tint(self, tone: Tone | str) -> Tint:
        """The ground and ink of a pill or banner."""
        return self.pills[Tone(tone)]

    def area(self, code: str) -> str:
        """The colour of a plan area; an organisation's own areas share a grey."""
        return self.areas.get(code, self.areas["other"])

    def text_pairs(self) -> dict[str, tuple[str, str]]:
        """Each (ink, ground) that meets in the window, by a name for a test's message."""
        pairs = {f"pill {tone}": (tint.ink, tint.ground) for tone, tint in self.pills.items()}
        for ground_name, ground in (("ground", self.ground), ("card", self.card), ("field", self.field)):
            for ink_name, ink in (
                ("ink", self.ink), ("muted", self.muted), ("link", self.link), ("warning", self.warning_ink),
                ("accent", self.accent),
            ):  # fmt: skip
                pairs[f"{ink_name} on {ground_name}"] = (ink, ground)
        return pairs | {
            "primary button": (self.on_accent, self.accent),
            "primary button, hover": (self.on_accent, self.accent_hover),
            "ink on hover": (self.ink, self.hover),
            "muted on hover": (self.muted, self.hover),
            "selection": (self.selection.ink, self.selection.ground),
            "muted on selection": (self.muted, self.selection.ground),
            "accent tint": (self.accent_tint.ink, self.accent_tint.ground),
            "rail": (self.rail_ink, self.rail),
            "rail, selected": (self.rail_strong, self.rail_selected),
            "rail foot": (self.rail_muted, self.rail),
            "badge": (self.badge.ink, self.badge.ground),
        }


LIGHT = Palette(
    name="light",
    is_dark=False,
    ground="#f4f3ef",
    card="#ffffff",
    field="#faf9f6",
    ink="#22303a",
    muted="#5b676f",
    link="#22666b",
    accent="#22666b",
    accent_hover="#1b5458",
    on_accent="#ffffff",
    accent_tint=Tint("#cfe3df", "#1b5458"),
    line="#e2e0d8",
    row_line="#eeece5",
    field_line="#cfcdc4",
    track="#ecebe4",
    focus="#22666b",
    selection=Tint("#dcebe8", "#22303a"),
    hover="#f1f4f2",
    rail="#1f3f44",
    rail_selected="#2f5b60",
    rail_ink="#cfe0dd",
    rail_strong="#ffffff",
    rail_muted="#a9c3c0",
    badge=Tint("#e8b04a", "#22303a"),
    warning_ink="#7a5200",
    pills={
        Tone.LATE: Tint("#f9dcd8", "#8a2417"),
        Tone.TODAY: Tint("#fbeccb", "#7a5200"),
        Tone.SOFT: Tint("#e9ebea", "#4b575d"),
        Tone.GOOD: Tint("#dcefe2", "#1d5b38"),
        Tone.INFO: Tint("#dbe9f4", "#1d4e77"),
    },
    areas={
        "housing": "#c0822a", "health": "#b4506b", "education": "#4a62b0", "employment": "#2e8578",
        "family_reunification": "#7d58a6", "legal_status": "#5c6b75", "safety": "#a1583a",
        "money": "#7a7d2e", "community": "#37809c", "other": "#7b7b72",
    },
)  # fmt: skip

DARK = Palette(
    name="dark",
    is_dark=True,
    ground="#161c1f",
    card="#20282c",
    field="#1a2124",
    ink="#e4e9ea",
    muted="#abb7bc",
    link="#7fc6c0",
    accent="#6bbab4",
    accent_hover="#86cdc7",
    on_accent="#0c2123",
    accent_tint=Tint("#244547", "#bfe3df"),
    line="#343f44",
    row_line="#2c363b",
    field_line="#465359",
    track="#343e42",
    focus="#7fc6c0",
    selection=Tint("#2b474a", "#f0f4f4"),
    hover="#293236",
    rail="#122529",
    rail_selected="#28484c",
    rail_ink="#cfe0dd",
    rail_strong="#ffffff",
    rail_muted="#a9c3c0",
    badge=Tint("#e8b04a", "#1a2226"),
    warning_ink="#e6c07a",
    pills={
        Tone.LATE: Tint("#4b2622", "#f8bcb1"),
        Tone.TODAY: Tint("#453716", "#f3d48f"),
        Tone.SOFT: Tint("#363f44", "#c9d1d4"),
        Tone.GOOD: Tint("#1f4230", "#aadfbd"),
        Tone.INFO: Tint("#213d54", "#b3d6f2"),
    },
    areas={
        "housing": "#d9a24a", "health": "#d97b94", "education": "#8b9fe0", "employment": "#53b3a4",
        "family_reunification": "#ae90d6", "legal_status": "#98a7b1", "safety": "#d38e6d",
        "money": "#b3b65c", "community": "#69b0cb", "other": "#a8a89f",
    },
)  # fmt: skip

CONTRAST_LIGHT = Palette(
    name="contrast-light",
    is_dark=False,
    ground="#ffffff",
    card="#ffffff",
    field="#ffffff",
    ink="#000000",
    muted="#2b2b2b",
    link="#003c9e",
    accent="#00474c",
    accent_hover="#003236",
    on_accent="#ffffff",
    accent_tint=Tint("#cfe8e4", "#00292c"),
    line="#000000",
    row_line="#6e6e6e",
    field_line="#000000",
    track="#c8c8c8",
    focus="#b00020",
    selection=Tint("#ffe680", "#000000"),
    hover="#ececec",
    rail="#000000",
    rail_selected="#004d52",
    rail_ink="#ffffff",
    rail_strong="#ffffff",
    rail_muted="#ffffff",
    badge=Tint("#ffd34d", "#000000"),
    warning_ink="#5c3d00",
    pills={
        Tone.LATE: Tint("#ffffff", "#8f0000"),
        Tone.TODAY: Tint("#ffffff", "#5c3d00"),
        Tone.SOFT: Tint("#ffffff", "#1c1c1c"),
        Tone.GOOD: Tint("#ffffff", "#00471f"),
        Tone.INFO: Tint("#ffffff", "#003c75"),
    },
    areas={
        "housing": "#8a5300", "health": "#a0003c", "education": "#1836a0", "employment": "#00614f",
        "family_reunification": "#5b2196", "legal_status": "#37444c", "safety": "#82310f",
        "money": "#555800", "community": "#005a7a", "other": "#4a4a4a",
    },
)  # fmt: skip

CONTRAST_DARK = Palette(
    name="contrast-dark",
    is_dark=True,
    ground="#000000",
    card="#000000",
    field="#000000",
    ink="#ffffff",
    muted="#e0e0e0",
    link="#8fd8ff",
    accent="#7fe5dc",
    accent_hover="#b0f2ec",
    on_accent="#000000",
    accent_tint=Tint("#0f4a4c", "#ffffff"),
    line="#ffffff",
    row_line="#8c8c8c",
    field_line="#ffffff",
    track="#4a4a4a",
    focus="#ffd34d",
    selection=Tint("#00393d", "#ffffff"),
    hover="#262626",
    rail="#000000",
    rail_selected="#00474c",
    rail_ink="#ffffff",
    rail_strong="#ffffff",
    rail_muted="#ffffff",
    badge=Tint("#ffd34d", "#000000"),
    warning_ink="#ffd98a",
    pills={
        Tone.LATE: Tint("#000000", "#ffb3a8"),
        Tone.TODAY: Tint("#000000", "#ffd98a"),
        Tone.SOFT: Tint("#000000", "#ffffff"),
        Tone.GOOD: Tint("#000000", "#a0f0bb"),
        Tone.INFO: Tint("#000000", "#a8d8ff"),
    },
    areas={
        "housing": "#ffb84d", "health": "#ff8fab", "education": "#9db2ff", "employment": "#5fe0cb",
        "family_reunification": "#cfa9ff", "legal_status": "#c3d0d9", "safety": "#ffab85",
        "money": "#dde05c", "community": "#7fd4f5", "other": "#d0d0c8",
    },
)  # fmt: skip

PALETTES: dict[str, Palette] = {p.name: p for p in (LIGHT, DARK, CONTRAST_LIGHT, CONTRAST_DARK)}


def luminance(colour: str) -> float:
    """Relative luminance of «#rrggbb» after WCAG 2.2."""

    def linear(channel: int) -> float:
        share = channel / 255
        return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)

    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2.2, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)

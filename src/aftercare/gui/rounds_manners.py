"""In which manners the rounds show what they show: colours, text size, language."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from aftercare.gui.rounds_tour import SIZE, Tour
from aftercare.gui.style import Look, Scheme
from aftercare.i18n import PSEUDO, PSEUDO_RTL

Shots = Iterator[tuple[str, QWidget]]


@dataclass(frozen=True)
class Scene:
    """One thing to show; `play` yields each picture under its name."""

    name: str
    play: Callable[[Tour], Shots]
    in_every_manner: bool = False


@dataclass(frozen=True)
class Manner:
    """How it is shown; the plain one has no name and shows everything, as does the one that finds most faults."""

    name: str
    look: Look = Look(Scheme.LIGHT, 100)
    language: str = "en"
    size: tuple[int, int] = SIZE

    def shows(self, scene: Scene) -> bool:
        return self.name in ("", "right-to-left") or scene.in_every_manner

    def name_of(self, shot: str) -> str:
        return f"{self.name}-{shot}" if self.name else shot


MANNERS = (
    Manner(""),
    Manner("dark", Look(Scheme.DARK, 100)),
    Manner("contrast", Look(Scheme.CONTRAST, 100)),
    Manner("text-150", Look(Scheme.LIGHT, 150)),
    Manner("text-200", Look(Scheme.LIGHT, 200)),
    Manner("long-words", Look(Scheme.LIGHT, 100), PSEUDO),
    Manner("right-to-left", Look(Scheme.LIGHT, 100), PSEUDO_RTL),
)

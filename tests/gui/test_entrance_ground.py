"""The ground of the entrance: a calm slope of colour over the whole window, also behind what scrolls."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aftercare.gui import style
from aftercare.gui.application import Screen
from aftercare.gui.first_run import FirstRun
from aftercare.gui.jobs import Jobs
from aftercare.gui.style import Look, Scheme
from aftercare.gui.unlock import UnlockWindow
from aftercare.settings import load_settings
from conftest import CLOCK
from hands import settle


def unlock() -> QWidget:
    return UnlockWindow(load_settings(None), Path("records"))


def first_run() -> QWidget:
    return FirstRun(Path("records"), load_settings(None), Jobs(), CLOCK)


def distance(one: QColor, other: QColor) -> int:
    return abs(one.red() - other.red()) + abs(one.green() - other.green()) + abs(one.blue() - other.blue())


@pytest.mark.parametrize("door", [unlock, first_run])
@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK, Scheme.CONTRAST])
def test_the_ground_falls_from_a_breath_of_the_accent_to_the_plain_ground(
    screen: Screen, qtbot: QtBot, door: Callable[[], QWidget], scheme: Scheme
) -> None:
    window = door()
    qtbot.addWidget(window)
    window.resize(1366, 820)
    window.show()
    screen.style.wear(Look(scheme))  # also after the look was changed while it stands there
    settle()
    seen = window.grab().toImage()
    ground = QColor(style.colours().ground)
    down_the_side = [seen.pixelColor(QPoint(40, y)) for y in (2, 270, 540, 817)]  # beside the card
    far = [distance(colour, ground) for colour in down_the_side]
    assert far == sorted(far, reverse=True)
    assert far[0] >= far[-1] + 10
    assert distance(seen.pixelColor(QPoint(1363, 817)), ground) <= 3

"""Qt without a screen (unless QT_QPA_PLATFORM says so), dressed once, for stories through the real window."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest

from aftercare.gui import application
from aftercare.gui.application import Screen
from aftercare.gui.style import Look, Scheme


@pytest.fixture(scope="session")
def screen(qapp: object) -> Screen:
    """The one application of the run, dressed as the program dresses it."""
    return application.prepare(["aftercare"], look=Look(Scheme.LIGHT, 100))


@pytest.fixture(autouse=True)
def _dressed(screen: Screen) -> None:
    """Every story happens in the dressed application."""

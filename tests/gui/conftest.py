"""Qt without a screen (unless QT_QPA_PLATFORM says so), dressed once; English and light again after each test."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from aftercare import i18n
from aftercare.gui import application
from aftercare.gui.announcements import Announcements
from aftercare.gui.application import Screen
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.gui.style import Look, Scheme
from aftercare.services.desk import Desk
from aftercare.services.office import OfficeSettings

PLAIN = Look(Scheme.LIGHT, 100)


@pytest.fixture(scope="session")
def screen(qapp: object) -> Screen:
    """The one application of the run, dressed as the program dresses it."""
    return application.prepare(["aftercare"], look=PLAIN)


@pytest.fixture
def office(desk: Desk, screen: Screen) -> Iterator[Office]:
    """The office as a page or a dialog gets it; what it was asked last is answered before it closes."""
    jobs = Jobs()
    yield Office(desk, jobs, Announcements(), OfficeSettings())
    jobs.drain()
    jobs.close()


@pytest.fixture(autouse=True)
def _plain_screen(screen: Screen) -> Iterator[None]:
    yield
    if screen.style.look != PLAIN:
        screen.style.wear(PLAIN)
    if i18n.current().tag != "en":
        screen.interpreter.speak("en")

"""Qt without a screen (unless QT_QPA_PLATFORM says so), dressed once; English and light again after each test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import SignalInstance
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from aftercare import i18n
from aftercare.gui import application
from aftercare.gui.announcements import Announcements
from aftercare.gui.application import Screen
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.gui.style import Look, Scheme
from aftercare.services.desk import Desk
from aftercare.services.office import OfficeSettings
from hands import PATIENCE_MS

PLAIN = Look(Scheme.LIGHT, 100)


class PatientBot(QtBot):
    """Waits as our own hands do: as short as can be, but as long as a loaded machine needs."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(
        self,
        signal: SignalInstance,
        *,
        timeout: int = PATIENCE_MS,
        raising: bool | None = None,
        check_params_cb: Callable[..., bool] | None = None,
    ) -> SignalBlocker:
        return super().waitSignal(signal, timeout=timeout, raising=raising, check_params_cb=check_params_cb)


@pytest.fixture
def qtbot(qapp: object, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


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

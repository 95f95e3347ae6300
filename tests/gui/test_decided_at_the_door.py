"""What the policy decides is not asked at the entrance, and what it says wrong is told there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from aftercare import policy
from aftercare.domain.clock import Clock
from aftercare.gui.application import Screen
from aftercare.gui.first_run import FirstRun
from aftercare.gui.jobs import Jobs
from aftercare.gui.unlock import UnlockWindow
from aftercare.settings import load_settings


@pytest.fixture(autouse=True)
def nothing_decided_afterwards() -> Iterator[None]:
    yield
    policy.obey(policy.NOTHING_DECIDED)


@pytest.mark.usefixtures("screen")
def test_the_place_of_the_records_is_shown_but_not_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    policy.obey(policy.judged({"records.folder": str(tmp_path)}, "test"))
    jobs = Jobs()
    first = FirstRun(tmp_path, load_settings(None), jobs, Clock())
    qtbot.addWidget(first)
    assert first._form.folder.text() == str(tmp_path)
    assert first._form.folder.isReadOnly()
    assert not first._form.choose_folder.isEnabled()
    unlock = UnlockWindow(load_settings(None), tmp_path)
    qtbot.addWidget(unlock)
    assert unlock._form.other_place.isHidden()
    jobs.close()


def test_entries_that_are_not_understood_are_named_at_the_door(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    policy.obey(policy.judged({"lock.idle_minuts": 5}, "test"))
    unlock = UnlockWindow(load_settings(None), tmp_path)
    qtbot.addWidget(unlock)
    assert "lock.idle_minuts" in unlock._form.state.text()


def test_the_door_bears_the_name_that_the_policy_gives_the_window(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    usual = screen.application.applicationDisplayName()
    screen.application.setApplicationDisplayName("Records")
    unlock = UnlockWindow(load_settings(None), tmp_path)
    qtbot.addWidget(unlock)
    screen.application.setApplicationDisplayName(usual)
    assert unlock._form.title.text() == "Records"


def test_the_first_run_bears_that_name_too_and_in_every_language(qtbot: QtBot, screen: Screen, tmp_path: Path) -> None:
    usual, jobs = screen.application.applicationDisplayName(), Jobs()
    screen.application.setApplicationDisplayName("Records")
    try:
        first = FirstRun(tmp_path, load_settings(None), jobs, Clock())
        qtbot.addWidget(first)
        assert first._form.title.text() == "Set up Records"
        screen.interpreter.speak("en-XA")
        QCoreApplication.sendPostedEvents()
        assert "Records" in first._form.title.text()
        assert "{" not in first._form.title.text()
    finally:
        screen.interpreter.speak("en")
        screen.application.setApplicationDisplayName(usual)
        jobs.close()

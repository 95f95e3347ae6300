"""Row 13: a mistake of ours is a number and places in the code, wherever it happens; its words go nowhere."""

from __future__ import annotations

import logging
import sys
import threading

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from aftercare.gui.jobs import Incident
from aftercare.gui.mistakes import keep_words_of_mistakes
from canaries import MARK
from proof import Proof

pytestmark = pytest.mark.promise(13)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Incident]:
    """The incidents that a person would be shown, with the hooks of the running program."""
    for where, name in ((sys, "excepthook"), (threading, "excepthook"), (sys, "unraisablehook")):
        monkeypatch.setattr(where, name, getattr(where, name))
    incidents: list[Incident] = []
    keep_words_of_mistakes(incidents.append)
    return incidents


class Unfree:
    def __del__(self) -> None:
        raise ValueError(MARK)


def stumble() -> None:
    raise ValueError(MARK)


def test_an_exception_in_a_slot_is_one_incident_without_its_words(
    told: list[Incident],
    qtbot: QtBot,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    proof: Proof,
) -> None:
    caplog.set_level(logging.INFO)
    loop = QEventLoop()
    for _again in range(3):
        QTimer.singleShot(0, stumble)
        QTimer.singleShot(20, loop.quit)
        loop.exec()
        proof.tried()
    assert len(told) == 1  # what fails at each painting is told once
    assert told[0].number in caplog.text
    assert "stumble" in caplog.text
    assert MARK not in caplog.text + "".join(capfd.readouterr())


def test_an_exception_in_a_thread_or_while_freeing_is_logged_without_its_words(
    told: list[Incident], caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], proof: Proof
) -> None:
    thread = threading.Thread(target=stumble)
    thread.start()
    thread.join()
    Unfree()
    proof.tried(2)
    assert caplog.text.count("ValueError at") == 2
    assert MARK not in caplog.text + "".join(capfd.readouterr())
    assert told == []

"""Hearing the system: sleep, a locked session, the screen saver; and no harm where there is no bus to hear them on."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROBE = Path(__file__).with_name("session_probe.py")

SAVERS = ["screen saver on", "gnome screen saver on"]

pytestmark = [
    pytest.mark.promise(10),
    pytest.mark.skipif(sys.platform == "win32", reason="D-Bus of Linux"),
]


def run(command: list[str], **changes: str | None) -> str:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for name, value in changes.items():
        environment.pop(name, None)
        if value is not None:
            environment[name] = value
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session")
def test_sleep_locks_and_screen_savers_are_heard_and_other_peoples_sessions_are_not() -> None:
    heard = run(["dbus-run-session", "--", sys.executable, str(PROBE)], DBUS_SYSTEM_BUS_ADDRESS=None)
    assert heard.split("|") == ["sleep", "lock", "another user", "locked by hint", *SAVERS]


def test_without_any_bus_nothing_is_heard_and_nothing_breaks() -> None:
    program = (
        "from PySide6.QtCore import QCoreApplication; a = QCoreApplication([]);"
        "from aftercare.gui.session_watch import SessionWatch; w = SessionWatch(); w.listen(); print('calm')"
    )
    nowhere = "unix:path=/nonexistent/bus"
    said = run(
        [sys.executable, "-c", program],
        DBUS_SESSION_BUS_ADDRESS=nowhere,
        DBUS_SYSTEM_BUS_ADDRESS=nowhere,
        DISPLAY=None,
    )
    assert said == "calm"


@pytest.mark.skipif(shutil.which("dbus-run-session") is None, reason="needs dbus-run-session")
def test_a_session_bus_without_a_system_bus_is_enough_for_the_screen_saver() -> None:
    heard = run(
        ["dbus-run-session", "--", sys.executable, str(PROBE)], DBUS_SYSTEM_BUS_ADDRESS="unix:path=/nonexistent/bus"
    )
    assert heard.split("|") == SAVERS

"""An X display of its own, with a hand that types and an eye that keeps pictures."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from on_screen import start_manager, start_screen

_PATIENCE_S = 180.0  # a busy machine, and Wine
_PHOTOGRAPH = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication(["picture", "-platform", "xcb"])
picture = application.primaryScreen().grabWindow(0).toImage()
colours = {picture.pixel(x, y) for x in range(0, picture.width(), 9) for y in range(0, picture.height(), 9)}
assert len(colours) > 8, "nothing is on the screen"
assert picture.save(sys.argv[1])
"""
_WATCH = """
import sys, time
from PySide6.QtGui import QGuiApplication
application = QGuiApplication(["watch", "-platform", "xcb"])
end = time.monotonic() + float(sys.argv[1])
while not 20 < application.primaryScreen().grabWindow(0, 60, 600, 1, 1).toImage().pixelColor(0, 0).lightness() < 100:
    if time.monotonic() > end:
        sys.exit(1)
    time.sleep(0.2)
"""


@dataclass(frozen=True, slots=True)
class Display:
    """`name` is what DISPLAY says."""

    name: str

    def _hand(self, *words: str) -> str:
        done = subprocess.run(["xdotool", *words], env=self._environment(), capture_output=True, text=True, check=False)
        return done.stdout.strip()

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}

    def window_id(self, title: str) -> str:
        """The window that shows this title; empty where there is none."""
        return self._hand("search", "--onlyvisible", "--name", title).partition("\n")[0]

    def wait_for_window(self, title: str) -> None:
        _wait(lambda: self.window_id(title), f"a window «{title}»")
        time.sleep(1)

    def wait_for_another_window(self, title: str, before: str, patience_s: float = _PATIENCE_S) -> None:
        _wait(lambda: self.window_id(title) not in ("", before), f"another window «{title}»", patience_s)
        time.sleep(1)

    def wait_until_unlocked(self) -> None:
        """Until the dark list of pages stands at the left edge; the entrance, as wide, is light there."""
        command = [sys.executable, "-c", _WATCH, str(_PATIENCE_S)]
        done = subprocess.run(command, env=self._environment(), stderr=subprocess.DEVNULL, check=False)
        if done.returncode:
            raise TimeoutError("waited in vain for the unlocked window")

    def type_in(self, words: str) -> None:
        self._hand("type", "--delay", "25", words)
        self._hand("key", "Return")

    def press(self, key: str) -> None:
        self._hand("key", key)

    def photograph(self, path: Path) -> None:
        """The whole screen as PNG; an empty screen is an error."""
        command = [sys.executable, "-c", _PHOTOGRAPH, str(path)]
        subprocess.run(command, env=self._environment(), check=True, stderr=subprocess.DEVNULL)


def _wait(until: Callable[[], object], what: str, patience_s: float = _PATIENCE_S) -> None:
    end = time.monotonic() + patience_s
    while not until():
        if time.monotonic() > end:
            raise TimeoutError(f"waited in vain for {what}")
        time.sleep(0.2)


@contextmanager
def display(size: str = "1366x860x24") -> Iterator[Display]:
    """Xvfb and a window manager for as long as it is needed; other users of this machine may draw on it."""
    screen, name = start_screen(size, "-ac")
    manager = None
    try:
        manager = start_manager({**os.environ, "DISPLAY": name})
        yield Display(name)
    finally:
        for process in (manager, screen):
            if process is not None:
                process.terminate()
                process.wait()

"""The screen reader of these tests: the system's Python with pyatspi, told to walk through a window of ours."""

from __future__ import annotations

import json
import os
import subprocess
from functools import lru_cache
from pathlib import Path
from typing import Any

TREE = Path(__file__).parent / "journeys" / "tree_of_names.py"
SYSTEM_PYTHON = "/usr/bin/python3"
Part = dict[str, Any]  # role, name, description, focusable, showing, above


@lru_cache(maxsize=1)
def has_a_screen_reader() -> bool:
    """Whether this machine has what a screen reader needs: at-spi2-core, python3-pyatspi, a session bus."""
    asked = [SYSTEM_PYTHON, "-c", "import pyatspi"]
    found = Path(SYSTEM_PYTHON).exists() and subprocess.run(asked, capture_output=True, check=False).returncode == 0
    return found and bool(os.environ.get("DBUS_SESSION_BUS_ADDRESS"))


def call_the_registry() -> None:
    """Start what a desktop starts before any program; it is there when this comes back."""
    subprocess.run(
        [SYSTEM_PYTHON, str(TREE), "nobody"], stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300
    )


class ScreenReader:
    """Walks through the windows of one application, as often as asked."""

    def __init__(self, application: str) -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, str(TREE), application], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def in_front(self) -> list[Part]:
        """What is shown in the dialogs, where one is open, else in the window."""
        return self._ask("front")

    def everything(self) -> list[Part]:
        """Also what is not shown."""
        return self._ask("all")

    def _ask(self, what: str) -> list[Part]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(what + "\n")
        self._process.stdin.flush()
        parts: list[Part] = json.loads(self._process.stdout.readline())
        return parts

    def leave(self) -> None:
        self._process.kill()
        self._process.communicate()

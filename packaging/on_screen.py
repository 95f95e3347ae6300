"""Run a command on a screen: the one there is, or one made by Xvfb with a session bus and a window manager.

python packaging/on_screen.py COMMAND [ARG ...]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path


def free_display() -> int:
    return next(number for number in range(90, 600) if not Path(f"/tmp/.X11-unix/X{number}").exists())


def run(command: list[str], *, size: str = "1600x1000x24") -> int:
    """The exit code of the command; without Xvfb it runs offscreen."""
    environment = {**os.environ, "QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    if os.environ.get("DISPLAY") or shutil.which("Xvfb") is None:
        if not os.environ.get("DISPLAY"):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        return subprocess.run(command, env=environment, check=False).returncode
    display = f":{free_display()}"
    screen = subprocess.Popen(["Xvfb", display, "-screen", "0", size, "-nolisten", "tcp"], stderr=subprocess.DEVNULL)
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    manager = None
    try:
        for _try in range(100):
            if Path(f"/tmp/.X11-unix/X{display[1:]}").exists():
                break
            time.sleep(0.05)
        if shutil.which("openbox"):
            manager = subprocess.Popen(["openbox"], env=environment, stderr=subprocess.DEVNULL)
        bus = ["dbus-run-session", "--"] if shutil.which("dbus-run-session") else []
        return subprocess.run([*bus, *command], env=environment, check=False).returncode
    finally:
        for process in (manager, screen):
            if process is not None:
                process.terminate()
                process.wait()


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))

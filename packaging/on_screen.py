"""Run a command on a screen: the one there is, or one made by Xvfb with a session bus and a window manager.

python packaging/on_screen.py COMMAND [ARG ...]
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time

_PATIENCE_S = 120  # it is there in a moment; a loaded machine needs long


def start_screen(size: str, *more: str) -> tuple[subprocess.Popen[bytes], str]:
    """Xvfb on a display that nobody has, and its name: Xvfb says the number once it answers."""
    told, tell = os.pipe()
    command = ["Xvfb", "-displayfd", str(tell), "-screen", "0", size, "-nolisten", "tcp", *more]
    screen = subprocess.Popen(command, stderr=subprocess.DEVNULL, pass_fds=(tell,))
    os.close(tell)
    with os.fdopen(told, "rb") as said:
        number = said.readline().decode().strip()
    if not number:
        screen.wait()
        raise SystemExit("Xvfb ended before it showed a screen")
    return screen, f":{number}"


def start_manager(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    """A window manager that has taken the screen: windows that are shown before may get no keyboard."""
    manager = subprocess.Popen(["openbox"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + (_PATIENCE_S if shutil.which("xprop") else 0)
    while manager.poll() is None and time.monotonic() < end and not _has_manager(environment):
        time.sleep(0.05)
    return manager


def _has_manager(environment: dict[str, str]) -> bool:
    ask = ["xprop", "-root", "_NET_SUPPORTING_WM_CHECK"]
    return b"window id" in subprocess.run(ask, env=environment, capture_output=True, check=False).stdout


def run(command: list[str], *, size: str = "1600x1000x24") -> int:
    """The exit code of the command; without Xvfb it runs offscreen."""
    environment = {**os.environ, "QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1"}
    if os.environ.get("DISPLAY") or shutil.which("Xvfb") is None:
        if not os.environ.get("DISPLAY"):
            environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        return subprocess.run(command, env=environment, check=False).returncode
    screen, display = start_screen(size)
    environment |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    manager = None
    try:
        if shutil.which("openbox"):
            manager = start_manager(environment)
        bus = ["dbus-run-session", "--"] if shutil.which("dbus-run-session") else []
        return subprocess.run([*bus, *command], env=environment, check=False).returncode
    finally:
        for process in (manager, screen):
            if process is not None:
                process.terminate()
                process.wait()


if __name__ == "__main__":
    raise SystemExit(run(sys.argv[1:]))

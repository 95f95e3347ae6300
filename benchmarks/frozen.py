"""The frozen program (`make packages`) beside the unpackaged one: start, memory, size.

Both are watched from outside, on a display of their own: a frozen program cannot be told to stop a clock.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from PySide6.QtGui import QGuiApplication

import aftercare
from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured, NotYet
from benchmarks.start_up import forget_files
from benchmarks.vaults import made_vault

_FOLDER = Path(__file__).resolve().parent.parent / "dist" / "aftercare"
_PATIENCE_S = 60
_SETTLED_S = 2.0  # what the entrance loads after it has painted
_GRID = 40  # looking at every pixel would take the processor from what is watched


def _program() -> Path:
    program = _FOLDER / "aftercare"
    if not program.exists():
        raise NotYet("no frozen program in dist/; `make packages` makes it")
    return program


@contextmanager
def _display() -> Iterator[str]:
    """An empty display, without a window manager: the first thing on it is the window."""
    if shutil.which("Xvfb") is None:
        raise NotYet("Xvfb is not installed")
    number = next(number for number in range(600, 900) if not Path(f"/tmp/.X11-unix/X{number}").exists())
    command = ["Xvfb", f":{number}", "-screen", "0", "1000x700x24", "-nolisten", "tcp"]
    screen = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        while not Path(f"/tmp/.X11-unix/X{number}").exists():
            time.sleep(0.01)
        yield f":{number}"
    finally:
        screen.terminate()
        screen.wait()


def _has_painted(application: QGuiApplication) -> bool:
    """More than the background and one colour of an empty window."""
    picture = application.primaryScreen().grabWindow(0).toImage()
    across, down = range(0, picture.width(), _GRID), range(0, picture.height(), _GRID)
    colours = {picture.pixel(x, y) for x in across for y in down}
    return len(colours) > 3


def _watch(command: list[str], application: QGuiApplication, home: Path) -> tuple[float, float]:
    """Seconds until it has painted, and the megabytes that it holds a little later."""
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    environment = {**os.environ, **dict.fromkeys(names, str(home)), "QT_QPA_PLATFORM": "xcb"}
    began = time.monotonic()
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        while not _has_painted(application):
            if process.poll() is not None or time.monotonic() - began > _PATIENCE_S:
                raise RuntimeError(f"{command[0]} showed no window")
            time.sleep(0.005)
        painted = time.monotonic() - began
        time.sleep(_SETTLED_S)
        lines = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii").splitlines()
        held = next(int(line.split()[1]) for line in lines if line.startswith("VmRSS:"))
    finally:
        process.kill()
        process.wait()
    while _has_painted(application):
        time.sleep(0.01)
    return painted, held / 1024


_Seen = list[tuple[float, float]]
"""Seconds and megabytes of each turn."""


def _both(conditions: Conditions, turns: int, *, cold: bool = False) -> tuple[_Seen, _Seen]:
    """Frozen and unpackaged, turn by turn, after one of each to warm up or with the files forgotten before each."""
    program, vault = _program(), made_vault(conditions, min(conditions.people, 24))
    commands = ([str(program)], [sys.executable, "-m", "aftercare"])
    found: tuple[_Seen, _Seen] = ([], [])
    with _display() as name, tempfile.TemporaryDirectory() as home:
        os.environ.update(DISPLAY=name, QT_QPA_PLATFORM="xcb")
        application = QGuiApplication(["benchmark"])
        for turn in range(turns + 1):
            for command, taken in zip(commands, found, strict=True):
                if cold:
                    forget_files(_FOLDER)
                seen = _watch([*command, "--vault", str(vault)], application, Path(home))
                if turn:
                    taken.append(seen)
    return found


def start_warm(conditions: Conditions) -> Measured:
    """Seconds until a screen shows it; beside it the unpackaged program, seen in the same way."""
    return _starts(*_both(conditions, conditions.turns(15)))


def start_cold(conditions: Conditions) -> Measured:
    """The same after the system was asked to forget the files; libraries that Xvfb or the watcher map stay."""
    return _starts(*_both(conditions, conditions.turns(5), cold=True))


def _starts(ours: _Seen, unpackaged: _Seen) -> Measured:
    return Measured([one[0] for one in ours], [one[0] for one in unpackaged], "as seen on a screen, 5 ms apart")


def memory(conditions: Conditions) -> Measured:
    """Megabytes at the unlock window; beside it the unpackaged program."""
    ours, unpackaged = _both(conditions, conditions.turns(5))
    return Measured([one[1] for one in ours], [one[1] for one in unpackaged])


def size(conditions: Conditions) -> Measured:
    """Megabytes of all its files; beside it our sources and every library that they need, as they are installed."""
    _program()
    whole = _size_of(_FOLDER.rglob("*"))
    sources = _size_of(Path(aftercare.__file__).parent.rglob("*"))
    libraries = sum(_size_of(Path(str(one.locate_file(file))) for file in one.files or ()) for one in _libraries())
    return Measured([whole / 1e6], [(sources + libraries) / 1e6], "without Python itself, which the frozen one brings")


def _size_of(paths: Iterable[Path]) -> int:
    return sum(path.stat().st_size for path in paths if path.is_file() and path.suffix != ".pyc")


def _libraries() -> Iterator[Distribution]:
    """What our program needs, and what that needs, without extras and without what is for other systems."""
    waiting, seen = ["aftercare"], set()
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        try:
            found = distribution(name)
        except PackageNotFoundError:
            continue  # for another system
        if name != "aftercare":
            yield found
        wanted = [one for one in found.requires or () if "extra ==" not in one]
        waiting += sorted(_name_in(one) for one in wanted)


def _name_in(requirement: str) -> str:
    """The name at its beginning, written as everybody writes it."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^A-Za-z0-9._-]", requirement)[0]).lower()

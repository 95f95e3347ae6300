"""From the start of the process to a painted window, warm and cold, beside a bare Qt window."""

from __future__ import annotations

import compileall
import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from pathlib import Path

import PySide6

import aftercare
from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured, NotYet
from benchmarks.vaults import made_vault

_ADVISE = getattr(os, "posix_fadvise", None)
_STARTED = "BENCH_STARTED"  # benchmarks.painting reads it; importing that here would load Qt


def _started(module: str, folder: Path, home: Path) -> tuple[float, float]:
    """Seconds of the clock until it painted, and of the processor, in a fresh process."""
    environment = dict(os.environ)
    environment |= {
        name: str(home) for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")
    }
    environment[_STARTED] = repr(time.monotonic())
    done = subprocess.run(
        [sys.executable, "-m", module, str(folder)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    wall, processor = done.stdout.split()[-2:]
    return float(wall), float(processor)


def _compile() -> None:
    """Bytecode first: uncompiled modules would measure the compiler."""
    for place in (Path(aftercare.__file__).parent, Path(sysconfig.get_path("purelib"))):
        compileall.compile_dir(str(place), quiet=2, workers=0)


def forget_files(*more: Path) -> None:
    """Ask the system to drop what it cached of Python, Qt, our modules and `more` (files that others map stay)."""
    if _ADVISE is None:
        raise NotYet("cold starts need posix_fadvise")
    places = [
        Path(aftercare.__file__).parent,
        Path(PySide6.__file__).parent,
        Path(PySide6.__file__).parents[1] / "shiboken6",
    ]
    places += [Path(sysconfig.get_path("stdlib")), Path("/usr/lib") / f"{os.uname().machine}-linux-gnu", *more]
    for place in places:
        for path in place.rglob("*"):
            if path.is_file() and not path.is_symlink():
                _forget_file(path)


def _forget_file(path: Path) -> None:
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError:
        return
    try:
        os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(handle)


def _measure(conditions: Conditions, turns: int, *, cold: bool) -> Measured:
    _compile()
    folder = made_vault(conditions, min(conditions.people, 24))
    ours: list[tuple[float, float]] = []
    bare: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as home:
        for turn in range(turns + 1):
            for module, taken in (("benchmarks.paint_entrance", ours), ("benchmarks.paint_bare_window", bare)):
                if cold:
                    forget_files()
                found = _started(module, folder, Path(home))
                if turn or cold:
                    taken.append(found)
    processor = {"processor_s": sorted(one[1] for one in ours)[len(ours) // 2]}
    processor["limit_processor_s"] = sorted(one[1] for one in bare)[len(bare) // 2]
    words = f"of the processor: {processor['processor_s']:.2f} s against {processor['limit_processor_s']:.2f} s"
    return Measured([one[0] for one in ours], [one[0] for one in bare], words, processor)


def start_warm(conditions: Conditions) -> Measured:
    """Unfrozen: the frozen program comes with its packaging."""
    return _measure(conditions, conditions.turns(15), cold=False)


def start_cold(conditions: Conditions) -> Measured:
    """The same after the system was asked to forget the files."""
    return _measure(conditions, conditions.turns(5), cold=True)

"""Freeze the program for Windows under Wine, for tests: dist/windows/aftercare.

    python packaging/wine_freeze.py

The same aftercare.spec, the same locked packages; only Python is put together (wine_python.py) and Windows is Wine.
"""

from __future__ import annotations

import shutil
import sys
import time
from pathlib import Path

import freeze
import icon
import wine
import wine_python
from display import display

FOLDER = freeze.DIST / "windows" / "aftercare"
_SOURCES = wine.HERE / "sources"  # a copy: freezing takes minutes, and what is edited meanwhile belongs to no version


def freeze_under_wine(into: Path = FOLDER.parent) -> Path:
    """The frozen folder; half a minute for Wine itself, the rest for PyInstaller."""
    python = wine_python.make_python()
    icon.draw_icon()
    work = wine.HERE / "freezing"
    spec = _copy_sources()
    for old in (work, into / "aftercare"):
        shutil.rmtree(old, ignore_errors=True)
    with display() as screen:
        system = wine.fresh(wine.HERE / "wine", screen.name)
        places: list[str | Path] = ["--distpath", into, "--workpath", work, spec]
        kept = {**freeze.repeatable(), "PYTHONPYCACHEPREFIX": system.path(wine.HERE / "bytecode")}
        kept.pop("PYTHONDONTWRITEBYTECODE")  # every import of every step would be compiled once more
        fixed = {name: kept[name] for name in ("SOURCE_DATE_EPOCH", "PYTHONHASHSEED", "TZ", "PYTHONPYCACHEPREFIX")}
        options = ["--noconfirm", "--log-level", "WARN"]
        try:
            done = system.run(python, "-m", "PyInstaller", *options, *places, cwd=_SOURCES, **fixed)
        finally:
            system.stop()
    if done.code:
        sys.stderr.write(done.out[-4000:] + done.error[-8000:])
        raise SystemExit(f"PyInstaller under Wine ended with {done.code}")
    freeze.even_out(into / "aftercare")
    return into / "aftercare"


def _copy_sources() -> Path:
    """What aftercare.spec reads, as it stands now; where the copied specification is."""
    shutil.rmtree(_SOURCES, ignore_errors=True)
    left_out = shutil.ignore_patterns("__pycache__")
    for name in ("src", "packaging"):
        shutil.copytree(freeze.ROOT / name, _SOURCES / name, ignore=left_out)
    drawn = _SOURCES / icon.PATH.relative_to(freeze.ROOT)
    drawn.parent.mkdir(parents=True)
    shutil.copyfile(icon.PATH, drawn)
    return _SOURCES / "packaging" / "aftercare.spec"


def main() -> int:
    began = time.monotonic()
    folder = freeze_under_wine()
    files = sum(path.is_file() for path in folder.rglob("*"))
    spent = time.monotonic() - began
    print(f"frozen for Windows: {freeze.size(folder) / 1e6:.0f} MB in {files} files, {spent:.0f} s")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""What the frozen program does not do at each start: amend libraries nobody uses yet, compile what Qt brings along."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from packaging_scripts import script

PACKAGING = Path(__file__).resolve().parents[2] / "packaging"


def said_by(source: str, *, beside: Path | None = None) -> list[str]:
    """The words that a fresh Python prints."""
    path = "" if beside is None else f"import sys; sys.path.insert(0, {str(beside)!r});"
    done = subprocess.run([sys.executable, "-c", path + source], capture_output=True, text=True, check=True, timeout=60)
    return done.stdout.split()


def test_a_library_is_amended_once_and_only_when_it_is_imported(tmp_path: Path) -> None:
    amend = "import multiprocessing; multiprocessing.freeze_support = 'amended'; print('amends')"
    (tmp_path / "pyi_rth_multiprocessing.py").write_text(amend, encoding="ascii")
    source = (
        f"exec(open({str(PACKAGING / 'late_hooks.py')!r}).read()); print('multiprocessing' in sys.modules);"
        "import importlib.util; importlib.util.find_spec('multiprocessing');"  # looks, and imports nothing
        "from multiprocessing import freeze_support; import multiprocessing; print(freeze_support);"
        "print(multiprocessing.__spec__.loader.__class__.__name__)"
    )
    assert said_by(source, beside=tmp_path) == ["False", "amends", "amended", "SourceFileLoader"]


def test_the_scripts_that_wait_are_those_that_are_run_late() -> None:
    told = (PACKAGING / "late_hooks.py").read_text(encoding="utf-8")
    trimming = script("trimming")
    assert all(f'"{name}"' in told for name in trimming.WAITING)
    assert not [name for name in trimming.WAITING if trimming.is_needed_at_start(name, sys.platform)]


def test_all_that_qt_would_compile_at_its_start_comes_along_compiled(tmp_path: Path) -> None:
    loaded = said_by("import sys, PySide6.QtWidgets; print(*(n for n in sys.modules if 'shibokensupport' in n))")
    listed = script("qt_support").compile_support(tmp_path)
    places = {place.removeprefix("shiboken6/files.dir/").removesuffix(".pyc") for place, _source, _kind in listed}
    modules = {place.removesuffix("/__init__").replace("/", ".") for place in places}
    assert len(loaded) > 8
    assert set(loaded) <= modules
    assert all(Path(source).is_file() for _place, source, _kind in listed)

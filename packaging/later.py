"""An Aftercare of tomorrow, for tests: the same sources with one more level of the records, frozen and packed."""

from __future__ import annotations

import inspect
import os
import shutil
import sys
from pathlib import Path

import freeze
import linux_packages
from staging import Release, stage

NUMBER = "0.99.0"
_HERE = freeze.BUILD / "later"
_SOURCES = _HERE / "sources"


def pack() -> Path:
    """The folder with its .deb; a freeze takes a minute or two."""
    shutil.rmtree(_HERE, ignore_errors=True)
    for name in ("src", "packaging"):
        shutil.copytree(freeze.ROOT / name, _SOURCES / name, ignore=shutil.ignore_patterns("__pycache__"))
    _raise_the_level(_SOURCES / "src" / "aftercare")
    frozen = freeze.freeze(_HERE / "frozen", _SOURCES / "packaging" / freeze.SPEC.name)
    os.environ.update(freeze.repeatable())
    release = Release(NUMBER, freeze.moment_of_sources(), frozen)
    packed = _HERE / "packages"
    packed.mkdir()
    staged = stage(release, _HERE / "staged", freeze.BUILD / "licences")
    for _ in linux_packages.pack(staged, release, packed, ["deb"], loosely=True):
        pass
    return packed


def _raise_the_level(program: Path) -> None:
    """The step of tests/new_level.py as one that is shipped."""
    sys.path.insert(0, str(freeze.ROOT / "tests"))
    from new_level import NEW, a_usual_step

    steps = program / "vault" / "migrations"
    (steps / "head.py").write_text(f"HEAD = {NEW}\n", encoding="ascii")
    step = inspect.getsource(a_usual_step).replace(f"def {a_usual_step.__name__}(", "def upgrade(")
    imports = "import sqlalchemy as sa\nfrom alembic import op\n\n\n"
    (steps / "versions" / f"v{NEW:04d}.py").write_text(imports + step, encoding="utf-8")
    first = program / "__init__.py"
    text = first.read_text(encoding="utf-8")
    first.write_text(text.replace(f'"{freeze.version()}"', f'"{NUMBER}"'), encoding="utf-8")

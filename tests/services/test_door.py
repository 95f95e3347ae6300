"""At the door, before anything is opened: whose folder it is, and what may be told of it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest

from aftercare.domain.errors import FolderClosed
from aftercare.services.door import AtTheDoor, Found, complete_interrupted_restore, look_at
from conftest import Template

pytestmark = pytest.mark.skipif(os.name != "posix", reason="Windows tells users apart by other means")
_NOBODY = 65_534


@contextmanager
def another_user(closed: Path) -> Iterator[None]:
    """Somebody else at the same computer: root becomes nobody for a while, others shut themselves out."""
    if os.geteuid() == 0:
        os.seteuid(_NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
    else:
        closed.chmod(0)
        try:
            yield
        finally:
            closed.chmod(0o700)


@pytest.fixture
def home(template: Template) -> Iterator[Path]:
    """The home folder of somebody who keeps records there, closed to others as usual; everybody may see that it is."""
    outside = Path(mkdtemp())
    outside.chmod(0o755)
    home = outside / "home"
    shutil.copytree(template.folder, home / "records")
    home.chmod(0o700)
    yield home
    shutil.rmtree(outside)


def look(folder: Path, closed: Path) -> AtTheDoor:
    with another_user(closed):
        complete_interrupted_restore(folder)
        return look_at(folder)


@pytest.mark.parametrize("closed", ["home", "records"])
def test_the_records_of_another_user_of_the_computer_are_closed_and_not_missing(home: Path, closed: str) -> None:
    """The window did not even start, or offered to set up new records in their place."""
    folder = home / "records"
    if closed == "records":
        home.chmod(0o755)
        folder.chmod(0o700)
    there = look(folder, home if closed == "home" else folder)
    assert there.found is Found.CLOSED
    assert isinstance(there.problem, FolderClosed)


def test_their_owner_finds_them(home: Path) -> None:
    assert look_at(home / "records").found is Found.RECORDS


def test_key_files_that_another_user_kept_to_themselves_are_closed_and_not_damaged(home: Path) -> None:
    home.chmod(0o755)
    (home / "records").chmod(0o755)
    with another_user(home / "records" / "header.a"):
        assert look_at(home / "records").found is Found.CLOSED

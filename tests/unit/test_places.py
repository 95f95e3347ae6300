"""Where things are kept: the user's folders, or beside a portable program."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from aftercare import places, settings
from aftercare.settings import Settings


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a frozen program."""
    folder = tmp_path / "stick" / "aftercare"
    folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "aftercare-cli"))
    return folder


def test_an_installed_program_keeps_nothing_beside_itself(program: Path) -> None:
    assert places.carried_along() is None
    assert not settings.usual_vault_folder().is_relative_to(program)


def test_a_portable_program_keeps_everything_beside_itself(program: Path) -> None:
    (program / "portable").touch()
    kept = (settings.usual_vault_folder(), settings.settings_path(), places.for_log())
    assert [place.relative_to(program).as_posix() for place in kept] == [
        "kept/vault", "kept/settings.json", "kept/log",
    ]  # fmt: skip


def test_the_marker_means_nothing_to_a_program_that_is_not_frozen(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / "portable").touch()
    monkeypatch.setattr(sys, "frozen", False)
    assert places.carried_along() is None


def test_records_that_are_carried_along_are_found_where_the_stick_is_next(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (program / "portable").touch()
    remembered = Settings()
    remembered.keep_records_in(program / "kept" / "records of ours")
    elsewhere = program.parent.parent / "another stick"
    program.parent.rename(elsewhere)
    monkeypatch.setattr(sys, "executable", str(elsewhere / "aftercare" / "aftercare"))
    assert settings.place_of_records(remembered) == elsewhere / "aftercare" / "kept" / "records of ours"


def test_records_outside_a_portable_program_stay_where_they_were_put(program: Path, tmp_path: Path) -> None:
    (program / "portable").touch()
    remembered = Settings()
    remembered.keep_records_in(tmp_path / "drive")
    assert settings.place_of_records(remembered) == tmp_path / "drive"

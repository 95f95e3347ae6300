"""The policy of the computer: what is understood holds, what is not is told, and nobody inside can change it."""

from __future__ import annotations

from pathlib import Path

import pytest

from aftercare import i18n, policy
from aftercare.domain.permissions import Role
from aftercare.policy import ENTRIES, NOTHING_DECIDED, from_registry_value, judged, read_policy

FULL = """
[records]
folder = "/srv/records"
[backups]
folders = ["/mnt/one", "/mnt/two"]
every_hours = 2
[lock]
idle_minutes = 5
[passwords]
least_characters = 18
[export]
roles = ["manager", "auditor"]
[window]
display_name = "Notes"
languages = ["en"]
screen_capture = false
[retention]
years_after_closing = 7
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "policy.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_no_file_decides_nothing(tmp_path: Path) -> None:
    assert read_policy(tmp_path / "policy.toml") == NOTHING_DECIDED


def test_every_entry_can_be_decided_in_the_file(tmp_path: Path) -> None:
    found = read_policy(written(tmp_path, FULL))
    assert set(found.values) == {entry.place for entry in ENTRIES}
    assert found.mistakes == ()
    assert found.text("records.folder") == "/srv/records"
    assert found.texts("backups.folders") == ("/mnt/one", "/mnt/two")
    assert found.number("lock.idle_minutes", 10) == 5
    assert found.values["window.screen_capture"] is False


def test_what_is_not_decided_has_its_usual_value(tmp_path: Path) -> None:
    found = read_policy(written(tmp_path, "[lock]\nidle_minutes = 3\n"))
    assert found.decides("lock.idle_minutes")
    assert not found.decides("records.folder")
    assert found.text("records.folder") == ""
    assert found.number("passwords.least_characters", 15) == 15


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("[lock]\nidle_minutes = 0", "lock.idle_minutes"),
        ('[lock]\nidle_minutes = "5"', "lock.idle_minutes"),
        ("[lock]\nidle_minutes = true", "lock.idle_minutes"),
        ("[passwords]\nleast_characters = 8", "passwords.least_characters"),
        ("languages = []", "window.languages"),
        ('languages = ["Klingon"]', "window.languages"),
        ('languages = ["en", "xx"]', "window.languages"),
        ("[backups]\nfolders = []", "backups.folders"),
        ('[backups]\nfolders = ["/a", "/b", "/c"]', "backups.folders"),
        ('[backups]\nfolders = ["/a", "stick"]', "backups.folders"),
        ('[records]\nfolder = "records"', "records.folder"),
        ('[records]\nfolder = " "', "records.folder"),
        ("[lock]\nidle_minuts = 5", "lock.idle_minuts"),
    ],
)
def test_a_mistake_is_named_and_the_rest_holds(tmp_path: Path, line: str, place: str) -> None:
    found = read_policy(written(tmp_path, f'[window]\ndisplay_name = "Notes"\n{line}\n'))
    assert found.mistakes == (place,)
    assert found.text("window.display_name") == "Notes"
    assert not found.decides(place)


@pytest.mark.parametrize("roles", ["[]", '["boss"]', '["manager", 3]', '"manager"', "true"])
def test_where_the_roles_that_may_export_are_none_or_not_understood_nobody_may(tmp_path: Path, roles: str) -> None:
    """An empty list was told and did not hold, and a slip of the pen let everybody export."""
    found = read_policy(written(tmp_path, f"[export]\nroles = {roles}\n"))
    assert found.decides("export.roles")
    assert found.texts("export.roles") == ()
    assert found.mistakes == (() if roles == "[]" else ("export.roles",))


def test_the_languages_that_may_be_named_are_those_of_the_program() -> None:
    (entry,) = (entry for entry in ENTRIES if entry.place == "window.languages")
    assert set(entry.choices) == {*i18n.shipped(), i18n.PSEUDO, i18n.PSEUDO_RTL}


def test_a_folder_may_be_in_the_home_of_whoever_uses_the_computer(tmp_path: Path) -> None:
    found = read_policy(written(tmp_path, '[records]\nfolder = "~/records"\n'))
    assert found.text("records.folder") == str(Path.home() / "records")


def test_a_file_that_is_not_toml_is_one_mistake(tmp_path: Path) -> None:
    path = written(tmp_path, "idle lock: five minutes")
    assert read_policy(path) == policy.Policy(mistakes=("",), source=str(path))


def test_the_roles_that_may_be_named_are_those_of_the_program() -> None:
    (entry,) = (entry for entry in ENTRIES if entry.place == "export.roles")
    assert set(entry.choices) == {role.value for role in Role}


def test_registry_values_mean_what_the_file_would_say() -> None:
    by_name = {entry.registry: entry for entry in ENTRIES}
    one, two = str(Path.home() / "one"), str(Path.home() / "two")
    found = {
        "window.screen_capture": from_registry_value(by_name["ScreenCapture"], 0),
        "backups.folders": from_registry_value(by_name["BackupFolders"], f"{one}; {two}"),
        "lock.idle_minutes": from_registry_value(by_name["LockIdleMinutes"], 4),
    }
    decided = judged(found, "registry")
    assert decided.values["window.screen_capture"] is False
    assert decided.texts("backups.folders") == (one, two)
    assert decided.number("lock.idle_minutes", 10) == 4


def test_the_example_shows_every_entry_and_is_understood() -> None:
    example = read_policy(Path(__file__).parents[2] / "packaging" / "policy.example.toml")
    assert example.mistakes == ()
    assert set(example.values) == {entry.place for entry in ENTRIES}

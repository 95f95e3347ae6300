"""Backups in the administration: places with what they hold, kept backups, and where the next ones go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from aftercare import policy
from aftercare.domain.permissions import Role
from aftercare.domain.rows.backups import BackupPace, BackupReason
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_backups import BackupsPart
from aftercare.services import backup_state
from aftercare.services.backups import back_up, note_backup
from aftercare.services.deciding import choose_backups
from aftercare.services.desk import Desk
from aftercare.services.office import show_settings
from aftercare.services.opening import OpenOffice
from aftercare.words.sizes import size_words
from hands import click, named, rest, words_on


def shown(qtbot: QtBot, office: Office, opened: OpenOffice) -> BackupsPart:
    office.opened = opened
    made = BackupsPart(office)
    qtbot.addWidget(made)
    made.resize(1000, 800)
    made.show()
    rest(office.jobs)
    return made


def test_an_office_without_a_second_place_is_told_what_that_means(
    qtbot: QtBot, office: Office, opened: OpenOffice
) -> None:
    part = shown(qtbot, office, opened)
    assert "no backup yet" in words_on(part)
    assert "There is no second place" in words_on(part)


def test_each_place_says_what_it_holds_and_each_backup_why_and_where(
    qtbot: QtBot, office: Office, opened: OpenOffice, desk: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    desk.do(choose_backups, str(stick), "", 4, 48)
    back_up(opened, reason=BackupReason.BEFORE_IMPORT)
    part = shown(qtbot, office, opened)
    assert words_on(part).count("1 backup, the newest of 23 Nov 2026 09:00") == 2
    assert [part.backups.index(0, column).data() for column in (0, 2, 4)] == [
        "1",
        "before an import",
        "beside the records, stick",
    ]
    assert part.backups.index(0, 3).data().endswith(("kB", "MB"))


def test_a_second_place_is_judged_by_the_disk_it_is_on(
    qtbot: QtBot, office: Office, opened: OpenOffice, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.do(choose_backups, str(tmp_path / "same disk"), "", 4, 48)
    assert "Every place is on one disk" in words_on(shown(qtbot, office, opened))
    monkeypatch.setattr(backup_state, "is_apart", lambda folder, _records: folder.name == "same disk")
    words = words_on(shown(qtbot, office, opened))
    assert "Every place is on one disk" not in words
    assert "There is no second place" not in words


def test_a_place_within_the_records_is_shown_as_none(
    qtbot: QtBot, office: Office, opened: OpenOffice, desk: Desk
) -> None:
    desk.do(choose_backups, str(opened.vault.folder / "second"), "", 4, 48)
    words = words_on(shown(qtbot, office, opened))
    assert "not a second place" in words
    assert "Every place is on one disk" in words


def test_half_a_path_is_refused_at_its_field(qtbot: QtBot, office: Office, opened: OpenOffice, desk: Desk) -> None:
    part = shown(qtbot, office, opened)
    part.second.setText("sticks/one")
    click(part.save)
    rest(office.jobs)
    assert "Please write the whole path" in words_on(part)
    assert desk.ask(show_settings).second_backup_folder == ""


def test_records_that_take_too_long_to_back_up_while_locking_say_so(
    qtbot: QtBot, office: Office, opened: OpenOffice, desk: Desk
) -> None:
    size = (opened.vault.folder / "records.db").stat().st_size
    done = back_up(opened)
    for seconds in (2, 21):
        desk.do(note_backup, replace(done, pace=BackupPace(seconds, size)))
        part = shown(qtbot, office, opened)
        words = "A backup takes about 21 seconds here: too long to wait for at lock."
        assert (words in words_on(part)) == (seconds == 21)


def test_a_place_that_is_gone_says_so_and_cannot_be_opened(
    qtbot: QtBot, office: Office, opened: OpenOffice, desk: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    desk.do(choose_backups, str(stick), "", 4, 48)
    back_up(opened)
    stick.rename(tmp_path / "drawer")
    part = shown(qtbot, office, opened)
    assert "not found" in words_on(part)
    folders = [button for button in part.findChildren(QPushButton) if button.text() == "Open folder"]
    assert [button.isEnabled() for button in folders] == [True, False]


def test_where_and_when_is_saved_within_its_limits(
    qtbot: QtBot, office: Office, opened: OpenOffice, desk: Desk, tmp_path: Path
) -> None:
    part = shown(qtbot, office, opened)
    part.first.setText(str(tmp_path / "stick"))
    part.every.setValue(1000)
    click(part.save)
    rest(office.jobs)
    kept = desk.ask(show_settings)
    assert (kept.backup_folder, kept.backup_every_hours) == (str(tmp_path / "stick"), 7 * 24)
    assert "Also here" in words_on(part)


def test_back_up_now_asks_the_window_for_it(qtbot: QtBot, office: Office, opened: OpenOffice) -> None:
    part = shown(qtbot, office, opened)
    with qtbot.waitSignal(office.backup_asked):
        click(named(part, "Back up now", QPushButton))


@pytest.fixture
def decided(tmp_path: Path) -> Iterator[None]:
    policy.obey(policy.judged({"backups.folders": [str(tmp_path)], "backups.every_hours": 2}, "test"))
    yield
    policy.obey(policy.NOTHING_DECIDED)


@pytest.mark.usefixtures("decided")
def test_what_the_policy_decides_is_shown_locked(qtbot: QtBot, office: Office, opened: OpenOffice) -> None:
    part = shown(qtbot, office, opened)
    rows = part.fields.rows
    locked = {name for name, row in rows.items() if row.message == "Set by your administrator"}
    assert locked == {"backup_folder", "second_backup_folder", "backup_every_hours"}
    assert part.every.value() == 2
    assert not part.first.isEnabled()
    assert part.warn.isEnabled()


def test_whoever_may_not_set_the_policy_only_looks(
    qtbot: QtBot, office: Office, opened: OpenOffice, desk: Desk
) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.AUDITOR}))
    part = shown(qtbot, office, opened)
    assert not part.save.isEnabled()


@pytest.mark.parametrize(
    ("count", "words"), [(17, "17 bytes"), (4_200, "4 kB"), (4_984_832, "5 MB"), (12_340_000_000, "12.3 GB")]
)
def test_sizes_are_told_as_file_managers_tell_them(count: int, words: str) -> None:
    assert size_words(count) == words

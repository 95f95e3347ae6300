"""Backups: what they hold, what they refuse, what they leave behind, and that the newest of each span is kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.errors import (
    BackupDamaged,
    BackupNewer,
    BackupNotVerified,
    BackupPlaceMissing,
    BackupPlaceRefuses,
    NotABackup,
)
from aftercare.vault import OpenVault, backup_trial, copy_to, list_backups, make_backup, read_backup, thin
from aftercare.vault import backup_file as forms
from aftercare.vault.backup import changed_since, facts_in, newest_backup, own_backups
from aftercare.vault.backup_copy import facts_of, pages_of_zeros, reading_backup
from aftercare.vault.backup_file import read_through
from aftercare.vault.backup_thinning import superfluous
from aftercare.vault.cipher import PAGE_BYTES

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CANARY = "canary-in-the-linen-room"


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody listens to."""


def save(vault: OpenVault, name: str, value: str = CANARY) -> None:
    with vault.engine.begin() as connection:
        connection.execute(
            text("INSERT INTO setting (name, value) VALUES (:name, :value)"), {"name": name, "value": f'"{value}"'}
        )
        vault.audit.append(connection, NOW, vault.account_id, "setting.saved")


@pytest.mark.promise(8)
def test_a_backup_holds_what_the_records_held_and_nothing_in_plain(vault: OpenVault) -> None:
    save(vault, "one")
    backup = make_backup(vault, NOW, unheard)
    save(vault, "two")
    contents = backup.contents(vault.unlocked.data_key)
    assert contents.facts.rows["setting"] == 1
    with reading_backup(backup, contents) as database:
        assert facts_of(database) == contents.facts
        assert database.execute("SELECT name FROM setting").fetchall() == [("one",)]
        assert database.execute("PRAGMA application_id").fetchone()[0] == 0x41667472
    assert CANARY.encode() not in backup.path.read_bytes()
    assert b"Rahman" not in backup.path.read_bytes()
    assert not backup.path.read_bytes().startswith(b"SQLite")


def test_its_name_says_date_and_number_only(vault: OpenVault) -> None:
    first, second = make_backup(vault, NOW, unheard), make_backup(vault, NOW, unheard)
    assert [path.name for path in sorted(own_backups(vault).iterdir())] == [
        "2026-11-23-0001.backup",
        "2026-11-23-0002.backup",
    ]
    assert (first.number, second.number) == (1, 2)


def test_each_backup_has_a_key_of_its_own(vault: OpenVault) -> None:
    one, other = make_backup(vault, NOW, unheard), make_backup(vault, NOW, unheard)
    data_key = vault.unlocked.data_key
    assert one.contents(data_key).raw_key != other.contents(data_key).raw_key
    assert vault.unlocked.raw_database_key not in (one.contents(data_key).raw_key, other.contents(data_key).raw_key)


@pytest.mark.promise(8)
def test_work_goes_on_while_a_backup_is_made_and_is_not_in_it(vault: OpenVault) -> None:
    for number in range(40):
        save(vault, f"before{number}", "x" * 20_000)
    during: list[int] = []

    def work(_done: int, _total: int) -> None:
        if len(during) < 3:
            save(vault, f"during{len(during)}")
            during.append(1)

    backup = make_backup(vault, NOW, work)
    assert len(during) == 3
    assert backup.contents(vault.unlocked.data_key).facts.rows["setting"] == 40


@pytest.mark.parametrize("place", ["first page", "middle", "label", "sum"])
def test_a_flipped_byte_is_found_without_any_key(vault: OpenVault, place: str) -> None:
    save(vault, "one")
    backup = make_backup(vault, NOW, unheard)
    content = bytearray(backup.path.read_bytes())
    size = backup.label.database_bytes
    at = {"first page": 100, "middle": size // 2, "label": size + 40, "sum": len(content) - 30}[place]
    content[at] ^= 0x01
    backup.path.write_bytes(content)
    with pytest.raises(BackupDamaged):
        read_through(read_backup(backup.path), unheard)


def test_a_changed_label_does_not_open_even_with_a_right_sum(vault: OpenVault) -> None:
    backup = make_backup(vault, NOW, unheard)
    other = make_backup(vault, NOW, unheard)
    spliced = forms.BackupFile(backup.path, backup.label, other.sealed)
    with pytest.raises(BackupDamaged):
        spliced.contents(vault.unlocked.data_key)


def test_other_files_and_cut_off_backups_are_no_backups(vault: OpenVault, tmp_path: Path) -> None:
    backup = make_backup(vault, NOW, unheard)
    cut = tmp_path / "2026-11-23-0001.backup"
    for content in (b"", b"a letter", backup.path.read_bytes()[:-1], backup.path.read_bytes()[:4096]):
        cut.write_bytes(content)
        with pytest.raises(NotABackup):
            read_backup(cut)
    assert list_backups(tmp_path) == ()


@pytest.mark.promise(9)
def test_a_backup_of_a_later_form_is_left_alone(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "FORMAT", 2)
    path = own_backups(vault)
    backup = make_backup(vault, NOW, unheard)
    monkeypatch.setattr(forms, "FORMAT", 1)
    with pytest.raises(BackupNewer):
        read_backup(backup.path)
    assert backup.path.parent == path


def test_one_that_is_stopped_leaves_nothing(vault: OpenVault) -> None:
    save(vault, "one", "x" * 100_000)

    class EnoughError(Exception):
        pass

    for stop_at in (0, 30, 69, 75, 99):

        def stop(done: int, _total: int, stop_at: int = stop_at) -> None:
            if done >= stop_at:
                raise EnoughError

        with pytest.raises(EnoughError):
            make_backup(vault, NOW, stop)
        assert list(own_backups(vault).iterdir()) == []


class _Enough(Exception):
    """Whoever waited waits no more."""


@pytest.mark.parametrize("percent", [10, 55, 90])
def test_one_that_is_stopped_at_any_point_leaves_no_file_and_nobody_at_work(vault: OpenVault, percent: int) -> None:
    for number in range(40):
        save(vault, f"room{number}", "x" * 20_000)

    def stop(done: int, total: int) -> None:
        if 100 * done >= percent * total:
            raise _Enough

    with pytest.raises(_Enough):
        make_backup(vault, NOW, stop)
    assert list(own_backups(vault).iterdir()) == []
    assert not (vault.folder / "trial").exists()
    assert not [thread.name for thread in threading.enumerate() if "check_backup" in thread.name]


def test_a_backup_is_refused_that_differs_from_its_sum_though_every_page_of_it_opens(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sum is taken while the file is restored: neither waits for the other, and both must agree."""
    monkeypatch.setattr(backup_trial, "read_through", lambda _backup, _progress: "0" * 64)
    with pytest.raises(BackupNotVerified):
        make_backup(vault, NOW, unheard)
    assert list(own_backups(vault).iterdir()) == []


def test_a_page_of_zeros_is_known_by_its_number(tmp_path: Path) -> None:
    file = tmp_path / "records.db"
    file.write_bytes(bytes([7]) * PAGE_BYTES + bytes(PAGE_BYTES) + bytes(PAGE_BYTES - 1) + b"x" + b"cut off")
    assert pages_of_zeros(file) == {2}


def test_what_an_interrupted_backup_left_is_cleared(vault: OpenVault) -> None:
    own_backups(vault).mkdir(exist_ok=True)
    (own_backups(vault) / "2026-11-22-0007.backup.new").write_bytes(b"half")
    backup = make_backup(vault, NOW, unheard)
    assert list(own_backups(vault).iterdir()) == [backup.path]


def test_the_copy_in_the_second_place_is_the_same_file(vault: OpenVault, tmp_path: Path) -> None:
    backup = make_backup(vault, NOW, unheard)
    copied = copy_to(backup, tmp_path / "stick", unheard, make_place=True)
    assert copied.read_bytes() == backup.path.read_bytes()
    assert copy_to(backup, tmp_path / "stick", unheard) == copied
    assert [path.name for path in (tmp_path / "stick").iterdir()] == [backup.path.name]


def test_a_missing_stick_is_told_and_its_folder_is_not_made_elsewhere(vault: OpenVault, tmp_path: Path) -> None:
    backup = make_backup(vault, NOW, unheard)
    with pytest.raises(BackupPlaceMissing):
        copy_to(backup, tmp_path / "stick", unheard)
    with pytest.raises(BackupPlaceMissing):
        copy_to(backup, tmp_path / "media" / "stick", unheard, make_place=True)
    assert not (tmp_path / "stick").exists()
    assert not (tmp_path / "media").exists()


def test_a_file_of_the_same_name_is_never_overwritten(vault: OpenVault, tmp_path: Path) -> None:
    backup, place = make_backup(vault, NOW, unheard), tmp_path / "stick"
    other = make_backup(vault, NOW, unheard)
    place.mkdir()
    (place / backup.path.name).write_bytes(other.path.read_bytes())
    with pytest.raises(BackupPlaceRefuses):
        copy_to(backup, place, unheard)
    assert (place / backup.path.name).read_bytes() == other.path.read_bytes()


def test_numbers_go_on_above_those_in_the_second_place(vault: OpenVault, tmp_path: Path) -> None:
    (tmp_path / "2026-01-01-0041.backup").write_bytes(b"of somebody else")
    assert make_backup(vault, NOW, unheard, beside=(tmp_path,)).number == 42


def test_only_looking_and_backing_up_need_no_new_backup(vault: OpenVault) -> None:
    save(vault, "one")
    make_backup(vault, NOW, unheard)
    newest = newest_backup(vault)
    assert newest is not None
    facts = facts_in(vault, newest)
    with vault.engine.begin() as connection:
        for action in ("read", "backed_up", "vault.unlocked", "refused"):
            vault.audit.append(connection, NOW, vault.account_id, action)
    assert not changed_since(vault, facts)
    save(vault, "two")
    assert changed_since(vault, facts)


# --- thinning ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Made:
    number: int
    made_at: datetime
    reason: str = ""


def after_a_year(every: timedelta) -> tuple[list[Made], list[Made]]:
    """Backups of a year, thinned after each; what is left and all that were made."""
    everything: list[Made] = []
    left: list[Made] = []
    moment = NOW
    while moment < NOW + timedelta(days=365):
        made = Made(len(everything) + 1, moment)
        everything.append(made)
        left.append(made)
        gone = {backup.number for backup in superfluous(left)}
        left = [backup for backup in left if backup.number not in gone]
        moment += every
    return left, everything


@pytest.mark.parametrize("hours", [4, 11, 24, 24 * 9])
def test_a_year_of_backups_leaves_days_weeks_and_months(hours: int) -> None:
    left, everything = after_a_year(timedelta(hours=hours))
    assert len(left) <= 4 + 14 + 8 + 12
    assert left[-1] == everything[-1]
    days = sorted({backup.made_at.date() for backup in everything})
    assert set(days[-14:]) <= {backup.made_at.date() for backup in left}
    months = sorted({(backup.made_at.year, backup.made_at.month) for backup in everything})
    assert set(months[-12:]) <= {(backup.made_at.year, backup.made_at.month) for backup in left}


@pytest.mark.promise(18)
def test_a_clock_that_jumps_does_not_throw_the_newest_away() -> None:
    backups = [Made(number, NOW - timedelta(days=400 * number)) for number in range(1, 60)]
    assert 59 not in {backup.number for backup in superfluous(backups)}


@pytest.mark.promise(8)
def test_the_newest_by_date_stay_where_their_numbers_begin_again() -> None:
    old = [Made(number, NOW + timedelta(days=number)) for number in range(30, 90)]
    begun_again = [Made(number, NOW + timedelta(days=100 + number)) for number in range(1, 5)]
    gone = {backup.number for backup in superfluous([*old, *begun_again])}
    assert not gone & {1, 2, 3, 4}
    assert not gone & {86, 87, 88, 89}


def test_thinning_leaves_other_vaults_and_other_files_alone(vault: OpenVault, tmp_path: Path) -> None:
    place = tmp_path / "stick"
    for _ in range(6):
        copy_to(make_backup(vault, NOW, unheard), place, unheard, make_place=True)
    (place / "2020-01-01-0000.backup").write_bytes(b"a file of somebody else")
    assert thin(place, UUID(int=5)) == 0
    assert thin(place, vault.vault_id) == 2
    assert [backup.number for backup in list_backups(place, vault.vault_id)] == [6, 5, 4, 3]
    assert (place / "2020-01-01-0000.backup").exists()


def test_the_reader_beside_does_not_keep_the_vault_from_closing(unlock: Callable[..., OpenVault]) -> None:
    vault = unlock()
    save(vault, "one")
    make_backup(vault, NOW, unheard)
    vault.close()
    assert not (vault.folder / "records.db-wal").exists()

"""Backing up an open office, the second place, restoring, and the way in with the recovery code."""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import (
    BackupPlaceMissing,
    BackupPlaceWithin,
    FieldProblem,
    NoRoomForRecords,
    NotABackup,
    NotAllowed,
    RecoveryCodeUnreadable,
    WeakPassphrase,
    WrongPassphrase,
)
from aftercare.domain.rows.backups import BackupKind, BackupPace, BackupPlace, BackupReason
from aftercare.services import backup_places, backups, recovery
from aftercare.services.backup_state import backup_state
from aftercare.services.deciding import choose_backup_folder, choose_backups
from aftercare.services.opening import FirstPerson, OpenOffice, create_office, open_office
from aftercare.services.salvaging import salvage
from aftercare.vault import CHEAP_KDF, RecoveryCode, verify_vault
from aftercare.vault.recovery import new_recovery_code
from makers import a_survivor

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
PASSPHRASE = "the heron sings at dusk"
ANOTHER = "seven lamps along the quay"


@dataclass(frozen=True)
class Template:
    folder: Path
    code: RecoveryCode


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("office") / "vault"
    first = FirstPerson("rahman", "A. Rahman")
    office, code = create_office(folder, first, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    office.close()
    return Template(folder, code)


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    shutil.copytree(template.folder, tmp_path / "vault")
    (tmp_path / "vault").chmod(0o700)
    return tmp_path / "vault"


@pytest.fixture
def unlock(folder: Path) -> Iterator[Callable[..., OpenOffice]]:
    opened: list[OpenOffice] = []

    def unlock(place: Path = folder, passphrase: str = PASSPHRASE) -> OpenOffice:
        office = open_office(place, "rahman", passphrase, clock=CLOCK)
        opened.append(office)
        return office

    yield unlock
    for office in opened:
        office.close()


def actions(office: OpenOffice) -> list[str]:
    with office.vault.engine.connect() as connection:
        return list(connection.execute(text("SELECT action FROM audit_entry ORDER BY seq")).scalars())


def codes(office: OpenOffice) -> list[str]:
    with office.vault.engine.connect() as connection:
        return list(connection.execute(text("SELECT case_code FROM survivor ORDER BY case_code")).scalars())


def test_a_backup_lies_in_the_vault_and_in_the_chosen_place_and_in_the_log(
    unlock: Callable[..., OpenOffice], tmp_path: Path
) -> None:
    office = unlock()
    office.desk.do(choose_backup_folder, str(tmp_path / "stick"))
    done = backups.back_up(office)
    assert done.problem is None
    assert done.copied_to == tmp_path / "stick" / done.path.name
    assert done.copied_to.read_bytes() == done.path.read_bytes()
    assert actions(office)[-1] == "backed_up"
    status = backups.backup_status(backups.plan_backup(office))
    assert (status.newest, status.problem, status.copy_waits) == (CLOCK.now(), None, False)


def test_a_stick_that_is_gone_is_told_and_caught_up_with_when_it_is_back(
    unlock: Callable[..., OpenOffice], tmp_path: Path
) -> None:
    office, stick = unlock(), tmp_path / "stick"
    office.desk.do(choose_backup_folder, str(stick))
    backups.back_up(office)
    stick.rename(tmp_path / "pulled out")
    a_survivor(office.desk)
    done = backups.back_up(office)
    assert isinstance(done.problem, BackupPlaceMissing)
    assert done.path.exists()
    assert not stick.exists()
    assert isinstance(backups.backup_status(backups.plan_backup(office)).problem, BackupPlaceMissing)
    (tmp_path / "pulled out").rename(stick)
    plan = backups.plan_backup(office)
    assert backups.backup_status(plan).copy_waits
    caught_up = backups.catch_up(plan)
    assert caught_up is not None
    assert caught_up.copied_to == stick / done.path.name


def test_the_next_backup_is_expected_to_take_as_long_as_the_last_for_as_many_bytes(folder: Path) -> None:
    moments = itertools.count(step=9)
    with open_office(folder, "rahman", PASSPHRASE, clock=replace(CLOCK, ticks=lambda: float(next(moments)))) as office:
        assert (backups.plan_backup(office).seconds_needed, backup_state(office).seconds_at_lock) == (0, 0)
        done = backups.back_up(office)
        assert done.pace == BackupPace(9, backup_state(office).backups[0].size)
        plan = backups.plan_backup(office)
        assert plan.seconds_needed == pytest.approx(9 * plan.size / done.pace.size)
        assert replace(plan, size=2 * plan.size).seconds_needed == pytest.approx(2 * plan.seconds_needed)
        assert backup_state(office).seconds_at_lock == round(plan.seconds_needed) == 9
        copied = backups.catch_up(plan)
        assert copied is not None
        office.desk.do(backups.note_backup, copied)
        assert backups.plan_backup(office).pace == done.pace


def test_only_what_was_done_since_asks_for_a_backup(unlock: Callable[..., OpenOffice], folder: Path) -> None:
    office = unlock()
    assert backups.plan_backup(office).changed
    backups.back_up(office)
    assert not backups.plan_backup(office).changed
    office.close()
    office = unlock()
    assert not backups.plan_backup(office).changed
    a_survivor(office.desk)
    assert backups.plan_backup(office).changed


def test_a_backup_says_what_it_is_without_a_key(unlock: Callable[..., OpenOffice], tmp_path: Path) -> None:
    done = backups.back_up(unlock())
    seen = backups.look_at_backup(done.path)
    assert (seen.number, seen.made_at, seen.kind) == (1, CLOCK.now(), BackupKind.REAL)
    (tmp_path / "letter.backup").write_text("dear")
    with pytest.raises(NotABackup):
        backups.look_at_backup(tmp_path / "letter.backup")


def test_a_restored_office_opens_with_the_same_people(unlock: Callable[..., OpenOffice], tmp_path: Path) -> None:
    office = unlock()
    a_survivor(office.desk)
    a_survivor(office.desk)
    done = backups.back_up(office)
    a_survivor(office.desk)
    office.close()
    backups.restore(done.path, tmp_path / "new", "Rahman", PASSPHRASE, clock=CLOCK)
    again = unlock(tmp_path / "new")
    assert len(codes(again)) == 2
    present = codes(unlock())
    assert len(present) == 3
    assert codes(again) == present[:2]
    assert verify_vault(again.vault, lambda _: None, lambda: False).sound


# --- the recovery code -------------------------------------------------------------------------------------------


def test_the_code_gives_a_new_password_once(
    folder: Path, template: Template, unlock: Callable[..., OpenOffice]
) -> None:
    opened = recovery.open_with_code(folder, template.code.text.lower(), clock=CLOCK)
    (who,) = opened.administrators
    assert who.login_name == "rahman"
    new_code = new_recovery_code()
    with recovery.start_again(opened, who, ANOTHER, new_code, clock=CLOCK, kdf=CHEAP_KDF) as office:
        assert office.desk.actor.name == "A. Rahman"
        assert office.vault.account_id == who.account_id
    with pytest.raises(WrongPassphrase):
        open_office(folder, "rahman", PASSPHRASE, clock=CLOCK)
    with pytest.raises(WrongPassphrase):
        recovery.open_with_code(folder, template.code.text, clock=CLOCK)
    office = unlock(passphrase=ANOTHER)
    logged = actions(office)
    assert {"vault.opened_by_code", "vault.passphrase_reset_by_code", "vault.recovery_code_replaced"} <= set(logged)
    assert logged.count("vault.unlock_failed") == 2
    office.close()
    recovery.open_with_code(folder, new_code.text, clock=CLOCK).close()


def test_giving_up_half_way_changes_no_key(folder: Path, template: Template, unlock: Callable[..., OpenOffice]) -> None:
    recovery.open_with_code(folder, template.code.text, clock=CLOCK).close()
    opened = recovery.open_with_code(folder, template.code.text, clock=CLOCK)
    with pytest.raises(WeakPassphrase):
        recovery.start_again(
            opened, opened.administrators[0], "rahman", new_recovery_code(), clock=CLOCK, kdf=CHEAP_KDF
        )
    stranger = recovery.Administrator(opened.vault.vault_id, "x", "X")
    with pytest.raises(NotAllowed):
        recovery.start_again(opened, stranger, ANOTHER, new_recovery_code(), clock=CLOCK, kdf=CHEAP_KDF)
    opened.close()
    assert unlock().desk.actor.name == "A. Rahman"


def test_a_mistyped_code_names_its_group(folder: Path, template: Template) -> None:
    groups = list(template.code.groups)
    groups[2] = "00000"
    with pytest.raises(RecoveryCodeUnreadable) as refused:
        recovery.open_with_code(folder, "-".join(groups), clock=CLOCK)
    assert refused.value.group == 3


def test_after_a_recovery_a_new_backup_is_due_and_old_ones_open_as_they_were(
    folder: Path, template: Template, unlock: Callable[..., OpenOffice], tmp_path: Path
) -> None:
    office = unlock()
    done = backups.back_up(office)
    office.close()
    opened = recovery.open_with_code(folder, template.code.text, clock=CLOCK)
    new_code = new_recovery_code()
    with recovery.start_again(
        opened, opened.administrators[0], ANOTHER, new_code, clock=CLOCK, kdf=CHEAP_KDF
    ) as office:
        assert backups.plan_backup(office).changed
        after = backups.back_up(office)
    backups.restore(done.path, tmp_path / "as it was", "rahman", PASSPHRASE, clock=CLOCK)
    backups.restore_with_code(after.path, tmp_path / "after", new_code.text, clock=CLOCK)
    assert unlock(tmp_path / "as it was").desk.actor.name == unlock(tmp_path / "after", ANOTHER).desk.actor.name


# --- nothing acknowledged before a backup is lost ----------------------------------------------------------------


@given(st.lists(st.sampled_from(["change", "change", "back up", "reopen", "restore"]), min_size=2, max_size=10))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_order_a_restore_gives_back_what_was_backed_up(
    template: Template, tmp_path_factory: pytest.TempPathFactory, steps: list[str]
) -> None:
    place = tmp_path_factory.mktemp("order")
    folder = place / "vault"
    shutil.copytree(template.folder, folder)
    folder.chmod(0o700)
    office = open_office(folder, "rahman", PASSPHRASE, clock=CLOCK)
    backed_up: list[tuple[Path, list[str]]] = []
    for step in steps:
        if step == "change":
            a_survivor(office.desk)
        elif step == "back up":
            done = backups.back_up(office, place / "stick")
            assert done.copied_to is not None
            backed_up.append((done.copied_to, codes(office)))
        else:
            office.close()
            if step == "restore" and backed_up:
                path, expected = backed_up[-1]
                backups.restore(path, folder, "rahman", PASSPHRASE, clock=CLOCK)
                office = open_office(folder, "rahman", PASSPHRASE, clock=CLOCK)
                assert codes(office) == expected
                continue
            office = open_office(folder, "rahman", PASSPHRASE, clock=CLOCK)
    assert verify_vault(office.vault, lambda _: None, lambda: False).sound
    office.close()
    if backed_up:
        path, expected = backed_up[-1]
        backups.restore(path, place / "last", "rahman", PASSPHRASE, clock=CLOCK)
        with open_office(place / "last", "rahman", PASSPHRASE, clock=CLOCK) as restored:
            assert codes(restored) == expected


def test_the_terminal_backs_up_and_restores(
    template: Template, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from aftercare.cli.commands import AppCommands, build

    shutil.copytree(template.folder, tmp_path / "vault")
    (tmp_path / "passphrase").write_text(PASSPHRASE)
    (tmp_path / "code").write_text(template.code.text)
    command_line = build(AppCommands(lambda _: 0, lambda _: 0, lambda _, __: 0))

    def run(*arguments: str) -> str:
        assert command_line(args=list(arguments), prog_name="aftercare", standalone_mode=False) in (None, 0)
        return capsys.readouterr().out

    key = ("--login", "rahman", "--passphrase-file", str(tmp_path / "passphrase"))
    told = run("backup", "--vault", str(tmp_path / "vault"), "--to", str(tmp_path / "stick"), "--json", *key)
    assert '"number": 1' in told
    (copy,) = (tmp_path / "stick").iterdir()
    run("restore", str(copy), "--into", str(tmp_path / "vault"), *key)
    assert len(list(tmp_path.glob("vault-before-*"))) == 1
    told = run(
        "restore", str(copy), "--into", str(tmp_path / "new"), "--recovery-file", str(tmp_path / "code"), "--json"
    )
    assert '"kept_aside": null' in told
    open_office(tmp_path / "new", "rahman", PASSPHRASE, clock=CLOCK).close()


@pytest.mark.parametrize("saving", [False, True], ids=["restoring", "saving"])
def test_records_that_do_not_fit_where_they_were_to_go_are_told_and_leave_nothing(
    unlock: Callable[..., OpenOffice],
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    saving: bool,
) -> None:
    office = unlock()
    done, home = backups.back_up(office), tmp_path / "home"
    office.close()
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr("shutil.disk_usage", lambda _folder: usage._replace(free=1_000_000))
    source, deed = (folder, salvage) if saving else (done.path, backups.restore)
    with pytest.raises(NoRoomForRecords):
        deed(source, home, "rahman", PASSPHRASE, clock=CLOCK)
    assert [path.name for path in tmp_path.iterdir()] == ["vault"]


# --- two places, ages and reasons --------------------------------------------------------------------------------


def test_each_backup_goes_to_two_places_and_each_tells_of_itself(
    unlock: Callable[..., OpenOffice], tmp_path: Path
) -> None:
    office, disk, stick = unlock(), tmp_path / "disk", tmp_path / "stick"
    office.desk.do(choose_backups, str(disk), str(stick), 6, 24)
    backups.back_up(office)
    shutil.rmtree(stick)
    a_survivor(office.desk)
    done = backups.back_up_before(office, BackupReason.BEFORE_IMPORT)
    assert [copy.path is not None for copy in done.copies] == [True, False]
    assert isinstance(done.problem, BackupPlaceMissing)
    state = backup_state(office)
    own, first, second = state.places
    assert (own.is_own, own.kept, first.kept, second.kept) == (True, 2, 2, 0)
    assert (first.newest_number, first.waits, first.problem) == (2, False, None)
    # what the missing stick held is known from when it was there
    assert (second.newest_number, second.newest_at, second.waits) == (1, CLOCK.now(), True)
    assert isinstance(second.problem, BackupPlaceMissing)
    assert [(row.number, row.reason, row.places) for row in state.backups] == [
        (2, BackupReason.BEFORE_IMPORT, (0, 1)),
        (1, BackupReason.ASKED, (0, 1)),
    ]
    assert (state.every_hours, state.warn_hours, state.next_at) == (6, 24, None)


@pytest.mark.promise(8)
def test_the_first_backup_after_a_disk_died_is_kept_on_the_stick_that_was_away_when_it_was_made(
    unlock: Callable[..., OpenOffice], tmp_path: Path
) -> None:
    """Restored from the stick into a new home, the stick pulled out again, and back in the evening."""
    office, stick = unlock(), tmp_path / "stick"
    office.desk.do(choose_backup_folder, str(stick))
    for days in range(18):
        office.desk.clock = stopped_at(CLOCK.now() + timedelta(days=days))
        last = backups.back_up(office)
    office.close()
    home, held = tmp_path / "new home", len(list(stick.iterdir()))
    backups.restore(stick / last.path.name, home, "rahman", PASSPHRASE, clock=CLOCK)
    stick.rename(tmp_path / "drawer")
    office = unlock(home)
    office.desk.clock = stopped_at(CLOCK.now() + timedelta(days=18))
    a_survivor(office.desk)
    first = backups.back_up(office)
    assert first.number == last.number + 1
    (tmp_path / "drawer").rename(stick)
    caught_up = backups.catch_up(backups.plan_backup(office))
    assert caught_up is not None
    assert caught_up.copied_to is not None
    assert caught_up.copied_to.exists()
    assert len(list(stick.iterdir())) <= held + 1
    assert not backups.backup_status(backups.plan_backup(office)).copy_waits


@pytest.mark.parametrize("inside", ["backups/../backups", "backups", ".", "second", "link"])
def test_a_place_within_the_folder_of_the_records_is_no_second_place(
    unlock: Callable[..., OpenOffice], folder: Path, tmp_path: Path, inside: str
) -> None:
    office = unlock()
    (tmp_path / "link").symlink_to(folder / "backups")
    place = tmp_path / "link" if inside == "link" else Path(f"{folder}/{inside}")
    office.desk.do(choose_backup_folder, str(place))
    done = backups.back_up(office)
    assert done.path.exists()
    assert done.copied_to is None
    assert isinstance(backups.backup_status(backups.plan_backup(office)).problem, BackupPlaceWithin)
    others = [place for place in backup_state(office).places if not place.is_own]
    assert [type(place.problem) for place in others] == ([BackupPlaceWithin] if inside != "backups" else [])
    assert not (folder / "second").exists()


def test_the_empty_folder_where_a_stick_was_mounted_is_not_taken_for_the_stick(
    unlock: Callable[..., OpenOffice], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, mounted = unlock(), tmp_path / "mnt"
    mounted.mkdir()
    office.desk.do(choose_backup_folder, str(mounted))
    with monkeypatch.context() as plugged:
        plugged.setattr(backup_places, "is_apart", lambda *_folders: True)
        plugged.setattr(backups, "is_apart", lambda *_folders: True)
        backups.back_up(office)
    shutil.rmtree(mounted)
    mounted.mkdir()
    a_survivor(office.desk)
    done = backups.back_up(office)
    assert isinstance(done.problem, BackupPlaceMissing)
    assert list(mounted.iterdir()) == []
    assert isinstance(backups.backup_status(backups.plan_backup(office)).problem, BackupPlaceMissing)


def test_another_shelters_backup_of_the_same_name_does_not_keep_ours_from_the_stick(
    unlock: Callable[..., OpenOffice], template: Template, tmp_path: Path
) -> None:
    office, stick = unlock(), tmp_path / "stick"
    office.desk.do(choose_backup_folder, str(stick))
    stick.mkdir()
    stick.rename(tmp_path / "elsewhere")
    stick.write_bytes(b"in the way")  # nothing can be copied now
    assert backups.back_up(office).copied_to is None
    first = FirstPerson("okafor", "B. Okafor")
    theirs, _code = create_office(tmp_path / "theirs", first, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    backups.back_up(theirs, tmp_path / "elsewhere")
    theirs.close()
    stick.unlink()
    (tmp_path / "elsewhere").rename(stick)
    plan = backups.plan_backup(office)
    assert backups.backup_status(plan).copy_waits
    caught_up = backups.catch_up(plan)
    assert caught_up is not None
    assert caught_up.problem is None
    assert caught_up.copied_to == stick / "2026-11-23-0002.backup"
    assert len(list(stick.iterdir())) == 2


@pytest.mark.parametrize("folder_name", ["sticks/one", "./one", "~nobody-here/one"])
def test_a_place_for_backups_is_a_whole_path(unlock: Callable[..., OpenOffice], folder_name: str) -> None:
    office = unlock()
    for first, second in ((folder_name, ""), ("", folder_name)):
        with pytest.raises(FieldProblem, match="half_a_path"):
            office.desk.do(choose_backups, first, second, 6, 24)


def test_a_backup_is_old_only_where_something_hangs_on_it(unlock: Callable[..., OpenOffice]) -> None:
    office = unlock()
    backups.back_up(office)
    plan = replace(backups.plan_backup(office), now=CLOCK.now() + timedelta(days=5))
    assert not backups.is_old(plan)
    assert backups.is_old(replace(plan, changed=True))
    gone_quiet = BackupPlace(Path("stick"), 1, CLOCK.now() - timedelta(days=9))
    assert backups.is_old(replace(plan, places=(gone_quiet,)))
    assert backups.backup_status(replace(plan, changed=True)).is_old


def test_a_backup_says_why_it_was_made_and_the_newest_of_a_reason_stays(unlock: Callable[..., OpenOffice]) -> None:
    office = unlock()
    before = backups.back_up_before(office, BackupReason.BEFORE_ROTATION)
    assert backups.look_at_backup(before.path).reason is BackupReason.BEFORE_ROTATION
    for _ in range(6):
        backups.back_up(office)
    assert before.path.exists()
    assert len(list(before.path.parent.iterdir())) == 5


def test_every_backup_was_restored_once_and_nothing_of_that_is_left(unlock: Callable[..., OpenOffice]) -> None:
    office = unlock()
    seen: list[bool] = []
    trial = office.vault.folder / "trial"
    backups.back_up(office, progress=lambda _done, _total: seen.append((trial / "records.db").exists()))
    assert any(seen)
    assert not trial.exists()

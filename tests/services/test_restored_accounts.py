"""Who comes in after a backup was restored: whoever works here today, and nobody who was removed since."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from aftercare.domain.clock import Clock, stopped_at
from aftercare.domain.drafts.staff import StaffDraft
from aftercare.domain.errors import (
    AccountClosedSince,
    EarlierKeyBack,
    EarlierPassphrasesBack,
    TooManyAttempts,
    WrongPassphrase,
)
from aftercare.domain.permissions import Role
from aftercare.domain.rows.backups import WaysIn
from aftercare.domain.rows.staff import StaffState
from aftercare.records.office import ROTATION_DUE, Setting
from aftercare.services import backups, salvaging, staff
from aftercare.services.backups import ways_in_after
from aftercare.services.desk import Desk
from aftercare.services.first_login import log_in_first
from aftercare.services.keys import show_ages_of_keys
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.own_passphrase import change_own_passphrase
from aftercare.services.recovery_kit import renew_recovery_code
from aftercare.services.rotation import remove_staff, rotate_keys
from aftercare.services.staff_list import list_staff
from aftercare.vault import CHEAP_KDF, OpenVault, slots, verify_vault
from aftercare.vault.backup_file import read_backup
from aftercare.vault.files import Layout
from aftercare.vault.header import decode
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import derive_here
from aftercare.vault.recovery import new_recovery_code
from aftercare.vault.recovery_parts import RecoveryKit
from aftercare.vault.restore_keys import SignIn, unlocked_by
from conftest import CLOCK, NOW, PASSPHRASE, Template

NEW = "seven lamps along the quay"
NADJA, BORIS = "a kettle for the night shift", "the long bridge in november"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("members", "slot_changes"):
        monkeypatch.setattr(f"aftercare.vault.{module}.measured_kdf", lambda: CHEAP_KDF)


def add(folder: Path, login_name: str, passphrase: str, role: Role) -> None:
    """Somebody new, who has come in with their code."""
    with signed_in(folder) as office:
        draft = StaffDraft(login_name, login_name.title(), frozenset({role}))
        code = office.desk.do(staff.add_staff, office.keys(), draft).value
    log_in_first(folder, login_name, code.text, passphrase, clock=CLOCK).close()


def signed_in(folder: Path, login_name: str = "rahman", passphrase: str = PASSPHRASE) -> OpenOffice:
    return open_office(folder, login_name, passphrase, clock=CLOCK)


def id_of(office: OpenOffice, login_name: str) -> object:
    rows = office.desk.ask(list_staff, office.keys())
    return next(row.staff_id for row in rows if row.login_name == login_name)


def states(office: OpenOffice) -> dict[str, StaffState]:
    return {row.login_name: row.state for row in office.desk.ask(list_staff, office.keys())}


@pytest.fixture
def folder(vault: OpenVault, desk: Desk) -> Path:
    """Records of A. Rahman, Nadja (a case worker) and Boris (an administrator)."""
    vault.close()
    add(vault.folder, "nadja", NADJA, Role.CASE_WORKER)
    add(vault.folder, "boris", BORIS, Role.ADMINISTRATOR)
    return vault.folder


@pytest.fixture
def backup(folder: Path) -> Path:
    with signed_in(folder) as office:
        return backups.back_up(office).path


def remove(folder: Path, login_name: str) -> None:
    with signed_in(folder) as office:
        remove_staff(office, id_of(office, login_name))  # type: ignore[arg-type]


def change(folder: Path, login_name: str, before: str, passphrase: str) -> None:
    with signed_in(folder, login_name, before) as office:
        change_own_passphrase(office, before, passphrase)


def stays_outside(folder: Path, login_name: str, passphrase: str) -> bool:
    try:
        signed_in(folder, login_name, passphrase).close()
    except WrongPassphrase:
        Layout(folder).attempts.unlink(missing_ok=True)
        return True
    return False


@pytest.mark.promise(11)
def test_whoever_was_removed_since_the_backup_stays_outside_after_it_is_restored(folder: Path, backup: Path) -> None:
    remove(folder, "nadja")
    assert ways_in_after(backup, folder) is WaysIn.OF_THEN
    restored = backups.restore(backup, folder, "rahman", PASSPHRASE, clock=CLOCK)
    assert (restored.ways_in, restored.closed, restored.back) == (WaysIn.OF_TODAY, ("Nadja",), ())
    assert stays_outside(folder, "nadja", NADJA)
    with signed_in(folder) as office:
        assert states(office)["nadja"] is StaffState.DISABLED
        assert states(office)["boris"] is StaffState.WORKING
        assert office.desk.ask(show_ages_of_keys).due_since is None
        assert verify_vault(office.vault, lambda _: None, lambda: False).sound


@pytest.mark.promise(11)
def test_the_key_of_then_opens_nothing_that_was_restored_with_the_key_of_today(folder: Path, backup: Path) -> None:
    then = decode(read_backup(backup).label.header)
    old, _ = unlocked_by(then, SignIn("nadja", NADJA), derive_here)
    remove(folder, "nadja")
    backups.restore(backup, folder, "rahman", PASSPHRASE, clock=CLOCK)
    now = read_headers(Layout(folder)).header
    assert now.generation == 2
    today, _ = unlocked_by(now, SignIn("rahman", PASSPHRASE), derive_here)
    assert old.data_key != today.data_key
    gone = {slot.id for slot in slots.real_slots(then, old.inner)} & {slot.id for slot in now.slots}
    assert len(gone) == 3  # Rahman, Boris and the code


def test_a_password_of_today_restores_and_stays_the_one_that_opens(folder: Path, backup: Path) -> None:
    change(folder, "rahman", PASSPHRASE, NEW)
    restored = backups.restore(backup, folder, "rahman", NEW, clock=CLOCK)
    assert restored.ways_in is WaysIn.OF_TODAY
    assert stays_outside(folder, "rahman", PASSPHRASE)
    signed_in(folder, "rahman", NEW).close()


def test_whoever_came_after_the_backup_has_no_account_in_it(folder: Path, backup: Path) -> None:
    add(folder, "miriam", NEW, Role.CASE_WORKER)
    backups.restore(backup, folder, "rahman", PASSPHRASE, clock=CLOCK)
    assert stays_outside(folder, "miriam", NEW)
    with signed_in(folder) as office:
        assert len(office.vault.accounts) == 3


def test_an_earlier_password_that_only_the_backup_knows_is_told_until_a_new_key_is_made(
    folder: Path, backup: Path
) -> None:
    remove(folder, "nadja")
    change(folder, "rahman", PASSPHRASE, NEW)
    restored = backups.restore(backup, folder, "rahman", PASSPHRASE, clock=CLOCK)
    assert (restored.ways_in, restored.closed, restored.back) == (WaysIn.OF_THEN, ("Nadja",), ("A. Rahman",))
    assert stays_outside(folder, "nadja", NADJA)
    with signed_in(folder) as office:
        assert office.desk.ask(show_ages_of_keys).due_since is not None
        told = [warning for warning in office.warnings if isinstance(warning, EarlierPassphrasesBack)]
        assert [warning.accounts for warning in told] == [1]
        rotate_keys(office)
    with signed_in(folder) as office:
        assert not any(isinstance(warning, EarlierPassphrasesBack | EarlierKeyBack) for warning in office.warnings)


@pytest.mark.promise(11)
def test_whoever_was_removed_does_not_restore_what_was_before(folder: Path, backup: Path) -> None:
    remove(folder, "nadja")
    before = sorted(path.name for path in folder.parent.iterdir())
    with pytest.raises(AccountClosedSince):
        backups.restore(backup, folder, "nadja", NADJA, clock=CLOCK)
    assert sorted(path.name for path in folder.parent.iterdir()) == before


def test_a_newer_backup_beside_it_tells_who_was_removed_where_the_key_files_are_lost(
    folder: Path, backup: Path
) -> None:
    remove(folder, "nadja")
    with signed_in(folder) as office:
        backups.back_up(office)
    for header in Layout(folder).headers:
        header.unlink()
    restored = backups.restore(backup, folder.with_name("elsewhere"), "rahman", PASSPHRASE, clock=CLOCK)
    assert restored.ways_in is WaysIn.OF_TODAY
    assert stays_outside(folder.with_name("elsewhere"), "nadja", NADJA)


def test_without_anything_newer_it_is_said_that_nothing_is_known(folder: Path, backup: Path, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    alone = Path(backup.rename(tmp_path / "stick" / backup.name))
    remove(folder, "nadja")
    assert ways_in_after(alone, tmp_path / "new") is WaysIn.NOT_KNOWN
    restored = backups.restore(alone, tmp_path / "new", "rahman", PASSPHRASE, clock=CLOCK)
    assert restored.ways_in is WaysIn.NOT_KNOWN


def test_the_code_of_then_brings_the_key_of_then_and_it_is_told(folder: Path, backup: Path, template: Template) -> None:
    with signed_in(folder) as office:
        kit = RecoveryKit(new_recovery_code())
        renew_recovery_code(office, kit, [kit.code.text], kdf=CHEAP_KDF)
    restored = backups.restore_with_code(backup, folder, template.code.text, clock=CLOCK)
    assert (restored.ways_in, restored.back) == (WaysIn.OF_THEN, ())
    with signed_in(folder) as office:
        assert any(isinstance(warning, EarlierKeyBack) for warning in office.warnings)


def test_accounts_that_nobody_changed_are_no_news(folder: Path, backup: Path) -> None:
    with signed_in(folder):
        pass  # another anchor, the same keys
    assert ways_in_after(backup, folder) is WaysIn.UNCHANGED
    restored = backups.restore(backup, folder, "nadja", NADJA, clock=CLOCK)
    assert (restored.ways_in, restored.closed, restored.back) == (WaysIn.UNCHANGED, (), ())
    with signed_in(folder) as office, Session(office.vault.engine) as session:
        assert session.get(Setting, ROTATION_DUE) is None


# --- trying ------------------------------------------------------------------------------------------------------


def test_passwords_tried_on_a_backup_wait_like_those_at_the_door_and_stand_in_the_log(
    folder: Path, backup: Path, tmp_path: Path
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            backups.restore(backup, folder, "rahman", "not this one at all", clock=CLOCK)
    with pytest.raises(TooManyAttempts):
        backups.restore(backup, folder, "rahman", PASSPHRASE, clock=CLOCK)
    with pytest.raises(TooManyAttempts):
        backups.restore(backup, tmp_path / "elsewhere", "rahman", PASSPHRASE, clock=CLOCK)
    with pytest.raises(TooManyAttempts):
        salvaging.salvage(folder, tmp_path / "saved", "rahman", PASSPHRASE, clock=CLOCK)
    backups.restore(backup, folder, "rahman", PASSPHRASE, clock=later())
    with signed_in(folder) as office, office.vault.engine.connect() as connection:
        failed = "SELECT count(*) FROM audit_entry WHERE action = 'vault.unlock_failed'"
        assert connection.execute(text(failed)).scalar() == 5


def test_passwords_tried_to_save_what_is_readable_wait_too_and_stand_in_the_new_log(
    folder: Path, tmp_path: Path
) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            salvaging.salvage(folder, tmp_path / "saved", "rahman", "not this one at all", clock=CLOCK)
    with pytest.raises(TooManyAttempts):
        signed_in(folder)
    before = (folder / "attempts").read_bytes()
    salvaging.salvage(folder, tmp_path / "saved", "rahman", PASSPHRASE, clock=later())
    # the damaged vault is only read
    assert (folder / "attempts").read_bytes() == before
    with signed_in(tmp_path / "saved") as office, office.vault.engine.connect() as connection:
        logged = connection.execute(text("SELECT action, reason, actor FROM audit_entry ORDER BY seq")).fetchall()
    at = [action for action, _, _ in logged].index("vault.salvaged")
    assert logged[at - 5 : at] == [("vault.unlock_failed", NOW.strftime("%Y-%m-%dT%H:%M:%SZ"), None)] * 5
    assert [action for action, _, _ in logged].count("vault.unlock_failed") == 5


def later() -> Clock:
    return stopped_at(NOW + timedelta(minutes=10))

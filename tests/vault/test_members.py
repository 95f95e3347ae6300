"""Accounts: a code that works once and for a time, a passphrase of one's own, and nothing left of what was before."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import (
    AccountsFull,
    Bug,
    DiskFull,
    HeaderRolledBack,
    LoginCodeExpired,
    LoginCodeIncomplete,
    LoginCodeUnreadable,
    WeakPassphrase,
    WrongPassphrase,
)
from aftercare.vault import (
    CHEAP_KDF,
    OpenVault,
    Recovered,
    open_vault,
    open_with_code,
    slots,
    start_again,
)
from aftercare.vault.device_secret import DeviceTie
from aftercare.vault.files import Layout
from aftercare.vault.header import SlotKind
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import derive_here
from aftercare.vault.login_code import LoginCode, parse_login_code
from aftercare.vault.members import IssuedCode, Member, Members, open_with_login_code
from aftercare.vault.recovery import new_recovery_code
from aftercare.vault.rotate import rotate
from conftest import NOW

RAHMAN = UUID("01930000-0000-7000-8000-000000000001")
PASSPHRASE = "the heron sings at dusk"
OWN = "seven lamps along the quay"
OTHER = "a kettle for the night shift"
NADJA = Member(UUID(int=2), "Nadja", ("Nadja Kovač",))


@pytest.fixture
def members(vault: OpenVault) -> Members:
    return Members(vault, kdf=CHEAP_KDF)


def issue(members: Members, vault: OpenVault, member: Member = NADJA) -> IssuedCode:
    with Session(vault.engine) as session, session.begin():
        return members.issue_code(session, member)


def come_in(folder: Path, code: LoginCode, passphrase: str = OWN, now: datetime = NOW) -> None:
    with (
        open_with_login_code(folder, "nadja", code, clock=stopped_at(now)) as vault,
        Session(vault.engine) as session,
        session.begin(),
    ):
        Members(vault, kdf=CHEAP_KDF).choose_passphrase(session, NADJA, passphrase)


def do_as_rahman(folder: Path, deed: Callable[[Members, Session], object]) -> None:
    with (
        open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as vault,
        Session(vault.engine) as session,
        session.begin(),
    ):
        deed(Members(vault, kdf=CHEAP_KDF), session)


def opens(folder: Path, name: str, passphrase: str, now: datetime = NOW) -> bool:
    """Whether it opens; what was counted as a failure is forgotten again."""
    try:
        open_vault(folder, name, passphrase, clock=stopped_at(now)).close()
    except WrongPassphrase:
        Layout(folder).attempts.unlink(missing_ok=True)
        return False
    return True


def log_of(vault: OpenVault) -> list[tuple[str, str]]:
    with vault.engine.connect() as connection:
        rows = connection.execute(text("SELECT action, coalesce(object_id, '') FROM audit_entry ORDER BY seq"))
        return [(action, about) for action, about in rows]


def test_somebody_comes_in_with_a_code_and_goes_on_with_a_passphrase_of_their_own(
    members: Members, vault: OpenVault, folder: Path
) -> None:
    issued = issue(members, vault)
    assert issued.expires == NOW + timedelta(hours=72)
    vault.close()
    come_in(folder, issued.code)
    assert opens(folder, " NADJA", OWN)
    assert opens(folder, "A. Rahman", PASSPHRASE)


def test_one_account_more_than_a_key_file_is_read_with_is_refused_and_all_others_still_open(
    members: Members, vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was written, and then read as damaged: nobody would have come in any more, not with any backup either."""
    monkeypatch.setattr("aftercare.vault.slots.MOST_SLOTS", 16)
    monkeypatch.setattr("aftercare.vault.header.MOST_SLOTS", 16)
    for number in range(14):  # with Rahman and the recovery code
        issue(members, vault, Member(uuid4(), f"worker {number}", ()))
    with pytest.raises(AccountsFull):
        issue(members, vault)
    assert len(members.ways_in()) == 15
    vault.close()
    assert opens(folder, "A. Rahman", PASSPHRASE)


def test_a_code_works_once(members: Members, vault: OpenVault, folder: Path) -> None:
    issued = issue(members, vault)
    vault.close()
    come_in(folder, issued.code)
    with pytest.raises(WrongPassphrase):
        open_with_login_code(folder, "nadja", issued.code, clock=stopped_at(NOW))


def test_a_code_that_was_not_used_up_stays_good(members: Members, vault: OpenVault, folder: Path) -> None:
    issued = issue(members, vault)
    vault.close()
    open_with_login_code(folder, "nadja", issued.code, clock=stopped_at(NOW)).close()
    with pytest.raises(WeakPassphrase):
        come_in(folder, issued.code, "nadja nadja nadja")
    come_in(folder, issued.code)


def test_a_code_is_no_passphrase_and_opens_no_other_name(members: Members, vault: OpenVault, folder: Path) -> None:
    issued = issue(members, vault)
    vault.close()
    assert not opens(folder, "nadja", issued.code.text)
    with pytest.raises(WrongPassphrase):
        open_with_login_code(folder, "A. Rahman", issued.code, clock=stopped_at(NOW))


def test_after_its_time_the_right_code_says_so_and_a_wrong_one_does_not(
    members: Members, vault: OpenVault, folder: Path
) -> None:
    issued = issue(members, vault)
    vault.close()
    late = stopped_at(NOW + timedelta(hours=72))
    with pytest.raises(LoginCodeExpired):
        open_with_login_code(folder, "nadja", issued.code, clock=late)
    with pytest.raises(WrongPassphrase):
        open_with_login_code(folder, "nadja", LoginCode(bytes(10)), clock=late)


@pytest.mark.promise(18)
def test_setting_the_clock_back_does_not_make_a_code_good_again(
    members: Members, vault: OpenVault, folder: Path, unlock: Callable[..., OpenVault]
) -> None:
    issued = issue(members, vault)
    vault.close()
    unlock(clock=stopped_at(NOW + timedelta(days=4))).close()
    with pytest.raises(LoginCodeExpired):
        open_with_login_code(folder, "nadja", issued.code, clock=stopped_at(NOW))


def test_the_slots_of_expired_codes_are_taken_away(
    members: Members, vault: OpenVault, unlock: Callable[..., OpenVault]
) -> None:
    issue(members, vault)
    vault.close()
    later = unlock(clock=stopped_at(NOW + timedelta(days=4)))
    with Session(later.engine) as session, session.begin():
        assert Members(later).drop_expired(session) == 1
    assert later.accounts == {RAHMAN}
    assert ("vault.one_time_code_expired", NADJA.account_id.hex) in log_of(later)


def test_a_reset_account_opens_with_the_new_code_alone(
    members: Members, vault: OpenVault, folder: Path, unlock: Callable[..., OpenVault]
) -> None:
    first = issue(members, vault)
    vault.close()
    come_in(folder, first.code)
    again = unlock()
    second = issue(Members(again, kdf=CHEAP_KDF), again)
    again.close()
    assert not opens(folder, "nadja", OWN)
    with pytest.raises(WrongPassphrase):
        open_with_login_code(folder, "nadja", first.code, clock=stopped_at(NOW))
    come_in(folder, second.code, OTHER)
    assert opens(folder, "nadja", OTHER)


def test_a_changed_passphrase_takes_the_place_of_the_one_before(
    members: Members, vault: OpenVault, folder: Path
) -> None:
    rahman = Member(RAHMAN, "A. Rahman")
    with Session(vault.engine) as session, session.begin():
        with pytest.raises(WeakPassphrase):
            members.change_passphrase(session, rahman, "short")
        members.change_passphrase(session, rahman, OWN)
    vault.close()
    assert opens(folder, "A. Rahman", OWN)
    assert not opens(folder, "A. Rahman", PASSPHRASE)


def test_a_changed_passphrase_stays_tied_to_the_computer(
    members: Members, vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tie = DeviceTie(b"n" * 16, bytes(range(32)))
    monkeypatch.setattr("aftercare.vault.device_secret.read", lambda name: {tie.name: tie.secret}[name])
    rahman = Member(RAHMAN, "A. Rahman")
    for passphrase in (OWN, OTHER):
        with Session(vault.engine) as session, session.begin():
            members.change_passphrase(session, rahman, passphrase)
            if passphrase == OWN:  # tied by hand: how it comes to be tied is tested with the key store
                tied_by_hand(vault, session, passphrase, tie)
    vault.close()
    assert {slot.device for slot in vault.unlocked.header.slots} >= {tie.name}
    assert opens(folder, "A. Rahman", OTHER)


def tied_by_hand(vault: OpenVault, session: Session, passphrase: str, tie: DeviceTie) -> None:
    now = vault.unlocked
    (mine,) = [owner for owner in now.inner.owners if owner.account == RAHMAN]
    slot = slots.slot_of_member(
        now.header,
        SlotKind.STAFF,
        "A. Rahman",
        slots.passphrase_secret(passphrase),
        kdf=CHEAP_KDF,
        data_key=now.data_key,
        derive=derive_here,
        tie=tie,
    )
    others = [one for one in slots.real_slots(now.header, now.inner) if one.id != mine.slot]
    owners = tuple(replace(owner, slot=slot.id) if owner is mine else owner for owner in now.inner.owners)
    vault.write_keys_with(session, slots.with_slots(now.header, [*others, slot]), replace(now.inner, owners=owners))


def test_nobody_chooses_or_changes_the_passphrase_of_somebody_else(members: Members, vault: OpenVault) -> None:
    issue(members, vault)
    with Session(vault.engine) as session, session.begin():
        for method in (members.change_passphrase, members.choose_passphrase):
            with pytest.raises(Bug):
                method(session, NADJA, OWN)


def test_a_passphrase_of_before_leads_nowhere_even_with_the_header_of_then(
    members: Members, vault: OpenVault, folder: Path, tmp_path: Path
) -> None:
    """A fresh key pair at each change: what the old secret still unlocks in an old copy opens no box of today."""
    vault.write_anchor()
    old = read_headers(Layout(folder)).header
    with Session(vault.engine) as session, session.begin():
        members.change_passphrase(session, Member(RAHMAN, "A. Rahman"), OWN)
    rotate(vault, lambda _done, _total: None)
    slot, old_key = slots.open_with_passphrase(old, "A. Rahman", PASSPHRASE, derive_here)
    assert old_key != vault.unlocked.data_key
    assert slot.public not in {one.public for one in vault.unlocked.header.slots}


def test_somebody_with_another_name_signs_in_with_it_and_the_passphrase_they_have(
    members: Members, vault: OpenVault, folder: Path
) -> None:
    issued = issue(members, vault)
    vault.close()
    come_in(folder, issued.code)
    do_as_rahman(folder, lambda members, session: members.rename(session, Member(NADJA.account_id, "Nadja K.")))
    assert opens(folder, "nadja k.", OWN)
    assert not opens(folder, "nadja", OWN)


def test_a_closed_account_opens_nothing_and_nothing_tells_of_it(
    members: Members, vault: OpenVault, folder: Path
) -> None:
    issued = issue(members, vault)
    vault.close()
    come_in(folder, issued.code)
    for _twice in range(2):
        do_as_rahman(folder, lambda members, session: members.close(session, NADJA.account_id))
    assert not opens(folder, "nadja", OWN)


def test_the_recovery_code_stays_good_whoever_comes_and_goes(
    members: Members, vault: OpenVault, folder: Path, template: Any
) -> None:
    issued = issue(members, vault)
    vault.close()
    come_in(folder, issued.code)
    open_with_code(folder, template.code, clock=stopped_at(NOW)).close()


def test_an_earlier_header_put_back_after_a_reset_is_refused(
    members: Members, vault: OpenVault, folder: Path, tmp_path: Path, unlock: Callable[..., OpenVault]
) -> None:
    vault.write_anchor()
    for copy in Layout(folder).headers:
        shutil.copy2(copy, tmp_path / copy.name)
    issue(members, vault, Member(RAHMAN, "A. Rahman"))
    vault.close()
    for copy in Layout(folder).headers:
        shutil.copy2(tmp_path / copy.name, copy)
    with pytest.raises(HeaderRolledBack):
        unlock()


def test_every_change_is_logged_with_the_account_and_no_name(members: Members, vault: OpenVault) -> None:
    issue(members, vault)
    assert log_of(vault)[-1] == ("vault.one_time_code_issued", NADJA.account_id.hex)
    assert b"adja" not in Layout(vault.folder).headers[0].read_bytes()


# --- when something fails ----------------------------------------------------------------------------------------


def test_what_the_records_refuse_changes_no_key(members: Members, vault: OpenVault, folder: Path) -> None:
    before = read_headers(Layout(folder)).header
    with Session(vault.engine) as session:
        session.begin()
        members.issue_code(session, NADJA)
        members.close(session, RAHMAN)
        session.rollback()
    after = read_headers(Layout(folder)).header
    assert after.slots == before.slots
    assert vault.accounts == {RAHMAN}
    assert "vault.one_time_code_issued" not in dict(log_of(vault))


def test_a_commit_that_fails_puts_the_keys_back(
    members: Members, vault: OpenVault, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlalchemy.engine.default import DefaultDialect

    before = read_headers(Layout(folder)).header
    commit = DefaultDialect.do_commit

    def refuse(_dialect: object, _connection: object) -> None:
        raise DiskFull

    monkeypatch.setattr(DefaultDialect, "do_commit", refuse)
    with pytest.raises(DiskFull), Session(vault.engine) as session, session.begin():
        members.issue_code(session, NADJA)
    monkeypatch.setattr(DefaultDialect, "do_commit", commit)
    assert read_headers(Layout(folder)).header.slots == before.slots
    assert vault.accounts == {RAHMAN}


def test_a_header_that_cannot_be_written_changes_neither_keys_nor_records(
    members: Members, vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_layout: Layout, _header: object) -> None:
        raise DiskFull

    before = vault.unlocked
    monkeypatch.setattr("aftercare.vault.opened.write_in_turn", refuse)
    with pytest.raises(DiskFull):
        issue(members, vault)
    monkeypatch.undo()
    assert vault.unlocked == before
    vault.write_anchor()
    assert vault.accounts == {RAHMAN}
    assert "vault.one_time_code_issued" not in dict(log_of(vault))


def test_a_crash_between_keys_and_log_is_told_at_the_next_opening(
    members: Members, vault: OpenVault, folder: Path, unlock: Callable[..., OpenVault]
) -> None:
    with Session(vault.engine) as session:
        session.begin()
        members.issue_code(session, NADJA)
        crashed = folder.with_name("crashed")
        shutil.copytree(folder, crashed)
        session.rollback()
    vault.close()
    crashed.chmod(0o700)
    for turn in range(2):
        with open_vault(crashed, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as found:
            told = [entry for entry in log_of(found) if entry[0] == "vault.keys_changed_before_crash"]
            assert told == [("vault.keys_changed_before_crash", NADJA.account_id.hex)], turn


def test_a_crash_after_the_recovery_code_was_used_is_told_and_leaves_no_way_back(
    vault: OpenVault, folder: Path, template: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.close()
    who, code = Recovered(RAHMAN, "A. Rahman"), new_recovery_code()
    crashed, earlier = folder.with_name("crashed"), [header.read_bytes() for header in Layout(folder).headers]
    written = OpenVault.write_keys

    def cut_off(self: OpenVault, *changed: Any) -> None:
        written(self, *changed)
        if not crashed.exists():
            shutil.copytree(folder, crashed)

    opened = open_with_code(folder, template.code, clock=stopped_at(NOW))
    monkeypatch.setattr(OpenVault, "write_keys", cut_off)
    start_again(opened, who, OWN, code, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    left = folder.with_name("left")
    shutil.copytree(folder, left)
    opened.close()
    crashed.chmod(0o700)
    with open_vault(crashed, "A. Rahman", OWN, clock=stopped_at(NOW)) as found:
        assert ("vault.keys_changed_before_crash", RAHMAN.hex) in log_of(found)
    left.chmod(0o700)
    for header, content in zip(Layout(left).headers, earlier, strict=True):
        header.write_bytes(content)
    with pytest.raises(HeaderRolledBack):
        open_vault(left, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW))


# --- the code itself ---------------------------------------------------------------------------------------------


def test_a_code_is_read_however_it_is_typed_and_a_wrong_group_is_named() -> None:
    code = LoginCode(bytes(range(10)))
    assert len(code.groups) == 4
    assert parse_login_code(f"  {code.text.lower().replace('-', ' ')} ") == code
    wrong = code.text[:-1] + ("0" if code.text[-1] != "0" else "1")
    with pytest.raises(LoginCodeUnreadable) as told:
        parse_login_code(wrong)
    assert told.value.group == 4
    with pytest.raises(LoginCodeIncomplete):
        parse_login_code(code.text[:-3])


def test_the_kinds_of_slot_cannot_be_told_apart_from_outside(members: Members, vault: OpenVault) -> None:
    issue(members, vault)
    kinds = {owner.kind for owner in vault.unlocked.inner.owners}
    assert kinds == {SlotKind.STAFF, SlotKind.ONE_TIME_CODE, SlotKind.RECOVERY}
    shapes = {
        (len(slot.tag), slot.kdf, len(slot.private_sealed), len(slot.data_key_boxed))
        for slot in vault.unlocked.header.slots
    }
    assert len(shapes) == 1


def test_an_expired_code_stays_expired_however_often_it_is_tried_with_the_clock_set_back(
    members: Members, vault: OpenVault, folder: Path, unlock: Callable[..., OpenVault]
) -> None:
    issued = issue(members, vault)
    vault.close()
    unlock(clock=stopped_at(NOW + timedelta(days=4))).close()
    for _time in range(3):
        with pytest.raises(LoginCodeExpired):
            open_with_login_code(folder, "nadja", issued.code, clock=stopped_at(NOW))

"""Who works here: accounts are added, reset, closed and removed, and there is always somebody who administers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Session

from aftercare.domain.approving import Approvable
from aftercare.domain.clock import stopped_at
from aftercare.domain.drafts.staff import StaffDraft, StaffNamesDraft
from aftercare.domain.errors import (
    ApprovalNeeded,
    ConfirmationNeeded,
    DiskFull,
    DraftProblems,
    FieldProblem,
    LastAdministrator,
    LoginCodeExpired,
    NothingToUndo,
    OwnAccount,
    TooManyAttempts,
    WeakPassphrase,
    WrongPassphrase,
)
from aftercare.domain.permissions import Role
from aftercare.domain.rows.staff import CodeIssued, StaffRow, StaffState
from aftercare.records.office import Request
from aftercare.records.people import Staff
from aftercare.services import staff
from aftercare.services.deciding import change_settings
from aftercare.services.first_login import log_in_first
from aftercare.services.keys import show_ages_of_keys
from aftercare.services.office import show_settings
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.own_passphrase import change_own_passphrase
from aftercare.services.rotation import remove_staff, rotate_keys
from aftercare.services.staff_list import list_staff
from aftercare.services.undo import undo
from aftercare.vault import OpenVault, list_backups
from aftercare.vault.backup import own_backups
from conftest import CLOCK, NOW, PASSPHRASE
from ledger import Ledger

OWN = "seven lamps along the quay"
OTHER = "a kettle for the night shift"
NADJA = StaffDraft("nadja", "Nadja K.", frozenset({Role.CASE_WORKER}))
BORIS = StaffDraft("boris", "Boris T.", frozenset({Role.ADMINISTRATOR}))

pytestmark = pytest.mark.usefixtures("cheap_accounts")


def add(office: OpenOffice, draft: StaffDraft = NADJA) -> CodeIssued:
    return office.desk.do(staff.add_staff, office.keys(), draft).value


def row(office: OpenOffice, login_name: str = "nadja") -> StaffRow:
    rows = office.desk.ask(list_staff, office.keys())
    return next(one for one in rows if one.login_name == login_name)


def give_roles(office: OpenOffice, login_name: str, roles: frozenset[Role]) -> None:
    known = row(office, login_name)
    names = StaffNamesDraft(known.staff_id, known.version, known.login_name, known.display_name)
    office.desk.do(staff.correct_staff, office.keys(), names, roles)


def come_in(folder: Path, code: CodeIssued, passphrase: str = OWN, login_name: str = "nadja") -> OpenOffice:
    return log_in_first(folder, login_name, code.text, passphrase, clock=CLOCK)


@pytest.fixture
def again(vault: OpenVault, office: OpenOffice) -> Callable[[], OpenOffice]:
    """The first administrator signs in once more, after somebody else did."""

    def open_again() -> OpenOffice:
        vault.close()
        return open_office(vault.folder, "rahman", PASSPHRASE, clock=CLOCK)

    return open_again


def with_nadja(office: OpenOffice, again: Callable[[], OpenOffice], draft: StaffDraft = NADJA) -> OpenOffice:
    """The office of A. Rahman, after somebody was added and came in."""
    code = add(office, draft)
    office.close()
    come_in(office.vault.folder, code, login_name=draft.login_name).close()
    return again()


# --- coming ------------------------------------------------------------------------------------------------------


def test_somebody_new_waits_for_the_first_login_and_then_works(
    office: OpenOffice, again: Callable[[], OpenOffice]
) -> None:
    code = add(office)
    assert len(code.groups) == 4
    assert code.text not in repr(code)
    waiting = row(office)
    assert (waiting.state, waiting.code_expires) == (StaffState.WAITING, NOW + timedelta(hours=72))
    assert waiting.last_login is None
    office.close()
    with come_in(office.vault.folder, code) as inside:
        assert inside.desk.actor.name == "Nadja K."
        assert inside.desk.actor.roles == {Role.CASE_WORKER}
    with again() as back:
        working = row(back)
    assert (working.state, working.last_login, working.code_expires) == (StaffState.WORKING, NOW, None)


def test_nobody_is_added_twice_under_spellings_of_one_name_nor_without_a_role(office: OpenOffice) -> None:
    add(office)
    for wrong, field, reason in (
        (replace(NADJA, login_name=" NADJA ", display_name="N. L."), "login_name", "taken"),
        (replace(NADJA, login_name="n2", display_name="nadja  K."), "display_name", "taken"),
        (replace(NADJA, login_name=" "), "login_name", "required"),
        (replace(NADJA, login_name="x" * 81), "login_name", "too_long"),
        (replace(NADJA, login_name="n2", display_name=""), "display_name", "required"),
        (replace(NADJA, login_name="n2", display_name="N. L.", roles=frozenset()), "roles", "required"),
    ):
        with pytest.raises(DraftProblems) as refused:
            add(office, wrong)
        assert [(one.field, one.reason) for one in refused.value.problems] == [(field, reason)]
    assert len(office.vault.accounts) == 2


def test_an_expired_code_is_shown_and_replaced_by_another(office: OpenOffice) -> None:
    code = add(office)
    office.close()
    late = stopped_at(NOW + timedelta(days=4))
    with pytest.raises(LoginCodeExpired):
        log_in_first(office.vault.folder, "nadja", code.text, OWN, clock=late)
    with open_office(office.vault.folder, "rahman", PASSPHRASE, clock=late) as later:
        assert row(later).state is StaffState.CODE_EXPIRED
        fresh = later.desk.do(staff.reset_staff, later.keys(), code.staff_id).value
        assert row(later).state is StaffState.WAITING
    log_in_first(office.vault.folder, "nadja", fresh.text, OWN, clock=late).close()


def test_a_weak_first_passphrase_leaves_the_code_good(office: OpenOffice) -> None:
    code = add(office)
    office.close()
    with pytest.raises(WeakPassphrase):
        come_in(office.vault.folder, code, "nadja k nadja k")
    come_in(office.vault.folder, code).close()


# --- being here --------------------------------------------------------------------------------------------------


def test_roles_change_from_the_next_login_on(office: OpenOffice, again: Callable[[], OpenOffice]) -> None:
    with with_nadja(office, again) as back:
        roles = frozenset({Role.SHELTER_WORKER})
        give_roles(back, "nadja", roles)
        with pytest.raises(FieldProblem):
            give_roles(back, "nadja", frozenset())
    with open_office(office.vault.folder, "nadja", OWN, clock=CLOCK) as inside:
        assert inside.desk.actor.roles == roles


def test_somebody_renamed_signs_in_with_the_new_name(office: OpenOffice, again: Callable[[], OpenOffice]) -> None:
    with with_nadja(office, again) as back:
        known = row(back)
        names = StaffNamesDraft(known.staff_id, known.version, "nadja.k", "Nadja Kovač")
        back.desk.do(staff.correct_staff, back.keys(), names, known.roles)
        taken = replace(names, version=2, login_name="RAHMAN")
        with pytest.raises(DraftProblems):
            back.desk.do(staff.correct_staff, back.keys(), taken, known.roles)
    with open_office(office.vault.folder, "nadja.k", OWN, clock=CLOCK) as inside:
        assert inside.desk.actor.name == "Nadja Kovač"
    with pytest.raises(WrongPassphrase):
        open_office(office.vault.folder, "nadja", OWN, clock=CLOCK)


def test_a_reset_takes_the_passphrase_and_gives_a_code(office: OpenOffice, again: Callable[[], OpenOffice]) -> None:
    with with_nadja(office, again) as back:
        code = back.desk.do(staff.reset_staff, back.keys(), row(back).staff_id).value
    with pytest.raises(WrongPassphrase):
        open_office(office.vault.folder, "nadja", OWN, clock=CLOCK)
    come_in(office.vault.folder, code, OTHER).close()


def test_everybody_changes_their_own_passphrase_with_the_one_of_now(office: OpenOffice) -> None:
    with pytest.raises(WeakPassphrase):
        change_own_passphrase(office, "wrong, and not even looked at", "short")
    with pytest.raises(WrongPassphrase):
        change_own_passphrase(office, OTHER, OWN)
    change_own_passphrase(office, PASSPHRASE, OWN)
    office.close()
    open_office(office.vault.folder, "rahman", OWN, clock=CLOCK).close()
    with pytest.raises(WrongPassphrase):
        open_office(office.vault.folder, "rahman", PASSPHRASE, clock=CLOCK)


def test_guessing_the_passphrase_at_an_open_desk_is_slowed_as_at_the_entrance(office: OpenOffice) -> None:
    for _guess in range(5):
        with pytest.raises(WrongPassphrase):
            change_own_passphrase(office, OTHER, OWN)
    with pytest.raises(TooManyAttempts):
        change_own_passphrase(office, PASSPHRASE, OWN)


# --- going -------------------------------------------------------------------------------------------------------


def test_a_disabled_account_is_met_like_a_wrong_passphrase(office: OpenOffice, again: Callable[[], OpenOffice]) -> None:
    with with_nadja(office, again) as back:
        back.desk.do(staff.disable_staff, back.keys(), row(back).staff_id)
        assert row(back).state is StaffState.DISABLED
        assert not row(back).is_active
        with pytest.raises(FieldProblem):
            back.desk.do(staff.reset_staff, back.keys(), row(back).staff_id)
    with pytest.raises(WrongPassphrase):
        open_office(office.vault.folder, "nadja", OWN, clock=CLOCK)


def test_an_account_that_the_records_call_closed_is_met_like_a_wrong_passphrase_too(
    office: OpenOffice, again: Callable[[], OpenOffice]
) -> None:
    with with_nadja(office, again) as back, Session(back.vault.engine) as session, session.begin():
        person = session.get(Staff, row_id(session))
        assert person is not None
        person.active = False
    with pytest.raises(WrongPassphrase):
        open_office(office.vault.folder, "nadja", OWN, clock=CLOCK)


def row_id(session: Session) -> UUID:
    return session.query(Staff).filter_by(login_name="nadja").one().id


def test_an_account_opened_again_needs_a_code(office: OpenOffice, again: Callable[[], OpenOffice]) -> None:
    with with_nadja(office, again) as back:
        known = row(back).staff_id
        back.desk.do(staff.disable_staff, back.keys(), known)
        code = back.desk.do(staff.enable_staff, back.keys(), known).value
        with pytest.raises(FieldProblem):
            back.desk.do(staff.enable_staff, back.keys(), known)
    with pytest.raises(WrongPassphrase):
        open_office(office.vault.folder, "nadja", OWN, clock=CLOCK)
    come_in(office.vault.folder, code, OTHER).close()


def test_removing_somebody_changes_the_keys_after_a_backup(
    office: OpenOffice, again: Callable[[], OpenOffice], tmp_path: Path
) -> None:
    heard: list[int] = []
    with with_nadja(office, again) as back:
        key = back.vault.unlocked.data_key
        done = remove_staff(back, row(back).staff_id, lambda at, _total: heard.append(at))
        assert back.vault.unlocked.data_key != key
        assert (done.generation, row(back).state) == (2, StaffState.REMOVED)
        assert back.desk.ask(show_ages_of_keys).due_since is None
        assert [backup.path for backup in list_backups(own_backups(back.vault))] == [done.backup.path]
    assert heard == sorted(heard)
    assert heard[-1] == 100
    with pytest.raises(WrongPassphrase):
        open_office(office.vault.folder, "nadja", OWN, clock=CLOCK)
    open_office(office.vault.folder, "rahman", PASSPHRASE, clock=CLOCK).close()


def test_a_removal_that_was_stopped_half_way_says_that_the_keys_are_still_to_be_changed(
    office: OpenOffice, again: Callable[[], OpenOffice]
) -> None:
    def stop(done: int, _total: int) -> None:
        if done > 60:
            raise InterruptedError

    with with_nadja(office, again) as back:
        with pytest.raises(InterruptedError):
            remove_staff(back, row(back).staff_id, stop)
        assert back.desk.ask(show_ages_of_keys).due_since is not None
        assert row(back).state is StaffState.REMOVED
        rotate_keys(back)
        assert back.desk.ask(show_ages_of_keys).due_since is None


def test_nobody_closes_the_account_they_work_with(office: OpenOffice) -> None:
    for request in (staff.disable_staff, staff.close_for_good):
        with pytest.raises(OwnAccount):
            office.desk.do(request, office.keys(), office.desk.actor.id)


def test_the_last_administrator_with_a_passphrase_stays_one(
    office: OpenOffice, again: Callable[[], OpenOffice]
) -> None:
    add(office, BORIS)  # who only waits, so far
    me, keys = office.desk.actor.id, office.keys()
    with pytest.raises(LastAdministrator):
        give_roles(office, "rahman", frozenset({Role.MANAGER}))
    with pytest.raises(LastAdministrator):
        office.desk.do(staff.reset_staff, keys, me)
    code = office.desk.do(staff.reset_staff, keys, row(office, "boris").staff_id).value
    office.close()
    come_in(office.vault.folder, code, login_name="boris").close()
    with again() as back:
        give_roles(back, "rahman", frozenset({Role.MANAGER}))
    with open_office(office.vault.folder, "boris", OWN, clock=CLOCK) as boris:
        boris.desk.do(staff.disable_staff, boris.keys(), me)
        with pytest.raises(OwnAccount):
            boris.desk.do(staff.disable_staff, boris.keys(), boris.desk.actor.id)


# --- what is kept ------------------------------------------------------------------------------------------------


def test_every_change_is_in_the_log_with_its_account_and_cannot_be_undone(office: OpenOffice, ledger: Ledger) -> None:
    done = office.desk.do(staff.add_staff, office.keys(), NADJA)
    assert done.undo_id is None
    account = done.value.staff_id
    assert ledger == [
        ("staff.added", "staff", account, "case_worker"),
        ("vault.one_time_code_issued", "staff", account, ""),
    ]
    with Session(office.vault.engine) as session:
        request = session.query(Request).filter_by(name="add_staff").one()
    with pytest.raises(NothingToUndo):
        office.desk.do(undo, request.id)


def test_accounts_and_keys_want_a_passphrase_typed_just_now(office: OpenOffice) -> None:
    office.desk.confirmation = None
    with pytest.raises(ConfirmationNeeded):
        add(office)
    with pytest.raises(ConfirmationNeeded):
        rotate_keys(office)
    assert len(office.desk.ask(list_staff, office.keys())) == 1


def test_two_persons_remove_somebody_where_the_organisation_wants_two(office: OpenOffice) -> None:
    account = add(office).staff_id
    both = (Approvable.REMOVE_STAFF.value, Approvable.ROTATE_KEY.value)
    settings = replace(office.desk.ask(show_settings), two_persons_for=both)
    office.desk.do(change_settings, settings)
    with pytest.raises(ApprovalNeeded):
        remove_staff(office, account)
    with pytest.raises(ApprovalNeeded):
        rotate_keys(office)
    assert row(office).is_active
    assert office.vault.unlocked.header.generation == 1


def test_a_full_disk_at_the_last_moment_leaves_neither_account_nor_key(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_dialect: object, _connection: object) -> None:
        raise DiskFull

    before = office.vault.unlocked.header.slots
    monkeypatch.setattr(DefaultDialect, "do_commit", refuse)
    with pytest.raises(DiskFull):
        add(office)
    monkeypatch.undo()
    assert office.vault.unlocked.header.slots == before
    assert [one.login_name for one in office.desk.ask(list_staff, office.keys())] == ["rahman"]

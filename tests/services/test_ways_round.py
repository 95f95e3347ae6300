"""Ways round the rules of access that were tried, and lead nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest

from aftercare.domain.approving import Approvable
from aftercare.domain.clock import Clock
from aftercare.domain.drafts.access import AccessDraft
from aftercare.domain.drafts.staff import StaffDraft, StaffNamesDraft
from aftercare.domain.errors import (
    ApprovalNeeded,
    ConfirmationNeeded,
    DraftProblems,
    NotAllowed,
    NotForYourself,
    NotFound,
    NothingToUndo,
)
from aftercare.domain.permissions import Permission, Reach, Role
from aftercare.domain.rows.log import LogFilter
from aftercare.records.people import Case
from aftercare.services import staff
from aftercare.services.access import change_access
from aftercare.services.approvals import answer_approval, ask_approval, list_approvals, need_approval
from aftercare.services.break_glass import open_glass
from aftercare.services.confirming import confirm_identity
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.door import new_recovery_kit
from aftercare.services.exclusions import exclude
from aftercare.services.log_export import export_log
from aftercare.services.office import OfficeSettings
from aftercare.services.opening import OpenOffice
from aftercare.services.recovery_kit import renew_recovery_code
from aftercare.services.rotation import may_rotate
from aftercare.services.survivors import open_person
from aftercare.services.undo import undo
from aftercare.services.work import Confirmation, Work, needs
from aftercare.vault import CHEAP_KDF
from conftest import CLOCK, NOW, PASSPHRASE
from makers import COLLEAGUE, a_colleague, a_survivor

pytestmark = pytest.mark.usefixtures("cheap_accounts")


def as_colleague(desk: Desk, role: Role, reach: Reach | None = None) -> Desk:
    return replace(desk, actor=replace(a_colleague(desk, role), own_reach=reach))


# --- undoing ------------------------------------------------------------------------------------------------------


def test_nobody_undoes_what_somebody_else_did(desk: Desk) -> None:
    shelter = as_colleague(desk, Role.SHELTER_WORKER)
    head = a_survivor(desk)
    done = desk.do(exclude, head.survivor_id, COLLEAGUE)
    assert done.undo_id is not None
    other = replace(shelter, actor=replace(shelter.actor, id=desk.actor.id.__class__(int=77)))
    with pytest.raises(NothingToUndo):
        other.do(undo, done.undo_id)


def test_an_undo_needs_what_the_request_itself_needs(desk: Desk) -> None:
    head = a_survivor(desk)
    done = desk.do(_risk_explained, head.case_id)
    assert done.undo_id is not None
    less = replace(desk, actor=replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER})))
    with pytest.raises(NotAllowed):
        less.do(undo, done.undo_id)
    back = desk.do(undo, done.undo_id)
    assert back.undo_id is not None
    with pytest.raises(NotAllowed):
        less.do(undo, back.undo_id)


@needs(Permission.WRITE_RECORDS)
def _risk_explained(work: Work, case_id: object) -> None:
    work.get(Case, case_id).risk_reason = "He knows the street"


def test_what_somebody_may_do_is_decided_anew_and_not_undone(desk: Desk) -> None:
    a_colleague(desk)
    done = desk.do(change_access, COLLEAGUE, AccessDraft(withheld=frozenset({Permission.SEE_HEALTH})))
    assert done.undo_id is None or _refused(desk, done.undo_id)


def _refused(desk: Desk, request_id: object) -> bool:
    with pytest.raises(NothingToUndo):
        desk.do(undo, request_id)  # type: ignore[arg-type]
    return True


# --- two persons --------------------------------------------------------------------------------------------------


def test_what_was_agreed_to_is_used_up_also_where_the_request_is_undone(desk: Desk) -> None:
    second = as_colleague(desk, Role.MANAGER)
    _put_under_two(desk, Approvable.ROTATE_KEY)
    _agreed(desk, second, _asked(desk))
    done = desk.do(may_rotate)
    if done.undo_id is not None:
        _refused(desk, done.undo_id)
    with pytest.raises(ApprovalNeeded):
        desk.do(may_rotate)


@pytest.mark.parametrize("told", [{"action": "export_audit"}, {"wanted": str(COLLEAGUE)}])
def test_what_the_second_person_reads_is_what_is_let_through(desk: Desk, told: dict[str, str]) -> None:
    second = as_colleague(desk, Role.MANAGER)
    _put_under_two(desk, Approvable.ROTATE_KEY)
    needed = _asked(desk)
    disguised = ApprovalNeeded(told.get("action", needed.action), needed.about, told.get("wanted", needed.wanted))
    _agreed(desk, second, disguised)
    with pytest.raises(ApprovalNeeded):
        desk.do(may_rotate)


def test_the_recovery_code_and_the_log_wait_for_the_second_person_too(office: OpenOffice, tmp_path: Path) -> None:
    _put_under_two(office.desk, Approvable.RENEW_CODE, Approvable.EXPORT_AUDIT)
    kit = new_recovery_kit()
    with pytest.raises(ApprovalNeeded):
        renew_recovery_code(office, kit, [kit.code.text], kdf=CHEAP_KDF)
    with pytest.raises(ApprovalNeeded):
        export_log(office, LogFilter(), tmp_path / "log.csv")
    assert not (tmp_path / "log.csv").exists()


def test_the_log_goes_out_once_for_each_agreement(office: OpenOffice, tmp_path: Path) -> None:
    second = as_colleague(office.desk, Role.MANAGER)
    _put_under_two(office.desk, Approvable.EXPORT_AUDIT)
    with pytest.raises(ApprovalNeeded) as needed:
        export_log(office, LogFilter(), tmp_path / "log.csv")
    _agreed(office.desk, second, needed.value)
    assert export_log(office, LogFilter(), tmp_path / "log.csv").lines
    with pytest.raises(ApprovalNeeded):
        export_log(office, LogFilter(), tmp_path / "log.csv")


def _put_under_two(desk: Desk, *what: Approvable) -> None:
    desk.do(change_settings, OfficeSettings(two_persons_for=what))


def _asked(desk: Desk) -> ApprovalNeeded:
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(may_rotate)
    return needed.value


def _agreed(desk: Desk, second: Desk, needed: ApprovalNeeded) -> None:
    desk.do(ask_approval, needed)
    (row,) = second.ask(list_approvals)
    second.do(answer_approval, row.id, True, row.version)


MANAGER = StaffDraft("puppet", "P. Uppet", frozenset({Role.MANAGER}))
WORKER = StaffDraft("nadja", "Nadja K.", frozenset({Role.CASE_WORKER}))


def test_nobody_makes_their_own_second_person(office: OpenOffice) -> None:
    desk = office.desk
    as_colleague(desk, Role.MANAGER)
    nadja = desk.do(staff.add_staff, office.keys(), WORKER).value.staff_id
    _put_under_two(desk, Approvable.PURGE)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(staff.add_staff, office.keys(), MANAGER)
    assert needed.value.action == Approvable.GIVE_ACCESS
    names = StaffNamesDraft(nadja, 1, WORKER.login_name, WORKER.display_name)
    with pytest.raises(ApprovalNeeded):
        desk.do(staff.correct_staff, office.keys(), names, MANAGER.roles)
    desk.do(staff.reset_staff, office.keys(), nadja)


def test_a_second_person_who_alone_could_agree_can_be_let_in_again(office: OpenOffice) -> None:
    as_colleague(office.desk, Role.MANAGER)
    _put_under_two(office.desk, Approvable.PURGE, Approvable.GIVE_ACCESS)
    assert office.desk.do(staff.reset_staff, office.keys(), COLLEAGUE).value.staff_id == COLLEAGUE


def test_the_account_of_a_second_person_is_not_taken_over_by_a_reset(office: OpenOffice) -> None:
    desk = office.desk
    as_colleague(desk, Role.MANAGER)
    other = desk.do(staff.add_staff, office.keys(), MANAGER).value
    _put_under_two(desk, Approvable.PURGE)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(staff.reset_staff, office.keys(), COLLEAGUE)
    _agreed(desk, replace(desk, actor=replace(desk.actor, id=other.staff_id)), needed.value)
    assert desk.do(staff.reset_staff, office.keys(), COLLEAGUE).value.staff_id == COLLEAGUE


def test_letting_somebody_in_or_see_more_can_take_two_persons(office: OpenOffice) -> None:
    desk = office.desk
    second = as_colleague(desk, Role.MANAGER)
    nadja = desk.do(staff.add_staff, office.keys(), WORKER).value.staff_id
    _put_under_two(desk, Approvable.GIVE_ACCESS)
    with pytest.raises(ApprovalNeeded):
        desk.do(change_access, nadja, AccessDraft(Reach.ALL))
    with pytest.raises(ApprovalNeeded):
        desk.do(staff.reset_staff, office.keys(), nadja)
    desk.do(change_access, nadja, AccessDraft(Reach.OWN, withheld=frozenset({Permission.SEE_HEALTH})))
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(change_access, nadja, AccessDraft(Reach.OWN))
    desk.do(ask_approval, needed.value)
    (row,) = second.ask(list_approvals)
    assert row.about == "Nadja K."
    second.do(answer_approval, row.id, True, row.version)
    with pytest.raises(ApprovalNeeded):
        desk.do(change_access, nadja, AccessDraft(Reach.ALL))
    desk.do(change_access, nadja, AccessDraft(Reach.OWN))


def test_nobody_agrees_to_what_they_would_be_given_themselves(office: OpenOffice) -> None:
    desk = office.desk
    colleague = as_colleague(desk, Role.MANAGER)
    other = desk.do(staff.add_staff, office.keys(), MANAGER).value
    _put_under_two(desk, Approvable.GIVE_ACCESS)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(staff.reset_staff, office.keys(), other.staff_id)
    desk.do(ask_approval, needed.value)
    puppet = replace(desk, actor=replace(colleague.actor, id=other.staff_id))
    (row,) = puppet.ask(list_approvals)
    assert not row.may_answer
    with pytest.raises(NotForYourself):
        puppet.do(answer_approval, row.id, True, row.version)
    (row,) = colleague.ask(list_approvals)
    assert row.may_answer


def test_whoever_is_excluded_from_a_record_neither_hears_of_its_deletion_nor_agrees_to_it(office: OpenOffice) -> None:
    desk = office.desk
    second = as_colleague(desk, Role.MANAGER)
    head = a_survivor(desk)
    _put_under_two(desk, Approvable.PURGE)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(_purged, head.survivor_id)
    desk.do(ask_approval, needed.value)
    (row,) = second.ask(list_approvals)
    desk.do(exclude, head.survivor_id, COLLEAGUE)
    assert second.ask(list_approvals) == ()
    with pytest.raises(NotFound):
        second.do(answer_approval, row.id, True, row.version)


@needs(Permission.PURGE_RECORDS)
def _purged(work: Work, survivor_id: UUID) -> None:
    need_approval(work, Approvable.PURGE, survivor_id)


def test_nobody_takes_the_name_under_which_the_log_shows_somebody_else(office: OpenOffice) -> None:
    desk = office.desk
    as_colleague(desk, Role.MANAGER)
    names = StaffNamesDraft(desk.actor.id, 1, "rahman", " l.  OSEI ")
    with pytest.raises(DraftProblems) as refused:
        desk.do(staff.correct_staff, office.keys(), names, desk.actor.roles)
    assert [(one.field, one.reason) for one in refused.value.problems] == [("display_name", "taken")]


# --- one's own rights ---------------------------------------------------------------------------------------------


def test_an_administrator_without_records_does_not_make_themselves_a_manager(office: OpenOffice) -> None:
    desk = office.desk
    colleague = a_colleague(desk, Role.ADMINISTRATOR)
    mine = replace(desk, actor=replace(colleague, roles=frozenset({Role.ADMINISTRATOR})))
    roles = frozenset({Role.ADMINISTRATOR, Role.MANAGER})
    names = StaffNamesDraft(COLLEAGUE, 1, "osei", "L. Osei")
    with pytest.raises(NotForYourself):
        mine.do(staff.correct_staff, office.keys(), names, roles)


# --- clocks -------------------------------------------------------------------------------------------------------


def test_a_typed_password_does_not_last_longer_by_setting_the_clock_back(office: OpenOffice) -> None:
    passed = 0.0
    office.desk.clock = Clock(now=CLOCK.now, zone=CLOCK.zone, ticks=lambda: passed)
    confirm_identity(office, PASSPHRASE)
    office.desk.do(may_rotate)
    passed = 3600.0
    with pytest.raises(ConfirmationNeeded):
        office.desk.do(may_rotate)


def test_an_opened_record_closes_in_time_also_where_the_clock_is_set_back(desk: Desk) -> None:
    head = a_survivor(desk)
    osei = as_colleague(desk, Role.CASE_WORKER, Reach.OWN)
    osei.do(open_glass, head.case_code, "Nobody of her team was there")
    osei.ask(open_person, head.survivor_id)
    late = replace(desk, clock=replace(CLOCK, now=lambda: NOW + timedelta(hours=2)))
    late.do(_looked)
    with pytest.raises(NotFound):
        osei.ask(open_person, head.survivor_id)


@needs(Permission.SEE_AUDIT)
def _looked(work: Work) -> None:
    work.log("read", "log")


def test_a_confirmation_made_by_another_clock_does_not_hold() -> None:
    given = Confirmation(NOW)
    assert given.holds(NOW, 0.0)
    assert not given.holds(NOW, 301.0)

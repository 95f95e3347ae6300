"""What the organisation puts under two persons: asked by one, agreed by another, done once."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from aftercare.domain.approving import Approvable
from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import (
    ApprovalNeeded,
    NotForYourself,
    NotFound,
)
from aftercare.domain.permissions import Permission, Role
from aftercare.services.approvals import answer_approval, ask_approval, list_approvals, my_approvals, need_approval
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.office import OfficeSettings
from aftercare.services.work import Work, needs
from conftest import NOW
from makers import a_colleague


@needs(Permission.SET_POLICY)
def purge(work: Work, what: str) -> str:
    need_approval(work, Approvable.PURGE, what)
    return "purged"


@pytest.fixture
def second(desk: Desk) -> Desk:
    """L. Osei, another manager."""
    return replace(desk, actor=a_colleague(desk, Role.MANAGER))


def _under_two(desk: Desk) -> None:
    desk.do(change_settings, OfficeSettings(two_persons_for=(Approvable.PURGE,)))


def test_nothing_is_under_two_persons_unless_the_organisation_says_so(desk: Desk) -> None:
    assert desk.do(purge, "S-0001").value == "purged"


def test_what_is_under_two_persons_waits_for_the_second_and_is_done_once(desk: Desk, second: Desk) -> None:
    _under_two(desk)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(purge, "S-0001")
    desk.do(ask_approval, needed.value, "She asked for it")
    with pytest.raises(ApprovalNeeded) as waiting:
        desk.do(purge, "S-0001")
    assert waiting.value.waits
    (row,) = second.ask(list_approvals)
    assert (row.action, row.asked_by, row.words, row.may_answer) == ("purge", "A. Rahman", "She asked for it", True)
    second.do(answer_approval, row.id, True, row.version)
    with pytest.raises(ApprovalNeeded):
        desk.do(purge, "S-0002")
    assert desk.do(purge, "S-0001").value == "purged"
    assert desk.ask(my_approvals)[0].carried_out_at == NOW
    with pytest.raises(ApprovalNeeded):
        desk.do(purge, "S-0001")


def test_nobody_agrees_to_what_they_asked_for(desk: Desk, second: Desk) -> None:
    _under_two(desk)
    key = _asked(desk)
    with pytest.raises(NotForYourself):
        desk.do(answer_approval, key, True, None)


def test_a_refusal_lets_nothing_through_and_time_runs_out(desk: Desk, second: Desk) -> None:
    _under_two(desk)
    second.do(answer_approval, _asked(desk), False, None)
    with pytest.raises(ApprovalNeeded):
        desk.do(purge, "S-0001")
    key = _asked(desk)
    second.clock = stopped_at(NOW + timedelta(hours=24))
    second.confirmation = None if second.confirmation is None else replace(second.confirmation, at=second.clock.now())
    with pytest.raises(NotFound):
        second.do(answer_approval, key, True, None)


@pytest.mark.promise(18)
def test_an_approval_holds_in_its_day_and_not_by_a_clock_set_back(desk: Desk, second: Desk) -> None:
    _under_two(desk)
    second.do(answer_approval, _asked(desk), True, None)
    for away in (timedelta(days=-1095), timedelta(hours=24)):
        with pytest.raises(ApprovalNeeded):
            replace(desk, clock=stopped_at(NOW + away)).do(purge, "S-0001")
    desk.do(purge, "S-0001")


def _asked(desk: Desk) -> UUID:
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(purge, "S-0001")
    return desk.do(ask_approval, needed.value).value


def test_one_person_does_not_take_the_second_away(desk: Desk, second: Desk) -> None:
    _under_two(desk)
    with pytest.raises(ApprovalNeeded):
        desk.do(change_settings, OfficeSettings())


def test_an_office_whose_second_person_has_left_can_go_on(desk: Desk) -> None:
    _under_two(desk)
    assert desk.do(change_settings, OfficeSettings()).value.two_persons_for == ()

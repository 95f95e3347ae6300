"""What the organisation decides is announced like a changed record; what the program notes for itself is not."""

from __future__ import annotations

import pytest

from aftercare.domain.drafts.staff import StaffDraft
from aftercare.domain.permissions import Permission, Role
from aftercare.services import staff
from aftercare.services.access import add_team
from aftercare.services.backups import back_up
from aftercare.services.deciding import decide
from aftercare.services.desk import Announcement
from aftercare.services.office import next_number
from aftercare.services.opening import OpenOffice
from aftercare.services.rotation import rotate_keys
from aftercare.services.work import Work, needs


@pytest.fixture
def heard(office: OpenOffice) -> list[Announcement]:
    told: list[Announcement] = []
    office.desk.announce = told.append
    return told


def test_a_decision_is_announced_and_cannot_be_undone_as_a_record_can(
    office: OpenOffice, heard: list[Announcement]
) -> None:
    done = office.desk.do(decide, {"soon_days": 12})
    assert heard == [Announcement(frozenset({"setting"}), frozenset())]
    assert done.undo_id is None


def test_a_number_that_was_given_out_and_a_backup_concern_no_page(
    office: OpenOffice, heard: list[Announcement]
) -> None:
    @needs(Permission.WORK_HERE)
    def take_a_number(work: Work) -> int:
        return next_number(work, "report")

    office.desk.do(take_a_number)
    back_up(office)
    assert heard == []


@pytest.mark.usefixtures("cheap_accounts")
def test_colleagues_teams_and_the_need_of_a_new_key_are_announced(
    office: OpenOffice, heard: list[Announcement]
) -> None:
    code = office.desk.do(
        staff.add_staff, office.keys(), StaffDraft("nadja", "Nadja K.", frozenset({Role.CASE_WORKER}))
    ).value
    office.desk.do(add_team, "North")
    office.desk.do(staff.close_for_good, office.keys(), code.staff_id)
    rotate_keys(office)
    kinds = [set(news.kinds) for news in heard]
    assert kinds[:3] == [{"staff"}, {"team"}, {"staff", "setting"}]
    assert {"setting"} in kinds[3:]

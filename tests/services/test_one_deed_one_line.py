"""One deed is told once in the log: a service that tells of itself in its own words gets no second line in others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from aftercare.domain.drafts.access import AccessDraft
from aftercare.domain.drafts.staff import StaffDraft, StaffNamesDraft
from aftercare.domain.permissions import Permission, Role
from aftercare.services import staff
from aftercare.services.access import change_access
from aftercare.services.deciding import decide
from aftercare.services.opening import OpenOffice
from aftercare.services.rotation import remove_staff
from aftercare.services.staff_list import list_staff
from aftercare.words.log import action_words
from ledger import Ledger

NADJA = StaffDraft("nadja", "Nadja K.", frozenset({Role.CASE_WORKER}))
Deed = Callable[[OpenOffice, Any], object]

pytestmark = pytest.mark.usefixtures("cheap_accounts")


def _correct(office: OpenOffice, row: Any) -> None:
    names = StaffNamesDraft(row.staff_id, row.version, "nadja.k", "Nadja Kaya")
    office.desk.do(staff.correct_staff, office.keys(), names, frozenset({Role.VIEWER}))


DEEDS: dict[str, Deed] = {
    "Gave an account a new one-time code": lambda o, row: o.desk.do(staff.reset_staff, o.keys(), row.staff_id),
    "Disabled an account": lambda o, row: o.desk.do(staff.disable_staff, o.keys(), row.staff_id),
    "Removed an account": lambda o, row: remove_staff(o, row.staff_id),
    "Renamed an account": _correct,
    "Changed what a colleague may do or whom they see": lambda o, row: o.desk.do(
        change_access, row.staff_id, AccessDraft(withheld=frozenset({Permission.SEE_HEALTH}), version=row.version)
    ),
    "Changed settings": lambda o, _row: o.desk.do(decide, {"soon_days": 12}),
}


@pytest.mark.parametrize("words", DEEDS)
def test_a_deed_of_the_administration_stands_once_in_the_log(office: OpenOffice, ledger: Ledger, words: str) -> None:
    office.desk.do(staff.add_staff, office.keys(), NADJA)
    row = next(one for one in office.desk.ask(list_staff, office.keys()) if one.login_name == "nadja")
    before = len(list(ledger))
    DEEDS[words](office, row)
    told = [(action_words(entry[0]), entry[2]) for entry in list(ledger)[before:]]
    assert [line for line, _about in told].count(words) == 1
    assert len(set(told)) == len(told)
    assert not {"correct_staff", "change_access"} & {entry[0] for entry in list(ledger)[before:]}


def test_somebody_added_is_told_of_once_with_their_roles(office: OpenOffice, ledger: Ledger) -> None:
    before = len(list(ledger))
    office.desk.do(staff.add_staff, office.keys(), replace(NADJA, login_name="other"))
    told = [action_words(entry[0]) for entry in list(ledger)[before:]]
    assert told == ["Added an account", "A one-time code was made"]

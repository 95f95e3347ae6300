"""What the table of roles cannot ask with arguments made up: files, accounts, the way to somebody out of sight.

Together with the table every declared service is tried: whoever adds one that fits neither is told so here.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from aftercare.domain.drafts.people import IntakeDraft
from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.domain.errors import NotAllowed, NotFound
from aftercare.domain.permissions import GRANTS, Permission, Reach, Role
from aftercare.domain.rows.survivors import PersonHead
from aftercare.records.access import Exclusion, Team
from aftercare.records.people import Case
from aftercare.services.break_glass import open_glass
from aftercare.services.desk import Desk
from aftercare.services.importing import import_people, preview_import
from aftercare.services.opening import OpenOffice
from aftercare.services.reports import collect_progress, number_report
from aftercare.services.staff_list import list_staff
from aftercare.services.survivors import take_in
from aftercare.services.work import DECLARED, Work
from aftercare.vault import OpenVault
from asking import OUTSIDE, is_handed_the_vault
from declared import services
from makers import COLLEAGUE, a_colleague, a_survivor
from proof import Proof

pytestmark = pytest.mark.promise(19)

TRIED = {import_people, preview_import, take_in, number_report, open_glass}
ON_ACCOUNTS = {full: service for full, service in services() if is_handed_the_vault(service)}
FILE = "First name;Surname\nZephyrine;Quill\nWystan;Quill\n"


@pytest.fixture
def hidden(desk: Desk) -> dict[str, PersonHead]:
    """One of another team, and one from whom L. Osei is excluded."""
    people = {name: a_survivor(desk, name, "Quill") for name in ("Zephyrine", "Wystan")}

    def hide(work: Work) -> None:
        north = work.add(Team(name="North"))
        work.session.flush()
        for head in people.values():
            work.get(Case, head.case_id).team_id = north.id
        barred = people["Wystan"].survivor_id
        work.add(Exclusion(survivor_id=barred, staff_id=COLLEAGUE, since=work.today()))

    a_colleague(desk)
    desk.do(hide)
    return people


def osei(desk: Desk, reach: Reach = Reach.TEAM, role: Role = Role.MANAGER) -> Desk:
    return replace(desk, actor=replace(a_colleague(desk, role), own_reach=reach))


def tells_of(said: object, head: PersonHead) -> bool:
    words = repr(said)
    return any(trace in words for trace in (head.case_code, repr(head.survivor_id), repr(head.case_id)))


def test_every_declared_service_is_tried_in_the_table_or_here() -> None:
    assert {service.__name__ for service in TRIED} == set(OUTSIDE)
    assert {full.rsplit(".", 2)[1] for full in ON_ACCOUNTS} == {"staff", "staff_list", "own_passphrase"}
    assert all({"staff_id", "draft", "roles", "version", "passphrase"} >= _beside_keys(s) for s in ON_ACCOUNTS.values())


def _beside_keys(service: Callable[..., Any]) -> set[str]:
    """What a service on accounts is handed besides the request and the keys: nothing of anybody's record."""
    return set(list(inspect.signature(service).parameters)[2:])


@pytest.mark.parametrize("reach", list(Reach))
def test_a_file_with_her_name_does_not_tell_that_she_is_here(
    desk: Desk, hidden: dict[str, PersonHead], reach: Reach, tmp_path: Path, proof: Proof
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(FILE, encoding="utf-8")
    unseen = [hidden["Wystan"]] + ([hidden["Zephyrine"]] if reach is not Reach.ALL else [])
    previewed = osei(desk, reach).ask(preview_import, file)
    proof.tried(len(unseen))
    assert not [head for head in unseen if tells_of(previewed, head)]
    assert tells_of(desk.ask(preview_import, file), hidden["Wystan"])


def test_taken_over_from_a_file_they_are_others_to_whoever_does_not_see_them(
    desk: Desk, hidden: dict[str, PersonHead], tmp_path: Path, proof: Proof
) -> None:
    file = tmp_path / "people.csv"
    file.write_text(FILE, encoding="utf-8")
    imported = osei(desk).do(import_people, file).value
    proof.tried(2)
    assert not [head for head in hidden.values() if tells_of(imported, head)]


def test_somebody_new_is_somebody_new(desk: Desk, hidden: dict[str, PersonHead], proof: Proof) -> None:
    head = osei(desk).do(take_in, IntakeDraft()).value
    proof.tried(2)
    assert not [unseen for unseen in hidden.values() if tells_of(head, unseen)]


def test_a_number_is_given_and_nothing_is_added(desk: Desk, hidden: dict[str, PersonHead], proof: Proof) -> None:
    content = desk.ask(collect_progress, ProgressOrder(hidden["Wystan"].case_id))
    numbered = osei(desk).do(number_report, content).value
    proof.tried()
    assert replace(numbered, number=content.number) == content


def test_glass_is_not_opened_over_whom_one_is_excluded_from(
    desk: Desk, hidden: dict[str, PersonHead], proof: Proof
) -> None:
    reason = "She called the night line and nobody of her team was there"
    for reach in Reach:
        proof.tried()
        with pytest.raises(NotFound):
            osei(desk, reach).do(open_glass, hidden["Wystan"].case_code, reason)
    opened = osei(desk).do(open_glass, hidden["Zephyrine"].case_code, reason).value
    assert opened.survivor_id == hidden["Zephyrine"].survivor_id


class Untouched:
    """Keys that nobody may reach for."""

    def __getattr__(self, name: str) -> object:
        raise AssertionError(f"reached for {name}")


@pytest.mark.parametrize("role", list(Role))
def test_accounts_are_for_whoever_manages_them_and_keys_are_not_reached_for_before(
    desk: Desk, role: Role, proof: Proof
) -> None:
    worker = osei(desk, role=role)
    for full, service in ON_ACCOUNTS.items():
        if DECLARED[full] not in GRANTS[role]:
            proof.tried()
            with pytest.raises(NotAllowed):
                worker.do(service, Untouched())
    assert (Permission.MANAGE_STAFF in GRANTS[role]) is (role is Role.ADMINISTRATOR)


def test_the_accounts_tell_of_nobody(desk: Desk, vault: OpenVault, hidden: dict[str, PersonHead], proof: Proof) -> None:
    rows = osei(desk, role=Role.ADMINISTRATOR).ask(list_staff, OpenOffice(vault, desk).keys())
    proof.tried(2)
    assert rows
    assert not [head for head in hidden.values() if tells_of(rows, head)]

"""Row 19 of the promises: every service × every role × every reach, on records of which some are not for everybody.

Three people: one with whom L. Osei works, one of another team, one from whom she is excluded by name although she works
with her. Each service is asked about each of them by key, and everything that lists, counts, searches or suggests is
asked too: of whoever is out of sight nothing may come out and nothing may be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from sqlalchemy import func, select

from aftercare.domain.codes import IdentityKind, NameKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.people import IdentityDraft, NameDraft
from aftercare.domain.drafts.plan import ProgressDraft
from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.domain.errors import NotAllowed, Problem
from aftercare.domain.permissions import GRANTS, REACH, Permission, Reach, Role
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.records.access import Exclusion, Team
from aftercare.records.office import Change
from aftercare.records.people import Case, CaseWorker
from aftercare.services.desk import Desk
from aftercare.services.notes import save_note
from aftercare.services.opening import desk_of
from aftercare.services.progress import record_progress
from aftercare.services.report_choices import caseload
from aftercare.services.reports import collect_progress, number_report
from aftercare.services.search import find_notes, find_people
from aftercare.services.survivors import (
    correct_person,
    count_survivors,
    known_people,
    list_survivors,
    open_person,
    person_draft,
)
from aftercare.services.today import today_view
from aftercare.services.work import DECLARED, Work
from asking import OUTSIDE, Asking, Known, is_handed_the_vault, keys_of, said
from conftest import CLOCK, Template
from declared import services
from makers import COLLEAGUE, a_colleague, a_goal, a_step
from makers_facts import TODAY, a_case_with_facts
from proof import Proof

pytestmark = pytest.mark.promise(19)

MARKS = {"hers": "Quillon", "elsewhere": "Zephyrine", "barred": "Wystan"}
LISTED = ("list_", "find_", "count_", "known_", "register", "today_view", "caseload", "due_", "ending_", "issued_")


@dataclass(frozen=True)
class House:
    desk: Desk
    people: dict[str, Known]
    keys: dict[str, dict[str, Any]]
    """By person and kind of record, the key of one."""
    contents: dict[str, Any]
    """By person, a report about her that a manager has collected."""


def _taken_in(desk: Desk, which: str) -> Known:
    mark = MARKS[which]
    facts = a_case_with_facts(desk)
    before = desk.ask(person_draft, facts.survivor_id)
    draft = replace(
        before,
        names=(NameDraft(NameKind.LEGAL, mark, mark),),
        name_to_use=mark,
        contact_phone=f"+49 30 {len(mark)}55 01 77",
        identity_numbers=(IdentityDraft(IdentityKind.PASSPORT, f"{mark}-77"),),
    )
    desk.do(correct_person, facts.survivor_id, draft)
    desk.do(save_note, facts.case_id, NoteDraft(f"{mark} slept well", area="housing"))
    desk.do(save_note, facts.case_id, NoteDraft(f"{mark} told of the house", restricted=True))
    desk.do(record_progress, facts.case_id, ProgressDraft("housing", TODAY, f"{mark} has a key of her own"))
    head = desk.ask(open_person, facts.survivor_id)
    goal = a_goal(desk, head, words=f"{mark} wants a room")
    a_step(desk, goal, words=f"{mark} is called", due_on=TODAY)
    return Known(facts.survivor_id, facts.case_id, head.case_code, mark)


def _arrange(work: Work, people: dict[str, Known]) -> None:
    """L. Osei works with two of them; one is of another team; from one she is excluded."""
    north = work.add(Team(name="North"))
    work.session.flush()
    for which in ("elsewhere", "barred"):
        work.get(Case, people[which].case_id).team_id = north.id
    for which in ("hers", "barred"):
        one = people[which]
        work.add(CaseWorker(survivor_id=one.survivor_id, case_id=one.case_id, staff_id=COLLEAGUE, since=work.today()))
    work.add(Exclusion(survivor_id=people["barred"].survivor_id, staff_id=COLLEAGUE, since=work.today()))


@pytest.fixture(scope="module")
def house(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    vault = template.open_copy(tmp_path_factory.mktemp("house") / "vault")
    desk = desk_of(vault, CLOCK)
    a_colleague(desk)
    people = {which: _taken_in(desk, which) for which in MARKS}
    desk.do(_arrange, people)
    contents = {
        which: desk.do(number_report, desk.ask(collect_progress, ProgressOrder(one.case_id))).value
        for which, one in people.items()
    }
    yield House(desk, people, {which: keys_of(desk, one) for which, one in people.items()}, contents)
    vault.close()


# --- what is asked ------------------------------------------------------------------------------------------------


def _osei(house: House, role: Role, reach: Reach | None) -> Desk:
    """L. Osei at the same vault, in this role with this reach."""
    me = replace(house.desk.actor, id=COLLEAGUE, name="L. Osei", roles=frozenset({role}), own_reach=reach)
    return replace(house.desk, actor=me)


def _hidden(house: House, role: Role, reach: Reach) -> dict[str, Known]:
    """Whom L. Osei must not see in this role with this reach."""
    if role not in REACH:
        return dict(house.people)
    names = ["barred"] if reach is Reach.ALL else ["barred", "elsewhere"]
    return {name: house.people[name] for name in names}


def _written(house: House, hidden: dict[str, Known]) -> int:
    changed = Change.__table__
    keys = [one.survivor_id for one in hidden.values()]
    with house.desk.engine.connect() as connection:
        return connection.scalar(select(func.count()).where(changed.c.survivor_id.in_(keys))) or 0


@pytest.mark.parametrize("reach", list(Reach))
@pytest.mark.parametrize("role", list(Role))
def test_nothing_comes_out_of_anybody_who_is_out_of_sight(house: House, role: Role, reach: Reach, proof: Proof) -> None:
    desk = _osei(house, role, reach)
    hidden = _hidden(house, role, reach)
    before = _written(house, hidden)
    leaks, broken = [], []
    for full, service in services():
        name = full.rsplit(".", 1)[1]
        if DECLARED[full] not in GRANTS[role] or name in OUTSIDE or is_handed_the_vault(service):
            continue
        for which, one in hidden.items():
            arguments = Asking(one, house.keys[which], house.contents[which]).arguments(service)
            proof.tried()
            try:
                answer = desk.do(service, **arguments).value
            except Problem:
                continue
            except Exception as bug:
                broken.append((name, which, type(bug).__name__, str(bug)[:80]))
                continue
            given = said([value for value in arguments.values() if isinstance(value, str)])
            told = said(answer)
            traces = one.traces(in_log=DECLARED[full] is Permission.SEE_AUDIT and which != "barred")
            leaks += [(name, which) for trace in traces if trace in told and trace not in given]
    proof.lost(len(leaks))
    assert leaks == []
    assert broken == []
    assert _written(house, hidden) == before


SEEN = {Reach.OWN: {"hers"}, Reach.TEAM: {"hers"}, Reach.ALL: {"hers", "elsewhere"}}


@pytest.mark.parametrize("reach", list(Reach))
def test_whoever_is_in_sight_is_listed_counted_found_and_compared(house: House, reach: Reach) -> None:
    desk = _osei(house, Role.MANAGER, reach)
    seen = {house.people[which] for which in SEEN[reach]}
    codes = {one.case_code for one in seen}
    page = desk.ask(list_survivors, SurvivorFilter())
    assert ({row.case_code for row in page.rows}, page.total) == (codes, len(seen))
    assert desk.ask(count_survivors, SurvivorFilter()) == len(seen)
    assert {one.case_code for one in desk.ask(known_people)} == codes
    assert set(desk.ask(caseload)) == {one.case_id for one in seen}
    found = [desk.ask(find_people, one.mark) for one in house.people.values()]
    assert {hit.case_code for hits in found for hit in hits} == codes
    noted = [desk.ask(find_notes, one.mark) for one in house.people.values()]
    assert {hit.case_code for hits in noted for hit in hits} == codes
    today = desk.ask(today_view)
    assert today.caseload_total == 1  # of those I work with, without the one from whom I am excluded
    told = {row.case_code for row in today.caseload} | {row.case_code for row in today.news}
    assert told | {row.case_code for row in today.steps} == {house.people["hers"].case_code}


def test_without_a_reach_nobody_is_listed_at_all(house: House) -> None:
    assert {role for role in Role if role not in REACH} == {Role.ADMINISTRATOR, Role.AUDITOR}
    for role in Role:
        assert (Permission.SEE_RECORDS in GRANTS[role]) is (role in REACH)


@pytest.mark.parametrize("role", list(Role))
def test_each_service_opens_for_exactly_the_roles_of_the_table(house: House, role: Role, proof: Proof) -> None:
    desk = _osei(house, role, None)
    for full, service in services():
        proof.tried()
        try:
            desk.do(service)
            refused = False
        except NotAllowed as problem:
            refused = problem.permission == DECLARED[full].value
        except (Problem, TypeError, AttributeError):
            refused = False  # it got past the table and missed its arguments
        assert refused is (DECLARED[full] not in GRANTS[role]), full

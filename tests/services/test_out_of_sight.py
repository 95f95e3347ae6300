"""What is out of sight, asked for all the same: by key, by undo, for a caseload. It is not there, and the log knows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from aftercare.domain.codes import NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.plan import GoalDraft
from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.domain.errors import NotFound, NothingToUndo
from aftercare.domain.permissions import Reach
from aftercare.domain.rows.survivors import PersonHead
from aftercare.records.access import Team
from aftercare.records.people import Case
from aftercare.services.cases import case_draft
from aftercare.services.desk import Desk
from aftercare.services.notes import list_notes, save_note
from aftercare.services.plans import add_goal
from aftercare.services.report_batch import begin_batch, print_caseload
from aftercare.services.report_choices import caseload
from aftercare.services.reports import issued_reports
from aftercare.services.survivors import open_person
from aftercare.services.undo import undo
from aftercare.services.work import Work
from ledger import Ledger
from makers import a_colleague, a_goal, a_survivor


@dataclass(frozen=True)
class Two:
    """L. Osei, who sees what is of nobody's team, and two people: one of the house's, one of another team."""

    osei: Desk
    seen: PersonHead
    unseen: PersonHead


@pytest.fixture
def two(desk: Desk) -> Two:
    seen, unseen = a_survivor(desk, "Quillon"), a_survivor(desk, "Zephyrine")

    def give_away(work: Work) -> None:
        north = work.add(Team(name="North"))
        work.session.flush()
        work.get(Case, unseen.case_id).team_id = north.id

    desk.do(give_away)
    return Two(replace(desk, actor=replace(a_colleague(desk), own_reach=Reach.TEAM)), seen, unseen)


Ask = Callable[[Desk, PersonHead], object]


@pytest.mark.parametrize(
    "ask",
    [
        lambda desk, head: desk.ask(open_person, head.survivor_id),
        lambda desk, head: desk.ask(case_draft, head.case_id),
        lambda desk, head: desk.do(save_note, head.case_id, NoteDraft("She came", kind=NoteKind.VISIT)),
        lambda desk, head: desk.do(add_goal, head.case_id, GoalDraft("housing", "A room")),
    ],
    ids=["head", "form", "note", "goal"],
)
def test_asking_for_somebody_unseen_is_a_line_in_the_log_that_does_not_say_for_whom(
    two: Two, ledger: Ledger, ask: Ask
) -> None:
    ask(two.osei, two.seen)
    ledger.clear()
    with pytest.raises(NotFound):
        ask(two.osei, two.unseen)
    (line,) = ledger
    action, kind, about, reason = line
    assert (action, about, reason) == ("refused", None, "out_of_sight")
    assert kind in {"open_person", "case_draft", "save_note", "add_goal"}


def test_a_key_of_nobody_is_no_refusal(two: Two, ledger: Ledger) -> None:
    with pytest.raises(NotFound):
        two.osei.ask(open_person, uuid4())
    assert len(ledger) == 0


def test_whoever_asks_cannot_tell_the_two_apart(two: Two) -> None:
    problems = []
    for key in (uuid4(), two.unseen.survivor_id):
        with pytest.raises(NotFound) as missing:
            two.osei.ask(open_person, key)
        problems.append((type(missing.value), vars(missing.value), missing.value.args))
    assert problems[0] == problems[1]


def test_what_a_colleague_did_for_somebody_unseen_is_not_there_to_be_undone(desk: Desk, two: Two) -> None:
    done = desk.do(save_note, two.unseen.case_id, NoteDraft("She came with her sister", kind=NoteKind.VISIT))
    goal = desk.do(add_goal, two.unseen.case_id, GoalDraft("housing", "A room of her own"))
    for request_id in (done.undo_id, goal.undo_id, uuid4()):
        assert request_id is not None
        with pytest.raises(NothingToUndo) as refused:
            two.osei.do(undo, request_id)
        assert not refused.value.released
    assert len(desk.ask(list_notes, two.unseen.case_id).rows) == 1


def test_ones_own_request_is_not_undone_once_she_is_out_of_sight(desk: Desk, two: Two) -> None:
    mine = two.osei.do(save_note, two.seen.case_id, NoteDraft("She came with her sister", kind=NoteKind.VISIT))

    def give_away(work: Work) -> None:
        work.get(Case, two.seen.case_id).team_id = work.get(Case, two.unseen.case_id).team_id

    desk.do(give_away)
    assert mine.undo_id is not None
    with pytest.raises(NothingToUndo):
        two.osei.do(undo, mine.undo_id)
    assert len(desk.ask(list_notes, two.seen.case_id).rows) == 1


def test_a_caseload_is_of_those_in_sight_and_so_are_its_reports(desk: Desk, two: Two, tmp_path: Path) -> None:
    a_goal(desk, two.seen)
    cases = two.osei.ask(caseload)
    assert cases == (two.seen.case_id,)
    assert set(desk.ask(caseload)) == {two.seen.case_id, two.unseen.case_id}
    done = print_caseload(doing(two.osei), ProgressOrder(cases[0]), cases, tmp_path)
    assert done.files == 1
    assert [report.case_code for report in desk.ask(issued_reports)] == [two.seen.case_code]


def test_a_caseload_with_somebody_unseen_in_it_is_stopped_before_her(desk: Desk, two: Two, tmp_path: Path) -> None:
    handed = [two.seen.case_id, two.unseen.case_id]
    two.osei.do(begin_batch)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(NotFound):
        print_caseload(doing(two.osei), ProgressOrder(handed[0]), handed, folder)
    assert list(folder.iterdir()) == []
    assert desk.ask(issued_reports) == ()


def doing(desk: Desk) -> Any:
    return lambda service, /, *args: desk.do(service, *args).value

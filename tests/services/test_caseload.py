"""The list of survivors follows every case, plan and note, whoever writes it: session, undo, bulk."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.rows.survivors import PersonHead, SurvivorFilter, SurvivorOrder, SurvivorRow
from aftercare.records.caseload import CaseloadEntry
from aftercare.records.people import Case
from aftercare.records.plans import Plan
from aftercare.services.access import add_team, give_to_team
from aftercare.services.bulk import add_rows
from aftercare.services.desk import Desk
from aftercare.services.notes import move_note, save_note
from aftercare.services.survivors import list_survivors
from aftercare.services.undo import undo
from aftercare.services.work import Work, about
from aftercare.vault import OpenVault
from aftercare.vault.caseload import make_caseload
from makers import a_survivor

TODAY = date(2026, 11, 23)


def lines(vault: OpenVault) -> list[tuple[object, ...]]:
    with vault.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text("SELECT * FROM caseload_entry ORDER BY number"))]


def made_anew(vault: OpenVault) -> list[tuple[object, ...]]:
    """The lines as they would be written from nothing."""
    with vault.engine.begin() as connection:
        make_caseload(connection)
    return lines(vault)


def line_of(desk: Desk, head: PersonHead) -> SurvivorRow:
    page = desk.ask(list_survivors, SurvivorFilter(text=head.case_code), None, 0)
    return page.rows[0]


def plan_for(work: Work, head: PersonHead, review_on: date | None) -> UUID:
    return work.add(Plan(**about(work.get(Case, head.case_id)), review_on=review_on)).id


def test_a_note_written_moved_and_taken_back_changes_the_last_note(desk: Desk, vault: OpenVault) -> None:
    one, other = a_survivor(desk), a_survivor(desk)
    assert line_of(desk, one).last_note_on is None
    day = TODAY - timedelta(days=3)
    note = desk.do(save_note, one.case_id, NoteDraft(words="She came.", on=day)).value
    desk.do(save_note, one.case_id, NoteDraft(words="Earlier.", on=day - timedelta(days=9)))
    assert line_of(desk, one).last_note_on == day
    moved = desk.do(move_note, note.id, other.case_id)
    assert line_of(desk, one).last_note_on == day - timedelta(days=9)
    assert line_of(desk, other).last_note_on == day
    assert moved.undo_id is not None
    desk.do(undo, moved.undo_id)
    assert line_of(desk, one).last_note_on == day
    assert line_of(desk, other).last_note_on is None
    assert lines(vault) == made_anew(vault)


def test_a_planned_review_stands_in_the_list_until_the_plan_is_taken_away(desk: Desk, vault: OpenVault) -> None:
    head = a_survivor(desk)
    done = desk.do(plan_for, head, TODAY)
    assert line_of(desk, head).review_on == TODAY
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert line_of(desk, head).review_on is None
    assert lines(vault) == made_anew(vault)


def test_the_latest_case_is_shown_and_the_one_before_when_it_is_taken_back(desk: Desk, vault: OpenVault) -> None:
    head = a_survivor(desk)

    def second_case(work: Work) -> UUID:
        return work.add(Case(survivor_id=head.survivor_id, number=2, opened_on=TODAY)).id

    done = desk.do(second_case)
    assert line_of(desk, head).case_id == done.value
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert line_of(desk, head).case_id == head.case_id
    assert lines(vault) == made_anew(vault)


def test_the_line_says_of_which_team_the_latest_case_is(desk: Desk, vault: OpenVault) -> None:
    head, north = a_survivor(desk), desk.do(add_team, "North").value

    def team_in_line() -> UUID | None:
        with Session(vault.engine) as session:
            return session.scalar(select(CaseloadEntry.team_id).where(CaseloadEntry.survivor_id == head.survivor_id))

    given = desk.do(give_to_team, head.case_id, north)
    assert team_in_line() == north
    assert lines(vault) == made_anew(vault)
    assert given.undo_id is not None
    desk.do(undo, given.undo_id)
    assert team_in_line() is None


def test_a_person_taken_back_leaves_the_list(desk: Desk, vault: OpenVault) -> None:
    from aftercare.domain.drafts.people import IntakeDraft, PersonDraft
    from aftercare.services.survivors import take_in

    done = desk.do(take_in, IntakeDraft(PersonDraft()))
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert lines(vault) == []


def test_people_added_in_bulk_stand_in_the_list(desk: Desk, vault: OpenVault) -> None:
    def add(work: Work) -> None:
        made = {"created_at": work.now(), "created_by": work.actor.id}
        person, case = work.new_id(), work.new_id()
        add_rows(
            work,
            {
                "note": [
                    {"id": work.new_id(), "survivor_id": person, "case_id": case, "on": TODAY, "words": "x", **made}
                ],
                "survivor_case": [{"id": case, "survivor_id": person, "opened_on": TODAY, **made}],
                "survivor": [{"id": person, "number": 7, "case_code": "S-0007", **made}],
            },
        )

    desk.do(add)
    with Session(vault.engine) as session:
        entry = session.scalars(select(CaseloadEntry)).one()
    assert (entry.number, entry.is_open, entry.last_note_on) == (7, True, TODAY)
    assert lines(vault) == made_anew(vault)


def test_every_order_goes_on_after_its_last_row(desk: Desk) -> None:
    heads = [a_survivor(desk) for _ in range(7)]
    for at, head in enumerate(heads[:4]):
        desk.do(save_note, head.case_id, NoteDraft(words="She came.", on=TODAY - timedelta(days=at % 2)))
        desk.do(plan_for, head, TODAY + timedelta(days=at % 3))
    for order in SurvivorOrder:
        for descending in (False, True):
            wanted = SurvivorFilter(order=order, descending=descending)
            whole = desk.ask(list_survivors, wanted, None, 0)
            paged: list[SurvivorRow] = []
            while len(paged) < len(whole.rows):
                page = desk.ask(list_survivors, wanted, paged[-1].survivor_id if paged else None, 2)
                paged += page.rows
            assert paged == list(whole.rows), (order, descending)
            assert not page.has_more

"""Drafts: kept for one person, given back whole, gone when the form is saved and only then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.drafts.people import PersonDraft
from aftercare.domain.errors import DraftProblems
from aftercare.records.office import Request
from aftercare.services.desk import Desk
from aftercare.services.drafts import and_drop, drop_draft, find_draft, find_place, keep_draft, keep_place, my_drafts
from aftercare.services.survivors import correct_person
from makers import a_colleague, a_survivor

pytestmark = pytest.mark.promise(16)

CONTENT = {"fields": {"words": "She laughed when"}, "cursor": {"field": "words", "position": 11, "anchor": 11}}


def test_a_draft_comes_back_with_its_cursor(desk: Desk) -> None:
    desk.do(keep_draft, "note", "case-1", CONTENT)
    found = desk.ask(find_draft, "note", "case-1")
    assert found is not None
    assert found.content == CONTENT
    assert found.saved_at == desk.clock.now()
    assert desk.ask(find_draft, "note", "case-2") is None


def test_typing_on_replaces_the_draft_and_leaves_no_history(desk: Desk) -> None:
    desk.do(keep_draft, "note", "", CONTENT)
    desk.clock = stopped_at(datetime(2026, 11, 23, 9, 0, 2, tzinfo=UTC))
    done = desk.do(keep_draft, "note", "", {"fields": {"words": "She laughed when the bus came"}})
    assert done.undo_id is None
    (draft,) = desk.ask(my_drafts)
    assert draft.content["fields"]["words"] == "She laughed when the bus came"
    assert draft.saved_at == desk.clock.now()
    with Session(desk.engine) as session:
        assert session.scalars(select(Request)).all() == []


def test_nobody_else_is_offered_the_draft(desk: Desk) -> None:
    desk.do(keep_draft, "note", "", CONTENT)
    mine = desk.actor
    desk.actor = a_colleague(desk)
    assert desk.ask(find_draft, "note", "") is None
    assert desk.ask(my_drafts) == ()
    desk.do(drop_draft, "note", "")
    desk.actor = mine
    assert desk.ask(find_draft, "note", "") is not None


def test_saving_the_form_drops_its_draft_and_no_other(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(keep_draft, "person", str(head.survivor_id), CONTENT)
    desk.do(keep_draft, "person", "", CONTENT)
    saving = and_drop(correct_person, "person", str(head.survivor_id))
    done = desk.do(saving, head.survivor_id, PersonDraft(gender_words="one", version=1))
    assert done.undo_id is not None
    with Session(desk.engine) as session:
        request = session.get(Request, done.undo_id)
    assert request is not None
    assert request.name == "correct_person"
    assert [draft.about for draft in desk.ask(my_drafts)] == [""]


def test_a_form_that_could_not_be_saved_keeps_its_draft(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(keep_draft, "person", str(head.survivor_id), CONTENT)
    with pytest.raises(DraftProblems):
        desk.do(
            and_drop(correct_person, "person", str(head.survivor_id)), head.survivor_id, PersonDraft(birth_date="?")
        )
    assert desk.ask(find_draft, "person", str(head.survivor_id)) is not None


def test_the_place_where_somebody_was_is_remembered_and_is_no_draft(desk: Desk) -> None:
    assert desk.ask(find_place) == ("", None, "")
    head = a_survivor(desk)
    desk.do(keep_place, ("survivors", head.survivor_id, "notes"))
    assert desk.ask(find_place) == ("survivors", head.survivor_id, "notes")
    desk.do(keep_place, ("today", None, ""))
    assert desk.ask(find_place) == ("today", None, "")
    assert desk.ask(my_drafts) == ()


def test_drafts_are_listed_with_the_newest_first(desk: Desk) -> None:
    desk.do(keep_draft, "note", "a", CONTENT)
    desk.clock = stopped_at(desk.clock.now() + timedelta(minutes=5))
    desk.do(keep_draft, "note", "b", CONTENT)
    assert [draft.about for draft in desk.ask(my_drafts)] == ["b", "a"]

"""Ctrl+K: people by any of their marks, shown by code; notes by their words, names covered, restricted ones hidden."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from aftercare.domain.codes import IdentityKind, NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.people import IdentityDraft
from aftercare.domain.errors import NotAllowed
from aftercare.domain.permissions import Reach, Role
from aftercare.domain.rows.search import FoundBy
from aftercare.domain.rows.survivors import PersonHead, SurvivorFilter, SurvivorOrder
from aftercare.domain.snippets import snippet, without_names
from aftercare.records.access import Team
from aftercare.records.people import Case, CaseWorker
from aftercare.services.desk import Desk
from aftercare.services.notes import add_to_note, save_note
from aftercare.services.search import find_notes, find_people
from aftercare.services.survivors import count_survivors, list_survivors
from aftercare.services.undo import undo
from aftercare.services.work import Work
from makers import COLLEAGUE, a_colleague, a_survivor


@pytest.fixture
def selam(desk: Desk) -> PersonHead:
    return a_survivor(
        desk, "Sélam", "Tesfay", contact_phone="+49 151 234567",
        identity_numbers=(IdentityDraft(IdentityKind.PASSPORT, "EP 998877"),),
    )  # fmt: skip


def note(desk: Desk, head: PersonHead, words: str, **fields: object) -> UUID:
    return desk.do(save_note, head.case_id, NoteDraft(words, **fields)).value.id  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "by"),
    [
        ("s-0001", FoundBy.CODE),
        ("s0001", FoundBy.CODE),
        ("sel", FoundBy.NAME),
        ("tesfay sel", FoundBy.NAME),
        ("0151 234", None),
        ("151 234567", FoundBy.CODE),
        ("9988", FoundBy.NUMBER),
        ("ep 9988", FoundBy.NUMBER),
        ("nobody", None),
        ("", None),
        ("!?", None),
    ],
)
def test_a_person_is_found_by_each_mark_and_shown_by_code(
    desk: Desk, selam: PersonHead, words: str, by: FoundBy | None
) -> None:
    a_survivor(desk, "Noor", "Haddad")
    found = desk.ask(find_people, words)
    assert [(hit.case_code, hit.found_by) for hit in found] == ([("S-0001", by)] if by else [])
    assert "Tesfay" not in repr(found)
    assert "lam" not in repr(found)


def test_the_code_asked_for_comes_first_then_my_own_cases(desk: Desk, selam: PersonHead) -> None:
    mine = desk.actor
    desk.actor = a_colleague(desk)
    theirs = a_survivor(desk, "Selma", "Haddad")
    desk.actor = mine
    own = a_survivor(desk, "Selin", "Kaya")
    codes = [hit.case_code for hit in desk.ask(find_people, "sel")]
    assert codes == [selam.case_code, own.case_code, theirs.case_code]
    assert [hit.is_mine for hit in desk.ask(find_people, "sel")] == [True, True, False]
    assert desk.ask(find_people, "s-0002")[0].case_code == "S-0002"


def test_the_list_of_survivors_uses_the_same_index(desk: Desk, selam: PersonHead) -> None:
    note(desk, a_survivor(desk), "Selam called")
    assert [row.case_code for row in desk.ask(list_survivors, SurvivorFilter(text="selam")).rows] == ["S-0001"]


def test_notes_are_found_by_the_beginnings_of_their_words_newest_first(desk: Desk, selam: PersonHead) -> None:
    first = note(desk, selam, "Viewed the room with the housing provider")
    second = note(desk, selam, "Another room, in the same house")
    note(desk, selam, "Called the clinic")
    assert [hit.note_id for hit in desk.ask(find_notes, "roo")] == [second, first]
    assert [hit.note_id for hit in desk.ask(find_notes, "roo housing")] == [first]
    assert [hit.note_id for hit in desk.ask(find_notes, "provide")] == [first]
    assert desk.ask(find_notes, "a") == ()
    assert desk.ask(find_notes, "") == ()


def test_an_addendum_leads_to_its_note_once(desk: Desk, selam: PersonHead) -> None:
    key = note(desk, selam, "Viewed the room")
    desk.do(add_to_note, key, "The room has no window")
    (hit,) = desk.ask(find_notes, "room")
    assert (hit.note_id, hit.case_code) == (key, "S-0001")
    assert "window" in desk.ask(find_notes, "window")[0].snippet


def test_names_are_covered_unless_they_are_asked_for(
    desk: Desk, selam: PersonHead, ledger: list[tuple[str, str, UUID | None, str]]
) -> None:
    note(desk, selam, "SELAM's sister asked for Tesfay, at the clinic.")
    ledger.clear()
    assert desk.ask(find_notes, "clinic")[0].snippet == "S-0001's sister asked for S-0001, at the clinic."
    assert "Tesfay" in desk.ask(find_notes, "clinic", 12, True)[0].snippet
    assert [entry[0] for entry in ledger] == ["search", "search_with_names"]
    assert "clinic" not in repr(ledger)


def test_restricted_notes_are_hidden_from_who_may_not_see_them(desk: Desk, selam: PersonHead) -> None:
    key = note(desk, selam, "What she told", kind=NoteKind.COUNSELLING)
    desk.do(add_to_note, key, "And told again")
    assert len(desk.ask(find_notes, "told")) == 1
    desk.actor = a_colleague(desk, Role.SHELTER_WORKER)
    assert desk.ask(find_notes, "told") == ()
    desk.actor = replace(desk.actor, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotAllowed):
        desk.ask(find_notes, "told")


def test_what_was_undone_is_not_found(desk: Desk, selam: PersonHead) -> None:
    done = desk.do(save_note, selam.case_id, NoteDraft("Viewed the room"))
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert desk.ask(find_notes, "room") == ()


def test_a_snippet_shows_the_words_around_what_was_found() -> None:
    words = "one two three " * 30 + "the clinic called " + "four five six " * 30
    found = snippet(words, ("clin",))
    assert found.startswith("… ")
    assert found.endswith(" …")
    assert "the clinic called" in found
    assert len(found) < 170
    assert snippet("short words", ("nothing",)) == "short words"
    assert len(snippet("字" * 500, ("字字",))) < 170


def test_names_are_covered_in_every_script() -> None:
    assert without_names("昨天王芳来了", ["王芳"], "S-0001") == "昨天S-0001来了"
    assert without_names("LUCJA rang; Łucjas Schwester", ["Łucja"], "S-0001") == "S-0001 rang; S-0001s Schwester"
    assert without_names("جاءت مُحَمَّد", ["محمد"], "S-0001") == "جاءت S-0001"
    assert without_names("A plain line", [], "S-0001") == "A plain line"


@pytest.mark.parametrize("bound", ["_LOOKED_UP", "_SOME"])
@pytest.mark.parametrize("words", ["selam", "s", "SELAM tes", "ስ", "+49 155 5017", "S-0", "100%", "nobody"])
def test_many_matches_are_the_same_people_as_few(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, words: str, bound: str
) -> None:
    for at in range(6):
        a_survivor(desk, "Selam", "Tesfay" if at % 2 else "ስላም", contact_phone="+49 155 501-7000" if at % 3 else "")
    wanted = SurvivorFilter(text=words, order=SurvivorOrder.OPENED, descending=True)
    few = desk.ask(list_survivors, wanted, None, 2)
    monkeypatch.setattr(f"aftercare.queries.search_people.{bound}", 0)
    many = desk.ask(list_survivors, wanted, None, 2)
    assert (many.rows, many.has_more) == (few.rows, few.has_more)
    every = desk.ask(list_survivors, wanted, None, 0)
    assert every.total == len(every.rows)
    assert {few.total, many.total} <= {None, every.total}
    assert desk.ask(count_survivors, wanted) == every.total


# --- where not everybody is in sight ------------------------------------------------------------------------------

MANY = 40


@pytest.fixture
def crowd(desk: Desk) -> list[PersonHead]:
    """So many people of one name, all of another team, and a note about each."""
    people = [a_survivor(desk, "Noor", "Haddad") for _ in range(MANY)]

    def of_another_team(work: Work) -> None:
        north = work.add(Team(name="North"))
        work.session.flush()
        for head in people:
            work.get(Case, head.case_id).team_id = north.id

    desk.do(of_another_team)
    return people


def osei(desk: Desk, reach: Reach) -> Desk:
    return replace(desk, actor=replace(a_colleague(desk), own_reach=reach))


def works_with(desk: Desk, head: PersonHead) -> None:
    desk.do(
        lambda work: work.add(
            CaseWorker(survivor_id=head.survivor_id, case_id=head.case_id, staff_id=COLLEAGUE, since=work.today())
        )
    )


@pytest.mark.parametrize("reach", list(Reach))
def test_ones_own_person_is_found_behind_any_number_of_her_name(
    desk: Desk, crowd: list[PersonHead], reach: Reach
) -> None:
    worker = osei(desk, reach)
    works_with(desk, crowd[-1])
    found = worker.ask(find_people, "noor")
    assert (found[0].case_code, found[0].is_mine) == (crowd[-1].case_code, True)
    assert len(found) == (8 if reach is Reach.ALL else 1)


def test_somebody_of_ones_team_is_found_behind_people_who_are_not(desk: Desk, crowd: list[PersonHead]) -> None:
    worker = osei(desk, Reach.TEAM)
    hers = a_survivor(desk, "Noor", "Amari")
    assert [hit.case_code for hit in worker.ask(find_people, "n")] == [hers.case_code]


@pytest.mark.parametrize("reach", [Reach.OWN, Reach.TEAM])
@pytest.mark.parametrize("few", [0, 300])
def test_an_old_note_about_ones_own_person_is_found_behind_newer_ones_of_others(
    desk: Desk, crowd: list[PersonHead], reach: Reach, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aftercare.services.sight._FEW", few)
    worker = osei(desk, reach)
    works_with(desk, crowd[0])
    mine = note(desk, crowd[0], "She visited the clinic")
    for head in crowd[1:]:
        for at in range(4):
            note(desk, head, f"Visited the clinic, {at}")
    assert [hit.note_id for hit in worker.ask(find_notes, "clinic visited")] == [mine]
    assert worker.ask(find_notes, "clinic nobody") == ()
    assert [hit.case_code for hit in worker.ask(find_people, "haddad")] == [crowd[0].case_code]

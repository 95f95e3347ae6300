"""Notes: written, corrected until they lock, added to, moved with trace, restricted, paged, filtered, undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.codes import Area, NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.errors import (
    ChangedMeanwhile,
    DraftProblems,
    FieldProblem,
    NotAllowed,
    NoteLocked,
    NotFound,
    NotYourNote,
)
from aftercare.domain.permissions import Role
from aftercare.domain.rows.notes import NoteFilter, NoteRow
from aftercare.domain.rows.survivors import PersonHead
from aftercare.records.office import Change, SearchEntry
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Announcement, Desk
from aftercare.services.notes import add_to_note, list_notes, move_note, save_note
from aftercare.services.office import OfficeSettings
from aftercare.services.undo import undo
from makers import a_colleague, a_survivor


def later(desk: Desk, **passed: float) -> None:
    desk.clock = stopped_at(desk.clock.now() + timedelta(**passed))


def become(desk: Desk, role: Role) -> None:
    """A colleague with this role comes to the desk."""
    desk.actor = a_colleague(desk, role)


def write(desk: Desk, head: PersonHead, words: str, **fields: object) -> NoteRow:
    return desk.do(save_note, head.case_id, NoteDraft(words, **fields)).value  # type: ignore[arg-type]


def test_a_note_keeps_what_was_said_about_it(desk: Desk, head: PersonHead) -> None:
    row = write(
        desk, head, "  Viewed the room, lock checked. ", area=Area.HOUSING, kind=NoteKind.VISIT, at=time(14, 0),
        minutes=45, present="Her sister",
    )  # fmt: skip
    assert (row.words, row.area, row.kind) == ("Viewed the room, lock checked.", "housing", NoteKind.VISIT)
    assert (row.on, row.at, row.minutes, row.present) == (date(2026, 11, 23), time(14, 0), 45, "Her sister")
    assert (row.author, row.may_correct, row.restricted) == ("A. Rahman", True, False)
    assert desk.ask(list_notes, head.case_id).rows == (row,)


def test_what_cannot_be_kept_is_told_together(desk: Desk, head: PersonHead) -> None:
    draft = NoteDraft("  ", area="moon", on=date(2026, 11, 24), minutes=0)
    with pytest.raises(DraftProblems) as caught:
        desk.do(save_note, head.case_id, draft)
    assert {problem.field for problem in caught.value.problems} == {"words", "area", "on", "minutes"}
    assert desk.ask(list_notes, head.case_id).rows == ()


def test_a_counselling_note_is_always_restricted(desk: Desk, head: PersonHead) -> None:
    assert write(desk, head, "Session 6", kind=NoteKind.COUNSELLING).restricted


def test_a_note_is_corrected_by_its_author_until_it_locks(desk: Desk, head: PersonHead) -> None:
    row = write(desk, head, "Viewed the rom")
    later(desk, hours=23, minutes=59)
    corrected = desk.do(save_note, head.case_id, NoteDraft("Viewed the room", id=row.id, version=row.version)).value
    assert (corrected.words, corrected.version, corrected.may_correct) == ("Viewed the room", 2, True)
    later(desk, minutes=1)
    assert not desk.ask(list_notes, head.case_id).rows[0].may_correct
    with pytest.raises(NoteLocked) as caught:
        desk.do(save_note, head.case_id, NoteDraft("Viewed a room", id=row.id, version=2))
    assert caught.value.locked_on == date(2026, 11, 24)


def test_the_organisation_sets_when_notes_lock(desk: Desk, head: PersonHead) -> None:
    desk.do(change_settings, OfficeSettings(note_lock_hours=1))
    row = write(desk, head, "One")
    later(desk, hours=1)
    with pytest.raises(NoteLocked):
        desk.do(save_note, head.case_id, NoteDraft("Two", id=row.id))


def test_a_note_of_somebody_else_is_not_corrected_but_added_to(desk: Desk, head: PersonHead) -> None:
    row = write(desk, head, "Viewed the room")
    become(desk, Role.SHELTER_WORKER)
    with pytest.raises(NotYourNote):
        desk.do(save_note, head.case_id, NoteDraft("Nothing", id=row.id, version=1))
    added = desk.do(add_to_note, row.id, " The window does not close. ").value
    (addendum,) = added.addenda
    assert (addendum.words, addendum.author) == ("The window does not close.", "L. Osei")
    assert added.words == "Viewed the room"
    with pytest.raises(FieldProblem):
        desk.do(add_to_note, row.id, "  ")


def test_two_corrections_at_once_do_not_overwrite_each_other(desk: Desk, head: PersonHead) -> None:
    row = write(desk, head, "One")
    desk.do(save_note, head.case_id, NoteDraft("Two", id=row.id, version=1))
    with pytest.raises(ChangedMeanwhile):
        desk.do(save_note, head.case_id, NoteDraft("Three", id=row.id, version=1))


def test_a_note_on_the_wrong_person_is_moved_with_its_addenda_and_a_trace(desk: Desk, head: PersonHead) -> None:
    right = a_survivor(desk)
    row = write(desk, head, "Viewed the room")
    desk.do(add_to_note, row.id, "With L. Osei")
    told: list[Announcement] = []
    desk.announce = told.append
    done = desk.do(move_note, row.id, right.case_id)
    assert (done.value.survivor_id, done.value.moved_from) == (right.survivor_id, head.case_code)
    assert told[0].survivor_ids == {head.survivor_id, right.survivor_id}
    assert desk.ask(list_notes, head.case_id).rows == ()
    assert len(desk.ask(list_notes, right.case_id).rows[0].addenda) == 1
    with Session(desk.engine) as session:
        assert set(session.scalars(select(SearchEntry.survivor_id).where(SearchEntry.kind == "note"))) == {
            right.survivor_id
        }
        moved = session.scalars(select(Change).where(Change.kind == "note", Change.action == "changed")).one()
    assert moved.fields is not None
    assert moved.fields["survivor_id"] == [str(head.survivor_id), str(right.survivor_id)]
    with pytest.raises(FieldProblem):
        desk.do(move_note, row.id, right.case_id)
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert [note.moved_from for note in desk.ask(list_notes, head.case_id).rows] == [""]


def test_only_its_author_or_who_keeps_records_moves_a_note(desk: Desk, head: PersonHead) -> None:
    right, row = a_survivor(desk), write(desk, head, "Viewed the room")
    become(desk, Role.SHELTER_WORKER)
    with pytest.raises(NotAllowed):
        desk.do(move_note, row.id, right.case_id)
    become(desk, Role.CASE_WORKER)
    assert desk.do(move_note, row.id, right.case_id).value.survivor_id == right.survivor_id


def test_others_learn_only_that_a_restricted_note_exists(desk: Desk, head: PersonHead) -> None:
    row = write(desk, head, "What she told", kind=NoteKind.COUNSELLING, area=Area.HEALTH, minutes=50, present="Nobody")
    desk.do(add_to_note, row.id, "And told again")
    become(desk, Role.SHELTER_WORKER)
    (seen,) = desk.ask(list_notes, head.case_id).rows
    assert seen.is_hidden
    assert (seen.words, seen.kind, seen.area, seen.minutes, seen.present) == ("", None, None, None, "")
    assert [addendum.words for addendum in seen.addenda] == [""]
    for wanted in (NoteFilter(text="told"), NoteFilter(area=Area.HEALTH), NoteFilter(kind=NoteKind.COUNSELLING)):
        assert desk.ask(list_notes, head.case_id, wanted).rows == ()
    with pytest.raises(NotAllowed):
        desk.do(add_to_note, row.id, "words")


def test_who_wrote_a_restricted_note_still_reads_it(desk: Desk, head: PersonHead) -> None:
    become(desk, Role.SHELTER_WORKER)
    write(desk, head, "What she told", restricted=True)
    assert [row.words for row in desk.ask(list_notes, head.case_id).rows] == ["What she told"]


def test_the_list_is_newest_first_and_paged_without_gaps(desk: Desk, head: PersonHead) -> None:
    days = [date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 2), date(2026, 11, 3)]
    hours = [None, time(9), time(15), None, time(9)]
    for number, (day, hour) in enumerate(zip(days, hours, strict=True)):
        write(desk, head, f"note {number}", on=day, at=hour)
    whole = [row.words for row in desk.ask(list_notes, head.case_id).rows]
    assert whole == ["note 4", "note 2", "note 1", "note 3", "note 0"]
    first = desk.ask(list_notes, head.case_id, limit=2)
    assert (first.total, first.has_more) == (5, True)
    paged, after = list(first.rows), first.rows[-1].place
    while True:
        page = desk.ask(list_notes, head.case_id, NoteFilter(), after, 2)
        paged += page.rows
        if not page.has_more:
            break
        after = page.rows[-1].place
    assert [row.words for row in paged] == whole


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (NoteFilter(area=Area.HOUSING), ["Second room", "First room"]),
        (NoteFilter(kind=NoteKind.CALL), ["Called Łucja’s school"]),
        (NoteFilter(text="roo"), ["Second room", "First room"]),
        (NoteFilter(text="lucja schoo"), ["Called Łucja’s school"]),
        (NoteFilter(text="oom"), []),
        (NoteFilter(text="10 %"), []),
        (NoteFilter(area=Area.HOUSING, text="second"), ["Second room"]),
        (NoteFilter(text="landlord"), ["First room"]),
    ],
)
def test_the_list_is_filtered_by_area_kind_and_words(
    desk: Desk, head: PersonHead, wanted: NoteFilter, found: list[str]
) -> None:
    row = write(desk, head, "First room", area=Area.HOUSING)
    desk.do(add_to_note, row.id, "The landlord called back")
    write(desk, head, "Second room", area=Area.HOUSING, at=time(9))
    write(desk, head, "Called Łucja’s school", area=Area.EDUCATION, kind=NoteKind.CALL)
    write(desk, a_survivor(desk), "Second room", area=Area.HOUSING)
    page = desk.ask(list_notes, head.case_id, wanted)
    assert [row.words for row in page.rows] == found
    assert page.total == len(found)


@pytest.mark.parametrize("step", ["write", "correct", "add"])
def test_everything_about_a_note_can_be_undone(desk: Desk, head: PersonHead, step: str) -> None:
    row = write(desk, head, "One")
    before = desk.ask(list_notes, head.case_id).rows
    steps: dict[str, Callable[[], UUID | None]] = {
        "write": lambda: desk.do(save_note, head.case_id, NoteDraft("Two")).undo_id,
        "correct": lambda: desk.do(save_note, head.case_id, NoteDraft("Two", id=row.id)).undo_id,
        "add": lambda: desk.do(add_to_note, row.id, "Two").undo_id,
    }
    undo_id = steps[step]()
    assert undo_id is not None
    desk.do(undo, undo_id)
    after = desk.ask(list_notes, head.case_id).rows
    assert [(note.words, note.addenda) for note in after] == [(note.words, note.addenda) for note in before]


def test_reading_and_writing_are_in_the_log_without_a_word(
    desk: Desk, head: PersonHead, ledger: list[tuple[str, str, UUID | None, str]]
) -> None:
    ledger.clear()
    write(desk, head, "What happened")
    desk.ask(list_notes, head.case_id)
    assert [entry[:3] for entry in ledger] == [
        ("save_note", "survivor", head.survivor_id),
        ("read", "notes", head.survivor_id),
    ]
    assert "happened" not in repr(ledger)


def test_a_viewer_reads_and_does_not_write(desk: Desk, head: PersonHead) -> None:
    row = write(desk, head, "One")
    become(desk, Role.VIEWER)
    (seen,) = desk.ask(list_notes, head.case_id).rows
    assert (seen.may_correct, seen.may_move) == (False, False)
    with pytest.raises(NotAllowed):
        desk.do(save_note, head.case_id, NoteDraft("Two"))
    with pytest.raises(NotAllowed):
        desk.do(move_note, row.id, head.case_id)


def test_a_note_that_does_not_exist_is_not_found(desk: Desk, head: PersonHead) -> None:
    with pytest.raises(NotFound):
        desk.do(save_note, head.case_id, NoteDraft("Viewed the room", id=head.case_id, version=1))


def test_a_page_of_a_long_list_reads_the_index_not_the_whole_list(desk: Desk, head: PersonHead) -> None:
    write(desk, head, "One", on=date(2026, 11, 1))
    with Session(desk.engine) as session:
        plan = " ".join(
            row[-1]
            for row in session.execute(
                text(
                    'EXPLAIN QUERY PLAN SELECT id FROM note WHERE case_id = :case AND "on" <= :day AND '
                    "(\"on\" < :day OR coalesce(at, '') < :hour) ORDER BY \"on\" DESC, coalesce(at, '') DESC, id DESC"
                ),
                {"case": head.case_id.hex, "day": "2026-11-02", "hour": "09:00"},
            )
        )
    assert "ix_note_case_id_on_at (case_id=? AND on<?)" in plan
    assert "LAST 2 TERMS" in plan

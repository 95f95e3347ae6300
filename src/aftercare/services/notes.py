"""Notes: written from anywhere, corrected until they lock, then added to; moved when they are with the wrong person."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.codes import Area, NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.errors import DraftProblems, FieldProblem, NotAllowed, NoteLocked, NotFound, NotYourNote
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.notes import NoteFilter, NotePage, NotePlace, NoteRow
from aftercare.domain.secrecy import PERMISSIONS, is_open, secret_of
from aftercare.queries import notes as queries
from aftercare.records.notes import Addendum, Note
from aftercare.records.office import OwnArea
from aftercare.records.people import Case
from aftercare.services.office import office_settings
from aftercare.services.work import Work, about, needs

_MINUTES_OF_A_DAY = 24 * 60


@needs(Permission.SEE_RECORDS)
def list_notes(
    work: Work, case_id: UUID, wanted: NoteFilter = NoteFilter(), after: NotePlace | None = None, limit: int = 50
) -> NotePage:
    """One page of a case's notes, newest first; the next one is asked for with the last row's `place`."""
    case = work.get(Case, case_id)
    if after is None:
        work.note_read("notes", case.survivor_id)
    return queries.list_notes(work.session, reader(work), case_id, wanted, after=after, limit=limit)


@needs(Permission.WRITE_NOTES)
def save_note(work: Work, case_id: UUID, draft: NoteDraft) -> NoteRow:
    """A new note, or the correction of one's own before it locks; a counselling note is always restricted."""
    _check(work, draft)
    if draft.id is None:
        note = work.add(Note(**about(work.get(Case, case_id)), words="", on=work.today()))
    else:
        note = _to_correct(work, draft)
    note.words = draft.words.strip()
    note.area, note.kind = draft.area, draft.kind
    note.on, note.at = draft.on or work.today(), draft.at
    note.minutes, note.present = draft.minutes, draft.present.strip()
    note.restricted = draft.restricted or draft.kind is NoteKind.COUNSELLING
    for addendum in work.session.scalars(select(Addendum).where(Addendum.note_id == note.id)) if draft.id else ():
        addendum.area, addendum.restricted = note.area, note.restricted
    work.session.flush()
    return _row(work, note.id)


@needs(Permission.WRITE_NOTES)
def add_to_note(work: Work, note_id: UUID, words: str) -> NoteRow:
    """A correction or addition to a note, locked or not; as restricted as the note itself."""
    note = _open_to_me(work, note_id)
    if not words.strip():
        raise FieldProblem("words", "required")
    work.add(
        Addendum(
            survivor_id=note.survivor_id,
            note_id=note.id,
            words=words.strip(),
            area=note.area,
            restricted=note.restricted,
        )
    )
    work.session.flush()
    return _row(work, note_id)


@needs(Permission.WRITE_NOTES)
def move_note(work: Work, note_id: UUID, case_id: UUID) -> NoteRow:
    """Take a note from the wrong person to the right one, its addenda with it; where it stood stays known."""
    note, case = _open_to_me(work, note_id), work.get(Case, case_id)
    if note.created_by != work.actor.id:
        work.need(Permission.WRITE_RECORDS)
    if case.id == note.case_id:
        raise FieldProblem("case", "same_as_before")
    if case.survivor_id != note.survivor_id:
        note.moved_from_id = note.survivor_id
    note.survivor_id, note.case_id = case.survivor_id, case.id
    for addendum in work.session.scalars(select(Addendum).where(Addendum.note_id == note.id)):
        addendum.survivor_id = case.survivor_id
    work.session.flush()
    return _row(work, note_id)


def reader(work: Work) -> queries.Reader:
    """Who reads, and what is open to them."""
    return queries.Reader(
        id=work.actor.id,
        now=work.now(),
        sees=work.sees,
        writes_notes=work.may(Permission.WRITE_NOTES),
        writes_records=work.may(Permission.WRITE_RECORDS),
        lock_hours=office_settings(work).note_lock_hours,
    )


def _row(work: Work, note_id: UUID) -> NoteRow:
    row = queries.note_row(work.session, reader(work), note_id)
    if row is None:
        raise NotFound("note")
    return row


def _to_correct(work: Work, draft: NoteDraft) -> Note:
    """The note as the form knew it, if it is the actor's own and not locked yet."""
    note = work.get_unchanged(Note, draft.id, draft.version)
    if note.created_by != work.actor.id:
        raise NotYourNote
    locks_at = note.created_at + timedelta(hours=office_settings(work).note_lock_hours)
    if work.now() >= locks_at:
        raise NoteLocked(work.clock.local(locks_at).date())
    return note


def _open_to_me(work: Work, note_id: UUID) -> Note:
    note = work.get(Note, note_id)
    if note.created_by != work.actor.id and not is_open(note.restricted, note.area, work.sees):
        raise NotAllowed(PERMISSIONS[secret_of(note.area)].value)
    return note


def _check(work: Work, draft: NoteDraft) -> None:
    """Raise DraftProblems with every field that cannot be kept."""
    wrong: list[FieldProblem] = []
    if not draft.words.strip():
        wrong.append(FieldProblem("words", "required"))
    if draft.on is not None and draft.on > work.today():
        wrong.append(FieldProblem("on", "in_the_future", draft.on.isoformat()))
    if draft.minutes is not None and not 0 < draft.minutes <= _MINUTES_OF_A_DAY:
        wrong.append(FieldProblem("minutes", "out_of_range", str(draft.minutes)))
    if draft.area is not None and draft.area not in set(Area) and not _is_own_area(work, draft.area):
        wrong.append(FieldProblem("area", "unknown_code", draft.area))
    if wrong:
        raise DraftProblems(tuple(wrong))


def _is_own_area(work: Work, code: str) -> bool:
    return work.session.scalar(select(OwnArea.id).where(OwnArea.code == code)) is not None

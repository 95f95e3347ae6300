"""Notes and happenings in words, as the timeline, the list and the search show them."""

from __future__ import annotations

from datetime import date, time

from aftercare.domain.codes import Level, NoteKind
from aftercare.domain.rows.notes import NoteRow
from aftercare.domain.rows.overview import Happening, HappeningRow
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.timeline import TimelineEntry
from aftercare.i18n import current, tr, trn
from aftercare.words import Voice, label
from aftercare.words.standing import event_words

_ENDS = (".", "!", "?", "…", "。", "؟", "።", "။", "।", "។")


def day_words(on: date, today: date) -> str:
    """«Today», «Yesterday», «19 Nov», with the year where it is another one."""
    passed = (today - on).days
    if passed == 0:
        return tr("Today")
    if passed == 1:
        return tr("Yesterday")
    return current().day(on) if on.year == today.year else current().date(on)


def minutes_words(minutes: int | None) -> str:
    return trn("{n} min", "{n} min", minutes) if minutes else ""


def note_head(kind: NoteKind | None, minutes: int | None, at: time | None = None) -> str:
    """«Call, 20 min», «10:30, Visit»; nothing for a note of no special kind."""
    clock = current().time(at) if at is not None else ""
    what = label(kind) if kind not in (None, NoteKind.OTHER) else ""
    return ", ".join(part for part in (clock, what, minutes_words(minutes)) if part)


def restricted_pill(restricted: bool) -> str:
    return tr("restricted") if restricted else ""


def happening_entry(row: HappeningRow, voice: Voice, today: date, *, unfolded: bool = False) -> TimelineEntry:
    """One line of the timeline; what is folded says how to read it."""
    return TimelineEntry(
        id=(row.kind, row.id),
        when=day_words(row.on, today),
        text=_said(row, voice, unfolded=unfolded),
        area=row.area or "",
        who=row.who,
        pill=restricted_pill(row.restricted),
        pill_tone=Tone.SOFT,
    )


def _said(row: HappeningRow, voice: Voice, *, unfolded: bool) -> str:
    if row.kind is Happening.NOTE:
        return _note_said(row, unfolded=unfolded)
    if row.kind is Happening.PROGRESS:
        return row.words or _levels(row.staff_level, row.own_level, voice)
    if row.kind is Happening.ASSESSED:
        noted = trn("Scores noted for {n} area.", "Scores noted for {n} areas.", row.number or 0)
        return f"{noted} {row.words}" if row.words else noted
    if row.kind is Happening.AGREED:
        return tr("Plan agreed, version {number}.", number=row.number)
    if row.kind is Happening.STAGE and row.stage is not None:
        moved = tr("Stage: {stage}.", stage=label(row.stage))
        return f"{moved} {row.words}" if row.words else moved
    return _sentence(event_words(row.fact)) if row.fact is not None else ""


def _sentence(words: str) -> str:
    """With a full stop, unless what a person wrote ends in a mark already."""
    return words if words.endswith(_ENDS) else words + "."


def _note_said(row: HappeningRow, *, unfolded: bool) -> str:
    head = note_head(row.note_kind, row.minutes)
    if row.is_hidden:
        return tr("A note that is not open to you.")
    if row.is_folded and not unfolded:
        return tr("{head}. Press Enter to read.", head=head)
    return f"{head}. {row.words}" if head else row.words


def _levels(staff: Level | None, own: Level | None, voice: Voice) -> str:
    told = []
    if staff is not None:
        told.append(tr("Staff: {level}", level=label(staff)))
    if own is not None:
        told.append(f"{voice.themself}: {label(own)}")
    return " · ".join(told)


def note_entry(row: NoteRow, today: date, *, unfolded: bool = True) -> TimelineEntry:
    """A note in the list of notes: its words whole, its addenda below, and what became of it."""
    if row.is_hidden:
        text = tr("A note that is not open to you.")
    else:
        head = note_head(row.kind, row.minutes, row.at)
        present = tr("with {people}", people=row.present) if row.present else ""
        top = ", ".join(part for part in (head, present) if part)
        words = row.words if unfolded else tr("Press Enter to read.")
        text = f"{top}. {words}" if top else words
    for addendum in row.addenda:
        added = tr("Not open to you.") if addendum.is_hidden else addendum.words
        written = tr("Addendum, {who}", who=addendum.author)
        text += f"\u2028{written}: {added}"
    moved = tr("moved from {code}", code=row.moved_from) if row.moved_from else ""
    return TimelineEntry(
        id=row.id,
        when=day_words(row.on, today),
        text=text,
        area=row.area or "",
        who=" · ".join(part for part in (row.author, moved) if part),
        pill=restricted_pill(row.restricted),
    )

"""The notes of a story: one or two a week, more in the first weeks, by whoever was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta

from aftercare.domain.codes import Area, NoteKind, StepState
from aftercare.domain.demo.course import Course
from aftercare.domain.demo.note_words import NOTES
from aftercare.domain.demo.office import TrainingStaff
from aftercare.domain.demo.places import KINDS, PROVIDERS
from aftercare.domain.demo.plan import ToldPlan
from aftercare.domain.demo.telling import Teller

_MINUTES = (5, 10, 15, 15, 20, 30, 30, 45, 60, 90)
_NOTES = 48  # about so many for a course of average length
_COUNSELLOR = "Counselling centre Meadow"
_SPOKEN_OF = (
    ("Case conference", NoteKind.CASE_CONFERENCE),
    ("Message from", NoteKind.MESSAGE),
    ("Accompanied", NoteKind.ACCOMPANIMENT),
    ("Went to the office", NoteKind.ACCOMPANIMENT),
    ("Call ", NoteKind.CALL),
    ("call with", NoteKind.CALL),
    ("Short call", NoteKind.CALL),
    ("Viewed", NoteKind.VISIT),
    ("Meeting with", NoteKind.MEETING),
    ("Short talk", NoteKind.MEETING),
    ("Weekly talk", NoteKind.MEETING),
)


@dataclass(frozen=True, slots=True)
class Circle:
    """Who writes about a person."""

    worker: TrainingStaff
    others: tuple[TrainingStaff, ...]

    def somebody(self, teller: Teller) -> TrainingStaff:
        return self.worker if teller.chance(0.68) else teller.one(self.others)


def tell_notes(
    teller: Teller, course: Course, plan: ToldPlan, circle: Circle, words: dict[str, str], areas: list[str]
) -> None:
    """Notes over the whole course; the first is the intake."""
    _tell_note(teller, circle.worker, course.opened_on, None, NoteKind.MEETING, "intake", words)
    for day, step in sorted(_steps_worth_telling(teller, plan), key=lambda told: told[0])[-12:]:
        _write(teller, circle.somebody(teller), day, *step)
    wanted = max(6, round(_NOTES * (0.25 + 0.75 * min(1.6, course.days / 330))))
    gap = max(0.6, course.days / wanted)
    at = gap
    while at <= course.days:
        day = course.opened_on + timedelta(days=int(at))
        at += gap * (0.4 + 1.2 * teller.rng.random())
        day = teller.working(day) if teller.chance(0.9) else day
        if day < course.opened_on:
            continue
        _tell_any(teller, circle, day, words, areas)


def _tell_any(teller: Teller, circle: Circle, day: date, words: dict[str, str], areas: list[str]) -> None:
    drawn = teller.rng.random()
    writer = circle.somebody(teller)
    if drawn < 0.16 and Area.HEALTH in areas:
        _tell_note(teller, circle.worker, day, Area.HEALTH, NoteKind.COUNSELLING, "health_counselling", words, True)
    elif drawn < 0.175:
        _tell_note(teller, writer, day, Area.SAFETY, NoteKind.INCIDENT, "incident", words)
    elif drawn < 0.38:
        kind = teller.one((NoteKind.VISIT, NoteKind.CALL, NoteKind.MEETING, NoteKind.MEETING))
        _tell_note(teller, writer, day, None, kind, "general", words)
    else:
        area = teller.one(areas)
        _tell_note(teller, writer, day, area, teller.weighted(KINDS[area]), area, words)


def _tell_note(
    teller: Teller,
    writer: TrainingStaff,
    day: date,
    area: str | None,
    kind: NoteKind,
    rule: str,
    words: dict[str, str],
    restricted: bool = False,
) -> None:
    provider = _COUNSELLOR if kind is NoteKind.COUNSELLING else teller.one(PROVIDERS[area]) if area else ""
    said = " ".join(NOTES.say(rule, teller.rng, words | {"provider": provider}).split())
    _write(teller, writer, day, area, _kind_of(said, kind), said, restricted)


def _kind_of(said: str, drawn: NoteKind) -> NoteKind:
    """The kind that a note speaks of, where it does."""
    return next((kind for beginning, kind in _SPOKEN_OF if beginning in said), drawn)


def _write(
    teller: Teller,
    writer: TrainingStaff,
    day: date,
    area: str | None,
    kind: NoteKind,
    said: str,
    restricted: bool = False,
) -> None:
    at = time(8 + teller.between(0, 9), teller.between(0, 11) * 5)
    moment = teller.moment(day, at)
    teller.of_case(
        "note",
        day,
        writer.id,
        at=moment.time(),
        area=area,
        kind=kind,
        on=day,
        minutes=teller.one(_MINUTES),
        words=said,
        restricted=restricted,
    )


def _steps_worth_telling(teller: Teller, plan: ToldPlan) -> list[tuple[date, tuple[str, NoteKind, str]]]:
    """Short notes about steps that were done: «Eye test: done.»"""
    found = []
    for goal in plan.goals:
        for step in goal.steps:
            if step.state is StepState.DONE and step.done_on and not step.repeat and teller.chance(0.6):
                ending = teller.one(("done.", "done, went well.", "done; took longer than planned.", "settled today."))
                found.append(
                    (step.done_on, (goal.area, teller.weighted(KINDS[goal.area]), f"{step.idea.words}: {ending}"))
                )
    return found

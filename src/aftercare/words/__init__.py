"""Words for codes: `label(code)` is the one door; calm, short, gender-neutral, and translated like every other string.

label(Area.HOUSING)                      «Housing»
short_area(Area.FAMILY)                  «Family», where a column is narrow
voice(Gender.FEMALE).themself            «Herself», beside the levels; «Own view» where no gender is known
due_words(due_in(step.due_on, today))    «3 days late», «today», «tomorrow», «Thu», «12 Dec»
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from aftercare.domain.codes import OWN_AREA, Area, Gender, Level
from aftercare.domain.progress import Due
from aftercare.i18n import N_, Language, current
from aftercare.words import facts, people, plans, retention, scale
from aftercare.words.obstacles import obstacle_words, readiness_words
from aftercare.words.voice import Voice, voice

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {**people.LABELS, **plans.LABELS, **facts.LABELS, **retention.LABELS}

_SHORT_AREAS: dict[str, str] = {
    Area.FAMILY: N_("Family"),
    Area.LEGAL: N_("Legal"),
}


def label(code: StrEnum, language: Language | None = None) -> str:
    """The word for a code, in the interface language or the one given."""
    return (language or current()).tr(LABELS[type(code)][code])


def area_label(area: str, language: Language | None = None) -> str:
    """The name of a plan area; an area of the organisation's own is its own name.

    The code of one whose name is kept nowhere any more says only that it was one.
    """
    words = language or current()
    if area in set(Area):
        return words.tr(plans.AREAS[Area(area)])
    return words.tr(plans.OWN_AREA) if area.startswith(OWN_AREA) else area


def short_area(area: str, language: Language | None = None) -> str:
    """The name of a plan area where room is short: «Family» for family reunification."""
    words = language or current()
    return words.tr(_SHORT_AREAS[area]) if area in _SHORT_AREAS else area_label(area, language)


def anchor(area: str, level: Level, language: Language | None = None) -> str:
    """What a level of the five-step scale means in an area, in a few words; empty for an answer that is no level."""
    words = language or current()
    step = level.step
    return words.tr(scale.ANCHORS[area][step - 1]) if step is not None and area in scale.ANCHORS else ""


def gender_noun(gender: Gender | None, is_child: bool = False, language: Language | None = None) -> str:
    """«Woman», «Boy»: who someone is, as it stands before the age; empty where it is not known."""
    words = language or current()
    if gender is None or gender is Gender.NOT_SPECIFIED:
        return words.tr(N_("Child")) if is_child else ""
    return words.tr((people.YOUNG if is_child else people.GROWN).get(gender, people.GENDERS[gender]))


def due_words(due: Due, language: Language | None = None) -> str:
    """When something is due, seen from today: late, today, tomorrow, a weekday within the week, else the day."""
    words = language or current()
    if due.is_late:
        return words.trn("{n} day late", "{n} days late", due.late_by)
    if due.days == 0:
        return words.tr(N_("today"))
    if due.days == 1:
        return words.tr(N_("tomorrow"))
    if due.days < 7:
        return words.date_as(due.on, "EEE")
    return words.day(due.on) if due.on - due.today < timedelta(days=300) else words.date(due.on)


def left_words(due: Due, language: Language | None = None) -> str:
    """How long until something ends: «12 days», «ends today», «ended 3 days ago»."""
    words = language or current()
    if due.is_late:
        return words.trn("ended {n} day ago", "ended {n} days ago", due.late_by)
    if due.days == 0:
        return words.tr(N_("ends today"))
    return words.trn("{n} day", "{n} days", due.days)


__all__ = [
    "LABELS",
    "Voice",
    "anchor",
    "area_label",
    "due_words",
    "gender_noun",
    "label",
    "left_words",
    "obstacle_words",
    "readiness_words",
    "short_area",
    "voice",
]

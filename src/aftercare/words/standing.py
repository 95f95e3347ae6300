"""Where an area stands, in one line, and what happened, in one sentence; for the cards, the timeline and the reports.

standing_words(standing, Area.HOUSING)   «Room 4 since 3 Aug»
standing_words(standing, Area.EDUCATION) «Language course A1, 82 % attended»
ladder_words(Rung.CONTACT)               «wish ✓ · trace ✓ · contact now · assessment»
event_words(event)                       «Counselling session 6»
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from aftercare.domain.codes import (
    AppointmentKind,
    Area,
    EnrolmentState,
    PlacementKind,
    RelativeKind,
    Rung,
    StopKind,
)
from aftercare.domain.reunification import LADDER, Lifter
from aftercare.domain.rhythm import Rhythm
from aftercare.domain.rows.standing import (
    CaseStanding,
    EducationStanding,
    EmploymentStanding,
    FactEvent,
    FactEventKind,
    FamilyStanding,
    HealthStanding,
    HousingStanding,
)
from aftercare.i18n import N_, Language, current
from aftercare.words import label as _label

_RHYTHMS = {
    Rhythm.WEEKLY: N_("Counselling weekly"),
    Rhythm.EVERY_TWO_WEEKS: N_("Counselling every two weeks"),
    Rhythm.MONTHLY: N_("Counselling monthly"),
}
_RELATIVE_FOUND = {
    RelativeKind.MOTHER: N_("Mother found"),
    RelativeKind.FATHER: N_("Father found"),
    RelativeKind.SISTER: N_("Sister found"),
    RelativeKind.BROTHER: N_("Brother found"),
    RelativeKind.CHILD: N_("Child found"),
    RelativeKind.PARTNER: N_("Partner found"),
    RelativeKind.GRANDPARENT: N_("Grandparent found"),
    RelativeKind.AUNT_OR_UNCLE: N_("Aunt or uncle found"),
    RelativeKind.COUSIN: N_("Cousin found"),
    RelativeKind.GUARDIAN: N_("Guardian found"),
    RelativeKind.FRIEND: N_("Friend found"),
    RelativeKind.OTHER: N_("Relative found"),
}
_STOPPED = {
    Lifter.SURVIVOR: N_("Stopped at the survivor’s own wish"),
    Lifter.MANAGER: N_("Stopped for safety"),
}


# --- where it stands ----------------------------------------------------------------------------------------------


def standing_words(standing: CaseStanding, area: str, today: date, language: Language | None = None) -> str:
    """The line of an area's card; empty where nothing is known, or it may not be seen."""
    words = language or current()
    if area == Area.HOUSING:
        return _housing(standing.housing, today, words)
    if area == Area.HEALTH:
        return _health(standing.health, words)
    if area == Area.EDUCATION:
        return _education(standing.education, words)
    if area == Area.EMPLOYMENT:
        return _employment(standing.employment, words)
    if area == Area.FAMILY:
        return _family(standing.family, words)
    return _deadline(standing, area, today, words)


def _housing(here: HousingStanding | None, today: date, words: Language) -> str:
    if here is None:
        return ""
    place = here.name or _label(here.kind, words)
    return words.tr(N_("{place} since {day}"), place=place, day=words.near_day(here.since, today))


def _health(health: HealthStanding, words: Language) -> str:
    if health.rhythm is not None:
        return words.tr(_RHYTHMS[health.rhythm])
    if health.counselling_sessions:
        return words.trn("{n} counselling session", "{n} counselling sessions", health.counselling_sessions)
    return ""


def _education(course: EducationStanding | None, words: Language) -> str:
    if course is None:
        return ""
    kind = course_words(course.course, _label(course.kind, words), course.language_level)
    if course.state is EnrolmentState.COMPLETED:
        return words.tr(N_("{course} completed"), course=kind)
    if course.percent is not None:
        return words.tr(N_("{course}, {percent} % attended"), course=kind, percent=course.percent)
    return f"{kind}, {_label(course.state, words).lower()}"


def course_words(course: str, kind: str, level: str) -> str:
    """What a course is called: its own name or its kind, with the language level unless the name says it."""
    name = course or kind
    return name if not level or level in name else f"{name} {level}"


def _employment(work: EmploymentStanding | None, words: Language) -> str:
    if work is None:
        return ""
    job = ", ".join(part for part in (work.role, work.employer) if part)
    if not job:
        return _label(work.state, words) if work.state is not None else ""
    state = _label(work.job_state, words) if work.job_state is not None else ""
    line = f"{state}: {job}" if state else job
    if work.check_result is not None:
        return f"{line}. {words.tr(N_('Safe-job check'))}: {_label(work.check_result, words).lower()}"
    return line


def _family(family: FamilyStanding | None, words: Language) -> str:
    if family is None:
        return ""
    parts = []
    if family.is_frozen:
        parts += [words.tr(_STOPPED[lifter]) for lifter in family.must_lift]
    if family.relative is not None:
        known = family.contacts or (family.rung is not None and LADDER.index(family.rung) > LADDER.index(Rung.TRACE))
        parts.append(words.tr(_RELATIVE_FOUND[family.relative]) if known else _label(family.relative, words))
    if family.contacts:
        parts.append(words.trn("{n} contact", "{n} contacts", family.contacts))
    return "; ".join(parts)


def _deadline(standing: CaseStanding, area: str, today: date, words: Language) -> str:
    deadline = standing.next_deadline(area)
    if deadline is None:
        return ""
    what = deadline.words or _label(deadline.kind, words)
    return words.tr(N_("{what} ends {day}"), what=what, day=words.near_day(deadline.ends_on, today))


def ladder_words(rung: Rung, language: Language | None = None, *, whole: bool = False) -> str:
    """The ladder as a line: what is behind with a tick, where it stands now, and the next rung (or all of them)."""
    words = language or current()
    here = LADDER.index(rung)
    shown = LADDER if whole else LADDER[: here + 2]
    return " · ".join(_rung(step, at - here, words) for at, step in enumerate(shown))


def _rung(step: Rung, ahead: int, words: Language) -> str:
    name = _label(step, words).lower()
    if ahead < 0:
        return f"{name} ✓"
    return words.tr(N_("{rung} now"), rung=name) if ahead == 0 else name


# --- what happened ------------------------------------------------------------------------------------------------


def event_words(event: FactEvent, language: Language | None = None) -> str:
    """One sentence without a full stop; what was written down by the worker follows after a colon."""
    return _SAID[event.kind](event, language or current())


def _with(head: str, said: str) -> str:
    return f"{head}: {said}" if said else head


def _kind(event: FactEvent, words: Language) -> str:
    return _label(event.code, words) if event.code is not None else ""


def _moved_in(event: FactEvent, words: Language) -> str:
    if event.code is PlacementKind.UNKNOWN_WHEREABOUTS:
        return _kind(event, words)
    return words.tr(N_("Moved to {place}"), place=event.words or _kind(event, words))


def _moved_out(event: FactEvent, words: Language) -> str:
    return f"{event.words}: {_kind(event, words).lower()}" if event.words else _kind(event, words)


def _safety_check(event: FactEvent, words: Language) -> str:
    return _with(words.tr(N_("Safety check of the place")), event.words or words.tr(N_("no concerns")))


def _attended(event: FactEvent, words: Language) -> str:
    if event.code is AppointmentKind.COUNSELLING_SESSION and event.number is not None:
        return words.tr(N_("Counselling session {number}"), number=event.number)
    return _with(_kind(event, words), event.words)


def _course_begun(event: FactEvent, words: Language) -> str:
    return words.tr(N_("{course} begun"), course=event.words or _kind(event, words))


def _certificate(event: FactEvent, words: Language) -> str:
    return _with(words.tr(N_("Certificate")), event.words or _kind(event, words))


def _job_begun(event: FactEvent, words: Language) -> str:
    return _with(words.tr(N_("Work begun")), event.words)


def _job_ended(event: FactEvent, words: Language) -> str:
    return _with(words.tr(N_("Work ended")), event.words)


def _job_check(event: FactEvent, words: Language) -> str:
    result = _kind(event, words).lower()
    if event.number is None:
        return words.tr(N_("Safe-job check: {result}"), result=result)
    return words.tr(N_("Safe-job check after {days} days: {result}"), days=event.number, result=result)


def _contact(event: FactEvent, words: Language) -> str:
    head = _kind(event, words)
    if event.number is not None:
        head = words.trn("{way}, {n} min", "{way}, {n} min", event.number, way=head)
    return _with(head, event.words)


def _ladder_move(event: FactEvent, words: Language) -> str:
    head = words.tr(N_("Reunification is now at: {rung}"), rung=_kind(event, words).lower())
    return f"{head}. {event.words}" if event.words else head


def _ladder_stop(event: FactEvent, words: Language) -> str:
    if event.code is StopKind.HER_VETO:
        return words.tr(N_("Reunification stopped at the survivor’s own wish"))
    return _with(words.tr(N_("Reunification stopped, {reason}"), reason=_kind(event, words).lower()), event.words)


def _ladder_lifted(event: FactEvent, words: Language) -> str:
    return _with(words.tr(N_("Reunification may go on")), event.words)


def _visit(event: FactEvent, words: Language) -> str:
    return _with(words.tr(N_("Visit {days} days after the return"), days=event.number), event.words)


_SAID: dict[FactEventKind, Callable[[FactEvent, Language], str]] = {
    FactEventKind.MOVED_IN: _moved_in,
    FactEventKind.MOVED_OUT: _moved_out,
    FactEventKind.SAFETY_CHECK: _safety_check,
    FactEventKind.APPOINTMENT_ATTENDED: _attended,
    FactEventKind.COURSE_BEGUN: _course_begun,
    FactEventKind.CERTIFICATE: _certificate,
    FactEventKind.JOB_BEGUN: _job_begun,
    FactEventKind.JOB_ENDED: _job_ended,
    FactEventKind.SAFE_JOB_CHECK: _job_check,
    FactEventKind.FAMILY_CONTACT: _contact,
    FactEventKind.LADDER_MOVE: _ladder_move,
    FactEventKind.LADDER_STOP: _ladder_stop,
    FactEventKind.LADDER_LIFTED: _ladder_lifted,
    FactEventKind.FOLLOW_UP_VISIT: _visit,
}

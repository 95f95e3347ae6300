"""The form of an area's facts that somebody left with words in it: opened again where it was left."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from aftercare.domain.rows.drafts import DraftRow
from aftercare.domain.rows.education import Education
from aftercare.domain.rows.employment import Employment
from aftercare.domain.rows.family import Family, LadderRow
from aftercare.domain.rows.health import Health
from aftercare.domain.rows.housing import Housing, PlacementRow
from aftercare.gui.dialogs.appointment import AppointmentDialog
from aftercare.gui.dialogs.attendance import AttendanceDialog
from aftercare.gui.dialogs.deadline import DeadlineDialog
from aftercare.gui.dialogs.enrolment import EnrolmentDialog
from aftercare.gui.dialogs.family_contact import FamilyContactDialog
from aftercare.gui.dialogs.follow_up_visit import FollowUpVisitDialog
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.dialogs.health_fact import HealthFactDialog
from aftercare.gui.dialogs.job import JobDialog
from aftercare.gui.dialogs.ladder import LadderDialog
from aftercare.gui.dialogs.ladder_move import LadderMoveDialog
from aftercare.gui.dialogs.ladder_stop import LadderStopDialog, LiftStopDialog
from aftercare.gui.dialogs.placement import PlacementDialog
from aftercare.gui.dialogs.relative import RelativeDialog
from aftercare.gui.dialogs.safe_job_check import SafeJobCheckDialog
from aftercare.gui.dialogs.safety_check import SafetyCheckDialog
from aftercare.gui.pages.area_facts_asking import Asking

_Form = Callable[[QWidget], FormDialog]


class _Row(Protocol):
    @property
    def id(self) -> UUID: ...


R = TypeVar("R", bound=_Row)


def form_left(asking: Asking, draft: DraftRow) -> _Form | None:
    """The form with its record, or for a new one; None where it cannot be opened any more."""
    key, _, rest = draft.about.partition(" ")
    facts = asking.shown.facts
    if draft.form in ("appointment", "deadline"):
        return _of_diary(asking, draft.form, key)
    if isinstance(facts, Housing):
        return _of_housing(asking, facts, draft.form, key)
    if isinstance(facts, Health):
        row = _row(facts.facts, key)
        return (lambda window: HealthFactDialog(asking.office, asking.case_id, row, window)) if facts.may_see else None
    if isinstance(facts, Education):
        return _of_education(asking, facts, draft.form, key)
    if isinstance(facts, Employment):
        return _of_employment(asking, facts, draft.form, key, rest)
    if isinstance(facts, Family):
        return _of_family(asking, facts, draft.form, key, rest)
    return None


def _row(rows: Iterable[R], key: str) -> R | None:
    return next((row for row in rows if str(row.id) == key), None)


def _of_diary(asking: Asking, form: str, key: str) -> _Form:
    office, case_id, area, diary = asking.office, asking.case_id, asking.shown.area, asking.shown.diary
    if form == "deadline":
        deadline = _row((*diary.deadlines, *diary.settled), key)
        return lambda window: DeadlineDialog(office, case_id, area, deadline, window)
    appointment = _row((*diary.ahead, *diary.past), key)
    spoken = "" if appointment else asking.shown.interpreter_language
    return lambda window: AppointmentDialog(office, case_id, area, appointment, window, interpreter_language=spoken)


def _of_housing(asking: Asking, housing: Housing, form: str, key: str) -> _Form | None:
    stays = housing.placements
    if form == "placement":
        stay = _row(stays, key)
        return lambda window: PlacementDialog(asking.office, asking.case_id, housing, stay, window)
    stay = _row(stays, key) or next((each for each in stays if _checked_in(each, key)), None)
    if stay is None:
        return None
    check = stay.latest_check if _checked_in(stay, key) else None
    return lambda window: SafetyCheckDialog(asking.office, asking.case_id, stay.id, check, window)


def _checked_in(stay: PlacementRow, key: str) -> bool:
    """Whether the form was that of the latest check of this place."""
    return stay.latest_check is not None and str(stay.latest_check.id) == key


def _of_education(asking: Asking, education: Education, form: str, key: str) -> _Form | None:
    course = _row(education.enrolments, key)
    if form == "enrolment":
        return lambda window: EnrolmentDialog(asking.office, asking.case_id, course, window)
    return None if course is None else lambda window: AttendanceDialog(asking.office, course, window)


def _of_employment(asking: Asking, employment: Employment, form: str, key: str, day: str) -> _Form | None:
    office, case_id, jobs = asking.office, asking.case_id, employment.jobs
    if form == "job":
        row = _row(jobs, key)
        return lambda window: JobDialog(office, case_id, row, window)
    job = next((each for each in jobs if str(each.id) == key or _row(each.checks, key) is not None), None)
    if job is None:
        return None
    check = _row(job.checks, key)
    return lambda window: SafeJobCheckDialog(office, case_id, job, check, int(day or 0), window)


def _of_family(asking: Asking, family: Family, form: str, key: str, rest: str) -> _Form | None:
    office, case_id = asking.office, asking.case_id
    if form == "relative":
        relative = _row(family.relatives, key)
        return lambda window: RelativeDialog(office, case_id, relative, window)
    if form == "family_contact":
        contact = _row(family.contacts, key)
        return lambda window: FamilyContactDialog(office, case_id, family.relatives, contact, None, window)
    ladder = _row(family.ladders, key)
    if form == "ladder":
        return lambda window: LadderDialog(office, case_id, family, ladder, window)
    if form == "lift_stop":
        stop = _row((stop for each in family.ladders for stop in each.standing_stops), key)
        return None if stop is None else lambda window: LiftStopDialog(office, stop, window)
    return None if ladder is None else _of_ladder(asking, ladder, form, rest)


def _of_ladder(asking: Asking, ladder: LadderRow, form: str, rest: str) -> _Form | None:
    if form == "ladder_stop":
        return lambda window: LadderStopDialog(asking.office, ladder, window)
    if form == "follow_up_visit":
        return lambda window: FollowUpVisitDialog(asking.office, ladder, int(rest), window)
    # a move was written from a rung; once the ladder stands elsewhere its words belong nowhere
    stands_there = form == "ladder_move" and rest == ladder.state.rung.value
    return (lambda window: LadderMoveDialog(asking.office, ladder, window)) if stands_there else None

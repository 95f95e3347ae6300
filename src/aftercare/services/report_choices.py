"""What can be chosen before a report is made: whose, which chapters and words, in which language."""

from __future__ import annotations

from uuid import UUID

from aftercare.domain.codes import MAIN_AREAS, Area
from aftercare.domain.errors import NotFound
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.reports import (
    AreaChoice,
    LanguageChoice,
    ReportChoices,
)
from aftercare.domain.secrecy import closed_areas
from aftercare.i18n import has_words, shipped
from aftercare.queries import report_facts
from aftercare.queries import reports as queries
from aftercare.queries.report_facts import Asked
from aftercare.queries.reports import CaseHead
from aftercare.services.office import office_settings
from aftercare.services.work import Work, needs


@needs(Permission.PRINT_REPORTS)
def find_case(work: Work, case_code: str) -> UUID:
    """The latest case of the person with this code, as typed («s-3» is S-0003)."""
    typed = case_code.strip().upper()
    letter, dash, digits = typed.partition("-")
    code = f"{letter}-{int(digits):04d}" if dash and digits.isdecimal() else typed
    case_id = queries.case_of_code(work.session, code)
    if case_id is None:
        raise NotFound("survivor")
    return case_id


@needs(Permission.PRINT_REPORTS)
def caseload(work: Work, only_mine: bool = False) -> tuple[UUID, ...]:
    """The open cases to report on, by code."""
    return queries.caseload(work.session, work.actor.id if only_mine else None, work.today())


@needs(Permission.PRINT_REPORTS)
def report_choices(work: Work, case_id: UUID) -> ReportChoices:
    """Chapters, narratives and languages that can be chosen for this case."""
    head = case_head(work, case_id)
    sees = work.sees
    entries = tuple(
        entry
        for entry in queries.entries(work.session, case_id, work.today(), sees)
        if entry.narrative.strip() and entry.area not in hidden_areas(work)
    )
    work.note_read("survivor", head.survivor_id)
    names = queries.own_area_names(work.session)
    planned = [area.area for area in queries.planned_areas(work.session, case_id, hidden_areas(work))]
    asked = Asked(case_id, head.opened_on, work.today(), work.today(), sees)
    known = report_facts.known(work.session, asked, None, hidden_areas(work)).facts
    areas = in_order([*planned, *known, *(entry.area for entry in entries)], always=MAIN_AREAS)
    hers = queries.languages_of(work.session, head.survivor_id)
    office = office_settings(work).report_language
    tags = dict.fromkeys([office, *shipped(), *hers])
    return ReportChoices(
        case_id=case_id,
        survivor_id=head.survivor_id,
        case_code=head.case_code,
        opened_on=head.opened_on,
        areas=tuple(AreaChoice(a, names.get(a, "")) for a in areas if a not in hidden_areas(work)),
        entries=entries[::-1],
        languages=tuple(LanguageChoice(tag, tag in hers, has_words(tag)) for tag in tags),
        office_language=office,
        her_language=her_language(hers, office),
    )


def her_language(hers: tuple[str, ...], office: str) -> str:
    """The first language she speaks that a whole page can be in; else the office's."""
    return next((tag for tag in hers if has_words(tag)), office)


def case_head(work: Work, case_id: UUID) -> CaseHead:
    """Whose case it is and when it was opened; NotFound also where it is not open to this person."""
    head = queries.case_head(work.session, case_id)
    if head is None:
        raise NotFound("survivor_case")
    return head


def hidden_areas(work: Work) -> tuple[str, ...]:
    """The areas that this person may not see."""
    return closed_areas(work.sees)


def in_order(areas: list[str], always: tuple[Area, ...] = ()) -> list[str]:
    """The areas that every vault knows in their order, then the organisation's own as they come."""
    known = [area.value for area in Area if area in areas or area in always]
    return [*known, *dict.fromkeys(area for area in areas if area not in set(Area))]

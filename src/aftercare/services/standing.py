"""What one area of a case knows besides goals, with its diary, as the page beside the plan shows it."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from aftercare.domain.codes import Area
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.education import Education
from aftercare.domain.rows.employment import Employment
from aftercare.domain.rows.family import Family
from aftercare.domain.rows.health import Health
from aftercare.domain.rows.housing import Housing
from aftercare.domain.rows.standing import AreaFactsShown
from aftercare.queries.agreement import spoken_languages
from aftercare.records.people import Case, Survivor
from aftercare.services.appointments import show_diary
from aftercare.services.education import show_education
from aftercare.services.employment import show_employment
from aftercare.services.family import show_family
from aftercare.services.health import show_health
from aftercare.services.housing import show_housing
from aftercare.services.work import Work, needs

_Section = Callable[[Work, UUID], Housing | Health | Education | Employment | Family]
_SECTIONS: dict[str, _Section] = {
    Area.HOUSING: show_housing,
    Area.HEALTH: show_health,
    Area.EDUCATION: show_education,
    Area.EMPLOYMENT: show_employment,
    Area.FAMILY: show_family,
}


@needs(Permission.SEE_RECORDS)
def show_area_facts(work: Work, case_id: UUID, area: str) -> AreaFactsShown:
    """The whole of it in one answer."""
    case = work.get(Case, case_id)
    show = _SECTIONS.get(area)
    spoken = spoken_languages(work.session, case.survivor_id)
    return AreaFactsShown(
        survivor_id=case.survivor_id,
        case_id=case_id,
        area=area,
        gender=work.get(Survivor, case.survivor_id).gender,
        today=work.today(),
        may_write=work.may(Permission.WRITE_RECORDS),
        may_note=work.may(Permission.WRITE_NOTES),
        facts=show(work, case_id) if show is not None else None,
        diary=show_diary(work, case_id, area),
        interpreter_language=next((tag for tag, is_needed in spoken if is_needed), ""),
    )

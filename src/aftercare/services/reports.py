"""Reports: collect what stands on them, lay it out, and write down that they left.

Three steps, because only the first and the last need the vault:

    content = desk.ask(collect_report, order)                   frozen values; without a number it is a preview
    content = desk.do(number_report, content).value             the next number, never given twice
    printed = lay_out(content)                                  bytes of PDF; pure, on any thread
    desk.do(issue_report, content, printed.pages, 1, WayOut.SAVED)   before the bytes leave

`progress_report` and `plan_sheet` do all of it at once.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from aftercare.domain.codes import Area, AreaState, EmploymentState, ReportKind, ReportProfile
from aftercare.domain.drafts.reports import Narratives, PlanSheetOrder, ProgressOrder, ReportOrder, WayOut
from aftercare.domain.errors import Bug, FieldProblem
from aftercare.domain.permissions import Permission
from aftercare.domain.progress import LevelsOn, count_steps, standing
from aftercare.domain.report_profiles import for_profile, plan_sheet_areas, telling_words
from aftercare.domain.report_steps import listed, next_steps, steps_as_of
from aftercare.domain.rows.reports import (
    EntryRow,
    Issue,
    IssuedRow,
    LevelPoint,
    PlanSheetContent,
    Printed,
    ProgressContent,
    ReportArea,
    ReportContent,
    ReportGoal,
)
from aftercare.i18n import has_words
from aftercare.queries import report_facts
from aftercare.queries import reports as queries
from aftercare.queries.report_facts import Asked
from aftercare.queries.reports import CaseHead, PlannedArea
from aftercare.records.office import IssuedReport
from aftercare.services.office import next_number, office_settings
from aftercare.services.report_choices import case_head, her_language, hidden_areas, in_order
from aftercare.services.work import Work, needs

# --- collecting ----------------------------------------------------------------------------------------------------


@needs(Permission.PRINT_REPORTS)
def collect_report(work: Work, order: ReportOrder) -> ReportContent:
    """What stands on a report, without a number: a preview. FieldProblem where the period is turned round."""
    if isinstance(order, PlanSheetOrder):
        return _collect_plan_sheet(work, order)
    return collect_progress(work, order)


@needs(Permission.PRINT_REPORTS)
def collect_progress(work: Work, order: ProgressOrder) -> ProgressContent:
    """What stands on a progress report, as its profile may show it."""
    head = case_head(work, order.case_id)
    until = min(order.until or work.today(), head.closed_on or date.max)
    since = order.since or min(head.opened_on, until)
    if since > until:
        raise FieldProblem("since", "ends_before_it_begins", since.isoformat())
    work.note_read("survivor", head.survivor_id)
    agreed = queries.agreed_plan(work.session, order.case_id, until)
    chapters, left_out, known, points = _chapters(work, head, order, since, until)
    review_on = head.review_on or (agreed[1] if agreed else None)
    content = ProgressContent(
        issue=Issue(head.survivor_id, head.case_id),
        number=None,
        profile=order.profile,
        language=_page_language(work, head, order.language, order.profile),
        paper=order.paper,
        large_print=order.large_print,
        case_code=head.case_code,
        gender=head.gender,
        opened_on=min(head.opened_on, until),
        since=since,
        until=until,
        printed_on=work.today(),
        prepared_by=work.actor.name,
        plan=agreed[0] if agreed else None,
        review_on=review_on,
        areas=chapters,
        left_out=left_out,
        levels=points,
        happenings=tuple(one for one in known.happenings if one.on >= head.opened_on),
        next_steps=next_steps(chapters, review_on),
    )
    return for_profile(content)


def _page_language(work: Work, head: CaseHead, asked_for: str, profile: ReportProfile) -> str:
    """The language asked for, else hers or the office's; never one without words: half a page would be in another."""
    office = office_settings(work).report_language
    office = office if has_words(office) else "en"
    if asked_for:
        return asked_for if has_words(asked_for) else office
    if profile is not ReportProfile.SURVIVORS_COPY:
        return office
    return her_language(queries.languages_of(work.session, head.survivor_id), office)


def _chapters(
    work: Work, head: CaseHead, order: ProgressOrder, since: date, until: date
) -> tuple[tuple[ReportArea, ...], tuple[str, ...], report_facts.Known, tuple[LevelPoint, ...]]:
    """The chapters asked for; the names of those that exist besides; happenings; the levels of the chapters."""
    sees, hidden = work.sees, hidden_areas(work)
    planned = {area.area: area for area in queries.planned_areas(work.session, head.case_id, hidden)}
    entries = [e for e in queries.entries(work.session, head.case_id, until, sees) if e.area not in hidden]
    asked = Asked(head.case_id, since, until, work.today(), sees)
    unwanted = () if not order.areas else tuple(area.value for area in Area if area.value not in order.areas)
    employment = EmploymentState(head.employment) if head.employment else None
    known = report_facts.known(work.session, asked, employment, {*hidden, *unwanted})
    names = queries.own_area_names(work.session)
    # an answer outside the plan's areas («mental health» of the scale) makes no chapter of its own
    scored = [entry.area for entry in entries if entry.area in planned or entry.area in set(Area)]
    present = in_order([*planned, *scored, *known.facts])
    wanted = [area for area in present if not order.areas or area in order.areas]
    chapters = tuple(
        _chapter(planned.get(area), area, _name(area, names), entries, known, since, until) for area in wanted
    )
    ticked = tuple(replace(chapter, entries=_wanted_entries(chapter.entries, order)) for chapter in chapters)
    points = tuple(
        LevelPoint(e.area, e.on, e.staff_level, e.own_level)
        for e in entries
        if e.area in wanted and (e.staff_level or e.own_level)
    )
    left_out = tuple(_name(area, names) or area for area in present if area not in wanted)
    return ticked, left_out, known, points


def _wanted_entries(entries: tuple[EntryRow, ...], order: ProgressOrder) -> tuple[EntryRow, ...]:
    match order.narratives:
        case Narratives.ALL:
            return entries
        case Narratives.LAST:
            return entries[-1:]
        case Narratives.CHOSEN:
            return tuple(entry for entry in entries if entry.id in order.entries)


def _name(area: str, names: dict[str, str]) -> str:
    """What the organisation calls an area; empty for one that every vault knows by its own word."""
    return names.get(area, "" if area in set(Area) else area)


def _chapter(
    planned: PlannedArea | None,
    area: str,
    name: str,
    entries: list[EntryRow],
    known: report_facts.Known,
    since: date,
    until: date,
) -> ReportArea:
    own = [entry for entry in entries if entry.area == area]
    levels = [LevelsOn(entry.on, entry.staff_level, entry.own_level) for entry in own]
    goals, states = [], []
    for goal in planned.goals if planned else ():
        steps = steps_as_of(goal.steps, until)
        states += [step.state for step in steps]
        goals.append(ReportGoal(goal.words, goal.state, goal.target_on, listed(steps, since, until)))
    return ReportArea(
        area=area,
        name=name,
        state=planned.state if planned else AreaState.ACTIVE,
        standing=standing(levels, since, until),
        counted=count_steps(states),
        goals=tuple(goals),
        facts=tuple(known.facts.get(area, ())),
        entries=tuple(entry for entry in own if entry.narrative.strip() and since <= entry.on <= until),
    )


def _collect_plan_sheet(work: Work, order: PlanSheetOrder) -> PlanSheetContent:
    head = case_head(work, order.case_id)
    today = work.today()
    work.note_read("survivor", head.survivor_id)
    agreed = queries.agreed_plan(work.session, order.case_id, today)
    wanted = ProgressOrder(order.case_id, areas=order.areas)
    chapters = _chapters(work, head, wanted, today, today)[0]
    active = [area for area in chapters if area.state is AreaState.ACTIVE]
    areas = plan_sheet_areas(active)
    texts = [words for area in areas for goal in area.goals for words in (goal.words, *(s.words for s in goal.steps))]
    texts += [area.name for area in areas]
    texts += [step.who for area in areas for goal in area.goals for step in goal.steps]
    settings = office_settings(work)
    return PlanSheetContent(
        issue=Issue(head.survivor_id, head.case_id),
        number=None,
        language=_page_language(work, head, order.language, ReportProfile.SURVIVORS_COPY),
        paper=order.paper,
        printed_on=today,
        plan=agreed[0] if agreed else None,
        review_on=head.review_on or (agreed[1] if agreed else None),
        areas=areas,
        telling_words=telling_words(texts, settings.organisation),
    )


# --- laying out ----------------------------------------------------------------------------------------------------


def lay_out(content: ReportContent) -> Printed:
    """The finished pages. Pure: needs no vault, runs on any thread or in another process."""
    from aftercare.reports.layout import laid_out  # only here: reportlab takes 0.15 s to load

    return laid_out(content)


# --- leaving -------------------------------------------------------------------------------------------------------


@needs(Permission.PRINT_REPORTS)
def number_report(work: Work, content: ReportContent) -> ReportContent:
    """The content under the next report number."""
    return replace(content, number=next_number(work, "report"))


@needs(Permission.PRINT_REPORTS)
def issue_report(work: Work, content: ReportContent, pages: int, copies: int, way: WayOut) -> IssuedRow:
    """Write down that this report leaves; called before it does. It cannot be undone."""
    return _issue(work, content, pages, copies, way)


def _issue(work: Work, content: ReportContent, pages: int, copies: int, way: WayOut) -> IssuedRow:
    if content.number is None:
        raise Bug("a preview cannot leave")
    progress = content if isinstance(content, ProgressContent) else None
    report = work.add(
        IssuedReport(
            survivor_id=content.issue.survivor_id,
            case_id=content.issue.case_id,
            number=content.number,
            kind=ReportKind.PROGRESS if progress else ReportKind.PLAN_SHEET,
            profile=progress.profile if progress else ReportProfile.SURVIVORS_COPY,
            period_from=progress.since if progress else None,
            period_until=progress.until if progress else None,
            areas=[area.area for area in content.areas],
            pages=pages,
            copies=copies,
        )
    )
    work.note_release(way.value, "issued_report", report.id, f"{report.profile.value} copies={copies}")
    return IssuedRow(
        id=report.id,
        number=report.number,
        case_code="",
        kind=report.kind,
        profile=report.profile,
        at=report.created_at,
        by=work.actor.name,
        pages=pages,
        copies=copies,
    )


@needs(Permission.PRINT_REPORTS)
def progress_report(work: Work, order: ProgressOrder, way: WayOut = WayOut.SAVED) -> Printed:
    """Collect, number, lay out and write down, all in one."""
    return _whole(work, collect_progress(work, order), way)


@needs(Permission.PRINT_REPORTS)
def plan_sheet(work: Work, order: PlanSheetOrder, way: WayOut = WayOut.SAVED) -> Printed:
    """The survivor's page, collected, numbered, laid out and written down."""
    return _whole(work, _collect_plan_sheet(work, order), way)


def _whole(work: Work, content: ReportContent, way: WayOut) -> Printed:
    numbered = replace(content, number=next_number(work, "report"))
    printed = lay_out(numbered)
    _issue(work, numbered, printed.pages, 1, way)
    return printed


@needs(Permission.PRINT_REPORTS)
def issued_reports(work: Work, limit: int = 50) -> tuple[IssuedRow, ...]:
    """The reports that left last."""
    return queries.issued(work.session, limit)

"""Progress reports and plan sheets: what stands on them for whom, how they look to a machine, how they leave."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO
from uuid import UUID

import pikepdf
import pypdfium2
import pytest
from sqlalchemy.orm import Session

from aftercare.domain import permissions
from aftercare.domain.codes import Area, ReportProfile
from aftercare.domain.drafts.people import LanguageDraft
from aftercare.domain.drafts.reports import Narratives, PlanSheetOrder, ProgressOrder, WayOut
from aftercare.domain.errors import Bug, FieldProblem, NotAllowed, NotFound
from aftercare.domain.permissions import Permission, Role
from aftercare.domain.rows.reports import PlanSheetContent, Printed, ProgressContent
from aftercare.i18n import PSEUDO_RTL
from aftercare.records.office import IssuedReport
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.office import OfficeSettings
from aftercare.services.report_choices import caseload, find_case, report_choices
from aftercare.services.reports import (
    collect_report,
    issue_report,
    issued_reports,
    lay_out,
    number_report,
    plan_sheet,
    progress_report,
)
from makers import a_survivor
from report_cases import (
    ADDRESS,
    DIAGNOSIS,
    EMPLOYER,
    GOAL,
    NARRATIVE,
    PROVIDER,
    RELATIVE,
    RESTRICTED,
    STAFF_NAME,
    STAFF_REMARK,
    a_full_case,
)

Log = list[tuple[str, str, object, str]]
SEPTEMBER = date(2026, 9, 1)
INTERNAL, OWN, ANONYMOUS = ReportProfile.INTERNAL, ReportProfile.SURVIVORS_COPY, ReportProfile.ANONYMOUS


def text_of(pdf: bytes) -> str:
    """All words, as a reader of the file gets them."""
    pages = (page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))
    return " ".join("\n".join(pages).split())


def printed(desk: Desk, case_id: UUID, profile: ReportProfile = INTERNAL, **order: object) -> str:
    wanted = ProgressOrder(case_id, profile, **{"since": SEPTEMBER, "narratives": Narratives.ALL, **order})  # type: ignore[arg-type]
    return text_of(lay_out(desk.ask(collect_report, wanted)).pdf)


# --- what must be there ---------------------------------------------------------------------------------------------


def test_the_team_reads_levels_steps_facts_narratives_and_what_comes_next(desk: Desk) -> None:
    head = a_full_case(desk)
    words = printed(desk, head.case_id)
    for part in (
        f"Progress report {head.case_code} · 1 September – 23 November 2026",
        "Plan version 3, agreed by both on 9 November 2026. Next review 2 December 2026. Prepared by A. Rahman.",
        "Housing Vulnerable Safe ▲ Vulnerable 1 of 4",
        "Health Safe Building ▲ Building 6 of 7",
        "Employment – Not enough information Rather not say 0 of 1",
        "Her own view",
        "Course since intake",
        f"“{GOAL}” Own room in the shelter since 3 August 2026. 83 nights in the shelter in this period.",
        "View two rooms A. Rahman 19 Nov done 19 Nov",
        "Confirm move-in date Staff 20 Nov 3 days late",
        f"Rent support application {PROVIDER} 15 Jan 2027 {STAFF_REMARK}",
        f"18 November 2026 {NARRATIVE}",
        f"Counselling, weekly {PROVIDER} ongoing 6 times done",
        "Attended: Counselling session (3). Next: Dental on 1 December 2026.",
        "Attended 10 of 12 sessions.",
        f"Work: Applying. Baker's help, {EMPLOYER} since 2 November 2026. Safe-job check: Go, with conditions.",
        "Reunification (Mother): Contact. 1 contact in this period.",
        "Residence permit ends on 15 January 2027.",
        "Next steps until 2 December 2026 Confirm move-in date · Enrol in language course A2 · Pack my things",
        "Survivor: signature or mark, date Drawn for plan version 3 on 9 November 2026",
        "Preview, not issued · page 1 of 2",
    ):
        assert part in words, part


def test_no_report_says_her_name_her_address_or_whom_in_her_family(desk: Desk) -> None:
    head = a_full_case(desk)
    for profile in ReportProfile:
        words = printed(desk, head.case_id, profile)
        for canary in ("Selam", "Tesfay", ADDRESS, "Room 4", RELATIVE, DIAGNOSIS):
            assert canary not in words, (profile, canary)


def test_her_own_copy_speaks_to_her_and_leaves_out_others(desk: Desk) -> None:
    head = a_full_case(desk)
    words = printed(desk, head.case_id, OWN)
    for part in (head.case_code, f"“{GOAL}”", "Your own view", "Pack my things You", "Your worker", NARRATIVE,
                 "you can complain", "Your own copy."):  # fmt: skip
        assert part in words, part
    for canary in (STAFF_NAME, STAFF_REMARK, EMPLOYER, RESTRICTED, "days late", "Survivor", "Her own view"):
        assert canary not in words, canary


def test_the_anonymous_sheet_has_no_code_no_name_no_day_and_no_free_text(desk: Desk) -> None:
    head = a_full_case(desk)
    content = desk.ask(collect_report, ProgressOrder(head.case_id, ANONYMOUS, SEPTEMBER, narratives=Narratives.ALL))
    words = text_of(lay_out(content).pdf)
    for canary in (head.case_code, STAFF_NAME, STAFF_REMARK, PROVIDER, EMPLOYER, GOAL, NARRATIVE, RESTRICTED, "German",
                   "View two rooms", "Mother", "Her ", "signature", "23 Nov", "9 Nov", "19 Nov", "3 Aug"):  # fmt: skip
        assert canary not in words, canary
    for part in (
        "Not for identification",
        "September 2026 – November 2026",
        "Own room in the shelter since August 2026",
        "Steps done: 1 of 4. 2 steps open. 1 step cannot go on now. Reasons: Waits for papers.",
    ):
        assert part in words, part
    assert isinstance(content, ProgressContent)
    days = [content.since, content.until, content.opened_on, content.printed_on]
    days += [point.on for point in content.levels] + [one.on for one in content.happenings]
    assert {day.day for day in days} == {1}


def test_an_area_of_the_organisations_own_is_not_named_on_the_anonymous_sheet(desk: Desk) -> None:
    head = a_full_case(desk)
    content = desk.ask(collect_report, ProgressOrder(head.case_id))
    assert isinstance(content, ProgressContent)
    own = replace(content, profile=ANONYMOUS, areas=(replace(content.areas[0], area="choir", name="Lindenhof choir"),))
    from aftercare.domain.report_profiles import for_profile

    words = text_of(lay_out(for_profile(own)).pdf)
    assert "Another area" in words
    assert "choir" not in words.casefold()


# --- chapters, periods, narratives ----------------------------------------------------------------------------------


def test_only_the_chapters_chosen_are_printed_and_the_others_are_named_as_left_out(desk: Desk) -> None:
    head = a_full_case(desk)
    words = printed(desk, head.case_id, areas=(Area.HOUSING,))
    assert "Health Not part of this report" in words
    for canary in ("Sleep through", "Dental", "German", EMPLOYER, "Residence permit", "Work began", "Trial day"):
        assert canary not in words, canary


def test_who_may_not_see_restricted_content_gets_no_sign_of_it(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    head = a_full_case(desk)
    allowed = {Permission.SEE_RECORDS, Permission.PRINT_REPORTS}
    monkeypatch.setitem(permissions.GRANTS, Role.VIEWER, frozenset(allowed))
    desk.actor = replace(desk.actor, roles=frozenset({Role.VIEWER}))
    words = printed(desk, head.case_id)
    assert GOAL in words
    for canary in ("Health", "Legal", "Sleep through", "Counselling", "Dental", "Residence permit", RESTRICTED):
        assert canary not in words, canary
    choices = desk.ask(report_choices, head.case_id)
    assert {choice.area for choice in choices.areas}.isdisjoint({Area.HEALTH, Area.LEGAL})
    assert [entry.narrative for entry in choices.entries] == [NARRATIVE]


def test_a_report_of_an_earlier_period_shows_things_as_they_stood(desk: Desk) -> None:
    head = a_full_case(desk)
    words = printed(desk, head.case_id, since=date(2026, 5, 1), until=date(2026, 8, 31))
    assert "Housing In crisis Vulnerable ▲ Vulnerable 0 of 4" in words
    assert "No plan has been agreed yet." in words
    assert "28 nights" not in words
    assert "29 nights in the shelter in this period." in words
    for canary in ("Building ▲", "Work began", "done 19 Nov", "German", EMPLOYER):
        assert canary not in words, canary


def test_a_narrative_is_printed_only_when_it_was_chosen(desk: Desk) -> None:
    head = a_full_case(desk)
    entry = next(e for e in desk.ask(report_choices, head.case_id).entries if e.narrative == NARRATIVE)
    without, with_it = (
        printed(desk, head.case_id, narratives=Narratives.CHOSEN, entries=chosen)
        for chosen in (frozenset(), frozenset({entry.id}))
    )
    assert NARRATIVE not in without
    assert NARRATIVE in with_it
    assert RESTRICTED not in with_it


def test_a_period_turned_round_is_refused(desk: Desk) -> None:
    head = a_full_case(desk)
    with pytest.raises(FieldProblem) as caught:
        desk.ask(collect_report, ProgressOrder(head.case_id, since=date(2027, 1, 1)))
    assert (caught.value.field, caught.value.reason) == ("since", "ends_before_it_begins")


def test_a_case_without_a_plan_makes_a_page_that_says_so(desk: Desk) -> None:
    words = printed(desk, a_survivor(desk).case_id, since=None)
    assert "No plan has been agreed yet." in words
    assert "Nothing is recorded for this report yet." in words


def test_a_long_case_runs_over_pages_and_loses_no_step(desk: Desk) -> None:
    head = a_full_case(desk, more_steps=75, goal="word " * 150)
    content = desk.ask(collect_report, ProgressOrder(head.case_id))
    pages = lay_out(content)
    assert pages.pages >= 5
    words = text_of(pages.pdf)
    assert all(f"Further step number {n} " in words for n in range(75))
    assert f"page 5 of {pages.pages}" in words


# --- languages and scripts ------------------------------------------------------------------------------------------


def test_a_page_is_wholly_in_one_language_and_her_words_stay_as_written(desk: Desk) -> None:
    goal = "ናተይ ክፍሊ ምስ ዝዕጸው ማዕጾ"
    head = a_full_case(desk, "ti", goal=goal)
    content = desk.ask(collect_report, ProgressOrder(head.case_id, OWN, language="ti"))
    assert content.language == "en"
    words = text_of(lay_out(content).pdf)
    assert goal in words
    assert "Next review 2 December 2026." in words


def test_the_language_of_the_page_is_not_that_of_the_window(desk: Desk) -> None:
    head = a_full_case(desk)
    content = desk.ask(collect_report, ProgressOrder(head.case_id, language=PSEUDO_RTL))
    words = text_of(lay_out(content).pdf)
    assert "Prögréšš" in words
    assert "At a glance" not in words


def test_arabic_words_stand_in_a_paragraph_of_their_own_among_english_ones(desk: Desk) -> None:
    head = a_full_case(desk, "ar", goal="غرفة خاصة بي")
    words = printed(desk, head.case_id)
    assert "غرفة خاصة بي" in words
    assert "Own room in the shelter since 3 August 2026. 83 nights" in words


def test_characters_without_a_font_are_told(desk: Desk) -> None:
    head = a_full_case(desk, goal="\U0001f9ff \U000131a0 room")
    assert set(lay_out(desk.ask(collect_report, ProgressOrder(head.case_id))).unprintable) >= {"\U000131a0"}


def test_what_people_wrote_never_acts_as_markup(desk: Desk) -> None:
    goal = "<b>Bold</b> & <para> <img src='x'/> &lt; %s {name} \\n"
    words = printed(desk, a_full_case(desk, goal=goal).case_id)
    assert goal in words
    sheet = text_of(desk.do(plan_sheet, PlanSheetOrder(a_full_case(desk, goal=goal).case_id)).value.pdf)
    assert goal in sheet


# --- the plan sheet -------------------------------------------------------------------------------------------------


def test_the_plan_sheet_has_goals_steps_review_and_a_line_for_a_number_but_no_word_that_betrays(desk: Desk) -> None:
    head = a_full_case(desk)
    desk.do(change_settings, OfficeSettings(organisation="Lindenhof Refuge"))
    words = text_of(desk.do(plan_sheet, PlanSheetOrder(head.case_id)).value.pdf)
    for part in ("My plan", GOAL, "Where I live", "☐ Confirm move-in date My helper 20 Nov", "Pack my things Me",
                 "We look at this plan again on Wednesday, 2 December 2026.",
                 "Whom I can call, and the number"):  # fmt: skip
        assert part in words, part
    for canary in (head.case_code, "helter", "raffick", "urvivor", "Refuge", STAFF_NAME, "Confidential", "Report",
                   "Aftercare", RELATIVE, EMPLOYER, ADDRESS, "View two rooms"):  # fmt: skip
        assert canary not in words, canary


def test_words_of_hers_that_betray_are_kept_but_told(desk: Desk) -> None:
    head = a_full_case(desk, goal="Move out of the shelter")
    content = desk.ask(collect_report, PlanSheetOrder(head.case_id))
    assert isinstance(content, PlanSheetContent)
    assert content.telling_words == ("shelter",)
    assert "Move out of the shelter" in text_of(lay_out(content).pdf)


def test_a_plan_sheet_without_a_plan_asks_the_first_question(desk: Desk) -> None:
    head = a_survivor(desk)
    assert "What do I want to change first?" in text_of(desk.do(plan_sheet, PlanSheetOrder(head.case_id)).value.pdf)


# --- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", list(ReportProfile))
def test_the_file_is_archival_and_says_nothing_about_itself(desk: Desk, profile: ReportProfile) -> None:
    head = a_full_case(desk)
    pages = desk.do(progress_report, ProgressOrder(head.case_id, profile)).value
    with pikepdf.open(BytesIO(pages.pdf)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"
        metadata = bytes(pdf.Root.Metadata.read_bytes()).decode()
        assert "<pdfaid:part>2</pdfaid:part>" in metadata
        told = metadata + " ".join(str(value) for value in dict(pdf.trailer.Info).values())
    for canary in (head.case_code, "Selam", STAFF_NAME, "2026", "rogress"):
        assert canary not in told, canary
    assert head.survivor_id.hex not in pages.pdf.hex()


def test_the_same_content_gives_the_same_bytes(desk: Desk) -> None:
    content = desk.ask(collect_report, ProgressOrder(a_full_case(desk).case_id))
    assert lay_out(content) == lay_out(content)


# --- leaving --------------------------------------------------------------------------------------------------------


def test_a_report_that_leaves_has_a_number_a_line_in_the_register_and_in_the_log(desk: Desk, ledger: Log) -> None:
    head = a_full_case(desk)
    ledger.clear()
    done = desk.do(progress_report, ProgressOrder(head.case_id, ANONYMOUS, SEPTEMBER))
    assert done.value.number == "R-000001"
    assert done.undo_id is None
    assert "Report R-000001 · page 1 of 1" in text_of(done.value.pdf)
    with Session(desk.engine) as session:
        report = session.get(IssuedReport, next(e[2] for e in ledger if e[1] == "issued_report"))
    assert report is not None
    assert (report.number, report.profile, report.pages, report.survivor_id) == (1, ANONYMOUS, 1, head.survivor_id)
    assert ("read", "survivor", head.survivor_id, "") in ledger
    assert ("saved", "issued_report", report.id, "anonymous copies=1") in ledger
    (row,) = desk.ask(issued_reports)
    assert (row.number, row.case_code, row.by, row.pages) == (1, head.case_code, STAFF_NAME, 1)


def test_a_preview_takes_no_number_and_cannot_leave(desk: Desk) -> None:
    head = a_full_case(desk)
    content = desk.ask(collect_report, ProgressOrder(head.case_id))
    with pytest.raises(Bug):
        desk.do(issue_report, content, 2, 1, WayOut.PRINTED)
    assert desk.ask(issued_reports) == ()
    numbered = desk.do(number_report, content).value
    desk.do(issue_report, numbered, 2, 3, WayOut.PRINTED)
    (row,) = desk.ask(issued_reports)
    assert (row.number, row.copies) == (1, 3)
    assert lay_out(numbered).number == "R-000001"


def test_a_code_is_found_as_it_is_typed(desk: Desk) -> None:
    head = a_survivor(desk)
    assert {desk.ask(find_case, code) for code in ("S-0001", "s-1", " s-01 ")} == {head.case_id}
    with pytest.raises(NotFound):
        desk.ask(find_case, "S-0002")
    with pytest.raises(NotFound):
        desk.ask(find_case, "nobody")


def test_the_caseload_is_the_open_cases_by_code(desk: Desk) -> None:
    first, second = a_survivor(desk), a_survivor(desk)
    assert desk.ask(caseload) == (first.case_id, second.case_id)
    assert desk.ask(caseload, True) == (first.case_id, second.case_id)


def test_the_page_is_in_her_language_only_where_there_are_words_for_it(desk: Desk) -> None:
    head = a_survivor(desk, languages=(LanguageDraft("ti"), LanguageDraft("en-GB")))
    choices = desk.ask(report_choices, head.case_id)
    assert choices.her_language == "en-GB"
    assert {(one.tag, one.hers, one.has_words) for one in choices.languages} == {
        ("en", False, True), ("ti", True, False), ("en-GB", True, True),
    }  # fmt: skip


def test_a_chapter_is_offered_for_every_area_of_which_something_is_known(desk: Desk) -> None:
    offered = [choice.area for choice in desk.ask(report_choices, a_full_case(desk).case_id).areas]
    assert offered == [Area.HOUSING, Area.HEALTH, Area.EDUCATION, Area.EMPLOYMENT, Area.FAMILY, Area.LEGAL]


def test_shelter_workers_print_nothing(desk: Desk) -> None:
    head = a_full_case(desk)
    desk.actor = replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER}))
    with pytest.raises(NotAllowed):
        desk.do(progress_report, ProgressOrder(head.case_id))


def test_a_report_knows_how_many_pages_it_has(desk: Desk) -> None:
    pages: Printed = desk.do(progress_report, ProgressOrder(a_full_case(desk).case_id)).value
    assert len(pypdfium2.PdfDocument(pages.pdf)) == pages.pages

"""The overview: areas, the course of a year, and a timeline of everything, restricted content kept back."""

from __future__ import annotations

from datetime import date, time

from aftercare.domain.codes import Area, Level, NoteKind, Stage
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.plan import ProgressDraft
from aftercare.domain.permissions import Role
from aftercare.domain.rows.overview import Happening
from aftercare.services.desk import Desk
from aftercare.services.notes import save_note
from aftercare.services.overview import open_overview
from aftercare.services.progress import record_progress
from aftercare.services.stages import move_to_stage
from makers import a_colleague, a_goal, a_step, a_survivor

TODAY = date(2026, 11, 23)


def test_the_timeline_tells_everything_newest_first(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(save_note, head.case_id, NoteDraft("Morning", on=date(2026, 11, 20), at=time(9)))
    desk.do(save_note, head.case_id, NoteDraft("Evening", on=date(2026, 11, 20), at=time(18)))
    desk.do(record_progress, head.case_id, ProgressDraft(Area.HOUSING, date(2026, 11, 21), "A lock that works"))
    desk.do(move_to_stage, head.case_id, Stage.STABILISING)
    rows = desk.ask(open_overview, head.case_id).happenings
    stages = [row for row in rows if row.kind is Happening.STAGE]
    assert {row.stage for row in stages} == {Stage.INTAKE, Stage.STABILISING}
    assert [row.words for row in rows if row.kind is not Happening.STAGE] == ["A lock that works", "Evening", "Morning"]
    assert [row.on for row in rows] == sorted((row.on for row in rows), reverse=True)
    assert len(desk.ask(open_overview, head.case_id, 2).happenings) == 2


def test_narratives_of_trauma_are_folded_and_restricted_ones_hidden(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(save_note, head.case_id, NoteDraft("What she told", kind=NoteKind.COUNSELLING))
    desk.do(record_progress, head.case_id, ProgressDraft(Area.HEALTH, TODAY, "Sleeps badly", restricted=True))
    mine = desk.ask(open_overview, head.case_id).happenings
    assert [row.is_folded for row in mine if row.kind is Happening.NOTE] == [True]
    desk.actor = a_colleague(desk, Role.SHELTER_WORKER)
    seen = desk.ask(open_overview, head.case_id).happenings
    assert [row.is_hidden for row in seen if row.kind is Happening.NOTE] == [True]
    assert "told" not in repr(seen)
    assert "Sleeps" not in repr(seen)


def test_areas_and_course_stand_for_the_plan(desk: Desk) -> None:
    head = a_survivor(desk)
    a_step(desk, a_goal(desk, head), due_on=date(2026, 11, 20))
    desk.do(record_progress, head.case_id, ProgressDraft(Area.HOUSING, TODAY, staff_level=Level.SAFE))
    view = desk.ask(open_overview, head.case_id)
    housing = next(area for area in view.plan.areas if area.area == Area.HOUSING)
    assert housing.next_step is not None
    assert housing.next_step.due is not None
    assert housing.next_step.due.late_by == 3
    assert view.course[0].scores[0].level == 2
    assert view.course_since == date(2025, 12, 1)


def test_looking_is_logged_once(desk: Desk, ledger: list[tuple[str, str, object, str]]) -> None:
    head = a_survivor(desk)
    ledger.clear()
    desk.ask(open_overview, head.case_id)
    assert [entry[:3] for entry in ledger] == [("read", "overview", head.survivor_id)]

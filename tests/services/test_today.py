"""Today shows my cases and nobody else's, or all where none is mine: what is due, how cases stand, what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from aftercare.domain.clock import stopped_at
from aftercare.domain.codes import AppointmentKind, Area, AreaState, NoteKind
from aftercare.domain.drafts.diary import AppointmentDraft
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.plan import AreaDraft
from aftercare.domain.permissions import Reach, Role
from aftercare.domain.rows.log import LogFilter, LogGroup
from aftercare.domain.rows.survivors import Whose
from aftercare.domain.rows.today import TodayView
from aftercare.services.appointments import save_appointment
from aftercare.services.desk import Desk
from aftercare.services.drafts import keep_draft, mark_news_seen
from aftercare.services.log import see_log, who_looked
from aftercare.services.notes import save_note
from aftercare.services.plans import set_area
from aftercare.services.steps import tick_step
from aftercare.services.today import today_view
from makers import a_colleague, a_goal, a_step, a_survivor

TODAY = date(2026, 11, 23)


def look(desk: Desk) -> TodayView:
    return desk.ask(today_view)


def test_an_empty_day_is_empty(desk: Desk) -> None:
    view = look(desk)
    assert (view.steps, view.appointments, view.endings, view.caseload, view.news, view.unfinished) == ((),) * 6
    assert view.counts.badge == 0


def test_steps_are_those_of_my_cases_overdue_first_and_counted(desk: Desk) -> None:
    goal = a_goal(desk, a_survivor(desk))
    a_step(desk, goal, "next week", due_on=TODAY + timedelta(days=8))
    a_step(desk, goal, "today", due_on=TODAY)
    a_step(desk, goal, "thursday", due_on=TODAY + timedelta(days=3))
    a_step(desk, goal, "late", due_on=TODAY - timedelta(days=3))
    done = a_step(desk, goal, "done", due_on=TODAY)
    desk.do(tick_step, done)
    view = look(desk)
    assert [step.words for step in view.steps] == ["late", "today", "thursday"]
    assert (view.counts.late, view.counts.today, view.counts.badge) == (1, 1, 2)
    desk.actor = a_colleague(desk)
    a_survivor(desk)
    assert look(desk).steps == ()


def test_whoever_works_on_no_case_sees_the_day_of_every_case_that_is_open_to_them(desk: Desk) -> None:
    head = a_survivor(desk)
    a_step(desk, a_goal(desk, head), "today", due_on=TODAY)
    desk.do(save_appointment, head.case_id, AppointmentDraft(kind=AppointmentKind.OTHER, on=TODAY))
    desk.do(save_note, head.case_id, NoteDraft("Slept well"))
    desk.actor = a_colleague(desk, Role.SHELTER_WORKER)
    view = look(desk)
    assert view.whose is Whose.ALL
    assert [step.words for step in view.steps] == ["today"]
    assert (len(view.appointments), view.caseload_total, view.caseload[0].case_code) == (1, 1, head.case_code)
    assert view.news == (), "news are of my cases"
    desk.actor = replace(desk.actor, own_reach=Reach.OWN)
    view = look(desk)
    assert (view.steps, view.appointments, view.caseload, view.caseload_total) == ((), (), (), 0)


def test_a_step_that_i_do_in_a_case_of_somebody_else_is_mine_too(desk: Desk) -> None:
    me = desk.actor
    a_survivor(desk)
    desk.actor = a_colleague(desk)
    goal = a_goal(desk, a_survivor(desk))
    a_step(desk, goal, "for her", due_on=TODAY, staff_id=me.id)
    a_step(desk, goal, "for me", due_on=TODAY)
    desk.actor = me
    assert [step.words for step in look(desk).steps] == ["for her"]


def test_the_caseload_counts_steps_by_area_and_knows_the_last_note(desk: Desk) -> None:
    head = a_survivor(desk)
    goal = a_goal(desk, head, Area.HOUSING)
    desk.do(tick_step, a_step(desk, goal))
    a_step(desk, goal)
    desk.do(set_area, head.case_id, AreaDraft(Area.FAMILY, AreaState.NOT_WANTED))
    desk.do(save_note, head.case_id, NoteDraft("One", on=TODAY - timedelta(days=2)))
    (row,) = look(desk).caseload
    housing = row.areas[Area.HOUSING]
    assert (housing.counted.done, housing.counted.total) == (1, 2)
    assert row.areas[Area.FAMILY].state is AreaState.NOT_WANTED
    assert (row.case_code, row.last_note_on) == ("S-0001", TODAY - timedelta(days=2))
    assert look(desk).caseload_total == 1


def test_news_are_notes_of_others_in_my_cases_since_i_read_them(desk: Desk) -> None:
    me, head = desk.actor, a_survivor(desk)
    desk.do(save_note, head.case_id, NoteDraft("My own"))
    desk.actor = a_colleague(desk)
    other = a_survivor(desk)
    desk.do(save_note, head.case_id, NoteDraft("About your case"))
    desk.do(save_note, other.case_id, NoteDraft("About mine"))
    desk.actor = me
    (news,) = look(desk).news
    assert (news.words, news.author, news.case_code) == ("About your case", "L. Osei", head.case_code)
    desk.do(mark_news_seen, look(desk).now)
    assert look(desk).news == ()


def test_what_a_colleague_reads_on_today_is_in_the_log_once_and_under_her_code(desk: Desk) -> None:
    head = a_survivor(desk)
    colleague = replace(desk, actor=a_colleague(desk))
    colleague.do(save_note, head.case_id, NoteDraft("About your case"))
    look(desk)
    look(desk)
    lines = desk.ask(see_log, LogFilter(LogGroup.LOOKED, desk.actor.id, head.survivor_id)).rows
    assert [(line.action, line.kind, line.about) for line in lines] == [("read", "note", head.case_code)]
    assert desk.ask(who_looked, head.survivor_id)[0].looks == 1


def test_words_that_are_not_shown_are_not_logged_as_read(desk: Desk) -> None:
    head = a_survivor(desk)
    colleague = replace(desk, actor=a_colleague(desk))
    secret = NoteDraft("Slept badly", area=Area.HEALTH, kind=NoteKind.OTHER, restricted=True)
    colleague.do(save_note, head.case_id, secret)
    blind = replace(desk, actor=replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER})))
    assert [row.is_hidden for row in look(blind).news] == [True]
    assert desk.ask(who_looked, head.survivor_id) == ()


def test_news_older_than_two_weeks_and_restricted_words_are_left_out(desk: Desk) -> None:
    me, head = desk.actor, a_survivor(desk)
    desk.actor = a_colleague(desk)
    desk.do(save_note, head.case_id, NoteDraft("What she told", kind=NoteKind.COUNSELLING))
    desk.actor = replace(me, roles=frozenset({Role.SHELTER_WORKER}))
    (news,) = look(desk).news
    assert (news.is_hidden, news.words, news.kind) == (True, "", None)
    desk.clock = stopped_at(desk.clock.now() + timedelta(days=15))
    assert look(desk).news == ()


def test_what_was_begun_and_not_saved_is_offered(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(keep_draft, "quick_note", str(head.case_id), {"fields": {}})
    desk.do(keep_draft, "note", "", {"fields": {}})
    found = {(row.draft.form, row.case_code, row.survivor_id) for row in look(desk).unfinished}
    assert found == {("quick_note", head.case_code, head.survivor_id), ("note", "", None)}

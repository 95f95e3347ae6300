"""What was typed and not saved is one press away on Today: in its form, not only on its person's page."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog, QLineEdit, QMenu, QPlainTextEdit, QSpinBox
from pytestqt.qtbot import QtBot

import aftercare.gui
from aftercare.domain.codes import Area, SignatureWay
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.plan import AgreementDraft
from aftercare.domain.drafts.retention import HoldDraft
from aftercare.domain.retention import HoldReason
from aftercare.domain.rows.agreement import Signature
from aftercare.gui.announcements import Announcements
from aftercare.gui.dialogs.addendum import AddendumDialog
from aftercare.gui.dialogs.agreement import AgreementDialog
from aftercare.gui.dialogs.agreement_review import ReviewDialog
from aftercare.gui.dialogs.assessment import AssessmentDialog
from aftercare.gui.dialogs.case import CaseDialog
from aftercare.gui.dialogs.form_dialog import FormDialog
from aftercare.gui.dialogs.goal import GoalDialog
from aftercare.gui.dialogs.goal_area import AreaDialog
from aftercare.gui.dialogs.hold import LiftHoldDialog
from aftercare.gui.dialogs.new_person import NewPerson
from aftercare.gui.dialogs.note import NoteDialog
from aftercare.gui.dialogs.progress_entry import ProgressEntryDialog
from aftercare.gui.dialogs.stage import StageDialog
from aftercare.gui.dialogs.step import StepDialog
from aftercare.gui.drafting import DraftLine
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.gui.pages.plan import PlanPage
from aftercare.gui.pages.today import TodayPage
from aftercare.gui.workplace import Workplace
from aftercare.services.agreement import agree_plan, prepare_agreement
from aftercare.services.deadlines import remove_deadline
from aftercare.services.desk import Desk
from aftercare.services.drafts import keep_draft
from aftercare.services.notes import save_note
from aftercare.services.office import OfficeSettings
from aftercare.services.retention import lift_hold, set_hold
from aftercare.services.standing import show_area_facts
from aftercare.services.work import confirmed_now
from aftercare.settings import load_settings
from aftercare.words.forms import FORMS
from facts_forms import opener
from hands import pause, rest, text_of, wait_for, words_on
from makers import a_goal, a_step, a_survivor
from makers_facts import TODAY, FactsCase, a_case_with_facts

GUI = Path(aftercare.gui.__file__).parent


@pytest.fixture
def workplace(desk: Desk, qtbot: QtBot) -> Iterator[Workplace]:
    jobs = Jobs()
    office = Office(desk, jobs, Announcements(), OfficeSettings())
    place = Workplace(office, load_settings(None), "Aftercare")
    place.frame.resize(1100, 800)
    yield place
    place.frame.close()
    jobs.drain()
    jobs.close()
    place.frame.deleteLater()
    pause(0)


def settle(workplace: Workplace, qtbot: QtBot) -> None:
    rest(workplace.office.jobs)


def test_going_on_opens_the_form_of_the_note_with_its_words(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    survivor = a_survivor(desk)
    workplace.start()
    workplace.open_person(survivor.survivor_id)
    settle(workplace, qtbot)
    workplace.new_note()
    settle(workplace, qtbot)
    _words(_open_note(workplace)).setPlainText("We sat in the garden.")
    wait_for(lambda: _open_note(workplace).findChildren(DraftLine)[0].words, "the draft")
    _open_note(workplace).reject()
    workplace.frame.show_page("today")
    settle(workplace, qtbot)
    today = workplace.frame.page
    assert isinstance(today, TodayPage)
    today.refresh()
    settle(workplace, qtbot)
    today._form.unfinished.acted.emit()
    settle(workplace, qtbot)
    assert _words(_open_note(workplace)).toPlainText() == "We sat in the garden."


@pytest.mark.parametrize(
    "name",
    ["attendance", "deadline", "follow_up_visit", "health_fact", "ladder_move", "lift_stop", "placement",
     "safe_job_check", "safety_check"],
)  # fmt: skip
def test_going_on_opens_the_form_of_a_fact_as_it_was_left(
    name: str, desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    case = a_case_with_facts(desk)
    left = opener(workplace.office, desk, case, qtbot)(name)
    _write_into(left)
    typed = _kept(left)
    left.close()
    settle(workplace, qtbot)
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    opened = _open_form(workplace)
    assert type(opened) is type(left)
    assert opened.windowTitle() == left.windowTitle()
    assert _kept(opened) == typed


@pytest.mark.parametrize("record", ["appointment", "deadline", "job", "placement", "relative"])
def test_going_on_opens_the_record_that_was_being_corrected(
    record: str, desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    case = a_case_with_facts(desk)
    form, kept, words = _a_correction(desk, case, record)
    desk.do(keep_draft, form, str(kept.id), {"fields": {words: "Left in the middle"}, "version": kept.version})
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    opened = _open_form(workplace)
    assert opened.form.remove.isVisible()
    assert text_of(opened.fields.parts[words]) == "Left in the middle"


@pytest.mark.parametrize("form", ["goal", "new goal", "step", "progress", "plan_area", "review", "agreement"])
def test_going_on_opens_the_form_of_the_plan_in_its_area(
    form: str, desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    head = a_survivor(desk)
    a_goal(desk, head, Area.HOUSING)
    goal = a_goal(desk, head, Area.HEALTH, "Sleep through the night")
    step = a_step(desk, goal)
    name, about, kind = {
        "goal": ("goal", str(goal), GoalDialog),
        "new goal": ("goal", f"{head.case_id}/health", GoalDialog),
        "step": ("step", str(step), StepDialog),
        "progress": ("progress", f"{head.case_id}/health", ProgressEntryDialog),
        "plan_area": ("plan_area", f"{head.case_id}/health", AreaDialog),
        "review": ("review", str(head.case_id), ReviewDialog),
        "agreement": ("agreement", str(head.case_id), AgreementDialog),
    }[form]
    if form == "review":
        paper = Signature(SignatureWay.ON_PAPER)
        terms = desk.ask(prepare_agreement, head.case_id)
        desk.do(agree_plan, head.case_id, AgreementDraft(terms.content, TODAY, terms.review_on, paper, paper))
    desk.do(keep_draft, name, about, {"fields": {}, "version": None})
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    opened = next(each for each in workplace.frame.findChildren(QDialog) if each.isVisible())
    assert type(opened) is kind
    if form not in ("review", "agreement"):
        plan = workplace._person.part("plan") if workplace._person is not None else None
        assert isinstance(plan, PlanPage)
        assert plan.area == Area.HEALTH


def test_going_on_puts_the_keys_where_a_step_was_being_added(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    head = a_survivor(desk)
    goal = a_goal(desk, head, Area.HEALTH)
    desk.do(keep_draft, "new_step", str(goal), {"fields": {"new_step": "Ask the cl"}, "version": None})
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    (field,) = (each for each in workplace.frame.findChildren(QLineEdit, "new_step") if each.isVisible())
    assert field.text() == "Ask the cl"


@pytest.mark.parametrize(("form", "kind"), [("note", NoteDialog), ("addendum", AddendumDialog)])
def test_going_on_finds_the_note_it_is_about(
    form: str, kind: type[FormDialog], desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    head = a_survivor(desk)
    note = desk.do(save_note, head.case_id, NoteDraft("We sat in the garden.")).value.id
    desk.do(save_note, head.case_id, NoteDraft("It rained."))
    desk.do(keep_draft, form, str(note), {"fields": {"words": "She told of"}, "version": None})
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    opened = _open_form(workplace)
    assert type(opened) is kind
    assert text_of(opened.fields.parts["words"]) == "She told of"


@pytest.mark.parametrize(
    ("form", "kind"), [("stage", StageDialog), ("case", CaseDialog), ("assessment", AssessmentDialog)]
)
def test_going_on_opens_the_forms_of_the_head_and_of_the_scores(
    form: str, kind: type[QDialog], desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    head = a_survivor(desk)
    desk.do(keep_draft, form, str(head.case_id), {"fields": {}, "version": None})
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    assert [type(each) for each in workplace.frame.findChildren(QDialog) if each.isVisible()] == [kind]


def test_going_on_lifts_the_very_hold_that_was_to_be_lifted(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    head = a_survivor(desk)
    holds = [desk.do(set_hold, head.survivor_id, HoldDraft(reason)).value for reason in HoldReason]
    meant = holds[2]
    desk.do(keep_draft, "lift_hold", str(meant), {"fields": {"words": "The court decided"}, "version": None})
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    opened = _open_form(workplace)
    assert isinstance(opened, LiftHoldDialog)
    assert opened._hold.id == meant
    assert text_of(opened.fields.parts["words"]) == "The court decided"


def test_a_hold_that_was_lifted_meanwhile_is_not_offered(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    head = a_survivor(desk)
    hold = desk.do(set_hold, head.survivor_id, HoldDraft(HoldReason.COURT)).value
    desk.do(keep_draft, "lift_hold", str(hold), {"fields": {"words": "Over"}, "version": None})
    desk.confirmation = confirmed_now(desk.clock)
    desk.do(lift_hold, hold, "The court decided", 1)
    workplace.start()
    settle(workplace, qtbot)
    assert not _today(workplace)._form.unfinished.isVisible()


def test_a_person_who_was_not_saved_yet_is_offered_too(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    desk.do(keep_draft, "new_person", "", {"fields": {}, "version": None})
    workplace.start()
    settle(workplace, qtbot)
    assert "What you typed is kept." in words_on(workplace.frame)
    _go_on(workplace, qtbot)
    assert [type(each) for each in workplace.frame.findChildren(QDialog) if each.isVisible()] == [NewPerson]


def test_of_several_forms_one_is_chosen(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    head = a_survivor(desk)
    desk.do(keep_draft, "stage", str(head.case_id), {"fields": {}, "version": None})
    desk.do(keep_draft, "appointment", f"{head.case_id} health", {"fields": {}, "version": None})
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    (menu,) = (each for each in _today(workplace).findChildren(QMenu) if each.isVisible())
    offered = {action.text(): action for action in menu.actions()}
    assert set(offered) == {f"Stage of the case, {head.case_code}, 09:00", f"Appointment, {head.case_code}, 09:00"}
    offered[f"Stage of the case, {head.case_code}, 09:00"].trigger()
    menu.close()
    settle(workplace, qtbot)
    assert isinstance(_open_form(workplace), StageDialog)


def test_coming_back_to_today_what_was_finished_is_offered_no_more(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    head = a_survivor(desk)
    desk.do(keep_draft, "stage", str(head.case_id), {"fields": {"words": "Has her own bed"}, "version": None})
    workplace.start()
    settle(workplace, qtbot)
    _go_on(workplace, qtbot)
    _open_form(workplace).save()
    settle(workplace, qtbot)
    workplace.frame.show_page("today")
    wait_for(lambda: not _today(workplace)._form.unfinished.isVisible(), "the page as it is now")


def test_words_about_a_record_that_is_gone_are_not_offered(desk: Desk, workplace: Workplace, qtbot: QtBot) -> None:
    case = a_case_with_facts(desk)
    _form, kept, _words_field = _a_correction(desk, case, "deadline")
    desk.do(keep_draft, "deadline", str(kept.id), {"fields": {"words": "Lost"}, "version": kept.version})
    desk.do(remove_deadline, kept.id, kept.version)
    workplace.start()
    settle(workplace, qtbot)
    assert not _today(workplace)._form.unfinished.isVisible()


def test_every_form_that_keeps_words_has_a_name_or_is_about_nobody() -> None:
    """A new form is either opened again from Today, or it is one of those that are about no survivor."""
    named = set()
    for source in sorted(GUI.rglob("*.py")):
        for call in (node for node in ast.walk(ast.parse(source.read_text("utf-8"))) if isinstance(node, ast.Call)):
            called = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            at = {"begin": 0, "Drafting": 1}.get(called)
            if at is not None and len(call.args) > at + 1 and isinstance(call.args[at], ast.Constant):
                named.add(call.args[at].value)  # type: ignore[attr-defined]
    about_nobody = {
        "access",
        "approval",
        "area_name",
        "break_glass",
        "deadline_rule",
        "erase",
        "purge",
        "staff",
        "team",
    }
    assert named - about_nobody == set(FORMS)


def test_coming_back_after_a_lock_the_plan_shows_the_area_that_was_open(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    head = a_survivor(desk)
    a_goal(desk, head, Area.HOUSING)
    a_goal(desk, head, Area.HEALTH)
    workplace.start(("survivors", head.survivor_id, "plan/health"))
    settle(workplace, qtbot)
    settle(workplace, qtbot)
    assert workplace._person is not None
    plan = workplace._person.part("plan")
    assert isinstance(plan, PlanPage)
    assert plan.shown is not None
    assert plan.shown.area.area == Area.HEALTH
    assert workplace.place == ("survivors", head.survivor_id, "plan/health")
    plan.show_area(Area.HOUSING)
    assert workplace.place == ("survivors", head.survivor_id, "plan/housing")


def test_coming_back_to_another_page_the_rail_still_says_how_much_is_due(
    desk: Desk, workplace: Workplace, qtbot: QtBot
) -> None:
    a_step(desk, a_goal(desk, a_survivor(desk)), due_on=date(2026, 11, 23))
    workplace.start(("settings", None, ""))
    settle(workplace, qtbot)
    assert workplace.frame.key == "settings"
    assert "1 waiting" in workplace.frame._rail["today"].accessibleName()


def _today(workplace: Workplace) -> TodayPage:
    page = workplace.frame.page
    assert isinstance(page, TodayPage)
    return page


def _go_on(workplace: Workplace, qtbot: QtBot) -> None:
    _today(workplace)._form.unfinished.acted.emit()
    for _ in range(3):  # her head, the plan, the facts of its area, then the form asks for its draft
        settle(workplace, qtbot)


def _open_form(workplace: Workplace) -> FormDialog:
    (opened,) = (dialog for dialog in workplace.frame.findChildren(FormDialog) if dialog.isVisible())
    return opened


def _write_into(dialog: FormDialog) -> None:
    """Something into whatever the form has; its draft is kept when it closes."""
    for field in dialog.findChildren(QPlainTextEdit)[-1:]:
        field.setPlainText("Left in the middle")
        return
    for number in dialog.findChildren(QSpinBox)[-2:]:
        number.setValue(3)
        return
    dialog.findChildren(QLineEdit)[0].setText("Left in the middle")


def _kept(dialog: FormDialog) -> dict[str, Any]:
    assert dialog._drafting is not None
    return dialog._drafting._read()


def _a_correction(desk: Desk, case: FactsCase, record: str) -> tuple[str, Any, str]:
    """The form, a record that stands in it, and a field of words."""
    area = {"deadline": Area.LEGAL, "appointment": Area.HEALTH, "job": Area.EMPLOYMENT,
            "placement": Area.HOUSING, "relative": Area.FAMILY}[record]  # fmt: skip
    shown: Any = desk.ask(show_area_facts, case.case_id, area)
    corrections: dict[str, Callable[[], tuple[str, Any, str]]] = {
        "deadline": lambda: ("deadline", shown.diary.deadlines[0], "words"),
        "appointment": lambda: ("appointment", shown.diary.past[-1], "words"),
        "placement": lambda: ("placement", shown.facts.earlier[0], "support"),
        "job": lambda: ("job", shown.facts.jobs[0], "role"),
        "relative": lambda: ("relative", shown.facts.relatives[0], "whereabouts"),
    }
    return corrections[record]()


def _open_note(workplace: Workplace) -> NoteDialog:
    return next(dialog for dialog in workplace.frame.findChildren(NoteDialog) if dialog.isVisible())


def _words(dialog: NoteDialog) -> QPlainTextEdit:
    field = dialog.findChild(QPlainTextEdit)
    assert field is not None
    return field

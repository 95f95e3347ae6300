"""The plan's page where something is decided: how it goes, agreement by both, versions, the stage of the case."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import AppointmentKind, Area, Level, PlacementKind, SignatureWay, Stage
from aftercare.domain.drafts.diary import AppointmentDraft
from aftercare.domain.drafts.housing import PlacementDraft
from aftercare.domain.drafts.plan import AgreementDraft, GoalDraft
from aftercare.domain.rows.agreement import Signature
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.agreement import AgreementDialog
from aftercare.gui.dialogs.agreement_review import ReviewDialog
from aftercare.gui.dialogs.appointment import AppointmentDialog
from aftercare.gui.dialogs.placement import PlacementDialog
from aftercare.gui.dialogs.progress_entries import ProgressEntries
from aftercare.gui.dialogs.progress_entry import LevelField, ProgressEntryDialog
from aftercare.gui.dialogs.stage import StageDialog
from aftercare.gui.dialogs.versions import VersionsDialog
from aftercare.gui.office import Office
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.signature_pad import SignatureCanvas, SignaturePad
from aftercare.services.agreement import agree_plan, plan_versions, prepare_agreement
from aftercare.services.appointments import save_appointment
from aftercare.services.areas import add_own_area, remove_own_area, rename_area
from aftercare.services.desk import Desk
from aftercare.services.housing import save_placement
from aftercare.services.plans import correct_goal, open_plan, take_out_area
from aftercare.services.progress import progress_entries
from conftest import NOW
from hands import click, open_dialog, part, settle, wait_for, words_on
from happened import stages_of
from makers import a_goal
from plan_view import View, a_housing_plan, somebody_with_an_interpreter

TODAY = NOW.date()
ON_PAPER = Signature(SignatureWay.ON_PAPER)


@pytest.fixture
def head(desk: Desk) -> PersonHead:
    return somebody_with_an_interpreter(desk)


@pytest.fixture
def view(office: Office, desk: Desk, head: PersonHead) -> Iterator[View]:
    with a_housing_plan(office, desk, head) as view:
        yield view


# --- progress -----------------------------------------------------------------------------------------------------


def test_how_it_goes_is_noted_in_two_voices_with_what_a_level_means(view: View, desk: Desk) -> None:
    view.open("record")
    dialog = open_dialog(ProgressEntryDialog)
    part(dialog, QPlainTextEdit, "narrative").setPlainText("Saw two rooms")
    staff, own = part(dialog, LevelField, "staff_level"), part(dialog, LevelField, "own_level")
    click(staff.findChildren(QPushButton)[2])
    click(own.findChildren(QPushButton)[6])
    assert "Safe, but only just adequate" in words_on(dialog)
    view.save(dialog)
    (entry,) = desk.ask(progress_entries, view.head.case_id)
    assert (entry.staff_level, entry.own_level) == (Level.SAFE, Level.RATHER_NOT_SAY)
    view.open("earlier")
    entries = open_dialog(ProgressEntries)
    assert "Saw two rooms" in words_on(entries)
    click(next(button for button in entries.findChildren(QPushButton) if button.text() == "Take away"))
    view.rest()
    assert "No entry yet." in words_on(entries)
    entries.close()


# --- agreement ----------------------------------------------------------------------------------------------------


def sign(pad: SignaturePad) -> None:
    canvas = pad.findChild(SignatureCanvas)
    assert isinstance(canvas, SignatureCanvas)
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    QTest.mouseMove(canvas, QPoint(60, 50))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(90, 20))


def _is_seen(dialog: AgreementDialog, words: str) -> bool:
    """Whether these words lie whole in the part of the dialog that is not scrolled away."""
    seen = [label for label in dialog.findChildren(QLabel) if label.isVisible() and label.text() == words]
    return bool(seen) and all(label.visibleRegion().boundingRect() == label.rect() for label in seen)


def test_both_sign_and_the_version_stands_at_the_foot(view: View, desk: Desk) -> None:
    view.open("agree")
    dialog = open_dialog(AgreementDialog)
    assert "“A room of my own”" in words_on(dialog)
    hers, workers = dialog.findChildren(SignaturePad)
    dialog.agree()
    view.rest()
    assert words_on(dialog).count("Sign here, or choose how it was agreed.") == 2
    sign(hers)
    QTest.keyClick(dialog, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    view.rest()
    wait_for(lambda: _is_seen(dialog, "Sign here, or choose how it was agreed."), "the words below the empty field")
    sign(workers)
    dialog.agree()
    view.rest()
    assert "Version 1, agreed 23 Nov" in view.words
    assert "Signed by both ✓" in view.words
    assert "Review on 22 Jan" in view.words
    (version,) = desk.ask(plan_versions, view.head.case_id)
    assert version.her_signature.strokes
    assert version.language == "ti"


def test_the_review_moves_to_another_day(view: View, desk: Desk, head: PersonHead) -> None:
    preview = desk.ask(prepare_agreement, head.case_id)
    desk.do(agree_plan, head.case_id, AgreementDraft(preview.content, TODAY, date(2026, 12, 2), ON_PAPER, ON_PAPER))
    view.page.show_person(head)
    view.rest()
    assert "Review on 2 Dec" in view.words
    view.open("review")
    dialog = open_dialog(ReviewDialog)
    day = part(dialog, DayEdit, "review_on")
    day.field.setText("1 Nov 2026")
    view.save(dialog)
    assert "This day has passed already." in words_on(dialog)
    day.field.setText("9 Dec 2026")
    view.save(dialog)
    assert "Review on 9 Dec" in view.words


def test_a_plan_without_an_open_goal_is_not_offered_for_agreement(
    office: Office, desk: Desk, head: PersonHead, qtbot: QtBot
) -> None:
    view = View(office, desk, head)
    qtbot.addWidget(view.page)
    assert not part(view.page, QPushButton, "agree").isEnabled()


def test_versions_are_compared_in_words(view: View, desk: Desk, head: PersonHead) -> None:
    for day in (1, 9):
        agree(desk, head, day)
        a_goal(desk, head, Area.HEALTH, f"Sleep well {day}")
    view.page.show_person(head)
    view.rest()
    assert "Changed since it was agreed" in view.words
    view.open("versions")
    dialog = open_dialog(VersionsDialog)
    view.rest()
    assert "• Goal added in Health: “Sleep well 1”" in words_on(dialog)
    assert "Signed on paper" in words_on(dialog)
    part(dialog, QListWidget, "versions").setCurrentRow(1)
    assert "What changed from version 1 to version 2" in words_on(dialog)
    dialog.close()


def test_a_version_calls_an_area_as_it_was_called_when_both_signed(view: View, desk: Desk, head: PersonHead) -> None:
    code = desk.do(add_own_area, "Faith").value
    goal_id = a_goal(desk, head, code, "Sing in the choir")
    agree(desk, head, 1)
    desk.do(rename_area, code, "Belief")
    agree(desk, head, 9)
    plan = desk.ask(open_plan, head.case_id)
    goal = plan.goal(goal_id)
    assert goal is not None
    desk.do(correct_goal, GoalDraft(Area.COMMUNITY, goal.words, id=goal_id, version=goal.version))
    desk.do(take_out_area, head.case_id, code)
    desk.do(remove_own_area, code)
    view.page.show_person(head)
    view.rest()
    view.open("versions")
    dialog = open_dialog(VersionsDialog)
    view.rest()
    assert "Belief" in words_on(dialog)
    part(dialog, QListWidget, "versions").setCurrentRow(1)
    view.rest()
    assert "Faith" in words_on(dialog)
    assert code not in words_on(dialog)
    dialog.close()
    view.open("agree")
    view.rest()
    asked = open_dialog(AgreementDialog)
    assert "Belief" in words_on(asked)
    assert code not in words_on(asked)
    asked.close()


def agree(desk: Desk, head: PersonHead, day: int) -> None:
    preview = desk.ask(prepare_agreement, head.case_id)
    draft = AgreementDraft(preview.content, date(2026, 11, day), date(2027, 1, 5), ON_PAPER, ON_PAPER)
    desk.do(agree_plan, head.case_id, draft)


# --- stage --------------------------------------------------------------------------------------------------------


def test_the_stage_moves_on_with_a_few_words(office: Office, desk: Desk, head: PersonHead, qtbot: QtBot) -> None:
    dialog = StageDialog(office, head)
    dialog.open()
    part(dialog, QPlainTextEdit, "words").setPlainText("Has her own bed")
    click(part(dialog, QPushButton, "save"))
    wait_for(lambda: office.jobs.is_idle)
    settle()
    assert set(stages_of(desk, head.case_id)) == {
        (Stage.STABILISING, "Has her own bed"),
        (Stage.INTAKE, ""),
    }


def test_closing_shows_what_is_still_to_do_and_asks_for_a_reason(
    office: Office, desk: Desk, head: PersonHead, qtbot: QtBot
) -> None:
    dialog = StageDialog(office, head)
    dialog.open()
    stage = dialog.findChildren(QComboBox)[0]
    stage.setCurrentIndex(stage.findData("closed"))
    wait_for(lambda: "○ The reason for closing is chosen" in words_on(dialog))
    assert "○ The plan is agreed by both" in words_on(dialog)
    click(part(dialog, QPushButton, "save"))
    wait_for(lambda: "still to do" in words_on(dialog))
    assert office.jobs.is_idle
    reason = next(box for box in dialog.findChildren(QComboBox) if box.findData("her_wish") >= 0)
    reason.setCurrentIndex(reason.findData("her_wish"))
    wait_for(lambda: "The plan is agreed by both" not in words_on(dialog))
    click(part(dialog, QPushButton, "save"))
    wait_for(lambda: office.jobs.is_idle)
    settle()
    assert Stage.CLOSED in dict(stages_of(desk, head.case_id))


def _tells(dialog: StageDialog, words: str) -> bool:
    return words in words_on(dialog)


def _is_silent_about(dialog: StageDialog, words: str) -> bool:
    return words not in words_on(dialog)


def test_the_checklist_leads_to_what_has_no_end_yet_in_whatever_area(
    office: Office, desk: Desk, head: PersonHead, qtbot: QtBot
) -> None:
    review = AppointmentDraft(None, AppointmentKind.REVIEW, date(2026, 12, 24), provider="At the office")
    desk.do(save_appointment, head.case_id, review)
    desk.do(save_placement, head.case_id, PlacementDraft(PlacementKind.SHELTER_BED, "Room 6", since=date(2026, 11, 1)))
    dialog = StageDialog(office, head)
    dialog.open()
    stage = dialog.findChildren(QComboBox)[0]
    stage.setCurrentIndex(stage.findData("closed"))
    for words, kind in (
        ("24 Dec 2026: Plan review, At the office", AppointmentDialog), ("Room 6, since 1 Nov 2026", PlacementDialog),
    ):  # fmt: skip
        wait_for(partial(_tells, dialog, words), words)
        click(next(each for each in dialog.findChildren(QPushButton) if each.text() == words and each.isVisible()))
        opened = open_dialog(kind)
        if isinstance(opened, AppointmentDialog):
            opened._state.show_code("cancelled")
        elif isinstance(opened, PlacementDialog):
            opened._until.field.setText("20.11.2026")
        opened.save()
        wait_for(partial(_is_silent_about, dialog, words), "the checklist anew")
    for words in ("✓ No appointment is still ahead", "✓ Every stay with us has an end date"):
        wait_for(partial(_tells, dialog, words), words)

"""Who may see whom, in the window: a record opened with a reason, colleagues excluded by name, accesses reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QPushButton

from aftercare.domain.approving import Approvable
from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import ApprovalNeeded
from aftercare.domain.permissions import Permission, Reach, Role
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.access_review import AccessReviewDialog
from aftercare.gui.dialogs.ask_approval import AskApproval
from aftercare.gui.dialogs.break_glass import BreakGlassDialog
from aftercare.gui.dialogs.search import SearchPalette
from aftercare.gui.office import Office
from aftercare.gui.pages.details import DetailsPage
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.widgets.exclusions_card import ExclusionsCard
from aftercare.gui.widgets.person_form import PersonForm
from aftercare.gui.workplace import Workplace
from aftercare.services.approvals import ask_approval, digest
from aftercare.services.break_glass import list_for_review, open_glass
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from aftercare.services.exclusions import exclude, show_exclusions
from aftercare.services.survivors import open_person
from aftercare.settings import load_settings
from hands import click, named, open_dialog, part, settle, take_the_keyboard, wait_for, words_on
from makers import COLLEAGUE, a_colleague, a_survivor

REASON = "She called the night line"


@pytest.fixture
def head(desk: Desk) -> PersonHead:
    """Somebody with whom A. Rahman works."""
    return a_survivor(desk)


@pytest.fixture
def place(office: Office) -> Iterator[Workplace]:
    place = Workplace(office, load_settings(None), "Aftercare")
    place.start()
    place.frame.activateWindow()
    settle()
    yield place
    office.jobs.drain()
    place.frame.close()
    place.frame.deleteLater()
    settle()


def as_osei(desk: Desk, reach: Reach = Reach.OWN, role: Role = Role.CASE_WORKER) -> None:
    desk.actor = replace(a_colleague(desk, role), own_reach=reach)


def test_an_exact_code_that_is_not_among_mine_can_be_opened_with_a_reason(
    place: Workplace, desk: Desk, head: PersonHead
) -> None:
    as_osei(desk)
    field = place.frame.search_field
    field.setFocus()
    field.setText(head.case_code)
    place.search(head.case_code)
    palette = place.frame.findChildren(SearchPalette)[0]
    wait_for(lambda: any(line.take for line in palette.lines), "the line to open her record")
    next(line for line in palette.lines if line.take).take()  # type: ignore[misc]
    dialog = open_dialog(BreakGlassDialog)
    assert head.case_code not in dialog.windowTitle()
    click(part(dialog, QPushButton, "save"))
    wait_for(lambda: "Please fill this in." in words_on(dialog), "the words about the missing reason")
    part(dialog, QPlainTextEdit, "reason").setPlainText(REASON)
    click(part(dialog, QPushButton, "save"))
    wait_for(lambda: isinstance(place.frame.page, PersonPage) and place.frame.page.head is not None, "her page")
    page = place.frame.page
    assert isinstance(page, PersonPage)
    wait_for(lambda: "It stays open for 60 minutes." in words_on(page), "the time that is left")


def test_a_record_whose_time_is_over_goes_with_a_word(place: Workplace, desk: Desk, head: PersonHead) -> None:
    """It went while somebody typed, and nobody said why."""
    as_osei(desk)
    desk.do(open_glass, head.case_code, REASON)
    place.open_person(head.survivor_id, "overview")
    page = place.frame.page
    assert isinstance(page, PersonPage)
    wait_for(lambda: "It stays open for 60 minutes." in words_on(page), "the time that is left")
    desk.clock = stopped_at(desk.clock.now() + timedelta(minutes=60))
    page.findChildren(QTimer, options=Qt.FindChildOption.FindDirectChildrenOnly)[0].timeout.emit()
    assert place.frame.page is not page
    assert f"The time for {head.case_code} is over" in words_on(place.frame)


def test_part_of_a_code_offers_nobody(place: Workplace, desk: Desk, head: PersonHead) -> None:
    as_osei(desk)
    field = place.frame.search_field
    field.setFocus()
    field.setText(head.case_code[:-1])
    place.search(head.case_code[:-1])
    wait_for(lambda: place.office.jobs.is_idle, "the search")
    assert "Not among your records" not in [line.title for line in place.frame.findChildren(SearchPalette)[0].lines]


def test_one_of_mine_has_no_bar_about_time(place: Workplace, head: PersonHead) -> None:
    place.open_person(head.survivor_id, "overview")
    wait_for(lambda: isinstance(place.frame.page, PersonPage) and place.frame.page.head is not None, "her page")
    assert "It stays open" not in words_on(place.frame)


def test_a_colleague_is_excluded_and_let_in_again_by_name(desk: Desk, office: Office, head: PersonHead) -> None:
    a_colleague(desk)
    card = ExclusionsCard(office)
    card.show_person(head)
    card.show()
    wait_for(lambda: "Nobody is excluded." in words_on(card) and bool(card.findChildren(QComboBox)), "the colleagues")
    who = card.findChildren(QComboBox)[0]
    who.setCurrentIndex(who.findText("L. Osei"))
    who.activated.emit(who.currentIndex())
    card.findChildren(QLineEdit)[0].setText("Her cousin")
    take_the_keyboard(card)
    click(named(card, "Exclude", QPushButton))
    wait_for(lambda: "L. Osei · Her cousin" in words_on(card), "the line about her")
    assert named(card, "Colleague", QComboBox).hasFocus(), "whoever works by keyboard is still here"
    assert [row.staff_id for row in desk.ask(show_exclusions, head.survivor_id).rows] == [COLLEAGUE]
    click(named(card, "Let L. Osei see this record again", QPushButton))
    wait_for(lambda: "Nobody is excluded." in words_on(card), "nobody")
    card.deleteLater()


def test_others_do_not_learn_that_anybody_is_excluded(desk: Desk, office: Office, head: PersonHead) -> None:
    other = a_colleague(desk, Role.VIEWER)
    desk.do(exclude, head.survivor_id, desk.actor.id)
    desk.actor = other
    card = ExclusionsCard(office)
    card.show_person(head)
    wait_for(lambda: office.jobs.is_idle, "the answer")
    assert not card.isVisible()
    card.deleteLater()


def test_details_leave_out_what_is_not_for_whoever_sits_here(desk: Desk, office: Office, head: PersonHead) -> None:
    withheld = frozenset({Permission.SEE_LEGAL, Permission.SEE_NARRATIVE})
    desk.actor = replace(desk.actor, withheld=withheld)
    page = DetailsPage(office)
    page.show()
    page.show_person(desk.ask(open_person, head.survivor_id))
    wait_for(lambda: office.jobs.is_idle, "the form")
    form = page.findChild(PersonForm)
    wait_for(lambda: form is not None and form.growth.is_done, "its lower cards")
    words = words_on(page)
    assert "Papers and numbers" not in words
    assert "Protection needs" not in words
    assert "Safe contact" in words
    page.close()
    page.deleteLater()


def test_a_manager_reviews_an_access_from_today(place: Workplace, desk: Desk, head: PersonHead) -> None:
    manager = desk.actor
    as_osei(desk)
    desk.do(open_glass, head.case_code, REASON)
    desk.actor = manager
    today = place.frame.show_page("today")
    today.refresh()  # type: ignore[attr-defined]
    wait_for(lambda: "1 access to review" in words_on(today), "the line about it")
    click(named(today, "Look at it", QPushButton))
    dialog = open_dialog(AccessReviewDialog)
    wait_for(lambda: REASON in words_on(dialog), "the reason")
    named(dialog, f"What came of it: L. Osei opened {head.case_code}", QLineEdit).setText("Spoke with her")
    click(named(dialog, f"Mark as reviewed: L. Osei opened {head.case_code}", QPushButton))
    wait_for(lambda: any("has been reviewed" in label.text() for label in dialog.findChildren(QLabel)), "the end")
    assert desk.ask(list_for_review) == ()


def test_whoever_is_to_agree_hears_it_on_today_and_gets_to_where_it_is_decided(place: Workplace, desk: Desk) -> None:
    manager = desk.actor
    desk.actor = replace(manager, id=a_colleague(desk, Role.ADMINISTRATOR).id)
    desk.do(
        ask_approval, ApprovalNeeded(Approvable.ROTATE_KEY.value, digest(Approvable.ROTATE_KEY)), "A laptop was lost."
    )
    desk.actor = manager
    today = place.frame.show_page("today")
    today.refresh()  # type: ignore[attr-defined]
    wait_for(lambda: "1 decision for two people" in words_on(today), "the line about it")
    click(named(today, "Look at it", QPushButton))
    wait_for(lambda: "A laptop was lost." in words_on(place.frame), "what is to be decided")


@pytest.mark.parametrize("form", ["glass", "approval"])
def test_a_reason_that_was_begun_is_there_again_after_a_lock_and_gone_once_it_was_given(
    office: Office, desk: Desk, head: PersonHead, form: str
) -> None:
    as_osei(desk)

    def opened() -> BreakGlassDialog | AskApproval:
        needed = ApprovalNeeded(Approvable.PURGE.value, "digest", str(head.survivor_id))
        made = BreakGlassDialog(office, head.case_code) if form == "glass" else AskApproval(office, needed)
        made.show()
        wait_for(lambda: office.jobs.is_idle, "the draft")
        return made

    name = "reason" if form == "glass" else "why"
    part(opened(), QPlainTextEdit, name).setPlainText(REASON)
    wait_for(lambda: bool(desk.ask(my_drafts)), "a draft")
    again = opened()
    wait_for(lambda: part(again, QPlainTextEdit, name).toPlainText() == REASON, "what was begun")
    again.save()
    wait_for(lambda: office.jobs.is_idle and not desk.ask(my_drafts), "the end of it")

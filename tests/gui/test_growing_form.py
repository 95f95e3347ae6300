"""The form about a person is there at once, its lower cards a moment later: nothing typed meanwhile is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time

import pytest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import Gender, IdentityKind, NameKind, RelativeKind
from aftercare.domain.drafts.people import (
    AlertDraft,
    DependantDraft,
    IdentityDraft,
    LanguageDraft,
    NameDraft,
    PersonDraft,
)
from aftercare.domain.rows.survivors import PersonHead, SurvivorFilter
from aftercare.gui.dialogs.new_person import NewPerson
from aftercare.gui.drafting import save_all_drafts
from aftercare.gui.office import Office
from aftercare.gui.pages.details import DetailsPage
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.person_cards import NeedsCard
from aftercare.gui.widgets.person_entries import NameEntry
from aftercare.gui.widgets.person_form import PersonForm
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from aftercare.services.survivors import correct_person, list_survivors, person_draft
from hands import name_of, named, part, press, rest, settle, take_the_keyboard, type_in
from makers import a_survivor

EVERYTHING = PersonDraft(
    names=(NameDraft(NameKind.LEGAL, "Selam", "Tesfaye", "ti"),),
    birth_date="1998-03-12",
    gender=Gender.FEMALE,
    gender_words="woman",
    citizenships=("ER", "SD"),
    languages=(LanguageDraft("ti", True, True),),
    identity_numbers=(IdentityDraft(IdentityKind.PASSPORT, "K 123", "ER", date(2030, 1, 31), "in the safe"),),
    dependants=(DependantDraft("Sara", RelativeKind.CHILD, "2019", True),),
    alerts=(AlertDraft("allergic to penicillin", date(2027, 1, 1)),),
    contact_ways=("call", "text"),
    contact_phone="+48 600 111 222",
    contact_email="s@example.org",
    contact_from=time(9, 30),
    contact_until=time(17, 0),
    never_leave_message=False,
    name_to_use="Sela",
    contact_words="never on Fridays",
    special_needs_words="a ramp",
    vulnerability_words="being followed",
    may_sign="herself",
    told_already=("route", "family"),
)


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def opened(office: Office, around: QWidget) -> NewPerson:
    """As it is before the window has lived for a moment: nothing below the names is there."""
    dialog = NewPerson(office, around)
    dialog.open()
    assert not dialog.findChildren(NeedsCard)
    return dialog


def form_of(dialog: NewPerson) -> PersonForm:
    found = dialog.findChild(PersonForm)
    assert isinstance(found, PersonForm)
    return found


def given_names(dialog: NewPerson) -> list[str]:
    return [entry.given.text() for entry in dialog.findChildren(NameEntry) if entry.isVisible()]


@pytest.fixture
def filled(desk: Desk) -> PersonHead:
    """Somebody about whom every field says something."""
    head = a_survivor(desk)
    draft = desk.ask(person_draft, head.survivor_id)
    names = tuple(replace(name, id=old.id) for name, old in zip(EVERYTHING.names, draft.names, strict=False))
    desk.do(
        correct_person, head.survivor_id, replace(EVERYTHING, names=names or EVERYTHING.names, version=draft.version)
    )
    return head


@pytest.fixture
def details(office: Office, filled: PersonHead, qtbot: QtBot) -> DetailsPage:
    page = DetailsPage(office)
    qtbot.addWidget(page)
    page.resize(900, 700)
    page.show_person(filled)
    return page


def test_the_first_key_after_opening_is_a_letter_of_the_name_and_stays(office: Office, around: QWidget) -> None:
    dialog = opened(office, around)
    take_the_keyboard(dialog)
    type_in("Sel")
    rest(office.jobs)
    type_in("am")
    assert given_names(dialog) == ["Selam"]
    assert dialog.findChildren(NeedsCard)


def test_what_was_typed_before_the_lower_cards_came_is_kept_when_one_leaves_at_once(
    office: Office, around: QWidget, desk: Desk
) -> None:
    dialog = opened(office, around)
    take_the_keyboard(dialog)
    named(dialog, "Given name").setFocus()
    type_in("Selam")
    dialog.reject()
    assert office.jobs.drain()
    assert len(desk.ask(my_drafts)) == 1
    again = opened(office, around)
    rest(office.jobs)
    assert given_names(again) == ["Selam"]


def test_a_draft_comes_back_whole_also_when_the_form_is_left_again_before_it_is_all_there(
    office: Office, around: QWidget, desk: Desk
) -> None:
    dialog = opened(office, around)
    rest(office.jobs)
    for field, words in (("Given name", "Selam"), ("Phone", "0600"), ("Who may sign", "herself"), ("Reason", "alone")):
        named(dialog, field).setFocus()
        type_in(words)
    dialog.reject()
    assert office.jobs.drain()

    for _ in range(2):
        again = NewPerson(office, around)  # hidden: it does not grow
        assert office.jobs.drain()
        again.findChildren(NameEntry)[0].family.setText("Tesfaye")
        save_all_drafts()
        assert office.jobs.drain()
        again.deleteLater()

    last = opened(office, around)
    rest(office.jobs)
    assert given_names(last) == ["Selam"]
    shown: list[str] = [
        named(last, field).property("text") for field in ("Family name", "Phone", "Who may sign", "Reason")
    ]
    assert shown == ["Tesfaye", "0600", "herself", "alone"]


def test_discarding_a_draft_before_every_card_is_there_discards_all_of_it(
    office: Office, around: QWidget, desk: Desk
) -> None:
    dialog = opened(office, around)
    rest(office.jobs)
    named(dialog, "Phone").setFocus()
    type_in("0600")
    named(dialog, "Reason").setFocus()
    type_in("alone")
    dialog.reject()
    assert office.jobs.drain()

    again = NewPerson(office, around)
    assert office.jobs.drain()
    named_discard = next(
        button for button in again.findChildren(QPushButton) if button.accessibleName() == "Discard the draft"
    )
    named_discard.click()
    again.open()
    rest(office.jobs)
    assert [named(again, field).property("text") for field in ("Phone", "Reason")] == ["", ""]
    assert desk.ask(my_drafts) == ()


def way_round(dialog: NewPerson, keys: str) -> list[str]:
    """What the keys come to from the name until they are there again."""
    take_the_keyboard(dialog)
    begin: QWidget = named(dialog, "Given name")
    begin.setFocus()
    passed: list[str] = []
    while True:
        press(keys)
        focus = dialog.focusWidget()
        if focus is begin:
            return passed
        passed.append(name_of(focus))
        assert len(passed) < 200


@pytest.mark.parametrize("keys", ["Tab", "Shift+Tab"])
def test_tab_before_the_lower_cards_are_there_goes_the_same_way_as_after(
    office: Office, around: QWidget, keys: str
) -> None:
    dialog = opened(office, around)
    hasty = way_round(dialog, keys)
    dialog.reject()
    settle()
    again = opened(office, around)
    rest(office.jobs)
    assert way_round(again, keys) == hasty
    in_order = ["Date of birth", "Phone", "Add an alert", "Who may sign", "Here since", "Reason", "Cancel", "Take in"]
    forward = hasty if keys == "Tab" else hasty[::-1]
    assert [name for name in forward if name in in_order] == in_order


def test_a_new_person_can_be_taken_in_before_every_card_is_there(
    office: Office, around: QWidget, desk: Desk, qtbot: QtBot
) -> None:
    dialog = opened(office, around)
    dialog.findChildren(NameEntry)[0].given.setText("Selam")
    with qtbot.waitSignal(dialog.taken_in):
        dialog.save()
    (row,) = desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
    assert desk.ask(person_draft, row.survivor_id).names[0].given == "Selam"


def test_opening_and_growing_alone_is_no_change(
    office: Office, around: QWidget, details: DetailsPage, desk: Desk
) -> None:
    opened(office, around)
    details.show()
    rest(office.jobs)
    assert details.findChildren(NeedsCard)
    assert not details.is_changed
    for dialog in QApplication.topLevelWidgets():
        if isinstance(dialog, NewPerson):
            dialog.reject()
    details.hide()
    rest(office.jobs)
    assert desk.ask(my_drafts) == ()


def test_details_saved_before_every_card_is_there_keep_what_stands_in_the_others(
    office: Office, details: DetailsPage, filled: PersonHead, desk: Desk
) -> None:
    before = desk.ask(person_draft, filled.survivor_id)
    assert office.jobs.drain()  # hidden: it does not grow
    assert not details.findChildren(NeedsCard)
    details.findChildren(NameEntry)[0].given.setText("Selamawit")
    details.save()
    rest(office.jobs)
    after = desk.ask(person_draft, filled.survivor_id)
    assert after.names[0].given == "Selamawit"
    assert replace(after, names=before.names, version=before.version) == before


def test_what_a_card_reads_is_what_it_was_shown(
    office: Office, details: DetailsPage, filled: PersonHead, desk: Desk
) -> None:
    details.show()
    rest(office.jobs)
    form = details.findChild(PersonForm)
    assert isinstance(form, PersonForm)
    assert form.growth.is_done
    assert form.draft() == desk.ask(person_draft, filled.survivor_id)


def test_something_that_came_back_and_cannot_be_understood_is_told_beside_its_field_though_that_came_later(
    office: Office, around: QWidget, desk: Desk
) -> None:
    dialog = opened(office, around)
    rest(office.jobs)
    named(dialog, "Referred on").setFocus()
    type_in("one of these days")
    dialog.reject()
    assert office.jobs.drain()
    again = opened(office, around)
    assert office.jobs.drain()
    again.save()
    rest(office.jobs)
    assert again.isVisible()
    assert part(again, DayEdit, "referred_on").accessibleDescription()
    assert desk.ask(list_survivors, SurvivorFilter(), None, 10).total == 0

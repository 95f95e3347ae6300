"""«Type your password once more»: asked in front of what was begun, which goes on by itself, or is left as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QPushButton

from aftercare.domain.errors import Problem
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.drafts import DraftRow
from aftercare.gui.announcements import Announcements
from aftercare.gui.application import Screen
from aftercare.gui.dialogs.confirm_identity import ConfirmIdentity
from aftercare.gui.drafting import Drafting
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.gui.open_records import confirm
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.gui.workplace import Workplace
from aftercare.services.desk import Desk
from aftercare.services.drafts import find_draft
from aftercare.services.office import OfficeSettings
from aftercare.services.opening import OpenOffice
from aftercare.services.work import Confirmation, Work, needs
from aftercare.settings import load_settings
from aftercare.vault.opened import OpenVault
from conftest import PASSPHRASE
from hands import click, part, settle, wait_for


@needs(Permission.SET_POLICY, confirmed=True)
def touch_keys(work: Work) -> str:
    return "touched"


class Begun:
    """A request that wants the password once more, and what came of it."""

    def __init__(self, office: Office) -> None:
        self.heard: list[str] = []
        self.office = office

    def begin(self) -> None:
        self.office.do(
            touch_keys,
            then=self.heard.append,
            owner=self.office,
            otherwise=lambda problem: self.heard.append(type(problem).__name__),
            finally_=lambda: self.heard.append("ended"),
        )


@pytest.fixture
def place(vault: OpenVault, desk: Desk, screen: Screen) -> Iterator[Workplace]:
    """The window, some time after its person unlocked it."""
    desk.confirmation = None
    opened = OpenOffice(vault, desk)
    jobs = Jobs()
    office = Office(desk, jobs, Announcements(), OfficeSettings(), confirm=lambda *typed: confirm(opened, *typed))
    place = Workplace(office, load_settings(None), "Aftercare")
    place.start()
    settle()
    yield place
    jobs.drain()
    place.frame.close()
    place.frame.deleteLater()
    jobs.close()
    settle()


def dialog_of(place: Workplace) -> ConfirmIdentity:
    wait_for(lambda: bool(place.frame.findChildren(ConfirmIdentity)), "the question")
    return place.frame.findChildren(ConfirmIdentity)[-1]


def answer(dialog: ConfirmIdentity, password: str) -> None:
    part(dialog, PasswordEdit, "password").setText(password)
    click(part(dialog, QPushButton, "confirm"))


def test_the_password_is_asked_once_and_what_was_begun_goes_on(place: Workplace) -> None:
    begun = Begun(place.office)
    begun.begin()
    answer(dialog_of(place), PASSPHRASE)
    wait_for(lambda: begun.heard == ["touched", "ended"], "the request that was handed in again")
    begun.begin()
    wait_for(lambda: begun.heard == ["touched", "ended"] * 2, "the next one, which asks nobody")


def test_a_wrong_password_is_told_and_can_be_typed_again(place: Workplace) -> None:
    begun = Begun(place.office)
    begun.begin()
    dialog = dialog_of(place)
    answer(dialog, "not the password at all")
    problem = part(dialog, QLabel, "problem")
    wait_for(problem.isVisible, "the words about the wrong password")
    assert problem.text() == "This is not your password."
    wait_for(lambda: place.office.jobs.is_idle, "the check")
    answer(dialog, PASSPHRASE)
    wait_for(lambda: begun.heard == ["touched", "ended"], "the request")


def test_whoever_thinks_better_of_it_changed_nothing_and_is_told_nothing(place: Workplace) -> None:
    explained: list[Problem] = []
    place.office.jobs.explained.connect(explained.append)
    begun = Begun(place.office)
    begun.begin()
    click(part(dialog_of(place), QPushButton, "cancel"))
    wait_for(lambda: begun.heard == ["ConfirmationNeeded", "ended"], "the end of it")
    assert explained == []


def test_two_things_asked_at_once_ask_for_one_password(place: Workplace) -> None:
    first, second = Begun(place.office), Begun(place.office)
    first.begin()
    second.begin()
    dialog = dialog_of(place)
    wait_for(lambda: place.office.jobs.is_idle, "both questions")
    assert len(place.frame.findChildren(ConfirmIdentity)) == 1
    answer(dialog, PASSPHRASE)
    wait_for(lambda: first.heard == second.heard == ["touched", "ended"], "both requests")


def test_a_request_refused_twice_asks_a_second_time_and_is_done_once(
    place: Workplace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clock set forward between the password and the request: the first answer holds no longer."""
    begun = Begun(place.office)
    begun.begin()
    first = dialog_of(place)
    monkeypatch.setattr(Confirmation, "holds", lambda *_moment: False)
    answer(first, PASSPHRASE)
    wait_for(lambda: place.office.jobs.is_idle and not alive(first), "the first question's end")
    second = dialog_of(place)
    assert begun.heard == []
    monkeypatch.undo()
    answer(second, PASSPHRASE)
    wait_for(lambda: begun.heard == ["touched", "ended"], "the request")


def test_left_while_the_password_is_checked_it_is_not_done_after_all(place: Workplace) -> None:
    begun = Begun(place.office)
    begun.begin()
    dialog = dialog_of(place)
    answer(dialog, PASSPHRASE)
    dialog.reject()
    wait_for(lambda: place.office.jobs.is_idle, "the check that nobody waits for")
    settle()
    assert begun.heard == ["ConfirmationNeeded", "ended"]


def test_a_lock_with_the_question_open_declines_it_and_keeps_what_was_typed(place: Workplace) -> None:
    field = QPlainTextEdit(place.frame)
    field.setObjectName("words")
    drafting = Drafting(place.office, "confirm-test", "", field)
    drafting.start()
    wait_for(lambda: place.office.jobs.is_idle, "the draft that is not there")
    field.setPlainText("Her cousin came to fetch her")
    heard: list[str] = []
    drafting.save(touch_keys, then=heard.append, otherwise=lambda problem: heard.append(type(problem).__name__))
    dialog = dialog_of(place)
    wait_for(lambda: place.office.jobs.is_idle, "the words, kept while the question stands")
    assert drafts_of(place) == ["Her cousin came to fetch her"]
    answer(dialog, PASSPHRASE)
    dialog.hide()  # as the lock hides every window, before it waits for what is under way
    place.office.jobs.drain()
    assert heard == ["ConfirmationNeeded"]
    assert drafts_of(place) == ["Her cousin came to fetch her"]


def alive(dialog: ConfirmIdentity) -> bool:
    return shiboken6.isValid(dialog)


def drafts_of(place: Workplace) -> list[str]:
    found: list[DraftRow | None] = []
    place.office.ask(find_draft, "confirm-test", "", then=found.append, owner=place.office)
    wait_for(lambda: bool(found), "the draft")
    return [str(draft.content["fields"]["words"]) for draft in found if draft is not None]

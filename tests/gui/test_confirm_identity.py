"""«Type your password once more»: asked in front of what was begun, which goes on by itself, or is left as it was."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QLabel, QPushButton

from aftercare.domain.errors import Problem
from aftercare.domain.permissions import Permission
from aftercare.gui.announcements import Announcements
from aftercare.gui.application import Screen
from aftercare.gui.dialogs.confirm_identity import ConfirmIdentity
from aftercare.gui.jobs import Jobs
from aftercare.gui.office import Office
from aftercare.gui.program import _confirm
from aftercare.gui.widgets.password_edit import PasswordEdit
from aftercare.gui.workplace import Workplace
from aftercare.services.desk import Desk
from aftercare.services.office import OfficeSettings
from aftercare.services.opening import OpenOffice
from aftercare.services.work import Work, needs
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
    office = Office(desk, jobs, Announcements(), OfficeSettings(), confirm=lambda *typed: _confirm(opened, *typed))
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

"""Asking once more who sits here: right, wrong, too often, too long ago, and by whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from threading import Event

import pytest

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import ConfirmationNeeded, NotAllowed, TooManyAttempts, UnlockCancelled, WrongPassphrase
from aftercare.domain.permissions import Permission, Role
from aftercare.services.confirming import confirm_identity, my_login_name
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.office import OfficeSettings
from aftercare.services.opening import OpenOffice
from aftercare.services.report_batch import begin_batch
from aftercare.services.work import Confirmation, Work, needs
from aftercare.vault.attempts import read_attempts
from aftercare.vault.files import Layout
from aftercare.vault.opened import OpenVault
from conftest import CLOCK, NOW, PASSPHRASE
from ledger import Ledger


@needs(Permission.SET_POLICY, confirmed=True)
def touch_keys(work: Work) -> str:
    return "touched"


@pytest.fixture
def office(vault: OpenVault, desk: Desk) -> OpenOffice:
    """Opened a while ago: nobody has typed a password since."""
    desk.confirmation = None
    return OpenOffice(vault, desk)


def test_keys_are_touched_only_after_the_password_was_typed_once_more(office: OpenOffice) -> None:
    with pytest.raises(ConfirmationNeeded):
        office.desk.do(touch_keys)
    confirm_identity(office, PASSPHRASE)
    assert office.desk.do(touch_keys).value == "touched"


def test_who_may_not_is_refused_without_being_asked_for_a_password(office: OpenOffice) -> None:
    office.desk.actor = replace(office.desk.actor, roles=frozenset({Role.VIEWER}))
    with pytest.raises(NotAllowed):
        office.desk.do(touch_keys)


def test_unlocking_is_typing_the_password(desk: Desk) -> None:
    assert desk.do(touch_keys).value == "touched"


@pytest.mark.promise(18)
@pytest.mark.parametrize(
    ("later", "holds"), [(timedelta(minutes=5), True), (timedelta(minutes=5, seconds=1), False), (-timedelta(1), False)]
)
def test_a_confirmation_lasts_five_minutes_and_not_by_a_clock_set_back(later: timedelta, holds: bool) -> None:
    assert Confirmation(NOW).holds(NOW + later) is holds


def test_a_wrong_password_confirms_nothing_and_is_counted_and_logged(office: OpenOffice, ledger: Ledger) -> None:
    with pytest.raises(WrongPassphrase):
        confirm_identity(office, "not the password at all")
    with pytest.raises(ConfirmationNeeded):
        office.desk.do(touch_keys)
    assert [entry[0] for entry in ledger] == ["vault.confirmation_failed"]
    kept = read_attempts(Layout(office.vault.folder).attempts)
    assert (kept.count, kept.told) == (1, 1)


def test_guessing_is_slowed_down_as_at_the_door(office: OpenOffice) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase):
            confirm_identity(office, "not the password at all")
    with pytest.raises(TooManyAttempts):
        confirm_identity(office, PASSPHRASE)
    office.desk.clock = stopped_at(NOW + timedelta(minutes=6))
    confirm_identity(office, PASSPHRASE)
    assert not Layout(office.vault.folder).attempts.exists()


def test_checking_stops_when_the_person_gives_up(office: OpenOffice) -> None:
    cancelled = Event()
    cancelled.set()
    with pytest.raises(UnlockCancelled):
        confirm_identity(office, PASSPHRASE, cancelled=cancelled)
    assert office.desk.confirmation is None


def test_a_batch_of_reports_asks_once_more_unless_the_organisation_decided_otherwise(office: OpenOffice) -> None:
    with pytest.raises(ConfirmationNeeded):
        office.desk.do(begin_batch)
    with pytest.raises(ConfirmationNeeded):
        office.desk.do(change_settings, OfficeSettings(ask_again_before_export=False))
    confirm_identity(office, PASSPHRASE)
    office.desk.do(change_settings, OfficeSettings(ask_again_before_export=False))
    office.desk.confirmation = None
    office.desk.do(begin_batch)


def test_an_account_that_was_closed_meanwhile_confirms_nothing(office: OpenOffice) -> None:
    from sqlalchemy import text

    with office.vault.engine.begin() as connection:
        connection.execute(text("UPDATE staff SET active = 0"))
    with pytest.raises(NotAllowed):
        confirm_identity(office, PASSPHRASE)


def test_the_clock_of_the_desk_counts(office: OpenOffice) -> None:
    confirm_identity(office, PASSPHRASE)
    assert office.desk.confirmation == Confirmation(CLOCK.now())
    assert office.desk.ask(my_login_name) == "rahman"

"""The policy of the computer stands over the settings of the office, and never becomes them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from aftercare import policy
from aftercare.domain.errors import NotAllowed
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.log import LogFilter
from aftercare.services.access import show_access
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.log_export import hand_out_log
from aftercare.services.office import show_settings
from aftercare.services.opening import desk_of
from aftercare.settings import language_spoken, load_settings, may_speak, place_of_records
from aftercare.vault import check_passphrase, generate_passphrase
from aftercare.vault.opened import OpenVault
from conftest import CLOCK


@pytest.fixture(autouse=True)
def nothing_decided_afterwards() -> Iterator[None]:
    yield
    policy.obey(policy.NOTHING_DECIDED)


def decide(**entries: object) -> None:
    policy.obey(policy.judged({place.replace("__", "."): value for place, value in entries.items()}, "test"))


def test_what_the_policy_decides_holds_over_what_the_office_set(desk: Desk) -> None:
    desk.do(change_settings, replace(desk.ask(show_settings), idle_lock_minutes=30))
    decide(lock__idle_minutes=3)
    assert desk.ask(show_settings).idle_lock_minutes == 3


def test_saving_the_settings_here_leaves_the_offices_own_value_for_other_computers(desk: Desk) -> None:
    desk.do(change_settings, replace(desk.ask(show_settings), idle_lock_minutes=30))
    decide(lock__idle_minutes=3)
    saved = desk.do(change_settings, replace(desk.ask(show_settings), review_days=90, idle_lock_minutes=60)).value
    assert (saved.idle_lock_minutes, saved.review_days) == (3, 90)
    policy.obey(policy.NOTHING_DECIDED)
    kept = desk.ask(show_settings)
    assert (kept.idle_lock_minutes, kept.review_days) == (30, 90)


def test_records_live_where_the_policy_says() -> None:
    settings = load_settings(None)
    settings.vault_folder = "/home/someone/records"
    assert place_of_records(settings) == Path("/home/someone/records")
    decide(records__folder="/srv/records")
    assert place_of_records(settings) == Path("/srv/records")


def test_only_languages_of_the_policy_are_spoken() -> None:
    settings = load_settings(None)
    settings.language = "en-XA"
    decide(window__languages=["en"])
    assert language_spoken(settings) == "en"
    assert may_speak("en")
    assert not may_speak("en-XA")


def test_a_longer_passphrase_is_asked_for_and_suggested_where_the_policy_says_so() -> None:
    passphrase = "heron under seven lamps"
    assert check_passphrase(passphrase) == []
    decide(passwords__least_characters=60)
    assert [fault.value for fault in check_passphrase(passphrase)] == ["too_short"]
    assert len(generate_passphrase()) >= 60


def test_backups_go_where_the_policy_says_and_as_often(desk: Desk) -> None:
    decide(backups__folders=["/mnt/one"], backups__every_hours=2)
    held = desk.ask(show_settings)
    assert (held.backup_folder, held.second_backup_folder, held.backup_every_hours) == ("/mnt/one", "", 2)


def test_only_roles_that_the_policy_names_print_and_export(vault: OpenVault) -> None:
    decide(export__roles=["auditor"])
    kept_in = desk_of(vault, CLOCK)
    assert Permission.PRINT_REPORTS not in kept_in.actor.permissions
    with pytest.raises(NotAllowed):
        kept_in.do(hand_out_log, LogFilter())
    decide(export__roles=["manager"])
    assert Permission.PRINT_REPORTS in desk_of(vault, CLOCK).actor.permissions


def test_where_the_policy_names_no_role_nobody_prints_or_exports(vault: OpenVault) -> None:
    """«export.roles = []» was shown in the window, and everybody went on exporting."""
    for roles in ([], ["boss"]):
        decide(export__roles=roles)
        kept_in = desk_of(vault, CLOCK)
        assert Permission.PRINT_REPORTS not in kept_in.actor.permissions
        with pytest.raises(NotAllowed):
            kept_in.do(hand_out_log, LogFilter())


def test_what_the_policy_of_one_computer_keeps_from_somebody_is_not_written_into_their_account(desk: Desk) -> None:
    """It was offered as «withheld», and saving anything else about a colleague made it last on every computer."""
    decide(export__roles=["auditor"])
    (account,) = desk.ask(show_access)
    assert Permission.PRINT_REPORTS not in account.withheld
    assert Permission.PRINT_REPORTS not in account.permissions

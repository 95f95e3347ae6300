"""What this computer keeps: every place the program writes to is told, with what it holds; nothing else is there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from aftercare import policy
from aftercare.domain.permissions import Role
from aftercare.domain.rows.this_computer import Kept, KeptRow
from aftercare.gui.notices import Notice
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_computer import ComputerPart
from aftercare.services.backups import back_up
from aftercare.services.deciding import choose_backups
from aftercare.services.desk import Desk
from aftercare.services.opening import OpenOffice
from aftercare.services.this_computer import kept_places, measured
from aftercare.services.verifying import Checked, CheckFinding
from aftercare.services.work import Confirmation
from aftercare.settings import Settings, load_settings
from aftercare.words.this_computer import CONTENTS, DECIDED, PLACES, decided_words
from hands import click, named, open_dialog, rest, words_on


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    kept = load_settings(tmp_path / "config" / "settings.json")
    kept.remembered_login = "rahman"
    kept.save()
    return kept


def shown(qtbot: QtBot, office: Office, opened: OpenOffice, settings: Settings) -> ComputerPart:
    office.opened = opened
    made = ComputerPart(office, settings)
    qtbot.addWidget(made)
    made.resize(1000, 900)
    made.show()
    rest(office.jobs)
    return made


def by_kind(rows: tuple[KeptRow, ...]) -> dict[Kept, KeptRow]:
    return {row.kept: row for row in rows}


def test_every_file_in_the_folder_of_the_records_is_told_of(
    opened: OpenOffice, settings: Settings, desk: Desk, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    desk.do(choose_backups, str(stick), "", 4, 48)
    back_up(opened)
    aside = opened.vault.folder.with_name("vault-before-2026-11-22-1")
    shutil.copytree(opened.vault.folder, aside)
    rows = by_kind(measured(kept_places(opened, settings)))
    told = sum(rows[kept].size or 0 for kept in (Kept.RECORDS, Kept.KEYS, Kept.BACKUPS, Kept.RESERVE, Kept.ATTEMPTS))
    folder = opened.vault.folder
    found = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and path.name != "lock")
    assert told == found
    assert rows[Kept.OTHER_BACKUPS].path == stick
    assert (rows[Kept.KEPT_ASIDE].path, rows[Kept.KEPT_ASIDE].since) == (aside, date(2026, 11, 22))
    assert (rows[Kept.KEPT_ASIDE].size or 0) >= found
    assert rows[Kept.SETTINGS].size == settings.path.stat().st_size if settings.path else False
    assert Kept.KEY_STORE not in rows


def test_an_administrator_destroys_what_a_restore_left_after_being_told_what_goes_with_it(
    qtbot: QtBot, office: Office, opened: OpenOffice, settings: Settings, desk: Desk
) -> None:
    aside = opened.vault.folder.with_name("vault-before-2026-11-22-1")
    shutil.copytree(opened.vault.folder, aside)
    desk.confirmation = Confirmation(desk.clock.now())
    part = shown(qtbot, office, opened, settings)
    assert "Replaced on 22 Nov 2026" in words_on(part)
    click(named(part, "Destroy the earlier records in vault-before-2026-11-22-1"))
    question = open_dialog(Notice)
    assert "only in them" in words_on(question)
    assert aside.exists()
    question.accept()
    rest(office.jobs)
    assert not aside.exists()
    assert "vault-before-2026-11-22-1" not in words_on(part)


def test_who_does_not_manage_backups_sees_what_a_restore_left_and_destroys_nothing(
    qtbot: QtBot, office: Office, opened: OpenOffice, settings: Settings, desk: Desk
) -> None:
    shutil.copytree(opened.vault.folder, opened.vault.folder.with_name("vault-before-2026-11-22-1"))
    desk.actor = replace(desk.actor, roles=frozenset({Role.MANAGER}))
    part = shown(qtbot, office, opened, settings)
    assert "vault-before-2026-11-22-1" in words_on(part)
    assert not [button for button in part.findChildren(QPushButton) if "Destroy" in button.text()]


def test_what_is_encrypted_says_so_and_only_what_is_no_secret_is_opened(
    qtbot: QtBot, office: Office, opened: OpenOffice, settings: Settings
) -> None:
    back_up(opened)
    part = shown(qtbot, office, opened, settings)
    assert str(opened.vault.folder / "records.db") in words_on(part)
    folders = {
        button.accessibleName()
        for button in part.findChildren(QPushButton)
        if button.isVisible() and button.text() == "Open folder"
    }
    assert f"Open the folder {opened.vault.folder}" not in folders
    assert f"Open the folder {opened.vault.folder / 'backups'}" in folders
    assert "Passwords, codes and keys" in words_on(part)


def test_the_remembered_name_is_forgotten_on_the_disk_too(
    qtbot: QtBot, office: Office, opened: OpenOffice, settings: Settings, tmp_path: Path
) -> None:
    part = shown(qtbot, office, opened, settings)
    click(named(part, "Forget the remembered sign-in name", QPushButton))
    rest(office.jobs)
    assert json.loads((tmp_path / "config" / "settings.json").read_text())["remembered_login"] == ""
    assert "Forget the remembered sign-in name" not in words_on(part)


@pytest.fixture
def decided() -> Iterator[None]:
    found = {"lock.idle_minutes": 5, "export.roles": ["manager", "auditor"], "window.screen_capture": False, "x.y": 1}
    policy.obey(policy.judged(found, "/etc/aftercare/policy.toml"))
    yield
    policy.obey(policy.NOTHING_DECIDED)


@pytest.mark.usefixtures("decided")
def test_what_the_policy_of_the_computer_decides_is_told_in_words(
    qtbot: QtBot, office: Office, opened: OpenOffice, settings: Settings
) -> None:
    words = words_on(shown(qtbot, office, opened, settings))
    assert "Minutes until it locks: 5" in words
    assert "Who may print and export: Manager and Auditor" in words
    assert "Windows may be in pictures of the screen: no" in words
    assert "Not understood: x.y" in words
    assert "/etc/aftercare/policy.toml" in words


def test_every_place_and_everything_a_policy_may_decide_has_words() -> None:
    assert set(PLACES) == set(CONTENTS) == set(Kept)
    assert set(DECIDED) == {entry.place for entry in policy.ENTRIES}
    assert decided_words("window.languages", ("en", "uk")) == "Languages to choose from: en and uk"
    assert decided_words("export.roles", ()) == "Who may print and export: nobody"


def test_whoever_may_check_the_records_does_so_here_and_reads_what_came_of_it(
    qtbot: QtBot, office: Office, opened: OpenOffice, settings: Settings, desk: Desk
) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.AUDITOR}))
    part = shown(qtbot, office, opened, settings)
    click(named(part, "Check the records"))
    rest(office.jobs)
    assert "Everything is sound (" in words_on(part)
    part.show_checked(Checked(sound=False, audit_entries=0, findings=(CheckFinding("log", 1, 17),)))
    assert "first at entry 17" in words_on(part)


def test_whoever_may_not_check_the_records_is_offered_no_check(
    qtbot: QtBot, office: Office, opened: OpenOffice, settings: Settings, desk: Desk
) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.MANAGER}))
    assert "Check the records" not in words_on(shown(qtbot, office, opened, settings))

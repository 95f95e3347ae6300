"""Keys and recovery in the administration: another recovery code, another key of the records, what is due."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QLineEdit, QProgressBar, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.staff import StaffDraft
from aftercare.domain.errors import ApprovalNeeded
from aftercare.domain.permissions import Role
from aftercare.domain.rows.log import LogFilter
from aftercare.gui.dialogs.renew_code import RenewCodeDialog
from aftercare.gui.notices import Notice
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_keys import KeysPart
from aftercare.services.approvals import answer_approval, ask_approval, list_approvals
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.log_export import hand_out_log
from aftercare.services.office import show_settings
from aftercare.services.opening import OpenOffice
from aftercare.services.recovery import open_with_code
from aftercare.services.recovery_kit import begin_renewal, may_renew_code
from aftercare.services.staff import add_staff, close_for_good
from aftercare.vault import CHEAP_KDF
from aftercare.vault.backup_copy import copy_pages
from aftercare.vault.backup_file import Progress
from conftest import CLOCK
from hands import click, named, open_dialog, part, rest, wait_for, words_on
from makers import a_colleague


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("aftercare.vault.members.measured_kdf", lambda: CHEAP_KDF)
    monkeypatch.setattr("aftercare.vault.slot_changes.measured_kdf", lambda: CHEAP_KDF)


@pytest.fixture
def keys(qtbot: QtBot, office: Office, opened: OpenOffice) -> Iterator[KeysPart]:
    office.opened = opened
    made = KeysPart(office)
    qtbot.addWidget(made)
    made.resize(1000, 700)
    made.show()
    rest(office.jobs)
    yield made
    rest(office.jobs)


def test_the_ages_of_the_keys_and_the_fingerprint_are_shown(keys: KeysPart) -> None:
    shown = words_on(keys)
    assert "The code of now was made on 23 Nov 2026, 09:00." in shown
    assert "Key number 1, made on 23 Nov 2026, 09:00." in shown
    assert len(keys._fingerprint.text().split()) == 8


def test_another_code_holds_once_it_was_typed_back_from_the_paper(
    keys: KeysPart, office: Office, opened: OpenOffice
) -> None:
    click(keys.renew)
    rest(office.jobs)
    dialog = open_dialog(RenewCodeDialog)
    kit = dialog._form.kit.kit
    copy = named(dialog, "Type the code here", QLineEdit)
    copy.setText("wrong")
    click(dialog._form.done)
    assert dialog.isVisible()
    assert dialog._form.done.isEnabled()
    copy.setText("-".join(kit.sheets[0].groups))
    with_new_code = "-".join(kit.sheets[0].groups)
    click(dialog._form.done)
    rest(office.jobs)
    folder = opened.vault.folder
    opened.close()
    with open_with_code(folder, with_new_code, clock=CLOCK) as by_code:
        assert by_code.administrators


def test_the_key_is_changed_after_a_question_that_is_not_answered_by_accident(
    keys: KeysPart, office: Office, opened: OpenOffice
) -> None:
    click(keys.rotate)
    question = open_dialog(Notice)
    assert not question._form.accept.isDefault()
    click(named(question, "Change the key", QPushButton))
    rest(office.jobs)
    assert opened.vault.unlocked.header.generation == 2
    assert "Key number 2" in words_on(keys)


def test_a_removal_without_a_new_key_is_told_until_there_is_one(
    keys: KeysPart, office: Office, opened: OpenOffice
) -> None:
    nadja = opened.desk.do(add_staff, opened.keys(), StaffDraft("nadja", "Nadja K.", frozenset({Role.VIEWER}))).value
    opened.desk.do(close_for_good, opened.keys(), nadja.staff_id)
    keys.refresh()
    rest(office.jobs)
    assert "Somebody was removed" in words_on(keys.form.banner)
    assert keys._key_card.pill.text() == "a new key is due"
    keys._rotate()
    rest(office.jobs)
    assert not keys.form.banner.isVisible()
    assert not keys._key_card.pill.text()


def under_two(desk: Desk, action: Approvable) -> None:
    desk.do(change_settings, replace(desk.ask(show_settings), two_persons_for=(action.value,)))


def agreed_by_a_colleague(desk: Desk, needed: ApprovalNeeded) -> None:
    desk.do(ask_approval, needed)
    me, desk.actor = desk.actor, a_colleague(desk, Role.MANAGER)
    (waiting,) = desk.ask(list_approvals)
    desk.do(answer_approval, waiting.id, True, waiting.version)
    desk.actor = me


def test_a_code_under_two_persons_is_shown_to_nobody_before_the_second_agreed(desk: Desk) -> None:
    under_two(desk, Approvable.RENEW_CODE)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.ask(may_renew_code)
    agreed_by_a_colleague(desk, needed.value)
    desk.ask(may_renew_code)
    desk.ask(may_renew_code)  # looking uses nothing up
    desk.do(begin_renewal)
    with pytest.raises(ApprovalNeeded):
        desk.do(begin_renewal)


def test_an_export_of_the_log_waits_for_the_second_person_where_it_is_under_two(desk: Desk, tmp_path: Path) -> None:
    under_two(desk, Approvable.EXPORT_AUDIT)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(hand_out_log, LogFilter())
    agreed_by_a_colleague(desk, needed.value)
    assert desk.do(hand_out_log, LogFilter()).value
    with pytest.raises(ApprovalNeeded):
        desk.do(hand_out_log, LogFilter())


def test_a_change_of_the_key_that_takes_long_shows_how_far_it_is_and_is_stopped_without_a_trace(
    keys: KeysPart, office: Office, opened: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def on_a_slow_disk(source: Any, path: Path, digits: str, progress: Progress) -> None:
        for done in range(1, 600):
            reached.append(done)
            progress(done, 600)
            time.sleep(0.05)
        copy_pages(source, path, digits, progress)

    reached: list[int] = []
    monkeypatch.setattr("aftercare.vault.rotate.copy_pages", on_a_slow_disk)
    key, folder = opened.vault.unlocked.data_key, opened.vault.folder
    click(keys.rotate)
    click(named(open_dialog(Notice), "Change the key", QPushButton))
    bar = part(keys, QProgressBar, "bar")
    wait_for(lambda: bar.isVisible() and bar.maximum() == 100 and bar.value() > 52, "how far it is")
    assert not keys.rotate.isEnabled()
    click(named(keys.form.busy, "Cancel", QPushButton))
    rest(office.jobs)
    assert len(reached) < 599  # it was stopped, not waited for
    assert keys.rotate.isEnabled()
    assert not bar.isVisible()
    assert opened.vault.unlocked.data_key == key
    assert "Key number 1" in words_on(keys)
    assert not list(folder.glob("records.new*"))
    monkeypatch.undo()
    keys._rotate()
    rest(office.jobs)
    assert "Key number 2" in words_on(keys)

"""A manager's way through retention in the real window: what is due, held, asked, deleted, found no more, certified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from threading import Event

import pypdfium2
import pytest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.permissions import Role
from aftercare.domain.retention import Extent, HoldReason, Kept
from aftercare.domain.rows.log import LogFilter
from aftercare.domain.rows.retention import PurgeOrder
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.hold import HoldDialog, LiftHoldDialog
from aftercare.gui.dialogs.purge import PurgeDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.administration import AdministrationPage
from aftercare.gui.pages.administration_retention import RetentionPart
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.workplace import Workplace
from aftercare.services import backups, forgetting
from aftercare.services.desk import Desk
from aftercare.services.log import see_log
from aftercare.services.opening import OpenOffice
from aftercare.services.retention import list_holds
from aftercare.services.search import find_notes, find_people
from aftercare.services.work import Confirmation
from aftercare.settings import load_settings
from aftercare.vault.opened import OpenVault
from hands import named, part, rest, words_on
from makers import a_survivor
from planted import backups_with, plant, traces

MARK = "zanzaquux"


@pytest.fixture
def workplace(qtbot: QtBot, office: Office, desk: Desk, vault: OpenVault) -> Iterator[Workplace]:
    office.opened = OpenOffice(vault, desk)
    desk.confirmation = Confirmation(desk.clock.now())
    place = Workplace(office, load_settings(None), "Aftercare")
    qtbot.addWidget(place.frame)
    place.start()
    rest(office.jobs)
    yield place
    rest(office.jobs)


def closed(desk: Desk) -> PersonHead:
    """Somebody with the mark in every word of her record, whose case was closed long ago."""
    head = a_survivor(desk, MARK, MARK)
    plant(desk, head.survivor_id, MARK)
    return head


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def retention_of(workplace: Workplace) -> RetentionPart:
    page = workplace.frame.show_page("administration")
    assert isinstance(page, AdministrationPage)
    page.open("retention")
    rest(workplace.office.jobs)
    found = page.part("retention")
    assert isinstance(found, RetentionPart)
    return found


def page_of(workplace: Workplace, head: PersonHead) -> PersonPage:
    workplace.open_person(head.survivor_id)
    rest(workplace.office.jobs)
    page = workplace.frame.page
    assert isinstance(page, PersonPage)
    return page


def dialog_of(workplace: Workplace, kind: type[QDialog]) -> QDialog:
    rest(workplace.office.jobs)
    return next(dialog for dialog in workplace.frame.findChildren(kind) if dialog.isVisible())


def test_words_past_their_term_are_deleted_through_the_window_up_to_the_certificate(
    qtbot: QtBot, workplace: Workplace, desk: Desk, vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, held = closed(desk), a_survivor(desk)
    plant(desk, held.survivor_id, "quillonette")
    # a hold, set on her page, keeps the other record whatever is due of it
    page = page_of(workplace, held)
    page.record_menu.ask_to_hold()
    hold = dialog_of(workplace, HoldDialog)
    assert isinstance(hold, HoldDialog)
    hold._reason.show_code(HoldReason.COURT.value)
    hold.save()
    qtbot.waitUntil(lambda: "Court case" in said(page))
    retention = retention_of(workplace)
    assert f"{head.case_code} · Names and contact" in said(retention)
    assert "held" in next(line for line in said(retention).splitlines() if held.case_code in line)
    # what is due of the first is chosen already, what it would take is said, and its code is typed
    named(retention, f"Delete data of {head.case_code}", QPushButton).click()
    dialog = dialog_of(workplace, PurgeDialog)
    assert isinstance(dialog, PurgeDialog)
    assert dialog.order.kinds == {Kept.CONTACT, Kept.IDENTITY}
    dialog._kinds.show_codes([kind.value for kind in Kept if kind is not Kept.WHOLE])
    dialog._look()
    qtbot.waitUntil(lambda: "Not due yet" in said(dialog))
    dialog._typed.setText(head.case_code)
    dialog.form.save.click()
    qtbot.waitUntil(lambda: "Certificate 1 says" in said(retention))
    rest(workplace.office.jobs)
    # nothing finds the words, in the file or a backup; the backup was made afterwards, and the other record stands
    assert traces(vault, MARK) == {}
    assert desk.ask(find_people, MARK) == ()
    assert desk.ask(find_notes, MARK, 12, True) == ()
    assert len(traces(vault, "quillonette")) > 30
    folder = vault.folder / "backups"
    assert len(list(folder.glob("*.backup"))) == 1
    assert backups_with(vault, folder, MARK, tmp_path / "scratch") == []
    assert "Words of this record were deleted" in said(page_of(workplace, head))
    # the certificate is printed, and the log knows
    paper = tmp_path / "certificate.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_asked: (str(paper), "")))
    named(retention_of(workplace), "Save certificate 1 as PDF", QPushButton).click()
    qtbot.waitUntil(paper.exists)
    with pypdfium2.PdfDocument(BytesIO(paper.read_bytes())) as pdf:
        assert "Certificate 1" in pdf[0].get_textpage().get_text_bounded()
    rest(workplace.office.jobs)
    actions = [row.action for row in desk.ask(see_log, LogFilter()).rows]
    assert {"purged", "purge_reached", "backed_up", "save_certificate"} <= set(actions)


def test_a_whole_record_goes_from_its_own_page(
    qtbot: QtBot, workplace: Workplace, desk: Desk, vault: OpenVault
) -> None:
    head = closed(desk)
    page = page_of(workplace, head)
    page.record_menu.ask_to_purge()
    dialog = dialog_of(workplace, PurgeDialog)
    assert isinstance(dialog, PurgeDialog)
    assert "Choose what is to go" in said(dialog)
    dialog.choose(Extent.WHOLE)
    qtbot.waitUntil(lambda: "Stays: the code" in said(dialog))
    dialog._typed.setText(head.case_code)
    dialog.form.save.click()
    retention = retention_of(workplace)
    qtbot.waitUntil(lambda: "Certificate 1 says" in said(retention))
    rest(workplace.office.jobs)
    assert workplace.frame.key == "administration"
    assert traces(vault, MARK) == {}


def test_a_hold_that_stands_can_only_be_lifted_and_says_why_on_the_page(
    qtbot: QtBot, workplace: Workplace, desk: Desk
) -> None:
    page = page_of(workplace, a_survivor(desk))
    menu = page.record_menu
    menu.ask_to_hold()
    hold = dialog_of(workplace, HoldDialog)
    assert isinstance(hold, HoldDialog)
    hold._reason.show_code(HoldReason.COMPENSATION.value)
    hold._words.setPlainText("Letter of her counsel")
    hold.save()
    qtbot.waitUntil(lambda: "Letter of her counsel" in said(page))
    assert "Compensation claim, since 23 Nov 2026" in said(page)
    assert [entry.text() for entry in menu.actions() if entry.isVisible() and entry.isEnabled() and entry.text()] == [
        "Lift the legal hold…"
    ]
    menu.ask_to_lift()
    lift = dialog_of(workplace, LiftHoldDialog)
    assert isinstance(lift, LiftHoldDialog)
    lift.save()
    qtbot.waitUntil(lambda: "Letter of her counsel" not in said(page))
    assert not any(row.stands for row in desk.ask(list_holds))


def test_only_whoever_may_delete_sees_the_menu_of_the_record(qtbot: QtBot, office: Office, desk: Desk) -> None:
    for roles, is_shown in (({Role.MANAGER}, True), ({Role.CASE_WORKER}, False)):
        desk.actor = replace(desk.actor, roles=frozenset(roles))
        page = PersonPage(office, [])
        qtbot.addWidget(page)
        page.show()
        assert page._form.more.isVisible() is is_shown


def test_what_follows_a_deletion_can_be_stopped_in_the_window_and_goes_on_later(
    qtbot: QtBot, workplace: Workplace, desk: Desk, vault: OpenVault
) -> None:
    head = closed(desk)
    retention = retention_of(workplace)
    vault.copying.acquire()  # a backup is being made: what follows the deletion has to wait for it
    try:
        retention.purge(PurgeOrder(head.survivor_id, Extent.PARTIAL, frozenset({Kept.CONTACT})))
        qtbot.waitUntil(lambda: retention.form.busy.isVisible())
        part(retention.form.busy, QPushButton, "cancel").click()
        qtbot.waitUntil(lambda: "stays deleted" in said(retention))
        qtbot.waitUntil(lambda: "not everywhere yet" in said(retention) and "Go on now" in words_on(retention))
    finally:
        vault.copying.release()
    named(retention, "Go on now", QPushButton).click()
    qtbot.waitUntil(lambda: "not everywhere yet" not in said(retention))


def test_others_are_answered_while_the_backup_after_a_deletion_is_made(
    qtbot: QtBot, workplace: Workplace, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, retention = closed(desk), retention_of(workplace)
    is_answered, was_answered = Event(), []
    carry_out = backups.carry_out

    def slow(*asked: object) -> object:
        was_answered.append(is_answered.wait(10))
        return carry_out(*asked)  # type: ignore[arg-type]

    monkeypatch.setattr(forgetting, "carry_out", slow)
    retention.purge(PurgeOrder(head.survivor_id, Extent.PARTIAL, frozenset({Kept.CONTACT})))
    qtbot.waitUntil(lambda: retention.form.busy.isVisible())
    workplace.office.ask(list_holds, then=lambda _rows: is_answered.set(), owner=retention)
    qtbot.waitUntil(lambda: "Certificate 1 says" in said(retention))
    assert was_answered == [True]

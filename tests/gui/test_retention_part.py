"""Retention on the screen: nothing is deleted without the code typed, and a held record says so on its page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from aftercare.domain.retention import Extent, HoldReason, Kept
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.hold import HoldDialog
from aftercare.gui.dialogs.purge import PurgeDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_retention import RetentionPart
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.widgets.banner import Banner
from aftercare.services.desk import Desk
from aftercare.services.forgetting import list_certificates
from aftercare.services.opening import OpenOffice
from aftercare.services.retention import list_holds
from aftercare.services.work import Confirmation
from aftercare.vault.opened import OpenVault
from makers import a_survivor
from planted import plant, traces

MARK = "zanzaquux"


@pytest.fixture
def closed(office: Office, desk: Desk, vault: OpenVault) -> PersonHead:
    office.opened = OpenOffice(vault, desk)
    desk.confirmation = Confirmation(desk.clock.now())
    head = a_survivor(desk, MARK, MARK)
    plant(desk, head.survivor_id, MARK)
    return head


def said(widget: RetentionPart | PurgeDialog | Banner) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if not label.isHidden())


def test_what_is_due_is_deleted_after_its_code_was_typed_and_leaves_a_certificate(
    qtbot: QtBot, office: Office, desk: Desk, vault: OpenVault, closed: PersonHead
) -> None:
    part = RetentionPart(office)
    qtbot.addWidget(part)
    part.show()
    qtbot.waitUntil(lambda: closed.case_code in said(part))
    dialog = PurgeDialog(office, closed.survivor_id, closed.case_code, [Kept.CONTACT], part)
    dialog.ordered.connect(part.purge)
    dialog.open()
    assert closed.case_code not in dialog.windowTitle()
    assert dialog.order.extent is Extent.PARTIAL
    assert dialog.order.kinds == {Kept.CONTACT}
    dialog._kinds.show_codes([kind.value for kind in Kept if kind is not Kept.WHOLE])
    dialog._look()
    qtbot.waitUntil(lambda: "Note: 1" in said(dialog) or "more records" in said(dialog))
    assert not dialog.form.save.isEnabled()
    qtbot.keyClicks(dialog._typed, "S-9999")
    assert not dialog.form.save.isEnabled()
    dialog._typed.setText(closed.case_code.lower())
    assert dialog.form.save.isEnabled()
    dialog.save()
    qtbot.waitUntil(lambda: "Certificate 1" in said(part), timeout=20_000)
    assert traces(vault, MARK) == {}
    assert [row.number for row in desk.ask(list_certificates)] == [1]


def test_a_hold_needs_a_reason_blocks_the_question_and_stands_on_the_page(
    qtbot: QtBot, office: Office, desk: Desk, closed: PersonHead
) -> None:
    page = PersonPage(office, [])
    qtbot.addWidget(page)
    page.show()
    page.open(closed.survivor_id)
    hold = HoldDialog(office, closed.survivor_id, closed.case_code, page)
    hold.open()
    assert closed.case_code not in hold.windowTitle()
    hold.save()
    assert desk.ask(list_holds) == ()
    hold._reason.show_code(HoldReason.COURT.value)
    hold.save()
    qtbot.waitUntil(lambda: len(desk.ask(list_holds)) == 1)
    qtbot.waitUntil(lambda: not page._standing.isHidden())
    assert "Court case" in said(page._standing)
    dialog = PurgeDialog(office, closed.survivor_id, closed.case_code, [Kept.NARRATIVE], page)
    dialog.open()
    qtbot.waitUntil(lambda: "hold stands" in said(dialog))
    dialog._typed.setText(closed.case_code)
    assert not dialog.form.save.isEnabled()

"""What was filled in and signed in an agreement survives a lock or a crash; a signature holds for its terms only."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from shiboken6 import isValid

from aftercare.domain.codes import Area, SignatureWay
from aftercare.domain.drafts.people import LanguageDraft
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.dialogs.agreement import AgreementDialog
from aftercare.gui.drafting import save_all_drafts
from aftercare.gui.office import Office
from aftercare.gui.widgets.signature_pad import SignatureCanvas, SignaturePad
from aftercare.gui.widgets.world import LanguageCombo
from aftercare.services.agreement import plan_versions
from aftercare.services.desk import Desk
from aftercare.services.drafts import my_drafts
from hands import part, rest, words_on
from makers import a_goal, a_survivor


@pytest.fixture
def head(desk: Desk) -> PersonHead:
    head = a_survivor(desk, languages=(LanguageDraft("ti", interpreter=True),))
    a_goal(desk, head)
    return head


@pytest.fixture
def dialogs(office: Office, head: PersonHead) -> Iterator[list[AgreementDialog]]:
    opened: list[AgreementDialog] = []
    yield opened
    for dialog in opened:
        if isValid(dialog):
            dialog.close()
    rest(office.jobs)


def opened(office: Office, head: PersonHead, dialogs: list[AgreementDialog]) -> AgreementDialog:
    dialog = AgreementDialog(office, head)
    dialogs.append(dialog)
    dialog.show()
    rest(office.jobs)
    return dialog


def press_and_move(pad: SignaturePad) -> SignatureCanvas:
    canvas = pad.canvas
    QTest.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(20, 30))
    QTest.mouseMove(canvas, QPoint(60, 50))
    return canvas


def fill(dialog: AgreementDialog) -> None:
    part(dialog, QLineEdit, "interpreter").setText("Hirut by phone")
    part(dialog, LanguageCombo, "language").show_code("am")
    canvas = press_and_move(part(dialog, SignaturePad, "her_signature"))
    QTest.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(90, 20))
    part(dialog, SignaturePad, "worker_signature").show_signature(SignatureWay.ON_PAPER)


def test_a_lock_keeps_what_was_filled_in_and_signed(
    office: Office, head: PersonHead, dialogs: list[AgreementDialog]
) -> None:
    first = opened(office, head, dialogs)
    fill(first)
    drawn = part(first, SignaturePad, "her_signature").strokes
    save_all_drafts()
    rest(office.jobs)
    first.close()

    again = opened(office, head, dialogs)
    assert part(again, QLineEdit, "interpreter").text() == "Hirut by phone"
    assert part(again, LanguageCombo, "language").code_typed() == "am"
    assert drawn
    assert part(again, SignaturePad, "her_signature").strokes == drawn
    assert part(again, SignaturePad, "worker_signature").way == SignatureWay.ON_PAPER
    assert "your draft of 09:00 is back" in words_on(again)


def test_a_line_is_kept_while_it_is_drawn(office: Office, head: PersonHead, dialogs: list[AgreementDialog]) -> None:
    first = opened(office, head, dialogs)
    press_and_move(part(first, SignaturePad, "her_signature"))
    save_all_drafts()
    rest(office.jobs)
    again = opened(office, head, dialogs)
    assert len(part(again, SignaturePad, "her_signature").strokes[0]) == 2


def test_whoever_signed_other_terms_is_asked_to_sign_anew(
    office: Office, desk: Desk, head: PersonHead, dialogs: list[AgreementDialog]
) -> None:
    first = opened(office, head, dialogs)
    fill(first)
    first.close()
    rest(office.jobs)
    a_goal(desk, head, Area.HEALTH, "Sleep well")

    again = opened(office, head, dialogs)
    assert part(again, QLineEdit, "interpreter").text() == "Hirut by phone"
    assert not part(again, SignaturePad, "her_signature").strokes
    assert "The plan has changed since it was signed. Please sign anew." in words_on(again)
    again.agree()
    rest(office.jobs)
    assert not desk.ask(plan_versions, head.case_id)


def test_agreeing_ends_the_draft(office: Office, desk: Desk, head: PersonHead, dialogs: list[AgreementDialog]) -> None:
    dialog = opened(office, head, dialogs)
    fill(dialog)
    save_all_drafts()
    rest(office.jobs)
    assert [draft.form for draft in desk.ask(my_drafts)] == ["agreement"]
    dialog.agree()
    rest(office.jobs)
    (version,) = desk.ask(plan_versions, head.case_id)
    assert (version.interpreter, version.language) == ("Hirut by phone", "am")
    assert version.her_signature.strokes
    assert desk.ask(my_drafts) == ()

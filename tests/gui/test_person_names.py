"""Names on a person's page stay covered until they are asked for, and are covered again when one looks elsewhere."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import ClosureReason
from aftercare.domain.drafts.plan import ClosingDraft
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui.office import Office
from aftercare.gui.pages.details import DetailsPage
from aftercare.gui.pages.person import PersonPage, TabEntry
from aftercare.services.desk import Desk
from aftercare.services.stages import close_case
from conftest import NOW
from hands import PATIENCE_MS, rest
from ledger import Ledger
from makers import a_survivor


def settle(office: Office, qtbot: QtBot) -> None:
    rest(office.jobs)


def details_of(head: PersonHead, office: Office, qtbot: QtBot) -> DetailsPage:
    page = DetailsPage(office)
    qtbot.addWidget(page)
    page.show_person(head)
    page.show()
    settle(office, qtbot)
    return page


def test_the_details_cover_the_names_until_they_are_asked_for(
    office: Office, head: PersonHead, qtbot: QtBot, ledger: Ledger
) -> None:
    form = details_of(head, office, qtbot)._form.person
    assert not form.names.isVisible()
    qtbot.mouseClick(form.show_names, Qt.MouseButton.LeftButton)
    settle(office, qtbot)
    assert ("read", "name", head.survivor_id, "") in ledger
    assert form.names.isVisible()
    assert not form.show_names.isVisible()


def test_leaving_the_details_covers_the_names_again(office: Office, head: PersonHead, qtbot: QtBot) -> None:
    page = details_of(head, office, qtbot)
    page._form.person.show_names.click()
    settle(office, qtbot)
    page.hide()
    page.show()
    assert not page._form.person.names.isVisible()


def test_another_person_comes_with_covered_names(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    page = details_of(head, office, qtbot)
    page._form.person.show_names.click()
    settle(office, qtbot)
    page.show_person(a_survivor(desk))
    settle(office, qtbot)
    assert not page._form.person.names.isVisible()


def test_the_keys_begin_on_the_tabs_and_a_long_contact_rule_is_not_cut(
    office: Office, head: PersonHead, qtbot: QtBot
) -> None:
    page = PersonPage(office, [TabEntry("empty", "Empty", _Empty)])
    qtbot.addWidget(page)
    page.resize(900, 600)
    page.open(head.survivor_id)
    page.show()
    settle(office, qtbot)
    assert page.begins_at is page._form.tabs
    line: QLabel = page._form.line
    line.setText("Through the case worker only, 09:00–12:00, never leave a message, " * 3)
    qtbot.waitUntil(lambda: line.height() >= line.heightForWidth(line.width()), timeout=PATIENCE_MS)
    assert line.height() >= line.heightForWidth(line.width())


def test_where_the_stages_stand_below_no_empty_band_is_left(office: Office, head: PersonHead, qtbot: QtBot) -> None:
    page = PersonPage(office, [TabEntry("empty", "Empty", _Empty)])
    qtbot.addWidget(page)
    page.resize(700, 900)
    page.open(head.survivor_id)
    page.show()
    settle(office, qtbot)
    form = page._form
    assert form.stage.y() > form.avatar.geometry().bottom()
    line = max(form.avatar.geometry().bottom(), form.line.geometry().bottom())
    assert form.change_stage.y() - line <= 3 * form.head.spacing()
    assert form.tabs.y() - form.stage.geometry().bottom() <= 3 * form.head.spacing()


def test_a_closed_case_says_so_in_the_head(desk: Desk, office: Office, head: PersonHead, qtbot: QtBot) -> None:
    page = PersonPage(office, [TabEntry("empty", "Empty", _Empty)])
    qtbot.addWidget(page)
    page.open(head.survivor_id)
    page.show()
    settle(office, qtbot)
    desk.do(close_case, head.case_id, ClosingDraft(NOW.date(), ClosureReason.HER_WISH))
    page.open(head.survivor_id)
    settle(office, qtbot)
    assert page._form.risk.isVisible()
    assert page._form.risk.text() == "Closed"


class _Empty(QWidget):
    def show_person(self, head: PersonHead) -> None:
        """Nothing to show."""

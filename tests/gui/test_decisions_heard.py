"""What an administrator decided is seen at once on the pages that show it, not only after they are opened anew."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.codes import DeadlineKind
from aftercare.domain.drafts.diary import DeadlineDraft
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.retention import Kept
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_retention import RetentionPart
from aftercare.gui.pages.notes import NotesPage
from aftercare.gui.pages.today import TodayPage
from aftercare.records.people import Staff
from aftercare.services.deadlines import save_deadline
from aftercare.services.deciding import decide
from aftercare.services.desk import Desk
from aftercare.services.notes import save_note
from aftercare.services.retention import choose_terms
from aftercare.services.work import Work
from hands import rest, words_on
from makers import a_survivor


def shown(qtbot: QtBot, office: Office, widget: QWidget) -> None:
    qtbot.addWidget(widget)
    widget.resize(1100, 800)
    widget.show()
    rest(office.jobs)


def test_days_ahead_change_on_today_and_for_every_dialog(qtbot: QtBot, office: Office, desk: Desk) -> None:
    ends_on = desk.clock.today() + timedelta(days=10)
    desk.do(save_deadline, a_survivor(desk).case_id, DeadlineDraft(kind=DeadlineKind.RESIDENCE_PERMIT, ends_on=ends_on))
    page = TodayPage(office)
    shown(qtbot, office, page)
    assert "ends within 30 days" in words_on(page)
    desk.do(decide, {"soon_days": 12, "glass_minutes": 25})
    rest(office.jobs)
    assert "ends within 12 days" in words_on(page)
    assert office.settings.glass_minutes == 25


def test_another_name_of_a_colleague_stands_beside_what_they_wrote(qtbot: QtBot, office: Office, desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(save_note, head.case_id, NoteDraft("She came at nine."))
    page = NotesPage(office)
    shown(qtbot, office, page)
    page.show_person(head)
    rest(office.jobs)
    assert "A. Rahman" in words_on(page)

    def rename(work: Work) -> None:
        work.get(Staff, work.actor.id).display_name = "A. Rahman-Osei"

    desk.do(rename)
    rest(office.jobs)
    assert "A. Rahman-Osei" in words_on(page)


def test_terms_that_are_being_typed_are_not_taken_away_by_a_decision_elsewhere(
    qtbot: QtBot, office: Office, desk: Desk
) -> None:
    part = RetentionPart(office)
    shown(qtbot, office, part)
    desk.do(choose_terms, {Kept.CONTACT: 7}, False)
    rest(office.jobs)
    assert part._terms[Kept.CONTACT].value() == 7
    part._terms[Kept.HEALTH].setValue(9)
    desk.do(decide, {"soon_days": 12})
    rest(office.jobs)
    assert part._terms[Kept.HEALTH].value() == 9

"""To decide: a second person is asked in the window, answers there, and looks at accesses opened with a reason."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.access import AccessDraft
from aftercare.domain.errors import ApprovalNeeded
from aftercare.domain.permissions import Permission, Reach, Role
from aftercare.gui.dialogs.ask_approval import AskApproval
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_decisions import DecisionsPart
from aftercare.gui.workplace import Workplace
from aftercare.services.access import change_access
from aftercare.services.approvals import ask_approval, list_approvals, my_approvals, need_approval
from aftercare.services.break_glass import list_for_review, open_glass
from aftercare.services.deciding import change_settings
from aftercare.services.desk import Desk
from aftercare.services.office import show_settings
from aftercare.services.work import Work, needs
from aftercare.settings import load_settings
from hands import click, named, open_dialog, part, rest, words_on
from makers import a_colleague, a_survivor


@needs(Permission.WORK_HERE)
def renew(work: Work) -> None:
    need_approval(work, Approvable.RENEW_CODE)


@pytest.fixture(autouse=True)
def under_two(desk: Desk) -> None:
    desk.do(change_settings, replace(desk.ask(show_settings), two_persons_for=(Approvable.RENEW_CODE.value,)))


def shown(qtbot: QtBot, office: Office) -> DecisionsPart:
    made = DecisionsPart(office)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    rest(office.jobs)
    return made


def asked_by_a_colleague(desk: Desk) -> None:
    me, desk.actor = desk.actor, a_colleague(desk, Role.MANAGER)
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(renew)
    desk.do(ask_approval, needed.value, "The paper got wet.")
    desk.actor = me


def test_whoever_needs_a_second_person_asks_for_one_where_they_are(qtbot: QtBot, office: Office, desk: Desk) -> None:
    workplace = Workplace(office, load_settings(None), "Aftercare")
    qtbot.addWidget(workplace.frame)
    workplace.start()
    office.do(renew, owner=workplace.frame)
    rest(office.jobs)
    dialog = open_dialog(AskApproval)
    assert "24 hours" in words_on(dialog)
    part(dialog, QPlainTextEdit, "why").setPlainText("The paper got wet.")
    click(named(dialog, "Ask a colleague", QPushButton))
    rest(office.jobs)
    (mine,) = desk.ask(my_approvals)
    assert (mine.action, mine.words) == ("renew_code", "The paper got wet.")


def test_asking_twice_says_that_it_was_asked(qtbot: QtBot, office: Office) -> None:
    dialog = AskApproval(office, ApprovalNeeded("purge", "digest", waits=True))
    qtbot.addWidget(dialog)
    dialog.show()
    assert "asked already" in words_on(dialog)


@pytest.mark.parametrize(("answer", "agreed"), [("Agree", True), ("Refuse", False)])
def test_the_second_person_answers_with_one_press(
    qtbot: QtBot, office: Office, desk: Desk, answer: str, agreed: bool
) -> None:
    asked_by_a_colleague(desk)
    decisions = shown(qtbot, office)
    assert "L. Osei: Replace the recovery code" in words_on(decisions)
    assert "The paper got wet." in words_on(decisions)
    click(named(decisions, answer, QPushButton))
    rest(office.jobs)
    assert desk.ask(list_approvals) == ()
    assert "Nobody waits for an answer." in words_on(decisions)
    desk.actor = a_colleague(desk, Role.MANAGER)
    assert desk.ask(my_approvals)[0].agreed is agreed


def test_what_i_asked_for_is_answered_by_somebody_else(qtbot: QtBot, office: Office, desk: Desk) -> None:
    with pytest.raises(ApprovalNeeded) as needed:
        desk.do(renew)
    desk.do(ask_approval, needed.value, "")
    decisions = shown(qtbot, office)
    assert "Somebody else answers what you asked for, or what is about you." in words_on(decisions.waiting)
    assert "waits for an answer until" in words_on(decisions.mine)
    assert not [button for button in decisions.waiting.findChildren(QPushButton) if button.isVisible()]


def test_an_access_with_a_reason_is_reviewed_there(qtbot: QtBot, office: Office, desk: Desk) -> None:
    head = a_survivor(desk)
    me, colleague = desk.actor, a_colleague(desk)
    desk.actor = replace(colleague, own_reach=Reach.OWN)
    desk.do(open_glass, head.case_code, "She called the night line.")
    desk.actor = me
    decisions = shown(qtbot, office)
    assert "She called the night line." in words_on(decisions.accesses)
    named(decisions, "What came of it", QLineEdit).setText("As it should be.")
    click(named(decisions, "Mark as reviewed", QPushButton))
    rest(office.jobs)
    assert desk.ask(list_for_review) == ()
    assert "Every access has been reviewed." in words_on(decisions)


def test_an_administrator_alone_is_shown_no_access_to_records(qtbot: QtBot, office: Office, desk: Desk) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.ADMINISTRATOR}))
    decisions = shown(qtbot, office)
    assert not decisions.accesses.isVisible()
    assert decisions.waiting.isVisible()


def test_a_manager_reads_who_was_let_in_and_marks_it_as_read(qtbot: QtBot, office: Office, desk: Desk) -> None:
    me, boss = desk.actor, a_colleague(desk, Role.MANAGER)
    desk.do(change_access, boss.id, AccessDraft(Reach.ALL))
    desk.actor = boss
    decisions = shown(qtbot, office)
    assert "L. Osei: Changed what a colleague may do or whom they see (Everybody)" in words_on(decisions.news)
    assert me.name in words_on(decisions.news)
    click(named(decisions, "Mark as read", QPushButton))
    rest(office.jobs)
    assert "Nothing that you have not read." in words_on(decisions.news)

"""The administration in the window: which parts who has, room for long titles in the rail, sentences at the foot."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.permissions import Role
from aftercare.gui.administration_parts import administration_parts
from aftercare.gui.application import Screen
from aftercare.gui.office import Office
from aftercare.gui.style import Look, Scheme
from aftercare.gui.window import Frame, PageEntry
from aftercare.gui.workplace import Workplace
from aftercare.services.desk import Desk
from aftercare.settings import load_settings
from hands import part, rest

LONGEST = "Verwaltung und Rechte aller Beschäftigten und aller Schlüssel dieser Einrichtung"


def keys_of(office: Office, desk: Desk, *roles: Role) -> list[str]:
    desk.actor = replace(desk.actor, roles=frozenset(roles))
    return [entry.key for entry in administration_parts(office, load_settings(None))]


def test_everybody_has_the_parts_that_their_roles_allow_and_no_other(office: Office, desk: Desk) -> None:
    administrator = keys_of(office, desk, Role.ADMINISTRATOR)
    assert {"people", "decisions", "keys", "backups", "policy", "computer"} <= set(administrator)
    assert "log" not in administrator
    manager = keys_of(office, desk, Role.MANAGER)
    assert {"decisions", "policy", "log", "computer"} <= set(manager)
    assert not {"people", "keys", "backups"} & set(manager)
    assert keys_of(office, desk, Role.AUDITOR) == ["log", "computer"]
    for role in (Role.CASE_WORKER, Role.SHELTER_WORKER, Role.VIEWER):
        assert keys_of(office, desk, role) == []


def test_whoever_has_no_part_has_no_page(qtbot: QtBot, office: Office, desk: Desk) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.VIEWER}))
    workplace = Workplace(office, load_settings(None), "Aftercare")
    qtbot.addWidget(workplace.frame)
    assert "administration" not in [entry.key for entry in workplace._entries()]


@pytest.mark.parametrize("percent", [100, 150])
def test_the_rail_has_room_for_the_words_of_another_language(qtbot: QtBot, screen: Screen, percent: int) -> None:
    screen.style.wear(Look(Scheme.LIGHT, percent))
    frame = a_frame(qtbot, "[Administration~~~~~]")
    button = frame._rail["administration"]
    assert button.width() >= button.wanted_width()
    button.grab()
    assert button.toolTip() == ""


def test_a_title_beyond_reason_is_cut_and_told_in_full(qtbot: QtBot, screen: Screen) -> None:
    frame = a_frame(qtbot, LONGEST)
    button = frame._rail["administration"]
    assert frame._form.rail.width() < frame.width() // 4
    button.grab()
    assert button.toolTip() == button.accessibleName() == LONGEST


def a_frame(qtbot: QtBot, title: str) -> Frame:
    frame = Frame([PageEntry("administration", title, "key", QWidget)])
    qtbot.addWidget(frame)
    frame.resize(1366, 820)
    frame.show()
    return frame


def test_what_was_done_without_undo_is_said_at_the_foot(qtbot: QtBot, office: Office) -> None:
    workplace = Workplace(office, load_settings(None), "Aftercare")
    qtbot.addWidget(workplace.frame)
    workplace.start()
    rest(office.jobs)
    office.said.emit("Settings saved")
    bar = workplace.frame.undo_bar
    assert bar.isVisible()
    assert bar.accessibleName() == "Settings saved"
    assert not part(bar, QPushButton, "undo").isVisible()


def test_a_sentence_does_not_take_an_undo_away(qtbot: QtBot, office: Office) -> None:
    workplace = Workplace(office, load_settings(None), "Aftercare")
    qtbot.addWidget(workplace.frame)
    workplace.start()
    rest(office.jobs)
    taken_back: list[bool] = []
    workplace.frame.undo_bar.offer("Step deleted", lambda: taken_back.append(True))
    office.said.emit("Backed up")
    part(workplace.frame.undo_bar, QPushButton, "undo").click()
    assert taken_back == [True]

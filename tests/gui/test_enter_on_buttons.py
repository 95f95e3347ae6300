"""Enter presses the button that has the keys, and never the one that a dialog would press by default."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog, QPushButton

from aftercare.domain.codes import Area
from aftercare.gui.dialogs.goal import GoalDialog
from aftercare.gui.dialogs.import_people import ImportPeople
from aftercare.gui.office import Office
from aftercare.services.desk import Desk
from aftercare.services.plans import open_plan
from hands import named, part, press, rest, settle, take_the_keyboard, type_in
from makers import a_survivor


def test_enter_on_cancel_saves_nothing(office: Office, desk: Desk) -> None:
    head = a_survivor(desk)
    dialog = GoalDialog(office, head, desk.ask(open_plan, head.case_id).areas, Area.HOUSING)
    dialog.show()
    take_the_keyboard(dialog)
    rest(office.jobs)
    type_in("A room of my own")
    part(dialog, QPushButton, "cancel").setFocus()
    press("Return")
    rest(office.jobs)
    settle()
    assert [goal for area in desk.ask(open_plan, head.case_id).areas for goal in area.goals] == []


def test_enter_on_browse_asks_for_a_file(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def choose(*words: object) -> tuple[str, str]:
        asked.append(str(words[1]))
        return "", ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    dialog = ImportPeople(office)
    dialog.show()
    take_the_keyboard(dialog)
    named(dialog, "Browse…").setFocus()
    press("Return")
    assert asked == ["Choose the table"]
    dialog.close()
    settle()

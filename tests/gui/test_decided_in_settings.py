"""What the administrator of the computer decided is shown in the window, locked, with who decided it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from aftercare import policy
from aftercare.gui.office import Office
from aftercare.gui.pages.administration_policy import PolicyPart
from aftercare.gui.pages.settings import SettingsPage
from aftercare.settings import load_settings


@pytest.fixture
def five_minutes() -> Iterator[None]:
    policy.obey(policy.judged({"lock.idle_minutes": 5, "window.languages": ["en"]}, "test"))
    yield
    policy.obey(policy.NOTHING_DECIDED)


@pytest.mark.usefixtures("five_minutes")
def test_a_decided_setting_of_the_office_shows_its_value_and_cannot_be_changed(qtbot: QtBot, office: Office) -> None:
    part = PolicyPart(office)
    qtbot.addWidget(part)
    row = part.rows["idle_lock_minutes"]
    qtbot.waitUntil(lambda: part.numbers["idle_lock_minutes"].value() == 5)
    assert not row.editor.isEnabled()
    assert row.message == "Set by your administrator"
    assert part.rows["note_lock_hours"].editor.isEnabled()


@pytest.mark.usefixtures("five_minutes")
def test_only_the_decided_languages_can_be_chosen(qtbot: QtBot, office: Office) -> None:
    page = SettingsPage(office, load_settings(None))
    qtbot.addWidget(page)
    assert [page._language.itemData(at) for at in range(page._language.count())] == ["en"]

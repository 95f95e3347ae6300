"""Windows are kept out of pictures of the screen, unless somebody needs them in there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from aftercare import policy
from aftercare.gui.application import Screen
from aftercare.gui.office import Office
from aftercare.gui.pages.settings import SettingsPage
from aftercare.gui.screen_privacy import ScreenPrivacy
from aftercare.settings import capture_allowed, load_settings


@pytest.fixture(autouse=True)
def nothing_decided_afterwards() -> Iterator[None]:
    yield
    policy.obey(policy.NOTHING_DECIDED)


class Kept:
    """A program whose system can leave windows out: what it was asked, by native window."""

    def __init__(self, screen: Screen) -> None:
        self.settings = load_settings(None)
        self.treated: dict[int, bool] = {}
        self.privacy = ScreenPrivacy(
            lambda: capture_allowed(self.settings), screen.application, self.treated.__setitem__
        )


@pytest.fixture
def kept(screen: Screen) -> Iterator[Kept]:
    kept = Kept(screen)
    yield kept
    screen.application.removeEventFilter(kept.privacy)
    kept.privacy.setParent(None)


def test_every_window_and_dialog_is_left_out_until_the_switch_is_turned(qtbot: QtBot, kept: Kept) -> None:
    window, dialog = QWidget(), QDialog()
    for shown in (window, dialog):
        qtbot.addWidget(shown)
        shown.show()
    assert kept.treated == {int(window.winId()): True, int(dialog.winId()): True}
    kept.settings.screen_capture = True
    kept.privacy.look_again()
    assert not any(kept.treated.values())


def test_the_policy_stands_over_the_switch() -> None:
    settings = load_settings(None)
    settings.screen_capture = True
    policy.obey(policy.judged({"window.screen_capture": False}, "test"))
    assert not capture_allowed(settings)


def test_there_is_no_switch_where_the_system_cannot_do_it(qtbot: QtBot, office: Office) -> None:
    page = SettingsPage(office, load_settings(None))
    qtbot.addWidget(page)
    assert page._capture is None


def test_the_switch_in_the_settings_is_followed_at_once(qtbot: QtBot, office: Office, kept: Kept) -> None:
    page = SettingsPage(office, kept.settings)
    qtbot.addWidget(page)
    page.show()
    assert page._capture is not None
    page._capture.click()
    assert kept.settings.screen_capture
    assert kept.treated[int(page.winId())] is False


def test_a_policy_locks_the_switch(qtbot: QtBot, office: Office, kept: Kept) -> None:
    policy.obey(policy.judged({"window.screen_capture": False}, "test"))
    page = SettingsPage(office, kept.settings)
    qtbot.addWidget(page)
    assert page._capture is not None
    assert not page._capture.isEnabled()

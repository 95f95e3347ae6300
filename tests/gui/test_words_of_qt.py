"""Words that Qt shows by itself come through our seam too, and what it reads by itself does not."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialogButtonBox, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from aftercare.gui.application import Screen
from aftercare.gui.widgets.shortcut_list import ShortcutList
from aftercare.i18n import PSEUDO, PSEUDO_RTL, pseudo
from inspecting import past_the_seam

NONE, ALL = QDialogButtonBox.StandardButton.NoButton, list(QDialogButtonBox.StandardButton)


@pytest.fixture(params=[PSEUDO, PSEUDO_RTL])
def strange(screen: Screen, request: pytest.FixtureRequest) -> str:
    screen.interpreter.speak(request.param)
    return str(request.param)


def test_every_button_of_qt_speaks_the_language_of_the_window(strange: str, qtbot: QtBot) -> None:
    box = QDialogButtonBox()
    qtbot.addWidget(box)
    for kind in ALL:
        if kind is not NONE:
            box.addButton(kind)
    box.show()
    assert len(box.buttons()) > 10
    assert past_the_seam(box, "") == []


@pytest.mark.parametrize("kind", [QLineEdit, QPlainTextEdit])
def test_the_menu_of_a_field_speaks_it_too(
    strange: str, qtbot: QtBot, kind: type[QLineEdit] | type[QPlainTextEdit]
) -> None:
    field = kind()
    qtbot.addWidget(field)
    menu = field.createStandardContextMenu()
    words = [action.text().split("\t")[0] for action in menu.actions() if action.text()]
    assert words
    assert all(word.startswith("[") for word in words), words


def test_the_list_of_keys_closes_in_it(strange: str, qtbot: QtBot) -> None:
    host = QWidget()
    qtbot.addWidget(host)
    dialog = ShortcutList([], host)
    dialog.show()
    assert pseudo("&Close") in [button.text() for button in dialog.findChildren(QPushButton)]
    assert past_the_seam(dialog, "") == []


def test_keys_and_the_direction_are_read_as_qt_wrote_them(strange: str) -> None:
    assert QKeySequence("Ctrl+Shift+S").toString(QKeySequence.SequenceFormat.NativeText) == "Ctrl+Shift+S"
    assert QCoreApplication.translate("QGuiApplication", "QT_LAYOUT_DIRECTION") == "QT_LAYOUT_DIRECTION"

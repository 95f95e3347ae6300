"""A check box whose words wrap: as high as they need, pressed anywhere on them, by keys as any other."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aftercare.gui.widgets.tick_box import TickBox

WORDS = "I also &work with survivors (an administrator alone sees no records)"


@pytest.fixture
def around(qtbot: QtBot) -> QWidget:
    made = QWidget()
    column = QVBoxLayout(made)
    column.addWidget(TickBox(WORDS))
    column.addStretch()
    qtbot.addWidget(made)
    made.resize(800, 300)
    made.show()
    return made


def the_box(around: QWidget) -> TickBox:
    found = around.findChild(TickBox)
    assert isinstance(found, TickBox)
    return found


def test_it_is_one_line_where_there_is_room_and_more_where_not(around: QWidget, qtbot: QtBot) -> None:
    box = the_box(around)
    line = box.height()
    assert line == box.sizeHint().height()
    around.resize(220, 300)
    qtbot.waitUntil(lambda: box.height() >= line + box.fontMetrics().height())
    assert box.width() <= 220
    assert box.minimumSizeHint().width() < 200


def test_it_is_pressed_on_its_last_line_and_by_its_key(around: QWidget, qtbot: QtBot) -> None:
    box = the_box(around)
    around.resize(220, 300)
    qtbot.waitUntil(lambda: box.height() > box.sizeHint().height())
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() // 2, box.height() - 6))
    assert box.isChecked()
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Space)
    assert not box.isChecked()
    assert box.shortcut().toString() == "Alt+W"

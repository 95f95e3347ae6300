"""Rows of a form keep their words whole: large text, longer words, narrow windows, long messages."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.errors import DraftProblems, FieldProblem
from aftercare.gui.application import Screen
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.gui.widgets.date_edits import DayEdit
from aftercare.gui.widgets.fields import FieldForm
from aftercare.i18n import PSEUDO, PSEUDO_RTL, tr
from hands import settle, take_the_keyboard
from inspecting import cut_words

LONG = "What she was told already, by whom, and in which of her languages"
WRONG = "This password is too easy to guess: it has fewer than 15 characters and is among those that are tried first."


def shown_form(qtbot: QtBot, width: int, height: int) -> tuple[QWidget, FieldForm]:
    window = QWidget()
    qtbot.addWidget(window)
    form = FieldForm(window)
    QVBoxLayout(window).addWidget(form)
    for name in ("one", "two", "three"):
        form.add(name, tr(LONG), QLineEdit(), tr(WRONG))
    window.resize(width, height)
    window.show()
    settle()
    return window, form


@pytest.mark.parametrize("language", ["en", PSEUDO, PSEUDO_RTL])
@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [320, 640, 980])
def test_wrapped_labels_and_hints_are_never_cut(
    screen: Screen, qtbot: QtBot, language: str, percent: int, width: int
) -> None:
    screen.style.wear(Look(Scheme.LIGHT, percent))
    screen.interpreter.speak(language)
    window, form = shown_form(qtbot, width, 1600)
    assert cut_words(form) == []
    window.resize(width // 2 + 120, 1600)
    settle()
    assert cut_words(form) == []


def test_a_long_message_takes_its_room(screen: Screen, qtbot: QtBot) -> None:
    screen.style.wear(Look(Scheme.LIGHT, 200))
    _window, form = shown_form(qtbot, 700, 1600)
    row = form.rows["two"]
    row.explain("")
    settle()
    row.show_problem(WRONG)
    settle()
    assert cut_words(form) == []


def test_a_misread_day_is_told_until_the_keys_come_back_to_it(screen: Screen, qtbot: QtBot) -> None:
    window, form = QWidget(), FieldForm()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(form)
    day, after = DayEdit(), QLineEdit()
    row = form.add("day", "Ends", day)
    form.add("after", "Certificate", after)
    window.show()
    take_the_keyboard(window)
    day.setFocus()
    QTest.keyClicks(day.field, "31 feb 2027")
    for _through_the_calendar in range(2):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    settle()
    assert after.hasFocus()
    assert row.message
    assert day.field.property("problem") is True


def test_nothing_moves_when_what_was_wrong_with_a_field_goes(screen: Screen, qtbot: QtBot) -> None:
    window, form = QWidget(), FieldForm()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.addWidget(form)
    column.addStretch(1)
    rows = [form.add(name, name, QLineEdit()) for name in ("one", "two", "three")]
    window.resize(700, 500)
    window.show()
    settle()
    rows[1].show_problem(WRONG)
    settle()
    places = [row.editor.mapTo(window, QPoint()) for row in rows]
    rows[1].clear_problem()
    settle()
    assert [row.editor.mapTo(window, QPoint()) for row in rows] == places


@pytest.mark.parametrize("percent", [100, 150])
def test_a_list_of_choices_shows_its_last_one_whole(screen: Screen, qtbot: QtBot, percent: int) -> None:
    screen.style.wear(Look(Scheme.LIGHT, percent))
    window = QWidget()
    qtbot.addWidget(window)
    choice = CodeCombo()
    choice.show_choices([(f"code{at}", f"Choice {at}") for at in range(7)])
    QVBoxLayout(window).addWidget(choice)
    window.show()
    take_the_keyboard(window)
    choice.setFocus()
    settle()
    choice.showPopup()
    settle()
    view = choice.view()
    assert view.viewport().rect().contains(view.visualRect(choice.model().index(6, 0)))
    choice.hidePopup()


def test_both_wrong_fields_say_so_though_the_keys_go_from_one_to_the_other(screen: Screen, qtbot: QtBot) -> None:
    window, form = shown_form(qtbot, 700, 1600)
    take_the_keyboard(window)
    form.rows["two"].editor.setFocus()
    form.show_problem(DraftProblems((FieldProblem("one", "required"), FieldProblem("two", "required"))))
    assert form.rows["one"].editor.hasFocus()
    assert form.rows["one"].message == form.rows["two"].message != ""
    assert form.rows["two"].editor.property("problem") is True

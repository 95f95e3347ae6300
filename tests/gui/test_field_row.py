"""Rows of a form keep their words whole: large text, longer words, narrow windows, long messages."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from aftercare.gui.application import Screen
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.fields import FieldForm
from aftercare.i18n import PSEUDO, PSEUDO_RTL, tr
from hands import settle
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

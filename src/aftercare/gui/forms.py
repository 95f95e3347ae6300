"""Filling a widget from its compiled form: plain-text labels, icons drawn, words kept in the language of the window.

Enter on a button presses it, also where Enter in a field must not: Qt would press the default button of the dialog
instead, so that Enter on «Cancel» saved.
"""

from __future__ import annotations

from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from aftercare.gui import icons, style
from aftercare.gui.widgets.labels import align_start

F = TypeVar("F")  # a class that uic made of a form: setupUi, retranslateUi, its widgets as attributes


def fill(widget: QWidget, form: type[F]) -> F:
    """Set `form` up on `widget` and give it back, its parts typed.

    When the language changes its words are set again; a widget with words of its own besides has a method
    `retranslate`, which is called after that.
    """
    made = form()
    untyped: Any = made
    untyped.setupUi(widget)
    plain(widget)
    icons.dress(widget)
    widget.installEventFilter(_Attendant(widget, made))
    return made


def plain(root: QWidget) -> None:
    """No label ever renders HTML (what a person typed is shown as typed); all start where reading does."""
    for label in root.findChildren(QLabel):
        if label.textFormat() != Qt.TextFormat.PlainText:
            label.setTextFormat(Qt.TextFormat.PlainText)
        align_start(label)


def give_room(window: QWidget, width: float, height: float) -> None:
    """Size it in pixels at 100 % text, larger with larger text, within what the screen has."""
    room = window.screen().availableGeometry()
    window.resize(min(style.scaled(width), room.width() - 40), min(style.scaled(height), room.height() - 80))


class _Attendant(QObject):
    """Hears what every filled widget must answer: another language, another direction, Enter that nobody took."""

    def __init__(self, widget: QWidget, form: Any) -> None:
        super().__init__(widget)
        self._widget = widget
        self._form = form

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return _press_with_enter(self._widget, event)
        if event.type() == QEvent.Type.LayoutDirectionChange and watched is self._widget:
            plain(self._widget)
        elif event.type() == QEvent.Type.LanguageChange and watched is self._widget:
            self._form.retranslateUi(self._widget)
            own = getattr(self._widget, "retranslate", None)
            if own is not None:
                own()
        return False


def _press_with_enter(widget: QWidget, event: QKeyEvent) -> bool:
    """Whether Enter came up from a button inside; a chip or a tick is toggled by Space and leaves Enter to others."""
    button = widget.window().focusWidget()
    is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat()
    plainly = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if not (is_enter and plainly and isinstance(button, QAbstractButton)) or button.isCheckable():
        return False
    button.click()
    return True

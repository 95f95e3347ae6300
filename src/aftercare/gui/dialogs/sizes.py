"""How large a dialog opens: as its content wants, as far as the screen allows, never cut off at its side."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QScrollArea


def open_at(dialog: QDialog, width: int, height: int) -> None:
    """Give a dialog this size, or what the screen has."""
    room = dialog.screen().availableGeometry()
    dialog.resize(min(width, room.width() - 20), min(height, room.height() - 60))


def never_cut(scroll: QScrollArea) -> None:
    """Make a form that scrolls up and down only as wide as its widest row must be, where the screen has the room."""
    inside = scroll.widget()
    if inside is not None:
        wanted = inside.minimumSizeHint().width() + scroll.verticalScrollBar().sizeHint().width()
        scroll.setMinimumWidth(min(wanted, scroll.screen().availableGeometry().width() - 60))


def open_around(dialog: QDialog, scroll: QScrollArea) -> None:
    """As high as what scrolls in it asks, as far as the screen allows; never smaller than somebody made it."""
    never_cut(scroll)
    open_at(dialog, dialog.width(), dialog.height())
    inside = scroll.widget()
    layout = inside.layout() if inside is not None else None
    if inside is None or layout is None:
        return
    layout.activate()
    asked = layout.totalHeightForWidth(inside.width()) if layout.hasHeightForWidth() else -1
    asked = max(asked, layout.totalSizeHint().height())
    around = dialog.height() - scroll.viewport().height()
    open_at(dialog, dialog.width(), max(dialog.height(), asked + around))

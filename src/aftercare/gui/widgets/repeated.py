"""Several small forms of one kind, one below the other: names, papers, alerts; any can be taken away or added."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QVBoxLayout, QWidget

from aftercare.gui import icons
from aftercare.gui.widgets.spoken import SpokenGroup
from aftercare.i18n import tr


class Entry(Protocol):
    """One small form: `value` is its draft, None while nothing is filled in; `changed` tells of every key."""

    def value(self) -> Any | None: ...
    def show_value(self, value: Any) -> None: ...


class Repeated(SpokenGroup):
    """`values` are the drafts that are filled in, in the order shown."""

    changed = Signal()

    def __init__(self, make: Callable[[QWidget], QWidget], add: str, parent: QWidget | None = None) -> None:
        """`make` builds an entry in the widget it is given: one that changes its place is styled twice."""
        super().__init__(parent)
        self._make = make
        self._entries: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._add = QPushButton(add, self)
        self._add.setProperty("role", "link")
        self._add.clicked.connect(self._add_one)
        self._column.addWidget(self._add, 0, Qt.AlignmentFlag.AlignLeading)

    def values(self) -> tuple[Any, ...]:
        found = [entry.value() for entry in self._entries]  # type: ignore[attr-defined]
        return tuple(value for value in found if value is not None)

    def show_values(self, values: Iterable[Any], least: int = 0) -> None:
        """Show these, and empty ones up to `least`."""
        shown = list(values)
        for entry, value in zip(self._make_room_for(len(shown)), shown, strict=True):
            entry.show_value(value)  # type: ignore[attr-defined]
        while len(self._entries) < least:
            self._insert()

    @property
    def first(self) -> QWidget | None:
        """The entry on top, where there is one."""
        return self._entries[0] if self._entries else None

    def draft_value(self) -> list[Any]:
        """Every entry as it stands, understood or not."""
        return [entry.draft_value() for entry in self._entries]  # type: ignore[attr-defined]

    def show_draft_value(self, kept: list[Any]) -> None:
        for entry, value in zip(self._make_room_for(len(kept)), kept, strict=True):
            entry.show_draft_value(value)  # type: ignore[attr-defined]

    def _make_room_for(self, number: int) -> list[QWidget]:
        """So many entries: those that are there are filled again, for building one takes longer than anything else."""
        while len(self._entries) > number:
            self._drop(self._entries.pop())
        while len(self._entries) < number:
            self._insert()
        return list(self._entries)

    def _add_one(self) -> None:
        entry = self._insert()
        entry.setFocus()
        first = next(
            (part for part in entry.findChildren(QWidget) if part.focusPolicy() & Qt.FocusPolicy.TabFocus), None
        )
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _insert(self) -> QWidget:
        line = SpokenGroup(self)
        entry = self._make(line)
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(entry, 1)
        away = QToolButton(line)
        away.setObjectName("away")
        away.setProperty(icons.GLYPH, "close")
        away.setProperty("role", "quiet")
        away.setToolTip(tr("Take this entry away"))
        away.clicked.connect(lambda: self._take_away(entry))
        row.addWidget(away, 0, Qt.AlignmentFlag.AlignTop)
        self._column.insertWidget(self._column.count() - 1, line)
        self._put_before_the_button(line)
        self._entries.append(entry)
        entry.changed.connect(lambda *_what: self.changed.emit())  # type: ignore[attr-defined]
        icons.dress(line)
        self._number()
        return entry

    def _number(self) -> None:
        """Each entry is called by its place, so that the fields of two can be told apart by ear."""
        for number, entry in enumerate(self._entries, start=1):
            line = entry.parentWidget()
            assert line is not None
            line.setAccessibleName(tr("Entry {number}", number=number))
            for away in line.findChildren(QToolButton, "away"):
                away.setAccessibleName(tr("Take entry {number} away", number=number))

    def _put_before_the_button(self, line: QWidget) -> None:
        """Tab comes to what was added last before it comes to «add»."""
        if self.isWindow():
            return  # it has no place on anybody’s way yet
        # the list of a combo box is a window of its own
        parts = [part for part in line.findChildren(QWidget) if part.window() is line.window()]
        before = self._stop_before_the_button()
        behind = before or self._add
        for part in parts:
            if takes_tab(part):
                QWidget.setTabOrder(behind, part)
                behind = part
        if before is None:
            QWidget.setTabOrder(behind, self._add)
        for part in parts:
            within = _handed_to(part)
            if within is not None:
                _take_along(part, within)

    def _stop_before_the_button(self) -> QWidget | None:
        """Where Tab comes from to «add»; None where nothing in the window comes before it.

        Not a group around both: behind that, Qt means behind all that is in it.
        """
        before = self._add.previousInFocusChain()
        while before is not None and before is not self.window():
            if takes_tab(before):
                return before
            before = before.previousInFocusChain()
        return None

    def _take_away(self, entry: QWidget) -> None:
        self._entries.remove(entry)
        self._drop(entry)
        self._number()
        self._add.setFocus()
        self.changed.emit()

    def _drop(self, entry: QWidget) -> None:
        line = entry.parentWidget()
        if line is None:
            return
        self._column.removeWidget(line)
        line.hide()
        line.deleteLater()


def takes_tab(part: QWidget) -> bool:
    """Whether Tab stops here, and not at what is inside it."""
    return bool(part.focusPolicy() & Qt.FocusPolicy.TabFocus) and part.focusProxy() is None


def _handed_to(part: QWidget) -> QWidget | None:
    """What inside it gets the keys in its place."""
    within = part.focusProxy()
    return within if within is not None and part.isAncestorOf(within) else None


def _take_along(around: QWidget, field: QWidget) -> None:
    """Put what hands the keys on just before the field that gets them: left behind, Tab would come back through it.

    Qt moves nothing that takes no Tab itself.
    """
    before = field.previousInFocusChain()
    if before is None:
        return
    policy = around.focusPolicy()
    around.setFocusProxy(None)  # type: ignore[arg-type]
    around.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    QWidget.setTabOrder(before, around)
    around.setFocusPolicy(policy)
    around.setFocusProxy(field)

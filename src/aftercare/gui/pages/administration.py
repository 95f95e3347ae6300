"""Administration: accounts, keys, backups, policy, the log; each part for whoever may do it, made when first shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from aftercare._built.forms.ui_administration import Ui_AdministrationPage
from aftercare.gui import forms, icons, mnemonics
from aftercare.gui.pages.person import TabEntry


class AdministrationPage(QWidget):
    """A bar of parts and the part that is chosen."""

    def __init__(self, parts: Sequence[TabEntry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entries = tuple(parts)
        self._parts: dict[str, QWidget] = {}
        self._form = forms.fill(self, Ui_AdministrationPage)
        titles = mnemonics.assign([entry.title for entry in self._entries], set())
        for entry, title in zip(self._entries, titles, strict=True):
            self._form.tabs.setTabData(self._form.tabs.addTab(title), entry.key)
        self._form.tabs.currentChanged.connect(lambda _at: self._show_part())
        self._show_part()

    @property
    def begins_at(self) -> QWidget:
        """Where the keys begin."""
        return self._form.tabs

    @property
    def tab(self) -> str:
        """The key of the part that is shown."""
        return str(self._form.tabs.tabData(self._form.tabs.currentIndex()))

    @property
    def keys(self) -> tuple[str, ...]:
        """The parts that this person has."""
        return tuple(entry.key for entry in self._entries)

    def part(self, key: str) -> QWidget | None:
        return self._parts.get(key)

    def open(self, key: str) -> None:
        """Show this part; one that this person does not have changes nothing."""
        if key in self.keys:
            self._form.tabs.setCurrentIndex(self.keys.index(key))

    def _show_part(self) -> None:
        entry = self._entries[max(0, self._form.tabs.currentIndex())]
        part = self._parts.get(entry.key)
        if part is None:
            part = self._parts[entry.key] = entry.make(self._form.parts)
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self._form.parts.addWidget(part)
            icons.dress(part)
        self._form.parts.setCurrentWidget(part)
        mnemonics.settle_in_window(part)

"""Free words as chips: type one, Enter or a comma keeps it, its cross takes it away."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QPushButton, QSizePolicy, QWidget

from aftercare.gui import icons
from aftercare.gui.widgets.flow import FlowLayout
from aftercare.i18n import tr


class TagsEdit(QWidget):
    """Short free words (needs, people present, dialects); Backspace in the empty field takes the last away."""

    changed = Signal(list)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: list[str] = []
        self._chips: list[QPushButton] = []
        self._flow = FlowLayout(self, spacing=6)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._field = _TagField(self)
        self._field.kept.connect(self._keep)
        self._field.backed.connect(self._drop_last)
        self._flow.addWidget(self._field)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusProxy(self._field)

    @property
    def tags(self) -> list[str]:
        """What was kept, and what is typed but not yet kept: nothing typed is lost."""
        typed = self._field.text().strip()
        return [*self._tags, typed] if typed and typed not in self._tags else list(self._tags)

    def show_tags(self, tags: Iterable[str]) -> None:
        self._tags = list(tags)
        self._rebuild()

    def suggest(self, words: Iterable[str]) -> None:
        """Complete from these while typing."""
        completer = QCompleter(list(words), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self._field.setCompleter(completer)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self._field.setAccessibleName(name)

    def _keep(self) -> None:
        tags = self.tags
        self._field.clear()
        if tags != self._tags:
            self._tags = tags
            self._rebuild()
            self.changed.emit(list(tags))

    def _drop(self, tag: str) -> None:
        self._tags = [kept for kept in self._tags if kept != tag]
        self._rebuild()
        self._field.setFocus()
        self.changed.emit(list(self._tags))

    def _drop_last(self) -> None:
        if self._tags:
            self._drop(self._tags[-1])

    def _rebuild(self) -> None:
        for chip in self._chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._flow.removeWidget(self._field)
        self._chips = [self._chip(tag) for tag in self._tags]
        for chip in self._chips:
            self._flow.addWidget(chip)
            chip.show()
        self._flow.addWidget(self._field)
        self.updateGeometry()

    def _chip(self, tag: str) -> QPushButton:
        chip = QPushButton(tag.replace("&", "&&"), self)
        chip.setProperty("role", "chip")
        chip.setLayoutDirection(
            Qt.LayoutDirection.LeftToRight
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft
            else Qt.LayoutDirection.RightToLeft
        )  # the cross stands at the end of the word
        chip.setAccessibleName(tr("Remove {word}", word=tag))
        icons.wear(chip, "close")
        chip.clicked.connect(lambda: self._drop(tag))
        return chip


class _TagField(QLineEdit):
    kept = Signal()
    backed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(120)
        self.editingFinished.connect(self.kept)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() in (",", "،", "、") or (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.text().strip()
        ):
            self.kept.emit()
        elif event.key() == Qt.Key.Key_Backspace and not self.text():
            self.backed.emit()
        else:
            super().keyPressEvent(event)

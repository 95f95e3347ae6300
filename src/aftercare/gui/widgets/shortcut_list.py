"""F1: the one list of keys, by where they work, with a field to find one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QWidget

from aftercare._built.forms.ui_shortcut_list import Ui_ShortcutList
from aftercare.gui import forms
from aftercare.gui.rows import Column, RowsModel
from aftercare.i18n import tr


@dataclass(frozen=True, slots=True)
class ShortcutLine:
    """Keys («Ctrl+K»), what they do and where they work, in words."""

    keys: str
    words: str
    group: str

    @property
    def native_keys(self) -> str:
        return QKeySequence(self.keys).toString(QKeySequence.SequenceFormat.NativeText) or self.keys


class ShortcutList(QDialog):
    def __init__(self, lines: Sequence[ShortcutLine], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = list(lines)
        self._form = forms.fill(self, Ui_ShortcutList)
        self._model = RowsModel[ShortcutLine](
            [
                Column("keys", tr("Keys"), lambda line: line.native_keys, width=140, strong=True, sortable=False),
                Column("words", tr("What it does"), lambda line: line.words, sortable=False),
                Column("group", tr("Where"), lambda line: line.group, width=140, muted=True, sortable=False),
            ],
            id_of=lambda line: (line.keys, line.group),
            parent=self,
        )
        self._form.table.show_model(self._model)
        self._form.table.empty.show_words(tr("No key does that."))
        self._model.show_rows(self._lines)
        self._form.search.textEdited.connect(self._filter)
        self._form.search.left.connect(self.close)
        self._form.close.clicked.connect(self.close)
        forms.give_room(self, 560, 520)
        self._form.search.setFocus()

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold()
        self._model.show_rows(
            [line for line in self._lines if wanted in f"{line.words} {line.native_keys} {line.group}".casefold()]
        )

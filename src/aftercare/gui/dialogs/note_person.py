"""Choosing whom something is about, by code, name or phone; what stands in the field is the code."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import QStringListModel, Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from aftercare.domain.rows.search import PersonHit
from aftercare.gui.office import Office
from aftercare.i18n import tr
from aftercare.services.search import find_people
from aftercare.words import label

_TYPING_PAUSE_MS = 120


class PersonField(QLineEdit):
    """Type, arrow down, Enter. `case_id` is the latest case of the person chosen, None until one is."""

    changed = Signal(object)  # PersonHit or None

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._hits: dict[str, PersonHit] = {}
        self._chosen: tuple[str, UUID] | None = None
        self._enter_waits = self._leaving_waits = False  # pressed before the people were found
        self._lines = QStringListModel(self)
        completer = QCompleter(self._lines, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.activated.connect(self._take, Qt.ConnectionType.QueuedConnection)
        self.setCompleter(completer)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._typing.timeout.connect(self._look)
        self.textEdited.connect(lambda _text: self._forget())
        self.returnPressed.connect(self._take_first)
        self.editingFinished.connect(self._take_only)

    @property
    def case_id(self) -> UUID | None:
        return self._chosen[1] if self._chosen is not None else None

    def draft_value(self) -> list[str]:
        return [self.text(), str(self.case_id or "")]

    def show_draft_value(self, value: list[str]) -> None:
        self.setText(value[0])
        self._chosen = (value[0], UUID(value[1])) if value[1] else None

    def show_hits(self, hits: tuple[PersonHit, ...]) -> None:
        self._hits = {_line(hit): hit for hit in hits}
        self._lines.setStringList(list(self._hits))
        if self._enter_waits:
            self._take_first()
        elif self._leaving_waits:
            self._take_only()
        elif self.hasFocus() and self._hits and self._chosen is None:
            self.completer().complete()

    def _forget(self) -> None:
        """Other words, other people: those found for the words before must not be taken for these."""
        self._chosen, self._hits = None, {}
        self._enter_waits = self._leaving_waits = False
        self._typing.start()
        self.changed.emit(None)

    def _look(self) -> None:
        self._office.ask(find_people, self.text(), then=self.show_hits, owner=self, topic="people")

    def _take(self, line: str) -> None:
        hit = self._hits.get(line)
        if hit is not None:
            self.setText(hit.case_code)
            self._chosen = (hit.case_code, hit.case_id)
            self._enter_waits = self._leaving_waits = False
            popup = self.completer().popup()
            if popup is not None:
                popup.hide()
            self.changed.emit(hit)

    def _take_first(self) -> None:
        """Enter: the code typed in full, else the first; as soon as they are found."""
        self._enter_waits = self._chosen is None and bool(self.text().strip()) and not self._hits
        if self._chosen is None:
            self._take_only()
        if self._chosen is None and self._hits:
            self._take(next(iter(self._hits)))

    def _take_only(self) -> None:
        """A code typed in full, or the one person who was found, needs no arrow."""
        typed = self.text().strip().upper()
        self._leaving_waits = self._chosen is None and bool(typed) and not self._hits
        if self._chosen is None and typed:
            exact = [line for line, hit in self._hits.items() if hit.case_code == typed]
            only = exact or (list(self._hits) if len(self._hits) == 1 else [])
            if only:
                self._take(only[0])


def _line(hit: PersonHit) -> str:
    worker = tr("Case worker {name}", name=hit.worker) if hit.worker else ""
    return " · ".join(part for part in (hit.case_code, label(hit.stage), worker) if part)

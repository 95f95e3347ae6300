"""What Ctrl+K finds: people by code, notes by a few words, commands; typed, arrowed through, taken with Enter.

The keys stay in the field of the top bar; the list below it follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QAccessible, QAccessibleEvent, QColor, QFont, QKeySequence, QPainter, QPen, QShortcut
from PySide6.QtWidgets import QFrame, QListWidgetItem, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from aftercare._built.forms.ui_search import Ui_SearchPalette
from aftercare.domain.folding import search_terms
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.search import FoundBy, NoteHit, PersonHit
from aftercare.gui import forms, mnemonics, style
from aftercare.gui.commands import Command, begins_so, commands_for
from aftercare.gui.note_words import day_words
from aftercare.gui.office import Office
from aftercare.gui.widgets.painters import draw_text
from aftercare.gui.widgets.search_field import SearchField
from aftercare.gui.widgets.swatch import draw_swatch
from aftercare.i18n import tr
from aftercare.services.break_glass import find_beyond
from aftercare.services.search import find_notes, find_people
from aftercare.words import label

_NOTES_PAUSE_MS = 90
_CODE = re.compile(r"[A-Z]{1,6}-\d{1,12}")  # as codes are given (services/survivors.py)
_LINE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class Line:
    """One line of the list; without `take` it is a heading."""

    title: str
    aside: str = ""
    area: str = ""
    take: Callable[[], object] | None = None

    @property
    def spoken(self) -> str:
        return ", ".join(part for part in (self.title, self.aside) if part)


class _LinePainter(QStyledItemDelegate):
    """A heading in small muted letters, or a title with what more is known behind it."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(120, style.scaled(24 if index.data(_LINE).take is None else 32))

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        line, colours = cast(Line, index.data(_LINE)), style.colours()
        rect = QRectF(option.rect)
        mirrored = style.is_mirrored(option.widget)
        painter.save()
        painter.setLayoutDirection(option.widget.layoutDirection())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = rect.adjusted(style.scaled(8), 0, -style.scaled(8), 0)
        if line.take is None:
            painter.setFont(style.sized(painter.font(), 11, QFont.Weight.DemiBold))
            draw_text(painter, inner, line.title, colours.muted)
        else:
            is_chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if is_chosen:
                painter.setPen(QPen(QColor(colours.focus), 2))
                painter.setBrush(QColor(colours.selection.ground))
                painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 5, 5)
            self._draw_line(painter, inner, line, is_chosen, mirrored)
        painter.restore()

    def _draw_line(self, painter: QPainter, inner: QRectF, line: Line, is_chosen: bool, mirrored: bool) -> None:
        colours = style.colours()
        rest = QRectF(inner)
        if line.area:
            edge = style.scaled(10)
            left = rest.right() - edge if mirrored else rest.left()
            draw_swatch(painter, QRectF(left, rest.center().y() - edge / 2, edge, edge), line.area)
            rest = _behind(rest, edge + style.scaled(8), mirrored)
        painter.setFont(style.sized(painter.font(), 13, QFont.Weight.DemiBold))
        draw_text(painter, rest, line.title, colours.selection.ink if is_chosen else colours.ink)
        used = painter.fontMetrics().horizontalAdvance(line.title) + style.scaled(10)
        painter.setFont(style.sized(painter.font(), 13))
        draw_text(painter, _behind(rest, used, mirrored), line.aside, colours.muted)


def _command_line(command: Command) -> Line:
    return Line(mnemonics.plain(command.words), take=command.begin)


def _behind(rect: QRectF, used: float, mirrored: bool) -> QRectF:
    return rect.adjusted(0, 0, -used, 0) if mirrored else rect.adjusted(used, 0, 0, 0)


class SearchPalette(QFrame):
    """Hangs below the search field of the window; `person_chosen` with the tab to open (empty: the one shown last)."""

    person_chosen = Signal(object, str)
    glass_wanted = Signal(str)  # the code of somebody who is not among the records of whoever searches

    def __init__(self, office: Office, field: SearchField, commands: Sequence[Command]) -> None:
        super().__init__(field.window())
        self._office = office
        self._field = field
        self._commands = tuple(commands)
        self._may_see_people = Permission.SEE_RECORDS in office.actor.permissions
        if not self._may_see_people:
            field.setPlaceholderText(tr("Find a command…"))
        self._people: tuple[PersonHit, ...] = ()
        self._notes: tuple[NoteHit, ...] = ()
        self._beyond = ""
        self._is_waiting, self._is_taken, self._was_moved = False, False, False
        self._form = forms.fill(self, Ui_SearchPalette)
        self._form.results.setItemDelegate(_LinePainter(self))
        self._form.results.itemClicked.connect(self._take)
        self._form.results.currentItemChanged.connect(lambda _now, _before: self._tell())
        self._form.names.clicked.connect(self._show_names)
        self._pause = QTimer(self, singleShot=True, interval=_NOTES_PAUSE_MS)
        self._pause.timeout.connect(self._ask_notes)
        names = QShortcut(QKeySequence("Ctrl+Shift+K"), field, context=Qt.ShortcutContext.WidgetShortcut)
        names.activated.connect(self._show_names)
        field.moved.connect(self._move)
        field.taken.connect(self._take_current)
        field.left.connect(self.hide)
        field.installEventFilter(self)
        field.window().installEventFilter(self)
        self.hide()

    # --- what the window calls ---------------------------------------------------------------------------------

    def look_for(self, words: str) -> None:
        """Show what these words find; commands alone while nothing is typed."""
        self._people, self._notes, self._beyond = (), (), ""
        is_asked = bool(words.strip()) and self._may_see_people
        self._is_waiting, self._is_taken, self._was_moved = is_asked, False, False
        if is_asked:
            self._office.ask(find_people, words, then=self.show_people, owner=self, topic="people")
            self._pause.start()
        else:
            self._pause.stop()
        self._show()

    def show_people(self, hits: tuple[PersonHit, ...]) -> None:
        self._people, self._is_waiting = hits, False
        self._show()
        if self._is_taken:
            self._take_current()
        code = self._field.text().strip().upper()
        if _CODE.fullmatch(code) and all(hit.case_code != code for hit in hits):
            self._office.ask(
                find_beyond, code, then=lambda is_there: self._show_beyond(code, is_there), owner=self, topic="beyond"
            )

    def _show_beyond(self, code: str, is_there: bool) -> None:
        """Somebody with this code is there, but not among the records of whoever searches."""
        if is_there and self._field.text().strip().upper() == code:
            self._beyond = code
            self._show()

    def show_notes(self, hits: tuple[NoteHit, ...]) -> None:
        self._notes = hits
        self._show()

    @property
    def lines(self) -> list[Line]:
        """Everything that is listed, headings too."""
        results = self._form.results
        return [results.item(at).data(_LINE) for at in range(results.count())]

    # --- inside --------------------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field and event.type() == QEvent.Type.FocusOut:
            self.hide()
        elif watched is not self._field and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def _ask_notes(self) -> None:
        self._office.ask(find_notes, self._field.text(), then=self.show_notes, owner=self, topic="notes")

    def _show_names(self) -> None:
        if self._notes:
            self._office.ask(find_notes, self._field.text(), 12, True, then=self.show_notes, owner=self, topic="notes")

    def _show(self) -> None:
        results = self._form.results
        kept = results.currentItem()
        was = kept.data(_LINE).spoken if kept is not None else ""
        results.clear()
        for group, lines in self._groups():
            for line in ([Line(group)] if lines else []) + lines:
                item = QListWidgetItem(line.spoken)
                item.setData(_LINE, line)
                if line.take is None:
                    item.setFlags(Qt.ItemFlag.NoItemFlags)
                results.addItem(item)
        if not results.count() and self._field.text().strip():
            nothing = Line(tr("Nothing was found."))
            item = QListWidgetItem(nothing.title)
            item.setData(_LINE, nothing)
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            results.addItem(item)
        self._choose_again(was)
        self._form.names.setVisible(bool(self._notes))
        self.setVisible(results.count() > 0 and self._field.hasFocus())
        if self.isVisible():
            self._place()

    def _groups(self) -> Iterable[tuple[str, list[Line]]]:
        """People, notes and commands; those that begin with what was typed stand above the notes."""
        terms = search_terms(self._field.text())
        found = commands_for(self._commands, terms)
        meant = [_command_line(each) for each in found if begins_so(each, terms)]
        others = [_command_line(each) for each in found if not begins_so(each, terms)]
        today = self._office.clock.today()
        yield tr("People"), [self._person_line(hit) for hit in self._people]
        yield tr("Not among your records"), [self._beyond_line(self._beyond)] if self._beyond else []
        yield tr("Commands"), meant
        yield (
            tr("Notes"),
            [
                Line(
                    f"{hit.case_code} · {day_words(hit.on, today)}",
                    hit.snippet,
                    hit.area or "",
                    lambda hit=hit: self.person_chosen.emit(hit.survivor_id, "notes"),  # type: ignore[misc]
                )
                for hit in self._notes
            ],
        )
        yield tr("More commands") if meant else tr("Commands"), others

    def _person_line(self, hit: PersonHit) -> Line:
        by = {FoundBy.NAME: tr("found by name"), FoundBy.NUMBER: tr("found by a number")}.get(hit.found_by, "")
        aside = " · ".join(part for part in (label(hit.stage), hit.worker, by) if part)
        return Line(hit.case_code, aside, take=lambda: self.person_chosen.emit(hit.survivor_id, ""))

    def _beyond_line(self, code: str) -> Line:
        return Line(code, tr("open it with a reason…"), take=lambda: self.glass_wanted.emit(code))

    def _choose_again(self, spoken: str) -> None:
        """The line that the arrows chose, if it is still there, else the first that can be taken."""
        lines = self.lines
        able = [at for at, line in enumerate(lines) if line.take is not None]
        same = next((at for at in able if self._was_moved and lines[at].spoken == spoken), None)
        at = same if same is not None else next(iter(able), -1)
        self._form.results.setCurrentRow(at)

    def _move(self, step: int) -> None:
        self._was_moved = True
        able = [at for at, line in enumerate(self.lines) if line.take is not None]
        here = self._form.results.currentRow()
        if able:
            at = able.index(here) if here in able else -1
            self._form.results.setCurrentRow(able[(at + step) % len(able)])

    def _tell(self) -> None:
        """The keys are in the field: it says for those who listen which line is chosen."""
        item = self._form.results.currentItem()
        self._field.setAccessibleDescription(item.data(_LINE).spoken if item is not None else "")
        QAccessible.updateAccessibility(QAccessibleEvent(self._field, QAccessible.Event.DescriptionChanged))

    def _take_current(self) -> None:
        """Enter; pressed before people were looked up, it waits for them rather than begin a command."""
        self._is_taken = self._is_waiting
        if not self._is_waiting:
            self._take(self._form.results.currentItem())

    def _take(self, item: QListWidgetItem | None) -> None:
        line = item.data(_LINE) if item is not None and self.isVisible() else None
        if line is None or line.take is None:
            return
        self.hide()
        self._field.clear()
        line.take()

    def _place(self) -> None:
        """Below the field, as wide as there is room, as high as the list needs."""
        window, field = self._field.window(), self._field
        width = min(max(field.width(), style.scaled(620)), window.width() - style.scaled(24))
        corner = field.mapTo(
            window, QPoint(field.width() - width if style.is_mirrored(field) else 0, field.height() + 4)
        )
        left = max(style.scaled(12), min(corner.x(), window.width() - width - style.scaled(12)))
        results = self._form.results
        lines = sum(results.sizeHintForRow(at) for at in range(results.count()))
        height = lines + style.scaled(52)
        self.setGeometry(left, corner.y(), width, min(height, window.height() - corner.y() - style.scaled(12)))
        self.raise_()

"""The frame: rail, top bar, one page at a time, bars for what was done and what went wrong. It knows no pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import shiboken6
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QPushButton, QScrollArea, QWidget

from aftercare._built.forms.ui_window import Ui_Frame
from aftercare.gui import forms, icons, mnemonics, style
from aftercare.gui.kept_keys import KeptKeys
from aftercare.gui.widgets.banner import Banner
from aftercare.gui.widgets.buttons import RailButton, YieldingButton
from aftercare.gui.widgets.card import empty_layout
from aftercare.gui.widgets.search_field import SearchField
from aftercare.gui.widgets.shortcut_list import ShortcutLine, ShortcutList
from aftercare.gui.widgets.undo_bar import UndoBar
from aftercare.i18n import tr

_SMALLEST = (1024, 700)
_RAIL_PIXELS = 196
_MOST_OF_WINDOW = 0.24  # what the rail may take for longer titles; then they end in «…»
_NARROW_BELOW = 860  # at 100 % text size: below, the rail shows icons only


@dataclass(frozen=True)
class PageEntry:
    """A page of the rail: made, in the widget it is given, when it is first shown. `title` is translated already."""

    key: str
    title: str
    icon: str
    make: Callable[[QWidget], QWidget]


class Frame(QMainWindow):
    """The window around the pages.

    A page may have `page_actions` (QActions, shown as buttons in the top bar while it is shown) and `shortcut_lines`
    (lines for the F1 list). A page with actions of its own takes the place of «New person».
    """

    search_requested = Signal(str)
    new_note_requested = Signal()
    new_person_requested = Signal()
    hide_requested = Signal()
    lock_requested = Signal()
    help_requested = Signal()
    page_shown = Signal(str)
    closed = Signal()

    def __init__(self, entries: Sequence[PageEntry], title: str = "Aftercare") -> None:
        super().__init__()
        self._form = forms.fill(self, Ui_Frame)
        self._entries = {entry.key: entry for entry in entries}
        self._made: dict[str, QWidget] = {}
        self._inner: QWidget | None = None
        self._key = ""
        self._lines: list[ShortcutLine] = []
        self._rail: dict[str, RailButton] = {}
        self.setWindowTitle(title)
        self._form.rail_title.setText(title)
        self.setMinimumSize(*_SMALLEST)
        self._form.main_column.setStretch(2, 1)
        self._form.topbar_line.setStretch(0, 3)
        self._form.topbar_line.setStretch(1, 1)
        self._fill_rail(entries)
        self._wire_keys()
        self._kept_keys = KeptKeys(self, self._page_that_stands, self._back_to_page)
        self.retranslate()
        self._fit_rail()

    # --- what the composition root and the pages call -----------------------------------------------------------

    @property
    def search_field(self) -> SearchField:
        return self._form.search

    @property
    def undo_bar(self) -> UndoBar:
        return self._form.undo_bar

    @property
    def banner(self) -> Banner:
        return self._form.banner

    @property
    def key(self) -> str:
        """The page of the rail that is shown (or that the shown inner page belongs to)."""
        return self._key

    @property
    def place_of_pages(self) -> QWidget:
        """Where pages are made: one that moves there later is styled twice."""
        return self._form.pages

    @property
    def page(self) -> QWidget | None:
        """What is shown now."""
        return self._form.pages.currentWidget()

    def show_page(self, key: str) -> QWidget:
        """Show a page of the rail, making it if this is the first time; an inner page is closed."""
        page = self._made.get(key)
        if page is None:
            page = self._made[key] = self._entries[key].make(self._form.pages)
            self._form.pages.addWidget(page)
            icons.dress(page)
        self._show(page, key)
        self._drop_inner(keep=page)
        return page

    def show_inner(self, page: QWidget, under: str) -> None:
        """Show a page that has no place in the rail (one person), as part of `under`; it is deleted when left."""
        if page is self._inner:
            self._show(page, under)
            return
        self._form.pages.addWidget(page)
        icons.dress(page)
        self._show(page, under)
        self._drop_inner(keep=page)
        self._inner = page

    def back(self) -> None:
        """From an inner page to the page of the rail that it belongs to."""
        if self._inner is not None:
            self.show_page(self._key)

    def made_page(self, key: str) -> QWidget | None:
        """A page of the rail, if it was shown already."""
        return self._made.get(key)

    def show_count(self, key: str, count: int) -> None:
        """The badge beside a page: how many wait there; 0 hides it."""
        self._rail[key].show_count(count)

    def show_status(self, who: str, backup: str, *, is_late: bool = False) -> None:
        """The rail's foot: who is working, the age of the last backup; `is_late` says that it wants looking after."""
        self._form.who.setText(who)
        self._form.backup.setText(backup)
        style.give_role(self._form.backup, role="railFootLate" if is_late else "railFoot")

    def allow_new(self, *, notes: bool, people: bool) -> None:
        """Hide what this account may not begin."""
        for button, allowed in ((self._form.new_note, notes), (self._form.new_person, people)):
            button.setEnabled(allowed)
            button.setVisible(allowed)

    def add_key(self, keys: str, words: str, act: Callable[[], object], group: str = "") -> QShortcut:
        """A key of the whole window, listed by F1 under `group`."""
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.activated.connect(lambda: act())
        self._lines.append(ShortcutLine(keys, words, group or tr("Everywhere")))
        return shortcut

    @property
    def shortcut_lines(self) -> list[ShortcutLine]:
        """All keys that work now: the window's and the shown page's."""
        return [*self._lines, *getattr(self.page, "shortcut_lines", [])]

    def show_shortcuts(self) -> ShortcutList:
        dialog = ShortcutList(self.shortcut_lines, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()
        return dialog

    def next_pane(self, step: int = 1) -> None:
        """F6: rail, top bar, page, and the bars where they are shown."""
        panes = [self._form.rail, self._form.topbar, self._form.banner, self._form.pages, self._form.undo_bar]
        shown = [pane for pane in panes if pane.isVisible()]
        focused = QApplication.focusWidget()
        now = next((at for at, pane in enumerate(shown) if focused is not None and pane.isAncestorOf(focused)), -1)
        for distance in range(1, len(shown) + 1):
            target = _first_stop(shown[(now + step * distance) % len(shown)])
            if target is not None:
                target.setFocus(Qt.FocusReason.TabFocusReason)
                return

    # --- words and room ------------------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Words and Alt keys of the frame; titles of the rail come translated with its entries."""
        self._taken: set[str] = set()
        titles = mnemonics.assign([entry.title for entry in self._entries.values()], self._taken)
        for item, title in zip(self._rail.values(), titles, strict=True):
            item.show_title(title)
        buttons = (self._form.new_note, self._form.new_person, self._form.hide_all)
        for button, words in zip(buttons, (tr("New note"), tr("New person"), tr("Hide")), strict=True):
            button.setText(mnemonics.assign([words], self._taken)[0])
        self._form.search.show_keys("Ctrl+K")
        self._form.hide_all.show_keys("F12")
        self._form.hide_all.setToolTip(tr("Hide and lock at once"))
        self._frame_keys = frozenset(self._taken)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._back_to_page()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_rail()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_rail"):
            self._fit_rail()

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.closed.emit()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _fill_rail(self, entries: Sequence[PageEntry]) -> None:
        for entry in entries:
            button = RailButton(entry.key, entry.title, entry.icon, self._form.rail)
            button.clicked.connect(partial(self._press, entry.key))
            self._rail[entry.key] = button
            self._form.rail_items.addWidget(button)

    def _wire_keys(self) -> None:
        form = self._form
        form.new_note.clicked.connect(self.new_note_requested)
        form.new_person.clicked.connect(self.new_person_requested)
        form.hide_all.clicked.connect(self.hide_requested)
        form.search.textEdited.connect(self.search_requested)
        form.search.left.connect(self._back_to_page)
        self.add_key("Ctrl+K", tr("Find people, notes and commands"), self._search)
        self.add_key("Ctrl+N", tr("New note"), form.new_note.click)
        self.add_key("Ctrl+Shift+N", tr("New person"), form.new_person.click)
        self.add_key("Ctrl+L", tr("Lock"), self.lock_requested.emit)
        self.add_key("F12", tr("Hide and lock at once"), self.hide_requested.emit)
        self.add_key("F6", tr("Next pane"), self.next_pane)
        self.add_key("Shift+F6", tr("Previous pane"), lambda: self.next_pane(-1))
        self.add_key("Alt+Up", tr("Back to the list"), self.back)
        self.add_key("F1", tr("Help and this list"), self._help)
        for number, key in enumerate(list(self._entries)[:9], start=1):
            entry = self._entries[key]
            self.add_key(f"Ctrl+{number}", entry.title, partial(self.show_page, key), tr("Pages"))

    def _press(self, key: str, _checked: bool = False) -> None:
        self.show_page(key)

    def _help(self) -> None:
        self.help_requested.emit()
        self.show_shortcuts()

    def _search(self) -> None:
        self._form.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._form.search.selectAll()
        self.search_requested.emit(self._form.search.text())

    def _page_that_stands(self) -> QWidget | None:
        """None while the window is taken down, too."""
        return self.page if shiboken6.isValid(self._form.pages) else None

    def _back_to_page(self) -> None:
        if self.page is not None:
            target = getattr(self.page, "begins_at", None) or _first_stop(self.page)
            (target or self.page).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, page: QWidget, key: str) -> None:
        self._key = key
        if key in self._rail:
            self._rail[key].setChecked(True)
        if page is not self.page:
            self._form.undo_bar.give_place_back()
        self._form.pages.setCurrentWidget(page)
        self._show_actions(getattr(page, "page_actions", []))
        mnemonics.settle(page, set(self._frame_keys))
        if self.isVisible():
            self._back_to_page()
        self.page_shown.emit(key)

    def _show_actions(self, actions: Sequence[QAction]) -> None:
        empty_layout(self._form.page_actions)
        for action in actions:
            button = _button_for(action, self._form.topbar)
            self._form.page_actions.addWidget(button)
        self._form.new_person.setVisible(not actions and self._form.new_person.isEnabled())
        style.give_role(self._form.new_note, role="primary" if actions else "")
        icons.dress(self._form.topbar)

    def _drop_inner(self, keep: QWidget) -> None:
        if self._inner is not None and self._inner is not keep:
            self._form.pages.removeWidget(self._inner)
            self._inner.deleteLater()
            self._inner = None

    def _fit_rail(self) -> None:
        is_narrow = self.width() < style.scaled(_NARROW_BELOW)
        self._form.rail.setFixedWidth(style.scaled(36) + 28 if is_narrow else self._rail_width())
        for part in (self._form.rail_title, self._form.who, self._form.backup):
            part.setVisible(not is_narrow)
        for button in self._rail.values():
            button.narrow(is_narrow)

    def _rail_width(self) -> int:
        """As wide as the longest title needs, within reason."""
        margins = self._form.rail_column.contentsMargins()
        around = margins.left() + margins.right()
        wanted = max((button.wanted_width() for button in self._rail.values()), default=0) + around
        usual = style.scaled(_RAIL_PIXELS)
        return max(usual, min(wanted, int(self.width() * _MOST_OF_WINDOW)))


def _button_for(action: QAction, parent: QWidget) -> QPushButton:
    button = YieldingButton(action.text(), parent)
    button.setEnabled(action.isEnabled())
    button.setToolTip(action.toolTip() if action.toolTip() != action.iconText() else "")
    glyph = action.property(icons.GLYPH)
    if isinstance(glyph, str):
        button.setProperty(icons.GLYPH, glyph)
    button.clicked.connect(action.trigger)
    action.enabledChanged.connect(button.setEnabled)
    return button


def _first_stop(pane: QWidget) -> QWidget | None:
    """Where Tab would first stop inside a pane."""
    reachable = (
        child
        for child in [pane, *pane.findChildren(QWidget)]
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus
        and child.isVisible()
        and child.isEnabled()
        and type(child) is not QScrollArea
    )
    chosen = [child for child in reachable if not (isinstance(child, RailButton) and not child.isChecked())]
    return chosen[0] if chosen else None

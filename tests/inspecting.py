"""What is looked for on everything that the program shows: names, Alt keys, keys, Tab, words, room, direction."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from babel import Locale
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAction, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QTabBar,
    QTableView,
    QWidget,
)
from sqlalchemy import Engine, MetaData, String, select

from aftercare.gui import mnemonics
from aftercare.gui.widgets.labels import VERBATIM
from hands import press

HORIZONTAL = Qt.Orientation.Horizontal


def stops(root: QWidget) -> Iterator[QWidget]:
    """What Tab should reach: shown, usable, and not a part of a larger field."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.window() is not root.window() or not widget.isVisible() or not widget.isEnabled():
            continue
        if not widget.focusPolicy() & Qt.FocusPolicy.TabFocus or widget.focusProxy() is not None:
            continue
        if isinstance(widget.parentWidget(), QComboBox | QAbstractSpinBox) or type(widget) is QScrollArea:
            continue
        yield widget


def label_of(widget: QWidget) -> str:
    """How a complaint calls a part: class, object name, where it is."""
    around = widget.parentWidget()
    while around is not None and not type(around).__module__.startswith("aftercare"):
        around = around.parentWidget()
    return f"{type(widget).__name__} {widget.objectName()} in {type(around).__name__ if around else '-'}"


def without_a_name(root: QWidget) -> list[str]:
    """Stops, tables and their headers that a screen reader could not call by a name."""
    found = []
    for widget in stops(root):
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface or not interface.text(QAccessible.Text.Name).strip():
            found.append(label_of(widget))
    for table in root.findChildren(QTableView):
        if table.isVisible() and table.model() is not None:
            found += [f"header {at} of {label_of(table)}" for at in _headers_without_words(table)]
    return found


def _headers_without_words(table: QTableView) -> list[int]:
    model = table.model()
    roles = (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.DisplayRole)
    shown = [at for at in range(model.columnCount()) if not table.isColumnHidden(at)]
    return [at for at in shown if not any(str(model.headerData(at, HORIZONTAL, role) or "").strip() for role in roles)]


def alt_keys_taken_twice(root: QWidget) -> list[str]:
    texts = []
    for widget in root.window().findChildren(QWidget):
        if widget.window() is not root.window() or not widget.isVisible():
            continue
        if isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
            texts.append(widget.text())
        elif isinstance(widget, QTabBar):
            texts += [widget.tabText(at) for at in range(widget.count())]
    keys = Counter(mnemonics.key_of(text) for text in texts)
    return [
        f"Alt+{key}: {[text for text in texts if mnemonics.key_of(text) == key]}"
        for key, times in keys.items()
        if key and times > 1
    ]


def keys_that_mean_two_things(root: QWidget) -> list[str]:
    """Keys of two shortcuts that are both in reach: Qt would carry out neither."""
    window = root.window()
    found: dict[str, list[tuple[QWidget, Qt.ShortcutContext]]] = {}
    for shortcut in window.findChildren(QShortcut):
        home = shortcut.parent()
        if isinstance(home, QWidget) and shortcut.isEnabled() and home.isVisible() and home.window() is window:
            keys: list[QKeySequence] = shortcut.keys()
            for key in keys:
                found.setdefault(key.toString(), []).append((home, shortcut.context()))
    for action in window.findChildren(QAction):
        homes = [home for home in action.associatedObjects() if isinstance(home, QWidget) and home.isVisible()]
        for key in action.shortcuts() if action.isEnabled() else ():
            if homes:
                found.setdefault(key.toString(), []).append((homes[0], action.shortcutContext()))
    return sorted(
        key for key, uses in found.items() if any(_meet(a, b) for at, a in enumerate(uses) for b in uses[:at])
    )


def _meet(one: tuple[QWidget, Qt.ShortcutContext], other: tuple[QWidget, Qt.ShortcutContext]) -> bool:
    """Whether there is a place for the keyboard where both hold."""
    whole = (Qt.ShortcutContext.WindowShortcut, Qt.ShortcutContext.ApplicationShortcut)
    if one[1] in whole or other[1] in whole:
        return True
    return one[0] is other[0] or one[0].isAncestorOf(other[0]) or other[0].isAncestorOf(one[0])


def out_of_reach_of_tab(root: QWidget) -> list[str]:
    """Stops that are not met by pressing Tab again and again."""
    window = root.window()
    window.activateWindow()
    wanted = list(stops(root))
    if not wanted:
        return []
    wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
    met = {wanted[0]}
    for _ in range(len(list(stops(window))) * 2 + 30):
        press("Tab")
        here = QApplication.focusWidget()
        while here is not None and here not in met:
            met.add(here)
            here = here.parentWidget()
        if met.issuperset(wanted):
            break
    return [label_of(widget) for widget in wanted if widget.isVisible() and not _is_met(widget, met)]


def _is_met(widget: QWidget, met: set[QWidget]) -> bool:
    """Itself; of choices that exclude each other Tab meets one, and arrows go on from there."""
    if isinstance(widget, QAbstractButton) and widget.isCheckable():
        group = widget.group()
        if group is not None and group.exclusive():
            return not met.isdisjoint(group.buttons())
        if widget.autoExclusive():
            direct = Qt.FindChildOption.FindDirectChildrenOnly
            around = widget.parentWidget() or widget
            return not met.isdisjoint(around.findChildren(type(widget), options=direct))
    return widget in met


# --- words -----------------------------------------------------------------------------------------------------------

_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_KEYS = re.compile(r"\b(?:Ctrl|Alt|Shift|Enter|Return|Esc|Tab|Space|Up|Down|Left|Right|Del|F\d+)\b")
ALLOWED = ("Aftercare", "PDF", "CSV", "XLSX", "PNG", "English", "EUR", "A4", "Letter")


def user_words(engine: Engine) -> str:
    """Everything that somebody typed into these records, and each name in one piece."""
    tables = MetaData()
    tables.reflect(engine)
    with engine.connect() as connection:
        typed = [
            str(value)
            for table in tables.tables.values()
            for column in table.columns
            if isinstance(column.type, String)
            for (value,) in connection.execute(select(column).distinct())
            if value
        ]
        names = tables.tables["survivor_name"].c
        typed += [f"{given} {family}" for given, family in connection.execute(select(names.given, names.family))]
    return "\0".join(typed)


def texts_on(root: QWidget) -> Iterator[tuple[QWidget, str]]:
    """Every text that is shown, hinted or spoken."""
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.window() is not root.window() or not widget.isVisible():
            continue
        for text in (widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()):
            yield widget, text
        if _is_the_same_everywhere(widget):
            continue
        if isinstance(widget, QLabel | QAbstractButton):
            yield widget, mnemonics.plain(widget.text())
        elif isinstance(widget, QLineEdit | QPlainTextEdit):
            yield widget, widget.placeholderText()
        elif isinstance(widget, QComboBox):
            yield from ((widget, widget.itemText(at)) for at in range(min(widget.count(), 30)))
        elif isinstance(widget, QTabBar):
            yield from ((widget, widget.tabText(at)) for at in range(widget.count()))
        elif isinstance(widget, QAbstractItemView) and widget.model() is not None:
            yield from _texts_of_view(widget)


def _is_the_same_everywhere(widget: QWidget) -> bool:
    """A path or a fingerprint, and a code made by chance: the words of such a label have no language."""
    return bool(widget.property(VERBATIM)) or widget.property("role") in ("code", "codePart")


def _texts_of_view(view: QAbstractItemView) -> Iterator[tuple[QWidget, str]]:
    model = view.model()
    if isinstance(view, QTableView):
        yield from ((view, str(model.headerData(at, HORIZONTAL) or "")) for at in range(model.columnCount()))
    for row in range(min(model.rowCount(), 12)):
        for column in range(model.columnCount() if isinstance(view, QTableView) else 1):
            yield view, str(model.index(row, column).data() or "")


def past_the_seam(root: QWidget, typed: str) -> list[str]:
    """Texts whose letters did not come through the catalogues: neither in brackets nor typed by somebody."""
    found = []
    for widget, text in texts_on(root):
        left = text
        for _ in range(4):  # brackets within brackets: a sentence among the facts of another
            left = _BRACKETED.sub(" · ", left)
        if _LETTERS.search(left) and _LETTERS.search(_without_the_known(left, typed)):
            found.append(f"{label_of(widget)}: {text[:80]!r}")
    return found


@lru_cache(maxsize=20_000)
def _without_the_known(text: str, typed: str) -> str:
    """What is left without names of the world and what was typed."""
    parts = re.split(r"\s*[·\n✓…]\s*|[.,:;]\s+", text)
    unknown = [part for part in map(_stripped, parts) if part and part not in typed]
    return " ".join(_KEYS.sub(" ", _names_of_the_world().sub(" ", part)) for part in unknown)


def _stripped(part: str) -> str:
    return part.strip(" .?!,;:-–—~()«»“”")


@lru_cache(maxsize=1)
def _names_of_the_world() -> re.Pattern[str]:
    """Months, days, languages and countries as CLDR calls them, and what is called the same everywhere."""
    locale = Locale.parse("en_GB")
    calendar = [
        name
        for kind in (locale.months, locale.days)
        for context in kind.values()
        for width in context.values()
        for name in width.values()
    ]
    names = {*calendar, *locale.languages.values(), *locale.territories.values(), *ALLOWED}
    longest_first = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{longest_first})(?!\w)")


# --- room and direction --------------------------------------------------------------------------------------------


def cut_words(root: QWidget) -> list[str]:
    """Labels and buttons whose words do not fit into them, and pages that have to be scrolled sideways."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.window() is not root.window() or not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and _is_cut_label(widget):
            found.append(f"{label_of(widget)}: {widget.text()[:60]!r}")
        elif isinstance(widget, QPushButton) and widget.text() and type(widget).paintEvent is QPushButton.paintEvent:
            if widget.width() < widget.minimumSizeHint().width() or widget.height() < _line(widget):
                found.append(f"{label_of(widget)}: {widget.text()[:60]!r}")
        elif isinstance(widget, QScrollArea) and type(widget.widget()) is QWidget:
            bar = widget.horizontalScrollBar()
            if bar.maximum() > 0 and bar.isEnabled():
                found.append(f"{label_of(widget)} is scrolled sideways by {bar.maximum()}")
    return found


def _is_cut_label(label: QLabel) -> bool:
    if not label.text() or (label.pixmap().cacheKey() and not label.pixmap().isNull()):
        return False
    if label.wordWrap():
        return label.height() + label.fontMetrics().height() // 2 < label.heightForWidth(label.width())
    elides = type(label).paintEvent is not QLabel.paintEvent
    return not elides and label.width() + 1 < label.sizeHint().width()


def _line(widget: QWidget) -> int:
    return widget.fontMetrics().height()


def not_mirrored(root: QWidget) -> list[str]:
    """Parts that kept reading from the left; a field for numbers or codes may."""
    found = []
    for widget in [root, *root.findChildren(QWidget)]:
        if widget.window() is not root.window() or not widget.isVisible():
            continue
        if isinstance(widget, QLabel | QAbstractButton) and not widget.isRightToLeft():
            found.append(label_of(widget))
    return found

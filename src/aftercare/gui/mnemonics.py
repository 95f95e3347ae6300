"""Alt keys that are unique in a window, whatever the language made of the words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QAbstractButton, QLabel, QTabBar, QWidget


def plain(text: str) -> str:
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")


def key_of(text: str) -> str:
    """The letter after «&», in lower case; "" where there is none."""
    at = text.replace("&&", "\0\0").find("&")
    return text[at + 1].casefold() if 0 <= at < len(text) - 1 else ""


def assign(texts: Iterable[str], taken: set[str]) -> list[str]:
    """Each text with an «&» before a letter that nobody has yet (its own wish first); `taken` grows."""
    made = []
    for text in texts:
        words = plain(text)
        wished = key_of(text)
        letters = ([wished] if wished else []) + [letter.casefold() for letter in words if letter.isalnum()]
        key = next((letter for letter in letters if letter not in taken), "")
        if not key:
            made.append(words.replace("&", "&&"))
            continue
        taken.add(key)
        at = words.casefold().index(key)
        made.append(words[:at].replace("&", "&&") + "&" + words[at:].replace("&", "&&"))
    return made


def settle_in_window(root: QWidget) -> None:
    """The same for a part that is shown later: what the rest of the window shows now keeps its keys."""
    window = root.window()
    taken: set[str] = set()
    for kind in (QTabBar, QAbstractButton, QLabel):  # to ask for every widget takes far longer
        for widget in window.findChildren(kind):
            keys = keys_on(widget)
            if keys and widget.isVisibleTo(window) and not root.isAncestorOf(widget):
                taken |= keys
    settle(root, taken)


def keys_on(widget: QWidget) -> set[str]:
    """The Alt keys that a widget answers to."""
    if isinstance(widget, QTabBar):
        texts = [widget.tabText(at) for at in range(widget.count())]
    elif isinstance(widget, QAbstractButton) or (isinstance(widget, QLabel) and widget.buddy() is not None):
        texts = [widget.text()]
    else:
        texts = []
    return {key for key in map(key_of, texts) if key}


def settle(root: QWidget, taken: set[str]) -> None:
    """Give the buttons, tabs and labels of a page that wish for an Alt key one that is free in the window."""
    for child in root.findChildren(QWidget):
        if isinstance(child, QTabBar):
            _settle_tabs(child, taken)
        elif isinstance(child, QAbstractButton) or (isinstance(child, QLabel) and child.buddy() is not None):
            text = child.text()
            if key_of(text):
                settled = assign([text], taken)[0]
                if settled != text:
                    child.setText(settled)


def _settle_tabs(tabs: QTabBar, taken: set[str]) -> None:
    for at in range(tabs.count()):
        text = tabs.tabText(at)
        if key_of(text):
            tabs.setTabText(at, assign([text], taken)[0])

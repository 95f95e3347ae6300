"""Where a file is to lie: the system's dialog, and an ending that nobody has to type."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def ask_where(parent: QWidget, title: str, proposed: str, kinds: str) -> Path | None:
    """A name without the ending of the proposed one gets it, or no other program knows what it is.

    Where such a file lies already the dialog comes again with its name: it is the dialog that warns.
    """
    ending = Path(proposed).suffix
    while True:
        chosen, _kind = QFileDialog.getSaveFileName(parent, title, proposed, kinds)
        if not chosen:
            return None
        path = Path(chosen)
        if path.suffix.casefold() == ending.casefold():
            return path
        path = path.with_name(path.name + ending)
        if not path.exists():
            return path
        proposed = str(path)

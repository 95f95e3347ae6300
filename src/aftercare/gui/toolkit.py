"""Loading Qt without its habit of reading the source of every module that is imported after it.

PySide6 replaces `__import__` to look for «from __feature__ import …» (names in snake case), and to decide whom it
concerns it reads each module's source, SQLAlchemy's and reportlab's too, and keeps the text. We use no such feature:
without it an open vault holds 23 MB less.
"""

from __future__ import annotations

import builtins


def load_toolkit() -> None:
    """Import Qt's core, and give `import` its ordinary meaning back. Before any other module that imports Qt."""
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)

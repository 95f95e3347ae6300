"""The log: what the program did, by ids and places in the code; never a word that somebody typed."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from aftercare import places

_FORM = "%(asctime)s %(levelname)s %(name)s %(message)s"
_MOST_BYTES, _KEPT_FILES = 512 * 1024, 3


def log_folder() -> Path:
    return places.for_log()


def start_log(folder: Path | None) -> None:
    """Write warnings and incidents to `folder` (owner only); without one, to nowhere. SQL is never logged."""
    root = logging.getLogger()
    root.handlers.clear()
    root.setLevel(logging.WARNING)
    logging.getLogger("aftercare").setLevel(logging.INFO)
    for chatty in ("sqlalchemy", "alembic", "fontTools", "pikepdf", "PIL"):
        logging.getLogger(chatty).setLevel(logging.ERROR)
    if folder is None:
        root.addHandler(logging.NullHandler())
        return
    root.addHandler(_WhenNeeded(folder))


class _WhenNeeded(logging.Handler):
    """Opens the file at the first line: most starts write none, and the window does not wait for it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self._folder = folder
        self._opened: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if self._opened is None:
            self._opened = _log_file(self._folder)
        self._opened.emit(record)

    def close(self) -> None:
        if self._opened is not None:
            self._opened.close()
        super().close()


def _log_file(folder: Path) -> logging.Handler:
    """The file, kept small; nowhere where the disk refuses."""
    from logging.handlers import RotatingFileHandler

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if os.name == "posix":
            folder.chmod(0o700)
        file = RotatingFileHandler(
            folder / "aftercare.log", maxBytes=_MOST_BYTES, backupCount=_KEPT_FILES, encoding="utf-8", delay=True
        )
    except OSError:
        return logging.NullHandler()
    file.setFormatter(_Formatter(_FORM))
    return file


class _Formatter(logging.Formatter):
    """Exceptions appear by type and place only: their words may hold what somebody typed."""

    def formatException(self, ei: object) -> str:
        kind = ei[0] if isinstance(ei, tuple) else None
        return getattr(kind, "__name__", "")

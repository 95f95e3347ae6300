"""Where settings, records and the log are kept: in the user's own folders, or beside a program that is carried along.

A frozen program with a file named `portable` beside it keeps everything in `kept/` there, and nothing on the computer.
"""

from __future__ import annotations

import sys
from pathlib import Path

_MARKER, _KEPT = "portable", "kept"
_NAME = "aftercare"


def carried_along() -> Path | None:
    """The folder beside a portable program; None for one that is installed."""
    if not getattr(sys, "frozen", False):
        return None
    beside = Path(sys.executable).resolve().parent
    return beside / _KEPT if (beside / _MARKER).is_file() else None


def for_settings() -> Path:
    """The folder of the settings."""
    from platformdirs import user_config_path

    return carried_along() or user_config_path(_NAME, appauthor=False)


def for_records() -> Path:
    """The folder that holds the vault and, beside it, the training records."""
    from platformdirs import user_data_path

    return carried_along() or user_data_path(_NAME, appauthor=False)


def for_log() -> Path:
    """The folder of the log."""
    from platformdirs import user_log_path

    carried = carried_along()
    return carried / "log" if carried else user_log_path(_NAME, appauthor=False)


def as_written(folder: Path) -> str:
    """How settings remember a folder: what is carried along is elsewhere tomorrow, so by its place in there."""
    carried = carried_along()
    absolute = folder.absolute()
    return str(absolute.relative_to(carried)) if carried and absolute.is_relative_to(carried) else str(folder)


def as_read(written: str) -> Path:
    """The folder that `as_written` meant."""
    return (carried_along() or Path()) / written

"""What is handed out as files: there whole or not at all, for their owner alone; reports by names that say nothing."""

from __future__ import annotations

import errno
import os
import secrets
from pathlib import Path

from aftercare.domain.errors import FileNotWritten


def neutral_name(number: str) -> str:
    """«report-R-000317.pdf»: no person, no house, no code."""
    return f"report-{number}.pdf"


def save_file(path: Path, content: bytes) -> None:
    """Write a file in place of what may be there; FileNotWritten where the system refuses."""
    try:
        _put(path, content, over=True)
    except OSError as refused:
        raise FileNotWritten(refused.strerror or "") from refused


def save_new_file(folder: Path, name: str, content: bytes) -> Path:
    """Write a file beside what is there: a name that is taken gets a number."""
    stem, suffix = os.path.splitext(name)
    try:
        for n in range(1, 10_000):
            path = folder / (name if n == 1 else f"{stem}-{n}{suffix}")
            try:
                _put(path, content, over=False)
            except FileExistsError:
                continue
            return path
    except OSError as refused:
        raise FileNotWritten(refused.strerror or "") from refused
    raise FileNotWritten(os.strerror(errno.EEXIST))


def _put(path: Path, content: bytes, over: bool) -> None:
    """A fresh file beside the wanted one, brought to the disk, then given its name."""
    if path.is_dir():  # told apart here: the name of «.» is nothing that a fresh file could stand beside
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not over and path.exists():
        raise FileExistsError
    fresh = path.with_name(f".{secrets.token_hex(8)}.part")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with open(handle, "wb") as out:
            out.write(content)
            out.flush()
            os.fsync(out.fileno())
        os.replace(fresh, path)
    finally:
        fresh.unlink(missing_ok=True)

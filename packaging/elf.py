"""Programs and libraries of Linux, told by their first bytes."""

from __future__ import annotations

from pathlib import Path

ELF = b"\x7fELF"


def binaries(folder: Path) -> list[Path]:
    """Every program and library in there."""
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as opened:
                if opened.read(4) == ELF:
                    found.append(path)
    return found

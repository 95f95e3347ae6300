"""A terminal for tests of the command line: what was called, what it left, on a vault of six invented people."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PASSPHRASE = "the heron sings at dusk"


@dataclass
class Ran:
    """What a command left: its exit code, its data, and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


def to(vault: Path) -> list[str]:
    """The options that name the vault and take the passphrase from what is typed."""
    return ["--vault", str(vault), "--passphrase-file", "-"]


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, to see that nothing was touched."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

"""Where the files that the build made are found: the same place in a checkout, a wheel and a frozen program."""

from __future__ import annotations

from pathlib import Path


def folder(name: str) -> Path:
    """The folder `name` of aftercare._built: forms, i18n, icons, fonts, style, codes, instruments, rules, words."""
    return Path(__file__).parent / "_built" / name


def path(kind: str, name: str) -> Path:
    return folder(kind) / name


def read_text(kind: str, name: str) -> str:
    return path(kind, name).read_text(encoding="utf-8")

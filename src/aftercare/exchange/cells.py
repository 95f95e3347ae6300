"""Cells of tables that leave the program: nothing in them is ever taken for a formula by whoever opens them."""

from __future__ import annotations

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def defused(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would compute it (CWE-1236)."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text

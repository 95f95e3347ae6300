"""Cells of tables that leave the program: nothing in them is ever taken for a formula by whoever opens them."""

from __future__ import annotations

# also as East Asian keyboards write them: spreadsheets of those countries compute them alike
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\r", "\n")


def defused(text: str) -> str:
    """The text, with an apostrophe in front where a spreadsheet would compute it (CWE-1236)."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text

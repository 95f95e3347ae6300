"""TOML that somebody else wrote, read without letting it take time and memory that its size does not tell.

The parser of the standard library keeps every beginning of a dotted key: 60 KB of dots would fill gigabytes.
"""

from __future__ import annotations

from typing import Any

_MOST_DOTS = 200  # in one line; a key cannot go over two


def tables_of(content: bytes) -> dict[str, Any]:
    """What the text says; ValueError where it is no TOML that we read, whatever is wrong with it."""
    import tomllib  # most computers have no such file, and the window does not wait for a parser

    text = content.decode("utf-8-sig")
    if any(line.count(".") > _MOST_DOTS for line in text.splitlines()):
        raise ValueError("too many dots in a line")
    try:
        return tomllib.loads(text)
    except RecursionError as nested:
        raise ValueError("nested too deep") from nested

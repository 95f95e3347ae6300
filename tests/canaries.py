"""Words that stand in every text of the records, and a search for them in everything that lies on a disk."""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from sqlalchemy import Engine, String, text

from aftercare.records.base import Base

MARK = "Zyqnarveth"  # no word of any language, so that no chance finds it

# what the program reads as a code, a rule or a key, and what triggers keep from being changed; nobody types these
_NOT_TYPED = {"form", "about", "action", "kind", "repeat", "may_sign", "login_name", "state"}
_KEPT_TABLES = {"audit_entry", "change", "request", "setting", "vault_mark", "alembic_version", "label", "staff"}
_SHORTEST = 60  # shorter texts are codes
_STREAM = re.compile(rb"\x78[\x01\x5e\x9c\xda]|\x1f\x8b\x08|PK\x03\x04")
_MOST_INFLATED = 8 << 20


def mark_every_text(engine: Engine) -> int:
    """Put the mark and the name of its place behind every text that somebody may have typed; how many places."""
    places = 0
    with engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                length = getattr(column.type, "length", None)
                is_text = type(column.type) is String and (length is None or length >= _SHORTEST)
                if not is_text or column.name in _NOT_TYPED or table.name in _KEPT_TABLES or column.primary_key:
                    continue
                done = connection.execute(
                    text(f'UPDATE "{table.name}" SET "{column.name}" = "{column.name}" || :mark'),
                    {"mark": f" {MARK} {table.name} {column.name}"},
                )
                places += done.rowcount > 0
    return places


Spelling = tuple[str, Callable[[bytes], bool]]


def spellings(secret: bytes) -> list[bytes]:
    """How a text or a key may be written: as it is, in UTF-16, base64 at each offset, hex."""
    found = {secret, secret.hex().encode(), secret.hex().upper().encode()}
    for plain in (secret, *_wide(secret)):
        found.add(plain)
        for offset in range(3):
            whole = base64.b64encode(bytes(offset) + plain)
            inner = whole[4 if offset else 0 : -4]  # the ends depend on what stands beside it
            found |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return sorted(found)


def _wide(secret: bytes) -> tuple[bytes, ...]:
    try:
        words = secret.decode("ascii")
    except UnicodeDecodeError:
        return ()
    return tuple(words.encode(name) for name in ("utf-16-le", "utf-16-be", "utf-32-le"))


def finder(secrets: Iterable[bytes]) -> Callable[[bytes], bool]:
    """Whether a content holds one of these, in any spelling and in any case, also inside what is compressed."""
    pattern = re.compile(b"|".join(re.escape(each) for secret in secrets for each in spellings(secret)), re.IGNORECASE)

    def holds(content: bytes) -> bool:
        return any(pattern.search(part) for part in (content, *_inflated(content)))

    return holds


def _inflated(content: bytes) -> Iterator[bytes]:
    """What zlib, gzip and zip streams anywhere in it hold."""
    for found in _STREAM.finditer(content):
        at, kind = found.start(), found.group()
        if kind.startswith(b"PK"):
            names = int.from_bytes(content[at + 26 : at + 28], "little") + int.from_bytes(
                content[at + 28 : at + 30], "little"
            )
            at, bits = at + 30 + names, -zlib.MAX_WBITS
        else:
            bits = zlib.MAX_WBITS | (16 if kind.startswith(b"\x1f") else 0)
        try:
            plain = zlib.decompressobj(bits).decompress(content[at:], _MOST_INFLATED)
        except zlib.error:
            continue
        if len(plain) > 8:
            yield plain


def files_that_hold(secrets: Iterable[bytes], files: Iterable[Path]) -> tuple[list[Path], int]:
    """Those of the files (also those whose own name gives it away), and how many were searched."""
    holds, told, searched = finder(secrets), [], 0
    for path in files:
        searched += 1
        if holds(str(path).encode()) or holds(path.read_bytes()):
            told.append(path)
    return told, searched

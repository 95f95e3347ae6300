"""What each page of an encrypted database is for: the tests damage one of every kind.

SQLCipher pages are decrypted here with the raw key (AES-256-CBC, the last 80 bytes are IV and MAC), and the b-trees
walked as SQLite's file format describes them. For files without a log beside them.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from aftercare.vault.cipher import PAGE_BYTES, connected

_RESERVED, _SALT = 80, 16
_KINDS = {2: "index interior", 5: "table interior", 10: "index leaf", 13: "table leaf"}


def kinds_of_pages(database: Path, digits: str) -> dict[int, str]:
    """Page number -> its kind, such as `table leaf` or `search table leaf` (a table behind the search), from 1 on."""
    encrypted = database.read_bytes()

    def page(number: int) -> bytes:
        return _plain(encrypted, number, bytes.fromhex(digits[:64]))

    count = len(encrypted) // PAGE_BYTES
    kinds = {1: "first page"}
    for name, root in _roots(database, digits):
        _walk(page, root, "search " if name.startswith("search_fts") else "", kinds)
    _free_pages(page, kinds)
    # what no tree and no list of free pages leads to continues a long row
    return {number: kinds.get(number, "overflow") for number in range(1, count + 1)}


def _plain(encrypted: bytes, number: int, key: bytes) -> bytes:
    """A page with its own offsets; the first 16 bytes of page 1 (the salt) are left as zeros."""
    whole = encrypted[(number - 1) * PAGE_BYTES : number * PAGE_BYTES]
    skipped = _SALT if number == 1 else 0
    iv = whole[-_RESERVED : -_RESERVED + 16]
    opened = Cipher(algorithms.AES(key), modes.CBC(iv)).decryptor()
    return bytes(skipped) + opened.update(whole[skipped:-_RESERVED]) + opened.finalize()


def _roots(database: Path, digits: str) -> list[tuple[str, int]]:
    connection: Any = connected(database, "mode=ro&immutable=1", digits)
    try:
        rows = connection.execute("SELECT tbl_name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall()
    finally:
        connection.close()
    return [("sqlite_master", 1), *rows]


def _number(page: bytes, at: int, size: int = 4) -> int:
    return int.from_bytes(page[at : at + size], "big")


def _walk(page: Callable[[int], bytes], number: int, owner: str, kinds: dict[int, str]) -> None:
    content, start = page(number), 100 if number == 1 else 0
    kind = _KINDS[content[start]]
    kinds.setdefault(number, owner + kind)
    if not kind.endswith("interior"):
        return
    cells = [_number(content, start + 12 + 2 * cell, 2) for cell in range(_number(content, start + 3, 2))]
    for child in (*(_number(content, cell) for cell in cells), _number(content, start + 8)):
        _walk(page, child, owner, kinds)


def _free_pages(page: Callable[[int], bytes], kinds: dict[int, str]) -> None:
    trunk = _number(page(1), 32)
    while trunk:
        content = page(trunk)
        kinds[trunk] = "free list"
        for leaf in range(_number(content, 4)):
            kinds[_number(content, 8 + 4 * leaf)] = "free page"
        trunk = _number(content, 0)

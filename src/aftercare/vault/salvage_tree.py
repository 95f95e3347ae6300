"""SQLite's b-trees, read page by page around what is missing (https://sqlite.org/fileformat2.html)."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from aftercare.vault.salvage_pages import USABLE_BYTES, Pages

Value = int | float | str | bytes | None
INDEX_INTERIOR, TABLE_INTERIOR, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13
_FIRST_HEAD = 100
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
_MOST_DEPTH = 40


class Unreadable(Exception):
    """A page, a cell or a record is not what it should be, or part of it lies on a page that is missing."""


@dataclass(slots=True)
class Read:
    """What one tree gave: its rows by rowid or the entries of an index, and whether any part of it was missing."""

    rows: dict[int, tuple[Value, ...]] = field(default_factory=dict)
    entries: list[tuple[Value, ...]] = field(default_factory=list)
    is_hurt: bool = False
    broken_rows: set[int] = field(default_factory=set)


class Trees:
    """Reads trees of one file and remembers which pages belong to one."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self.reached: set[int] = set()

    def read(self, root: int) -> Read:
        """Everything below a root that can be read."""
        found = Read()
        self._walk(root, found, 0)
        return found

    def _walk(self, number: int, found: Read, depth: int) -> None:
        if number in self.reached or depth > _MOST_DEPTH:
            found.is_hurt = True
            return
        page = self._pages.get(number)
        if page is None:
            self.reached.add(number)
            found.is_hurt = True
            return
        kind = kind_of(page, number)
        if kind not in (INDEX_INTERIOR, TABLE_INTERIOR, INDEX_LEAF, TABLE_LEAF):
            found.is_hurt = True
            return
        self.reached.add(number)
        try:
            if kind in (INDEX_LEAF, TABLE_LEAF):
                self.read_leaf(number, found)
                return
            for child, entry_at in _children(page, number):
                self._walk(child, found, depth + 1)
                if kind == INDEX_INTERIOR and entry_at:
                    self._read_entry(page, entry_at, found)
        except (Unreadable, IndexError, struct.error):
            found.is_hurt = True

    def read_leaf(self, number: int, found: Read) -> None:
        """The rows or entries of one leaf; what runs over onto a missing page is left out, and counted."""
        page = self._pages.get(number)
        if page is None:
            raise Unreadable
        is_table = kind_of(page, number) == TABLE_LEAF
        for at in _cells(page, number, 8):
            if is_table:
                self._read_row(page, at, found)
            else:
                self._read_entry(page, at, found)

    def _read_row(self, page: bytes, at: int, found: Read) -> None:
        size, at = varint(page, at)
        rowid, at = varint(page, at)
        rowid = rowid - (1 << 64) if rowid >> 63 else rowid
        try:
            found.rows[rowid] = record(self._payload(page, at, size, USABLE_BYTES - 35))
        except (Unreadable, IndexError, struct.error, UnicodeDecodeError):
            found.broken_rows.add(rowid)

    def _read_entry(self, page: bytes, at: int, found: Read) -> None:
        size, at = varint(page, at)
        try:
            most = (USABLE_BYTES - 12) * 64 // 255 - 23
            found.entries.append(record(self._payload(page, at, size, most)))
        except (Unreadable, IndexError, struct.error, UnicodeDecodeError):
            found.is_hurt = True

    def _payload(self, page: bytes, at: int, size: int, most: int) -> bytes:
        """A record as a whole, with what runs over onto further pages."""
        if size <= most:
            return _exactly(page[at : at + size], size)
        least = (USABLE_BYTES - 12) * 32 // 255 - 23
        local = least + (size - least) % (USABLE_BYTES - 4)
        local = local if local <= most else least
        parts, left = [_exactly(page[at : at + local], local)], size - local
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        chain = []
        while left > 0 and following:
            chain.append(following)
            more = self._pages.get(following)
            if more is None or len(chain) > self._pages.count:
                self.reached.update(chain)
                raise Unreadable
            parts.append(more[4 : 4 + min(left, USABLE_BYTES - 4)])
            left -= len(parts[-1])
            following = int.from_bytes(more[:4], "big")
        self.reached.update(chain)
        return _exactly(b"".join(parts), size)

    def reach_free(self, first_trunk: int) -> None:
        """Mark the pages that belong to nothing."""
        trunk = first_trunk
        while trunk and trunk not in self.reached:
            self.reached.add(trunk)
            page = self._pages.get(trunk)
            if page is None:
                return
            trunk, count = struct.unpack_from(">II", page)
            count = min(count, (USABLE_BYTES - 8) // 4)
            self.reached.update(struct.unpack_from(f">{count}I", page, 8))

    def orphan_leaves(self) -> Iterator[int]:
        """Sound leaves of tables that no tree leads to any more."""
        for number in range(1, self._pages.count + 1):
            if number not in self.reached:
                page = self._pages.get(number)
                if page is not None and kind_of(page, number) == TABLE_LEAF:
                    yield number


# --- bytes -------------------------------------------------------------------------------------------------------


def kind_of(page: bytes, number: int) -> int:
    return page[_FIRST_HEAD if number == 1 else 0]


def _cells(page: bytes, number: int, head_bytes: int) -> tuple[int, ...]:
    head = _FIRST_HEAD if number == 1 else 0
    (count,) = struct.unpack_from(">H", page, head + 3)
    if head + head_bytes + 2 * count > USABLE_BYTES:
        raise Unreadable
    return struct.unpack_from(f">{count}H", page, head + head_bytes)


def _children(page: bytes, number: int) -> Iterator[tuple[int, int]]:
    """Each child, and where the entry after it begins (0: after the last there is none)."""
    for at in _cells(page, number, 12):
        yield int.from_bytes(page[at : at + 4], "big"), at + 4
    head = _FIRST_HEAD if number == 1 else 0
    yield int.from_bytes(page[head + 8 : head + 12], "big"), 0


def _exactly(content: bytes, size: int) -> bytes:
    if len(content) != size:
        raise Unreadable
    return content


def varint(content: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next begins."""
    value = 0
    for length in range(8):
        byte = content[at + length]
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            return value, at + length + 1
    return value << 8 | content[at + 8], at + 9


def record(content: bytes) -> tuple[Value, ...]:
    """The values of a row or an entry."""
    head_bytes, at = varint(content, 0)
    body = head_bytes
    values: list[Value] = []
    while at < head_bytes:
        serial, at = varint(content, at)
        value, body = _value(content, serial, body)
        values.append(value)
    if body != len(content):
        raise Unreadable
    return tuple(values)


def _value(content: bytes, serial: int, at: int) -> tuple[Value, int]:
    if serial in _INTEGER_BYTES:
        end = at + _INTEGER_BYTES[serial]
        return int.from_bytes(content[at:end], "big", signed=True), end
    if serial >= 12:
        end = at + (serial - 12) // 2
        part = _exactly(content[at:end], end - at)
        return (part.decode("utf-8") if serial % 2 else part), end
    fixed: dict[int, Callable[[], tuple[Value, int]]] = {
        0: lambda: (None, at),
        7: lambda: (struct.unpack_from(">d", content, at)[0], at + 8),
        8: lambda: (0, at),
        9: lambda: (1, at),
    }
    if serial not in fixed:
        raise Unreadable
    return fixed[serial]()

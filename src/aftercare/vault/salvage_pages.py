"""The pages of an encrypted database one by one: a page that was damaged is missing, and no other is.

Read without the cipher, which hands out zeros for everything after a bad page. The file and its log are only read.
"""

from __future__ import annotations

import struct
from contextlib import ExitStack
from functools import lru_cache
from types import TracebackType
from typing import BinaryIO

from aftercare.vault import crypto
from aftercare.vault.cipher import PAGE_BYTES, PLAIN_START
from aftercare.vault.files import Layout, explained

RESERVED_BYTES = 80
USABLE_BYTES = PAGE_BYTES - RESERVED_BYTES
_LOG_MAGIC = (0x377F0682, 0x377F0683)
_LOG_HEAD = struct.Struct(">8I")
_FRAME_HEAD = struct.Struct(">6I")
_CACHED_PAGES = 4096


class Pages:
    """Pages by number, from 1; `bad` are those that were asked for and are not as they were written."""

    def __init__(self, layout: Layout, raw_database_key: str) -> None:
        salt = bytes.fromhex(raw_database_key[64:])
        self._key = bytes.fromhex(raw_database_key[:64])
        self._mac_key = crypto.page_mac_key(self._key, salt)
        self._salt = salt
        self._closing = ExitStack()
        self.bad: set[int] = set()
        self.log_is_damaged = False
        with explained():
            self._file: BinaryIO = self._closing.enter_context(layout.database.open("rb"))
            self.count = self._file.seek(0, 2) // PAGE_BYTES
            self._in_log: dict[int, bytes] = {}
            if layout.write_ahead_log.exists():
                with layout.write_ahead_log.open("rb") as log:
                    self._read_log(log)
        self.get = lru_cache(_CACHED_PAGES)(self._get)

    def _get(self, number: int) -> bytes | None:
        """The page without its reserved end; None where it is damaged or beyond the end."""
        if not 1 <= number <= self.count:
            return None
        sealed = self._in_log.get(number)
        if sealed is None:
            with explained():
                self._file.seek((number - 1) * PAGE_BYTES)
                sealed = self._file.read(PAGE_BYTES)
        plain = self._opened(number, sealed)
        if plain is None:
            self.bad.add(number)
        return plain

    def _opened(self, number: int, sealed: bytes) -> bytes | None:
        if len(sealed) != PAGE_BYTES:
            return None
        is_first = number == 1
        if is_first and sealed[: len(self._salt)] != self._salt:
            return None
        try:
            plain = crypto.open_page(self._key, self._mac_key, number, sealed[len(self._salt) if is_first else 0 :])
        except crypto.DoesNotOpen:
            return None
        return PLAIN_START + plain if is_first else plain

    def _read_log(self, log: BinaryIO) -> None:
        """What was committed but not moved into the file yet; each frame is proved by the page's own MAC."""
        head = log.read(_LOG_HEAD.size)
        if not head:
            return
        if len(head) < _LOG_HEAD.size or _LOG_HEAD.unpack(head)[0] not in _LOG_MAGIC:
            self.log_is_damaged = True
            return
        salts = _LOG_HEAD.unpack(head)[4:6]
        waiting: dict[int, bytes] = {}
        while len(frame := log.read(_FRAME_HEAD.size)) == _FRAME_HEAD.size:
            number, size_after, *rest = _FRAME_HEAD.unpack(frame)
            page = log.read(PAGE_BYTES)
            if tuple(rest[:2]) != salts or len(page) < PAGE_BYTES:
                return  # what an earlier round of the log left
            if self._opened(number, page) is None:
                self.log_is_damaged = True
                return
            waiting[number] = page
            if size_after:
                self._in_log.update(waiting)
                self.count = size_after
                waiting.clear()

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.get.cache_clear()
        self._closing.close()

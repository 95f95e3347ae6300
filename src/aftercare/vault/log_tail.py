"""Whether the write-ahead log that a crash left was damaged since: SQLite takes a bad frame for the end, silently.

Each transaction is on the disk before the next one is written. So a frame that is bad may be the torn end of a
transaction that nobody was told of; but where frames of a later transaction follow, it had been acknowledged.
The frame headers and their sums lie open beside the encrypted pages (SQLite's file format, chapter 4).
"""

from __future__ import annotations

import struct
from pathlib import Path

from aftercare.vault.cipher import PAGE_BYTES
from aftercare.vault.files import explained

_HEADER = struct.Struct(">8I")  # magic, format, page size, checkpoint, two salts, two sums
_FRAME = struct.Struct(">6I")  # page, size of the database after a commit (0 within one), two salts, two sums
_MAGIC = 0x377F0682
_WORDS = 0xFFFFFFFF


def acknowledged_frames_are_bad(log: Path) -> bool:
    """Whether a damaged frame hides transactions that had been saved."""
    with explained():
        content = log.read_bytes() if log.exists() else b""
    if len(content) < _HEADER.size + _FRAME.size:
        return False
    magic, _, page_bytes, _, salt, other_salt, *head_sums = _HEADER.unpack_from(content)
    order = ">" if magic & 1 else "<"
    sums = _summed(order, (0, 0), content[: _HEADER.size - 8])
    frames = _frames(content)
    if magic & ~1 != _MAGIC or page_bytes != PAGE_BYTES or list(sums) != head_sums:
        # it fits into one sector, so no power cut tears it; behind more than one transaction the first was saved
        return sum(bool(size) for _, size, _, _ in frames) > 1
    for at, _, salts, told in frames:
        good = salts == (salt, other_salt)
        if good:
            sums = _summed(order, sums, content[at : at + 8], content[at + _FRAME.size : at + _FRAME.size + PAGE_BYTES])
            good = sums == told
        if not good:
            return _goes_on_after(frames, at, (salt, other_salt))
    return False


def _frames(content: bytes) -> list[tuple[int, int, tuple[int, int], tuple[int, int]]]:
    """Place, size after commit, salts and sums of each whole frame."""
    step = _FRAME.size + PAGE_BYTES
    found = []
    for at in range(_HEADER.size, len(content) - step + 1, step):
        _, size, salt, other_salt, one, two = _FRAME.unpack_from(content, at)
        found.append((at, size, (salt, other_salt), (one, two)))
    return found


def _goes_on_after(
    frames: list[tuple[int, int, tuple[int, int], tuple[int, int]]], bad: int, salts: tuple[int, int]
) -> bool:
    """Whether another transaction of this log follows the one with the bad frame."""
    ended = False
    for at, size, found, _ in frames:
        if at < bad or (found != salts and at != bad):
            continue
        if ended:
            return True
        ended = bool(size)
    return False


def _summed(order: str, sums: tuple[int, int], *parts: bytes) -> tuple[int, int]:
    """SQLite's sum over pairs of words, going on from an earlier one."""
    one, two = sums
    for part in parts:
        words = struct.unpack(f"{order}{len(part) // 4}I", part)
        for first, second in zip(words[::2], words[1::2], strict=True):
            one = (one + first + two) & _WORDS
            two = (two + second + one) & _WORDS
    return one, two

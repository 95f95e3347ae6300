"""Two copies of the header, written in turn: whatever happens to one, the other is whole.

A copy that is torn or rotten is known by its checksum and made new from the other at the next write. A change of keys
is written to both at once, so that no earlier copy keeps a slot that was taken away.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from aftercare.domain.errors import HeaderDamaged, HeaderNewer, VaultMissing
from aftercare.vault.files import Layout, explained, unusable, write_whole
from aftercare.vault.header import MOST_BYTES, Header, decode, encode


@dataclass(frozen=True, slots=True)
class HeaderRead:
    """The newest readable copy, and whether the other one was missing, damaged or unlike it in its keys."""

    header: Header
    one_is_damaged: bool


def _read(path: Path) -> Header | None:
    """The header of one copy; None where it is damaged."""
    try:
        with path.open("rb") as copy:
            content = copy.read(MOST_BYTES + 1)
    except OSError as refused:
        raise unusable(refused) from refused
    try:
        return decode(content)
    except HeaderDamaged:
        return None


def read_headers(layout: Layout) -> HeaderRead:
    """The newest copy; raises `VaultMissing` without any, `HeaderDamaged` without a readable one, `HeaderNewer`.

    `FolderClosed` where another user of this computer keeps them: what may not be looked at is neither missing nor bad.
    """
    try:
        there = [path for path in layout.headers if path.exists()]
    except OSError as refused:
        raise unusable(refused) from refused
    return _newest(there)


def _newest(there: list[Path]) -> HeaderRead:
    if not there:
        raise VaultMissing
    newer: HeaderNewer | None = None
    found: list[Header] = []
    for path in there:
        try:
            header = _read(path)
        except HeaderNewer as problem:
            newer = problem
            continue
        if header is not None:
            found.append(header)
    if newer is not None:
        raise newer
    if not found:
        raise HeaderDamaged
    newest = max(found, key=lambda header: header.sequence)
    return HeaderRead(newest, one_is_damaged=len(found) < 2 or not _follow(*found))


def _follow(one: Header, other: Header) -> bool:
    """Whether two copies can be neighbours in one history."""
    return (
        one.vault_id == other.vault_id
        and one.generation == other.generation
        and one.slots == other.slots
        and abs(one.sequence - other.sequence) == 1
    )


def write_in_turn(layout: Layout, header: Header) -> None:
    """Write the copy whose turn it is: odd sequences to the first, even ones to the second."""
    with explained():
        write_whole(layout.headers[0 if header.sequence % 2 else 1], encode(header))

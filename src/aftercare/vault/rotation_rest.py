"""What a crash in the middle of a rotation left, found at the next opening: brought to its end, or taken back.

While the file of the records is replaced, the header opens both the file before and the one after
(`Inner.before_rotation`). Which of the two is in place tells how far it came.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import Any

from aftercare.domain.errors import Problem
from aftercare.vault import crypto, slots
from aftercare.vault.cipher import connected, explained_by_driver, load_cipher, look, raw_key
from aftercare.vault.crypto import Purpose
from aftercare.vault.files import Layout, explained, sync_folder
from aftercare.vault.header import Anchor
from aftercare.vault.header_inner import BeforeRotation
from aftercare.vault.opened import Unlocked


@dataclass(frozen=True, slots=True)
class PendingRotation:
    """A header that still names the key before."""

    layout: Layout
    unlocked: Unlocked
    before: BeforeRotation

    @classmethod
    def of(cls, layout: Layout, unlocked: Unlocked) -> PendingRotation | None:
        """The rotation that this header has not finished; None: there is none."""
        before = unlocked.inner.before_rotation
        return None if before is None else cls(layout, unlocked, before)

    def finished(self) -> Unlocked:
        """What opens the records in place: under the new key where that can be had, else under the one before.

        The new file is put in place only if it is exactly what was made, and nothing was saved since in the old one.
        """
        if self._opens(self.layout.database.name, self.unlocked.raw_database_key) is not None:
            self._make_durable()
            return self.unlocked
        old = self._opens(self.layout.database.name, self._key_before)
        new = self._opens(self.layout.rotated.name, self.unlocked.raw_database_key)
        if old == _marks(self.before.anchor) and new == _marks(self.unlocked.inner.anchor):
            with explained():
                drop_log(self.layout)
                os.replace(self.layout.rotated, self.layout.database)
            self._make_durable()
            return self.unlocked
        return self._taken_back()

    @property
    def _key_before(self) -> str:
        return raw_key(crypto.derived_key(self.before.data_key, Purpose.DATABASE), self.before.database_salt)

    def _make_durable(self) -> None:
        with explained():
            sync_folder(self.layout.folder)

    def _opens(self, name: str, digits: str) -> tuple[int, int, str] | None:
        """The marks of a file that this key opens; None where it is not there or does not open."""
        try:
            connection: Any = (
                look(self.layout, digits)
                if name == self.layout.database.name
                else connected(self.layout.folder / name, "mode=ro&immutable=1", digits)
            )
        except (Problem, load_cipher().Error):
            return None
        try:
            with explained_by_driver():
                return marks_of(connection)
        finally:
            connection.close()

    def _taken_back(self) -> Unlocked:
        """The key before for everybody who has a slot now: whoever was removed since stays outside."""
        now = self.unlocked
        inner = replace(
            now.inner,
            audit_epochs=now.inner.audit_epochs[:-1],
            anchor=self.before.anchor,
            before_rotation=None,
        )
        header = replace(now.header, database_salt=self.before.database_salt)
        return Unlocked(slots.rotated(header, inner, self.before.data_key), inner, self.before.data_key)


def _marks(anchor: Anchor) -> tuple[int, int, str]:
    return anchor.commits, anchor.audit_seq, anchor.audit_mac.hex()


def marks_of(connection: Any) -> tuple[int, int, str]:
    """How many transactions these records saw, and the head of their log."""
    commits = connection.execute("SELECT commits FROM vault_mark WHERE id = 1").fetchone()
    head = connection.execute("SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    return int(commits[0]), int(head[0]), bytes(head[1]).hex()


def drop_log(layout: Layout) -> None:
    """Take away what lies beside a file that is to be replaced: a log of other records would destroy the new ones."""
    for left in (layout.write_ahead_log, layout.shared_memory):
        left.unlink(missing_ok=True)


def forget_copy(layout: Layout) -> None:
    """Throw away a copy under a new key that nothing needs (any more)."""
    with explained():
        for left in (
            layout.rotated,
            *(layout.rotated.with_name(layout.rotated.name + end) for end in ("-wal", "-shm")),
        ):
            left.unlink(missing_ok=True)

"""An open vault: the engine, the log, and the header that follows them until it is closed."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Bug, Problem
from aftercare.vault import crypto
from aftercare.vault.audit import AuditChain
from aftercare.vault.cipher import explained_by_driver, raw_key
from aftercare.vault.crypto import Purpose
from aftercare.vault.engine import count_commits, make_engine
from aftercare.vault.files import Layout, keep_reserve, release_reserve
from aftercare.vault.header import Anchor, Header, Inner, completed
from aftercare.vault.header_files import write_in_turn
from aftercare.vault.lock import FolderLock

ANCHOR_EVERY_COMMITS = 200


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a passphrase gave: the header that it opened, and the data key."""

    header: Header
    inner: Inner
    data_key: bytes = field(repr=False)

    @property
    def raw_database_key(self) -> str:
        return raw_key(crypto.derived_key(self.data_key, Purpose.DATABASE), self.header.database_salt)


class OpenVault:
    """One open vault in this process; `close` it, or use it as a context.

    The header's anchor follows the records at close, and in between every few hundred commits: not at each one, because
    it costs two fsyncs. A connection is handed out by `engine`; there is exactly one.
    """

    def __init__(
        self, layout: Layout, lock: FolderLock, unlocked: Unlocked, account_id: UUID, clock: Clock, *, creating: bool
    ) -> None:
        self._layout = layout
        self._lock = lock
        self._unlocked = unlocked
        self._clock = clock
        self._anchored_commits = unlocked.inner.anchor.commits
        self._closed = False
        self._working = False
        self.account_id = account_id
        self.opened_warnings: tuple[Problem, ...] = ()
        self.engine: Engine = make_engine(
            layout.database, unlocked.raw_database_key, on_disk_full=self.release_reserve, creating=creating
        )
        self.audit = AuditChain(self.engine, unlocked.inner.audit_epochs, unlocked.inner.anchor)

    @property
    def folder(self) -> Path:
        return self._layout.folder

    @property
    def vault_id(self) -> UUID:
        return self._unlocked.header.vault_id

    @property
    def training(self) -> bool:
        return self._unlocked.header.training

    @property
    def unlocked(self) -> Unlocked:
        """Keys and header as they were written last."""
        return self._unlocked

    @property
    def accounts(self) -> frozenset[UUID]:
        """The staff ids that have a slot of their own."""
        return frozenset(owner.account for owner in self._unlocked.inner.owners if owner.account)

    def key_for(self, purpose: Purpose) -> bytes:
        """The key for drafts or backups; never for the database or the header."""
        if purpose not in (Purpose.DRAFTS, Purpose.BACKUP):
            raise Bug("the keys of the database, the header and the log stay inside")
        return crypto.derived_key(self._unlocked.data_key, purpose)

    # --- following the records -----------------------------------------------------------------------------------

    def start_work(self) -> None:
        """Count commits and follow them; once the records have their form."""
        self._working = True
        count_commits(self.engine)
        event.listen(self.engine, "checkin", self._anchor_now_and_then)
        keep_reserve(self._layout.reserve)

    def write_anchor(self) -> None:
        """Write into the header what the records are now, then tell the records which header knows them.

        In this order: a crash between leaves a header that is newer than the records' mark, which is no trouble.
        """
        connection = self.engine.raw_connection()
        try:
            self._anchor_through(connection.driver_connection)
        finally:
            connection.close()

    def _anchor_through(self, driver: Any) -> None:
        commits = _commits(driver)
        head = self.audit.head_in_records(driver)
        anchor = Anchor(commits, head.seq, head.mac, head.next_key)
        self._write_header(replace(self._unlocked.inner, anchor=anchor))
        self.audit.anchored_at(head)
        self._anchored_commits = commits
        with explained_by_driver():
            driver.execute("UPDATE vault_mark SET header_sequence = ?", (self._unlocked.header.sequence,))

    def _write_header(self, inner: Inner) -> None:
        header = completed(self._unlocked.header, inner, self._unlocked.data_key)
        write_in_turn(self._layout, header)
        self._unlocked = replace(self._unlocked, header=header, inner=inner)

    def write_keys(self, header: Header, inner: Inner) -> None:
        """Write changed slots to both copies, so that no copy keeps a slot that was taken away."""
        self._unlocked = replace(self._unlocked, header=header)
        self._write_header(inner)
        self._write_header(inner)

    def _anchor_now_and_then(self, driver: Any, record: object) -> None:
        """At the end of a transaction; a disk that refuses the header now is asked again after the next one."""
        if driver is None or self._closed:
            return
        with contextlib.suppress(Problem):
            if _commits(driver) - self._anchored_commits >= ANCHOR_EVERY_COMMITS:
                self._anchor_through(driver)

    # --- ending --------------------------------------------------------------------------------------------------

    def release_reserve(self) -> None:
        """Give the reserved room back, so that deleting and saving work once more on a full disk."""
        release_reserve(self._layout.reserve)

    def checkpoint(self) -> None:
        """Move the log into the file and empty it."""
        connection = self.engine.raw_connection()
        try:
            with explained_by_driver():
                connection.driver_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # type: ignore[union-attr]
        finally:
            connection.close()

    def close(self) -> None:
        """Anchor, checkpoint, forget the connection, let others in; a second time does nothing."""
        if self._closed:
            return
        try:
            if self._working:
                with contextlib.suppress(Problem):  # a full or failing disk must not keep the vault open
                    self.write_anchor()
                    self.checkpoint()
        finally:
            self._closed = True
            self.engine.dispose()
            self._lock.release()

    def __enter__(self) -> OpenVault:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _commits(driver: Any) -> int:
    with explained_by_driver():
        return int(driver.execute("SELECT commits FROM vault_mark").fetchone()[0])

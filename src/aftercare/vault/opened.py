"""An open vault: the engine, the log, and the header that follows them until it is closed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any
from uuid import UUID

from sqlalchemy import Engine, event, update
from sqlalchemy.orm import Session, SessionTransaction

from aftercare.domain.clock import Clock
from aftercare.domain.errors import Bug, DiskFull, Problem, VaultInUse
from aftercare.records.audit import VAULT_MARK
from aftercare.vault import crypto
from aftercare.vault.at_rest import sum_at_rest
from aftercare.vault.audit import AuditChain, AuditEvent
from aftercare.vault.cipher import explained_by_driver, raw_key
from aftercare.vault.crypto import Purpose
from aftercare.vault.engine import EngineAhead, count_commits, make_engine
from aftercare.vault.files import Layout, explained, keep_reserve, release_reserve
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
        self,
        layout: Layout,
        lock: FolderLock,
        unlocked: Unlocked,
        account_id: UUID,
        clock: Clock,
        *,
        creating: bool,
        ahead: EngineAhead | None = None,
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
        self.copying = Lock()
        """Held by whoever copies the file of the records: it must not be replaced under their hands."""
        self.forgetting = Lock()
        """Held by whoever follows a deletion into the file and the backups: two would do it twice."""
        self.engine: Engine = make_engine(
            layout.database,
            lambda: self._unlocked.raw_database_key,
            on_disk_full=self.release_reserve,
            creating=creating,
            ahead=ahead,
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
    def clock(self) -> Clock:
        return self._clock

    @property
    def unlocked(self) -> Unlocked:
        """Keys and header as they were written last."""
        return self._unlocked

    @property
    def accounts(self) -> frozenset[UUID]:
        """The staff ids that have a slot: their own, or one for a one-time code."""
        return frozenset(owner.account for owner in self._unlocked.inner.owners if owner.account)

    def key_for(self, purpose: Purpose) -> bytes:
        """The key for drafts or backups; never for the database or the header."""
        if purpose not in (Purpose.DRAFTS, Purpose.BACKUP):
            raise Bug("the keys of the database, the header and the log stay inside")
        return crypto.derived_key(self._unlocked.data_key, purpose)

    # --- following the records -----------------------------------------------------------------------------------

    def take_up(self) -> None:
        """Say in the header that somebody works, before anything is written to the records."""
        if not self._unlocked.inner.at_rest:
            return
        try:
            self._write_header(self._unlocked.inner)
        except DiskFull:
            self.release_reserve()  # a full disk must not keep people from deleting
            self._write_header(self._unlocked.inner)

    def start_work(self) -> None:
        """Count commits and follow them; once the records have their form."""
        self.take_up()
        self._working = True
        count_commits(self.engine)
        event.listen(self.engine, "checkin", self._anchor_now_and_then)
        keep_reserve(self._layout.reserve)

    def write_anchor(self, *, told_of_cut: bool = False) -> None:
        """Write into the header what the records are now, then tell the records which header knows them.

        In this order: a crash between leaves a header that is newer than the records' mark, which is no trouble. A log
        that is shorter than the header knows is taken for the whole only when somebody was told of it.
        """
        connection = self.engine.raw_connection()
        try:
            self._anchor_through(connection.driver_connection, told_of_cut=told_of_cut)
        finally:
            connection.close()

    def _anchor_through(self, driver: Any, *, told_of_cut: bool = False) -> None:
        commits = _commits(driver)
        head = self.audit.head_in_records(driver)
        anchor = Anchor(commits, head.seq, head.mac, head.next_key)
        known = self._unlocked.inner.anchor
        if head.seq < known.audit_seq and not told_of_cut:
            self._write_header(replace(self._unlocked.inner, anchor=replace(known, commits=commits)))
            self._anchored_commits = commits
            return
        # what is committed by now is told in the log
        self._write_header(replace(self._unlocked.inner, anchor=anchor, key_change=None))
        self.audit.anchored_at(head)
        self._anchored_commits = commits
        with explained_by_driver():
            driver.execute("UPDATE vault_mark SET header_sequence = ?", (self._unlocked.header.sequence,))

    def _write_header(self, inner: Inner, at_rest: bytes = b"") -> None:
        inner = replace(inner, at_rest=at_rest)
        header = completed(self._unlocked.header, inner, self._unlocked.data_key)
        write_in_turn(self._layout, header)
        self._unlocked = replace(self._unlocked, header=header, inner=inner)

    def write_keys(self, header: Header, inner: Inner) -> None:
        """Write changed slots to both copies, so that no copy keeps a slot that was taken away.

        Where the first cannot be written nothing is changed. Where only the second cannot, the change stands: the
        first is the newer copy, and the other is made new from it at the next write or the next opening.
        """
        before = self._unlocked
        self._unlocked = replace(before, header=header)
        try:
            self._write_header(inner)
        except BaseException:
            self._unlocked = before
            raise
        with contextlib.suppress(Problem):
            self._write_header(inner)

    def write_keys_with(self, session: Session, header: Header, inner: Inner) -> None:
        """Write changed slots within a transaction of the records, and put them back should it fail.

        The last thing before the commit: a header that cannot be written leaves the records alone, a commit that fails
        leaves the header as it was. Only a crash between the two leaves slots that the log does not tell of; the next
        opening finds that out by `Inner.key_change` (`untold_key_change`).
        """
        before = self._unlocked
        self.write_keys(header, inner)
        session.execute(update(VAULT_MARK).values(header_sequence=self._unlocked.header.sequence))
        stands = False

        def committed(_session: Session) -> None:
            nonlocal stands
            stands = True

        def put_back(_session: Session, _transaction: SessionTransaction) -> None:
            if stands:
                return
            now = self._unlocked
            with contextlib.suppress(Problem):
                self.write_keys(
                    replace(now.header, slots=before.header.slots), replace(now.inner, owners=before.inner.owners)
                )

        event.listen(session, "after_commit", committed, once=True)
        # the last change of a transaction is put back first
        event.listen(session, "after_soft_rollback", put_back, once=True, insert=True)

    def untold_key_change(self) -> AuditEvent | None:
        """A change of keys before which a crash came to the log; `write_anchor` makes an end of it."""
        change = self._unlocked.inner.key_change
        if change is None or self.audit.action_at(change.audit_seq) == change.action:
            return None
        return AuditEvent("vault.keys_changed_before_crash", "staff", change.account, change.action)

    def go_over(self, following: Unlocked, put_in_place: Callable[[], None]) -> None:
        """Close the records, have their file replaced by one under another key, and go on with that.

        The header names both keys while it happens (`Inner.before_rotation`). Raises what `put_in_place` raises, and
        goes on with the records as they were; once it has returned, the new ones stand.
        """
        before = self._unlocked
        self._let_go_of_records()
        try:
            self._unlocked = following
            self._write_header(following.inner)
            self._write_header(following.inner)
            put_in_place()
        except BaseException:
            sequence = self._unlocked.header.sequence
            self._unlocked = replace(before, header=replace(before.header, sequence=sequence))
            with contextlib.suppress(Problem):
                self.write_keys(self._unlocked.header, before.inner)
            raise
        self.audit.go_on(following.inner.audit_epochs, following.inner.anchor)
        self._anchored_commits = following.inner.anchor.commits

    def forget_key_before(self) -> None:
        """The new records are durable in their place: the header need not open the earlier ones any more."""
        self.write_keys(self._unlocked.header, replace(self._unlocked.inner, before_rotation=None))

    def _let_go_of_records(self) -> None:
        """No connection and no log is left; raises `VaultInUse` where somebody else reads beside."""
        self.checkpoint()
        self.engine.dispose()
        log = self._layout.write_ahead_log
        with explained():
            if log.exists() and log.stat().st_size:
                raise VaultInUse

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
        whole = False
        try:
            if self._working:
                with contextlib.suppress(Problem):  # a full or failing disk must not keep the vault open
                    self.write_anchor()
                    self.checkpoint()
                    whole = True
        finally:
            self._closed = True
            self.engine.dispose()
            if whole:
                with contextlib.suppress(Problem):
                    self._lay_down()
            self._lock.release()

    def give_up(self) -> None:
        """Opening failed half way: forget the connection, and seal the file again as nobody worked in it."""
        self._closed = True
        self.engine.dispose()
        if not self._unlocked.inner.at_rest:
            with contextlib.suppress(Problem):
                self._lay_down()

    def _lay_down(self) -> None:
        """Seal what the closed file is in both copies: none of them may say that somebody still works."""
        if at_rest := sum_at_rest(self._layout):
            self._write_header(self._unlocked.inner, at_rest)
            self._write_header(self._unlocked.inner, at_rest)

    def __enter__(self) -> OpenVault:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _commits(driver: Any) -> int:
    with explained_by_driver():
        return int(driver.execute("SELECT commits FROM vault_mark").fetchone()[0])

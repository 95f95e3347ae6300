"""The log of who did what: a chain of MACs under a ratcheted key, written in the transaction of the change itself.

Each entry's MAC covers its content and the MAC before it, with a key that is replaced by its hash for the next entry.
An edit, a removal, a swap or a cut names the first bad entry; a cut at the end is noticed against the anchor in the
header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, event, insert, select
from sqlalchemy.orm import Session

from aftercare.domain.errors import AuditBroken, Bug
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.records.base import Moment
from aftercare.vault import crypto
from aftercare.vault.cipher import explained_by_driver
from aftercare.vault.header import Anchor, AuditEpoch

_SEPARATOR = "\x1f"  # refused inside an entry, so that joined fields cannot be read in two ways
_AS_TEXT = Moment()
_ROWS = 5_000
# the database puts each message together: half the time of doing it here
_LINKS = """SELECT seq,
    CAST(seq || char(31) || utc || char(31) || coalesce(actor, '') || char(31) || action || char(31) || kind
        || char(31) || coalesce(object_id, '') || char(31) || reason AS BLOB),
    prev, mac FROM audit_entry WHERE seq > ? ORDER BY seq"""


@dataclass(frozen=True, slots=True)
class AuditEvent:
    """What is to be logged: codes and ids, no personal data."""

    action: str
    kind: str = ""
    object_id: UUID | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last entry of the chain and the key of the next one."""

    seq: int
    mac: bytes
    next_key: bytes = field(repr=False)


def _moment_text(utc: datetime) -> str:
    text = _AS_TEXT.process_bind_param(utc, None)  # type: ignore[arg-type]
    assert text is not None
    return text


def _message(seq: int, utc: str, actor: str, action: str, kind: str, object_id: str, reason: str) -> bytes:
    return _SEPARATOR.join((str(seq), utc, actor, action, kind, object_id, reason)).encode()


class AuditChain:
    """Appends to the log and verifies it. `epochs` come from the header, newest last."""

    def __init__(self, engine: Engine, epochs: Sequence[AuditEpoch], anchor: Anchor) -> None:
        self._engine = engine
        self._epochs = tuple(epochs)
        self._anchored = self._head_of(anchor)
        self._head: ChainHead | None = None  # what this transaction appended last
        # at begin, not only at rollback: a commit that a full disk refused is rolled back without saying so
        event.listen(engine, "begin", self._forget_head)
        event.listen(engine, "rollback_savepoint", self._forget_head)

    # --- appending -----------------------------------------------------------------------------------------------

    def append(
        self,
        transaction: Session | Connection,
        utc: datetime,
        actor: UUID | None,
        action: str,
        kind: str = "",
        object_id: UUID | None = None,
        reason: str = "",
    ) -> int:
        """Log one event in the transaction of the change; its number."""
        return self.append_many(transaction, utc, actor, (AuditEvent(action, kind, object_id, reason),))

    def append_many(
        self, transaction: Session | Connection, utc: datetime, actor: UUID | None, events: Iterable[AuditEvent]
    ) -> int:
        """Log several events in order; the number of the last."""
        connection = transaction.connection() if isinstance(transaction, Session) else transaction
        head = self._head or self.head_in_records(connection.connection.driver_connection)
        moment, actor_text = _moment_text(utc), actor.hex if actor else ""
        rows: list[dict[str, object]] = []
        for logged in events:
            if any(_SEPARATOR in text for text in (logged.action, logged.kind, logged.reason)):
                raise Bug("a log entry holds a separator")
            seq, object_text = head.seq + 1, logged.object_id.hex if logged.object_id else ""
            key = self._key_at(seq, head.next_key)
            message = _message(seq, moment, actor_text, logged.action, logged.kind, object_text, logged.reason)
            link = crypto.chained_mac(key, head.mac, message)
            rows.append(
                {
                    "seq": seq,
                    "utc": utc,
                    "actor": actor,
                    "action": logged.action,
                    "kind": logged.kind,
                    "object_id": logged.object_id,
                    "reason": logged.reason,
                    "prev": head.mac,
                    "mac": link,
                }
            )
            head = ChainHead(seq, link, crypto.ratcheted(key))
        if rows:
            connection.execute(insert(AUDIT_ENTRY), rows)
        self._head = head
        return head.seq

    def last_moment(self) -> datetime | None:
        """When the last entry was written, by the clock of that time."""
        with self._engine.connect() as connection:
            return connection.execute(select(AUDIT_ENTRY.c.utc).order_by(AUDIT_ENTRY.c.seq.desc()).limit(1)).scalar()

    def action_at(self, seq: int) -> str | None:
        """What the entry of this number tells of; None where there is none."""
        with self._engine.connect() as connection:
            found: str | None = connection.execute(
                select(AUDIT_ENTRY.c.action).where(AUDIT_ENTRY.c.seq == seq)
            ).scalar()
            return found

    def go_on(self, epochs: Sequence[AuditEpoch], anchor: Anchor) -> None:
        """The records are under another data key now: what follows is chained with the keys of these epochs."""
        self._epochs = tuple(epochs)
        self._anchored = self._head_of(anchor)
        self._head = None

    def anchored_at(self, head: ChainHead) -> None:
        """From now on the chain is counted from here; only for what is committed."""
        self._anchored = head

    def _forget_head(self, connection: Connection, *_: object) -> None:
        self._head = None

    def head_in_records(self, driver: Any) -> ChainHead:
        """The head as it stands in the records."""
        with explained_by_driver():
            last = driver.execute("SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
        if last is None:
            return self._start()
        found, mac = last
        known = self._head or self._anchored
        if known.seq > found:
            known = self._anchored if self._anchored.seq <= found else self._start()
        seq, key = known.seq, known.next_key
        while seq < found:
            seq += 1
            key = crypto.ratcheted(self._key_at(seq, key))
        return ChainHead(found, mac, key)

    def _start(self) -> ChainHead:
        return ChainHead(0, bytes(crypto.MAC_BYTES), self._epochs[0].key)

    def _head_of(self, anchor: Anchor) -> ChainHead:
        return ChainHead(anchor.audit_seq, anchor.audit_mac, anchor.audit_key) if anchor.audit_key else self._start()

    def _key_at(self, seq: int, ratcheted: bytes) -> bytes:
        """The key of entry `seq`: the ratcheted one, unless a new data key begins there."""
        return next((epoch.key for epoch in self._epochs if epoch.first_seq == seq), ratcheted)

    # --- verifying -----------------------------------------------------------------------------------------------

    def verify_tail(self) -> int:
        """Verify what was appended since the header was last written, and that nothing before was cut off.

        Unlock does this and stays fast at any age of the vault; everything older is covered by the MAC at the anchor
        only as a whole, so a change in the middle is found by `verify_all` (`aftercare verify`, and before an export).
        """
        return self._verify(self._anchored).seq

    def verify_all(self, progress: Callable[[int], None], cancelled: Callable[[], bool]) -> int:
        """Verify every entry and the anchor; the number verified. Raises `AuditBroken` with the first bad one."""
        return self._verify(self._start(), progress, cancelled).seq

    def only_ends_too_early(self) -> bool:
        """Whether the log is sound as far as it goes, and all that is amiss is that it ends before the anchor.

        So ends the log of an older copy of the records; whoever changed it by hand would have broken the chain.
        """
        with self._engine.connect() as connection, explained_by_driver():
            driver: Any = connection.connection.driver_connection
            last = int(driver.execute("SELECT coalesce(max(seq), 0) FROM audit_entry").fetchone()[0])
        if last >= self._anchored.seq:
            return False
        try:
            self._verify(self._start())
        except AuditBroken as broken:
            return broken.seq == last + 1
        return False

    def _verify(
        self,
        start: ChainHead,
        progress: Callable[[int], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> ChainHead:
        with self._engine.connect() as connection, explained_by_driver():
            driver = connection.connection.driver_connection
            assert driver is not None
            begins_at_anchor = start is self._anchored
            if begins_at_anchor:
                self._check_anchored_entry(driver)
            rows = driver.execute(_LINKS, (start.seq,))
            seq, mac, key = start.seq, start.mac, start.next_key
            turns = {epoch.first_seq: epoch.key for epoch in self._epochs}
            chained, ratcheted = crypto.chained_mac, crypto.ratcheted
            while batch := rows.fetchmany(_ROWS):
                for found, message, prev, link in batch:
                    seq += 1
                    if seq in turns:
                        key = turns[seq]
                    # an emptied field makes the whole message empty (None)
                    if found != seq or prev != mac or message is None or link != chained(key, mac, message):
                        raise AuditBroken(seq)
                    mac, key = link, ratcheted(key)
                progress(seq)
                if cancelled():
                    break
            rows.close()
            if not begins_at_anchor:  # last: the chain itself names the first bad entry, the anchor only a later one
                self._check_anchored_entry(driver)
        return ChainHead(seq, mac, key)

    def _check_anchored_entry(self, driver: Any) -> None:
        anchor = self._anchored
        if anchor.seq == 0:
            return
        found = driver.execute("SELECT mac FROM audit_entry WHERE seq = ?", (anchor.seq,)).fetchone()
        if found is None:
            last = driver.execute("SELECT coalesce(max(seq), 0) FROM audit_entry").fetchone()[0]
            raise AuditBroken(min(last, anchor.seq - 1) + 1)
        if found[0] != anchor.mac:
            raise AuditBroken(anchor.seq)

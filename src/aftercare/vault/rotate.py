"""A new data key for the whole vault: after somebody was removed, or where a key may have become known.

1. The records are copied page by page into a file beside them, under the new key. Pages, not rows: so the full-text
   index, the level and the mark of the file come along, a step can be cancelled, and progress is told.
2. The copy is proved: no bad page in what was read, the same rows, marks and log, every page whole on the disk.
3. The copy's log gets the first entry that is chained with the new key.
4. The header goes to the new key for everybody who has a slot, and remembers the key before.
5. The copy takes the place of the records, by one rename.
6. The header forgets the key before.

Until 4 a crash leaves the old records and a copy that the next opening throws away; from 4 on the header opens both
files, and the next opening finishes what was begun (`rotation_rest`). What was removed before (a slot, an old copy of
the header, a passphrase of then) leads to the old key only, and that opens nothing any more that lies here. Backups of
before hold their own header and their own key and stay as they are.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from dataclasses import replace
from typing import Any

from sqlalchemy import text

from aftercare.domain.errors import Bug, DatabaseDamaged, Problem, RotationNoRoom, RotationNotVerified
from aftercare.vault import crypto, slots
from aftercare.vault.audit import AuditChain
from aftercare.vault.backup_copy import copy_pages, facts_of, prove_sound, reading_beside
from aftercare.vault.backup_file import Facts, Progress
from aftercare.vault.cipher import connect, explained_by_driver
from aftercare.vault.crypto import Purpose
from aftercare.vault.engine import count_commits, make_engine
from aftercare.vault.files import RESERVE_BYTES, Layout, explained, sync_folder
from aftercare.vault.header import Anchor, AuditEpoch
from aftercare.vault.header_inner import BeforeRotation
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.rotation_rest import drop_log, forget_copy, marks_of

_COPIED, _PROVED = 60, 95


def rotate(vault: OpenVault, progress: Progress) -> None:
    """Give the vault a new data key; on the vault's own thread, with nothing else asked of it meanwhile.

    Raises `RotationNoRoom`, `RotationNotVerified`, what the disk says and whatever `progress` raises: then the records
    are as they were. What was shown of the vault before goes on: its engine and its log are the same objects.
    """
    layout = Layout(vault.folder)
    with vault.copying:
        vault.write_anchor()
        vault.checkpoint()
        _need_room(layout)
        try:
            forget_copy(layout)
            following = _copied(vault, layout, progress)
            vault.go_over(following, lambda: _put_in_place(layout))
        except BaseException:
            forget_copy(layout)
            raise
        _make_durable(vault, layout)
    progress(100, 100)


def _need_room(layout: Layout) -> None:
    with explained():
        needed = layout.database.stat().st_size + 2 * RESERVE_BYTES
        if shutil.disk_usage(layout.folder).free < needed:
            raise RotationNoRoom(-(-needed // 1_000_000))


def _copied(vault: OpenVault, layout: Layout, progress: Progress) -> Unlocked:
    """The copy beside the records, whole on the disk, and what opens it."""
    before = vault.unlocked
    following = _with_new_key(before)
    with reading_beside(layout.database, before.raw_database_key) as source:
        facts = facts_of(source)
        copy_pages(source, layout.rotated, following.raw_database_key, _part(progress, 0, _COPIED))
        prove_sound(source, layout.database)
        if marks_of(source) != _marks(facts) or facts.commits != before.inner.anchor.commits:
            raise Bug("the records changed while their key was")
    _make_file_durable(layout)
    progress(_COPIED, 100)
    _prove(layout, following, facts)
    progress(_PROVED, 100)
    anchor = _first_entry(vault, layout, following, facts.audit_seq + 1)
    _make_file_durable(layout)
    return replace(following, inner=replace(following.inner, anchor=anchor))


def _with_new_key(before: Unlocked) -> Unlocked:
    data_key = crypto.random_key()
    header = replace(before.header, database_salt=crypto.random_bytes(crypto.SALT_BYTES))
    inner = before.inner
    epoch = AuditEpoch(inner.anchor.audit_seq + 1, crypto.derived_key(data_key, Purpose.AUDIT))
    return Unlocked(
        slots.rotated(header, inner, data_key),
        replace(
            inner,
            audit_epochs=(*inner.audit_epochs, epoch),
            key_change=None,
            before_rotation=BeforeRotation(before.data_key, before.header.database_salt, inner.anchor),
        ),
        data_key,
    )


def _prove(layout: Layout, following: Unlocked, expected: Facts) -> None:
    """Read the copy back from the disk; raises `RotationNotVerified`."""
    try:
        connection: Any = connect(layout.rotated, following.raw_database_key)
        try:
            with explained_by_driver():
                bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
                sound = connection.execute("PRAGMA quick_check(1)").fetchone()
            if bad or sound is None or sound[0] != "ok" or facts_of(connection) != expected:
                raise RotationNotVerified
        finally:
            connection.close()
    except DatabaseDamaged as damaged:
        raise RotationNotVerified from damaged


def _first_entry(vault: OpenVault, layout: Layout, following: Unlocked, seq: int) -> Anchor:
    """Log the rotation in the copy, so that it stands there exactly if the copy becomes the records."""
    engine = make_engine(
        layout.rotated, lambda: following.raw_database_key, on_disk_full=vault.release_reserve, creating=False
    )
    try:
        count_commits(engine)
        log = AuditChain(engine, following.inner.audit_epochs, following.inner.anchor)
        with engine.begin() as connection:
            generation = f"generation={following.header.generation}"
            written = log.append(
                connection, vault.clock.now(), vault.account_id, "vault.key_rotated", reason=generation
            )
        if written != seq:
            raise Bug("the log of the copy goes on elsewhere")
        with engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            head = log.head_in_records(driver)
            commits = connection.execute(text("SELECT commits FROM vault_mark WHERE id = 1")).scalar_one()
            connection.rollback()
            with explained_by_driver():
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
    return Anchor(commits, head.seq, head.mac, head.next_key)


def _put_in_place(layout: Layout) -> None:
    with explained():
        drop_log(layout)
        os.replace(layout.rotated, layout.database)


def _make_durable(vault: OpenVault, layout: Layout) -> None:
    """The rename first, then the header that relies on it; where the disk refuses, the next opening does this."""
    with contextlib.suppress(Problem):
        with explained():
            sync_folder(layout.folder)
        vault.forget_key_before()


def _make_file_durable(layout: Layout) -> None:
    with explained():
        with layout.rotated.open("r+b") as file:
            os.fsync(file.fileno())
        sync_folder(layout.folder)


def _marks(facts: Facts) -> tuple[int, int, str]:
    return facts.commits, facts.audit_seq, facts.audit_mac


def _part(progress: Progress, begin: int, end: int) -> Progress:
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), 100)

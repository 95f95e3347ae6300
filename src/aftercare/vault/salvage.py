"""What is readable of a damaged vault, in a new one beside it. The damaged files are only read.

The new vault opens with the same passphrases and the same recovery code. Indexes, the search index and the list of
cases are made anew from the rows, lost words of the search from the records; what was lost is told by table and count.
"""

from __future__ import annotations

import json
import shutil
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Engine, delete, insert

from aftercare.domain.clock import Clock
from aftercare.domain.errors import (
    DatabaseMissing,
    DatabaseNewer,
    HeaderDamaged,
    NothingToSalvage,
    Problem,
    VaultExists,
    VaultMissing,
    VaultReadOnly,
)
from aftercare.domain.permissions import Role
from aftercare.records.people import Staff
from aftercare.vault.attempts import read_attempts
from aftercare.vault.backup import list_backups
from aftercare.vault.backup_file import Progress
from aftercare.vault.caseload import make_caseload
from aftercare.vault.derive import Derive
from aftercare.vault.files import Layout
from aftercare.vault.header import Anchor, Header, decode
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import derive_here
from aftercare.vault.lock import FolderLock
from aftercare.vault.migrations import HEAD
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.opening import NOBODY, failed_unlocks
from aftercare.vault.recovery import RecoveryCode
from aftercare.vault.restore import beside, prepare, swap, what_is_there
from aftercare.vault.restore_keys import SignIn, unlocked_by
from aftercare.vault.salvage_pages import Pages
from aftercare.vault.salvage_references import Mended, mend_references
from aftercare.vault.salvage_rows import Column, Rows, Table, columns_of, read_rows
from aftercare.vault.salvage_search import find_again
from aftercare.vault.salvage_told import Salvaged, log_salvage, told_of
from aftercare.vault.search_index import make_search_index, rebuild_search_index
from aftercare.vault.triggers import make_triggers

_MADE_ANEW = ("caseload_entry",)
_MARK = "vault_mark"
_ADMINISTRATOR = Role.ADMINISTRATOR.value


def salvage_vault(
    folder: Path,
    new_folder: Path,
    key: SignIn | RecoveryCode,
    *,
    clock: Clock,
    progress: Progress,
    derive: Derive = derive_here,
) -> Salvaged:
    """Take over what can be read into `new_folder`, which must be new or empty.

    Raises `WrongPassphrase`, `VaultExists`, `FolderNotEmpty`, `VaultInUse`, `HeaderDamaged` where no key file is left
    to open with, and `NothingToSalvage`; then nothing was made.
    """
    damaged, new_folder = Layout(folder), new_folder.absolute()
    if what_is_there(new_folder):
        raise VaultExists
    if not damaged.database.exists():
        raise DatabaseMissing if any(header.exists() for header in damaged.headers) else VaultMissing
    with ExitStack() as on_leaving:
        with suppress(VaultReadOnly):  # a disk that cannot be written is the best place for a damaged vault
            lock = FolderLock(damaged.lock)
            on_leaving.callback(lock.release)
        unlocked, account = unlocked_by(_header(damaged), key, derive)
        progress(10, 100)
        being_made = beside(new_folder)
        prepare(being_made, damaged.database.stat().st_size)
        try:
            layout = Layout(being_made)
            layout.backups.mkdir(mode=0o700)
            fresh = replace(unlocked, inner=replace(unlocked.inner, anchor=Anchor()))
            lock = FolderLock(layout.lock)
            with OpenVault(layout, lock, fresh, account, clock, creating=True) as vault:
                salvaged = _filled(vault, damaged, unlocked, key, new_folder, clock, progress)
        except BaseException:
            with suppress(OSError):
                shutil.rmtree(being_made)
            raise
    swap(being_made, new_folder, "")
    progress(100, 100)
    return salvaged


def _header(layout: Layout) -> Header:
    """The key file, or where both copies are lost the one that the newest backup carries."""
    try:
        return read_headers(layout).header
    except Problem:
        for backup in list_backups(layout.backups):
            with suppress(HeaderDamaged):
                return decode(backup.label.header)
        raise


def _filled(
    vault: OpenVault,
    damaged: Layout,
    unlocked: Unlocked,
    key: SignIn | RecoveryCode,
    folder: Path,
    clock: Clock,
    progress: Progress,
) -> Salvaged:
    from aftercare.vault.migrations.runner import migrate, shipped_steps

    engine = vault.engine
    with Pages(damaged, unlocked.raw_database_key) as pages:
        level = _level(pages)
        migrate(engine, 0, shipped_steps(0, level))
        found = read_rows(pages, _wanted(engine))
    found = replace(found, tables=tuple(table for table in found.tables if table.name not in _MADE_ANEW))
    progress(40, 100)
    if not any(table.rows for table in found.tables if table.name != _MARK):
        raise NothingToSalvage
    with engine.connect() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute("PRAGMA foreign_keys=OFF")
        try:
            with connection.begin():
                mended = _take_over(connection, found, unlocked, clock)
                made = _let_somebody_in(connection, vault.account_id, key, unlocked, clock, mended)
        finally:
            driver.execute("PRAGMA foreign_keys=ON")
    progress(80, 100)
    migrate(engine, level)
    find_again(engine)
    salvaged = told_of(vault, found, mended, made, unlocked.inner.anchor, folder)
    log_salvage(vault, salvaged, failed_unlocks(read_attempts(damaged.attempts)), made, clock)
    return salvaged


def _level(pages: Pages) -> int:
    """The level that the first page tells, or today's where it cannot be read."""
    first = pages.get(1)
    level = int.from_bytes(first[60:64], "big") if first is not None else HEAD
    if level > HEAD:
        raise DatabaseNewer(found=level, known=HEAD)
    return level or HEAD


def _wanted(engine: Engine) -> dict[str, tuple[Column, ...]]:
    """The tables of a new vault of that level; the search index is none."""
    question = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    with engine.connect() as connection:
        names = [name for (name,) in connection.exec_driver_sql(question) if not name.startswith("search_fts")]
        driver = connection.connection.driver_connection
        return {name: columns_of(driver, name) for name in names}


# --- taking over -------------------------------------------------------------------------------------------------


def _take_over(connection: Connection, found: Rows, unlocked: Unlocked, clock: Clock) -> Mended:
    """All rows, while no trigger looks; then what follows from them."""
    triggers = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").scalars().all()
    for name in triggers:
        connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
    for table in found.tables:
        _insert(connection, table)
    mended = mend_references(connection, clock.now())
    if connection.exec_driver_sql(f"SELECT 1 FROM {_MARK} WHERE id = 1").first() is None:
        commits = unlocked.inner.anchor.commits
        connection.exec_driver_sql(
            f"INSERT INTO {_MARK} (id, commits, header_sequence) VALUES (1, ?, ?)", (commits, unlocked.header.sequence)
        )
    # never ahead of the key files that are written for it
    connection.exec_driver_sql(
        f"UPDATE {_MARK} SET header_sequence = min(header_sequence, ?)", (unlocked.header.sequence,)
    )
    rebuild_search_index(connection)
    make_search_index(connection)
    make_triggers(connection)
    make_caseload(connection)
    return mended


def _let_somebody_in(
    connection: Connection,
    account: UUID,
    key: SignIn | RecoveryCode,
    unlocked: Unlocked,
    clock: Clock,
    mended: Mended,
) -> UUID | None:
    """Where no administrator could be read, whoever salvages becomes one: nobody else could be let in by anybody.

    Gives back the account that became one.
    """
    staff = connection.exec_driver_sql("SELECT active, roles FROM staff").fetchall()
    if any(active and _ADMINISTRATOR in json.loads(roles) for active, roles in staff):
        return None
    if account == NOBODY:
        account = next((owner.account for owner in unlocked.inner.owners if owner.account), account)
    name = key.login_name if isinstance(key, SignIn) else _ADMINISTRATOR
    if not connection.execute(delete(Staff).where(Staff.id == account)).rowcount:
        mended.stand_ins["staff"] += 1  # else it takes the place of one
    connection.execute(
        insert(Staff).values(
            id=account,
            created_at=clock.now(),
            created_by=NOBODY,
            version=1,
            login_name=name,
            display_name=name,
            roles=[_ADMINISTRATOR],
            active=True,
            given=[],
            withheld=[],
        )
    )
    return account


def _insert(connection: Connection, table: Table) -> None:
    there = {column.name for column in columns_of(connection.connection.driver_connection, table.name)}
    names = [column.name for column in table.columns if column.name in there]
    columns = ", ".join(f'"{name}"' for name in names)
    marks = ", ".join("?" * len(names))
    kept = {}
    for rowid, row in sorted(table.rows.items()):
        full = table.full(rowid)
        present = names if len(row) >= len(table.columns) else [name for name in names if name in full]
        if len(present) == len(names):
            sql = f'INSERT OR IGNORE INTO "{table.name}" ({columns}) VALUES ({marks})'
        else:  # written before a column was added: it has that column's default
            some = ", ".join(f'"{name}"' for name in present)
            sql = f'INSERT OR IGNORE INTO "{table.name}" ({some}) VALUES ({", ".join("?" * len(present))})'
        done = connection.exec_driver_sql(sql, tuple(full[name] for name in present))
        if done.rowcount:
            kept[rowid] = row
    table.known |= {rowid: set() for rowid in table.rows if rowid not in kept}
    table.rows = kept

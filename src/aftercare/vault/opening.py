"""From a folder, a name and a passphrase to an open vault; nothing is written before everything was judged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

from aftercare.domain.clock import Clock
from aftercare.domain.errors import (
    AuditBroken,
    ClockWentBack,
    DatabaseDoesNotOpen,
    DatabaseOlder,
    FolderClosed,
    HeaderCopyRepaired,
    HeaderRolledBack,
    HeaderTampered,
    Problem,
    RecordsChangedOutside,
    SavedChangesUnreadable,
    VaultMissing,
    WeakKeyDerivation,
    WrongPassphrase,
)
from aftercare.vault import slots
from aftercare.vault.at_rest import SumAhead, sum_at_rest, summed_beside
from aftercare.vault.attempts import FailedAttempts, must_wait, read_attempts, remember_failure
from aftercare.vault.audit import AuditEvent
from aftercare.vault.cipher import explained_by_driver, level_of, look
from aftercare.vault.derive import Derive
from aftercare.vault.engine import EngineAhead
from aftercare.vault.files import Layout, explained, is_of_this_user, is_private, make_private, unusable
from aftercare.vault.header import Header, Slot, SlotKind, authenticated
from aftercare.vault.header_files import HeaderRead, read_headers
from aftercare.vault.kdf import derive_here
from aftercare.vault.lock import FolderLock
from aftercare.vault.log_tail import acknowledged_frames_are_bad
from aftercare.vault.migrations import HEAD
from aftercare.vault.opened import OpenVault, Unlocked
from aftercare.vault.rotation_rest import PendingRotation, forget_copy

CLOCK_TOLERANCE_SECONDS = 120
NOBODY = UUID(int=0)
"""The account of a vault that the recovery code opened, until somebody has a passphrase again."""
BEFORE_MIGRATION = "before_migration"
_LOGGED_FAILURES = 50
_OUTSIDE, _NOT_CLOSED = AuditEvent("vault.changed_outside"), AuditEvent("vault.was_not_closed")
_LOG_END = AuditEvent("vault.log_end_unreadable")
_TOLD: dict[AuditEvent, type[Problem]] = {_OUTSIDE: RecordsChangedOutside, _LOG_END: SavedChangesUnreadable}


class OlderDatabase(Enum):
    """What to do about records that are older than the header remembers."""

    REFUSE = "refuse"
    OPEN_AND_LOG = "open_and_log"


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was done while the password was typed; opening does without, and takes longer."""

    summed: SumAhead | None = None
    engine: EngineAhead | None = None


def open_vault(
    folder: Path,
    login_name: str,
    passphrase: str,
    *,
    clock: Clock,
    derive: Derive = derive_here,
    older_database: OlderDatabase = OlderDatabase.REFUSE,
    ahead: Ahead = Ahead(),
) -> OpenVault:
    """Unlock; every refusal is a `Problem` of its own and leaves the files as they were.

    The window hands in `derive_apart(cancelled)`. `older_database` is asked again after `DatabaseOlder` was shown.
    """

    def unlock(layout: Layout, found: HeaderRead) -> tuple[Slot, Unlocked, UUID | None]:
        return unlocked_by(
            lambda header: slots.open_at_the_door(header, login_name, passphrase, derive),
            SlotKind.STAFF,
            layout,
            found,
            clock,
        )

    return opened_by(unlock, folder, "vault.unlocked", clock=clock, older_database=older_database, ahead=ahead)


Unlock = Callable[[Layout, HeaderRead], tuple[Slot, Unlocked, UUID | None]]
"""The slot that opened, what it gave, and whose it is (None: the recovery code is nobody's)."""


def opened_by(
    unlock: Unlock,
    folder: Path,
    action: str,
    *,
    clock: Clock,
    older_database: OlderDatabase = OlderDatabase.REFUSE,
    ahead: Ahead = Ahead(),
) -> OpenVault:
    """Open with whatever `unlock` asks for; `action` is what the log says of it."""
    layout = Layout(folder)
    try:
        if not folder.is_dir():
            raise VaultMissing
    except OSError as refused:
        raise unusable(refused) from refused
    with ExitStack() as on_failure:
        found = read_headers(layout)
        if not is_of_this_user(folder):  # opened to a group, or by root: files of ours would shut the owner out
            raise FolderClosed
        lock = FolderLock(layout.lock)
        on_failure.callback(lock.release)
        must_wait(layout.attempts, clock.now())
        with summed_beside(layout, ahead.summed) as summed:
            slot, unlocked, account_id = unlock(layout, found)
            rotation = PendingRotation.of(layout, unlocked)
            if rotation is not None:
                with suppress(Problem):
                    summed()  # the file may be replaced, which Windows refuses while it is read
                # a crash came to it; its last step writes both copies anew
                unlocked, found = rotation.finished(), HeaderRead(found.header, one_is_damaged=False)
                summed = partial(sum_at_rest, layout)
            level, commits, older = _judge(layout, found, unlocked, older_database)
            outside = _changed_outside(layout, found, unlocked, commits, summed) if older is None else ()
        vault = OpenVault(layout, lock, unlocked, account_id or NOBODY, clock, creating=False, ahead=ahead.engine)
        # what was changed from outside is not sealed before it was told
        on_failure.callback(vault.engine.dispose if outside or older else vault.give_up)
        vault.take_up()
        if level < HEAD:
            from aftercare.vault.backup import make_backup
            from aftercare.vault.migrations.runner import migrate

            # no room for it, or records that cannot be read through: then nothing is migrated either
            make_backup(vault, clock.now(), lambda _done, _total: None, reason=BEFORE_MIGRATION)

            migrate(vault.engine, level)
        if rotation is not None:
            vault.forget_key_before()
        forget_copy(layout)
        vault.start_work()
        entered = AuditEvent(action)
        warnings = _first_words(vault, layout, found, slot, older, outside, entered, account_id, clock.now())
        vault.opened_warnings = (*warnings, *(_TOLD[logged]() for logged in outside if logged in _TOLD))
        on_failure.pop_all()
    return vault


def unlocked_by(
    open_slot: Callable[[Header], tuple[Slot, bytes]], kind: SlotKind, layout: Layout, found: HeaderRead, clock: Clock
) -> tuple[Slot, Unlocked, UUID | None]:
    """What a secret opens, once the header is proved and says that the slot is of this kind; failures are counted."""
    try:
        slot, data_key = open_slot(found.header)
    except WrongPassphrase:
        remember_failure(layout.attempts, clock.now())
        raise
    inner = authenticated(found.header, data_key)
    owner = inner.owner(slot.id)
    if owner is None or owner.kind is not kind or (owner.account is None) is not (kind is SlotKind.RECOVERY):
        raise HeaderTampered
    return slot, Unlocked(found.header, inner, data_key), owner.account


def _judge(
    layout: Layout, found: HeaderRead, unlocked: Unlocked, older_database: OlderDatabase
) -> tuple[int, int, DatabaseOlder | None]:
    """The level and the commits of the records, read without writing; raises what speaks against opening them."""
    reading = look(layout, unlocked.raw_database_key)
    try:
        with explained_by_driver():
            level = level_of(reading, HEAD)
            commits, header_sequence = _mark(reading)
    finally:
        reading.close()
    # with one copy lost the other may be one behind, never more
    if header_sequence > found.header.sequence + (1 if found.one_is_damaged else 0):
        raise HeaderRolledBack
    missing = unlocked.inner.anchor.commits - commits
    if missing <= 0:
        return level, commits, None
    older = DatabaseOlder(missing)
    if older_database is OlderDatabase.REFUSE:
        raise older
    return level, commits, older


def _changed_outside(
    layout: Layout, found: HeaderRead, unlocked: Unlocked, commits: int, summed: Callable[[], bytes]
) -> tuple[AuditEvent, ...]:
    """What the log must say of pages that were put back or exchanged while nobody worked, or cannot be compared."""
    at_rest = unlocked.inner.at_rest
    # the copy that is lost may have said that somebody works: then the records have changes that this one does not know
    worked_since = found.one_is_damaged and commits > unlocked.inner.anchor.commits
    if not at_rest or worked_since:
        hidden = acknowledged_frames_are_bad(layout.write_ahead_log)
        return (_NOT_CLOSED, *((_LOG_END,) if hidden else ()))
    # what was summed up ahead may be a file that another program closed since
    return () if summed() == at_rest or sum_at_rest(layout) == at_rest else (_OUTSIDE,)


def _mark(reading: Any) -> tuple[int, int]:
    found = reading.execute("SELECT commits, header_sequence FROM vault_mark WHERE id = 1").fetchone()
    if found is None:
        raise DatabaseDoesNotOpen
    return int(found[0]), int(found[1])


def _first_words(
    vault: OpenVault,
    layout: Layout,
    found: HeaderRead,
    slot: Slot,
    older: DatabaseOlder | None,
    outside: tuple[AuditEvent, ...],
    entered: AuditEvent,
    account_id: UUID | None,
    now: datetime,
) -> tuple[Problem, ...]:
    """Write what happened while the vault was locked into its log, and tell the person what they should know."""
    warnings: list[Problem] = []
    failures = read_attempts(layout.attempts)
    events = [*failed_unlocks(failures), *outside]
    back = _seconds_back(vault, now)
    if older is not None:
        warnings.append(older)
        events.append(AuditEvent("vault.older_records_opened", reason=f"missing={older.missing_changes}"))
    broken = _broken_log(vault)
    # older records end with the log of their day: told once, as what it is
    if broken is not None and not (older is not None and vault.audit.only_ends_too_early()):
        warnings.append(broken)
        events.append(AuditEvent("vault.log_found_broken", reason=f"seq={broken.seq}"))
    if back > CLOCK_TOLERANCE_SECONDS:
        warnings.append(ClockWentBack(back))
        events.append(AuditEvent("vault.clock_went_back", reason=f"seconds={back}"))
    untold = vault.untold_key_change()
    if untold is not None:
        events.append(untold)
    if found.one_is_damaged and untold is None:
        warnings.append(HeaderCopyRepaired())
        events.append(AuditEvent("vault.header_repaired"))
    if slot.kdf.is_weak:
        warnings.append(WeakKeyDerivation())
    if not is_private(layout.folder):
        make_private(layout.folder)
        events.append(AuditEvent("vault.folder_closed_to_others"))
    with vault.engine.begin() as connection:
        vault.audit.append_many(connection, now, None, events)
        vault.audit.append_many(connection, now, account_id, (entered,))
    if found.one_is_damaged or older is not None or untold is not None or broken is not None:
        vault.write_anchor(told_of_cut=True)
    with explained():
        layout.attempts.unlink(missing_ok=True)
        for leftover in (layout.making, layout.trial):  # a power cut while the vault or a backup was made
            if leftover.exists():
                shutil.rmtree(leftover)
    return tuple(warnings)


def failed_unlocks(failures: FailedAttempts) -> list[AuditEvent]:
    """What the log says of passphrases that failed while nobody was inside."""
    untold = failures.count - failures.told
    known = failures.times[max(0, len(failures.times) - min(untold, _LOGGED_FAILURES)) :]
    named = [AuditEvent("vault.unlock_failed", reason=at.strftime("%Y-%m-%dT%H:%M:%SZ")) for at in known]
    unnamed = untold - len(named)
    return [*([AuditEvent("vault.unlock_failed", reason=f"earlier={unnamed}")] if unnamed else []), *named]


def _broken_log(vault: OpenVault) -> AuditBroken | None:
    """A broken log is told and logged, and the records stay open: hiding them would not mend it."""
    try:
        vault.audit.verify_tail()
    except AuditBroken as broken:
        return broken
    return None


def _seconds_back(vault: OpenVault, now: datetime) -> int:
    last = vault.audit.last_moment()
    return int((last - now).total_seconds()) if last is not None else 0

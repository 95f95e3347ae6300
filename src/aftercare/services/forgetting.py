"""From the order to the last backup: deleting a person's data and following it wherever it still stands.

    certificate = purge_person(office, order, progress)     all of it, as far as places are there
    finish_purges(office)                                    what a crash or a missing place left, at any later time

The deletion itself is one transaction (services/purging.py). What follows can be repeated: the file is written anew, a
fresh backup is made and verified, every older backup is deleted where it lies, and so are the earlier records that a
restore kept beside these, with their keys. A place that is not there is remembered and done when it is back. Nobody can
reach copies that somebody made by hand, and paper; the certificate says so.

All of it may run beside the people who work: what must stand between two of their requests is done through `on_vault`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import UUID

from sqlalchemy import select

from aftercare.domain.permissions import Permission
from aftercare.domain.rows.backups import BackupPlace, BackupReason
from aftercare.domain.rows.retention import CertificateRow, PurgeOrder
from aftercare.queries import retention as queries
from aftercare.records.retention import Certificate
from aftercare.services.backup_places import is_there, list_backup_places
from aftercare.services.backups import carry_out, note_backup, plan_backup, unheard
from aftercare.services.kept_aside import earlier
from aftercare.services.purging import purge
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

Progress = Callable[[int, int], None]
OnVault = Callable[[Callable[[], Any]], Any]
"""Has the vault's own thread do something, behind what was asked of it before, and waits for it."""
_CLEARED, _BACKED_UP = 40, 90
_LOOKS_AGAIN_S = 0.2


def here(step: Callable[[], Any]) -> Any:
    """For whoever is on the vault's thread already, or has no other."""
    return step()


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A certificate that something is still to be done for; `waiting` are places that were not there."""

    id: UUID
    is_cleaned: bool
    waiting: tuple[str, ...]
    earlier: tuple[str, ...]
    """The names of folders with earlier records that are still to be destroyed."""


@dataclass(frozen=True, slots=True)
class _Reached:
    """What became of backups and of earlier records at one go."""

    deleted: int
    waiting: tuple[str, ...]
    fresh: int
    destroyed: int
    left: tuple[str, ...]


def purge_person(
    office: OpenOffice, order: PurgeOrder, progress: Progress = unheard, on_vault: OnVault = here
) -> CertificateRow:
    """Delete, and make it reach everything that is there.

    Raises what `purge` raises; then nothing is deleted. After that point the deletion stands, and only the rest can be
    stopped: by what `progress` raises, a crash, a full disk or a backup that cannot be made. `finish_purges` goes on
    with it.
    """
    progress(0, 100)
    certificate_id = on_vault(lambda: office.desk.do(purge, order, tuple(one.name for one in earlier(office))).value)
    finish_purges(office, progress, on_vault)
    row: CertificateRow = on_vault(lambda: office.desk.ask(see_certificate, certificate_id))
    return row


def finish_purges(office: OpenOffice, progress: Progress = unheard, on_vault: OnVault = here) -> int:
    """Go on with every deletion that has not reached everything; how many are still waiting for a place."""
    with _alone(office, progress):
        unfinished = on_vault(lambda: office.desk.ask(list_unfinished))
        if not unfinished:
            return 0
        if not all(one.is_cleaned for one in unfinished):
            _clear_file(office, _part(progress, 0, _CLEARED), on_vault)
        fresh = _fresh_backup(office, unfinished, _part(progress, _CLEARED, _BACKED_UP), on_vault)
        for one in unfinished:
            places = on_vault(lambda: office.desk.ask(list_backup_places))
            reached = _reach(office, one, places, fresh)
            on_vault(partial(office.desk.do, note_reached, one.id, reached))
        progress(100, 100)
        return len(on_vault(lambda: office.desk.ask(list_unfinished)))


def finish_if_possible(office: OpenOffice, progress: Progress = unheard, on_vault: OnVault = here) -> bool:
    """Go on where something can be done now: after a crash, or when a place is back. Cheap where there is nothing."""
    if office.vault.forgetting.locked():
        return False
    unfinished = on_vault(lambda: office.desk.ask(list_unfinished))
    if not unfinished:
        return False
    places = _by_name(on_vault(lambda: office.desk.ask(list_backup_places)))

    def is_back(name: str) -> bool:
        return _is_there(office, places, name)

    can_go_on = any(
        not one.is_cleaned or one.earlier or not one.waiting or any(map(is_back, one.waiting)) for one in unfinished
    )
    if can_go_on:
        finish_purges(office, progress, on_vault)
    return can_go_on


@contextmanager
def _alone(office: OpenOffice, progress: Progress) -> Iterator[None]:
    """One follows deletions at a time; who comes second waits, and may give up."""
    while not office.vault.forgetting.acquire(timeout=_LOOKS_AGAIN_S):
        progress(0, 100)
    try:
        yield
    finally:
        office.vault.forgetting.release()


def _clear_file(office: OpenOffice, progress: Progress, on_vault: OnVault) -> None:
    from aftercare.vault.forgetting import forget_deleted

    while not on_vault(lambda: forget_deleted(office.vault, progress)):
        progress(0, 100)
        time.sleep(_LOOKS_AGAIN_S)  # a copy is being made; others go on working meanwhile
    on_vault(lambda: office.desk.do(note_cleaned))


def _fresh_backup(office: OpenOffice, unfinished: Iterable[Unfinished], progress: Progress, on_vault: OnVault) -> int:
    """The number of a backup without anything of what was deleted: the newest one, or one made now."""
    from aftercare.vault.backup import newest_backup
    from aftercare.vault.forgetting import is_free

    newest = newest_backup(office.vault)
    if newest is not None and all(is_free(office.vault, newest, one.id) for one in unfinished):
        return newest.label.number
    done = carry_out(on_vault(lambda: plan_backup(office, reason=BackupReason.AFTER_PURGE)), progress)
    on_vault(lambda: office.desk.do(note_backup, done))
    return done.number


def _reach(office: OpenOffice, one: Unfinished, places: Iterable[BackupPlace], fresh: int) -> _Reached:
    from aftercare.vault.backup import own_backups
    from aftercare.vault.forgetting import delete_backups_holding, destroy_named

    deleted, waiting = 0, []
    used = _by_name(place for place in places if not place.may_be_made)
    for folder in dict.fromkeys((str(own_backups(office.vault)), *used, *one.waiting)):
        if not _is_there(office, used, folder):
            waiting.append(folder)
            continue
        gone, left = delete_backups_holding(office.vault, Path(folder), one.id)
        deleted += gone
        if left:
            waiting.append(folder)
    destroyed, stay = destroy_named(office.vault, one.earlier)
    return _Reached(deleted, tuple(waiting), fresh, destroyed, stay)


def _by_name(places: Iterable[BackupPlace]) -> dict[str, BackupPlace]:
    return {str(place.folder): place for place in places}


def _is_there(office: OpenOffice, places: Mapping[str, BackupPlace], folder: str) -> bool:
    return is_there(places.get(folder) or BackupPlace(Path(folder)), office.vault.folder)


def _part(progress: Progress, begin: int, end: int) -> Progress:
    return lambda done, total: progress(begin + (end - begin) * done // max(1, total), 100)


# --- what is remembered -------------------------------------------------------------------------------------------


@needs(Permission.WORK_HERE)
def list_unfinished(work: Work) -> tuple[Unfinished, ...]:
    """Deletions that have not reached everything, the oldest first; says of nobody whom they concerned."""
    found = work.session.scalars(
        select(Certificate).where(Certificate.finished_at.is_(None)).order_by(Certificate.number)
    )
    return tuple(
        Unfinished(
            one.id,
            one.cleaned_at is not None,
            tuple(one.reach.get("waiting", ())),
            tuple(one.reach.get("earlier", ())),
        )
        for one in found
    )


@needs(Permission.WORK_HERE)
def note_cleaned(work: Work) -> None:
    """The file of the records holds nothing more of what was deleted so far."""
    for one in work.session.scalars(select(Certificate).where(Certificate.cleaned_at.is_(None))):
        one.cleaned_at = work.now()


@needs(Permission.WORK_HERE)
def note_reached(work: Work, certificate_id: UUID, reached: _Reached) -> None:
    """What became of backups and earlier records; finished where nothing waits."""
    one = work.get(Certificate, certificate_id)
    before, waits = one.reach, bool(reached.waiting or reached.left)
    as_before = list(reached.waiting) == before.get("waiting") and list(reached.left) == before.get("earlier", [])
    if waits and as_before and not reached.deleted:
        return  # looked again, and nothing is otherwise
    deleted = int(before.get("deleted", 0)) + reached.deleted
    destroyed = int(before.get("destroyed", 0)) + reached.destroyed
    found = {"deleted": deleted, "waiting": list(reached.waiting), "fresh": before.get("fresh") or reached.fresh}
    if "earlier" in before:
        found |= {"earlier": list(reached.left), "destroyed": destroyed}
    one.reach = found
    earlier_too = f" folders={destroyed}" if destroyed else ""
    work.note_deed(
        "purge_reached", "certificate", one.id, f"backups={deleted} waiting={len(reached.waiting)}{earlier_too}"
    )
    if not waits:
        one.finished_at = work.now()


@needs(Permission.PURGE_RECORDS)
def list_certificates(work: Work) -> tuple[CertificateRow, ...]:
    """Every certificate, the newest first."""
    return queries.certificates(work.session)


@needs(Permission.PURGE_RECORDS)
def see_certificate(work: Work, certificate_id: UUID) -> CertificateRow:
    """One certificate."""
    work.get(Certificate, certificate_id)
    return queries.certificates(work.session, certificate_id)[0]

"""An examination of a vault: from outside, and with a passphrase from inside. What it finds is told in plain words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare import policy
from aftercare.domain.clock import Clock
from aftercare.domain.errors import Problem, TooManyAttempts, UnlockCancelled, VaultInUse, WrongPassphrase
from aftercare.services.backup_state import backup_state
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.verifying import verify_records

if TYPE_CHECKING:
    from aftercare.vault.doctor import Sign

Progress = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""


@dataclass(frozen=True, slots=True)
class Ailment:
    """One finding: its code, how bad it is («note», «warning», «damage»), how many, and a file name or entry."""

    code: str
    severity: str
    count: int = 1
    detail: str = ""
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Examined:
    """Everything that was found; `inside`: it was opened and read as a whole too."""

    ailments: tuple[Ailment, ...]
    inside: bool

    @property
    def worst(self) -> str:
        """«damage», «warning», «note», or empty."""
        found = {ailment.severity for ailment in self.ailments}
        return next((severity for severity in ("damage", "warning", "note") if severity in found), "")


def examine(folder: Path, progress: Progress = unheard) -> Examined:
    """Without any key; writes nothing."""
    from aftercare.vault.doctor import Sign, Symptom, examine_outside

    held = policy.in_force()
    mistaken = [Sign(Symptom.POLICY, detail=place or held.source) for place in held.mistakes]
    return Examined(tuple(map(_ailment, [*examine_outside(folder, progress), *mistaken])), inside=False)


def examine_with_passphrase(
    folder: Path, login_name: str, passphrase: str, *, clock: Clock, progress: Progress = unheard
) -> Examined:
    """The same, and then every page, reference, index, log entry and backup with the key.

    Raises `WrongPassphrase`, `TooManyAttempts`, `VaultInUse`. Records that do not open for another reason are a
    finding, not an error.
    """
    from aftercare.vault import SignIn
    from aftercare.vault.doctor import Sign, Symptom, bad_pages

    outside = examine(folder, lambda done, total: progress(done * 20 // max(1, total), 100)).ailments
    try:
        with open_office(folder, login_name, passphrase, clock=clock) as office:
            inside = _inside(office, lambda done, total: progress(20 + done * 80 // max(1, total), 100))
    except (WrongPassphrase, TooManyAttempts, VaultInUse, UnlockCancelled):
        raise
    except Problem as problem:
        signs = [Sign(Symptom.DOES_NOT_OPEN, problem=problem)]
        with suppress(Problem):
            if bad := bad_pages(folder, SignIn(login_name, passphrase)):
                signs.append(Sign(Symptom.PAGES, bad))
        return Examined((*outside, *map(_ailment, signs)), inside=False)
    # what the backups say of themselves with the key is more than what they say without
    codes = {ailment.detail for ailment in inside if ailment.detail}
    return Examined((*(one for one in outside if one.detail not in codes or not one.detail), *inside), inside=True)


def _inside(office: OpenOffice, progress: Progress) -> list[Ailment]:
    from aftercare.vault.doctor import Sign, Symptom

    signs: list[Sign] = []
    checked = verify_records(office, lambda done, total: progress(done * 60 // max(1, total), 100))
    for finding in checked.findings:
        signs.append(Sign(Symptom(finding.check), finding.faults, str(finding.seq) if finding.seq else ""))
    state = backup_state(office)
    for row in state.backups:
        damaged = _damage_of(office, row.path)
        if damaged is not None:
            signs.append(Sign(Symptom.BACKUP_DAMAGED, detail=row.path.name, problem=damaged))
    progress(90, 100)
    signs += [Sign(Symptom.BACKUP_PLACE, problem=place.problem) for place in state.places if place.problem is not None]
    if state.is_old:
        signs.append(Sign(Symptom.BACKUP_OLD))
    progress(100, 100)
    return [_ailment(sign) for sign in signs]


def _damage_of(office: OpenOffice, path: Path) -> Problem | None:
    """Why a backup would not restore, found by restoring it; None for a good one, or one of keys of an earlier time."""
    from aftercare.vault import read_backup
    from aftercare.vault.backup_trial import try_restoring
    from aftercare.vault.header import decode

    try:
        backup = read_backup(path)
        if decode(backup.label.header).generation != office.vault.unlocked.header.generation:
            return None  # sealed before the records got new keys: its sum was compared, and it opens as it did then
        try_restoring(backup, office.vault.unlocked.data_key, office.vault.folder, unheard)
    except Problem as problem:
        return problem
    return None


def _ailment(sign: Sign) -> Ailment:
    return Ailment(sign.symptom.value, sign.severity.value, sign.count, sign.detail, sign.problem)

"""The full check of the records, for whoever may do it; that it was done is in the log."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from aftercare.domain.errors import Problem
from aftercare.domain.permissions import Permission
from aftercare.services.work import Work, needs

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

_CHECKS = 6


@dataclass(frozen=True, slots=True)
class CheckFinding:
    """One check that failed and how many faults it found; `seq` is the first bad entry where the log failed."""

    check: str
    faults: int
    seq: int


@dataclass(frozen=True, slots=True)
class Checked:
    """What the full check found."""

    sound: bool
    audit_entries: int
    findings: tuple[CheckFinding, ...]

    def to_json(self) -> str:
        return json.dumps(asdict(self))


@needs(Permission.CHECK_VAULT)
def log_check(work: Work, sound: bool) -> None:
    """Write into the log that everything was checked."""
    work.log("verify", "vault", None, "sound" if sound else "damaged")


def verify_records(office: OpenOffice, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Checked:
    """Check pages, structure, references, search, header and log; `progress` may raise to stop.

    NotAllowed for roles that do not check vaults. It asks the vault itself, outside a request: a check reads for
    minutes and holds no transaction.
    """
    from aftercare.vault import verify_vault

    office.desk.do(may_check)
    done = 0

    def next_check(_check: object) -> None:
        nonlocal done
        progress(done, _CHECKS)
        done += 1

    report = verify_vault(office.vault, next_check, lambda: False)
    progress(_CHECKS, _CHECKS)
    with contextlib.suppress(Problem):  # damaged records often take no more entries; the finding matters more
        office.desk.do(log_check, report.sound)
    findings = tuple(CheckFinding(one.check.value, one.faults, one.seq) for one in report.findings)
    return Checked(report.sound, report.audit_entries, findings)


@needs(Permission.CHECK_VAULT)
def may_check(work: Work) -> None:
    """Nothing but the question whether this person may."""

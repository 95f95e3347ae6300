"""The log as a file for an authority or an auditor: a table, and beside it a signature that vouches for it.

The whole chain is verified first. Lines hold codes of people, names of staff, and nothing about what was recorded.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable
from dataclasses import astuple
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from aftercare.domain.approving import Approvable
from aftercare.domain.errors import AuditBroken, FileNotRead, LogFileNotGenuine, LogSignatureMissing, NotAllowed
from aftercare.domain.permissions import Permission
from aftercare.domain.rows.log import LogExported, LogFilter, LogRow
from aftercare.exchange.cells import defused
from aftercare.i18n import tr
from aftercare.queries import log as queries
from aftercare.services.actors import may_export
from aftercare.services.approvals import need_approval
from aftercare.services.log import conditions_of
from aftercare.services.report_files import save_file
from aftercare.services.work import Work, needs
from aftercare.words.log import action_words

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

SIGNATURE_SUFFIX = ".signature.json"
_COLUMNS = ("number", "utc", "who", "action", "in_words", "kind", "about", "reason")
_MOST_SIGNATURE_BYTES = 64 * 1024
_BROKEN = "vault.log_found_broken"
Progress = Callable[[int, int], None]


def unheard(_done: int, _total: int) -> None:
    """Progress that nobody waits for."""


def signature_path(path: Path) -> Path:
    """Where the signature of a file of the log stands: beside it."""
    return path.with_name(path.name + SIGNATURE_SUFFIX)


def export_log(office: OpenOffice, wanted: LogFilter, path: Path, progress: Progress = unheard) -> LogExported:
    """Verify the log, write its lines as CSV (UTF-8) and the signature beside them.

    AuditBroken where the chain does not hold: then no file is made. FileNotWritten where the disk refuses.
    `progress` may raise to stop; no half file is left.
    """
    from aftercare.vault.log_export import SignedHead, fingerprint_of, sign

    entries = max(1, office.desk.ask(may_export_log, wanted))
    vault = office.vault
    verify_log(office, lambda seq: progress(min(seq, entries) * 50 // entries, 100))
    rows = office.desk.do(hand_out_log, wanted).value
    progress(80, 100)
    content = as_table(rows)
    head_seq, head_mac = _head(office)
    signed = SignedHead(
        vault=vault.vault_id.hex,
        lines=len(rows),
        first_seq=rows[0].seq if rows else 0,
        last_seq=rows[-1].seq if rows else 0,
        head_seq=head_seq,
        head_mac=head_mac,
        sha256=hashlib.sha256(content).hexdigest(),
        made_at=_moment(office.desk.clock.now()),
    )
    save_file(path, content)
    save_file(signature_path(path), sign(vault, signed))
    progress(100, 100)
    return LogExported(len(rows), signed.last_seq, fingerprint_of(vault))


@needs(Permission.SEE_AUDIT, confirmed=True)
def may_export_log(work: Work, wanted: LogFilter) -> int:
    """Whether this person may, and somebody has agreed where that is wanted; the number of lines asked for."""
    _refuse_by_policy(work)
    need_approval(work, Approvable.EXPORT_AUDIT, *astuple(wanted), carries_out=False)
    return queries.count_lines(work.session, conditions_of(work, wanted))


@needs(Permission.SEE_AUDIT, confirmed=True)
def hand_out_log(work: Work, wanted: LogFilter) -> tuple[LogRow, ...]:
    """All lines asked for, the oldest first: with them goes an agreement, and a line that says that they left."""
    _refuse_by_policy(work)
    need_approval(work, Approvable.EXPORT_AUDIT, *astuple(wanted))
    conditions = conditions_of(work, wanted)
    total = queries.count_lines(work.session, conditions)
    work.released = True
    work.note_deed("export_log", "log", wanted.survivor_id, f"lines={total}")
    return tuple(row for batch in queries.lines_in_order(work.session, conditions) for row in batch)


def _refuse_by_policy(work: Work) -> None:
    if not may_export(work.actor.roles):
        raise NotAllowed(Permission.SEE_AUDIT.value)


@needs(Permission.SEE_AUDIT)
def may_see_log(work: Work) -> None:
    """Nothing but the question whether this person may."""


def verify_log(office: OpenOffice, progress: Callable[[int], None] = lambda _seq: None) -> int:
    """Verify every line, also those older than what an unlock looks at; gives their number.

    AuditBroken names the first bad one; that it was found is in the log then, once.
    """
    office.desk.ask(may_see_log)
    try:
        return office.vault.audit.verify_all(progress, lambda: False)
    except AuditBroken as broken:
        office.desk.do(log_broken, broken.seq)
        raise


@needs(Permission.SEE_AUDIT)
def log_broken(work: Work, seq: int) -> None:
    """Say in the log from which line on it does not hold, unless it says so already."""
    found = f"seq={seq}"
    if not queries.is_in_log(work.session, _BROKEN, found):
        work.log(_BROKEN, "vault", None, found)


def log_fingerprint(office: OpenOffice) -> str:
    """The fingerprint of the key that signs exports of this office's log, to tell to whoever receives one."""
    from aftercare.vault.log_export import fingerprint_of

    office.desk.ask(may_see_log)
    return fingerprint_of(office.vault)


def check_log_file(path: Path) -> LogExported:
    """What a file of the log and its signature vouch for; LogFileNotGenuine where they do not belong together.

    LogSignatureMissing where there is no signature beside it. Needs no records. That the signature is of the office
    one thinks of shows by the fingerprint.
    """
    from aftercare.vault.log_export import NotSigned, read_signed

    try:
        content = path.read_bytes()
        with signature_path(path).open("rb") as source:
            signature = source.read(_MOST_SIGNATURE_BYTES)
    except FileNotFoundError as refused:
        if path.exists():
            raise LogSignatureMissing(signature_path(path).name) from refused
        raise FileNotRead(refused.strerror or "") from refused
    except OSError as refused:
        raise FileNotRead(refused.strerror or "") from refused
    try:
        head, fingerprint = read_signed(signature)
    except NotSigned as wrong:
        raise LogFileNotGenuine from wrong
    if hashlib.sha256(content).hexdigest() != head.sha256:
        raise LogFileNotGenuine
    return LogExported(head.lines, head.last_seq, fingerprint)


def as_table(rows: Iterable[LogRow]) -> bytes:
    """The lines as CSV, with a byte order mark: spreadsheets ask for it."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    for row in rows:
        who = row.actor or tr("The program")
        cells = (row.action, action_words(row.action), row.kind, row.about, row.reason)
        table.writerow((row.seq, _moment(row.at), defused(who), *map(defused, cells)))
    return out.getvalue().encode("utf-8-sig")


def _moment(utc: datetime) -> str:
    return utc.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _head(office: OpenOffice) -> tuple[int, str]:
    connection = office.vault.engine.raw_connection()
    try:
        head = office.vault.audit.head_in_records(connection.driver_connection)
    finally:
        connection.close()
    return head.seq, head.mac.hex()

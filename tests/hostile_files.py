"""Everything that reads a file somebody else made: what it is fed at first, and how what it says is judged.

A reader gives back whatever it made of the content, or raises a Problem. Anything else is a mistake of ours.
"""

from __future__ import annotations

import functools
import hashlib
import io
import json
import random
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import xlsxwriter

from aftercare.domain.errors import Problem
from aftercare.domain.importing import ImportMapping
from aftercare.exchange.mapping import read_mapping
from aftercare.exchange.people import read_people
from aftercare.exchange.tables import read_table
from aftercare.policy import ENTRIES, read_policy
from aftercare.services.log_export import check_log_file, signature_path
from aftercare.settings import load_settings
from aftercare.vault import crypto
from aftercare.vault.backup_file import _END, read_backup, read_through
from aftercare.vault.backup_file import MAGIC as BACKUP_MAGIC
from aftercare.vault.header import MAGIC, decode
from aftercare.vault.log_export import _SIGNED, NotSigned, read_signed
from aftercare.vault.login_code import new_login_code, parse_login_code
from aftercare.vault.recovery import new_recovery_code
from aftercare.vault.recovery_parts import new_kit, recovered_code
from aftercare.words.importing import CELL_REASONS

TODAY = date(2026, 11, 23)
REFUSALS = (Problem, NotSigned)
CASELOAD = """Client no;First name;Surname;Sex;Born;Arrival;Languages;Phone
K-0001;Selam;Tesfay;f;12.3.1998;3.8.2026;Tigrinya; +49 30 55 01 77
K-0002;Ada;Lovely;f;about 1990;4.8.2026;en, am;0
"""
HTCDS = """prs_FirstName,prs_Second_Name,prs_Birthdate,prs_Gender,prs_Nationality,cas_Status,cas_IncomingReferralDate,x
Selam,Tesfay,1998-03-12,Non-Conforming,ER,FollowUp,2026-08-03,1
Ada,Lovely,,Not Specified/Unknown,"DE;FR",Closed,03/08/2026,2
"""
MAPPING = """sheet = ""
date_order = "day_first"
[columns]
"Client no" = "external_code"
[values.gender]
"w" = "female"
"""
# what breaks parsers: numbers at their limits, nesting, ends of text, ways out of a folder, other encodings
TOKENS = (
    b"\0", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf", b"'" * 3, b'"' * 3, b"[" * 3_000, b"{" * 3_000, b'{"a":' * 2_000,
    b"a." * 3_000, b"9" * 5_000, b"1e999", b"-0", b"NaN", b"Infinity", b"null", b"true", b"../../../../etc/passwd",
    b"C:\\Windows\\win.ini", b"=cmd|' /C calc'!A0", b"@SUM(1+1)", b"\r", b"\n" * 50, b";" * 500, b"\t", b"\x1f",
    "\u202e\u0660\u06f0\u00df\u0130".encode(), b"\xed\xa0\x80", b"9999-12-31", b"0000-00-00", b"2026-02-30T25:61:61Z",
    b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"sep=\x00\n", b"\nx = " + b"9" * 5_000, b"SQLite format 3\0",
)  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """`read` is handed a content and a folder to put it in."""

    seeds: Callable[[], tuple[bytes, ...]]
    read: Callable[[bytes, Path], object]


# --- what is read -----------------------------------------------------------------------------------------------------


def _people(content: bytes, _folder: Path) -> None:
    found = read_people(read_table(content), ImportMapping(), TODAY)
    assert all(problem.reason in CELL_REASONS for problem in found.problems)


def _people_in_encoding(content: bytes, _folder: Path) -> None:
    name, _, rest = content.partition(b"\n")
    read_table(rest, encoding=name.decode("latin-1"))


def _policy(content: bytes, folder: Path) -> None:
    (folder / "policy.toml").write_bytes(content)
    found = read_policy(folder / "policy.toml")
    assert set(found.values) <= {entry.place for entry in ENTRIES}


def _settings(content: bytes, folder: Path) -> None:
    (folder / "settings.json").write_bytes(content)
    load_settings(folder / "settings.json")


def _backup(content: bytes, folder: Path) -> None:
    (folder / "a.backup").write_bytes(content)
    read_through(read_backup(folder / "a.backup"), lambda _done, _total: None)


def _signature(content: bytes, folder: Path) -> None:
    (folder / "log.csv").write_bytes(b"nothing")
    signature_path(folder / "log.csv").write_bytes(content)
    check_log_file(folder / "log.csv")


def _code(content: bytes, _folder: Path) -> None:
    recovered_code(content.decode("utf-8", "replace"))


def _login_code(content: bytes, _folder: Path) -> None:
    parse_login_code(content.decode("utf-8", "replace"))


# --- what it is fed at first ------------------------------------------------------------------------------------------


@functools.cache
def _workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Caseload")
        for row, line in enumerate(CASELOAD.splitlines()):
            for column, cell in enumerate(line.split(";")):
                sheet.write_string(row, column, cell)
        sheet.write_formula(1, 9, "=1+1")
    return out.getvalue()


@functools.cache
def _linked_workbook() -> bytes:
    """A workbook with a symbolic link and a name that leads out of the folder."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(_workbook())) as book, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for part in book.infolist():
            made.writestr(part, book.read(part))
        link = zipfile.ZipInfo("xl/worksheets/sheet9.xml")
        link.external_attr = 0o120777 << 16
        made.writestr(link, "/etc/passwd")
        made.writestr("../../../../tmp/aftercare-was-here", "out")
    return out.getvalue()


_GOLDEN = Path(__file__).parent / "golden" / "backup-format-1.backup"


def _golden() -> bytes:
    return _GOLDEN.read_bytes()


def _header() -> bytes:
    """The key file inside the golden backup."""
    return read_backup(_GOLDEN).label.header


def _body(header: bytes) -> bytes:
    return header.split(b"\n", 2)[2]


def _with_checksum(body: bytes) -> bytes:
    return MAGIC + b"\n" + crypto.checksum(body).encode() + b"\n" + body


def _label() -> bytes:
    return json.dumps(json.loads(_split_backup()[1])).encode()


def _split_backup() -> tuple[bytes, bytes]:
    """The database of the golden backup, and what stands behind it."""
    whole, label = _golden(), read_backup(_GOLDEN).label
    return whole[: label.database_bytes], whole[label.database_bytes : -_END.size]


def _with_sum(tail: bytes) -> bytes:
    database = _split_backup()[0]
    whole = hashlib.sha256(database + tail).digest()
    return database + tail + _END.pack(len(tail), whole, BACKUP_MAGIC)


def _two_parts() -> bytes:
    return "\n".join(part.text for part in new_kit(for_two=True).parts).encode()


_KEY = bytes(range(1, 33))


def _signed() -> bytes:
    """What a log export vouches for, not signed yet."""
    told = dict.fromkeys(_SIGNED, 1) | {
        "vault": "0" * 32,
        "sha256": hashlib.sha256(b"nothing").hexdigest(),
        "head_mac": "0" * 64,
    }
    return json.dumps(told).encode()


def _with_signature(content: bytes) -> bytes:
    """Signed by whoever made it: the signature holds, and what it vouches for may be anything."""
    try:
        fields = json.loads(content)
        canonical = json.dumps(fields, sort_keys=True, separators=(",", ":")).encode("ascii")
        fields |= {"public_key": crypto.signing_public(_KEY).hex(), "signature": crypto.signed(_KEY, canonical).hex()}
    except (ValueError, TypeError, RecursionError):
        return content
    return json.dumps(fields).encode()


READERS: dict[str, Reader] = {
    "caseload": Reader(
        lambda: (CASELOAD.encode(), CASELOAD.encode("utf-16"), CASELOAD.replace(";", "\t").encode("cp1252")), _people
    ),
    "caseload in the words of the standard": Reader(lambda: (HTCDS.encode(), HTCDS.encode("utf-16")), _people),
    "workbook": Reader(lambda: (_workbook(), _linked_workbook()), _people),
    "encoding": Reader(
        lambda: tuple(
            name + b"\n" + CASELOAD.encode()
            for name in (b"utf-8", b"cp1252", b"idna", b"punycode", b"hex", b"zip", b"undefined", b"rot13", b"utf-7")
        ),
        _people_in_encoding,
    ),
    "mapping": Reader(lambda: (MAPPING.encode(),), lambda content, _folder: read_mapping(content)),
    "policy": Reader(
        lambda: (b"[lock]\nidle_minutes = 10\n[backups]\nfolders = ['/srv/a']\n[window]\nscreen_capture = true\n",),
        _policy,
    ),
    "settings": Reader(
        lambda: (b'{"language": "fr", "text_percent": 150, "columns": {"a": ["b"]}, "filters": {"a": {"b": 1}}}',),
        _settings,
    ),
    "key file": Reader(lambda: (_header(),), lambda content, _folder: decode(content)),
    "key file with its checksum": Reader(
        lambda: (_body(_header()),), lambda content, _folder: decode(_with_checksum(content))
    ),
    "backup": Reader(lambda: (_golden(),), _backup),
    "backup with its sum": Reader(lambda: (_label(),), lambda content, folder: _backup(_with_sum(content), folder)),
    "log signature": Reader(lambda: (_with_signature(_signed()),), _signature),
    "log signature by another key": Reader(
        lambda: (_signed(),), lambda content, _folder: read_signed(_with_signature(content))
    ),
    "recovery code": Reader(lambda: (new_recovery_code().text.encode(), _two_parts()), _code),
    "one-time code": Reader(lambda: (new_login_code().text.encode(),), _login_code),
}


# --- what is done to it -----------------------------------------------------------------------------------------------


def spoiled(seeds: tuple[bytes, ...], chance: random.Random) -> bytes:
    """One of the contents with a few things done to it: flipped, cut, doubled, spliced, with a hostile token in it."""
    content = bytearray(chance.choice(seeds))
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(content) + 1)
        deed = chance.randrange(7)
        if deed == 0 and content:
            content[at % len(content)] ^= 1 << chance.randrange(8)
        elif deed == 1:
            del content[at:]
        elif deed == 2:
            content[at:at] = chance.choice(TOKENS)
        elif deed == 3:
            content[at : at + chance.randrange(40)] = chance.choice(TOKENS)
        elif deed == 4:
            other = chance.choice(seeds)
            content[at:] = other[chance.randrange(len(other)) :]
        elif deed == 5:
            end = min(len(content), at + chance.randrange(200))
            content[at:at] = content[at:end] * chance.randrange(1, 4)
        else:
            content[at:at] = chance.randbytes(chance.randrange(16))
    return bytes(content)


def handed_in(reader: Reader, content: bytes, folder: Path) -> bool:
    """Whether it was taken; what is neither taken nor refused raises."""
    try:
        reader.read(content, folder)
    except REFUSALS:
        return False
    return True


def contents(reader: Reader, count: int, chance: random.Random) -> Iterator[bytes]:
    seeds = reader.seeds()
    yield from seeds
    for token in TOKENS:
        yield token
        yield seeds[0] + token
    for _ in range(count):
        yield spoiled(seeds, chance)

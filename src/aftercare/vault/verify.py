"""The full check of a vault: every page, every row's references, the search index, the log, the header."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from aftercare.domain.errors import AuditBroken, Problem
from aftercare.vault.cipher import explained_by_driver
from aftercare.vault.files import Layout, explained
from aftercare.vault.header import authenticated
from aftercare.vault.header_files import read_headers
from aftercare.vault.opened import OpenVault
from aftercare.vault.search_index import check_search_index


class Check(StrEnum):
    """The steps, in the order they are done."""

    PAGES = "pages"  # the MAC of every page of the file
    STRUCTURE = "structure"
    REFERENCES = "references"
    SEARCH = "search"
    LOG = "log"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Finding:
    """One check that failed: how many faults it found, and the first bad log entry where that is what failed."""

    check: Check
    faults: int
    seq: int = 0


@dataclass(frozen=True, slots=True)
class VerifyReport:
    """What was checked and found; `complete` is false after a cancel."""

    findings: tuple[Finding, ...]
    audit_entries: int
    complete: bool

    @property
    def sound(self) -> bool:
        return self.complete and not self.findings


def verify_vault(vault: OpenVault, progress: Callable[[Check], None], cancelled: Callable[[], bool]) -> VerifyReport:
    """Run all checks; each announces itself through `progress`, and `cancelled` is asked before each."""
    findings: list[Finding] = []
    for check, run in _CHECKS.items():
        if cancelled():
            return VerifyReport(tuple(findings), audit_entries=0, complete=False)
        progress(check)
        faults = run(vault)
        if faults:
            findings.append(Finding(check, faults))
    progress(Check.LOG)
    entries = 0
    try:
        entries = vault.audit.verify_all(lambda _: None, cancelled)
    except AuditBroken as broken:
        findings.append(Finding(Check.LOG, 1, broken.seq))
    except Problem:
        findings.append(Finding(Check.LOG, 1))
    return VerifyReport(tuple(findings), entries, complete=not cancelled())


def _answers(vault: OpenVault, question: str) -> list[Any]:
    """All rows of a pragma: `cipher_integrity_check` stops checking where its reader stops reading."""
    connection = vault.engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert driver is not None
        with explained_by_driver():
            return list(driver.execute(question).fetchall())
    finally:
        connection.close()


def _bad_pages(vault: OpenVault) -> int:
    try:
        vault.checkpoint()  # the check does not look into the log
        return len(_answers(vault, "PRAGMA cipher_integrity_check")) or _bad_salt(vault)
    except Problem:
        return 1


def _bad_salt(vault: OpenVault) -> int:
    """The first bytes of the file: the cipher takes the salt from the key file, and never looks at them."""
    salt = vault.unlocked.header.database_salt
    with explained(), Layout(vault.folder).database.open("rb") as file:
        return int(file.read(len(salt)) != salt)


def _bad_structure(vault: OpenVault) -> int:
    try:
        return len([row for row in _answers(vault, "PRAGMA integrity_check(1000)") if row[0] != "ok"])
    except Problem:
        return 1


def _bad_references(vault: OpenVault) -> int:
    try:
        return len(_answers(vault, "PRAGMA foreign_key_check"))
    except Problem:
        return 1


def _bad_search(vault: OpenVault) -> int:
    try:
        with vault.engine.begin() as connection:
            check_search_index(connection)
    except Problem:
        return 1
    return 0


def _bad_header(vault: OpenVault) -> int:
    try:
        found = read_headers(Layout(vault.folder))
        authenticated(found.header, vault.unlocked.data_key)
    except Problem:
        return 1
    return 1 if found.one_is_damaged else 0


_CHECKS: dict[Check, Callable[[OpenVault], int]] = {
    Check.PAGES: _bad_pages,
    Check.STRUCTURE: _bad_structure,
    Check.REFERENCES: _bad_references,
    Check.SEARCH: _bad_search,
    Check.HEADER: _bad_header,
}

"""One byte turned in every kind of page: it is noticed, the file stays as it is, and every other row is saved."""

from __future__ import annotations

import hashlib
import shutil
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import DatabaseDamaged, NothingToSalvage, Problem, VaultExists, WrongPassphrase
from aftercare.services.opening import open_office
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.vault import CHEAP_KDF, RecoveryCode, make_backup, verify_vault
from aftercare.vault.backup_copy import prove_sound
from aftercare.vault.cipher import PAGE_BYTES, connect
from aftercare.vault.files import Layout
from aftercare.vault.restore_keys import SignIn
from aftercare.vault.salvage import Salvaged, salvage_vault
from aftercare.vault.salvage_pages import Pages
from aftercare.vault.salvage_tree import (
    INDEX_INTERIOR,
    INDEX_LEAF,
    TABLE_INTERIOR,
    TABLE_LEAF,
    Read,
    Trees,
    kind_of,
)
from proof import Proof
from rounds import few_or

pytestmark = pytest.mark.promise(4)

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
PASSPHRASE = "the heron sings at dusk"
WORKER = SignIn("worker", PASSPHRASE)


MADE_ANEW = ("caseload_entry", "search_entry")
CASELOAD_OF = ("survivor", "survivor_case", "plan", "note")


@dataclass(frozen=True)
class Page:
    """A page, the table it is of, and how many rows are gone with it."""

    number: int
    table: str = ""
    rows: int = 0


@dataclass(frozen=True)
class Whole:
    """A training vault of 24 survivors, its rows, and its pages by kind."""

    folder: Path
    code: RecoveryCode
    digits: str
    rows: dict[str, set[tuple[Any, ...]]]
    pages: dict[str, list[Page]]

    def some(self, kind: str, most: int) -> list[Page]:
        """The fullest page of each table first, then the next of each, until there are as many as asked for."""
        by_table: dict[str, list[Page]] = defaultdict(list)
        for page in sorted(self.pages[kind], key=lambda page: -page.rows):
            by_table[page.table].append(page)
        turns = zip_longest(*by_table.values())
        return [page for turn in turns for page in turn if page is not None][:most]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole") / "vault"
    order = TrainingOrder(24, 7, WORKER.login_name)
    office, code = make_training_office(folder, order, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    make_backup(office.vault, CLOCK.now(), lambda _done, _total: None)
    # deleted rows leave free pages
    with office.vault.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE passing (words TEXT)")
        connection.exec_driver_sql("INSERT INTO passing VALUES (?)", ("x" * 30_000,))
        connection.exec_driver_sql("DROP TABLE passing")
    digits = office.vault.unlocked.raw_database_key
    office.close()
    (folder / "reserve").unlink()
    with closing(connect(folder / "records.db", digits)) as database:
        schema = database.execute("SELECT type, name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall()
    return Whole(folder, code, digits, rows_of(folder, digits), pages_of(folder, digits, schema))


def rows_of(folder: Path, digits: str) -> dict[str, set[tuple[Any, ...]]]:
    with closing(connect(folder / "records.db", digits)) as database:
        names = [
            name
            for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if not name.startswith(("search_fts", "sqlite_", "vault_mark"))
        ]
        return {name: set(database.execute(f'SELECT * FROM "{name}"').fetchall()) for name in names}


def pages_of(folder: Path, digits: str, schema: list[tuple[str, str, int]]) -> dict[str, list[Page]]:
    """Pages by kind."""
    kinds: dict[str, list[Page]] = defaultdict(list)
    with Pages(Layout(folder), digits) as pages:
        trees = Trees(pages)
        for kind, name, root in [("table", "sqlite_master", 1), *schema]:
            before = set(trees.reached)
            trees.read(root)
            for number in sorted(trees.reached - before):
                shape, rows = shape_of(pages, number)
                kinds[f"{family_of(kind, name)} {shape}"].append(page_of_table(number, kind, name, rows))
        before = set(trees.reached)
        first = pages.get(1)
        assert first is not None
        trees.reach_free(int.from_bytes(first[32:36], "big"))
        kinds["free"] = [Page(number) for number in sorted(trees.reached - before)]
        assert len(trees.reached) == pages.count
    return kinds


def family_of(kind: str, name: str) -> str:
    if name == "sqlite_master":
        return "schema"
    return "FTS" if name.startswith("search_fts") else kind


def shape_of(pages: Pages, number: int) -> tuple[str, int]:
    """What a page of a tree is, and how many rows or entries begin on it."""
    content = pages.get(number)
    assert content is not None
    shape = kind_of(content, number)
    if shape in (INDEX_INTERIOR, TABLE_INTERIOR):
        return "interior", 0
    if shape not in (INDEX_LEAF, TABLE_LEAF):
        return "overflow", 1
    leaf = Read()
    Trees(pages).read_leaf(number, leaf)
    return "leaf", len(leaf.rows)


def page_of_table(number: int, kind: str, name: str, rows: int) -> Page:
    is_gone_for_good = family_of(kind, name) == "table" and name not in MADE_ANEW
    return Page(number, name, rows if is_gone_for_good else 0)


@pytest.fixture
def damaged(whole: Whole, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "damaged"
    shutil.copytree(whole.folder, folder)
    folder.chmod(0o700)
    yield folder
    shutil.rmtree(folder)


def turn_a_byte(folder: Path, page: int, at: int = 1777) -> str:
    """The hash of the file afterwards."""
    content = bytearray((folder / "records.db").read_bytes())
    content[(page - 1) * PAGE_BYTES + at] ^= 0x10
    (folder / "records.db").write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def salvage(folder: Path, to: Path) -> Salvaged:
    return salvage_vault(folder, to, WORKER, clock=CLOCK, progress=lambda _done, _total: None)


def is_noticed(folder: Path, digits: str) -> bool:
    try:
        with closing(connect(folder / "records.db", digits)) as database:
            prove_sound(database, folder / "records.db")
    except (DatabaseDamaged, Problem):
        return True
    return False


def gone_from(whole: Whole, folder: Path) -> int:
    """Rows that are not there any more as they were."""
    after = rows_of(folder, whole.digits)
    # the words of the search are numbered anew where they were gathered anew
    kept = {name: rows for name, rows in whole.rows.items() if name != "search_entry"}
    return sum(len(rows - after[name]) for name, rows in kept.items())


def lost_beside(whole: Whole, page: Page, after: dict[str, set[tuple[Any, ...]]], told: Salvaged) -> list[str]:
    """What is not as it was, by table, although it did not lie on the page; a reference that was emptied is allowed."""
    mended = {table.name: table for table in told.tables}
    found = []
    for name, rows in whole.rows.items():
        if name == "search_entry":  # gathered anew, it is numbered anew
            continue
        if name == "caseload_entry" and page.table in CASELOAD_OF:
            continue
        gone, came = rows - after[name], after[name] - rows
        emptied = [row for row in gone if any(is_emptied(row, other) for other in came)]
        entry = mended.get(name)
        allowed = page.rows if name == page.table else 0
        made = 0 if entry is None else entry.stand_ins
        if len(gone) - len(emptied) > allowed or len(emptied) > (0 if entry is None else entry.emptied):
            found.append(f"{name}: {len(gone)} of {len(rows)}")
        elif name != "audit_entry" and len(came) != len(emptied) + made:
            found.append(f"{name}: {len(came)} that nobody wrote")
    return found


def is_emptied(row: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    """Whether a row is another one but for values that are not there any more."""
    return row[0] == other[0] and all(after in (before, None) for before, after in zip(row, other, strict=True))


KINDS = [
    "schema interior", "schema leaf", "table interior", "table leaf", "table overflow", "index interior", "index leaf",
    "FTS leaf", "free",
]  # fmt: skip


@few_or(1, few=1, full=60)
@pytest.mark.parametrize("kind", KINDS)
def test_all_rows_beside_a_hurt_page_are_saved(
    whole: Whole, tmp_path: Path, kind: str, rounds: int, proof: Proof
) -> None:
    for page in whole.some(kind, rounds):
        damaged, saved = tmp_path / "damaged", tmp_path / "saved"
        shutil.copytree(whole.folder, damaged)
        before = turn_a_byte(damaged, page.number)
        assert is_noticed(damaged, whole.digits)
        told = salvage(damaged, saved)
        is_untouched = hashlib.sha256((damaged / "records.db").read_bytes()).hexdigest() == before
        lost = lost_beside(whole, page, rows_of(saved, whole.digits), told)
        proof.tried()
        proof.lost(len(lost))
        proof.corrupt(not is_untouched)
        assert is_untouched
        assert lost == [], page
        assert (told.lost, told.bad_pages, set_aside(told)) == (page.rows, 1, 0), page
        with open_office(saved, WORKER.login_name, PASSPHRASE, clock=CLOCK) as office:
            report = verify_vault(office.vault, lambda _: None, lambda: False)
            # entries of the log that were on the page break its chain for good
            broken = {"log"} if told.first_bad_entry else set()
            assert {finding.check.value for finding in report.findings} == broken
        shutil.rmtree(damaged)
        shutil.rmtree(saved)


def set_aside(told: Salvaged) -> int:
    """Rows that could be read and were not taken over."""
    return sum(table.set_aside for table in told.tables)


def page_of(whole: Whole, table: str) -> int:
    """The root of a small table, or its first leaf."""
    with closing(connect(whole.folder / "records.db", whole.digits)) as database:
        (root,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    with Pages(Layout(whole.folder), whole.digits) as pages:
        page = pages.get(root)
        assert page is not None
        if kind_of(page, root) != TABLE_INTERIOR:
            return int(root)
        first_cell = int.from_bytes(page[12:14], "big")
        return int.from_bytes(page[first_cell : first_cell + 4], "big")


def test_what_is_written_about_a_lost_person_stays_under_a_stand_in(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    turn_a_byte(damaged, page_of(whole, "survivor"))
    told = salvage(damaged, tmp_path / "saved")
    (survivors,) = (table for table in told.tables if table.name == "survivor")
    assert survivors.lost == survivors.stand_ins > 0
    after = rows_of(tmp_path / "saved", whole.digits)
    assert len(after["survivor"]) == 24
    assert after["note"] == whole.rows["note"]
    assert after["survivor_case"] == whole.rows["survivor_case"]


def test_without_any_readable_administrator_whoever_salvages_becomes_one(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    turn_a_byte(damaged, page_of(whole, "staff"))
    assert salvage(damaged, tmp_path / "saved").made_administrator
    with open_office(tmp_path / "saved", WORKER.login_name, PASSPHRASE, clock=CLOCK) as office:
        actor = office.desk.actor
        assert [role.value for role in actor.roles] == ["administrator"]
        with office.vault.engine.connect() as connection:
            logged = connection.exec_driver_sql(
                "SELECT object_id FROM audit_entry WHERE action = 'vault.salvager_made_administrator'"
            ).scalars()
            assert [UUID(key) for key in logged] == [actor.id]


def test_records_are_found_again_whose_words_of_the_search_are_lost(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    turn_a_byte(damaged, page_of(whole, "search_entry"))
    told = salvage(damaged, tmp_path / "saved")
    assert (told.lost, told.made_administrator) == (0, False)
    after = rows_of(tmp_path / "saved", whole.digits)["search_entry"]
    assert {row[1:] for row in after} == {row[1:] for row in whole.rows["search_entry"]}
    with open_office(tmp_path / "saved", WORKER.login_name, PASSPHRASE, clock=CLOCK) as office:
        assert verify_vault(office.vault, lambda _: None, lambda: False).findings == ()


def test_the_recovery_code_salvages_too_and_a_wrong_passphrase_does_not(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    def unheard(_done: int, _total: int) -> None:
        pass

    with pytest.raises(WrongPassphrase):
        salvage_vault(damaged, tmp_path / "saved", SignIn("worker", "seven lamps"), clock=CLOCK, progress=unheard)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["damaged"]
    salvage_vault(damaged, tmp_path / "saved", whole.code, clock=CLOCK, progress=unheard)
    assert gone_from(whole, tmp_path / "saved") == 0


def test_with_both_key_files_lost_the_one_in_the_newest_backup_opens(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    for name in ("header.a", "header.b"):
        (damaged / name).write_bytes(b"AFTERCARE-VAULT\nrotten")
    salvage(damaged, tmp_path / "saved")
    assert gone_from(whole, tmp_path / "saved") == 0


def test_what_stands_only_in_the_write_ahead_log_is_saved_too(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    with open_office(damaged, WORKER.login_name, PASSPHRASE, clock=CLOCK) as office:
        office.vault.checkpoint()
        with office.vault.engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES ('only in the log', 'true')")
        shutil.copytree(damaged, tmp_path / "after a crash", ignore=shutil.ignore_patterns("reserve", "lock"))
    turn_a_byte(tmp_path / "after a crash", page_of(whole, "draft"))
    salvage(tmp_path / "after a crash", tmp_path / "saved")
    assert ("only in the log", "true") in rows_of(tmp_path / "saved", whole.digits)["setting"]


def test_nothing_is_salvaged_into_a_vault_or_out_of_noise(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    with pytest.raises(VaultExists):
        salvage(damaged, damaged)
    (damaged / "records.db").write_bytes(bytes(40 * PAGE_BYTES))
    with pytest.raises(NothingToSalvage):
        salvage(damaged, tmp_path / "saved")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["damaged"]

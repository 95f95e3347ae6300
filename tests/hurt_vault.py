"""A vault whose rows and pages are known, and what is not as it was in the one that was salvaged from it."""

from __future__ import annotations

from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from aftercare.vault import RecoveryCode
from aftercare.vault.cipher import connect
from aftercare.vault.files import Layout
from aftercare.vault.salvage_pages import Pages
from aftercare.vault.salvage_told import Salvaged
from aftercare.vault.salvage_tree import (
    INDEX_INTERIOR,
    INDEX_LEAF,
    TABLE_INTERIOR,
    TABLE_LEAF,
    Read,
    Trees,
    kind_of,
)

MADE_ANEW = ("caseload_entry", "search_entry", "vault_mark")
"""Tables that say nothing of their own: they follow from the records, or from the key file."""
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


# --- pages -------------------------------------------------------------------------------------------------------


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


# --- what is not as it was --------------------------------------------------------------------------------------


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
    return all(after in (before, None) for before, after in zip(row, other, strict=True))


def set_aside(told: Salvaged) -> int:
    """Rows that could be read and were not taken over."""
    return sum(table.set_aside for table in told.tables)

"""The rows of the table, each with its bar; a row is measured in a process of its own by the function named here."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Literal

from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured

Statistic = Literal["median", "p95", "worst"]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: `bar` is the most (or, where `more_is_better`, the least) that `statistic` may be."""

    name: str
    words: str
    home: str  # module and function within benchmarks
    unit: str
    bar: float | None
    limit_words: str = ""
    statistic: Statistic = "median"
    more_is_better: bool = False
    huge: bool = False

    def measure(self, conditions: Conditions) -> Measured:
        """Run it here and now."""
        module, function = self.home.split(":")
        measured: Measured = getattr(import_module(f"benchmarks.{module}"), function)(conditions)
        return measured

    def is_met(self, figure: float) -> bool | None:
        """Whether the bar is kept; None where there is none."""
        if self.bar is None:
            return None
        return figure >= self.bar if self.more_is_better else figure <= self.bar


ROWS: tuple[Row, ...] = (
    Row("start-warm", "start to a painted unlock window, warm", "start_up:start_warm", "s", 0.30, "bare Qt window"),
    Row("start-cold", "start to a painted unlock window, cold", "start_up:start_cold", "s", 0.55, "bare Qt window"),
    Row("frozen-warm", "start of the frozen program, seen on a screen", "frozen:start_warm", "s", 0.30, "unpackaged"),
    Row("frozen-cold", "the same, cold", "frozen:start_cold", "s", 0.55, "unpackaged"),
    Row("frozen-memory", "memory of it at the unlock window", "frozen:memory", "MB", None, "unpackaged"),
    Row("frozen-size", "its size on the disk", "frozen:size", "MB", None, "unpackaged"),
    Row(
        "unlock-today", "unlock to a usable Today, beyond making the key", "window:unlock_to_today", "s", 0.40,
        "bare SQLAlchemy, SQLCipher, 50 rows painted",
    ),
    Row(
        "unlock-list", "unlock to a usable list, beyond making the key", "window:unlock_to_list", "s", 0.40,
        "bare SQLAlchemy, SQLCipher, 50 rows painted",
    ),
    Row("memory", "memory with that vault open", "window:memory", "MB", 136, "bare Qt, SQLAlchemy, SQLCipher, 50 rows"),
    Row("memory-flat", "memory grown from 1,000 people", "window:memory_grown", "MB", None),
    Row("find", "find a person while typing", "finding:find_while_typing", "ms", 5, "bare FTS5", "p95"),
    Row("find-painted", "first row painted after the key", "window:first_row_after_key", "ms", 50, "", "p95"),
    Row("filter", "filter the list while typing", "finding:filter_list_while_typing", "ms", 5, "", "p95"),
    Row("search", "Ctrl+K over people and notes", "finding:search_everything", "ms", 50, "", "p95"),
    Row("person", "open a person with 5,000 notes, painted", "window:person_painted", "ms", 100),
    Row("person-read", "head and first notes of that person, read", "keeping:read_a_person", "ms", None, "100 rows"),
    Row("save", "save a note with log and history", "keeping:save_a_note", "ms", 15, "one durable commit", "p95"),
    Row("page", "sorted, filtered page of 50", "finding:page_of_the_list", "ms", 5, "50 rows by key"),
    Row("page-next", "the next page of 50, by key", "finding:next_page_of_the_list", "ms", 5),
    Row("report", "progress report of 4 pages, chart", "printing:report_of_four_pages", "s", 0.15, "bare reportlab"),
    Row(
        "batch", "batch of reports on 2 processes", "printing:batch_of_reports", "pages/s", 100,
        "bare reportlab in one process", more_is_better=True,
    ),
    Row("cipher", "SQLCipher through our engine against plain SQLite", "keeping:cipher_against_plain", "×", 1.15),
    Row(
        "backup", "sealed backup with its verification", "guarding:back_up", "MB/s", 50, "bare copy of the file",
        more_is_better=True,
    ),
    Row("chain", "log verified", "keeping:verify_the_chain", "k/s", 300, more_is_better=True),
    Row("stall", "longest stall of the window in a scripted journey", "window:longest_stall", "ms", 50, "", "worst"),
    Row("duplicates", "likely duplicates at each key", "finding:duplicates_while_typing", "ms", 50, "", "p95"),
    Row("import", "import of 21,000 rows", "importing:import_people", "s", 30),
    Row("find-huge", "find, ten times the people", "growth:find_huge", "ms", 10, "bare FTS5", "p95", huge=True),
    Row("growth-find", "growth of finding, ten times the people", "growth:of_finding", "×", 3, huge=True),
    Row("growth-page", "growth of a list page, ten times the people", "growth:of_a_page", "×", 3, huge=True),
    Row("growth-person", "growth of opening a person, ten times the people", "growth:of_a_person", "×", 3, huge=True),
)  # fmt: skip

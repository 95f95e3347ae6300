"""What the tests of the nineteen promises counted, summed up for each promise and put into words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

PROMISES = {
    1: "A saved record survives a crash",
    2: "A saved record survives a power cut",
    3: "A full disk and I/O errors harm nothing and are explained",
    4: "Damage is detected, the good part is saved, the damaged file is never overwritten",
    5: "Rollback and replay are noticed",
    6: "No plaintext at rest",
    7: "No wrong, missing or weak key makes plaintext",
    8: "Every backup restores",
    9: "An upgrade keeps everything; a failed one changes nothing; an older app refuses newer records untouched",
    10: "It locks, and then shows and keeps nothing",
    11: "Staff accounts are independent",
    12: "The log shows any tampering",
    13: "Logs, crash reports, file names, titles and PDF metadata carry no person",
    14: "Imports cannot harm",
    15: "It talks to nobody",
    16: "Unsaved words are not lost",
    17: "Two instances, two accounts and stale locks are safe",
    18: "Clocks may lie",
    19: "Roles hold",
}
BEGIN, END = "<!-- results of make faults: begin -->", "<!-- results of make faults: end -->"
_HEAD = (
    "| # | Promise | Tests | States tried | Lost | Corrupt | Seconds |",
    "|--:|---|--:|--:|--:|--:|--:|",
)
_ROW = re.compile(r"\| (\d+) \| ")


@dataclass(frozen=True)
class Result:
    """The counts of one promise."""

    number: int
    tests: int
    failed: int
    skipped: tuple[str, ...]
    states: int
    lost: int
    corrupt: int
    seconds: float

    @property
    def proven(self) -> bool:
        return self.tests > 0

    @property
    def holds(self) -> bool:
        return not (self.failed or self.lost or self.corrupt)

    def as_json(self) -> dict[str, Any]:
        return {"promise": PROMISES[self.number], **asdict(self)}


def results_of(lines: Sequence[dict[str, Any]], numbers: Iterable[int]) -> list[Result]:
    """One result for each of the numbers, from the lines that the tests wrote."""
    return [_result(number, [line for line in lines if number in line["promises"]]) for number in numbers]


def _result(number: int, lines: Sequence[dict[str, Any]]) -> Result:
    ran = [line for line in lines if line["outcome"] != "skipped"]
    return Result(
        number=number,
        tests=len(ran),
        failed=sum(line["outcome"] == "failed" for line in ran),
        skipped=tuple(sorted({line["why"] for line in lines if line["outcome"] == "skipped"})),
        states=sum(line["states"] for line in ran),
        lost=sum(line["losses"] for line in ran),
        corrupt=sum(line["corruptions"] for line in ran),
        seconds=round(sum(line["seconds"] for line in ran), 1),
    )


def line_of(result: Result) -> str:
    """One line for the terminal."""
    start = f"{result.number:>2}  {PROMISES[result.number][:64]:<64}"
    if not result.proven:
        return f"{start}  not proven here{_because(result)}"
    counts = f"{result.states:>7} tried  {result.lost} lost  {result.corrupt} corrupt  {result.seconds:>7.1f} s"
    failed = f"  {result.failed} of {result.tests} tests FAILED" if result.failed else ""
    return f"{start}{counts}{failed}{_because(result)}"


def _because(result: Result) -> str:
    return f"  (not run: {'; '.join(result.skipped)})" if result.skipped else ""


def _row(result: Result) -> str:
    start = f"| {result.number} | {PROMISES[result.number]} |"
    if not result.proven:
        return f"{start} – | not proven here{_because(result)} | | | |"
    tests = f"{result.tests}, {result.failed} failed" if result.failed else str(result.tests)
    figures = f"{result.states:,} | {result.lost} | {result.corrupt} | {result.seconds:.0f}"
    return f"{start} {tests}{_because(result)} | {figures} |"


def table_of(results: Iterable[Result]) -> str:
    return "\n".join([*_HEAD, *map(_row, results)]) + "\n"


def into_document(document: str, results: Iterable[Result]) -> str:
    """The document with these results in its table; the rows of other promises stay."""
    before, begin, rest = document.partition(BEGIN)
    table, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit("the document has no place for the results")
    rows = {number: _row(_result(number, [])) for number in PROMISES}
    for line in table.splitlines():
        if (found := _ROW.match(line)) is not None:
            rows[int(found[1])] = line
    rows |= {result.number: _row(result) for result in results}
    lines = [*_HEAD, *(rows[number] for number in sorted(rows))]
    return f"{before}{begin}\n" + "\n".join(lines) + f"\n{end}{after}"

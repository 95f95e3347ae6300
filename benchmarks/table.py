"""The table as people read it, and the same as JSON."""

from __future__ import annotations

import json
import os
import platform
import sqlite3
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured, percentile
from benchmarks.rows import Row


@dataclass(frozen=True, slots=True)
class Figure:
    """What became of a row: measured, or why not."""

    row: Row
    measured: Measured | None
    why_not: str = ""

    @property
    def value(self) -> float | None:
        """The statistic that the bar is about."""
        if self.measured is None:
            return None
        if self.row.statistic == "p95":
            return self.measured.p95
        return max(self.measured.values) if self.row.statistic == "worst" else self.measured.median

    @property
    def ratio(self) -> float | None:
        """Ours over the limit (where more is better: the limit over ours), in medians."""
        if self.measured is None or not self.measured.limit or not self.measured.median:
            return None
        limit = statistics.median(self.measured.limit)
        return limit / self.measured.median if self.row.more_is_better else self.measured.median / limit

    @property
    def is_met(self) -> bool | None:
        return None if self.value is None else self.row.is_met(self.value)

    def as_json(self) -> dict[str, Any]:
        """Everything, with the values themselves in brief."""
        found: dict[str, Any] = {
            "name": self.row.name, "what": self.row.words, "unit": self.row.unit, "statistic": self.row.statistic,
            "bar": self.row.bar, "met": self.is_met, "why_not": self.why_not,
        }  # fmt: skip
        if self.measured is not None:
            found |= {
                "value": self.value, "median": self.measured.median, "p95": self.measured.p95,
                "best": self.measured.best, "turns": len(self.measured.values), "limit": self.measured.limit_median,
                "limit_what": self.row.limit_words, "ratio": self.ratio, "note": self.measured.note,
                "details": self.measured.details,
            }  # fmt: skip
        return found


_HEAD = ("what", "median", "p95", "limit", "ratio", "bar", "met")


def _number(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def cells(figure: Figure) -> tuple[str, ...]:
    """One line of the table."""
    row, measured = figure.row, figure.measured
    if measured is None:
        return (row.words, "–", "–", "–", "–", _bar(row), f"not measured: {figure.why_not}")
    met = {True: "yes", False: "NO", None: ""}[figure.is_met]
    return (
        row.words,
        f"{_number(measured.median)} {row.unit}",
        _number(percentile(measured.values, 0.95)),
        _number(measured.limit_median),
        _number(figure.ratio),
        _bar(row),
        met,
    )


def _bar(row: Row) -> str:
    if row.bar is None:
        return "–"
    sign = "≥" if row.more_is_better else "≤"
    what = {"median": "", "p95": " p95", "worst": " worst"}[row.statistic]
    return f"{sign} {_number(row.bar)}{what}"


def lines(figures: Sequence[Figure]) -> list[str]:
    """The whole table in columns, with what a reader should know below it."""
    table = [_HEAD, *(cells(figure) for figure in figures)]
    widths = [max(len(line[at]) for line in table) for at in range(len(_HEAD) - 1)]
    shown = ["  ".join(cell.ljust(width) for cell, width in zip(line, [*widths, 0], strict=True)) for line in table]
    shown.insert(1, "-" * (sum(widths) + 2 * len(widths) + 4))
    notes = [
        f"{figure.row.name}: {figure.measured.note}" for figure in figures if figure.measured and figure.measured.note
    ]
    return [*shown, "", *notes]


def as_json(figures: Sequence[Figure], conditions: Conditions) -> dict[str, Any]:
    """The run: where, when, under which load, and every figure."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "people": conditions.people,
        "quick": conditions.quick,
        "machine": {
            "cores": os.cpu_count(),
            "system": platform.platform(),
            "python": platform.python_version(),
            "sqlite": sqlite3.sqlite_version,
            "load": os.getloadavg() if hasattr(os, "getloadavg") else None,
        },
        "left_out": {"statistics": "the page of statistics is not built yet"},
        "figures": [figure.as_json() for figure in figures],
    }


def write(figures: Sequence[Figure], conditions: Conditions, path: Path) -> None:
    """Write the run as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(as_json(figures, conditions), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

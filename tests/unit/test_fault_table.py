"""The table of the nineteen promises: what tests counted, summed up, and put into SECURITY.md."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def table() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fault_table", ROOT / "packaging" / "fault_table.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["fault_table"] = module  # a dataclass looks its module up
    spec.loader.exec_module(module)
    return module


def line(**said: Any) -> dict[str, Any]:
    counted = {"states": 10, "losses": 0, "corruptions": 0, "seconds": 1.26, "outcome": "passed", "why": ""}
    return {"test": "a", "promises": [2], **counted, **said}


def test_counts_of_all_tests_of_a_promise_are_summed(table: ModuleType) -> None:
    lines = [line(), line(states=5, losses=1, outcome="failed"), line(promises=[1, 2], seconds=0.5), line(promises=[3])]
    (result,) = table.results_of(lines, [2])
    counted = (result.tests, result.failed, result.states, result.lost, result.corrupt, result.seconds)
    assert counted == (3, 1, 25, 1, 0, 3.0)
    assert not result.holds


def test_a_promise_whose_tests_were_skipped_is_not_proven_and_says_why(table: ModuleType) -> None:
    (result,) = table.results_of([line(outcome="skipped", why="the kernel forbids tracing here", states=0)], [2])
    assert not result.proven
    assert "not proven here  (not run: the kernel forbids tracing here)" in table.line_of(result)


def test_rows_that_were_not_run_stay_in_the_document(table: ModuleType) -> None:
    empty = f"before\n{table.BEGIN}\n{table.END}\nafter\n"
    first = table.into_document(empty, table.results_of([line(promises=[1])], [1]))
    both = table.into_document(first, table.results_of([line()], [2]))
    assert both.startswith("before\n")
    assert both.endswith("\nafter\n")
    assert "| 1 | A saved record survives a crash | 1 | 10 | 0 | 0 | 1 |" in both
    assert "| 2 | A saved record survives a power cut | 1 | 10 | 0 | 0 | 1 |" in both
    assert both.count("not proven here") == 17
    with pytest.raises(SystemExit):
        table.into_document("no table", [])


def test_security_md_has_a_row_for_each_promise(table: ModuleType) -> None:
    document = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    rows = document.partition(table.BEGIN)[2].partition(table.END)[0]
    assert table.into_document(document, []) == document
    for number, words in table.PROMISES.items():
        assert f"| {number} | {words} |" in rows

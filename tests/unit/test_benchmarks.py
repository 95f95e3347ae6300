"""The benchmarks run on a tiny vault and write what they found; no time is asserted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from benchmarks.__main__ import main
from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured, percentile
from benchmarks.rows import ROWS, Row
from benchmarks.table import Figure, lines, write


def test_a_run_on_a_tiny_vault_writes_its_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "figures.json"
    asked = ["--people", "6", "--quick", "--only", "page-next", "--only", "filter"]
    assert main([*asked, "--folder", str(tmp_path), "--json", str(written)]) == 0
    found = json.loads(written.read_text(encoding="utf-8"))
    assert found["people"] == 6
    assert [figure["name"] for figure in found["figures"]] == ["filter", "page-next"]
    for figure in found["figures"]:
        assert figure["median"] > 0
        assert figure["turns"] >= 2
    assert "sorted" not in capsys.readouterr().out


def test_a_row_that_nobody_named_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--only", "no-such-row"]) == 2
    assert "start-warm" in capsys.readouterr().err


def test_every_row_names_a_function_that_is_there() -> None:
    from importlib import import_module

    for row in ROWS:
        module, function = row.home.split(":")
        assert callable(getattr(import_module(f"benchmarks.{module}"), function)), row.name
    assert len({row.name for row in ROWS}) == len(ROWS)


def test_a_bar_is_a_most_or_a_least() -> None:
    quick = Row("quick", "quick", "x:y", "ms", 5)
    much = Row("much", "much", "x:y", "MB/s", 5, more_is_better=True)
    assert quick.is_met(5)
    assert not quick.is_met(5.1)
    assert much.is_met(5)
    assert not much.is_met(4.9)
    assert Row("none", "none", "x:y", "ms", None).is_met(5) is None


def test_the_statistic_of_a_row_is_what_its_bar_is_about() -> None:
    values = [float(value) for value in range(1, 101)]
    assert percentile(values, 0.95) == 95
    assert Figure(Row("a", "a", "x:y", "ms", 5, statistic="p95"), Measured(values)).value == 95
    assert Figure(Row("a", "a", "x:y", "ms", 5, statistic="worst"), Measured(values)).value == 100
    assert Figure(Row("a", "a", "x:y", "ms", 5), Measured(values, [5.05])).ratio == 10
    assert Figure(Row("a", "a", "x:y", "ms", 5, more_is_better=True), Measured([10.0], [20.0])).ratio == 2


def test_what_could_not_be_measured_stands_in_the_table_and_in_the_file(tmp_path: Path) -> None:
    figures = [Figure(Row("a", "opening", "x:y", "ms", 5), None, "not built yet")]
    assert "not measured: not built yet" in lines(figures)[2]
    write(figures, Conditions(folder=tmp_path), tmp_path / "out.json")
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))["figures"][0]["why_not"] == "not built yet"

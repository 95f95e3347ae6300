"""`python -m benchmarks`: measure every row in a process of its own, print the table, write it as JSON.

python -m benchmarks [--people 10000] [--quick] [--huge] [--only NAME ...] [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.conditions import OUT, Conditions
from benchmarks.measuring import Measured, NotYet
from benchmarks.rows import ROWS, Row
from benchmarks.table import Figure, lines, write

_ROOT = Path(__file__).resolve().parent.parent
_ANSWER = "MEASURED "
_MOST_SECONDS = 3600


def _arguments(given: Sequence[str] | None) -> argparse.Namespace:
    asked = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__.partition("\n")[0] if __doc__ else ""
    )
    asked.add_argument("--people", type=int, default=10_000, help="invented people in the vault (10000)")
    asked.add_argument("--quick", action="store_true", help="fewer turns")
    asked.add_argument("--huge", action="store_true", help="also ten times the people: takes an hour and 15 GB")
    asked.add_argument("--as-kept", action="store_true", help="take a kept vault though its format may have changed")
    asked.add_argument("--only", action="append", default=[], metavar="NAME", help="only rows whose name begins so")
    asked.add_argument("--json", type=Path, metavar="FILE", help="where to write (benchmarks/out/<moment>.json)")
    asked.add_argument("--folder", type=Path, default=OUT, help="where vaults are kept (benchmarks/out)")
    asked.add_argument("--row", help=argparse.SUPPRESS)
    return asked.parse_args(given)


def _measure_here(row: Row, conditions: Conditions) -> int:
    """In the process of its own: the answer is one line of JSON."""
    try:
        found: dict[str, object] = asdict(row.measure(conditions))
    except NotYet as reason:
        found = {"why_not": str(reason)}
    print(_ANSWER + json.dumps(found), flush=True)
    # threads of Qt and of the vault end with the process
    os._exit(0)


def _measure_apart(row: Row, conditions: Conditions) -> Figure:
    command = [sys.executable, "-m", "benchmarks", "--row", row.name, "--people", str(conditions.people)]
    command += ["--folder", str(conditions.folder), *(["--quick"] if conditions.quick else [])]
    command += ["--as-kept"] if conditions.as_kept else []
    done = subprocess.run(
        command, cwd=_ROOT, env=_environment(), stdout=subprocess.PIPE, text=True, timeout=_MOST_SECONDS, check=False
    )
    answers = [line for line in done.stdout.splitlines() if line.startswith(_ANSWER)]
    if not answers:
        return Figure(row, None, f"it failed with exit code {done.returncode}, see above")
    found = json.loads(answers[-1].removeprefix(_ANSWER))
    if "why_not" in found:
        return Figure(row, None, found["why_not"])
    return Figure(row, Measured(**found))


def _environment() -> dict[str, str]:
    """Without a screen, Qt paints into memory."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(_ROOT), os.environ.get("PYTHONPATH", "")])}
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environment


def _wanted(asked: argparse.Namespace) -> list[Row]:
    """Rows that are asked for by the beginning of their name; those of huge vaults only by `--huge` or whole name."""
    return [
        row
        for row in ROWS
        if (not asked.only or any(row.name.startswith(name) for name in asked.only))
        and (asked.huge or not row.huge or row.name in asked.only)
    ]


def main(given: Sequence[str] | None = None) -> int:
    """The exit code is 0 whatever the figures are, and 2 where no row has the name asked for."""
    asked = _arguments(given)
    conditions = Conditions(asked.people, asked.quick, asked.huge, asked.as_kept, asked.folder.resolve())
    if asked.row:
        return _measure_here(next(row for row in ROWS if row.name == asked.row), conditions)
    rows = _wanted(asked)
    if not rows:
        print("no such row; there are: " + ", ".join(row.name for row in ROWS), file=sys.stderr)
        return 2
    from benchmarks.vaults import made_vault

    made_vault(conditions)
    figures = []
    for row in rows:
        print(f"  {row.words} …", file=sys.stderr, flush=True)
        figures.append(_measure_apart(row, conditions))
    print("\n".join(lines(figures)))
    path = asked.json or conditions.folder / f"{datetime.now(UTC):%Y-%m-%dT%H%M%S}.json"
    write(figures, conditions, path)
    print(f"written to {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

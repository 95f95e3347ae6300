"""The nineteen promises of SECURITY.md with their full counts: one line each, and the same as JSON and as a table.

python packaging/run_faults.py [--only NUMBER ...] [--into SECURITY.md] [pytest arguments]

The results lie in faults/results.json and faults/results.md. `--into` replaces the lines of the table between the two
marks in that file; the lines of promises that were not run stay as they are.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import on_screen
from fault_table import PROMISES, Result, into_document, line_of, results_of, table_of

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "faults"
SELECTED = "promise and (full or not sized)"
IN_MEMORY = Path("/dev/shm")
ROOM_BYTES = 8 << 30


def _pytest(log: Path, place: str, only: list[int], more: list[str], *, screen: bool) -> int:
    chosen = f"({SELECTED}) and {'screen' if screen else 'not screen'}"
    command = [sys.executable, "-m", "pytest", "-m", chosen, "-p", "no:cacheprovider", "--basetemp", place, *more]
    # thousands of disks and vaults would fill the memory
    command += ["-o", "tmp_path_retention_policy=failed"]
    if only:
        command += ["--promises", ",".join(map(str, only))]
    if screen:
        command = [sys.executable, on_screen.__file__, *command]
    else:
        # one more than there are processors: some wait for the moment of a kill
        command += ["-n", str(1 + (os.cpu_count() or 2)), "--dist", "worksteal"]
    environment = {**os.environ, "AFTERCARE_PROOF": str(log)}
    if not screen:
        environment["QT_QPA_PLATFORM"] = "offscreen"
    # the tests' own words go to standard error: standard output has one line a promise
    return subprocess.run(command, env=environment, check=False, cwd=ROOT, stdout=sys.stderr).returncode


@contextmanager
def _place() -> Iterator[str]:
    """Where tests keep their files: in memory where there is room, since some wait for the disk most of their time."""
    memory = IN_MEMORY if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM_BYTES else None
    with tempfile.TemporaryDirectory(prefix="aftercare-faults-", dir=memory, ignore_cleanup_errors=True) as place:
        yield place


def _write(results: list[Result]) -> None:
    content = {
        "made_at": time.strftime("%Y-%m-%d"),
        "python": sys.version.split()[0],
        "promises": [result.as_json() for result in results],
    }
    (OUT / "results.json").write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    (OUT / "results.md").write_text(table_of(results), encoding="utf-8")


def main() -> int:
    """0 where every promise that was tried held."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0] if __doc__ else None)
    parser.add_argument("--only", type=int, action="append", default=[], choices=sorted(PROMISES), metavar="NUMBER")
    parser.add_argument("--into", type=Path, help="a document whose table gets the results")
    asked, more = parser.parse_known_args()
    OUT.mkdir(exist_ok=True)
    log = OUT / "tests.jsonl"
    log.unlink(missing_ok=True)
    with _place() as place:
        codes = [
            _pytest(log, f"{place}/{name}", asked.only, more, screen=name == "screen") for name in ("beside", "screen")
        ]
    lines = log.read_text(encoding="utf-8").splitlines() if log.exists() else []
    results = results_of([json.loads(line) for line in lines], asked.only or sorted(PROMISES))
    for result in results:
        print(line_of(result), flush=True)
    _write(results)
    if asked.into is not None:
        asked.into.write_text(into_document(asked.into.read_text(encoding="utf-8"), results), encoding="utf-8")
    # pytest says 5 where nothing was selected: not every promise needs a screen
    ran_badly = any(code not in (0, 5) for code in codes)
    return 1 if ran_badly or any(not result.holds for result in results) else 0


if __name__ == "__main__":
    raise SystemExit(main())

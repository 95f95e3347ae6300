"""What a test of a promise counts: how many states it tried, and how many lost or spoiled something.

    @pytest.mark.promise(1)
    def test_something(proof: Proof) -> None:
        proof.tried(20)

A marked test that counts nothing tried one state. `packaging/run_faults.py` names a file in AFTERCARE_PROOF, and every
marked test adds one line to it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from dataclasses import asdict, dataclass
from typing import Any

import pytest

PROMISES = range(1, 20)


@dataclass
class Proof:
    """The counts of one test; the test itself must still fail where something is lost."""

    states: int = 0
    losses: int = 0
    corruptions: int = 0

    def tried(self, states: int = 1) -> None:
        self.states += states

    def lost(self, times: int = 1) -> None:
        self.losses += times

    def corrupt(self, times: int = 1) -> None:
        self.corruptions += times


_COUNTED = pytest.StashKey[Proof]()
_PHASES = pytest.StashKey[list[pytest.TestReport]]()


@pytest.fixture
def proof(request: pytest.FixtureRequest) -> Proof:
    """Where a test of a promise counts."""
    assert promises_of(request.node), "only a test with a promise counts"
    counted: Proof = request.node.stash.setdefault(_COUNTED, Proof())
    return counted


def promises_of(item: pytest.Item) -> list[int]:
    """The numbers of the promises that a test is about, in the table of SECURITY.md."""
    return sorted({number for marker in item.iter_markers("promise") for number in marker.args})


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    numbers = promises_of(item)
    assert all(number in PROMISES for number in numbers), "there are nineteen promises"
    place = os.environ.get("AFTERCARE_PROOF")
    if numbers and place:
        phases = item.stash.setdefault(_PHASES, [])
        phases.append(report)
        if report.when == "teardown":
            _add_line(place, {"test": item.nodeid, "promises": numbers, **_summed(item, phases)})
    return report


def _summed(item: pytest.Item, phases: list[pytest.TestReport]) -> dict[str, Any]:
    outcomes = {phase.outcome for phase in phases}
    outcome = next(word for word in ("failed", "skipped", "passed") if word in outcomes)
    counted = item.stash.get(_COUNTED, Proof())
    if outcome == "passed" and not counted.states:
        counted.tried()
    return {"outcome": outcome, "seconds": sum(p.duration for p in phases), "why": _why(phases), **asdict(counted)}


def _why(phases: list[pytest.TestReport]) -> str:
    """The reason that a skipped test gave."""
    for phase in phases:
        if phase.skipped and isinstance(phase.longrepr, tuple):
            return str(phase.longrepr[2]).removeprefix("Skipped: ")
    return ""


def _add_line(place: str, line: dict[str, Any]) -> None:
    # one write in append mode: several workers share the file
    handle = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        os.write(handle, (json.dumps(line) + "\n").encode())
    finally:
        os.close(handle)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--promises", default="", metavar="1,2", help="only tests of these promises")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    wanted = {int(number) for number in config.getoption("--promises").split(",") if number}
    if wanted:
        kept = [item for item in items if wanted & set(promises_of(item))]
        gone = [item for item in items if not wanted & set(promises_of(item))]
        config.hook.pytest_deselected(items=gone)
        items[:] = kept

"""How often a fault is tried: few times in `make test`, often in `make slow`, as promised in `make faults`."""

from __future__ import annotations

import pytest


def few_or(many: int, *, few: int, full: int | None = None, minutes: int = 15) -> pytest.MarkDecorator:
    """Run the test with `rounds` = few; once more, marked slow, with many; and once, marked full, with full (or many).

    `minutes` is the time limit of the two longer runs; the longest gets four times as much.
    """
    sized = pytest.mark.sized
    slow = [sized, pytest.mark.slow, pytest.mark.timeout(minutes * 60)]
    longest = [sized, pytest.mark.slow, pytest.mark.full, pytest.mark.timeout(4 * minutes * 60)]
    sizes = [
        pytest.param(few, marks=sized, id="few"),
        pytest.param(many, marks=slow, id="many"),
        pytest.param(full or many, marks=longest, id="full"),
    ]
    return pytest.mark.parametrize("rounds", sizes)

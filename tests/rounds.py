"""How often a fault is tried: a few times in `make test`, often where minutes do not matter."""

from __future__ import annotations

import pytest


def few_or(many: int, *, few: int, minutes: int = 15) -> pytest.MarkDecorator:
    """Run the test with `rounds` = few, and once more, marked slow, with `rounds` = many."""
    slow = [pytest.mark.slow, pytest.mark.timeout(minutes * 60)]
    return pytest.mark.parametrize("rounds", [few, pytest.param(many, marks=slow)])

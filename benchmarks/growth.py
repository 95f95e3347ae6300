"""How finding, a page of the list and opening a person grow from so many people to ten times as many."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.conditions import Conditions
from benchmarks.finding import find_while_typing, page_of_the_list
from benchmarks.keeping import read_a_person
from benchmarks.measuring import Measured

_TIMES = 10


def _grown(measure: Callable[[Conditions, int], Measured], conditions: Conditions) -> Measured:
    small = measure(conditions, conditions.people)
    large = measure(conditions, conditions.people * _TIMES)
    note = f"{small.median:.2f} and {large.median:.2f} ms"
    return Measured([large.median / small.median], note=note)


def find_huge(conditions: Conditions) -> Measured:
    """As with the fewer people."""
    return find_while_typing(conditions, conditions.people * _TIMES)


def of_finding(conditions: Conditions) -> Measured:
    """Medians of all keys."""
    return _grown(find_while_typing, conditions)


def of_a_page(conditions: Conditions) -> Measured:
    """Medians over all orders."""
    return _grown(page_of_the_list, conditions)


def of_a_person(conditions: Conditions) -> Measured:
    """The person with thousands of notes."""
    return _grown(read_a_person, conditions)

"""On every page and dialog: names, Alt keys of their own, keys that mean one thing, and a place on the way of Tab."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QDialog, QWidget

import aftercare.gui.dialogs
from aftercare.gui import rounds
from aftercare.gui.rounds_manners import Manner
from aftercare.gui.rounds_tour import Tour
from aftercare.vault import CHEAP_KDF
from inspecting import alt_keys_taken_twice, keys_that_mean_two_things, out_of_reach_of_tab, without_a_name

Inspection = Callable[[QWidget], list[str]]

pytestmark = pytest.mark.timeout(600)  # one round through everything, on a machine with other work

INSPECTIONS: tuple[Inspection, ...] = (
    without_a_name,
    alt_keys_taken_twice,
    keys_that_mean_two_things,
    out_of_reach_of_tab,
)


class Round:
    """One round through everything, with all inspections; made once for this module."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.met: set[str] = set()
        self.incidents = rounds.go_round([Manner("")], self._visit)

    def _visit(self, name: str, widget: QWidget, _tour: Tour) -> None:
        self.met.add(type(widget).__name__)
        for inspection in INSPECTIONS:
            for line in inspection(widget):
                self.found[inspection.__name__][line].append(name)

    def report(self, inspection: str) -> str:
        """Each complaint once, with the first place where it was met."""
        return "\n".join(f"{line} ({where[0]})" for line, where in sorted(self.found[inspection].items()))


@pytest.fixture(scope="module")
def walked(screen: object) -> Round:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
        return Round()


def test_every_page_tab_and_dialog_is_shown_and_painted_without_incident(walked: Round) -> None:
    assert not walked.incidents, "\n".join(walked.incidents)


def test_no_kind_of_dialog_is_missed(walked: Round) -> None:
    kinds = {kind.__name__ for kind in _leaves(QDialog) if kind.__module__.startswith(aftercare.gui.dialogs.__name__)}
    assert kinds - walked.met == set()


def _leaves(kind: type) -> set[type]:
    below: list[type] = kind.__subclasses__()
    return {leaf for each in below for leaf in _leaves(each)} if below else {kind}


@pytest.mark.parametrize("inspection", [inspection.__name__ for inspection in INSPECTIONS])
def test_everything_can_be_named_and_reached(walked: Round, inspection: str) -> None:
    assert not walked.report(inspection), walked.report(inspection)

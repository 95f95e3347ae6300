"""Long words from right to left: every text comes through the seam, fits where it stands, and reads from the right."""

from __future__ import annotations

from collections import defaultdict

import pytest
from PySide6.QtWidgets import QWidget

from aftercare.gui import rounds
from aftercare.gui.rounds_manners import Manner
from aftercare.gui.rounds_tour import Tour
from aftercare.gui.style import Look, Scheme
from aftercare.i18n import PSEUDO_RTL
from aftercare.services.deadlines import deadline_rules
from aftercare.services.office import OfficeSettings
from aftercare.vault import CHEAP_KDF
from inspecting import cut_words, not_mirrored, past_the_seam, user_words

MIRRORED = Manner("right-to-left", Look(Scheme.LIGHT, 100), PSEUDO_RTL)
# what a scene shows without writing it into the records
SHOWN_UNWRITTEN = (
    "\0T. Bekele\0Her contract ended on Friday, and she keeps the second key of the office."
    "\0Aleksandra Konstantinovna Wojciechowska-Papadopoulou\0"
) + "\0".join(rule.source for rule in deadline_rules(OfficeSettings()))  # a law is named as it is called

pytestmark = pytest.mark.timeout(600)  # one round through everything, on a machine with other work


class Round:
    """One round in the language that shows what bypassed the seam."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        self.rail_is_right: list[bool] = []
        self._typed: dict[int, str] = {}
        self.incidents = rounds.go_round([MIRRORED], self._visit)

    def _visit(self, name: str, widget: QWidget, tour: Tour) -> None:
        self._note(name, "words", past_the_seam(widget, self._typed_in(tour) + SHOWN_UNWRITTEN))
        self._note(name, "room", cut_words(widget))
        self._note(name, "direction", not_mirrored(widget))
        rail = widget.findChild(QWidget, "rail")
        if rail is not None and rail.isVisible():
            self.rail_is_right.append(rail.x() > 0)

    def _typed_in(self, tour: Tour) -> str:
        """What was typed into the records that are shown; asked again where somebody was added."""
        if not tour.is_open:
            return ""
        key = id(tour.opened)
        if key not in self._typed or tour.has_added:
            self._typed[key] = user_words(tour.opened.vault.engine)
            tour.has_added = False
        return self._typed[key]

    def _note(self, name: str, kind: str, lines: list[str]) -> None:
        for line in lines:
            self.found[kind][line].append(name)

    def report(self, kind: str) -> str:
        """Each complaint once, with the first place where it was met."""
        return "\n".join(f"{line} ({where[0]})" for line, where in sorted(self.found[kind].items()))


@pytest.fixture(scope="module")
def walked(screen: object) -> Round:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
        return Round()


def test_it_can_be_walked_through(walked: Round) -> None:
    assert not walked.incidents, "\n".join(walked.incidents)


def test_no_text_goes_past_the_seam(walked: Round) -> None:
    assert not walked.report("words"), walked.report("words")


def test_longer_words_still_fit(walked: Round) -> None:
    assert not walked.report("room"), walked.report("room")


def test_everything_is_mirrored(walked: Round) -> None:
    assert not walked.report("direction"), walked.report("direction")
    assert walked.rail_is_right
    assert all(walked.rail_is_right)

"""Text at 200 % in a window of 1024 × 768: no page scrolls sideways, no words are cut, no dialog is wider."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QDialog, QWidget

from aftercare.gui import rounds
from aftercare.gui.rounds_manners import Manner
from aftercare.gui.rounds_tour import Tour
from aftercare.gui.style import Look, Scheme
from aftercare.vault import CHEAP_KDF
from inspecting import cut_words

LARGE = Manner("text-200", Look(Scheme.LIGHT, 200), size=(1024, 768))


class Round:
    """One round through what is shown in every manner."""

    def __init__(self) -> None:
        self.cut: list[str] = []
        self.too_wide: list[str] = []
        self.met: set[str] = set()
        self.incidents = rounds.go_round([LARGE], self._visit)

    def _visit(self, name: str, widget: QWidget, _tour: Tour) -> None:
        self.met.add(type(widget).__name__)
        self.cut += [f"{line} ({name})" for line in cut_words(widget)]
        if isinstance(widget, QDialog) and widget.width() > max(LARGE.size[0], widget.screen().geometry().width()):
            self.too_wide.append(f"{name}: {widget.width()}")


@pytest.fixture(scope="module")
def walked(screen: object) -> Round:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
        return Round()


def test_it_can_be_walked_through(walked: Round) -> None:
    assert not walked.incidents, "\n".join(walked.incidents)
    assert {"NoteDialog", "NewPerson"} <= walked.met


def test_nothing_is_cut_or_scrolled_sideways(walked: Round) -> None:
    assert not walked.cut, "\n".join(walked.cut)


def test_no_dialog_is_wider_than_the_screen(walked: Round) -> None:
    assert not walked.too_wide, "\n".join(walked.too_wide)

"""Text at 200 % and words 40 % longer at 1024 × 768: no page or table scrolls sideways, no words are cut, no dialog is
wider.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtWidgets import QAbstractItemView, QDialog, QScrollArea, QWidget

from aftercare.gui import rounds
from aftercare.gui.rounds_manners import Manner
from aftercare.gui.rounds_tour import Tour
from aftercare.gui.style import Look, Scheme
from aftercare.i18n import PSEUDO
from aftercare.vault import CHEAP_KDF
from hands import settle
from inspecting import cut_words, label_of

LARGE = Manner("text-200", Look(Scheme.LIGHT, 200), PSEUDO, (1024, 768))
AROUND = 20  # pixels of the screen that a dialog leaves free

pytestmark = pytest.mark.timeout(600)  # one round through everything, on a machine with other work


class Round:
    """One round through what is shown in every manner."""

    def __init__(self) -> None:
        self.cut: list[str] = []
        self.too_wide: list[str] = []
        self.met: set[str] = set()
        self.incidents = rounds.go_round([LARGE], self._visit)

    def _visit(self, name: str, widget: QWidget, _tour: Tour) -> None:
        self.met.add(type(widget).__name__)
        with _room_of_its_screen(widget):
            self.cut += [f"{line} ({name})" for line in [*cut_words(widget), *_scrolled_tables(widget)]]
        if isinstance(widget, QDialog) and widget.width() > max(LARGE.size[0], widget.screen().geometry().width()):
            self.too_wide.append(f"{name}: {widget.width()}")


@contextmanager
def _room_of_its_screen(widget: QWidget) -> Iterator[None]:
    """A screen without a display has 800 pixels: what a dialog lacks there it is given, as far as 1024 allow."""
    lacking = [area.horizontalScrollBar().maximum() for area in widget.findChildren(QScrollArea)]
    wanted = min(widget.width() + max(lacking, default=0), LARGE.size[0] - AROUND)
    before = widget.size()
    if isinstance(widget, QDialog) and wanted > widget.width():
        for area in widget.findChildren(QScrollArea):
            area.setMinimumWidth(0)
        widget.resize(wanted, widget.height())
        settle()
    yield
    widget.resize(before)


def _scrolled_tables(root: QWidget) -> list[str]:
    tables = [table for table in root.findChildren(QAbstractItemView) if table.isVisible()]
    by = {label_of(table): table.horizontalScrollBar().maximum() for table in tables}
    return [f"{name} is scrolled sideways by {pixels}" for name, pixels in by.items() if pixels > 1]


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

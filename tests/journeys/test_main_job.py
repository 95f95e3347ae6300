"""From an empty folder to a printed progress report, once with the mouse and once with the keyboard alone."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from aftercare.domain.clock import stopped_at
from aftercare.domain.codes import StepState
from aftercare.domain.rows.notes import NoteFilter
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui import printing
from aftercare.services.notes import list_notes
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.plans import open_plan
from aftercare.services.survivors import list_survivors
from aftercare.vault import CHEAP_KDF
from house import House
from story import AREAS, GOALS, NOTES, PASSWORD, STEPS, ByKeys, ByMouse, Teller

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


@pytest.fixture
def house(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """An empty folder, and the edge of the world faked: how fast this computer is, its file dialog and its printer."""
    monkeypatch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF)
    saved, printed = tmp_path / "report.pdf", tmp_path / "printed.pdf"

    def printer(_parent: QWidget, pages: int = 1) -> QPrinter:
        made = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        made.setOutputFileName(str(printed))
        return made

    monkeypatch.setattr(QFileDialog, "getSaveFileName", staticmethod(lambda *_a, **_k: (str(saved), "")))
    monkeypatch.setattr(printing, "ask_for_printer", printer)
    made = House(tmp_path / "somewhere", CLOCK).start()
    yield made
    made.leave()


@pytest.mark.parametrize("teller", [ByMouse, ByKeys], ids=["mouse", "keyboard"])
def test_from_an_empty_folder_to_a_printed_progress_report(
    house: House, teller: Callable[[House], Teller], tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    worker = teller(house)
    worker.tell(tmp_path / "records")
    house.leave()
    record_property("longest_stall_ms", worker.heart.longest)
    sys.stderr.write(f"longest stall of the window: {worker.heart.longest} ms, in {worker.heart.where}\n")
    assert house.ends == ["finished"]
    with open_office(tmp_path / "records", "rahman", PASSWORD, clock=CLOCK) as office:
        everything_is_recorded(office)
    the_report_says_so((tmp_path / "report.pdf").read_bytes())
    assert len(PdfReader(tmp_path / "printed.pdf").pages) >= 1


def everything_is_recorded(office: OpenOffice) -> None:
    desk = office.desk
    (row,) = desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
    plan = desk.ask(open_plan, row.case_id)
    assert plan.in_force is not None
    goals = {area.label or area.area: [goal.words for goal in area.goals] for area in plan.areas}
    assert [words for area in goals.values() for words in area] == [GOALS[area] for area in AREAS]
    steps = [step for area in plan.areas for goal in area.goals for step in goal.steps]
    assert [step.words for step in steps] == [words for area in AREAS for words in STEPS[area]]
    assert sum(step.state is StepState.DONE for step in steps) == 3
    notes = desk.ask(list_notes, row.case_id, NoteFilter(), None, 20)
    assert {note.words for note in notes.rows} >= set(NOTES)


def the_report_says_so(pdf: bytes) -> None:
    reader = PdfReader(io.BytesIO(pdf))
    text = " ".join(" ".join(page.extract_text().split()) for page in reader.pages)
    for words in GOALS.values():
        assert words in text
    assert "Nadia" not in str(reader.metadata)
    assert "S-0001" not in str(reader.metadata)

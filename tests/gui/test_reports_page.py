"""The page «Reports»: choosing, looking, warning, printing, saving, a whole caseload, and what left lately."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QLabel, QLineEdit, QListWidget, QPushButton, QWidget

from aftercare.domain.codes import Area, ReportKind, ReportProfile
from aftercare.domain.drafts.reports import Narratives, PlanSheetOrder, ProgressOrder
from aftercare.gui import printing
from aftercare.gui.application import Screen
from aftercare.gui.office import Office
from aftercare.gui.pages.reports import ReportsPage
from aftercare.gui.pages.reports_order import ReportForm
from aftercare.gui.saving import ask_where
from aftercare.gui.style import Look, Scheme
from aftercare.gui.widgets.choices import ChoiceChips, CodeCombo
from aftercare.gui.widgets.pages_view import PagesView
from aftercare.services.desk import Desk
from aftercare.services.reports import issued_reports
from aftercare.services.survivors import open_person
from hands import click, named, open_dialog, part, press, settle, type_in, wait_for, words_on
from makers import a_survivor
from report_cases import NARRATIVE, a_full_case


@pytest.fixture
def page(office: Office) -> Iterator[ReportsPage]:
    page = ReportsPage(office)
    page.resize(1240, 820)
    page.show()
    page.activateWindow()
    yield page
    page.close()
    page.deleteLater()
    settle()


def rest(page: ReportsPage, office: Office) -> None:
    """Until the preview shows what was chosen."""
    wait_for(lambda: not page._soon.isActive() and office.jobs.is_idle, "the preview")


def prepared(page: ReportsPage, office: Office, desk: Desk, kind: str = "progress", **case: Any) -> None:
    head = a_full_case(desk, **case)
    page.prepare(desk.ask(open_person, head.survivor_id), kind)
    rest(page, office)


def form_of(page: ReportsPage) -> ReportForm:
    return page.findChildren(ReportForm)[-1]


def choose(page: ReportsPage, name: str, code: str) -> None:
    """Choose in a list by its code, as a person does by its word."""
    box = next(box for box in page.findChildren(CodeCombo) if box.accessibleName() == name)
    box.setCurrentIndex(box.findData(str(code)))
    box.activated.emit(box.currentIndex())


def test_the_lower_rows_are_made_once_the_upper_ones_are_on_the_screen(page: ReportsPage, office: Office) -> None:
    form = form_of(page)
    assert list(form.rows.rows) == ["person", "kind", "profile"]
    wait_for(lambda: form.growth.is_done and office.jobs.is_idle, "the whole form")
    assert list(form.rows.rows)[-3:] == ["language", "paper", "large_print"]
    assert form.progress_order(uuid4()).since is not None
    assert "No report has been printed or saved yet." in words_on(page)


def test_tab_passes_every_row_also_before_it_is_there(page: ReportsPage) -> None:
    form = form_of(page)
    form.rows.rows["profile"].editor.setFocus()
    press("Tab")
    assert page.focusWidget() is form.rows.rows["period"].editor


def test_without_a_person_the_page_says_what_to_do_and_nothing_can_leave(page: ReportsPage, office: Office) -> None:
    rest(page, office)
    assert "Choose a person to see the report." in words_on(page)
    assert not part(page, QPushButton, "print_report").isEnabled()
    assert not part(page, QPushButton, "save").isEnabled()


def test_what_only_a_case_has_is_asked_for_once_there_is_one(page: ReportsPage, office: Office, desk: Desk) -> None:
    form_of(page).growth.finish()
    rows = form_of(page).rows.rows
    assert [name for name in ("areas", "entries", "language") if rows[name].isVisible()] == []
    prepared(page, office, desk)
    assert all(rows[name].isVisible() for name in ("areas", "entries", "language"))


def test_a_person_chosen_by_code_gets_a_preview_of_her_pages(page: ReportsPage, office: Office, desk: Desk) -> None:
    a_full_case(desk)
    named(page, "About whom", QLineEdit).setFocus()
    type_in("S-0001")
    wait_for(lambda: QApplication.activePopupWidget() is not None, "the people found")
    press("Down")
    press("Return")
    wait_for(lambda: part(page, PagesView, "pages").page_count == 2, "the preview")
    assert "Page 1 of 2" in words_on(page)


def test_what_is_chosen_is_what_is_ordered(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk)
    form = form_of(page)
    order = form.order()
    assert isinstance(order, ProgressOrder)
    assert (order.profile, order.areas, order.language, order.paper) == (ReportProfile.INTERNAL, (), "en", "A4")
    assert (str(order.since), str(order.until)) == ("2026-09-01", "2026-11-23")
    choose(page, "For whom", ReportProfile.SURVIVORS_COPY)
    choose(page, "Period", "since_intake")
    choose(page, "Paper", "Letter")
    form.findChildren(ChoiceChips)[0].show_codes([Area.HOUSING])
    entries = form.findChildren(QListWidget)[0]
    item = entries.findItems(NARRATIVE, Qt.MatchFlag.MatchContains)[0]
    item.setCheckState(Qt.CheckState.Checked)
    order = form.order()
    assert isinstance(order, ProgressOrder)
    assert (order.profile, order.areas, order.paper) == (ReportProfile.SURVIVORS_COPY, ("housing",), "Letter")
    assert (order.since, order.entries) == (None, frozenset({item.data(Qt.ItemDataRole.UserRole)}))
    choose(page, "What", ReportKind.PLAN_SHEET)
    assert form.order() == PlanSheetOrder(order.case_id, ("housing",), "en", "Letter")


def test_days_turned_round_are_told_beside_their_field(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk)
    named(page, "To", QLineEdit).setFocus()
    press("Ctrl+A")
    type_in("1 Jan 2026")
    press("Tab")
    rest(page, office)
    assert "The end is before the beginning." in words_on(page)


def test_the_anonymous_sheet_offers_no_words_to_print(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk)
    assert "What was written" in words_on(page)
    choose(page, "For whom", ReportProfile.ANONYMOUS)
    assert "What was written" not in words_on(page)


def test_pages_are_turned_and_enlarged_with_the_keys(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk)
    view = part(page, PagesView, "pages")
    part(view, QWidget, "scroll").setFocus()
    press("End")
    assert view.page == 1
    press("Home")
    assert view.page == 0
    rest(page, office)
    before = view._sheet.width()
    press("Ctrl++")
    rest(page, office)
    assert view._sheet.width() > before
    press("Ctrl+0")
    rest(page, office)
    assert view._sheet.width() == before


def test_what_cannot_be_printed_is_told_before_it_is(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk, goal="A room \U000131a0")
    assert "These characters cannot be printed: \U000131a0" in words_on(page)


def test_words_that_betray_are_told_on_the_plan_sheet(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk, "plan_sheet", goal="Leave the shelter")
    assert "Words on this page may tell where the person lives or why: “shelter”." in words_on(page)


def test_her_language_without_headings_is_told(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk, "plan_sheet")
    assert "There are no headings in Tigrinya yet" in words_on(page)


def test_a_report_is_saved_under_a_neutral_name_and_stands_in_the_list(
    page: ReportsPage, office: Office, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(page, office, desk)
    proposed = []

    def where(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(name)
        return str(tmp_path / name), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    page.activateWindow()
    part(page, QPushButton, "save").setFocus()
    press("Ctrl+S")
    wait_for(lambda: list(tmp_path.glob("report-*.pdf")), "the file")
    rest(page, office)
    assert proposed == ["report-R-000001.pdf"]
    text = pypdfium2.PdfDocument(tmp_path / proposed[0])[0].get_textpage().get_text_range()
    assert "R-000001" in text
    wait_for(lambda: len(page._model.rows) == 1, "the list")
    assert [row.number for row in desk.ask(issued_reports)] == [1]


def test_a_name_typed_without_an_ending_gets_it_and_no_file_is_written_over_unasked(
    page: ReportsPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "spring.pdf").touch()
    typed = iter(["summer", "v. 2", "Spring.PDF", "spring", "other.pdf", ""])
    proposed = []

    def where(_parent: QWidget, _title: str, name: str, _kinds: str) -> tuple[str, str]:
        proposed.append(Path(name).name)
        chosen = next(typed)
        return str(tmp_path / chosen) if chosen else "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", where)
    given = [ask_where(page, "Save", "report.pdf", "PDF (*.pdf)") for _ in range(5)]
    assert [path.name if path else None for path in given] == [
        "summer.pdf",
        "v. 2.pdf",
        "Spring.PDF",
        "other.pdf",
        None,
    ]
    assert proposed == ["report.pdf"] * 4 + ["spring.pdf", "report.pdf"]


def test_giving_up_in_the_file_dialog_wastes_no_number(
    page: ReportsPage, office: Office, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(page, office, desk)
    answers = iter([("", ""), (str(tmp_path / "x.pdf"), "")])
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: next(answers))
    page.save_report()
    rest(page, office)
    assert desk.ask(issued_reports) == ()
    page.save_report()
    wait_for((tmp_path / "x.pdf").exists, "the file")
    assert [row.number for row in desk.ask(issued_reports)] == [1]


def test_a_printed_report_is_written_down_with_its_copies(
    page: ReportsPage, office: Office, desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prepared(page, office, desk)

    def to_file(_parent: QWidget, pages: int) -> QPrinter:
        assert pages == 2
        printer = QPrinter(QPrinter.PrinterMode.ScreenResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / "paper.pdf"))
        printer.setCopyCount(3)
        return printer

    monkeypatch.setattr(printing, "ask_for_printer", to_file)
    said: list[str] = []
    office.said.connect(said.append)
    part(page, QPushButton, "print_report").click()
    wait_for(lambda: said, "the paper")
    assert said == ["Report R-000001: 2 pages are printed."]
    (row,) = desk.ask(issued_reports)
    assert (row.copies, row.pages) == (3, 2)
    assert len(pypdfium2.PdfDocument(tmp_path / "paper.pdf")) == 2


def test_a_whole_caseload_is_saved_with_one_button(
    page: ReportsPage, office: Office, desk: Desk, tmp_path: Path
) -> None:
    prepared(page, office, desk)
    a_survivor(desk)
    click(part(page, QPushButton, "batch"))
    dialog = open_dialog(QDialog)
    click(named(dialog, "Save the reports", QPushButton))
    assert "Please fill this in." in words_on(dialog)
    named(dialog, "Folder", QLineEdit).setText(str(tmp_path / "nowhere"))
    click(named(dialog, "Save the reports", QPushButton))
    assert "There is no such folder." in words_on(dialog)
    folder = tmp_path / "out"
    folder.mkdir()
    named(dialog, "Folder", QLineEdit).setText(str(folder))
    click(named(dialog, "Save the reports", QPushButton))
    wait_for(lambda: part(dialog, QLabel, "outcome").text() == "2 reports are saved.", "the reports")
    assert {path.name for path in folder.iterdir()} == {"report-R-000001.pdf", "report-R-000002.pdf"}
    dialog.close()


def test_a_batch_forgets_the_entries_of_the_one_person_on_the_page(
    page: ReportsPage, office: Office, desk: Desk
) -> None:
    prepared(page, office, desk)
    form = form_of(page)
    form.findChildren(QListWidget)[0].item(0).setCheckState(Qt.CheckState.Checked)
    order = form.order_for_many(Narratives.LAST)
    assert isinstance(order, ProgressOrder)
    assert (order.entries, order.narratives, order.language) == (frozenset(), Narratives.LAST, "")


def test_another_person_takes_the_first_ones_pages_away(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk)
    field = form_of(page).person_field
    field.setFocus()
    type_in("x")
    assert part(page, PagesView, "pages").page_count == 0
    assert not part(page, QPushButton, "print_report").isEnabled()


def test_everything_on_the_page_has_a_name(page: ReportsPage, office: Office, desk: Desk) -> None:
    prepared(page, office, desk)
    for widget in page.findChildren(QWidget):
        if widget.isVisible() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            text = getattr(widget, "text", lambda: "")()
            assert widget.accessibleName() or text, widget.metaObject().className() + " " + widget.objectName()


@pytest.mark.parametrize("look", [Look(Scheme.DARK, 100), Look(Scheme.LIGHT, 200)])
def test_the_page_fits_large_text_and_the_dark(
    page: ReportsPage, office: Office, desk: Desk, screen: Screen, look: Look
) -> None:
    screen.style.wear(look)
    prepared(page, office, desk)
    page.resize(1024, 700)
    rest(page, office)
    assert page.minimumSizeHint().width() <= 1024


def test_pages_are_closed_with_the_window(page: ReportsPage, office: Office, desk: Desk) -> None:
    closed: list[int] = []

    class Open:
        def __len__(self) -> int:
            return 1

        def size(self, page: int) -> tuple[float, float]:
            return 100.0, 100.0

        def render(self, page: int, dots_per_inch: float = 96) -> Any:
            raise AssertionError

        def close(self) -> None:
            closed.append(1)

    view = PagesView()
    view.show_pages(Open())
    view.show_pages(Open())
    assert closed == [1]
    view.deleteLater()
    settle()
    assert closed == [1, 1]


def test_the_page_follows_the_language_of_the_window(
    page: ReportsPage, office: Office, desk: Desk, screen: Screen
) -> None:
    prepared(page, office, desk)
    screen.interpreter.speak("ar-XB")
    settle()
    rest(page, office)
    assert "About whom" not in words_on(page)
    order = form_of(page).order()
    assert order is not None
    assert part(page, PagesView, "pages").page_count == 2


def test_a_batch_that_is_stopped_says_so_and_leaves_whole_files(
    page: ReportsPage, office: Office, desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    prepared(page, office, desk)
    for _ in range(40):
        a_survivor(desk)
    click(part(page, QPushButton, "batch"))
    dialog = open_dialog(QDialog)
    named(dialog, "Folder", QLineEdit).setText(str(folder))
    click(named(dialog, "Save the reports", QPushButton))
    wait_for(lambda: list(folder.glob("report-*.pdf")), "the first file")
    click(named(dialog, "Stop", QPushButton))
    assert "Stopping…" in words_on(dialog)
    wait_for(lambda: "Stopped." in part(dialog, QLabel, "outcome").text(), "the end")
    files = {path.name for path in folder.iterdir()}
    assert 0 < len(files) < 41
    said = "report is saved" if len(files) == 1 else "reports are saved"
    assert part(dialog, QLabel, "outcome").text() == f"Stopped. {len(files)} {said}."
    wait_for(lambda: office.jobs.is_idle, "rest")
    assert {path.name for path in folder.iterdir()} == files
    assert {f"report-R-{row.number:06d}.pdf" for row in desk.ask(issued_reports, 100)} == files
    assert all(len(pypdfium2.PdfDocument(folder / name)) for name in files)
    dialog.close()


def test_a_batch_that_is_closed_while_it_runs_says_so_in_the_window(
    page: ReportsPage, office: Office, desk: Desk, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    prepared(page, office, desk)
    for _ in range(40):
        a_survivor(desk)
    said: list[str] = []
    office.said.connect(said.append)
    click(part(page, QPushButton, "batch"))
    dialog = open_dialog(QDialog)
    named(dialog, "Folder", QLineEdit).setText(str(folder))
    click(named(dialog, "Save the reports", QPushButton))
    wait_for(lambda: list(folder.glob("report-*.pdf")), "the first file")
    dialog.reject()
    wait_for(lambda: not dialog.isVisible(), "the dialog to close")
    files = len(list(folder.iterdir()))
    assert 0 < files < 41
    assert said == [f"Stopped. {files} {'report is' if files == 1 else 'reports are'} saved."]
    wait_for(lambda: office.jobs.is_idle, "the end")
    assert len(list(folder.iterdir())) == files

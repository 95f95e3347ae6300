"""Reports for a whole caseload: files, register, cancel, refusals."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.domain.errors import FileNotWritten
from aftercare.services import report_batch
from aftercare.services.desk import Desk
from aftercare.services.report_batch import Do, print_caseload
from aftercare.services.report_choices import caseload
from aftercare.services.report_files import save_file, save_new_file
from aftercare.services.reports import issued_reports
from makers import a_survivor
from report_cases import a_full_case


def doing(desk: Desk) -> Do:
    def do(service: Callable[..., Any], /, *args: Any) -> Any:
        return desk.do(service, *args).value

    return do


def batch(
    desk: Desk, folder: Path, progress: Callable[[int, int], None] = lambda _d, _t: None
) -> report_batch.BatchDone:
    cases = desk.ask(caseload)
    return print_caseload(doing(desk), ProgressOrder(cases[0]), cases, folder, progress)


def test_every_case_has_a_file_under_a_name_that_says_nothing(desk: Desk, tmp_path: Path) -> None:
    a_full_case(desk)
    for _ in range(9):
        a_survivor(desk, "Selam")
    folder = tmp_path / "out"
    folder.mkdir()
    told: list[tuple[int, int]] = []
    done = batch(desk, folder, lambda n, of: told.append((n, of)))
    assert sorted(path.name for path in folder.iterdir()) == [f"report-R-{n:06d}.pdf" for n in range(1, 11)]
    assert (done.files, done.asked, done.pages, done.unprintable) == (10, 10, 11, "")
    assert told == [(n, 10) for n in range(11)]
    assert len(desk.ask(issued_reports)) == 10
    assert all(len(pypdfium2.PdfDocument(path)) for path in folder.iterdir())
    assert {path.stat().st_mode & 0o077 for path in folder.iterdir()} == {0}


@pytest.mark.parametrize("cores", [1, 2])
def test_after_a_stop_no_file_more_is_begun_and_those_there_are_counted(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    monkeypatch.setattr(report_batch, "WORTH_PROCESSES", 2)
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    for _ in range(12):
        a_survivor(desk)
    folder = tmp_path / "out"
    folder.mkdir()
    cases = desk.ask(caseload)
    done = print_caseload(
        doing(desk), ProgressOrder(cases[0]), cases, folder, is_stopped=lambda: len(list(folder.iterdir())) == 3
    )
    assert (done.files, done.asked, done.was_stopped) == (3, 12, True)
    assert {path.name for path in folder.iterdir()} == {
        f"report-R-{row.number:06d}.pdf" for row in desk.ask(issued_reports)
    }
    assert len(list(folder.iterdir())) == 3


def test_after_a_cancel_every_file_is_whole_and_registered(desk: Desk, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    for _ in range(20):
        a_survivor(desk)

    def stop(done: int, _total: int) -> None:
        if done:
            raise Stopped

    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(Stopped):
        batch(desk, folder, stop)
    names = {path.name for path in folder.iterdir()}
    assert names == {f"report-R-{row.number:06d}.pdf" for row in desk.ask(issued_reports)}
    assert len(names) == 1
    assert all(len(pypdfium2.PdfDocument(path)) for path in folder.iterdir())


def test_pages_made_in_other_processes_are_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_full_case(desk)
    a_full_case(desk)
    here, apart = tmp_path / "here", tmp_path / "apart"
    here.mkdir()
    apart.mkdir()
    batch(desk, here)
    monkeypatch.setattr(report_batch, "WORTH_PROCESSES", 1)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    assert batch(desk, apart).files == 2
    first, second = (pypdfium2.PdfDocument(f / n)[0].get_textpage().get_text_range() for f, n in
                     ((here, "report-R-000001.pdf"), (apart, "report-R-000003.pdf")))  # fmt: skip
    assert first.replace("R-000001", "") == second.replace("R-000003", "")


def test_a_folder_that_is_gone_is_explained(desk: Desk, tmp_path: Path) -> None:
    a_survivor(desk)
    with pytest.raises(FileNotWritten):
        batch(desk, tmp_path / "gone")


def test_a_file_that_is_there_already_stays(tmp_path: Path) -> None:
    (tmp_path / "report-R-000001.pdf").write_bytes(b"another vault's")
    path = save_new_file(tmp_path, "report-R-000001.pdf", b"new")
    assert path.name == "report-R-000001-2.pdf"
    assert (tmp_path / "report-R-000001.pdf").read_bytes() == b"another vault's"


def test_a_file_that_was_chosen_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "x.pdf"
    path.write_bytes(b"old")
    save_file(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]


def test_a_refusal_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "x.pdf").mkdir()
    with pytest.raises(FileNotWritten):
        save_file(tmp_path / "x.pdf", b"new")
    assert [path.name for path in tmp_path.iterdir()] == ["x.pdf"]

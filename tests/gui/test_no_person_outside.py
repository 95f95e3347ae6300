"""Row 13: whatever is open and whatever fails, what stays outside of the records names nobody.

Every page and dialog is opened on records in which each typed text holds a mark; then every request is made to fail
with that mark in its words. Titles, notices, the log and the settings are read for it.
"""

from __future__ import annotations

import io
import json
import logging
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QPushButton, QWidget

from aftercare.domain.clock import stopped_at
from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.gui import rounds as walking
from aftercare.gui.dialogs.make_training import TRAINING_LOGIN, TRAINING_PASSPHRASE
from aftercare.gui.notices import Notice
from aftercare.gui.rounds_manners import Manner
from aftercare.gui.rounds_tour import Tour
from aftercare.log import start_log
from aftercare.services.desk import Desk
from aftercare.services.opening import open_office
from aftercare.services.reports import collect_progress, lay_out, number_report
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.vault import CHEAP_KDF
from canaries import MARK, finder, mark_every_text
from dialogs_there import dialogs_of_an_office
from hands import words_on
from makers_facts import a_case_with_facts
from proof import Proof
from rounds import few_or

FEW = ("survivors", "person-notes", "dialog-note", "dialog-stage", "dialog-new-person", "settings", "reports-progress")
HOLDS = finder([MARK.encode()])

pytestmark = [pytest.mark.promise(13), pytest.mark.timeout(600)]


@pytest.fixture
def marked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Training records in which every text that somebody may have typed holds the mark."""
    monkeypatch.setattr("aftercare.vault.making.measured_kdf", lambda: CHEAP_KDF, raising=False)
    folder, clock = tmp_path / "training", stopped_at(walking.NOW)
    order = TrainingOrder(survivors=8, login_name=TRAINING_LOGIN)
    make_training_office(folder, order, TRAINING_PASSPHRASE, clock=clock)[0].close()
    with open_office(folder, TRAINING_LOGIN, TRAINING_PASSPHRASE, clock=clock) as office:
        assert mark_every_text(office.vault.engine) > 30
    return folder


class Outside:
    """Everything that can be seen or read without the records, and the requests that fail on purpose."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, proof: Proof) -> None:
        self.patch, self.proof = monkeypatch, proof
        self.leaks: list[str] = []
        self.shown_marked = 0
        self.dialogs: set[str] = set()
        for name, answer in (
            ("getOpenFileName", ("", "")),
            ("getSaveFileName", ("", "")),
            ("getExistingDirectory", ""),
        ):
            monkeypatch.setattr(QFileDialog, name, lambda *_asked, said=answer, **_more: said)

    def visit(self, name: str, widget: QWidget, tour: Tour) -> None:
        self.shown_marked += MARK in words_on(widget)
        if isinstance(widget, QDialog):
            self.dialogs.add(type(widget).__name__)
        self.look(name)
        if tour.is_open:
            self.fail(name, widget, tour)
        self.proof.tried()

    def look(self, where: str) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        seen = {"name": application.applicationDisplayName(), "title": application.applicationName()}
        for window in QApplication.topLevelWidgets():
            seen |= {f"title {type(window).__name__}": window.windowTitle(), "icon": window.windowIconText()}
            if isinstance(window, Notice) and window.isVisible():
                seen["notice"] = words_on(window)
        self.leaks += [f"{where}: {kind}" for kind, words in seen.items() if MARK in words]

    def fail(self, where: str, widget: QWidget, tour: Tour) -> None:
        """Press what a form is for, and turn the page anew, while everything that is asked breaks."""

        def broken(*_asked: Any, **_more: Any) -> Any:
            raise RuntimeError(f"{MARK} is in these words")

        with self.patch.context() as for_now:
            for_now.setattr(Desk, "ask", broken)
            for_now.setattr(Desk, "do", broken)
            for button in widget.findChildren(QPushButton) if isinstance(widget, QDialog) else ():
                if button.isDefault() and button.isEnabled() and button.isVisible():
                    button.click()
                    break
            page = tour.workplace.frame.page
            refresh = getattr(page, "refresh", None)
            if refresh is not None and not isinstance(widget, QDialog):
                refresh()
            tour.rest()
            self.look(f"{where}, failed")
            for window in QApplication.topLevelWidgets():
                if isinstance(window, Notice):
                    window.reject()
            tour.rest()


@few_or(2, few=1, minutes=20)
def test_no_title_notice_log_or_setting_names_anybody(
    marked: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: int, proof: Proof
) -> None:
    outside = Outside(monkeypatch, proof)
    tours: list[Tour] = []

    def visit(name: str, widget: QWidget, tour: Tour) -> None:
        tours.append(tour)
        outside.visit(name, widget, tour)

    start_log(tmp_path / "log")
    try:
        found = walking.go_round([Manner("")], visit, folder=marked, only=FEW if rounds == 1 else ())
    finally:
        start_log(None)
    assert outside.shown_marked > 2  # the mark was on the screen: it could have been told
    log = (tmp_path / "log" / "aftercare.log").read_text(encoding="utf-8")
    assert "incident" in log
    assert not HOLDS(log.encode())
    assert not HOLDS(json.dumps([asdict(tour.settings) for tour in tours], default=str).encode())
    assert not HOLDS("\n".join(found).encode())
    proof.lost(len(outside.leaks))
    assert outside.leaks == []
    if rounds > 1:
        assert dialogs_of_an_office() - outside.dialogs == set()


def test_what_a_pdf_says_of_itself_names_nobody(desk: Desk, proof: Proof) -> None:
    case_id = a_case_with_facts(desk).case_id
    mark_every_text(desk.engine)
    content = desk.ask(collect_progress, ProgressOrder(case_id))
    printed = lay_out(desk.do(number_report, content).value)
    reader = PdfReader(io.BytesIO(printed.pdf))
    assert MARK in "".join(page.extract_text() for page in reader.pages)
    xmp = reader.root_object.get("/Metadata")
    said = [str(reader.metadata), str(reader.outline), str(reader.named_destinations), str(list(reader.attachments))]
    said.append(xmp.get_object().get_data().decode() if xmp is not None else "")
    proof.tried(len(said))
    assert [words for words in said if HOLDS(words.encode())] == []
    assert "S-0001" not in "".join(said)


def test_sql_that_fails_says_nothing_of_its_values(desk: Desk, caplog: pytest.LogCaptureFixture, proof: Proof) -> None:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    caplog.set_level(logging.DEBUG)
    for statement in ("INSERT INTO survivor (id) VALUES (:words)", "SELECT nothing FROM survivor WHERE id = :words"):
        with pytest.raises(SQLAlchemyError) as failed, desk.engine.begin() as connection:
            connection.execute(text(statement), {"words": MARK})
        proof.tried()
        assert MARK not in str(failed.value)
    assert MARK not in caplog.text

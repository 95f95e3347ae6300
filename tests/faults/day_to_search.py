"""A working day through the real program, with a mark in every word of it; it ends by a crash.

    python day_to_search.py day SAVED SIGNAL | morning SAVED

Everything is where the environment says (HOME, XDG_*, TMPDIR). Only what a person saves on purpose goes into SAVED.
`morning` is the next start: the draft is offered again, and the window locks. What is done is told at once.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from datetime import UTC, datetime

from PySide6.QtCore import QTimer
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPlainTextEdit

from aftercare.app import keep_to_the_owner
from aftercare.domain.clock import stopped_at
from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.domain.errors import ImportRefused, NotAllowed
from aftercare.domain.permissions import Role
from aftercare.domain.rows.log import LogFilter
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.gui import application, printing
from aftercare.gui.pages.person import PersonPage
from aftercare.gui.pages.reports import ReportsPage
from aftercare.gui.style import Look, Scheme
from aftercare.log import log_folder, start_log
from aftercare.services.backups import back_up, restore
from aftercare.services.desk import Desk
from aftercare.services.importing import import_people
from aftercare.services.log_export import export_log
from aftercare.services.opening import OpenOffice
from aftercare.services.report_batch import print_caseload
from aftercare.services.rotation import rotate_keys
from aftercare.services.survivors import list_survivors
from aftercare.settings import load_settings, settings_path, usual_vault_folder
from canaries import MARK
from hands import give_back_the_keyboard, named, pause, press, type_in, wait_for
from house import House

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
NAME, PASSPHRASE = "rahman", "orchard lantern violet harbour"
TABS = ("overview", "plan", "notes", "scores", "details", "history")


def say(line: str) -> None:
    os.write(1, (line + "\n").encode())


class Stopped(Exception):
    """Somebody pressed Stop half way."""


def stop_half_way(done: int, total: int) -> None:
    if done > 0 or not total:
        raise Stopped


class Day:
    """What somebody does from unlocking to the crash."""

    def __init__(self, house: House, saved: Path) -> None:
        self.house, self.saved = house, saved
        self.opened: OpenOffice = house.open_records.opened
        (self.row, *_others) = self.desk.ask(list_survivors, SurvivorFilter(), None, 10).rows

    @property
    def desk(self) -> Desk:
        return self.opened.desk

    def person(self, tab: str = "overview") -> PersonPage:
        self.house.inside.open_person(self.row.survivor_id, tab)
        self.house.rest()
        page = self.house.inside.frame.page
        assert isinstance(page, PersonPage)
        return page

    def quick_note(self) -> QPlainTextEdit:
        page = self.person()
        give_back_the_keyboard()
        note = named(page, "Quick note", QPlainTextEdit)
        note.setFocus()
        return note

    # --- the day -----------------------------------------------------------------------------------------------------

    def write_a_note(self) -> None:
        note = self.quick_note()
        type_in(f"{MARK} slept well")
        press("Ctrl+Return")
        wait_for(lambda: not note.toPlainText(), "the note to be saved")

    def look_at_everything(self) -> None:
        for tab in TABS:
            self.person(tab)
        for page in ("today", "survivors", "reports", "settings"):
            self.house.inside.frame.show_page(page)
            self.house.rest()

    def search_and_filter(self) -> None:
        inside = self.house.inside
        inside.frame.search_field.setText(MARK)
        inside.search(MARK)
        self.house.rest()
        inside.frame.show_page("survivors")
        self.house.rest()
        words = inside.frame.page.findChild(QLineEdit, "words")  # type: ignore[union-attr]
        assert isinstance(words, QLineEdit)
        words.setText(MARK)
        words.textEdited.emit(MARK)
        self.house.rest()

    def save_and_print_a_report(self) -> None:
        page = self.reports()
        target = self.saved / "report.pdf"
        hand = QTimer(page, interval=50)
        hand.timeout.connect(lambda: self.choose(hand, target))
        hand.start()
        page.save_report()
        wait_for(lambda: target.exists() and self.house.program.jobs.is_idle, "the report to be saved")
        page = self.reports()
        paper = QPrinter(QPrinter.PrinterMode.HighResolution)
        paper.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        paper.setOutputFileName(str(self.saved / "printed.pdf"))
        ask, printing.ask_for_printer = printing.ask_for_printer, lambda parent, pages=1: paper
        page.print_report()
        wait_for(lambda: (self.saved / "printed.pdf").exists() and self.house.program.jobs.is_idle, "the print")
        printing.ask_for_printer = ask

    def reports(self) -> ReportsPage:
        head = self.person().head
        assert head is not None
        self.house.inside.frame.show_page("reports")
        page = self.house.inside.frame.page
        assert isinstance(page, ReportsPage)
        page.prepare(head, "progress")
        wait_for(lambda: self.house.program.jobs.is_idle and page._printed is not None, "the preview")
        return page

    def choose(self, hand: QTimer, target: Path) -> None:
        """What a person does in the dialog that asks where to, once it is there."""
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            return
        hand.stop()
        # selectFile() leaves the words alone once the field has the keyboard, so the name is written there itself
        name = dialog.findChild(QLineEdit, "fileNameEdit")
        assert isinstance(name, QLineEdit)
        name.setText(str(target))
        dialog.accept()

    def stop_a_batch_half_way(self) -> None:
        rows = self.desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
        like = ProgressOrder(rows[0].case_id)
        folder = self.saved / "batch"
        folder.mkdir()

        def do(service: Callable[..., object], /, *args: object) -> object:
            return self.desk.do(service, *args).value

        try:
            print_caseload(do, like, [row.case_id for row in rows], folder, stop_half_way)
        except Stopped:
            return
        raise AssertionError("nobody stopped it")

    def import_and_stop_and_import(self) -> None:
        table = self.saved / "caseload.csv"
        rows = "".join(f"K-{n:04d},{MARK}{n},{MARK},f\n" for n in range(20))
        table.write_text("Client no,First name,Surname,Sex\n" + rows, encoding="utf-8")
        with contextlib.suppress(ImportRefused):  # on a later day the people are known already
            try:
                self.desk.do(import_people, table, progress=stop_half_way)
            except Stopped:
                self.desk.do(import_people, table)

    def copy(self) -> None:
        QApplication.clipboard().setText(f"{MARK} copied")

    def back_up_and_restore(self) -> None:
        done = back_up(self.opened)
        scratch = usual_vault_folder().with_name("scratch")
        restore(done.path, scratch, NAME, PASSPHRASE, clock=CLOCK)

    def change_the_key(self) -> None:
        rotate_keys(self.opened)

    def hand_out_the_log(self) -> None:
        me, shown = self.desk.actor, LogFilter()
        self.desk.actor = replace(me, roles=frozenset({Role.CASE_WORKER}))
        try:
            export_log(self.opened, shown, self.saved / "refused.csv")
            raise AssertionError("a case worker got the log")
        except NotAllowed:
            self.desk.actor = replace(me, roles=me.roles | {Role.AUDITOR, Role.ADMINISTRATOR})
        export_log(self.opened, shown, self.saved / "log.csv")
        self.desk.actor = me

    def stumble(self) -> None:
        """A mistake of ours, with a word of somebody in it."""

        def fail() -> None:
            raise RuntimeError(f"{MARK} in an exception")

        self.house.program.jobs.ask(fail, lambda _nothing: None, owner=self.house.program)
        self.house.rest()
        for window in QApplication.topLevelWidgets():
            if window.isVisible() and window is not self.house.inside.frame:
                window.close()

    def leave_a_draft(self) -> None:
        self.quick_note()
        type_in(f"{MARK} was cut off in the mid")
        pause(2_200)


def main(part: str, saved: Path, ending: int = 0) -> None:
    keep_to_the_owner()
    start_log(log_folder())
    application.prepare(["aftercare"], look=Look(Scheme.LIGHT, 100))
    house = House(usual_vault_folder(), CLOCK, load_settings(settings_path())).start()
    house.unlock(NAME, PASSPHRASE)
    day = Day(house, saved)
    if part == "morning":
        assert MARK in day.quick_note().toPlainText()
        say("draft offered")
        house.program.lock()
        say("locked")
        return
    for deed in (
        day.write_a_note,
        day.look_at_everything,
        day.search_and_filter,
        day.save_and_print_a_report,
        day.stop_a_batch_half_way,
        day.import_and_stop_and_import,
        day.copy,
        day.back_up_and_restore,
        day.change_the_key,
        day.hand_out_the_log,
        day.stumble,
        day.leave_a_draft,
    ):
        deed()
        say(deed.__name__)
    os.kill(os.getpid(), ending)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))

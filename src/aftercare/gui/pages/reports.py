"""Reports: choose whom and what, look at the pages, print or save them; a whole caseload at once; what left lately."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from aftercare._built.forms.ui_reports import Ui_ReportsPage
from aftercare.domain.codes import ReportKind, ReportProfile
from aftercare.domain.drafts.reports import ReportOrder, WayOut
from aftercare.domain.errors import FieldProblem, Problem
from aftercare.domain.rows.reports import IssuedRow, PlanSheetContent, Printed, ReportChoices, ReportContent
from aftercare.domain.rows.survivors import PersonHead
from aftercare.gui import forms, notices, printing, style
from aftercare.gui.dialogs.report_batch import ReportBatchDialog
from aftercare.gui.office import Office
from aftercare.gui.pages.reports_order import ReportForm
from aftercare.gui.palette import Tone
from aftercare.gui.rows import Column, RowsModel
from aftercare.gui.saving import ask_where
from aftercare.gui.widgets.flow import wrapping
from aftercare.gui.widgets.pages_view import image_of
from aftercare.gui.widgets.rows_table import RowsTable
from aftercare.gui.widgets.shortcut_list import ShortcutLine
from aftercare.i18n import current, tr, trn
from aftercare.services.report_choices import report_choices
from aftercare.services.report_files import neutral_name, save_file
from aftercare.services.report_preview import Pages, open_pages
from aftercare.services.reports import collect_report, issue_report, issued_reports, lay_out, number_report
from aftercare.words import label

if TYPE_CHECKING:  # what prints is loaded when somebody prints
    from PySide6.QtPrintSupport import QPrinter

_TYPING_PAUSE_MS = 200
_CHOICES_PIXELS = 390
_BESIDE_PIXELS = 760
_AS_WIDE_AS_IT_LIKES = 16_777_215
_MOST_SHOWN = 8
_SHOWN_AT_ONCE = 30


class ReportsPage(QWidget):
    """Every choice makes a new preview; a number is given only when something leaves."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._content: ReportContent | None = None
        self._printed: Printed | None = None
        self._number: int | None = None  # given out already, and not used: the person gave up in the file dialog
        form = self._form = forms.fill(self, Ui_ReportsPage)
        form.columns.setStretch(1, 1)
        wrapping(form.head, form.heading)
        form.pages.draw_with(office.jobs)
        form.order_card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._soon = QTimer(self, singleShot=True, interval=_TYPING_PAUSE_MS)
        self._soon.timeout.connect(self.refresh)
        self._make_order()
        form.print_report.clicked.connect(self.print_report)
        form.save.clicked.connect(self.save_report)
        form.batch.clicked.connect(self.print_caseload)
        for keys, button in (
            (QKeySequence(QKeySequence.StandardKey.Print), form.print_report),
            (QKeySequence(QKeySequence.StandardKey.Save), form.save),
        ):
            shortcut = QShortcut(keys, self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)
        office.listen(self, {"issued_report"}, lambda _topic, _about: self._ask_issued())
        self._show_readiness()

    # --- what the window calls -----------------------------------------------------------------------------------

    def prepare(self, head: PersonHead, kind: str = "progress") -> None:
        """Make ready a report about this person's case."""
        self._order.show_case(head.case_code, head.case_id, ReportKind(kind))

    @property
    def begins_at(self) -> QWidget:
        """Where the keys begin: about whom."""
        return self._order.person_field

    @property
    def shortcut_lines(self) -> list[ShortcutLine]:
        group = tr("Reports")
        return [
            ShortcutLine("Ctrl+P", tr("Print the report"), group),
            ShortcutLine("Ctrl+S", tr("Save the report as a file"), group),
            ShortcutLine("Ctrl++", tr("Larger pages"), group),
            ShortcutLine("Ctrl+-", tr("Smaller pages"), group),
        ]

    def refresh(self) -> None:
        """Make the preview anew."""
        order = self._wanted()
        if order is None:
            self._forget()
            return
        self._form.pages.say(tr("preparing…"))
        self._office.ask(
            collect_report, order, then=self._show_content, owner=self, topic="preview", otherwise=self._explain
        )

    def retranslate(self) -> None:
        """Another language of the window: the form is made anew in it, about the same person."""
        self._order.growth.finish()
        code, case_id, kind = self._order.person_field.text(), self._order.case_id, self._order.kind
        self._form.order_card.clear()
        self._form.issued_card.clear()
        self._make_order()
        if case_id is not None:
            self._order.show_case(code, case_id, kind)

    # --- preview ---------------------------------------------------------------------------------------------------

    def _choose_case(self, case_id: object) -> None:
        self._forget()
        if case_id is not None:
            self._office.ask(report_choices, case_id, then=self._show_choices, owner=self, topic="choices")

    def _show_choices(self, offered: ReportChoices) -> None:
        self._order.show_choices(offered)
        self.refresh()

    def _wanted(self) -> ReportOrder | None:
        self._order.rows.clear_problems()
        try:
            return self._order.order()
        except FieldProblem as problem:
            self._explain(problem)
            return None

    def _show_content(self, content: ReportContent) -> None:
        def laid_out() -> tuple[ReportContent, Printed, Pages]:
            printed = lay_out(content)
            return content, printed, open_pages(printed.pdf)

        self._office.jobs.beside(laid_out, self._show_pages, owner=self, topic="pages")

    def _show_pages(self, made: tuple[ReportContent, Printed, Pages]) -> None:
        self._content, self._printed, pages = made
        self._form.pages.say("")
        self._form.pages.show_pages(pages)
        self._warn()
        self._show_readiness()

    def _warn(self) -> None:
        """What the person should know before this leaves."""
        content, printed = self._content, self._printed
        assert content is not None
        assert printed is not None
        told = []
        if printed.unprintable:
            told.append(
                tr("These characters cannot be printed: {characters}", characters=" ".join(printed.unprintable))
            )
        if isinstance(content, PlanSheetContent) and content.telling_words:
            words = current().listed([f"“{word}”" for word in content.telling_words])
            told.append(tr("Words on this page may tell where the person lives or why: {words}.", words=words))
        for_her = isinstance(content, PlanSheetContent) or content.profile is ReportProfile.SURVIVORS_COPY
        if for_her and self._order.untranslated:
            languages = current().listed(list(self._order.untranslated))
            told.append(
                tr("There are no headings in {languages} yet; the survivor’s own words are printed as written.",
                   languages=languages)
            )  # fmt: skip
        if told:
            tone = Tone.TODAY if printed.unprintable or len(told) > 1 or not for_her else Tone.INFO
            self._form.banner.show_words(told[0], " ".join(told[1:]), tone=tone)
        else:
            self._form.banner.hide()

    def _forget(self) -> None:
        self._content = self._printed = None
        self._form.pages.show_pages(None)
        self._form.pages.say("" if self._order.case_id else tr("Choose a person to see the report."))
        self._form.banner.hide()
        self._show_readiness()

    def _show_readiness(self) -> None:
        ready = self._printed is not None
        self._form.print_report.setEnabled(ready)
        self._form.save.setEnabled(ready)
        if not ready and self._order.case_id is None:
            self._form.pages.say(tr("Choose a person to see the report."))

    def _explain(self, problem: Problem) -> None:
        self._form.pages.say("")
        if not self._order.show_problem(problem):
            notices.show_problem(self, problem)

    # --- leaving ---------------------------------------------------------------------------------------------------

    def print_report(self) -> None:
        """Ask for the printer; then number, write down, print."""
        if self._printed is None:
            return
        printer = printing.ask_for_printer(self, self._printed.pages)
        if printer is not None:
            self._number_it(lambda content: self._issue(content, printer.copyCount(), WayOut.PRINTED,
                                                        lambda made: self._put_on_paper(made, printer)))  # fmt: skip

    def save_report(self) -> None:
        """Ask where to; the proposed name says nothing."""
        if self._printed is not None:
            self._number_it(self._ask_where)

    def _number_it(self, then: object) -> None:
        assert callable(then)
        content = self._content
        assert content is not None
        if self._number is not None:
            then(replace(content, number=self._number))
            return

        def numbered(made: ReportContent) -> None:
            self._number = made.number
            then(made)

        self._office.do(number_report, content, then=numbered, owner=self)

    def _ask_where(self, content: ReportContent) -> None:
        name = neutral_name(f"R-{content.number:06d}")
        file = ask_where(self, tr("Save the report"), name, tr("PDF files (*.pdf)"))
        if file is not None:
            self._issue(content, 1, WayOut.SAVED, lambda made: self._put_in_file(made, file))

    def _issue(self, content: ReportContent, copies: int, way: WayOut, leave: object) -> None:
        """Lay out with the number, write down that it leaves, and only then let it."""
        assert callable(leave)

        def registered(made: Printed) -> None:
            self._number = None
            self._office.do(issue_report, content, made.pages, copies, way, then=lambda _row: leave(made), owner=self)

        self._office.jobs.beside(lambda: lay_out(content), registered, owner=self)

    def _put_in_file(self, made: Printed, path: Path) -> None:
        self._office.jobs.beside(
            lambda: save_file(path, made.pdf),
            lambda _none: self._office.said.emit(tr("Report {number} is saved.", number=made.number)),
            owner=self,
        )

    def _put_on_paper(self, made: Printed, printer: QPrinter) -> None:
        def draw() -> int:
            pages = open_pages(made.pdf)

            def image(page: int, dots_per_inch: int) -> QImage:
                return image_of(pages.render(page, dots_per_inch))

            try:
                return printing.print_pages(printer, len(pages), image)
            finally:
                pages.close()

        self._office.jobs.beside(
            draw,
            lambda count: self._office.said.emit(
                trn("Report {number}: {n} page is printed.", "Report {number}: {n} pages are printed.", count,
                    number=made.number)
            ),
            owner=self,
        )  # fmt: skip

    def print_caseload(self) -> ReportBatchDialog:
        """A report like this one for everybody, as files."""
        dialog = ReportBatchDialog(self._office, self._order, self)
        dialog.open()
        return dialog

    # --- what left lately ------------------------------------------------------------------------------------------

    def _make_order(self) -> None:
        self._form.order_card.show_title(tr("Report"))
        self._form.issued_card.show_title(tr("Printed and saved lately"))
        self._order = ReportForm(self._office, self._form.order_card)
        self._order.changed.connect(self._soon.start)
        self._order.case_chosen.connect(self._choose_case)
        self._form.order_card.add(self._order)
        self._order.growth.then(self._make_issued)

    def _make_issued(self) -> None:
        self._model: RowsModel[IssuedRow] = RowsModel(self._issued_columns(), lambda row: row.id, self)
        self._issued = RowsTable(self._form.issued_card)
        self._issued.setAccessibleName(tr("Reports printed and saved lately"))
        self._issued.show_model(self._model)
        self._issued.fit_rows(_MOST_SHOWN)
        self._issued.empty.show_words(tr("No report has been printed or saved yet."))
        self._form.issued_card.add(self._issued)
        self._ask_issued()

    def _issued_columns(self) -> list[Column[IssuedRow]]:
        clock = self._office.clock
        return [
            Column("number", tr("Report"), lambda row: f"R-{row.number:06d}", width=84, strong=True),
            Column("case", tr("Person"), lambda row: row.case_code, width=70),
            Column("profile", tr("For"), _what_and_for_whom, tip=_what_and_for_whom),
            Column(
                "at", tr("When"), lambda row: current().near_day(clock.local(row.at).date(), clock.today()),
                width=92, muted=True,
                sort_key=lambda row: row.at, tip=lambda row: tr("By {name}", name=row.by),
            ),
        ]  # fmt: skip

    def _ask_issued(self) -> None:
        if not self._order.growth.is_done:
            return  # asked for when it is made
        self._office.ask(
            issued_reports, _SHOWN_AT_ONCE, then=lambda rows: self._model.show_rows(rows), owner=self, topic="issued"
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The choices beside the pages, above them where there is little room."""
        super().resizeEvent(event)
        form = self._form
        beside = self.width() >= style.scaled(_BESIDE_PIXELS)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if form.columns.direction() != way:
            form.columns.setDirection(way)
        room = style.scaled(_CHOICES_PIXELS) if beside else _AS_WIDE_AS_IT_LIKES
        form.scroll.setMinimumWidth(min(room, style.scaled(_CHOICES_PIXELS)) if beside else 0)
        form.scroll.setMaximumWidth(room)
        form.columns.setStretch(0, 0 if beside else 1)


def _what_and_for_whom(row: IssuedRow) -> str:
    return label(row.kind) if row.kind is ReportKind.PLAN_SHEET else label(row.profile)

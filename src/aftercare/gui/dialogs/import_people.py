"""Taking a caseload over: choose the file, see how each column is understood, see what is wrong, import or not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from aftercare._built.forms.ui_import_people import Ui_ImportPeople
from aftercare.domain.errors import Problem
from aftercare.domain.importing import (
    Alike,
    AlikeRow,
    ColumnRead,
    DateOrder,
    Imported,
    ImportField,
    ImportMapping,
    ImportPreview,
)
from aftercare.domain.rows.backups import BackupReason
from aftercare.gui import forms, notices, style
from aftercare.gui.jobs import Ticket
from aftercare.gui.office import Office
from aftercare.gui.palette import Tone
from aftercare.gui.widgets.choices import CodeCombo
from aftercare.i18n import current, tr, trn
from aftercare.notices import explain
from aftercare.services.importing import import_people, preview_import
from aftercare.words import label
from aftercare.words.importing import ALIKE_REASONS, FIELDS, LABELS, cell_words, field_label

_ROOM = 10  # between the lines of two columns


class ImportPeople(QDialog):
    """Each change of a column looks at the file again; nothing is kept before «Import»."""

    imported = Signal(object)  # Imported

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._file: Path | None = None
        self._preview: ImportPreview | None = None
        self._mapping = ImportMapping()
        self._ticket: Ticket[Any] | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        form = self._form = forms.fill(self, Ui_ImportPeople)
        forms.give_room(self, 1080, 700)
        form.halves.setStretch(0, 1)
        form.halves.setStretch(1, 1)
        form.file_line.setStretch(1, 1)
        form.known_line.setStretch(1, 1)
        form.known.show_choices([(alike.value, tr(LABELS[Alike][alike])) for alike in Alike])
        form.known.show_code(Alike.STOP)
        form.dates.show_choices([(order.value, tr(LABELS[DateOrder][order])) for order in DateOrder])
        form.browse.clicked.connect(self.browse)
        form.sheet.chosen.connect(self._choose_sheet)
        form.dates.chosen.connect(self._choose_dates)
        form.known.chosen.connect(lambda _code: self._show_whether_possible())
        form.import_now.clicked.connect(self.start)
        form.busy.share(form.cancel, self.reject)
        form.busy.cancelled.connect(self._stop)
        for part in (form.sheet, form.sheet_label, form.dates, form.dates_label, form.known, form.known_label):
            part.hide()
        _head(form.columns, [tr("Column"), tr("Examples"), tr("Taken over as")])
        _head(form.people, [tr("Row"), tr("Name"), tr("Born or age"), tr("Stage"), tr("Since")])
        form.summary.setText(tr("Choose a file to begin."))
        self._show_whether_possible()
        form.browse.setFocus()

    # --- choosing ------------------------------------------------------------------------------------------------

    def browse(self) -> None:
        kinds = tr("Spreadsheets") + " (*.xlsx *.csv *.tsv *.txt)"
        chosen, _ = QFileDialog.getOpenFileName(self, tr("Choose the table"), "", kinds)
        if chosen:
            self.look_at(Path(chosen))

    def look_at(self, file: Path) -> None:
        """Read this file with nothing decided about it yet."""
        self._file, self._mapping = file, ImportMapping()
        self._form.file.setText(str(file))
        self._look()

    def _choose_sheet(self, sheet: str | None) -> None:
        self._mapping = ImportMapping(sheet=sheet or "")
        self._look()

    def _choose_dates(self, order: str | None) -> None:
        self._decide(date_order=DateOrder(order) if order else None)

    def _choose_column(self, header: str, code: str | None) -> None:
        self._decide(columns={**self._mapping.columns, header: ImportField(code) if code else None})

    def _decide(self, **decided: Any) -> None:
        known = {name: getattr(self._mapping, name) for name in ImportMapping.__slots__}
        self._mapping = ImportMapping(**{**known, **decided})
        self._look()

    # --- looking -------------------------------------------------------------------------------------------------

    def _look(self) -> None:
        if self._file is None:
            return
        self._preview = None
        self._show_whether_possible()
        self._form.busy.start(tr("Reading the table…"))
        self._stop_ticket()
        self._ticket = self._office.do_with_progress(
            preview_import,
            self._file,
            self._mapping,
            on_progress=self._form.busy.show_progress,
            then=self.show_preview,
            owner=self,
            otherwise=self._explain,
            finally_=self._form.busy.finish,
        )

    def show_preview(self, preview: ImportPreview) -> None:
        form, self._preview = self._form, preview
        form.banner.hide()
        several = len(preview.sheets) > 1
        form.sheet.setVisible(several)
        form.sheet_label.setVisible(several)
        form.sheet.show_choices([(sheet, sheet) for sheet in preview.sheets])
        form.sheet.show_code(preview.sheet or None)
        form.dates.show()
        form.dates_label.show()
        form.dates.show_code(preview.date_order)
        self._show_columns(preview.columns)
        self._show_people(preview)
        form.problems.setPlainText(_lines([cell_words(problem) for problem in preview.problems], preview.problem_count))
        form.alike.setPlainText(_lines([alike_words(row) for row in preview.alike], preview.alike_count))
        self._show_counts(preview)
        self._show_whether_possible()

    def _show_columns(self, columns: tuple[ColumnRead, ...]) -> None:
        table = self._form.columns
        focused = table.currentRow()
        table.setRowCount(len(columns))
        choices = [(field.value, field_label(field)) for field in FIELDS]
        for at, column in enumerate(columns):
            table.setItem(at, 0, _cell(column.header))
            table.setItem(at, 1, _cell(" · ".join(column.samples)))
            box = table.cellWidget(at, 2)
            if not isinstance(box, CodeCombo):
                box = CodeCombo()
                table.setCellWidget(at, 2, box)
            else:
                box.chosen.disconnect()
            blank = (
                tr("Not imported ({name})", name=column.standard_name) if column.standard_name else tr("Not imported")
            )
            box.show_choices(choices, blank=blank)
            box.show_code(column.field)
            box.setAccessibleName(tr("{column} is taken over as", column=column.header))
            box.chosen.connect(lambda code, header=column.header: self._choose_column(header, code))
        table.resizeRowsToContents()
        for at in range(table.rowCount()):
            table.setRowHeight(at, table.rowHeight(at) + style.scaled(_ROOM))
        table.setCurrentCell(focused, 0)

    def _show_people(self, preview: ImportPreview) -> None:
        table, words = self._form.people, current()
        table.setRowCount(len(preview.rows))
        for at, row in enumerate(preview.rows):
            since = words.date(row.opened_on) if row.opened_on else ""
            for place, text in enumerate((str(row.row), row.name, row.born, label(row.stage), since)):
                table.setItem(at, place, _cell(text))

    def _show_counts(self, preview: ImportPreview) -> None:
        form = self._form
        told = [trn("{n} person", "{n} people", preview.people)]
        if preview.empty_rows:
            told.append(trn("{n} empty row skipped", "{n} empty rows skipped", preview.empty_rows))
        if preview.problem_count:
            told.append(trn("{n} cell to correct", "{n} cells to correct", preview.problem_count))
        if preview.alike_count:
            told.append(trn("{n} perhaps known", "{n} perhaps known", preview.alike_count))
        form.summary.setText(" · ".join(told))
        form.tabs.setTabText(1, tr("To correct ({n})", n=preview.problem_count))
        form.tabs.setTabText(2, tr("Perhaps known ({n})", n=preview.alike_count))
        form.tabs.setCurrentIndex(1 if preview.problem_count else 2 if preview.alike_count else 0)
        form.known.setVisible(bool(preview.alike_count))
        form.known_label.setVisible(bool(preview.alike_count))

    def _show_whether_possible(self) -> None:
        preview = self._preview
        decided = self._form.known.code != Alike.STOP
        possible = preview is not None and preview.can_be_imported and (decided or not preview.alike_count)
        self._form.import_now.setEnabled(possible)

    # --- importing -----------------------------------------------------------------------------------------------

    def start(self) -> None:
        """Back up, then import everybody; the dialog closes and the undo bar offers to take it back."""
        if self._file is None or not self._form.import_now.isEnabled():
            return
        self._form.import_now.setEnabled(False)
        self._form.busy.start(tr("Backing up…"))
        self._ticket = self._office.back_up_before(
            BackupReason.BEFORE_IMPORT,
            then=lambda _done: self._import(),
            owner=self,
            on_progress=self._form.busy.show_progress,
            otherwise=self._ask_without_backup,
        )

    def _ask_without_backup(self, problem: Problem) -> None:
        """Nobody goes on without a backup unawares."""
        self._ticket = None
        self._form.busy.finish()
        said = explain(problem)
        question = notices.ask(
            self,
            tr("There is no backup from before this import."),
            f"{said.what} {said.do}",
            tr("Import without a backup"),
            self._import,
            is_dangerous=True,
        )
        question.rejected.connect(self._show_whether_possible)

    def _import(self) -> None:
        self._form.busy.start(tr("Importing…"))
        self._ticket = self._office.do_with_progress(
            import_people,
            self._file,
            self._mapping,
            Alike(self._form.known.code or Alike.STOP),
            on_progress=self._form.busy.show_progress,
            then=self._show_imported,
            owner=self,
            undo=lambda done: trn("{n} person imported", "{n} people imported", done.people),
            otherwise=self._explain,
            finally_=self._form.busy.finish,
        )

    def _show_imported(self, done: Imported) -> None:
        self.imported.emit(done)
        self.accept()

    def _explain(self, problem: Problem) -> None:
        said = explain(problem)
        self._form.banner.show_words(said.what, f"{said.safe} {said.do}".strip(), tone=Tone.LATE)
        self._show_whether_possible()

    def _stop(self) -> None:
        self._stop_ticket()
        self._form.banner.show_words(tr("Stopped."), tr("Nothing was imported."))
        self._show_whether_possible()

    def _stop_ticket(self) -> None:
        if self._ticket is not None:
            self._ticket.cancel()
            self._ticket = None

    def done(self, result: int) -> None:
        self._stop_ticket()
        super().done(result)


def alike_words(row: AlikeRow) -> str:
    """«Row 12 may be S-0007: the same name»."""
    reason = tr(next((words for code, words in ALIKE_REASONS.items() if code.value == row.reason), ""))
    if row.case_code:
        return tr("Row {row} may be {code}: {reason}.", row=row.row, code=row.case_code, reason=reason)
    return tr(
        "Row {row} may be the same person as row {other}: {reason}.", row=row.row, other=row.other_row, reason=reason
    )


def _head(table: QTableWidget, titles: list[str]) -> None:
    table.setColumnCount(len(titles))
    table.setHorizontalHeaderLabels(titles)
    table.verticalHeader().hide()
    header = table.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)


def _cell(text: str) -> QTableWidgetItem:
    item = QTableWidgetItem(text)
    item.setToolTip("")
    return item


def _lines(told: list[str], count: int) -> str:
    """A paragraph each, to be read and copied, and how many more there are."""
    left = count - len(told)
    return "\n\n".join([*told, *([trn("… and {n} more.", "… and {n} more.", left)] if left > 0 else [])])

"""Paper: the system's print dialog, a job title that says nothing, pages drawn from memory."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QDialog, QWidget

from aftercare.i18n import tr

if TYPE_CHECKING:  # what prints is loaded when somebody prints
    from PySide6.QtPrintSupport import QPrinter

_TITLE = "Document"  # what print queues and their logs show: never a person, never a kind of report


def ask_for_printer(parent: QWidget, pages: int = 1) -> QPrinter | None:
    """The system's dialog, told how many pages there are; None when the person gives up."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(_TITLE)
    printer.setCreator("")
    dialog = QPrintDialog(printer, parent)
    dialog.setMinMax(1, pages)
    dialog.setWindowTitle(tr("Print"))
    return printer if dialog.exec() == QDialog.DialogCode.Accepted else None


def print_pages(printer: QPrinter, pages: int, page_image: Callable[[int, int], QImage]) -> int:
    """Draw pages `page_image(number from 0, dots per inch)` on the printer's paper; how many were printed."""
    first = max(1, printer.fromPage() or 1)
    last = min(pages, printer.toPage() or pages)
    painter = QPainter(printer)
    try:
        for number in range(first, last + 1):
            if number > first:
                printer.newPage()
            image = page_image(number - 1, min(300, printer.resolution()))
            paper = QRectF(painter.viewport())
            size = image.size().scaled(paper.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
    finally:
        painter.end()
    return last - first + 1


def print_document(printer: QPrinter, pdf: bytes) -> int:
    """Draw the pages of a finished file, held in memory; how many were printed. Not for the GUI thread."""
    from aftercare.gui.widgets.pages_view import image_of
    from aftercare.services.report_preview import open_pages

    pages = open_pages(pdf)
    try:
        return print_pages(printer, len(pages), lambda page, dots: image_of(pages.render(page, dots)))
    finally:
        pages.close()

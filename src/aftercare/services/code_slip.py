"""The slip on which a one-time code is handed over; it goes to the printer and into no file."""

from __future__ import annotations

from datetime import datetime

from aftercare.domain.drafts.reports import PaperSize
from aftercare.domain.rows.recovery import SlipContent
from aftercare.i18n import current


def slip_pdf(groups: tuple[str, ...], until: datetime, *, language: str = "", paper: PaperSize = "A4") -> bytes:
    """The page as a file in memory; without `language` in that of the window."""
    from aftercare.reports.code_slip import slip_page

    return slip_page(SlipContent(groups, until, language or current().tag, paper))

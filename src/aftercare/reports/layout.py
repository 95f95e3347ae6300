"""The one door to finished pages; a process that only lays out needs nothing else of the program."""

from __future__ import annotations

from aftercare.domain.rows.reports import PlanSheetContent, Printed, ReportContent
from aftercare.reports.plan_sheet import plan_sheet_pages
from aftercare.reports.progress import progress_pages


def laid_out(content: ReportContent) -> Printed:
    """The pages of a report. Pure: the same content gives the same bytes."""
    if isinstance(content, PlanSheetContent):
        return plan_sheet_pages(content)
    return progress_pages(content)

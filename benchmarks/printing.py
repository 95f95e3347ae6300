"""Reports: one of four pages with its chart, and a batch over two processes; reportlab alone as the limit."""

from __future__ import annotations

import io
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from uuid import UUID

from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.domain.rows.reports import ProgressContent
from aftercare.services.opening import OpenOffice
from aftercare.services.report_choices import caseload, report_choices
from aftercare.services.reports import collect_progress, lay_out
from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured, in_turn, seconds
from benchmarks.vaults import made_vault, opened

_PAGES = 4


def _whole_report(office: OpenOffice, case_id: UUID, entries: int) -> ProgressContent:
    """The report from intake to today with the newest so many narratives."""
    choices = office.desk.ask(report_choices, case_id)
    ticked = frozenset(entry.id for entry in choices.entries[:entries])
    return office.desk.ask(collect_progress, ProgressOrder(case_id, entries=ticked))


def _report_of_four_pages(office: OpenOffice) -> ProgressContent:
    """The first report of the caseload that comes to four pages, by ticking more or fewer narratives."""
    for case_id in office.desk.ask(caseload)[:20]:
        for entries in range(0, 60, 4):
            content = _whole_report(office, case_id, entries)
            pages = lay_out(content).pages
            if pages == _PAGES and content.levels:
                return content
            if pages > _PAGES:
                break
    raise LookupError("no report of four pages among the first twenty cases")


def bare_report() -> bytes:
    """Four pages of words, tables and a chart with reportlab and nothing else."""
    from reportlab.graphics.charts.lineplots import LinePlot
    from reportlab.graphics.shapes import Drawing
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Table

    body = getSampleStyleSheet()["BodyText"]
    story: list[object] = []
    plot = LinePlot()
    plot.data = [[(month, (month * line) % 5) for month in range(12)] for line in range(1, 6)]
    chart = Drawing(400, 150)
    chart.add(plot)
    story.append(chart)
    for page in range(_PAGES):
        story += [Paragraph("She spoke about the room, the course and her daughter. " * 4, body) for _ in range(8)]
        story.append(Table([[f"Step {row}", "She", "2026-11-23"] for row in range(12)]))
        if page < _PAGES - 1:
            story.append(PageBreak())
    made = io.BytesIO()
    SimpleDocTemplate(made, pagesize=A4).build(story)
    return made.getvalue()


def report_of_four_pages(conditions: Conditions) -> Measured:
    """Seconds from the frozen content to the finished file; the limit is bare reportlab for about the same."""
    with opened(made_vault(conditions)) as office:
        content = _report_of_four_pages(office)
        collecting = seconds(lambda: _whole_report(office, content.issue.case_id, len(content.areas)))
    ours, limit = in_turn(lambda: lay_out(content), bare_report, conditions.turns(15), warm=2)
    size = len(lay_out(content).pdf) // 1024
    return Measured(ours, limit, f"{size} KB; collecting takes {collecting * 1000:.0f} ms besides")


def _pages_of(contents: list[ProgressContent]) -> int:
    return sum(lay_out(content).pages for content in contents)


def _dealt(contents: list[ProgressContent], hands: int) -> Iterable[list[ProgressContent]]:
    return (contents[start::hands] for start in range(hands))


def batch_of_reports(conditions: Conditions) -> Measured:
    """Pages a second over two processes that are warm, as a caseload is printed; the limit is bare reportlab in one."""
    many = 20 if conditions.quick else 60
    with opened(made_vault(conditions)) as office:
        contents = [_whole_report(office, case_id, 6) for case_id in office.desk.ask(caseload)[:many]]
    rates = []
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(_pages_of, [contents[:2], contents[2:4]]))
        for _turn in range(conditions.turns(5)):
            found = 0

            def print_all() -> None:
                nonlocal found
                found = sum(pool.map(_pages_of, _dealt(contents, 2)))

            taken = seconds(print_all)
            rates.append(found / taken)
    bare = [_PAGES / seconds(bare_report) for _ in range(conditions.turns(10))]
    return Measured(rates, bare, f"{many} reports, {found} pages")

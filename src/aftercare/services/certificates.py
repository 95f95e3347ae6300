"""Certificates of deletion on paper: printed when it was done, and again whenever somebody asks."""

from __future__ import annotations

from pathlib import Path
from uuid import UUID

from aftercare.domain.drafts.reports import PaperSize
from aftercare.domain.permissions import Permission
from aftercare.i18n import current
from aftercare.queries.retention import certificates
from aftercare.records.retention import Certificate
from aftercare.services.office import office_settings
from aftercare.services.report_files import save_file
from aftercare.services.work import Work, needs


@needs(Permission.PURGE_RECORDS)
def see_certificate_pdf(work: Work, certificate_id: UUID, *, language: str = "", paper: PaperSize = "A4") -> bytes:
    """The page as it stands now; NotFound where there is no such certificate."""
    from aftercare.reports.certificate import certificate_pages

    work.get(Certificate, certificate_id)
    row = certificates(work.session, certificate_id)[0]
    work.log("save_certificate", "certificate", certificate_id)
    return certificate_pages(row, language or current().tag, paper, office_settings(work).organisation)


@needs(Permission.PURGE_RECORDS)
def save_certificate(work: Work, certificate_id: UUID, file: Path) -> None:
    """Write it into the file that was named, for its owner alone; FileNotWritten where the disk refuses."""
    save_file(file, see_certificate_pdf(work, certificate_id))

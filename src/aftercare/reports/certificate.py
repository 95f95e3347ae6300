"""The page that says that something was deleted: how much, when, by whom and how far; of whom it says nothing."""

from __future__ import annotations

from reportlab.platypus import Flowable

from aftercare.domain.drafts.reports import PaperSize
from aftercare.domain.rows.retention import CertificateRow
from aftercare.i18n import N_, Language, language
from aftercare.reports import seal
from aftercare.reports.grid import Column
from aftercare.reports.paper import Footer, Paper, Signature
from aftercare.words.retention import EXTENTS, count_lines, kinds_words, reach_lines


def certificate_pages(row: CertificateRow, tag: str, size: PaperSize, organisation: str) -> bytes:
    """A finished file of a page or two."""
    paper = Paper(language(tag), size)
    words = paper.language
    number = words.tr(N_("Certificate {number}"), number=row.number)
    story: list[Flowable] = [
        paper.title(words.tr(N_("Certificate of deletion")), organisation, [number, words.date(row.at.date())]),
        paper.gap(6),
        paper.table([Column("", 3), Column("", 7)], _facts(row, words)),
    ]
    if row.counts:
        story += [
            paper.section(words.tr(N_("What was deleted"))),
            paper.table(
                [Column("", 4), Column("", 1, "end"), Column("", 4), Column("", 1, "end")], _counts(row, words)
            ),
        ]
    story += [
        paper.section(words.tr(N_("How far it reached"))),
        paper.points(list(reach_lines(row, words))),
        paper.gap(4),
        paper.signatures([Signature(words.tr(N_("Date"))), Signature(words.tr(N_("Signature")))]),
    ]
    pages = paper.pdf(story, Footer(words.tr(N_("Names nobody. For the file of the organisation.")), number))
    return seal.sealed(pages, words).pdf


def _facts(row: CertificateRow, words: Language) -> list[list[str]]:
    facts = [
        (words.tr(N_("What")), words.tr(EXTENTS[row.extent])),
        (words.tr(N_("Kinds of record")), kinds_words(row.kinds, words)),
        (words.tr(N_("Done at")), f"{row.at:%Y-%m-%d %H:%M} UTC"),
        (words.tr(N_("Done by")), row.done_by),
        (words.tr(N_("Agreed by")), row.agreed_by or words.tr(N_("nobody else was asked for"))),
        (words.tr(N_("Line of the log")), str(row.log_seq)),
        (words.tr(N_("Fingerprint of the line")), row.fingerprint),
    ]
    return [list(fact) for fact in facts]


def _counts(row: CertificateRow, words: Language) -> list[list[str]]:
    """Two kinds beside each other, so that it stays one page."""
    told = [[name, str(count)] for name, count in count_lines(row.counts, words)]
    half = -(-len(told) // 2)
    return [left + (told[at + half] if at + half < len(told) else ["", ""]) for at, left in enumerate(told[:half])]


__all__ = ["certificate_pages"]

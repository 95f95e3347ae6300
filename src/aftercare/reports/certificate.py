"""The page that says that something was deleted, or everything: how much, when, by whom and how far; never of whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reportlab.platypus import Flowable

from aftercare.domain.drafts.reports import PaperSize
from aftercare.domain.rows.retention import CertificateRow, ErasureRow
from aftercare.i18n import N_, Language, language
from aftercare.reports import seal
from aftercare.reports.grid import Column
from aftercare.reports.paper import Footer, Paper, Signature
from aftercare.words.retention import EXTENTS, count_lines, erasure_lines, kinds_words, reach_lines


def certificate_pages(row: CertificateRow, tag: str, size: PaperSize, organisation: str) -> bytes:
    """A finished file of a page or two."""
    words = language(tag)
    number = words.tr(N_("Certificate {number}"), number=row.number)
    head = _Head(words.tr(N_("Certificate of deletion")), organisation, [number, words.date(row.at.date())], number)
    return _pages(words, size, head, _facts(row, words), row.counts, reach_lines(row, words))


def erasure_pages(row: ErasureRow, tag: str, size: PaperSize) -> bytes:
    """The same for records that are gone altogether: it stands where nothing else does."""
    words = language(tag)
    title = words.tr(N_("Certificate of erasure"))
    head = _Head(title, row.organisation, [words.date(row.at.date())], title)
    return _pages(words, size, head, _erasure_facts(row, words), row.counts, erasure_lines(row, words))


@dataclass(frozen=True, slots=True)
class _Head:
    """What stands above the page, and at its foot."""

    title: str
    organisation: str
    lines: list[str]
    foot: str


def _pages(
    words: Language,
    size: PaperSize,
    head: _Head,
    facts: list[list[str]],
    counts: Mapping[str, int],
    reached: Iterable[str],
) -> bytes:
    paper = Paper(words, size)
    story: list[Flowable] = [
        paper.title(head.title, head.organisation, head.lines),
        paper.gap(6),
        paper.table([Column("", 3), Column("", 7)], facts),
    ]
    if counts:
        story += [
            paper.section(words.tr(N_("What was deleted"))),
            paper.table(
                [Column("", 4), Column("", 1, "end"), Column("", 4), Column("", 1, "end")], _counts(counts, words)
            ),
        ]
    story += [paper.section(words.tr(N_("How far it reached"))), paper.points(list(reached))]
    signing = paper.signatures([Signature(words.tr(N_("Date"))), Signature(words.tr(N_("Signature")))])
    story = paper.signed(story, paper.gap(4), signing)
    pages = paper.pdf(story, Footer(words.tr(N_("Names nobody. For the file of the organisation.")), head.foot))
    return seal.sealed(pages, words).pdf


def _erasure_facts(row: ErasureRow, words: Language) -> list[list[str]]:
    return [
        [words.tr(N_("What")), words.tr(N_("All records of the organisation in this place"))],
        *_deed(row, words),
    ]


def _facts(row: CertificateRow, words: Language) -> list[list[str]]:
    return [
        [words.tr(N_("What")), words.tr(EXTENTS[row.extent])],
        [words.tr(N_("Kinds of record")), kinds_words(row.kinds, words)],
        *_deed(row, words),
    ]


def _deed(row: CertificateRow | ErasureRow, words: Language) -> list[list[str]]:
    """When, by whom, and where the log says so."""
    facts = [
        (words.tr(N_("Done at")), f"{row.at:%Y-%m-%d %H:%M} UTC"),
        (words.tr(N_("Done by")), row.done_by),
        (words.tr(N_("Agreed by")), row.agreed_by or words.tr(N_("nobody else was asked for"))),
        (words.tr(N_("Line of the log")), str(row.log_seq)),
        (words.tr(N_("Fingerprint of the line")), row.fingerprint),
    ]
    return [list(fact) for fact in facts]


def _counts(counts: Mapping[str, int], words: Language) -> list[list[str]]:
    """Two kinds beside each other, so that it stays one page."""
    told = [[name, str(count)] for name, count in count_lines(counts, words)]
    half = -(-len(told) // 2)
    return [left + (told[at + half] if at + half < len(told) else ["", ""]) for at, left in enumerate(told[:half])]


__all__ = ["certificate_pages", "erasure_pages"]

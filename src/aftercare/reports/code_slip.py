"""A slip with a one-time code: how it is used and until when, and no name, neither of anybody nor of a program."""

from __future__ import annotations

from reportlab.platypus import Flowable

from aftercare.domain.rows.recovery import SlipContent
from aftercare.i18n import N_, language
from aftercare.reports import seal
from aftercare.reports.paper import Footer, Paper
from aftercare.reports.recovery_kit import PRODUCER, SCALE, CodeGroups


def slip_page(content: SlipContent) -> bytes:
    """A finished file of one page."""
    paper = Paper(language(content.language), content.paper, SCALE)
    words = paper.language
    until = {"day": words.date(content.until.date()), "time": words.time(content.until)}
    steps = (
        words.tr(N_("On the computer where the program asks for a password, choose “I have a one-time code”.")),
        words.tr(N_("Type the name that you were told, and the groups in this order. Small letters are as good.")),
        words.tr(N_("Choose a password that only you know. Then destroy this slip.")),
    )
    story: list[Flowable] = [
        paper.title(words.tr(N_("One-time code"))),
        paper.text(words.tr(N_("Good for one time, until {day}, {time}."), **until)),
        paper.gap(8),
        CodeGroups(content.groups),
        paper.section(words.tr(N_("How it is used"))),
        *(paper.text(f"{number}.  {step}") for number, step in enumerate(steps, 1)),
    ]
    return seal.sealed(paper.pdf(story, Footer("", "")), words, producer=PRODUCER).pdf

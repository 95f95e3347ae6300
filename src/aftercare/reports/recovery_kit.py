"""The page that is kept on paper: a recovery code, or one of its two parts, and how to use it.

It says neither which program it belongs to, nor whose, nor when it was printed: whoever finds it finds characters. The
place and the day are written on it by hand.
"""

from __future__ import annotations

from reportlab.platypus import Flowable

from aftercare.domain.rows.recovery import KitContent, KitSheet
from aftercare.i18n import N_, language
from aftercare.reports import seal
from aftercare.reports.blocks import rule
from aftercare.reports.paper import Footer, Paper, Signature
from aftercare.reports.text import INK, MUTED, RULE, Style, draw_line, width_of

SCALE = 1.25
PRODUCER = "PDF"
_A_LINE = 3  # groups


def kit_pages(content: KitContent) -> bytes:
    """A finished file with a page for each person who keeps something."""
    paper = Paper(language(content.language), content.paper, SCALE)
    story: list[Flowable] = []
    for sheet in content.sheets:
        if story:
            story.append(paper.page_break())
        story += _sheet(paper, sheet)
    pages = paper.pdf(story, Footer("", ""))
    return seal.sealed(pages, paper.language, producer=PRODUCER).pdf


def _sheet(paper: Paper, sheet: KitSheet) -> list[Flowable]:
    words = paper.language
    if sheet.part:
        title = words.tr(N_("Recovery code, part {part} of 2"), part=sheet.part)
        use = words.tr(N_("Half of a code. It opens nothing without the other half, which another person keeps."))
        reading = words.tr(
            N_("Type the groups of both parts; which part comes first does not matter. Small letters are as good.")
        )
    else:
        title = words.tr(N_("Recovery code"))
        use = words.tr(N_("It opens what is locked, once, when every password is lost. Nothing else can."))
        reading = words.tr(N_("Type the groups in this order. Small letters are as good, dashes do not matter."))
    steps = (
        words.tr(N_("On the computer where the program asks for a password, choose “Use a recovery code”.")),
        reading,
        words.tr(N_("Choose a new password. A new code takes the place of this one: print it, and destroy this page.")),
    )
    keep = words.tr(N_("Keep this page away from the computer, where only you find it. Do not photograph or copy it."))
    return [
        paper.title(title),
        paper.text(use),
        paper.gap(8),
        CodeGroups(sheet.groups),
        paper.note(words.tr(N_("The letters O, I, L and U do not occur: what looks like O is a zero, like I a one."))),
        paper.section(words.tr(N_("How it is used"))),
        *(paper.text(f"{number}.  {step}") for number, step in enumerate(steps, 1)),
        paper.section(words.tr(N_("How it is kept"))),
        paper.text(keep),
        paper.gap(4),
        paper.signatures(
            [
                Signature(words.tr(N_("Date"))),
                Signature(words.tr(N_("Place where it is kept"))),
                Signature(words.tr(N_("Signature"))),
            ]
        ),
    ]


class CodeGroups(Flowable):  # type: ignore[misc]
    """The code, a character to a box, read from the left in every language; groups are numbered as messages call them.

    Boxes of one width make any face a typewriter's, and a character that was smudged is seen to be missing.
    """

    _GAP = 22.0  # between groups
    _LEADING = 60.0

    def __init__(self, groups: tuple[str, ...]) -> None:
        super().__init__()
        self._groups = groups
        self._big = Style(size=21, bold=True, colour=INK, direction="ltr", align="left")
        self._small = Style(size=7.5, colour=MUTED, direction="ltr", align="left")

    def wrap(self, available_width: float, available_height: float) -> tuple[float, float]:
        self.width = available_width
        self.height = -(-len(self._groups) // _A_LINE) * self._LEADING
        return self.width, self.height

    def draw(self) -> None:
        characters = len(self._groups[0])
        box = (self.width - (_A_LINE - 1) * self._GAP) / (_A_LINE * characters)
        for at, group in enumerate(self._groups):
            x = at % _A_LINE * (characters * box + self._GAP)
            base = self.height - (at // _A_LINE) * self._LEADING - 38
            draw_line(self.canv, x, base + 24, str(at + 1), self._small)
            for n, character in enumerate(group):
                middle = x + n * box + (box - width_of(character, self._big)) / 2
                draw_line(self.canv, middle, base, character, self._big)
                rule(self.canv, x + n * box + 1.5, base - 8, box - 3, RULE)


__all__ = ["PRODUCER", "SCALE", "CodeGroups", "kit_pages"]

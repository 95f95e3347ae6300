"""Commands that print: the progress report and the plan sheet, for one person or a whole caseload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from uuid import UUID

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import explained, progress, say, show_json, write_private
from aftercare.domain.codes import Area, ReportProfile
from aftercare.domain.drafts.reports import Narratives, PlanSheetOrder, ProgressOrder
from aftercare.domain.errors import FileNotWritten
from aftercare.i18n import N_, tr, trn

if TYPE_CHECKING:
    from aftercare.domain.rows.reports import Printed
    from aftercare.services.opening import OpenOffice


class InWords(StrEnum):
    """Which progress entries are printed in words."""

    LAST = "last"
    ALL = "all"
    NONE = "none"


_NARRATIVES = {
    InWords.LAST: Narratives.LAST,
    InWords.ALL: Narratives.ALL,
    InWords.NONE: Narratives.CHOSEN,  # and none is chosen
}


class Paper(StrEnum):
    A4 = "A4"
    LETTER = "Letter"


CaseOption = Annotated[str | None, typer.Option("--case", metavar="CODE", help=N_("One person, by code: S-0003."))]
AllOption = Annotated[bool, typer.Option("--all", help=N_("Everyone whose case is open, one file each."))]
MineOption = Annotated[bool, typer.Option("--mine", help=N_("Everyone in my own cases, one file each."))]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="FILE", help=N_("The PDF to write, for one person."))]
OutDirOption = Annotated[
    Path | None,
    typer.Option("--out-dir", metavar="DIR", help=N_("Where the PDFs go; they are named by report number only.")),
]
FromOption = Annotated[str | None, typer.Option("--from", metavar="DAY", help=N_("First day, YYYY-MM-DD."))]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DAY", help=N_("Last day, YYYY-MM-DD."))]
ProfileOption = Annotated[ReportProfile, typer.Option("--profile", help=N_("For whom the report is."))]
AreaOption = Annotated[list[Area] | None, typer.Option("--area", help=N_("Only this chapter; can be repeated."))]
LanguageOption = Annotated[str, typer.Option("--language", metavar="TAG", help=N_("Language of the page: en, fr, ar…"))]
PaperOption = Annotated[Paper, typer.Option("--paper", help=N_("Size of the paper."))]
LargeOption = Annotated[bool, typer.Option("--large-print", help=N_("In large print."))]
NarrativesOption = Annotated[
    InWords, typer.Option("--narratives", help=N_("Which progress entries are printed in words."))
]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose reports go where."""

    case: str | None
    whole: bool
    mine: bool
    out: Path | None
    out_dir: Path | None

    def check(self) -> None:
        """One person or many; a file for one, a folder for many."""
        if (self.case is not None) + self.whole + self.mine != 1:
            raise typer.BadParameter(tr("name one person with --case CODE, or take --all or --mine"))
        if self.case is None and self.out_dir is None:
            raise typer.BadParameter(tr("several files need a folder"), param_hint="--out-dir")
        if (self.out is None) == (self.out_dir is None):
            raise typer.BadParameter(tr("say where to: --out FILE or --out-dir DIR"))


@explained
def report_progress(
    case: CaseOption = None,
    whole: AllOption = False,
    mine: MineOption = False,
    since: FromOption = None,
    until: ToOption = None,
    profile: ProfileOption = ReportProfile.INTERNAL,
    area: AreaOption = None,
    narratives: NarrativesOption = InWords.LAST,
    language: LanguageOption = "",
    paper: PaperOption = Paper.A4,
    large_print: LargeOption = False,
    out: OutOption = None,
    out_dir: OutDirOption = None,
    vault: VaultOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print progress reports as PDF; each is numbered and logged."""
    wanted = Wanted(case, whole, mine, out, out_dir)
    wanted.check()
    first, last = asking.day(since, "--from"), asking.day(until, "--to")

    def print_one(office: OpenOffice, case_id: UUID) -> Printed:
        from aftercare.services.reports import progress_report

        order = ProgressOrder(
            case_id,
            profile,
            since=first,
            until=last,
            areas=tuple(area or ()),
            language=language,
            narratives=_NARRATIVES[narratives],
            paper=paper.value,
            large_print=large_print,
        )
        return office.desk.do(progress_report, order).value

    with asking.opened(vault, login, passphrase_file) as office:
        _print_wanted(office, wanted, print_one, as_json)


@explained
def report_plan_sheet(
    case: CaseOption = None,
    whole: AllOption = False,
    mine: MineOption = False,
    area: AreaOption = None,
    language: LanguageOption = "",
    paper: PaperOption = Paper.A4,
    out: OutOption = None,
    out_dir: OutDirOption = None,
    vault: VaultOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print plan sheets, the survivor's own page, as PDF."""
    wanted = Wanted(case, whole, mine, out, out_dir)
    wanted.check()

    def print_one(office: OpenOffice, case_id: UUID) -> Printed:
        from aftercare.services.reports import plan_sheet

        order = PlanSheetOrder(case_id, tuple(area or ()), language, paper.value)
        return office.desk.do(plan_sheet, order).value

    with asking.opened(vault, login, passphrase_file) as office:
        _print_wanted(office, wanted, print_one, as_json)


def _print_wanted(
    office: OpenOffice, wanted: Wanted, print_one: Callable[[OpenOffice, UUID], Printed], as_json: bool
) -> None:
    from aftercare.services.reports import caseload, find_case

    cases = (office.desk.ask(find_case, wanted.case),) if wanted.case else office.desk.ask(caseload, wanted.mine)
    folder = _made(wanted.out_dir)
    written: list[dict[str, object]] = []
    with progress(tr("Reports")) as report:
        for done, case_id in enumerate(cases, 1):
            printed = print_one(office, case_id)
            file = wanted.out or folder / f"{printed.number}.pdf"
            write_private(file, printed.pdf)
            written.append({"file": str(file), "number": printed.number, "pages": printed.pages})
            report(done, len(cases))
    if as_json:
        show_json(written)
    else:
        say(trn("{n} report is written.", "{n} reports are written.", len(written)))


def _made(folder: Path | None) -> Path:
    if folder is None:
        return Path()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as refused:
        raise FileNotWritten(refused.strerror or "") from refused
    return folder

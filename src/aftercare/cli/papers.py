"""Commands that print: the progress report and the plan sheet, for one person or a whole caseload."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import explained, progress, say, show_json
from aftercare.domain.codes import Area, ReportProfile
from aftercare.domain.drafts.reports import Narratives, PlanSheetOrder, ProgressOrder, ReportOrder
from aftercare.i18n import N_, tr, trn

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice


_ANYBODY = UUID(int=0)  # in an order that is a pattern for others


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
ProfileOption = Annotated[ReportProfile, asking.choice("--profile", ReportProfile, N_("For whom the report is."))]
AreaOption = Annotated[list[Area] | None, asking.choice("--area", Area, N_("Only this chapter; can be repeated."))]
LanguageOption = Annotated[str, typer.Option("--language", metavar="TAG", help=N_("Language of the page: en, fr, ar…"))]
PaperOption = Annotated[Paper, asking.choice("--paper", Paper, N_("Size of the paper."))]
LargeOption = Annotated[bool, typer.Option("--large-print", help=N_("In large print."))]
NarrativesOption = Annotated[
    InWords, asking.choice("--narratives", InWords, N_("Which progress entries are printed in words."))
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
    first, last = asking.period(since, until)
    order = ProgressOrder(
        _ANYBODY,
        profile,
        since=first,
        until=last,
        areas=tuple(area or ()),
        language=asking.language_known(language),
        narratives=_NARRATIVES[narratives],
        paper=paper.value,
        large_print=large_print,
    )
    with asking.opened(vault, login, passphrase_file) as office:
        _print_wanted(office, wanted, order, as_json)


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
    order = PlanSheetOrder(_ANYBODY, tuple(area or ()), asking.language_known(language), paper.value)
    with asking.opened(vault, login, passphrase_file) as office:
        _print_wanted(office, wanted, order, as_json)


def _print_wanted(office: OpenOffice, wanted: Wanted, like: ReportOrder, as_json: bool) -> None:
    """Print one person's report, or everyone's like it."""
    if wanted.case is not None:
        written = _print_one(office, wanted, wanted.case, like)
    else:
        written = _print_many(office, wanted, like)
    if as_json:
        show_json(written)
    else:
        say(trn("{n} report is written.", "{n} reports are written.", written["files"]))


def _print_one(office: OpenOffice, wanted: Wanted, code: str, like: ReportOrder) -> dict[str, Any]:
    from aftercare.services.report_choices import find_case
    from aftercare.services.report_files import neutral_name, save_file, save_new_file
    from aftercare.services.reports import plan_sheet, progress_report

    order = replace(like, case_id=office.desk.ask(find_case, code))
    if isinstance(order, PlanSheetOrder):
        printed = office.desk.do(plan_sheet, order).value
    else:
        printed = office.desk.do(progress_report, order).value
    if wanted.out is not None:
        file = wanted.out
        save_file(file, printed.pdf)
    else:
        file = save_new_file(asking.folder_for(wanted.out_dir or Path()), neutral_name(printed.number), printed.pdf)
    return {"files": 1, "pages": printed.pages, "file": str(file), "number": printed.number}


def _print_many(office: OpenOffice, wanted: Wanted, like: ReportOrder) -> dict[str, Any]:
    from aftercare.services.report_batch import print_caseload
    from aftercare.services.report_choices import caseload

    def do(service: Callable[..., Any], /, *args: Any) -> Any:
        return office.desk.do(service, *args).value

    folder = asking.folder_for(wanted.out_dir or Path())
    cases = office.desk.ask(caseload, wanted.mine)
    with progress(tr("Reports")) as report:
        done = print_caseload(do, like, cases, folder, report)
    return {"files": done.files, "pages": done.pages, "folder": str(folder)}

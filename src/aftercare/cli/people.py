"""Commands about people: list them, take a caseload over from a spreadsheet."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import PROBLEM, explained, progress, say, say_problem, show, show_json
from aftercare.domain.codes import Stage
from aftercare.domain.errors import ImportRefused, Problem
from aftercare.domain.importing import Alike, AlikeRow, ImportMapping, ImportPreview
from aftercare.domain.rows.backups import BackupReason
from aftercare.domain.rows.survivors import SurvivorFilter, SurvivorRow, Whose
from aftercare.i18n import N_, current, tr, trn
from aftercare.words import label
from aftercare.words.importing import ALIKE_REASONS, cell_words, field_label

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

StageOption = Annotated[
    list[Stage] | None, asking.choice("--stage", Stage, N_("Only cases in this stage; can be repeated."))
]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=N_("A caseload as .xlsx or .csv."))]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help=N_("A TOML file that says which column is what; without it columns are known by their headers."),
    ),
]
DryRunOption = Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be imported and what is wrong."))]
WithoutBackupOption = Annotated[
    bool, typer.Option("--without-backup", help=N_("Import also where no backup could be made before."))
]
AlikeOption = Annotated[
    Alike, asking.choice("--known", Alike, N_("What becomes of rows that look like people who are known."))
]
MineOption = Annotated[bool, typer.Option("--mine", help=N_("Only my own cases."))]


@explained
def list_survivors_command(
    stage: StageOption = None,
    mine: MineOption = False,
    vault: VaultOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """List survivors by code, without names."""
    from aftercare.services.survivors import list_survivors

    wanted = SurvivorFilter(stages=frozenset(stage or ()), whose=Whose.MINE if mine else Whose.ALL)
    with asking.opened(vault, login, passphrase_file) as office:
        page = office.desk.ask(list_survivors, wanted, None, 0)
    if as_json:
        show_json([_as_json(row) for row in page.rows])
        return
    for row in page.rows:
        show("\t".join(_as_text(row)))


def _as_json(row: SurvivorRow) -> dict[str, Any]:
    return {
        "code": row.case_code,
        "stage": row.stage,
        "risk": row.risk,
        "gender": row.gender,
        "age": None if row.age is None else {"least": row.age.least, "most": row.age.most, "about": row.age.about},
        "languages": list(row.languages),
        "case_worker": row.worker,
        "opened_on": row.opened_on.isoformat(),
        "last_note_on": row.last_note_on.isoformat() if row.last_note_on else None,
        "review_on": row.review_on.isoformat() if row.review_on else None,
    }


def _as_text(row: SurvivorRow) -> list[str]:
    words = current()
    return [
        row.case_code,
        label(row.stage),
        label(row.risk) if row.risk else "–",
        row.worker,
        tr("review {date}", date=words.date(row.review_on)) if row.review_on else "–",
    ]


# --- import -------------------------------------------------------------------------------------------------------

SHOWN = 40


@explained
def import_people_command(
    file: FileArgument,
    mapping: MappingOption = None,
    dry_run: DryRunOption = False,
    without_backup: WithoutBackupOption = False,
    known: AlikeOption = Alike.STOP,
    vault: VaultOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take a caseload over from a spreadsheet. All of it or, if a row is wrong, nothing."""
    from aftercare.services.importing import check_table, import_people, load_mapping, preview_import

    decided = load_mapping(mapping) if mapping else ImportMapping()
    with asking.opened(vault, login, passphrase_file) as office:
        done = None
        if not dry_run:
            office.desk.ask(check_table, file, decided)
            _back_up_before(office, without_backup=without_backup)
            with suppress(ImportRefused), progress(tr("People")) as report:
                done = office.desk.do(import_people, file, decided, known, report).value
        if done is None:
            with progress(tr("Rows")) as report:
                preview = office.desk.ask(preview_import, file, decided, report)
    if done is None:
        _show_preview(preview, as_json, known)
        if preview.problem_count or not preview.people or (known is Alike.STOP and preview.alike_count):
            raise typer.Exit(PROBLEM)
        return
    if as_json:
        show_json({"people": done.people, "first": done.first_code, "last": done.last_code, "left_out": done.left_out})
        return
    people = trn("{n} person is imported", "{n} people are imported", done.people)
    if done.people:
        say(tr("{people}, {first} to {last}.", people=people, first=done.first_code, last=done.last_code))
    if done.left_out:
        say(trn("{n} row was left out as known.", "{n} rows were left out as known.", done.left_out))


def _back_up_before(office: OpenOffice, *, without_backup: bool) -> None:
    """A backup that cannot be made stops the import, unless it was said that it may not be there."""
    from aftercare.services.backups import back_up_before

    try:
        with progress(tr("Backing up")) as report:
            back_up_before(office, BackupReason.BEFORE_IMPORT, report)
    except Problem as problem:
        if not without_backup:
            say(
                tr(
                    "Nothing was imported, because no backup could be made before. "
                    "With --without-backup it is done all the same."
                )
            )
            raise
        say_problem(problem)


def _show_preview(preview: ImportPreview, as_json: bool, known: Alike) -> None:
    """The columns and counts as data, what is wrong in words on standard error."""
    if as_json:
        show_json(asdict(preview))
    else:
        for column in preview.columns:
            show(f"{column.header}\t{_taken_as(column.field and field_label(column.field), column.standard_name)}")
        show(trn("{n} person", "{n} people", preview.people))
        if preview.empty_rows:
            show(trn("{n} empty row skipped", "{n} empty rows skipped", preview.empty_rows))
    for problem in preview.problems[:SHOWN]:
        say(cell_words(problem))
    _say_more(preview.problem_count - min(SHOWN, len(preview.problems)))
    for row in preview.alike[:SHOWN]:
        say(_alike_words(row))
    _say_more(preview.alike_count - min(SHOWN, len(preview.alike)))
    if preview.problem_count:
        say(tr("Nothing was imported. Correct the file and try again."))
    elif preview.alike_count and known is Alike.STOP:
        say(tr("Nothing was imported. Say what to do with people who are known: --known skip or --known keep."))
    elif not preview.people:
        say(tr("Nothing was imported: there is nobody in the table."))


def _taken_as(field: str | None, standard_name: str) -> str:
    if field:
        return field
    return (
        tr("not imported ({name} of HTCDS has no place yet)", name=standard_name)
        if standard_name
        else tr("not imported")
    )


def _say_more(count: int) -> None:
    if count > 0:
        say(trn("… and {n} more.", "… and {n} more.", count))


def _alike_words(row: AlikeRow) -> str:
    reason = tr(next((words for code, words in ALIKE_REASONS.items() if code.value == row.reason), ""))
    if row.case_code:
        return tr("Row {row} may be {code}: {reason}.", row=row.row, code=row.case_code, reason=reason)
    return tr(
        "Row {row} may be the same person as row {other}: {reason}.", row=row.row, other=row.other_row, reason=reason
    )

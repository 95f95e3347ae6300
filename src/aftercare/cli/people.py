"""Commands about people: list them, take a caseload over from a spreadsheet."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import explained, show, show_json
from aftercare.domain.codes import Stage
from aftercare.domain.rows.survivors import SurvivorFilter, SurvivorRow, Whose
from aftercare.i18n import N_, current, tr
from aftercare.words import label

StageOption = Annotated[
    list[Stage] | None, typer.Option("--stage", help=N_("Only cases in this stage; can be repeated."))
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

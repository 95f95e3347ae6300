"""Commands about the log: reading it, handing it out with a signature, checking one that was handed out."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import explained, progress, say, show, show_json
from aftercare.domain.rows.log import LogFilter, LogGroup
from aftercare.i18n import N_, tr, trn
from aftercare.words.log import action_words, kind_words

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

FromOption = Annotated[str | None, typer.Option("--from", metavar="DAY", help=N_("From this day on (YYYY-MM-DD)."))]
ToOption = Annotated[str | None, typer.Option("--to", metavar="DAY", help=N_("Up to this day (YYYY-MM-DD)."))]
PersonOption = Annotated[
    str | None, typer.Option("--person", metavar="CODE", help=N_("Only what is about this person, by code."))
]
GroupOption = Annotated[LogGroup | None, asking.choice("--only", LogGroup, N_("Only lines of this group."))]
OutOption = Annotated[
    Path, typer.Option("--out", metavar="FILE", help=N_("The file to write; its signature is written beside it."))
]
MostOption = Annotated[int, typer.Option("--most", metavar="N", min=1, max=100_000, help=N_("At most so many lines."))]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=N_("The exported file."))]


@explained
def list_log(
    vault: VaultOption = None,
    person: PersonOption = None,
    only: GroupOption = None,
    since: FromOption = None,
    until: ToOption = None,
    most: MostOption = 100,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show lines of the log, the newest first."""
    from aftercare.services.log import see_log
    from aftercare.words.log_facts import fact_words

    wanted = _wanted(only, since, until)
    with asking.opened(vault, login, passphrase_file) as office:
        page = office.desk.ask(see_log, _about(office, person, wanted), limit=most)
    if as_json:
        show_json(
            [
                {
                    "number": row.seq,
                    "utc": row.at.isoformat(),
                    "who": row.actor,
                    "action": row.action,
                    "kind": row.kind,
                    "about": row.about,
                    "reason": row.reason,
                }
                for row in page.rows
            ]
        )
        return
    for row in page.rows:
        when, who = f"{row.at:%Y-%m-%d %H:%M}", row.actor or tr("The program")
        facts = fact_words(row.reason, office.desk.clock.local)
        parts = (when, who, action_words(row.action), kind_words(row.kind), row.about, facts)
        show(f"{row.seq:>7}  " + "  ".join(part for part in parts if part))
    if page.more:
        say(trn("{n} line in all.", "{n} lines in all.", page.total))


@explained
def export_log_command(
    out: OutOption,
    vault: VaultOption = None,
    person: PersonOption = None,
    only: GroupOption = None,
    since: FromOption = None,
    until: ToOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write the log as CSV, with a signature beside it. The whole log is verified first."""
    from aftercare.services.log_export import export_log, signature_path

    wanted = _wanted(only, since, until)
    with asking.opened(vault, login, passphrase_file) as office, progress(tr("Exporting the log")) as report:
        told = export_log(office, _about(office, person, wanted), out, report)
    if as_json:
        facts = {"lines": told.lines, "last": told.last_seq, "fingerprint": told.fingerprint}
        show_json(facts | {"file": str(out), "signature": str(signature_path(out))})
        return
    say(trn("{n} line was written.", "{n} lines were written.", told.lines))
    say(tr("Fingerprint of the signing key: {fingerprint}", fingerprint=told.fingerprint))


@explained
def check_log(file: FileArgument, as_json: JsonOption = False) -> None:
    """Check that an exported log is what was signed. Needs no records."""
    from aftercare.services.log_export import check_log_file

    told = check_log_file(file)
    if as_json:
        show_json({"lines": told.lines, "last": told.last_seq, "fingerprint": told.fingerprint})
        return
    say(trn("{n} line, as signed.", "{n} lines, as signed.", told.lines))
    say(tr("Compare the fingerprint with the one the office tells you: {fingerprint}", fingerprint=told.fingerprint))


def _wanted(only: LogGroup | None, since: str | None, until: str | None) -> LogFilter:
    first, last = asking.period(since, until)
    return LogFilter(group=only, since=first, until=last)


def _about(office: OpenOffice, person: str | None, wanted: LogFilter) -> LogFilter:
    from aftercare.services.log import person_in_log

    return replace(wanted, survivor_id=office.desk.ask(person_in_log, person)) if person else wanted

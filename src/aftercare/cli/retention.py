"""Commands about what is kept how long: what is due, deleting it with a certificate, erasing everything."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import STOPPED, explained, progress, say, show, show_json
from aftercare.domain.errors import NotFound
from aftercare.domain.retention import WORDS, Extent, Kept
from aftercare.domain.rows.retention import CertificateRow, PurgeOrder
from aftercare.i18n import N_, tr, trn
from aftercare.words.retention import count_lines, earlier_warning, erasure_lines, kinds_words, reach_lines
from aftercare.words.sizes import size_words

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

CaseOption = Annotated[str, typer.Option("--case", metavar="CODE", help=N_("The person, by code."))]
ExtentOption = Annotated[
    bool,
    typer.Option("--partial/--whole", help=N_("Only words, while the counts stay; or everything but the code.")),
]
KindOption = Annotated[
    list[Kept] | None, asking.choice("--kind", Kept, N_("Only words of this kind; can be repeated."))
]
TypedOption = Annotated[
    str | None,
    typer.Option(
        "--confirm", metavar="WORDS", help=N_("What you would be asked to type; a script says here that it is meant.")
    ),
]
NumberOption = Annotated[int, typer.Option("--number", metavar="N", help=N_("The number of the certificate."))]
OutOption = Annotated[Path, typer.Option("--out", metavar="FILE", help=N_("The PDF to write."))]
CertificateOption = Annotated[
    Path | None,
    typer.Option("--certificate", metavar="FILE", help=N_("Write a certificate as PDF; afterwards nobody can.")),
]
DestroyOption = Annotated[
    str | None, typer.Option("--destroy", metavar="NAME", help=N_("The folder to destroy for good, by its name."))
]
BackupsOption = Annotated[
    bool,
    typer.Option(
        "--backups/--keep-backups", help=N_("Delete backups in known places, and records kept aside, as well.")
    ),
]


@explained
@asking.on_records
def list_due_command(office: OpenOffice, as_json: JsonOption = False) -> None:
    """List whose record has something due to be deleted. Nothing is deleted by itself."""
    from aftercare.services.retention import list_due

    rows = office.desk.ask(list_due)
    if as_json:
        show_json(
            [
                {
                    "code": row.case_code,
                    "closed_on": row.closed_on,
                    "held": row.is_held,
                    "due": {kind.value: since for kind, since in row.due.items()},
                }
                for row in rows
            ]
        )
        return
    for row in rows:
        held = f"  {tr('held')}" if row.is_held else ""
        show(f"{row.case_code}  {row.since}  {kinds_words(row.due)}{held}")
    if not rows:
        say(tr("Nothing is due."))


@explained
def purge_command(
    case: CaseOption,
    partial: ExtentOption = True,
    kinds: KindOption = None,
    typed: TypedOption = None,
    vault: VaultOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Delete a person's words or whole record for good. In search and backups too, with a certificate."""
    from aftercare.services.forgetting import list_unfinished, purge_person
    from aftercare.services.kept_aside import earlier
    from aftercare.services.purging import show_purge
    from aftercare.services.retention import person_to_purge

    if kinds and (not partial or Kept.WHOLE in kinds):
        raise typer.BadParameter(tr("it names words; the whole record is --whole alone"), param_hint="--kind")
    with asking.opened(vault, login, passphrase_file) as office:
        survivor_id = office.desk.ask(person_to_purge, case)
        wanted = frozenset(kinds or WORDS) if partial else frozenset[Kept]()
        order = PurgeOrder(survivor_id, Extent.PARTIAL if partial else Extent.WHOLE, wanted)
        preview = office.desk.ask(show_purge, order)
        for name, count in count_lines(preview.counts):
            say(f"{count:>6}  {name}")
        for line in earlier_warning(earlier(office)):
            say(line)
        _must_mean_it(preview.case_code, typed)
        before = len(office.desk.ask(list_unfinished))
        try:
            with progress(tr("Deleting")) as report:
                row = purge_person(office, order, report)
        except KeyboardInterrupt:
            if len(office.desk.ask(list_unfinished)) == before:
                raise
            say(
                "\n"
                + tr("Stopped. What was asked is deleted here; “aftercare retention finish” makes it reach the rest.")
            )
            raise typer.Exit(STOPPED) from None
    _tell(row, as_json)


@explained
@asking.on_records
def finish(office: OpenOffice) -> None:
    """Go on with deletions that were stopped. By a crash, or because a place with backups was not there."""
    from aftercare.services.forgetting import finish_purges

    with progress(tr("Deleting")) as report:
        left = finish_purges(office, report)
    waits = trn("{n} deletion still waits for a place.", "{n} deletions still wait for a place.", left)
    say(waits if left else tr("Every deletion has reached everything that is known."))


@explained
@asking.on_records
def earlier_command(
    office: OpenOffice,
    destroy: DestroyOption = None,
    typed: TypedOption = None,
    as_json: JsonOption = False,
) -> None:
    """List earlier records that restores left. Or destroy one of them, with its keys and backups."""
    from aftercare.services import kept_aside
    from aftercare.services.this_computer import earlier_places, measured

    if destroy is not None:
        folder = next((one.folder for one in kept_aside.earlier(office) if one.name == destroy), None)
        if folder is None:
            raise NotFound("vault")
        _must_mean_it(destroy, typed)
        kept_aside.destroy(office, folder)
        say(tr("Destroyed: {name}", name=destroy))
        return
    rows = measured(earlier_places(office))
    if as_json:
        show_json([{"folder": str(row.path), "replaced_on": row.since, "bytes": row.size} for row in rows])
        return
    for row in rows:
        show(f"{row.since or tr('unfinished')}  {size_words(row.size or 0):>9}  {row.path}")
    if not rows:
        say(tr("No restore has left any."))


@explained
@asking.on_records
def certificate(
    office: OpenOffice,
    number: NumberOption,
    out: OutOption,
) -> None:
    """Write a certificate of deletion as PDF; it names nobody."""
    from aftercare.services.certificates import save_certificate
    from aftercare.services.forgetting import list_certificates

    row = next((row for row in office.desk.ask(list_certificates) if row.number == number), None)
    if row is None:
        raise NotFound("certificate")
    office.desk.do(save_certificate, row.id, out)
    say(tr("Certificate {number} is written: {file}", number=number, file=out))


@explained
@asking.on_records
def erase_everything_command(
    office: OpenOffice,
    typed: TypedOption = None,
    backups: BackupsOption = False,
    paper: CertificateOption = None,
) -> None:
    """Destroy the keys and the records for good. Only where the organisation has decided that this may be done."""
    from aftercare.services.erasing import PHRASE, erase_everything, save_erasure_certificate

    if not backups:
        say(tr("Backups and records kept aside stay: they open with the passwords of then. See --backups."))
    _must_mean_it(PHRASE, typed)
    done = erase_everything(office, PHRASE, backups_too=backups)
    for line in erasure_lines(done.row):
        say(line)
    for folder in done.missing:
        say(tr("Look yourself in: {places}", places=folder))
    if paper is not None:
        save_erasure_certificate(done.row, paper)
        say(tr("The certificate is saved."))


def _must_mean_it(words: str, typed: str | None) -> None:
    """The words typed once more; a script gives them as an option."""
    if typed is None:
        if not sys.stdin.isatty():
            raise typer.BadParameter(
                tr("there is no terminal to ask whether this is meant; use --confirm"), param_hint="--confirm"
            )
        typed = typer.prompt(tr("This cannot be undone. Type “{words}”", words=words), err=True)
    if " ".join(typed.split()).lower() != words.lower():
        raise typer.BadParameter(tr("these are not the words that were asked for"), param_hint="--confirm")


def _tell(row: CertificateRow, as_json: bool) -> None:
    if as_json:
        show_json(
            {
                "certificate": row.number,
                "extent": row.extent.value,
                "counts": dict(row.counts),
                "log": row.log_seq,
                "fingerprint": row.fingerprint,
                "backups_deleted": row.reach.backups_deleted,
                "waiting": list(row.reach.waiting),
                "earlier_records_destroyed": row.reach.destroyed or 0,
                "earlier_records_left": list(row.reach.left),
            }
        )
        return
    say(tr("Deleted. Certificate {number}:", number=row.number))
    for line in reach_lines(row):
        say(line)

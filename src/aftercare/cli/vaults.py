"""Commands about a vault as a whole: make one, make one of invented people, try the key, check everything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import PROBLEM, explained, progress, say, show, show_json
from aftercare.domain.clock import Clock
from aftercare.domain.demo.office import FIRST_LOGIN
from aftercare.domain.errors import FileNotWritten
from aftercare.i18n import N_, tr, trn

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

RecoveryOption = Annotated[
    Path | None,
    typer.Option(
        "--recovery-file",
        metavar="FILE",
        help=N_("Write the recovery code into this new file (for its owner alone) instead of printing it."),
    ),
]
NameOption = Annotated[
    str, typer.Option("--name", metavar="NAME", help=N_("The name that stands on plans and reports."))
]
SurvivorsOption = Annotated[
    int, typer.Option("--survivors", min=1, max=100_000, metavar="N", help=N_("How many invented people."))
]
TrainingOption = Annotated[
    Path | None, typer.Option("--vault", metavar="DIR", help=N_("A new or empty folder for the training vault."))
]
SeedOption = Annotated[int, typer.Option("--seed", metavar="N", help=N_("The same seed tells the same stories."))]


@explained
def init(
    vault: VaultOption = None,
    login: LoginOption = None,
    name: NameOption = "",
    passphrase_file: PassphraseOption = None,
    recovery_file: RecoveryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a new, empty vault with its first administrator."""
    from aftercare.services.opening import FirstPerson, create_office

    folder = asking.vault_folder(vault)
    who = login or asking.this_person()
    _refuse_existing(recovery_file)
    secret = asking.passphrase(passphrase_file, anew=True)
    office, code = create_office(folder, FirstPerson(who, name or who), secret, clock=Clock())
    office.close()
    _hand_over(code.text, recovery_file)
    if as_json:
        show_json({"vault": str(folder), "login": who, **({} if recovery_file else {"recovery_code": code.text})})
    elif recovery_file is None:
        say(tr("The records are made. Write this recovery code on paper and lock it away; it is shown only once:"))
        show(code.text)
    else:
        say(tr("The records are made, and the recovery code is in the file. Print it, lock it away, delete the file."))


def _refuse_existing(recovery_file: Path | None) -> None:
    if recovery_file is not None and (recovery_file.exists() or not recovery_file.absolute().parent.is_dir()):
        raise typer.BadParameter(tr("a new file in an existing folder, please"), param_hint="--recovery-file")


def _hand_over(code: str, recovery_file: Path | None) -> None:
    """A code that cannot be written to its file is printed: nobody could unlock without it after a loss."""
    if recovery_file is None:
        return
    from aftercare.services.report_files import save_file

    try:
        save_file(recovery_file, (code + "\n").encode("ascii"))
    except FileNotWritten:
        say(tr("The file could not be written. Write this recovery code on paper; it is shown only once:"))
        show(code)
        raise


@explained
def demo(
    vault: TrainingOption = None,
    survivors: SurvivorsOption = 24,
    seed: SeedOption = 7,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a training vault of invented people. They have histories of two years."""
    from aftercare.services.training import TrainingOrder, make_training_office

    if vault is None:
        raise typer.BadParameter(tr("name the folder for the training vault"), param_hint="--vault")
    order = TrainingOrder(survivors, seed, login or FIRST_LOGIN)
    secret = asking.passphrase(passphrase_file, anew=True)
    with progress(tr("People")) as report:
        office, _code = make_training_office(vault, order, secret, clock=Clock(), progress=report)
    office.close()
    if as_json:
        show_json({"vault": str(vault), "login": order.login_name, "survivors": survivors, "seed": seed})
    else:
        people = trn("{n} invented person", "{n} invented people", survivors)
        say(tr("A training vault with {people} is made. Sign in as “{login}”.", people=people, login=order.login_name))


@explained
@asking.on_records
def unlock_check(office: OpenOffice, as_json: JsonOption = False) -> None:
    """Try whether the password unlocks the records. They are closed again at once."""
    who = office.desk.actor
    training = office.vault.training
    if as_json:
        show_json({"unlocked": True, "name": who.name, "roles": sorted(who.roles), "training": training})
    else:
        say(tr("Unlocked for {name}.", name=who.name))


@explained
@asking.on_records
def verify(office: OpenOffice, as_json: JsonOption = False) -> None:
    """Check that the records are whole.

    Every page, the structure, references, the search index, the log, the key files. Ends with 1 where one is damaged.
    """
    from aftercare.services.verifying import verify_records

    with progress(tr("Checks")) as report:
        found = verify_records(office, report)
    if as_json:
        show_json(json.loads(found.to_json()))
    else:
        for finding in found.findings:
            say(tr("{check}: {count} faults", check=finding.check, count=finding.faults))
        entries = trn("{n} entry of the log", "{n} entries of the log", found.audit_entries)
        if found.sound:
            say(tr("Everything is sound ({entries}).", entries=entries))
    if not found.sound:
        say(tr("The records are damaged."))
        raise typer.Exit(PROBLEM)

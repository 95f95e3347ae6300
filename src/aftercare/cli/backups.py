"""Commands that back up and restore: made and verified as the window does it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import PROBLEM, explained, progress, say, say_problem, show_json
from aftercare.domain.clock import Clock
from aftercare.domain.rows.backups import BackupKind, WaysIn
from aftercare.i18n import N_, tr, trn
from aftercare.words.backups import (
    OF_OTHER_RECORDS,
    OF_TRAINING_RECORDS,
    WAYS_IN_BEFORE,
    salvage_lines,
    ways_in_lines,
)

ToOption = Annotated[
    Path | None,
    typer.Option(
        "--to", metavar="DIR", help=N_("Copy it there too. Without it: into the place that was chosen for backups.")
    ),
]
FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help=N_("The backup to restore."))]
IntoOption = Annotated[
    Path,
    typer.Option(
        "--into",
        metavar="DIR",
        help=N_("Where to: a new or empty folder, or one with records, which are then kept aside beside it."),
    ),
]
SavedOption = Annotated[
    Path, typer.Option("--to", metavar="DIR", help=N_("Where what is saved goes: a new or empty folder."))
]
CodeOption = Annotated[
    Path | None,
    typer.Option(
        "--recovery-file",
        metavar="FILE",
        help=N_("A file with the recovery code or its two parts, instead of a password; - reads standard input."),
    ),
]


@explained
def backup(
    vault: VaultOption = None,
    to: ToOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Make a sealed backup and verify it. It is opened once, and copied to a second place."""
    from aftercare.services.backups import back_up

    with asking.opened(vault, login, passphrase_file) as office, progress(tr("Backing up")) as report:
        done = back_up(office, to, report)
    if as_json:
        show_json(
            {
                "number": done.number,
                "made_at": done.made_at.isoformat(),
                "file": str(done.path),
                "copy": str(done.copied_to) if done.copied_to else None,
                "copies": [str(copy.path) for copy in done.copies if copy.path is not None],
            }
        )
    else:
        say(tr("Backup {number} is made and verified: {file}", number=done.number, file=done.copied_to or done.path))
    if done.problem is not None:
        say_problem(done.problem)
        raise typer.Exit(PROBLEM)


@explained
def restore(
    file: FileArgument,
    into: IntoOption,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    recovery_file: CodeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Restore a backup with a password or the recovery code. Nothing is overwritten; it says who comes in then."""
    from aftercare.services import backups

    seen = backups.look_at_backup(asking.readable(file))
    if seen.kind is BackupKind.TRAINING:
        say(tr(OF_TRAINING_RECORDS))
    if backups.is_of_other_records(file, into):
        say(tr(OF_OTHER_RECORDS))
    ways_in = backups.ways_in_after(file, into)
    if ways_in is not WaysIn.UNCHANGED:
        say(tr(WAYS_IN_BEFORE[ways_in]))
    code = asking.recovery_code(recovery_file) if recovery_file is not None else None
    with progress(tr("Restoring")) as report:
        if code is not None:
            restored = backups.restore_with_code(file, into, code, clock=Clock(), progress=report)
        else:
            name = login or asking.login_name(None, into)
            secret = asking.passphrase(passphrase_file)
            restored = backups.restore(file, into, name, secret, clock=Clock(), progress=report)
    if as_json:
        show_json(
            {
                "vault": str(restored.folder),
                "number": restored.number,
                "made_at": restored.made_at.isoformat(),
                "kept_aside": str(restored.kept_aside) if restored.kept_aside else None,
                "ways_in": restored.ways_in.value,
                "kept_closed": list(restored.closed),
                "back_with_earlier_password": list(restored.back),
            }
        )
        return
    say(tr("Backup {number} is restored into {folder}.", number=restored.number, folder=restored.folder))
    if restored.kept_aside is not None:
        say(tr("The records that were there are kept in {folder}.", folder=restored.kept_aside))
    for line in ways_in_lines(restored):
        say(line)


@explained
def salvage(
    vault: VaultOption = None,
    to: SavedOption = Path("salvaged"),
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    recovery_file: CodeOption = None,
    as_json: JsonOption = False,
) -> None:
    """Save what is readable of damaged records. It goes into a new folder; the damaged files are only read."""
    from aftercare.services import salvaging

    folder = asking.vault_folder(vault)
    code = asking.recovery_code(recovery_file) if recovery_file is not None else None
    with progress(tr("Saving")) as report:
        if code is not None:
            found = salvaging.salvage_with_code(folder, to, code, clock=Clock(), progress=report)
        else:
            name = login or asking.login_name(None, folder)
            secret = asking.passphrase(passphrase_file)
            found = salvaging.salvage(folder, to, name, secret, clock=Clock(), progress=report)
    if as_json:
        show_json(asdict(found))
        return
    rows = trn("{n} record", "{n} records", found.rows)
    say(tr("{rows} are saved into {folder}.", rows=rows, folder=found.folder))
    for line in salvage_lines(found):
        say(line)

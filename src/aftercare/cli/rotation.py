"""The command that gives the records a new key."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import explained, progress, say, show_json
from aftercare.i18n import N_, tr

YesOption = Annotated[bool, typer.Option("--yes", help=N_("Do it without asking first."))]


@explained
def rotate(
    vault: VaultOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    yes: YesOption = False,
    as_json: JsonOption = False,
) -> None:
    """Give the records a new key, after a backup. Keys that got into wrong hands open nothing any more."""
    from aftercare.services.rotation import rotate_keys

    if not yes:
        _ask_first()
    with asking.opened(vault, login, passphrase_file) as office, progress(tr("A new key")) as report:
        done = rotate_keys(office, report)
    if as_json:
        backup = done.backup
        show_json({"generation": done.generation, "backup": {"number": backup.number, "file": str(backup.path)}})
    else:
        say(
            tr(
                "The records have a new key. Everybody signs in as before. The backup made first: {file}",
                file=done.backup.path,
            )
        )


def _ask_first() -> None:
    """Nobody is asked where nobody sits: a script says --yes."""
    if not sys.stdin.isatty():
        raise typer.BadParameter(tr("there is no terminal to ask whether this is meant; use --yes"), param_hint="--yes")
    typer.confirm(tr("All records are copied under a new key, which takes a while. Go on?"), abort=True, err=True)

"""The command that examines a vault."""

from __future__ import annotations

from typing import Annotated

import typer

from aftercare.cli import asking
from aftercare.cli.asking import JsonOption, LoginOption, PassphraseOption, VaultOption
from aftercare.cli.saying import PROBLEM, explained, progress, say, show, show_json
from aftercare.domain.clock import Clock
from aftercare.i18n import N_, tr
from aftercare.notices.doctor import ailment_words

WORTH_A_LOOK = 3
OutsideOption = Annotated[
    bool, typer.Option("--outside", help=N_("Only what can be told without a password; nothing is written."))
]


@explained
def doctor(
    vault: VaultOption = None,
    outside: OutsideOption = False,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
    as_json: JsonOption = False,
) -> None:
    """Examine folder, disk, key files, backups and every record. Without a password: with --outside.

    Ends with 0 where nothing is wrong, 1 where something is damaged, 3 where something should be looked at.
    """
    from aftercare.services import doctor as examining

    folder = asking.vault_folder(vault)
    if outside:
        with progress(tr("Examining")) as report:
            found = examining.examine(folder, report)
    else:
        name = asking.login_name(login, folder)
        secret = asking.passphrase(passphrase_file)
        with progress(tr("Examining")) as report:
            found = examining.examine_with_passphrase(folder, name, secret, clock=Clock(), progress=report)
    told = [(one, ailment_words(one.code, one.count, one.detail)) for one in found.ailments]
    if as_json:
        show_json(
            {
                "inside": found.inside,
                "worst": found.worst or "sound",
                "findings": [
                    {
                        "code": one.code,
                        "severity": one.severity,
                        "count": one.count,
                        "detail": one.detail,
                        "what": words.what,
                        "safe": words.safe,
                        "do": words.do,
                    }
                    for one, words in told
                ],
            }
        )
    else:
        for _, words in told:
            show(" ".join(part for part in (words.what, words.safe, words.do) if part))
        if not told:
            say(tr("Nothing is wrong."))
    if found.worst == "damage":
        raise typer.Exit(PROBLEM)
    if found.worst == "warning":
        raise typer.Exit(WORTH_A_LOOK)

"""The recovery kit from the command line: a new code as pages, typed back from the paper, and only then in force.

The code is in the file that was named and nowhere else: no argument, no variable of the environment, no log, no output.
Until it was typed back, the code of before opens the records and the new one opens nothing.
"""

from __future__ import annotations

import getpass
import sys
from pathlib import Path
from typing import Annotated

import typer

from aftercare.cli import asking
from aftercare.cli.asking import LoginOption, PassphraseOption, VaultOption
from aftercare.cli.papers import Paper, PaperOption
from aftercare.cli.saying import explained, say, say_problem
from aftercare.domain.errors import Problem
from aftercare.i18n import N_, tr

_TRIES = 3
OutOption = Annotated[Path, typer.Option("--out", metavar="FILE", help=N_("The PDF to write: a new file."))]
ForTwoOption = Annotated[
    bool, typer.Option("--two-people", help=N_("Split the code into two parts, of which one alone opens nothing."))
]


@explained
def recovery_kit(
    out: OutOption,
    for_two: ForTwoOption = False,
    paper: PaperOption = Paper.A4,
    vault: VaultOption = None,
    login: LoginOption = None,
    passphrase_file: PassphraseOption = None,
) -> None:
    """Make a new recovery code as PDF. It takes the place of the old one when it was typed back from the paper."""
    from aftercare.services.door import check_copy, new_recovery_kit
    from aftercare.services.recovery_kit import may_renew_code, renew_recovery_code, save_kit

    if out.exists() or not out.absolute().parent.is_dir():
        raise typer.BadParameter(tr("a new file in an existing folder, please"), param_hint="--out")
    with asking.opened(vault, login, passphrase_file) as office:
        office.desk.ask(may_renew_code)
        kit = new_recovery_kit(for_two=for_two)
        save_kit(kit, out, paper=paper.value)
        try:
            say(tr("The pages are written. Print them, and type each code from the paper. Ctrl+C keeps the old code."))
            typed = []
            for at, sheet in enumerate(kit.sheets):
                for left in reversed(range(_TRIES)):
                    copy = _typed(sheet.part)
                    try:
                        check_copy(kit, at, copy)
                    except Problem as problem:
                        if not left:
                            raise
                        say_problem(problem)
                    else:
                        typed.append(copy)
                        break
            renew_recovery_code(office, kit, typed)
        except BaseException:
            out.unlink(missing_ok=True)  # its code opens nothing
            raise
    say(tr("The new code is in force, the old one opens nothing any more. Delete the file once it is printed."))


def _typed(part: int) -> str:
    """A code as it was typed, without showing it where a terminal would keep it; elsewhere a line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline()
    words = tr("Part {part}:", part=part) if part else tr("The new code:")
    return getpass.getpass(words + " ")

"""The tree of commands; what belongs to the window is handed in by app.py."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from aftercare import __version__
from aftercare.cli import asking, backups, doctor, kit, log, papers, people, retention, rotation, vaults
from aftercare.cli.asking import VaultOption
from aftercare.cli.saying import explained, say, show
from aftercare.domain.errors import FolderNotEmpty, VaultExists
from aftercare.i18n import N_, tr

_EPILOG = N_(
    "Exit codes: 0 done, 1 a problem that is explained on standard error, 2 wrong use, 130 stopped with Ctrl+C. "
    "A password is read from a file, from standard input (-) or from the keyboard, never from the command line."
)


@dataclass(frozen=True, slots=True)
class AppCommands:
    """What only the whole program can do: each gives an exit code."""

    window: Callable[[Path | None], int]
    self_test: Callable[[Path | None], int]
    screenshots: Callable[[Path, Sequence[str]], int]


def build(app_commands: AppCommands) -> Callable[..., Any]:
    """The command line as something to call: it reads sys.argv and ends the process with an exit code."""
    root = _group(N_("Encrypted case records and progress reports for shelters. Without a command: the window."))
    root.callback(invoke_without_command=True, epilog=tr(_EPILOG))(_start_window(app_commands))
    for name, command in (
        ("init", vaults.init),
        ("demo", vaults.demo),
        ("unlock-check", vaults.unlock_check),
        ("verify", vaults.verify),
        ("backup", backups.backup),
        ("restore", backups.restore),
        ("salvage", backups.salvage),
        ("doctor", doctor.doctor),
        ("rotate", rotation.rotate),
        ("recovery-kit", kit.recovery_kit),
        ("self-test", _self_test(app_commands)),
        ("screenshots", _screenshots(app_commands)),
    ):
        root.command(name, epilog=tr(_EPILOG))(command)
    groups = (
        ("list", N_("List what is recorded."), (("survivors", people.list_survivors_command),)),
        ("import", N_("Take records over from elsewhere."), (("people", people.import_people_command),)),
        (
            "report",
            N_("Print reports as PDF."),
            (("progress", papers.report_progress), ("plan-sheet", papers.report_plan_sheet)),
        ),
        (
            "log",
            N_("Read the log, hand it out signed, check a signed one."),
            (("list", log.list_log), ("export", log.export_log_command), ("check", log.check_log)),
        ),
        (
            "retention",
            N_("List what is due to be deleted, delete it, erase it all."),
            (
                ("list", retention.list_due_command),
                ("purge", retention.purge_command),
                ("finish", retention.finish),
                ("earlier", retention.earlier_command),
                ("certificate", retention.certificate),
                ("erase-everything", retention.erase_everything_command),
            ),
        ),
    )
    for name, words, commands in groups:
        group = _group(words)
        group.callback()(lambda: None)  # a group stays a group, also with one command
        for called, command in commands:
            group.command(called, epilog=tr(_EPILOG))(command)
        root.add_typer(group, name=name)
    command_line = typer.main.get_command(root)
    _translate(command_line)
    return command_line


def _group(words: str) -> typer.Typer:
    return typer.Typer(
        help=words, no_args_is_help=False, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False
    )


def _translate(command: Any) -> None:
    """Put the help into the language of the interface: options were declared before it was known."""
    command.help = tr(command.help) if command.help else command.help
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = tr(parameter.help)
    for below in getattr(command, "commands", {}).values():
        _translate(below)


_VersionOption = Annotated[bool, typer.Option("--version", help=N_("Print the version of the program and stop."))]


def _start_window(app_commands: AppCommands) -> Callable[..., None]:
    def start(context: typer.Context, vault: VaultOption = None, version: _VersionOption = False) -> None:
        if version:
            show(__version__)
            raise typer.Exit
        if context.invoked_subcommand is None:
            raise typer.Exit(app_commands.window(vault))

    return start


_KeptOption = Annotated[
    Path | None,
    typer.Option(
        "--vault", metavar="DIR", help=N_("Leave the training vault in this new or empty folder. Without it: nowhere.")
    ),
]


def _self_test(app_commands: AppCommands) -> Callable[..., None]:
    @explained
    def self_test(vault: _KeptOption = None) -> None:
        """Test the cipher and every page, without a screen. The pages show a training vault, made for this."""
        from aftercare.services.door import Found, look_at
        from aftercare.vault import self_test as test_cipher

        if vault is not None:
            asking.folder_for(vault)
            if look_at(vault).found is not Found.NOTHING:
                raise VaultExists
            if any(vault.iterdir()):
                raise FolderNotEmpty
        test_cipher()
        code = app_commands.self_test(vault)
        say(tr("All tests passed.") if code == 0 else tr("A test failed."))
        raise typer.Exit(code)

    return self_test


_OUT = typer.Option("--out", metavar="DIR", help=N_("Where the pictures go."))
_ONLY = typer.Argument(metavar="NAME", help=N_("Only these pictures."))


def _screenshots(app_commands: AppCommands) -> Callable[..., None]:
    @explained
    def screenshots(
        only: Annotated[list[str] | None, _ONLY] = None, out: Annotated[Path, _OUT] = Path("screenshots")
    ) -> None:
        """Render every page, dialog and state as PNG. They show invented people."""
        raise typer.Exit(app_commands.screenshots(asking.folder_for(out), tuple(only or ())))

    return screenshots

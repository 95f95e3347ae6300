"""What a command is told: the folder, who signs in, and the passphrase, which is never an argument."""

from __future__ import annotations

import errno
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from enum import StrEnum
from functools import wraps
from inspect import Parameter, Signature, signature
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from aftercare.cli.saying import say_problem
from aftercare.domain.clock import Clock
from aftercare.domain.errors import FileNotRead, FileNotWritten, FolderClosed, FolderUnusable
from aftercare.i18n import N_, current, has_words, language, tr
from aftercare.settings import load_settings, place_of_records, settings_path

if TYPE_CHECKING:
    from aftercare.services.opening import OpenOffice

MOST_PASSPHRASE_BYTES = 8192

VaultOption = Annotated[
    Path | None,
    typer.Option(
        "--vault",
        metavar="DIR",
        readable=False,  # whose folder it is, is said in words of ours
        help=N_("The folder with the records. Without it: the one the window uses."),
    ),
]
LoginOption = Annotated[
    str | None,
    typer.Option(
        "--login",
        metavar="NAME",
        help=N_(
            "Who signs in. Without it: in a training vault its worker, else the name that the window remembers, "
            "or that of this computer account."
        ),
    ),
]
PassphraseOption = Annotated[
    Path | None,
    typer.Option(
        "--passphrase-file",
        metavar="FILE",
        help=N_("A file whose first line is the password; - reads standard input. Without it: asked at the terminal."),
    ),
]

_TO_OPEN: dict[str, Any] = {"vault": VaultOption, "login": LoginOption, "passphrase_file": PassphraseOption}


def choice(option: str, kind: type[StrEnum], told: str) -> Any:
    """An option that takes one of a few words; another one is wrong use, and said in words of ours."""

    def chosen(given: str | StrEnum) -> StrEnum:
        try:
            return kind(given)
        except ValueError as unknown:
            words = current().listed([f"“{one.value}”" for one in kind])
            raise typer.BadParameter(
                tr("“{given}” is not one of {words}", given=given, words=words), param_hint=option
            ) from unknown

    return typer.Option(option, parser=chosen, metavar=f"[{'|'.join(one.value for one in kind)}]", help=told)


JsonOption = Annotated[bool, typer.Option("--json", help=N_("Print data as JSON."))]


def vault_folder(given: Path | None) -> Path:
    """The folder that was named, or the window's; FolderClosed where it is another user's, who alone looks into it."""
    from aftercare.services.door import Found, look_at

    folder = given or place_of_records(load_settings(settings_path()))
    try:
        folder.exists()
    except PermissionError as refused:
        raise FolderClosed from refused
    except OSError as refused:
        raise FolderUnusable(errno.errorcode.get(refused.errno or 0, "EIO")) from refused
    if look_at(folder).found is Found.CLOSED:
        raise FolderClosed
    return folder


def login_name(given: str | None, folder: Path) -> str:
    """The name to sign in with: as given, the worker of a training vault, or the person at this computer."""
    if given:
        return given
    from aftercare.domain.demo.office import FIRST_LOGIN
    from aftercare.services.door import look_at

    if look_at(folder).training:
        return FIRST_LOGIN
    return load_settings(settings_path()).remembered_login or this_person()


def this_person() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "administrator"


def passphrase(file: Path | None, *, anew: bool = False) -> str:
    """From the file, from standard input («-») or from the keyboard; a new one is typed twice."""
    if file is not None:
        return _first_line(_read(file))
    if not sys.stdin.isatty():
        raise typer.BadParameter(
            tr("there is no terminal to ask for a password; use --passphrase-file FILE or --passphrase-file -")
        )
    typed = getpass.getpass(tr("Password:") + " ")
    if anew and getpass.getpass(tr("The same again:") + " ") != typed:
        raise typer.BadParameter(tr("the two passwords are not the same"))
    return typed


def recovery_code(file: Path) -> str:
    """The code as a file or standard input («-») holds it: whole, or in two parts on lines of their own."""
    return _read(file).decode("utf-8-sig", errors="replace")


def _read(file: Path) -> bytes:
    if str(file) == "-":
        return sys.stdin.buffer.read(MOST_PASSPHRASE_BYTES)
    try:
        with file.open("rb") as source:
            return source.read(MOST_PASSPHRASE_BYTES)
    except OSError as refused:
        raise FileNotRead(refused.strerror or "") from refused


def _first_line(content: bytes) -> str:
    """The first line as it stands: blanks at its ends belong to it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as strange:
        raise FileNotRead(tr("it is not text in UTF-8")) from strange
    return text.splitlines()[0] if text else ""


def day(text: str | None, option: str) -> date | None:
    """A day as YYYY-MM-DD, as the option was given."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as wrong:
        raise typer.BadParameter(tr("a day is written YYYY-MM-DD"), param_hint=option) from wrong


def language_known(tag: str) -> str:
    """The language as it was given; one that nobody speaks is wrong use. Nothing stands for the usual one."""
    known = not tag or has_words(tag) or language("en").language_name(tag) != tag
    if not known:
        raise typer.BadParameter(tr("this language is not known"), param_hint="--language")
    return tag


def readable(file: Path) -> Path:
    """The file, once it is sure that it can be read; FileNotRead says why not."""
    try:
        file.open("rb").close()
    except OSError as refused:
        raise FileNotRead(refused.strerror or "") from refused
    return file


def folder_for(out: Path) -> Path:
    """The folder for files that were asked for, made for its owner where it is new; FileNotWritten says why not."""
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as refused:
        raise FileNotWritten(refused.strerror or "") from refused
    return out


def period(since: str | None, until: str | None) -> tuple[date | None, date | None]:
    """Both days of --from and --to; turned round they are wrong use."""
    first, last = day(since, "--from"), day(until, "--to")
    if first is not None and last is not None and first > last:
        raise typer.BadParameter(
            tr("{first} is after {last}, the day of --to", first=first.isoformat(), last=last.isoformat()),
            param_hint="--from",
        )
    return first, last


@contextmanager
def opened(vault: Path | None, login: str | None, passphrase_file: Path | None) -> Iterator[OpenOffice]:
    """The office for the length of a command; what was noticed while opening is said."""
    folder = vault_folder(vault)
    from aftercare.services.door import look_at
    from aftercare.services.opening import open_office
    from aftercare.services.work import confirmed_now

    # before any password: without key files it would be told that there are no records
    damage = look_at(folder).problem
    if damage is not None:
        raise damage
    with open_office(folder, login_name(login, folder), passphrase(passphrase_file), clock=Clock()) as office:
        for warning in office.warnings:
            say_problem(warning)
        # a command takes as long as it takes; whoever began it has just said who they are
        office.desk.confirmation = confirmed_now(office.desk.clock, timedelta.max)
        yield office


def on_records(command: Callable[..., None]) -> Callable[..., None]:
    """A command that is handed the open records, and takes the options by which all of these are opened."""

    @wraps(command)
    def opening(
        vault: Path | None = None, login: str | None = None, passphrase_file: Path | None = None, **options: Any
    ) -> None:
        with opened(vault, login, passphrase_file) as office:
            command(office, **options)

    # the kind of office is known to type checkers alone
    kinds = get_type_hints(command, localns={"OpenOffice": object}, include_extras=True) | _TO_OPEN
    _office, *own = signature(command).parameters.values()
    taken = [Parameter(one.name, Parameter.KEYWORD_ONLY, default=one.default) for one in own]
    taken += [Parameter(name, Parameter.KEYWORD_ONLY, default=None) for name in _TO_OPEN]
    opening.__signature__ = Signature([one.replace(annotation=kinds[one.name]) for one in taken])  # type: ignore[attr-defined]
    opening.__annotations__ = {one.name: kinds[one.name] for one in taken}
    return opening

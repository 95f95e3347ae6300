"""What the command line says: problems in words on standard error, data as JSON, progress where a terminal shows it."""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import typer

from aftercare.domain.errors import DraftProblems, FieldProblem, Problem
from aftercare.i18n import tr
from aftercare.notices import NOTHING_CHANGED, explain, field_words

P = ParamSpec("P")
T = TypeVar("T")

OK, PROBLEM, USAGE, STOPPED = 0, 1, 2, 130
_log = logging.getLogger("aftercare.cli")


def say(words: str) -> None:
    """To whoever sits at the terminal; never data."""
    typer.echo(words, err=True)


def show(words: str) -> None:
    """Data, to standard output."""
    typer.echo(words)


def show_json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1, default=str))


def say_problem(problem: Problem) -> None:
    """What happened, what is safe, what to do."""
    words = explain(problem)
    if isinstance(problem, DraftProblems | FieldProblem):
        # there is no form here that could keep what was typed
        say(f"{words.what} {tr(NOTHING_CHANGED)}")
    else:
        say(str(words))
    if isinstance(problem, DraftProblems):
        for one in problem.problems:
            say(f"  {one.field}: {field_words(one)}")


def explained(command: Callable[P, None]) -> Callable[P, None]:
    """A command that ends with a documented exit code whatever happens."""

    @wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except Problem as problem:
            say_problem(problem)
            raise typer.Exit(PROBLEM) from None
        except KeyboardInterrupt:
            say("\n" + tr("Stopped. Nothing was left half done."))
            raise typer.Exit(STOPPED) from None
        except BrokenPipeError:  # the reader of our output went away: nothing to say, and nobody to say it to
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(OK) from None
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise
        except Exception as mistake:
            say(
                tr(
                    "Aftercare made a mistake (incident {number}). Your records are as they were.",
                    number=_log_it(mistake),
                )
            )
            raise typer.Exit(PROBLEM) from None

    return guarded


def _log_it(mistake: Exception) -> str:
    """Kinds and places only: the words of an exception may name a person."""
    number = secrets.token_hex(3).upper()
    places = " < ".join(
        f"{Path(frame.filename).stem}.{frame.name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(mistake.__traceback__)[-8:])
    )
    _log.error("incident %s: %s at %s", number, type(mistake).__name__, places)
    return number


@contextmanager
def progress(words: str) -> Iterator[Callable[[int, int], None]]:
    """A line that counts on standard error, where that is a terminal; elsewhere nothing."""
    shown = sys.stderr.isatty()

    def report(done: int, total: int) -> None:
        if shown:
            typer.echo(f"\r{words} {done} / {total}", err=True, nl=False)

    try:
        yield report
    finally:
        if shown:
            typer.echo("", err=True)

"""What is wrong with a file that somebody hands in or asks for."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.domain.errors.kinds import Problem


@dataclass(eq=False)
class LogFileNotGenuine(Problem):
    """A file of the log and its signature do not belong together, or one of them was changed."""


@dataclass(eq=False)
class LogSignatureMissing(Problem):
    """There is no signature beside a file of the log; `name` is what it would be called."""

    name: str


@dataclass(eq=False)
class FileNotRead(Problem):
    """A file that was named cannot be read; `reason` is what the system says."""

    reason: str


@dataclass(eq=False)
class FileNotWritten(Problem):
    """A file that was asked for cannot be written; `reason` is what the system says."""

    reason: str


@dataclass(eq=False)
class ImportUnreadable(Problem):
    """The file is not a table that can be taken over; `reason` is a code of `domain.importing.FileFault`."""

    reason: str


@dataclass(eq=False)
class MappingUnreadable(Problem):
    """The mapping of columns cannot be used; `reason` is a code of `domain.importing.MappingFault`."""

    reason: str
    detail: str = ""


@dataclass(eq=False)
class ImportRefused(Problem):
    """Rows cannot be taken over as they stand, or look like people who are known: nothing was imported."""

    wrong: int
    alike: int = 0

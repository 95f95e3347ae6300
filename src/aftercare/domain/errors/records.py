"""What the rules refuse: permissions, drafts, what changed meanwhile, what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from aftercare.domain.errors.kinds import Problem


@dataclass(eq=False)
class NotAllowed(Problem):
    """The actor's roles do not hold the permission (its code)."""

    permission: str


@dataclass(eq=False)
class ConfirmationNeeded(Problem):
    """What was asked is only done for somebody who typed their passphrase a short while ago."""


@dataclass(eq=False)
class ApprovalNeeded(Problem):
    """The organisation put this under two persons, and nobody else has agreed to it (services/approvals.py).

    `about` is the digest of what is done to what, `wanted` the key of that record or nothing; `waits`: it is asked for
    already.
    """

    action: str
    about: str
    wanted: str = ""
    waits: bool = False


@dataclass(eq=False)
class NotForYourself(Problem):
    """Nobody widens their own access, reviews it, or agrees to what they asked for."""


@dataclass(eq=False)
class TeamInUse(Problem):
    """Cases are of this team; without it everybody would see them."""


@dataclass(eq=False)
class NotFound(Problem):
    """No such record, or not one that this person may see; the two look alike on purpose."""

    kind: str


@dataclass(eq=False)
class FieldProblem(Problem):
    """One field of a draft cannot be kept as it stands; `reason` is a code of `notices.FIELD_REASONS`."""

    field: str
    reason: str
    value: str = ""


@dataclass(eq=False)
class DraftProblems(Problem):
    """Several fields of one draft cannot be kept; shown each beside its field."""

    problems: tuple[FieldProblem, ...]


@dataclass(eq=False)
class ChangedMeanwhile(Problem):
    """The record was changed after this form (or this undo) was made from it."""

    kind: str


@dataclass(eq=False)
class NothingToUndo(Problem):
    """The change was undone already, or has left the house and cannot be undone."""

    released: bool = False


@dataclass(eq=False)
class RecordHeld(Problem):
    """A legal hold stands: nothing of this record may be deleted, nor everything while there is one."""


@dataclass(eq=False)
class CaseStillOpen(Problem):
    """Somebody works on a case of this person; only what is closed is deleted."""


@dataclass(eq=False)
class ErasingNotAllowed(Problem):
    """The organisation has not decided that everything may be erased; that is so until it does."""


@dataclass(eq=False)
class NoteLocked(Problem):
    """The note is older than the lock time; a correction is an addendum."""

    locked_on: date


@dataclass(eq=False)
class NotYourNote(Problem):
    """Only its author corrects a note; others add to it."""


@dataclass(eq=False)
class CannotClose(Problem):
    """A case, plan or goal still has something open; `reasons` are codes of `domain.closing.Obstacle`."""

    what: str
    reasons: tuple[str, ...]


@dataclass(eq=False)
class LadderStands(Problem):
    """A reunification step is not allowed; `reasons` are codes of `domain.reunification.Obstacle`."""

    reasons: tuple[str, ...]


@dataclass(eq=False)
class PlanCannotBeAgreed(Problem):
    """Codes of what is missing before a plan version can be agreed."""

    reasons: tuple[str, ...]

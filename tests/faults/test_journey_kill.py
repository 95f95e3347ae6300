"""The process killed while somebody works: what was saved is there, and no word older than two seconds is lost."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from aftercare.domain.codes import Area
from aftercare.domain.drafts.plan import GoalDraft
from aftercare.domain.rows.notes import NoteFilter
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.services.drafts import find_draft
from aftercare.services.notes import list_notes
from aftercare.services.opening import open_office
from aftercare.services.plans import add_goal, open_plan
from aftercare.services.survivors import list_survivors
from conftest import CLOCK, FIRST, PASSPHRASE, Template
from killed_words import seconds_lived, step_of, words_of
from makers import a_survivor
from proof import Proof
from rounds import few_or

KEPT_WITHIN = 2.0
SCRIPT = Path(__file__).with_name("journey_to_kill.py")

pytestmark = [
    pytest.mark.promise(1, 16),
    pytest.mark.skipif(sys.platform == "win32", reason="needs SIGKILL"),
]


@dataclass
class Told:
    """What the worker said until the kill."""

    draft: str = ""
    typed: list[tuple[float, int, int]] = field(default_factory=list)
    notes: set[int] = field(default_factory=set)
    steps: set[int] = field(default_factory=set)

    @property
    def deeds(self) -> int:
        return len(self.notes) + len(self.steps)

    def hear(self, line: str) -> None:
        what, _, rest = line.partition(" ")
        if what == "draft":
            self.draft = rest
        elif what == "typed":
            seconds, number, length = rest.split()
            self.typed.append((float(seconds), int(number), int(length)))
        elif what == "saved":
            self.notes.add(int(rest))
        elif what == "step":
            self.steps.add(int(rest))


@pytest.fixture
def folder(template: Template, tmp_path: Path) -> Path:
    """Records with one survivor who has a goal."""
    copy = tmp_path / "records"
    shutil.copytree(template.folder, copy)
    with open_office(copy, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        head = a_survivor(office.desk, "Nadia")
        office.desk.do(add_goal, head.case_id, GoalDraft(Area.HOUSING.value, "A door that I can lock"))
    return copy


def work_and_kill(folder: Path, first: int, deeds: int, seconds: float) -> tuple[Told, float]:
    """Let somebody work until so much is saved and so long after it, then kill; what they told, and when it was."""
    told = Told()
    command = [sys.executable, str(SCRIPT), str(folder), str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as worker:
        assert worker.stdout is not None
        assert worker.stderr is not None
        for line in worker.stdout:
            if line == "ready\n":
                break
            told.hear(line.rstrip("\n"))
        else:
            raise AssertionError(worker.stderr.read())
        while told.deeds < deeds:
            line = worker.stdout.readline()
            assert line, worker.stderr.read()
            told.hear(line.rstrip("\n"))
        time.sleep(seconds)
        at = seconds_lived(worker.pid)
        worker.kill()
        for line in worker.stdout:
            if line.endswith("\n"):
                told.hear(line.rstrip("\n"))
    return told, at


def nothing_is_lost(folder: Path, told: Told, killed_at: float) -> str:
    """Everything acknowledged is there; gives back the draft that the next worker must be offered."""
    with open_office(folder, FIRST.login_name, PASSPHRASE, clock=CLOCK) as office:
        desk = office.desk
        (row,) = desk.ask(list_survivors, SurvivorFilter(), None, 10).rows
        case_id = row.case_id
        notes = {row.words for row in desk.ask(list_notes, case_id, NoteFilter(), None, 500).rows}
        plan = desk.ask(open_plan, case_id)
        steps = {step.words for area in plan.areas for goal in area.goals for step in goal.steps}
        kept = desk.ask(find_draft, "quick_note", str(case_id))
    draft = str(kept.content["fields"]["words"]) if kept is not None else ""
    assert {words_of(number) for number in told.notes} <= notes
    assert {step_of(number) for number in told.steps} <= steps
    old_enough = [(number, length) for at, number, length in told.typed if at <= killed_at - KEPT_WITHIN]
    if old_enough and words_of(old_enough[-1][0]) not in notes:
        number, length = old_enough[-1]
        assert draft.startswith(words_of(number)[:length]), f"lost words: {draft!r}"
    return draft


@few_or(30, few=8, full=60, minutes=30)
def test_a_kill_at_any_moment_loses_no_saved_word_and_no_older_draft(folder: Path, rounds: int, proof: Proof) -> None:
    chance = random.Random(rounds)
    draft, done = "", 0
    for turn in range(rounds):
        told, killed_at = work_and_kill(folder, 1 + turn * 100, turn % 3, chance.uniform(0.3, 3))
        assert told.draft == draft
        draft = nothing_is_lost(folder, told, killed_at)
        done += told.deeds
        proof.tried()
    assert done > rounds // 2

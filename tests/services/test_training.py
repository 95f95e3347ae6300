"""The training vault: the same people for the same seed, whole histories that the rules agree with, or no vault."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.codes import Answer, Rung, SafeJobQuestion, Stage, StepState
from aftercare.domain.demo.goals import GOALS
from aftercare.domain.demo.note_words import HANDED_IN, NOTES
from aftercare.domain.demo.office import training_staff
from aftercare.domain.demo.person import SELAMS_NUMBER, tell_person
from aftercare.domain.demo.places import KINDS, PROVIDERS
from aftercare.domain.demo.telling import Told
from aftercare.domain.errors import VaultExists, WeakPassphrase
from aftercare.domain.reunification import LadderState, Move, moved
from aftercare.domain.rows.survivors import SurvivorFilter, Whose
from aftercare.domain.safe_job import suggested_result
from aftercare.domain.stays import Stay, overlaps
from aftercare.domain.versions import PlanContent
from aftercare.records.notes import Note
from aftercare.records.plans import PlanVersion, Step
from aftercare.services.history import kinds_of_record
from aftercare.services.opening import OpenOffice
from aftercare.services.survivors import list_survivors, show_name
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.services.verifying import verify_records
from aftercare.vault import CHEAP_KDF

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
PASSPHRASE = "the heron sings at dusk"


def told(number: int, seed: int = 7, people: int = 24) -> tuple[Told, ...]:
    staff = training_staff(people, random.Random(f"{seed}/office"), NOW)
    return tell_person(number, seed, NOW, TODAY, staff)


@pytest.fixture(scope="module")
def stories() -> list[tuple[Told, ...]]:
    return [told(number) for number in range(1, 61)]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenOffice]:
    folder = tmp_path_factory.mktemp("training") / "vault"
    made, _code = make_training_office(folder, TrainingOrder(24, 7), PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    with made:
        yield made


def of(story: tuple[Told, ...], kind: str) -> list[dict]:  # type: ignore[type-arg]
    return [fact.values for fact in story if fact.kind == kind]


# --- the stories --------------------------------------------------------------------------------------------------


def test_the_same_seed_tells_the_same_story_and_another_seed_another() -> None:
    assert told(5) == told(5)
    assert told(5, people=24) != told(5, seed=8)


def test_a_person_has_about_a_hundred_notes_and_events(stories: list[tuple[Told, ...]]) -> None:
    events = ("note", "progress_entry", "appointment", "attendance", "family_contact", "safe_job_check", "ladder_move",
              "deadline", "placement", "plan_version", "assessment")  # fmt: skip
    counted = [sum(fact.kind in events for fact in story) for story in stories]
    assert 80 <= sum(counted) / len(counted) <= 150


def test_notes_are_not_a_few_sentences_again_and_again(stories: list[tuple[Told, ...]]) -> None:
    words = [note["words"] for story in stories for note in of(story, "note")]
    most = Counter(words).most_common(1)[0][1]
    assert len(set(words)) > 0.55 * len(words)
    assert most < 0.01 * len(words)


def test_every_rule_of_the_notes_can_be_said() -> None:
    assert NOTES.slots() <= NOTES.names | HANDED_IN | {"direction_words"}
    assert set(KINDS) == set(PROVIDERS) == set(GOALS)


def test_no_note_has_a_gap_a_double_blank_or_an_open_brace(stories: list[tuple[Told, ...]]) -> None:
    for story in stories:
        for note in of(story, "note"):
            assert note["words"].strip() == note["words"] != ""
            assert not {"{", "}", "  ", " .", " ,"} & {note["words"][at : at + 2] for at in range(len(note["words"]))}


def test_nothing_was_written_after_today(stories: list[tuple[Told, ...]]) -> None:
    assert all(fact.values["created_at"] <= NOW for story in stories for fact in story)
    for story in stories:
        assert all(note["on"] <= TODAY for note in of(story, "note"))


def test_two_dozen_people_show_every_stage_every_step_state_and_many_scripts(
    stories: list[tuple[Told, ...]],
) -> None:
    first = stories[:24]
    assert {case["stage"] for story in first for case in of(story, "survivor_case")} == set(Stage)
    assert {step["state"] for story in first for step in of(story, "step")} == set(StepState)
    assert len({name["script"] for story in first for name in of(story, "survivor_name")}) >= 8
    due = [step["due_on"] for story in first for step in of(story, "step") if step["state"] is StepState.OPEN]
    assert min(due) < TODAY < max(due)
    assert any(one["on"] == TODAY for story in first for one in of(story, "appointment"))


def test_closed_cases_have_nothing_open(stories: list[tuple[Told, ...]]) -> None:
    closed = [story for story in stories if of(story, "survivor_case")[0]["stage"] is Stage.CLOSED]
    assert closed
    for story in closed:
        assert all(step["state"] in (StepState.DONE, StepState.DROPPED) for step in of(story, "step"))
        assert all(one["on"] < TODAY for one in of(story, "appointment"))


def test_stays_do_not_overlap(stories: list[tuple[Told, ...]]) -> None:
    for story in stories:
        stays = [Stay(stay["since"], stay["until"]) for stay in of(story, "placement")]
        assert not overlaps(stays, TODAY)


def test_every_ladder_was_climbed_as_the_rules_allow(stories: list[tuple[Told, ...]]) -> None:
    for story in stories:
        for ladder in of(story, "reunification"):
            state = LadderState(Rung.WISH, is_child=ladder.get("is_child", False))
            for move in of(story, "ladder_move"):
                if move["reunification_id"] == ladder["id"]:
                    known = {name: move[name] for name in Move.__slots__ if name in move}
                    state = moved(state, Move(**known))
            assert state.rung is ladder["rung"]


def test_every_safe_job_check_says_what_its_answers_suggest(stories: list[tuple[Told, ...]]) -> None:
    checks = [check for story in stories for check in of(story, "safe_job_check")]
    assert checks
    for check in checks:
        answers = {SafeJobQuestion(q): Answer(said["answer"]) for q, said in check["answers"].items()}
        assert suggested_result(answers).result is check["result"]


def test_versions_of_plans_can_be_read_and_follow_each_other(stories: list[tuple[Told, ...]]) -> None:
    versions = [version for story in stories for version in of(story, "plan_version")]
    assert versions
    for version in versions:
        assert PlanContent.from_dict(version["content"]).areas
    for story in stories:
        assert [one["number"] for one in of(story, "plan_version")] == list(
            range(1, len(of(story, "plan_version")) + 1)
        )


def test_counselling_is_restricted(stories: list[tuple[Told, ...]]) -> None:
    notes = [note for story in stories for note in of(story, "note") if note["kind"] == "counselling"]
    assert notes
    assert all(note["restricted"] for note in notes)


def test_every_fact_is_a_record_with_columns_of_that_name(stories: list[tuple[Told, ...]]) -> None:
    for fact in (fact for story in stories for fact in story):
        assert set(fact.values) <= set(kinds_of_record()[fact.kind].__table__.columns.keys())


def test_the_person_of_the_pictures_is_among_them() -> None:
    story = told(SELAMS_NUMBER)
    goals = [goal["words"] for goal in of(story, "goal")]
    assert "A room of my own with a door that locks" in goals
    held = sum(month["held"] for month in of(story, "attendance"))
    assert sum(month["attended"] for month in of(story, "attendance")) / held == 0.82
    assert of(story, "deadline")[0]["ends_on"] - TODAY == timedelta(days=30)
    late = [step["words"] for step in of(story, "step") if step["due_on"] == TODAY - timedelta(days=3)]
    assert late == ["Confirm move-in date"]


# --- the vault ----------------------------------------------------------------------------------------------------


def test_a_training_vault_is_sound_and_marked_as_one(office: OpenOffice) -> None:
    assert office.vault.training
    checked = verify_records(office)
    assert checked.findings == ()
    assert checked.sound


def test_everybody_is_found_in_the_vault(office: OpenOffice) -> None:
    everyone = SurvivorFilter(stages=frozenset(Stage))
    page = office.desk.ask(list_survivors, everyone, None, 0)
    assert page.total == 24
    assert [row.case_code for row in page.rows] == [f"S-{number:04d}" for number in range(1, 25)]
    mine = office.desk.ask(list_survivors, SurvivorFilter(stages=frozenset(Stage), whose=Whose.MINE), None, 0)
    assert mine.total == 18
    selam = page.rows[SELAMS_NUMBER - 1]
    assert (selam.stage, selam.age and selam.age.least) == (Stage.PLAN, 24)
    assert office.desk.ask(show_name, selam.survivor_id) == "Ms T."
    assert office.desk.ask(list_survivors, SurvivorFilter(text="ተስፋይ")).rows


def test_the_vault_holds_what_was_told(office: OpenOffice) -> None:
    stories = [told(number) for number in range(1, 25)]
    with Session(office.vault.engine) as session:
        for kind, name in ((Note, "note"), (Step, "step"), (PlanVersion, "plan_version")):
            wanted = sum(len(of(story, name)) for story in stories)
            assert session.scalar(select(func.count()).select_from(kind)) == wanted


def test_a_weak_passphrase_makes_no_folder(tmp_path: Path) -> None:
    with pytest.raises(WeakPassphrase):
        make_training_office(tmp_path / "vault", TrainingOrder(1), "short", clock=stopped_at(NOW), kdf=CHEAP_KDF)
    assert not (tmp_path / "vault").exists()


def test_making_that_is_stopped_leaves_nothing_half(tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_training_office(
            tmp_path / "vault", TrainingOrder(2), PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF, progress=stop
        )
    assert list(tmp_path.iterdir()) == []


def test_a_vault_that_stands_is_never_touched(office: OpenOffice) -> None:
    before = sorted(path.name for path in office.vault.folder.iterdir())
    with pytest.raises(VaultExists):
        make_training_office(office.vault.folder, TrainingOrder(2), PASSPHRASE, clock=stopped_at(NOW), kdf=CHEAP_KDF)
    assert sorted(path.name for path in office.vault.folder.iterdir()) == before


def test_columns_that_a_story_leaves_out_get_the_defaults_of_their_records(office: OpenOffice) -> None:
    with Session(office.vault.engine) as session:
        note = session.scalars(select(Note).limit(1)).one()
        assert (note.version, note.present, note.moved_from_id) == (1, "", None)

"""A caseload from a spreadsheet: looked at, all or nothing, who is known, and one undo for the whole."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from aftercare.domain.codes import Stage
from aftercare.domain.drafts.people import IntakeDraft, PersonDraft
from aftercare.domain.errors import ChangedMeanwhile, FileNotRead, ImportRefused, ImportUnreadable, NotAllowed
from aftercare.domain.importing import Alike, ImportMapping
from aftercare.domain.permissions import Role
from aftercare.domain.rows.survivors import SurvivorFilter
from aftercare.records.base import Base
from aftercare.records.notes import Note
from aftercare.records.office import Change, Request, SearchEntry
from aftercare.records.people import CaseWorker, StageChange, Survivor, SurvivorName
from aftercare.services import importing
from aftercare.services.desk import Announcement, Desk
from aftercare.services.importing import import_people, preview_import
from aftercare.services.survivors import correct_person, list_survivors, open_person, take_in
from aftercare.services.undo import undo
from aftercare.services.work import Actor
from makers import a_survivor

HEADER = "Client no;First name;Surname;Date of birth;Sex;Phone;Arrival;Status;Case worker;Notes\n"
LINE = "K-0001;Selam;Tesfay;12.3.1998;f;030 1234567;3.8.2026;Plan;A. Rahman;Came with one bag.\n"


def a_file(folder: Path, *lines: str, header: str = HEADER) -> Path:
    file = folder / "caseload.csv"
    file.write_text(header + "".join(lines), encoding="utf-8")
    return file


def many(count: int) -> list[str]:
    return [f"K-{n:04d};Selam;Tesfay {n};;f;030 1{n:06d};3.8.2026;Plan;;Note {n}\n" for n in range(count)]


def count(desk: Desk, kind: type[Base]) -> int:
    with Session(desk.engine) as session:
        return session.scalar(select(func.count()).select_from(kind)) or 0


def test_a_row_becomes_a_person_with_case_worker_stage_and_note(desk: Desk, tmp_path: Path) -> None:
    done = desk.do(import_people, a_file(tmp_path, LINE))
    assert (done.value.people, done.value.first_code, done.value.last_code) == (1, "S-0001", "S-0001")
    (row,) = desk.ask(list_survivors).rows
    head = desk.ask(open_person, row.survivor_id)
    assert (head.case_code, head.stage, head.worker) == ("S-0001", Stage.PLAN, "A. Rahman")
    with Session(desk.engine) as session:
        name = session.scalars(select(SurvivorName)).one()
        assert (name.given, name.family) == ("Selam", "Tesfay")
        note = session.scalars(select(Note)).one()
        assert (note.words, note.on) == ("Came with one bag.", date(2026, 11, 23))
        stages = session.scalars(select(StageChange.stage).order_by(StageChange.on)).all()
        assert stages == [Stage.INTAKE, Stage.PLAN]
        assert session.scalars(select(CaseWorker.since)).one() == date(2026, 8, 3)


@pytest.mark.parametrize("words", ["S-0001", "tesfay", "0301234567", "K-0001"])
def test_imported_people_are_found_by_code_name_phone_and_reference(desk: Desk, tmp_path: Path, words: str) -> None:
    desk.do(import_people, a_file(tmp_path, LINE))
    assert desk.ask(list_survivors, SurvivorFilter(text=words)).total == 1


def test_a_preview_keeps_nothing(desk: Desk, tmp_path: Path) -> None:
    preview = desk.ask(preview_import, a_file(tmp_path, LINE))
    assert (preview.people, preview.problem_count, preview.can_be_imported) == (1, 0, True)
    assert (preview.rows[0].name, preview.rows[0].stage) == ("Selam Tesfay", Stage.PLAN)
    assert count(desk, Survivor) == count(desk, Request) == 0


@pytest.mark.promise(14)
def test_one_wrong_cell_stops_the_whole_import(desk: Desk, tmp_path: Path) -> None:
    file = a_file(tmp_path, LINE, "K-0002;Ada;Lovely;12.13.1998;f;;;;;\n")
    with pytest.raises(ImportRefused) as refused:
        desk.do(import_people, file)
    assert (refused.value.wrong, refused.value.alike) == (1, 0)
    assert count(desk, Survivor) == count(desk, Change) == count(desk, SearchEntry) == 0
    (problem,) = desk.ask(preview_import, file).problems
    assert (problem.row, problem.header) == (3, "Date of birth")


def test_a_case_worker_who_does_not_work_here_is_told(desk: Desk, tmp_path: Path) -> None:
    file = a_file(tmp_path, LINE.replace("A. Rahman", "Z. Nobody"))
    (problem,) = desk.ask(preview_import, file).problems
    assert (problem.reason, problem.accepted) == ("unknown_person", ("A. Rahman",))


def test_codes_go_on_from_the_last_one_given(desk: Desk, tmp_path: Path) -> None:
    a_survivor(desk)
    assert desk.do(import_people, a_file(tmp_path, *many(3))).value.last_code == "S-0004"
    assert a_survivor(desk).case_code == "S-0005"


# --- who is known -------------------------------------------------------------------------------------------------


def test_people_who_are_known_stop_the_import_until_somebody_decides(desk: Desk, tmp_path: Path) -> None:
    a_survivor(desk, "Sélam", "TESFAY", birth_date="1998")
    file = a_file(tmp_path, LINE)
    (alike,) = desk.ask(preview_import, file).alike
    assert (alike.row, alike.case_code, alike.reason) == (2, "S-0001", "same_name")
    with pytest.raises(ImportRefused):
        desk.do(import_people, file)
    assert desk.do(import_people, file, ImportMapping(), Alike.SKIP).value.left_out == 1
    assert count(desk, Survivor) == 1
    assert desk.do(import_people, file, ImportMapping(), Alike.KEEP).value.people == 1


def test_the_same_name_with_another_date_of_birth_is_somebody_else(desk: Desk, tmp_path: Path) -> None:
    a_survivor(desk, "Selam", "Tesfay", birth_date="1971-05-01")
    assert desk.ask(preview_import, a_file(tmp_path, LINE)).alike == ()


def test_a_phone_number_is_the_same_however_it_is_written(desk: Desk, tmp_path: Path) -> None:
    desk.do(take_in, IntakeDraft(PersonDraft(contact_phone="+49 30 123 4567")))
    (alike,) = desk.ask(preview_import, a_file(tmp_path, LINE)).alike
    assert alike.reason == "same_phone"


def test_two_rows_of_one_person_are_told(desk: Desk, tmp_path: Path) -> None:
    (alike,) = desk.ask(preview_import, a_file(tmp_path, LINE, LINE)).alike
    assert (alike.row, alike.other_row) == (3, 2)


@pytest.mark.promise(14)
def test_an_import_done_twice_finds_everybody_known(desk: Desk, tmp_path: Path) -> None:
    file = a_file(tmp_path, *many(5))
    desk.do(import_people, file)
    assert desk.ask(preview_import, file).alike_count == 5


# --- history, log and undo ----------------------------------------------------------------------------------------


def test_every_person_is_in_the_log_and_every_record_in_the_history(desk: Desk, tmp_path: Path, ledger: list) -> None:  # type: ignore[type-arg]
    desk.do(import_people, a_file(tmp_path, *many(3)))
    assert len([entry for entry in ledger if entry[:2] == ("import_people", "survivor") and entry[2]]) == 3
    with Session(desk.engine) as session:
        assert session.scalars(select(Request.name)).one() == "import_people"
        told = session.scalars(select(Change.kind).where(Change.action == "created")).all()
        assert told.count("survivor") == told.count("survivor_case") == told.count("note") == 3


def test_pages_hear_of_kinds_and_not_of_thousands_of_people(desk: Desk, tmp_path: Path) -> None:
    heard: list[Announcement] = []
    desk.announce = heard.append
    desk.do(import_people, a_file(tmp_path, *many(3)))
    (announcement,) = heard
    assert {"survivor", "survivor_case", "note"} <= announcement.kinds
    assert announcement.survivor_ids == frozenset()


@pytest.mark.parametrize("people", [2, 60])
def test_one_undo_takes_everybody_back_and_can_be_undone_itself(desk: Desk, tmp_path: Path, people: int) -> None:
    kept = a_survivor(desk, "Ada", "Lovely")
    done = desk.do(import_people, a_file(tmp_path, *many(people)))
    entries = count(desk, SearchEntry)
    assert done.undo_id is not None
    taken_back = desk.do(undo, done.undo_id)
    (row,) = desk.ask(list_survivors).rows
    assert row.survivor_id == kept.survivor_id
    assert count(desk, Note) == 0
    assert taken_back.undo_id is not None
    desk.do(undo, taken_back.undo_id)
    assert desk.ask(list_survivors).total == people + 1
    assert count(desk, SearchEntry) == entries
    assert desk.ask(list_survivors, SurvivorFilter(text="Tesfay 1")).rows


def test_an_import_is_not_undone_once_somebody_worked_on_it(desk: Desk, tmp_path: Path) -> None:
    done = desk.do(import_people, a_file(tmp_path, *many(60)))
    row = desk.ask(list_survivors).rows[0]
    desk.do(correct_person, row.survivor_id, PersonDraft(gender_words="her own words", version=1))
    assert done.undo_id is not None
    with pytest.raises(ChangedMeanwhile):
        desk.do(undo, done.undo_id)
    assert count(desk, Survivor) == 60


@pytest.mark.promise(14)
def test_an_import_that_is_stopped_leaves_nothing(desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "_BATCH", 2)

    def stop(done: int, _total: int) -> None:
        if done >= 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.do(import_people, a_file(tmp_path, *many(8)), ImportMapping(), Alike.STOP, stop)
    assert count(desk, Survivor) == count(desk, Change) == 0


# --- refusals -----------------------------------------------------------------------------------------------------


def test_only_who_may_import_may_look_into_a_file(desk: Desk, tmp_path: Path) -> None:
    worker = Desk(desk.engine, desk.audit, Actor(desk.actor.id, "C. Ase", frozenset({Role.CASE_WORKER})), desk.clock)
    for service in (preview_import, import_people):
        with pytest.raises(NotAllowed):
            worker.do(service, a_file(tmp_path, LINE))


@pytest.mark.promise(14)
def test_a_file_that_is_not_there_is_a_problem(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(FileNotRead):
        desk.ask(preview_import, tmp_path / "nowhere.csv")
    with pytest.raises(FileNotRead):
        desk.ask(preview_import, tmp_path)


@pytest.mark.promise(14)
def test_a_mapping_file_of_any_size_is_bounded(tmp_path: Path) -> None:
    (tmp_path / "map.toml").write_bytes(b"#" * (2 * 1024 * 1024))
    with pytest.raises(ImportUnreadable):
        importing.load_mapping(tmp_path / "map.toml")

"""The log as it is read: who looked, who changed, what left; signed when it is handed out."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

import aftercare
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.staff import StaffDraft
from aftercare.domain.errors import (
    AuditBroken,
    ConfirmationNeeded,
    FieldProblem,
    LogFileNotGenuine,
    NotAllowed,
    NotFound,
)
from aftercare.domain.permissions import Reach, Role
from aftercare.domain.rows.log import LogFilter, LogGroup
from aftercare.services.break_glass import open_glass
from aftercare.services.desk import Desk
from aftercare.services.log import log_colleagues, person_in_log, see_log, who_looked
from aftercare.services.log_export import check_log_file, export_log, hand_out_log, log_fingerprint, signature_path
from aftercare.services.notes import list_notes, save_note
from aftercare.services.opening import OpenOffice
from aftercare.services.staff import add_staff
from aftercare.services.survivors import open_person, show_name
from aftercare.services.work import DECLARED
from aftercare.vault.opened import OpenVault
from aftercare.words.log import ACTIONS
from aftercare.words.log_facts import fact_words
from conftest import CLOCK
from makers import a_colleague, a_survivor

AUDITOR = frozenset({Role.AUDITOR})


def actions(desk: Desk, **wanted: object) -> list[str]:
    return [row.action for row in desk.ask(see_log, LogFilter(**wanted)).rows]  # type: ignore[arg-type]


def test_the_newest_line_stands_first_and_is_told_by_whom_and_about_whom(desk: Desk) -> None:
    head = a_survivor(desk, "Selam", "Tesfay")
    row = desk.ask(see_log, LogFilter()).rows[0]
    assert (row.action, row.actor, row.about) == ("take_in", "A. Rahman", head.case_code)
    assert row.at == desk.clock.now()


def test_a_line_about_an_account_says_whose(vault: OpenVault, desk: Desk) -> None:
    draft = StaffDraft("nadja", "Nadja K.", frozenset({Role.CASE_WORKER}))
    desk.do(add_staff, OpenOffice(vault, desk).keys(), draft)
    lines = [row for row in desk.ask(see_log, LogFilter()).rows if row.action == "staff.added"]
    assert [(row.actor, row.about) for row in lines] == [("A. Rahman", "Nadja K.")]


def test_what_a_line_adds_in_codes_is_told_in_words() -> None:
    told = {
        "manager case_worker": "Manager · Case worker",
        "number=3 places=1": "backup number 3 · in 1 place",
        "number=4 places=2 reason=asked": "backup number 4 · in 2 places · asked for",
        "reach=own withheld=see_health": "Only people they work with · withheld: Read what is restricted about health",
        "2026-11-23T20:27:55Z": "23 Nov 2026 20:27",
        "of_a_later_version colour=blue": "of_a_later_version · colour=blue",
        "": "",
    }
    assert {reason: fact_words(reason, CLOCK.local) for reason in told} == told


def test_no_name_of_a_person_is_in_the_log(desk: Desk) -> None:
    head = a_survivor(desk, "Selam", "Tesfay")
    desk.ask(show_name, head.survivor_id)
    desk.do(save_note, head.case_id, NoteDraft("Selam called her brother."))
    assert "Selam" not in repr(desk.ask(see_log, LogFilter()))


def test_a_filter_by_person_finds_what_is_about_her_case_and_her_notes_too(desk: Desk) -> None:
    head, other = a_survivor(desk), a_survivor(desk)
    desk.do(save_note, head.case_id, NoteDraft("A quiet day."))
    desk.ask(open_person, other.survivor_id)
    codes = {row.about for row in desk.ask(see_log, LogFilter(survivor_id=head.survivor_id)).rows}
    assert codes == {head.case_code}


def test_lines_are_found_by_what_they_are_about(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.ask(open_person, head.survivor_id)
    assert set(actions(desk, group=LogGroup.LOOKED)) == {"read"}
    assert "take_in" in actions(desk, group=LogGroup.CHANGED)
    assert "vault.created" in actions(desk, group=LogGroup.KEYS)
    assert actions(desk, group=LogGroup.LEFT) == []


def test_every_line_belongs_to_exactly_one_group(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.ask(open_person, head.survivor_id)
    with pytest.raises(NotAllowed):
        replace(desk, actor=replace(desk.actor, roles=AUDITOR)).ask(open_person, head.survivor_id)
    everything = {row.seq for row in desk.ask(see_log, LogFilter()).rows}
    by_group = [{row.seq for row in desk.ask(see_log, LogFilter(group=group)).rows} & everything for group in LogGroup]
    assert set().union(*by_group) == everything
    assert sum(map(len, by_group)) == len(everything)


def test_days_are_those_of_the_office_and_both_count(desk: Desk) -> None:
    a_survivor(desk)
    today = date(2026, 11, 23)
    assert actions(desk, since=today, until=today)
    assert not actions(desk, until=today - timedelta(days=1))
    with pytest.raises(FieldProblem):
        actions(desk, since=today, until=today - timedelta(days=1))


def test_a_long_log_comes_in_pages(desk: Desk) -> None:
    for _ in range(5):
        a_survivor(desk)
    first = desk.ask(see_log, LogFilter(group=LogGroup.CHANGED), limit=3)
    assert (len(first.rows), first.more) == (3, True)
    assert first.total == 5
    second = desk.ask(see_log, LogFilter(group=LogGroup.CHANGED), limit=3, before_seq=first.rows[-1].seq)
    assert (len(second.rows), second.more) == (2, False)


def test_an_auditor_sees_the_log_and_codes_but_no_records(desk: Desk) -> None:
    head = a_survivor(desk)
    auditor = replace(desk, actor=a_colleague(desk, Role.AUDITOR))
    assert head.case_code in {row.about for row in auditor.ask(see_log, LogFilter()).rows}
    assert auditor.ask(person_in_log, " s-0001 ") == head.survivor_id
    with pytest.raises(NotAllowed):
        auditor.ask(open_person, head.survivor_id)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.CASE_WORKER, Role.SHELTER_WORKER, Role.VIEWER])
def test_nobody_else_sees_it(desk: Desk, role: Role) -> None:
    with pytest.raises(NotAllowed):
        replace(desk, actor=a_colleague(desk, role)).ask(see_log, LogFilter())


def test_an_unknown_code_is_not_found(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.ask(person_in_log, "S-9999")


def test_who_looked_at_a_person_is_counted_by_colleague(desk: Desk) -> None:
    head = a_survivor(desk)
    colleague = replace(desk, actor=a_colleague(desk, Role.MANAGER))
    colleague.ask(open_person, head.survivor_id)
    colleague.ask(list_notes, head.case_id)
    lookers = {looker.name: looker for looker in desk.ask(who_looked, head.survivor_id)}
    assert lookers["L. Osei"].looks >= 2
    assert lookers["L. Osei"].left == 0
    assert {entry.name for entry in desk.ask(log_colleagues)} == {"A. Rahman", "L. Osei"}


def test_opening_a_record_that_is_not_ones_own_is_looking(desk: Desk) -> None:
    head = a_survivor(desk)
    worker = replace(desk, actor=replace(a_colleague(desk), own_reach=Reach.OWN))
    worker.do(open_glass, head.case_code, "She called the night line")
    assert actions(desk, group=LogGroup.LOOKED, survivor_id=head.survivor_id) == ["break_glass"]
    assert "break_glass" not in actions(desk, group=LogGroup.CHANGED)
    (looker,) = desk.ask(who_looked, head.survivor_id)
    assert (looker.name, looker.looks) == ("L. Osei", 1)


def test_whoever_read_the_log_about_a_person_has_not_seen_her(desk: Desk) -> None:
    head = a_survivor(desk)
    auditor = replace(desk, actor=a_colleague(desk, Role.AUDITOR))
    auditor.ask(see_log, LogFilter(survivor_id=head.survivor_id))
    assert auditor.ask(who_looked, head.survivor_id) == ()
    assert actions(desk, group=LogGroup.LOOKED, actor_id=auditor.actor.id) == ["read", "read"]


def test_looking_at_the_log_is_in_the_log(desk: Desk) -> None:
    desk.ask(see_log, LogFilter())
    row = desk.ask(see_log, LogFilter(group=LogGroup.LOOKED)).rows[0]
    assert (row.action, row.kind) == ("read", "log")


# --- exporting ----------------------------------------------------------------------------------------------------


def test_the_exported_table_and_its_signature_vouch_for_each_other(office: OpenOffice, tmp_path: Path) -> None:
    head = a_survivor(office.desk)
    path = tmp_path / "log.csv"
    told = export_log(office, LogFilter(), path)
    assert check_log_file(path) == told
    assert told.fingerprint == log_fingerprint(office)
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    assert len(rows) == told.lines
    taken_in = next(row for row in rows if row["action"] == "take_in")
    assert (taken_in["who"], taken_in["about"], taken_in["in_words"]) == ("A. Rahman", head.case_code, "Added a person")
    assert rows[-1]["action"] == "export_log"


def test_a_changed_line_or_a_changed_signature_is_noticed(office: OpenOffice, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    export_log(office, LogFilter(), path)
    content, signature = path.read_bytes(), signature_path(path).read_bytes()
    path.write_bytes(content.replace(b"Rahman", b"Rahmen", 1))
    with pytest.raises(LogFileNotGenuine):
        check_log_file(path)
    path.write_bytes(content)
    for spoilt in (signature.replace(b'"lines"', b'"lined"'), signature.replace(b"2026", b"2025"), b"[]", b"\xff"):
        signature_path(path).write_bytes(spoilt)
        with pytest.raises(LogFileNotGenuine):
            check_log_file(path)


def test_no_log_is_exported_that_does_not_verify(office: OpenOffice, tmp_path: Path) -> None:
    a_survivor(office.desk)
    with office.vault.engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_entry_stays")
        connection.exec_driver_sql("UPDATE audit_entry SET action = 'read' WHERE action = 'take_in'")
    with pytest.raises(AuditBroken):
        export_log(office, LogFilter(), tmp_path / "log.csv")
    assert list(tmp_path.glob("log.csv*")) == []
    assert actions(office.desk, group=LogGroup.KEYS)[0] == "vault.log_found_broken"


def test_no_line_is_handed_out_without_the_line_that_says_so(office: OpenOffice) -> None:
    for _ in range(2):
        rows = office.desk.do(hand_out_log, LogFilter()).value
        assert rows[-1].action == "export_log"
    assert [row.action for row in rows].count("export_log") == 2


def test_exporting_asks_once_more_who_sits_here(office: OpenOffice, tmp_path: Path) -> None:
    office.desk.confirmation = None
    with pytest.raises(ConfirmationNeeded):
        export_log(office, LogFilter(), tmp_path / "log.csv")


def test_a_name_that_a_spreadsheet_would_compute_is_defused(office: OpenOffice, tmp_path: Path) -> None:
    with office.vault.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET display_name = '=1+1'")
    path = tmp_path / "log.csv"
    export_log(office, LogFilter(), path)
    assert ",'=1+1," in path.read_text(encoding="utf-8-sig")


def test_every_request_that_can_stand_in_the_log_has_words() -> None:
    reading = {
        "check",
        "count",
        "show",
        "list",
        "find",
        "open",
        "collect",
        "may",
        "known",
        "my",
        "due",
        "who",
        "see",
        "log",
        "person",
    }
    missing = sorted(
        name
        for name in {service.rsplit(".", 1)[1] for service in DECLARED if service.startswith("aftercare.")}
        if name not in ACTIONS and name.lstrip("_").split("_")[0] not in reading and name not in ONLY_READ
    )
    assert missing == []


def test_every_event_that_the_program_writes_has_words() -> None:
    written = re.compile(r"""(?:AuditEvent|\.log|note_release)\(\s*"([a-z_.]+)\"""")
    source = Path(aftercare.__file__).parent
    events = {event for path in source.rglob("*.py") for event in written.findall(path.read_text(encoding="utf-8"))}
    assert len(events) > 20
    assert sorted(events - set(ACTIONS)) == []


ONLY_READ = {
    "_chosen",
    "access_news",
    "backup_place",
    "case_draft",
    "caseload",
    "course",
    "hand_out_log",
    "history_choices",
    "issued_reports",
    "keep_place",
    "nights",
    "note_backup",
    "office_areas",
    "person_draft",
    "plan_overview",
    "plan_sheet",
    "plan_versions",
    "preview_import",
    "progress_entries",
    "progress_report",
    "readiness_to_close",
    "record_history",
    "refuse_weak_passphrase",
    "report_choices",
    "today_view",
}

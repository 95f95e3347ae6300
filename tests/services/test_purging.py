"""Deleting a person's words or her whole record: none of them is left anywhere, and nobody else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import func, select

from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.retention import HoldDraft
from aftercare.domain.errors import (
    ApprovalNeeded,
    CaseStillOpen,
    ConfirmationNeeded,
    NotFound,
    NothingToUndo,
    RecordHeld,
)
from aftercare.domain.retention import WORDS, Extent, HoldReason, Kept
from aftercare.domain.rows.retention import PurgeOrder
from aftercare.domain.rows.survivors import PersonHead
from aftercare.records.base import Base
from aftercare.services import forgetting, purging
from aftercare.services.approvals import answer_approval, ask_approval, list_approvals
from aftercare.services.backups import back_up
from aftercare.services.deciding import change_settings
from aftercare.services.notes import list_notes, move_note, save_note
from aftercare.services.office import OfficeSettings
from aftercare.services.opening import OpenOffice, desk_of
from aftercare.services.retention import lift_hold, list_due, list_holds, set_hold, show_standing
from aftercare.services.search import find_notes, find_people
from aftercare.services.survivors import open_person
from aftercare.services.undo import undo
from aftercare.services.work import Confirmation
from aftercare.vault.opened import OpenVault
from conftest import CLOCK, NOW
from makers import a_survivor
from planted import backups_with, plant, traces

MARK, OTHER = "zanzaquux", "quorvimple"


@pytest.fixture
def office(vault: OpenVault) -> OpenOffice:
    desk = desk_of(vault, CLOCK)
    desk.confirmation = Confirmation(NOW)
    return OpenOffice(vault, desk)


def _two_people(office: OpenOffice) -> tuple[PersonHead, PersonHead]:
    hers, other = a_survivor(office.desk, MARK, MARK), a_survivor(office.desk, OTHER, OTHER)
    plant(office.desk, hers.survivor_id, MARK)
    plant(office.desk, other.survivor_id, OTHER)
    return hers, other


def _rows(office: OpenOffice) -> dict[str, int]:
    with office.vault.engine.connect() as connection:
        tables = Base.metadata.tables.values()
        return {table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in tables}


def _without_layout(found: dict[str, int]) -> dict[str, int]:
    """How pages and the lists of the search are laid out changes when the file is written anew."""
    return {table: rows for table, rows in found.items() if table not in ("pages", "search_fts_data")}


_CHANGED_BY_PURGE = {
    "alert", "audit_entry", "certificate", "change", "draft", "issued_report", "purged", "request", "search_entry",
    "setting", "survivor_name",
}  # fmt: skip


def test_all_words_go_from_tables_search_pages_log_and_backups_while_counts_and_others_stay(
    office: OpenOffice, tmp_path: Path
) -> None:
    hers, _other = _two_people(office)
    back_up(office)
    own = office.vault.folder / "backups"
    before, of_other = _rows(office), traces(office.vault, OTHER)
    assert len(traces(office.vault, MARK)) > 30
    assert backups_with(office.vault, own, MARK, tmp_path / "scratch")
    certificate = forgetting.purge_person(office, PurgeOrder(hers.survivor_id, Extent.PARTIAL, WORDS))
    assert traces(office.vault, MARK) == {}
    assert backups_with(office.vault, own, MARK, tmp_path / "scratch") == []
    assert len(list(own.glob("*.backup"))) == 1
    assert _without_layout(traces(office.vault, OTHER)) == _without_layout(of_other)
    after = _rows(office)
    assert {name for name in before if before[name] != after[name]} <= _CHANGED_BY_PURGE
    assert certificate.finished_at is not None
    assert certificate.reach.backups_deleted == 1
    assert office.desk.ask(open_person, hers.survivor_id).case_code == hers.case_code
    assert office.desk.ask(find_people, hers.case_code)


def test_a_whole_record_goes_but_its_code_is_never_given_again(office: OpenOffice, tmp_path: Path) -> None:
    hers, other = _two_people(office)
    back_up(office)
    forgetting.purge_person(office, PurgeOrder(hers.survivor_id, Extent.WHOLE))
    assert traces(office.vault, MARK) == {}
    assert traces(office.vault, OTHER)
    with office.vault.engine.connect() as connection:
        for table in Base.metadata.tables.values():
            if "survivor_id" in table.c:
                mine = select(func.count()).select_from(table).where(table.c.survivor_id == hers.survivor_id)
                assert connection.scalar(mine) == 0, table.name
    with pytest.raises(NotFound):
        office.desk.ask(open_person, hers.survivor_id)
    assert a_survivor(office.desk).case_code > other.case_code


def test_some_kinds_go_and_the_others_stay(office: OpenOffice) -> None:
    hers = a_survivor(office.desk, "Selam", "Tesfay")
    plant(office.desk, hers.survivor_id, "harbour")
    assert office.desk.ask(find_people, "harboursecond")
    assert [set(row.due) for row in office.desk.ask(list_due)] == [{Kept.CONTACT, Kept.IDENTITY}]
    order = PurgeOrder(hers.survivor_id, Extent.PARTIAL, frozenset({Kept.CONTACT, Kept.IDENTITY}))
    office.desk.do(purging.purge, order)
    assert not office.desk.ask(find_people, "harboursecond")
    assert office.desk.ask(find_notes, "harboursecond")
    assert office.desk.ask(list_due) == ()


def test_a_note_that_came_from_somebody_else_leaves_no_words_in_the_history_of_either(office: OpenOffice) -> None:
    wrong, right = a_survivor(office.desk), a_survivor(office.desk)
    note_id = office.desk.do(save_note, wrong.case_id, NoteDraft(MARK)).value.id
    office.desk.do(move_note, note_id, right.case_id)
    plant(office.desk, right.survivor_id, MARK)
    forgetting.purge_person(office, PurgeOrder(right.survivor_id, Extent.WHOLE))
    assert traces(office.vault, MARK) == {}
    assert office.desk.ask(list_notes, wrong.case_id).total == 0


def test_nothing_can_be_taken_back(office: OpenOffice) -> None:
    hers = a_survivor(office.desk)
    noted = office.desk.do(save_note, hers.case_id, NoteDraft("A quiet day"))
    plant(office.desk, hers.survivor_id, MARK)
    done = office.desk.do(purging.purge, PurgeOrder(hers.survivor_id, Extent.PARTIAL))
    assert done.undo_id is None
    assert noted.undo_id is not None
    with pytest.raises(NothingToUndo):
        office.desk.do(undo, noted.undo_id)


def test_the_preview_counts_what_goes_and_changes_nothing(office: OpenOffice) -> None:
    hers = a_survivor(office.desk, MARK)
    plant(office.desk, hers.survivor_id, MARK)
    before = _rows(office)
    seen = office.desk.ask(purging.show_purge, PurgeOrder(hers.survivor_id, Extent.PARTIAL, WORDS))
    assert _rows(office) == before
    assert seen.may_go
    assert seen.counts["note"] == 1
    assert seen.counts["survivor_name"] == 2
    assert seen.drafts == 1
    certificate_id = office.desk.do(purging.purge, PurgeOrder(hers.survivor_id, Extent.PARTIAL, WORDS)).value
    assert office.desk.ask(forgetting.see_certificate, certificate_id).counts == seen.counts
    again = office.desk.ask(purging.show_purge, PurgeOrder(hers.survivor_id, Extent.PARTIAL, WORDS))
    assert again.total == 0


def test_a_hold_blocks_until_it_is_lifted(office: OpenOffice) -> None:
    hers = a_survivor(office.desk)
    plant(office.desk, hers.survivor_id, MARK)
    hold_id = office.desk.do(set_hold, hers.survivor_id, HoldDraft(HoldReason.COURT, "The trial")).value
    for extent in Extent:
        with pytest.raises(RecordHeld):
            office.desk.do(purging.purge, PurgeOrder(hers.survivor_id, extent))
    assert office.desk.ask(show_standing, hers.survivor_id).hold is not None
    assert all(row.is_held for row in office.desk.ask(list_due))
    office.desk.do(lift_hold, hold_id, "It is over", 1)
    row = office.desk.ask(list_holds)[0]
    assert (row.stands, row.lifted_words, row.lifted_on) == (False, "It is over", NOW.date())
    assert office.desk.ask(show_standing, hers.survivor_id).hold is None
    office.desk.do(purging.purge, PurgeOrder(hers.survivor_id, Extent.PARTIAL))
    assert office.desk.ask(show_standing, hers.survivor_id).words_gone_on == NOW.date()


def test_nothing_of_an_open_case_is_deleted_nor_without_typing_the_password(office: OpenOffice) -> None:
    hers = a_survivor(office.desk)
    with pytest.raises(CaseStillOpen):
        office.desk.do(purging.purge, PurgeOrder(hers.survivor_id, Extent.WHOLE))
    office.desk.confirmation = None
    with pytest.raises(ConfirmationNeeded):
        office.desk.do(purging.purge, PurgeOrder(hers.survivor_id, Extent.WHOLE))


def test_a_second_person_stands_on_the_certificate_and_what_was_asked_is_forgotten(office: OpenOffice) -> None:
    from dataclasses import replace

    from aftercare.domain.permissions import Role
    from makers import a_colleague

    hers = a_survivor(office.desk)
    plant(office.desk, hers.survivor_id, MARK)
    office.desk.do(change_settings, OfficeSettings(two_persons_for=(Approvable.PURGE,)))
    order = PurgeOrder(hers.survivor_id, Extent.WHOLE)
    with pytest.raises(ApprovalNeeded) as needed:
        office.desk.do(purging.purge, order)
    office.desk.do(ask_approval, needed.value, f"{MARK} asked for it by letter")
    office.desk.do(ask_approval, needed.value, f"{MARK} asked for it")
    second = replace(office.desk, actor=a_colleague(office.desk, Role.MANAGER))
    waiting = second.ask(list_approvals)[0]
    second.do(answer_approval, waiting.id, True, waiting.version)
    certificate = forgetting.purge_person(office, order)
    assert (certificate.done_by, certificate.agreed_by) == ("A. Rahman", "L. Osei")
    assert traces(office.vault, MARK) == {}

"""Earlier records that a restore left: a deletion reaches them as it reaches backups, and by hand they can go too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest
from sqlalchemy import select

from aftercare.domain.errors import ConfirmationNeeded, EarlierRecordsStay, NotAllowed
from aftercare.domain.permissions import Role
from aftercare.domain.retention import WORDS, Extent
from aftercare.domain.rows.retention import PurgeOrder
from aftercare.domain.rows.this_computer import Kept
from aftercare.i18n import language
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.services import forgetting, kept_aside
from aftercare.services.backups import back_up, restore
from aftercare.services.deciding import choose_backups
from aftercare.services.opening import OpenOffice, open_office
from aftercare.services.survivors import open_person
from aftercare.services.this_computer import kept_places, measured
from aftercare.services.work import Confirmation
from aftercare.settings import load_settings
from aftercare.vault import read_backup
from aftercare.vault.doctor import Symptom, examine_outside
from aftercare.vault.files import Layout
from aftercare.vault.lock import FolderLock
from aftercare.words.retention import earlier_warning, reach_lines
from conftest import CLOCK, NOW, PASSPHRASE, Template
from makers import a_survivor
from planted import backups_with, pages_with, plant, traces

MARK = "zanzaquux"


class After(NamedTuple):
    """What is there after a restore: the records as they were, beside them those whose place they took."""

    office: OpenOffice
    aside: Path
    order: PurgeOrder


def _open(folder: Path) -> OpenOffice:
    office = open_office(folder, "rahman", PASSPHRASE, clock=CLOCK)
    office.desk.confirmation = Confirmation(NOW)
    return office


@pytest.fixture
def after(template: Template, tmp_path: Path) -> Iterator[After]:
    folder = tmp_path / "vault"
    shutil.copytree(template.folder, folder)
    with _open(folder) as office:
        hers = a_survivor(office.desk, MARK, MARK).survivor_id
        plant(office.desk, hers, MARK)
        done = back_up(office)
    aside = restore(done.path, folder, "rahman", PASSPHRASE, clock=CLOCK).kept_aside
    assert aside is not None
    with _open(folder) as office:
        yield After(office, aside, PurgeOrder(hers, Extent.PARTIAL, WORDS))


def _actions(office: OpenOffice) -> list[tuple[str, str]]:
    with office.vault.engine.connect() as connection:
        return [(row.action, row.reason) for row in connection.execute(select(AUDIT_ENTRY).order_by(AUDIT_ENTRY.c.seq))]


def test_after_a_deletion_no_earlier_records_are_left_that_open_with_her_name(after: After) -> None:
    raw_key = after.office.vault.unlocked.raw_database_key
    assert pages_with(Layout(after.aside), raw_key, MARK)
    assert list((after.aside / "backups").glob("*.backup"))
    row = forgetting.purge_person(after.office, after.order)
    assert (row.reach.destroyed, row.reach.left) == (1, ())
    assert row.finished_at is not None
    assert not after.aside.exists()
    assert Layout(after.office.vault.folder).kept_aside == []
    assert traces(after.office.vault, MARK) == {}
    said = " ".join(reach_lines(row, language("en")))
    assert "1 folder of earlier records that a restore had left was destroyed, its keys first." in said
    assert "kept aside by a restore" not in said
    assert ("purge_reached", "backups=0 waiting=0 folders=1") in _actions(after.office)


def test_before_a_deletion_it_is_said_what_goes_with_them(after: After) -> None:
    found = kept_aside.earlier(after.office)
    assert [(one.folder, one.replaced_on) for one in found] == [(after.aside, NOW.date())]
    told = " ".join(earlier_warning(found, language("en")))
    assert "1 folder of earlier records" in told
    assert "Replaced on 23 Nov 2026" in told
    assert list(earlier_warning((), language("en"))) == []


def test_earlier_records_without_readable_keys_and_what_a_power_cut_left_go_too(after: After) -> None:
    for header in Layout(after.aside).headers:
        header.write_bytes(b"rotten")
    unfinished = Layout(after.office.vault.folder).restoring
    shutil.copytree(after.office.vault.folder, unfinished)
    assert len(kept_aside.earlier(after.office)) == 2
    row = forgetting.purge_person(after.office, after.order)
    assert row.reach.destroyed == 2
    assert not after.aside.exists()
    assert not unfinished.exists()


def test_those_that_are_open_elsewhere_are_told_and_destroyed_when_they_are_closed(after: After) -> None:
    lock = FolderLock(Layout(after.aside).lock)
    row = forgetting.purge_person(after.office, after.order)
    assert (row.reach.destroyed, row.reach.left, row.finished_at) == (0, (after.aside.name,), None)
    assert "still to be destroyed" in " ".join(reach_lines(row, language("en")))
    entries = len(_actions(after.office))
    assert forgetting.finish_if_possible(after.office)
    assert len(_actions(after.office)) == entries  # looked again, and nothing to tell
    lock.release()
    assert forgetting.finish_if_possible(after.office)
    assert not after.aside.exists()
    row = after.office.desk.ask(forgetting.list_certificates)[0]
    assert (row.reach.destroyed, row.reach.left, row.finished_at) == (1, (), NOW)


def test_other_peoples_records_and_folders_are_left_alone(after: After, tmp_path: Path) -> None:
    name = after.office.vault.folder.name
    stranger = after.aside.with_name(f"{name}-before-2026-01-01-1")
    shutil.copytree(Template(tmp_path / "elsewhere").folder, stranger)
    pictures = after.aside.with_name(f"{name}-before-the-move")
    pictures.mkdir()
    (pictures / "garden.jpg").write_bytes(b"a garden")
    linked = after.aside.with_name(f"{name}-before-2026-01-02-1")
    linked.symlink_to(stranger, target_is_directory=True)
    assert [one.folder for one in kept_aside.earlier(after.office)] == [after.aside]
    forgetting.purge_person(after.office, after.order)
    assert (stranger / "header.a").exists()
    assert (pictures / "garden.jpg").exists()
    for other in (stranger, pictures, linked):
        with pytest.raises(EarlierRecordsStay):
            kept_aside.destroy(after.office, other)


def test_records_kept_aside_after_a_deletion_are_not_taken_for_earlier_ones(after: After, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    after.office.desk.do(choose_backups, str(stick), "", 4, 48)
    back_up(after.office)
    stick.rename(tmp_path / "away")
    forgetting.purge_person(after.office, after.order)
    folder, newest = after.office.vault.folder, back_up(after.office).path
    after.office.close()
    aside = restore(newest, folder, "rahman", PASSPHRASE, clock=CLOCK).kept_aside
    assert aside is not None
    (tmp_path / "away").rename(stick)
    with _open(folder) as office:
        assert forgetting.finish_if_possible(office)
        assert aside.exists()
        assert office.desk.ask(forgetting.list_unfinished) == ()


def test_a_backup_further_on_than_the_records_are_now_goes_too(template: Template, tmp_path: Path) -> None:
    folder, stick = tmp_path / "vault", tmp_path / "stick"
    shutil.copytree(template.folder, folder)
    with _open(folder) as office:
        office.desk.do(choose_backups, str(stick), "", 4, 48)
        head = a_survivor(office.desk, MARK, MARK)
        plant(office.desk, head.survivor_id, MARK)
        early = back_up(office).path
        for _turn in range(60):
            office.desk.ask(open_person, head.survivor_id)
        late = back_up(office)
        further = late.copies[0].path
        assert further is not None
        far = read_backup(further).contents(office.vault.unlocked.data_key).facts.audit_seq
    restore(early, folder, "rahman", PASSPHRASE, clock=CLOCK)
    with _open(folder) as office:
        row = forgetting.purge_person(office, PurgeOrder(head.survivor_id, Extent.WHOLE))
        assert row.log_seq < far
        assert not further.exists()
        assert backups_with(office.vault, stick, MARK, tmp_path / "scratch") == []


def test_an_administrator_destroys_them_by_hand_and_the_log_says_so(after: After) -> None:
    places = {row.path: row for row in measured(kept_places(after.office, load_settings(None)))}
    row = places[after.aside]
    assert (row.kept, row.since) == (Kept.KEPT_ASIDE, NOW.date())
    assert row.size is not None
    assert row.size > 100_000
    after.office.desk.confirmation = None
    with pytest.raises(ConfirmationNeeded):
        kept_aside.destroy(after.office, after.aside)
    assert after.aside.exists()
    after.office.desk.confirmation = Confirmation(NOW)
    kept_aside.destroy(after.office, after.aside)
    assert not after.aside.exists()
    assert kept_aside.earlier(after.office) == ()
    assert ("earlier_records_destroyed", "replaced=2026-11-23") in _actions(after.office)


def test_what_could_not_be_destroyed_by_hand_stands_in_the_log_too(after: After) -> None:
    lock = FolderLock(Layout(after.aside).lock)
    with pytest.raises(EarlierRecordsStay):
        kept_aside.destroy(after.office, after.aside)
    lock.release()
    assert (after.aside / "records.db").exists()
    assert _actions(after.office)[-1][0] == "earlier_records_stay"


def test_only_who_manages_backups_destroys_them(after: After) -> None:
    after.office.desk.actor = replace(after.office.desk.actor, roles=frozenset({Role.MANAGER}))
    with pytest.raises(NotAllowed):
        kept_aside.destroy(after.office, after.aside)
    assert after.aside.exists()


def test_an_examination_tells_of_them_with_their_day_and_size(after: After) -> None:
    signs = examine_outside(after.office.vault.folder, lambda _done, _total: None)
    told = [(sign.detail, sign.count) for sign in signs if sign.symptom is Symptom.EARLIER_RECORDS]
    assert [name for name, _size in told] == [f"{after.office.vault.folder.name}-before-2026-11-23-1"]
    assert told[0][1] >= 1

"""How far a deletion reaches: places that are away, the certificate, and erasing everything."""

from __future__ import annotations

import shutil
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest

from aftercare import policy
from aftercare.domain.approving import Approvable
from aftercare.domain.drafts.retention import HoldDraft
from aftercare.domain.errors import (
    ApprovalNeeded,
    BackupPlaceFull,
    ConfirmationNeeded,
    ErasingNotAllowed,
    FieldProblem,
    Problem,
    RecordHeld,
)
from aftercare.domain.retention import DEFAULT_TERMS, WORDS, Extent, HoldReason, Kept
from aftercare.domain.rows.retention import PurgeOrder
from aftercare.services import forgetting
from aftercare.services.backups import back_up, restore
from aftercare.services.certificates import see_certificate_pdf
from aftercare.services.deciding import change_settings, choose_backups
from aftercare.services.erasing import erase_everything, save_erasure_certificate
from aftercare.services.office import OfficeSettings
from aftercare.services.opening import OpenOffice, desk_of, open_office
from aftercare.services.retention import choose_terms, list_due, list_holds, set_hold
from aftercare.services.survivors import open_person
from aftercare.services.this_computer import kept_places
from aftercare.services.work import Confirmation
from aftercare.settings import Settings
from aftercare.vault import forgetting as vault_forgetting
from aftercare.vault import verify_vault
from aftercare.vault.opened import OpenVault
from aftercare.words.retention import erasure_lines
from conftest import CLOCK, NOW, PASSPHRASE, Template
from makers import a_survivor
from planted import backups_with, plant, traces

MARK = "zanzaquux"


@pytest.fixture
def office(vault: OpenVault) -> OpenOffice:
    desk = desk_of(vault, CLOCK)
    desk.confirmation = Confirmation(NOW)
    return OpenOffice(vault, desk)


def _somebody(office: OpenOffice) -> PurgeOrder:
    hers = a_survivor(office.desk, MARK, MARK)
    plant(office.desk, hers.survivor_id, MARK)
    return PurgeOrder(hers.survivor_id, Extent.PARTIAL, WORDS)


def test_a_place_that_is_away_is_remembered_and_done_when_it_is_back(office: OpenOffice, tmp_path: Path) -> None:
    stick, away = tmp_path / "stick", tmp_path / "away"
    office.desk.do(choose_backups, str(stick), "", 4, 48)
    order = _somebody(office)
    back_up(office)
    stick.rename(away)
    certificate = forgetting.purge_person(office, order)
    assert certificate.reach.waiting == (str(stick),)
    assert certificate.finished_at is None
    office.desk.do(choose_backups, "", "", 4, 48)  # also where the place is no longer one of the chosen
    assert not forgetting.finish_if_possible(office)
    assert backups_with(office.vault, away, MARK, tmp_path / "scratch")
    away.rename(stick)
    assert forgetting.finish_if_possible(office)
    assert list(stick.glob("*.backup")) == []
    row = office.desk.ask(forgetting.list_certificates)[0]
    assert (row.finished_at, row.reach.waiting, row.reach.backups_deleted) == (NOW, (), 2)


def test_a_place_that_is_not_chosen_any_more_is_reached_as_well(office: OpenOffice, tmp_path: Path) -> None:
    order, before, now = _somebody(office), tmp_path / "before", tmp_path / "now"
    office.desk.do(choose_backups, str(before), "", 4, 48)
    back_up(office)
    office.desk.do(choose_backups, str(now), "", 4, 48)
    back_up(office)
    row = forgetting.purge_person(office, order)
    assert row.reach.waiting == ()
    assert list(before.iterdir()) == []
    assert before in [place.path for place in kept_places(office, Settings())]


def test_without_room_for_a_fresh_backup_the_old_ones_stay_until_there_is(
    office: OpenOffice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = _somebody(office)
    back_up(office)

    def full(*_arguments: object) -> None:
        raise BackupPlaceFull

    monkeypatch.setattr(forgetting, "carry_out", full)
    with pytest.raises(BackupPlaceFull):
        forgetting.purge_person(office, order)
    assert traces(office.vault, MARK) == {}
    assert len(list((office.vault.folder / "backups").glob("*.backup"))) == 1
    monkeypatch.undo()
    assert forgetting.finish_purges(office) == 0
    assert backups_with(office.vault, office.vault.folder / "backups", MARK, tmp_path / "scratch") == []


class _Enough(Exception):
    """Whoever waited waits no more."""


@pytest.mark.parametrize("percent", [4, 10, 25])
def test_what_follows_a_deletion_can_be_stopped_and_leaves_the_records_whole(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch, percent: int
) -> None:
    monkeypatch.setattr(vault_forgetting, "_STEPS", 10)
    monkeypatch.setattr(vault_forgetting, "_PAGES_AT_ONCE", 8)
    order = _somebody(office)

    def stop(done: int, _total: int) -> None:
        if done >= percent:
            raise _Enough

    with pytest.raises(_Enough):
        forgetting.purge_person(office, order, stop)
    assert verify_vault(office.vault, lambda _: None, lambda: False).sound
    assert not (office.vault.folder / "trial").exists()
    assert [row.cleaned_at for row in office.desk.ask(forgetting.list_certificates)] == [None]
    assert forgetting.finish_if_possible(office)
    assert traces(office.vault, MARK) == {}
    assert office.desk.ask(forgetting.list_unfinished) == ()


def test_whoever_copies_the_file_is_waited_for_without_holding_the_vault(office: OpenOffice) -> None:
    order, waits = _somebody(office), []
    office.vault.copying.acquire()

    def heard(done: int, _total: int) -> None:
        if office.vault.copying.locked() and not done:
            waits.append(office.desk.ask(list_due))
            if len(waits) == 2:
                office.vault.copying.release()

    forgetting.purge_person(office, order, heard)
    assert len(waits) == 2
    assert traces(office.vault, MARK) == {}


def test_the_file_is_written_anew_without_a_word_outside_the_vault(
    office: OpenOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[bytes] = []
    pour = vault_forgetting._pour

    def look(vault: OpenVault, anew: Path, *more: object) -> None:
        seen.append(anew.read_bytes())
        pour(vault, anew, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(vault_forgetting, "_pour", look)
    somebody = a_survivor(office.desk, "Quillon", "Quillon")
    forgetting.purge_person(office, _somebody(office))
    assert office.desk.ask(open_person, somebody.survivor_id).case_code == somebody.case_code
    (file,) = seen
    assert len(file) > 100_000
    for plain in (b"SQLite format 3", b"CREATE TABLE", b"survivor", b"Quillon", b"quillon"):
        assert plain not in file


def test_the_certificate_names_nobody_and_the_line_of_the_log(office: OpenOffice) -> None:
    order = _somebody(office)
    row = forgetting.purge_person(office, order)
    with pypdfium2.PdfDocument(BytesIO(office.desk.ask(see_certificate_pdf, row.id))) as pdf:
        said = "\n".join(page.get_textpage().get_text_bounded() for page in pdf)
    assert MARK not in said.lower()
    assert "S-0001" not in said
    assert str(order.survivor_id) not in said
    for wanted in ("Certificate 1", str(row.log_seq), row.fingerprint, "A. Rahman", "Backup 1"):
        assert wanted in said


def test_terms_are_what_the_office_decided_and_the_policy_of_the_computer_stands_over_them(office: OpenOffice) -> None:
    _somebody(office)
    assert {kind for row in office.desk.ask(list_due) for kind in row.due} == {Kept.CONTACT, Kept.IDENTITY}
    office.desk.do(choose_terms, dict.fromkeys(Kept, 50), False)
    assert office.desk.ask(list_due) == ()
    policy.obey(policy.judged({"retention.years_after_closing": 1}, "test"))
    try:
        assert [set(row.due) for row in office.desk.ask(list_due)] == [set(Kept)]
    finally:
        policy.obey(policy.NOTHING_DECIDED)
    with pytest.raises(FieldProblem):
        office.desk.do(choose_terms, {**DEFAULT_TERMS, Kept.WHOLE: 0}, False)


# --- erasing everything ----------------------------------------------------------------------------------------------


def _allow(office: OpenOffice, **more: object) -> None:
    office.desk.do(change_settings, OfficeSettings(may_erase_everything=True, **more))  # type: ignore[arg-type]


def test_everything_is_erased_only_where_it_was_decided_meant_and_nothing_is_held(office: OpenOffice) -> None:
    with pytest.raises(ErasingNotAllowed):
        erase_everything(office, "erase everything", backups_too=False)
    _allow(office)
    with pytest.raises(FieldProblem):
        erase_everything(office, "yes", backups_too=False)
    office.desk.do(set_hold, a_survivor(office.desk).survivor_id, HoldDraft(HoldReason.COURT))
    with pytest.raises(RecordHeld):
        erase_everything(office, "erase everything", backups_too=False)
    assert office.desk.ask(list_holds)


def test_erasing_is_for_two_where_two_are_asked_for_and_allowing_it_needs_the_password(office: OpenOffice) -> None:
    _allow(office, two_persons_for=(Approvable.ERASE_EVERYTHING,))
    with pytest.raises(ApprovalNeeded):
        erase_everything(office, "erase everything", backups_too=False)
    office.desk.do(change_settings, OfficeSettings(two_persons_for=(Approvable.ERASE_EVERYTHING,)))
    office.desk.confirmation = None
    with pytest.raises(ConfirmationNeeded):
        _allow(office, two_persons_for=(Approvable.ERASE_EVERYTHING,))


@pytest.mark.parametrize("backups_too", [False, True])
def test_nothing_that_is_left_opens_and_backups_stay_unless_they_go_too(office: OpenOffice, backups_too: bool) -> None:
    folder = office.vault.folder
    back_up(office)
    copy = folder.parent / "copy.db"
    office.vault.checkpoint()
    copy.write_bytes((folder / "records.db").read_bytes())
    _allow(office)
    done = erase_everything(office, " Erase  everything ", backups_too=backups_too)
    assert done.missing == ()
    assert {path.name for path in folder.iterdir()} <= {"backups", "lock"}
    assert len(list((folder / "backups").glob("*.backup"))) == 1 - done.backups == int(not backups_too)
    copy.rename(folder / "records.db")
    with pytest.raises(Problem):
        open_office(folder, "rahman", PASSPHRASE, clock=CLOCK)


def test_a_certificate_stands_in_for_what_is_gone_and_names_nobody(office: OpenOffice, tmp_path: Path) -> None:
    _somebody(office)
    back_up(office)
    _allow(office)
    done = erase_everything(office, "erase everything", backups_too=True)
    assert (done.row.done_by, done.row.agreed_by, done.row.backups_deleted) == ("A. Rahman", "", 1)
    assert done.row.counts["survivor"] == 1
    save_erasure_certificate(done.row, tmp_path / "certificate.pdf")
    with pypdfium2.PdfDocument(BytesIO((tmp_path / "certificate.pdf").read_bytes())) as pdf:
        said = " ".join(page.get_textpage().get_text_bounded() for page in pdf).replace("\r\n", " ")
    assert MARK not in said.lower()
    assert "S-0001" not in said
    for wanted in ("Certificate of erasure", str(done.row.log_seq), done.row.fingerprint, "1 backup was deleted"):
        assert wanted in said
    for not_reached in ("by hand", "Solid-state", "paper with the recovery code"):
        assert not_reached in said


@pytest.mark.parametrize("backups_too", [False, True])
def test_records_that_a_restore_kept_aside_go_with_the_backups(
    office: OpenOffice, tmp_path: Path, backups_too: bool
) -> None:
    folder = office.vault.folder
    done = back_up(office)
    office.close()
    aside = restore(done.path, folder, "rahman", PASSPHRASE, clock=CLOCK).kept_aside
    assert aside is not None
    assert (aside / "header.a").exists()
    stranger = aside.with_name(f"{folder.name}-before-a-stranger")
    shutil.copytree(Template(tmp_path / "elsewhere").folder, stranger)
    with open_office(folder, "rahman", PASSPHRASE, clock=CLOCK) as restored:
        restored.desk.confirmation = Confirmation(NOW)
        _allow(restored)
        erased = erase_everything(restored, "erase everything", backups_too=backups_too)
    assert (aside.exists(), stranger.exists()) == (not backups_too, True)
    assert (erased.row.asides_deleted, erased.missing) == ((1, (stranger,)) if backups_too else (0, ()))
    said = " ".join(erasure_lines(erased.row))
    assert ("had kept aside was destroyed" in said) is backups_too


def test_a_place_that_keeps_its_backups_is_told(office: OpenOffice, tmp_path: Path) -> None:
    _allow(office)
    stick = tmp_path / "stick"
    office.desk.do(choose_backups, str(stick), "", 4, 48)
    back_up(office)
    stick.rename(tmp_path / "away")
    done = erase_everything(office, "erase everything", backups_too=True)
    assert (done.missing, done.row.places_left) == ((stick,), 1)


def test_a_copy_that_a_crash_left_of_the_keys_goes_too(office: OpenOffice) -> None:
    trial = office.vault.folder / "trial"
    trial.mkdir()
    (trial / "header.a").write_bytes((office.vault.folder / "header.a").read_bytes())
    _allow(office)
    erase_everything(office, "erase everything", backups_too=False)
    assert not trial.exists()

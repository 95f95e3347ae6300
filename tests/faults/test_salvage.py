"""One byte turned in every kind of page: it is noticed, the file stays as it is, and every other row is saved."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import DatabaseDamaged, NothingToSalvage, Problem, VaultExists, WrongPassphrase
from aftercare.services.opening import open_office
from aftercare.services.training import TrainingOrder, make_training_office
from aftercare.vault import CHEAP_KDF, make_backup, verify_vault
from aftercare.vault.backup_copy import prove_sound
from aftercare.vault.cipher import PAGE_BYTES, connect
from aftercare.vault.restore_keys import SignIn
from aftercare.vault.salvage import salvage_vault
from aftercare.vault.salvage_told import Salvaged
from hurt_vault import MADE_ANEW, Whole, gone_from, lost_beside, page_of, pages_of, rows_of, set_aside
from proof import Proof
from rounds import few_or

pytestmark = pytest.mark.promise(4)

CLOCK = stopped_at(datetime(2026, 11, 23, 9, 0, tzinfo=UTC))
PASSPHRASE = "the heron sings at dusk"
WORKER = SignIn("worker", PASSPHRASE)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Whole:
    folder = tmp_path_factory.mktemp("whole") / "vault"
    order = TrainingOrder(24, 7, WORKER.login_name)
    office, code = make_training_office(folder, order, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    make_backup(office.vault, CLOCK.now(), lambda _done, _total: None)
    # deleted rows leave free pages
    with office.vault.engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE passing (words TEXT)")
        connection.exec_driver_sql("INSERT INTO passing VALUES (?)", ("x" * 30_000,))
        connection.exec_driver_sql("DROP TABLE passing")
    digits = office.vault.unlocked.raw_database_key
    office.close()
    (folder / "reserve").unlink()
    with closing(connect(folder / "records.db", digits)) as database:
        schema = database.execute("SELECT type, name, rootpage FROM sqlite_master WHERE rootpage > 0").fetchall()
    return Whole(folder, code, digits, rows_of(folder, digits), pages_of(folder, digits, schema))


@pytest.fixture
def damaged(whole: Whole, tmp_path: Path) -> Iterator[Path]:
    folder = tmp_path / "damaged"
    shutil.copytree(whole.folder, folder)
    folder.chmod(0o700)
    yield folder
    shutil.rmtree(folder)


def turn_a_byte(folder: Path, page: int, at: int = 1777) -> str:
    """The hash of the file afterwards."""
    content = bytearray((folder / "records.db").read_bytes())
    content[(page - 1) * PAGE_BYTES + at] ^= 0x10
    (folder / "records.db").write_bytes(content)
    return hashlib.sha256(content).hexdigest()


def salvage(folder: Path, to: Path) -> Salvaged:
    return salvage_vault(folder, to, WORKER, clock=CLOCK, progress=lambda _done, _total: None)


def is_noticed(folder: Path, digits: str) -> bool:
    try:
        with closing(connect(folder / "records.db", digits)) as database:
            prove_sound(database, folder / "records.db")
    except (DatabaseDamaged, Problem):
        return True
    return False


KINDS = [
    "schema interior", "schema leaf", "table interior", "table leaf", "table overflow", "index interior", "index leaf",
    "FTS leaf", "free",
]  # fmt: skip


@few_or(1, few=1, full=60)
@pytest.mark.parametrize("kind", KINDS)
def test_all_rows_beside_a_hurt_page_are_saved(
    whole: Whole, tmp_path: Path, kind: str, rounds: int, proof: Proof
) -> None:
    for page in whole.some(kind, rounds):
        damaged, saved = tmp_path / "damaged", tmp_path / "saved"
        shutil.copytree(whole.folder, damaged)
        before = turn_a_byte(damaged, page.number)
        assert is_noticed(damaged, whole.digits)
        told = salvage(damaged, saved)
        is_untouched = hashlib.sha256((damaged / "records.db").read_bytes()).hexdigest() == before
        after = rows_of(saved, whole.digits)
        lost = lost_beside(whole, page, after, told)
        proof.tried()
        proof.lost(len(lost))
        proof.corrupt(not is_untouched)
        assert is_untouched
        assert lost == [], page
        assert (told.lost, told.bad_pages, set_aside(told)) == (page.rows, 1, 0), page
        with open_office(saved, WORKER.login_name, PASSPHRASE, clock=CLOCK) as office:
            report = verify_vault(office.vault, lambda _: None, lambda: False)
            # entries of the log that were on the page break its chain for good, unless they were its end
            behind = [
                entry for entry in after["audit_entry"] & whole.rows["audit_entry"] if entry[0] > told.first_bad_entry
            ]
            broken = {"log"} if told.first_bad_entry and behind else set()
            assert {finding.check.value for finding in report.findings} == broken
        shutil.rmtree(damaged)
        shutil.rmtree(saved)


def test_what_is_written_about_a_lost_person_stays_under_a_stand_in(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    turn_a_byte(damaged, page_of(whole, "survivor"))
    told = salvage(damaged, tmp_path / "saved")
    (survivors,) = (table for table in told.tables if table.name == "survivor")
    assert survivors.lost == survivors.stand_ins > 0
    after = rows_of(tmp_path / "saved", whole.digits)
    assert len(after["survivor"]) == 24
    assert after["note"] == whole.rows["note"]
    assert after["survivor_case"] == whole.rows["survivor_case"]


def test_goals_whose_area_is_lost_stay_in_the_plan_of_their_case(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    turn_a_byte(damaged, page_of(whole, "plan_area"))
    told = salvage(damaged, tmp_path / "saved")
    (areas,) = (table for table in told.tables if table.name == "plan_area")
    assert areas.lost >= areas.stand_ins > 0
    assert set_aside(told) == 0
    after = rows_of(tmp_path / "saved", whole.digits)
    assert (after["goal"], after["step"]) == (whole.rows["goal"], whole.rows["step"])


def test_without_any_readable_administrator_whoever_salvages_becomes_one(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    turn_a_byte(damaged, page_of(whole, "staff"))
    assert salvage(damaged, tmp_path / "saved").made_administrator
    with open_office(tmp_path / "saved", WORKER.login_name, PASSPHRASE, clock=CLOCK) as office:
        actor = office.desk.actor
        assert [role.value for role in actor.roles] == ["administrator"]
        with office.vault.engine.connect() as connection:
            logged = connection.exec_driver_sql(
                "SELECT object_id FROM audit_entry WHERE action = 'vault.salvager_made_administrator'"
            ).scalars()
            assert [UUID(key) for key in logged] == [actor.id]


def test_records_are_found_again_whose_words_of_the_search_are_lost(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    turn_a_byte(damaged, page_of(whole, "search_entry"))
    told = salvage(damaged, tmp_path / "saved")
    assert (told.lost, told.made_administrator) == (0, False)
    after = rows_of(tmp_path / "saved", whole.digits)["search_entry"]
    assert {row[1:] for row in after} == {row[1:] for row in whole.rows["search_entry"]}
    with open_office(tmp_path / "saved", WORKER.login_name, PASSPHRASE, clock=CLOCK) as office:
        assert verify_vault(office.vault, lambda _: None, lambda: False).findings == ()


@pytest.mark.parametrize("table", MADE_ANEW)
def test_what_is_made_anew_is_not_told_as_lost(whole: Whole, damaged: Path, tmp_path: Path, table: str) -> None:
    turn_a_byte(damaged, page_of(whole, table))
    told = salvage(damaged, tmp_path / "saved")
    assert (told.bad_pages, told.lost, told.tables) == (1, 0, ())
    assert gone_from(whole, tmp_path / "saved") == 0
    with closing(connect(tmp_path / "saved" / "records.db", whole.digits)) as database:
        ((_, commits, _),) = database.execute("SELECT * FROM vault_mark").fetchall()
    with closing(connect(whole.folder / "records.db", whole.digits)) as database:
        ((_, commits_before, _),) = database.execute("SELECT * FROM vault_mark").fetchall()
    assert commits > commits_before


def test_the_recovery_code_salvages_too_and_a_wrong_passphrase_does_not(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    def unheard(_done: int, _total: int) -> None:
        pass

    with pytest.raises(WrongPassphrase):
        salvage_vault(damaged, tmp_path / "saved", SignIn("worker", "seven lamps"), clock=CLOCK, progress=unheard)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["damaged"]
    salvage_vault(damaged, tmp_path / "saved", whole.code, clock=CLOCK, progress=unheard)
    assert gone_from(whole, tmp_path / "saved") == 0


def test_with_both_key_files_lost_the_one_in_the_newest_backup_opens(
    whole: Whole, damaged: Path, tmp_path: Path
) -> None:
    for name in ("header.a", "header.b"):
        (damaged / name).write_bytes(b"AFTERCARE-VAULT\nrotten")
    salvage(damaged, tmp_path / "saved")
    assert gone_from(whole, tmp_path / "saved") == 0


def test_what_stands_only_in_the_write_ahead_log_is_saved_too(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    with open_office(damaged, WORKER.login_name, PASSPHRASE, clock=CLOCK) as office:
        office.vault.checkpoint()
        with office.vault.engine.begin() as connection:
            connection.exec_driver_sql("INSERT INTO setting (name, value) VALUES ('only in the log', 'true')")
        shutil.copytree(damaged, tmp_path / "after a crash", ignore=shutil.ignore_patterns("reserve", "lock"))
    turn_a_byte(tmp_path / "after a crash", page_of(whole, "draft"))
    salvage(tmp_path / "after a crash", tmp_path / "saved")
    assert ("only in the log", "true") in rows_of(tmp_path / "saved", whole.digits)["setting"]


def test_nothing_is_salvaged_into_a_vault_or_out_of_noise(whole: Whole, damaged: Path, tmp_path: Path) -> None:
    with pytest.raises(VaultExists):
        salvage(damaged, damaged)
    (damaged / "records.db").write_bytes(bytes(40 * PAGE_BYTES))
    with pytest.raises(NothingToSalvage):
        salvage(damaged, tmp_path / "saved")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["damaged"]

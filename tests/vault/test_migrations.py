"""Migrations: they make what the models say, all or nothing, and never touch what is newer."""

from __future__ import annotations

import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import op
from alembic.autogenerate import compare_metadata
from sqlalchemy import Engine, text

from aftercare.domain.errors import BackupPlaceFull, DatabaseNewer, MigrationFailed
from aftercare.records import Base
from aftercare.vault import OpenVault, list_backups
from aftercare.vault.backup_copy import reading_backup
from aftercare.vault.caseload import make_caseload
from aftercare.vault.cipher import connect, level_of
from aftercare.vault.engine import make_engine
from aftercare.vault.migrations import HEAD
from aftercare.vault.migrations.runner import migrate, migration_context, shipped_steps
from aftercare.vault.search_index import make_search_index
from aftercare.vault.triggers import make_triggers

DIGITS = "5a" * 48
MAKE_MIGRATION = Path(__file__).parents[2] / "packaging" / "make_migration.py"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = make_engine(tmp_path / "records.db", lambda: DIGITS, on_disk_full=lambda: None, creating=True)
    yield engine
    engine.dispose()


def schema(engine: Engine, kind: str) -> dict[str, str]:
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = :kind"), {"kind": kind})
        return {name: " ".join((sql or "").split()) for name, sql in rows}


def test_migrations_make_what_the_models_say(engine: Engine) -> None:
    migrate(engine, 0)
    with engine.connect() as connection:
        assert compare_metadata(migration_context(connection), Base.metadata) == []


def test_migrations_and_models_agree_on_every_column_and_trigger(engine: Engine, tmp_path: Path) -> None:
    migrate(engine, 0)
    direct = make_engine(tmp_path / "direct.db", lambda: DIGITS, on_disk_full=lambda: None, creating=True)
    with direct.begin() as connection:
        Base.metadata.create_all(connection)
        make_search_index(connection)
        make_triggers(connection)
        make_caseload(connection)
    for kind in ("trigger", "index"):
        assert schema(engine, kind) == schema(direct, kind)
    assert schema(engine, "table").keys() == schema(direct, "table").keys()
    for table in Base.metadata.tables:
        for pragma in ("table_info", "foreign_key_list"):
            with engine.connect() as one, direct.connect() as other:
                made, said = (
                    sorted(tuple(map(str, row[1:])) for row in side.exec_driver_sql(f"PRAGMA {pragma}('{table}')"))
                    for side in (one, other)
                )
            assert made == said
    direct.dispose()


def test_the_level_is_the_number_of_the_last_step(engine: Engine, tmp_path: Path) -> None:
    assert migrate(engine, 0) == HEAD == max(shipped_steps(0))
    versions = Path(__file__).parents[2] / "src/aftercare/vault/migrations/versions"
    assert sorted(path.stem for path in versions.glob("v*.py")) == [f"v{n:04d}" for n in range(1, HEAD + 1)]
    connection = connect(tmp_path / "records.db", DIGITS)
    assert level_of(connection, HEAD) == HEAD
    with pytest.raises(DatabaseNewer):
        level_of(connection, HEAD - 1)
    connection.close()


@pytest.mark.promise(9)
def test_a_failing_step_changes_nothing(engine: Engine) -> None:
    migrate(engine, 0)
    before = schema(engine, "table"), schema(engine, "trigger"), schema(engine, "index")

    def fails_half_way() -> None:
        op.add_column("setting", sa.Column("extra", sa.Text(), nullable=True))
        op.create_table("more", sa.Column("id", sa.Integer(), primary_key=True))
        op.execute("SELECT nothing FROM nowhere")

    with pytest.raises(MigrationFailed) as caught:
        migrate(engine, HEAD, {HEAD + 1: fails_half_way})
    assert caught.value.level == HEAD + 1
    assert (schema(engine, "table"), schema(engine, "trigger"), schema(engine, "index")) == before
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == HEAD
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1


@pytest.fixture
def family(engine: Engine) -> Engine:
    """A parent with a child that would be deleted with it, and a trigger of the log."""
    migrate(engine, 0)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE parent (id INTEGER PRIMARY KEY, name TEXT)"))
        connection.execute(
            text("CREATE TABLE child (id INTEGER PRIMARY KEY, parent REFERENCES parent(id) ON DELETE CASCADE)")
        )
        connection.execute(text("INSERT INTO parent VALUES (1, 'one')"))
        connection.execute(text("INSERT INTO child VALUES (1, 1)"))
    return engine


@pytest.mark.promise(9)
def test_a_batch_keeps_the_rows_that_refer_to_the_table_it_copies(family: Engine) -> None:
    def copies_parent() -> None:
        with op.batch_alter_table("parent", recreate="always") as batch:
            batch.add_column(sa.Column("note", sa.Text(), nullable=True))

    migrate(family, HEAD, {HEAD + 1: copies_parent})
    with family.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM child")).scalar_one() == 1


@pytest.mark.promise(9)
def test_a_step_that_breaks_a_reference_is_undone(family: Engine) -> None:
    def loses_parent() -> None:
        op.execute("DELETE FROM parent")

    with pytest.raises(MigrationFailed):
        migrate(family, HEAD, {HEAD + 1: loses_parent})
    with family.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM parent")).scalar_one() == 1


@pytest.mark.promise(9)
def test_triggers_come_back_after_a_batch(engine: Engine) -> None:
    migrate(engine, 0)
    before = schema(engine, "trigger")
    assert {"audit_entry_stays", "search_entry_added", "caseload_note_added"} <= before.keys()

    def copies_tables() -> None:
        for table in ("audit_entry", "search_entry", "note", "plan", "survivor_case"):
            with op.batch_alter_table(table, recreate="always") as batch:
                batch.add_column(sa.Column("note", sa.Text(), nullable=True))

    migrate(engine, HEAD, {HEAD + 1: copies_tables})
    assert schema(engine, "trigger") == before


@pytest.mark.promise(9)
def test_the_steps_before_a_failing_one_stand(engine: Engine) -> None:
    def adds() -> None:
        op.create_table("one_more", sa.Column("id", sa.Integer(), primary_key=True))

    def fails() -> None:
        op.execute("SELECT nothing FROM nowhere")

    with pytest.raises(MigrationFailed):
        migrate(engine, 0, shipped_steps(0) | {HEAD + 1: adds, HEAD + 2: fails})
    assert "one_more" in schema(engine, "table")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA user_version").scalar_one() == HEAD + 1


def test_the_developer_script_finds_nothing_to_add(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["make_migration.py", "Nothing"])
    with pytest.raises(SystemExit) as done:
        runpy.run_path(str(MAKE_MIGRATION), run_name="__main__")
    assert done.value.code == 1
    assert "nothing to write" in capsys.readouterr().out


def test_an_older_vault_is_backed_up_and_then_migrated(
    folder: Path, unlock: Callable[..., OpenVault], monkeypatch: pytest.MonkeyPatch
) -> None:
    from aftercare.vault import opening
    from aftercare.vault.migrations import runner

    def adds() -> None:
        op.create_table("one_more", sa.Column("id", sa.Integer(), primary_key=True))

    monkeypatch.setattr(opening, "HEAD", HEAD + 1)
    monkeypatch.setattr(runner, "shipped_steps", lambda level: {HEAD + 1: adds})
    vault = unlock()
    assert "one_more" in schema(vault.engine, "table")
    (backup,) = list_backups(folder / "backups")
    assert backup.reason == "before_migration"
    contents = backup.contents(vault.unlocked.data_key)
    assert contents.facts.level == HEAD
    with reading_backup(backup, contents) as before:
        assert before.execute("SELECT count(*) FROM sqlite_master WHERE name = 'one_more'").fetchone() == (0,)


def test_where_no_backup_can_be_made_nothing_is_migrated(
    folder: Path, unlock: Callable[..., OpenVault], monkeypatch: pytest.MonkeyPatch
) -> None:
    from aftercare.vault import backup, opening
    from aftercare.vault.migrations import runner

    def full(_folder: Path, _size: int) -> None:
        raise BackupPlaceFull

    monkeypatch.setattr(opening, "HEAD", HEAD + 1)
    monkeypatch.setattr(runner, "shipped_steps", lambda level: pytest.fail("migrated"))
    monkeypatch.setattr(backup, "_need_room", full)
    before = (folder / "records.db").read_bytes()
    with pytest.raises(BackupPlaceFull):
        unlock()
    assert (folder / "records.db").read_bytes() == before
    assert list((folder / "backups").iterdir()) == []

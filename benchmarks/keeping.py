"""Saving and opening: a note with its log entry and history, a person with many notes, the cipher, the chain."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from aftercare.domain.codes import NoteKind
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.services.notes import list_notes, save_note
from aftercare.services.opening import FirstPerson, OpenOffice, create_office
from aftercare.services.survivors import open_person
from aftercare.vault import CHEAP_KDF, AuditEvent, crypto
from aftercare.vault.cipher import _SETTINGS, load_cipher, raw_key
from aftercare.vault.engine import make_engine
from benchmarks.conditions import CLOCK, NOW, PASSPHRASE, Conditions
from benchmarks.measuring import Measured, in_turn, seconds, timed, times
from benchmarks.vaults import BUSY_PERSON, bare, made_vault, opened, person_called

_CHAIN = 200_000


def save_a_note(conditions: Conditions) -> Measured:
    """Milliseconds from the draft to the commit on the disk; the limit is one durable commit of one row."""
    with opened(made_vault(conditions)) as office:
        _survivor, case = person_called(office, "S-0005")
        turns = conditions.turns(300)

        def save() -> None:
            office.desk.do(save_note, case, NoteDraft(words="She called and was well.", kind=NoteKind.CALL))

        office.desk.do(save_note, case, NoteDraft(words="The first one."))
        ours = [seconds(save) for _ in range(turns)]
        with bare(office) as driver:
            driver.execute("CREATE TABLE bench_limit (words TEXT)")
            statement = "INSERT INTO bench_limit VALUES ('words of about the length that a note has')"
            limit = [seconds(lambda: driver.execute(statement)) for _ in range(turns)]
            driver.execute("DROP TABLE bench_limit")
    return Measured(times(ours, 1000), times(limit, 1000))


def read_a_person(conditions: Conditions, people: int | None = None, code: str = BUSY_PERSON) -> Measured:
    """Milliseconds for the head and first notes of a person with 5,000 notes; the limit is 100 rows by the index."""
    with opened(made_vault(conditions, people)) as office:
        survivor, case = person_called(office, code)

        def read() -> None:
            office.desk.ask(open_person, survivor)
            office.desk.ask(list_notes, case)

        ours = timed(read, conditions.turns(40), warm=2)
        with bare(office) as driver:
            statement = 'SELECT words FROM note WHERE case_id = ? ORDER BY "on" DESC LIMIT 100'
            limit = timed(lambda: driver.execute(statement, (case.hex,)).fetchall(), conditions.turns(40))
    return Measured(times(ours, 1000), times(limit, 1000))


# --- cipher and chain ------------------------------------------------------------------------------------------------


def _plain_engine(path: Path) -> Engine:
    """The same library, settings and habits without a key."""
    dbapi2 = load_cipher()

    def connect() -> Any:
        connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False)
        for setting in ("PRAGMA journal_mode=WAL", *_SETTINGS):
            connection.execute(setting)
        return connection

    engine = create_engine(
        "sqlite://", module=dbapi2, creator=connect, poolclass=QueuePool, pool_size=1, max_overflow=0
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _same_work(engine: Engine, rows: int) -> Callable[[], None]:
    """Insert, index, look up, scan and commit often, as records do."""
    chance = random.Random(13)
    keys = [f"{chance.getrandbits(128):032x}" for _ in range(rows)]

    def work() -> None:
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TABLE IF EXISTS fact")
            connection.exec_driver_sql("CREATE TABLE fact (id TEXT PRIMARY KEY, person TEXT, day TEXT, words TEXT)")
            connection.exec_driver_sql("CREATE INDEX fact_person ON fact (person, day)")
            connection.exec_driver_sql(
                "INSERT INTO fact VALUES (?, ?, ?, ?)",
                [
                    (key, keys[at % 500], f"2026-01-{at % 28 + 1:02}", "What was said. " * 12)
                    for at, key in enumerate(keys)
                ],
            )
        with engine.connect() as connection:
            for key in keys[: rows // 10]:
                connection.exec_driver_sql("SELECT words FROM fact WHERE id = ?", (key,)).all()
            for person in keys[:500]:
                connection.exec_driver_sql("SELECT * FROM fact WHERE person = ? ORDER BY day", (person,)).all()
            connection.exec_driver_sql("SELECT day, count(*), sum(length(words)) FROM fact GROUP BY day").all()
        for key in keys[:100]:
            with engine.begin() as connection:
                connection.exec_driver_sql("UPDATE fact SET words = 'shorter' WHERE id = ?", (key,))

    return work


def cipher_against_plain(conditions: Conditions) -> Measured:
    """How many times as long the encrypted engine takes for the same work as plain SQLite."""
    rows = 10_000 if conditions.quick else 40_000
    with tempfile.TemporaryDirectory() as folder:
        digits = raw_key(crypto.random_key(), crypto.random_bytes(crypto.SALT_BYTES))
        sealed = make_engine(Path(folder) / "sealed.db", lambda: digits, on_disk_full=lambda: None, creating=True)
        plain = _plain_engine(Path(folder) / "plain.db")
        ours, limit = in_turn(_same_work(sealed, rows), _same_work(plain, rows), conditions.turns(9))
        sealed.dispose()
        plain.dispose()
    ratios = [one / other for one, other in zip(ours, limit, strict=True)]
    return Measured(ratios, note=f"{sum(ours) / len(ours):.2f} s against {sum(limit) / len(limit):.2f} s")


def verify_the_chain(conditions: Conditions) -> Measured:
    """Thousands of log entries verified in a second."""
    entries = _CHAIN // 10 if conditions.quick else _CHAIN
    with tempfile.TemporaryDirectory() as folder, _empty_office(Path(folder) / "vault") as office:
        chain, account = office.vault.audit, office.vault.account_id
        for _batch in range(10):
            with office.vault.engine.begin() as connection:
                read = AuditEvent("read", kind="survivor", object_id=account)
                chain.append_many(connection, NOW, account, [read] * (entries // 10))
        rates = []
        for _turn in range(conditions.turns(7)):
            found = 0

            def verify() -> None:
                nonlocal found
                found = chain.verify_all(lambda _: None, lambda: False)

            taken = seconds(verify)
            rates.append(found / taken / 1000)
    return Measured(rates, note=f"{entries} entries")


def _empty_office(folder: Path) -> OpenOffice:
    first = FirstPerson("rahman", "A. Rahman")
    office, _code = create_office(folder, first, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    return office

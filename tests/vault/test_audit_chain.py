"""The log: in the same transaction as the change, and any tampering names the first bad entry."""

from __future__ import annotations

import hmac
import random
from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from aftercare.domain.errors import AuditBroken, Bug
from aftercare.vault import AuditEvent, OpenVault, crypto
from aftercare.vault.header import AuditEpoch
from proof import Proof

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
ACTOR = UUID(int=11)


def verify(vault: OpenVault) -> int:
    return vault.audit.verify_all(lambda _: None, lambda: False)


@pytest.fixture
def logged(vault: OpenVault) -> OpenVault:
    """A vault with a few dozen entries."""
    with vault.engine.begin() as connection:
        events = [AuditEvent("note.added", "note", UUID(int=number), "reason") for number in range(40)]
        vault.audit.append_many(connection, NOW, ACTOR, events)
    return vault


def tamper(vault: OpenVault, statement: str) -> None:
    """Change the log past the triggers, as somebody with the key and another program could."""
    with vault.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER audit_entry_stays"))
        connection.execute(text("DROP TRIGGER audit_entry_is_kept"))
        connection.execute(text(statement))


@pytest.mark.promise(12)
def test_entries_are_numbered_and_verified(logged: OpenVault) -> None:
    assert verify(logged) == 42  # the vault's making and unlocking are in it
    assert logged.audit.verify_tail() == 42


def test_an_entry_goes_with_its_change_or_not_at_all(logged: OpenVault) -> None:
    with pytest.raises(ZeroDivisionError), logged.engine.begin() as connection:  # noqa: PT012
        logged.audit.append(connection, NOW, ACTOR, "lost")
        raise ZeroDivisionError
    with Session(logged.engine) as session, session.begin():
        assert logged.audit.append(session, NOW, ACTOR, "kept") == 43
        with pytest.raises(ZeroDivisionError), session.begin_nested():  # noqa: PT012
            logged.audit.append(session, NOW, ACTOR, "lost")
            raise ZeroDivisionError
        assert logged.audit.append(session, NOW, ACTOR, "kept too") == 44
    assert verify(logged) == 44


@pytest.mark.promise(12)
def test_the_program_itself_cannot_change_an_entry(logged: OpenVault) -> None:
    for statement in ("UPDATE audit_entry SET reason = ''", "DELETE FROM audit_entry"):
        with pytest.raises(IntegrityError, match="entries"), logged.engine.begin() as connection:
            connection.execute(text(statement))


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE audit_entry SET reason = 'another' WHERE seq = 20", 20),
        ("UPDATE audit_entry SET action = action || 'x', reason = '' WHERE seq = 7", 7),
        ("UPDATE audit_entry SET actor = NULL WHERE seq = 9", 9),
        ("UPDATE audit_entry SET object_id = NULL WHERE seq = 9", 9),
        ("UPDATE audit_entry SET utc = '2020-01-01T00:00:00.000000Z' WHERE seq = 12", 12),
        ("UPDATE audit_entry SET reason = 5 WHERE seq = 12", 12),
        ("UPDATE audit_entry SET mac = zeroblob(32) WHERE seq = 15", 15),
        ("UPDATE audit_entry SET prev = zeroblob(32) WHERE seq = 15", 15),
        ("DELETE FROM audit_entry WHERE seq = 30", 30),
        ("DELETE FROM audit_entry WHERE seq = 1", 1),
        ("UPDATE audit_entry SET seq = seq + 1000 WHERE seq > 25", 26),
        (
            "INSERT INTO audit_entry SELECT 43, utc, actor, action, kind, object_id, reason, prev, mac"
            " FROM audit_entry WHERE seq = 42",
            43,
        ),
    ],
)
@pytest.mark.promise(12)
def test_tampering_names_the_first_bad_entry(logged: OpenVault, statement: str, first_bad: int) -> None:
    tamper(logged, statement)
    with pytest.raises(AuditBroken) as caught:
        verify(logged)
    assert caught.value.seq == first_bad


@pytest.mark.promise(12)
def test_two_swapped_entries_are_found(logged: OpenVault) -> None:
    tamper(logged, "UPDATE audit_entry SET seq = 1000 WHERE seq = 20")
    with logged.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entry SET seq = 20 WHERE seq = 21"))
        connection.execute(text("UPDATE audit_entry SET seq = 21 WHERE seq = 1000"))
    with pytest.raises(AuditBroken) as caught:
        verify(logged)
    assert caught.value.seq == 20


@pytest.mark.promise(12)
def test_any_changed_field_of_any_entry_is_found(logged: OpenVault, proof: Proof) -> None:
    chance = random.Random(3)
    for trigger in ("audit_entry_stays", "audit_entry_is_kept"):
        with logged.engine.begin() as connection:
            connection.execute(text(f"DROP TRIGGER {trigger}"))
    for _ in range(25):
        seq = chance.randrange(1, 43)
        field = chance.choice(["utc", "actor", "action", "kind", "object_id", "reason"])
        with logged.engine.begin() as connection:
            before = connection.execute(text(f"SELECT {field} FROM audit_entry WHERE seq = {seq}")).scalar_one()
            connection.execute(text(f"UPDATE audit_entry SET {field} = :to WHERE seq = {seq}"), {"to": f"{before}!"})
        with pytest.raises(AuditBroken) as caught:
            verify(logged)
        assert caught.value.seq == seq
        proof.tried()
        with logged.engine.begin() as connection:
            connection.execute(text(f"UPDATE audit_entry SET {field} = :to WHERE seq = {seq}"), {"to": before})
    assert verify(logged) == 42


@pytest.mark.promise(12)
def test_a_log_that_was_cut_off_is_noticed_at_unlock(logged: OpenVault, unlock: Callable[..., OpenVault]) -> None:
    logged.close()
    again = unlock()
    tamper(again, "DELETE FROM audit_entry WHERE seq > 30")
    with pytest.raises(AuditBroken) as caught:
        again.audit.verify_tail()
    assert caught.value.seq == 31


@pytest.mark.promise(12)
def test_a_log_that_was_cut_while_it_was_open_is_told_once_at_the_next_unlock(
    logged: OpenVault, unlock: Callable[..., OpenVault]
) -> None:
    logged.write_anchor()
    tamper(logged, "DELETE FROM audit_entry WHERE seq > 30")
    logged.write_anchor()  # as it is written now and then, and at closing
    logged.close()
    again = unlock()
    assert [warning.seq for warning in again.opened_warnings if isinstance(warning, AuditBroken)] == [31]
    again.close()
    assert not any(isinstance(warning, AuditBroken) for warning in unlock().opened_warnings)


@pytest.mark.promise(12)
def test_a_broken_log_is_told_and_logged_and_the_records_stay_open(
    logged: OpenVault, unlock: Callable[..., OpenVault]
) -> None:
    tamper(logged, "UPDATE audit_entry SET reason = 'another' WHERE seq = 42")
    logged.close()
    again = unlock()
    with again.engine.begin() as connection:
        connection.execute(text("UPDATE audit_entry SET reason = 'again' WHERE seq = 42"))
    assert not any(isinstance(warning, AuditBroken) for warning in again.opened_warnings)  # before the anchor
    with pytest.raises(AuditBroken):
        verify(again)


def test_a_separator_inside_an_entry_is_our_mistake(vault: OpenVault) -> None:
    with pytest.raises(Bug), vault.engine.begin() as connection:
        vault.audit.append(connection, NOW, None, "a\x1fb")


def test_the_chain_goes_on_after_closing(logged: OpenVault, unlock: Callable[..., OpenVault]) -> None:
    for turn in range(3):
        logged.close()
        logged = unlock()
        with logged.engine.begin() as connection:
            logged.audit.append(connection, NOW, ACTOR, f"turn.{turn}")
    assert verify(logged) == 42 + 6


def test_the_header_follows_the_records_without_being_closed(logged: OpenVault) -> None:
    before = logged.unlocked.header.sequence
    for number in range(205):
        with logged.engine.begin() as connection:
            logged.audit.append(connection, NOW, ACTOR, f"note.{number}")
    assert logged.unlocked.header.sequence > before
    assert logged.unlocked.inner.anchor.audit_seq >= 200
    assert verify(logged) == 42 + 205


def test_a_new_key_starts_a_new_part_of_the_same_chain(logged: OpenVault) -> None:
    from aftercare.vault.audit import AuditChain
    from aftercare.vault.header import Anchor

    epochs = (*logged.unlocked.inner.audit_epochs, AuditEpoch(43, bytes(range(32))))
    chain = AuditChain(logged.engine, epochs, Anchor())
    with logged.engine.begin() as connection:
        chain.append(connection, NOW, ACTOR, "after.rotation")
        chain.append(connection, NOW, ACTOR, "and.on")
    assert chain.verify_all(lambda _: None, lambda: False) == 44
    with pytest.raises(AuditBroken) as caught:
        verify(logged)
    assert caught.value.seq == 43


def test_a_link_is_an_hmac() -> None:
    key, prev = bytes(range(32)), bytes(range(32, 64))
    for message in (b"", b"short", b"long" * 100):
        assert crypto.chained_mac(key, prev, message) == hmac.digest(key, prev + message, "sha256")

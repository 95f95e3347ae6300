"""Tying one's password to this computer: wanted, proved at the next sign-in, ended; and every way it can fail."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import ConfirmationNeeded, DeviceSecretMissing, WrongPassphraseOrComputer
from aftercare.domain.rows.device_tie import TieRow, TieState
from aftercare.records.audit import AUDIT_ENTRY
from aftercare.services import resealing
from aftercare.services.device_tie import my_tie, show_tie, tie_password, trouble_here, untie_password
from aftercare.services.opening import OpenOffice, create_office, open_office
from aftercare.services.recovery import open_with_code, start_again
from aftercare.vault import CHEAP_KDF, RecoveryCode, members
from aftercare.vault import resealing as vault_resealing
from aftercare.vault.device_secret import DeviceTie
from aftercare.vault.recovery import new_recovery_code
from conftest import CLOCK, FIRST, NOW, PASSPHRASE
from key_store import Store

OTHER = "seven herons over the lake"


class House:
    """A vault whose door is opened again and again, as the days go by."""

    def __init__(self, folder: Path, store: Store) -> None:
        self.folder = folder
        self.store = store
        office, self.code = create_office(folder, FIRST, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
        office.close()

    def sign_in(self, passphrase: str = PASSPHRASE) -> OpenOffice:
        office = open_office(self.folder, "rahman", passphrase, clock=CLOCK)
        plan = resealing.plan_resealing(office)
        if plan is not None:
            resealing.finish(office, plan, resealing.carry_out(plan, Event()))
        return office

    def tie(self) -> None:
        """Wanted in one session, in force since the next."""
        with self.sign_in() as office:
            tie_password(office)
        self.sign_in().close()


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(vault_resealing, "measure_apart", lambda _cancelled: CHEAP_KDF)
    return Store(monkeypatch)


@pytest.fixture
def house(tmp_path: Path, store: Store) -> House:
    return House(tmp_path / "vault", store)


def actions(office: OpenOffice) -> list[str]:
    with Session(office.vault.engine) as session:
        return list(session.scalars(select(AUDIT_ENTRY.c.action).order_by(AUDIT_ENTRY.c.seq)))


def test_it_is_off_until_somebody_wants_it(house: House) -> None:
    with house.sign_in() as office:
        assert show_tie(office) == TieRow(TieState.OFF)
    assert house.store.kept == {}


def test_it_is_in_force_only_when_the_next_sign_in_read_it_again(house: House) -> None:
    with house.sign_in() as office:
        assert tie_password(office) == TieRow(TieState.PENDING)
        assert len(house.store.kept) == 1
    kept = dict(house.store.kept)
    house.store.kept.clear()
    open_office(house.folder, "rahman", PASSPHRASE, clock=CLOCK).close()  # nothing rests on it yet
    house.store.kept.update(kept)
    with house.sign_in() as office:
        assert show_tie(office) == TieRow(TieState.ON)
        assert "vault.password_tied_to_computer" in actions(office)
    house.store.kept.clear()
    with pytest.raises(WrongPassphraseOrComputer):
        house.sign_in()


@pytest.mark.parametrize("happens", ["lost", "another", "silent"])
def test_a_store_that_lost_it_over_night_turns_it_off_and_locks_nobody_out(house: House, happens: str) -> None:
    with house.sign_in() as office:
        tie_password(office)
    if happens == "lost":
        house.store.kept.clear()
    elif happens == "another":
        house.store.kept = dict.fromkeys(house.store.kept, bytes(range(1, 33)))
    else:
        house.store.trouble = happens
    with house.sign_in() as office:
        assert show_tie(office) == TieRow(TieState.OFF, "silent" if happens == "silent" else "lost")
    house.sign_in().close()


def test_a_store_that_does_not_even_keep_it_now_is_refused(house: House) -> None:
    house.store.trouble = "none_here"
    assert trouble_here() == "none_here"
    with house.sign_in() as office:
        with pytest.raises(DeviceSecretMissing):
            tie_password(office)
        assert show_tie(office) == TieRow(TieState.OFF)
    house.store.trouble = ""
    assert trouble_here() == ""


def test_wanted_no_more_before_it_was_in_force_leaves_nothing_behind(house: House) -> None:
    with house.sign_in() as office:
        tie_password(office)
        assert untie_password(office) == TieRow(TieState.OFF)
        assert office.desk.ask(my_tie) == {}
    assert house.store.kept == {}
    with house.sign_in() as office:
        assert show_tie(office) == TieRow(TieState.OFF)


def test_it_ends_at_the_next_sign_in_and_takes_the_secret_away(house: House) -> None:
    house.tie()
    with house.sign_in() as office:
        assert untie_password(office) == TieRow(TieState.ENDING)
        assert tie_password(office) == TieRow(TieState.ON)
        assert untie_password(office) == TieRow(TieState.ENDING)
    with house.sign_in() as office:
        assert show_tie(office) == TieRow(TieState.OFF)
        assert "vault.password_untied_from_computer" in actions(office)
    assert house.store.kept == {}
    house.sign_in().close()


def test_strengthening_keeps_it_tied(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    house.tie()
    before = len(house.store.kept)
    monkeypatch.setattr(vault_resealing, "is_worth_it", lambda _measured, _now: True)
    with house.sign_in() as office:
        assert "vault.key_strengthened" in actions(office)
        assert show_tie(office) == TieRow(TieState.ON)
    assert len(house.store.kept) == before
    house.sign_in().close()


def test_the_recovery_code_gives_a_password_that_rests_on_no_computer(house: House) -> None:
    house.tie()
    house.store.trouble = "none_here"
    opened = open_with_code(house.folder, house.code.text, clock=CLOCK)
    code: RecoveryCode = new_recovery_code()
    with start_again(opened, opened.administrators[0], OTHER, code, clock=CLOCK, kdf=CHEAP_KDF) as office:
        assert show_tie(office) == TieRow(TieState.OFF)
    with house.sign_in(OTHER) as office:
        assert show_tie(office).state is TieState.OFF


def test_a_changed_password_stays_tied_and_waits_for_the_store(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(members, "measured_kdf", lambda: CHEAP_KDF)
    house.tie()
    with house.sign_in() as office:
        member = members.Member(office.vault.account_id, "rahman")
        house.store.trouble = "silent"
        with Session(office.vault.engine) as session, session.begin(), pytest.raises(DeviceSecretMissing):
            members.Members(office.vault).change_passphrase(session, member, OTHER)
        house.store.trouble = ""
        with Session(office.vault.engine) as session, session.begin():
            members.Members(office.vault).change_passphrase(session, member, OTHER)
    with house.sign_in(OTHER) as office:
        assert show_tie(office) == TieRow(TieState.ON)


def test_whoever_was_silent_for_long_says_first_who_they_are(house: House) -> None:
    with house.sign_in() as office:
        office.desk.clock = stopped_at(NOW + timedelta(minutes=6))
        with pytest.raises(ConfirmationNeeded):
            tie_password(office)
    assert house.store.kept == {}


def test_the_secret_is_kept_nowhere_but_in_the_store(house: House) -> None:
    with house.sign_in() as office:
        tie_password(office)
        kept = office.desk.ask(my_tie)
    ((name, secret),) = house.store.kept.items()
    assert kept == {"wanted": True, "name": name.hex(), "check": DeviceTie(name, secret).check}


def test_the_passphrase_is_forgotten_once_it_was_looked_at(house: House) -> None:
    office = open_office(house.folder, "rahman", PASSPHRASE, clock=CLOCK)
    assert PASSPHRASE not in repr(office)
    resealing.plan_resealing(office)
    assert office.came_in is None
    assert not resealing.reseal(office)
    office.close()

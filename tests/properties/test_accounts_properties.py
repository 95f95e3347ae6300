"""Any sequence of people coming, changing, being reset, closed and removed, against a model of who may open what.

After each step exactly the secrets of now open the records. And whoever kept a copy of the key file and a secret that
is not good any more gets nothing out of today's records with the two, once the keys were changed.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from aftercare.domain.clock import stopped_at
from aftercare.domain.drafts.staff import StaffDraft
from aftercare.domain.errors import DatabaseDoesNotOpen, LastAdministrator, OwnAccount, WrongPassphrase
from aftercare.domain.permissions import Role
from aftercare.domain.rows.backups import BackupDone
from aftercare.domain.rows.staff import CodeIssued, StaffState
from aftercare.services import recovery, staff
from aftercare.services.first_login import log_in_first
from aftercare.services.opening import FirstPerson, OpenOffice, create_office, open_office
from aftercare.services.own_passphrase import change_own_passphrase
from aftercare.services.rotation import remove_staff, rotate_keys
from aftercare.services.staff_list import list_staff
from aftercare.vault import CHEAP_KDF, RecoveryCode, slots, verify_vault
from aftercare.vault.cipher import look, raw_key
from aftercare.vault.crypto import Purpose, derived_key
from aftercare.vault.files import Layout
from aftercare.vault.header import Header, Slot, SlotKind
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import KdfParameters, derive_here
from aftercare.vault.login_code import parse_login_code
from aftercare.vault.recovery import new_recovery_code
from proof import Proof
from rounds import few_or

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
CLOCK = stopped_at(NOW)
FIRST, FIRST_PASSPHRASE = "rahman", "the heron sings at dusk"
NAMES = ("boris", "chidi", "dana")
ADMINISTRATOR, WORKER = frozenset({Role.ADMINISTRATOR}), frozenset({Role.CASE_WORKER})


@lru_cache(maxsize=4096)
def derive(secret: bytes, salt: bytes, kdf: KdfParameters) -> bytes:
    """The same key for the same question: most of the time of these tests would go into asking again."""
    return derive_here(secret, salt, kdf)


@lru_cache(maxsize=4096)
def tag_for(salt: bytes, kdf: KdfParameters, kind: SlotKind, name: str) -> bytes:
    return derive_here(f"{kind}\0{name}".encode(), salt, kdf)


@dataclass(frozen=True)
class Secret:
    """Something that opens the records, or did."""

    kind: SlotKind
    name: str
    words: str

    def opens(self, header: Header) -> tuple[Slot, bytes] | None:
        """The slot and data key that this header gives for it."""
        try:
            if self.kind is SlotKind.STAFF:
                return slots.open_with_passphrase(header, self.name, self.words, derive)
            if self.kind is SlotKind.ONE_TIME_CODE:
                return slots.open_with_login_code(header, self.name, parse_login_code(self.words), derive)
            return slots.open_with_recovery(header, RecoveryCode(bytes.fromhex(self.words)), derive)
        except WrongPassphrase:
            return None


@dataclass
class Person:
    """Somebody as they should stand."""

    id: UUID
    name: str
    is_administrator: bool
    secret: Secret | None
    active: bool = True

    @property
    def can_administer(self) -> bool:
        has_own = self.secret is not None and self.secret.kind is SlotKind.STAFF
        return self.active and self.is_administrator and has_own


@dataclass
class Model:
    people: dict[str, Person] = field(default_factory=dict)
    code: Secret = Secret(SlotKind.RECOVERY, "", "")
    dead: list[Secret] = field(default_factory=list)
    generation: int = 1

    def give(self, person: Person, secret: Secret | None) -> None:
        """Another secret, or none; the one before is good no more."""
        if person.secret is not None:
            self.dead.append(person.secret)
        person.secret = secret


TEMPLATE: list[tuple[Path, Model]] = []
"""Records in which three people work already, one of them no administrator."""


class Accounts(RuleBasedStateMachine):
    """The records of one shelter, and what a patient enemy keeps of them."""

    @initialize()
    def begin(self) -> None:
        template, model = TEMPLATE[0]
        self.place = Path(tempfile.mkdtemp(prefix="accounts-"))
        self.folder = self.place / "vault"
        shutil.copytree(template, self.folder)
        self.folder.chmod(0o700)
        self.model = deepcopy(model)
        # copies of the key file, with the generation of their key
        self.kept: list[tuple[int, Header]] = [(1, self.header)]
        self.number = 0

    def teardown(self) -> None:
        if hasattr(self, "place"):
            shutil.rmtree(self.place)

    # --- what happens ----------------------------------------------------------------------------------------------

    @rule(name=st.sampled_from(NAMES), administrator=st.booleans())
    @precondition(lambda self: len(self.model.people) <= len(NAMES))
    def add(self, name: str, administrator: bool) -> None:
        if name in self.model.people:
            return
        roles = ADMINISTRATOR if administrator else WORKER
        with self.as_administrator() as office:
            issued = office.desk.do(staff.add_staff, office.keys(), StaffDraft(name, name.title(), roles)).value
        self.model.people[name] = Person(issued.staff_id, name, administrator, self.code_of(issued))

    @rule(data=st.data())
    def first_login(self, data: st.DataObject) -> None:
        person = self.pick(data, lambda one: one.secret is not None and one.secret.kind is SlotKind.ONE_TIME_CODE)
        if person is None:
            return
        assert person.secret is not None
        fresh = self.fresh(person.name)
        log_in_first(self.folder, person.name, person.secret.words, fresh.words, clock=CLOCK).close()
        self.model.give(person, fresh)

    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        person = self.pick(data, lambda one: one.secret is not None and one.secret.kind is SlotKind.STAFF)
        if person is None:
            return
        assert person.secret is not None
        fresh = self.fresh(person.name)
        with open_office(self.folder, person.name, person.secret.words, clock=CLOCK) as office:
            change_own_passphrase(office, person.secret.words, fresh.words)
        self.model.give(person, fresh)

    @rule(data=st.data())
    def reset(self, data: st.DataObject) -> None:
        person = self.pick(data, lambda one: one.active)
        if person is None:
            return
        with self.as_administrator() as office:
            if self.somebody_administers_without(person):
                issued = office.desk.do(staff.reset_staff, office.keys(), person.id).value
                self.model.give(person, self.code_of(issued))
            else:
                with pytest.raises(LastAdministrator):
                    office.desk.do(staff.reset_staff, office.keys(), person.id)

    @rule(data=st.data())
    def disable(self, data: st.DataObject) -> None:
        person = self.pick(data, lambda one: one.active)
        if person is None:
            return
        with self.as_administrator() as office:
            self.expect_closed(office, person, lambda: office.desk.do(staff.disable_staff, office.keys(), person.id))

    @rule(data=st.data())
    def enable(self, data: st.DataObject) -> None:
        person = self.pick(data, lambda one: not one.active)
        if person is None:
            return
        with self.as_administrator() as office:
            issued = office.desk.do(staff.enable_staff, office.keys(), person.id).value
        person.active = True
        self.model.give(person, self.code_of(issued))

    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        person = self.pick(data, lambda one: one.active)
        if person is None:
            return
        with self.as_administrator() as office:
            if self.expect_closed(office, person, lambda: remove_staff(office, person.id)):
                self.model.generation += 1

    @rule()
    def rotate(self) -> None:
        with self.as_administrator() as office:
            rotate_keys(office)
        self.model.generation += 1

    @rule(data=st.data())
    def recover(self, data: st.DataObject) -> None:
        person = self.pick(data, lambda one: one.active and one.is_administrator)
        if person is None:
            return
        fresh, code = self.fresh(person.name), new_recovery_code()
        typed = RecoveryCode(bytes.fromhex(self.model.code.words)).text
        opened = recovery.open_with_code(self.folder, typed, clock=CLOCK)
        (who,) = [one for one in opened.administrators if one.account_id == person.id]
        recovery.start_again(opened, who, fresh.words, code, clock=CLOCK, kdf=CHEAP_KDF).close()
        self.model.give(person, fresh)
        self.model.dead.append(self.model.code)
        self.model.code = Secret(SlotKind.RECOVERY, "", code.secret.hex())

    @rule()
    def keep_a_copy(self) -> None:
        """The enemy copies the key file."""
        self.kept = [*self.kept[-3:], (self.model.generation, self.header)]

    # --- what must hold --------------------------------------------------------------------------------------------

    @invariant()
    def exactly_the_right_secrets_open(self) -> None:
        header = self.header
        good = [person.secret for person in self.model.people.values() if person.secret is not None]
        keys = {opened[1] if (opened := secret.opens(header)) else b"" for secret in [*good, self.model.code]}
        assert len(keys) == 1
        assert keys != {b""}
        assert [secret for secret in self.model.dead if secret.opens(header)] == []
        assert header.generation == self.model.generation

    @invariant()
    def no_old_copy_and_old_secret_open_records_under_a_later_key(self) -> None:
        header = self.header
        now = {slot.public for slot in header.slots}
        for generation, copy in self.kept:
            if generation == self.model.generation:
                continue
            for secret in self.model.dead:
                opened = secret.opens(copy)
                if opened is None:
                    continue
                slot, data_key = opened
                assert slot.public not in now
                for salt in {copy.database_salt, header.database_salt}:
                    with pytest.raises(DatabaseDoesNotOpen):
                        look(Layout(self.folder), raw_key(derived_key(data_key, Purpose.DATABASE), salt)).close()

    @invariant()
    def the_records_say_who_works_here(self) -> None:
        with self.as_administrator() as office:
            rows = {row.login_name: row for row in office.desk.ask(list_staff, office.keys())}
            assert verify_vault(office.vault, lambda _: None, lambda: False).findings == ()
        assert set(rows) == set(self.model.people)
        for name, person in self.model.people.items():
            assert rows[name].is_active == person.active
            if person.active and person.secret is not None:
                waits = person.secret.kind is SlotKind.ONE_TIME_CODE
                assert rows[name].state is (StaffState.WAITING if waits else StaffState.WORKING)

    # --- hands -----------------------------------------------------------------------------------------------------

    @property
    def header(self) -> Header:
        return read_headers(Layout(self.folder)).header

    def fresh(self, name: str) -> Secret:
        self.number += 1
        return Secret(SlotKind.STAFF, name, f"seven lamps along the quay {self.number}")

    def code_of(self, issued: CodeIssued) -> Secret:
        return Secret(SlotKind.ONE_TIME_CODE, issued.login_name, issued.text)

    def pick(self, data: st.DataObject, wanted: Callable[[Person], bool]) -> Person | None:
        """One of the people whom this can happen to, if there is any."""
        there = [person for person in self.model.people.values() if wanted(person)]
        names = [person.name for person in there]
        return self.model.people[data.draw(st.sampled_from(names), label="who")] if names else None

    @contextmanager
    def as_administrator(self) -> Iterator[OpenOffice]:
        administrator = next(person for person in self.model.people.values() if person.can_administer)
        assert administrator.secret is not None
        with open_office(self.folder, administrator.name, administrator.secret.words, clock=CLOCK) as office:
            yield office

    def somebody_administers_without(self, person: Person) -> bool:
        return any(one.can_administer for one in self.model.people.values() if one is not person)

    def expect_closed(self, office: OpenOffice, person: Person, request: Callable[[], Any]) -> bool:
        """Whether the account was closed; where it must not be, that it was refused for the right reason."""
        if person.id == office.desk.actor.id:
            with pytest.raises(OwnAccount):
                request()
            return False
        request()
        person.active = False
        self.model.give(person, None)
        return True


def three_people(folder: Path) -> Model:
    """New records, and the model of them."""
    office, code = create_office(folder, FirstPerson(FIRST, "A. Rahman"), FIRST_PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
    model = Model(code=Secret(SlotKind.RECOVERY, "", code.secret.hex()))
    own = Secret(SlotKind.STAFF, FIRST, FIRST_PASSPHRASE)
    model.people[FIRST] = Person(office.desk.actor.id, FIRST, True, own)
    with office:
        codes = [
            office.desk.do(staff.add_staff, office.keys(), StaffDraft(name, name.title(), roles)).value
            for name, roles in (("boris", ADMINISTRATOR), ("chidi", WORKER))
        ]
    for issued in codes:
        own = Secret(SlotKind.STAFF, issued.login_name, f"{FIRST_PASSPHRASE} for {len(issued.text)} nights")
        log_in_first(folder, issued.login_name, issued.text, own.words, clock=CLOCK).close()
        administers = issued.login_name == "boris"
        model.people[issued.login_name] = Person(issued.staff_id, issued.login_name, administers, own)
        model.dead.append(Secret(SlotKind.ONE_TIME_CODE, issued.login_name, issued.text))
    return model


@pytest.mark.promise(11)
@few_or(12, few=4, full=60, minutes=25)
def test_accounts_are_independent_whatever_happens_in_whatever_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rounds: int, proof: Proof
) -> None:
    monkeypatch.setattr("aftercare.vault.members.measured_kdf", lambda: CHEAP_KDF)
    monkeypatch.setattr(
        "aftercare.vault.slots.tag_for",
        lambda header, kind, name: tag_for(header.name_salt, header.name_kdf, kind, name),
    )
    # a backup before each change of keys has tests of its own, and takes longer than all the rest
    monkeypatch.setattr("aftercare.services.rotation.back_up_before", lambda *_asked: BackupDone(1, NOW, Path("none")))
    TEMPLATE[:] = [(tmp_path / "template", three_people(tmp_path / "template"))]
    run_state_machine_as_test(
        Accounts,
        settings=settings(
            max_examples=rounds,
            stateful_step_count=12 if rounds < 10 else 30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=rounds < 10,
        ),
    )
    proof.tried(rounds)

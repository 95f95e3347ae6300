"""A secret of this computer in its key store: written, read back, mixed into a slot, and never the only way in."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol
from uuid import UUID

import pytest

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import DeviceSecretMissing, HeaderTampered, WrongPassphrase, WrongPassphraseOrComputer
from aftercare.vault import NewAccount, RecoveryCode, device_secret, open_vault, open_with_code, slots
from aftercare.vault.attempts import read_attempts
from aftercare.vault.audit import AuditEvent
from aftercare.vault.backup import make_backup
from aftercare.vault.device_secret import DeviceTie, StoreTrouble
from aftercare.vault.files import Layout
from aftercare.vault.header import Header, Slot, SlotKind, SlotOwner
from aftercare.vault.header_files import read_headers
from aftercare.vault.kdf import CHEAP_KDF, derive_here
from aftercare.vault.opened import OpenVault
from aftercare.vault.restore import restore_backup
from aftercare.vault.slot_changes import without, write_logged
from conftest import NOW
from fake_secret_service import can_run, private_bus, secret_service

ACCOUNT = NewAccount(UUID("01930000-0000-7000-8000-000000000001"), "A. Rahman")
PASSPHRASE = "the heron sings at dusk"
CLOCK = stopped_at(NOW)
TIE = DeviceTie(bytes(range(16)), bytes(range(1, 33)))
needs_bus = pytest.mark.skipif(not can_run(), reason="there is no dbus-daemon here")


class Template(Protocol):
    """The vault that every test's vault is a copy of."""

    code: RecoveryCode


class Store:
    """A key store in memory, in place of the process that talks to the real one."""

    def __init__(self) -> None:
        self.kept = {TIE.name: TIE.secret}
        self.asked = self.looked = 0
        self.trouble: StoreTrouble | None = None

    def read(self, name: bytes) -> bytes:
        self.asked += 1
        if self.trouble is not None or name not in self.kept:
            raise DeviceSecretMissing((self.trouble or StoreTrouble.LOST).value)
        return self.kept[name]

    def look(self) -> None:
        self.looked += 1
        if self.trouble is not None:
            raise DeviceSecretMissing(self.trouble.value)


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Store:
    store = Store()
    monkeypatch.setattr(device_secret, "read", store.read)
    monkeypatch.setattr(device_secret, "look", store.look)
    return store


def tie(vault: OpenVault, with_secret: DeviceTie | None = TIE) -> None:
    """Seal the slot of A. Rahman anew, with the secret of this computer."""
    unlocked = vault.unlocked
    slot = slots.slot_of_member(
        unlocked.header,
        SlotKind.STAFF,
        ACCOUNT.login_name,
        slots.passphrase_secret(PASSPHRASE),
        kdf=CHEAP_KDF,
        data_key=unlocked.data_key,
        derive=derive_here,
        tie=with_secret,
    )
    owner = SlotOwner(slot.id, SlotKind.STAFF, ACCOUNT.account_id)
    changed = without(unlocked, lambda one: one.account == ACCOUNT.account_id, (slot,), (owner,))
    write_logged(vault, changed, AuditEvent("vault.device_secret_tied"))


def opened(folder: Path, passphrase: str = PASSPHRASE) -> OpenVault:
    return open_vault(folder, ACCOUNT.login_name, passphrase, clock=CLOCK)


@pytest.fixture
def tied(folder: Path, store: Store) -> Path:
    """A closed vault whose only passphrase is tied to this computer."""
    with opened(folder) as vault:
        tie(vault)
    return folder


def real_slot(header: Header) -> Slot:
    tag = slots.tag_for(header, SlotKind.STAFF, slots.folded_login(ACCOUNT.login_name))
    return next(slot for slot in header.slots if slot.tag == tag)


# --- the slot ------------------------------------------------------------------------------------------------------


def test_passphrase_and_secret_together_open_and_neither_alone(tied: Path, store: Store) -> None:
    opened(tied).close()
    with pytest.raises(WrongPassphrase):
        opened(tied, "another passphrase altogether")
    store.kept[TIE.name] = bytes(32)[:-1] + b"\1"
    with pytest.raises(WrongPassphrase):
        opened(tied)


@pytest.mark.parametrize("trouble", list(StoreTrouble))
def test_on_another_computer_nobody_learns_whose_password_is_tied_and_each_try_counts(
    tied: Path, store: Store, trouble: StoreTrouble
) -> None:
    store.trouble = trouble
    for name, passphrase in (
        (ACCOUNT.login_name, PASSPHRASE),
        (ACCOUNT.login_name, "another passphrase altogether"),
        ("nobody of this name", PASSPHRASE),
    ):
        store.asked = store.looked = 0
        with pytest.raises(WrongPassphrase) as caught:
            open_vault(tied, name, passphrase, clock=CLOCK)
        assert type(caught.value) is WrongPassphraseOrComputer
        assert store.asked + store.looked == 1, "and it takes as long"
    assert read_attempts(Layout(tied).attempts).count == 3


def test_a_wrong_name_is_told_as_before_where_nothing_is_tied(folder: Path, store: Store) -> None:
    with pytest.raises(WrongPassphrase) as caught:
        open_vault(folder, "nobody of this name", PASSPHRASE, clock=CLOCK)
    assert type(caught.value) is WrongPassphrase
    assert store.looked == 0


def test_nobody_else_is_asked_for_it(folder: Path, store: Store) -> None:
    opened(folder).close()
    assert store.asked == 0


def test_the_recovery_code_opens_without_it(tied: Path, store: Store, template: Template) -> None:
    store.trouble = StoreTrouble.NONE_HERE
    open_with_code(tied, template.code, clock=CLOCK).close()
    assert store.asked == 0


def test_a_backup_of_it_is_restored_with_the_recovery_code_on_another_computer(
    tied: Path, store: Store, template: Template, tmp_path: Path
) -> None:
    with opened(tied) as vault:
        backup = make_backup(vault, NOW, lambda _done, _total: None)
    store.trouble, store.asked = StoreTrouble.NONE_HERE, 0
    restored = restore_backup(
        backup.path, tmp_path / "restored", template.code, clock=CLOCK, progress=lambda _done, _total: None
    )
    open_with_code(restored.folder, template.code, clock=CLOCK).close()
    assert store.asked == 0


def test_that_a_slot_is_tied_cannot_be_taken_away_or_put_on(tied: Path, folder: Path) -> None:
    header = read_headers(Layout(tied)).header
    slot = real_slot(header)
    for device in (b"", bytes(16)):
        forged = replace(slot, device=device)
        with pytest.raises((WrongPassphrase, HeaderTampered, DeviceSecretMissing)):
            slots.open_with_passphrase(replace(header, slots=(forged,)), ACCOUNT.login_name, PASSPHRASE, derive_here)


def test_slots_of_others_and_decoys_do_not_tell_whose_is_tied(tied: Path) -> None:
    header = read_headers(Layout(tied)).header
    assert real_slot(header).device == TIE.name
    assert sum(1 for slot in header.slots if len(slot.device) == 16) > 1
    assert sum(1 for slot in header.slots if not slot.device) > 1


def test_a_header_without_ties_is_written_as_before(folder: Path) -> None:
    assert b'"device"' not in Layout(folder).headers[0].read_bytes()


def test_an_untied_slot_takes_its_place_again(tied: Path, store: Store) -> None:
    with opened(tied) as vault:
        tie(vault, None)
    store.kept.clear()
    opened(tied).close()


def test_the_secret_is_in_no_file(tied: Path) -> None:
    for path in tied.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            assert TIE.secret not in content
            assert TIE.secret.hex().encode() not in content
    assert str(TIE.secret) not in repr(TIE)


# --- the key store -------------------------------------------------------------------------------------------------


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    with private_bus() as surroundings:
        for name, value in surroundings.items():
            monkeypatch.setenv(name, value)
        yield surroundings


@needs_bus
def test_a_new_secret_is_written_read_and_forgotten(bus: dict[str, str]) -> None:
    with secret_service(bus):
        device_secret.look()
        tie = device_secret.new_tie()
        assert device_secret.read(tie.name) == tie.secret
        assert device_secret.new_tie().secret != tie.secret
        device_secret.forget(tie.name)
        device_secret.forget(tie.name)
        with pytest.raises(DeviceSecretMissing) as caught:
            device_secret.read(tie.name)
        assert caught.value.reason == "lost"


@needs_bus
def test_a_store_that_forgets_at_once_is_not_used(bus: dict[str, str]) -> None:
    with secret_service(bus, "--forgetful"), pytest.raises(DeviceSecretMissing) as caught:
        device_secret.new_tie()
    assert caught.value.reason == "lost"


@needs_bus
def test_a_store_that_does_not_answer_is_not_waited_for(bus: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_secret, "TIMEOUT_SECONDS", 2.0)
    with secret_service(bus, "--silent"), pytest.raises(DeviceSecretMissing) as caught:
        device_secret.new_tie()
    assert caught.value.reason == "silent"


@needs_bus
def test_a_store_that_stays_locked_is_told(bus: dict[str, str]) -> None:
    with secret_service(bus, "--locked"), pytest.raises(DeviceSecretMissing) as caught:
        device_secret.new_tie()
    assert caught.value.reason == "refused"


@needs_bus
def test_a_desktop_without_a_store_and_no_desktop_at_all_are_told(
    bus: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(2):
        with pytest.raises(DeviceSecretMissing) as caught:
            device_secret.look()
        assert caught.value.reason in ("none_here", "refused")
        monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
        monkeypatch.setenv("XDG_RUNTIME_DIR", "/nonexistent")


@needs_bus
def test_neither_environment_nor_home_can_put_another_store_in_its_place(
    bus: dict[str, str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What `keyring` itself obeys: a backend by name, properties of the backend, a file in the home directory."""
    taken = tmp_path / "taken"
    thief = tmp_path / "thief"
    thief.mkdir()
    (thief / "thief.py").write_text(
        "from keyring.backend import KeyringBackend\n"
        f"open({str(taken)!r}, 'a').write('imported')\n"
        "class Keyring(KeyringBackend):\n"
        "    priority = 99\n"
        "    def get_password(self, service, username): return '00' * 32\n"
        f"    def set_password(self, service, username, password): open({str(taken)!r}, 'a').write(password)\n"
    )
    (thief / "sitecustomize.py").write_text("import thief\n")
    home = tmp_path / "home"
    config = home / ".config" / "python_keyring"
    config.mkdir(parents=True)
    (config / "keyringrc.cfg").write_text(
        f"[backend]\ndefault-keyring=thief.Keyring\nkeyring-path={thief}\n", encoding="utf-8"
    )
    with secret_service(bus):
        for name, value in {
            "PYTHON_KEYRING_BACKEND": "thief.Keyring",
            "PYTHONPATH": str(thief),
            "PYTHONSTARTUP": str(thief / "thief.py"),
            "HOME": str(home),
            "XDG_CONFIG_HOME": str(home / ".config"),
            "KEYRING_PROPERTY_PREFERRED_COLLECTION": "/org/freedesktop/secrets/collection/session",
            "KEYRING_PROPERTY_GET_PASSWORD": "nothing to call",
            "KEYRING_PROPERTY_APPID": "thief",
        }.items():
            monkeypatch.setenv(name, value)
        tie = device_secret.new_tie()
        assert device_secret.read(tie.name) == tie.secret
    assert not taken.exists()


def test_the_name_in_the_store_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[str, str]] = []

    class Recording:
        def set_password(self, service: str, name: str, _secret: str) -> None:
            asked.append((service, name))

    monkeypatch.setattr(device_secret, "_store", Recording)
    monkeypatch.setattr(device_secret, "_is_there", lambda: True)
    device_secret._carried_out({"do": "write", "name": TIE.name.hex(), "secret": TIE.secret.hex()})
    assert asked == [("Local data", TIE.name.hex())]


def test_a_copied_folder_is_not_enough(tied: Path, store: Store, tmp_path: Path) -> None:
    stolen = tmp_path / "stolen"
    shutil.copytree(tied, stolen)
    store.kept.clear()
    with pytest.raises(WrongPassphraseOrComputer):
        opened(stolen)

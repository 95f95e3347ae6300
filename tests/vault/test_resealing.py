"""A weak slot is sealed stronger after somebody came in; whatever goes wrong leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import DerivationFailed, UnlockCancelled, WrongPassphrase
from aftercare.vault import OpenVault, open_vault, resealing
from aftercare.vault.derive import derive_apart, measure_apart
from aftercare.vault.kdf import CHEAP_KDF, MEBIBYTE, PRODUCT_FLOOR, KdfParameters, memory_kibibytes
from aftercare.vault.resealing import CameIn, is_worth_it, plan_resealing, put_in_place, seal_anew
from conftest import NOW
from ledger import Ledger

PASSPHRASE = "the heron sings at dusk"
SLOWLY = CameIn(PASSPHRASE, 0.9)
STRONG = KdfParameters(64 * MEBIBYTE, 3, 1)
Unlock = Callable[..., OpenVault]


@pytest.fixture(autouse=True)
def _measured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resealing, "measure_apart", lambda _cancelled: STRONG)


def reseal(vault: OpenVault, came_in: CameIn = SLOWLY) -> bool:
    plan = plan_resealing(vault, came_in)
    if plan is None:
        return False
    sealed = seal_anew(plan, Event())
    return sealed is not None and put_in_place(vault, sealed)


def strength_of(vault: OpenVault) -> KdfParameters:
    slot = resealing.slot_of(vault)
    assert slot is not None
    return slot.kdf


def test_a_weak_slot_becomes_strong_and_opens_as_before(vault: OpenVault, unlock: Unlock, folder: Path) -> None:
    ledger = Ledger(vault)
    assert strength_of(vault) == CHEAP_KDF
    assert reseal(vault)
    assert strength_of(vault) == STRONG
    assert [(action, kind, about) for action, kind, about, _reason in ledger] == [
        ("vault.key_strengthened", "staff", vault.account_id)
    ]
    vault.close()
    with open_vault(folder, "A. Rahman", PASSPHRASE, clock=stopped_at(NOW)) as again:
        assert strength_of(again) == STRONG
        assert again.opened_warnings == ()
        assert not reseal(again)
    with pytest.raises(WrongPassphrase):
        unlock("another passphrase altogether")


def test_nobody_elses_way_in_changes(vault: OpenVault) -> None:
    before = {owner for owner in vault.unlocked.inner.owners if owner.account != vault.account_id}
    slots_before = {slot for slot in vault.unlocked.header.slots if slot.id in {owner.slot for owner in before}}
    assert reseal(vault)
    assert before <= set(vault.unlocked.inner.owners)
    assert slots_before <= set(vault.unlocked.header.slots)
    assert len(vault.unlocked.inner.owners) == len(before) + 1
    assert len(vault.unlocked.header.slots) == 16


def test_the_old_slot_is_in_neither_copy_of_the_header(vault: OpenVault) -> None:
    old = resealing.slot_of(vault)
    assert old is not None
    assert reseal(vault)
    for name in ("header.a", "header.b"):
        assert old.private_sealed.hex().encode() not in (vault.folder / name).read_bytes()


def test_a_strong_slot_is_measured_again_only_where_the_computer_was_much_quicker(vault: OpenVault) -> None:
    assert reseal(vault)
    assert plan_resealing(vault, CameIn(PASSPHRASE, 0.46)) is None
    plan = plan_resealing(vault, CameIn(PASSPHRASE, 0.3))
    assert plan is not None
    assert plan.measures
    assert seal_anew(plan, Event()) is None


@pytest.mark.parametrize(
    ("measured", "now", "gain"),
    [
        ((256, 3), (256, 3), False),
        ((256, 4), (256, 3), False),
        ((256, 5), (256, 3), True),
        ((128, 20), (256, 3), False),
        ((256, 3), (64, 3), True),
    ],
)
def test_only_a_clear_gain_is_worth_it_and_never_less_memory(
    measured: tuple[int, int], now: tuple[int, int], gain: bool
) -> None:
    one, other = (KdfParameters(memory * MEBIBYTE, passes, 1) for memory, passes in (measured, now))
    assert is_worth_it(one, other) is gain


def test_giving_up_and_too_little_memory_leave_the_slot_as_it_was(
    vault: OpenVault, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = plan_resealing(vault, SLOWLY)
    assert plan is not None
    stopped = Event()
    stopped.set()
    with pytest.raises(UnlockCancelled):
        seal_anew(plan, stopped)

    def fail(_cancelled: Event) -> KdfParameters:
        raise DerivationFailed(256)

    monkeypatch.setattr(resealing, "measure_apart", fail)
    with pytest.raises(DerivationFailed):
        seal_anew(plan, Event())
    assert strength_of(vault) == CHEAP_KDF


def test_a_slot_that_was_changed_meanwhile_is_left_alone(vault: OpenVault) -> None:
    plan = plan_resealing(vault, SLOWLY)
    assert plan is not None
    late = seal_anew(plan, Event())
    assert reseal(vault)
    assert late is not None
    assert not put_in_place(vault, late)
    assert not put_in_place(vault, replace(late, slot=replace(late.slot, sealed_at=7)))


def test_what_is_kept_for_it_never_shows_the_passphrase(vault: OpenVault) -> None:
    assert PASSPHRASE not in repr(plan_resealing(vault, SLOWLY))


def test_measuring_apart_keeps_floor_cap_and_a_quarter_of_memory() -> None:
    measured = measure_apart(Event())
    assert PRODUCT_FLOOR.kibibytes <= measured.kibibytes <= max(PRODUCT_FLOOR.kibibytes, memory_kibibytes() // 4)
    assert measured.kibibytes <= 256 * MEBIBYTE
    assert PRODUCT_FLOOR.passes <= measured.passes <= 20
    assert derive_apart(Event())(b"secret", bytes(16), CHEAP_KDF)
    stopped = Event()
    stopped.set()
    with pytest.raises(UnlockCancelled):
        measure_apart(stopped)

"""A new recovery code: made, copied back, and only then in place of the old one; by who may, and in the log."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from aftercare.domain.clock import stopped_at
from aftercare.domain.errors import (
    ConfirmationNeeded,
    FileNotWritten,
    NotAllowed,
    RecoveryCodeIncomplete,
    RecoveryCodeNotCopied,
    RecoveryPartUnreadable,
    WrongPassphrase,
)
from aftercare.domain.permissions import Role
from aftercare.services.door import new_recovery_kit
from aftercare.services.opening import FirstPerson, create_office, open_office
from aftercare.services.recovery import open_with_code
from aftercare.services.recovery_kit import kit_pdf, renew_recovery_code, save_kit
from aftercare.vault import CHEAP_KDF, RecoveryCode, RecoveryKit
from conftest import CLOCK, FIRST, NOW, PASSPHRASE
from ledger import Ledger


class Made:
    """An open office and the code that was made with it."""

    def __init__(self, folder: Path, first: FirstPerson = FIRST) -> None:
        self.folder = folder
        self.office, self.code = create_office(folder, first, PASSPHRASE, clock=CLOCK, kdf=CHEAP_KDF)
        self.ledger = Ledger(self.office.vault)

    @property
    def logged(self) -> list[str]:
        return [action for action, _kind, _object, _reason in self.ledger]

    def renew(self, kit: RecoveryKit, *typed: str) -> None:
        renew_recovery_code(self.office, kit, typed, kdf=CHEAP_KDF)

    def opens_with(self, *typed: str) -> bool:
        self.office.close()
        try:
            open_with_code(self.folder, *typed, clock=CLOCK).close()
        except WrongPassphrase:
            return False
        return True


@pytest.fixture
def made(tmp_path: Path) -> Iterator[Made]:
    made = Made(tmp_path / "vault")
    yield made
    made.office.close()


def texts(kit: RecoveryKit) -> list[str]:
    return [" ".join(sheet.groups) for sheet in kit.sheets]


def test_a_copied_code_takes_the_place_of_the_old_one(made: Made) -> None:
    kit = new_recovery_kit()
    made.renew(kit, *texts(kit))
    assert made.logged == ["vault.recovery_code_replaced"]
    assert not made.opens_with(made.code.text)
    assert made.opens_with(kit.code.text.lower())
    with open_office(made.folder, "rahman", PASSPHRASE, clock=CLOCK) as again:
        assert again.desk.actor.name == "A. Rahman"


def test_a_code_split_in_two_opens_only_with_both(made: Made) -> None:
    kit = new_recovery_kit(for_two=True)
    one, other = texts(kit)
    made.renew(kit, one, other)
    assert made.opens_with(other, one)
    assert not made.opens_with(RecoveryCode(kit.parts[0].secret).text)


@pytest.mark.parametrize("typed", [(), ("",), ("the old one",)])
def test_a_code_that_was_not_copied_changes_nothing(made: Made, typed: tuple[str, ...]) -> None:
    kit = new_recovery_kit()
    wrong = tuple(made.code.text if text == "the old one" else text for text in typed)
    with pytest.raises((RecoveryCodeIncomplete, RecoveryCodeNotCopied)):
        made.renew(kit, *wrong)
    assert made.logged == []
    assert made.opens_with(made.code.text)


def test_both_parts_must_be_copied_each_in_its_place(made: Made) -> None:
    kit = new_recovery_kit(for_two=True)
    one, other = texts(kit)
    for typed in ((one,), (one, one), (other, one), (one + other, "")):
        with pytest.raises((RecoveryCodeIncomplete, RecoveryCodeNotCopied)):
            made.renew(kit, *typed)
    with pytest.raises(RecoveryPartUnreadable):
        made.renew(kit, one, other.replace(kit.sheets[1].groups[2], "00000"))
    assert made.opens_with(made.code.text)


@pytest.mark.parametrize("roles", [{Role.CASE_WORKER}, {Role.MANAGER, Role.CASE_WORKER}, {Role.VIEWER}, {Role.AUDITOR}])
def test_only_an_administrator_renews_it(tmp_path: Path, roles: set[Role]) -> None:
    made = Made(tmp_path / "vault", FirstPerson("osei", "L. Osei", frozenset(roles)))
    kit = new_recovery_kit()
    with made.office, pytest.raises(NotAllowed):
        made.renew(kit, *texts(kit))


def test_whoever_was_silent_for_long_says_first_who_they_are(made: Made) -> None:
    kit = new_recovery_kit()
    made.office.desk.clock = stopped_at(NOW + timedelta(minutes=6))
    with pytest.raises(ConfirmationNeeded):
        made.renew(kit, *texts(kit))


def test_it_is_saved_for_its_owner_alone_and_leaves_nothing_beside(tmp_path: Path) -> None:
    kit = new_recovery_kit()
    save_kit(kit, tmp_path / "page.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["page.pdf"]
    assert stat.S_IMODE((tmp_path / "page.pdf").stat().st_mode) == 0o600
    assert (tmp_path / "page.pdf").read_bytes() == kit_pdf(kit)
    with pytest.raises(FileNotWritten):
        save_kit(kit, tmp_path / "nowhere" / "page.pdf")


def test_the_code_is_in_no_file_of_the_vault(made: Made) -> None:
    kit = new_recovery_kit(for_two=True)
    made.renew(kit, *texts(kit))
    made.office.close()
    for path in made.folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            for secret in (kit.code.secret, *(part.secret for part in kit.parts)):
                assert secret not in content
                assert secret.hex().encode() not in content

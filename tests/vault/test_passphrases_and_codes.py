"""Passphrases and recovery codes: what is refused and why, what is forgiven, what is made."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.errors import RecoveryCodeIncomplete, RecoveryCodeUnreadable
from aftercare.vault import PassphraseFault, RecoveryCode, check_passphrase, generate_passphrase, parse_recovery_code
from aftercare.vault.check_digits import ALPHABET
from aftercare.vault.passphrases import generated_words
from aftercare.vault.recovery import new_recovery_code

codes = st.binary(min_size=20, max_size=20).map(RecoveryCode)


@pytest.mark.parametrize(
    "passphrase",
    [
        "the heron sings at dusk",
        "correct horses eat marigolds",
        "пароль длинный очень",
        "ความลับของฉันคือดอกไม้",
        "花が咲いている庭で猫が静かに眠る",
        "9f!Kq2#vLw8@zRt5",
        "mi gato duerme sobre el piano",
    ],
)
def test_good_passphrases_of_any_script_are_taken(passphrase: str) -> None:
    assert check_passphrase(passphrase, ("A. Rahman",)) == []


@pytest.mark.parametrize(
    "passphrase",
    [
        "passwordpassword",
        "Password12345678!",
        "P@ssw0rdP@ssw0rd",
        "123456789012345",
        "qwertyuiopasdfgh",
        "aaaaaaaaaaaaaaaaaaaa",
        "abcabcabcabcabcabc",
        "Summer2026Summer2026",
        "correct horse battery staple",
        "abcdefghijklmnopqrstuvwxyz",
        "               ",
    ],
)
def test_common_words_runs_and_repetitions_are_refused(passphrase: str) -> None:
    assert check_passphrase(passphrase) == [PassphraseFault.COMMON]


def test_short_and_endless_passphrases_are_refused() -> None:
    assert PassphraseFault.TOO_SHORT in check_passphrase("k7#Vw!pQ2z")
    assert check_passphrase("x" * 2000) == [PassphraseFault.TOO_LONG]


def test_names_that_are_known_here_do_not_count() -> None:
    assert check_passphrase("Amira Rahman Amira R", ("Amira Rahman",)) == [PassphraseFault.CONTEXT]
    assert check_passphrase("casa-aurora-lisboa", ("Casa Aurora", "Lisboa")) == [PassphraseFault.CONTEXT]
    assert check_passphrase("Amira walks along the quiet river", ("Amira Rahman",)) == []


def test_generated_passphrases_have_six_words_and_are_never_refused() -> None:
    for _ in range(300):
        made = generate_passphrase()
        assert len(made.split("-")) == 6
        assert check_passphrase(made) == []


def test_the_word_list_is_long_enough_and_plain() -> None:
    words = generated_words()
    assert len(words) == len(set(words)) >= 1296
    assert all(word.isascii() and word.isalpha() and word.islower() and 3 <= len(word) <= 9 for word in words)


@settings(max_examples=60, deadline=None)
@given(code=codes)
def test_a_code_is_read_as_it_was_printed(code: RecoveryCode) -> None:
    assert parse_recovery_code(code.text) == code
    assert [len(group) for group in code.groups] == [5] * 8


@settings(max_examples=60, deadline=None)
@given(code=codes)
def test_case_spaces_and_look_alikes_are_forgiven(code: RecoveryCode) -> None:
    typed = code.text.lower().replace("-", "  ").replace("0", "o").replace("1", "l")
    assert parse_recovery_code(f"\t{typed}\n") == code


@settings(max_examples=200, deadline=None)
@given(code=codes, at=st.integers(0, 39), other=st.sampled_from(ALPHABET))
def test_a_wrong_character_names_its_group(code: RecoveryCode, at: int, other: str) -> None:
    characters = list("".join(code.groups))
    if characters[at] == other:
        return
    characters[at] = other
    with pytest.raises(RecoveryCodeUnreadable) as caught:
        parse_recovery_code("".join(characters))
    assert caught.value.group == at // 5 + 1


@settings(max_examples=100, deadline=None)
@given(code=codes, at=st.integers(0, 39), distance=st.integers(1, 4))
def test_two_swapped_characters_of_a_group_are_found(code: RecoveryCode, at: int, distance: int) -> None:
    characters = list("".join(code.groups))
    other = at // 5 * 5 + (at + distance) % 5
    if characters[at] == characters[other]:
        return
    characters[at], characters[other] = characters[other], characters[at]
    with pytest.raises(RecoveryCodeUnreadable):
        parse_recovery_code("".join(characters))


@settings(max_examples=60, deadline=None)
@given(code=codes, one=st.integers(0, 7), other=st.integers(0, 7))
def test_two_swapped_groups_are_found(code: RecoveryCode, one: int, other: int) -> None:
    groups = list(code.groups)
    if one == other or groups[one][:4] == groups[other][:4]:
        return
    groups[one], groups[other] = groups[other], groups[one]
    with pytest.raises(RecoveryCodeUnreadable):
        parse_recovery_code("-".join(groups))


def test_missing_and_foreign_characters_are_told_apart() -> None:
    code = new_recovery_code()
    with pytest.raises(RecoveryCodeIncomplete):
        parse_recovery_code("-".join(code.groups[:-1]))
    with pytest.raises(RecoveryCodeIncomplete):
        parse_recovery_code(code.text + "0")
    with pytest.raises(RecoveryCodeUnreadable):
        parse_recovery_code(code.text.replace(code.groups[3], "????é"))
    assert repr(code) == "RecoveryCode()"

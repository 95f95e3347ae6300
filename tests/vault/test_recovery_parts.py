"""The recovery code in two parts: each alone is noise, both restore it, and what is wrong is said of the right one."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.errors import (
    Bug,
    RecoveryCodeIncomplete,
    RecoveryCodeUnreadable,
    RecoveryPartIncomplete,
    RecoveryPartMissing,
    RecoveryPartsAlike,
    RecoveryPartsOfTwoKits,
    RecoveryPartUnreadable,
)
from aftercare.vault import RecoveryCode
from aftercare.vault.check_digits import ALPHABET
from aftercare.vault.recovery import new_recovery_code
from aftercare.vault.recovery_parts import RecoveryPart, new_kit, read_typed, recovered_code, split

codes = st.binary(min_size=20, max_size=20).map(RecoveryCode)


def other_tag(part: RecoveryPart) -> RecoveryPart:
    """The same bits as they would stand on the paper of another kit."""
    return RecoveryPart(part.number, ((part.tag[0] + 1) % 32, *part.tag[1:]), part.secret)


@settings(max_examples=60, deadline=None)
@given(code=codes)
def test_both_parts_restore_the_code_in_any_order_in_one_text_or_in_two(code: RecoveryCode) -> None:
    for one, other in permutations(part.text for part in split(code)):
        assert recovered_code(one, other) == code
        assert recovered_code(f"{one}\n{other}\n") == code
        assert recovered_code("", one + other) == code


@settings(max_examples=60, deadline=None)
@given(code=codes)
def test_case_dashes_and_look_alikes_are_forgiven(code: RecoveryCode) -> None:
    one, other = (part.text.lower().replace("0", "o").replace("1", "l").replace("-", " ") for part in split(code))
    assert recovered_code(f"  {other}", f"\t{one}\n") == code


@settings(max_examples=40, deadline=None)
@given(code=codes, other_code=codes)
def test_any_code_has_a_second_part_that_fits_the_first(code: RecoveryCode, other_code: RecoveryCode) -> None:
    """So the first part rules out no code at all: whoever has it knows what they knew before."""
    one, other = split(code)
    fitting = bytes(a ^ b for a, b in zip(other_code.secret, one.secret, strict=True))
    assert recovered_code(one.text, RecoveryPart(2, one.tag, fitting).text) == other_code
    fitting = bytes(a ^ b for a, b in zip(other_code.secret, other.secret, strict=True))
    assert recovered_code(RecoveryPart(1, other.tag, fitting).text, other.text) == other_code


def test_parts_of_one_code_are_drawn_anew_and_every_bit_of_them_by_chance() -> None:
    code = RecoveryCode(bytes(20))
    drawn = [split(code) for _ in range(400)]
    assert len({one.secret for one, _other in drawn}) == 400
    for number in range(2):
        ones = [sum(pair[number].secret[bit // 8] >> bit % 8 & 1 for pair in drawn) for bit in range(160)]
        # 400 throws of a coin: beyond 130 or 270 is further than seven standard deviations
        assert min(ones) > 130
        assert max(ones) < 270


@settings(max_examples=200, deadline=None)
@given(code=codes, number=st.integers(0, 1), at=st.integers(0, 44), wrong=st.sampled_from(ALPHABET))
def test_a_wrong_character_names_part_and_group(code: RecoveryCode, number: int, at: int, wrong: str) -> None:
    parts = split(code)
    characters = list("".join(parts[number].groups))
    if characters[at] == wrong:
        return
    characters[at] = wrong
    with pytest.raises(RecoveryPartUnreadable) as caught:
        recovered_code(*("".join(characters) if part is parts[number] else part.text for part in parts))
    assert caught.value.group == at // 5 + 1
    if at:  # the first character is the number itself
        assert caught.value.part == number + 1


@settings(max_examples=60, deadline=None)
@given(code=codes, group=st.integers(1, 8))
def test_a_group_of_the_other_part_or_of_a_whole_code_is_found(code: RecoveryCode, group: int) -> None:
    one, other = split(code)
    for foreign in (other.groups[group], RecoveryCode(one.secret).groups[group - 1]):
        mixed = "-".join((*one.groups[:group], foreign, *one.groups[group + 1 :]))
        with pytest.raises(RecoveryPartUnreadable) as caught:
            recovered_code(mixed, other.text)
        assert (caught.value.part, caught.value.group) == (1, group + 1)


@settings(max_examples=60, deadline=None)
@given(code=codes, length=st.integers(5, 44), number=st.integers(0, 1))
def test_a_part_that_ends_too_early_is_told_from_a_code(code: RecoveryCode, length: int, number: int) -> None:
    part = split(code)[number]
    with pytest.raises(RecoveryPartIncomplete) as caught:
        recovered_code("".join(part.groups)[:length])
    assert caught.value.part == number + 1


def test_one_part_alone_asks_for_the_other() -> None:
    one, other = split(new_recovery_code())
    for given_part, missing in ((one, 2), (other, 1)):
        with pytest.raises(RecoveryPartMissing) as caught:
            recovered_code(given_part.text, "  ")
        assert caught.value.part == missing


def test_twice_the_same_part_is_told() -> None:
    one, other = split(new_recovery_code())
    for part in (one, other):
        with pytest.raises(RecoveryPartsAlike) as caught:
            recovered_code(part.text, part.text.lower())
        assert caught.value.part == part.number


def test_parts_of_different_kits_are_told() -> None:
    one, other = split(new_recovery_code())
    for typed in ((one, other_tag(other)), (one, other_tag(one))):
        with pytest.raises(RecoveryPartsOfTwoKits):
            recovered_code(*(part.text for part in typed))


def test_a_whole_code_stands_alone_and_is_read_as_ever() -> None:
    code = new_recovery_code()
    one, other = split(code)
    assert recovered_code(code.text) == recovered_code(code.text, "") == recovered_code(one.text, code.text) == code
    for nothing in ((), ("",), (" - ", "\n")):
        with pytest.raises(RecoveryCodeIncomplete):
            recovered_code(*nothing)
    with pytest.raises(RecoveryCodeIncomplete):
        recovered_code(code.text + "0")
    with pytest.raises(RecoveryCodeIncomplete):
        recovered_code(one.text + other.text + one.text)
    with pytest.raises(RecoveryCodeUnreadable):
        recovered_code("not a code at all")


def test_a_kit_has_a_sheet_for_each_who_keeps_something_and_knows_its_copies() -> None:
    whole, shared = new_kit(), new_kit(for_two=True)
    assert [(sheet.part, len(sheet.groups)) for sheet in whole.sheets] == [(0, 8)]
    assert [(sheet.part, len(sheet.groups)) for sheet in shared.sheets] == [(1, 9), (2, 9)]
    assert whole.is_sheet(0, " ".join(whole.sheets[0].groups).lower())
    assert not whole.is_sheet(0, new_recovery_code().text)
    texts = ["-".join(sheet.groups) for sheet in shared.sheets]
    assert shared.is_sheet(0, texts[0])
    assert shared.is_sheet(1, texts[1])
    assert not shared.is_sheet(0, texts[1])
    assert not shared.is_sheet(0, "".join(texts))
    assert not shared.is_sheet(1, shared.code.text)
    assert recovered_code(*texts) == shared.code


def test_parts_show_their_number_first_and_their_secret_never() -> None:
    one, other = split(new_recovery_code())
    assert (one.groups[0][0], other.groups[0][0]) == ("1", "2")
    assert one.groups[0][1:4] == other.groups[0][1:4]
    assert read_typed(one.text) == (one,)
    assert str(one.secret) not in repr(one)
    assert one.groups[3] not in repr(new_kit().sheets)
    with pytest.raises(Bug):
        RecoveryPart(3, one.tag, one.secret)

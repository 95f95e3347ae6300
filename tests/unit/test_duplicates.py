"""Search before create: who may be the person being typed."""

from __future__ import annotations

from uuid import UUID

import pytest

from aftercare.domain.duplicates import (
    Register,
    birth_likeness,
    name_words,
    number_key,
    phone_key,
)
from aftercare.domain.likeness import Reason, TypedPerson
from aftercare.domain.partial_date import PartialDate
from aftercare.domain.rows.survivors import KnownPerson


def known(number: int, *names: str, born: str | None = None, phone: str = "", paper: str = "") -> KnownPerson:
    return KnownPerson(
        UUID(int=number),
        f"S-{number:04d}",
        names,
        born,
        (phone,) if phone else (),
        (paper,) if paper else (),
    )


REGISTER = Register(
    [
        known(1, "Łucja Wiśniewska", born="1998-03-12"),
        known(2, "Mohammed Ali Hassan", "محمد علي حسن", born="1990-01-02"),
        known(3, "Somchai"),
        known(4, "Wang Xiaoming", born="2001"),
        known(5, "Олена Ковальчук", born="1995-07-30"),
        known(6, "Blessing Osagie", born="1999-05-04", phone="+47 912 34 567"),
        known(7, "Maria Lopez", born="1997-11-05"),
        known(8, "Maria Gomez", paper="AB 123-456"),
        known(9, "Selam"),
    ]
)


def likely(*names: str, born: str = "", phone: str = "", paper: str = "") -> list[tuple[int, Reason]]:
    typed = TypedPerson(names, born, (phone,) if phone else (), (paper,) if paper else ())
    return [(found.person.survivor_id.int, found.reasons[0]) for found in REGISTER.alike(typed)]


@pytest.mark.parametrize(
    ("typed", "person", "reason"),
    [
        ("Lucja Wisniewska", 1, Reason.SAME_NAME),
        ("Wiśniewska Łucja", 1, Reason.NAMES_SWAPPED),
        ("Lucia Wisniewski", 1, Reason.SIMILAR_NAME),
        ("Łucja Wiśn", 1, Reason.SIMILAR_NAME),
        ("Muhammad Ali Hasan", 2, Reason.SOUNDS_ALIKE),
        ("مُحَمَّد علی حسن", 2, Reason.SAME_NAME),
        ("สมชาย", 3, Reason.SOUNDS_ALIKE),
        ("王小明", 4, Reason.SAME_NAME),
        ("Xiaoming Wang", 4, Reason.NAMES_SWAPPED),
        ("Olena Kovalchuk", 5, Reason.SAME_NAME),
        ("Elena Kowaltschuk", 5, Reason.SOUNDS_ALIKE),
        ("Blessing Osagi", 6, Reason.SIMILAR_NAME),
        ("ሰላም", 9, Reason.SAME_NAME),
    ],
)
def test_a_name_is_known_again_however_it_is_spelt(typed: str, person: int, reason: Reason) -> None:
    assert likely(typed)[0] == (person, reason)


@pytest.mark.parametrize("typed", ["", "M", "Maria", "Anna Schmidt", "Ali", "?? --"])
def test_a_common_or_unknown_name_alone_raises_nobody(typed: str) -> None:
    assert likely(typed) == []


def test_a_shared_first_name_counts_together_with_the_birth_date() -> None:
    assert likely("Maria", born="1997-11-05") == [(7, Reason.SIMILAR_NAME)]


@pytest.mark.parametrize("typed", ["M", "Ma", "L", "M. L."])
def test_a_short_name_together_with_the_same_birth_date_says_who_she_is(typed: str) -> None:
    assert likely(typed, born="1997-11-05") == [(7, Reason.SIMILAR_NAME)]
    assert likely(typed, born="1997-11") == []


def test_the_same_birth_date_says_who_she_is_until_another_name_is_typed() -> None:
    assert likely(born="1997-11-05") == [(7, Reason.SAME_BIRTH_DATE)]
    assert likely(born="1997-11") == []
    assert likely("Selam", born="1997-11-05") == [(9, Reason.SAME_NAME)]
    assert likely("B", born="1997-11-05") == []


def test_whoever_shares_more_than_a_beginning_comes_first() -> None:
    register = Register([known(1, "Jo", born="1998-03-12"), known(2, "Joanna Kos", born="1998-03-12")])
    assert [one.person.survivor_id.int for one in register.alike(TypedPerson(("Joanna",), "1998-03-12"))] == [2, 1]


def test_a_phone_number_is_the_same_with_and_without_its_country() -> None:
    assert likely(phone="91234567") == [(6, Reason.SAME_PHONE)]
    assert likely(phone="0047 912 34 567") == [(6, Reason.SAME_PHONE)]


def test_the_number_of_a_paper_is_the_same_however_it_is_grouped() -> None:
    assert likely(paper="ab123456") == [(8, Reason.SAME_ID_NUMBER)]


def test_a_contradicting_birth_date_lowers_and_a_fitting_one_raises() -> None:
    def score(born: str) -> float:
        found = REGISTER.alike(TypedPerson(("Lucja Wisniewska",), born))
        return found[0].score if found else 0.0

    assert score("1998-03-12") > score("1998") > score("") > score("1970-01-01")
    assert score("1998-12-03") > score("1998")


@pytest.mark.parametrize(
    ("typed", "kept", "reason"),
    [
        ("1998-03-12", "1998-03-12", Reason.SAME_BIRTH_DATE),
        ("1998-03", "1998-03-12", Reason.BIRTH_DATE_FITS),
        ("1998-12-03", "1998-03-12", Reason.DAY_AND_MONTH_SWAPPED),
        ("1998-03-13", "1998-03-12", Reason.SIMILAR_BIRTH_DATE),
        ("1999-03-12", "1998-03-12", Reason.SIMILAR_BIRTH_DATE),
        ("1996~", "1998~", Reason.SIMILAR_BIRTH_DATE),
    ],
)
def test_birth_dates_are_compared_as_people_mistake_them(typed: str, kept: str, reason: Reason) -> None:
    evidence, factor = birth_likeness(PartialDate.from_edtf(typed), PartialDate.from_edtf(kept))
    assert evidence.reasons == (reason,)
    assert factor == 1.0


def test_birth_dates_far_apart_contradict() -> None:
    evidence, factor = birth_likeness(PartialDate(1998), PartialDate(1980))
    assert evidence.reasons == ()
    assert factor < 1


def test_the_likeliest_comes_first_and_no_more_than_asked_for() -> None:
    found = REGISTER.alike(TypedPerson(("Maria Lopez",), "1997-11-05", ("+4791234567",)), most=2)
    assert [one.person.survivor_id.int for one in found] == [7, 6]
    assert found[0].score >= found[1].score
    assert len(REGISTER.alike(TypedPerson(("Maria Lopez",), "1997-11-05", ("+4791234567",)), most=1)) == 1


def test_keys_are_plain_and_too_short_ones_say_nothing() -> None:
    assert name_words("O’Brien-Łucja") == ("obrien", "lucja")
    assert phone_key("12345") == ""
    assert number_key("A-1") == ""
    assert len(REGISTER) == 9
    assert Register([]).alike(TypedPerson(("Anyone",))) == ()

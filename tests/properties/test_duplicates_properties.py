"""Likely duplicates: whoever is typed again is found, and any text is only text."""

from __future__ import annotations

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.duplicates import Register
from aftercare.domain.likeness import TypedPerson
from aftercare.domain.rows.survivors import KnownPerson

SYLLABLES = ["ma", "ri", "jo", "tar", "ek", "ol", "ga", "lu", "ye", "sel", "ham", "med", "kha", "nu", "zo", "wa"]
WORDS = st.lists(st.sampled_from(SYLLABLES), min_size=2, max_size=4).map("".join)
NAMES = st.lists(WORDS, min_size=2, max_size=3).map(" ".join)


def register(names: list[str]) -> Register:
    return Register(
        KnownPerson(UUID(int=place), f"S-{place:04d}", (name,), None, (), ()) for place, name in enumerate(names)
    )


@settings(max_examples=60)
@given(st.lists(NAMES, min_size=1, max_size=20, unique=True), st.data())
def test_who_is_typed_again_in_any_order_is_found(names: list[str], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(names))
    typed = " ".join(data.draw(st.permutations(name.split())))
    found = register(names).alike(TypedPerson((typed,)), most=len(names))
    assert name in {one.person.names[0] for one in found}


@settings(max_examples=80)
@given(st.text(max_size=20), st.text(max_size=12), st.text(max_size=12), st.text(max_size=12))
def test_any_text_is_only_text_and_scores_stay_between_0_and_1(name: str, born: str, phone: str, paper: str) -> None:
    people = Register([KnownPerson(UUID(int=1), "S-0001", (name, "Ada Lind"), born, (phone,), (paper,))])
    for one in people.alike(TypedPerson((name,), born, (phone,), (paper,))):
        assert 0.5 <= one.score <= 1
        assert one.reasons

"""A code of a later version: what holds it is explained and kept as it is, everything else goes on."""

from __future__ import annotations

import pytest

from aftercare import notices
from aftercare.domain.drafts.people import NameDraft, PersonDraft
from aftercare.domain.errors import WrittenByLaterVersion
from aftercare.services.desk import Desk
from aftercare.services.survivors import correct_person, list_survivors, open_person, person_draft
from makers import a_survivor

_LATER = "of_a_later_version"


def _write(desk: Desk, table: str, column: str, value: str = _LATER) -> None:
    with desk.engine.begin() as connection:
        connection.exec_driver_sql(f'UPDATE "{table}" SET "{column}" = ?', (value,))


def _read(desk: Desk, table: str, column: str) -> list[str]:
    with desk.engine.connect() as connection:
        return list(connection.exec_driver_sql(f'SELECT "{column}" FROM "{table}"').scalars())


def test_a_code_of_a_later_version_is_explained(desk: Desk) -> None:
    head = a_survivor(desk, "Selam", "Tesfay")
    _write(desk, "survivor_case", "stage")
    with pytest.raises(WrittenByLaterVersion) as told:
        desk.ask(open_person, head.survivor_id)
    words = str(notices.explain(told.value))
    assert "nothing is lost" in words
    assert "Install the later version" in words


def test_what_a_later_version_wrote_stays_as_it_is(desk: Desk) -> None:
    head = a_survivor(desk, "Selam", "Tesfay")
    draft = desk.ask(person_draft, head.survivor_id)
    _write(desk, "survivor_name", "kind")
    names = (NameDraft(given="Somebody", family="Else", id=draft.names[0].id),)
    changed = PersonDraft(names=names, version=draft.version)
    with pytest.raises(WrittenByLaterVersion):
        desk.do(correct_person, head.survivor_id, changed)
    assert _read(desk, "survivor_name", "kind") == [_LATER]
    assert _read(desk, "survivor_name", "given") == ["Selam"]


def test_everything_else_can_be_used_as_before(desk: Desk) -> None:
    a_survivor(desk, "Selam", "Tesfay")
    _write(desk, "survivor_name", "kind")
    assert desk.ask(list_survivors).total == 1

"""The full-text index: in step with its words, forgetting what is deleted, finding by prefix what was folded."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import text

from aftercare.domain.errors import DatabaseDamaged
from aftercare.vault import OpenVault
from aftercare.vault.search_index import check_search_index, optimise_search_index, rebuild_search_index


def add(vault: OpenVault, number: int, words: str) -> None:
    with vault.engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO search_entry (id, kind, object_id, survivor_id, text)"
                " VALUES (:id, 'note', :object, :object, :words)"
            ),
            {"id": number, "object": UUID(int=number).hex, "words": words},
        )


def found(vault: OpenVault, question: str) -> list[int]:
    with vault.engine.connect() as connection:
        rows = connection.execute(
            text("SELECT rowid FROM search_fts WHERE search_fts MATCH :question ORDER BY rowid"), {"question": question}
        )
        return list(rows.scalars())


def test_folded_words_are_found_by_their_beginnings(vault: OpenVault) -> None:
    add(vault, 1, "appointment at the clinic")
    add(vault, 2, "ecole pres de la gare ကိုယ်")
    assert found(vault, "appo*") == [1]
    assert found(vault, "cl* AND ap*") == [1]
    assert found(vault, "gar* OR clinic") == [1, 2]
    assert found(vault, '"ကိုယ်"') == [2]  # a vowel sign does not cut a word


def test_changed_and_removed_words_are_not_found_any_more(vault: OpenVault) -> None:
    add(vault, 1, "first words")
    add(vault, 2, "second words")
    with vault.engine.begin() as connection:
        connection.execute(text("UPDATE search_entry SET text = 'other things' WHERE id = 1"))
        connection.execute(text("DELETE FROM search_entry WHERE id = 2"))
    assert found(vault, "words") == []
    assert found(vault, "things") == [1]
    with vault.engine.begin() as connection:
        check_search_index(connection)


def in_the_index(vault: OpenVault, word: bytes) -> bool:
    with vault.engine.connect() as connection:
        return any(word in block for block in connection.execute(text("SELECT block FROM search_fts_data")).scalars())


@pytest.mark.promise(6)
@pytest.mark.parametrize("earlier", [2, 20, 41])  # some counts merge the index at that moment, which hides the rest
def test_a_removed_word_is_nowhere_in_the_index(vault: OpenVault, earlier: int) -> None:
    for number in range(1, earlier + 1):
        add(vault, number, f"common word{number}")
    add(vault, earlier + 1, "xylophonist")
    assert in_the_index(vault, b"xyloph")
    with vault.engine.begin() as connection:
        connection.execute(text("DELETE FROM search_entry WHERE id = :id"), {"id": earlier + 1})
    assert not in_the_index(vault, b"xyloph")


def test_an_index_that_lost_step_is_found_and_made_again(vault: OpenVault) -> None:
    add(vault, 1, "first words")
    with vault.engine.begin() as connection:
        connection.execute(text("INSERT INTO search_fts(search_fts, rowid, text) VALUES ('delete', 1, 'first words')"))
    with pytest.raises(DatabaseDamaged), vault.engine.begin() as connection:
        check_search_index(connection)
    with vault.engine.begin() as connection:
        rebuild_search_index(connection)
        optimise_search_index(connection)
        check_search_index(connection)
    assert found(vault, "first") == [1]


def test_people_are_found_without_passing_the_notes(vault: OpenVault) -> None:
    add(vault, 1, "selam called")
    add(vault, 2, "selam tesfay")
    people = text("SELECT rowid FROM search_fts_people WHERE search_fts_people MATCH 'sel*'")
    with vault.engine.begin() as connection:
        connection.execute(text("DELETE FROM search_entry WHERE id = 2"))
        connection.execute(
            text(
                "INSERT INTO search_entry (id, kind, object_id, survivor_id, text)"
                " VALUES (3, 'person', :object, :object, 'selam tesfay')"
            ),
            {"object": UUID(int=3).hex},
        )
        assert connection.execute(people).scalars().all() == [3]
        rebuild_search_index(connection)
        optimise_search_index(connection)
        check_search_index(connection)
        assert connection.execute(people).scalars().all() == [3]
        connection.execute(text("UPDATE search_entry SET text = 'salam' WHERE id = 3"))
        assert connection.execute(people).scalars().all() == []
        connection.execute(text("DELETE FROM search_entry WHERE id = 3"))
        check_search_index(connection)

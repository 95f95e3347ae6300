"""Taking somebody in, correcting what is known, and undo."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.codes import Gender, NameKind, RiskLevel, Stage
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.people import AlertDraft, IntakeDraft, LanguageDraft, NameDraft, PersonDraft
from aftercare.domain.errors import ChangedMeanwhile, DraftProblems, NotAllowed, NothingToUndo
from aftercare.domain.permissions import Role
from aftercare.records.office import Change, SearchEntry
from aftercare.records.people import Survivor, SurvivorName
from aftercare.services.desk import Desk
from aftercare.services.notes import save_note
from aftercare.services.survivors import correct_person, list_survivors, open_person, show_name, take_in
from aftercare.services.undo import undo
from ledger import Ledger
from makers import a_survivor


def test_a_person_needs_nothing_but_the_code(desk: Desk) -> None:
    head = desk.do(take_in, IntakeDraft()).value
    assert head.case_code == "S-0001"
    assert head.stage is Stage.INTAKE
    assert head.worker == "A. Rahman"


def test_codes_are_never_given_twice_even_after_an_undo(desk: Desk) -> None:
    first = desk.do(take_in, IntakeDraft())
    assert first.undo_id is not None
    desk.do(undo, first.undo_id)
    assert desk.ask(list_survivors).rows == ()
    assert a_survivor(desk).case_code == "S-0002"


def test_the_list_shows_age_and_languages_but_no_name(desk: Desk) -> None:
    a_survivor(
        desk, "Selam", "Tesfay", birth_date="2002~", gender=Gender.FEMALE, languages=(LanguageDraft("ti", True),)
    )
    (row,) = desk.ask(list_survivors).rows
    assert row.age is not None
    assert (row.age.least, row.age.most, row.age.about) == (23, 24, True)
    assert row.languages == ("ti",)
    assert "Selam" not in repr(row)


def test_asking_for_the_name_is_logged_apart(desk: Desk, ledger: Ledger) -> None:
    head = a_survivor(desk, "Selam", "Tesfay")
    ledger.clear()
    desk.ask(open_person, head.survivor_id)
    assert desk.ask(show_name, head.survivor_id) == "Selam Tesfay"
    assert [entry[:3] for entry in ledger] == [
        ("read", "survivor", head.survivor_id),
        ("read", "name", head.survivor_id),
    ]


def test_impossible_fields_are_told_together_and_nothing_is_kept(desk: Desk) -> None:
    draft = PersonDraft(birth_date="2031", age_least=30, age_most=20, vulnerabilities=("nonsense",))
    with pytest.raises(DraftProblems) as caught:
        desk.do(take_in, IntakeDraft(draft))
    assert {problem.field for problem in caught.value.problems} == {"birth_date", "age_least", "vulnerabilities"}
    assert desk.ask(list_survivors).rows == ()


def test_a_correction_keeps_the_names_that_stay_and_can_be_undone(desk: Desk) -> None:
    head = a_survivor(desk, "Selam", "Tesfay")
    with Session(desk.engine) as session:
        kept = session.scalars(select(SurvivorName)).one()
    draft = PersonDraft(
        names=(
            NameDraft(NameKind.LEGAL, "Selam", "Tesfai", id=kept.id),
            NameDraft(NameKind.LOCAL_SCRIPT, "ሰላም", "ተስፋይ"),
        ),
        alerts=(AlertDraft("Never call after six"),),
        version=1,
    )
    done = desk.do(correct_person, head.survivor_id, draft)
    assert [alert.words for alert in done.value.alerts] == ["Never call after six"]
    with Session(desk.engine) as session:
        names = {name.id: name.full for name in session.scalars(select(SurvivorName))}
        searched = set(session.scalars(select(SearchEntry.text)))
    assert names[kept.id] == "Selam Tesfai"
    assert len(names) == 2
    assert any("tesfai" in text for text in searched)
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    with Session(desk.engine) as session:
        assert [name.full for name in session.scalars(select(SurvivorName))] == ["Selam Tesfay"]
        assert not any("tesfai" in text for text in session.scalars(select(SearchEntry.text)))
    with pytest.raises(NothingToUndo):
        desk.do(undo, done.undo_id)


def test_an_undo_can_be_undone(desk: Desk) -> None:
    taken = desk.do(take_in, IntakeDraft(PersonDraft(names=(NameDraft(given="Selam"),)), risk=RiskLevel.HIGH))
    assert taken.undo_id is not None
    undone = desk.do(undo, taken.undo_id)
    assert undone.undo_id is not None
    desk.do(undo, undone.undo_id)
    head = desk.ask(open_person, taken.value.survivor_id)
    assert head == taken.value
    assert desk.ask(show_name, head.survivor_id) == "Selam"


def test_undo_refuses_where_the_record_was_changed_since(desk: Desk) -> None:
    head = a_survivor(desk, "Selam")
    first = desk.do(correct_person, head.survivor_id, PersonDraft(gender_words="one"))
    desk.do(correct_person, head.survivor_id, PersonDraft(gender_words="two"))
    assert first.undo_id is not None
    with pytest.raises(ChangedMeanwhile):
        desk.do(undo, first.undo_id)


def test_a_form_made_from_an_older_version_is_told_so(desk: Desk) -> None:
    head = a_survivor(desk)
    draft = PersonDraft(gender_words="one", version=1)
    desk.do(correct_person, head.survivor_id, draft)
    with pytest.raises(ChangedMeanwhile):
        desk.do(correct_person, head.survivor_id, draft)


def test_every_changed_field_has_its_history(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(correct_person, head.survivor_id, PersonDraft(gender=Gender.FEMALE, citizenships=("ER",)))
    with Session(desk.engine) as session:
        last = session.scalars(select(Change).where(Change.kind == "survivor").order_by(Change.seq.desc())).first()
        version = session.scalar(select(Survivor.version))
    assert last is not None
    assert last.fields == {"gender": [None, "Feminine"], "citizenships": [[], ["ER"]]}
    assert version == 2


def test_an_administrator_alone_sees_no_record_and_the_refusal_is_logged(desk: Desk, ledger: Ledger) -> None:
    desk.actor = replace(desk.actor, roles=frozenset({Role.ADMINISTRATOR}))
    with pytest.raises(NotAllowed):
        desk.ask(list_survivors)
    assert ledger == [("refused", "list_survivors", None, "see_records")]


def test_undo_refuses_where_somebody_built_upon_the_record_since(desk: Desk) -> None:
    taken = desk.do(take_in, IntakeDraft())
    desk.do(save_note, taken.value.case_id, NoteDraft(words="arrived in the evening"))
    assert taken.undo_id is not None
    with pytest.raises(ChangedMeanwhile):
        desk.do(undo, taken.undo_id)
    assert desk.ask(open_person, taken.value.survivor_id) == taken.value

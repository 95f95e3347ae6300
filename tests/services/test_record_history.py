"""What changed in a person's records can be read back, field by field, and one earlier value put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from aftercare.domain.clock import stopped_at
from aftercare.domain.codes import AppointmentKind, Area, Gender, HealthFactKind, NoteKind, PlacementKind, RiskLevel
from aftercare.domain.drafts.diary import AppointmentDraft
from aftercare.domain.drafts.health import HealthFactDraft
from aftercare.domain.drafts.housing import PlacementDraft
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.people import NameDraft
from aftercare.domain.drafts.plan import StepDraft
from aftercare.domain.errors import DraftProblems, NotAllowed, NotFound, NothingToUndo
from aftercare.domain.permissions import Permission, Role
from aftercare.domain.rows.log import FieldChange, HistoryFilter
from aftercare.domain.rows.survivors import PersonHead
from aftercare.records.people import Survivor
from aftercare.services.access import add_team, give_to_team
from aftercare.services.appointments import remove_appointment, save_appointment
from aftercare.services.cases import case_draft, correct_case
from aftercare.services.desk import Desk
from aftercare.services.health import save_health_fact
from aftercare.services.history import kinds_of_record
from aftercare.services.housing import save_placement
from aftercare.services.notes import save_note
from aftercare.services.record_history import bring_back, history_choices, record_history, restore_value
from aftercare.services.steps import correct_step, tick_step
from aftercare.services.survivors import correct_person, person_draft
from aftercare.services.undo import undo
from aftercare.words.record_fields import FIELDS, KINDS
from makers import a_colleague, a_goal, a_step, a_survivor


def changed(desk: Desk, head: PersonHead, field: str) -> list[FieldChange]:
    return [change for change in desk.ask(record_history, head.survivor_id).changes if change.field == field]


def correct(desk: Desk, head: PersonHead, **fields: object) -> None:
    draft = desk.ask(person_draft, head.survivor_id)
    desk.do(correct_person, head.survivor_id, replace(draft, **fields))  # type: ignore[arg-type]


def test_a_change_is_told_with_who_when_before_and_after(desk: Desk) -> None:
    head = a_survivor(desk, gender=Gender.NOT_SPECIFIED)
    correct(desk, head, gender=Gender.FEMALE, may_sign="Her aunt")
    (change,) = changed(desk, head, "gender")
    assert (change.before, change.after) == (Gender.NOT_SPECIFIED, Gender.FEMALE)
    assert (change.actor, change.kind, change.at) == ("A. Rahman", "survivor", desk.clock.now())
    assert change.restorable


def test_an_earlier_value_is_put_back_and_that_can_be_undone(desk: Desk) -> None:
    head = a_survivor(desk, may_sign="Her aunt")
    correct(desk, head, may_sign="Nobody")
    (change,) = changed(desk, head, "may_sign")
    done = desk.do(restore_value, change.change_seq, "may_sign")
    assert desk.ask(person_draft, head.survivor_id).may_sign == "Her aunt"
    assert done.undo_id is not None
    desk.do(undo, done.undo_id)
    assert desk.ask(person_draft, head.survivor_id).may_sign == "Nobody"


def test_a_value_that_holds_already_is_not_put_back(desk: Desk) -> None:
    head = a_survivor(desk, may_sign="Her aunt")
    correct(desk, head, may_sign="Nobody")
    (change,) = changed(desk, head, "may_sign")
    desk.do(restore_value, change.change_seq, "may_sign")
    assert not next(one for one in changed(desk, head, "may_sign") if one.change_seq == change.change_seq).restorable
    with pytest.raises(NothingToUndo):
        desk.do(restore_value, change.change_seq, "may_sign")


def test_a_removed_record_comes_back_as_it_was(desk: Desk) -> None:
    head = a_survivor(desk, "Selam", "Tesfay")
    correct(desk, head, names=(NameDraft(given="Hanna", family="Abebe"),))
    (removed,) = [
        change
        for change in desk.ask(record_history, head.survivor_id).changes
        if change.kind == "survivor_name" and change.action == "removed"
    ]
    desk.do(bring_back, removed.change_seq)
    assert {name.given for name in desk.ask(person_draft, head.survivor_id).names} == {"Selam", "Hanna"}


def test_a_rule_or_a_lock_behind_a_field_keeps_it_from_being_set(desk: Desk) -> None:
    head = a_survivor(desk)
    note = desk.do(save_note, head.case_id, NoteDraft("First words")).value
    desk.do(save_note, head.case_id, NoteDraft("Other words", id=note.id, version=note.version))
    (change,) = [one for one in changed(desk, head, "words") if one.kind == "note"]
    assert not change.restorable
    with pytest.raises(NothingToUndo):
        desk.do(restore_value, change.change_seq, "words")


def test_restricted_words_stay_closed_in_the_history_too(desk: Desk) -> None:
    head = a_survivor(desk, vulnerability_words="first secret")
    correct(desk, head, vulnerability_words="second secret", may_sign="Her aunt")
    draft = NoteDraft("third secret", area=Area.HEALTH, kind=NoteKind.OTHER, restricted=True)
    note = desk.do(save_note, head.case_id, draft).value
    desk.do(save_note, head.case_id, replace(draft, words="fourth secret", id=note.id, version=note.version))
    open_again = replace(draft, words="plain", restricted=False, id=note.id, version=note.version + 1)
    desk.do(save_note, head.case_id, open_again)
    shelter = replace(desk, actor=a_colleague(desk, Role.SHELTER_WORKER))
    told = desk.ask(record_history, head.survivor_id)
    assert all(secret in repr(told) for secret in ("first secret", "second secret", "third secret", "fourth secret"))
    seen = shelter.ask(record_history, head.survivor_id)
    assert "secret" not in repr(seen)
    assert any(change.field == "may_sign" for change in seen.changes)


def test_a_closed_change_cannot_be_restored_by_its_number(desk: Desk) -> None:
    head = a_survivor(desk, vulnerability_words="first")
    correct(desk, head, vulnerability_words="second")
    (change,) = changed(desk, head, "vulnerability_words")
    withheld = replace(desk, actor=replace(desk.actor, roles=frozenset({Role.SHELTER_WORKER})))
    with pytest.raises((NotFound, NotAllowed)):
        withheld.do(restore_value, change.change_seq, "vulnerability_words")


def test_history_comes_in_pages(desk: Desk) -> None:
    head = a_survivor(desk)
    for words in ("one", "two", "three"):
        correct(desk, head, may_sign=words)
    first = desk.ask(record_history, head.survivor_id, limit=2)
    assert first.before_seq is not None
    rest = desk.ask(record_history, head.survivor_id, before_seq=first.before_seq)
    seqs = [change.change_seq for change in (*first.changes, *rest.changes)]
    assert seqs == sorted(seqs, reverse=True)
    assert rest.before_seq is None


def test_every_kind_of_record_and_every_field_has_words() -> None:
    known = {"id", "created_at", "created_by", "version", "survivor_id", "case_id"}
    kinds = kinds_of_record()
    assert set(kinds) <= set(KINDS)
    fields = {column.key for kind in kinds.values() for column in kind.__table__.columns} - known
    assert fields <= set(FIELDS)


def test_dates_come_as_days(desk: Desk) -> None:
    head = a_survivor(desk)
    step = a_step(desk, a_goal(desk, head), due_on=date(2026, 12, 1))
    later = StepDraft("List what the room must have", due_on=date(2026, 12, 8), id=step, version=1)
    desk.do(correct_step, later)
    (change,) = changed(desk, head, "due_on")
    assert (change.before, change.after) == (date(2026, 12, 1), date(2026, 12, 8))


def test_history_is_filtered_by_kind_and_by_whoever_changed_it(desk: Desk) -> None:
    head = a_survivor(desk, may_sign="Her aunt")
    correct(desk, head, may_sign="Nobody")
    a_step(desk, a_goal(desk, head))
    me, colleague = desk.actor, a_colleague(desk)
    desk.actor = colleague
    correct(desk, head, may_sign="Her guardian")
    choices = desk.ask(history_choices, head.survivor_id)
    assert {"survivor", "goal", "step"} <= set(choices.kinds)
    assert {person.id for person in choices.colleagues} == {me.id, colleague.id}
    steps = desk.ask(record_history, head.survivor_id, None, HistoryFilter(kind="step")).changes
    assert {change.kind for change in steps} == {"step"}
    theirs = desk.ask(record_history, head.survivor_id, None, HistoryFilter(actor_id=colleague.id)).changes
    assert [change.after for change in theirs] == ["Her guardian"]
    assert desk.ask(record_history, head.survivor_id, None, HistoryFilter("step", colleague.id)).changes == ()


def test_a_kind_that_may_not_be_seen_is_not_even_named_among_the_filters(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(save_health_fact, head.case_id, HealthFactDraft(HealthFactKind.NEED, "Rest"))
    assert "health_fact" in desk.ask(history_choices, head.survivor_id).kinds
    desk.actor = a_colleague(desk, Role.SHELTER_WORKER)
    assert "health_fact" not in desk.ask(history_choices, head.survivor_id).kinds


def test_a_case_that_was_given_to_a_team_tells_the_team_by_its_name(desk: Desk) -> None:
    head = a_survivor(desk)
    desk.do(give_to_team, head.case_id, desk.do(add_team, "North house").value)
    (change,) = changed(desk, head, "team_id")
    assert (change.before, change.after) == (None, "North house")


# --- what is closed to the reader -----------------------------------------------------------------------------------


def without_narrative(desk: Desk) -> Desk:
    return replace(desk, actor=replace(a_colleague(desk), withheld=frozenset({Permission.SEE_NARRATIVE})))


def test_an_open_value_is_put_back_by_somebody_who_may_not_see_what_else_was_changed_with_it(desk: Desk) -> None:
    head = a_survivor(desk, vulnerability_words="first secret", may_sign="Her aunt")
    correct(desk, head, vulnerability_words="second secret", may_sign="Nobody")
    worker = without_narrative(desk)
    (change,) = changed(worker, head, "may_sign")
    assert change.restorable
    worker.do(restore_value, change.change_seq, "may_sign")
    draft = desk.ask(person_draft, head.survivor_id)
    assert (draft.may_sign, draft.vulnerability_words) == ("Her aunt", "second secret")
    with pytest.raises(NotFound):
        worker.do(restore_value, change.change_seq, "vulnerability_words")


def test_a_removed_record_is_not_offered_to_somebody_who_may_not_see_all_of_it(desk: Desk) -> None:
    head = a_survivor(desk)
    draft = AppointmentDraft(kind=AppointmentKind.DENTAL, on=date(2026, 12, 1))
    key = desk.do(save_appointment, head.case_id, draft).value
    desk.do(remove_appointment, key, 1)
    worker = replace(desk, actor=replace(a_colleague(desk), withheld=frozenset({Permission.SEE_HEALTH})))
    removals = [one for one in worker.ask(record_history, head.survivor_id).changes if one.action == "removed"]
    assert not any(one.restorable for one in removals)
    (open_to_all,) = [one for one in desk.ask(record_history, head.survivor_id).changes if one.action == "removed"]
    assert open_to_all.restorable


def test_behind_a_page_of_closed_changes_the_open_ones_are_found(desk: Desk) -> None:
    head = a_survivor(desk, vulnerability_words="first secret", may_sign="Her aunt")
    correct(desk, head, may_sign="Nobody")
    for words in ("second secret", "third secret", "fourth secret"):
        correct(desk, head, vulnerability_words=words)
    page = without_narrative(desk).ask(record_history, head.survivor_id, limit=2)
    assert [change.field for change in page.changes][:1] == ["may_sign"]


def test_that_a_counsellor_wrote_what_is_closed_is_not_said_by_the_filter_either(desk: Desk) -> None:
    head = a_survivor(desk)
    counsellor = replace(desk, actor=a_colleague(desk))
    counsellor.do(save_health_fact, head.case_id, HealthFactDraft(HealthFactKind.MEDICATION, "A tablet"))
    shelter = replace(desk, actor=replace(counsellor.actor, roles=frozenset({Role.SHELTER_WORKER})))
    assert [each.name for each in shelter.ask(history_choices, head.survivor_id).colleagues] == ["A. Rahman"]
    assert len(desk.ask(history_choices, head.survivor_id).colleagues) == 2


# --- what an earlier value must go with ------------------------------------------------------------------------------


def test_an_appointment_does_not_become_one_about_health_that_everybody_reads(desk: Desk) -> None:
    head = a_survivor(desk)
    draft = AppointmentDraft(kind=AppointmentKind.DENTAL, on=date(2026, 12, 1))
    key = desk.do(save_appointment, head.case_id, draft).value
    plain = replace(draft, kind=AppointmentKind.OTHER, restricted=False, id=key, version=1)
    desk.do(save_appointment, head.case_id, plain)
    for name in ("kind", "area", "restricted"):
        for change in changed(desk, head, name):
            assert not change.restorable
            with pytest.raises(NothingToUndo):
                desk.do(restore_value, change.change_seq, name)


def test_a_step_that_is_done_keeps_the_day_on_which_it_was(desk: Desk) -> None:
    head = a_survivor(desk)
    step = a_step(desk, a_goal(desk, head))
    desk.do(tick_step, step)
    (change,) = changed(desk, head, "done_on")
    assert not change.restorable


def test_an_end_is_not_put_back_before_the_beginning_of_now(desk: Desk) -> None:
    head = a_survivor(desk)
    draft = PlacementDraft(PlacementKind.SHELTER_BED, since=date(2026, 1, 1), until=date(2026, 2, 1))
    key = desk.do(save_placement, head.case_id, draft).value
    later = replace(draft, since=date(2026, 3, 1), until=date(2026, 4, 1), id=key, version=1)
    desk.do(save_placement, head.case_id, later)
    (change,) = changed(desk, head, "until")
    with pytest.raises(DraftProblems) as refused:
        desk.do(restore_value, change.change_seq, "until")
    assert [(one.field, one.reason) for one in refused.value.problems] == [("until", "ends_before_it_begins")]
    desk.do(restore_value, change.change_seq, "since")
    desk.do(restore_value, change.change_seq, "until")


def test_an_age_goes_back_with_the_day_on_which_it_was_said(desk: Desk) -> None:
    head = a_survivor(desk, age_least=16, age_most=18)
    later = replace(desk, clock=stopped_at(desk.clock.now() + timedelta(days=400)))
    correct(later, head, age_least=20, age_most=22)
    (change,) = changed(later, head, "age_most")
    with pytest.raises(DraftProblems):
        later.do(restore_value, change.change_seq, "age_most")
    later.do(restore_value, change.change_seq, "age_least")
    later.do(restore_value, change.change_seq, "age_most")
    (stated,) = [one for one in changed(later, head, "age_stated_on") if one.change_seq == change.change_seq]
    with Session(desk.engine) as session:
        assert session.scalars(select(Survivor.age_stated_on)).one() == stated.before == date(2026, 11, 23)


def test_a_risk_goes_back_with_its_reason_and_a_reason_alone(desk: Desk) -> None:
    head = a_survivor(desk)

    def assess(risk: RiskLevel, reason: str) -> None:
        draft = desk.ask(case_draft, head.case_id).draft
        desk.do(correct_case, head.case_id, replace(draft, risk=risk, risk_reason=reason))

    assess(RiskLevel.LOW, "Nobody knows the place")
    assess(RiskLevel.HIGH, "He called the shelter")
    change = changed(desk, head, "risk_reason")[0]
    desk.do(restore_value, change.change_seq, "risk")
    draft = desk.ask(case_draft, head.case_id).draft
    assert (draft.risk, draft.risk_reason) == (RiskLevel.LOW, "Nobody knows the place")
    assess(RiskLevel.LOW, "Nobody knows the place now")
    change = changed(desk, head, "risk_reason")[0]
    desk.do(restore_value, change.change_seq, "risk_reason")
    assert desk.ask(case_draft, head.case_id).draft.risk_reason == "Nobody knows the place"

"""Row 19 of the promises, field by field: what is restricted apart comes out of no service without its class."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from aftercare.domain.codes import AppointmentKind, Area, DeadlineKind, HealthFactKind, IdentityKind
from aftercare.domain.drafts.diary import AppointmentDraft, DeadlineDraft
from aftercare.domain.drafts.health import HealthFactDraft
from aftercare.domain.drafts.notes import NoteDraft
from aftercare.domain.drafts.people import IdentityDraft
from aftercare.domain.drafts.plan import ProgressDraft
from aftercare.domain.drafts.reports import ProgressOrder
from aftercare.domain.errors import Problem
from aftercare.domain.permissions import GRANTS, Role
from aftercare.domain.secrecy import PERMISSIONS, RESTRICTED_FIELDS, Secret
from aftercare.services.appointments import save_appointment
from aftercare.services.deadlines import save_deadline
from aftercare.services.desk import Desk
from aftercare.services.health import save_health_fact
from aftercare.services.notes import add_to_note, save_note
from aftercare.services.opening import desk_of
from aftercare.services.progress import record_progress
from aftercare.services.reports import collect_progress, number_report
from aftercare.services.survivors import correct_person, person_draft
from aftercare.services.work import DECLARED
from asking import OUTSIDE, Asking, Known, is_handed_the_vault, keys_of, said
from conftest import CLOCK, Template
from declared import services
from makers import a_colleague
from makers_facts import TODAY, a_case_with_facts
from proof import Proof

pytestmark = pytest.mark.promise(19)

MARK = "Xanthe"
SAID = {Secret.HEALTH: "Quinacrine", Secret.LEGAL: "Estoppel", Secret.NARRATIVE: "Cellarage"}
AREAS = {Secret.HEALTH: Area.HEALTH, Secret.LEGAL: Area.LEGAL, Secret.NARRATIVE: Area.HOUSING}


@pytest.fixture(scope="module")
def asked(template: Template, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Known]]:
    vault = template.open_copy(tmp_path_factory.mktemp("fields") / "vault")
    desk = desk_of(vault, CLOCK)
    yield desk, _with_words_in_every_restricted_field(desk)
    vault.close()


def _with_words_in_every_restricted_field(desk: Desk) -> Known:
    facts = a_case_with_facts(desk)
    before = desk.ask(person_draft, facts.survivor_id)
    desk.do(
        correct_person,
        facts.survivor_id,
        replace(
            before,
            vulnerability_words=f"{SAID[Secret.NARRATIVE]} {MARK}",
            identity_numbers=(IdentityDraft(IdentityKind.PASSPORT, f"{SAID[Secret.LEGAL]}-1"),),
        ),
    )
    for secret, word in SAID.items():
        area = AREAS[secret].value
        draft = NoteDraft(f"{word} note", area=area, restricted=True)
        note = desk.do(save_note, facts.case_id, draft).value.id
        desk.do(add_to_note, note, f"{word} addendum")
        progress = ProgressDraft(area, TODAY, f"{word} progress", restricted=True)
        desk.do(record_progress, facts.case_id, progress)
        on = date(2026, 11, 24)
        visit = AppointmentDraft(area, AppointmentKind.OTHER, on, provider=f"{word} house", words=word, restricted=True)
        desk.do(save_appointment, facts.case_id, visit)
        if secret is not Secret.NARRATIVE:
            ends = DeadlineDraft(area, DeadlineKind.OTHER, f"{word} ends", ends_on=date(2026, 12, 1))
            desk.do(save_deadline, facts.case_id, ends)
    desk.do(save_health_fact, facts.case_id, HealthFactDraft(HealthFactKind.MEDICATION, SAID[Secret.HEALTH]))
    return Known(facts.survivor_id, facts.case_id, "S-0001", MARK)


def test_every_restricted_kind_is_tried(asked: tuple[Desk, Known]) -> None:
    desk, one = asked
    keys = keys_of(desk, one)
    assert set(RESTRICTED_FIELDS) <= set(keys)


@pytest.mark.parametrize("secret", list(Secret))
def test_no_service_tells_what_is_restricted_to_somebody_without_its_class(
    asked: tuple[Desk, Known], secret: Secret, proof: Proof
) -> None:
    full, one = asked
    withheld = frozenset({PERMISSIONS[secret]})
    # another manager: what one wrote oneself stays one's own
    desk = replace(full, actor=replace(a_colleague(full, Role.MANAGER), withheld=withheld))
    keys = keys_of(full, one)
    told = _asked_of_all(desk, one, keys, SAID[secret], proof)
    proof.lost(len(told))
    assert told == []


def test_somebody_with_every_class_is_told_all_of_it(asked: tuple[Desk, Known], proof: Proof) -> None:
    desk, one = asked
    for word in SAID.values():
        assert len(_asked_of_all(desk, one, keys_of(desk, one), word, proof)) > 3


def _asked_of_all(desk: Desk, one: Known, keys: dict[str, Any], word: str, proof: Proof) -> list[str]:
    """The services whose answer holds the word, or that were carried out on a record that is closed."""
    content = desk.do(number_report, desk.ask(collect_progress, ProgressOrder(one.case_id))).value
    found = [] if word.lower() not in said(content).lower() else ["collect_progress"]
    for full, service in services():
        name = full.rsplit(".", 1)[1]
        needed = DECLARED[full]
        if needed not in GRANTS[Role.MANAGER] or name in OUTSIDE or is_handed_the_vault(service) or _changes(name):
            continue
        arguments = Asking(one, keys, content).arguments(service)
        arguments.pop("after", None)  # of whatever a list ended with: the whole list is asked for
        if "words" in arguments and name.startswith("find_"):
            arguments["words"] = word
        proof.tried()
        try:
            answer = desk.do(service, **arguments).value
        except Problem:
            continue
        if word.lower() in said(answer).lower():
            found.append(name)
    return found


_CHANGING = frozenset(
    [
        "add",
        "begin",
        "bring",
        "change",
        "correct",
        "decide",
        "drop",
        "exclude",
        "give",
        "import",
        "issue",
        "keep",
        "lift",
        "mark",
        "move",
        "number",
        "purge",
        "record",
        "remove",
        "rename",
        "restore",
        "save",
        "set",
        "settle",
        "start",
        "take",
        "undo",
        "withdraw",
    ]
)


def _changes(name: str) -> bool:
    return name.split("_")[0] in _CHANGING and name != "record_history"

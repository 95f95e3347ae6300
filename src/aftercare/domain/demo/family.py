"""Relatives, calls, and the ladder: climbed with consent, frozen by a veto, lifted only by who may."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from aftercare.domain import codes
from aftercare.domain.codes import Answer, Rung, Stage
from aftercare.domain.demo.course import Course
from aftercare.domain.demo.office import TrainingStaff
from aftercare.domain.demo.telling import Teller

_RELATIVES = (
    codes.RelativeKind.MOTHER,
    codes.RelativeKind.SISTER,
    codes.RelativeKind.BROTHER,
    codes.RelativeKind.AUNT_OR_UNCLE,
    codes.RelativeKind.GRANDPARENT,
)
_WISHES = {
    codes.RelativeKind.MOTHER: "Hear her voice; not go back",
    codes.RelativeKind.SISTER: "Know that she is safe",
    codes.RelativeKind.BROTHER: "Tell him that I am well",
    codes.RelativeKind.AUNT_OR_UNCLE: "Ask about my papers",
    codes.RelativeKind.GRANDPARENT: "Bring my child here one day",
}
_HEIGHT = {Stage.PLAN: 3, Stage.REINTEGRATION: 5, Stage.FOLLOW_UP: 7, Stage.CLOSED: 7}
_CONTACTS = (
    "Short call, all are well.",
    "Long call, much laughter.",
    "No answer; message left without a name.",
    "The line was bad, will try again on Sunday.",
    "Talked about the harvest and the weather, as agreed.",
    "Photographs sent through the partner organisation.",
    "Asked again when the visit will be; no date was given.",
)


def tell_family(
    teller: Teller, course: Course, worker: TrainingStaff, manager: TrainingStaff, *, is_child: bool
) -> codes.RelativeKind:
    """One relative or two; the ladder towards the first. Which relative it is about."""
    relation = teller.one(_RELATIVES)
    begun = min(course.ends_on, teller.after(course.opened_on, 20, 90))
    relative = _tell_relative(teller, worker, relation, begun)
    if teller.chance(0.35):
        _tell_relative(teller, worker, teller.one(_RELATIVES), begun)
    ladder = teller.of_case(
        "reunification",
        begun,
        worker.id,
        id=teller.key(begun),
        relative_id=relative,
        household=f"At home, the household of the {relation.value.replace('_', ' ')}",
        rung=Rung.WISH,
        is_child=is_child,
    )
    reached, last = _climb(teller, course, worker, ladder, begun, is_child=is_child)
    teller.told[-1 - _since(teller, ladder)].values["rung"] = reached
    _maybe_stop(teller, course, worker, manager, ladder, last)
    if reached in tuple(Rung)[2:]:
        _tell_contacts(teller, course, worker, relative, last)
    return relation


def _since(teller: Teller, key: UUID) -> int:
    """How many facts were told after the one with this key."""
    for back, told in enumerate(reversed(teller.told)):
        if told.values["id"] == key:
            return back
    raise KeyError(key)


def _tell_relative(teller: Teller, worker: TrainingStaff, relation: codes.RelativeKind, on: date) -> UUID:
    return teller.of_case(
        "relative",
        on,
        worker.id,
        relation=relation,
        whereabouts="The home country, as far as known",
        her_wish=_WISHES[relation],
        was_recruiter=teller.weighted([(Answer.NO, 8), (Answer.NOT_KNOWN, 2)]),
        knows_where_she_is=Answer.NO,
    )


def _climb(
    teller: Teller, course: Course, worker: TrainingStaff, ladder: UUID, begun: date, *, is_child: bool
) -> tuple[Rung, date]:
    """Up one rung at a time; the highest reached, and when."""
    most = min(len(Rung) - 1, teller.between(0, _HEIGHT.get(course.stage, 1)))
    reached, on = Rung.WISH, begun
    for rung in tuple(Rung)[1 : most + 1]:
        if rung is Rung.TRIAL_VISIT and not teller.chance(0.3):  # most stay in contact and do not return
            break
        moved_on = teller.working(on + timedelta(days=teller.between(14, 60)))
        if moved_on > course.ends_on:
            break
        on, reached = moved_on, rung
        agreed = on - timedelta(days=teller.between(0, 3))
        teller.of_case(
            "ladder_move",
            on,
            worker.id,
            reunification_id=ladder,
            rung=rung,
            on=on,
            consent_on=None if is_child else agreed,
            assent_on=agreed if is_child else None,
            guardian="Guardian office, Ms Holm" if is_child else "",
            best_interest_on=agreed if is_child else None,
            safety_answered=True,
            safety_words="No one in the household took part; the neighbours know nothing.",
            safe_to_proceed=Answer.YES,
            she_is_willing=Answer.YES,
            family_is_willing=Answer.NOT_KNOWN if rung in (Rung.TRACE, Rung.CONTACT) else Answer.YES,
            means="Travel paid both ways; room with a door" if rung in tuple(Rung)[4:] else "",
            words="",
        )
    return reached, on


def _maybe_stop(
    teller: Teller, course: Course, worker: TrainingStaff, manager: TrainingStaff, ladder: UUID, last: date
) -> None:
    if not teller.chance(0.25):
        return
    on = last + timedelta(days=teller.between(3, 30))
    if on >= course.ends_on:
        return
    kind = teller.weighted([(codes.StopKind.HER_VETO, 7), (codes.StopKind.NEW_THREAT, 2)])
    lifted_on = on + timedelta(days=teller.between(7, 60))
    lifted = lifted_on < course.ends_on and teller.chance(0.5)
    by_manager = kind is codes.StopKind.NEW_THREAT
    teller.of_case(
        "ladder_stop",
        on,
        worker.id,
        reunification_id=ladder,
        kind=kind,
        on=on,
        words="An unknown man asked the family for the address." if by_manager else "",
        lifted_on=lifted_on if lifted else None,
        lifted_by=(manager.id if by_manager else worker.id) if lifted else None,
        lifted_words=("Partner visited; nothing behind it." if by_manager else "Own wish, said twice.")
        if lifted
        else "",
    )


def _tell_contacts(teller: Teller, course: Course, worker: TrainingStaff, relative: UUID, since: date) -> None:
    day = since
    for _ in range(10):
        if day > course.ends_on:
            break
        way = teller.weighted(
            [
                (codes.FamilyContactWay.CALL, 5),
                (codes.FamilyContactWay.VIDEO_CALL, 3),
                (codes.FamilyContactWay.MESSAGE, 3),
                (codes.FamilyContactWay.THROUGH_OTHERS, 1),
            ]
        )
        teller.of_case(
            "family_contact",
            day,
            worker.id,
            relative_id=relative,
            on=day,
            way=way,
            minutes=teller.one((5, 10, 15, 20, 30)) if "call" in way.value else None,
            words=teller.one(_CONTACTS),
        )
        day = teller.after(day, 7, 40)

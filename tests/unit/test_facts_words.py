"""The one line of each area and the sentence of each event."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from aftercare.domain import safe_job
from aftercare.domain.check_ins import check_ins, still_worth_making
from aftercare.domain.codes import (
    AppointmentKind,
    Area,
    EducationKind,
    EmploymentState,
    EnrolmentState,
    FamilyContactWay,
    JobState,
    PlacementKind,
    RelativeKind,
    Rung,
    SafeJobResult,
    StopKind,
)
from aftercare.domain.reunification import Lifter
from aftercare.domain.rhythm import Rhythm, rhythm_of
from aftercare.domain.rows.standing import (
    CaseStanding,
    EducationStanding,
    EmploymentStanding,
    FactEvent,
    FactEventKind,
    FamilyStanding,
    HealthStanding,
    HousingStanding,
)
from aftercare.i18n import PSEUDO, language
from aftercare.words.control import MEANS_OF_CONTROL, RED_FLAGS
from aftercare.words.standing import event_words, ladder_words, standing_words

TODAY = date(2026, 11, 23)
KEY = UUID(int=1)


def a_standing() -> CaseStanding:
    return CaseStanding(
        case_id=KEY,
        housing=HousingStanding(PlacementKind.OWN_ROOM_IN_SHELTER, "Shelter room 4", date(2026, 8, 3), None, None),
        health=HealthStanding(False, 6, Rhythm.WEEKLY),
        education=EducationStanding(EducationKind.LANGUAGE_COURSE, "", "A1", EnrolmentState.ATTENDING, 82),
        employment=EmploymentStanding(
            EmploymentState.APPLYING, "Baker", "Bakery", JobState.OFFERED, SafeJobResult.GO_WITH_CONDITIONS
        ),
        family=FamilyStanding(RelativeKind.SISTER, 1, Rung.CONTACT),
        appointments=(),
        deadlines=(),
    )


@pytest.mark.parametrize(
    ("area", "line"),
    [
        (Area.HOUSING, "Shelter room 4 since 3 Aug"),
        (Area.HEALTH, "Counselling weekly"),
        (Area.EDUCATION, "Language course A1, 82 % attended"),
        (Area.EMPLOYMENT, "Offered: Baker, Bakery. Safe-job check: go, with conditions"),
        (Area.FAMILY, "Sister found; 1 contact"),
        (Area.LEGAL, ""),
    ],
)
def test_each_area_stands_in_one_line(area: Area, line: str) -> None:
    assert standing_words(a_standing(), area, TODAY) == line


def test_a_place_of_two_years_ago_is_told_with_its_year() -> None:
    here = a_standing().housing
    assert here is not None
    since = replace(a_standing(), housing=replace(here, since=date(2024, 8, 3)))
    assert standing_words(since, Area.HOUSING, TODAY).endswith("since 3 Aug 2024")


def test_the_ladder_is_a_line_up_to_the_next_rung() -> None:
    assert ladder_words(Rung.CONTACT) == "wish ✓ · trace ✓ · contact now · assessment"
    assert ladder_words(Rung.FOLLOW_UP).endswith("return ✓ · follow-up now")
    assert ladder_words(Rung.WISH, whole=True).count("·") == 6


@pytest.mark.parametrize(
    ("event", "sentence"),
    [
        (FactEvent(TODAY, None, FactEventKind.MOVED_IN, KEY, PlacementKind.HOTEL), "Moved to Hotel"),
        (
            FactEvent(
                TODAY, None, FactEventKind.APPOINTMENT_ATTENDED, KEY, AppointmentKind.COUNSELLING_SESSION, number=6
            ),
            "Counselling session 6",
        ),
        (
            FactEvent(TODAY, None, FactEventKind.FAMILY_CONTACT, KEY, FamilyContactWay.VIDEO_CALL, "Both laughed", 20),
            "Video call, 20 min: Both laughed",
        ),
        (
            FactEvent(TODAY, None, FactEventKind.LADDER_STOP, KEY, StopKind.HER_VETO),
            "Reunification stopped at the survivor’s own wish",
        ),
        (FactEvent(TODAY, None, FactEventKind.SAFETY_CHECK, KEY), "Safety check of the place: no concerns"),
    ],
)
def test_each_event_is_one_sentence(event: FactEvent, sentence: str) -> None:
    assert event_words(event) == sentence


@pytest.mark.parametrize("kind", list(FactEventKind))
def test_no_kind_of_event_is_without_words_in_another_language(kind: FactEventKind) -> None:
    said = event_words(FactEvent(TODAY, None, kind, KEY, Rung.TRACE, "", 30), language(PSEUDO))
    assert said.startswith("[")


def test_a_stop_stands_before_everything_else_about_the_family() -> None:
    frozen = FamilyStanding(RelativeKind.SISTER, 0, Rung.TRACE, True, (Lifter.SURVIVOR,))

    line = standing_words(replace(a_standing(), family=frozen), Area.FAMILY, TODAY)
    assert line == "Stopped at the survivor’s own wish; Sister"


def test_every_means_of_control_that_the_check_speaks_of_has_its_words() -> None:
    assert set(RED_FLAGS) == safe_job.RED_FLAGS
    assert {code for codes in safe_job.MEANS_OF_CONTROL.values() for code in codes} == set(MEANS_OF_CONTROL)


@pytest.mark.parametrize(
    ("days", "rhythm"),
    [(7, Rhythm.WEEKLY), (14, Rhythm.EVERY_TWO_WEEKS), (30, Rhythm.MONTHLY), (3, None), (60, None)],
)
def test_a_rhythm_is_seen_from_three_sessions_on_and_ends_when_they_stop(days: int, rhythm: Rhythm | None) -> None:
    sessions = [TODAY - timedelta(days=days * back) for back in (1, 2, 3)]
    assert rhythm_of(sessions, TODAY) is rhythm
    assert rhythm_of(sessions[:2], TODAY) is None
    assert rhythm_of(sessions, TODAY + timedelta(days=3 * days)) is None


def test_of_missed_visits_the_last_one_makes_up_for_the_others() -> None:
    visits = check_ins(TODAY - timedelta(days=100))
    assert [visit.day for visit in still_worth_making(visits, TODAY)] == [90, 180]
    assert still_worth_making((), TODAY) == ()

"""The course chart: geometry that paper and screen share, and its drawing on paper."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations, pairwise

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.domain.course import CourseLine, Event, Frame, Geometry, Score, Series, Size, course_geometry
from aftercare.i18n import language
from aftercare.reports.chart import CourseChart
from aftercare.reports.paper import Footer, Paper

START = date(2025, 12, 10)
SIZE = Size(500, 120)
LEVELS = ["In crisis", "Vulnerable", "Safe", "Building", "Empowered"]


def series(area: str, *levels: int | None, own_view: bool = False) -> Series:
    return Series(area, tuple(Score(START + timedelta(days=80 * n), v) for n, v in enumerate(levels)), own_view)


def ys(line: CourseLine) -> list[float]:
    return [point.y for stroke in line.strokes for point in stroke]


def test_higher_levels_stand_higher_and_later_days_further_along() -> None:
    geometry = course_geometry([series("housing", 0, 1, 2, 4)], [], SIZE)
    (stroke,) = geometry.lines[0].strokes
    assert [p.y for p in stroke] == sorted((p.y for p in stroke), reverse=True)
    assert [p.x for p in stroke] == sorted(p.x for p in stroke)
    assert stroke[0].y == geometry.levels[0].y == geometry.bottom
    assert stroke[-1].y == geometry.levels[4].y == geometry.top


def test_a_level_that_was_not_said_interrupts_the_line() -> None:
    (line,) = course_geometry([series("health", 1, 2, None, 3)], [], SIZE).lines
    assert [len(stroke) for stroke in line.strokes] == [2, 1]


def test_lines_that_would_hide_each_other_step_aside() -> None:
    three = [series("a", 1, 1, 2), series("b", 1, 1, 3), series("a", 1, 1, 2, own_view=True)]
    lines = course_geometry(three, [], SIZE).lines
    for one, other in combinations(lines, 2):
        assert abs(ys(one)[0] - ys(other)[0]) >= 2
        assert abs(ys(one)[0] - ys(other)[0]) < 8


def test_lines_that_only_cross_stay_where_they_are() -> None:
    geometry = course_geometry([series("a", 0, 2), series("b", 2, 0)], [], SIZE)
    assert ys(geometry.lines[1])[0] == geometry.levels[2].y


def test_two_lone_points_on_one_day_do_not_hide_each_other() -> None:
    one, other = course_geometry([series("a", 2), series("b", 2)], [], SIZE).lines
    assert ys(one) != ys(other)


def test_a_mirrored_chart_runs_from_right_to_left() -> None:
    plain, mirrored = (
        course_geometry([series("a", 0, 1)], [Event(START, "hearing")], SIZE, Frame(mirrored=m)) for m in (False, True)
    )
    assert mirrored.lines[0].strokes[0][0].x == pytest.approx(SIZE.width - plain.lines[0].strokes[0][0].x)
    assert mirrored.left == pytest.approx(SIZE.width - plain.right)
    assert mirrored.events[0].tip.x == pytest.approx(SIZE.width - plain.events[0].tip.x)


def test_months_are_named_as_far_as_there_is_room() -> None:
    year = course_geometry([], [], SIZE, Frame(first=date(2026, 1, 1), last=date(2026, 12, 31)))
    decade = course_geometry([], [], SIZE, Frame(first=date(2017, 1, 1), last=date(2026, 12, 31)))
    assert [mark.first.month for mark in year.months] == list(range(1, 13))
    for geometry in (year, decade):
        xs = [mark.x for mark in geometry.months]
        assert all(b - a >= 30 for a, b in pairwise(xs))


def test_a_chart_without_anything_can_be_drawn() -> None:
    geometry = course_geometry([], [], SIZE)
    assert geometry.lines == ()
    assert len(geometry.levels) == 5


def spans(geometry: Geometry, width: float) -> dict[float, list[tuple[float, float]]]:
    rows: dict[float, list[tuple[float, float]]] = {}
    for event in geometry.events:
        if event.words_at is not None:
            start = event.words_at.x
            span = (min(start, event.tip.x - 2), max(start + width, event.tip.x + 2))
            rows.setdefault(event.words_at.y, []).append(span)
    return rows


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(0, 300), max_size=12))
def test_words_of_events_never_touch_and_stay_on_the_chart(days: list[int]) -> None:
    events = [Event(START + timedelta(days=day), "hearing") for day in days]
    frame = Frame(first=START, last=START + timedelta(days=300))
    geometry = course_geometry([], events, SIZE, frame, width_of=lambda _: 40.0)
    assert len(geometry.events) == len(events)
    for row in spans(geometry, 40).values():
        row.sort()
        assert all(a[1] < b[0] for a, b in pairwise(row))
        assert row[0][0] >= 0
        assert row[-1][1] <= SIZE.width
    assert geometry.bottom > geometry.top
    assert all(y < SIZE.height for y in spans(geometry, 40))


@pytest.mark.parametrize("tag", ["en", "ar"])
def test_the_chart_on_paper_says_levels_months_and_events(tag: str) -> None:
    paper = Paper(language(tag))
    chart = CourseChart(
        paper,
        [series("housing", 0, 1, 2, 3), series("housing", 1, 1, 2, 3, own_view=True), series("unknown", None, 2)],
        [Event(date(2026, 6, 3), "hearing")],
        LEVELS,
        {"housing": "#c4892f"},
    )
    page = pypdfium2.PdfDocument(paper.pdf([paper.section("Course"), chart], Footer("", "")))[0]
    words = page.get_textpage().get_text_range()
    for expected in (*LEVELS, "hearing", paper.language.month(date(2026, 3, 1))):
        assert expected in words

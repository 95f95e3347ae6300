"""The course chart as plain geometry: where lines, level names, months and events go, for paper and screen alike.

Levels are counted from 0 (lowest); distances are in the unit of the size handed in, y grows downwards.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

MONTH_ROOM = 34.0  # what the name of a month needs
LANE = 2.2  # how far lines that would hide each other stand apart
TIER = 11.0  # height of a row of event words
EVENT_GAP = 5.0


@dataclass(frozen=True, slots=True)
class Score:
    """A level on a day; None where there is not enough information, or it was rather not said."""

    on: date
    level: int | None


@dataclass(frozen=True, slots=True)
class Series:
    """One area's course, as staff see it or as she does; `area` is the area's code."""

    area: str
    scores: tuple[Score, ...]
    own_view: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Size:
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class LevelRow:
    level: int
    y: float


@dataclass(frozen=True, slots=True)
class MonthMark:
    """The first day of a month on the time axis; only some are worth a name."""

    first: date
    x: float


@dataclass(frozen=True, slots=True)
class CourseLine:
    """Strokes of one series; a stroke of one point is a dot."""

    area: str
    own_view: bool
    strokes: tuple[tuple[Point, ...], ...]


@dataclass(frozen=True, slots=True)
class EventMark:
    """A triangle below the time axis, in a row with its words; where they start, or None where there is no room."""

    words: str
    tip: Point
    words_at: Point | None


@dataclass(frozen=True, slots=True)
class Geometry:
    size: Size
    left: float
    right: float
    top: float
    bottom: float
    levels: tuple[LevelRow, ...]
    months: tuple[MonthMark, ...]
    lines: tuple[CourseLine, ...]
    events: tuple[EventMark, ...]
    mirrored: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """What the chart shows besides its values: number of levels, room for their names, the days at its ends."""

    levels: int = 5
    names_width: float = 66.0
    first: date | None = None
    last: date | None = None
    mirrored: bool = False


def _roughly(words: str) -> float:
    return 4.2 * len(words)


def course_geometry(
    series: Sequence[Series],
    events: Sequence[Event],
    size: Size,
    frame: Frame = Frame(),
    width_of: Callable[[str], float] = _roughly,
) -> Geometry:
    """Everything that a chart draws. `width_of` measures the words of an event in the unit of `size`."""
    first, last = _ends(series, events, frame)
    left, right = frame.names_width, size.width - 8.0
    shown = sorted((e for e in events if first <= e.on <= last), key=lambda e: e.on)
    xs = [_along(e.on, first, last, left, right) for e in shown]
    most = max(1, int((size.height * 0.45 - TIER) / TIER))
    placed = _words_in_tiers(xs, [width_of(e.words) for e in shown], right, most)
    tiers = max((tier for tier, _ in placed if tier is not None), default=-1) + 1 if shown else 0
    top, bottom = 5.0, size.height - TIER - 3.0 - (tiers * TIER + 3.0 if tiers else (8.0 if shown else 0.0))
    axis = bottom + TIER + 3.0
    rows = _rows(frame.levels, top, bottom)
    geometry = Geometry(
        size,
        left,
        right,
        top,
        bottom,
        tuple(LevelRow(level, y) for level, y in enumerate(rows)),
        _months(first, last, left, right),
        _lines(series, first, last, left, right, rows),
        tuple(
            _event_mark(e.words, x, start, axis, tier) for e, x, (tier, start) in zip(shown, xs, placed, strict=True)
        ),
        frame.mirrored,
    )
    return _mirror(geometry) if frame.mirrored else geometry


def _ends(series: Sequence[Series], events: Sequence[Event], frame: Frame) -> tuple[date, date]:
    days = [score.on for s in series for score in s.scores] or [event.on for event in events]
    known = [day for day in (frame.first, frame.last) if day is not None]
    first = frame.first or min(days + known, default=date(2000, 1, 1))
    last = frame.last or max(days + known, default=date(2000, 12, 31))
    return (first, last) if first <= last else (last, first)


def _along(day: date, first: date, last: date, left: float, right: float) -> float:
    whole = (last - first).days
    inset = 4.0
    if not whole:
        return (left + right) / 2
    return left + inset + (right - left - 2 * inset) * (day - first).days / whole


def _rows(levels: int, top: float, bottom: float) -> list[float]:
    if levels < 2:
        return [(top + bottom) / 2] * levels
    return [bottom - (bottom - top) * level / (levels - 1) for level in range(levels)]


def _next_month(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _months(first: date, last: date, left: float, right: float) -> tuple[MonthMark, ...]:
    """First days of months, as many as have room; the first day shown stands for a month that began before it."""
    starts = [first.replace(day=1)]
    while (following := _next_month(starts[-1])) <= last:
        starts.append(following)
    marks = [MonthMark(start, _along(max(start, first), first, last, left, right)) for start in starts]
    if len(marks) > 1 and marks[1].x - marks[0].x < MONTH_ROOM:
        marks = marks[1:]
    each = max(1, -int(-len(marks) * MONTH_ROOM // (right - left)))
    return tuple(marks[::each])


def _value_at(scores: Sequence[Score], day: date) -> float | None:
    """The level of a line on a day, between its scores too."""
    for a, b in pairwise(scores):
        if a.level is not None and b.level is not None and a.on <= day <= b.on and a.on != b.on:
            return a.level + (b.level - a.level) * (day - a.on).days / (b.on - a.on).days
    return next((float(s.level) for s in scores if s.on == day and s.level is not None), None)


def _hide_each_other(a: Series, b: Series) -> bool:
    """Whether two lines run over each other for a stretch, or share a lone point."""
    days = sorted({score.on for score in (*a.scores, *b.scores)})
    both = [(_value_at(a.scores, day), _value_at(b.scores, day)) for day in days]
    same = [x is not None and y is not None and abs(x - y) < 0.01 for x, y in both]
    lone = any(len([s for s in one.scores if s.level is not None]) == 1 for one in (a, b))
    return any(x and y for x, y in pairwise(same)) or (lone and any(same))


def _lanes(series: Sequence[Series]) -> list[float]:
    """A small shift for each line, so that none hides another: the first stays, later ones step aside."""
    taken: list[int] = []
    for n, one in enumerate(series):
        used = {taken[m] for m in range(n) if _hide_each_other(series[m], one)}
        taken.append(next(lane for lane in range(len(series)) if lane not in used))
    return [((lane + 1) // 2) * (-1 if lane % 2 else 1) * LANE for lane in taken]


def _lines(
    series: Sequence[Series], first: date, last: date, left: float, right: float, rows: Sequence[float]
) -> tuple[CourseLine, ...]:
    ordered = [Series(s.area, tuple(sorted(s.scores, key=lambda score: score.on)), s.own_view) for s in series]
    lines = []
    for one, shift in zip(ordered, _lanes(ordered), strict=True):
        strokes: list[list[Point]] = [[]]
        for score in one.scores:
            if score.level is None or not first <= score.on <= last or not 0 <= score.level < len(rows):
                strokes.append([])
                continue
            strokes[-1].append(Point(_along(score.on, first, last, left, right), rows[score.level] + shift))
        lines.append(CourseLine(one.area, one.own_view, tuple(tuple(stroke) for stroke in strokes if stroke)))
    return tuple(lines)


def _words_in_tiers(
    xs: Sequence[float], widths: Sequence[float], right: float, most: int
) -> list[tuple[int | None, float]]:
    """For each event the first row with room for its words, and where they start: after the triangle, or before it."""
    free_from: list[float] = []
    placed: list[tuple[int | None, float]] = []
    for x, width in zip(xs, widths, strict=True):
        start = x + EVENT_GAP if x + EVENT_GAP + width <= right else max(0.0, x - EVENT_GAP - width)
        tier = next((n for n, free in enumerate(free_from) if free + 6.0 <= min(start, x - EVENT_GAP)), None)
        if tier is None and len(free_from) < most:
            free_from.append(0.0)
            tier = len(free_from) - 1
        if tier is not None:
            free_from[tier] = max(start + width, x + EVENT_GAP)
        placed.append((tier, start))
    return placed


def _event_mark(words: str, x: float, start: float, axis: float, tier: int | None) -> EventMark:
    if tier is None:
        return EventMark(words, Point(x, axis), None)
    y = axis + tier * TIER
    return EventMark(words, Point(x, y), Point(start, y + 3.0))


def _mirror(geometry: Geometry) -> Geometry:
    """The same chart read from the right: time runs to the left, words end where they started."""
    width = geometry.size.width

    def flip(point: Point) -> Point:
        return Point(width - point.x, point.y)

    return Geometry(
        geometry.size,
        width - geometry.right,
        width - geometry.left,
        geometry.top,
        geometry.bottom,
        geometry.levels,
        tuple(MonthMark(mark.first, width - mark.x) for mark in geometry.months),
        tuple(
            CourseLine(line.area, line.own_view, tuple(tuple(map(flip, stroke)) for stroke in line.strokes))
            for line in geometry.lines
        ),
        tuple(
            EventMark(e.words, flip(e.tip), None if e.words_at is None else flip(e.words_at)) for e in geometry.events
        ),
        geometry.mirrored,
    )

"""Invented organisations by area, and the kinds of note that are written there, by weight."""

from __future__ import annotations

from aftercare.domain.codes import Area, NoteKind

PROVIDERS: dict[str, tuple[str, ...]] = {
    Area.HOUSING: ("Welfare office", "Housing association Linden", "Keyhouse", "City housing desk"),
    Area.HEALTH: ("Northgate clinic", "Counselling centre Meadow", "Dr. Solheim's practice", "Dental clinic Bridge St"),
    Area.EDUCATION: ("City language school", "Evening college", "Open learning centre", "Workshop school"),
    Area.EMPLOYMENT: ("Job centre", "Harbour Bakery", "Green Thumb nursery", "Laundry co-operative", "Cafe Morning"),
    Area.FAMILY: ("Tracing service", "Partner organisation at home"),
    Area.LEGAL: ("Legal aid centre", "Immigration office", "Counsel M. Ferrari", "District court"),
    Area.SAFETY: ("Night team", "Victim protection desk"),
    Area.MONEY: ("Debt advice", "Savings bank", "Welfare office"),
    Area.COMMUNITY: ("Neighbourhood house", "Women's football club", "Mentor programme"),
}

KINDS: dict[str, tuple[tuple[NoteKind, float], ...]] = {
    Area.HOUSING: ((NoteKind.VISIT, 4), (NoteKind.CALL, 3), (NoteKind.MEETING, 2)),
    Area.HEALTH: ((NoteKind.ACCOMPANIMENT, 4), (NoteKind.CALL, 2), (NoteKind.MEETING, 2)),
    Area.EDUCATION: ((NoteKind.MEETING, 4), (NoteKind.CALL, 3), (NoteKind.MESSAGE, 1)),
    Area.EMPLOYMENT: ((NoteKind.MEETING, 4), (NoteKind.CALL, 2), (NoteKind.VISIT, 1)),
    Area.FAMILY: ((NoteKind.CALL, 4), (NoteKind.MEETING, 3)),
    Area.LEGAL: ((NoteKind.ACCOMPANIMENT, 3), (NoteKind.MEETING, 3), (NoteKind.CALL, 2)),
    Area.SAFETY: ((NoteKind.MEETING, 3), (NoteKind.CALL, 1)),
    Area.MONEY: ((NoteKind.MEETING, 3), (NoteKind.ACCOMPANIMENT, 1)),
    Area.COMMUNITY: ((NoteKind.VISIT, 2), (NoteKind.MESSAGE, 1)),
}

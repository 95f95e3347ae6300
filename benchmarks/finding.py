"""Finding people and notes, the list, a likely duplicate at each key: asked through the services as the window asks."""

from __future__ import annotations

import random
import statistics
from collections.abc import Callable, Sequence
from itertools import cycle

from sqlalchemy import select

from aftercare.domain.duplicates import Register
from aftercare.domain.folding import match_query
from aftercare.domain.likeness import TypedPerson
from aftercare.domain.rows.survivors import SurvivorFilter, SurvivorOrder, Whose
from aftercare.records.notes import Note
from aftercare.records.people import Survivor, SurvivorName
from aftercare.services.opening import OpenOffice
from aftercare.services.search import find_notes, find_people
from aftercare.services.survivors import known_people, list_survivors
from benchmarks.conditions import Conditions
from benchmarks.measuring import Measured, seconds
from benchmarks.vaults import bare, made_vault, opened

_LIST_PAGE = 50


def _in_milliseconds(of: Callable[[str], object], each: Sequence[str]) -> list[float]:
    for words in each[:3]:
        of(words)
    return [seconds(lambda words=words: of(words)) * 1000 for words in each]  # type: ignore[misc]


def typed_names(office: OpenOffice, people: int) -> list[str]:
    """What somebody has in the field after each key while they type names and codes of people who are there."""
    with office.vault.engine.connect() as connection:
        names = connection.execute(select(SurvivorName.given, SurvivorName.family).order_by(SurvivorName.id)).all()
        codes = connection.scalars(select(Survivor.case_code).order_by(Survivor.number)).all()
    chance = random.Random(11)
    wanted = [f"{given} {family}".strip() for given, family in chance.sample(names, min(people, len(names)))]
    wanted += chance.sample(list(codes), min(max(1, people // 4), len(codes)))
    return [whole[:length] for whole in wanted for length in range(1, len(whole) + 1)]


def find_while_typing(conditions: Conditions, people: int | None = None) -> Measured:
    """Milliseconds for each key of names typed into the search; the limit is FTS5 alone with the same words."""
    with opened(made_vault(conditions, people)) as office:
        keys = typed_names(office, conditions.turns(40))
        ours = _in_milliseconds(lambda words: office.desk.ask(find_people, words), keys)
        statement = "SELECT rowid FROM search_fts_people WHERE search_fts_people MATCH ? LIMIT 60"
        with bare(office) as driver:
            limit = _in_milliseconds(
                lambda words: driver.execute(statement, (match_query(words) or '"x"',)).fetchall(), keys
            )
    return Measured(ours, limit, f"{len(keys)} keys", {"one_letter": _worst_of_length(keys, ours, 1)})


def _worst_of_length(keys: Sequence[str], values: Sequence[float], length: int) -> float:
    return max(value for words, value in zip(keys, values, strict=True) if len(words) == length)


def filter_list_while_typing(conditions: Conditions) -> Measured:
    """The same keys typed into the filter of the list, which shows whole rows with their number."""
    with opened(made_vault(conditions)) as office:
        keys = typed_names(office, conditions.turns(40))

        def show(words: str) -> object:
            return office.desk.ask(list_survivors, SurvivorFilter(text=words), None, _LIST_PAGE)

        ours = _in_milliseconds(show, keys)
    return Measured(ours, note=f"{len(keys)} keys", details={"one_letter": _worst_of_length(keys, ours, 1)})


def search_everything(conditions: Conditions) -> Measured:
    """Ctrl+K: people and notes for each key of words that stand in notes."""
    with opened(made_vault(conditions)) as office:
        with office.vault.engine.connect() as connection:
            count = connection.exec_driver_sql("SELECT count(*) FROM note").scalar()
            some = connection.scalars(select(Note.words).order_by(Note.id).limit(2000)).all()
        chance = random.Random(12)
        sentences = chance.sample(list(some), min(conditions.turns(40), len(some)))
        phrases = [
            " ".join(sentence.split()[at : at + 2]) for sentence, at in zip(sentences, cycle((0, 2, 4)), strict=False)
        ]
        keys = [phrase[:length] for phrase in phrases if phrase for length in range(2, len(phrase) + 1)]

        def ask(words: str) -> None:
            office.desk.ask(find_people, words)
            office.desk.ask(find_notes, words)

        ours = _in_milliseconds(ask, keys)
    return Measured(ours, note=f"{len(keys)} keys over {count} notes")


def page_of_the_list(conditions: Conditions, people: int | None = None) -> Measured:
    """Milliseconds for a page of 50 in each order and filter the list offers; the limit is 50 rows by key, bare."""
    with opened(made_vault(conditions, people)) as office:
        kinds = [SurvivorFilter(order=order, descending=down) for order in SurvivorOrder for down in (False, True)]
        kinds.append(SurvivorFilter(whose=Whose.MINE, order=SurvivorOrder.REVIEW))
        by_kind: dict[str, float] = {}
        ours: list[float] = []
        for kind in kinds:

            def page(_words: str, kind: SurvivorFilter = kind) -> object:
                return office.desk.ask(list_survivors, kind, None, _LIST_PAGE)

            taken = _in_milliseconds(page, [""] * conditions.turns(20))
            by_kind[f"{kind.order.value}{' descending' if kind.descending else ''} {kind.whose.value}"] = round(
                statistics.median(taken), 2
            )
            ours += taken
        statement = "SELECT * FROM survivor ORDER BY number LIMIT 50"
        with bare(office) as driver:
            limit = _in_milliseconds(lambda _words: driver.execute(statement).fetchall(), [""] * 30)
    slowest = max(by_kind, key=lambda name: by_kind[name])
    return Measured(ours, limit, f"slowest order: {slowest}, {by_kind[slowest]} ms", by_kind)


def next_page_of_the_list(conditions: Conditions) -> Measured:
    """Milliseconds for the page behind the fortieth, by key."""
    with opened(made_vault(conditions)) as office:
        last = None
        for _page in range(10):
            found = office.desk.ask(list_survivors, SurvivorFilter(), last, _LIST_PAGE * 4)
            last = found.rows[-1].survivor_id
            if not found.has_more:
                break

        def page(_words: str) -> object:
            return office.desk.ask(list_survivors, SurvivorFilter(), last, _LIST_PAGE)

        ours = _in_milliseconds(page, [""] * conditions.turns(40))
    return Measured(ours)


def duplicates_while_typing(conditions: Conditions) -> Measured:
    """Milliseconds for each key of a new person's name compared with everybody known."""
    with opened(made_vault(conditions)) as office:
        reading = seconds(lambda: office.desk.ask(known_people)) * 1000
        people = office.desk.ask(known_people)
        building = seconds(lambda: Register(people)) * 1000
        register = Register(people)
        keys = [words for words in typed_names(office, conditions.turns(20)) if not words.startswith("S-")]
        ours = _in_milliseconds(lambda words: register.alike(TypedPerson(names=(words,)), 6), keys)
    note = f"beforehand once, off the window's thread: {reading:.0f} ms to read, {building:.0f} ms to prepare"
    return Measured(ours, note=note, details={"read_ms": reading, "prepare_ms": building})

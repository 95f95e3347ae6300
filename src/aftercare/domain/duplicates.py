"""Search before create: who of those already known may be the person being typed, ranked, with a reason each.

Names are compared word by word in any order, so that swapped names are found; every script is brought to Latin letters
first, and Latin words also to their consonants, because Arabic and Hebrew leave out what «Mohammed» spells out.
The register is built once and asked at every key: what it knows of each distinct word is worked out beforehand.
The libraries that liken words are loaded with it: three megabytes that a list of people does not need.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from aftercare.domain.errors import FieldProblem
from aftercare.domain.folding import fold
from aftercare.domain.likeness import Likeness, Reason, TypedPerson
from aftercare.domain.partial_date import PartialDate
from aftercare.domain.rows.survivors import KnownPerson

SHOWN_FROM = 0.5
_CLOSE = 0.88
_SOUNDS = 0.86
_SKELETON = 0.84
_SHORT_SKELETON = 0.7  # «ali» and «علي», «elena» and «olena»: worth something beside another word
_BEGUN = 0.85
_BORN_THE_SAME_DAY = 0.24  # beside the evidence of the date itself just enough to be shown, behind all who share more
_HAN_NAME = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])([\u4e00-\u9fff]{1,3})(?![\u4e00-\u9fff])")
_NOT_WORDS = re.compile(r"[^a-z0-9]+")
_VOWELS = re.compile(r"[aeiouyvw]+")
_TWICE = re.compile(r"(.)\1+")
_SPELLINGS = (
    ("tsch", "s"), ("tch", "s"), ("sch", "s"), ("ch", "s"), ("sh", "s"), ("kh", "h"), ("gh", "g"), ("dh", "d"),
    ("th", "t"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("c", "k"), ("x", "h"), ("z", "s"), ("j", "g"),
)  # fmt: skip
_NAME_LIKENESS = 0.8
_ONE_NAME_OF_MANY = 0.6


@dataclass(frozen=True, slots=True)
class _Evidence:
    weight: float
    reasons: tuple[Reason, ...] = ()


_NOTHING = _Evidence(0.0)


class Register:
    """Everybody known, ready to be likened."""

    def __init__(self, people: Iterable[KnownPerson]) -> None:
        from rapidfuzz import process
        from rapidfuzz.distance import JaroWinkler

        self._closest = partial(process.extract, scorer=JaroWinkler.similarity)
        self._people = tuple(people)
        self._names: list[list[tuple[str, ...]]] = []
        self._births: list[PartialDate | None] = []
        self._bearers: dict[str, list[int]] = defaultdict(list)
        self._by_phone: dict[str, list[int]] = defaultdict(list)
        self._by_id_number: dict[str, list[int]] = defaultdict(list)
        self._by_birthday: dict[date, list[int]] = defaultdict(list)
        for place, person in enumerate(self._people):
            self._take_up(place, person)
        self._words = tuple(self._bearers)
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_skeleton: dict[str, list[str]] = defaultdict(list)
        for word in self._words:
            self._by_sound[_sound(word)].append(word)
            self._by_skeleton[_skeleton(word)].append(word)

    def __len__(self) -> int:
        return len(self._people)

    def _take_up(self, place: int, person: KnownPerson) -> None:
        names = [words for words in map(name_words, person.names) if words]
        self._names.append(names)
        for word in dict.fromkeys(word for words in names for word in words):
            self._bearers[word].append(place)
        birth = _birth(person.birth_date or "")
        self._births.append(birth)
        if birth is not None and birth.day is not None:
            self._by_birthday[birth.earliest].append(place)
        for phone in filter(None, map(phone_key, person.phones)):
            self._by_phone[phone].append(place)
        for number in filter(None, map(number_key, person.id_numbers)):
            self._by_id_number[number].append(place)

    def alike(self, typed: TypedPerson, most: int = 5) -> tuple[Likeness, ...]:
        """The likeliest first; empty where nobody comes close."""
        numbers = self._number_evidence(typed)
        names = self._name_evidence(typed)
        birth = _birth(typed.birth_date)
        for place, least in self._birthday_evidence(typed, birth).items():
            names[place] = max(least, names.get(place, least), key=lambda one: one.weight)
        found = []
        for place in numbers.keys() | names.keys():
            evidence = [numbers.get(place, _NOTHING), names.get(place, _NOTHING)]
            likeness = self._weigh(place, evidence, birth)
            if likeness.score >= SHOWN_FROM:
                found.append(likeness)
        found.sort(key=lambda one: (-one.score, one.person.case_code))
        return tuple(found[:most])

    def _weigh(self, place: int, evidence: Sequence[_Evidence], birth: PartialDate | None) -> Likeness:
        doubt = 1.0
        reasons: list[Reason] = []
        of_birth, contradiction = birth_likeness(birth, self._births[place])
        for one in (*evidence, of_birth):
            doubt *= 1 - one.weight
            reasons += one.reasons
        return Likeness(self._people[place], (1 - doubt) * contradiction, tuple(reasons))

    def _number_evidence(self, typed: TypedPerson) -> dict[int, _Evidence]:
        found: dict[int, _Evidence] = {}
        for phone in filter(None, map(phone_key, typed.phones)):
            for place in self._by_phone.get(phone, ()):
                found[place] = _Evidence(0.9, (Reason.SAME_PHONE,))
        for number in filter(None, map(number_key, typed.id_numbers)):
            for place in self._by_id_number.get(number, ()):
                before = found.get(place, _NOTHING)
                found[place] = _Evidence(0.97, (Reason.SAME_ID_NUMBER, *before.reasons))
        return found

    def _birthday_evidence(self, typed: TypedPerson, birth: PartialDate | None) -> dict[int, _Evidence]:
        """Those born the same day whose names have what was typed at a beginning, be it a letter or nothing yet."""
        if birth is None or birth.day is None:
            return {}
        typed_names = [words for words in map(name_words, typed.names) if words]
        found: dict[int, _Evidence] = {}
        for place in self._by_birthday.get(birth.earliest, ()):
            if not typed_names:
                found[place] = _Evidence(_BORN_THE_SAME_DAY)
            elif any(_begin(words, name) for words in typed_names for name in self._names[place]):
                found[place] = _Evidence(_BORN_THE_SAME_DAY, (Reason.SIMILAR_NAME,))
        return found

    def _name_evidence(self, typed: TypedPerson) -> dict[int, _Evidence]:
        found: dict[int, _Evidence] = {}
        for words in map(name_words, typed.names):
            if not words:
                continue
            near = [self._near(word, is_last=place == len(words) - 1) for place, word in enumerate(words)]
            for bearer in self._bearers_of_most(near):
                evidence = max(
                    (_compare_names(words, near, name) for name in self._names[bearer]),
                    key=lambda one: one.weight,
                    default=_NOTHING,
                )
                if evidence.weight > found.get(bearer, _NOTHING).weight:
                    found[bearer] = evidence
        return found

    def _near(self, word: str, is_last: bool) -> dict[str, tuple[float, bool]]:
        """Known words like one typed: how like, and whether only by sound."""
        near: dict[str, tuple[float, bool]] = {}
        skeleton = _skeleton(word)
        for known in self._by_skeleton.get(skeleton, ()):
            if len(skeleton) > 2:
                near[known] = (_SKELETON, True)
            elif len(word) <= 5 and len(known) <= 5:
                near[known] = (_SHORT_SKELETON, True)
        if len(word) > 2:
            for known in self._by_sound.get(_sound(word), ()):
                near[known] = (_SOUNDS, True)
            if is_last:
                near.update((known, (_BEGUN, False)) for known in self._words if known.startswith(word))
            close = self._closest(word, self._words, score_cutoff=_CLOSE, limit=None)
            near.update((known, (score, False)) for known, score, _ in close)
        if word in self._bearers:
            near[word] = (1.0, False)
        return near

    def _bearers_of_most(self, near: Sequence[dict[str, tuple[float, bool]]]) -> Iterator[int]:
        """People who bear a like of at least half of the words typed."""
        counted: dict[int, int] = defaultdict(int)
        for words in near:
            for place in {place for word in words for place in self._bearers[word]}:
                counted[place] += 1
        needed = max(1, len(near) // 2)
        return (place for place, count in counted.items() if count >= needed)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in plain Latin letters: «Łucja» and «Люция» come close, «محمد» is «mhmd».

    A Chinese name is parted after its family name, as its Latin spelling is.
    """
    plain = fold(name)
    if not plain.isascii():
        from anyascii import anyascii

        plain = anyascii(_HAN_NAME.sub(r"\1 \2", plain)).lower()
    return tuple(_NOT_WORDS.sub(" ", plain.replace("'", "").replace("`", "")).split())


def phone_key(phone: str) -> str:
    """The last eight digits: national and international spellings of one number agree; empty for too short ones."""
    digits = re.sub(r"\D", "", fold(phone))
    return digits[-8:] if len(digits) >= 7 else ""


def number_key(number: str) -> str:
    """Letters and digits of a paper's number; empty for too short ones."""
    plain = re.sub(r"[\W_]", "", fold(number))
    return plain if len(plain) >= 4 else ""


def birth_likeness(typed: PartialDate | None, known: PartialDate | None) -> tuple[_Evidence, float]:
    """What two dates of birth say: evidence for one person, and a factor below 1 where they contradict."""
    if typed is None or known is None:
        return _NOTHING, 1.0
    if typed.earliest <= known.latest and known.earliest <= typed.latest:
        exact = typed.day is not None and known.day is not None
        return (
            _Evidence(0.35, (Reason.SAME_BIRTH_DATE,)) if exact else _Evidence(0.12, (Reason.BIRTH_DATE_FITS,))
        ), 1.0
    if typed.day is not None and known.day is not None:
        if typed.year == known.year and (typed.day, typed.month) == (known.month, known.day):
            return _Evidence(0.3, (Reason.DAY_AND_MONTH_SWAPPED,)), 1.0
        if _one_apart(typed, known):
            return _Evidence(0.25, (Reason.SIMILAR_BIRTH_DATE,)), 1.0
    apart = _days_apart(typed, known)
    if apart <= 366 or (apart <= 3 * 366 and (typed.about or known.about)):
        return _Evidence(0.08, (Reason.SIMILAR_BIRTH_DATE,)), 1.0
    return _NOTHING, 0.8 if typed.about or known.about else 0.6


def _one_apart(typed: PartialDate, known: PartialDate) -> bool:
    """Next to each other: a day, or the same day of the month before or of the year before."""
    if abs((typed.earliest - known.earliest).days) == 1:
        return True
    steps = (typed.year - known.year, (typed.month or 0) - (known.month or 0), (typed.day or 0) - (known.day or 0))
    return sorted(map(abs, steps)) == [0, 0, 1]


def _days_apart(typed: PartialDate, known: PartialDate) -> int:
    return max((typed.earliest - known.latest).days, (known.earliest - typed.latest).days)


def _birth(text: str) -> PartialDate | None:
    if not text:
        return None
    try:
        return PartialDate.from_edtf(text)
    except FieldProblem:
        return None


def _compare_names(
    typed: Sequence[str], near: Sequence[dict[str, tuple[float, bool]]], known: Sequence[str]
) -> _Evidence:
    """How like two names are: each word typed takes the likest word of the other that is still free."""
    free = list(enumerate(known))
    total = weight_of_all = matched_weight = 0.0
    by_sound, places = False, []
    for word, likes in zip(typed, near, strict=True):
        weight = min(len(word), 6)
        weight_of_all += weight
        best = max(free, key=lambda place_word: likes.get(place_word[1], (0.0, False))[0], default=None)
        if best is None or best[1] not in likes:
            continue
        score, only_sound = likes[best[1]]
        free.remove(best)
        total += weight * score
        matched_weight += min(len(best[1]), 6)
        by_sound = by_sound or only_sound
        places.append(best[0])
    if not places:
        return _NOTHING
    covered = matched_weight / sum(min(len(word), 6) for word in known)
    likeness = total / weight_of_all * (0.75 + 0.25 * covered)
    if len(places) == 1 and (len(known) > 1 or len(typed) > 1):
        likeness *= _ONE_NAME_OF_MANY
    is_same = sorted(typed) == sorted(known)
    if is_same and len(known) > 1 and tuple(typed) != tuple(known):
        reason = Reason.NAMES_SWAPPED
    elif is_same:
        reason = Reason.SAME_NAME
    elif len(places) > 1 and places != sorted(places):
        reason = Reason.NAMES_SWAPPED
    else:
        reason = Reason.SOUNDS_ALIKE if by_sound else Reason.SIMILAR_NAME
    return _Evidence(_NAME_LIKENESS * likeness, (reason,))


def _begin(typed: Sequence[str], known: Sequence[str]) -> bool:
    """Whether each word typed begins one of the name's, or the other way round: «Jo», «Joanna K.» and «Joanna Kos»."""
    return all(any(name.startswith(word) or word.startswith(name) for name in known) for word in typed)


def _sound(word: str) -> str:
    import jellyfish

    return str(jellyfish.metaphone(word)) or word


def _skeleton(word: str) -> str:
    """The consonants, with spellings of one sound made one and a silent last «h» left out; the word if it has none."""
    bare = word
    for spelling, plain in _SPELLINGS:
        bare = bare.replace(spelling, plain)
    bare = _TWICE.sub(r"\1", _VOWELS.sub("", bare))
    return (bare[:-1] if len(bare) > 1 and bare.endswith("h") else bare) or word

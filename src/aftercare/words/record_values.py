"""Values of fields in words, as a history shows them: codes by their label, days, yes and no, lists."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from aftercare.domain.partial_date import PartialDate
from aftercare.i18n import Language, current
from aftercare.words import LABELS, area_label
from aftercare.written_dates import write_partial_date

_LONGEST = 300


def value_words(field: str, value: Any, language: Language | None = None) -> str:
    """The value as a person reads it; a dash for nothing, an ellipsis for what has no words (a drawing, a form)."""
    words = language or current()
    if value is None or value in ("", [], ()):
        return "–"
    if field == "area" and isinstance(value, str):
        return area_label(value, words)
    if field == "birth_date" and isinstance(value, str):
        return _birth_date(value)
    if isinstance(value, bool):
        return words.tr("Yes") if value else words.tr("No")
    if isinstance(value, StrEnum):
        known = LABELS.get(type(value), {})
        return words.tr(known[value]) if value in known else value.value.replace("_", " ")
    if isinstance(value, date):
        return words.date(value)
    if isinstance(value, time):
        return words.time(value)
    if isinstance(value, int | float | Decimal):
        return words.number(float(value))
    if isinstance(value, list):
        return words.listed([value_words(field, each, words) for each in value])
    if isinstance(value, str):
        return value if len(value) <= _LONGEST else value[:_LONGEST] + "…"
    return "…"


def _birth_date(edtf: str) -> str:
    try:
        return write_partial_date(PartialDate.from_edtf(edtf))
    except ValueError:
        return edtf

"""Amounts as people write them in the language of the window: «1,250.50», «1.250,50», «480»."""

from __future__ import annotations

from decimal import Decimal

from aftercare.domain.errors import FieldProblem
from aftercare.i18n import PSEUDO, PSEUDO_RTL, current


def read_amount(typed: str) -> Decimal:
    """The amount, or FieldProblem; a comma or point before one or two last digits is the decimal sign anywhere."""
    plain = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in typed.strip())
    for sign, other in (".,", ",."):
        if plain.count(sign) == 1 and len(plain.rpartition(sign)[2]) in (1, 2):
            return _parsed(plain.replace(other, "").replace(sign, "."), "en", typed)
    tag = current().tag
    return _parsed(plain, "en" if tag in (PSEUDO, PSEUDO_RTL) else tag.replace("-", "_"), typed)


def _parsed(plain: str, locale: str, typed: str) -> Decimal:
    from babel.numbers import NumberFormatError, parse_decimal

    try:
        return parse_decimal(plain, locale=locale)
    except NumberFormatError:
        raise FieldProblem("", "not_a_number", typed) from None

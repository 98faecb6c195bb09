"""Masks Finnish identity codes and card numbers on arrival: nobody here needs them."""

from __future__ import annotations

import re
from datetime import date
from enum import StrEnum

_HETU = re.compile(r"(?<![0-9A-Za-z])\d{6}[-+YXWVUA-Fyxwvua-f]\d{3}[0-9A-Ya-y](?![0-9A-Za-z])")
_CARD = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){12,18}(?![0-9A-Za-z])")
# What stands in the place of all that was masked.
HIDDEN = "****"
_CENTURY = {"+": 1800} | dict.fromkeys("-YXWVU", 1900) | dict.fromkeys("ABCDEF", 2000)


class Masked(StrEnum):
    """A kind of personal data that is masked."""

    IDENTITY_CODE = "identity_code"
    CARD_NUMBER = "card_number"


def mask(text: str, today: date) -> tuple[str, frozenset[Masked]]:
    """Return the text with identity codes and card numbers replaced by asterisks, and what was."""
    found: set[Masked] = set()

    def hide_code(match: re.Match[str]) -> str:
        if not _is_identity_code(match.group(), today):
            return match.group()
        found.add(Masked.IDENTITY_CODE)
        return "******-****"

    def hide_card(match: re.Match[str]) -> str:
        # Here and below only where there is a number: it loads what speaks TLS.
        from stdnum import luhn

        if not luhn.is_valid(re.sub(r"\D", "", match.group())):
            return match.group()
        found.add(Masked.CARD_NUMBER)
        return "**** **** ****"

    return _CARD.sub(hide_card, _HETU.sub(hide_code, text)), frozenset(found)


def _is_identity_code(text: str, today: date) -> bool:
    from stdnum.fi import hetu

    code = text.upper()
    if not hetu.is_valid(code, allow_temporary=True):
        return False
    year = _CENTURY[code[6]] + int(code[4:6])
    # The library lets births in the future pass.
    return (year, int(code[2:4]), int(code[:2])) <= (today.year, today.month, today.day)

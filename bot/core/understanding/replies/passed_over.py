"""Recognises that somebody passes over what exactly they want, or wants all of it."""

from __future__ import annotations

import re

from bot.core.catalog import Language, Right
from bot.core.understanding.replies.safeguards import (
    says_only_yes,
    says_yes,
    sets_condition,
    told_beside_yes,
)
from bot.core.understanding.words.cues import cues
from bot.core.understanding.words.text import normal_form

# Who wants all of their data says as much as who passes the question over.
_OF_ALL = frozenset({Right.ACCESS, Right.ERASURE, Right.PORTABILITY, Right.MARKETING_OBJECTION})
_COVERS_ALL = _OF_ALL - {Right.MARKETING_OBJECTION}
_SAYS_ALL = re.compile(
    r"(?:ihan )?kaikki(?: tiedot| tietoni| sanoin)?|kaikkia(?: tietojani)?"
    r"|everything|all(?: of it| my data)?|the lot"
    r"|allt(?:ing|ihop)?|alla(?: uppgifter)?"
)
_FEW, _MOST_WORDS = 5, 12


def passes_over(text: str, right: Right | None, language: Language) -> bool:
    """Tell whether a text gives no detail, in so many words: staff do not read what is skipped."""
    words = len(text.split())
    if words > _MOST_WORDS or any(map(str.isdigit, text)) or sets_condition(text, language):
        return False
    seen = cues(text, language)
    said = seen & {"skip", "anonymous"} or (words <= _FEW and "no" in seen)
    return bool(said) or wants_all(text, right)


def wants_all(text: str, right: Right | None) -> bool:
    """Tell whether a text wants all of the data, for a right to which that adds nothing."""
    return right in _OF_ALL and says_all(text)


def covers_all(text: str, right: Right | None, language: Language) -> bool:
    """Tell whether a text says yes to all of the data, which is what such a right is asked for.

    "Does it cover all your data?" can be answered so; which other contacts it covers cannot, but
    by having it sent as it is.
    """
    if right is not Right.RECTIFICATION and "send" in cues(text, language):
        return says_only_yes(text, language)  # nothing more is to be said before it is sent
    if right not in _COVERS_ALL or not says_yes(text, language):
        return False
    beside = " ".join(told_beside_yes(text, language))
    return not beside or says_all(beside)


def says_all(text: str) -> bool:
    """Tell whether a text says no more than that all is meant."""
    return _SAYS_ALL.fullmatch(normal_form(text)) is not None

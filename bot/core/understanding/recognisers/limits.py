"""Finds to which of several wishes a limit belongs: "erase all, stop the mails but keep texts"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Language, Right
from bot.core.understanding.words.cues import cues
from bot.core.understanding.words.values import RIGHTS

_LONGEST = 600  # characters
_JOINT = r"(?:and|but|ja|sekä|mutta|mut|och|samt|men)"
_CUT = re.compile(
    rf"(?<=[,;.!?\n])\s+| (?={_JOINT}\b)| (?=(?:except|apart from|other than|excluding|paitsi"
    r"|lukuun ottamatta|utom|förutom|med undantag)\b)",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    rf"^(?:(?:{_JOINT}|then|also|please|sitten|myös|lisäksi|sedan|sen|också) )+", re.IGNORECASE
)
_KEEPS = re.compile(
    r"(?:please |kuitenkin |snälla )?(?:keep|leave|save|except|apart from|other than|excluding|only"
    r"|säily\w*|jättä\w*|jätä|pitä\w*|pidä|paitsi|lukuun ottamatta|vain|ainoastaan"
    r"|behåll\w*|spara|låt|lämna|utom|förutom|med undantag|bara|endast)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"(?:please |kuitenkin |snälla )?(?:not|do not|don['’]?t|never|ei|älkää|älä|inte|int|ej)\b",
    re.IGNORECASE,
)
_STOPS = re.compile(r"(?:stop|no more|lopet\w+|sluta\w*)\b", re.IGNORECASE)


def limits(text: str) -> Mapping[Right, str]:
    """Return the wishes of a text that are limited, in their words and those of the limit.

    A letter says more than that: it is read whole.
    """
    if len(text) > _LONGEST:
        return {}
    found: dict[Right, str] = {}
    right: Right | None = None
    wish = ""
    for part in filter(None, map(str.strip, _CUT.split(text))):
        said = _BEGUN.sub("", part)
        own = _right_of(said)
        if _KEEPS.match(said) or (own is None and _NOT.match(said)):
            if right is not None:
                found[right] = f"{found.get(right, wish)} {part}"
        else:  # what is limited is the wish just before it, and no other
            right, wish = own, said
    return {right: limited.rstrip(" ,;") for right, limited in found.items()}


def _right_of(part: str) -> Right | None:
    """Return the one right that a part of a text asks for; None where that is not plain."""
    named = {RIGHTS[cue] for one in Language for cue in cues(part, one) if cue in RIGHTS}
    if not named and _STOPS.match(part):
        return Right.MARKETING_OBJECTION
    return named.pop() if len(named) == 1 else None

"""Finds all the rights that one message asks for: in words, by a pronoun, by their articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.core.catalog import Intent, Kind, Right
from bot.core.understanding.recognisers.demands import acts, asks_for_it, cited
from bot.core.understanding.words.text import clauses, normal_form

_MOST = 40  # clauses
# "Delete it. All of it. Today": by itself it would be all that is to be seen.
_HOW_MUCH = re.compile(
    r"(?:and |every |ihan |aivan |precis )?(?:all|everything|all of (?:it|them)|the lot|last bit"
    r"|kaikki|kaiken|kaikki tiedot|kokonaan|allt|alltihop|alltsammans|vartenda|rubbet)"
    r"(?: (?:now|today|please|nyt|heti|tänään|kiitos|nu|idag|i dag|genast|tack))*"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The rights of a message in the order in which it says them, and whether it reports too."""

    rights: tuple[Right, ...]
    reports: bool


def wanted(
    text: str, right: Right | None, *, surely: bool, understood: Callable[[str], Intent | None]
) -> Wanted:
    """Return what a message wants that as a whole is about a `right`.

    `understood` tells what a clause by itself surely wants. A right of the whole that no clause
    asks for comes first, unless others are asked for and it was not sure.
    """
    said = [one for one in clauses(text)[:_MOST] if not _HOW_MUCH.fullmatch(normal_form(one))]
    parts = [(part, understood(part)) for part in said]
    asked = [found for part, intent in parts if (found := _asked(part, intent))]
    first = [right] if right and right not in asked and (surely or not asked) else []
    return Wanted(
        rights=_each_once([*first, *asked, *_cited_besides(text, asked)]),
        reports=any(intent and intent.kind is Kind.INCIDENT for _, intent in parts),
    )


def done_in(text: str) -> tuple[Right, ...]:
    """Return the rights that clauses of a message surely ask for by their verbs alone."""
    found = map(acts, clauses(text)[:_MOST])
    return _each_once(right for right in found if right and asks_for_it(text, right))


def _asked(clause: str, intent: Intent | None) -> Right | None:
    """Return the right that a clause asks for: as it is understood, or by its verb."""
    if intent and intent.right and asks_for_it(clause, intent.right):
        return intent.right
    return acts(clause)


def _cited_besides(text: str, asked: Sequence[Right]) -> list[Right]:
    """Return the rights whose articles a message cites besides those that it asks for in words."""
    told = {Right.OBJECTION} if Right.MARKETING_OBJECTION in asked else set()
    return [right for right in cited(text) if right not in told]


def _each_once(rights: Iterable[Right]) -> tuple[Right, ...]:
    return tuple(dict.fromkeys(rights))

"""Extracts what a reply gives with its meaning: a name, an address, a corrected field, a right."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic
from bot.core.understanding.replies.decision import ENDABLE, FORM
from bot.core.understanding.replies.safeguards import asks
from bot.core.understanding.words.cues import cues
from bot.core.understanding.words.names import name_in
from bot.core.understanding.words.values import address_in, language_in, right_in

M, S = Meaning, Stage
_GIVES_UP = frozenset({"stop", "withdraw"})
_ENDS = _GIVES_UP | {"no"}
_UNDER_WAY = FORM | {S.SUMMARY}
_REPLACES = frozenset({"rather", "no", "change", "stop", "wrong"})
_INSTEAD = re.compile(
    r"\b(?:instead|rather|sen sijaan|sijasta|mieluummin|i stället|istället|hellre)\b"
)
_NOUNS: Mapping[Right, re.Pattern[str]] = {
    Right.RECTIFICATION: re.compile(r"\b(?:oikaisu\w*|rättelse\w*|rectification|correction)\b"),
    Right.ERASURE: re.compile(r"\b(?:poist(?:o|ami)\w*|radering\w*|erasure|deletion)\b"),
    Right.RESTRICTION: re.compile(r"\b(?:rajoit(?:us|ta)\w*|begränsning\w*|restriction)\b"),
    Right.PORTABILITY: re.compile(r"\b(?:siirto\w*|siirtäm\w*|överföring\w*|portability)\b"),
    Right.OBJECTION: re.compile(r"\b(?:vastustam\w*|invändning\w*|objection)\b"),
    Right.ACCESS: re.compile(
        r"\b(?:kopio\w*|tarkast(?:us|ami)\w*|utdrag\w*|kopia\w*|copy|access)\b"
    ),
}
_JOINED = re.compile(r"\b(?:and|ja|och|å|plus|sekä|but|mutta|men)\b", re.IGNORECASE)


def with_value(means: Meaning, text: str, asked: Asked, language: Language) -> Reading:
    """Return a meaning with what the text gives for it."""
    match means:
        case M.VALUE if asked.stage is S.NAME:
            return named(text, asked, language)
        case M.VALUE if asked.stage is S.EMAIL:
            return Reading(means=M.VALUE if "@" in text else M.SAME_AS_BEFORE)
        case M.VALUE | M.LIMIT | M.ANSWER | M.ADD:
            return Reading(means=means, value=text)
        case M.CHANGE:
            return changed(text, asked, language)
        case M.REFUSE | M.STOP if asked.stage is S.SUMMARY and _mends(text, language):
            return changed(text, asked, language)
        case M.OTHER_RIGHT | M.ALSO_RIGHT:
            return of_right(means, text, asked, language)
        case M.LANGUAGE:
            return Reading(means=means, value=language_in(text))
        case M.CODE_ELSEWHERE | M.CODE_MISSING | M.CODE_EXPIRED if address := address_in(text):
            return Reading(means=M.CODE_ELSEWHERE, value=address)
    return Reading(means=_told_apart(means, asked.stage, cues(text, language)))


def _mends(text: str, language: Language) -> bool:
    """Tell whether a no to a summary is one to a part of it: what is wrong, or to whom it goes."""
    seen = cues(text, language)
    return "wrong" in seen or bool(seen & {"field_mail", "no_mail"} and not seen & _GIVES_UP)


def _told_apart(means: Meaning, stage: Stage, seen: frozenset[str]) -> Meaning:
    """Return a meaning more closely: single words tell apart what is learnt as one."""
    match means:
        case M.STOP if "later" in seen:
            return M.POSTPONE
        case M.STOP if stage in ENDABLE and not seen & _ENDS:  # what was given is kept
            return M.POSTPONE
        case M.SKIP | M.NO_EMAIL if "anonymous" in seen:
            return M.DECLINE_VALUE
        case M.CODE_MISSING if "again" in seen and "not_come" not in seen:
            return M.NEW_CODE
    return means


def named(text: str, asked: Asked, language: Language) -> Reading:
    name = name_in(text, language)
    if not name:
        return Reading(means=M.SAME_AS_BEFORE)
    return Reading(means=M.VALUE, value=name, second=beside(text, asked, language))


def _replaces(text: str, language: Language) -> bool:
    return bool(cues(text, language) & _REPLACES)


def beside(text: str, asked: Asked, language: Language) -> Meaning | None:
    """Return what is said beside a value that is given: a question, another right, for whom."""
    if asks(text):
        return M.QUESTION
    if "behalf" in cues(text, language):
        return M.ON_BEHALF
    return M.ALSO_RIGHT if names_another_right(text, asked, language) else None


def names_another_right(text: str, asked: Asked, language: Language) -> bool:
    """Tell whether a text joins another right to what it says."""
    joins = _JOINED.search(text) is not None or "newly" in cues(text, language)
    return joins and right_in(text, asked.right, language) not in (None, asked.right)


def changed(text: str, asked: Asked, language: Language) -> Reading:
    """Return a change with the field that it is about, and the new value where it is given."""
    address = address_in(text)
    if address:
        return Reading(means=M.CHANGE, field=Topic.EMAIL, value=address)
    said = text.casefold()
    if _INSTEAD.search(said):
        for right, noun in _NOUNS.items():
            if right is not asked.right and noun.search(said):
                return Reading(means=M.CHANGE, field=Topic.RIGHT, value=right)
    seen = cues(text, language)
    if "field_name" in seen:
        return Reading(means=M.CHANGE, field=Topic.NAME, value=name_in(text, language))
    if "field_mail" in seen:
        return Reading(means=M.CHANGE, field=Topic.EMAIL)
    return Reading(means=M.CHANGE, field=Topic.DETAILS, value=text)


def of_right(means: Meaning, text: str, asked: Asked, language: Language) -> Reading:
    if asked.stage in _UNDER_WAY and means is M.OTHER_RIGHT and not _replaces(text, language):
        means = M.ALSO_RIGHT  # what is under way is not lost by another wish
    right = right_in(text, asked.right, language)
    fresh = asked.stage in (S.IDLE, S.CLOSED)
    reading = Reading(means=means, field=Topic.RIGHT, value=right or "")
    return replace(reading, means=M.NEW_RIGHT) if fresh else reading

"""Resolves a short follow-up question about the last topic: "and for how long?"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from bot.core.catalog import Catalog, Kind, Language, in_library
from bot.core.understanding.topics.follow_up_aspects import (
    ASPECT_OF,
    ASPECT_WORDS,
    AT_END,
    BY_ASPECT,
    BY_GROUP,
    CONNECTIVES,
    FILLERS,
    GROUPS,
    OF_THE_DATA,
    THE_SAME,
    Aspect,
    Group,
)
from bot.core.understanding.topics.match import KNOWN_WORDING, Match, Outcome, outcome_of
from bot.core.understanding.words.text import normal_form

FOLLOWED = 0.9  # the confidence of what the table says
_LONGEST = 10  # words; who says more says what it is about
_ASPECTS = {aspect: re.compile(rf"\b(?:{words})\b") for aspect, words in ASPECT_WORDS.items()}
_CARRIED_ON = re.compile(rf"(?:{CONNECTIVES}) (?P<matter>.+)")
_AT_END = re.compile(rf" (?:{AT_END})$")
_GROUP_OF = {topic: group for group, topics in GROUPS.items() for topic in topics.split()}
# What people ask about: whatever else a message is, it carries on no topic.
_ASKED = frozenset({Outcome.ANSWER, Outcome.NOT_IN_NOTICE, Outcome.CLARIFY, Outcome.OUT_OF_SCOPE})

Understand = Callable[[str, Language], Match]


def followed(text: str, match: Match, last: str, catalog: Catalog, understand: Understand) -> Match:
    """Return what a message wants after an answer on the topic `last`.

    `match` is what it wants by itself, `understand` tells that of other words. It is returned as it
    is where the message carries on nothing.
    """
    said, last = normal_form(text), in_library(last)
    if not last or len(said.split()) > _LONGEST:
        return match
    talk = match.outcome is Outcome.SMALLTALK and match.confidence < KNOWN_WORDING
    if match.outcome not in _ASKED and not talk:
        return match
    aspect = _aspect_alone(said)
    if aspect:
        return _about(_of_aspect(aspect, last), match, catalog)
    carried = _CARRIED_ON.fullmatch(said)
    if carried and match.confidence < KNOWN_WORDING:
        return _of_matter(_AT_END.sub("", carried["matter"]), match, last, catalog, understand)
    return _tipped(match, last, catalog)


def _aspect_alone(said: str) -> Aspect | None:
    """Return the aspect that a text asks about, if it names no matter besides."""
    for aspect, words in _ASPECTS.items():
        found = words.search(said)
        if found:
            rest = f"{said[: found.start()]} {said[found.end() :]}".split()
            return aspect if FILLERS.issuperset(rest) else None
    return None


def _of_aspect(aspect: Aspect, last: str) -> str:
    """Return the topic that answers an aspect of the last one, or nothing."""
    group = _GROUP_OF.get(last)
    topic = BY_ASPECT.get(aspect, "")
    if group:
        topic = BY_GROUP[group].get(aspect, topic)
    return last if topic == THE_SAME else topic


def _of_matter(
    matter: str, match: Match, last: str, catalog: Catalog, understand: Understand
) -> Match:
    """Return what "and cookies?" asks: of another matter what was asked of the last one."""
    alone = understand(matter, match.language)
    aspect, group = ASPECT_OF.get(last), _GROUP_OF.get(in_library(alone.intent))
    another = group is not _GROUP_OF.get(last)
    topic = BY_GROUP[group].get(aspect, "") if aspect and group and another else ""
    found = _about(topic or OF_THE_DATA.get(alone.intent, ""), match, catalog)
    if found.outcome is Outcome.NOT_IN_NOTICE and alone.outcome is Outcome.ANSWER:
        # What the notice says of the matter comes before that it is silent on one aspect of it.
        return replace(alone, confidence=FOLLOWED, also=(found.intent,))
    if found is not match:
        return found
    surer = alone.outcome in _ASKED and alone.confidence > match.confidence
    return _tipped(alone if surer else match, last, catalog)


def _about(topic: str, match: Match, catalog: Catalog) -> Match:
    """Return the match of a topic; the given one where the catalogue does not have it."""
    intent = catalog.find(topic)
    if intent is None:
        return match
    if intent.kind is Kind.REQUEST:
        intent = catalog.find(topic.replace("request.", "topic.", 1)) or intent
    return Match(
        language=match.language,
        outcome=outcome_of(intent),
        intent=intent.id,
        confidence=FOLLOWED,
    )


def _tipped(match: Match, last: str, catalog: Catalog) -> Match:
    """Return the one of several near topics that is akin to the last one."""
    group = _GROUP_OF.get(last)
    if group in (None, Group.RIGHTS):  # each right is a matter of its own
        return match
    akin = [option for option in match.options if _GROUP_OF.get(in_library(option)) is group]
    return _about(akin[0], match, catalog) if len(akin) == 1 else match

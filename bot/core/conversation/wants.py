"""Matches a message in its language, in the context of the answer before it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.conversation import languages
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.world import World
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.topics import follow_ups
from bot.core.understanding.topics.intended import intended
from bot.core.understanding.topics.match import KNOWN_WORDING, STATED, Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE
from bot.core.understanding.words.own_words import own_words

# Read as one of these, a text that looks like small talk is some.
_TALK = frozenset({Meaning.THANKS, Meaning.GREETING, Meaning.LANGUAGE, Meaning.HUMAN})


def matched(dialogue: Dialogue, text: str, world: World) -> tuple[Dialogue, Match]:
    """Return what a message wants, and the dialogue in the language that it is in or asks for."""
    language = languages.of_reply(text, dialogue.language, world.knowledge)
    matcher = world.knowledge.matcher
    said = own_words(text) or text  # above a quotation stands what is meant
    catalog = world.knowledge.catalog
    match = intended(said, language, matcher, catalog)
    if dialogue.topic:
        match = follow_ups.followed(said, match, dialogue.topic.intent, catalog, matcher.match)
    if match.intent == OTHER_LANGUAGE:
        return dialogue, match  # what it looks like most is a guess
    if match.language in world.rules.languages:  # "hello" is greeted in English
        language = match.language
    if match.intent == "smalltalk.language":
        wanted = languages.asked_for(text)
        language = wanted if wanted and wanted in world.rules.languages else language
    return replace(dialogue, language=language), match


def is_worded(text: str, dialogue: Dialogue, world: World) -> bool:
    """Tell whether a text is one of the phrases: where no question is open they are meant."""
    match = world.knowledge.matcher.match(text, dialogue.language)
    return match.confidence >= KNOWN_WORDING and match.outcome is not Outcome.OUT_OF_SCOPE


def asks_on(dialogue: Dialogue, text: str, world: World) -> bool:
    """Tell whether a message asks on about the topic of the answer just before it."""
    if dialogue.topic is None or dialogue.topic.ago:
        return False
    by_itself = matched(replace(dialogue, topic=None), text, world)[1]
    return matched(dialogue, text, world)[1] != by_itself


def only_seems(dialogue: Dialogue, reading: Reading, text: str, world: World) -> bool:
    """Tell whether by its words a text looks like an end or small talk, which it does not mean."""
    match = matched(dialogue, text, world)[1]
    ends = match.outcome is Outcome.CANCEL
    talks = match.outcome is Outcome.SMALLTALK and match.confidence < STATED
    seems = ends or (talks and reading.means not in _TALK)
    return seems and not is_worded(text, dialogue, world)

"""Answers where others read along: quotations only, and nothing about the person who asks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core import pace
from bot.core.buttons import OpenPrivateChat
from bot.core.catalog import Language
from bot.core.conversation import answers, languages
from bot.core.effects import Choice, Part, Quote, Say, Text
from bot.core.events import AskedInPublic
from bot.core.knowledge import Knowledge
from bot.core.pace import Pace, PaceRules
from bot.core.question_counts import AskedTopic, asked_in
from bot.core.understanding.topics.match import STATED, Match, Outcome
from bot.core.understanding.topics.other_languages import OTHER_LANGUAGE

PRIVATE = Choice(button=OpenPrivateChat(), key="choice.private")
_GREETINGS = frozenset({"/start", "/help"})
_PRIVATELY = Text(key="public.private")
_SLOWER = 3  # a group takes twenty messages a minute, and all who are in it read them


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStep:
    """What a message in a group led to: the pace of the group, what is said, what is counted."""

    pace: Pace
    say: Say | None
    asked: tuple[AskedTopic, ...] = ()


def is_flooded(before: Pace, rules: PaceRules, now: datetime) -> bool:
    """Tell whether so much was asked in a group that the next message is not answered there."""
    return bool(pace.pause(before, _in_a_group(rules), now))


def step(event: AskedInPublic, before: Pace, knowledge: Knowledge, now: datetime) -> PublicStep:
    """Answer a question asked in a group, unless too many come: that is said once.

    Those are not kept for later, as what people write in private is: a group would be answered for
    hours after a flood.
    """
    if is_flooded(before, knowledge.rules.pace, now):
        told = replace(before, told=True)
        return PublicStep(pace=told, say=None if before.told else _busy(event, knowledge))
    return PublicStep(
        pace=pace.spend(before, _in_a_group(knowledge.rules.pace), now),
        say=answer(event, knowledge),
        asked=_asked(event, knowledge),
    )


def _asked(event: AskedInPublic, knowledge: Knowledge) -> tuple[AskedTopic, ...]:
    """Return what is counted of a message: nothing of a command, a number or a code."""
    if event.text.startswith("/") or not any(map(str.isalpha, event.text)):
        return ()
    return asked_in(knowledge.matcher.match(event.text, _language(event, knowledge)))


def _in_a_group(rules: PaceRules) -> PaceRules:
    return replace(rules, per_second=rules.per_second / _SLOWER)


def _busy(event: AskedInPublic, knowledge: Knowledge) -> Say:
    language = languages.chosen(knowledge.rules.languages, event.language)
    return Say(
        to=event.place, language=language, parts=(Text(key="public.busy"),), choices=(PRIVATE,)
    )


def answer(event: AskedInPublic, knowledge: Knowledge) -> Say:
    """Answer a question asked in a group; a request is quoted, and sent to talk in private."""
    language = _language(event, knowledge)
    match = knowledge.matcher.match(event.text, language)
    if event.text in _GREETINGS:
        parts: tuple[Part, ...] = (Text(key="public.about"), _PRIVATELY)
    elif not any(map(str.isalpha, event.text)):  # a number or a code says nothing of the notice
        parts = (_PRIVATELY,)
    else:
        parts = _all_answered(match, knowledge)
        if not event.text.startswith("/"):
            language = languages.chosen(knowledge.rules.languages, match.language)
    return Say(to=event.place, language=language, parts=parts, choices=(PRIVATE,))


def _language(event: AskedInPublic, knowledge: Knowledge) -> Language:
    """Return the language in which to answer: that of the text, else the platform's guess."""
    command = event.text.startswith("/")  # which is in no language
    written = None if command else languages.written_in(event.text, knowledge)
    return languages.chosen(knowledge.rules.languages, written, event.language)


def _all_answered(match: Match, knowledge: Knowledge) -> tuple[Part, ...]:
    """Answer what a message wants first and what it asks besides, and say once what is private."""
    said = [_answered(one, knowledge) for one in (match, *match.besides)]
    private = any(_PRIVATELY in parts for parts in said)
    parts = [part for one in said for part in (*answers.OTHER.parts, *one) if part != _PRIVATELY]
    return (*parts[len(answers.OTHER.parts) :], *((_PRIVATELY,) if private else ()))


def _answered(match: Match, knowledge: Knowledge) -> tuple[Part, ...]:
    intent = knowledge.catalog.find(match.intent)
    quotes: tuple[Part, ...] = ()
    if intent is not None:
        quotes = tuple(
            Quote(passage=p) for p in answers.quoted(intent, knowledge.notice, match.passages)
        )
    if match.intent == OTHER_LANGUAGE:
        return (Text(key="other_language.reply"),)
    match match.outcome:
        case Outcome.ANSWER if quotes:
            stated = match.confidence >= STATED
            return (Text(key="answer.intro" if stated else "answer.perhaps"), *quotes)
        case Outcome.REQUEST if quotes:
            return (Text(key="answer.intro"), *quotes, _PRIVATELY)
        case Outcome.NOT_IN_NOTICE if match.passages:
            return (Text(key="not_in_notice.perhaps"), *quotes, _PRIVATELY)
        case Outcome.NOT_IN_NOTICE:
            return (Text(key="not_in_notice.reply"), _PRIVATELY)
        case Outcome.OUT_OF_SCOPE | Outcome.HUMAN | Outcome.INCIDENT:
            return (Text(key=f"{match.outcome}.reply"), _PRIVATELY)
        case Outcome.CLARIFY:
            return (Text(key="public.unclear"), _PRIVATELY)
        case Outcome.SMALLTALK:
            return (Text(key="public.about"), _PRIVATELY)
    return (_PRIVATELY,)

"""Answers a question, or takes a report of an incident, that comes beside the reply asked for."""

from __future__ import annotations

from dataclasses import replace

from bot.core.conversation import (
    incident,
    languages,
    pass_to_staff,
    request_flow,
    respond,
    stage,
    wants,
)
from bot.core.conversation.answers import without_also
from bot.core.conversation.dialogue import Dialogue, Filling, Offered, Summary
from bot.core.conversation.reply import Reply
from bot.core.conversation.request_fields import DETAILS
from bot.core.conversation.world import World
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.topics.match import Match, Outcome


def answered(reply: Reply, reading: Reading, text: str, dialogue: Dialogue, world: World) -> Reply:
    """Answer the question that came with a value, before the next one is asked."""
    if reading.second is not Meaning.QUESTION:
        return reply
    rest = text.replace(reading.value, " ") if reading.value else text
    said = [one for one in (text, rest) if any(map(str.isalpha, one))]
    for asked in said:  # a name before a question may hide it
        match = world.knowledge.matcher.match(asked, dialogue.language)
        if _is_answered(match, world):
            answer = without_also(respond.to_match(match, text, dialogue.state, world))
            return replace(answer, choices=(), unanswered="") + reply
    return reply


def sets_limit(dialogue: Dialogue, text: str, world: World) -> bool:
    """Tell whether a text goes on with what is offered or shown, and says how: "with the note"."""
    if not isinstance(dialogue.state, Offered | Summary):
        return False
    asked = stage.asked(dialogue.state, world.tickets, world.now)
    language = languages.of_reply(text, dialogue.language, world.knowledge)
    return world.knowledge.reader.read(asked, text, language).means is Meaning.LIMIT


def reportable(
    reply: Reply, reading: Reading, text: str, dialogue: Dialogue, world: World
) -> Reply:
    """Offer to report what is kept as a limit and may tell of an incident: staff read it later."""
    if reading.means is not Meaning.LIMIT or not isinstance(dialogue.state, Offered | Summary):
        return reply
    if wants.matched(dialogue, text, world)[1].outcome is not Outcome.INCIDENT:
        return reply
    return pass_to_staff.remembering(reply.offering(incident.REPORT), text)


def _is_answered(match: Match, world: World) -> bool:
    """Tell whether the notice or the law answers what is asked."""
    intent = world.knowledge.catalog.find(match.intent)
    by_law = match.outcome is Outcome.NOT_IN_NOTICE and intent and intent.text
    return match.outcome is Outcome.ANSWER or bool(by_law)


def reported(dialogue: Dialogue, text: str, world: World) -> Reply | None:
    """Report an incident, and keep what the same message gives for a field; None if nothing."""
    state, knowledge = dialogue.state, world.knowledge
    if not isinstance(state, Filling) or state.asking.name == DETAILS:
        return None
    asked = stage.asked(state, world.tickets, world.now)
    language = languages.of_reply(text, dialogue.language, knowledge)
    reading = knowledge.reader.read(asked, text, language)
    if reading.means is not Meaning.VALUE or not reading.value:
        return None
    filled = request_flow.fill_in(state, reading.value, world)
    return incident.report(text, dialogue.language, world) + filled

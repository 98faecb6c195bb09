"""What is said beside an answer: a question, which is answered before the next one is asked."""

from __future__ import annotations

from dataclasses import replace

from bot.core.conversation import respond
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.reply import Reply
from bot.core.conversation.world import World
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.matching import Outcome


def answered(reply: Reply, reading: Reading, text: str, dialogue: Dialogue, world: World) -> Reply:
    """Answer the question that came with a value, before the next one is asked."""
    if reading.second is not Meaning.QUESTION:
        return reply
    match = world.knowledge.matcher.match(text, dialogue.language)
    intent = world.knowledge.catalog.intents.get(match.intent)
    by_law = match.outcome is Outcome.NOT_IN_NOTICE and intent and intent.text
    if match.outcome is not Outcome.ANSWER and not by_law:
        return reply
    answer = respond.to_match(match, text, dialogue.state, world)
    return replace(answer, choices=(), unanswered="") + reply

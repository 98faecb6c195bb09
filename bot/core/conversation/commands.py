"""Slash commands, also without the slash where the platform takes it for itself."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.catalog import Kind, Language
from bot.core.conversation import open_question, respond
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.world import World
from bot.core.understanding.topics.match import Match, Outcome

START = "/start"
_INTENTS: Mapping[str, str] = {
    START: "smalltalk.hello",
    "/help": "smalltalk.help",
    "/human": "human",
    "/status": "status",
    "/cancel": "cancel",
}
_WORDS = frozenset(word[1:] for word in (*_INTENTS, "/privacy") if word != START)
_LONGEST_SHOWN = 32


def command_in(text: str) -> str:
    """Return the command that a text is, with its slash; else nothing."""
    if text.startswith("/"):
        return text
    return f"/{text}" if text.casefold() in _WORDS else ""


def take(dialogue: Dialogue, text: str, world: World) -> Reply:
    """Do what a command says, and put the open question again."""
    reply = _taken(dialogue, text, world)
    return open_question.then_again(reply, dialogue.state, world)


def _taken(dialogue: Dialogue, text: str, world: World) -> Reply:
    word = text.split()[0].split("@")[0].casefold()
    if word in {f"/{language}" for language in world.rules.languages}:
        return Reply(language=Language(word[1:])) + say("smalltalk.language")
    if word == "/privacy":
        return say("privacy")
    intent = _INTENTS.get(word)
    if intent is None:
        return say("unknown_command", command=word[:_LONGEST_SHOWN])
    outcome = Outcome(Kind(intent.split(".")[0]))
    match = Match(language=dialogue.language, outcome=outcome, intent=intent)
    return respond.to_match(match, text, dialogue.state, world)

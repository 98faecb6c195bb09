"""A reply that is not clear: whether it is about the open question, which is then put again."""

from __future__ import annotations

from dataclasses import replace

from bot.core.catalog import Language
from bot.core.conversation import open_question, told_beside, wants
from bot.core.conversation.dialogue import Dialogue, Filling, Offered, State, Summary
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.request_fields import DETAILS
from bot.core.conversation.world import World
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.replies import half_noes, roundabout, unmeant
from bot.core.understanding.topics.match import STATED, Outcome
from bot.core.understanding.words.cues import cues
from bot.core.understanding.words.values import is_address_alone

# What is answered in the middle of a form, before its question is put again.
_ASIDES = frozenset(
    {
        *(Meaning.QUESTION, Meaning.HUMAN, Meaning.LANGUAGE, Meaning.THANKS, Meaning.GREETING),
        *(Meaning.BREACH, Meaning.CHASE, Meaning.MARKETING_STOP, Meaning.ALSO_RIGHT),
    }
)


def is_about_what_is_open(dialogue: Dialogue, reading: Reading, text: str, world: World) -> bool:
    """Tell whether a reply that was not clear is still about the open question only."""
    if isinstance(dialogue.state, Offered):
        if reading.means is Meaning.UNCLEAR and _says_nothing_else(text, dialogue.state):
            return True
        if dialogue.state.is_quiet:
            return False
        matched = wants.matched(dialogue, text, world)[1]
        if matched.outcome is Outcome.CLARIFY and matched.confidence < STATED:
            return True  # nobody can tell what it asks
        return reading.means is Meaning.UNCLEAR and matched.outcome is Outcome.OUT_OF_SCOPE
    if reading.means is Meaning.THANKS and isinstance(dialogue.state, Filling):
        return "thanks" not in cues(text, dialogue.language)  # "good" thanks for nothing
    return reading.means not in _ASIDES and not wants.is_worded(text, dialogue, world)


def _says_nothing_else(text: str, offered: Offered) -> bool:
    """Tell whether a text mocks, bargains or only says who writes: no answer is looked for."""
    of_offer = half_noes.ends_nothing(text, offered.request.right) or roundabout.bargains(text)
    return of_offer or unmeant.mocks(text) or is_address_alone(text)


def asked_again(state: State, text: str, language: Language, world: World) -> Reply:
    """Put the open question again, and say what is wrong with what was given for a field."""
    if isinstance(state, Summary):  # "the ladder order": shown with what was written, and asked
        kept = told_beside.with_words(state.request, text, language, text)
        ends_nothing = half_noes.ends_nothing(text, state.request.right)
        tells = not (ends_nothing or unmeant.mocks(text))
        return open_question.ask_again(Summary(kept) if tells else state, world)
    if not isinstance(state, Filling) or state.asking.name == DETAILS or "?" in text:
        return open_question.ask_again(state, world)
    kept = told_beside.with_words(state.request, text, language, text)
    wrong = say(f"field.{state.asking.name}.invalid")
    return wrong + open_question.ask_again(replace(state, request=kept), world)

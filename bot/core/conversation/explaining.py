"""Explains the question that is open: why it is asked, what it means, and asks it again."""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.catalog import Language, Right
from bot.core.conversation import open_question, staff_question, verification
from bot.core.conversation.dialogue import Correcting, Filling, Idle, Offered, State, Summary
from bot.core.conversation.reply import NOTHING, Reply, say
from bot.core.conversation.request_fields import DETAILS
from bot.core.conversation.world import World
from bot.core.understanding.recognisers import (
    about_question,
    identity_papers,
    this_chat,
    translation,
)
from bot.core.understanding.replies import passed_over, safeguards

_DETAILS: Mapping[Right, str] = {
    Right.RECTIFICATION: "meant_correction",
    Right.MARKETING_OBJECTION: "meant_contacts",
}


def explained(state: State, text: str, language: Language, world: World) -> Reply | None:
    """Answer a text that speaks of the open question only; None where it says anything else."""
    if about_question.asks_what_is_meant(text) or _only_agrees(state, text, language):
        key = _meaning(state)
    elif about_question.asks_why(text):
        key = _reason(state)
    elif about_question.asks_what_next(text):
        key = _next(state)
    elif isinstance(state, Offered | Filling | Summary) and about_question.asks_of_code(text):
        key = "" if verification.awaiting_code(world.tickets) else "code.not_yet"
    else:
        return None
    return say(key) + open_question.ask_again(state, world) if key else None


def at_once(state: State, text: str, world: World) -> Reply | None:
    """Answer what is about the conversation itself, whatever is open: its papers, and its traces.

    No copy of an identity document is taken (Art. 12(6)).
    """
    if identity_papers.hands_over_papers(text):
        key = "law.id_documents"
    elif this_chat.asks_of_its_traces(text):
        key = "privacy"
    elif translation.asks_of_translation(text):
        key = f"translation.{world.knowledge.notice.language}"
    else:
        return None
    asked = open_question.ask_again(state, world)
    return say(key) + (asked if asked.parts else _of_staff(state, world))


def _only_agrees(state: State, text: str, language: Language) -> bool:
    """Tell whether a text says no more than yes to a question that asks for words."""
    if not isinstance(state, Filling) or state.asking.name != DETAILS:
        return False
    answers = passed_over.covers_all(text, state.request.right, language)
    return not answers and safeguards.says_only_yes(text, language)


def _of_staff(state: State, world: World) -> Reply:
    return staff_question.reminder(world.tickets) if isinstance(state, Idle) else NOTHING


def _meaning(state: State) -> str:
    match state:
        case Offered():
            return "offer.meant"
        case Summary():
            return "summary.meant"
        case Filling(request, field) if field.name == DETAILS:
            return f"field.details.{_DETAILS.get(request.right, 'meant')}"
        case Filling(_, field):
            return f"field.{field.name}.meant"
        case Correcting():
            return "field.email.meant"
    return ""


def _next(state: State) -> str:
    match state:
        case Offered() | Filling():
            return "offer.meant"
        case Summary():
            return "summary.meant"
    return ""


def _reason(state: State) -> str:
    match state:
        case Filling(_, field):
            return f"field.{field.name}.why"
        case Correcting():
            return "field.email.why"
    return ""

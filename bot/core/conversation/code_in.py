"""What of a text is a code, or the word of a letter: and not any other number or word."""

from __future__ import annotations

import re

from bot.core.conversation import request_fields, staff_question, verification
from bot.core.conversation.dialogue import Correcting, Filling, State
from bot.core.conversation.request_fields import EMAIL
from bot.core.conversation.world import World
from bot.core.tickets import code_budget

_CODE = re.compile(r"\d{4}[ -]?\d{4}")
_CODE_WITHIN = re.compile(r"(?<!\d)\d{8}(?!\d)")


def code_in(text: str, state: State, world: World) -> str:
    """Return the code that a text gives, or nothing where digits mean something else."""
    asks_for_address = isinstance(state, Correcting) or (
        isinstance(state, Filling) and state.asking.name == EMAIL
    )
    if asks_for_address and request_fields.problem(EMAIL, text) is None:
        return ""
    awaited = verification.waiting_for_code(world.tickets)
    if not awaited and staff_question.waiting(world.tickets):
        return ""  # a number that staff asked for
    if _CODE.fullmatch(text):
        return re.sub(r"\D", "", text)
    within = _CODE_WITHIN.findall(text)
    return within[0] if len(within) == 1 and awaited else ""


def disowning_word_in(text: str, world: World) -> str:
    """Return the word that disowns a letter, where the text is one or holds one that is known."""
    word = code_budget.word_in(text)
    alone = len(text) <= len(word) + 1  # with a full stop, say
    return word if word and (alone or world.codes.knows(word)) else ""

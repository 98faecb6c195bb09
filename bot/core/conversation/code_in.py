"""Finds a code, or the word of a letter, in a text, and mistakes no other number or word for it."""

from __future__ import annotations

import re

from bot.core.conversation import request_fields, staff_question, verification
from bot.core.conversation.dialogue import Correcting, Filling, State
from bot.core.conversation.request_fields import EMAIL
from bot.core.conversation.world import World
from bot.core.tickets import code_budget
from bot.core.understanding.words import values

_CODE = re.compile(r"\d{4}[ -]?\d{4}")
_LIKE_DIGITS = re.compile(r"(?<![\w-])[\dOoIl]{3,12}(?![\w-])")
_LONGEST = 20  # words


def code_in(text: str, state: State, world: World) -> str:
    """Return the code that a text gives, or nothing where digits mean something else."""
    asks_for_address = isinstance(state, Correcting) or (
        isinstance(state, Filling) and state.asking.name == EMAIL
    )
    if asks_for_address and request_fields.problem(EMAIL, text) is None:
        return ""
    awaited = verification.with_code_sent(world.tickets)
    if not awaited and staff_question.waiting(world.tickets):
        return ""  # a number that staff asked for
    if _CODE.fullmatch(text):
        return re.sub(r"\D", "", text)
    short = len(text.split()) <= _LONGEST  # "one" and "ett" are not always said as digits
    return values.code_in(text) if awaited and short else ""


def is_misread_code(text: str, world: World) -> bool:
    """Tell whether digits, or letters like them, stand where a code is awaited and are none."""
    if not verification.awaiting_code(world.tickets) or staff_question.waiting(world.tickets):
        return False
    numbers = [found for found in _LIKE_DIGITS.findall(text) if sum(map(str.isdigit, found)) > 2]
    return len(numbers) == 1 and len(text.split()) <= _LONGEST and "@" not in text


def disowning_word_in(text: str, world: World) -> str:
    """Return the word that disowns a letter, where the text is one or holds one that is known."""
    word = code_budget.word_in(text)
    alone = len(text) <= len(word) + 1  # with a full stop, say
    return word if word and (alone or world.codes.knows(word)) else ""

"""Asks back where a name reads like a no, or two values are given: nothing is guessed."""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import Yes
from bot.core.conversation import request_flow
from bot.core.conversation.answers import STOP
from bot.core.conversation.dialogue import Dialogue, Filling
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.request_fields import EMAIL, NAMES
from bot.core.conversation.world import World
from bot.core.effects import Choice
from bot.core.understanding.words.names import joint_names, name_like_no, two_names
from bot.core.understanding.words.plain_answers import yes_or_no
from bot.core.understanding.words.values import two_addresses


def asked_back(dialogue: Dialogue, filling: Filling, text: str, world: World) -> Reply | None:
    """Ask which value is meant, or whether a text is a name; None where a text is plain."""
    name = filling.asking.name
    if name in NAMES and yes_or_no(text) and (confirmed := take(dialogue, filling, world)):
        return confirmed
    if name in NAMES and (doubtful := name_like_no(text)):
        is_name = Choice(button=Yes(), key="choice.is_name", values={"name": doubtful})
        asked = say("field.name.sure", name=doubtful).offering(is_name, STOP)
        return replace(asked, unanswered=doubtful)
    if name in NAMES and (joint := joint_names(text)):
        asked = say("field.name.joint", first=joint[0], second=joint[1])
        return asked.offering(STOP)
    two = two_names(text) if name in NAMES else two_addresses(text) if name == EMAIL else ()
    if not two:
        return None
    return say("field.which", first=two[0], second=two[1]).offering(STOP)


def take(dialogue: Dialogue, filling: Filling, world: World) -> Reply | None:
    """Take the name that was asked back about; None where none was."""
    name = name_like_no(dialogue.unanswered)
    if not name or filling.asking.name not in NAMES:
        return None
    return request_flow.take_field(filling, name, world)

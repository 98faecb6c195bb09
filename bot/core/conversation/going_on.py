"""A request that was stopped just now: whoever did so by mistake goes on where they were.

It is kept until the next message, and nothing of it is sent.
"""

from __future__ import annotations

from bot.core.buttons import Yes
from bot.core.conversation import open_question
from bot.core.conversation.dialogue import Dialogue, Form, State
from bot.core.conversation.reply import Reply, say, stale, stopped
from bot.core.conversation.world import World
from bot.core.effects import Choice

GO_ON = Choice(button=Yes(), key="choice.go_on")


def stopped_request() -> Reply:
    """Leave a request, and offer to go on with it."""
    return stopped().offering(GO_ON)


def left(before: State, reply: Reply) -> Form | None:
    """Return the request that a reply leaves, as long as its button stands."""
    return before if isinstance(before, Form) and GO_ON in reply.choices else None


def resume(dialogue: Dialogue, world: World) -> Reply:
    """Go on with the request that was stopped."""
    if dialogue.left is None:
        return stale()
    asked = open_question.ask_again(dialogue.left, world)
    return (say("resumed") + asked).then(dialogue.left)

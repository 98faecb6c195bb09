"""A way to go on without a field, after it could not be filled in twice.

No form can be required for a request (Art. 12(2) GDPR): staff ask for what they need.
"""

from __future__ import annotations

from dataclasses import replace

from bot.core.buttons import Skip
from bot.core.conversation.dialogue import MISSES, Filling, State
from bot.core.conversation.reply import Reply, say
from bot.core.effects import Choice, Text

_SKIP = Choice(button=Skip(), key="choice.skip")


def shown(reply: Reply, before: State) -> Reply:
    """Return a reply that counts what could not be taken, and shows the way on after the second."""
    after = before if reply.state is None else reply.state
    if not isinstance(before, Filling) or not isinstance(after, Filling):
        return reply
    name = before.asking.name
    wrong = Text(key=f"field.{name}.invalid")
    if wrong not in reply.parts or after.asking != before.asking:
        return reply
    missed = replace(after, misses=before.misses + 1)
    if missed.misses < MISSES:
        return reply.then(missed)
    way = say(f"field.{name}.way_on")
    choices = reply.choices if missed.asking.optional else (_SKIP, *reply.choices)
    # What is wrong with the reply says already what is asked for.
    return replace(reply, parts=reply.parts[:-1] + way.parts, choices=choices, state=missed)

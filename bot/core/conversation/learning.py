"""What may be kept of a conversation to learn from: of plain questions alone, and of few."""

from __future__ import annotations

from collections.abc import Iterable

from bot.core import unanswered
from bot.core.conversation.dialogue import Dialogue, Idle
from bot.core.conversation.world import World
from bot.core.events import Said
from bot.core.question_counts import AskedTopic
from bot.core.unanswered import Unanswered


def of_message(
    before: Dialogue, event: Said, after: Dialogue, asked: Iterable[AskedTopic], world: World
) -> Unanswered | None:
    """Return what is kept of a message; None where nothing may be, or the organisation keeps none.

    Where a request is under way or open, what is written belongs to that and to its person.
    """
    words = world.knowledge.words
    if not words or event.cut or event.masked or before.kept >= unanswered.MOST_OF_ONE:
        return None
    if not (_is_plain(before) and _is_plain(after)):
        return None
    if world.open_tickets:
        return None
    people = (world.person, *(ticket.person for ticket in world.tickets))
    names = (person.name for person in people)
    in_vain = next((one for one in asked if one.result in unanswered.KEPT), None)
    return unanswered.kept(event.text, after.language, in_vain, words, names)


def _is_plain(dialogue: Dialogue) -> bool:
    return isinstance(dialogue.state, Idle) and not (dialogue.form or dialogue.left)

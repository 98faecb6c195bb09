"""Takes what stands on a button and is typed, not tapped, as the button itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.core import buttons
from bot.core.buttons import Answer, Button, OpenPrivateChat, PassToStaff, SharePhone
from bot.core.catalog import Language
from bot.core.conversation.dialogue import REMEMBERED, Answering, Dialogue, Shown
from bot.core.effects import Choice
from bot.core.events import Said
from bot.core.knowledge import Knowledge

# Beside a label they say nothing; a question mark asks, and what is quoted agrees to nothing.
_AROUND = " .![]()"
_OF_PLATFORM = (OpenPrivateChat, SharePhone)  # what they do, only the platform can


def shown(
    before: Iterable[Shown], choices: Iterable[Choice], language: Language, knowledge: Knowledge
) -> tuple[Shown, ...]:
    """Return the buttons that can be typed after a message with these choices.

    Those `before` it are still to be seen; they are forgotten as soon as the last topic is.
    """
    if (label := knowledge.label) is None:
        return ()
    ours = (one for one in choices if not isinstance(one.button, _OF_PLATFORM))
    labelled = ((_bare(label(one, language)), one.button.encode()) for one in ours)
    new = [Shown(label=words, token=token) for words, token in labelled if words]
    old = (replace(one, ago=one.ago + 1) for one in before if one.ago < REMEMBERED)
    return (*new, *old)


def pressed(dialogue: Dialogue, event: Said) -> Button | None:
    """Return the button whose label was typed, and nothing else; or None.

    The answer to a question of staff is theirs, whatever it looks like.
    """
    if event.edited or event.attached or event.replied_to:
        return None
    if isinstance(dialogue.state, Answering):
        return None
    typed = _bare(event.text)
    found = (one.token for one in dialogue.shown if typed in (one.label, one.label.rstrip("?")))
    button = buttons.decode(next(found, ""))
    return None if _does_nothing(button, dialogue) else button


def _does_nothing(button: Button | None, dialogue: Dialogue) -> bool:
    """Tell whether a button would be told to be stale: then its label is read as words."""
    if isinstance(button, PassToStaff) and not dialogue.unanswered:
        return True
    return isinstance(button, Answer) and button.question != dialogue.asked


def _bare(text: str) -> str:
    return " ".join(text.casefold().split()).strip(_AROUND)

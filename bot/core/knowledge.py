"""What the assistant knows, and what the organisation has decided."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.core.catalog import Catalog, Language, Notice
from bot.core.effects import Choice
from bot.core.tickets.rules import Rules
from bot.core.understanding.asked import Asked, Reading
from bot.core.understanding.topics.match import Match


class MessageMatcher(Protocol):
    """What a conversation needs of the matcher."""

    def language_of(self, text: str) -> tuple[Language, float]:
        """Return the language of a text and how sure that is (0 to 1)."""

    def match(self, text: str, language: Language | None = None) -> Match:
        """Return what a message wants; never fails, whatever the text."""


class ReplyReader(Protocol):
    """What a conversation needs of the reading of replies.

    A reading takes a millisecond or two, with the encoder some five more, and its stage is known
    only with the person's tickets in hand: so it is done where the step is taken, and not before
    the transaction like the matching.
    """

    def read(self, asked: Asked, text: str, language: Language, /) -> Reading:
        """Return what a reply means; never fails, whatever the text."""


class ButtonLabels(Protocol):
    """What a conversation needs of the texts: people type what stands on a button."""

    def __call__(self, choice: Choice, language: Language, /) -> str:
        """Return what stands on the button of a choice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What the assistant knows, and what the organisation has decided.

    `words` are those that may be kept of what was asked in vain; without them nothing is kept.
    Without `label` nobody types.
    """

    catalog: Catalog
    notice: Notice
    matcher: MessageMatcher
    reader: ReplyReader
    rules: Rules
    words: frozenset[str] = frozenset()
    label: ButtonLabels | None = None

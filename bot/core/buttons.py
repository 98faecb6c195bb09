"""What the buttons below a message do, and the tokens by which channels carry them.

A token stands in people's chats for as long as they keep them, so what one meant it means for ever.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Self

LONGEST = 64  # bytes: what Telegram takes as the data of a callback
LONGEST_ID = LONGEST - len("withdraw:")  # bytes that the longest word leaves for an id
_MOST_QUESTIONS = 10**9


@dataclass(frozen=True, slots=True)
class Plain:
    word: ClassVar[str]

    def encode(self) -> str:
        """Return the token."""
        return self.word

    @classmethod
    def parse(cls, rest: str) -> Self:
        """Return the button. Raises ValueError when something follows its word."""
        if rest:
            raise ValueError(f"{cls.word} takes nothing")
        return cls()


@dataclass(frozen=True, slots=True)
class Answer:
    """Answers the question of this number: once another one was asked, it is stale.

    The number is given when the question is put; until then it is 0.
    """

    word: ClassVar[str]
    question: int = 0

    def __post_init__(self) -> None:
        if not 0 <= self.question <= _MOST_QUESTIONS:
            raise ValueError("not the number of a question")

    def encode(self) -> str:
        """Return the token."""
        return f"{self.word}:{self.question}"

    @classmethod
    def parse(cls, rest: str) -> Self:
        """Return the button; without a number it is from before questions had one.

        Raises ValueError.
        """
        button = cls(int(rest or 0))
        if rest not in ("", str(button.question)):
            raise ValueError("a number is written in one way only")
        return button


@dataclass(frozen=True, slots=True)
class Named:
    """Names one thing by its id."""

    word: ClassVar[str]
    id: str

    def __post_init__(self) -> None:
        if not 1 <= len(self.id.encode()) <= LONGEST_ID:
            raise ValueError(f"not an id of 1 to {LONGEST_ID} bytes")

    def encode(self) -> str:
        """Return the token."""
        return f"{self.word}:{self.id}"

    @classmethod
    def parse(cls, rest: str) -> Self:
        """Return the button. Raises ValueError when the id is empty or too long."""
        return cls(rest)


class OfTicket(Named):
    """Does something with the ticket of this id."""

    __slots__ = ()


class Yes(Answer):
    __slots__ = ()
    word = "yes"


class No(Answer):
    """Declines, or stops what is under way."""

    __slots__ = ()
    word = "no"


class Skip(Answer):
    """Leaves an optional field out."""

    __slots__ = ()
    word = "skip"


class Change(Answer):
    """Fills the form in again."""

    __slots__ = ()
    word = "change"


class UseVouchedAddress(Answer):
    """Takes the address that the workspace vouches for."""

    __slots__ = ()
    word = "vouched"


class PassToStaff(Answer):
    """Passes the question that the notice did not answer to staff."""

    __slots__ = ()
    word = "pass"


class SomethingElse(Answer):
    """Says that what was written is not for staff, but a message like any other."""

    __slots__ = ()
    word = "else"


class ShowSection(Named):
    """Shows a whole section of the notice."""

    __slots__ = ()
    word = "section"


class ShowOriginal(Named):
    """Shows in the notice's own language what an intent quotes or a section holds."""

    __slots__ = ()
    word = "original"


class ChooseIntent(Named):
    """Says which of several intents was meant."""

    __slots__ = ()
    word = "intent"


class NoneOfThese(Plain):
    """Says that none of several intents was meant."""

    __slots__ = ()
    word = "none"


class Restart(Plain):
    """Leaves what is under way and begins again."""

    __slots__ = ()
    word = "restart"


class OpenPrivateChat(Plain):
    """Leads from a group to a conversation of two; a channel makes a link of it."""

    __slots__ = ()
    word = "private"


class SharePhone(Plain):
    """Shares the person's number; a channel makes its platform's own button of it."""

    __slots__ = ()
    word = "share_phone"


class Resend(OfTicket):
    """Has a new code mailed."""

    __slots__ = ()
    word = "resend"


class CorrectAddress(OfTicket):
    __slots__ = ()
    word = "correct"


class ProveByPhone(OfTicket):
    """Asks for the phone number instead of a code."""

    __slots__ = ()
    word = "phone"


class AnswerStaff(OfTicket):
    """Answers a question that staff asked."""

    __slots__ = ()
    word = "answer"


class SendCopy(OfTicket):
    """Has the copy of the person's data sent into the conversation."""

    __slots__ = ()
    word = "copy"


class Instead(OfTicket):
    """Says that what was written is about this ticket instead."""

    __slots__ = ()
    word = "instead"


class AddTo(OfTicket):
    """Adds what was written to a ticket that is open."""

    __slots__ = ()
    word = "add"


class Another(OfTicket):
    """Asks for the right of an open ticket once more, for other contacts."""

    __slots__ = ()
    word = "another"


class Withdraw(OfTicket):
    """Withdraws the request, after one more question."""

    __slots__ = ()
    word = "withdraw"


class WithdrawReally(OfTicket):
    """Withdraws the request."""

    __slots__ = ()
    word = "really"


Button = (
    Yes
    | No
    | Skip
    | Change
    | UseVouchedAddress
    | PassToStaff
    | SomethingElse
    | ShowSection
    | ShowOriginal
    | ChooseIntent
    | NoneOfThese
    | Restart
    | OpenPrivateChat
    | SharePhone
    | Resend
    | CorrectAddress
    | ProveByPhone
    | AnswerStaff
    | SendCopy
    | Instead
    | AddTo
    | Another
    | Withdraw
    | WithdrawReally
)

KINDS: tuple[type[Button], ...] = Button.__args__
_BY_WORD: Mapping[str, type[Button]] = {
    "fi": ShowOriginal,  # what was on its buttons while every notice was Finnish
    **{kind.word: kind for kind in KINDS},
}
# No section of a notice may bear one of these: see `decode`.
WORDS = frozenset(_BY_WORD)


def decode(token: str) -> Button | None:
    """Return the button of a token, or None: what a platform hands over may be forged."""
    word, colon, rest = token.partition(":")
    kind = _BY_WORD.get(word)
    if kind is None and not colon:
        # Before sections were named as such, their buttons carried the bare id.
        kind, rest = ShowSection, token
    try:
        return kind.parse(rest) if kind else None
    except ValueError:
        return None

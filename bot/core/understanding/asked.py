"""The context of a reply: where the conversation stands, and what a reply can mean there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.core.catalog import Language, Right


class Stage(StrEnum):
    """What the assistant said last, or what is open."""

    OFFER = "offer"
    NAME = "name"
    EMAIL = "email"
    DETAILS = "details"
    SUMMARY = "summary"
    CODE = "code"
    STAFF_QUESTION = "staff_question"
    OPEN = "open"
    CLOSED = "closed"
    IDLE = "idle"


class Meaning(StrEnum):
    """What a reply means at its stage."""

    AGREE = "agree"
    REFUSE = "refuse"
    LIMIT = "limit"  # agrees, with a limit or a condition
    VALUE = "value"
    SKIP = "skip"
    NO_EMAIL = "no_email"
    CHANGE = "change"
    QUESTION = "question"
    OTHER_RIGHT = "other_right"
    ALSO_RIGHT = "also_right"
    STOP = "stop"
    POSTPONE = "postpone"
    CODE = "code"
    CODE_MISSING = "code_missing"
    CODE_EXPIRED = "code_expired"
    CODE_ELSEWHERE = "code_elsewhere"
    NEW_CODE = "new_code"
    CHASE = "chase"
    ADD = "add"
    WITHDRAW = "withdraw"
    DISPUTE = "dispute"
    ANSWER = "answer"
    HUMAN = "human"
    THANKS = "thanks"
    GREETING = "greeting"
    BREACH = "breach"
    LANGUAGE = "language"
    MARKETING_STOP = "marketing_stop"
    ON_BEHALF = "on_behalf"
    DECLINE_VALUE = "decline_value"  # keeps a datum back, not the wish
    SAME_AS_BEFORE = "same_as_before"
    NEW_RIGHT = "new_right"  # a first wish, where nothing is open
    UNCLEAR = "unclear"


class Topic(StrEnum):
    """What a change is about."""

    NOTHING = ""
    NAME = "name"
    EMAIL = "email"
    DETAILS = "details"
    RIGHT = "right"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Where a conversation stands when a reply comes.

    `right` is on offer or that of the ticket, `question` what staff asked, `state` that of a ticket
    which has ended.
    """

    stage: Stage
    right: Right | None = None
    question: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a reply means; `second` where it means two things at once.

    `value` is clean: a name, an address, a code, a right or a language; else the words themselves.
    """

    means: Meaning
    field: Topic = Topic.NOTHING
    value: str = ""
    second: Meaning | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPhrase:
    """An example of what people reply, from which the reading is learnt."""

    asked: Asked
    language: Language
    text: str
    means: Meaning

"""The states of a conversation: each holds exactly what is meaningful in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.core.catalog import Language, Right
from bot.core.conversation import request_fields
from bot.core.conversation.request_fields import Field
from bot.core.pace import Pace
from bot.core.tickets.representation import OnBehalf
from bot.core.tickets.ticket import Action, Person

MISSES = 2  # replies that say nothing of a field, after which it may be left out
REPEATED = 1  # how often an offer is put again after something that has nothing to do with it
REMEMBERED = 1  # messages that may stand between an answer and what asks on about it


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A right that is being asked for; `later` are the other rights of the same message.

    `asked_at` is when: the law's clock starts there (Art. 12(3)), not at the end of the form.
    `opening` is what the person wrote when asking, `clear` whether that surely asks for the rights.
    `reminded_at` is when the person was reminded of it, if they left it half way.
    """

    right: Right
    asked_at: datetime
    later: tuple[Right, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    opening: str = ""
    clear: bool = False
    reminded_at: datetime | None = None

    @property
    def rights(self) -> tuple[Right, ...]:
        return (self.right, *self.later)

    @property
    def address(self) -> str:
        """The address that was given, if one was; an older version kept it in another form."""
        return request_fields.clean(request_fields.EMAIL, self.fields.get(request_fields.EMAIL, ""))

    @property
    def on_behalf(self) -> OnBehalf | None:
        """For whom it is made, if for somebody else than its writer."""
        return request_fields.on_behalf(self.fields)

    def following(self) -> Request:
        """Return the request of the next right; name and address need no second asking.

        Whoever has come to it is reminded of it in its turn.
        """
        right, *later = self.later
        known = {name: text for name, text in self.fields.items() if name != request_fields.DETAILS}
        return replace(self, right=right, later=tuple(later), fields=known, reminded_at=None)

    @property
    def missing(self) -> Field | None:
        """The next field to be asked for; None when the form is filled in."""
        return request_fields.next_field(self.right, self.fields)


@dataclass(frozen=True, slots=True)
class Idle:
    """Nothing is under way."""


@dataclass(frozen=True, slots=True)
class Offered:
    """A request was offered: nothing happens without a yes.

    `asides` is how often something else was said since; then the offer stands unrepeated.
    """

    request: Request
    asides: int = 0

    @property
    def is_quiet(self) -> bool:
        """Whether the offer was not put again with the last message."""
        return self.asides > REPEATED

    def quieter(self) -> Offered:
        """Return the offer after something else was said."""
        return replace(self, asides=min(self.asides, REPEATED) + 1)

    def quiet(self) -> Offered:
        """Return the offer as one that is not put again."""
        return replace(self, asides=REPEATED + 1)


@dataclass(frozen=True, slots=True)
class Filling:
    """The next field of the request was asked for.

    `misses` is how many replies to it in a row could not be taken.
    """

    request: Request
    asking: Field
    misses: int = 0

    def __post_init__(self) -> None:
        # By name: whether a field may be left out has changed between versions.
        missing = self.request.missing
        if missing is None or missing.name != self.asking.name:
            raise ValueError("another field is asked for than the next one that is missing")

    @property
    def may_be_left_out(self) -> bool:
        """Whether the field can be skipped: nobody is held up by a field that they cannot fill."""
        return self.asking.optional or self.misses >= MISSES


@dataclass(frozen=True, slots=True)
class Summary:
    """The filled-in request was shown, to be sent or changed."""

    request: Request

    def __post_init__(self) -> None:
        if self.request.missing is not None:
            raise ValueError("something is left to be filled in")


@dataclass(frozen=True, slots=True)
class Answering:
    """The answer to a question of staff on a ticket is awaited."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Withdrawing:
    """It was asked whether a ticket is really to be withdrawn."""

    ticket: str


@dataclass(frozen=True, slots=True)
class Correcting:
    """Another address is awaited in the place of a ticket's mistyped one."""

    ticket: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTopic:
    """The intent that was answered last, and how many messages ago."""

    intent: str
    ago: int = 0


@dataclass(frozen=True, slots=True)
class Sending:
    """It was asked whether what a person wrote is to go to staff with a ticket, and as what.

    `reminded_at` is when they were reminded that it was not sent.
    """

    ticket: str
    action: Action
    text: str
    reminded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A button that was shown: its label, as it is compared, its token, how many messages ago."""

    label: str
    token: str
    ago: int = 0


Form = Offered | Filling | Summary
OfTicket = Answering | Withdrawing | Correcting
State = Idle | Form | OfTicket | Sending


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Where a conversation stands.

    Of plain questions it holds the one that can be passed, and the topic of the last answer, which
    is forgotten after two messages: "and for how long?" asks on about it.

    `asked` is the number of the last question put with buttons, so that a button of an earlier one
    is known as stale. `unanswered` is the last message, if the notice did not answer it: until the
    next one it can be passed to staff. `pace` is how fast the person has written. `person` is whom
    to remind while a request is under way. `form` is what waits while a question about a ticket is
    open, and goes on afterwards: a request, or words for staff that were not sent yet. `left` is
    the request that was stopped with the last message, should that have been a mistake. `kept` is
    of how many questions a masked copy was kept to learn from. `may_pass` tells whether the button
    that passes the last message on was shown. `shown` are the buttons of the
    last two messages.
    """

    language: Language
    greeted: bool = False
    asked: int = 0
    unanswered: str = ""
    state: State = Idle()
    pace: Pace = Pace()
    topic: LastTopic | None = None
    person: Person | None = None
    form: Form | Sending | None = None
    left: Form | None = None
    kept: int = 0
    may_pass: bool = False
    shown: tuple[Shown, ...] = ()

    def at_request(self) -> Dialogue:
        """Return the dialogue as it stands at the request that waits, if one does."""
        return replace(self, state=self.form, form=None) if isinstance(self.form, Form) else self

    def later_topic(self) -> LastTopic | None:
        """Return the topic one message later; None when it is too long ago to be meant."""
        if self.topic is None or self.topic.ago == REMEMBERED:
            return None
        return replace(self.topic, ago=self.topic.ago + 1)

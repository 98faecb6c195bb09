"""Forms that ask for one thing at a time, and show what the customer will read before it is sent.

A form in the making is a draft. Each text that is shown before it is sent has a draft of its own,
so that what is sent is always what was shown.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, replace

import structlog
from telegram import ForceReply, User

from bot.channels.desk import card, port
from bot.channels.desk.form import CHOICES, Blank, Form
from bot.channels.desk.port import DeskHouse, Subject
from bot.channels.telegram import GROUP, markup
from bot.channels.telegram.client import Keep, inline
from bot.channels.telegram.members import StaffGroup
from bot.core import masking
from bot.core.messages import Button
from bot.core.tickets.ticket import Action, Actor, Denial
from bot.core.understanding.text import LONGEST, strip_invisible
from bot.errors import DeliveryError, StorageError

_LOG = structlog.get_logger()
DRAFT = "d"
_SEND, _CANCEL = "send", "cancel"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts, and on which message."""

    actor: Actor
    user: User
    message: int


class Forms:
    """The forms of the group. What they return is told to who acted: why something is not done.

    `keep` returns once an event is on disk; staff are told that it was sent only then.
    """

    def __init__(self, house: DeskHouse, group: StaffGroup, keep: Keep) -> None:
        self._house = house
        self._group = group
        self._keep = keep

    async def begin(self, form: Form, subject: Subject, hand: Hand) -> str:
        """Begin a form that a card's button opens. Raises DeliveryError."""
        form = replace(form, actor=hand.actor.key)
        refusal = await asyncio.to_thread(port.refused, self._house, form, hand.actor)
        if refusal:
            return refusal
        match form.blank():
            case None:
                return await self._preview(form, subject, hand)
            case Blank.TEXT:
                await self._ask_for_words(form, subject, hand)
            case blank:
                await self._ask_to_choose(blank, form, subject, hand)
        return ""

    async def press(self, data: str, hand: Hand) -> str:
        """Take the press of a form's button. Raises DeliveryError."""
        draft, _, step = data.partition(":")
        form = await asyncio.to_thread(self._house.draft, draft)
        subject = await self.subject(form) if form else None
        if form is None:
            return self._text("form.gone")
        if subject is None:
            return card.denied(Denial.UNKNOWN, self._house)
        if form.actor != hand.actor.key:
            return self._text("form.foreign")
        if step == _CANCEL:
            await asyncio.to_thread(self._house.drop_draft, draft)
            return await self._close(hand, self._text("form.cancelled"))
        if step == _SEND and form.blank() is None:
            return await self._send(draft, form, subject, hand)
        chosen = _with_choice(form, step)
        if chosen is None:
            return self._text("form.unknown")
        return await self._chosen(draft, chosen, subject, hand)

    async def asked(self, prompt: int) -> Form | None:
        """Return the form whose words a message asks for."""
        place = self._group.place(prompt)
        found = await asyncio.to_thread(self._house.draft_at, place)
        return found[1] if found else None

    async def words(self, form: Form, text: str, hand: Hand) -> str:
        """Take the words of a form, and show how they look. Raises DeliveryError."""
        if form.actor != hand.actor.key:
            return self._text("form.foreign")
        if len(text) > LONGEST:
            return self._house.text("field.too_long", self._house.language)
        subject = await self.subject(form)
        if subject is None:
            return card.denied(Denial.UNKNOWN, self._house)
        today = self._house.rules.today(self._house.now())
        kept, _ = masking.mask(strip_invisible(text), today)
        return await self._preview(replace(form, text=kept), subject, hand)

    async def subject(self, form: Form) -> Subject | None:
        """Return what a form is about."""
        return await asyncio.to_thread(port.subject_of, self._house, form.subject)

    # Steps

    async def _ask_to_choose(self, blank: Blank, form: Form, subject: Subject, hand: Hand) -> None:
        draft = await self._keep_draft(form)
        rows = [
            [Button(label=self._text(f"{blank}.{known}"), token=f"{draft}:{blank}:{known}")]
            for known in CHOICES[blank]
        ]
        asked = self._text(f"form.{blank}", number=subject.number)
        keyboard = inline([*rows, [self._button(_CANCEL, draft)]])
        await self._group.say(markup.line(asked), keyboard, hand.message)

    async def _chosen(self, draft: str, form: Form, subject: Subject, hand: Hand) -> str:
        """Go on after a choice; what comes next takes the place of the choices."""
        if form.blank() is Blank.TEXT:
            await self._ask_for_words(form, subject, hand)
            await self._close(hand, f"{subject.number}: {self._choice(form)}")
        elif refusal := await self._preview(form, subject, hand, instead=True):
            return refusal
        await asyncio.to_thread(self._house.drop_draft, draft)
        return ""

    async def _ask_for_words(self, form: Form, subject: Subject, hand: Hand) -> None:
        """Ask one person for words: they are named, else Telegram opens no reply for them."""
        kind = "reason" if form.action == Action.REOPEN else "words"
        name = port.button(self._house, form.action)
        asked = self._text(f"form.{kind}", number=subject.number, name=name)
        html = markup.to_person(hand.user.id, self._house.name(hand.actor.key), asked)
        prompt = await self._group.say(html, ForceReply(selective=True), hand.message)
        await self._keep_draft(form, self._group.place(prompt))

    async def _preview(
        self, form: Form, subject: Subject, hand: Hand, *, instead: bool = False
    ) -> str:
        """Show what the customer will read, if it fits `instead` of what was pressed."""
        shown = await asyncio.to_thread(self._shown, form, subject, hand.actor)
        if isinstance(shown, str):
            return shown
        draft = await self._keep_draft(form)
        keyboard = inline([[self._button(_SEND, draft), self._button(_CANCEL, draft)]])
        *before, last = shown
        fits = instead and not before
        if fits and await self._group.edit(hand.message, last, keyboard):
            return ""
        for html in before:
            await self._group.say(html, reply_to=hand.message)
        await self._group.say(last, keyboard, hand.message)
        return ""

    def _shown(self, form: Form, subject: Subject, actor: Actor) -> list[str] | str:
        """Return what is shown before something is sent, or why it cannot be."""
        said = self._house.preview(form.event(actor, self._house.now()))
        if isinstance(said, Denial):
            return port.denied(self._house, form.subject, said)
        name = port.button(self._house, form.action)
        if choice := self._choice(form):
            name = f"{name} ({choice})"
        key = "form.preview" if said.blocks else "form.silent"
        return markup.message(said, above=self._text(key, number=subject.number, name=name))

    def _choice(self, form: Form) -> str:
        chosen = ((blank, getattr(form, blank)) for blank in CHOICES)
        return ", ".join(self._text(f"{blank}.{value}") for blank, value in chosen if value)

    async def _send(self, draft: str, form: Form, subject: Subject, hand: Hand) -> str:
        refusal = await asyncio.to_thread(port.refused, self._house, form, hand.actor)
        if refusal:
            return refusal
        event = form.event(hand.actor, self._house.now())
        try:
            # The draft's id is the event's: sent twice, it counts once.
            await self._keep(self._house.arrival(f"draft:{draft}", event, GROUP))
        except StorageError:
            return self._text("form.later")
        await asyncio.to_thread(self._house.drop_draft, draft)
        action = port.button(self._house, form.action)
        name = self._house.name(hand.actor.key)
        done = self._text("form.taken", number=subject.number, action=action, name=name)
        return await self._close(hand, done)

    async def _close(self, hand: Hand, text: str) -> str:
        """Put a line in place of a form: its buttons and words go.

        What it tells has been done already, so when Telegram does not take it, it is told as the
        answer to the press.
        """
        try:
            await self._group.edit(hand.message, markup.line(text), None)
        except DeliveryError as error:
            _LOG.warning("telegram: a form was not closed", error=str(error))
            return text
        return ""

    # Small things

    async def _keep_draft(self, form: Form, place: str = "") -> str:
        """Keep a form in the making; return how its buttons begin."""
        draft = secrets.token_urlsafe(9)
        await asyncio.to_thread(self._house.keep_draft, draft, form, place)
        return f"{DRAFT}:{draft}"

    def _button(self, step: str, draft: str) -> Button:
        return Button(label=port.button(self._house, step), token=f"{draft}:{step}")

    def _text(self, key: str, **values: str) -> str:
        return port.text(self._house, key, **values)


def _with_choice(form: Form, step: str) -> Form | None:
    """Return a form with a choice made; None when it does not ask for that now."""
    asked = form.blank()
    name, _, value = step.partition(":")
    return form.filled(asked, value) if asked in CHOICES and name == asked else None

"""Staff forms in the Telegram group: how each step is shown, and how its input is read.

An unfinished form is a draft. Each previewed text has its own draft, so that what is sent is always
what was previewed.
"""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass
from functools import partial
from uuid import NAMESPACE_URL, uuid5

import structlog
from telegram import ForceReply, User

from bot.channels.assistant import Keep
from bot.channels.desk import attaching, card, flow
from bot.channels.desk.choosing import choices, named, templates_of
from bot.channels.desk.flow import Ask, Obstacle, Preview, Refused, Situation, Step
from bot.channels.desk.form import CHOICES, Blank, Form
from bot.channels.desk.port import Case, Desk, Draft
from bot.channels.desk.wording import above_preview
from bot.channels.telegram import GROUP, markup
from bot.channels.telegram.keyboards import inline
from bot.channels.telegram.members import StaffGroup
from bot.core.messages import Button, Message
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Actor, Denial
from bot.errors import DeliveryError, StorageError

_LOG = structlog.get_logger()
DRAFT = "d"
_SEND, _WORDS, _CANCEL = "send", "words", "cancel"


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

    def __init__(self, desk: Desk, group: StaffGroup, keep: Keep) -> None:
        self._desk = desk
        self._wording = desk.wording
        self._group = group
        self._keep = keep

    async def begin(self, form: Form, case: Case, hand: Hand) -> str:
        """Begin a form that a card's button opens. Raises DeliveryError."""
        step = flow.begin(form, self._situation(case, hand))
        return await self._show(step, case, hand)

    async def press(self, data: str, hand: Hand) -> str:
        """Take the press of a form's button. Raises DeliveryError."""
        named, _, pressed = data.partition(":")
        draft = await asyncio.to_thread(self._desk.draft, named)
        if draft is None:
            return self._refusal(Obstacle.GONE)
        situation = self._situation(draft.case, hand)
        if pressed == _SEND:
            return await self._send(draft, situation, hand)
        if pressed == _CANCEL:
            return await self._cancel(draft, hand)
        blank, _, value = pressed.partition(":")
        step: Step
        if blank == _WORDS:
            step = flow.add_words(draft.form, situation)
        else:
            step = flow.choose(draft.form, blank, value, situation)
        return await self._show(step, draft.case, hand, chosen=True)

    async def asked(self, prompt: int) -> Draft | None:
        """Return the draft for which a message asks for words."""
        return await asyncio.to_thread(self._desk.draft_at, self._group.place(prompt))

    async def write(self, draft: Draft, text: str, hand: Hand) -> str:
        """Take the words of a form, and show how they look. Raises DeliveryError."""
        step = flow.write(draft.form, text, self._situation(draft.case, hand))
        return await self._show(step, draft.case, hand)

    async def awaited(self, draft: Draft, size: int, hand: Hand) -> str:
        """Return why no file of so many bytes is taken for a form; empty when one is."""
        refused = attaching.awaited(draft.form, size, self._situation(draft.case, hand))
        return await self._show(refused, draft.case, hand) if refused else ""

    async def attach(self, draft: Draft, name: str, content: bytes, hand: Hand) -> str:
        """Keep the file that a form waits for, and show what will be attached.

        The group need not have it any longer. Sent twice, it is kept once. Raises DeliveryError.
        """
        at, said = self._situation(draft.case, hand), f"{GROUP}:{self._group.place(hand.message)}"
        file = str(uuid5(NAMESPACE_URL, said))
        step = await asyncio.to_thread(
            attaching.given, draft.form, file, name, content, at, self._desk
        )
        if isinstance(step, Preview) and not await self._group.remove(hand.message):
            await self._group.say(markup.line(self._wording.desk("form.file_remains")))
        return await self._show(step, draft.case, hand)

    # Steps

    async def _show(self, step: Step, case: Case, hand: Hand, *, chosen: bool = False) -> str:
        """Show a step; after a choice, it takes the place of what was `chosen` from."""
        match step:
            case Refused(why=why):
                await self._note_denial(why, case, hand)
                return card.refusal(why, self._wording, case.history)
            case Ask(form=form, blank=blank) if blank not in CHOICES:
                await self._ask_for_words(form, case, hand)
                if chosen:
                    await self._close(hand, f"{case.subject.number}: {self._chosen(form)}")
            case Ask(form=form, blank=blank):
                await self._ask_to_choose(form, blank, case, hand)
            case Preview():
                await self._preview(step, case, hand, instead=chosen)
        return ""

    async def _ask_to_choose(self, form: Form, blank: Blank, case: Case, hand: Hand) -> None:
        draft = await self._keep_draft(form)
        subject, wording = case.subject, self._wording
        rows = [
            [Button(label=named(blank, c, subject, wording), token=f"{draft}:{blank}:{c}")]
            for c in choices(blank, subject, wording.rules)
        ]
        asked = self._wording.desk(f"form.{blank}", number=case.subject.number)
        keyboard = inline([*rows, [self._button(_CANCEL, draft)]])
        await self._group.say(markup.line(asked), keyboard, hand.message)

    def _templates(self, form: Form, case: Case, draft: str) -> list[list[Button]]:
        return [
            [
                Button(
                    label=self._wording.choice(Blank.TEMPLATE, one),
                    token=f"{draft}:{Blank.TEMPLATE}:{one}",
                )
            ]
            for one in templates_of(form, self._wording.rules, case.subject)
        ]

    async def _ask_for_words(self, form: Form, case: Case, hand: Hand) -> None:
        """Ask one person for words: they are named, else Telegram opens no reply for them.

        Where ready-made replies do as well, they are offered above.
        """
        draft = secrets.token_urlsafe(9)
        if ready := self._templates(form, case, f"{DRAFT}:{draft}"):
            offer = self._wording.desk("form.template", number=case.subject.number)
            await self._group.say(markup.line(offer), inline(ready), hand.message)
        action, kind = self._wording.button(form.action), form.words_wanted()
        asked = self._wording.desk(f"form.{kind}", number=case.subject.number, name=action)
        html = markup.to_person(hand.user.id, self._wording.name(hand.actor.key), asked)
        prompt = await self._group.say(html, ForceReply(selective=True), hand.message)
        place = self._group.place(prompt)
        await asyncio.to_thread(self._desk.keep_draft, draft, form, place)

    async def _preview(self, step: Preview, case: Case, hand: Hand, *, instead: bool) -> None:
        """Show what the customer will read, if it fits `instead` of what was pressed."""
        draft = await self._keep_draft(step.form)
        words = [_WORDS] if step.form.takes_words() and not step.form.text else []
        own = [self._button(name, draft) for name in (_SEND, *words, _CANCEL)]
        keyboard = inline([own, *self._templates(step.form, case, draft)])
        *before, last = self._texts(step, case)
        fits = instead and not before
        if fits and await self._group.edit(hand.message, last, keyboard):
            return
        for html in before:
            await self._group.say(html, reply_to=hand.message)
        await self._group.say(last, keyboard, hand.message)

    def _texts(self, step: Preview, case: Case) -> list[str]:
        name = self._wording.button(step.form.action)
        if chosen := self._chosen(step.form):
            name = f"{name} ({chosen})"
        lines = above_preview(step.letter, case.subject.number, name, self._wording)
        above = "\n".join([*lines, *attaching.above_preview(step.form, self._wording)])
        letter = self._desk.worded(step.letter) if step.letter else Message(blocks=())
        return markup.message(letter, above=above)

    def _chosen(self, form: Form) -> str:
        chosen = ((blank, getattr(form, blank)) for blank in CHOICES)
        return ", ".join(self._wording.choice(blank, value) for blank, value in chosen if value)

    # Ends

    async def _send(self, draft: Draft, situation: Situation, hand: Hand) -> str:
        event = flow.send(draft.form, situation)
        if isinstance(event, Refused):
            await self._note_denial(event.why, draft.case, hand)
            return card.refusal(event.why, self._wording, draft.case.history)
        # The draft's id is the event's: sent twice, it counts once.
        inbound = self._desk.inbound(f"draft:{draft.id}", event, GROUP, draft=draft.id)
        try:
            await self._keep(inbound)
        except StorageError:
            return self._refusal(Obstacle.LATER)
        action = self._wording.button(draft.form.action)
        name = self._wording.name(hand.actor.key)
        number = draft.case.subject.number
        done = self._wording.desk("form.taken", number=number, action=action, name=name)
        return await self._close(hand, done)

    async def _cancel(self, draft: Draft, hand: Hand) -> str:
        if draft.form.actor != hand.actor.key:
            return self._refusal(Obstacle.FOREIGN)
        await asyncio.to_thread(self._desk.drop_draft, draft.id)
        return await self._close(hand, self._wording.desk("form.cancelled"))

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

    def _situation(self, case: Case, hand: Hand) -> Situation:
        return Situation(case.subject, hand.actor, self._desk.now(), self._desk.known)

    async def _keep_draft(self, form: Form, place: str = "") -> str:
        """Store an unfinished form; return how its buttons begin."""
        draft = secrets.token_urlsafe(9)
        await asyncio.to_thread(self._desk.keep_draft, draft, form, place)
        return f"{DRAFT}:{draft}"

    async def _note_denial(self, why: Denial | Obstacle, case: Case, hand: Hand) -> None:
        if isinstance(why, Denial):
            note = partial(self._desk.note_access, facts={"denial": why})
            await asyncio.to_thread(note, Observed.DENIED, hand.actor, GROUP, case.subject)

    def _button(self, step: str, draft: str) -> Button:
        return Button(label=self._wording.button(step), token=f"{draft}:{step}")

    def _refusal(self, obstacle: Obstacle) -> str:
        return card.refusal(obstacle, self._wording)


def sends(data: str) -> bool:
    """Tell whether a press sends what was shown."""
    return data.startswith(f"{DRAFT}:") and data.endswith(f":{_SEND}")

"""The staff's desk in a Telegram group: cards, and forms that ask for one thing after the other."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any

from telegram import CallbackQuery, ForceReply, InlineKeyboardMarkup, Message, Update, User
from telegram.constants import ChatMemberStatus

from bot.channels import card, deskhouse
from bot.channels.cutting import units
from bot.channels.deskhouse import DeskHouse, Subject
from bot.channels.form import CHOICES, DETAILS, Blank, Form, actions, press, pressed
from bot.channels.telegram import GROUP, markup
from bot.channels.telegram.client import Client, Moved, inline, told
from bot.channels.telegram.updates import Me, command
from bot.core.inquiries import ANSWER, Inquiry
from bot.core.messages import (
    Alarm,
    AskStaff,
    Button,
    Remind,
    ShowInquiry,
    StaffActed,
    StaffAnswered,
    TellStaff,
    ToStaff,
)
from bot.core.tickets import Action, Actor, Denial, Ticket
from bot.errors import DeliveryError, Refused, StorageError, TryLater

ANONYMOUS = 1087968824  # GroupAnonymousBot: an administrator who does not show who they are
_MEMBERS = {ChatMemberStatus.OWNER, ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.MEMBER}
_MEMBER_SECONDS = 60.0
_DRAFT = "d"
_SEND, _CANCEL = "send", "cancel"
_TICKETS = "/tickets"

Keep = Callable[[Any], Awaitable[None]]


class Desk:
    """The desk. `keep` returns once an event is on disk; Telegram is answered only then."""

    def __init__(self, client: Client, house: DeskHouse, chat: int, keep: Keep, me: Me) -> None:
        self._client = client
        self._house = house
        self.chat = chat
        self._keep = keep
        self._me = me
        self._members: dict[int, tuple[float, bool]] = {}

    # What comes in

    async def take(self, update: Update) -> None:
        """Take what happened in the staff's group; other talk there reaches nobody."""
        query, message = update.callback_query, update.message
        if query is not None:
            await self._pressed(query)
        elif message is not None and message.migrate_to_chat_id:
            self.chat = message.migrate_to_chat_id
        elif message is not None and message.from_user is not None:
            await self._said(message, message.from_user)

    async def _pressed(self, query: CallbackQuery) -> None:
        who = await self._staff(query.from_user)
        if isinstance(who, str):
            await self._client.answer(query.id, self._text(f"form.{who}"), alert=True)
            return
        data = query.data or ""
        head, _, rest = data.partition(":")
        message = query.message.message_id if query.message else None
        if head == _DRAFT:
            answer = await self._on_draft(rest, who, message)
        else:
            answer = await self._on_card(data, who, query.from_user, message)
        await self._client.answer(query.id, answer, alert=bool(answer))

    async def _on_card(self, data: str, actor: Actor, user: User, message: int | None) -> str:
        form = pressed(self._house.buttons_key, data)
        if form is None:
            return self._text("form.unknown")
        subject = await asyncio.to_thread(deskhouse.subject_of, self._house, form.subject)
        if subject is None:
            return self._text("form.unknown")
        if form.action == DETAILS:
            return await self._details(subject, user)
        form = replace(form, actor=actor.key)
        refusal = await asyncio.to_thread(self._refusal, form, actor)
        if refusal:
            return refusal
        return await self._go_on(secrets.token_urlsafe(9), form, subject, actor, message)

    def _refusal(self, form: Form, actor: Actor) -> str:
        """Return why a form just begun leads nowhere; choices are tried with their first."""
        for blank in form.blanks():
            if blank in CHOICES and not getattr(form, blank):
                form = form.filled(blank, CHOICES[blank][-1]) or form
        return deskhouse.refused(self._house, form, actor)

    async def _on_draft(self, rest: str, actor: Actor, message: int | None) -> str:
        draft, _, step = rest.partition(":")
        name, _, value = step.partition(":")
        form = await asyncio.to_thread(self._house.draft, draft)
        if form is None:
            return self._text("form.gone")
        if form.actor != actor.key:
            return self._text("form.foreign")
        if name == _CANCEL:
            await asyncio.to_thread(self._house.drop_draft, draft)
            return await self._close(message, self._text("form.cancelled"))
        if name == _SEND and form.blank() is None:
            return await self._send(draft, form, actor, message)
        filled = form.filled(Blank(name), value) if name in CHOICES else None
        subject = await asyncio.to_thread(deskhouse.subject_of, self._house, form.subject)
        if filled is None or subject is None:
            return self._text("form.unknown")
        return await self._go_on(draft, filled, subject, actor, message)

    async def _go_on(
        self, id: str, form: Form, subject: Subject, actor: Actor, reply_to: int | None
    ) -> str:
        """Ask for what is missing, or show the customer's view; return what the press is told."""
        blank = form.blank()
        if blank is None:
            return await self._preview(id, form, subject, actor, reply_to)
        if blank is Blank.TEXT:
            kind = "reason" if form.action == Action.REOPEN else "words"
            name = deskhouse.button(self._house, form.action)
            asked = self._text(f"form.{kind}", number=subject.number, name=name)
            prompt = await self._post(asked, ForceReply(selective=True), reply_to)
            place = f"{self.chat}:{prompt}"
            await asyncio.to_thread(self._house.keep_draft, id, form, place)
            return ""
        await asyncio.to_thread(self._house.keep_draft, id, form)
        buttons = [
            [Button(label=self._text(f"{blank}.{known}"), token=_token(id, f"{blank}:{known}"))]
            for known in CHOICES[blank]
        ]
        asked = self._text(f"form.{blank}", number=subject.number)
        await self._post(asked, inline([*buttons, [self._cancel(id)]]), reply_to)
        return ""

    async def _preview(
        self, id: str, form: Form, subject: Subject, actor: Actor, reply_to: int | None
    ) -> str:
        shown = await asyncio.to_thread(self._shown, form, actor)
        if isinstance(shown, str):
            return shown
        await asyncio.to_thread(self._house.keep_draft, id, form)
        above = deskhouse.heading(self._house, form, subject, silent=not shown)
        texts = [markup.line(above), *shown]
        if len(texts) == 2 and units("".join(texts)) < markup.LONGEST:
            texts = ["\n\n".join(texts)]
        send = Button(label=deskhouse.button(self._house, _SEND), token=_token(id, _SEND))
        for html in texts[:-1]:
            await self._client.send(self.chat, html, reply_to=reply_to)
        keyboard = inline([[send, self._cancel(id)]])
        await self._client.send(self.chat, texts[-1], keyboard, reply_to)
        return ""

    def _shown(self, form: Form, actor: Actor) -> list[str] | str:
        shown = self._house.preview(form.event(actor, self._house.now()))
        if isinstance(shown, Denial):
            return deskhouse.denied(self._house, form.subject, shown)
        return markup.message(shown)

    async def _send(self, id: str, form: Form, actor: Actor, message: int | None) -> str:
        refusal = await asyncio.to_thread(deskhouse.refused, self._house, form, actor)
        if refusal:
            return refusal
        event: StaffActed | StaffAnswered = form.event(actor, self._house.now())
        try:
            # The draft's id is the event's: sent twice, it counts once.
            await self._keep(self._house.arrival(f"draft:{id}", event, GROUP))
        except StorageError:
            return self._text("form.later")
        await asyncio.to_thread(self._house.drop_draft, id)
        subject = await asyncio.to_thread(deskhouse.subject_of, self._house, form.subject)
        action = deskhouse.button(self._house, form.action)
        number, name = subject.number if subject else "", self._house.name(actor.key)
        return await self._close(
            message, self._text("form.taken", number=number, action=action, name=name)
        )

    async def _close(self, message: int | None, text: str) -> str:
        """Put a line in place of a form: its buttons and words go."""
        if message is not None:
            await self._client.edit(self.chat, message, markup.line(text), None)
        return ""

    async def _said(self, message: Message, user: User) -> None:
        if command(message, self._me) == _TICKETS:
            if not isinstance(await self._staff(user), str):
                await self._list(message.message_id)
            return
        answered = message.reply_to_message
        mine = answered and answered.from_user and answered.from_user.id == self._me.id
        if answered is None or not mine:
            return
        place = f"{self.chat}:{answered.message_id}"
        found = await asyncio.to_thread(self._house.draft_at, place)
        if found is None:
            return
        told = await self._worded(found, message, user)
        if told:
            await self._post(told, None, message.message_id)

    async def _worded(self, found: tuple[str, Form], message: Message, user: User) -> str:
        """Take the words of a form, and show how they look; return what is wrong with them."""
        draft, form = found
        who = await self._staff(user)
        if isinstance(who, str):
            return self._text(f"form.{who}")
        if form.actor != who.key:
            return self._text("form.foreign")
        subject = await asyncio.to_thread(deskhouse.subject_of, self._house, form.subject)
        if subject is None:
            return self._text("form.gone")
        filled = replace(form, text=message.text or "")
        return await self._preview(draft, filled, subject, who, message.message_id)

    async def _list(self, reply_to: int) -> None:
        tickets = await asyncio.to_thread(lambda: self._house.tickets(ended=False))
        asked = await asyncio.to_thread(self._house.inquiries)
        lines = [" · ".join(card.summary(ticket, self._house)) for ticket in tickets]
        lines += [deskhouse.title(self._house, inquiry) for inquiry in asked]
        above = self._text("form.list" if lines else "form.none")
        blocks = [[markup.Piece(above, "bold")], *([markup.Piece(line)] for line in lines)]
        for html in markup.texts(blocks, between="\n"):
            await self._client.send(self.chat, html, reply_to=reply_to)

    async def _details(self, subject: Subject, user: User) -> str:
        """Send the whole ticket to the one who asks, not to the group."""
        if isinstance(subject, Ticket):
            rows = card.rows(subject, self._house)
        else:
            rows = card.inquiry_rows(subject, self._house)
        try:
            for html in markup.rows(deskhouse.title(self._house, subject), rows):
                await self._client.send(user.id, html, protected=True)
        except Refused:
            return self._text("form.start_first")
        return self._text("form.private")

    async def _staff(self, user: User) -> Actor | str:
        """Return who acts, or the key of what they are told: listed here and member there."""
        if user.id == ANONYMOUS:
            return "anonymous"
        actor = self._house.staff("telegram").get(str(user.id))
        if actor is None:
            return "not_staff"
        return actor if await self._is_member(user.id) else "not_member"

    async def _is_member(self, user: int) -> bool:
        until, known = self._members.get(user, (0.0, False))
        if time.monotonic() < until:
            return known
        try:
            with told():
                member = await self._client.bot.get_chat_member(self.chat, user)
        except DeliveryError:
            return False
        is_member = member.status in _MEMBERS or getattr(member, "is_member", False) is True
        self._members[user] = (time.monotonic() + _MEMBER_SECONDS, is_member)
        return is_member

    # What goes out

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""
        try:
            match told:
                case AskStaff(ticket=id) | ShowInquiry(inquiry=id):
                    await self._show(id)
                case TellStaff() | Remind() | Alarm():
                    await self._line(told)
        except Moved as moved:
            self.chat = moved.chat
            raise TryLater("the group has a new id", after=0) from None

    async def _show(self, id: str) -> None:
        """Show a card, or bring it up to date; what has happened since stands in replies to it."""
        subject = await asyncio.to_thread(deskhouse.subject_of, self._house, id)
        if subject is None:
            return
        history = await asyncio.to_thread(self._house.history, id)
        at = await asyncio.to_thread(self._house.card_at, id, GROUP)
        if at is not None and at[1] == len(history):
            return
        html, keyboard = await asyncio.to_thread(self._card, subject)
        message = int(at[0]) if at else None
        if message is None or not await self._client.edit(self.chat, message, html, keyboard):
            message, at = await self._client.send(self.chat, html, keyboard), None
        elif at is not None and (since := history[at[1] :]):
            lines = "\n".join(card.happened(one, self._house) for one in since)
            await self._client.send(self.chat, markup.line(lines), reply_to=message)
        await asyncio.to_thread(self._house.keep_card, id, GROUP, str(message), len(history))

    def _card(self, subject: Subject) -> tuple[str, InlineKeyboardMarkup | None]:
        offered = actions(subject) if isinstance(subject, Ticket) else _answerable(subject)
        buttons = [
            Button(
                label=deskhouse.button(self._house, action),
                token=press(self._house.buttons_key, action, subject),
            )
            for action in offered
        ]
        rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
        title, face = deskhouse.title(self._house, subject), deskhouse.face(self._house, subject)
        return markup.rows(title, face)[0], inline(rows)

    async def _line(self, told: TellStaff | Remind | Alarm) -> None:
        lines = await asyncio.to_thread(lambda: "\n".join(card.told(told, self._house)))
        if isinstance(told, TellStaff):
            name = self._house.name(told.actor)
            lines = self._text("form.answering", name=name, text=lines)
        number = getattr(told, "number", "")
        ticket = await asyncio.to_thread(self._house.ticket, number) if number else None
        at = await asyncio.to_thread(self._house.card_at, ticket.id, GROUP) if ticket else None
        await self._client.send(self.chat, markup.line(lines), reply_to=int(at[0]) if at else None)

    # Small things

    async def _post(
        self, text: str, keyboard: ForceReply | InlineKeyboardMarkup | None, reply_to: int | None
    ) -> int:
        return await self._client.send(self.chat, markup.line(text), keyboard, reply_to)

    def _cancel(self, id: str) -> Button:
        return Button(label=deskhouse.button(self._house, _CANCEL), token=_token(id, _CANCEL))

    def _text(self, key: str, **values: str) -> str:
        return deskhouse.text(self._house, key, **values)


def _answerable(inquiry: Inquiry) -> Sequence[str]:
    return () if inquiry.closed_at else (ANSWER, DETAILS)


def _token(draft: str, step: str) -> str:
    return f"{_DRAFT}:{draft}:{step}"

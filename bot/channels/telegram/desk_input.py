"""Staff input in their group: presses, replies and commands; other talk there is ignored."""

from __future__ import annotations

import asyncio

import structlog
from telegram import (
    CallbackQuery,
    Chat,
    ChatMemberUpdated,
    Document,
    Message,
    MessageEntity,
    Update,
    User,
)
from telegram.constants import ChatMemberStatus

from bot.channels.desk import card, leave
from bot.channels.desk.flow import Obstacle
from bot.channels.desk.form import DETAILS, Blank, NewRequest, Subject, opening
from bot.channels.desk.port import Desk, Draft
from bot.channels.desk.press import pressed
from bot.channels.telegram import COMMANDS, GROUP, STAFF_COMMANDS, markup
from bot.channels.telegram.client import MOST_DOWNLOADED, Client
from bot.channels.telegram.desk_views import DRAFT, Forms, Hand, sends
from bot.channels.telegram.incoming import BotIdentity, command, replied_to
from bot.channels.telegram.members import Members, StaffGroup
from bot.channels.telegram.private_documents import PrivateDocuments
from bot.channels.telegram.register import REGISTER, Register
from bot.core.catalog import Language
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Denial
from bot.errors import DeliveryError, Gone, Refused

_LOG = structlog.get_logger()
_STAFF_COMMANDS = tuple(f"/{name}" for name in STAFF_COMMANDS)
_TICKETS, _FIND, _OPEN, _AWAY, *_DOCUMENTS = _STAFF_COMMANDS
_OTHER_COMMANDS = tuple(f"/{name}" for name in ("start", *COMMANDS, *Language))
_NOT_IN_IT = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


class DeskInput:
    """The desk: checks who acts, for everything that is not mere talk."""

    def __init__(
        self,
        client: Client,
        desk: Desk,
        group: StaffGroup,
        members: Members,
        forms: Forms,
        register: Register,
        documents: PrivateDocuments,
        me: BotIdentity,
    ) -> None:
        self._client = client
        self._desk = desk
        self._wording = desk.wording
        self._group = group
        self._members = members
        self._forms = forms
        self._register = register
        self._documents = documents
        self._me = me

    async def is_at(self, chat: Chat | None) -> bool:
        """Tell whether a chat is the staff's group."""
        return await self._group.is_at(chat)

    async def take(self, update: Update) -> None:
        """Take what happened in the group. Raises StorageError when it is to come again."""
        query, message = update.callback_query, update.message
        if query is not None:
            await self._pressed(query)
        elif update.my_chat_member is not None:
            _tell_of_leaving(update.my_chat_member)
        elif message is not None and message.migrate_to_chat_id:
            await self._group.move(message.migrate_to_chat_id)
        elif message is not None and message.left_chat_member is not None:
            self._members.forget(message.left_chat_member.id)
        elif message is not None and message.from_user is not None:
            await self._said(message, message.from_user)
        elif update.edited_message is not None and update.edited_message.from_user is not None:
            await self._edited(update.edited_message, update.edited_message.from_user)

    # Presses

    async def _pressed(self, query: CallbackQuery) -> None:
        try:
            said = await self._done(query)
        except DeliveryError as error:
            _LOG.warning("telegram: the desk could not show something", error=str(error))
            said = self._refusal(Obstacle.LATER)
        await self._client.answer(query.id, said, alert=bool(said))

    async def _done(self, query: CallbackQuery) -> str:
        """Do what a press asks for; return what the one who pressed is told for a moment."""
        data = query.data or ""
        head, _, rest = data.partition(":")
        # What is sent is decided: who was thrown out a moment ago must not decide any more.
        actor = await self._members.actor(query.from_user, anew=sends(data))
        if isinstance(actor, Obstacle):
            return self._refusal(actor)
        if query.message is None:
            return self._refusal(Obstacle.UNKNOWN)
        hand = Hand(actor, query.from_user, query.message.message_id)
        if head == DRAFT:
            return await self._forms.press(rest, hand)
        if head == REGISTER:
            return await self._register.press(rest, hand)
        form = pressed(self._desk.buttons_key, data)
        case = await asyncio.to_thread(self._desk.case, form.subject) if form else None
        if form is None:
            return self._refusal(Obstacle.UNKNOWN)
        if case is None:
            return self._refusal(Denial.UNKNOWN)
        if form.action == DETAILS:
            return await self._details(case.subject, hand)
        return await self._forms.begin(form, case, hand)

    async def _details(self, subject: Subject, hand: Hand) -> str:
        """Send the whole ticket to the one who asks, not to the group."""
        await asyncio.to_thread(
            self._desk.note_access, Observed.DETAILS_SHOWN, hand.actor, GROUP, subject
        )
        rows = card.rows(subject, self._wording)
        try:
            for html in markup.rows(card.title(subject, self._wording), rows):
                await self._client.send(hand.user.id, html, protected=True)
        except Gone:
            return self._wording.desk("form.start_first")
        return self._wording.desk("form.private")

    # Messages

    async def _said(self, message: Message, user: User) -> None:
        given = command(message, self._me, [*_STAFF_COMMANDS, *_OTHER_COMMANDS])
        if given == _TICKETS:
            texts = [markup.line(await self._listed(message, user))]
        elif given == _FIND:
            texts = [markup.line(await self._sought(message, user))]
        elif given == _OPEN:
            texts = [markup.line(await self._opened(message, user))]
        elif given == _AWAY:
            texts = [markup.line(await self._left(message, user))]
        elif given in _DOCUMENTS:
            texts = [markup.line(await self._document(given, message, user))]
        elif given:
            texts = [markup.line(self._wording.desk("form.commands"))]
        else:
            texts = [markup.line(await self._replied(message, user))]
        for html in filter(None, texts):
            await self._group.say(html, reply_to=message.message_id)

    async def _listed(self, message: Message, user: User) -> str:
        """Show the register by the filters that were typed; return what is wrong with them."""
        actor = await self._members.actor(user)
        if isinstance(actor, Obstacle):
            return self._refusal(actor)
        said = (message.text or "").split()[1:]
        return await self._register.typed(said, Hand(actor, user, message.message_id))

    async def _sought(self, message: Message, user: User) -> str:
        """Show what a number, a name or an address finds; return what is wrong with it."""
        actor = await self._members.actor(user)
        if isinstance(actor, Obstacle):
            return self._refusal(actor)
        _, _, words = (message.text or "").partition(" ")
        return await self._register.find(words.strip(), Hand(actor, user, message.message_id))

    async def _left(self, message: Message, user: User) -> str:
        """Take the day until which somebody is away; return what is told of it."""
        actor = await self._members.actor(user)
        if isinstance(actor, Obstacle):
            return self._refusal(actor)
        _, _, day = (message.text or "").partition(" ")
        return await asyncio.to_thread(leave.said, self._desk, actor, day, GROUP)

    async def _document(self, given: str, message: Message, user: User) -> str:
        """Send a document to who asks for it; return what the group is told of that."""
        actor = await self._members.actor(user)
        if isinstance(actor, Obstacle):
            return self._refusal(actor)
        _, _, words = (message.text or "").partition(" ")
        hand = Hand(actor, user, message.message_id)
        return await self._documents.ask(f"{given.removeprefix('/')} {words}", hand)

    async def _opened(self, message: Message, user: User) -> str:
        """Begin the form by which a ticket is opened; return what is wrong with that."""
        actor = await self._members.actor(user)
        case = await asyncio.to_thread(self._desk.case, NewRequest().id)
        if isinstance(actor, Obstacle) or case is None:
            return self._refusal(actor if isinstance(actor, Obstacle) else Obstacle.UNKNOWN)
        return await self._forms.begin(opening(), case, Hand(actor, user, message.message_id))

    async def _replied(self, message: Message, user: User) -> str:
        """Take a reply to a form that asks for words; return what is wrong with it."""
        prompt = replied_to(message, self._me)
        draft = await self._forms.asked(prompt.message_id) if prompt else None
        if draft is None:
            return self._refusal(Obstacle.GONE) if prompt and _asks(prompt, user) else ""
        actor = await self._members.actor(user)
        if isinstance(actor, Obstacle):
            return self._refusal(actor)
        hand = Hand(actor, user, message.message_id)
        if draft.form.asked() is Blank.FILE:
            return await self._filed(draft, message.document, hand)
        return await self._forms.write(draft, message.text or "", hand)

    async def _filed(self, draft: Draft, document: Document | None, hand: Hand) -> str:
        """Fetch the document that a form waits for, unless it would not be taken."""
        if document is None:
            return self._refusal(Obstacle.NO_DOCUMENT)
        size = document.file_size or 0
        if told := await self._forms.awaited(draft, size, hand):
            return told
        if size > MOST_DOWNLOADED:
            return self._refusal(Obstacle.FOR_BOTS)
        try:
            content = await self._client.download(document)
        except Refused:
            return self._refusal(Obstacle.FOR_BOTS)
        except DeliveryError as error:
            _LOG.warning("telegram: a document was not fetched", error=str(error))
            return self._refusal(Obstacle.LATER)
        return await self._forms.attach(draft, document.file_name or "", content, hand)

    async def _edited(self, message: Message, user: User) -> None:
        """Say that an answer to a form stays as it was shown, whatever is made of it since."""
        prompt = replied_to(message, self._me)
        if prompt is not None and _asks(prompt, user):
            html = markup.line(self._wording.desk("form.edited"))
            await self._group.say(html, reply_to=message.message_id)

    def _refusal(self, why: Denial | Obstacle) -> str:
        return card.refusal(why, self._wording)


def _asks(prompt: Message, user: User) -> bool:
    """Tell whether a message of the bot asks somebody for words: only those name anybody."""
    named = (entity.user for entity in prompt.entities if entity.type == MessageEntity.TEXT_MENTION)
    return any(one is not None and one.id == user.id for one in named)


def _tell_of_leaving(change: ChatMemberUpdated) -> None:
    if change.new_chat_member.status in _NOT_IN_IT:
        _LOG.error("telegram: the bot was removed from the staff's group: staff see no requests")

"""Requests by modal, for people to whom the bot cannot write: opened, checked, answered.

What came of a modal is decided like any message and shown by an effect in the modal itself, so
that it does not matter which replica handles it. The modal is addressed by an `external_id` that
it gets with the acknowledgement: an answer that comes before that finds no view and is sent again,
and is never overwritten by the acknowledgement. Slack shows what is wrong at a field in the
acknowledgement only, so that one waits a moment for what came of a code; the answer that then
follows finds no view, and is dropped: at once where this replica gives it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import structlog

from bot.channels.assistant import Assistant
from bot.channels.slack import incoming, markup, request_views, words
from bot.channels.slack.client import Client
from bot.channels.slack.markup import Json
from bot.core.buttons import Resend, decode
from bot.core.catalog import Language
from bot.core.conversation import languages
from bot.core.conversation.verification import awaits_code, may_correct, phase
from bot.core.effects import Part, Say, Text
from bot.core.events import Chose, CustomerEvent, Requested, Said
from bot.core.tickets import quotas
from bot.core.tickets.representation import OnBehalf
from bot.core.tickets.ticket import OPEN, Person, Ticket
from bot.errors import Refused

_LOG = structlog.get_logger()

_PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)
# Less than the pauses together, and than the three seconds in which Slack wants an answer.
_PATIENCE, _LOOK = 0.7, 0.05
_REMEMBERED = 1000

_PROVED = "code.right"

# These people cannot be answered in a conversation: the matter goes on by e-mail.
_WORDED_FOR_MODAL: Mapping[str, str] = {
    "code.sent": "request_form.code_sent",
    _PROVED: "request_form.code_right",
    "code.none": "request_form.none",
    "ticket.already": "request_form.already",
}

Take = Callable[[str, Person, CustomerEvent], Awaitable[None]]


class RequestModal:
    """`take` returns once a person's event is on disk.

    `pauses` are the seconds between attempts to show an answer: Slack may not have seen the
    acknowledgement yet. `patience` is for how many seconds it waits for what came of a code.
    """

    def __init__(
        self,
        client: Client,
        assistant: Assistant,
        take: Take,
        pauses: Sequence[float] = _PAUSES,
        patience: float = _PATIENCE,
    ) -> None:
        self._client = client
        self._assistant = assistant
        self._take = take
        self._pauses = pauses
        self._patience = patience
        self._said: deque[str] = deque(maxlen=_REMEMBERED)  # modals that need no answer any more

    async def open_form(self, body: Json) -> None:
        """Open the empty form."""
        view = request_views.view(self._text, self._language_pressed(body))
        await self._client.open_view(body["trigger_id"], _answerable(view, _opened(body)))

    async def open_code(self, body: Json) -> None:
        """Open the modal for the code."""
        view = request_views.code_view(self._text, self._language_pressed(body))
        await self._client.open_view(body["trigger_id"], _answerable(view, _opened(body)))

    async def submitted(self, body: Json) -> Json:
        """Take a filled-in form; return what Slack is to do. Raises StorageError."""
        view, person = body["view"], incoming.presser(body)
        language = request_views.language_of(view, self._assistant.rules.languages)
        form = request_views.filled(view, language, self._text)
        if not isinstance(form, Requested):
            return _errors(form)
        concerned = OnBehalf(name=form.concerned) if form.concerned else None
        known = await self._open_tickets(person)
        already = quotas.open_ticket_of(form.right, known, on_behalf=concerned)
        if already and not may_correct(already, form.email):
            return self._already(already, language, body)
        # The view's id is the event's: submitted twice, it counts once.
        return await self._taken(f"view:{view['id']}", person, form, "received", language)

    async def code_given(self, body: Json) -> Json:
        """Take the mailed code; return what Slack is to do. Raises StorageError."""
        view, person = body["view"], incoming.presser(body)
        language = request_views.language_of(view, self._assistant.rules.languages)
        code = request_views.code(view)
        if not code:
            return _errors({"code": self._text("request_form.invalid", language)})
        # One view may be submitted several times, each time with another code.
        event_id = f"code:{body['trigger_id']}"
        before = await self._open_tickets(person)
        taken = await self._taken(event_id, person, Said(text=code), "checking", language)
        wrong = await self._refusal(person, before, language)
        if not wrong:
            return taken
        self._said.append(str(taken["view"]["external_id"]))
        return _errors({"code": wrong})

    async def _refusal(self, person: Person, before: Sequence[Ticket], language: Language) -> str:
        """Return what is wrong with a code that was taken, if that is known in a moment."""
        tries = {ticket.id: _tries(ticket) for ticket in before}
        with suppress(TimeoutError):
            async with asyncio.timeout(self._patience):
                while True:
                    now = await self._open_tickets(person)
                    if any(_tries(ticket) < tries.get(ticket.id, 0) for ticket in now):
                        return ""  # it was right, and nothing is left to be tried
                    tried = [t for t in now if _tries(t) > tries.get(t.id, 0)]
                    if tried:
                        return self._wrong(tried[-1], language)
                    await asyncio.sleep(_LOOK)
        return ""

    def _wrong(self, ticket: Ticket, language: Language) -> str:
        left = self._assistant.rules.codes.tries - _tries(ticket)
        return self._text("code.wrong" if left else "code.exhausted", language, left=left)

    async def resend(self, body: Json) -> None:
        """Have a new code mailed; the answer says where to, or why not. Raises StorageError."""
        person, language = incoming.presser(body), self._language_pressed(body)
        waiting = [t for t in await self._open_tickets(person) if awaits_code(t)]
        if waiting:
            event = Chose(token=Resend(waiting[-1].id).encode())
            await self._take(incoming.press_id(body), person, event)
        else:
            told = self._text("request_form.none", language)
            view = request_views.code_view(self._text, language, markup.lines([told]))
            await self._show(incoming.modal_of(person), view)

    async def answer(self, say: Say) -> None:
        """Show in the modal what was decided, if it is still open. Raises DeliveryError."""
        parts = tuple(map(_worded_for_modal, say.parts))
        if any(isinstance(part, Text) and part.key == _PROVED for part in say.parts):
            parts += await self._standing(say.to)
        message = self._assistant.worded(replace(say, parts=parts), self._words())
        shown = [block for posting in markup.message(message) for block in posting.blocks]
        if any(isinstance(decode(button.token), Resend) for button in message.buttons):
            view = request_views.code_view(self._text, say.language, shown)
        else:
            view = request_views.told_view(self._text, say.language, shown)
        await self._show(incoming.modal_of(say.to), view)

    async def _standing(self, person: Person) -> tuple[Text, ...]:
        """Return how the person's requests stand: number and due day can be read nowhere else."""
        today = self._assistant.rules.today(self._assistant.now())
        return tuple(
            Text(
                key=f"status.{phase(ticket)}",
                values={
                    "number": ticket.number,
                    "right": ticket.right,
                    "due": ticket.clock.end(today).due.isoformat(),
                },
            )
            for ticket in await self._open_tickets(person)
        )

    async def _show(self, external_id: str, view: Json) -> None:
        try:
            for pause in self._pauses:
                if external_id in self._said:
                    return
                if await self._client.update_modal(external_id, _answerable(view, external_id)):
                    return
                await asyncio.sleep(pause)
        except Refused as error:  # a modal is a convenience: the other messages must still be sent
            _LOG.error("slack: a modal was refused", error=str(error))

    async def _taken(
        self, event_id: str, person: Person, event: CustomerEvent, key: str, language: Language
    ) -> Json:
        """Take an event, and show until it is answered that it was taken."""
        asking = incoming.in_modal(person, event_id)
        await self._take(event_id, asking, event)
        told = markup.lines([self._text(f"request_form.{key}", language)])
        view = request_views.told_view(self._text, language, told)
        return _update(_answerable(view, incoming.modal_of(asking)))

    def _already(self, ticket: Ticket, language: Language, body: Json) -> Json:
        """Return what is said of a right that was asked for before."""
        if not awaits_code(ticket):
            told = self._text("request_form.already", language, number=ticket.number)
            return _errors({"right": told})
        told = self._text("request_form.already_waits", language, number=ticket.number)
        view = request_views.code_view(self._text, language, markup.lines([told]))
        return _update(_answerable(view, _opened(body)))

    async def _open_tickets(self, person: Person) -> list[Ticket]:
        found = await asyncio.to_thread(self._assistant.tickets_of, person)
        return [ticket for ticket in found if ticket.state in OPEN]

    def _language_pressed(self, body: Json) -> Language:
        value = body["actions"][0].get("value")
        return languages.chosen(self._assistant.rules.languages, value)

    def _text(self, key: str, language: Language, **values: str | int) -> str:
        return self._assistant.text(key, language, **{**self._words(), **values})

    def _words(self) -> Mapping[str, str]:
        return words(self._assistant.text, self._assistant.rules.languages)


def _worded_for_modal(part: Part) -> Part:
    if isinstance(part, Text):
        return replace(part, key=_WORDED_FOR_MODAL.get(part.key, part.key))
    return part


def _tries(ticket: Ticket) -> int:
    """Return how often the code was tried; one that is no longer asked for has been right."""
    return ticket.challenge.tries if ticket.challenge else -1


def _opened(body: Json) -> str:
    return f"{incoming.MODAL}opened:{body['trigger_id']}"


def _answerable(view: Json, external_id: str) -> Json:
    """Return a view with the id by which answers find it; an update without it would drop it."""
    return view | {"external_id": external_id}


def _errors(errors: Mapping[str, str]) -> Json:
    return {"response_action": "errors", "errors": dict(errors)}


def _update(view: Json) -> Json:
    return {"response_action": "update", "view": view}

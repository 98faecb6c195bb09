"""Requests by form, for people whom the bot cannot write to: opened, checked, answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from bot.channels.slack import incoming, request_views, words
from bot.channels.slack.client import Client
from bot.channels.slack.markup import Json
from bot.core.catalog import Language
from bot.core.conversation import request_fields
from bot.core.conversation.verification import AWAITING_CODE, may_correct, phase
from bot.core.events import Chose, CustomerEvent, Requested, Said
from bot.core.tickets import identity
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import OPEN, Person, Ticket

_WAIT = 2.0  # of the three seconds in which Slack wants its answer
_LOOK = 0.1

Take = Callable[[str, Person, CustomerEvent], Awaitable[None]]
Result = TypeVar("Result")


class House(Protocol):
    """What the forms need of the running assistant."""

    def text(self, key: str, language: Language, **values: str | int) -> str:
        """Return a reply text."""

    def tickets_of(self, person: Person) -> Sequence[Ticket]:
        """Return a person's tickets, oldest first."""

    def now(self) -> datetime:
        """Return the present moment."""

    @property
    def rules(self) -> Rules:
        """What the organisation has decided."""


class Requesting:
    """The forms of people. `take` returns once a person's event is on disk.

    What a form led to is looked up for a while, since its answer has to say so: nothing can be
    said to these people later.
    """

    def __init__(self, client: Client, house: House, take: Take) -> None:
        self._client = client
        self._house = house
        self._take = take

    async def open_form(self, body: Json) -> None:
        """Open the empty form."""
        view = request_views.view(self._text, self._pressed_in(body))
        await self._client.open_view(body["trigger_id"], view)

    async def open_code(self, body: Json) -> None:
        """Open the form for the code."""
        view = request_views.code_view(self._text, self._pressed_in(body))
        await self._client.open_view(body["trigger_id"], view)

    async def submitted(self, body: Json) -> Json:
        """Take a filled-in form; return what Slack is to do. Raises StorageError."""
        end = time.monotonic() + _WAIT
        view, person = body["view"], incoming.presser(body)
        language = request_views.language_of(view, self._house.rules.languages)
        form = request_views.filled(view, language, self._text)
        if not isinstance(form, Requested):
            return _errors(form)
        for ticket in await self._open_tickets(person):
            if ticket.right is form.right and not may_correct(ticket, form.email):
                return self._already(ticket, language)
        await self._take(f"view:{view['id']}", person, form)
        email = request_fields.clean(request_fields.EMAIL, form.email)

        def opened(now: Sequence[Ticket]) -> Ticket | None:
            return next((t for t in now if t.right is form.right and t.person.email == email), None)

        return _update(self._came(await self._until(opened, person, end), language))

    def _already(self, ticket: Ticket, language: Language) -> Json:
        """Return what is said of a right that was asked for before."""
        if phase(ticket) != AWAITING_CODE:
            told = self._text("request_form.already", language, number=ticket.number)
            return _errors({"right": told})
        told = self._text("request_form.already_waits", language, number=ticket.number)
        return _update(request_views.code_view(self._text, language, told))

    def _came(self, ticket: Ticket | None, language: Language) -> Json:
        """Return the view that says what came of a form."""
        if ticket is None:
            return request_views.told_view(self._text, language, "request_form.received")
        if ticket.evidence:
            return request_views.told_view(self._text, language, "vouched.taken")
        told = self._text("code.too_many", language)
        if ticket.challenge is not None:
            told = self._code_sent(language, ticket.person.email)
        return request_views.code_view(self._text, language, told)

    async def code_given(self, body: Json) -> Json:
        """Take the mailed code; return what Slack is to do. Raises StorageError."""
        end = time.monotonic() + _WAIT
        view, person = body["view"], incoming.presser(body)
        language = request_views.language_of(view, self._house.rules.languages)
        code = request_views.code(view)
        before = [t for t in await self._open_tickets(person) if t.challenge is not None]
        if not code or not before:
            key = "request_form.none" if code else "request_form.invalid"
            return _errors({"code": self._text(key, language)})
        if not any(self._may_be_tried(ticket) for ticket in before):
            return _errors({"code": self._text("request_form.code_wrong", language)})
        # One view may be submitted several times, each time with another code.
        await self._take(f"code:{body['trigger_id']}", person, Said(text=code))

        def tried(now: Sequence[Ticket]) -> bool | None:
            return _told_apart(before, now)

        match await self._until(tried, person, end):
            case True:
                told = request_views.told_view(self._text, language, "request_form.code_right")
                return _update(told)
            case False:
                return _errors({"code": self._text("request_form.code_wrong", language)})
        return _errors({"code": self._text("request_form.later", language)})

    async def resend(self, body: Json) -> None:
        """Have a new code mailed, and say in the open form where to, or why not."""
        person, language = incoming.presser(body), self._pressed_in(body)
        told = await self._resent(body, person, language)
        view = request_views.code_view(self._text, language, told)
        await self._client.update_view(body["view"]["id"], view)

    async def _resent(self, body: Json, person: Person, language: Language) -> str:
        """Have a new code mailed; return what is told of it."""
        end = time.monotonic() + _WAIT
        before = [t for t in await self._open_tickets(person) if phase(t) == AWAITING_CODE]
        if not before:
            return self._text("request_form.none", language)
        newest, codes = before[-1], self._house.rules.codes
        by_person = [at for ticket in before for at in ticket.codes_sent]
        if not identity.may_send(by_person, codes, self._house.now()):
            return self._text("code.too_many", language)
        await self._take(incoming.press_id(body), person, Chose(token=f"resend:{newest.id}"))

        def sent(now: Sequence[Ticket]) -> Ticket | None:
            return next(
                (t for t in now if t.id == newest.id and t.codes_sent > newest.codes_sent), None
            )

        if await self._until(sent, person, end):
            return self._code_sent(language, newest.person.email)
        return self._text("request_form.later", language)

    def _may_be_tried(self, ticket: Ticket) -> bool:
        codes, sent = self._house.rules.codes, ticket.challenge
        return sent is not None and identity.is_alive(sent, codes, self._house.now())

    def _code_sent(self, language: Language, email: str) -> str:
        return self._text("request_form.code_sent", language, email=email)

    def _text(self, key: str, language: Language, **values: str | int) -> str:
        here = words(self._house.text, self._house.rules.languages)
        return self._house.text(key, language, **{**here, **values})

    def _pressed_in(self, body: Json) -> Language:
        value = body["actions"][0].get("value")
        return request_views.known(value, self._house.rules.languages)

    async def _open_tickets(self, person: Person) -> list[Ticket]:
        found = await asyncio.to_thread(self._house.tickets_of, person)
        return [ticket for ticket in found if ticket.state in OPEN]

    async def _until(
        self, seen: Callable[[Sequence[Ticket]], Result | None], person: Person, end: float
    ) -> Result | None:
        """Look at a person's open tickets until something is seen in them, or the time is up."""
        while True:
            result = seen(await self._open_tickets(person))
            if result is not None or time.monotonic() > end:
                return result
            await asyncio.sleep(_LOOK)


def _told_apart(before: Sequence[Ticket], now: Sequence[Ticket]) -> bool | None:
    """Tell whether a code was right by what has changed; None: nothing has yet."""
    known = {ticket.id: ticket for ticket in before}
    both = [(known[ticket.id], ticket) for ticket in now if ticket.id in known]
    if any(len(ticket.evidence) > len(old.evidence) for old, ticket in both):
        return True
    return False if any(_tries(ticket) > _tries(old) for old, ticket in both) else None


def _tries(ticket: Ticket) -> int:
    return ticket.challenge.tries if ticket.challenge else 0


def _errors(errors: object) -> Json:
    return {"response_action": "errors", "errors": errors}


def _update(view: Json) -> Json:
    return {"response_action": "update", "view": view}

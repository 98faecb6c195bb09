"""Requests by form, for people whom the bot cannot write to: opened, checked, answered."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol

from bot.channels.slack import events, request_form
from bot.channels.slack.blocks import Json
from bot.channels.slack.client import Client
from bot.core.catalog import Language
from bot.core.messages import Chose, CustomerEvent, Requested, Said
from bot.core.proving import may_correct
from bot.core.tickets import OPEN, Person, Rules, Ticket

_WAIT = 2.0  # of the three seconds in which Slack wants its answer
_LOOK = 0.1

Take = Callable[[str, Person, CustomerEvent], Awaitable[None]]


class House(Protocol):
    """What the forms need of the running assistant."""

    def text(self, key: str, language: Language, **values: str | int) -> str:
        """Return a reply text."""

    def tickets_of(self, person: Person) -> Sequence[Ticket]:
        """Return a person's tickets, oldest first."""

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
        view = request_form.view(self._house.text, self._pressed_in(body))
        await self._client.open(body["trigger_id"], view)

    async def open_code(self, body: Json) -> None:
        """Open the form for the code."""
        view = request_form.code_view(self._house.text, self._pressed_in(body))
        await self._client.open(body["trigger_id"], view)

    async def submitted(self, body: Json) -> Json:
        """Take a filled-in form; return what Slack is to do. Raises StorageError."""
        view, person = body["view"], events.presser(body)
        language = request_form.language_of(view, self._house.rules.languages)
        form = request_form.filled(view, language, self._house.text)
        if not isinstance(form, Requested):
            return _errors(form)
        for ticket in await self._open_tickets(person):
            if ticket.right is form.right and not may_correct(ticket, form.email):
                told = self._house.text("ticket.already", language, number=ticket.number)
                return _errors({"right": told})
        await self._take(f"view:{view['id']}", person, form)
        return {"response_action": "update", "view": self._asking(language, form.email.strip())}

    async def code_given(self, body: Json) -> Json:
        """Take the mailed code; return what Slack is to do. Raises StorageError."""
        view, person = body["view"], events.presser(body)
        language = request_form.language_of(view, self._house.rules.languages)
        code = request_form.code(view)
        if not code:
            return _errors({"code": self._house.text("request_form.invalid", language)})
        before = await self._waiting_for_code(person)
        if not before:
            return _errors({"code": self._house.text("code.none", language)})
        # One view may be submitted several times, each time with another code.
        await self._take(f"code:{body['trigger_id']}", person, Said(text=code))
        if await self._came_of(person, before, lambda ticket: len(ticket.evidence)):
            told = request_form.told_view(self._house.text, language, "request_form.code_right")
            return {"response_action": "update", "view": told}
        return _errors({"code": self._house.text("request_form.code_wrong", language)})

    async def resend(self, body: Json) -> None:
        """Have a new code mailed, and say in the open form where to, or why not."""
        person, language = events.presser(body), self._pressed_in(body)
        view = request_form.code_view(
            self._house.text, language, await self._resent(body, person, language)
        )
        await self._client.show(body["view"]["id"], view)

    async def _resent(self, body: Json, person: Person, language: Language) -> str:
        """Have a new code mailed; return what is told of it."""
        before = await self._waiting_for_code(person)
        if not before:
            return self._house.text("code.none", language)
        newest = before[-1]
        await self._take(events.press_id(body), person, Chose(token=f"resend:{newest.id}"))
        if await self._came_of(person, before, lambda ticket: len(ticket.codes_sent)):
            return self._code_sent(language, newest.person.email)
        return self._house.text("code.too_many", language)

    def _asking(self, language: Language, email: str) -> Json:
        told = self._code_sent(language, email)
        return request_form.code_view(self._house.text, language, told)

    def _code_sent(self, language: Language, email: str) -> str:
        return self._house.text("request_form.code_sent", language, email=email)

    def _pressed_in(self, body: Json) -> Language:
        value = body["actions"][0].get("value")
        return request_form.known(value, self._house.rules.languages)

    async def _open_tickets(self, person: Person) -> list[Ticket]:
        found = await asyncio.to_thread(self._house.tickets_of, person)
        return [ticket for ticket in found if ticket.state in OPEN]

    async def _waiting_for_code(self, person: Person) -> list[Ticket]:
        found = await self._open_tickets(person)
        return [ticket for ticket in found if ticket.challenge is not None]

    async def _came_of(
        self, person: Person, before: Sequence[Ticket], count: Callable[[Ticket], int]
    ) -> bool:
        """Wait a little until the event is handled; tell whether something was added."""
        known = {ticket.id: ticket for ticket in before}
        end = time.monotonic() + _WAIT
        while time.monotonic() < end:
            now = [t for t in await self._open_tickets(person) if t.id in known]
            if any(count(ticket) > count(known[ticket.id]) for ticket in now):
                return True
            if any(_tries(ticket) > _tries(known[ticket.id]) for ticket in now):
                return False
            await asyncio.sleep(_LOOK)
        return False


def _tries(ticket: Ticket) -> int:
    return ticket.challenge.tries if ticket.challenge else 0


def _errors(errors: object) -> Json:
    return {"response_action": "errors", "errors": errors}

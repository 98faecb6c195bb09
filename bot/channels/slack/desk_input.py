"""The forms of the desk: opened by a press, filled in, looked at, sent."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

import structlog

from bot.channels.desk import card, port
from bot.channels.desk.form import DETAILS, Blank, Form, pressed
from bot.channels.desk.port import DeskHouse
from bot.channels.slack import CHANNEL, markup
from bot.channels.slack.background import BackgroundTasks
from bot.channels.slack.client import Client
from bot.channels.slack.desk_views import Views
from bot.channels.slack.markup import Json
from bot.channels.slack.members import Access
from bot.core.tickets.ticket import Actor, Denial
from bot.errors import SelosteError

_LOG = structlog.get_logger()
_ANSWER_WITHIN = 2.5  # of the three seconds in which Slack wants its answer

Keep = Callable[[Any], Awaitable[None]]


class DeskForms:
    """What staff press and fill in. Who they are is looked at anew at every step.

    `keep` returns once an event is on disk; Slack is answered only then.
    """

    def __init__(
        self,
        client: Client,
        house: DeskHouse,
        access: Access,
        keep: Keep,
        background: BackgroundTasks,
    ) -> None:
        self._client = client
        self._house = house
        self._access = access
        self._keep = keep
        self._background = background
        self._views = Views(house)
        self._untouched: set[str] = set()  # forms just opened, by their views' ids

    async def pressed(self, body: Json) -> None:
        """Open the form of a button; within three seconds, so before the database.

        Raises DeliveryError.
        """
        user, team = _presser(body)
        actor = self._access.listed(user, team)
        form = self._begun(body)
        if actor is None or form is None:
            told = self._views.refusing("unknown" if actor else "not_staff")
            await self._client.open_view(body["trigger_id"], told)
            return
        form = replace(form, actor=actor.key)
        first = self._views.asking(form) if form.blanks() else self._views.waiting(form)
        view = await self._client.open_view(body["trigger_id"], first)
        self._untouched.add(view)
        self._background.start(self._after_opening(form, user, team, view))

    def _begun(self, body: Json) -> Form | None:
        """Return the form of a button on a card of this desk, or in the home tab."""
        place = body.get("container", {}).get("channel_id", self._access.channel)
        value = str(body["actions"][0].get("value", ""))
        return pressed(self._house.buttons_key, value) if place == self._access.channel else None

    async def _after_opening(self, form: Form, user: str, team: str, view: str) -> None:
        """With the form open, look whether it leads anywhere, and show what it will say."""
        try:
            shown = await self._shown_first(form, user, team)
        except SelosteError as error:
            _log_late(error)
            shown = self._views.told(form, self._text("later"))
        quicker = view not in self._untouched  # and is answered where they submitted it
        self._untouched.discard(view)
        if shown is not None and not quicker:
            await self._client.update_view(view, shown)

    async def _shown_first(self, form: Form, user: str, team: str) -> Json | None:
        """Return what takes the place of a form just opened; None when it may stay."""
        actor = await self._access.actor(user, team)
        if isinstance(actor, str):
            return self._views.told(form, self._text(actor))
        return await asyncio.to_thread(self._first_view, form, actor)

    def _first_view(self, form: Form, actor: Actor) -> Json | None:
        subject = port.subject_of(self._house, form.subject)
        if subject is None:
            return self._views.told(form, card.denied(Denial.UNKNOWN, self._house))
        if form.action == DETAILS:
            return self._views.details(subject)
        if form.blanks():
            refusal = port.refused(self._house, form, actor)
            return self._views.told(form, refusal) if refusal else None
        found = self._preview(form, actor)
        return self._views.told(form, found) if isinstance(found, str) else found

    async def submitted(self, body: Json) -> Json:
        """Take a filled-in form; return what Slack is to do: errors, or the preview."""
        form = self._views.form(body["view"])
        self._untouched.discard(str(body["view"]["id"]))
        if form is None or not form.blanks():
            return _update(self._views.refusing("unknown"))
        for block, value in markup.values(body["view"]).items():
            filled = form.filled(Blank(block), value) if block in form.blanks() else None
            if filled is None:
                return _update(self._views.told(form, self._text("unknown")))
            form = filled
        try:
            found = await asyncio.wait_for(self._checked(form, body), _ANSWER_WITHIN)
        except (SelosteError, TimeoutError) as error:
            _log_late(error)
            found = self._text("later")
        last = str(form.blanks()[-1])
        return _errors(last, found) if isinstance(found, str) else _update(found)

    async def _checked(self, form: Form, body: Json) -> Json | str:
        """Return the preview of a form, or why there is none."""
        actor = await self._actor(form, body)
        if isinstance(actor, str):
            return actor
        if not self._views.has_room(form):
            return self._house.text("field.too_long", self._house.language)
        return await asyncio.to_thread(self._preview, form, actor)

    def _preview(self, form: Form, actor: Actor) -> Json | str:
        subject = port.subject_of(self._house, form.subject)
        try:
            event = form.event(actor, self._house.now())
        except ValueError:
            return self._text("unknown")
        if subject is None:
            return card.denied(Denial.UNKNOWN, self._house)
        shown = self._house.preview(event)
        if isinstance(shown, Denial):
            return port.denied(self._house, form.subject, shown)
        return self._views.preview(form, subject, shown)

    async def sent(self, body: Json) -> Json:
        """Take what was looked at and sent; return what Slack is to do."""
        form = self._views.form(body["view"])
        if form is None or form.blank() is not None:
            return _update(self._views.refusing("unknown"))
        try:
            why_not = await asyncio.wait_for(self._kept(form, body), _ANSWER_WITHIN)
        except (SelosteError, TimeoutError) as error:
            _log_late(error)
            later = self._views.told(form, self._text("later"))
            return {"response_action": "push", "view": later}  # what was written stays below it
        if why_not:
            return _update(self._views.told(form, why_not))
        return {"response_action": "clear"}

    async def _kept(self, form: Form, body: Json) -> str:
        """Keep what a form brings about; return why not, if so."""
        actor = await self._actor(form, body, anew=True)
        if isinstance(actor, str):
            return actor
        refusal = await asyncio.to_thread(port.refused, self._house, form, actor)
        if not refusal:
            # The form's id is the event's: sent twice, it counts once.
            root = body["view"].get("root_view_id") or body["view"]["id"]
            event = form.event(actor, self._house.now())
            await self._keep(self._house.arrival(f"view:{root}", event, CHANNEL))
        return refusal

    async def _actor(self, form: Form, body: Json, *, anew: bool = False) -> Actor | str:
        """Return who submits a form, or why they may not. Raises DeliveryError."""
        actor = await self._access.actor(*_presser(body), anew=anew)
        if isinstance(actor, str):
            return self._text(actor)
        return actor if actor.key == form.actor else self._text("foreign")

    def _text(self, key: str) -> str:
        return port.text(self._house, f"form.{key}")


def _presser(body: Json) -> tuple[str, str]:
    return str(body["user"]["id"]), str(body["user"].get("team_id") or "")


def _log_late(error: Exception) -> None:
    told = str(error) if isinstance(error, SelosteError) else "no answer in time"
    _LOG.warning("slack: a form was not taken", error=told)


def _update(view: Json) -> Json:
    return {"response_action": "update", "view": view}


def _errors(block: str, text: str) -> Json:
    return {"response_action": "errors", "errors": {block: text}}

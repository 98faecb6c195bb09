"""The staff's desk in a Slack channel: cards, forms that are modals, history in the thread."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from typing import Any

import structlog

from bot.channels import card, deskhouse
from bot.channels.deskhouse import DeskHouse, Subject
from bot.channels.form import CHOICES, DETAILS, Blank, Form, actions, press, pressed
from bot.channels.slack import CHANNEL, blocks
from bot.channels.slack.blocks import Json, Posting
from bot.channels.slack.client import Client
from bot.core.inquiries import ANSWER, Inquiry
from bot.core.messages import Alarm, AskStaff, Remind, ShowInquiry, TellStaff, ToStaff
from bot.core.tickets import Action, Actor, Denial, Ticket
from bot.errors import DeliveryError, Refused, TryLater

_LOG = structlog.get_logger()
PRESS = "desk:"
FORM, SEND = "desk_form", "desk_send"
_LONGEST_WORDS = 2000
_LONGEST_METADATA = 3000
_KNOWN_SECONDS = 60.0
_STYLE = {"verify": "primary", "confirm": "primary", "fulfil": "primary", "refuse": "danger"}

Keep = Callable[[Any], Awaitable[None]]


class Desk:
    """The desk in `channel`, for members of the workspaces `teams`.

    `keep` returns once an event is on disk; Slack is answered only then.
    """

    def __init__(
        self, client: Client, house: DeskHouse, channel: str, teams: frozenset[str], keep: Keep
    ) -> None:
        self._client = client
        self._house = house
        self.channel = channel
        self._teams = teams
        self._keep = keep
        self._known: tuple[float, set[str], bool] = (0.0, set(), False)

    # Who acts

    async def actor(self, user: str, team: str) -> Actor | str:
        """Return who acts, or the key of what they are told: listed here, member there, own."""
        actor = self._house.staff("slack").get(user)
        if actor is None or team not in self._teams:
            return "not_staff"
        members, closed = await self._members()
        return actor if user in members and closed else "not_member"

    async def _members(self) -> tuple[set[str], bool]:
        """Return the channel's members, and whether nobody from outside can read it."""
        until, members, closed = self._known
        if time.monotonic() > until:
            info = await self._client.info(self.channel)
            closed = not (info.get("is_ext_shared") or info.get("is_pending_ext_shared"))
            members = await self._client.members(self.channel)
            self._known = (time.monotonic() + _KNOWN_SECONDS, members, closed)
        return members, closed

    def forget_members(self) -> None:
        """Look anew who may act: the channel was shared or has other members."""
        self._known = (0.0, set(), False)

    # What comes in

    async def pressed(self, body: Json) -> None:
        """Open the form of a card's button; within three seconds, so before the database."""
        user, team = body["user"]["id"], body["user"].get("team_id", "")
        action = body["actions"][0]
        form = pressed(self._house.buttons_key, str(action.get("value", "")))
        where = body.get("container", {}).get("channel_id", self.channel)
        known = self._house.staff("slack").get(user)
        if known is None or team not in self._teams or form is None:
            key = "form.unknown" if known and team in self._teams else "form.not_staff"
            await self._whisper(where, user, self._text(key))
            return
        name = deskhouse.button(self._house, form.action)
        if form.blanks():
            view = await self._client.open(body["trigger_id"], self._asking(form, name))
        else:
            view = await self._client.open(body["trigger_id"], self._telling(name, ["…"]))
        await self._after_opening(form, user, team, view)

    async def _after_opening(self, form: Form, user: str, team: str, view: str) -> None:
        """With the form open, look whether it leads anywhere, and show what it will say."""
        actor = await self.actor(user, team)
        name = deskhouse.button(self._house, form.action)
        if isinstance(actor, str):
            await self._client.show(view, self._telling(name, [self._text(f"form.{actor}")]))
            return
        subject = await asyncio.to_thread(deskhouse.subject_of, self._house, form.subject)
        if subject is None:
            await self._client.show(view, self._telling(name, [self._text("form.unknown")]))
        elif form.action == DETAILS:
            await self._client.show(view, await asyncio.to_thread(self._details, subject))
        elif refusal := await asyncio.to_thread(self._refusal, form, actor):
            await self._client.show(view, self._telling(name, [refusal]))
        elif not form.blanks():
            shown = await asyncio.to_thread(self._preview, form, actor, subject)
            await self._client.show(view, shown)

    def _refusal(self, form: Form, actor: Actor) -> str:
        """Return why a form just begun leads nowhere; choices are tried with their last."""
        for blank in form.blanks():
            if blank in CHOICES and not getattr(form, blank):
                form = form.filled(blank, CHOICES[blank][-1]) or form
        return deskhouse.refused(self._house, form, actor)

    async def submitted(self, body: Json) -> Json:
        """Take a filled-in form; return what Slack is to do: errors, or the preview."""
        form = _form(body["view"])
        for block, value in blocks.values(body["view"]).items():
            filled = form.filled(Blank(block), value) if block in set(Blank) else None
            if filled is None:
                return _errors(block, self._text("form.unknown"))
            form = filled
        last = str(form.blanks()[-1])
        actor = await self.actor(body["user"]["id"], body["user"].get("team_id", ""))
        if isinstance(actor, str):
            return _errors(last, self._text(f"form.{actor}"))
        if len(_metadata(form)) > _LONGEST_METADATA:
            return _errors(last, self._house.text("field.too_long", self._house.language))
        subject = await asyncio.to_thread(deskhouse.subject_of, self._house, form.subject)
        refusal = await asyncio.to_thread(deskhouse.refused, self._house, form, actor)
        if refusal or subject is None:
            return _errors(last, refusal or self._text("form.unknown"))
        view = await asyncio.to_thread(self._preview, form, actor, subject)
        return {"response_action": "update", "view": view}

    async def sent(self, body: Json) -> Json:
        """Take what was looked at and sent; return what Slack is to do. Raises StorageError."""
        form = _form(body["view"])
        name = deskhouse.button(self._house, form.action)
        actor = await self.actor(body["user"]["id"], body["user"].get("team_id", ""))
        if isinstance(actor, str):
            told = self._text(f"form.{actor}")
            return {"response_action": "update", "view": self._telling(name, [told])}
        refusal = await asyncio.to_thread(deskhouse.refused, self._house, form, actor)
        if refusal:
            return {"response_action": "update", "view": self._telling(name, [refusal])}
        event = form.event(actor, self._house.now())
        # The form's id is the event's: sent twice, it counts once.
        root = body["view"].get("root_view_id") or body["view"]["id"]
        await self._keep(self._house.arrival(f"view:{root}", event, CHANNEL))
        return {"response_action": "clear"}

    # Views

    def _asking(self, form: Form, name: str) -> Json:
        asked = [self._field(form, blank) for blank in form.blanks()]
        return blocks.modal(
            FORM,
            name,
            asked,
            deskhouse.button(self._house, "cancel"),
            submit=deskhouse.button(self._house, "next"),
            private_metadata=_metadata(form),
        )

    def _field(self, form: Form, blank: Blank) -> Json:
        if blank is Blank.TEXT:
            key = "in_reason" if form.action == Action.REOPEN else "in_words"
            label = self._text(f"form.{key}")
            return blocks.words(blank, label, most=_LONGEST_WORDS, long=True)
        options = [(known, self._text(f"{blank}.{known}")) for known in CHOICES[blank]]
        label = self._text(f"form.{blank}", number="").removeprefix(": ")
        return blocks.one_of(blank, label[:1].upper() + label[1:], options)

    def _preview(self, form: Form, actor: Actor, subject: Subject) -> Json:
        name = deskhouse.button(self._house, form.action)
        shown = self._house.preview(form.event(actor, self._house.now()))
        if isinstance(shown, Denial):
            return self._telling(name, [deskhouse.denied(self._house, form.subject, shown)])
        above = deskhouse.heading(self._house, form, subject, silent=not shown.blocks)
        body = blocks.message(shown)[0].blocks if shown.blocks else []
        return blocks.modal(
            SEND,
            name,
            [*blocks.lines([above]), *body],
            deskhouse.button(self._house, "cancel"),
            submit=deskhouse.button(self._house, "send"),
            private_metadata=_metadata(form),
        )

    def _details(self, subject: Subject) -> Json:
        if isinstance(subject, Ticket):
            shown = card.rows(subject, self._house)
        else:
            shown = card.inquiry_rows(subject, self._house)
        happened = [card.happened(one, self._house) for one in self._house.history(subject.id)]
        body = [
            blocks.header(deskhouse.title(self._house, subject)),
            *blocks.rows(shown),
            {"type": "divider"},
            *blocks.lines(happened),
        ]
        close = deskhouse.button(self._house, "close")
        return blocks.modal("desk_told", subject.number, body[:90], close)

    def _telling(self, title: str, texts: list[str]) -> Json:
        close = deskhouse.button(self._house, "close")
        return blocks.modal("desk_told", title, blocks.lines(texts), close)

    # What goes out

    async def tell(self, told: ToStaff) -> None:
        """Tell the desk. Raises DeliveryError."""
        _, closed = await self._members()
        if not closed:
            raise TryLater("slack: the staff channel is shared with another organisation")
        match told:
            case AskStaff(ticket=id) | ShowInquiry(inquiry=id):
                await self._show(id)
            case TellStaff() | Remind() | Alarm():
                await self._line(told)

    async def _show(self, id: str) -> None:
        """Show a card, or bring it up to date; what has happened since stands in its thread."""
        subject = await asyncio.to_thread(deskhouse.subject_of, self._house, id)
        if subject is None:
            return
        history = await asyncio.to_thread(self._house.history, id)
        at = await asyncio.to_thread(self._house.card_at, id, CHANNEL)
        if at is not None and at[1] == len(history):
            return
        posting = await asyncio.to_thread(self._card, subject)
        channel, _, ts = (at[0] if at else ":").partition(":")
        if not at or not await self._client.update(channel, ts, posting):
            channel, ts = self.channel, await self._client.post(self.channel, posting)
        elif since := history[at[1] :]:
            said = [card.happened(one, self._house) for one in since]
            await self._client.post(channel, _posting(said), ts)
        place = f"{channel}:{ts}"
        await asyncio.to_thread(self._house.keep_card, id, CHANNEL, place, len(history))

    def _card(self, subject: Subject) -> Posting:
        title = deskhouse.title(self._house, subject)
        rows = deskhouse.face(self._house, subject)
        text = blocks.escaped("\n".join([title, *(f"{label}: {value}" for label, value in rows)]))
        return Posting(
            text[:3000],
            [
                blocks.header(title),
                *blocks.rows(rows),
                *blocks.actions(self.buttons(subject)),
            ],
        )

    def buttons(self, subject: Subject) -> list[Json]:
        """Return the buttons of a card."""
        offered = actions(subject) if isinstance(subject, Ticket) else _answerable(subject)
        return [self.button(action, subject) for action in offered]

    def button(self, action: str, subject: Subject) -> Json:
        """Return one button of a card."""
        label = deskhouse.button(self._house, action)
        value = press(self._house.buttons_key, action, subject)
        return blocks.button(label, f"{PRESS}{action}", value, _STYLE.get(action, ""))

    async def _line(self, told: TellStaff | Remind | Alarm) -> None:
        said = await asyncio.to_thread(lambda: "\n".join(card.told(told, self._house)))
        if isinstance(told, TellStaff):
            if await self._told_alone(told, said):
                return
            name = self._house.name(told.actor)
            said = self._text("form.answering", name=name, text=said)
        await self._client.post(self.channel, _posting([said]))

    async def _told_alone(self, told: TellStaff, said: str) -> bool:
        """Tell only the one who acted, if they can be reached so."""
        accounts = {actor.key: user for user, actor in self._house.staff("slack").items()}
        user = accounts.get(told.actor)
        try:
            if user:
                text = blocks.escaped(f"{told.number}: {said}")
                await self._client.whisper(self.channel, user, text)
        except Refused:
            return False
        return user is not None

    async def _whisper(self, channel: str, user: str, text: str) -> None:
        try:
            await self._client.whisper(channel or self.channel, user, blocks.escaped(text))
        except DeliveryError as error:
            _LOG.info("slack: a press was not answered", error=str(error))

    def _text(self, key: str, **values: str) -> str:
        return deskhouse.text(self._house, key, **values)


def _posting(texts: list[str]) -> Posting:
    return Posting(blocks.escaped("\n".join(texts))[:3000], blocks.lines(texts))


def _answerable(inquiry: Inquiry) -> tuple[str, ...]:
    return () if inquiry.closed_at else (ANSWER, DETAILS)


def _metadata(form: Form) -> str:
    return json.dumps(asdict(form), ensure_ascii=False)


def _form(view: Json) -> Form:
    """Return the form that a view stands for; Slack keeps it, people cannot change it."""
    return replace(Form(**json.loads(view["private_metadata"])))


def _errors(block: str, text: str) -> Json:
    return {"response_action": "errors", "errors": {block: text}}

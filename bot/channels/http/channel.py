"""The signed JSON channel, for a web chat or another system of the organisation."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx
from anyio import to_thread

from bot.channels import render
from bot.channels.desk import card, flow, form
from bot.channels.desk.flow import Situation
from bot.channels.desk.form import OPEN, Blank, Form, NewRequest, Subject
from bot.channels.desk.port import Desk
from bot.channels.http import CHANNEL, register, upload
from bot.channels.http.access import Access, Signer
from bot.channels.http.desk_content import desk_content
from bot.channels.http.incoming import Incoming, read
from bot.channels.http.register import Told
from bot.channels.http.signature import signed
from bot.channels.http.upload import UploadAddress
from bot.core.effects import (
    Say,
    Suppress,
    ToStaff,
)
from bot.core.envelopes import InboundEvent
from bot.core.events import Chose, FromCustomer, Said, StaffOpened
from bot.core.messages import Message
from bot.core.tickets.inquiries import ANSWER, Inquiry
from bot.core.tickets.record import Observed
from bot.core.tickets.ticket import Action, Actor, Person, Ticket
from bot.errors import Refused, TryLater, UsageError

# What an event names in another way than a form.
_NAMED = frozenset({Blank.FILE, Blank.TO, Blank.DOER})
_OF_WHOM = frozenset({"id", "staff", "token", "action"})
_BESIDE = frozenset({"filters", "page", "back"})
_TO = {str(Action.ADD_TASK): Blank.DOER}
_LATER = frozenset({408, 425, 429})
_FIRST_SERVER_FAULT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewedMessage:
    """What the customer would read of an action, or what staff are told instead; nothing is kept.

    Without either, the customer would be told nothing.
    """

    message: Message | None = None
    denied: str = ""

    def content(self) -> dict[str, object]:
        """Return it as it is answered."""
        told = _worded(self.message) if self.message else None
        return {"received": False, "preview": told, "denied": self.denied or None}


Taken = InboundEvent | PreviewedMessage | UploadAddress | Told


def taken(body: bytes, desk: Desk, access: Access, signer: Signer) -> Taken:
    """Return an event as it is stored, the preview that was asked for, or where a file may be put.

    Raises NotAllowed when its signer may not bring it, and UsageError that says what is wrong with
    the body.
    """
    came = read(body)
    access.require(signer, staff=bool(came.staff))
    # An id is its sender's own: two people may use the same one.
    sender = hashlib.sha256(f"{came.staff}\n{came.person}".encode(errors="replace"))
    event_id = f"{sender.hexdigest()[:16]}:{came.id}"
    if came.staff:
        return _of_staff(event_id, came, desk, access)
    person = Person(channel=CHANNEL, account=came.person)
    chose = came.choice is not None
    event = Chose(token=came.choice or "") if chose else Said(text=came.text or "")
    return desk.inbound(event_id, FromCustomer(person=person, event=event))


def _of_staff(event_id: str, came: Incoming, desk: Desk, access: Access) -> Taken:
    """Return the event of a complete form; the desk hears later whether it was carried out."""
    actor = desk.actors().get(came.staff)
    if actor is None:
        raise UsageError("staff: nobody of that name is in the configuration")
    if came.action in register.TAKES:
        access.require_token(came.staff, came.token, four_eyes=False)
        return _beside(came, actor, desk)
    subject = _subject(came, desk)
    right = subject.right if isinstance(subject, Ticket) else None
    access.require_token(came.staff, came.token, four_eyes=right in desk.rules.four_eyes)
    situation = Situation(subject, actor, desk.now(), desk.known)
    if came.action == Action.ATTACH:
        what = came.file_name, came.size, came.sha256
        return upload.permitted(event_id, came.staff, *what, situation, desk)
    filled = Form(
        action=came.action,
        subject=subject.id,
        version=subject.version if came.version is None else came.version,
        actor=actor.key,
        **{blank: str(getattr(came, blank) or "") for blank in Blank if blank not in _NAMED},
        **{_TO.get(came.action, Blank.TO): _key(came.to, desk)},
    )
    try:
        event = filled.event(actor, desk.now())
    except ValueError as error:
        raise UsageError(str(error)) from None
    given = [blank for blank in Blank if getattr(filled, blank) and blank not in filled.blanks()]
    for name in (*given, *sorted(came.model_fields_set & _BESIDE)):
        raise UsageError(f"{name}: {came.action} takes none")
    if came.preview:
        return _previewed(filled, situation, desk)
    if isinstance(event, StaffOpened):
        step = flow.preview(filled, situation)
        if isinstance(step, flow.Refused):  # there is no card on which it could be told later
            raise UsageError(card.refusal(step.why, desk.wording))
    return desk.inbound(event_id, event, CHANNEL)


def _beside(came: Incoming, actor: Actor, desk: Desk) -> Told:
    """Answer at once to what is no form. Raises UsageError."""
    for name in sorted(came.model_fields_set - _OF_WHOM - register.TAKES[came.action]):
        raise UsageError(f"{name}: {came.action} takes none")
    match came.action:
        case register.AWAY:
            return register.away(desk, actor, came.back)
        case register.FIND:
            return register.found(desk, actor, came.text or "")
        case form.DETAILS:
            return register.details(desk, actor, came.ticket)
    return register.listed(desk, actor, came.filters, came.page)


def _subject(came: Incoming, desk: Desk) -> Subject:
    if came.action == OPEN and not came.ticket:
        return NewRequest()
    case = desk.case_numbered(came.ticket)
    if case is None or isinstance(case.subject, Inquiry) != (came.action == ANSWER):
        raise UsageError("ticket: there is none of that number")
    return case.subject


def _key(name: str, desk: Desk) -> str:
    """Return the key of a member of staff who is named, if one is. Raises UsageError."""
    if not name:
        return ""
    actor = desk.actors().get(name)
    if actor is None:
        raise UsageError("to: nobody of that name is in the configuration")
    return actor.key


def _previewed(filled: Form, at: Situation, desk: Desk) -> PreviewedMessage:
    step = flow.preview(filled, at)
    if isinstance(step, flow.Refused):
        facts = {"denial": step.why}
        desk.note_access(Observed.DENIED, at.actor, CHANNEL, at.subject, facts=facts)
        return PreviewedMessage(denied=card.refusal(step.why, desk.wording))
    return PreviewedMessage(message=desk.worded(step.letter) if step.letter else None)


def _worded(message: Message) -> dict[str, object]:
    return {
        "text": render.plain(message),
        "blocks": [{"kind": b.kind, "heading": b.heading, "text": b.text} for b in message.blocks],
        "choices": [{"label": b.label, "choice": b.token} for b in message.buttons],
    }


@dataclass(frozen=True)
class Outgoing:
    """Posts messages to the configured address, each with its own id.

    The timeout is that of the client.
    """

    url: str
    secret: str
    client: httpx.AsyncClient

    async def say(self, key: str, say: Say, message: Message, now: datetime) -> None:
        """Post what a person is told."""
        await self._post(
            key,
            {
                "person": say.to.account,
                "language": say.language,
                "ticket": say.number or None,
                **_worded(message),
            },
            now,
        )

    async def tell(self, key: str, told: ToStaff, desk: Desk) -> None:
        """Post what the desk is told; of a ticket, its card too."""
        content = await to_thread.run_sync(desk_content, told, desk)
        await self._post(key, content, desk.now())

    async def suppress(self, key: str, told: Suppress, now: datetime) -> None:
        """Post to whom no marketing is sent from now on, or may be sent again."""
        content = {
            "type": "suppression.ended" if told.ended else "suppression.begun",
            "kind": told.contact.kind,
            "contact": told.contact.value,
            "at": told.at.isoformat(),
            "ticket": told.number,
        }
        await self._post(key, content, now)

    async def probe(self, key: str, now: datetime) -> None:
        """Post a probe."""
        await self._post(key, {"probe": True}, now)

    async def _post(self, key: str, content: Mapping[str, object], now: datetime) -> None:
        body = json.dumps({"id": key, **content}, ensure_ascii=False).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        try:
            answer = await self.client.post(
                self.url,
                content=body,
                headers=headers | signed(self.secret, key, body, now),
            )
        except httpx.HTTPError as error:
            raise TryLater(type(error).__name__) from None
        _judge(answer)


def _judge(answer: httpx.Response) -> None:
    code = answer.status_code
    if answer.is_success:
        return
    if code in _LATER or code >= _FIRST_SERVER_FAULT:
        after = answer.headers.get("Retry-After", "")
        raise TryLater(f"HTTP {code}", after=float(after) if after.isdecimal() else None)
    raise Refused(f"HTTP {code}")

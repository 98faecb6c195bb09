"""Cleans an event before it is stored: no invisible characters, identity codes masked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from typing import TypeVar

from bot.core import masking
from bot.core.events import (
    AskedInPublic,
    Chose,
    CustomerEvent,
    Event,
    FromCustomer,
    Requested,
    Said,
    Shared,
    StaffActed,
    StaffAnswered,
    StaffOpened,
)
from bot.core.understanding.words.text import KEPT, strip_invisible

AnyEvent = TypeVar("AnyEvent", bound=Event)
_LONGEST_TOKEN = 64


def sanitise(event: AnyEvent, today: date) -> AnyEvent:
    """Return an event with its texts cleaned and masked."""
    clean = partial(_clean, today=today)
    match event:
        case FromCustomer():
            return replace(event, event=_of_customer(event.event, today))
        case AskedInPublic():
            return replace(event, text=clean(event.text))
        case StaffActed(command=command):
            written = replace(
                command,
                text=clean(command.text),
                email=clean(command.email),
                phone=strip_invisible(command.phone),
            )
            return replace(event, command=written)
        case StaffAnswered():
            return replace(event, text=clean(event.text))
        case StaffOpened(request=request):
            said = replace(
                request,
                name=clean(request.name),
                email=clean(request.email),
                phone=strip_invisible(request.phone),
                words=clean(request.words),
            )
            return replace(event, request=said)
    return event


def _of_customer(event: CustomerEvent, today: date) -> CustomerEvent:
    clean = partial(_clean, today=today)
    match event:
        case Said():
            text, kinds = masking.mask(strip_invisible(event.text, KEPT), today)
            cut, quoted = len(event.text) > KEPT, clean(event.replied_to)
            return replace(event, text=text, masked=kinds, cut=cut, replied_to=quoted)
        case Chose():
            return Chose(token=strip_invisible(event.token, _LONGEST_TOKEN))
        case Shared():
            return Shared(phone=strip_invisible(event.phone, _LONGEST_TOKEN))
        case Requested():
            return replace(
                event,
                name=clean(event.name),
                email=clean(event.email),
                details=clean(event.details),
                concerned=clean(event.concerned),
            )


def _clean(text: str, today: date) -> str:
    return masking.mask(strip_invisible(text), today)[0]

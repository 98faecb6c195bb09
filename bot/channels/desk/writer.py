"""Card rows on the writer, the person concerned, and the authority to act for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.channels.desk.wording import Wording
from bot.core.tickets.representation import Authority, OnBehalf, Relation
from bot.core.tickets.ticket import OPEN, Ticket


def found(ticket: Ticket, wording: Wording, shown: Callable[[str], str]) -> Mapping[str, str]:
    """Return the rows by their labels; `shown` is how much of a name a reader sees."""
    name = shown(ticket.person.name)
    if ticket.on_behalf is None:
        return {"name": name}
    concerned = shown(ticket.on_behalf.name) or wording.label("concerns_unnamed")
    relation = wording.text(f"relation.{ticket.on_behalf.relation}")
    return {
        "writes": wording.label("writer", name=name, relation=relation),
        "concerns": concerned,
        "authority": _authority(ticket, wording),
        "tell": _to_be_told(ticket, ticket.on_behalf, wording),
    }


def for_somebody(ticket: Ticket, wording: Wording) -> str:
    """Return a mark for a list of tickets; empty where people ask for themselves."""
    return f" · {wording.label('for_somebody')}" if ticket.on_behalf else ""


def _authority(ticket: Ticket, wording: Wording) -> str:
    shown = [_shown(one, wording) for one in ticket.authority]
    return "; ".join(shown) or wording.label("authority_open")


def _shown(one: Authority, wording: Wording) -> str:
    by, at = wording.name(one.by), wording.moment(one.at)
    return f"{wording.desk(f'authority.{one.proof}')} ({by}, {at})"


def _to_be_told(ticket: Ticket, concerned: OnBehalf, wording: Wording) -> str:
    """Return that the person concerned is written to, where that is so decided and possible."""
    told = ticket.right in wording.rules.on_behalf.tell_person and ticket.state in OPEN
    alive = concerned.relation is not Relation.ESTATE
    return wording.label("tell_person") if told and alive else ""

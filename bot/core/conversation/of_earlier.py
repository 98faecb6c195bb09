"""Takes what plainly speaks of a request that was made, or is said to have been made."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.catalog import Language
from bot.core.conversation import (
    my_tickets,
    pass_to_staff,
    staff_question,
    to_staff,
    verification,
    wants,
)
from bot.core.conversation.dialogue import Dialogue
from bot.core.conversation.reply import Reply, say
from bot.core.conversation.world import World
from bot.core.tickets import staff_decision
from bot.core.tickets.ticket import OPEN, Action, Extent, State, Ticket
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.recognisers.denied_request import denies_request
from bot.core.understanding.recognisers.earlier_request import (
    asks_why_refused,
    speaks_of_earlier_request,
    wants_it_sent,
    wants_to_change,
)
from bot.core.understanding.recognisers.for_somebody import asks_the_same_for_another
from bot.core.understanding.recognisers.who_decided import (
    asks_who_decides,
    is_under_way,
    speaks_of_first,
)

_DECIDED = frozenset({State.CONFIRMED, State.FULFILLED, State.REFUSED})


def take(reading: Reading, text: str, language: Language, world: World) -> Reply | None:
    """Take what plainly speaks of one of the person's tickets, whatever else it reads like."""
    if not staff_question.waiting(world.tickets) and (told := _after_sending(text, world)):
        return told
    if asks_why_refused(text, language) and (refused := _refused(world)):
        meant = my_tickets.meant(text, refused, world)
        return Reply(parts=staff_decision.reasons(meant, world.knowledge))
    if denies_request(text):
        return _denied(text, world)
    if asks_who_decides(text) and (likely := _decidable(text, world)):
        meant = _of_likely(text, likely, world)
        return _decides(meant, world) + to_staff.offer(meant, Action.ADD, text, world)
    if wants_to_change(text, language):
        return _to_be_changed(text, world)
    chases = reading.means is not Meaning.WITHDRAW and speaks_of_earlier_request(text, language)
    return chased(text, world) if chases else None


def _after_sending(text: str, world: World) -> Reply | None:
    """Tell whoever wants a request sent that it is, and that another person's is another one."""
    if not world.open_tickets:
        return None
    if wants_it_sent(text):
        return say("status.sent") + my_tickets.status(world)
    return say("on_behalf.own_request") if asks_the_same_for_another(text) else None


def is_of_own(text: str) -> bool:
    """Tell whether a text speaks of a request that was made, though it names what requests do."""
    after = wants_it_sent(text) or asks_the_same_for_another(text)
    return after or denies_request(text) or asks_who_decides(text)


def without_ticket(dialogue: Dialogue, text: str, language: Language, world: World) -> Reply | None:
    """Lead whoever speaks of a request that is not known here to a person (Art. 12(3)).

    It came in another way, and its month runs: a new request would begin another one. Where it is
    denied, somebody else may have asked.
    """
    if denies_request(text):
        known = say("denied.none")
    elif speaks_of_earlier_request(text, language) or wants_to_change(text, language):
        if wants.is_worded(text, dialogue, world):
            return None
        known = say("status.none")
    else:
        return None
    return known + say("inquiry.offer") + pass_to_staff.offer(text)


def chased(text: str, world: World) -> Reply:
    """Tell how things go; where it is staff's turn, offer to remind them."""
    told = my_tickets.status(world)
    still_open = world.open_tickets
    ticket = my_tickets.meant(text, still_open or world.tickets[-1:], world)
    if verification.phase(ticket) in verification.TURN_OF_CUSTOMER:
        return told
    return told + to_staff.offer(ticket, Action.CHASE, text, world)


def _refused(world: World) -> list[Ticket]:
    """Return the tickets that staff did not carry out, or only in part."""
    tickets = world.tickets
    return [t for t in tickets if t.state is State.REFUSED or t.extent is Extent.PARTLY]


def _denied(text: str, world: World) -> Reply:
    """Offer to tell staff that a request was not made by its person, who can withdraw it too."""
    ticket = my_tickets.meant(text, world.open_tickets or world.tickets[-1:], world)
    offered = to_staff.offer(ticket, Action.ADD, text, world)
    if ticket.state not in OPEN:
        return offered
    told = say("denied.open", number=ticket.number, right=ticket.right)
    return told + offered.offering(my_tickets.offer_withdrawal(ticket))


def who_decides(text: str, world: World) -> Reply | None:
    """Answer who decides on a request; None where that is not asked, or nobody does."""
    likely = _decidable(text, world) if asks_who_decides(text) else ()
    return _decides(_of_likely(text, likely, world), world) if likely else None


def _decidable(text: str, world: World) -> Sequence[Ticket]:
    """Return the tickets on which staff decide, or decided, as it is asked."""
    decided = [ticket for ticket in world.tickets if ticket.state in _DECIDED]
    undecided = [ticket for ticket in world.open_tickets if ticket not in decided]
    return undecided or decided if is_under_way(text) else decided or undecided


def _of_likely(text: str, likely: Sequence[Ticket], world: World) -> Ticket:
    return likely[0] if speaks_of_first(text) else my_tickets.meant(text, likely, world)


def _decides(ticket: Ticket, world: World) -> Reply:
    """Say that a person decides, and no machine (Art. 22): whose name is for staff to give."""
    if ticket.state in _DECIDED:
        on = world.rules.today(ticket.closed_at).isoformat() if ticket.closed_at else ""
        return say("decided.by", number=ticket.number, right=ticket.right, on=on)
    due = ticket.clock.end(world.today).due.isoformat()
    return say("decided.not_yet", number=ticket.number, right=ticket.right, due=due)


def _to_be_changed(text: str, world: World) -> Reply:
    """Ask what is to be changed in a request: nobody withdraws it by wishing so."""
    still_open = world.open_tickets
    if not still_open:
        return to_staff.offer(world.tickets[-1], Action.DISPUTE, text, world)
    return to_staff.ask_what_to_change(my_tickets.meant(text, still_open, world), text)

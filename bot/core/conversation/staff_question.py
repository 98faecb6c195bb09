"""Questions of staff about a ticket: which ones are unanswered, and how they are put."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.core.buttons import AnswerStaff
from bot.core.catalog import Language
from bot.core.conversation.answers import STOP
from bot.core.conversation.dialogue import Answering
from bot.core.conversation.reply import NOTHING, Reply, say, stale
from bot.core.conversation.world import World
from bot.core.effects import Choice, StaffWords
from bot.core.tickets.ticket import OPEN, Action, Note, Ticket
from bot.core.understanding.replies import safeguards
from bot.core.understanding.words.plain_answers import yes_or_no

# For so long after an answer, what is written is read as if it belonged to it.
_LATELY = timedelta(hours=1)
_ASKS = frozenset({Action.ASK, Action.SUSPEND})
_NEVER = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def waiting(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return the tickets on which staff wait for an answer, the one asked last at the end."""
    asked = (ticket for ticket in tickets if ticket.question)
    return sorted(asked, key=asked_at)


def asked_at(ticket: Ticket) -> datetime:
    """Return when staff asked something on a ticket last; long ago if nobody knows."""
    return max((note.at for note in _asked(ticket)), default=_NEVER)


def lately_answered(tickets: Iterable[Ticket], now: datetime) -> Ticket | None:
    """Return the open ticket on which a question was just answered: more may follow."""
    answers = (
        (note.at, ticket)
        for ticket in tickets
        for note in ticket.notes
        if ticket.state in OPEN and note.action is Action.ANSWER and now - note.at < _LATELY
    )
    return max(answers, key=lambda answer: answer[0], default=(now, None))[1]


def of(ticket: Ticket) -> str:
    """Return the question that waits on a ticket, else the last one that staff put there."""
    return ticket.question or next((note.text for note in reversed(_asked(ticket))), "")


def replied_to(quoted: str, tickets: Iterable[Ticket]) -> Ticket | None:
    """Return the ticket whose question stands in the message of ours that was replied to."""
    read = " ".join(quoted.split())
    asked = (ticket for ticket in tickets if ticket.question and ticket.number in read)
    return next((ticket for ticket in asked if " ".join(ticket.question.split()) in read), None)


def shown(ticket: Ticket) -> Reply:
    """Show a question of staff as theirs."""
    return say("status.question") + _quoted(ticket)


def reminder(tickets: Iterable[Ticket]) -> Reply:
    """Bring up again the question of staff that waits, if one does."""
    asked = waiting(tickets)
    return shown(asked[-1]).offering(answer_button(asked[-1])) if asked else NOTHING


def may_be_meant(text: str, language: Language, world: World) -> bool:
    """Tell whether what reads like a yes to a form may be meant for the question of staff."""
    said = yes_or_no(text) is not None or safeguards.says_yes(text, language)
    return any(map(str.isalpha, text)) and not said and bool(waiting(world.tickets))


def begin_answer(ticket: Ticket, _world: World) -> Reply:
    """Begin to answer a question of staff."""
    return ask_for_answer(ticket).then(Answering(ticket.id)) if ticket.question else stale()


def ask_for_answer(ticket: Ticket) -> Reply:
    """Ask for the answer to the question of staff, which is shown."""
    asked = say("answer_staff.prompt", number=ticket.number) + _quoted(ticket)
    return asked.offering(STOP)


def answer_button(ticket: Ticket) -> Choice:
    """Return the button that begins the answer."""
    values = {"number": ticket.number}
    return Choice(button=AnswerStaff(ticket.id), key="choice.answer", values=values)


def _asked(ticket: Ticket) -> list[Note]:
    return [note for note in ticket.notes if note.action in _ASKS]


def _quoted(ticket: Ticket) -> Reply:
    return Reply(parts=(StaffWords(text=ticket.question),))

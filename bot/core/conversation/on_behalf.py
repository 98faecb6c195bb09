"""Requests for somebody else: recognised at the start or later, and withdrawn in plain words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from bot.core.catalog import Kind
from bot.core.conversation import answers, pass_to_staff, request_fields
from bot.core.conversation.dialogue import Dialogue, Filling, Idle, Offered, Request, State, Summary
from bot.core.conversation.opening import concerned_in
from bot.core.conversation.reply import NOTHING, Reply, say
from bot.core.conversation.request_fields import ALSO_FOR, CONCERNED, DETAILS, NAME, RELATION
from bot.core.conversation.world import World
from bot.core.tickets.representation import Relation
from bot.core.tickets.ticket import Ticket
from bot.core.understanding.asked import Meaning, Reading
from bot.core.understanding.recognisers import for_somebody
from bot.core.understanding.words.names import name_in

_TOPIC = "topic.on-behalf"
_NEITHER = frozenset({Meaning.REFUSE, Meaning.STOP, Meaning.QUESTION, Meaning.AGREE})


def told(fields: Mapping[str, str], world: World) -> Reply:
    """Say what holds for a request that is made for somebody else: first what the notice says."""
    concerned = request_fields.on_behalf(fields)
    if concerned is None:
        return NOTHING
    if concerned.relation is Relation.ESTATE:
        return say("law.deceased")
    intent = world.knowledge.catalog.find(_TOPIC)
    spoken_of = intent is not None and intent.kind is Kind.QUESTION
    quoted = answers.quoting(intent, world.knowledge.notice) if intent and spoken_of else NOTHING
    return quoted + say("on_behalf.told")


def is_taken(request: Request, world: World) -> bool:
    """Tell whether a request can be made: not each right can be asked for somebody else."""
    return request.on_behalf is None or world.rules.on_behalf.takes(request.right)


def not_taken(request: Request) -> Reply:
    """Lead whoever asks for somebody else what cannot be asked so to a person."""
    refused = say("on_behalf.not_taken", right=request.right).then(Idle())
    return refused + (pass_to_staff.offer(request.opening) if request.opening else NOTHING)


def next_steps(ticket: Ticket) -> Reply:
    """Say of a new ticket for somebody else that the authority to ask is checked."""
    return say("on_behalf.next") if ticket.on_behalf else NOTHING


def noticed(dialogue: Dialogue, reading: Reading, text: str) -> Request | None:
    """Return the request of a form as a message changes whom it concerns; None if it does not."""
    match dialogue.state:
        case Offered(request) | Filling(request) | Summary(request):
            concerned = request.on_behalf
            if concerned and _is_by(concerned.name, text):
                return _for_oneself(request, concerned.name)
            if concerned and for_somebody.speaks_for_oneself(text):
                return _for_oneself(request, request.fields.get(NAME, ""))
            if _asking(dialogue.state) in (DETAILS, CONCERNED):
                return None  # what it is to cover may well speak of others
            return _for_another(dialogue, request, reading, text)
    return None


def given(request: Request, text: str, name: str, *, anew: bool = False) -> Request:
    """Return a request with whom it concerns, and what its writer is to them as a text says.

    What was said of that before stays, unless it is said `anew`.
    """
    before = request.on_behalf.relation if request.on_behalf else Relation.OTHER
    said = for_somebody.relation_in(text)
    relation = said if said and (anew or before is Relation.OTHER) else before
    fields = {**request.fields, RELATION: relation}
    return replace(request, fields=fields | ({CONCERNED: name} if name else {}))


def _for_another(
    dialogue: Dialogue, request: Request, reading: Reading, text: str
) -> Request | None:
    anew = isinstance(dialogue.state, Summary)
    if Meaning.ON_BEHALF in (reading.means, reading.second):
        names = reading.means is Meaning.VALUE and _asking(dialogue.state) == NAME
        name = reading.value if names else for_somebody.person_in(text)
        return given(request, text, name, anew=anew)
    if reading.means in _NEITHER or "?" in text:
        return None
    form = isinstance(dialogue.state, Filling)
    beside = not (form and reading.means is Meaning.VALUE)
    if request.on_behalf is None and beside and for_somebody.asks_also_for_another(text):
        name = for_somebody.person_in(text) or name_in(text, dialogue.language)
        return replace(request, fields={**request.fields, ALSO_FOR: name if " " in name else ""})
    if form and not for_somebody.says_so(text):
        return None  # "Laura Niemi, wife of Pekka"
    if request.on_behalf and (name := for_somebody.name_of_another(text)):
        return given(request, text, name)
    if found := concerned_in(text):
        return given(request, text, found.get(CONCERNED, ""), anew=anew)
    if isinstance(dialogue.state, Offered) and request.on_behalf:
        name = name_in(text, dialogue.language)
        return given(request, text, name) if " " in name else None
    return None


def _is_by(name: str, text: str) -> bool:
    return for_somebody.is_the_named(text) or for_somebody.is_written_by(text, name)


def _for_oneself(request: Request, name: str) -> Request:
    """Return a request of which the writer is the person concerned; without a name it is asked."""
    others = (CONCERNED, RELATION, NAME)
    fields = {field: value for field, value in request.fields.items() if field not in others}
    return replace(request, fields=fields | ({NAME: name} if name else {}))


def _asking(state: State) -> str:
    return state.asking.name if isinstance(state, Filling) else ""

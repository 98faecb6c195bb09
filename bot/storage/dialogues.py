"""The state of each conversation: sealed, by the hash of the person.

A dialogue is stored flat, as in every earlier version, so that replicas of two versions can share
one database during an upgrade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, select

from bot.core.catalog import Language, Right
from bot.core.conversation import unfinished
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Form,
    Idle,
    LastTopic,
    Offered,
    Request,
    Sending,
    Shown,
    State,
    Summary,
    Withdrawing,
)
from bot.core.pace import Pace
from bot.core.tickets.ticket import Action, Person
from bot.errors import KeyFault
from bot.storage import tables
from bot.storage.batches import batches
from bot.storage.codec import from_json, to_json
from bot.storage.crypto import Keys
from bot.storage.upsert import replacing


class Dialogues:
    """The conversations, within one transaction."""

    def __init__(self, connection: Connection, keys: Keys) -> None:
        self._db = connection
        self._keys = keys

    def of(self, person: str) -> Dialogue | None:
        """Return where the conversation with a person (by hash) stands, or None.

        One that is damaged starts over: otherwise the person could not say anything any more.
        """
        row = self._db.execute(_SELECT, {"whose": person}).one_or_none()
        return self._opens(person, row) if row else None

    def idle(self, person: str) -> IdleDialogue | None:
        """Return the conversation with a person (by hash), and since when nobody said anything."""
        row = self._db.execute(_SELECT, {"whose": person}).one_or_none()
        dialogue = self._opens(person, row) if row else None
        if row is None or dialogue is None:
            return None
        return IdleDialogue(person=person, dialogue=dialogue, since=row.touched_at)

    def idle_since(self, moment: datetime) -> Iterator[IdleDialogue]:
        """Yield the conversations in which nobody has said anything since a moment."""
        rows = select(tables.dialogues).where(tables.dialogues.c.touched_at <= moment)
        with self._db.execute(rows.execution_options(yield_per=500)) as found:
            for row in found:
                if dialogue := self._opens(row.person, row):
                    yield IdleDialogue(person=row.person, dialogue=dialogue, since=row.touched_at)

    def purge(self, before: datetime, unfinished_before: datetime) -> int:
        """Delete the conversations in which nobody said anything since a moment; return how many.

        One with a request that is to be handed to staff waits for that, though not for ever.
        """
        waiting = {
            idle.person
            for idle in self.idle_since(before)
            if idle.since > unfinished_before
            and unfinished.request_of(idle.dialogue.at_request().state)
        }
        table = tables.dialogues
        rows = select(table.c.person).where(table.c.touched_at < before)
        gone = sorted(set(self._db.execute(rows).scalars()) - waiting)
        for part in batches(gone):
            self._db.execute(delete(table).where(table.c.person.in_(part)))
        return len(gone)

    def damaged(self) -> int:
        """Return how many conversations cannot be opened."""
        rows = self._db.execute(select(tables.dialogues))
        return sum(self._opens(row.person, row) is None for row in rows)

    def _opens(self, person: str, row: Any) -> Dialogue | None:
        with suppress(KeyFault, ValueError):
            text = self._keys.unseal(row.sealed_state, f"dialogues/{person}")
            return loaded(from_json(StoredDialogue, text), row.touched_at)
        return None

    def save(self, person: str, dialogue: Dialogue, now: datetime) -> None:
        """Store the state of a conversation; `now` is when its person said something last."""
        text = to_json(stored(dialogue))
        sealed = self._keys.seal(text, f"dialogues/{person}")
        row = {"person": person, "sealed_state": sealed, "touched_at": now}
        self._db.execute(replacing(self._db.dialect.name, tables.dialogues, "person"), row)


_IS_WHOSE = tables.dialogues.c.person == bindparam("whose")
_SELECT = select(tables.dialogues.c.sealed_state, tables.dialogues.c.touched_at).where(_IS_WHOSE)


@dataclass(frozen=True, slots=True, kw_only=True)
class IdleDialogue:
    """A conversation, the hash of its person, and since when nobody has said anything."""

    person: str
    dialogue: Dialogue
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDialogue:
    """A dialogue as it is stored: what its stage does not need is empty."""

    language: Language
    greeted: bool = False
    stage: str = "idle"
    rights: tuple[Right, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    asking: str = ""
    ticket: str = ""
    asked: int = 0
    asked_at: datetime | None = None
    question: str = ""
    pace: Pace = Pace()
    opening: str = ""
    topic: str = ""
    topic_ago: int = 0
    action: str = ""
    clear: bool = False
    reminded_at: datetime | None = None
    person: Person | None = None
    misses: int = 0
    form: str = ""
    unsent: Sending | None = None
    left: str = ""
    kept: int = 0
    asides: int = 0
    may_pass: bool = False
    shown: tuple[Shown, ...] = ()


_OF_TICKET: Mapping[str, Callable[[str], State]] = {
    "answering": Answering,
    "withdrawing": Withdrawing,
    "correcting": Correcting,
}


def stored(dialogue: Dialogue) -> StoredDialogue:
    """Return a dialogue as it is stored."""
    state = dialogue.state
    flat = StoredDialogue(
        language=dialogue.language,
        greeted=dialogue.greeted,
        stage=type(state).__name__.lower(),
        asked=dialogue.asked,
        question=dialogue.unanswered,
        pace=dialogue.pace,
        topic=dialogue.topic.intent if dialogue.topic else "",
        topic_ago=dialogue.topic.ago if dialogue.topic else 0,
        person=dialogue.person,
        unsent=dialogue.form if isinstance(dialogue.form, Sending) else None,
        kept=dialogue.kept,
        may_pass=dialogue.may_pass,
        shown=dialogue.shown,
    )
    match state:
        case Idle() if dialogue.left:
            left = type(dialogue.left).__name__.lower()
            return _with_request(replace(flat, left=left), dialogue.left)
        case Offered() | Filling() | Summary():
            return _with_request(flat, state)
        case Answering(ticket) | Withdrawing(ticket) | Correcting(ticket):
            of_ticket = replace(flat, ticket=ticket)
            if not isinstance(dialogue.form, Form):
                return of_ticket
            form = type(dialogue.form).__name__.lower()
            return _with_request(replace(of_ticket, form=form), dialogue.form)
        case Sending(ticket, action, text, reminded_at):
            words = replace(flat, ticket=ticket, action=action, opening=text)
            return replace(words, reminded_at=reminded_at)
    return flat


def _with_request(flat: StoredDialogue, form: Form) -> StoredDialogue:
    request = form.request
    return replace(
        flat,
        rights=request.rights,
        fields=request.fields,
        asking=form.asking.name if isinstance(form, Filling) else "",
        misses=form.misses if isinstance(form, Filling) else 0,
        asides=form.asides if isinstance(form, Offered) else 0,
        asked_at=request.asked_at,
        opening=request.opening,
        clear=request.clear,
        reminded_at=request.reminded_at,
    )


def loaded(flat: StoredDialogue, touched_at: datetime) -> Dialogue:
    """Return the dialogue that was stored at `touched_at`."""
    return Dialogue(
        language=flat.language,
        greeted=flat.greeted,
        asked=flat.asked,
        unanswered=flat.question,
        state=_state(flat, touched_at),
        pace=flat.pace,
        topic=LastTopic(intent=flat.topic, ago=flat.topic_ago) if flat.topic else None,
        person=flat.person,
        form=flat.unsent or _form(flat, flat.form, touched_at),
        left=_form(flat, flat.left, touched_at),
        kept=flat.kept,
        may_pass=flat.may_pass,
        shown=flat.shown,
    )


def _state(flat: StoredDialogue, touched_at: datetime) -> State:
    """Return the state; idle where a stage lacks what it is about."""
    if flat.stage in _OF_TICKET and flat.ticket:
        return _OF_TICKET[flat.stage](flat.ticket)
    if flat.stage == "sending" and flat.ticket and flat.action in list(Action):
        return Sending(flat.ticket, Action(flat.action), flat.opening, flat.reminded_at)
    return _form(flat, flat.stage, touched_at) or Idle()


def _form(flat: StoredDialogue, stage: str, touched_at: datetime) -> Form | None:
    """Return the request that stands at a stage, if one does."""
    if stage not in ("offered", "filling", "summary") or not flat.rights:
        return None
    request = Request(
        right=flat.rights[0],
        later=flat.rights[1:],
        # The first versions did not note it; the stored moment is nearer than the present one.
        asked_at=flat.asked_at or touched_at,
        fields=flat.fields,
        opening=flat.opening,
        clear=flat.clear,
        reminded_at=flat.reminded_at,
    )
    if stage == "offered":
        return Offered(request, flat.asides)
    missing = request.missing
    return Filling(request, missing, flat.misses) if missing else Summary(request)

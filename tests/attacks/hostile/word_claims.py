"""What must hold of words: quotations; nothing of others, of the register, or masked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from bot.content.load import Content
from bot.core.catalog import Language
from bot.core.contacts import canonical_address, email
from bot.core.conversation.dialogue import Dialogue, Filling, Offered, Summary
from bot.core.effects import Quote, Say, SendCode, SendLetter, StaffWords, Text, Value
from bot.core.events import (
    AskedInPublic,
    FromCustomer,
    Requested,
    StaffActed,
    StaffAnswered,
    StaffOpened,
)
from bot.core.tickets.ticket import Action, Ticket
from tests.attacks.hostile.cast import CARD, CUSTOMERS, IDENTITY_CODE
from tests.attacks.hostile.identity_claims import new_evidence
from tests.attacks.hostile.truth import Happened, Truth

_FOR_CUSTOMERS = frozenset(
    {
        *(Action.ASK, Action.SUSPEND, Action.EXTEND, Action.REFUSE, Action.DELIVER),
        Action.FULFIL,
    }
)
_NUMBER = re.compile(r"\b[TQ]-\d{4}-\d{4,}\b")
_MASKED = re.compile(
    "|".join(map(re.escape, (IDENTITY_CODE, CARD, CARD.replace(" ", "")))), re.IGNORECASE
)
_WHOSE: Mapping[str, str] = {
    secret: person.account
    for person in CUSTOMERS
    for secret in (
        person.name,
        *person.phones,
        *person.reads,
    )
}
_SECRET = re.compile("|".join(map(re.escape, sorted(_WHOSE, key=len, reverse=True))))
_PERSONAL = re.compile(rf"{_SECRET.pattern}|@|\+358|orders of 2019")


@dataclass(frozen=True, eq=False)
class Words:
    """The texts that were read for words about processing, and the notice."""

    content: Content
    reviewed: frozenset[str]

    def of(self, say: Say) -> str:
        """Return all that a message says, besides quotations and staff's words."""
        texts = [part for part in say.parts if isinstance(part, Text)]
        labels = [Text(key=one.key, values=one.values) for one in say.choices if one.key]
        named = [self.content.texts.label(c.intent, say.language) for c in say.choices if c.intent]
        return "\n".join([*(self._render(text, say) for text in (*texts, *labels)), *named])

    def _render(self, text: Text, say: Say) -> str:
        values = dict(text.values)
        if text.key == "choice.section_named":
            values["section"] = ""
        return _rendered(self, text.key, say.language, tuple(sorted(values.items())))


@lru_cache(maxsize=50_000)
def _rendered(
    words: Words, key: str, language: Language, values: tuple[tuple[str, Value], ...]
) -> str:
    return words.content.texts.render(key, language, dict(values))


def quotations_only(words: Words, truth: Truth, happened: Happened) -> Iterator[str]:
    """A customer reads reviewed frames, passages of the notice, and what staff meant for them."""
    for say in said(happened):
        allowed = truth.staff_words[say.to.account] | staff_words(happened)
        for part in say.parts:
            match part:
                case Text(key=key) if key not in words.reviewed:
                    yield f"{key} was not reviewed"
                case Quote(passage=id) if id not in words.content.notice.passages:
                    yield f"{id} is not in the notice"
                case StaffWords(text=text) if text not in allowed:
                    yield "words that staff did not mean for this person"
        keys = [part.key for part in say.parts if isinstance(part, Text)]
        if happened.customer and not happened.greeted and "machine" not in keys:
            yield "nobody said that it is a machine"


def said(happened: Happened) -> Iterator[Say]:
    return (effect for effect in happened.effects if isinstance(effect, Say))


def staff_words(happened: Happened) -> set[str]:
    """Return what staff wrote in this event for the customer to read."""
    match happened.event:
        case StaffActed(command=command) if command.action in _FOR_CUSTOMERS:
            return {command.text.strip()}
        case StaffAnswered(text=text):
            return {text.strip()}
    return set()


def nothing_of_others(words: Words, truth: Truth, happened: Happened) -> Iterator[str]:
    """Nobody reads a name, address, number or ticket of another that they did not write."""
    for say in said(happened):
        text, account = words.of(say), say.to.account
        wrote = "\n".join(truth.wrote[account])
        for secret in _SECRET.findall(text):
            if _WHOSE[secret] != account and secret not in wrote:
                yield f"{account} was told {secret}"
        strange = set(_NUMBER.findall(text)) - truth.of(account) - _opened(happened)
        if any(number not in wrote for number in strange):
            yield f"{account} was told of {strange}"
        if account != _concerned(truth, happened):
            yield f"{say.to.account} was told what is another's"


def _concerned(truth: Truth, happened: Happened) -> str:
    """Return the account of the person whom an event concerns."""
    if happened.customer or isinstance(happened.event, AskedInPublic):
        return happened.by
    if happened.inquiry:
        return happened.inquiry.person.account
    return next(truth.owners[ticket] for ticket in happened.after)


def _opened(happened: Happened) -> set[str]:
    inquiry = {happened.inquiry.number} if happened.inquiry else set()
    return {ticket.number for ticket in happened.after.values()} | inquiry


def masked_everywhere(words: Words, _truth: Truth, happened: Happened) -> Iterator[str]:
    """Identity codes and card numbers are in no text, no ticket and no conversation."""
    kept = [text for ticket in happened.after.values() for text in _texts(ticket)]
    if happened.inquiry:
        kept += [happened.inquiry.question, happened.inquiry.answer]
    if happened.dialogue:
        kept += _remembered(happened.dialogue)
    for say in said(happened):
        kept += [words.of(say), *(p.text for p in say.parts if isinstance(p, StaffWords))]
    if any(map(_MASKED.search, kept)):
        yield "an identity code or card number was not masked"
    if any(_PERSONAL.search(repr(record)) for record in happened.records):
        yield "an audit row holds something personal"


def _texts(ticket: Ticket) -> Iterator[str]:
    yield from (ticket.details, ticket.opening, ticket.question)
    yield from (ticket.person.name, ticket.person.email)
    yield ticket.on_behalf.name if ticket.on_behalf else ""
    yield from (note.text for note in ticket.notes)


def _remembered(dialogue: Dialogue) -> list[str]:
    match dialogue.state:
        case Offered(request) | Filling(request) | Summary(request):
            return [dialogue.unanswered, request.opening, *request.fields.values()]
    return [dialogue.unanswered]


def register_is_not_told(_words: Words, _truth: Truth, happened: Happened) -> Iterator[str]:
    """Whether a contact is on file changes nothing that a customer gets."""
    if happened.otherwise is not None:
        yield f"had nothing been on file, they had got {happened.otherwise}"


def letters_to_proved_addresses(_words: Words, truth: Truth, happened: Happened) -> Iterator[str]:
    """A letter goes only to an address that was proved; a code to the one that its person named."""
    numbered = {ticket.number: ticket for ticket in happened.after.values()}
    for effect in happened.effects:
        match effect:
            case Say(to=to, number=number) if number and to.email:
                ticket = numbered[number]
                # A code that staff were told proves the address, and the letter says so.
                now = {piece.contact for of, piece in new_evidence(happened) if of.id == ticket.id}
                if email(to.email) not in truth.shown[ticket.id] | now:
                    yield f"{number}: a letter to an address that was not proved"
            case SendLetter():
                yield "a letter that nobody failed to deliver"
            case SendCode() as code:
                yield from _code_goes_astray(truth, happened, code, numbered.get(code.number))


def _code_goes_astray(
    truth: Truth, happened: Happened, code: SendCode, own: Ticket | None
) -> Iterator[str]:
    """Yield what is wrong with where a code goes, if anything."""
    number, address, event = code.number, code.email, happened.event
    if code.copy:
        if own is None or email(address) not in truth.shown[own.id]:
            yield f"{number}: the code of a copy to an address that was not proved"
    elif isinstance(event, StaffOpened):
        if canonical_address(event.request.email.strip()) != address:
            yield f"{number}: a code to an address that staff did not write"
    elif own is None or not happened.customer or own.person.email != address:
        yield f"{number}: a code to an address that the ticket does not name"
    elif address not in "\n".join(truth.wrote[happened.by]):
        yield f"{number}: a code to an address that its person never wrote"


def what_was_written_reaches_staff(
    _words: Words, truth: Truth, happened: Happened
) -> Iterator[str]:
    """What a person wrote when asking stands in the ticket, word for word."""
    event = happened.event
    for before, after in happened.changes:
        if before is not None or not isinstance(event, FromCustomer):
            continue
        written = "\n".join(truth.wrote[happened.by])
        if isinstance(event.event, Requested) and after.details != event.event.details.strip():
            yield f"{after.number} does not say what was written in the form"
        # Of a message that asks, single sentences may be what exactly is asked for.
        words = set(f"{after.details} {after.opening}".split())
        if words - set(written.split()):
            yield f"{after.number} says what nobody wrote"

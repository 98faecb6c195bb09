"""A ticket that staff open: nothing is proved by it, and its person gets a letter with a code."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.core.catalog import Language, Right
from bot.core.effects import Effect, SendCode, ShowTicket, Text
from bot.core.tickets import identity, staff_opening
from bot.core.tickets.code_budget import CodeEvent, Limit, SentCodes
from bot.core.tickets.representation import OnBehalf, Relation
from bot.core.tickets.source import Source
from bot.core.tickets.staff_opening import Drawn, Opening
from bot.core.tickets.staff_request import StaffRequest
from bot.core.tickets.ticket import OFFLINE, THE_CUSTOMER, Denial, State
from tests.factories import NOW, RULES, SARI

REQUEST = StaffRequest(
    right=Right.ACCESS,
    source=Source.LETTER,
    received=date(2026, 11, 2),
    language=Language.SV,
    name="Liisa Lehto",
    email="liisa@example.com",
    phone="+358401234567",
    words="Allt om mig, tack.",
)


@dataclass
class New:
    id: str = "id-1"
    ticket_number: str = "T-2026-0001"
    inquiry_number: str = "Q-2026-0001"
    code: str = "12345678"


@dataclass
class Codes:
    sent: SentCodes = SentCodes()

    def sent_to(self, email: str) -> SentCodes:
        assert email == "liisa@example.com"
        return self.sent

    def knows(self, word: str) -> bool:
        raise AssertionError(word)


NONE_SENT = SentCodes()


def opened(request: StaffRequest = REQUEST, sent: SentCodes = NONE_SENT) -> Opening:
    drawn = Drawn(new=New(), codes=Codes(sent), code_key=b"key")
    made = staff_opening.opened(request, SARI, drawn, NOW, RULES)
    assert isinstance(made, Opening)
    return made


def mailed(effects: tuple[Effect, ...]) -> list[SendCode]:
    return [effect for effect in effects if isinstance(effect, SendCode)]


def test_the_clock_runs_from_the_true_day_of_receipt() -> None:
    ticket = opened().ticket
    assert ticket.clock.received == date(2026, 11, 2)
    assert ticket.clock.end(RULES.today(NOW)).due == date(2026, 12, 2)


def test_it_waits_for_identity_like_any_other() -> None:
    ticket = opened().ticket
    assert (ticket.state, ticket.evidence, ticket.verified) == (State.AWAITING_IDENTITY, (), None)
    assert [contact.value for contact in ticket.contacts] == ["liisa@example.com", "+358401234567"]
    assert (ticket.opening, ticket.unfinished) == ("Allt om mig, tack.", False)
    assert (ticket.person.channel, ticket.person.account) == (OFFLINE, ticket.id)
    assert ticket.source is Source.LETTER


def test_staff_are_shown_it_and_the_audit_keeps_who_opened_it_and_nothing_personal() -> None:
    made = opened()
    assert made.effects[0] == ShowTicket(ticket="id-1", number="T-2026-0001", new=True)
    assert (made.record.action, made.record.actor) == ("open", "sari")
    assert made.record.facts == {
        "right": "access",
        "due": "2026-12-02",
        "source": "letter",
        "received": "2026-11-02",
    }


def test_its_person_gets_a_letter_with_a_code() -> None:
    made = opened()
    [letter] = mailed(made.effects)
    assert (letter.email, letter.code, letter.language) == (
        "liisa@example.com",
        "12345678",
        Language.SV,
    )
    assert (letter.received, letter.due) == (date(2026, 11, 2), date(2026, 12, 2))
    expected = identity.challenge("12345678", "id-1", b"key", NOW)
    assert (made.ticket.challenge, made.ticket.codes_sent) == (expected, (NOW,))
    assert [(note.event, note.stranger) for note in made.codes] == [(CodeEvent.SENT, True)]
    assert made.codes[0].word == letter.word != ""


def test_a_letter_about_what_is_late_promises_no_day_that_has_passed() -> None:
    late = replace(REQUEST, received=RULES.today(NOW) - timedelta(days=90))
    [letter] = mailed(opened(late).effects)
    assert letter.due is None


def test_no_code_goes_where_none_is_wanted() -> None:
    made = opened(sent=SentCodes(disowned=True))
    assert mailed(made.effects) == []
    assert [(note.event, note.limit) for note in made.codes] == [
        (CodeEvent.LIMITED, Limit.DISOWNED)
    ]
    assert made.ticket.challenge is None


def test_without_an_address_nothing_is_mailed() -> None:
    made = opened(replace(REQUEST, email="", phone=""))
    assert (len(made.effects), made.codes, made.ticket.contacts) == (1, (), ())


def test_what_is_wrong_opens_nothing() -> None:
    drawn = Drawn(new=New(), codes=Codes(), code_key=b"key")
    made = staff_opening.opened(REQUEST, THE_CUSTOMER, drawn, NOW, RULES)
    assert made is Denial.NOT_YOUR_ROLE


def test_the_preview_shows_the_letter_without_its_code() -> None:
    say = staff_opening.letter(REQUEST, NOW, RULES)
    assert say is not None
    [text] = say.parts
    assert isinstance(text, Text)
    assert (text.values["received"], text.values["due"]) == ("2026-11-02", "2026-12-02")
    assert "12345678" not in str(text.values)
    late = replace(REQUEST, received=RULES.today(NOW) - timedelta(days=90))
    told = staff_opening.letter(late, NOW, RULES)
    assert told is not None
    assert isinstance(told.parts[0], Text)
    assert told.parts[0].values["due"] == ""
    assert staff_opening.letter(replace(REQUEST, email=" "), NOW, RULES) is None


def test_what_a_letter_asks_for_somebody_else_is_known_as_that() -> None:
    words = "Jag företräder min klient Anna Ek. Skicka alla uppgifter om henne."
    made = opened(replace(REQUEST, words=words))
    assert made.ticket.on_behalf == OnBehalf(name="Anna Ek", relation=Relation.LAWYER)
    assert made.record.facts["on_behalf"] == "lawyer"
    assert opened().ticket.on_behalf is None

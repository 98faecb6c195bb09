"""What staff's actions make the customer read: texts, staff's own words where meant, quotations."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.core.buttons import AnswerStaff, SendCopy
from bot.core.catalog import Catalog, Language, Right
from bot.core.effects import Effect, Quote, Say, ShowInquiry, ShowTicket, StaffWords, Text
from bot.core.events import StaffActed, StaffAnswered
from bot.core.knowledge import Knowledge
from bot.core.tickets import staff_decision
from bot.core.tickets.command import Command
from bot.core.tickets.copies import File, Way
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.inquiries import Inquiry, InquiryKind
from bot.core.tickets.representation import OnBehalf, Relation
from bot.core.tickets.rules import Rules
from bot.core.tickets.templates import Template
from bot.core.tickets.ticket import (
    THE_CUSTOMER,
    THE_SYSTEM,
    Action,
    Actor,
    Denial,
    Extent,
    Note,
    Person,
    State,
    Ticket,
)
from bot.core.understanding.topics.match import Match
from tests.core.conversation.worlds import PlainReader
from tests.core.factories import NOTICE, catalog_of
from tests.core.tickets.factories import (
    ADDRESS,
    AGENT,
    APPROVER,
    NOW,
    NUMBER,
    RULES,
    act,
    attested,
    authorised,
    coded,
    done,
    doubted,
    for_somebody,
    in_state,
    opened,
    shown,
)

CATALOG = catalog_of()
COMPLAINT = Quote(passage="complaint")


class Silent:
    """A matcher that nobody asks: staff press buttons."""

    def language_of(self, text: str) -> tuple[Language, float]:
        raise AssertionError(text)

    def match(self, text: str, language: Language | None = None) -> Match:
        raise AssertionError(text, language)


def tries(
    ticket: Ticket,
    command: Command,
    actor: Actor,
    now: datetime = NOW,
    catalog: Catalog = CATALOG,
    rules: Rules = RULES,
) -> staff_decision.Decision | Denial:
    event = StaffActed(ticket=ticket.id, actor=actor, command=command)
    known = Knowledge(
        catalog=catalog, notice=NOTICE, matcher=Silent(), reader=PlainReader(), rules=rules
    )
    return staff_decision.decide(ticket, event, now, known)


def effects(
    ticket: Ticket,
    command: Command,
    actor: Actor,
    now: datetime = NOW,
    catalog: Catalog = CATALOG,
    rules: Rules = RULES,
) -> tuple[Effect, ...]:
    decision = tries(ticket, command, actor, now, catalog, rules)
    assert isinstance(decision, staff_decision.Decision), decision
    return decision.effects


def said(ticket: Ticket, command: Command, actor: Actor, now: datetime = NOW) -> Say:
    say, _card = effects(ticket, command, actor, now)
    assert isinstance(say, Say)
    return say


def read(say: Say) -> list[str]:
    """The parts of a letter: keys of texts, words of staff, passages."""
    shown = []
    for part in say.parts:
        match part:
            case Text(key=key):
                shown.append(key)
            case StaffWords(text=text):
                shown.append(f"staff: {text}")
            case Quote(passage=passage):
                shown.append(f"quote: {passage}")
    return shown


LETTERS = [
    (State.AWAITING_IDENTITY, AGENT, act(Action.ASK), ["letter.ask", "staff: because"]),
    (State.AWAITING_IDENTITY, AGENT, attested(AGENT), ["letter.verify"]),
    (State.AWAITING_IDENTITY, APPROVER, act(Action.EXTEND), ["letter.extend", "staff: because"]),
    (
        State.AWAITING_IDENTITY,
        APPROVER,
        act(Action.SUSPEND),
        ["letter.suspend.clarification", "staff: because"],
    ),
    (
        State.AWAITING_IDENTITY,
        APPROVER,
        doubted(),
        ["letter.suspend.identity_doubt", "staff: who?"],
    ),
    (State.AWAITING_CONFIRMATION, APPROVER, act(Action.CONFIRM), ["letter.confirm"]),
    (State.CONFIRMED, APPROVER, act(Action.FULFIL, ""), ["letter.fulfil"]),
    (State.CONFIRMED, APPROVER, act(Action.FULFIL), ["letter.fulfil_with_words", "staff: because"]),
    (
        State.CONFIRMED,
        APPROVER,
        Command(action=Action.FULFIL, text="because", extent=Extent.PARTLY),
        ["letter.fulfil_partly", "staff: because", "letter.refuse_route", "quote: complaint"],
    ),
    (
        State.CONFIRMED,
        APPROVER,
        act(Action.REFUSE),
        ["letter.refuse", "staff: because", "letter.refuse_route", "quote: complaint"],
    ),
    (
        State.AWAITING_IDENTITY,
        THE_SYSTEM,
        act(Action.LAPSE),
        ["letter.lapse", "letter.refuse_route", "quote: complaint"],
    ),
    (State.REFUSED, APPROVER, act(Action.REOPEN), ["letter.reopen"]),
]


@pytest.mark.parametrize(
    ("state", "actor", "command", "letter"), LETTERS, ids=[row[3][0] for row in LETTERS]
)
def test_the_customer_reads_of_an_action_and_staffs_words_only_where_meant_for_them(
    state: State, actor: Actor, command: Command, letter: list[str]
) -> None:
    ticket = in_state(state)
    say, card = effects(ticket, command, actor)
    assert isinstance(say, Say)
    assert read(say) == letter
    assert (say.to, say.number) == (
        replace(ticket.person, email="" if not ticket.evidence else ticket.person.email),
        ticket.number,
    )
    assert card == ShowTicket(ticket=ticket.id, number=ticket.number)


def test_a_letter_on_a_request_for_somebody_else_says_for_whom_it_was_made() -> None:
    proved = done(for_somebody(), coded(), THE_CUSTOMER)
    checked = said(proved, authorised(), AGENT)
    assert read(checked) == ["letter.authorise", "letter.on_behalf"], "no word that staff noted"
    whom = checked.parts[1]
    assert isinstance(whom, Text)
    assert whom.values == {"concerned": "Pekka Korhonen"}
    refused = read(said(proved, act(Action.REFUSE), APPROVER))
    assert refused[:3] == ["letter.refuse", "letter.on_behalf", "staff: because"]
    noted = Command(action=Action.REPRESENT, relation=Relation.SPOUSE, text="Anna Berg")
    assert read(said(proved, noted, AGENT)) == ["letter.represent", "letter.on_behalf"]
    nameless = replace(proved, on_behalf=OnBehalf())
    assert read(said(nameless, authorised(), AGENT)) == ["letter.authorise"]


def test_a_letter_tells_how_the_copy_comes_and_a_preview_not_where_it_lies() -> None:
    copy = File(id="f-1", name="copy.json", size=3, sha256="00", at=NOW, by=AGENT.key)
    ready = replace(in_state(State.CONFIRMED, Right.ACCESS), files=(copy,), delivery=None)
    by_page = Command(action=Action.DELIVER, way=Way.PAGE)
    rules = replace(RULES, public_url="https://privacy.example.com")

    def letter(command: Command) -> tuple[str, dict[str, object]]:
        say, *_ = effects(ready, command, APPROVER, rules=rules)
        assert isinstance(say, Say)
        first = say.parts[0]
        assert isinstance(first, Text)
        return first.key, dict(first.values)

    key, values = letter(by_page)
    assert key == "letter.deliver.page"
    assert values["link"] == f"https://privacy.example.com/deliver/{ready.id}/…"
    assert str(letter(replace(by_page, token="secret"))[1]["link"]).endswith("/secret")
    sent = Command(action=Action.DELIVER, way=Way.POST, text="Sent today.")
    assert letter(sent)[0] == "letter.deliver.post"


def test_where_files_may_be_sent_the_person_chooses_the_conversation_or_the_page() -> None:
    copy = File(id="f-1", name="copy.json", size=3, sha256="00", at=NOW, by=AGENT.key)
    ticket = in_state(State.CONFIRMED, Right.ACCESS)
    code = coded().evidence
    assert code is not None
    ready = replace(
        ticket,
        person=replace(ticket.person, channel="telegram"),
        evidence=(*ticket.evidence, code),
        files=(copy,),
        delivery=None,
    )
    rules = replace(RULES, public_url="https://privacy.example.com", copies_in_chat=True)
    by_page, by_chat = (Command(action=Action.DELIVER, way=way) for way in (Way.PAGE, Way.CHAT))
    page, *_ = effects(ready, by_page, APPROVER, rules=rules)
    chat, *_ = effects(ready, by_chat, APPROVER, rules=rules)
    assert isinstance(page, Say)
    assert isinstance(chat, Say)
    assert read(page) == ["letter.deliver.page", "letter.deliver_here"]
    assert read(chat) == ["letter.deliver.chat"]
    buttons = [choice.button for say in (page, chat) for choice in say.choices]
    assert buttons == [SendCopy(ready.id)] * 2


def test_a_letter_of_resuming_tells_nothing_that_staff_noted() -> None:
    still = done(opened(), act(Action.SUSPEND), APPROVER)
    assert read(said(still, act(Action.RESUME), AGENT)) == ["letter.resume"]


def test_proof_that_changes_nothing_is_seen_by_staff_only() -> None:
    weak = coded(on_file=False)
    assert effects(opened(), weak, THE_CUSTOMER) == (
        ShowTicket(ticket="id-1", number="T-2026-0001"),
    )


@pytest.mark.parametrize("command", [act(Action.ASK), doubted()], ids=["ask", "doubt"])
def test_a_question_comes_with_a_button_to_answer_it(command: Command) -> None:
    [button] = said(opened(), command, APPROVER).choices
    assert (button.button, button.key) == (AnswerStaff("id-1"), "choice.answer")


@pytest.mark.parametrize(
    "command", [act(Action.REFUSE), act(Action.EXTEND)], ids=["refuse", "extend"]
)
def test_what_is_no_question_has_no_button(command: Command) -> None:
    assert said(opened(), command, APPROVER).choices == ()


def test_a_letter_names_ticket_right_and_due_date_and_says_whether_that_is_past() -> None:
    ticket = in_state(State.CONFIRMED, Right.ERASURE)
    first, *_ = said(ticket, act(Action.FULFIL), APPROVER).parts
    assert isinstance(first, Text)
    values = {"number": "T-2026-0001", "right": "erasure", "due": "2026-12-07", "late": False}
    assert first.values == {**values, "in_force": False}
    for days, late in ((31, False), (32, True)):
        first, *_ = said(ticket, act(Action.FULFIL), APPROVER, NOW + timedelta(days=days)).parts
        assert isinstance(first, Text)
        assert first.values["late"] is late, days


@pytest.mark.parametrize("action", [Action.CONFIRM, Action.FULFIL])
def test_a_letter_says_whether_an_objection_to_marketing_holds_already(action: Action) -> None:
    before = State.AWAITING_CONFIRMATION if action is Action.CONFIRM else State.CONFIRMED
    for right, in_force in ((Right.MARKETING_OBJECTION, True), (Right.OBJECTION, False)):
        first, *_ = said(in_state(before, right), act(action), APPROVER).parts
        assert isinstance(first, Text)
        assert first.values["in_force"] is in_force, right


def test_a_letter_is_written_in_the_language_of_the_ticket() -> None:
    ticket = replace(opened(), language=Language.SV)
    assert said(ticket, act(Action.ASK), AGENT).language is Language.SV


@pytest.mark.parametrize(
    ("shows", "reached"),
    [
        (coded(on_file=False), True),
        (shown(NUMBER, same_person=(ADDRESS,)), False),
        (attested(AGENT), False),
    ],
)
def test_a_letter_goes_only_to_an_address_that_the_person_proved(
    shows: Command, reached: bool
) -> None:
    by = THE_CUSTOMER if shows.evidence and shows.evidence.contact else AGENT
    ticket = done(replace(opened(), phones=(NUMBER.value,)), shows, by)
    say = said(ticket, act(Action.ASK), AGENT)
    assert say.to.email == ("matti@example.com" if reached else "")
    assert say.to.account == "matti"


def test_a_customer_is_told_nothing_of_evidence_that_proves_nobody() -> None:
    older = Evidence(method=Method.PHONE, at=NOW, by=THE_CUSTOMER.key, on_file=True)
    state = State.AWAITING_CONFIRMATION
    ticket = replace(opened(), state=state, evidence=(older,), verified=older)
    card = (ShowTicket(ticket="id-1", number="T-2026-0001"),)
    assert effects(ticket, Command(action=Action.UNVERIFY), THE_SYSTEM) == card


def test_without_a_passage_on_complaints_the_route_is_still_told() -> None:
    bare = replace(CATALOG, intents={})
    say, _card = effects(opened(), act(Action.REFUSE), APPROVER, catalog=bare)
    assert isinstance(say, Say)
    assert read(say) == ["letter.refuse", "staff: because", "letter.refuse_route"]


def test_what_is_denied_has_no_effect() -> None:
    assert tries(opened(), act(Action.CONFIRM), APPROVER) is Denial.NOT_IN_THIS_STATE


def test_a_decision_holds_the_changed_ticket_and_its_record() -> None:
    decision = tries(in_state(State.AWAITING_CONFIRMATION), act(Action.CONFIRM), APPROVER)
    assert isinstance(decision, staff_decision.Decision)
    assert decision.ticket.state is State.CONFIRMED
    assert decision.record.after == "confirmed"


ASKED = Inquiry(
    id="inquiry-1",
    number="Q-2026-0007",
    language=Language.EN,
    person=Person(channel="test", account="matti"),
    question="How many cameras?",
    asked_at=NOW,
)


def test_an_answer_of_staff_is_read_as_theirs() -> None:
    event = StaffAnswered(inquiry=ASKED.id, actor=AGENT, text=" Two. ", version=1)
    reply = staff_decision.reply(ASKED, event, NOW)
    assert isinstance(reply, staff_decision.Reply)
    say, shown = reply.effects
    assert isinstance(say, Say)
    assert read(say) == ["letter.reply", "staff: Two."]
    assert (say.to, say.language, say.number) == (ASKED.person, Language.EN, "Q-2026-0007")
    assert shown == ShowInquiry(inquiry="inquiry-1", number="Q-2026-0007")
    assert reply.inquiry.closed_at == NOW
    assert reply.record.after == "answered"


def test_a_report_is_closed_with_words_that_its_writer_reads() -> None:
    report = replace(ASKED, kind=InquiryKind.INCIDENT)
    event = StaffAnswered(inquiry=report.id, actor=AGENT, text="Please delete it.", version=1)
    reply = staff_decision.reply(report, event, NOW)
    assert isinstance(reply, staff_decision.Reply)
    assert isinstance(reply.effects[0], Say)
    assert read(reply.effects[0]) == ["letter.incident", "staff: Please delete it."]


def test_an_answer_that_is_denied_reaches_nobody() -> None:
    event = StaffAnswered(inquiry=ASKED.id, actor=THE_CUSTOMER, text="Two.")
    assert staff_decision.reply(ASKED, event, NOW) is Denial.NOT_YOUR_ROLE


def test_who_staff_vouch_for_reads_that_their_objection_holds() -> None:
    say = said(opened(Right.MARKETING_OBJECTION), attested(AGENT), AGENT)
    assert read(say) == ["letter.verify", "objection.in_force"]


def test_a_ready_made_reply_stands_before_staffs_own_words_and_the_way_to_complain() -> None:
    command = Command(action=Action.REFUSE, template=Template.LEGAL_OBLIGATION, text="Until 2030.")
    say = said(in_state(State.CONFIRMED, Right.ERASURE), command, APPROVER)
    ready = "template.refuse.legal_obligation"
    assert read(say)[:4] == ["letter.refuse", ready, "staff: Until 2030.", "letter.refuse_route"]


@pytest.mark.parametrize(
    ("ended", "key", "template"),
    [
        ({"state": State.REFUSED}, "letter.refuse", "template.refuse.excessive"),
        (
            {"state": State.FULFILLED, "extent": Extent.PARTLY},
            "letter.fulfil_partly",
            "template.partly.excessive",
        ),
    ],
)
def test_the_reasons_can_be_read_again(ended: dict[str, object], key: str, template: str) -> None:
    action = Action.REFUSE if key == "letter.refuse" else Action.FULFIL
    notes = (
        Note(at=NOW, by="staff:mika", action=Action.ASK, text="Mikä?"),
        Note(at=NOW, by="staff:mika", action=action, text="Olemme vastanneet jo."),
    )
    change = {"notes": notes, "template": Template.EXCESSIVE, "closed_at": NOW, **ended}
    ticket = replace(in_state(State.CONFIRMED), **change)  # type: ignore[arg-type]
    known = Knowledge(
        catalog=CATALOG, notice=NOTICE, matcher=Silent(), reader=PlainReader(), rules=RULES
    )
    parts = staff_decision.reasons(ticket, known)
    said = [part.key if isinstance(part, Text) else part for part in parts]
    words = StaffWords(text="Olemme vastanneet jo.")
    assert said == [key, template, words, "letter.refuse_route", COMPLAINT]


def test_the_reasons_are_those_of_the_last_refusal() -> None:
    later = NOW + timedelta(hours=1)
    before = done(in_state(State.CONFIRMED), act(Action.REFUSE, "Emme löydä teitä."), APPROVER)
    again = done(before, act(Action.REOPEN), APPROVER)
    refuse = Command(action=Action.REFUSE, template=Template.EXCESSIVE)
    ended = done(again, refuse, APPROVER, later)
    known = Knowledge(
        catalog=CATALOG, notice=NOTICE, matcher=Silent(), reader=PlainReader(), rules=RULES
    )
    assert not any(isinstance(p, StaffWords) for p in staff_decision.reasons(ended, known))

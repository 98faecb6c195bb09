"""Recipients and systems: each is told of a change or excused, and what was excused is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.catalog import Right
from bot.core.effects import StaffWords, Text
from bot.core.tickets import recipients
from bot.core.tickets.command import Command, needs_words
from bot.core.tickets.recipients import LONGEST_KEY, REST, Kind, Outcome, Recipient, Tick
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Action, Denial, State, Ticket
from bot.core.tickets.transitions import Change, apply, check
from tests.core.tickets.factories import AGENT, APPROVER, NOW, RULES, in_state
from tests.core.tickets.test_staff_decision import effects, read

NEWS = Recipient(name="Newsletter", kind=Kind.SYSTEM, owner="Aino")
BOOKS = Recipient(name="Accounting", kind=Kind.SYSTEM)
SHOP = Recipient(name="Kuljetus Oy")
WITH = replace(RULES, recipients=(NEWS, BOOKS, SHOP))
LAW = "The Accounting Act, six years."


def confirmed(right: Right = Right.ERASURE) -> Ticket:
    return in_state(State.CONFIRMED, right)


def tick(
    ticket: Ticket, recipient: str, outcome: Outcome | None = Outcome.DONE, text: str = ""
) -> Ticket | Denial:
    command = Command(action=Action.NOTIFY, recipient=recipient, outcome=outcome, text=text)
    made = apply(ticket, command, AGENT, NOW, WITH)
    return made.ticket if isinstance(made, Change) else made


def ticked(ticket: Ticket, recipient: str, text: str = "") -> Ticket:
    made = tick(ticket, recipient, Outcome.EXCUSED if text else Outcome.DONE, text)
    assert isinstance(made, Ticket), made
    return made


@pytest.mark.parametrize("right", sorted(recipients.CONCERNED))
def test_a_change_is_carried_out_only_once_each_is_ticked(right: Right) -> None:
    ticket = confirmed(right)
    fulfil = Action.FULFIL
    assert check(ticket, fulfil, APPROVER, NOW, WITH) is Denial.RECIPIENTS_LEFT
    ticket = ticked(ticked(ticket, "newsletter"), "accounting", LAW)
    assert check(ticket, fulfil, APPROVER, NOW, WITH) is Denial.RECIPIENTS_LEFT
    assert check(ticked(ticket, REST), fulfil, APPROVER, NOW, WITH) is None


@pytest.mark.parametrize("right", sorted(set(Right) - recipients.CONCERNED))
def test_no_other_right_concerns_them(right: Right) -> None:
    assert recipients.wanted(confirmed(right), WITH.recipients) == ()
    assert check(confirmed(right), Action.NOTIFY, AGENT, NOW, WITH) is Denial.NO_RECIPIENTS


def test_where_none_is_configured_nothing_changes() -> None:
    assert check(confirmed(), Action.FULFIL, APPROVER, NOW, RULES) is None
    assert check(confirmed(), Action.NOTIFY, AGENT, NOW, RULES) is Denial.NO_RECIPIENTS


def test_the_rest_are_those_that_nobody_saw_to_yet() -> None:
    ticket = ticked(ticked(confirmed(), "Accounting", LAW), REST)
    assert [(one.name, one.excuse) for one in ticket.ticks] == [
        ("Accounting", LAW),
        ("Newsletter", ""),
        ("Kuljetus Oy", ""),
    ]
    assert tick(ticket, REST) is Denial.RECIPIENT_UNKNOWN


def test_what_was_said_of_one_can_be_said_anew() -> None:
    ticket = ticked(ticked(confirmed(), "accounting", LAW), "accounting")
    assert [(one.name, one.excuse) for one in ticket.ticks] == [("Accounting", "")]
    assert recipients.excused(ticket) == ()


@pytest.mark.parametrize(
    ("recipient", "outcome", "text", "denial"),
    [
        ("nobody", Outcome.DONE, "", Denial.RECIPIENT_UNKNOWN),
        ("", Outcome.DONE, "", Denial.RECIPIENT_UNKNOWN),
        ("accounting", None, "", Denial.OUTCOME_MISSING),
        ("accounting", Outcome.EXCUSED, " ", Denial.REASON_MISSING),
        ("accounting", Outcome.DONE, LAW, Denial.NOT_TAKEN),
    ],
)
def test_whom_what_and_why_must_be_said(
    recipient: str, outcome: Outcome | None, text: str, denial: Denial
) -> None:
    assert tick(confirmed(), recipient, outcome, text) is denial


def test_only_what_is_excused_needs_words() -> None:
    assert needs_words(Action.NOTIFY, outcome=Outcome.EXCUSED)
    assert not needs_words(Action.NOTIFY, outcome=Outcome.DONE)
    assert not needs_words(Action.NOTIFY)


def test_the_customer_reads_what_was_excused_and_of_ticks_nothing() -> None:
    excuse = Command(
        action=Action.NOTIFY, recipient="accounting", outcome=Outcome.EXCUSED, text=LAW
    )
    assert [type(one).__name__ for one in effects(confirmed(), excuse, AGENT, rules=WITH)] == [
        "ShowTicket"
    ]
    ready = ticked(ticked(confirmed(), "accounting", LAW), REST)
    say, *_ = effects(ready, Command(action=Action.FULFIL), APPROVER, rules=WITH)
    assert read(say)[:2] == ["letter.fulfil", "letter.excused"]  # type: ignore[arg-type]
    assert say.parts[2] == StaffWords(text=f"Accounting: {LAW}")  # type: ignore[union-attr]
    done = replace(ready, ticks=tuple(one for one in ready.ticks if not one.excuse))
    done = ticked(done, "accounting")
    say, *_ = effects(done, Command(action=Action.FULFIL), APPROVER, rules=WITH)
    assert Text(key="letter.excused") not in say.parts  # type: ignore[union-attr]


def test_the_audit_tells_how_many_and_names_none() -> None:
    command = Command(action=Action.NOTIFY, recipient=REST, outcome=Outcome.DONE)
    made = apply(confirmed(), command, AGENT, NOW, WITH)
    assert isinstance(made, Change)
    assert made.record.facts["recipients"] == "3"
    assert made.record.facts["outcome"] == "done"
    assert "Newsletter" not in str(made.record)


def test_a_request_that_is_opened_again_begins_anew() -> None:
    ready = ticked(confirmed(), REST)
    fulfilled = apply(ready, Command(action=Action.FULFIL), APPROVER, NOW, WITH)
    assert isinstance(fulfilled, Change)
    reopen = Command(action=Action.REOPEN, text="More was found.")
    again = apply(fulfilled.ticket, reopen, APPROVER, NOW, WITH)
    assert isinstance(again, Change)
    assert again.ticket.ticks == ()


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Kuljetus Oy", "kuljetus-oy"),
        ("  Ääkköset & co. ", "aakkoset-co"),
        ("Склад", ""),
        ("A very long name of a system, with its version", "a-very-long-name-of"),
    ],
)
def test_a_name_is_a_key_that_buttons_can_carry(name: str, key: str) -> None:
    assert recipients.key_of(name) == key
    assert len(key) <= LONGEST_KEY
    assert Rules().recipients == ()
    assert Tick(recipient=key, name=name, at=NOW, by="sari").excuse == ""

"""Attach, remove, deliver, open, destroy: by whom, when, and what is left of the files."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core import contacts
from bot.core.catalog import Right
from bot.core.tickets import transitions
from bot.core.tickets.command import Command
from bot.core.tickets.copies import LIFETIME, MOST_FILES, MOST_OPENINGS, File, Way, token_digest
from bot.core.tickets.identity import Evidence, Method
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import (
    THE_CUSTOMER,
    THE_SYSTEM,
    Action,
    Actor,
    Denial,
    State,
    Ticket,
)
from bot.core.tickets.transitions import Change
from tests.factories import AINO, LIISA, MIKA, NOW, SARI, a_ticket, after, attested

RULES = Rules(public_url="https://privacy.example.com")


def a_file(name: str = "copy.json", by: str = "sari") -> File:
    return File(id=name, name=name, size=3, sha256="00", at=NOW, by=by)


def confirmed(right: Right = Right.ACCESS) -> Ticket:
    ticket = after(attested(a_ticket(right), SARI), Action.CONFIRM, MIKA)
    address = contacts.email(LIISA.email)
    code = Evidence(method=Method.EMAIL_CODE, at=NOW, by="customer", contact=address)
    return replace(ticket, evidence=(*ticket.evidence, code))


def tried(
    ticket: Ticket,
    action: Action,
    actor: Actor = MIKA,
    *,
    days: int = 0,
    rules: Rules = RULES,
    **more: object,
) -> Ticket | Denial:
    command = Command(action=action, **more)  # type: ignore[arg-type]
    change = transitions.apply(ticket, command, actor, NOW + timedelta(days=days), rules)
    return change.ticket if isinstance(change, Change) else change


def done(ticket: Ticket, action: Action, actor: Actor = MIKA, **more: object) -> Ticket:
    made = tried(ticket, action, actor, **more)  # type: ignore[arg-type]
    assert isinstance(made, Ticket), made
    return made


def with_page(right: Right = Right.ACCESS) -> Ticket:
    attached = done(confirmed(right), Action.ATTACH, SARI, file=a_file())
    return done(attached, Action.DELIVER, way=Way.PAGE, token="secret")


def test_staff_attach_and_remove_files() -> None:
    ticket = done(confirmed(), Action.ATTACH, SARI, file=a_file())
    ticket = done(ticket, Action.ATTACH, MIKA, file=a_file("more.csv"))
    assert [file.name for file in ticket.files] == ["copy.json", "more.csv"]
    assert done(ticket, Action.DETACH, SARI).files == ()
    assert tried(confirmed(), Action.DETACH) is Denial.NO_FILE
    assert tried(confirmed(), Action.ATTACH) is Denial.NO_FILE


def test_there_are_only_so_many_files() -> None:
    ticket = confirmed()
    for number in range(MOST_FILES):
        ticket = done(ticket, Action.ATTACH, file=a_file(str(number)))
    assert tried(ticket, Action.ATTACH, file=a_file()) is Denial.TOO_MANY_FILES


def test_an_approver_delivers_and_the_token_is_kept_as_a_digest() -> None:
    attached = done(confirmed(), Action.ATTACH, file=a_file())
    denied = tried(attached, Action.DELIVER, SARI, way=Way.PAGE)
    assert denied is Denial.NOT_YOUR_ROLE
    ticket = with_page()
    assert ticket.delivery is not None
    assert (ticket.delivery.token, ticket.delivery.by) == (token_digest("secret"), "mika")
    assert ticket.delivery.until == NOW + LIFETIME
    assert len(ticket.files) == 1


@pytest.mark.parametrize("way", [Way.POST, Way.HANDED_OVER, Way.NOTHING_HELD])
def test_what_goes_another_way_needs_words_and_no_file_stays(way: Way) -> None:
    attached = done(confirmed(), Action.ATTACH, file=a_file())
    assert tried(attached, Action.DELIVER, way=way) is Denial.REASON_MISSING
    ticket = done(attached, Action.DELIVER, way=way, text="Sent today.")
    assert ticket.delivery is not None
    assert (ticket.delivery.way, ticket.delivery.token, ticket.files) == (way, "", ())


def test_a_page_needs_a_file_a_proved_address_and_a_public_one() -> None:
    attached = done(confirmed(), Action.ATTACH, file=a_file())
    page = {"way": Way.PAGE}
    assert tried(confirmed(), Action.DELIVER, **page) is Denial.NO_FILE  # type: ignore[arg-type]
    unproved = replace(attached, evidence=attached.evidence[:-1])
    assert tried(unproved, Action.DELIVER, way=Way.PAGE) is Denial.ADDRESS_NOT_PROVED
    assert tried(attached, Action.DELIVER, way=Way.PAGE, rules=Rules()) is Denial.NO_PAGE
    assert tried(attached, Action.DELIVER) is Denial.WAY_MISSING


def test_portability_takes_a_machine_readable_format() -> None:
    pdf = done(confirmed(Right.PORTABILITY), Action.ATTACH, file=a_file("copy.pdf"))
    assert tried(pdf, Action.DELIVER, way=Way.PAGE) is Denial.NOT_MACHINE_READABLE
    xml = done(pdf, Action.ATTACH, file=a_file("copy.xml"))
    assert done(xml, Action.DELIVER, way=Way.PAGE, token="t").delivery is not None


def test_four_eyes_can_be_asked_for_delivery_too() -> None:
    rules = Rules(public_url=RULES.public_url, four_eyes=frozenset({Right.ACCESS}))
    attached = done(confirmed(), Action.ATTACH, AINO, file=a_file(by="aino"))
    assert tried(attached, Action.DELIVER, AINO, way=Way.PAGE, rules=rules) is Denial.FOUR_EYES
    assert isinstance(tried(attached, Action.DELIVER, MIKA, way=Way.PAGE, rules=rules), Ticket)
    assert isinstance(tried(attached, Action.DELIVER, AINO, way=Way.PAGE), Ticket)


def test_what_was_delivered_is_not_changed_any_more() -> None:
    ticket = with_page()
    for action, more in (
        (Action.ATTACH, {"file": a_file()}),
        (Action.DELIVER, {"way": Way.POST, "text": "Sent."}),
    ):
        assert tried(ticket, action, **more) is Denial.DELIVERED


def test_what_is_still_here_is_taken_back_and_delivered_anew() -> None:
    back = done(with_page(), Action.DETACH, SARI)
    assert (back.files, back.delivery) == ((), None)
    assert tried(back, Action.FULFIL) is Denial.NOT_DELIVERED
    again = done(done(back, Action.ATTACH, file=a_file()), Action.DELIVER, way=Way.PAGE, token="u")
    assert again.delivery is not None
    sent = done(confirmed(), Action.DELIVER, way=Way.POST, text="Sent.")
    assert tried(sent, Action.DETACH, SARI) is Denial.DELIVERED


@pytest.mark.parametrize("right", [Right.ACCESS, Right.PORTABILITY])
def test_a_right_to_a_copy_is_not_carried_out_without_one(right: Right) -> None:
    assert tried(confirmed(right), Action.FULFIL) is Denial.NOT_DELIVERED
    fulfilled = done(with_page(right), Action.FULFIL)
    assert (fulfilled.state, len(fulfilled.files)) == (State.FULFILLED, 1)


def test_other_rights_give_no_copy() -> None:
    ticket = confirmed(Right.RESTRICTION)
    assert done(ticket, Action.FULFIL).state is State.FULFILLED
    assert tried(ticket, Action.ATTACH, file=a_file()) is Denial.NO_COPY
    assert tried(ticket, Action.DELIVER, way=Way.POST, text="Sent.") is Denial.NO_COPY


def test_the_person_opens_it_some_times_and_then_its_files_are_gone() -> None:
    ticket = done(with_page(), Action.FULFIL)
    for number in range(1, MOST_OPENINGS + 1):
        assert ticket.files
        ticket = done(ticket, Action.COLLECT, THE_CUSTOMER)
        assert ticket.delivery is not None
        assert len(ticket.delivery.opened) == number
    assert ticket.files == ()
    assert tried(ticket, Action.COLLECT, THE_CUSTOMER) is Denial.NOT_IN_THIS_STATE
    assert tried(confirmed(), Action.COLLECT, THE_CUSTOMER) is Denial.NOT_IN_THIS_STATE


def test_the_system_destroys_it_when_its_time_is_over_and_not_before() -> None:
    ticket = done(with_page(), Action.FULFIL)
    assert tried(ticket, Action.EXPIRE, THE_SYSTEM, days=7) is Denial.NOT_IN_THIS_STATE
    gone = done(ticket, Action.EXPIRE, THE_SYSTEM, days=8)
    assert gone.files == ()
    assert tried(gone, Action.EXPIRE, THE_SYSTEM, days=9) is Denial.NOT_IN_THIS_STATE


def test_files_go_when_a_ticket_ends_without_delivery_or_is_opened_again() -> None:
    attached = done(confirmed(), Action.ATTACH, file=a_file())
    assert done(attached, Action.REFUSE, text="No.").files == ()
    assert done(attached, Action.WITHDRAW, THE_CUSTOMER).files == ()
    again = done(done(with_page(), Action.FULFIL), Action.REOPEN, text="A mistake.")
    assert (again.files, again.delivery) == ((), None)


def test_the_audit_row_says_how_it_was_delivered() -> None:
    attached = done(confirmed(), Action.ATTACH, file=a_file())
    command = Command(action=Action.DELIVER, way=Way.PAGE, token="secret")
    change = transitions.apply(attached, command, MIKA, NOW, RULES)
    assert isinstance(change, Change)
    assert change.record.facts["way"] == "page"
    assert "secret" not in repr(change.record)

"""Whatever changes on a ticket without an action has a row in the audit chain all the same."""

from __future__ import annotations

from dataclasses import replace

from bot.core.tickets import silent_changes
from bot.core.tickets.copies import Delivery, Way
from bot.core.tickets.identity import Challenge
from bot.core.tickets.record import Observed, Record, observed
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import Ticket
from tests.factories import LATE, NOW, a_ticket

TICKET = replace(a_ticket(), staff_told=False)
SENT = replace(TICKET, codes_sent=(NOW,), challenge=Challenge(digest="d", sent_at=NOW))


def seen(before: Ticket | None, after: Ticket, *recorded: Record) -> list[tuple[str, str]]:
    found = silent_changes.records(before, after, recorded, LATE)
    return [(record.action, record.actor) for record in found]


def test_a_code_that_was_sent() -> None:
    assert seen(TICKET, SENT) == [(Observed.CODE_SENT, "customer")]
    assert seen(None, SENT, opening()) == [(Observed.CODE_SENT, "customer")]


def test_of_what_staff_opened_no_change_is_by_a_customer() -> None:
    on_paper = replace(SENT, source=Source.LETTER)
    assert seen(None, on_paper, opening()) == [(Observed.CODE_SENT, "system")]


def test_a_code_that_was_wrong_says_how_many_were_tried() -> None:
    tried = replace(SENT, challenge=Challenge(digest="d", sent_at=NOW, tries=2))
    (record,) = silent_changes.records(SENT, tried, (), LATE)
    assert (record.action, record.facts) == (Observed.CODE_FAILED, {"tries": "2"})
    assert (record.ticket, record.number, record.at) == (TICKET.id, TICKET.number, LATE)
    assert record.before == record.after == TICKET.state


def test_that_a_code_bounced() -> None:
    bounced = replace(SENT, bounced="typo@example.com")
    assert seen(SENT, bounced) == [(Observed.CODE_BOUNCED, "system")]
    assert seen(bounced, replace(bounced, details="other")) == [(Observed.CHANGED, "customer")]


def test_that_staff_were_shown_it() -> None:
    assert seen(TICKET, replace(TICKET, staff_told=True)) == [(Observed.SHOWN_TO_STAFF, "system")]


def test_what_nobody_thought_of() -> None:
    assert seen(TICKET, replace(TICKET, details="other")) == [(Observed.CHANGED, "customer")]


def test_an_action_has_its_row_already_and_no_change_needs_none() -> None:
    assert seen(TICKET, replace(TICKET, details="other"), opening()) == []
    assert seen(TICKET, TICKET) == []


def opening() -> Record:
    return observed(Observed.CHANGED, NOW, actor="customer", ticket=TICKET.id)


def test_that_a_copy_was_asked_for_and_each_file_that_was_sent() -> None:
    before = replace(TICKET, delivery=Delivery(way=Way.CHAT, at=NOW, by="staff:mika"))
    assert before.delivery is not None
    asked = replace(before, delivery=replace(before.delivery, asked_at=NOW))
    assert seen(before, asked) == [(Observed.COPY_ASKED, "customer")]
    assert asked.delivery is not None
    sent = replace(asked, delivery=replace(asked.delivery, arrived=("a", "b")))
    assert seen(asked, sent) == [(Observed.FILE_SENT, "system")] * 2

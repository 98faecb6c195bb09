"""A question that was passed to staff is answered once, by staff, in words."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.core.catalog import Language
from bot.core.tickets import inquiries
from bot.core.tickets.inquiries import Inquiry, InquiryKind
from bot.core.tickets.ticket import THE_CUSTOMER, THE_SYSTEM, Actor, Denial, Person
from tests.core.tickets.factories import AGENT, APPROVER, BOTH, NOW

HELSINKI = ZoneInfo("Europe/Helsinki")
LATER = NOW + timedelta(days=2)
ASKED = Inquiry(
    id="inquiry-1",
    number="Q-2026-0007",
    language=Language.FI,
    person=Person(channel="test", account="matti", name="Matti"),
    question="Montako kameraa teillä on, kysyy Matti?",
    asked_at=NOW,
)


@pytest.mark.parametrize("actor", [AGENT, APPROVER, BOTH], ids=lambda actor: actor.key)
def test_any_member_of_staff_may_answer(actor: Actor) -> None:
    outcome = inquiries.answered(ASKED, " Kaksi.\n", actor, ASKED.version, LATER)
    assert not isinstance(outcome, Denial)
    after, record = outcome
    assert (after.answer, after.answered_by, after.closed_at) == ("Kaksi.", actor.key, LATER)
    assert after.version == ASKED.version + 1
    assert (record.ticket, record.number, record.at) == ("inquiry-1", "Q-2026-0007", LATER)
    assert (record.action, record.actor) == ("reply", actor.key)
    assert (record.before, record.after) == ("open", "answered")


@pytest.mark.parametrize("actor", [THE_CUSTOMER, THE_SYSTEM], ids=lambda actor: actor.key)
def test_nobody_else_may_answer(actor: Actor) -> None:
    outcome = inquiries.answered(ASKED, "Kaksi.", actor, ASKED.version, LATER)
    assert outcome is Denial.NOT_YOUR_ROLE


def test_a_report_has_72_hours_from_its_receipt_whatever_the_days_are() -> None:
    assert ASKED.notify_until is None
    # From a Friday to a Monday, in the night between which the clocks go back.
    received = datetime(2026, 10, 23, 12, 0, tzinfo=HELSINKI)
    report = replace(ASKED, kind=InquiryKind.INCIDENT, asked_at=received)
    for asked_at in (received, received.astimezone(UTC)):
        ends = replace(report, asked_at=asked_at).notify_until
        assert ends is not None
        assert f"{ends.astimezone(HELSINKI):%a %d.%m. %H:%M}" == "Mon 26.10. 11:00"
    assert inquiries.opened(report).action == "report"
    assert inquiries.opened(ASKED).action == "pass"


def test_of_two_answers_the_second_is_stale() -> None:
    first = inquiries.answered(ASKED, "Kaksi.", AGENT, ASKED.version, LATER)
    assert not isinstance(first, Denial)
    for seen in (ASKED.version, first[0].version, None):
        assert inquiries.answered(first[0], "Kolme.", APPROVER, seen, LATER) is Denial.STALE


def test_an_answer_to_another_version_is_stale() -> None:
    changed = replace(ASKED, version=2)
    assert inquiries.answered(changed, "Kaksi.", AGENT, 1, LATER) is Denial.STALE


def test_an_answer_that_names_no_version_goes_to_what_is_open() -> None:
    assert not isinstance(inquiries.answered(ASKED, "Kaksi.", AGENT, None, LATER), Denial)


def test_an_answer_says_something() -> None:
    assert inquiries.answered(ASKED, " \n", AGENT, None, LATER) is Denial.REASON_MISSING


def test_a_question_that_nobody_answered_goes_when_it_lapses() -> None:
    after, record = inquiries.lapsed(ASKED, LATER)
    assert (after.question, after.closed_at, after.version) == ("", LATER, ASKED.version + 1)
    assert (record.action, record.actor) == ("lapse", "system")
    assert (record.before, record.after) == ("open", "lapsed")


def test_the_record_of_a_new_question_says_that_a_customer_asked() -> None:
    record = inquiries.opened(ASKED)
    assert (record.action, record.actor, record.at) == ("pass", "customer", NOW)
    assert (record.before, record.after) == ("", "open")


def test_no_record_holds_the_question_the_answer_or_a_name() -> None:
    outcome = inquiries.answered(ASKED, "Hei Matti, kaksi kameraa.", AGENT, None, LATER)
    assert not isinstance(outcome, Denial)
    records = [outcome[1], inquiries.opened(ASKED), inquiries.lapsed(ASKED, LATER)[1]]
    for record in records:
        assert "Matti" not in repr(record)
        assert "kamera" not in repr(record)


REPORT = replace(ASKED, kind=InquiryKind.INCIDENT)


def test_one_more_message_within_a_day_is_added_to_the_report() -> None:
    added = inquiries.added(REPORT, "Ja toinen lasku.", NOW + timedelta(hours=23))
    assert added is not None
    after, record = added
    assert after.question == f"{REPORT.question}\nJa toinen lasku."
    assert (after.number, after.version) == (REPORT.number, REPORT.version + 1)
    assert after.notify_until == REPORT.notify_until
    assert (record.action, record.actor, record.ticket) == ("add", "customer", REPORT.id)


@pytest.mark.parametrize(
    "report",
    [
        ASKED,
        replace(REPORT, closed_at=NOW),
        replace(REPORT, asked_at=NOW - timedelta(days=1)),
        replace(REPORT, version=11),
        replace(REPORT, question="x" * 20_000),
    ],
    ids=["a question", "answered", "of the day before", "added to often", "long"],
)
def test_to_anything_else_nothing_is_added(report: Inquiry) -> None:
    assert inquiries.added(report, "Ja toinen lasku.", NOW) is None

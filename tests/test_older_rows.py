"""Rows that an older version kept, and that wait when a newer one takes over."""

from __future__ import annotations

import json
from datetime import timedelta

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import take
from bot.core.catalog import Language
from bot.core.effects import Effect, Remind, RemindOfInquiry
from bot.core.events import Task, TaskDue
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.representation import AuthorityProof
from bot.core.tickets.ticket import Action, Person, Ticket
from bot.storage.codec import from_json, to_json
from tests.conftest import Clock
from tests.factories import SARI, a_ticket, after, for_somebody

OLD_REMINDER = '{"ticket": "id-of-it", "number": "%s", "days": %d}'


def claimed(app: Assistant, number: str, days: int) -> Effect | None:
    """Return how an old reminder that waits in the outbox is read when it is claimed."""
    with app.store.transaction() as unit:
        payload = OLD_REMINDER % (number, days)
        unit.outbox.enqueue("remind", "test:desk", payload, app.clock())
    [reminder] = app.router.settle_and_claim("here", [], 9)
    return reminder.effect


def test_an_old_reminder_of_a_question_tells_how_long_it_has_waited(app: Assistant) -> None:
    opened = claimed(app, "Q-2026-0007", -14)
    assert opened == RemindOfInquiry(inquiry="id-of-it", number="Q-2026-0007", days=14)


def test_a_reminder_of_a_ticket_reads_as_it_did(app: Assistant) -> None:
    opened = claimed(app, "T-2026-0007", -2)
    assert opened == Remind(ticket="id-of-it", number="T-2026-0007", days=-2)


def test_an_old_task_that_names_a_question_as_a_ticket_still_reminds_of_it(
    app: Assistant, clock: Clock
) -> None:
    asked = Inquiry(
        id="an-inquiry",
        number="Q-2026-0001",
        language=Language.FI,
        person=Person(channel="test", account="matti"),
        question="Kuka on tietosuojavastaavanne?",
        asked_at=clock.now,
    )
    with app.store.transaction() as unit:
        unit.inquiries.save(asked, app.store.keys.person(asked.person))
    clock.forward(timedelta(days=7))
    old = TaskDue(task=Task.REMIND, day=app.rules.today(clock.now), ticket=asked.id)
    take(app, app.intake.inbound("remind:an-inquiry:old", old))
    [sent] = app.router.settle_and_claim("here", [], 9)
    reminder = RemindOfInquiry(inquiry=asked.id, number=asked.number, days=7)
    assert sent.effect == reminder


def test_a_ticket_of_before_requests_for_others_is_its_writer_s_own() -> None:
    ticket = a_ticket()
    stored = json.loads(to_json(ticket))
    for later in ("on_behalf", "authority"):
        del stored[later]
    assert from_json(Ticket, json.dumps(stored)) == ticket


def test_whom_a_ticket_concerns_and_what_showed_authority_is_kept() -> None:
    shown = {"authority": AuthorityProof.POWER_OF_ATTORNEY, "text": "Näytetty"}
    ticket = after(for_somebody(a_ticket()), Action.AUTHORISE, SARI, **shown)
    assert from_json(Ticket, to_json(ticket)) == ticket

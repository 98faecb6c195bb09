"""What a refusal costs, from the press on a card to the letter that the customer reads."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.bootstrap import Assistant, assistant, store_of, utc_now
from bot.bootstrap.foreground import take
from bot.channels.telegram import GROUP
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.client import Client, bot_of
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.catalog import Language, Right
from bot.core.effects import Say
from bot.core.envelopes import DeliveryOutcome, InboundEvent
from bot.core.events import FromCustomer, Requested, StaffActed
from bot.core.knowledge import Knowledge
from bot.core.tickets import staff_decision
from bot.core.tickets.ticket import Denial, Person, Ticket
from bot.service.routing import Routes
from tests.fakes.telegram import User, plain
from tests.fakes.telegram.office import STAFF, People
from tests.transactions import transactions

WORDS = "Laki velvoittaa säilyttämään."
MOST_DECISIONS, MOST_TRANSACTIONS = 2, 9


class Refusal:
    """One ticket, refused through the group by an assistant of which nothing else runs."""

    def __init__(self, app: Assistant, fake: People) -> None:
        self._app = app
        self._fake = fake
        self._customer = fake.customer()
        client = Client(bot_of(fake.token, fake.base_url.removesuffix("/bot")))
        self._telegram = Telegram(
            client, app.queries, staff_chat=fake.desk.id, keep=self._keep, keep_all=self._keep_all
        )

    async def _keep(self, inbound: InboundEvent) -> None:
        await asyncio.to_thread(self._app.intake.receive, [inbound])

    async def _keep_all(self, events: Sequence[InboundEvent], cursor: tuple[str, str]) -> None:
        await asyncio.to_thread(self._app.intake.receive, events, cursor)

    async def prepare(self) -> None:
        """Open the ticket, show its card, and let all pass that has nothing to do with refusing."""
        form = Requested(
            right=Right.ERASURE,
            name="Liisa",
            email="l@example.com",
            details="",
            language=Language.FI,
        )
        person = Person(channel="telegram", account=str(self._customer.id))
        take(self._app, self._app.intake.inbound("1", FromCustomer(person=person, event=form)))
        done: list[DeliveryOutcome] = []
        while batch := self._app.router.settle_and_claim("before", done, 10):
            for claimed in batch:
                if claimed.destination.startswith(GROUP):
                    await self._telegram.tell(claimed.effect)  # type: ignore[arg-type]
            done = [DeliveryOutcome(effect=claimed, sent=True) for claimed in batch]
        while await self._telegram.fetch():
            pass

    async def refuse(self) -> str:
        """Press, write, look and send; return what the customer then reads."""
        fake, mika = self._fake, self._fake.mika
        [card] = [m for m in fake.messages(fake.desk) if m.labels]
        await self._press(mika, card.message_id, _data(card, "Hylkää"))
        prompt = fake.messages(fake.desk)[-1]
        fake.write(mika, WORDS, fake.desk, reply_to=prompt)
        await self._telegram.fetch()
        preview = fake.messages(fake.desk)[-1]
        await self._press(mika, preview.message_id, _data(preview, "Lähetä"))
        assert self._app.handler.handle_next()
        [claimed] = self._app.router.settle_and_claim("here", [], 1)
        assert isinstance(claimed.effect, Say)
        await self._telegram.say(claimed.effect)
        return plain(fake.messages(self._customer)[-1])

    async def _press(self, user: User, message: int, data: str) -> None:
        self._fake.press_data(user, self._fake.desk, message, data)
        await self._telegram.fetch()

    async def close(self) -> None:
        await self._telegram.close()


def _data(message: object, label: str) -> str:
    button = message.button(label)  # type: ignore[attr-defined]
    assert button is not None
    return str(button.data)


def test_a_refusal_costs_at_most_two_decisions_and_nine_transactions(
    tmp_path: Path, known: Understanding, monkeypatch: pytest.MonkeyPatch
) -> None:
    decisions: list[StaffActed] = []
    decide = staff_decision.decide

    def counted(
        ticket: Ticket, event: StaffActed, now: datetime, known: Knowledge
    ) -> staff_decision.Decision | Denial:
        decisions.append(event)
        return decide(ticket, event, now, known)

    monkeypatch.setattr(staff_decision, "decide", counted)
    settings = Settings.model_validate({"service": {"data_dir": tmp_path / "data"}, "staff": STAFF})

    async def play(refusal: Refusal) -> tuple[str, list[str]]:
        await refusal.prepare()
        with transactions() as begun:
            letter = await refusal.refuse()
        await refusal.close()
        return letter, begun

    with People() as fake:
        app = assistant(settings, known, store_of(settings), utc_now, Routes(desks=(GROUP,)))
        letter, begun = asyncio.run(play(Refusal(app, fake)))
        app.store.close()
    assert WORDS in letter
    assert len(decisions) <= MOST_DECISIONS
    assert len(begun) <= MOST_TRANSACTIONS, begun

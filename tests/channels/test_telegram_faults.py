"""Telegram at its worst: faults of the platform, kills, doubles, and who listens."""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import threading
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import create_engine, select

from bot.channels.desk.flow import Obstacle
from bot.channels.telegram import STAFF_COMMANDS
from bot.channels.telegram.channel import Telegram
from bot.channels.telegram.client import Client, bot_of, translate_errors
from bot.channels.telegram.members import Members, StaffGroup
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.core.envelopes import InboundEvent
from bot.core.tickets.ticket import Actor, State
from bot.errors import DeliveryError, Gone, Refused, StorageError, TryLater
from bot.storage import tables
from tests.fakes.postgres import Postgres
from tests.fakes.replica import Replica, free_port
from tests.fakes.telegram import Call, Fault, Message, Said, User, plain
from tests.fakes.telegram.office import (
    SECRET,
    SUPERGROUP,
    Office,
    People,
    told_of,
)
from tests.logs import logged

HEADER = "X-Telegram-Bot-Api-Secret-Token"
CANARY = "kissa-joka-ei-saa-näkyä"
TEXT = "viestin sisältö"
COOKIES = "Mihin käytätte evästeitä?"


@contextmanager
def people(group: int = SUPERGROUP) -> Iterator[People]:
    """Give a Telegram; at its end, nothing of what happened there stands in the log."""
    with logged() as log:
        with People(group) as server:
            yield server
        assert told_of(log.getvalue(), server, CANARY) == []


@pytest.fixture(scope="module")
def shared(known: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("office")
    with people() as server, Office(folder, known, server) as at_work:
        yield at_work


@pytest.fixture
def office(shared: Office) -> Iterator[Office]:
    """The office that the tests share, in order again after each."""
    yield shared
    shared.fake.faults.clear()
    shared.fake.query_lifetime = 600


@pytest.fixture
def fake(request: pytest.FixtureRequest) -> Iterator[People]:
    """The office's Telegram, or one of the test's own where it has no office."""
    for name in ("office", "hooked"):
        if name in request.fixturenames:
            yield request.getfixturevalue(name).fake
            return
    with people() as server:
        yield server


# Faults of the platform


def test_who_must_wait_holds_nobody_else_up(office: Office, fake: People) -> None:
    liisa, other = fake.customer(), fake.customer()
    fake.faults.append(Fault("sendMessage", 429, retry_after=2, chat=liisa))
    begun = time.monotonic()
    fake.write(liisa, COOKIES)
    fake.wait(lambda: fake.called("sendMessage"))
    fake.write(other, COOKIES)
    fake.wait(lambda: fake.messages(other))
    assert time.monotonic() - begun < 2
    office.settle()
    assert time.monotonic() - begun >= 2
    assert len(fake.messages(liisa)) == 1


def test_what_fails_is_sent_again(office: Office, fake: People) -> None:
    faults = [
        Fault("sendMessage", 500, description=CANARY),
        Fault("sendMessage", 502),
        Fault("sendMessage", 200, body='{"ok": true, "result": {"text": "' + CANARY),
        Fault("sendMessage", drop=True),
        Fault("sendMessage", drop=True, effect=True),
    ]
    people = [fake.customer() for _ in faults]
    fake.faults += [
        Fault(**{**vars(fault), "chat": user}) for fault, user in zip(faults, people, strict=True)
    ]
    for user in people:
        fake.write(user, COOKIES)
    office.settle()
    # Where the answer was lost nobody can know that it arrived: it comes twice rather than never.
    assert [len(fake.messages(user)) for user in people] == [1, 1, 2, 1, 2]


def test_what_cannot_be_parsed_arrives_as_plain_text(office: Office, fake: People) -> None:
    liisa = fake.customer()
    words = f"Bad Request: can't parse entities: {CANARY}"
    fake.faults.append(Fault("sendMessage", 400, description=words, chat=liisa))
    answer = office.says(liisa, "Miten minun oikeuteni <b> & muut?")
    assert answer.text
    assert "<b>" not in answer.text
    assert not answer.entities


def test_what_is_refused_for_good_is_given_up_and_staff_are_alarmed(
    office: Office, fake: People
) -> None:
    liisa = fake.customer()
    fake.faults.append(Fault("sendMessage", 400, description=f"Bad Request: {CANARY}", chat=liisa))
    fake.write(liisa, COOKIES)
    office.settle()
    assert not fake.messages(liisa)
    assert "seloste outbox list" in plain(office.newest())
    assert office.says(liisa, COOKIES).text


def test_a_card_that_is_the_same_already_is_as_good_as_edited(office: Office, fake: People) -> None:
    ticket = office.asks(fake.customer())
    words = "Bad Request: message is not modified: specified new message content is the same"
    prompt = office.begins(fake.mika, ticket.number, "refuse")
    preview = office.words(fake.mika, prompt, "Syy.")
    # The first edit closes the form, the second one is the card's.
    same = Fault("editMessageText", 400, description=words, effect=True, after=1)
    fake.faults.append(same)
    office.sends(fake.mika, preview)
    card = office.card(ticket.number)
    assert office.text("desk.state.refused") in card.text
    assert office.newest().reply_to == card.message_id
    assert "→" in office.newest().text


def test_a_press_that_is_too_old_to_be_answered_counts_all_the_same(
    office: Office, fake: People
) -> None:
    liisa = fake.customer()
    offer = office.says(liisa, "Poistakaa tietoni")
    fake.query_lifetime = 0
    query = fake.press(liisa, "Tee pyyntö")
    office.settle()
    assert fake.answers(query) is None
    assert plain(office.last(liisa)) == office.text("field.name.ask")
    ticket = office.asks(liisa, Right.ACCESS)
    card = office.card(ticket.number)
    note = card.button("Lisää muistiinpano")
    assert note is not None
    fake.press_data(fake.mika, fake.desk, card.message_id, note.data)
    office.settle()
    assert office.newest().kind == "force_reply"
    assert offer.labels


def test_a_press_that_nobody_waits_for_is_answered_without_a_fault(fake: People) -> None:
    async def answering() -> None:
        client = Client(bot_of(fake.token, fake.base_url.removesuffix("/bot")))
        await client.bot.initialize()
        await client.answer("4611686018427387904", "x" * 300, alert=True)
        await client.bot.shutdown()

    asyncio.run(answering())
    assert fake.called("answerCallbackQuery")[0].code == 400


def test_an_update_that_cannot_be_read_stops_no_other(office: Office, fake: People) -> None:
    liisa = fake.customer()
    broken: list[dict[str, Any]] = [
        {"message_id": 1, "text": CANARY},
        {"message_id": 1, "date": CANARY, "chat": {"id": 1, "type": "private"}},
        {"chat": 5, CANARY: CANARY},
    ]
    for body in broken:
        fake.update("message", body, "broken")
    assert office.says(liisa, COOKIES).text
    assert len(fake.messages(liisa)) == 1


def test_what_telegram_cannot_show_at_the_desk_is_told_to_who_pressed(
    office: Office, fake: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticket = office.asks(fake.customer())
    later = Said(office.text("desk.form.later"), alert=True)
    for status in ("left", "member"):  # so that the bot has to ask about her again
        fake.change_status(fake.desk, fake.sari, status, by=fake.aino)
    office.settle()
    fake.faults.append(Fault("getChatMember", 500, chat=fake.desk))
    assert office.press(fake.sari, office.card(ticket.number), office.button("ask")) == later
    monkeypatch.setattr("bot.channels.telegram.members._PATIENCE", 0.1)
    fake.faults.append(Fault("sendMessage", 500, chat=fake.desk))
    assert office.press(fake.sari, office.card(ticket.number), office.button("ask")) == later
    assert office.begins(fake.sari, ticket.number, "ask").kind == "force_reply"


def test_words_of_staff_are_not_lost_when_the_group_is_full(office: Office, fake: People) -> None:
    ticket = office.asks(fake.customer())
    prompt = office.begins(fake.sari, ticket.number, "ask")
    fake.faults.append(Fault("sendMessage", 429, retry_after=1, chat=fake.desk))
    fake.write(fake.sari, "Mitä vuotta tarkoitat?", fake.desk, reply_to=prompt)
    fake.wait(lambda: "Mitä vuotta tarkoitat?" in plain(office.newest()))


def test_what_was_sent_is_not_called_a_failure_when_its_form_stays_open(
    office: Office, fake: People
) -> None:
    ticket = office.asks(fake.customer())
    prompt = office.begins(fake.sari, ticket.number, "ask")
    preview = office.words(fake.sari, prompt, "Mitä vuotta tarkoitat?")
    fake.faults.append(Fault("editMessageText", 429, retry_after=1, chat=fake.desk))
    told = office.press(fake.sari, preview, office.button("send"))
    name = office.button("ask")
    taken = office.text("desk.form.taken", number=ticket.number, action=name, name="Sari")
    assert told == Said(taken, alert=True)
    assert office.acts(ticket)[-1] == ("Sari", "ask")


def test_who_answers_a_form_that_is_gone_is_told(office: Office, fake: People) -> None:
    ticket = office.asks(fake.customer())
    prompt = office.begins(fake.sari, ticket.number, "ask")
    with office.app.store.transaction() as unit:
        found = unit.drafts.at(f"{fake.desk.id}:{prompt.message_id}")
        assert found is not None
        unit.drafts.drop(found[0])
    shown = office.words(fake.sari, prompt, "Mitä vuotta tarkoitat?")
    assert plain(shown) == office.text("desk.form.gone")


def test_nothing_at_the_desk_holds_customers_up(
    known: Understanding, tmp_path: Path, fake: People
) -> None:
    with Office(tmp_path, known, fake, listens=False) as office:
        liisa = fake.customer()
        card = office.card(office.asks(liisa).number)
        refuse = card.button(office.button("refuse"))
        assert refuse is not None
        fake.faults.append(Fault("sendMessage", 200, wait=2, chat=fake.desk))
        fake.press_data(fake.mika, fake.desk, card.message_id, refuse.data)
        fake.write(liisa, COOKIES)
        fetching = threading.Thread(target=office.fetch)
        fetching.start()
        fake.wait(lambda: "eväste" in plain(office.last(liisa)))
        assert fetching.is_alive()
        fetching.join()
        assert office.newest().kind == "force_reply"


# The group moves, or the bot is put out of it


def test_the_desk_goes_on_in_the_supergroup_also_after_a_restart(
    known: Understanding, tmp_path: Path
) -> None:
    with people(group=-5000) as fake:
        liisa, other = fake.customer(), fake.customer()
        with Office(tmp_path, known, fake) as office:
            first, second = office.asks(liisa), office.asks(other)
            fake.desk = fake.upgrade(fake.desk)
            withdraws(office, liisa)
            # Messages are numbered anew there: under an old number stands another one, or none.
            assert not any(message.edits for message in fake.messages(fake.desk))
            assert office.begins(fake.mika, first.number, "reopen").kind == "force_reply"
        with Office(tmp_path, known, fake, staff_chat_id=-5000) as office:
            assert office.begins(fake.mika, first.number, "reopen").kind == "force_reply"
            withdraws(office, other)
            assert office.text("desk.state.withdrawn") in office.card(second.number).text
        assert len(fake.messages(-5000)) == 2


def withdraws(office: Office, user: User) -> None:
    office.press(user, office.says(user, "/cancel"), office.text("choice.yes_withdraw"))


def test_the_desk_learns_by_sending_that_the_group_has_moved(
    known: Understanding, tmp_path: Path
) -> None:
    with people(group=-5000) as fake, Office(tmp_path, known, fake) as office:
        with fake.lock:
            fake.desk = fake.upgrade(fake.desk)
            fake.updates.pending.clear()
        ticket = office.asks(fake.customer())
        assert office.card(ticket.number)
        assert office.begins(fake.mika, ticket.number, "refuse").kind == "force_reply"


def test_a_message_is_found_only_where_the_group_is_now(office: Office, fake: People) -> None:
    client = Client(bot_of(fake.token, fake.base_url.removesuffix("/bot")))
    group = StaffGroup(client, office.house, -7000)
    place = group.place(3)
    assert group.at(place) == 3
    asyncio.run(group.move(-1007000))
    assert group.at(place) is None
    again = StaffGroup(client, office.house, -7000)
    asyncio.run(again.find())
    assert again.chat == -1007000


def test_cards_come_when_the_bot_is_let_into_the_group_again(office: Office, fake: People) -> None:
    liisa = fake.customer()
    fake.remove_bot(fake.desk)
    office.requests(liisa)
    fake.wait(lambda: any(call.code == 403 for call in fake.called("sendMessage")))
    fake.add_bot(fake.desk)
    office.settle()
    assert office.card(office.tickets(liisa)[0].number)


def test_cards_come_when_the_general_topic_is_open_again(office: Office, fake: People) -> None:
    liisa = fake.customer()
    fake.desk.forum = fake.desk.general_is_closed = True
    office.requests(liisa)
    fake.wait(lambda: any(call.description.endswith("TOPIC_CLOSED") for call in fake.calls))
    fake.desk.forum = fake.desk.general_is_closed = False
    office.settle()
    assert office.card(office.tickets(liisa)[0].number)


# Who is a member


def test_that_somebody_is_a_member_is_known_for_a_while_only(office: Office, fake: People) -> None:
    now = [0.0]

    async def look(*steps: float) -> list[Actor | Obstacle]:
        client = Client(bot_of(fake.token, fake.base_url.removesuffix("/bot")))
        await client.bot.initialize()
        group = StaffGroup(client, office.house, fake.desk.id)
        members = Members(client, office.house, group, 60.0, lambda: now[0])
        user = _as_user(fake.aino)
        found = []
        for step in steps:
            now[0] = step
            found.append(await members.actor(user))
            fake.desk.statuses[fake.aino.id] = "left"
        fake.desk.statuses[fake.aino.id] = "member"
        found.append(await members.actor(user))
        await client.bot.shutdown()
        return found

    found = asyncio.run(look(0.0, 59.0, 61.0))
    assert [isinstance(each, Actor) for each in found] == [True, True, False, True]
    assert found[2] is Obstacle.NOT_MEMBER


def _as_user(user: User) -> Any:
    from telegram import User as TelegramUser

    return TelegramUser(id=user.id, first_name=user.name, is_bot=False)


def test_who_leaves_before_everybodys_eyes_is_asked_about_at_once(
    office: Office, fake: People
) -> None:
    ticket = office.asks(fake.customer())
    fake.desk.statuses[fake.pekka.id] = "member"
    assert office.begins(fake.pekka, ticket.number, "refuse")
    fake.set_status(fake.desk, fake.pekka, "left")
    office.settle()
    told = office.press(fake.pekka, office.card(ticket.number), office.button("refuse"))
    assert told.text == office.text("desk.form.not_member")


# Who listens


def test_an_update_that_comes_again_is_not_answered_again(office: Office, fake: People) -> None:
    liisa = fake.customer()
    office.says(liisa, COOKIES)
    for _ in range(3):
        fake.repeat_last()
    office.settle()
    time.sleep(0.3)
    assert len(fake.messages(liisa)) == 1


def test_what_was_fetched_and_not_kept_comes_again_and_is_answered_once(
    known: Understanding, tmp_path: Path, fake: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    liisa = fake.customer()
    fake.write(liisa, COOKIES)
    with Office(tmp_path, known, fake, listens=False) as office, monkeypatch.context() as broken:
        broken.setattr(office.app.intake, "receive", _without_disk)
        with pytest.raises(StorageError):
            office.fetch()
    with Office(tmp_path, known, fake) as office:
        office.settle()
        assert "eväste" in plain(office.last(liisa))
        assert len(fake.messages(liisa)) == 1


def test_an_edit_that_was_not_kept_comes_again_and_is_read(
    known: Understanding, tmp_path: Path, fake: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    liisa = fake.customer()
    with Office(tmp_path, known, fake, listens=False) as office:
        written = fake.write(liisa, "hei")
        office.fetch()
        fake.wait(lambda: len(fake.messages(liisa)) == 1)
        fake.edit(liisa, written, COOKIES)
        with monkeypatch.context() as broken:
            broken.setattr(office.app.intake, "receive", _without_disk)
            with pytest.raises(StorageError):
                office.fetch()
        office.fetch()
        fake.wait(lambda: "eväste" in plain(office.last(liisa)))


def _without_disk(*_: Any) -> int:
    raise StorageError("the disk is full")


def test_somebody_else_who_polls_does_not_stop_the_bot(office: Office, fake: People) -> None:
    liisa = fake.customer()
    office.says(liisa, COOKIES)
    url = f"{fake.base_url}{fake.token}/getUpdates"
    httpx.get(url, params={"timeout": 0})
    fake.wait(lambda: any(call.code == 409 for call in fake.called("getUpdates")))
    fake.write(liisa, COOKIES)
    fake.wait(lambda: len(fake.messages(liisa)) == 2)


class Replicas:
    """Two that share one database, each with its own way to Telegram."""

    def __init__(self, office: Office, lease: float) -> None:
        self._office = office
        self.seen: list[list[InboundEvent]] = [[], []]
        self.both = [self._one(number, timedelta(seconds=lease)) for number in (0, 1)]

    def _one(self, number: int, lease: timedelta) -> Telegram:
        fake, house = self._office.fake, self._office.house

        async def keep(inbound: InboundEvent) -> None:
            await keep_all([inbound], ("unused", ""))

        async def keep_all(events: Sequence[InboundEvent], cursor: tuple[str, str]) -> None:
            self.seen[number] += events
            await asyncio.to_thread(house.keep, events, cursor)

        client = Client(bot_of(fake.token, fake.base_url.removesuffix("/bot")))
        return Telegram(client, house, staff_chat=None, keep=keep, keep_all=keep_all, lease=lease)


@pytest.mark.long
@pytest.mark.timed
@pytest.mark.parametrize("ends", ["is closed", "is killed"])
def test_of_two_replicas_one_polls_and_the_other_takes_over(
    known: Understanding, tmp_path: Path, fake: People, ends: str
) -> None:
    with Office(tmp_path, known, fake, listens=False) as office:
        liisa = fake.customer()
        lease = 1.0 if ends == "is killed" else 600.0
        replicas = Replicas(office, lease)

        async def work() -> None:
            polls = [asyncio.create_task(one.poll()) for one in replicas.both]
            await _until(lambda: fake.called("getUpdates"))
            if ends == "is killed":
                await asyncio.sleep(3.5)  # longer than the lease: the lease is renewed meanwhile
                assert len(fake.called("getUpdates")) == 1
            fake.write(liisa, "yksi")
            await _until(lambda: any(replicas.seen))
            leader = 0 if replicas.seen[0] else 1
            if ends == "is closed":
                await replicas.both[leader].close()
            else:
                polls[leader].cancel()
            fake.write(liisa, "kaksi")
            await _until(lambda: replicas.seen[1 - leader])
            assert len(replicas.seen[leader]) == 1
            for one, poll in zip(replicas.both, polls, strict=True):
                await one.close()
                poll.cancel()

        asyncio.run(work())
        assert not [call for call in fake.called("getUpdates") if call.code == 409]


async def _until(true: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.02)


# Menus


def test_menus_and_descriptions_are_set_once(
    known: Understanding, tmp_path: Path, fake: People
) -> None:
    def ready() -> None:
        fake.wait(lambda: len(fake.called("getMyCommands")) % 5 == 0 and fake.commands)
        fake.wait(lambda: all(call.code for call in fake.calls if call.method != "getUpdates"))

    with Office(tmp_path, known, fake) as office:
        fake.wait(lambda: len(fake.called("setMyCommands")) == 4)
        ready()
        menus = dict(fake.commands)
        at_desk = [
            {"command": each, "description": office.text(f"command.{each}")}
            for each in STAFF_COMMANDS
        ]
        assert menus[f"chat:{fake.desk.id}", ""] == at_desk
        for language in ("", "en", "sv"):
            names = [each["command"] for each in menus["all_private_chats", language]]
            assert names == ["help", "status", "cancel", "human", "privacy", "fi", "en", "sv"]
        assert len(fake.called("setMyDescription")) == 3
        assert len(fake.called("setMyShortDescription")) == 3
    fake.calls.clear()
    fake.profile["description", "sv"] = "gammal"
    with Office(tmp_path, known, fake):
        fake.wait(lambda: len(fake.called("getMyCommands")) == 5)
        ready()
        assert [call.method for call in fake.calls if call.method.startswith("set")] == [
            "setMyDescription"
        ]
        assert fake.commands == menus


def test_only_the_languages_that_are_spoken_have_menus(
    known: Understanding, tmp_path: Path, fake: People
) -> None:
    with Office(tmp_path, known, fake):
        fake.wait(lambda: len(fake.called("setMyCommands")) == 4)
    fake.calls.clear()
    with Office(tmp_path, known, fake, languages=["sv", "fi"]):
        fake.wait(lambda: ("all_private_chats", "en") not in fake.commands)
        fake.wait(lambda: ("all_private_chats", "fi") in fake.commands)
        names = [each["command"] for each in fake.commands["all_private_chats", ""]]
        assert names == ["help", "status", "cancel", "human", "privacy", "sv", "fi"]


# Webhook


@pytest.fixture(scope="module")
def hooked(known: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("hooked")
    with people() as server, Office(folder, known, server, mode="webhook") as office:
        server.set_retries(0.05, 0.2)
        server.wait(lambda: server.hook)
        yield office


def test_updates_come_by_webhook_for_customers_and_for_staff(hooked: Office, fake: People) -> None:
    liisa = fake.customer()
    assert "eväste" in plain(hooked.says(liisa, COOKIES))
    ticket = hooked.asks(liisa)
    prompt = hooked.begins(fake.mika, ticket.number, "refuse")
    hooked.sends(fake.mika, hooked.words(fake.mika, prompt, "Syy."))
    assert hooked.ticket(ticket.number).state is State.REFUSED
    assert not fake.called("getUpdates")


def test_nobody_but_telegram_can_deliver(hooked: Office) -> None:
    good = {"update_id": 1}
    for headers in ({}, {HEADER: ""}, {HEADER: SECRET[:-1]}, {HEADER: "ä"}, {HEADER: SECRET + "x"}):
        raw = {name.encode(): value.encode() for name, value in headers.items()}
        assert httpx.post(hooked.url, json=good, headers=raw).status_code == 401
    assert httpx.post(hooked.url, json=good, headers={HEADER: SECRET}).status_code == 200


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'"x"', b"{}", b'{"update_id": "1"}', b"\xff"],
)
def test_what_is_no_update_is_refused(hooked: Office, body: bytes) -> None:
    answer = httpx.post(hooked.url, content=body, headers={HEADER: SECRET})
    assert answer.status_code == 400


def test_what_is_too_large_for_an_update_is_refused(hooked: Office) -> None:
    answer = httpx.post(hooked.url, content=b"x" * 300_000, headers={HEADER: SECRET})
    assert answer.status_code == 413


def test_an_update_that_cannot_be_read_is_not_sent_for_ever(hooked: Office) -> None:
    body = {"update_id": 5, "message": {"text": CANARY}}
    assert httpx.post(hooked.url, json=body, headers={HEADER: SECRET}).status_code == 200


def test_what_could_not_be_stored_comes_again_and_is_answered_once(
    hooked: Office, fake: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    liisa = fake.customer()
    receive, failing = hooked.app.intake.receive, [True, True]

    def sometimes(*given: Any) -> int:
        return _without_disk() if failing and failing.pop() else receive(*given)

    monkeypatch.setattr(hooked.app.intake, "receive", sometimes)
    answer = hooked.says(liisa, COOKIES)
    assert "eväste" in plain(answer)
    assert len(fake.messages(liisa)) == 1
    assert fake.hook_error is not None
    assert "503" in fake.hook_error[0]


def test_from_polling_to_the_webhook_and_back_nothing_is_lost(
    known: Understanding, tmp_path: Path, fake: People
) -> None:
    liisa = fake.customer()
    for number, mode in enumerate(("polling", "webhook", "polling", "webhook"), 1):
        fake.write(liisa, COOKIES)
        with Office(tmp_path, known, fake, mode=mode) as office:
            office.says(liisa, "/status")
            assert len(fake.messages(liisa)) == 2 * number
            assert bool(fake.hook) == (mode == "webhook")


# What is told of faults


FAULTS = [
    Fault(code=code, description=f"{words}{CANARY}")
    for code, words in [
        (400, ""),
        (400, "Bad Request: chat not found "),
        (400, "Bad Request: not enough rights to send text messages to the chat "),
        (401, ""),
        (403, "Forbidden: bot was blocked by the user "),
        (404, ""),
        (409, "Conflict: "),
        (500, ""),
    ]
]
FAULTS += [Fault(code=502), Fault(code=200, body=CANARY), Fault(drop=True)]
FAULTS += [Fault(code=429, retry_after=7)]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.description or str(fault.code))
def test_no_exception_tells_of_token_or_text(fake: People, fault: Fault) -> None:
    with logged() as log:
        error = asyncio.run(_failing(fake, fault))
    said = f"{error!r} {error} {''.join(traceback.format_exception(error))} {log.getvalue()}"
    assert told_of(said, fake, CANARY, TEXT) == []
    lasting = isinstance(error, Refused)
    assert lasting == (fault.code in (400, 403))
    assert isinstance(error, Gone) == (fault.code == 403 or "chat" in fault.description)
    assert (error.after == 7) if isinstance(error, TryLater) and fault.retry_after else True


async def _failing(fake: People, fault: Fault) -> DeliveryError:
    client = Client(bot_of(fake.token, fake.base_url.removesuffix("/bot")))
    liisa = fake.customer()
    await client.bot.initialize()
    fake.faults.append(Fault(**{**vars(fault), "lasting": True}))
    with pytest.raises(DeliveryError) as caught:
        await client.send(liisa.id, TEXT)
    await client.bot.shutdown()
    return caught.value


@pytest.mark.parametrize("reachable", [True, False])
def test_no_exception_tells_of_the_token_when_it_does_not_work(
    fake: People, reachable: bool
) -> None:
    async def connecting() -> DeliveryError:
        url = fake.base_url.removesuffix("/bot") if reachable else "http://127.0.0.1:9"
        fake.faults.append(Fault("getMe", 401))
        client = Client(bot_of(fake.token, url))
        with pytest.raises(TryLater) as caught, translate_errors():
            await client.bot.initialize()
        await client.bot.shutdown()
        return caught.value

    error = asyncio.run(connecting())
    assert told_of("".join(traceback.format_exception(error)), fake) == []


# Whole processes


def replica(folder: Path, fake: People, **settings: str) -> Replica:
    return Replica(
        folder,
        None,
        SELOSTE_TELEGRAM__TOKEN=fake.token,
        SELOSTE_TELEGRAM__API_URL=fake.base_url.removesuffix("/bot"),
        SELOSTE_TELEGRAM__STAFF_CHAT_ID=str(fake.desk.id),
        **settings,
    )


@pytest.mark.long
def test_a_service_answers_and_its_log_tells_of_nobody(
    known: Understanding, tmp_path: Path, fake: People
) -> None:
    assert known
    liisa = fake.customer()
    with replica(tmp_path, fake) as running:
        fake.faults += [
            Fault("sendMessage", 500, description=CANARY, chat=liisa),
            Fault("answerCallbackQuery", 400, description=CANARY),
        ]
        fake.write(liisa, f"{COOKIES} {CANARY}")
        fake.wait(lambda: fake.messages(liisa))
        fake.press_data(liisa, liisa, fake.messages(liisa)[0].message_id, CANARY)
        fake.wait(lambda: len(fake.messages(liisa)) == 2)
        assert running.stop() < 10
        log = running.log.read_text()
    assert told_of(log, fake, CANARY) == []


@pytest.mark.long
def test_a_kill_between_fetch_and_commit_loses_and_doubles_nothing(
    known: Understanding, tmp_path: Path, fake: People
) -> None:
    assert known
    liisa = fake.customer()
    database = tmp_path / "data" / "seloste.db"
    with replica(tmp_path, fake) as running:
        fake.wait(lambda: fake.commands and fake.called("getUpdates"))
        for number in (1, 2):
            with closing(sqlite3.connect(database, isolation_level=None)) as held:
                held.execute("BEGIN IMMEDIATE")
                fake.write(liisa, COOKIES)
                _wait_for_answer_to(fake.called("getUpdates")[-1], fake)
                assert fake.pending
                running.stop(signal.SIGKILL)
            running.start()
            _wait_for_messages(fake, liisa, number, f"sqlite:///{database}")


def _wait_for_answer_to(call: Call, fake: People) -> None:
    fake.wait(lambda: call.code == 200)
    time.sleep(0.3)  # for the bot to begin keeping what came


def _wait_for_messages(fake: People, user: User, number: int, url: str) -> None:
    """Wait until so many messages have come, and are known to have been sent."""
    fake.wait(lambda: len(fake.messages(user)) == number, 60)
    engine = create_engine(url)
    unsettled = select(tables.outbox.c.position).where(tables.outbox.c.sent_at.is_(None))
    with engine.connect() as connection:
        fake.wait(lambda: connection.execute(unsettled).first() is None)
    engine.dispose()
    assert len(fake.messages(user)) == number


@pytest.mark.long
def test_on_one_database_another_replica_takes_over_from_one_that_was_killed(
    known: Understanding, tmp_path: Path, fake: People, postgres: Postgres
) -> None:
    assert known
    liisa = fake.customer()
    with postgres.database() as url:
        folders = [tmp_path / name for name in ("one", "two")]
        for folder in folders:
            folder.mkdir()
        keys = {"SELOSTE_DATABASE__URL": url, "SELOSTE_KEYS__MASTER_KEY": "A" * 43 + "="}
        with replica(folders[0], fake, **keys) as first:
            fake.wait(lambda: fake.called("getUpdates"), 60)
            with replica(folders[1], fake, **keys) as second:
                fake.write(liisa, COOKIES)
                _wait_for_messages(fake, liisa, 1, url)
                first.stop(signal.SIGKILL)
                fake.write(liisa, COOKIES)
                _wait_for_messages(fake, liisa, 2, url)
                first.start()
                second.stop()  # one that stops in peace gives the lease up at once
                fake.write(liisa, COOKIES)
                _wait_for_messages(fake, liisa, 3, url)
    assert not [call for call in fake.called("getUpdates") if call.code == 409]


@pytest.mark.long
@pytest.mark.timed
def test_fifty_updates_a_second_are_acknowledged_within_a_second(
    known: Understanding, tmp_path: Path, fake: People
) -> None:
    assert known
    people = [fake.customer() for _ in range(100)]
    url = f"http://127.0.0.1:{free_port()}/telegram"  # where the fake has nothing to deliver
    settings = {"MODE": "webhook", "WEBHOOK_URL": url, "WEBHOOK_SECRET": SECRET}
    hook = {f"SELOSTE_TELEGRAM__{name}": value for name, value in settings.items()}
    with replica(tmp_path, fake, **hook) as running:
        url = f"{running.url}/telegram"
        took = asyncio.run(_posted(fake, url, people, each_second=50, seconds=10))
    took.sort()
    assert len(took) == 500
    assert took[int(len(took) * 0.99)] < 1.0, took[-10:]


async def _posted(
    fake: People, url: str, people: Sequence[User], *, each_second: int, seconds: int
) -> list[float]:
    """Deliver messages to a webhook at a steady pace; return how long each answer took."""
    took: list[float] = []

    async def post(client: httpx.AsyncClient, number: int) -> None:
        user = people[number % len(people)]
        message = fake.message_json(Message(number, user.id, user, COOKIES))
        body = {"update_id": number, "message": message}
        begun = time.monotonic()
        answer = await client.post(url, json=body, headers={HEADER: SECRET})
        assert answer.status_code == 200
        took.append(time.monotonic() - begun)

    async with httpx.AsyncClient(timeout=10) as client:
        tasks = []
        for number in range(1, each_second * seconds + 1):
            tasks.append(asyncio.create_task(post(client, number)))
            await asyncio.sleep(1 / each_second)
        await asyncio.gather(*tasks)
    return took

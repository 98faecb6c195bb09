"""The page of a copy by chat: staff deliver it at their desk, its person gets the link in the chat.

On Telegram and on Slack, from the request on; the page itself is asked as a browser asks it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from bot.bootstrap import Assistant
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.core.tickets.ticket import State, Ticket
from bot.replica.copy_pages import CopyPages
from bot.replica.web import WebDeps, web_app
from tests.fakes.slack import plain as slack_plain
from tests.fakes.slack.office import Office as SlackOffice
from tests.fakes.telegram import plain
from tests.fakes.telegram.office import Office as TelegramOffice
from tests.fakes.telegram.office import People
from tests.test_copy_delivered import ACCESS, COPY, PUBLIC, Web

NAME = "Liisan tiedot.json"
WEB = {"public_url": PUBLIC}


@dataclass(frozen=True)
class Delivered:
    """A copy that was delivered by a page, at one desk, and what its person was told in the chat.

    `code` is the one that was mailed last; `later` moves the clock on.
    """

    app: Assistant
    chat: str
    ticket: Callable[[], Ticket]
    code: Callable[[], str]
    later: Callable[[timedelta], None]

    @property
    def path(self) -> str:
        [link] = re.findall(rf"{PUBLIC}(/deliver/\S+)", self.chat)
        return str(link)

    @property
    def web(self) -> Web:
        async def keep(_: object) -> None: ...

        deps = WebDeps(desk=self.app.queries, keep=keep, access=ACCESS, now=self.app.clock)
        return Web(web_app(deps, CopyPages(self.app.copies, self.app.queries).routes))


@contextmanager
def on_telegram(folder: Path, known: Understanding) -> Iterator[Delivered]:
    with People() as fake:
        office = TelegramOffice(folder, known, fake, more={"web": WEB})
        with office:
            liisa = fake.customer()
            address = f"asiakas{liisa.id}@example.com"
            office.on_file(address)
            number = office.asks(liisa, Right.ACCESS).number
            office.says(liisa, office.code(address))
            office.sends(fake.mika, office.begins(fake.mika, number, "confirm"))
            prompt = office.begins(fake.sari, number, "attach")
            fake.document(fake.sari, NAME, COPY, fake.desk, prompt)
            office.settle()
            office.sends(fake.sari, office.newest())
            asked = office.begins(fake.mika, number, "deliver")
            office.press(fake.mika, asked, office.text("desk.way.page"))
            office.sends(fake.mika, asked)

            def later(by: timedelta) -> None:
                office.later = by

            def code() -> str:
                office.settle()
                return office.code(address)

            chat = plain(office.last(liisa))
            yield Delivered(office.app, chat, lambda: office.ticket(number), code, later)


@contextmanager
def on_slack(folder: Path, known: Understanding) -> Iterator[Delivered]:
    with SlackOffice(folder, known, web=WEB) as office:
        matti = office.customer()
        number = office.opened(matti, Right.ACCESS)
        office.says(matti, office.code(number))
        office.slack.wait(lambda: office.ticket(number).staff_told)
        called = office.words("desk.method.call_back")
        office.acts(office.sari, "verify", number, method=called)
        office.acts(office.mika, "confirm", number)
        office.opens(office.sari, "attach", number)
        office.slack.fill(office.sari, {"file": office.slack.uploads(office.sari, NAME, COPY)})
        office.slack.submit(office.sari)
        office.shown(office.sari, NAME)
        office.slack.submit(office.sari)
        office.slack.wait(lambda: office.ticket(number).files)
        office.card(number)
        office.acts(office.mika, "deliver", number, way=office.words("desk.way.page"))
        office.slack.wait(lambda: PUBLIC in slack_plain(office.slack.said(matti)[-1]))

        def code() -> str:
            office.settle()
            return office.code(number)

        chat, work = slack_plain(office.slack.said(matti)[-1]), office.work
        yield Delivered(work.app, chat, lambda: office.ticket(number), code, work.later)


DESKS = {"telegram": on_telegram, "slack": on_slack}


@pytest.fixture(params=DESKS)
def delivered(
    request: pytest.FixtureRequest, known: Understanding, tmp_path: Path
) -> Iterator[Delivered]:
    with DESKS[request.param](tmp_path, known) as made:
        yield made


def test_the_link_of_the_chat_opens_three_times_with_a_fresh_code_each_and_then_no_more(
    delivered: Delivered,
) -> None:
    web, path = delivered.web, delivered.path
    assert web.get(path).status_code == 200
    for number in (1, 2, 3):
        assert web.post(f"{path}/code").status_code == 200
        code = delivered.code()
        assert web.post(path, data={"code": "00000000"}).status_code == 403
        got = web.post(path, data={"code": code})
        assert got.content == COPY
        assert got.headers["content-disposition"].startswith(f'attachment; filename="{NAME}"')
        if number < 3:  # what has opened it once opens nothing again
            assert web.post(path, data={"code": code}).status_code == 403
        had = delivered.ticket().delivery
        assert had is not None
        assert len(had.opened) == number
    assert web.get(path).status_code == 404
    assert delivered.ticket().files == ()
    assert delivered.ticket().state is State.CONFIRMED


def test_after_seven_days_the_link_opens_nothing_whatever_code_comes_with_it(
    delivered: Delivered,
) -> None:
    web, path = delivered.web, delivered.path
    web.post(f"{path}/code")
    code = delivered.code()
    assert web.get(path[:-1]).status_code == 404
    delivered.later(timedelta(days=7, minutes=1))
    assert web.get(path).status_code == 404
    assert web.post(path, data={"code": code}).status_code == 404
    had = delivered.ticket().delivery
    assert had is not None
    assert had.opened == ()

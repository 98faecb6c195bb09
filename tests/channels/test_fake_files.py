"""Files on the fake platforms, driven by the real clients: what is not taken or handed out."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from telegram import Bot, InputFile
from telegram.error import BadRequest, NetworkError
from telegram.request import HTTPXRequest

from tests.fakes.slack import FakeSlack
from tests.fakes.telegram import FakeTelegram
from tests.fakes.telegram.methods import LARGEST_DOWNLOAD, LARGEST_UPLOAD

T = TypeVar("T")


@pytest.fixture
def telegram() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as server:
        yield server


def run(fake: FakeTelegram, work: Callable[[Bot], Awaitable[T]]) -> T:
    async def inside() -> T:
        ask, poll = (HTTPXRequest(httpx_kwargs={"verify": False}) for _ in range(2))
        files = fake.base_url.removesuffix("bot") + "file/bot"
        made = Bot(fake.token, fake.base_url, files, request=ask, get_updates_request=poll)
        async with made as bot:
            return await work(bot)

    return asyncio.run(inside())


async def fetched(bot: Bot, file: str) -> bytes:
    return bytes(await (await bot.get_file(file)).download_as_bytearray())


def test_telegram_hands_out_files_of_twenty_megabytes_to_who_has_the_token(
    telegram: FakeTelegram,
) -> None:
    small, large = (telegram.store("a", b"x" * size) for size in (3, LARGEST_DOWNLOAD + 1))
    assert run(telegram, lambda bot: fetched(bot, small.id)) == b"xxx"
    with pytest.raises(BadRequest, match="is too big"):
        run(telegram, lambda bot: fetched(bot, large.id))
    with pytest.raises(BadRequest, match="rong file_id"):
        run(telegram, lambda bot: fetched(bot, "BQAC-none"))
    url = f"http://127.0.0.1:{telegram.port}/file/bot7:other/{small.path}"
    assert httpx.get(url).status_code == 404


def test_telegram_takes_documents_of_fifty_megabytes(telegram: FakeTelegram) -> None:
    matti = telegram.user(101, "Matti")
    telegram.start(matti)

    def sent(size: int) -> None:
        document = InputFile(b"x" * size, filename="copy.bin")
        run(telegram, lambda bot: bot.send_document(matti.id, document, write_timeout=60))

    sent(3)
    [message] = telegram.messages(matti)
    assert message.extra["document"]["file_name"] == "copy.bin"
    with pytest.raises(NetworkError, match="Too Large"):
        sent(LARGEST_UPLOAD + 1)


def test_slack_takes_and_hands_out_a_file_to_an_app_with_the_scopes(slack: FakeSlack) -> None:
    matti = slack.user("U1", "Matti", "matti@example.com")
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    dm = client.conversations_open(users=matti.id)["channel"]["id"]
    client.files_upload_v2(channel=dm, file=b"abc", filename="a.json")
    [shared] = slack.said(matti)
    [file] = shared.files
    url = client.files_info(file=file["id"])["file"]["url_private_download"]
    known = {"Authorization": f"Bearer {slack.bot_token}"}
    assert httpx.get(url, headers=known).content == b"abc"
    assert httpx.get(url).status_code == 302
    slack.scopes.discard("files:read")
    assert httpx.get(url, headers=known).status_code == 302
    with pytest.raises(SlackApiError, match="missing_scope"):
        client.files_info(file=file["id"])


def test_slack_takes_what_was_announced_and_completes_nothing_else(slack: FakeSlack) -> None:
    matti = slack.user("U1", "Matti", "matti@example.com")
    client = WebClient(slack.bot_token, base_url=slack.api_url)
    dm = client.conversations_open(users=matti.id)["channel"]["id"]
    told = client.files_getUploadURLExternal(filename="a", length=3)
    assert httpx.post(told["upload_url"], content=b"ab").status_code == 400
    files = [{"id": told["file_id"], "title": "a"}]
    with pytest.raises(SlackApiError, match="file_not_found"):
        client.files_completeUploadExternal(files=files, channel_id=dm)
    assert slack.said(matti) == []

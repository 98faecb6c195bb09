"""The fake Telegram, driven by the client library that the product uses: it is strict."""

from __future__ import annotations

import asyncio
import json
import re
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self, TypeVar

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    KeyboardButton,
    LinkPreviewOptions,
    Message,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)
from telegram.constants import ParseMode
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import HTTPXRequest

from tests.fakes.telegram import FakeTelegram, Fault, Said, User, plain

T = TypeVar("T")
GROUP = -1001234567890


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.fixture
def fake() -> Iterator[FakeTelegram]:
    with FakeTelegram() as server:
        yield server


@pytest.fixture
def matti(fake: FakeTelegram) -> User:
    """A customer who has pressed Start."""
    user = fake.user(101, "Matti")
    fake.start(user)
    return user


def run(fake: FakeTelegram, work: Callable[[Bot], Awaitable[T]], token: str = "") -> T:
    async def inside() -> T:
        async with bot_of(fake, token) as bot:
            return await work(bot)

    return asyncio.run(inside())


def bot_of(fake: FakeTelegram, token: str = "") -> Bot:
    # Not to read the certificates of authorities saves most of a test's time.
    ask, poll = (HTTPXRequest(read_timeout=5, httpx_kwargs={"verify": False}) for _ in range(2))
    return Bot(token or fake.token, fake.base_url, request=ask, get_updates_request=poll)


def send(fake: FakeTelegram, user: User, text: str, **more: Any) -> Message:
    return run(fake, lambda bot: bot.send_message(user.id, text, **more))


def updates(fake: FakeTelegram, offset: int | None = None, **more: Any) -> tuple[Update, ...]:
    return run(fake, lambda bot: bot.get_updates(offset, **more))


def refused(words: str) -> pytest.RaisesExc[BadRequest]:
    """Expect a refusal. The client turns all of its words to lower case."""
    return pytest.raises(BadRequest, match=re.compile(re.escape(words), re.IGNORECASE))


def buttons(*rows: str) -> InlineKeyboardMarkup:
    """Rows of buttons, each with its label as its data."""
    return InlineKeyboardMarkup(
        [
            [InlineKeyboardButton(label, callback_data=label) for label in row.split()]
            for row in rows
        ]
    )


@dataclass
class Receiver:
    """A webhook: it takes updates, or answers with the codes it is given first."""

    codes: list[int] = field(default_factory=list)
    taken: list[dict[str, Any]] = field(default_factory=list)
    secrets: list[str | None] = field(default_factory=list)

    def __enter__(self) -> Self:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                code = receiver.codes.pop(0) if receiver.codes else 200
                if code == 200:
                    receiver.secrets.append(self.headers["X-Telegram-Bot-Api-Secret-Token"])
                    receiver.taken.append(body)
                self.send_response(code)
                self.end_headers()

            def log_message(self, format: str, *args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/hook"


def test_a_conversation_is_taken_up_answered_and_written_down(fake: FakeTelegram) -> None:
    async def work(bot: Bot) -> None:
        me = await bot.get_me()
        assert (me.id, me.username) == (fake.bot.id, "seloste_test_bot")
        assert not me.can_read_all_group_messages
        [update] = await bot.get_updates()
        assert update.message is not None
        assert update.message.from_user is not None
        assert update.message.from_user.language_code == "sv"
        assert update.message.parse_entities() == {update.message.entities[0]: "/start"}
        sent = await update.message.reply_text("<b>Hej</b> &amp; välkommen", "HTML")
        assert sent.text == "Hej & välkommen"
        assert sent.entities[0].type == "bold"

    user = fake.user(7, "Astrid", "sv")
    fake.start(user, "lnk_42")
    run(fake, work)
    assert [message.text for message in fake.seen(user)] == ["/start lnk_42", "Hej & välkommen"]
    assert fake.transcript() == "Astrid → Seloste: /start lnk_42\nSeloste → Astrid: Hej & välkommen"
    assert [call.method for call in fake.calls] == ["getMe", "getMe", "getUpdates", "sendMessage"]
    assert fake.called("sendMessage")[0].params["parse_mode"] == "HTML"


def test_an_offset_confirms_and_a_limit_holds(fake: FakeTelegram, matti: User) -> None:
    fake.write(matti, "yksi")
    fake.write(matti, "kaksi")
    first, second = updates(fake, limit=2)
    assert second.update_id == first.update_id + 1
    assert len(updates(fake)) == 3
    [third] = updates(fake, second.update_id + 1)
    assert third.message is not None
    assert third.message.text == "kaksi"
    assert fake.pending == 1
    fake.write(matti, "kolme")
    [last] = updates(fake, -1)
    assert last.message is not None
    assert last.message.text == "kolme"
    assert updates(fake, last.update_id + 1) == ()


@pytest.mark.usefixtures("matti")
def test_the_last_update_comes_again_even_when_confirmed(fake: FakeTelegram) -> None:
    [first] = updates(fake)
    assert updates(fake, first.update_id + 1) == ()
    assert fake.repeat_last() == first.update_id
    assert [update.update_id for update in updates(fake, first.update_id + 1)] == [first.update_id]
    assert updates(fake, first.update_id + 1) == ()


def test_a_long_poll_ends_with_an_update_and_a_second_one_ends_it(
    fake: FakeTelegram, matti: User
) -> None:
    async def long_poll(bot: Bot, offset: int) -> asyncio.Task[tuple[Update, ...]]:
        before = len(fake.called("getUpdates"))
        task = asyncio.create_task(bot.get_updates(offset, timeout=20))
        while len(fake.called("getUpdates")) == before:
            await asyncio.sleep(0.01)
        return task

    async def work(bot: Bot) -> None:
        [start] = await bot.get_updates()
        waiting = await long_poll(bot, start.update_id + 1)
        assert not waiting.done()
        fake.write(matti, "hei")
        [update] = await waiting
        async with bot_of(fake) as other:
            offset = update.update_id + 1
            waiting = await long_poll(bot, offset)
            assert await other.get_updates(offset) == ()
            with pytest.raises(Conflict, match="terminated by other getUpdates request"):
                await waiting
            waiting = await long_poll(bot, offset)
            await other.set_webhook("https://bot.example.com/hook")
            with pytest.raises(Conflict, match="terminated by setWebhook"):
                await waiting
            with pytest.raises(Conflict, match="while webhook is active"):
                await bot.get_updates(offset)

    run(fake, work)


def test_the_filter_of_updates_sticks_and_leaves_members_out_at_first(
    fake: FakeTelegram, matti: User
) -> None:
    staff = fake.group(GROUP, "Tietosuoja", bot="administrator")

    def kinds(**more: Any) -> list[str]:
        fake.set_status(staff, matti, "left")
        fake.set_status(staff, matti, "member")
        fake.press_data(matti, matti, 1, "x")
        came = updates(fake, **more)
        found = [next(name for name in update.to_dict() if name != "update_id") for update in came]
        updates(fake, came[-1].update_id + 1)
        return found

    # A filter holds for what comes after it.
    assert "chat_member" not in kinds(allowed_updates=["chat_member", "callback_query"])
    assert kinds() == ["chat_member", "chat_member", "callback_query"]
    assert kinds(allowed_updates=[]) == ["chat_member", "chat_member", "callback_query"]
    assert kinds() == ["message", "message", "callback_query"]


@pytest.mark.parametrize(
    ("html", "text", "entities"),
    [
        ("<b>a <i>b</i></b>", "a b", [("bold", 0, 3), ("italic", 2, 1)]),
        ("👍<u>ä</u> &lt;&#8364;&#x20ac;&quot;", '👍ä <€€"', [("underline", 2, 1)]),
        ("<blockquote expandable>q</blockquote>\n", "q", [("expandable_blockquote", 0, 1)]),
        ('<pre><code class="language-py">x</code></pre>', "x", [("pre", 0, 1)]),
        ("<span class='tg-spoiler'>s</span>-", "s-", [("spoiler", 0, 1)]),
        ('<a href="https://example.com/?a&amp;b">x</a>', "x", [("text_link", 0, 1)]),
        ("/apu @joku_muu", "/apu @joku_muu", [("bot_command", 0, 4), ("mention", 5, 9)]),
        ("\n <code>/apu</code>\tb  ", "/apu b", [("code", 0, 4)]),
    ],
)
def test_html_becomes_text_with_entities(
    fake: FakeTelegram, matti: User, html: str, text: str, entities: list[tuple[str, int, int]]
) -> None:
    sent = send(fake, matti, html, parse_mode=ParseMode.HTML)
    assert sent.text == text == fake.messages(matti)[0].text
    assert [(each.type, each.offset, each.length) for each in sent.entities] == entities


@pytest.mark.parametrize(
    ("html", "refusal"),
    [
        ("ä<p>x</p>", 'Unsupported start tag "p" at byte offset 2'),
        ("a<br/>b", 'Unsupported start tag "br/"'),
        ("<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<b><i>x</b></i>", 'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"'),
        ("x</b>", "Unexpected end tag"),
        ("1 < 2", "Unclosed start tag"),
        ("a &nbsp; b", "Unescaped ampersand"),
        ("R&D", "Unescaped ampersand"),
        ('<span class="x">y</span>', 'Tag "span" must have class "tg-spoiler"'),
    ],
)
def test_what_is_no_html_of_telegram_is_refused(
    fake: FakeTelegram, matti: User, html: str, refusal: str
) -> None:
    with refused(f"Can't parse entities: {refusal}"):
        send(fake, matti, html, parse_mode=ParseMode.HTML)
    assert fake.messages(matti) == []


def test_a_text_is_counted_in_utf_16_after_parsing(fake: FakeTelegram, matti: User) -> None:
    async def work(bot: Bot) -> None:
        await bot.send_message(matti.id, "<b>" + "👍" * 2048 + "</b>", "HTML")
        for text, refusal in (
            ("👍" * 2048 + "a", "message is too long"),
            ("<b></b> \n", "message text is empty"),
            ("<b>a</b> " * 101, "ENTITIES_TOO_LONG"),
        ):
            with refused(refusal):
                await bot.send_message(matti.id, text, "HTML")

    run(fake, work)


def test_keyboards_that_telegram_refuses_are_refused(fake: FakeTelegram, matti: User) -> None:
    def one(label: str, **more: Any) -> InlineKeyboardMarkup:
        return InlineKeyboardMarkup([[InlineKeyboardButton(label, **more)]])

    staff = fake.group(GROUP, "Tietosuoja")
    contact = ReplyKeyboardMarkup([[KeyboardButton("Numero", request_contact=True)]])
    refusals: list[tuple[int, Any, str]] = [
        (matti.id, one("Ä", callback_data="ä" * 33), "BUTTON_DATA_INVALID"),
        (matti.id, one("Ä"), "Text buttons are unallowed"),
        (matti.id, one(" ", callback_data="x"), "text must be non-empty"),
        (matti.id, one("Ä", url="http://localhost/x"), "Wrong HTTP URL"),
        (matti.id, buttons("1 2 3 4 5 6 7 8 9"), "reply markup is too long"),
        (matti.id, buttons(*["1 2"] * 51), "reply markup is too long"),
        (staff.id, contact, "private chats only"),
    ]

    async def work(bot: Bot) -> None:
        for chat_id, markup, refusal in refusals:
            with refused(refusal):
                await bot.send_message(chat_id, "x", reply_markup=markup)
        await bot.send_message(matti.id, "x", reply_markup=one("Ä", callback_data="ä" * 32))
        await bot.send_message(matti.id, "x", reply_markup=one("Ä", url="https://example.com"))
        await bot.send_message(matti.id, "x", reply_markup=buttons(*["1 2 3 4 5"] * 20))

    run(fake, work)


def test_an_inline_button_is_pressed_and_answered_once(fake: FakeTelegram, matti: User) -> None:
    async def work(bot: Bot) -> None:
        old = await bot.send_message(matti.id, "?", reply_markup=buttons("Kyllä Ei", "Myöhemmin"))
        await bot.send_message(matti.id, "??", reply_markup=buttons("Kyllä"))
        *_, asked = fake.messages(matti)
        query = fake.press(matti, "Kyllä")
        assert query.message_id == asked.message_id
        *_, update = await bot.get_updates()
        assert update.callback_query is not None
        assert update.callback_query.data == "Kyllä"
        assert isinstance(update.callback_query.message, Message)
        assert fake.answers(query) is None
        with refused("MESSAGE_TOO_LONG"):
            await update.callback_query.answer("x" * 201)
        await update.callback_query.answer("Hyvä", show_alert=True)
        assert fake.answers(query) == Said("Hyvä", alert=True)
        for late in (update.callback_query.id, "123"):
            with refused("Query is too old and response timeout expired"):
                await bot.answer_callback_query(late)
        fake.query_lifetime = 0
        with refused("Query is too old"):
            await bot.answer_callback_query(fake.press(matti, "Ei").id)
        await old.delete()
        with pytest.raises(AssertionError, match=r"no button 'Ei' in Matti, only \['Kyllä'\]"):
            fake.press(matti, "Ei")
        fake.press_data(matti, matti, old.message_id, "Ei")
        *_, update = await bot.get_updates()
        assert update.callback_query is not None
        assert update.callback_query.message is not None
        assert not update.callback_query.message.is_accessible

    run(fake, work)


def test_a_reply_keyboard_writes_shares_the_contact_and_goes(
    fake: FakeTelegram, matti: User
) -> None:
    keys = ReplyKeyboardMarkup([[KeyboardButton("Jaa numero", request_contact=True), "En jaa"]])
    asked = send(fake, matti, "Numerosi?", reply_markup=keys)
    fake.press(matti, "En jaa")
    fake.press(matti, "Jaa numero")
    fake.share_contact(matti, "+358501", user_id=102, forwarded=True)
    *_, declined, shared, foreign = (update.message for update in updates(fake))
    assert declined is not None
    assert declined.text == "En jaa"
    assert shared is not None
    assert shared.contact is not None
    assert (shared.contact.user_id, shared.contact.phone_number) == (101, "358400000101")
    assert shared.reply_to_message is not None
    assert shared.reply_to_message.message_id == asked.message_id
    assert foreign is not None
    assert foreign.contact is not None
    assert foreign.contact.user_id == 102
    assert foreign.forward_origin is not None
    with refused("Message can't be edited"):
        run(fake, lambda bot: bot.edit_message_text("x", matti.id, asked.message_id))
    send(fake, matti, "Kiitos", reply_markup=ReplyKeyboardRemove())
    send(fake, matti, "Kirjoita", reply_markup=ForceReply())
    assert [message.kind for message in fake.messages(matti)] == [
        "keyboard",
        "remove_keyboard",
        "force_reply",
    ]
    with pytest.raises(AssertionError, match=r"only \[\]"):
        fake.press(matti, "En jaa")


def test_edits_and_deletions_keep_what_was(fake: FakeTelegram, matti: User) -> None:
    async def work(bot: Bot) -> None:
        sent = await bot.send_message(matti.id, "vanha", reply_markup=buttons("Ohi"))
        for edit in (
            sent.edit_text("vanha", reply_markup=buttons("Ohi")),
            sent.edit_reply_markup(buttons("Ohi")),
        ):
            with refused("Message is not modified: specified new message"):
                await edit
        await sent.edit_text("<i>uusi</i>", "HTML", reply_markup=buttons("Ohi"))
        assert fake.messages(matti)[0].labels == ["Ohi"]
        await sent.edit_text("uusin")
        assert fake.messages(matti)[0].labels == []
        with refused("inline keyboard expected"):
            await bot.edit_message_reply_markup(
                matti.id,
                sent.message_id,
                reply_markup=ReplyKeyboardRemove(),  # type: ignore[arg-type]
            )
        for message_id, refusal in ((1, "can't be edited"), (99, "to edit not found")):
            with refused(refusal):
                await bot.edit_message_text("x", matti.id, message_id)
        await sent.delete()
        with refused("message to delete not found"):
            await sent.delete()

    run(fake, work)
    assert fake.messages(matti) == []
    *_, gone = fake.seen(matti)
    assert (gone.edits, gone.text, gone.deleted) == (["vanha", "uusi"], "uusin", True)


def test_a_reply_needs_its_message(fake: FakeTelegram, matti: User) -> None:
    async def work(bot: Bot) -> None:
        sent = await bot.send_message(matti.id, "x", reply_parameters=ReplyParameters(1))
        assert sent.reply_to_message is not None
        assert sent.reply_to_message.text == "/start"
        with refused("message to be replied not found"):
            await bot.send_message(matti.id, "x", reply_parameters=ReplyParameters(9))
        alone = ReplyParameters(9, allow_sending_without_reply=True)
        assert (
            await bot.send_message(matti.id, "x", reply_parameters=alone)
        ).reply_to_message is None

    run(fake, work)
    assert [message.reply_to for message in fake.messages(matti)] == [1, None]


def test_who_may_not_be_written_to(fake: FakeTelegram, matti: User) -> None:
    liisa = fake.user(102, "Liisa")
    fake.group(GROUP, "Tietosuoja", [(liisa, "creator")], bot="left")
    old = fake.group(-4321, "Pieni", [(liisa, "creator")])

    async def refused(bot: Bot, chat_id: int) -> TelegramError:
        with pytest.raises(TelegramError) as error:
            await bot.send_message(chat_id, "x")
        return error.value

    async def work(bot: Bot) -> None:
        error = await refused(bot, liisa.id)
        assert isinstance(error, Forbidden)
        assert "bot can't initiate conversation with a user" in str(error)
        assert str(await refused(bot, 12345)) == "Chat not found"
        assert "bot is not a member of the supergroup chat" in str(await refused(bot, GROUP))
        fake.block(matti)
        error = await refused(bot, matti.id)
        assert isinstance(error, Forbidden)
        assert "bot was blocked by the user" in str(error)
        fake.unblock(matti)
        await bot.send_message(matti.id, "taas")
        changes = [update.my_chat_member for update in await bot.get_updates()]
        statuses = [change.new_chat_member.status for change in changes if change is not None]
        assert statuses == ["kicked", "member"]
        new = fake.upgrade(old)
        error = await refused(bot, old.id)
        assert isinstance(error, ChatMigrated)
        assert error.new_chat_id == new.id
        await bot.send_message(new.id, "muutettu")
        fake.remove_bot(new)
        assert "bot was kicked from the supergroup chat" in str(await refused(bot, new.id))

    run(fake, work)
    with pytest.raises(AssertionError, match="Liisa has not pressed Start"):
        fake.write(liisa, "hei")


def test_privacy_hides_the_talk_of_a_group(fake: FakeTelegram) -> None:
    aino = fake.user(201, "Aino")
    staff = fake.group(GROUP, "Tietosuoja", [(aino, "creator")])
    run(fake, lambda bot: bot.send_message(GROUP, "Uusi pyyntö", reply_markup=buttons("Vahvista")))
    [card] = fake.messages(staff)
    for text in ("moikka", "/list", "/list@seloste_test_bot", "/list@otherbot", "no /list"):
        fake.write(aino, text, staff)
    mention = fake.write(aino, "kuule @Seloste_Test_Bot", staff)
    fake.edit(aino, mention, "kuule @seloste_test_bot!")
    fake.write(aino, "vastaan", staff, reply_to=card)
    fake.write(aino, "/anonyymi", staff, via_anonymous_admin=True)
    fake.press(aino, "Vahvista", staff)
    came = updates(fake)
    messages = [update.message for update in came if update.message is not None]
    assert [message.text for message in messages] == [
        "/list",
        "/list@seloste_test_bot",
        "kuule @Seloste_Test_Bot",
        "vastaan",
        "/anonyymi",
    ]
    assert messages[-1].from_user is not None
    assert messages[-1].from_user.id == 1087968824
    assert messages[-1].sender_chat is not None
    assert [update.edited_message is not None for update in came].count(True) == 1
    assert came[-1].callback_query is not None
    fake.privacy = False
    fake.write(aino, "nyt kuuluu", staff)
    assert updates(fake)[-1].effective_message is not None


def test_members_and_administrators_can_be_asked_for(fake: FakeTelegram, matti: User) -> None:
    aino = fake.user(201, "Aino")
    fake.group(GROUP, "Tietosuoja", [(aino, "administrator")])

    async def work(bot: Bot) -> None:
        for user, status in ((aino, "administrator"), (matti, "left")):
            assert (await bot.get_chat_member(GROUP, user.id)).status == status
        with refused("PARTICIPANT_ID_INVALID"):
            await bot.get_chat_member(GROUP, 999)
        [head] = await bot.get_chat_administrators(GROUP)
        assert head.user.first_name == "Aino"
        assert (await bot.get_chat(GROUP)).title == "Tietosuoja"
        assert (await bot.get_chat(matti.id)).type == "private"
        await bot.send_chat_action(matti.id, "typing")
        await bot.leave_chat(GROUP)
        with pytest.raises(Forbidden):
            await bot.get_chat_administrators(GROUP)

    run(fake, work)


def test_commands_and_descriptions_stand_by_scope_and_language(fake: FakeTelegram) -> None:
    fake.group(GROUP, "Tietosuoja")

    async def work(bot: Bot) -> None:
        scope = BotCommandScopeChat(GROUP)
        await bot.set_my_commands([BotCommand("apu", "Ohjeet")], language_code="fi")
        await bot.set_my_commands([("jono", "Avoimet pyynnöt")], scope)
        assert [each.command for each in await bot.get_my_commands(scope)] == ["jono"]
        assert await bot.get_my_commands() == ()
        await bot.delete_my_commands(scope)
        assert await bot.get_my_commands(scope) == ()
        for command in (("Apu", "x"), ("apu", "")):
            with refused("BOT_COMMAND"):
                await bot.set_my_commands([command])
        await bot.set_my_description("Automaattinen")
        await bot.set_my_description("En automatisk", "sv")
        await bot.set_my_short_description("Lyhyt")
        await bot.set_my_name("Seloste 2", "en")
        assert (await bot.get_my_description("sv")).description == "En automatisk"
        assert (await bot.get_my_description("en")).description == "Automaattinen"
        assert (await bot.get_my_short_description()).short_description == "Lyhyt"
        assert [(await bot.get_my_name(code)).name for code in ("en", "fi")] == [
            "Seloste 2",
            "Seloste",
        ]
        with refused("invalid language code"):
            await bot.set_my_name("x", "english")

    run(fake, work)
    assert fake.commands["default", "fi"] == [{"command": "apu", "description": "Ohjeet"}]


def test_what_is_unknown_is_refused(fake: FakeTelegram, matti: User) -> None:
    async def work(bot: Bot) -> None:
        with refused("no parameter message_effect_id of sendMessage"):
            await bot.send_message(matti.id, "x", message_effect_id="3")
        with refused("message thread not found"):
            await bot.send_message(matti.id, "x", message_thread_id=3)
        button = InlineKeyboardButton("x", api_kwargs={"copy_text": {"text": "y"}})
        with refused("no field copy_text of inline keyboard button"):
            await bot.send_message(matti.id, "x", reply_markup=InlineKeyboardMarkup([[button]]))
        with pytest.raises(TelegramError, match="Not Found"):
            await bot.send_dice(matti.id)

    run(fake, work)
    url = f"{fake.base_url}{fake.token}/sendMessage"
    form = {"chat_id": str(matti.id), "text": "x"}
    with httpx.Client(verify=False) as client:
        assert client.get(url, params=form).json()["ok"]
        parts = {name: (None, value) for name, value in form.items()}
        assert client.post(url, files=parts).json()["ok"]
        missing = client.post(f"{fake.base_url}{fake.token}/sendMassage").json()
        assert missing == {"ok": False, "error_code": 404, "description": "Not Found"}
    with pytest.raises(InvalidToken):
        run(fake, lambda bot: bot.get_me(), token="1:wrong")


def test_a_webhook_gets_updates_in_order_until_it_takes_them(
    fake: FakeTelegram, matti: User
) -> None:
    fake.set_retries(0.02, 0.05)
    with Receiver(codes=[500, 503]) as receiver:

        async def work(bot: Bot) -> None:
            for url in ("http://bot.example.com/x", "https://bot.example.com:9000/", "x"):
                with refused("webhook"):
                    await bot.set_webhook(url)
            with refused("unallowed characters"):
                await bot.set_webhook(receiver.url, secret_token="ä")
            await bot.set_webhook(receiver.url, secret_token="s-1", max_connections=1)
            fake.write(matti, "yksi")
            fake.write(matti, "kaksi")
            fake.wait(lambda: fake.delivered == 3)
            fake.repeat_last()
            fake.wait(lambda: fake.delivered == 4)
            info = await bot.get_webhook_info()
            assert (info.url, info.pending_update_count) == (receiver.url, 0)
            assert (
                info.last_error_message
                == "Wrong response from the webhook: 503 Service Unavailable"
            )
            assert info.last_error_date is not None
            await bot.delete_webhook()
            fake.write(matti, "kolme")
            assert len(await bot.get_updates()) == 1

        run(fake, work)
    assert [update["message"]["text"] for update in receiver.taken] == [
        "/start",
        "yksi",
        "kaksi",
        "kaksi",
    ]
    ids = [update["update_id"] for update in receiver.taken]
    assert ids[2] == ids[3]
    assert set(receiver.secrets) == {"s-1"}


def test_faults_meet_the_calls_that_they_are_meant_for(fake: FakeTelegram, matti: User) -> None:
    liisa = fake.user(102, "Liisa")
    fake.start(liisa)
    faults = [
        Fault("getUpdates", code=502),
        Fault("sendMessage", code=429, retry_after=7),
        Fault("sendMessage", code=500, effect=True),
        Fault(drop=True, chat=liisa, lasting=True),
        Fault(wait=0.3, effect=True),
        Fault(wait=0.05, code=200),
        Fault(code=403, description="Forbidden: user is deactivated"),
    ]

    async def work(bot: Bot) -> None:
        fake.faults += faults
        with pytest.raises(NetworkError, match="Bad Gateway"):
            await bot.get_updates()
        with pytest.raises(RetryAfter) as late:
            await bot.send_message(matti.id, "yksi")
        assert getattr(late.value.retry_after, "seconds", None) == 7
        with pytest.raises(NetworkError, match="Internal Server Error"):
            await bot.send_message(matti.id, "kaksi")
        for _ in range(2):
            with pytest.raises(NetworkError, match="disconnected"):
                await bot.send_message(liisa.id, "ei perille")
        with pytest.raises(TimedOut):
            await bot.send_message(matti.id, "kolme", read_timeout=0.1)
        await bot.send_message(matti.id, "4")
        with pytest.raises(Forbidden, match="deactivated"):
            await bot.send_message(matti.id, "viisi")

    run(fake, work)
    assert [message.text for message in fake.messages(matti)] == ["kaksi", "kolme", "4"]
    assert fake.messages(liisa) == []
    calls = [(call.params["text"], call.code) for call in fake.called("sendMessage")]
    assert calls[0] == ("yksi", 429)
    assert calls[-2:] == [("4", 200), ("viisi", 403)]
    assert "Internal Server Error" in fake.transcript()


def test_a_strict_pace_allows_a_burst_and_then_names_the_wait(
    fake: FakeTelegram, matti: User
) -> None:
    fake.strict_pace = True
    fake.group(GROUP, "Tietosuoja")

    async def work(bot: Bot) -> None:
        for chat_id, burst, least in ((matti.id, 3, 1), (GROUP, 20, 50)):
            for number in range(burst):
                await bot.send_message(chat_id, str(number))
            with pytest.raises(RetryAfter) as late:
                await bot.send_message(chat_id, "liikaa")
            assert getattr(late.value.retry_after, "seconds", 0) >= least

    run(fake, work)
    assert len(fake.messages(matti)) == 3


def test_flags_of_a_message_are_kept(fake: FakeTelegram, matti: User) -> None:
    send(
        fake,
        matti,
        "Koodi",
        protect_content=True,
        disable_notification=True,
        link_preview_options=LinkPreviewOptions(is_disabled=True),
    )
    [message] = fake.messages(matti)
    assert (message.protected, message.silent, message.preview) == (True, True, False)


def test_plain_text_has_quotations_in_marks(fake: FakeTelegram, matti: User) -> None:
    quote = "<blockquote>Voit <i>kieltää</i> ne.</blockquote>"
    html = f"👍 Seloste sanoo:\n\n<b>Evästeet</b>\n{quote}\n\nOk"
    send(fake, matti, html, parse_mode=ParseMode.HTML)
    [message] = fake.messages(matti)
    assert plain(message) == "👍 Seloste sanoo:\n\nEvästeet\n”Voit kieltää ne.”\n\nOk"


def test_waiting_ends_with_the_change_or_tells_what_happened(
    fake: FakeTelegram, matti: User
) -> None:
    timer = threading.Timer(0.05, fake.write, (matti, "myöhässä"))
    timer.start()
    begun = time.monotonic()
    fake.wait(lambda: fake.seen(matti)[-1].text == "myöhässä")
    assert time.monotonic() - begun < 2
    timer.join()
    with pytest.raises(AssertionError, match=r"waited in vain(.|\n)*myöhässä"):
        fake.wait(lambda: fake.messages(matti), seconds=0.05)

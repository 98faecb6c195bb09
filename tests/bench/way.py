"""Counts what one message costs inside a replica: `python -m tests.bench.way`.

`seloste run` runs in this process and polls the loopback Telegram server. Measured are one message
of a customer, one refusal by a member of staff (from the button on the card to the customer being
told), and ten idle seconds. "Beyond idle" leaves out the functions that an idle replica calls too,
and the transactions that issue the same statements as one of an idle replica's.
"""

from __future__ import annotations

import json
import os
import runpy
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, chdir, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.table import Table

from tests.bench.recording import Recorder, Span
from tests.fakes.postgres import Postgres
from tests.fakes.telegram import FakeTelegram, Message, User

_STAFF = [{"name": "Mika", "roles": ["approver"], "telegram": 12}]
_GROUP = -1001234567890
_REFUSE, _SEND = "Refuse", "Send"
_WORDS = "The law obliges us to keep your invoices."
_IDLE = 10.0
_QUIET = 4.0  # seconds; messages to a group are sent three seconds apart
_PATIENCE = 60.0

# The adapter: only this function knows how a replica is configured and started.


def run_replica(folder: Path, url: str, fake: FakeTelegram) -> None:
    """Run `seloste run` in the main thread until SIGTERM."""
    os.environ |= {
        "SELOSTE_SERVICE__DATA_DIR": str(folder / "data"),
        "SELOSTE_DESK__LANGUAGE": "en",
        "SELOSTE_DATABASE__URL": url,
        "SELOSTE_WEB__LISTEN": "127.0.0.1:0",
        "SELOSTE_STAFF": json.dumps(_STAFF),
        "SELOSTE_ALLOW_ROOT": "1",
        "SELOSTE_MAIL__TO_FILES": "true",
        "SELOSTE_TELEGRAM__TOKEN": fake.token,
        "SELOSTE_TELEGRAM__API_URL": fake.base_url.removesuffix("/bot"),
        "SELOSTE_TELEGRAM__STAFF_CHAT_ID": str(_GROUP),
    }
    sys.argv = ["seloste", "run"]
    with chdir(folder):
        runpy.run_module("bot", run_name="__main__")


# What people do


class Scene:
    """What customers and staff do on Telegram: they only press, write and read."""

    def __init__(self, fake: FakeTelegram) -> None:
        self._fake = fake
        self._mika = fake.user(12, "Mika", "en")
        self._group = fake.group(_GROUP, "Privacy", [(self._mika, "member")])

    def customer(self, number: int) -> User:
        user = self._fake.user(number, f"Customer{number}", "en")
        self._fake.started.add(user.id)
        return user

    def says(self, user: User, text: str) -> None:
        self._until_answered(user, lambda: self._fake.write(user, text))

    def opens_request(self, user: User) -> Message:
        """Make a request in a conversation; return its card in the staff group."""
        before = {card.message_id for card in self._cards()}
        for text in ("Please delete all the data you hold about me", "yes", "Ann Smith"):
            self.says(user, text)
        self.says(user, f"ann{user.id}@example.org")
        self._until_answered(user, lambda: self._fake.press(user, "Skip"))
        self.says(user, "yes")
        self._fake.wait(lambda: len(self._cards()) > len(before), _PATIENCE)
        return next(card for card in self._cards() if card.message_id not in before)

    def refuses(self, card: Message, customer: User) -> None:
        """Refuse a request; wait until the customer is told and the card is updated."""
        self._presses(card, _REFUSE)
        self._fake.wait(lambda: self._newest().kind == "force_reply", _PATIENCE)
        self._fake.write(self._mika, _WORDS, self._group, reply_to=self._newest())
        self._fake.wait(lambda: self._newest().button(_SEND), _PATIENCE)
        self._until_answered(customer, lambda: self._presses(self._newest(), _SEND))
        assert _WORDS in self._fake.messages(customer)[-1].text
        self._fake.wait(lambda: not self._stands(card).button(_REFUSE), _PATIENCE)

    def until_polled(self) -> None:
        self._fake.wait(lambda: self._fake.called("getUpdates"), _PATIENCE)

    def _until_answered(self, user: User, act: Callable[[], object]) -> None:
        before = len(self._fake.messages(user))
        act()
        self._fake.wait(lambda: len(self._fake.messages(user)) > before, _PATIENCE)

    def _presses(self, message: Message, label: str) -> None:
        button = message.button(label)
        assert button is not None, f"no button {label!r}, only {message.labels}"
        self._fake.press_data(self._mika, self._group, message.message_id, button.data)

    def _newest(self) -> Message:
        return self._fake.messages(self._group)[-1]

    def _cards(self) -> list[Message]:
        return [message for message in self._fake.messages(self._group) if message.button(_REFUSE)]

    def _stands(self, message: Message) -> Message:
        found = self._fake.find(message.chat_id, message.message_id)
        assert found is not None
        return found


def play(scene: Scene, recorder: Recorder) -> dict[str, Span]:
    """Return what each part recorded; one request before them warms everything up."""
    scene.until_polled()
    ann, ben = scene.customer(1001), scene.customer(1002)
    scene.refuses(scene.opens_request(ann), ann)
    card = scene.opens_request(ben)
    time.sleep(_QUIET)
    idle = _recorded(recorder, lambda: time.sleep(_IDLE))
    message = _recorded(recorder, lambda: scene.says(ann, "hello"), idle)
    refusal = _recorded(recorder, lambda: scene.refuses(card, ben), idle)
    return {"message": message, "refusal": refusal, "idle": idle}


def _recorded(recorder: Recorder, act: Callable[[], object], idle: Span | None = None) -> Span:
    """Record an act, and what follows from it: up to the last transaction beyond idle."""
    recorder.calls, recorder.transactions, recorder.on = [], [], True
    begun = time.monotonic()
    act()
    end = time.monotonic()
    while idle:
        own = Span(0, [], list(recorder.transactions)).beyond(idle).transactions
        end = max([end, *(done.at for done in own)])
        if time.monotonic() > end + _QUIET:
            break
        time.sleep(0.1)
    recorder.on = False
    calls = [call for call in recorder.calls if call.at <= end]
    done = [done for done in recorder.transactions if done.at <= end]
    return Span(end - begun, calls, done)


# The command


def main(
    database: Annotated[
        Literal["sqlite", "postgresql"], typer.Option(help="The database of the replica.")
    ] = "sqlite",
    as_json: Annotated[
        Path | None, typer.Option("--json", help="Write figures, functions and statements here.")
    ] = None,
) -> None:
    """Count what one message, one refusal and ten idle seconds cost inside a replica."""
    target = as_json.resolve() if as_json else None
    spans = _counted(database)
    idle = spans["idle"]
    parts = {"message": spans["message"], "message, beyond idle": spans["message"].beyond(idle)}
    parts |= {"refusal": spans["refusal"], "refusal, beyond idle": spans["refusal"].beyond(idle)}
    parts |= {"ten idle seconds": idle}
    if target:
        details = {name: span.details() for name, span in parts.items()}
        target.write_text(json.dumps(details, indent=2), encoding="utf-8")
    Console().print(_table(database, {name: span.figures() for name, span in parts.items()}))


def _counted(database: str) -> dict[str, Span]:
    recorder = Recorder()
    with (
        TemporaryDirectory(prefix="seloste-way-") as folder,
        _url(database) as url,
        FakeTelegram() as fake,
        ThreadPoolExecutor(1) as others,
    ):
        # Started before the recorder, so that what people do is not recorded.
        played = others.submit(_play_and_stop, Scene(fake), recorder)
        recorder.start()
        try:
            run_replica(Path(folder), url, fake)
        except SystemExit as ended:
            if ended.code:
                raise
        finally:
            sys.setprofile(None)
        return played.result()


def _play_and_stop(scene: Scene, recorder: Recorder) -> dict[str, Span]:
    try:
        return play(scene, recorder)
    finally:
        # Sent to the main thread: a signal to another one would not end its wait for a lock.
        signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGTERM)


@contextmanager
def _url(database: str) -> Iterator[str]:
    with ExitStack() as stack:
        if database == "postgresql":
            yield stack.enter_context(stack.enter_context(Postgres()).database())
        else:
            yield ""


def _table(database: str, columns: Mapping[str, Mapping[str, float]]) -> Table:
    table = Table(title=f"{database}: the cost of one message and one refusal")
    table.add_column("")
    for name in columns:
        table.add_column(name, justify="right")
    for row in next(iter(columns.values())):
        table.add_row(row, *(f"{figures[row]:g}" for figures in columns.values()))
    return table


if __name__ == "__main__":
    typer.run(main)

"""A desk in a terminal, in the verbs of the desk contract."""

from __future__ import annotations

import re
import threading
from functools import partial
from io import StringIO
from pathlib import Path
from queue import Queue
from typing import Self

from rich.console import Console

from bot.bootstrap import assistant, store_of, utc_now
from bot.bootstrap.foreground import deliver, take
from bot.channels.terminal import CHANNEL, Hands, Terminal
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.core.catalog import Language, Right
from bot.core.events import FromCustomer, Requested
from bot.core.tickets.ticket import Person
from tests.channels.desk_contract import Outcome
from tests.fakes.desks.on_record import QUESTION, STAFF, OnRecord
from tests.fakes.tables import put_tables


class TerminalDesk(OnRecord):
    """A terminal in a thread of its own, which is typed to line by line."""

    def __init__(self, folder: Path, known: Understanding, **sections: object) -> None:
        self._folder = folder
        settings = Settings.model_validate(
            {"service": {"data_dir": folder / "data"}, "staff": STAFF, **sections}
        )
        put_tables(settings.service.data_dir)
        self._app = assistant(settings, known, store_of(settings), utc_now)
        self._screen = StringIO()
        self._lines: Queue[str | None] = Queue()
        self._asked: Queue[str] = Queue()
        self._heard: list[str] = []
        self._numbers: dict[str, int] = {}
        self._event = 0
        hands = Hands(
            take=partial(take, self._app),
            deliver=partial(deliver, self._app, CHANNEL),
            letters=list,
        )
        console = Console(file=self._screen, width=400)
        self._terminal = Terminal(self._queries, hands, console, self._read)
        self._thread = threading.Thread(target=self._terminal.run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._shown()
        return self

    def __exit__(self, *_: object) -> None:
        self._lines.put(None)
        self._thread.join(10)
        self._app.store.close()

    def _read(self, _prompt: str) -> str | None:
        """Give the terminal its next line; all that it has shown by then is an answer."""
        self._asked.put(self._screen.getvalue())
        self._screen.seek(0)
        self._screen.truncate()
        return self._lines.get()

    def _shown(self) -> str:
        shown = self._asked.get(timeout=30)
        self._heard.append(shown)
        return shown

    def _type(self, line: str) -> str:
        self._lines.put(line)
        return self._shown()

    def open_ticket(self, right: Right = Right.ERASURE) -> str:
        form = Requested(
            right=right, name="Matti", email="m@example.com", details="", language=Language.FI
        )
        self._event += 1
        # The terminal's own customer has one ticket of a right; each of these is another's.
        person = Person(channel=CHANNEL, account=f"someone-{self._event}")
        came = FromCustomer(person=person, event=form)
        take(self._app, self._queries.inbound(f"opened {self._event}", came))
        deliver(self._app, CHANNEL, lambda *_: None, lambda _: None)
        self._terminal._person = person  # what they are told is shown here
        self._type("/customer")
        [ticket] = self._queries.tickets_of(person)
        self._numbers[ticket.number] = len(self._heard)
        return ticket.number

    def pass_question(self) -> str:
        self._event += 1
        self._terminal._person = Person(channel=CHANNEL, account=f"someone-{self._event}")
        self._type("/customer")
        self._type(QUESTION)
        labels = [button.label for button in self._terminal._buttons]
        told = self._type(str(labels.index(self.text("choice.pass")) + 1))
        number = str(re.findall(r"Q-\d{4}-\d{4}", told)[0])
        self._numbers[number] = len(self._heard)
        return number

    def begin(self, who: str, number: str, action: str, **fields: str) -> Outcome:
        seen = self._type(f"/staff {who}")
        if self.text("desk.card.you_are", name=who) not in seen:
            return Outcome(refusal=seen)
        if action in ("add_task", "correct_contacts"):
            return self._line_by_line(number, action, *fields.values())
        verb = "attest" if action == "verify" else action
        chosen = " ".join(value for name, value in fields.items() if name != "text")
        self._pending = f"{verb} {number} {chosen}"
        worded = {"text", "template"} & set(fields)
        if not worded and action != "fulfil":  # what takes no words is sent at once
            return Outcome(preview="")
        self._pending = ""
        seen = self._type(f"{verb} {number} {chosen}")
        if seen.strip():
            return Outcome(refusal=seen)
        preview = self._type(fields.get("text", ""))
        button = self.text(f"desk.button.{action}")
        silent = self.text("desk.form.silent", number=number, name=button)
        if silent in preview:
            return Outcome(preview="")
        shows = self.text("desk.card.preview") in preview
        return Outcome(preview=_in_panel(preview)) if shows else Outcome(refusal=preview)

    def _line_by_line(self, number: str, action: str, *said: str) -> Outcome:
        self._pending = ""
        for line in (f"{action} {number}", *said[:-1]):
            if told := self._type(line).strip():
                self._type("")  # given up
                return Outcome(refusal=told)
        told = self._type(said[-1])
        if self.text("desk.card.preview") in told:
            return Outcome(preview=_in_panel(told))
        button = self.text(f"desk.button.{action}")
        silent = self.text("desk.form.silent", number=number, name=button) in told
        return Outcome() if silent else Outcome(refusal=told)

    def open_for(self, who: str, **fields: str) -> str:
        self._type(f"/staff {who}")
        for line in ("open", *fields.values()):
            shown = self._type(line)
        assert self.text("desk.card.preview") in shown, shown
        return self.opened_by(lambda: self._type("k"))

    def attach(self, who: str, number: str, name: str, content: bytes) -> None:
        path = self._folder / name
        path.write_bytes(content)
        self._type(f"/staff {who}")
        assert name in self._type(f"attach {number} {path}")
        self._type("k")

    def away(self, who: str, back: str) -> str:
        self._type(f"/staff {who}")
        return self._type(f"away {back}")

    def listed(self, who: str, *filters: str) -> str:
        self._type(f"/staff {who}")
        return self._type(f"list {' '.join(filters)}")

    def find(self, who: str, words: str) -> str:
        self._type(f"/staff {who}")
        return self._type(f"find {words}")

    def send(self, who: str) -> str:  # noqa: ARG002
        return self._type(self._pending or "k")

    def cancel(self, who: str) -> None:  # noqa: ARG002
        self._type("n")

    def send_twice(self, who: str) -> None:
        self.send(who)
        self._type("k")  # nothing is open any more: no command

    def talk(self, who: str, number: str, text: str) -> None:
        self._type(f"/staff {who}")
        self._type(text)
        self._type(f"{text} {number}")

    def heard(self, number: str) -> list[str]:
        reads = self.text("desk.card.reads")
        shown = self._heard[self._numbers[number] :]
        return [_in_panel(one) for one in shown if reads in one]


def _in_panel(shown: str) -> str:
    """Return what stands within a frame on the screen."""
    return "\n".join(line.strip("│ ") for line in shown.splitlines() if line.startswith("│"))

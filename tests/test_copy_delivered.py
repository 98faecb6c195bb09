"""The copy reaches the person: attached, delivered by a page, opened with a code, destroyed.

Over HTTP and in the terminal, with the real database, the web application, and letters in a folder.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import zipfile
from collections.abc import Sequence
from datetime import timedelta
from email import message_from_bytes
from email.policy import default
from functools import partial
from pathlib import Path
from typing import Any

import anyio
import httpx
import pytest
from rich.console import Console
from sqlalchemy import func, select
from starlette.applications import Starlette

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import deliver, letters, take
from bot.channels.http.access import Access
from bot.channels.http.signature import signed
from bot.channels.terminal import CHANNEL, Hands, Terminal
from bot.config import Settings
from bot.config.files import FilesSection
from bot.config.web import WebSection
from bot.core.catalog import Language, Right
from bot.core.effects import Alarm, AlarmReason, ToStaff
from bot.core.envelopes import InboundEvent
from bot.core.events import FromCustomer, Requested, Said
from bot.core.tickets.ticket import Denial, Person, State, Ticket
from bot.replica.copy_pages import CopyPages
from bot.replica.web import WebDeps, web_app
from bot.storage import tables
from bot.storage.verify import verify
from tests.conftest import Clock

PUBLIC = "https://privacy.example.com"
ACCESS = Access(secret="s" * 32, staff_secret="t" * 32)
COPY = b'{"orders": ["2019-0001"]}' * 9000  # of several parts
LIISA = Person(channel="test", account="liisa")


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"web": WebSection(public_url=PUBLIC)})


class Web:
    """A browser without JavaScript that has no window: what it gets is the answer."""

    def __init__(self, app: Starlette) -> None:
        self.app = app

    def get(self, path: str) -> httpx.Response:
        return self._ask("GET", path)

    def post(self, path: str, **content: object) -> httpx.Response:
        return self._ask("POST", path, **content)

    def put(self, path: str, content: bytes) -> httpx.Response:
        return self._ask("PUT", path, content=content)

    def _ask(self, method: str, path: str, **content: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=PUBLIC) as client:
                return await client.request(method, path, **content)

        return anyio.run(ask)


class Walk:
    """One request for a copy, from its beginning on, with everybody who has to do with it."""

    def __init__(self, app: Assistant) -> None:
        self.app = app
        self.told: list[ToStaff] = []
        self.read: list[str] = []
        deps = WebDeps(desk=app.queries, keep=self._keep, access=ACCESS, now=app.clock)
        routes = CopyPages(app.copies, app.queries).routes
        self.web = Web(web_app(deps, routes))
        self._ids = 0

    async def _keep(self, inbound: InboundEvent) -> None:
        self.app.intake.receive([inbound])

    def post(self, **event: object) -> dict[str, object]:
        self._ids += 1
        body = json.dumps({"id": str(self._ids), **event}).encode()
        headers = signed(ACCESS.staff_secret, str(self._ids), body, self.app.clock())
        answer = self.web.post("/http/events", content=body, headers=headers)
        assert answer.status_code == 200, answer.text
        told: dict[str, object] = answer.json()
        self.work()
        return told

    def staff(self, who: str, action: str, **more: object) -> dict[str, object]:
        return self.post(staff=who, action=action, ticket=self.ticket.number, **more)

    def work(self) -> None:
        while self.app.handler.handle_next():
            pass
        hear = lambda _say, message: self.read.append(message.blocks[-1].text)  # noqa: E731
        deliver(self.app, "test", hear, self.told.append)

    @property
    def ticket(self) -> Ticket:
        return self.app.queries.tickets(ended=True)[0]

    def asks(self, right: Right = Right.ACCESS) -> Walk:
        """Ask for the right, prove the address, and be confirmed."""
        form = Requested(
            right=right,
            name="Liisa",
            email="liisa@example.com",
            details="",
            language=Language.EN,
        )
        take(self.app, self.app.intake.inbound("a", FromCustomer(person=LIISA, event=form)))
        self.work()
        code = self.code()
        said = FromCustomer(person=LIISA, event=Said(text=code))
        take(self.app, self.app.intake.inbound("b", said))
        self.staff("Sari", "verify", method="call_back")
        self.staff("Mika", "confirm")
        assert self.ticket.state is State.CONFIRMED
        return self

    def attach(self, name: str = "../my data.json", content: bytes = COPY) -> int:
        digest = hashlib.sha256(content).hexdigest()
        told = self.staff("Sari", "attach", file_name=name, size=len(content), sha256=digest)
        answer = self.web.put(str(told["upload"]), content=content)
        self.work()
        return answer.status_code

    def page(self) -> str:
        """Deliver by a page, and return the path of the link that the person got."""
        self.staff("Mika", "deliver", way="page")
        [link] = re.findall(rf"{PUBLIC}(/deliver/\S+)", "\n".join(self.read))
        return str(link)

    def code(self) -> str:
        """Return the code of the last letter."""
        self.work()
        found = re.findall(r"\b\d{8}\b", self.mailed()[-1])
        return str(found[-1])

    def mailed(self) -> Sequence[str]:
        found = [
            message_from_bytes(path.read_bytes(), policy=default) for path in letters(self.app)
        ]
        bodies = [letter.get_body(("plain",)) for letter in found]
        return [body.get_content() for body in bodies if body]

    def denials(self) -> list[Denial]:
        with self.app.store.reading() as unit:
            denied = select(tables.audit.c.facts).where(tables.audit.c.action == "denied")
            rows = unit.connection.execute(denied.order_by(tables.audit.c.seq)).scalars().all()
        return [Denial(facts["denial"]) for facts in rows if "action" in facts]

    def stored(self) -> int:
        with self.app.store.reading() as unit:
            rows = select(func.count()).select_from(tables.file_parts)
            return unit.connection.execute(rows).scalar_one()

    def is_whole(self) -> bool:
        with self.app.store.snapshot() as unit:
            found = verify(unit, self.app.store.keys, anchors=[], erased=frozenset())
        return found.faults == ()


@pytest.fixture
def walk(app: Assistant) -> Walk:
    return Walk(app)


def test_a_copy_is_opened_with_a_fresh_code_and_destroyed_after_the_third_time(walk: Walk) -> None:
    walk.asks()
    assert walk.attach() == 200
    [file] = walk.ticket.files
    assert (file.name, file.size) == ("my data.json", len(COPY))
    path = walk.page()
    walk.staff("Mika", "fulfil")
    assert walk.ticket.state is State.FULFILLED
    shown = walk.web.get(path)
    assert shown.status_code == 200
    assert "l•••@example.com" in shown.text
    assert walk.app.settings.service.contact_email in shown.text
    assert "<script" not in shown.text
    for number in (1, 2, 3):
        assert walk.web.post(f"{path}/code").status_code == 200
        got = walk.web.post(path, data={"code": walk.code()})
        assert got.content == COPY
        assert got.headers["content-disposition"].startswith('attachment; filename="my data.json"')
        assert got.headers["cache-control"] == "no-store"
        assert got.headers["referrer-policy"] == "no-referrer"
        assert walk.ticket.delivery is not None
        assert len(walk.ticket.delivery.opened) == number
    assert walk.ticket.files == ()
    assert walk.stored() == 0
    assert walk.web.get(path).status_code == 404
    assert walk.web.post(path, data={"code": "12345678"}).status_code == 404
    assert walk.is_whole()


def test_a_wrong_code_opens_nothing_and_takes_a_try(walk: Walk) -> None:
    walk.asks()
    walk.attach()
    path = walk.page()
    assert walk.web.post(path, data={"code": "12345678"}).status_code == 403
    walk.web.post(f"{path}/code")
    right = walk.code()
    for _ in range(5):
        assert walk.web.post(path, data={"code": "00000000"}).status_code == 403
    assert walk.web.post(path, data={"code": right}).status_code == 403
    assert walk.ticket.delivery is not None
    assert walk.ticket.delivery.opened == ()
    assert walk.is_whole()


def test_codes_of_a_page_are_few_in_an_hour(walk: Walk) -> None:
    walk.asks()
    walk.attach()
    path = walk.page()
    answers = [walk.web.post(f"{path}/code").status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_another_link_opens_nothing(walk: Walk) -> None:
    walk.asks()
    walk.attach()
    path = walk.page()
    for other in (path[:-1] + ("a" if path[-1] != "a" else "b"), "/deliver/x/y", path.upper()):
        assert walk.web.get(other).status_code == 404
        assert walk.web.post(f"{other}/code").status_code == 404
        assert walk.web.post(other, data={"code": "12345678"}).status_code == 404


def test_after_seven_days_it_is_destroyed_and_staff_hear_that_nobody_opened_it(
    walk: Walk, clock: Clock
) -> None:
    walk.asks()
    walk.attach()
    path = walk.page()
    walk.staff("Mika", "fulfil")
    clock.forward(timedelta(days=7, hours=1))
    assert walk.web.get(path).status_code == 404
    for _ in range(8):  # a day each, so that the clock is trusted
        walk.app.schedule.enqueue_daily_tasks()
        walk.work()
        clock.forward(timedelta(hours=20))
    assert walk.stored() == 0
    reasons = [told.trouble for told in walk.told if isinstance(told, Alarm)]
    assert AlarmReason.UNCOLLECTED in reasons
    assert walk.is_whole()


def test_several_files_come_as_one_archive(walk: Walk) -> None:
    walk.asks()
    for name in ("orders.json", "letters.pdf"):
        walk.attach(name, name.encode())
    path = walk.page()
    walk.web.post(f"{path}/code")
    got = walk.web.post(path, data={"code": walk.code()})
    with zipfile.ZipFile(io.BytesIO(got.content)) as archive:
        assert archive.namelist() == ["1-orders.json", "2-letters.pdf"]


@pytest.mark.parametrize("right", [Right.ACCESS, Right.PORTABILITY])
def test_it_is_not_carried_out_before_a_copy_was_delivered(walk: Walk, right: Right) -> None:
    walk.asks(right)
    told = walk.staff("Mika", "fulfil", preview=True)
    words = walk.app.queries.text("desk.denial.not_delivered", Language.FI)
    assert told["denied"] == words
    walk.staff("Mika", "fulfil")
    assert walk.denials() == [Denial.NOT_DELIVERED]
    walk.staff("Mika", "deliver", way="post", text="Sent today to your home address as CSV.")
    assert "Sent today" in walk.read[-1]
    walk.staff("Mika", "fulfil")
    assert walk.ticket.state is State.FULFILLED


def test_portability_is_delivered_in_a_machine_readable_format(walk: Walk) -> None:
    walk.asks(Right.PORTABILITY)
    walk.attach("data.pdf")
    walk.staff("Mika", "deliver", way="page")
    assert walk.denials() == [Denial.NOT_MACHINE_READABLE]
    walk.attach("data.csv")
    assert walk.page()


def test_a_page_needs_a_file_and_other_ways_need_words(walk: Walk) -> None:
    walk.asks()
    walk.staff("Mika", "deliver", way="page")
    walk.staff("Mika", "deliver", way="handed_over")
    assert walk.denials() == [Denial.NO_FILE, Denial.REASON_MISSING]
    assert walk.ticket.delivery is None


def test_what_was_announced_is_what_is_taken(walk: Walk) -> None:
    walk.asks()
    digest = hashlib.sha256(COPY).hexdigest()
    told = walk.staff("Sari", "attach", file_name="a.json", size=len(COPY), sha256=digest)
    path = str(told["upload"])
    assert walk.web.put(path, content=COPY + b"x").status_code == 413
    assert walk.web.put(path, content=b"x" * len(COPY)).status_code == 400
    swapped = path[:30] + path[30:32][::-1] + path[32:]
    other = swapped if swapped != path else path[:30] + path[32:]
    for elsewhere in (other, "/http/files/x", "/http/files/ä", "/http/files/" + "a" * 60):
        assert walk.web.put(elsewhere, content=COPY).status_code == 401
    for _ in range(2):  # put again, as after an answer that was lost
        assert walk.web.put(path, content=COPY).status_code == 200
    walk.work()
    assert len(walk.ticket.files) == 1


def test_an_upload_that_was_never_attached_is_destroyed(walk: Walk, clock: Clock) -> None:
    walk.asks()
    walk.app.queries.keep_file("f", walk.ticket.id, "a.json", COPY, walk.app.actors["Sari"])
    assert walk.stored() > 0
    for _ in range(4):
        clock.forward(timedelta(hours=20))
        walk.app.schedule.enqueue_daily_tasks()
        walk.work()
    assert walk.stored() == 0


def test_files_go_with_a_request_that_ends_without_them(walk: Walk) -> None:
    walk.asks()
    walk.attach()
    assert walk.stored() > 1
    walk.staff("Sari", "detach")
    assert (walk.ticket.files, walk.stored()) == ((), 0)
    walk.attach()
    walk.staff("Mika", "refuse", text="Ei onnistu.")
    assert (walk.ticket.files, walk.stored()) == ((), 0)


def test_files_are_sealed_and_destroyed_with_their_ticket(walk: Walk) -> None:
    walk.asks()
    walk.attach()
    with walk.app.store.reading() as unit:
        parts = unit.connection.execute(select(tables.file_parts.c.sealed)).scalars().all()
    assert not any(b"orders" in part for part in parts)
    with walk.app.store.transaction() as unit:
        unit.erase([walk.ticket.id], walk.app.clock())
    assert walk.stored() == 0


def test_the_audit_says_when_it_was_opened_and_nothing_of_what_was_in_it(walk: Walk) -> None:
    walk.asks()
    walk.attach()
    path = walk.page()
    walk.web.post(f"{path}/code")
    walk.web.post(path, data={"code": walk.code()})
    with walk.app.store.reading() as unit:
        rows = unit.connection.execute(select(tables.audit)).all()
    actions = [row.action for row in rows]
    assert actions[-1] == "collect"
    assert {"attach", "deliver"} < set(actions)
    assert "my data" not in repr(rows)
    assert path.rpartition("/")[2] not in repr(rows)


@pytest.mark.parametrize(
    ("command", "taken"), [(["true"], True), (["false"], False), (["/nowhere/scan"], False)]
)
def test_the_virus_scan_fails_closed(
    app: Assistant, command: list[str], taken: bool, tmp_path: Path
) -> None:
    from bot.service.uploads import Uploads
    from bot.service.virus_scan import scanner

    assert FilesSection(scan=command).scan == command
    assert tmp_path.is_dir()
    uploads = Uploads(app.store, scanner(command), app.clock)
    app.queries.keep_file = uploads.keep
    walk = Walk(app).asks()
    assert walk.attach() == (200 if taken else 400)
    assert len(walk.ticket.files) == int(taken)


def test_in_the_terminal_a_file_is_attached_and_handed_over(walk: Walk, tmp_path: Path) -> None:
    walk.asks()
    app, number = walk.app, walk.ticket.number
    (tmp_path / "copy.json").write_bytes(COPY)
    lines = iter(
        (
            "/staff Mika",
            f"attach {number} {tmp_path / 'copy.json'}",
            "k",
            f"attach {number} {tmp_path / 'missing.json'}",
            f"fulfil {number}",
            "",
            f"deliver {number} handed_over Sait jäljennöksen tänään.",
            "k",
            f"show {number}",
            f"fulfil {number}",
            "",
            "k",
            "/quit",
        )
    )
    screen = io.StringIO()
    hands = Hands(take=partial(take, app), deliver=partial(deliver, app, CHANNEL), letters=list)
    Terminal(app.queries, hands, Console(file=screen, width=200), lambda _: next(lines)).run()
    shown = screen.getvalue()
    assert "copy.json" in shown
    assert app.queries.text("desk.denial.not_delivered", Language.FI) in shown
    assert "Sait jäljennöksen tänään." in shown
    assert walk.ticket.state is State.FULFILLED
    assert walk.stored() == 0

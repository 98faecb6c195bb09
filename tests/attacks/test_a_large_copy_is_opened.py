"""Somebody opens a large copy of their data: to pack its files takes long, and nobody waits."""

from __future__ import annotations

from threading import Thread

import pytest

from bot.bootstrap import Assistant
from bot.config import Settings
from bot.config.web import WebSection
from bot.core.tickets.ticket import Ticket
from bot.service import collecting
from bot.service.collecting import Copy
from bot.storage.unit import Unit
from tests.test_copy_delivered import COPY, PUBLIC, Walk

_LONG = 10.0  # seconds for what takes a moment unless something is in the way


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"web": WebSection(public_url=PUBLIC)})


@pytest.fixture
def path(app: Assistant) -> str:
    walk = Walk(app).asks()
    walk.attach()
    return walk.page()


@pytest.fixture
def walk(app: Assistant) -> Walk:
    return Walk(app)


def test_while_its_files_are_packed_others_can_write(
    walk: Walk, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrote: list[bool] = []

    def write() -> None:
        with walk.app.store.transaction() as unit:
            unit.meta.set("somebody else", "was here")
        wrote.append(True)

    def packed(unit: Unit, ticket: Ticket) -> Copy:
        other = Thread(target=write, daemon=True)
        other.start()
        other.join(_LONG if walk.app.store.parallel else 2)
        assert wrote, "whoever writes waits until the copy is packed"
        return pack(unit, ticket)

    pack = collecting._copy
    monkeypatch.setattr(collecting, "_copy", packed)
    walk.web.post(f"{path}/code")
    assert walk.web.post(path, data={"code": walk.code()}).content == COPY


def test_opened_from_many_sides_at_once_it_is_opened_once(walk: Walk, path: str) -> None:
    walk.web.post(f"{path}/code")
    code = walk.code()
    got: list[int] = []
    sides = [
        Thread(target=lambda: got.append(walk.web.post(path, data={"code": code}).status_code))
        for _ in range(6)
    ]
    for side in sides:
        side.start()
    for side in sides:
        side.join(60)
    assert sorted(got) == [200, 403, 403, 403, 403, 403]
    delivery = walk.ticket.delivery
    assert delivery is not None
    assert len(delivery.opened) == 1
    assert walk.is_whole()


def test_to_look_at_the_page_opens_nothing_and_sends_nothing(walk: Walk, path: str) -> None:
    letters = len(walk.mailed())
    for method in ("GET", "HEAD", "GET"):
        assert walk.web._ask(method, path).status_code == 200
    assert walk.web._ask("HEAD", f"{path}/code").status_code == 405
    walk.work()
    delivery = walk.ticket.delivery
    assert delivery is not None
    assert (delivery.opened, delivery.codes_sent, len(walk.mailed())) == ((), (), letters)


@pytest.mark.parametrize("id", ["%00", "%F0%9F%98%80", "..%2F..", "x" * 5000, "%ff%fe"])
def test_a_link_that_nobody_made_is_nothing_to_the_database(walk: Walk, id: str) -> None:
    for path in (f"/deliver/{id}/x", f"/deliver/x/{id}", f"/deliver/{id}/{id}"):
        assert walk.web.get(path).status_code == 404
        assert walk.web.post(path, data={"code": "12345678"}).status_code == 404
        assert walk.web.post(f"{path}/code").status_code == 404

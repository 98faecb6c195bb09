"""A process that is killed during an upload leaves no file, or the whole one, and once."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.storage import tables
from tests.fakes.desks import HttpDesk
from tests.fakes.replica import until

pytestmark = pytest.mark.long

COPY = bytes(range(256)) * 8192  # two megabytes, of many parts
STOPS = {
    "before the first byte": 0,
    "in the middle": len(COPY) // 2,
    "before the last byte": len(COPY) - 1,
    "after the last byte": len(COPY),
}


class Uploading(HttpDesk):
    """A desk over HTTP that puts files, and whose process can be killed."""

    def confirmed(self) -> str:
        """Return the number of a new request for access that was confirmed."""
        number = self.open_ticket(Right.ACCESS)
        for who, action, method in (("Sari", "verify", "call_back"), ("Mika", "confirm", "")):
            self.begin(who, number, action, **({"method": method} if method else {}))
            self.send(who)
        return number

    def announced(self, number: str) -> str:
        """Announce the file; return where it is to be put."""
        self._event += 1
        told = self._replica.post(
            {
                "id": str(self._event),
                "staff": "Sari",
                "ticket": number,
                "action": "attach",
                "file_name": "copy.bin",
                "size": len(COPY),
                "sha256": hashlib.sha256(COPY).hexdigest(),
            }
        )
        return str(told.json()["upload"])

    def put(self, path: str, much: int, *, kill: bool) -> None:
        """Put so many bytes of the file; kill the process then, or else wait for its answer."""
        with socket.create_connection(("127.0.0.1", self._replica.port), timeout=60) as connection:
            head = f"PUT {path} HTTP/1.1\r\nHost: here\r\nContent-Length: {len(COPY)}\r\n\r\n"
            connection.sendall(head.encode() + COPY[:much])
            if kill:
                self._replica.process.kill()
                self._replica.process.wait(20)
            else:
                assert connection.recv(64).startswith(b"HTTP/1.1 200")

    def start_again(self) -> None:
        self._replica.start()
        self._replica.connect_anew()

    def stored(self, number: str) -> list[bytes]:
        """Return what is in each file that is stored for a ticket, attached or not."""
        with self._app.store.reading() as unit:
            rows = select(tables.ticket_files.c.id)
            own = rows.where(tables.ticket_files.c.ticket == self.ticket(number).id)
            return [unit.files.content(file) for file in unit.connection.execute(own).scalars()]


@pytest.fixture(scope="module")
def desk(known: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Uploading]:
    with Uploading(tmp_path_factory.mktemp("killed"), known) as opened:
        yield opened


@pytest.mark.parametrize("much", STOPS.values(), ids=STOPS.keys())
def test_a_kill_during_an_upload_leaves_nothing_half_and_the_file_can_be_put_again(
    desk: Uploading, much: int
) -> None:
    number = desk.confirmed()
    path = desk.announced(number)
    desk.put(path, much, kill=True)
    desk.start_again()
    if much < len(COPY):
        assert desk.stored(number) == []
        assert desk.ticket(number).files == ()
    assert desk.stored(number) in ([], [COPY])
    desk.put(path, len(COPY), kill=False)
    until(lambda: desk.ticket(number).files)
    [file] = desk.ticket(number).files
    assert (file.size, file.sha256) == (len(COPY), hashlib.sha256(COPY).hexdigest())
    assert desk.stored(number) == [COPY]
    assert [what for _, what in desk.history(number)].count("attach") == 1

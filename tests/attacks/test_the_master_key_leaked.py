"""A master key that somebody knows who should not is replaced, and is then worth nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from bot.bootstrap import store_of
from bot.core.tickets.ticket import Action, Person, State
from bot.errors import KeyFault
from bot.storage.crypto import Keys
from bot.storage.key_file import keys_from_file
from tests.attacks.conftest import House, Intruder, Run
from tests.test_service import Talk

SEALED = {
    "ticket_keys": "sealed_key",
    "dialogues": "sealed_state",
    "inquiries": "sealed",
    "inbox": "sealed",
    "outbox": "sealed",
}


@pytest.fixture
def leaked(house: House) -> Keys:
    """The keys of before, as the one who left knows them."""
    (master,) = keys_from_file(house.app.settings.service.data_dir / "master.key", create=False)
    return Keys.derived_from(master)


def opened_by(keys: Keys, intruder: Intruder) -> list[str]:
    """Return where something is sealed that these keys open."""
    return [
        table
        for table, column in SEALED.items()
        for row in intruder.run(f"SELECT * FROM {table} WHERE {column} IS NOT NULL")
        if any(opens(keys, bytes(row[column]), place) for place in places(table, row))
    ]


def places(table: str, row: dict[str, object]) -> Iterator[str]:
    names = ("ticket", "person", "id", "token")
    yield from (f"{table}/{row[name]}" for name in names if name in row)
    if table == "inbox":
        yield f"inbox/{row['channel']}/{row['event_id']}"


def opens(keys: Keys, sealed: bytes, place: str) -> bool:
    try:
        keys.unseal(sealed, place)
    except KeyFault:
        return False
    return True


def test_after_a_rotation_the_old_key_opens_nothing(
    house: House, leaked: Keys, intruder: Intruder, seloste: Run
) -> None:
    house.talk.say("Kuka on tietosuojavastaavanne?")
    assert set(opened_by(leaked, intruder)) >= {"ticket_keys", "dialogues"}
    assert seloste("keys", "rotate").code == 0
    assert opened_by(leaked, intruder) == []
    assert seloste("keys", "retire").code == 0
    assert seloste("audit", "verify").code == 0
    with house.app.store.reading() as unit:
        (found,) = unit.tickets.of(*unit.keys.persons(house.talk.person))
        assert unit.dialogues.of(unit.keys.persons(house.talk.person)[-1]) is not None
    assert found.person.name == "Kanarialintu"
    keys = house.app.store.keys
    assert keys.wrapping != leaked.wrapping
    assert all(older.wrapping == b"" for older in keys.older)


def test_the_service_goes_on_while_keys_are_rotated(
    house: House, leaked: Keys, intruder: Intruder, seloste: Run
) -> None:
    stopped, answered = threading.Event(), []

    def ask() -> None:
        liisa = Talk(house.app, Person(channel="test", account="liisa"))
        while not stopped.is_set():
            answered.append(liisa.say("Kuinka kauan säilytätte tietoja?"))

    asking = threading.Thread(target=ask)
    asking.start()
    rotated = seloste("keys", "rotate")
    stopped.set()
    asking.join()
    assert (rotated.code, answered != []) == (0, True)
    assert opened_by(leaked, intruder) == []
    house.act("Mika", Action.CONFIRM)
    assert house.ticket.state is State.CONFIRMED
    assert seloste("audit", "verify").code == 0


def test_who_vouched_before_a_rotation_is_the_same_after_it(house: House, seloste: Run) -> None:
    """Else they could confirm what they vouched for."""
    vouched = house.ticket.verified
    assert vouched
    for command in ("rotate", "retire"):
        assert seloste("keys", command).code == 0
        started_again = store_of(house.app.settings)
        assert started_again.keys.actor("Sari") == vouched.by
        started_again.close()


def test_who_knows_the_old_key_cannot_write_on_in_the_chain(
    house: House, leaked: Keys, intruder: Intruder, seloste: Run
) -> None:
    assert house
    seloste("keys", "rotate")
    seloste("keys", "retire")
    assert seloste("audit", "verify").code == 0
    old = leaked.name
    intruder.run("UPDATE audit SET key = :old WHERE seq = (SELECT max(seq) FROM audit)", old=old)
    found = seloste("audit", "verify")
    assert (found.code, "was changed" in found.out) == (1, True)


def test_a_second_rotation_reads_what_the_first_one_left(house: House, seloste: Run) -> None:
    for _ in range(2):
        assert seloste("keys", "rotate").code == 0
        assert seloste("keys", "retire").code == 0
    assert seloste("audit", "verify").code == 0
    house.act("Mika", Action.CONFIRM)
    assert house.ticket.state is State.CONFIRMED

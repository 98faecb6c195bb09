"""Who can write the database puts back, removes, adds or moves rows; `audit verify` names it."""

from __future__ import annotations

import pytest

from bot.bootstrap import Assistant
from bot.core.catalog import Right
from bot.core.contacts import email
from bot.core.tickets.ticket import Action, Person
from tests.attacks.conftest import House, Intruder, Run
from tests.attacks.customers import Customer
from tests.test_service import Talk


@pytest.fixture(autouse=True)
def whole_before(house: House, seloste: Run) -> None:
    assert house
    before = seloste("audit", "verify")
    assert (before.code, "is whole" in before.out) == (0, True), before


def test_a_refusal_is_undone_with_its_row(house: House, intruder: Intruder, seloste: Run) -> None:
    earlier, rows = intruder.row("tickets"), house.rows
    house.act("Mika", Action.REFUSE, text="Laki velvoittaa.")
    intruder.put_back(earlier)
    intruder.cut_audit(rows)
    found = seloste("audit", "verify")
    assert found.code == 1
    assert f"the chain ends with row {rows}, but rows up to" in found.out
    assert "put back to an earlier state" in found.out


def test_a_refusal_is_undone_and_its_row_stays(
    house: House, intruder: Intruder, seloste: Run
) -> None:
    earlier, rows = intruder.row("tickets"), house.rows
    house.act("Mika", Action.REFUSE, text="Laki velvoittaa.")
    intruder.put_back(earlier)
    found = seloste("audit", "verify")
    assert found.code == 1
    assert f"T-2026-0001 was put back to what it was after row {rows}" in found.out


def test_all_tickets_are_removed(intruder: Intruder, seloste: Run) -> None:
    intruder.run("DELETE FROM tickets")
    intruder.run("DELETE FROM ticket_keys")
    found = seloste("audit", "verify")
    assert found.code == 1
    assert "T-2026-0001 is gone, and nothing says that it was erased" in found.out


def test_the_address_of_a_ticket_is_put_on_file(
    house: House, intruder: Intruder, seloste: Run, tmp_path_factory: pytest.TempPathFactory
) -> None:
    address = email(house.ticket.person.email)
    file = tmp_path_factory.mktemp("crm") / "contacts.csv"
    file.write_text("email\nveera@example.com\n")
    assert seloste("contacts", "import", str(file)).code == 0
    assert seloste("audit", "verify").code == 0
    (column, *_) = intruder.run("SELECT * FROM contacts LIMIT 1")
    others = "".join(f", '{value}'" for name, value in column.items() if name != "hash")
    intruder.run(f"INSERT INTO contacts SELECT contact{others} FROM tickets")
    with house.app.store.reading() as unit:
        assert address not in unit.contacts.look_up([address])
    found = seloste("audit", "verify")
    assert found.code == 1
    assert "the contact register is not as its last import left it" in found.out


def test_a_ticket_is_given_to_somebody_else(house: House, intruder: Intruder, seloste: Run) -> None:
    mallory = house.app.store.keys.hashed("test:mallory")
    intruder.run("UPDATE tickets SET person = :person", person=mallory)
    with house.app.store.reading() as unit:
        assert not unit.tickets.of(mallory)
    found = seloste("audit", "verify")
    assert found.code == 1
    assert "T-2026-0001 is not what its row says: it is sealed for another person" in found.out


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "DELETE FROM suppressions",
            "T-2026-0002: 1 of its contacts left the suppression list",
        ),
        (
            "UPDATE suppressions SET contact = 'another'",
            "contacts on the suppression list are filed under another hash: 1",
        ),
    ],
)
def test_an_objection_to_marketing_is_undone(
    app: Assistant, intruder: Intruder, seloste: Run, statement: str, told: str
) -> None:
    veera = Customer(app, "veera")
    veera.asks(Right.MARKETING_OBJECTION, "", "veera@example.com")
    veera.says(veera.reads_code_at("veera@example.com"))
    assert seloste("audit", "verify").code == 0
    intruder.run(statement)
    found = seloste("audit", "verify")
    assert (found.code, told in found.out) == (1, True), found


def test_wrong_guesses_of_a_code_are_taken_back(
    app: Assistant, intruder: Intruder, seloste: Run
) -> None:
    mallory = Talk(app, Person(channel="test", account="mallory"))
    mallory.say("poistakaa tietoni", "kyllä", "Veera Vieno", "veera@example.com", "ei", "kyllä")
    fresh = intruder.run("SELECT * FROM tickets WHERE state = 'awaiting_identity'")[0]
    rows = intruder.run("SELECT max(seq) AS last FROM audit")[0]["last"]
    mallory.say("12345678", "23456789", "34567890")
    assert seloste("audit", "verify").code == 0
    intruder.put_back(fresh)
    found = seloste("audit", "verify")
    assert found.code == 1
    assert f"T-2026-0002 was put back to what it was after row {rows}" in found.out


def test_a_row_is_added_without_the_key(intruder: Intruder, seloste: Run) -> None:
    last = intruder.run("SELECT * FROM audit ORDER BY seq DESC LIMIT 1")[0]
    names = ", ".join(f'"{name}"' for name in last)
    values = names.replace('"seq"', '"seq" + 1').replace('"after"', "'confirmed'")
    values = values.replace('"previous"', '"hash"')
    intruder.run(
        f"INSERT INTO audit ({names}) SELECT {values} FROM audit WHERE seq = :seq", seq=last["seq"]
    )
    found = seloste("audit", "verify")
    assert found.code == 1
    assert f"row {last['seq'] + 1} (T-2026-0001) was changed" in found.out


def test_the_file_of_heads_is_another_databases(house: House, seloste: Run) -> None:
    file = house.app.settings.service.data_dir / "audit.log"
    assert file.stat().st_mode & 0o777 == 0o600
    lines = file.read_text().splitlines()
    file.write_text("".join(line.replace("0:", "abcdefabcdef:", 1) + "\n" for line in lines))
    found = seloste("audit", "verify")
    assert found.code == 1
    assert "audit.log is another database's" in found.out

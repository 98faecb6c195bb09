"""What is kept of a person is found, written out, and let go of."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.bootstrap import store_of, utc_now
from bot.channels.desk.form import Form
from bot.cli.main import main
from bot.cli.person_kinds import KINDS, rows, staying
from bot.config import read_settings
from bot.core.catalog import Language, Right
from bot.core.contacts import email
from bot.core.conversation.dialogue import Dialogue
from bot.core.envelopes import InboundEvent
from bot.core.tickets import identity
from bot.core.tickets.ticket import OFFLINE, THE_CUSTOMER, Person, State, Ticket
from bot.core.tickets.whose import Whose
from bot.storage import tables
from bot.storage.backup.journal import Journal
from bot.storage.codec import to_json
from bot.storage.kept import Kept, kept_of
from bot.storage.store import Store
from bot.storage.unit import Unit
from tests.factories import LIISA, MIKA, NOW, a_question, a_ticket, in_state
from tests.register import put_on_file

Run = Callable[..., str]
MATTI = Person(channel="test", account="matti", name="Matti", email="matti@example.com")


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Of Liisa: an open ticket, a refused one, a question, a conversation, a dead letter."""
    monkeypatch.chdir(tmp_path)
    made = store_of(read_settings())
    put_on_file(made, (LIISA.email,))
    keep(made, a_ticket(), in_state(State.REFUSED), replace(a_ticket(), person=MATTI))
    with made.transaction() as unit:
        asked = replace(a_question(), closed_at=utc_now(), answer="Ei ole.", answered_by=MIKA.key)
        unit.inquiries.save(asked, unit.keys.person(LIISA))
        unit.dialogues.save(unit.keys.person(LIISA), Dialogue(language=Language.FI), utc_now())
        unit.code_letters.note(
            unit.keys.person(LIISA),
            LIISA.email,
            "BCDF-GHKL",
            "T-2026-0001",
            utc_now(),
            stranger=True,
        )
    return made


def keep(store: Store, *tickets: Ticket) -> None:
    for n, ticket in enumerate(tickets, 1):
        with store.transaction() as unit:
            one = replace(ticket, id=f"ticket-{n}", number=f"T-2026-{n:04d}")
            unit.tickets.save(one, unit.keys.person(one.person), one.clock.received)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    def run(*words: str, typed: str, code: int = 0) -> str:
        monkeypatch.setenv("COLUMNS", "120")
        monkeypatch.setattr(sys, "argv", ["seloste", "person", *words])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(f"{typed}\n".encode())))
        with pytest.raises(SystemExit) as ended:
            main()
        assert (ended.value.code or 0) == code
        said = capfd.readouterr()
        return said.out + said.err

    return run


@pytest.mark.usefixtures("store")
def test_a_person_is_found_by_address_account_and_number(run: Run) -> None:
    by_address = run("find", typed="Liisa.Lehto@example.com")
    assert "T-2026-0001" in by_address
    assert "T-2026-0002" in by_address
    assert "Q-2026-0001" in by_address
    assert "1 mailed" in by_address
    assert "T-2026-0003" not in by_address
    assert "conversation" not in by_address, "what an account wrote is not an address's"
    assert "nothing bears it" in run("find", typed="nobody@example.com")
    by_number = run("find", typed="t-2026-0002")
    assert "T-2026-0001" not in by_number
    assert "T-2026-0002" in by_number


@pytest.mark.usefixtures("store")
def test_who_merely_names_an_address_is_told_apart_from_its_owner(run: Run, tmp_path: Path) -> None:
    found = run("find", typed=LIISA.email).splitlines()
    proved = {line.split()[1]: "not proved" not in line for line in found if "T-2026" in line}
    assert proved == {"T-2026-0001": False, "T-2026-0002": True}
    said = run("export", str(tmp_path / "liisa.json"), typed=LIISA.email)
    assert "T-2026-0001: nothing shows that the contact is that person's" in said
    assert "T-2026-0002" not in said
    assert "nothing shows" not in run("export", str(tmp_path / "x.json"), typed="T-2026-0001")


def test_who_is_known_by_a_letter_alone_has_no_account_to_look_up(store: Store, run: Run) -> None:
    by_letter = replace(LIISA, channel=OFFLINE, account="made-up", email="letter@example.com")
    keep(store, *[a_ticket()] * 3, replace(a_ticket(), person=by_letter))
    found = run("find", typed="letter@example.com")
    assert "T-2026-0004" in found
    assert "made-up" not in found


@pytest.mark.usefixtures("store")
def test_what_is_no_person_is_refused(run: Run) -> None:
    assert "no address" in run("find", typed="Liisa", code=2)


def test_all_of_it_is_written_out(store: Store, run: Run, tmp_path: Path) -> None:
    assert store
    assert "5 things" in run("export", "person.json", typed=LIISA.email)
    content = json.loads((tmp_path / "person.json").read_text(encoding="utf-8"))
    assert (tmp_path / "person.json").stat().st_mode & 0o077 == 0
    assert [one["number"] for one in content["tickets"]] == ["T-2026-0001", "T-2026-0002"]
    assert content["inquiries"][0]["question"] == a_question().question
    assert (content["on_file"], len(content["codes_mailed"])) == (True, 1)
    assert "Matti" not in json.dumps(content)


def test_to_forget_shows_first_and_destroys_what_has_ended(
    store: Store, run: Run, tmp_path: Path
) -> None:
    dry = run("forget", typed=LIISA.email)
    assert "nothing was destroyed" in dry
    assert "T-2026-0001 is open" in dry
    assert "contact register" in dry
    with store.reading() as unit:
        assert unit.tickets.numbered("T-2026-0002")
    assert "2 things destroyed" in run("forget", "--yes", typed=LIISA.email)
    with store.reading() as unit:
        assert unit.tickets.numbered("T-2026-0001"), "an open request is handled first"
        assert unit.tickets.numbered("T-2026-0002") is None
        assert unit.tickets.numbered("T-2026-0003"), "that is another person's"
        assert unit.inquiries.numbered("Q-2026-0001") is None
    # So that no backup brings it back.
    assert Journal(tmp_path / "data" / "erased.log").read() == ["ticket-2", a_question().id]


def test_each_kind_of_what_is_kept_is_shown_written_out_and_destroyed_or_said_to_stay(
    store: Store, run: Run, tmp_path: Path
) -> None:
    assert [kind.field for kind in KINDS] == [
        field.name for field in fields(Kept) if field.name != "contact"
    ]
    whose = Whose(email=LIISA.email)
    with store.transaction() as unit:
        one_of_each(unit)
    with store.reading() as unit:
        kept = kept_of(unit, whose)
    run("export", "person.json", typed=LIISA.email)
    written = json.loads((tmp_path / "person.json").read_text(encoding="utf-8"))
    assert {kind.name for kind in KINDS if kind.shown(kept)} == written.keys()
    assert [name for name, value in written.items() if not value] == []
    found = run("find", typed=LIISA.email)
    assert all(what in found for what, _, _ in rows(kept))
    said = run("forget", "--yes", typed=LIISA.email)
    with store.reading() as unit:
        after = kept_of(unit, whose)
    left = [kind for kind in KINDS if kind.shown(after)]
    assert [kind.name for kind in left if not list(kind.stays(after))] == []
    assert all(f"stays: {told}" in said for told in staying(after))
    destroyed = {kind.name for kind in KINDS} - {kind.name for kind in left}
    assert destroyed >= {"inquiries", "conversations", "events", "messages", "forms"}


def one_of_each(unit: Unit) -> None:
    """Keep what the fixture does not: all of it ended, or a dead letter."""
    said = json.dumps({"text": f"Osoitteeni on {LIISA.email}"})
    ghost = unit.keys.person(Person(channel="telegram", account="7"))
    event = InboundEvent(channel="telegram", event_id="1", person=ghost, kind="x", payload=said)
    unit.inbox.receive([event], utc_now())
    unit.outbox.enqueue("say", f"telegram:{ghost}", said, utc_now())
    for table in (tables.inbox, tables.outbox):
        unit.connection.execute(update(table).values(dead_at=utc_now()))
    dialogue = Dialogue(language=Language.FI, unanswered=said)
    unit.dialogues.save(ghost, dialogue, utc_now())
    form = Form(action="reply", subject=a_question().id, version=0, text=said)
    unit.drafts.keep("draft", to_json(form), utc_now())
    unit.code_letters.disown([ghost], "BCDF-GHKL", utc_now())
    unit.suppressions.keep(objected(), utc_now())


def objected() -> Ticket:
    """Return a ticket by which no marketing is sent to Liisa's address."""
    shown = identity.Evidence(
        method=identity.Method.EMAIL_CODE,
        at=NOW,
        by=THE_CUSTOMER.key,
        contact=email(LIISA.email),
    )
    ticket = replace(in_state(State.FULFILLED), right=Right.MARKETING_OBJECTION, id="ticket-9")
    return replace(ticket, evidence=(*ticket.evidence, shown))


def test_a_conversation_goes_with_its_account(store: Store, run: Run) -> None:
    account = Person(channel="telegram", account="7")
    with store.transaction() as unit:
        whose = unit.keys.person(account)
        unit.dialogues.save(whose, Dialogue(language=Language.FI), utc_now())
        said = '{"text": "hei"}'
        event = InboundEvent(
            channel="telegram", event_id="1", person=whose, kind="customer", payload=said
        )
        unit.inbox.receive([event], utc_now())
        unit.outbox.enqueue("say", f"telegram:{whose}", said, utc_now())
    shown = run("find", typed="telegram:7")
    assert all(kind in shown for kind in ("conversation", "event", "message"))
    assert "1 thing destroyed" in run("forget", "--yes", typed="telegram:7")
    with store.reading() as unit:
        assert unit.dialogues.of(whose) is None
        assert list(unit.outbox.contents()), "what is on its way is delivered, and wiped then"


def test_that_no_marketing_is_sent_goes_on_to_hold_without_the_contact(
    store: Store, run: Run
) -> None:
    contact = email(LIISA.email)
    with store.transaction() as unit:
        unit.suppressions.keep(objected(), utc_now())
    assert "no marketing" in run("find", typed=LIISA.email)
    assert "keyed hash" in run("forget", "--yes", typed=LIISA.email)
    with store.reading() as unit:
        assert contact in unit.suppressions.held([contact])
        assert [one.value for one in unit.suppressions.listed()] == [""]

"""What is kept of a person is found, written out, and let go of."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bootstrap import store_of, utc_now
from bot.cli.main import main
from bot.config import read_settings
from bot.core.catalog import Language, Right
from bot.core.contacts import email
from bot.core.conversation.dialogue import Dialogue
from bot.core.envelopes import InboundEvent
from bot.core.tickets import identity
from bot.core.tickets.ticket import THE_CUSTOMER, Person, State, Ticket
from bot.storage.backup.journal import Journal
from bot.storage.store import Store
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
    by_number = run("find", typed="t-2026-0002")
    assert "T-2026-0001" not in by_number
    assert "T-2026-0002" in by_number


@pytest.mark.usefixtures("store")
def test_what_is_no_person_is_refused(run: Run) -> None:
    assert "no address" in run("find", typed="Liisa", code=2)


def test_all_of_it_is_written_out(store: Store, run: Run, tmp_path: Path) -> None:
    assert store
    assert "3 things" in run("export", "person.json", typed=LIISA.email)
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
    ticket = replace(in_state(State.FULFILLED), right=Right.MARKETING_OBJECTION, id="ticket-9")
    contact = email(LIISA.email)
    shown = identity.Evidence(
        method=identity.Method.EMAIL_CODE, at=NOW, by=THE_CUSTOMER.key, contact=contact
    )
    ticket = replace(ticket, evidence=(*ticket.evidence, shown))
    with store.transaction() as unit:
        unit.suppressions.keep(ticket, utc_now())
    assert "no marketing" in run("find", typed=LIISA.email)
    assert "keyed hash" in run("forget", "--yes", typed=LIISA.email)
    with store.reading() as unit:
        assert contact in unit.suppressions.held([contact])
        assert [one.value for one in unit.suppressions.listed()] == [""]

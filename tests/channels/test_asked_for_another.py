"""A request for somebody else from the first word to the decision, on each platform."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.loaded import Understanding
from bot.core.tickets.representation import AuthorityProof, Relation
from bot.core.tickets.ticket import State, Ticket
from tests.fakes.slack import office as slack
from tests.fakes.slack import plain
from tests.fakes.telegram import Said
from tests.fakes.telegram import office as telegram

LAWYER = "Olen asianajaja ja edustan Pekka Korhosta. Lähettäkää kaikki tiedot päämiehestäni."
PARENT = "Jag skriver för min son Oskar Lind. Jag vill se vilka uppgifter ni har om honom."
SEEN = "Valtakirja nähtiin vastaanotolla."


@pytest.fixture
def on_slack(known: Understanding, tmp_path: Path) -> Iterator[slack.Office]:
    with slack.Office(tmp_path, known) as office:
        yield office


@pytest.fixture
def on_telegram(known: Understanding, tmp_path: Path) -> Iterator[telegram.Office]:
    with telegram.People() as fake, telegram.Office(tmp_path, known, fake) as office:
        yield office


def concerned(ticket: Ticket) -> tuple[str, Relation]:
    assert ticket.on_behalf is not None
    return ticket.on_behalf.name, ticket.on_behalf.relation


def test_a_lawyer_asks_on_slack_and_nothing_is_confirmed_without_authority(
    on_slack: slack.Office,
) -> None:
    office = on_slack
    bo = office.customer("Bo")
    office.on_file(bo.email)
    opened = office.says(bo, LAWYER, "kyllä", "Bo Ek", bo.email, "kaikki", "lähetä")
    number = slack.numbered(opened)
    office.says(bo, office.code(number))
    ticket = office.ticket(number)
    assert (concerned(ticket), ticket.person.name) == (
        ("Pekka Korhonen", Relation.LAWYER),
        "Bo Ek",
    )
    card = office.card(number)
    assert slack.LABELS["confirm"] not in card.labels
    assert "Pekka Korhonen" not in plain(card)
    office.acts(office.sari, "authorise", number, authority="valtakirja", text=SEEN)
    ticket = office.ticket(number)
    assert [one.proof for one in ticket.authority] == [AuthorityProof.POWER_OF_ATTORNEY]
    assert ticket.state is State.AWAITING_CONFIRMATION
    told = office.hears(bo, lambda: office.acts(office.mika, "confirm", number))
    assert number in plain(told)
    assert office.ticket(number).state is State.CONFIRMED


def test_a_parent_asks_on_telegram_and_nothing_is_confirmed_without_authority(
    on_telegram: telegram.Office,
) -> None:
    office, fake = on_telegram, on_telegram.fake
    eva = fake.customer("sv")
    office.on_file("eva@example.com")
    office.says(eva, PARENT, "ja", "Eva Lind", "eva@example.com", "allt", "skicka")
    office.says(eva, office.code("eva@example.com"))
    ticket = office.tickets(eva)[-1]
    assert (concerned(ticket), ticket.person.name) == (
        ("Oskar Lind", Relation.PARENT),
        "Eva Lind",
    )
    card = office.card(ticket.number)
    assert office.button("confirm") not in card.labels
    assert "Oskar Lind" not in card.text
    shown = office.begins(fake.sari, ticket.number, "authorise")
    assert office.press(fake.sari, shown, "todistus huoltajuudesta tai syntymätodistus") == Said(
        "", alert=False
    )
    prompt = office.newest()
    office.sends(fake.sari, office.words(fake.sari, prompt, SEEN))
    ticket = office.ticket(ticket.number)
    assert [one.proof for one in ticket.authority] == [AuthorityProof.BIRTH_CERTIFICATE]
    assert ticket.state is State.AWAITING_CONFIRMATION
    office.sends(fake.mika, office.begins(fake.mika, ticket.number, "confirm"))
    assert office.ticket(ticket.number).state is State.CONFIRMED
    assert ticket.number in office.last(eva).text

"""Staff attach the copy of the data from their Telegram group: a document in reply to a prompt."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import func, select

from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.core.tickets.ticket import Ticket
from bot.service.uploads import Uploads
from bot.service.virus_scan import scanner
from bot.storage import tables
from tests.fakes.telegram import Fault, Message, User
from tests.fakes.telegram.methods import LARGEST_DOWNLOAD
from tests.fakes.telegram.office import Office, People, told_of
from tests.logs import logged

COPY = b'{"orders": ["2019-0001"]}' * 9000  # of several parts
NAME = "../Liisan tiedot.json"


@pytest.fixture(scope="module")
def office(known: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with logged() as log:
        with People() as fake, Office(tmp_path_factory.mktemp("office"), known, fake) as at_work:
            yield at_work
        assert told_of(log.getvalue(), fake, "Liisan tiedot", "orders") == []


@pytest.fixture
def fake(office: Office) -> People:
    return office.fake


@pytest.fixture
def ticket(office: Office, fake: People) -> Ticket:
    """Return a request for access that was confirmed."""
    liisa = fake.customer()
    address = f"asiakas{liisa.id}@example.com"
    office.on_file(address)
    number = office.asks(liisa, Right.ACCESS).number
    office.says(liisa, office.code(address))
    office.sends(fake.mika, office.begins(fake.mika, number, "confirm"))
    return office.ticket(number)


def replies(
    office: Office, user: User, prompt: Message, content: bytes = COPY, name: str = NAME
) -> Message:
    """Have somebody answer a prompt with a document; return what they are shown."""
    office.fake.document(user, name, content, office.fake.desk, prompt)
    office.settle()
    return office.newest()


def stored(office: Office) -> int:
    with office.app.store.reading() as unit:
        return unit.connection.execute(
            select(func.count()).select_from(tables.ticket_files)
        ).scalar_one()


def test_a_document_is_sealed_previewed_and_attached_when_it_is_sent(
    office: Office, fake: People, ticket: Ticket
) -> None:
    prompt = office.begins(fake.sari, ticket.number, "attach")
    preview = replies(office, fake.sari, prompt)
    assert "Liisan tiedot.json (225 kB)" in preview.text
    assert office.text("desk.form.silent", number=ticket.number, name=office.button("attach")) in (
        preview.text
    )
    assert office.ticket(ticket.number).files == ()
    office.sends(fake.sari, preview)
    [file] = office.ticket(ticket.number).files
    assert (file.name, file.size) == ("Liisan tiedot.json", len(COPY))
    assert file.by == office.app.actors["Sari"].key
    with office.app.store.reading() as unit:
        assert unit.files.content(file.id) == COPY
    assert office.acts(ticket)[-1] == ("Sari", "attach")
    assert office.button("detach") in office.card(ticket.number).labels


def test_the_document_leaves_the_group_where_the_assistant_may_delete_messages(
    office: Office, fake: People, ticket: Ticket
) -> None:
    remains = office.text("desk.form.file_remains")
    replies(office, fake.sari, office.begins(fake.sari, ticket.number, "attach"))
    assert remains in [message.text for message in fake.messages(fake.desk)[-2:]]
    fake.set_status(fake.desk, fake.bot, "administrator")
    replies(office, fake.sari, office.begins(fake.sari, ticket.number, "attach"))
    fake.set_status(fake.desk, fake.bot, "member")
    assert remains not in [message.text for message in fake.messages(fake.desk)[-2:]]
    sent = [message for message in fake.seen(fake.desk) if "document" in message.extra]
    assert [message.deleted for message in sent[-2:]] == [False, True]


def test_the_same_message_twice_is_kept_once(office: Office, fake: People, ticket: Ticket) -> None:
    before = stored(office)
    replies(office, fake.sari, office.begins(fake.sari, ticket.number, "attach"))
    fake.repeat_last()
    office.settle()
    assert stored(office) == before + 1


def test_what_telegram_hands_to_no_bot_is_told_before_it_is_fetched(
    office: Office, fake: People, ticket: Ticket
) -> None:
    before, asked = stored(office), len(fake.called("getFile"))
    prompt = office.begins(fake.sari, ticket.number, "attach")
    told = replies(office, fake.sari, prompt, b"x" * (LARGEST_DOWNLOAD + 1))
    assert told.text == office.text("desk.form.for_bots")
    assert (stored(office), len(fake.called("getFile"))) == (before, asked)


def test_a_picture_or_words_are_no_file(office: Office, fake: People, ticket: Ticket) -> None:
    prompt = office.begins(fake.sari, ticket.number, "attach")
    assert office.words(fake.sari, prompt, "Se on työpöydällä.").text == office.text(
        "desk.form.no_document"
    )
    assert replies(office, fake.sari, prompt, b"").text == office.text("desk.denial.file_empty")


@pytest.mark.parametrize(
    ("command", "told"), [("false", "file_refused"), ("/nowhere/scan", "scan_failed")]
)
def test_what_the_virus_scan_does_not_take_is_not_kept(
    office: Office,
    fake: People,
    ticket: Ticket,
    monkeypatch: pytest.MonkeyPatch,
    command: str,
    told: str,
) -> None:
    uploads = Uploads(office.app.store, scanner([command]), office.now)
    monkeypatch.setattr(office.house, "keep_file", uploads.keep)
    before = stored(office)
    prompt = office.begins(fake.sari, ticket.number, "attach")
    assert replies(office, fake.sari, prompt).text == office.text(f"desk.denial.{told}")
    assert stored(office) == before


def test_only_the_one_who_was_asked_attaches(office: Office, fake: People, ticket: Ticket) -> None:
    before, asked = stored(office), len(fake.called("getFile"))
    prompt = office.begins(fake.sari, ticket.number, "attach")
    told = [replies(office, user, prompt).text for user in (fake.mika, fake.stranger)]
    assert told == [office.text("desk.form.foreign"), office.text("desk.form.not_staff")]
    assert (stored(office), len(fake.called("getFile"))) == (before, asked)


def test_a_request_that_changed_meanwhile_takes_no_file(
    office: Office, fake: People, ticket: Ticket
) -> None:
    prompt = office.begins(fake.sari, ticket.number, "attach")
    office.sends(fake.sari, replies(office, fake.sari, prompt))
    before = stored(office)
    told = replies(office, fake.sari, prompt)
    assert told.text.startswith(office.text("desk.denial.stale"))
    assert stored(office) == before


def test_a_document_that_cannot_be_fetched_now_can_be_sent_again(
    office: Office, fake: People, ticket: Ticket
) -> None:
    prompt = office.begins(fake.sari, ticket.number, "attach")
    fake.faults.append(Fault(method="getFile", code=502))
    assert replies(office, fake.sari, prompt).text == office.text("desk.form.later")
    assert "Liisan tiedot.json" in replies(office, fake.sari, prompt).text

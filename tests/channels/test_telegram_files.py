"""The copy of the data on Telegram: staff attach it in their group, its person has it in the chat.

Staff send a document in reply to a prompt; the person presses a button for it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

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


def _office(fake: People, known: Understanding, folders: pytest.TempPathFactory) -> Office:
    return Office(folders.mktemp("office"), known, fake, more={"files": {"in_chat": True}})


@pytest.fixture(scope="module")
def office(known: Understanding, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with logged() as log:
        with People() as fake, _office(fake, known, tmp_path_factory) as at_work:
            yield at_work
        assert told_of(log.getvalue(), fake, "Liisan tiedot", "orders") == []


@pytest.fixture
def fake(office: Office) -> People:
    return office.fake


@pytest.fixture
def liisa(fake: People) -> User:
    return fake.customer()


@pytest.fixture
def ticket(office: Office, fake: People, liisa: User) -> Ticket:
    """Return Liisa's request for access, which was confirmed."""
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


def test_where_the_document_cannot_be_removed_now_it_is_shown_all_the_same(
    office: Office, fake: People, ticket: Ticket
) -> None:
    prompt = office.begins(fake.sari, ticket.number, "attach")
    fake.faults.append(Fault(method="deleteMessage", code=502))
    assert "Liisan tiedot.json" in replies(office, fake.sari, prompt).text
    assert fake.messages(fake.desk)[-2].text == office.text("desk.form.file_remains")


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


# To the person


def delivered(office: Office, fake: People, ticket: Ticket, *names: str) -> None:
    """Attach files and deliver them into the conversation."""
    for name in names:
        prompt = office.begins(fake.sari, ticket.number, "attach")
        office.sends(fake.sari, replies(office, fake.sari, prompt, name.encode() * 99, name))
    asked = office.begins(fake.mika, ticket.number, "deliver")
    office.press(fake.mika, asked, office.text("desk.way.chat"))
    office.sends(fake.mika, asked)


def documents(fake: People, user: User) -> dict[str, bytes]:
    """Return what the assistant has sent somebody, by name."""
    sent = [m.extra["document"]["file_id"] for m in fake.messages(user) if "document" in m.extra]
    return {fake.files[each].name: fake.files[each].content for each in sent}


def test_nothing_is_sent_before_the_person_asks_and_then_it_is_destroyed_here(
    office: Office, fake: People, liisa: User, ticket: Ticket
) -> None:
    before = stored(office)
    delivered(office, fake, ticket, "a.json", "b.pdf")
    offer = office.last(liisa)
    assert offer.labels == [office.text("choice.copy_here")]
    assert documents(fake, liisa) == {}
    office.press(liisa, offer, office.text("choice.copy_here"))
    assert documents(fake, liisa) == {"a.json": b"a.json" * 99, "b.pdf": b"b.pdf" * 99}
    now = office.ticket(ticket.number)
    assert now.delivery is not None
    assert (now.files, len(now.delivery.opened), stored(office)) == ((), 1, before)
    rows = select(tables.audit.c.action).where(tables.audit.c.ticket == ticket.id)
    with office.app.store.reading() as unit:
        done = unit.connection.execute(rows.order_by(tables.audit.c.seq)).scalars().all()
    assert list(done[-4:]) == ["copy_asked", "file_sent", "file_sent", "collect"]
    office.press(liisa, offer, office.text("choice.copy_here"))
    assert office.last(liisa).text == office.text("copy.gone", number=ticket.number)
    assert len(documents(fake, liisa)) == 2


def test_a_file_that_did_not_get_there_at_once_is_sent_once_more_and_no_other(
    office: Office, fake: People, liisa: User, ticket: Ticket
) -> None:
    delivered(office, fake, ticket, "a.json", "b.pdf")
    fake.faults.append(Fault(method="sendDocument", code=502))
    query = fake.press(liisa, office.text("choice.copy_here"))
    fake.wait(lambda: fake.answers(query))
    fake.wait(lambda: len(fake.called("sendDocument")) >= 1)
    office.later += timedelta(minutes=10)
    office.settle()
    assert set(documents(fake, liisa)) == {"a.json", "b.pdf"}
    sent = [message for message in fake.messages(liisa) if "document" in message.extra]
    assert len(sent) == 2


def test_somebody_else_who_presses_the_button_gets_nothing(
    office: Office, fake: People, liisa: User, ticket: Ticket
) -> None:
    delivered(office, fake, ticket, "a.json")
    [token] = [button.data for button in office.last(liisa).buttons]
    other = fake.customer()
    mine = office.says(other, "hei")
    fake.press_data(other, other, mine.message_id, token)
    office.settle()
    assert documents(fake, other) == documents(fake, liisa) == {}


def test_who_blocked_the_assistant_gets_nothing_and_staff_hear_of_it(
    office: Office, fake: People, liisa: User, ticket: Ticket
) -> None:
    delivered(office, fake, ticket, "a.json")
    fake.faults.append(
        Fault(method="sendDocument", code=403, description="Forbidden: bot was blocked by the user")
    )
    office.press(liisa, office.last(liisa), office.text("choice.copy_here"))
    told = [m.text for m in fake.messages(fake.desk)[-3:]]
    assert any(office.text("desk.undelivered.send_file") in text for text in told)
    assert len(office.ticket(ticket.number).files) == 1

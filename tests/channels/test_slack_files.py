"""The copy of the data in Slack: staff attach it by a form, its person has it in the message.

The form on the card has a field for a file; the person presses a button.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import anyio
import pytest
from sqlalchemy import func, select

from bot.channels.slack.client import Client
from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.errors import Gone, Refused, TryLater
from bot.service.uploads import Uploads
from bot.service.virus_scan import scanner
from bot.storage import tables
from tests.fakes.slack import User, View, plain
from tests.fakes.slack.office import Office

COPY = b'{"orders": ["2019-0001"]}' * 9000  # of several parts
NAME = "../Liisan tiedot.json"
CALLED = "soitto rekisterissä olevaan numeroon"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Office]:
    with Office(
        tmp_path_factory.mktemp("office"),
        known,
        files={"in_chat": True},
        web={"public_url": "https://privacy.example.com"},
    ) as opened:
        yield opened
        refused = {call.answer.get("error") for call in opened.slack.calls}
        assert not refused & {"missing_scope", "invalid_blocks", "invalid_arguments"}


@pytest.fixture
def matti(office: Office) -> User:
    return office.customer()


@pytest.fixture
def number(office: Office, matti: User) -> str:
    """Return the number of Matti's request for access, which was confirmed."""
    number = office.opened(matti, Right.ACCESS)
    office.says(matti, office.code(number))
    office.slack.wait(lambda: office.ticket(number).staff_told)
    office.acts(office.sari, "verify", number, method=CALLED)
    office.acts(office.mika, "confirm", number)
    return number


def fills(office: Office, staff: User, number: str, content: bytes = COPY) -> None:
    """Open the form, upload a file into it, and submit it."""
    office.opens(staff, "attach", number)
    office.slack.fill(staff, {"file": office.slack.uploads(staff, NAME, content)})
    office.slack.submit(staff)


def stored(office: Office) -> int:
    with office.work.store.reading() as unit:
        rows = select(func.count()).select_from(tables.ticket_files)
        return unit.connection.execute(rows).scalar_one()


def has_file(office: Office, number: str) -> bool:
    return bool(office.ticket(number).files)


def told(office: Office, staff: User, key: str) -> View:
    """Return what is said instead of a preview."""
    view = office.shown(staff, office.words(key))
    assert view.body["submit"] is None
    return view


def test_a_file_is_sealed_previewed_and_attached_when_it_is_sent(
    office: Office, number: str
) -> None:
    fills(office, office.sari, number)
    preview = office.shown(office.sari, "Liisan tiedot.json (225 kB)")
    assert office.words("desk.form.file_remains") in plain(preview)
    assert office.ticket(number).files == ()
    assert office.slack.submit(office.sari) == {"response_action": "clear"}
    office.slack.wait(lambda: office.ticket(number).files)
    [file] = office.ticket(number).files
    assert (file.name, file.size) == ("Liisan tiedot.json", len(COPY))
    with office.work.store.reading() as unit:
        assert unit.files.content(file.id) == COPY
    assert office.history(number)[-1] == ("Sari", "attach")


def test_one_file_is_attached_to_two_requests(office: Office, matti: User, number: str) -> None:
    other = office.opened(matti, Right.PORTABILITY)
    office.acts(office.sari, "verify", other, method=CALLED)
    office.acts(office.mika, "confirm", other)
    file = office.slack.uploads(office.sari, NAME, COPY)
    for one in (number, other):
        office.opens(office.sari, "attach", one)
        office.slack.fill(office.sari, {"file": file})
        office.slack.submit(office.sari)
        office.shown(office.sari, "Liisan tiedot.json (225 kB)")
        office.slack.submit(office.sari)
        office.slack.wait(partial(has_file, office, one))
    with office.work.store.transaction() as unit:
        unit.files.destroy_of([office.ticket(number).id])  # as when the one has ended
        assert unit.files.content(office.ticket(other).files[0].id) == COPY


def test_a_file_that_is_too_large_is_not_even_fetched(office: Office, number: str) -> None:
    before = stored(office)
    office.slack.fail("file", code=500, lasting=True)
    try:
        fills(office, office.sari, number, b"x" * 50_000_001)
        told(office, office.sari, "desk.denial.file_too_large")
    finally:
        office.slack.faults.clear()
    assert stored(office) == before


@pytest.mark.parametrize(
    ("command", "why"), [("false", "file_refused"), ("/nowhere/scan", "scan_failed")]
)
def test_what_the_virus_scan_does_not_take_is_not_kept(
    office: Office, number: str, monkeypatch: pytest.MonkeyPatch, command: str, why: str
) -> None:
    uploads = Uploads(office.work.store, scanner([command]), office.work.clock)
    monkeypatch.setattr(office.work.house, "keep_file", uploads.keep)
    before = stored(office)
    fills(office, office.sari, number)
    told(office, office.sari, f"desk.denial.{why}")
    assert stored(office) == before


def test_who_left_the_channel_meanwhile_attaches_nothing(office: Office, number: str) -> None:
    before = stored(office)
    office.opens(office.sari, "attach", number)
    office.slack.leave(office.sari, office.desk)
    try:
        office.slack.wait(lambda: not office.slack.pending)
        upload = office.slack.uploads(office.sari, NAME, COPY)
        office.slack.fill(office.sari, {"file": upload})
        office.slack.submit(office.sari)
        told(office, office.sari, "desk.form.not_member")
    finally:
        office.slack.join(office.sari, office.desk)
    assert stored(office) == before


def test_a_request_that_changed_meanwhile_takes_no_file(office: Office, number: str) -> None:
    office.opens(office.sari, "attach", number)
    office.acts(office.mika, "extend", number, text="Tietoja on paljon.")
    before = stored(office)
    office.slack.fill(office.sari, {"file": office.slack.uploads(office.sari, NAME, COPY)})
    office.slack.submit(office.sari)
    told(office, office.sari, "desk.denial.stale")
    assert stored(office) == before


def test_a_file_that_slack_does_not_hand_out_can_be_sent_again(office: Office, number: str) -> None:
    office.slack.fail("file", code=503)
    fills(office, office.sari, number)
    told(office, office.sari, "desk.form.later")
    fills(office, office.sari, number)
    assert office.shown(office.sari, "Liisan tiedot.json")


def test_the_token_is_shown_to_slack_alone_and_its_login_page_is_no_file(
    office: Office,
) -> None:
    slack = office.slack
    [upload] = slack.uploads(office.sari, NAME, COPY)
    url = slack.files[upload].url
    client = Client(slack.bot_token, slack.api_url)
    assert anyio.run(client.download, url, len(COPY)) == COPY
    for elsewhere in ("http://127.0.0.1.evil.example/f", url.replace("http:", "ftp:"), ""):
        with pytest.raises(Refused, match="elsewhere"):
            anyio.run(client.download, elsewhere, len(COPY))
    with pytest.raises(Refused, match="not the file"):
        anyio.run(client.download, url, len(COPY) - 1)
    with pytest.raises(TryLater, match="302"):
        anyio.run(Client("xoxb-2-other", slack.api_url).download, url, len(COPY))


def test_a_file_that_slack_does_not_take_is_sent_later_and_named_in_no_log(
    office: Office, matti: User
) -> None:
    client = Client(office.slack.bot_token, office.slack.api_url)
    office.slack.fail("upload", code=500)
    with pytest.raises(TryLater) as refused:
        anyio.run(client.send_file, matti.id, "Liisan tiedot.json", COPY)
    assert "Liisan" not in str(refused.value)
    office.slack.fail("files.completeUploadExternal", error="channel_not_found")
    with pytest.raises(Gone):
        anyio.run(client.send_file, matti.id, "Liisan tiedot.json", COPY)
    assert not any(message.files for message in office.slack.said(matti))


# To the person


def delivered(office: Office, number: str, way: str) -> None:
    fills(office, office.sari, number)
    office.shown(office.sari, "Liisan tiedot.json")
    office.slack.submit(office.sari)
    office.slack.wait(lambda: office.ticket(number).files)
    office.card(number)
    office.acts(office.mika, "deliver", number, way=office.words(f"desk.way.{way}"))


@pytest.mark.parametrize("way", ["page", "chat"])
def test_the_person_chooses_the_conversation_beside_the_page_or_alone(
    office: Office, matti: User, number: str, way: str
) -> None:
    here = office.words("choice.copy_here")
    delivered(office, number, way)
    office.slack.wait(lambda: here in office.slack.said(matti)[-1].labels)
    offer = plain(office.slack.said(matti)[-1])
    assert ("https://privacy.example.com/deliver/" in offer) == (way == "page")
    office.slack.press(matti, here, matti)
    office.slack.wait(lambda: any(message.files for message in office.slack.said(matti)))
    [shared] = [message for message in office.slack.said(matti) if message.files]
    [file] = shared.files
    assert file["name"] == "Liisan tiedot.json"
    assert office.slack.files[file["id"]].content == COPY
    office.slack.wait(lambda: not office.ticket(number).files)
    had = office.ticket(number).delivery
    assert had is not None
    assert len(had.opened) == 1
    assert office.history(number)[-1][1] == "collect"


def test_what_staff_vouched_for_sends_no_file_to_an_account(office: Office) -> None:
    number = office.opened(office.customer(), Right.ACCESS)
    office.slack.wait(lambda: office.ticket(number).staff_told)
    office.acts(office.sari, "verify", number, method=CALLED)
    office.acts(office.mika, "confirm", number)
    fills(office, office.sari, number)
    office.shown(office.sari, "Liisan tiedot.json")
    office.slack.submit(office.sari)
    office.slack.wait(lambda: office.ticket(number).files)
    office.opens(office.mika, "deliver", number)
    office.slack.fill(office.mika, {"way": office.words("desk.way.chat")})
    answer = office.slack.submit(office.mika)
    assert office.words("desk.denial.account_not_proved") in str(answer)

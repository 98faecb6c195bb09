"""Documents that staff ask for at a desk: they go to the one who asks, in private."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest

from bot.bootstrap import Assistant
from bot.channels.desk import documents
from bot.channels.desk.port import Document
from bot.content.loaded import Understanding
from bot.core.tickets.ticket import Actor
from bot.storage import calendar_link
from tests.fakes.desks import SlackDesk, TelegramDesk

Desk = TelegramDesk | SlackDesk
DESKS: Mapping[str, type[Desk]] = {"telegram": TelegramDesk, "slack": SlackDesk}


@pytest.fixture(scope="module", params=DESKS)
def opened(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    known: Understanding,
) -> Iterator[Desk]:
    with DESKS[request.param](tmp_path_factory.mktemp(request.param), known) as desk:
        yield desk


@pytest.fixture
def desk(opened: Desk) -> Desk:
    for who in ("Sari", "Mika", "Aino"):
        opened.reachable(who, now=True)
    return opened


@pytest.fixture
def app(desk: Desk) -> Assistant:
    return desk._app


def noted(app: Assistant) -> dict[str, Any]:
    """Return the newest row of the audit chain, with the name of who acted."""
    with app.store.reading() as unit:
        row = list(unit.audit.rows())[-1]
    return {**row, "actor": app.queries.wording.name(row["actor"])}


def test_the_record_of_a_case_goes_to_who_asks_and_to_nobody_else(
    desk: Desk, app: Assistant
) -> None:
    number = desk.open_ticket()
    _, sent = desk.document("Sari", f"case {number.lower()}")
    assert desk.names(sent) == [f"{number}.pdf"]
    [content] = sent.values()
    assert content.startswith(b"%PDF")
    assert desk.files_for_all() == 0
    row = noted(app)
    assert (row["actor"], row["action"], row["number"]) == ("Sari", "details_shown", number)
    assert row["facts"] == {"desk": desk.place}


def test_a_number_that_no_request_has_is_told(desk: Desk) -> None:
    question = desk.pass_question()
    for said in ("case T-2019-0001", f"case {question}"):
        assert desk.document("Sari", said) == (desk.text("desk.document.no_case"), {})
    assert desk.document("Sari", "case") == (desk.text("desk.document.which_case"), {})


def test_the_report_of_a_month_goes_to_who_asks_and_names_nobody(
    desk: Desk, app: Assistant
) -> None:
    desk.open_ticket()
    month = f"{app.queries.wording.today():%Y-%m}"
    _, sent = desk.document("Mika", f"report {month}")
    assert desk.names(sent) == [f"{month}.html"]
    page = next(iter(sent.values())).decode()
    assert "Tietosuojapyynnöt" in page
    assert not [word for word in ("Matti", "Liisa", "@example", "T-20") if word in page]
    row = noted(app)
    assert (row["actor"], row["action"]) == ("Mika", "listed")
    assert row["facts"] == {"desk": desk.place, "report": month}


@pytest.mark.parametrize("said", ["report", "report marraskuu", "report 2026-13"])
def test_what_is_no_month_is_told_with_one_that_is(desk: Desk, app: Assistant, said: str) -> None:
    _, before, *_ = documents.months(app.queries)
    told = desk.text("desk.document.which_month", month=before)
    assert desk.document("Mika", said) == (told, {})


def sheet(content: bytes) -> list[str]:
    """Return all words of a workbook."""
    with ZipFile(BytesIO(content)) as book:
        return re.findall(r"<t[^>]*>([^<]*)</t>", book.read("xl/sharedStrings.xml").decode())


def test_the_register_goes_to_who_asks_without_personal_data(desk: Desk, app: Assistant) -> None:
    number = desk.open_ticket()
    name, today = desk.ticket(number).person.name, app.queries.wording.today()
    _, sent = desk.document("Sari", "export")
    assert desk.names(sent) == [f"register-{today}.xlsx"]
    words = sheet(*sent.values())
    assert number in words
    assert "Oikeus" in words
    assert name not in words
    assert desk.files_for_all() == 0
    row = noted(app)
    assert (row["actor"], row["action"], row["facts"]["personal"]) == ("Sari", "listed", "no")
    assert int(row["facts"]["rows"]) == len(app.queries.tickets(ended=True))


def test_with_personal_data_it_goes_to_approvers_alone(desk: Desk, app: Assistant) -> None:
    name = desk.ticket(desk.open_ticket()).person.name
    _, sent = desk.document("Mika", "export personal")
    assert "personal" in desk.names(sent)[0]
    assert name in sheet(*sent.values())
    assert noted(app)["facts"]["personal"] == "yes"
    assert desk.files_for_all() == 0
    assert desk.document("Sari", "export personal") == (desk.text("desk.document.approvers"), {})
    row = noted(app)
    assert (row["actor"], row["action"]) == ("Sari", "denied")
    assert row["facts"] == {"desk": desk.place, "denial": "not_your_role"}


def test_an_export_of_anything_else_is_told_what_there_is(desk: Desk) -> None:
    assert desk.document("Mika", "export all") == (desk.text("desk.document.which_export"), {})


def linked(desk: Desk, who: str) -> str:
    """Return the link that somebody was sent; nobody else may see it."""
    [link] = re.findall(r"https?://\S+/calendar/\w+\.ics", desk.in_private(who))
    assert link.rpartition("/")[2] not in desk.seen_by_all()
    return str(link)


def test_the_link_to_the_calendar_goes_to_who_asks_and_works(desk: Desk, app: Assistant) -> None:
    told, sent = desk.document("Sari", "calendar")
    assert told in ("", desk.text("desk.document.told"))
    assert sent == {}
    row = noted(app)
    with app.store.reading() as unit:
        secret, *_ = calendar_link.secrets(unit)
    assert linked(desk, "Sari") == f"{app.settings.web.base_url}/calendar/{secret}.ics"
    assert (row["actor"], row["action"]) == ("Sari", "listed")
    assert row["facts"] == {"desk": desk.place, "what": "calendar link", "new": "no"}


def test_a_new_link_is_made_by_approvers_alone(desk: Desk, app: Assistant) -> None:
    desk.document("Sari", "calendar")
    before = linked(desk, "Sari")
    assert desk.document("Sari", "calendar new")[0] == desk.text("desk.document.approvers")
    desk.document("Sari", "calendar")
    assert linked(desk, "Sari") == before
    desk.document("Mika", "calendar new")
    assert noted(app)["facts"]["new"] == "yes"
    assert linked(desk, "Mika") != before
    assert desk.document("Mika", "calendar x") == (desk.text("desk.document.which_calendar"), {})


def test_who_cannot_be_written_to_is_told_so_where_they_asked(desk: Desk) -> None:
    number = desk.open_ticket()
    desk.reachable("Sari", now=False)
    told, sent = desk.document("Sari", f"case {number}")
    assert (told, sent) == (desk.text("desk.document.not_reached"), {})
    desk.reachable("Sari", now=True)
    assert desk.document("Sari", f"case {number}")[1]


def test_nobody_else_than_staff_gets_any(desk: Desk, app: Assistant) -> None:
    number = desk.open_ticket()
    desk.reachable("Vieras", now=True)
    told, sent = desk.document("Vieras", f"case {number}")
    assert sent == {}
    assert told in ("", desk.text("desk.form.not_staff"))
    assert noted(app)["action"] != "details_shown"


def test_what_cannot_be_made_now_is_told_and_can_be_asked_for_again(
    desk: Desk, app: Assistant
) -> None:
    number = desk.open_ticket()
    journal = app.settings.service.erasure_journal
    journal.mkdir(parents=True)
    assert desk.document("Sari", f"case {number}") == (desk.text("desk.form.later"), {})
    journal.rmdir()
    assert desk.document("Sari", f"case {number}")[1]


def test_none_is_made_where_messages_are_waited_for(
    desk: Desk, app: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is made in the event loop would hold up every message meanwhile."""

    def made(_number: str, _actor: Actor, _place: str) -> Document:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        return Document("made.pdf", b"%PDF of nothing")

    monkeypatch.setattr(app.queries.documents, "case", made)
    _, sent = desk.document("Sari", f"case {desk.open_ticket()}")
    assert desk.names(sent) == ["made.pdf"]

"""A conversation in the terminal: what people write stands on their screen and nowhere else."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import timedelta
from functools import partial

import pytest
from rich.console import Console

from bot.bootstrap import Assistant
from bot.bootstrap.foreground import deliver, take
from bot.channels.terminal import CHANNEL, Hands, Terminal
from bot.config import Settings
from bot.config.recipients import RecipientSection
from bot.core.tickets import absence
from bot.core.tickets.recipients import Kind
from bot.core.tickets.ticket import State
from tests.factories import a_question
from tests.logs import logged, personal

LINES = (
    "Kuinka kauan Kanarialintu säilyttää tietoja?",
    "poistakaa tietoni",
    "kyllä",
    "Kanarialintu",
    "kanaria@example.com",
    "salainen toive",
    "1",
    "12345678",
    "/staff Mika",
    "show T-2026-0001",
    "refuse T-2026-0001",
    "salainen toive",
    "n",
    "/quit",
)


def test_a_conversation_stands_on_the_screen_and_not_in_the_log(app: Assistant) -> None:
    screen, typed = io.StringIO(), iter(LINES)

    def read(_prompt: str) -> str | None:
        return next(typed)

    with logged() as log:
        hands = Hands(take=partial(take, app), deliver=partial(deliver, app, CHANNEL), letters=list)
        Terminal(app.queries, hands, Console(file=screen, width=100), read).run()
    for seen in ("Kanarialintu", "T-2026-0001", "salainen toive"):
        assert seen in screen.getvalue()
    assert personal(log.getvalue()) == []


def played(app: Assistant, *lines: str, width: int = 200, prompts: list[str] | None = None) -> str:
    """Return what stands on the screen after these lines; what was asked for goes to `prompts`."""
    screen, typed = io.StringIO(), iter((*lines, "/quit"))

    def read(prompt: str) -> str | None:
        if prompts is not None:
            prompts.append(prompt)
        return next(typed)

    hands = Hands(take=partial(take, app), deliver=partial(deliver, app, CHANNEL), letters=list)
    Terminal(app.queries, hands, Console(file=screen, width=width), read).run()
    return screen.getvalue()


ASKED = ("poistakaa tietoni", "kyllä", "Liisa", "ei ole sähköpostia", "1", "kyllä", "/staff Aino")


def test_words_behind_a_number_are_words_to_the_customer(app: Assistant) -> None:
    seen = played(app, *ASKED, "refuse T-2026-0001 Laki Velvoittaa säilyttämään.", "k")
    assert "Laki Velvoittaa säilyttämään." in seen.partition("asiakas lukee")[2]
    [ticket] = app.queries.tickets(ended=True)
    assert ticket.state is State.REFUSED


@pytest.mark.parametrize(
    ("action", "answers"),
    [
        ("refuse T-2026-0001", ()),
        ("refuse T-2026-0001", ("Ei.",)),
        ("fulfil T-2026-0001 fully", ()),  # words need not be given
        ("correct_contacts T-2026-0002", ("liisa@example.com",)),
        ("open", ("access", "letter")),
        ("represent T-2026-0002 lawyer", ()),
    ],
)
def test_a_command_in_the_place_of_an_answer_leaves_the_form_and_is_carried_out(
    app: Assistant, action: str, answers: Sequence[str]
) -> None:
    by_letter = ("open", "access", "letter", app.queries.wording.today().isoformat(), "fi")
    opened = (*by_letter, "Liisa", "liisa@example.com", "-", "Kaikki.", "k")
    played(
        app, *ASKED, *opened, "attest T-2026-0001 in_person", "/staff Mika", "confirm T-2026-0001"
    )
    before = app.queries.tickets(ended=True)
    seen = played(app, "/staff Aino", action, *answers, "/staff Sari")
    assert app.queries.wording.label("you_are", name="Sari") in seen
    assert seen.count(app.queries.wording.desk("form.cancelled")) == 1
    assert app.queries.tickets(ended=True) == before


def test_above_what_cannot_be_sent_stands_that_staff_have_to_tell_it(app: Assistant) -> None:
    by_phone = ("open", "access", "phone", app.queries.wording.today().isoformat(), "fi")
    opened = ("/staff Aino", *by_phone, "Liisa", "-", "-", "Kaikki.", "k")
    seen = played(app, *opened, "refuse T-2026-0001 Ei.", "n")
    warned = app.queries.wording.desk("form.not_by_letter")
    assert warned in seen.partition("asiakas lukee")[0]
    assert warned not in played(app, *ASKED, "ask T-2026-0002 Mitä?", "n")


@pytest.fixture
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    recipients = getattr(request, "param", [])
    return settings.model_copy(update={"recipients": recipients})


@pytest.mark.parametrize(
    "settings", [[RecipientSection(name="Accounting", kind=Kind.SYSTEM)]], indirect=True
)
def test_each_line_says_what_its_words_are_for(app: Assistant) -> None:
    """Words beside a ready-made reply tell of nothing that was done; an excuse is read later."""
    label, desk = app.queries.wording.label, app.queries.wording.desk
    prompts: list[str] = []
    proved = (*ASKED, "attest T-2026-0001 in_person", "/staff Mika", "confirm T-2026-0001")
    excused = ("notify T-2026-0001 accounting excused", "Kirjanpitolaki.", "k")
    played(app, *proved, *excused, "refuse T-2026-0001 legal_obligation", "", "n", prompts=prompts)
    asked = [prompt.removesuffix(": ") for prompt in prompts]
    assert desk("form.in_excuse") in asked
    assert label("in_words_beside") in asked
    assert not {label("in_words"), label("in_words_or_none")} & {*asked}


def test_words_where_none_are_taken_are_refused(app: Assistant) -> None:
    seen = played(app, *ASKED, "attest T-2026-0001 in_person tavattiin toimistolla")
    assert "ei ota vastaan kaikkea" in seen
    [ticket] = app.queries.tickets(ended=False)
    assert ticket.evidence == ()


def test_a_slip_is_told_in_a_line_and_help_has_all_commands(app: Assistant) -> None:
    wording = app.queries.wording
    first = wording.desk("commands").splitlines()[1]
    said = played(app, "/staff Aino", "/staff Mika", "attest", "lst", "list nobody")
    assert said.count(first) == 1
    assert said.count(wording.label("no_command")) == 1
    assert wording.label("no_number", command="attest") in " ".join(said.split())
    assert wording.desk("list.unknown", known="mine, free") in " ".join(said.split())
    assert played(app, "/staff Aino", "help").count(first) == 2


def test_a_question_is_shown_as_a_ticket_is(app: Assistant) -> None:
    wording = app.queries.wording
    inquiry = a_question()
    with app.store.transaction() as unit:
        unit.inquiries.save(inquiry, app.store.keys.person(inquiry.person))
    shown = played(app, "/staff Aino", f"show {inquiry.number}").rpartition(inquiry.number)[2]
    assert inquiry.question in shown
    assert wording.label("can", name="Aino", actions="reply") in shown


def test_on_a_narrow_screen_no_word_is_cut_short(app: Assistant) -> None:
    said = played(app, *ASKED, "list unproved", "show T-2026-0001", width=60)
    assert "…" not in said.rpartition("Numero")[2]


def test_the_list_is_narrowed_by_the_filters_of_the_desks(app: Assistant) -> None:
    def listed(line: str) -> str:
        return played(app, "/staff Aino", line).rpartition("Numero")[2]

    played(app, *ASKED)
    assert "T-2026-0001" in listed("list unproved free")
    played(app, "/staff Aino", "take T-2026-0001")
    assert "T-2026-0001" not in listed("list unproved free")
    assert "T-2026-0001" in listed("list unproved mine")
    nothing = app.queries.wording.desk("report.none")
    assert nothing in played(app, "/staff Aino", "list overdue").rpartition(")")[2]


def test_who_is_away_says_so_and_owns_nothing_for_the_others_meanwhile(app: Assistant) -> None:
    played(app, *ASKED)
    played(app, "/staff Aino", "take T-2026-0001")
    next_week = (app.queries.wording.today() + timedelta(days=7)).isoformat()
    away = played(app, "/staff Aino", "away maybe", f"away {next_week}", "list unproved free")
    assert app.queries.wording.desk("denial.return_unclear") in away
    assert "T-2026-0001" in away.rpartition("Numero")[2]
    assert app.queries.wording.desk("away.owner", name="Aino") in away
    assert app.queries.wording.desk("away.ended", name="Aino") in played(
        app, "/staff Aino", "away -"
    )
    assert not absence.away(app.queries.absences(), app.queries.wording.today())

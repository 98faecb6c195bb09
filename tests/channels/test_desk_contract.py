"""The promises of the desk, played over all four desks through their real channels."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.content.loaded import Understanding
from bot.core.catalog import Right
from bot.core.tickets.ticket import Extent, State
from tests.channels.desk_contract import StaffDesk
from tests.fakes.desks import HttpDesk, SlackDesk, TelegramDesk, TerminalDesk

WORDS = "Laki velvoittaa & <i>säilyttämään</i> @Liisa {{ x }} *kaikki*."
DESKS: Mapping[str, Callable[[Path, Understanding], StaffDesk]] = {
    "telegram": TelegramDesk,
    "slack": SlackDesk,
    "terminal": TerminalDesk,
    "http": HttpDesk,
}


@pytest.fixture(scope="module", params=DESKS)
def desk(
    request: pytest.FixtureRequest, known: Understanding, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StaffDesk]:
    with DESKS[request.param](tmp_path_factory.mktemp(request.param), known) as opened:
        yield opened


def act(desk: StaffDesk, who: str, number: str, action: str, **fields: str) -> str:
    """Have somebody take an action; return what they are told instead, if so."""
    outcome = desk.begin(who, number, action, **fields)
    return outcome.refusal or desk.send(who)


def done(desk: StaffDesk, who: str, number: str, action: str, **fields: str) -> None:
    act(desk, who, number, action, **fields)
    assert desk.history(number)[-1] == (who, action)


def test_every_action_of_staff_can_be_taken(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    done(desk, "Aino", number, "ask", text="Mitä tarkoitat?")
    assert "Mitä tarkoitat?" in desk.heard(number)[-1]
    done(desk, "Mika", number, "suspend", ground="clarification", text="Tarkenna, kiitos.")
    assert desk.ticket(number).clock.suspended_on
    done(desk, "Sari", number, "resume")
    done(desk, "Sari", number, "verify", method="known_customer")
    assert desk.ticket(number).state is State.AWAITING_CONFIRMATION
    done(desk, "Mika", number, "extend", text="Pyyntöjä on paljon.")
    done(desk, "Mika", number, "confirm")
    done(desk, "Mika", number, "fulfil", extent="fully")
    assert desk.ticket(number).state is State.FULFILLED
    done(desk, "Mika", number, "reopen", text="Salainen syy.")
    done(desk, "Mika", number, "refuse", text=WORDS)
    assert desk.ticket(number).state is State.REFUSED
    assert WORDS in desk.heard(number)[-1]
    assert not any("Salainen syy" in told for told in desk.heard(number))


def test_the_customer_reads_what_the_preview_showed(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    outcome = desk.begin("Mika", number, "refuse", text=WORDS)
    before = desk.heard(number)
    assert desk.history(number) == [("customer", "open")]
    desk.send("Mika")
    [letter] = desk.heard(number)[len(before) :]
    assert WORDS in letter
    assert outcome.preview == letter


def confirmed(desk: StaffDesk) -> str:
    number = desk.open_ticket()
    done(desk, "Sari", number, "verify", method="known_customer")
    done(desk, "Mika", number, "confirm")
    return number


def test_the_customer_reads_what_was_done_as_the_preview_showed(desk: StaffDesk) -> None:
    number = confirmed(desk)
    outcome = desk.begin("Mika", number, "fulfil", extent="fully", text=WORDS)
    before = desk.heard(number)
    desk.send("Mika")
    [letter] = desk.heard(number)[len(before) :]
    assert WORDS in letter
    assert "on toteutettu." in letter
    assert outcome.preview == letter


def test_what_was_done_in_part_is_told_with_its_reasons_and_the_way_to_complain(
    desk: StaffDesk,
) -> None:
    number = confirmed(desk)
    missing = act(desk, "Mika", number, "fulfil", extent="partly", text="\u200b \u00ad")
    assert desk.text("desk.denial.reason_missing") in missing
    assert desk.ticket(number).state is State.CONFIRMED
    done(desk, "Mika", number, "fulfil", extent="partly", text=WORDS)
    assert desk.ticket(number).extent is Extent.PARTLY
    letter = desk.heard(number)[-1]
    for told in ("toteutettu osittain", WORDS, "tietosuojavaltuutetun toimistoon", "tuomioistuime"):
        assert told in letter


def test_a_ready_made_reply_is_chosen_previewed_and_read(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    outcome = desk.begin("Mika", number, "refuse", template="legal_obligation")
    assert "17 artiklan 3 kohdan b alakohta" in outcome.preview
    assert desk.history(number) == [("customer", "open")]
    before = desk.heard(number)
    desk.send("Mika")
    [letter] = desk.heard(number)[len(before) :]
    assert letter == outcome.preview
    assert desk.ticket(number).template == "legal_obligation"


def test_a_ticket_is_taken_and_handed_over_and_the_card_names_its_owner(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    before = desk.heard(number)
    done(desk, "Sari", number, "take")
    done(desk, "Sari", number, "hand_over", to="Mika")
    assert desk.owner(number) == "Mika"
    assert desk.text("desk.denial.already_owner") in act(desk, "Mika", number, "take")
    assert desk.heard(number) == before


def test_a_task_is_set_by_a_day_stands_on_the_card_and_is_ticked_off(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    before = desk.heard(number)
    due = (datetime.now(UTC).date() + timedelta(days=30)).isoformat()
    long_ago = act(desk, "Sari", number, "add_task", doer="Mika", due="2020-01-07", text="Ei")
    assert desk.text("desk.denial.due_past") in long_ago
    for words in ("Kysy palkoista: x@example.com", "Soita"):
        done(desk, "Sari", number, "add_task", doer="Mika", due=due, text=words)
    assert "☐ 1. Kysy palkoista: x•••@example.com (Mika, " in desk.tasks(number)
    done(desk, "Mika", number, "end_task", task="1")
    assert "☐ 2. Soita (Mika, " in desk.tasks(number)
    assert "☑ 1. Kysy palkoista: x•••@example.com (tehty: Mika, " in desk.tasks(number)
    assert desk.heard(number) == before
    assert "palkoista" not in str(desk.history(number))


def test_what_staff_note_for_themselves_reaches_nobody_else(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    before = desk.heard(number)
    outcome = desk.begin("Sari", number, "note", text="Liisa soitti, on hankala.")
    assert not outcome.refusal
    assert not outcome.preview
    desk.send("Sari")
    assert desk.history(number)[-1] == ("Sari", "note")
    [note] = desk.ticket(number).notes
    assert note.text == "Liisa soitti, on hankala."
    assert desk.heard(number) == before
    done(desk, "Mika", number, "refuse", text="Ei")
    assert not any("hankala" in told for told in desk.heard(number))


def test_a_role_that_does_not_suffice_is_told_so(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    no = desk.text("desk.denial.not_your_role")
    assert no in act(desk, "Mika", number, "verify", method="call_back")
    assert no in act(desk, "Sari", number, "refuse", text="Ei")
    assert no in act(desk, "Sari", number, "extend", text="Ei")
    assert no in act(desk, "Sari", number, "suspend", ground="clarification", text="Ei")
    assert desk.history(number) == [("customer", "open")]


def test_who_vouched_for_somebody_does_not_confirm_the_erasure(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    done(desk, "Aino", number, "verify", method="in_person")
    assert desk.text("desk.denial.four_eyes") in act(desk, "Aino", number, "confirm")
    assert desk.ticket(number).state is State.AWAITING_CONFIRMATION
    done(desk, "Mika", number, "confirm")


def test_who_looked_at_an_older_ticket_is_told_who_was_first(desk: StaffDesk) -> None:
    number = desk.open_ticket(Right.ACCESS)
    desk.begin("Mika", number, "refuse", text="Ei")
    desk.ask_elsewhere("Aino", number, "Mitä tarkoitat?")
    did = desk.text("desk.action.ask")
    first = desk.text("desk.card.first", name="Aino", did=did)
    assert f"{desk.text('desk.denial.stale')} ({first})" in desk.send("Mika")
    assert desk.history(number) == [("customer", "open"), ("Aino", "ask")]


def test_who_is_not_on_the_staff_does_nothing(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    assert act(desk, "Vieras", number, "refuse", text="Ei")
    assert desk.history(number) == [("customer", "open")]


def test_what_is_cancelled_is_not_sent(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    desk.begin("Mika", number, "refuse", text="Ei")
    before = desk.heard(number)
    desk.cancel("Mika")
    assert desk.heard(number) == before
    assert desk.history(number) == [("customer", "open")]


def test_what_is_sent_twice_counts_once(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    desk.begin("Aino", number, "ask", text="Mitä tarkoitat?")
    before = desk.heard(number)
    desk.send_twice("Aino")
    assert desk.history(number) == [("customer", "open"), ("Aino", "ask")]
    assert len(desk.heard(number)) == len(before) + 1


def test_words_that_are_none_are_not_sent(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    told = act(desk, "Aino", number, "ask", text="\u200b \u00ad")
    assert desk.text("desk.denial.reason_missing") in told
    assert desk.history(number) == [("customer", "open")]


def test_what_staff_say_beside_a_form_reaches_nobody(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    before = desk.heard(number)
    desk.talk("Mika", number, "Hylätään tämä, Liisa on hankala")
    assert desk.heard(number) == before
    assert desk.history(number) == [("customer", "open")]


def test_a_question_is_answered_once_and_in_staffs_words(desk: StaffDesk) -> None:
    number = desk.pass_question()
    done(desk, "Sari", number, "reply", text=f"On. {WORDS}")
    assert f"On. {WORDS}" in desk.heard(number)[-1]
    heard = desk.heard(number)
    assert len(heard) == len(desk.heard(number))

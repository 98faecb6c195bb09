"""The promises of the desk, played over all four desks through their real channels."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.config import Settings
from bot.content.files import content_dir
from bot.content.grounds import LONGEST_NAME, MOST_GROUNDS
from bot.content.loaded import Understanding, understanding
from bot.core.catalog import Language, Right
from bot.core.tickets.representation import AuthorityProof
from bot.core.tickets.source import Source
from bot.core.tickets.ticket import Extent, State
from tests.channels.desk_contract import StaffDesk
from tests.fakes.desks import DESKS, on
from tests.fakes.replica import until

WORDS = "Laki velvoittaa & <i>säilyttämään</i> @Liisa {{ x }} *kaikki*."
OWN = "trade_secret"
TRADE_SECRET = f"""
[{OWN}]
rights = ["access", "portability"]
name = {{ fi = "Liikesalaisuus" }}
refuse = {{ fi = "Pyyntö {{{{ number }}}}: liikesalaisuus." }}
"""
OTHER = """
[ground_with_a_long_key_too_{0:02}]
name = {{ fi = "{0:02} {1}" }}
refuse = {{ fi = "Muu peruste." }}
"""


@pytest.fixture(scope="module")
def content_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the content of an organisation that has as many own grounds as there may be."""
    folder = tmp_path_factory.mktemp("own")
    responses = folder / "responses"
    responses.mkdir()
    (responses / "notice").symlink_to(content_dir() / "responses" / "notice")
    others = "\n".join(OTHER.format(n, "n" * (LONGEST_NAME - 3)) for n in range(MOST_GROUNDS - 1))
    (responses / "grounds.toml").write_text(f"{others}\n{TRADE_SECRET}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def own(known: Understanding, content_folder: Path) -> Understanding:
    """Return what is known with that content, in which topics are as in what ships."""
    return replace(known, content=understanding(content_folder, Settings().words()).content)


@pytest.fixture(scope="module", params=on(*DESKS))
def desk(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    content_folder: Path,
    own: Understanding,
) -> Iterator[StaffDesk]:
    folder, section = tmp_path_factory.mktemp(request.param), {"dir": str(content_folder)}
    with DESKS[request.param](folder, own, content=section) as opened:
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


def test_an_own_ground_among_as_many_as_there_may_be_is_chosen_and_read(desk: StaffDesk) -> None:
    number = desk.open_ticket(Right.ACCESS)
    outcome = desk.begin("Mika", number, "refuse", template=OWN)
    before = desk.heard(number)
    desk.send("Mika")
    [letter] = desk.heard(number)[len(before) :]
    assert f"Pyyntö {number}: liikesalaisuus." in letter
    assert "tietosuojavaltuutetun toimistoon" in letter
    assert letter == outcome.preview
    assert desk.ticket(number).template == OWN


@pytest.mark.parametrize("desk", on("slack", "terminal", "http"), indirect=True)
def test_an_own_ground_of_other_rights_is_not_taken_where_all_are_offered(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    told = act(desk, "Mika", number, "refuse", template=OWN)
    assert desk.text("desk.denial.template_not_fit") in told
    assert desk.history(number) == [("customer", "open")]


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


def code_for(desk: StaffDesk, number: str) -> str:
    """Return the code of the newest letter about a ticket, once it has gone."""

    def mailed() -> list[str]:
        about = [text for text in desk.mailed() if number in text]
        return [code for text in about for code in re.findall(r"\b\d{8}\b", text)]

    until(mailed)
    return mailed()[-1]


def test_a_letter_from_the_post_is_opened_corrected_and_proved_by_its_code(
    desk: StaffDesk,
) -> None:
    today = datetime.now(UTC).date()
    received = (today - timedelta(days=3)).isoformat()
    number = desk.open_for(
        "Sari",
        right="access",
        source="letter",
        received=received,
        language="sv",
        name="Liisa Lehto",
        email="lisa@example.com",
        phone="-",
        text="Allt ni har om mig.",
    )
    ticket = desk.ticket(number)
    assert (ticket.source, ticket.clock.received.isoformat()) == (Source.LETTER, received)
    assert (ticket.opening, ticket.language) == ("Allt ni har om mig.", Language.SV)
    wrong = code_for(desk, number)
    desk.put_on_file("liisa@example.com")
    outcome = desk.begin(
        "Sari", number, "correct_contacts", email="liisa@example.com", phone="040 123 4567"
    )
    assert not outcome.refusal
    assert "••••••••" in outcome.preview
    desk.send("Sari")
    assert desk.history(number)[-1] == ("Sari", "correct_contacts")
    until(lambda: code_for(desk, number) != wrong)
    assert desk.text("desk.denial.code_wrong") in act(desk, "Sari", number, "tell_code", code=wrong)
    assert not desk.ticket(number).address_is_proved
    done(desk, "Sari", number, "tell_code", code=code_for(desk, number))
    assert desk.ticket(number).address_is_proved


def test_a_request_for_somebody_else_waits_for_what_shows_the_authority(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    outcome = desk.begin("Sari", number, "represent", relation="guardian", text="Oskar Lind")
    before = desk.heard(number)
    desk.send("Sari")
    [letter] = desk.heard(number)[len(before) :]
    assert "Oskar Lind" in letter
    assert letter == outcome.preview
    done(desk, "Sari", number, "verify", method="known_customer")
    seen = "Edunvalvontamääräys nähtiin vastaanotolla."
    done(desk, "Sari", number, "authorise", authority="guardianship_order", text=seen)
    [shown] = desk.ticket(number).authority
    assert shown.proof is AuthorityProof.GUARDIANSHIP_ORDER
    assert seen in [note.text for note in desk.ticket(number).notes]
    assert not any(seen in told for told in desk.heard(number))
    done(desk, "Mika", number, "confirm")


def test_files_are_attached_removed_again_and_the_copy_is_handed_over(desk: StaffDesk) -> None:
    number = desk.open_ticket(Right.ACCESS)
    done(desk, "Sari", number, "verify", method="known_customer")
    done(desk, "Mika", number, "confirm")
    for name in ("väärä.json", "oikea.json"):
        desk.attach("Sari", number, name, b'{"orders": []}')
        assert desk.history(number)[-1] == ("Sari", "attach")
        assert [file.name for file in desk.ticket(number).files] == [name]
        if name == "väärä.json":
            done(desk, "Sari", number, "detach")
            assert desk.ticket(number).files == ()
    outcome = desk.begin("Mika", number, "deliver", way="handed_over", text=WORDS)
    before = desk.heard(number)
    desk.send("Mika")
    [letter] = desk.heard(number)[len(before) :]
    assert WORDS in letter
    assert outcome.preview == letter
    done(desk, "Mika", number, "fulfil", extent="fully")


def test_a_request_is_found_by_number_name_address_and_owner(desk: StaffDesk) -> None:
    number, other = desk.open_ticket(), desk.open_ticket(Right.ACCESS)
    desk.begin("Sari", number, "take")
    desk.send("Sari")
    person = desk.ticket(number).person
    for words in (number.lower(), "sari"):
        found = desk.find("Mika", words)
        assert number in found, words
        assert other not in found, words
    assert number in desk.find("Mika", person.email)
    by_name = desk.find("Mika", person.name.split()[-1].lower())
    assert number in by_name
    assert other in by_name
    assert number not in desk.find("Mika", "nobody@example.net")


def test_what_has_ended_is_found_as_well(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    desk.begin("Aino", number, "refuse", text="Not ours.")
    desk.send("Aino")
    assert number in desk.find("Sari", number)


def test_the_register_is_narrowed_and_owned_by_nobody_while_its_owner_is_away(
    desk: StaffDesk,
) -> None:
    number = desk.open_ticket(Right.ACCESS)
    done(desk, "Sari", number, "verify", method="known_customer")
    done(desk, "Sari", number, "take")
    assert number in desk.listed("Sari", "mine")
    assert number not in desk.listed("Sari", "free")
    assert number not in desk.listed("Mika", "mine")
    back = (datetime.now(UTC).date() + timedelta(days=9)).isoformat()
    assert desk.text("desk.away.begun", name="Sari", back=back) in desk.away("Sari", back)
    assert number in desk.listed("Mika", "free")
    assert desk.text("desk.away.ended", name="Sari") in desk.away("Sari", "-")
    assert number not in desk.listed("Mika", "free")


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

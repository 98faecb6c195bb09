"""Requests by form, for people of another organisation whom the bot cannot write to."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.content.loaded import Understanding
from bot.core.conversation.verification import phase
from bot.core.tickets.ticket import Ticket
from tests.fakes.slack import Channel, Message, User, View, plain
from tests.fakes.slack.office import Office

ERASURE, ACCESS = "tietojen poistaminen", "pääsy henkilötietoihin"
_CHANNELS = itertools.count(1)
ASK = {"fi": "Poistakaa tietoni", "en": "Please delete my data", "sv": "Radera mina uppgifter"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office"), known) as opened:
        yield opened


@pytest.fixture
def shared(office: Office) -> Channel:
    """A channel for each test: only so many questions are answered in one of them in a minute."""
    number = next(_CHANNELS)
    return office.slack.channel(f"CSHARED{number}", "shared", [office.aino], ext_shared=True)


@pytest.fixture
def mary(office: Office, shared: Channel) -> Iterator[User]:
    """Somebody of another organisation, of whom nothing may ever stand in the shared channel."""
    mary = office.customer("Mary", team="T0OTHER")
    office.slack.join(mary, shared)
    yield mary
    said = "".join(f"{m.text} {m.blocks}" for m in office.slack.said(shared))
    numbers = [t.number for t in office.work.house.tickets(ended=False)]
    assert not [word for word in ("Mary", "Meikäläinen", "@example", *numbers) if word in said]
    assert not office.slack.said(mary)


def asked(office: Office, mary: User, shared: Channel, language: str = "fi") -> Message:
    """Ask in the shared channel; return the answer with its buttons."""
    before = len(office.slack.said(shared))
    office.slack.write(mary, ASK[language], shared, mention_bot=True)
    office.slack.wait(lambda: len(office.slack.said(shared)) > before)
    return office.slack.said(shared)[-1]


def opened(office: Office, mary: User, shared: Channel, label: str, language: str = "fi") -> View:
    office.slack.views.clear()
    answer = asked(office, mary, shared, language)
    office.acked(office.slack.press(mary, label, shared, answer))
    return office.shown(mary)


def requested(office: Office, mary: User, shared: Channel, right: str = ERASURE) -> str:
    """Make a request by form; return the ticket's number."""
    opened(office, mary, shared, "Tee pyyntö")
    fields = {"right": right, "name": "Mary Meikäläinen", "email": mary.email}
    office.slack.fill(mary, fields)
    assert office.slack.submit(mary)["response_action"] == "update"
    answered(office, mary)

    def number() -> list[str]:
        tickets = office.work.house.tickets(ended=False)
        return [t.number for t in tickets if t.person.email == mary.email and not t.evidence]

    return office.slack.wait(number)[-1]


def given(office: Office, mary: User, code: str) -> str:
    """Type a code into the open modal; return what is then said."""
    office.slack.fill(mary, {"code": code})
    office.slack.submit(mary)
    return answered(office, mary)


def assert_right(office: Office, mary: User, code: str) -> None:
    """Type the right code; number and due day of each of her open requests are then told."""
    told = given(office, mary, code).split("\n\n")
    today = office.work.house.rules.today(office.work.clock())
    stands = [
        office.words(
            f"status.{phase(ticket)}",
            number=ticket.number,
            right=ticket.right,
            due=ticket.clock.end(today).due.isoformat(),
        )
        for ticket in office.work.house.tickets(ended=False)
        if ticket.person.account.endswith(mary.id)
    ]
    assert stands
    assert told == [office.words("request_form.code_right"), *stands]


def answered(office: Office, mary: User) -> str:
    """Return what a modal says once it says more than that it was received."""
    waiting = {office.words(f"request_form.{key}") for key in ("received", "checking")}

    def said() -> str:
        view = office.shown(mary)
        text = view.errors.get("code", "") or plain(view)
        return "" if text in waiting else text

    return office.slack.wait(said)


def left(office: Office, tries: int) -> str:
    return office.words("code.wrong", left=tries)


def test_a_request_by_form_goes_on_by_mail_and_stays_out_of_the_channel(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    told = plain(office.shown(mary))
    assert office.words("request_form.code_sent", email=mary.email) in told
    today = office.work.house.rules.today(office.work.clock())
    due = office.ticket(number).clock.end(today).due
    assert office.words("ticket.opened", number=number, due=due.isoformat()) in told
    assert_right(office, mary, office.code(number))
    assert office.ticket(number).evidence[0].method == "email_code"
    assert mary.email.removeprefix(mary.email[0]) not in plain(office.card(number))
    office.acts(office.sari, "verify", number, method="tavattu henkilökohtaisesti")
    office.acts(office.mika, "confirm", number)
    letters = office.slack.wait(
        lambda: [
            le.body("plain") for le in office.smtp.letters if "hyväksytty, ja" in le.body("plain")
        ]
    )
    assert number in letters[-1]
    assert office.smtp.letters[-1].recipients == (mary.email,)


def test_a_letter_goes_only_to_an_address_that_was_proved(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    office.code(number)
    assert office.words("desk.card.reach_unproved") in plain(office.card(number))
    preview = office.previews(office.mika, "refuse", number, {"text": "Ei tietoja"})
    assert office.words("desk.form.only_there") in plain(preview)
    letters = len(office.smtp.letters)
    office.acts(office.mika, "refuse", number, text="Ei tietoja")
    undelivered = f"Ei mennyt perille: viesti asiakkaalle ({number})"
    office.slack.wait(
        lambda: [m for m in office.slack.said(office.desk) if plain(m).startswith(undelivered)]
    )
    assert len(office.smtp.letters) == letters


@pytest.mark.parametrize("language", ["fi", "en", "sv"])
def test_the_form_speaks_the_language_of_the_question(
    office: Office, mary: User, shared: Channel, language: str
) -> None:
    label = office.words("request_form.open", language)
    form = opened(office, mary, shared, label, language)
    assert form.title == office.words("request_form.title", language)
    right = office.words("right.erasure", language)
    office.slack.fill(mary, {"right": right, "name": "Mary", "email": "nobody"})
    office.slack.submit(mary)
    form = office.shown(mary)
    assert form.errors == {"email": office.words("field.email.invalid", language)}
    office.slack.fill(mary, {"email": mary.email})
    office.slack.submit(mary)
    told = office.words("request_form.code_sent", language, email=mary.email)
    assert office.shown(mary, told)
    office.slack.wait(
        lambda: [t for t in office.work.house.tickets(ended=False)
                 if t.person.email == mary.email and t.language == language]
    )  # fmt: skip


def test_a_wrong_code_can_be_mended_and_a_malformed_one_is_no_try(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    code = office.code(number)
    assert given(office, mary, "1234") == office.words("request_form.invalid")
    challenge = office.ticket(number).challenge
    assert challenge is not None
    assert challenge.tries == 0
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    assert given(office, mary, wrong) == left(office, 4)
    spaced = f" {code[:4]} {code[4:]} "
    assert_right(office, mary, spaced)


def test_a_code_is_tried_five_times_at_most(office: Office, mary: User, shared: Channel) -> None:
    number = requested(office, mary, shared)
    code = office.code(number)
    for wrong in range(1, 5):
        told = given(office, mary, f"{(int(code) + wrong) % 10**8:08d}")
        assert left(office, 5 - wrong) in told
    for exhausted in (f"{(int(code) + 5) % 10**8:08d}", code):
        assert office.words("code.exhausted") in given(office, mary, exhausted)
    assert office.ticket(number).evidence == ()


def test_the_code_can_be_given_later(office: Office, mary: User, shared: Channel) -> None:
    number = requested(office, mary, shared)
    opened(office, mary, shared, "Kirjoita koodi")
    assert "@" not in plain(office.shown(mary))
    assert_right(office, mary, office.code(number))


def test_a_code_that_nobody_waits_for_is_said_to_be_none(
    office: Office, mary: User, shared: Channel
) -> None:
    opened(office, mary, shared, "Kirjoita koodi")
    assert office.words("request_form.none") in given(office, mary, "12345678")


def test_a_new_code_is_mailed_at_a_press_and_the_old_one_is_none(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    old = office.code(number)
    opened(office, mary, shared, "Kirjoita koodi")
    office.work.later(timedelta(minutes=16))
    assert office.words("code.expired") in given(office, mary, old)
    office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
    told = office.words("request_form.code_sent", email=mary.email)
    assert office.shown(mary, told)
    office.slack.wait(lambda: office.code(number) != old)
    assert_right(office, mary, office.code(number))


def no_more(office: Office) -> str:
    """Return how it is said that there are no more codes; from when on again depends."""
    return office.words("code.too_many", at="2026-11-06T11:00").partition(".")[0]


def test_too_many_codes_are_said_to_be_too_many(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    for _ in range(2):
        shown = len(office.slack.called("views.update"))
        office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
        office.slack.wait(lambda n=shown: len(office.slack.called("views.update")) > n)  # type: ignore[misc]
    office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
    assert office.shown(mary, no_more(office))
    office.slack.wait(lambda: sum(number in le.body("plain") for le in office.smtp.letters) == 3)
    assert_right(office, mary, office.code(number))


def test_a_new_code_without_a_request_is_said_to_be_none(
    office: Office, mary: User, shared: Channel
) -> None:
    opened(office, mary, shared, "Kirjoita koodi")
    office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
    assert office.shown(mary, office.words("request_form.none"))


def test_a_mistyped_address_is_corrected_by_filling_in_the_form_again(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    old = office.code(number)
    opened(office, mary, shared, "Tee pyyntö")
    office.slack.fill(mary, {"right": ERASURE, "name": "Mary", "email": f"right-{mary.email}"})
    assert office.slack.submit(mary)["response_action"] == "update"
    assert office.shown(mary, f"right-{mary.email}")
    assert office.ticket(number).person.email == f"right-{mary.email}"
    office.slack.wait(lambda: office.code(number) != old)
    assert left(office, 4) in given(office, mary, old)
    assert_right(office, mary, office.code(number))
    assert office.smtp.letters[-1].recipients == (f"right-{mary.email}",)


def test_a_second_request_for_the_same_right_is_told_the_number_of_the_first(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    opened(office, mary, shared, "Tee pyyntö")
    office.slack.fill(mary, {"right": ERASURE, "name": "Mary", "email": mary.email})
    assert office.slack.submit(mary)["response_action"] == "update"
    waits = office.words("request_form.already_waits", number=number)
    assert waits in plain(office.shown(mary))
    assert_right(office, mary, office.code(number))
    opened(office, mary, shared, "Tee pyyntö")
    office.slack.fill(mary, {"right": ERASURE, "name": "Mary", "email": mary.email})
    office.slack.submit(mary)
    already = office.words("request_form.already", number=number)
    assert office.shown(mary).errors == {"right": already}
    office.slack.fill(mary, {"right": ACCESS})
    assert office.slack.submit(mary)["response_action"] == "update"
    office.slack.wait(lambda: len(mine(office, mary)) == 2)
    assert {t.right for t in mine(office, mary)} == {"erasure", "access"}


def mine(office: Office, mary: User) -> list[Ticket]:
    return [t for t in office.work.house.tickets(ended=False) if t.person.email == mary.email]


def test_one_code_proves_the_address_on_all_requests(
    office: Office, mary: User, shared: Channel
) -> None:
    first = requested(office, mary, shared)
    second = requested(office, mary, shared, ACCESS)
    office.code(first)
    assert_right(office, mary, office.code(second))
    assert office.ticket(first).evidence
    assert office.ticket(second).evidence


def test_a_form_submitted_twice_makes_one_request(
    office: Office, mary: User, shared: Channel
) -> None:
    opened(office, mary, shared, "Tee pyyntö")
    office.slack.fill(mary, {"right": ERASURE, "name": "Mary", "email": mary.email})
    view = office.slack.view(mary)
    assert view is not None
    for delivery in [office.slack.submit_again(mary, view) for _ in range(2)]:
        office.acked(delivery)
    office.slack.wait(lambda: mine(office, mary))
    office.says(office.customer(), "hei")
    assert len(mine(office, mary)) == 1


def test_another_persons_code_is_of_no_use(office: Office, mary: User, shared: Channel) -> None:
    number = requested(office, mary, shared)
    code = office.code(number)
    eve = office.customer("Eve", team="T0OTHER")
    office.slack.join(eve, shared)
    opened(office, eve, shared, "Kirjoita koodi")
    assert office.words("request_form.none") in given(office, eve, code)
    assert office.ticket(number).evidence == ()


def test_whom_the_workspace_vouches_for_is_told_that_no_code_is_needed(
    office: Office, shared: Channel
) -> None:
    own = office.customer("Elli", restricted=False)
    office.slack.join(own, shared)
    opened(office, own, shared, "Tee pyyntö")
    office.slack.fill(own, {"right": ERASURE, "name": "Elli", "email": own.email})
    office.slack.submit(own)
    assert office.words("vouched.taken") in answered(office, own)


def test_who_has_had_many_codes_is_told_so_and_gets_one_later(
    office: Office, mary: User, shared: Channel
) -> None:
    rights = ("erasure", "access", "portability", "restriction")
    for right in (office.words(f"right.{name}") for name in rights):
        opened(office, mary, shared, "Tee pyyntö")
        fields = {"right": right, "name": "Mary", "email": mary.email, "details": "osoite"}
        office.slack.fill(mary, fields)
        office.slack.submit(mary)
        told = answered(office, mary)
    assert no_more(office) in told
    office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
    assert office.shown(mary, no_more(office))


def test_the_form_is_open_to_the_own_people_too(office: Office, shared: Channel) -> None:
    matti = office.customer()
    office.slack.join(matti, shared)
    number = requested(office, matti, shared)
    office.slack.wait(lambda: office.slack.said(matti))
    assert number in plain(office.slack.said(matti)[-1])
    assert number not in json.dumps([m.blocks for m in office.slack.said(shared)])

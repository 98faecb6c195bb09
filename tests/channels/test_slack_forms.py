"""Requests by form, for people of another organisation whom the bot cannot write to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta

import pytest

from bot.content.loaded import Understanding
from bot.core.tickets.ticket import Ticket
from tests.fakes.slack import Channel, Message, User, View, plain
from tests.fakes.slack.model import Json
from tests.fakes.slack.office import Office

ERASURE, ACCESS = "tietojen poistaminen", "pääsy omiin tietoihin"
ASK = {"fi": "Poistakaa tietoni", "en": "Please delete my data", "sv": "Radera mina uppgifter"}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office"), known) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(office: Office) -> Channel:
    return office.slack.channel("CSHARED", "shared", [office.aino], ext_shared=True)


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

    def number() -> list[str]:
        tickets = office.work.house.tickets(ended=False)
        return [t.number for t in tickets if t.person.email == mary.email and not t.evidence]

    return office.slack.wait(number)[-1]


def given(office: Office, mary: User, code: str) -> str:
    """Type a code into the open form; return what is then said."""
    office.slack.fill(mary, {"code": code})
    office.slack.submit(mary)
    view = office.slack.view(mary)
    assert view is not None
    return view.errors.get("code", "") or plain(view)


def test_a_request_by_form_goes_on_by_mail_and_stays_out_of_the_channel(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    assert office.words("request_form.code_sent", email=mary.email) in plain(office.shown(mary))
    assert given(office, mary, office.code(number)) == office.words("request_form.code_right")
    assert office.ticket(number).evidence[0].method == "email_code"
    assert mary.email.removeprefix(mary.email[0]) not in plain(office.card(number))
    office.acts(office.sari, "verify", number, method="tavattu henkilökohtaisesti")
    office.acts(office.mika, "confirm", number)
    letters = office.slack.wait(
        lambda: [
            le.body("plain") for le in office.smtp.letters if "vahvistettu, ja" in le.body("plain")
        ]
    )
    assert number in letters[-1]
    assert office.smtp.letters[-1].recipients == (mary.email,)


def test_a_letter_goes_only_to_an_address_that_was_proved(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    office.code(number)
    letters = len(office.smtp.letters)
    office.acts(office.mika, "refuse", number, text="Ei tietoja")
    undelivered = office.words("desk.alarm.dead_effect", number=number, reference="")[:30]
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
    assert told in plain(office.shown(mary))
    office.slack.wait(
        lambda: [t for t in office.work.house.tickets(ended=False)
                 if t.person.email == mary.email and t.language == language]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"name": "1234"}, {"name": "field.name.invalid"}),
        ({"email": "mary at example"}, {"email": "field.email.invalid"}),
        (
            {"name": "-", "email": "-"},
            {"name": "field.name.invalid", "email": "field.email.invalid"},
        ),
        ({"right": "tietojen oikaisu"}, {"details": "field.details.rectification"}),
        (
            {"right": "tietojen oikaisu", "details": "  "},
            {"details": "field.details.rectification"},
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    office: Office,
    mary: User,
    shared: Channel,
    fields: dict[str, str],
    wrong: dict[str, str],
) -> None:
    opened(office, mary, shared, "Tee pyyntö")
    office.slack.fill(mary, {"right": ERASURE, "name": "Mary", "email": mary.email} | fields)
    office.slack.submit(mary)
    assert office.shown(mary).errors == {name: office.words(key) for name, key in wrong.items()}


def test_a_wrong_code_can_be_mended_and_a_malformed_one_is_no_try(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    code = office.code(number)
    for malformed in ("1234", "abcd efgh", "123456789", "1234–5678"):
        assert given(office, mary, malformed) == office.words("request_form.invalid")
    challenge = office.ticket(number).challenge
    assert challenge is not None
    assert challenge.tries == 0
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    assert given(office, mary, wrong) == office.words("request_form.code_wrong")
    spaced = f" {code[:4]} {code[4:]} "
    assert given(office, mary, spaced) == office.words("request_form.code_right")


def test_a_code_is_tried_five_times_at_most(
    office: Office, mary: User, shared: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.request_modal._WAIT", 0.5)
    number = requested(office, mary, shared)
    code = office.code(number)
    for wrong in range(1, 6):
        given(office, mary, f"{(int(code) + wrong) % 10**8:08d}")
    assert given(office, mary, code) == office.words("request_form.code_wrong")
    assert office.ticket(number).evidence == ()


def test_the_code_can_be_given_later(office: Office, mary: User, shared: Channel) -> None:
    number = requested(office, mary, shared)
    opened(office, mary, shared, "Kirjoita koodi")
    assert "@" not in plain(office.shown(mary))
    assert given(office, mary, office.code(number)) == office.words("request_form.code_right")


def test_a_code_that_nobody_waits_for_is_said_to_be_none(
    office: Office, mary: User, shared: Channel
) -> None:
    opened(office, mary, shared, "Kirjoita koodi")
    assert given(office, mary, "12345678") == office.words("request_form.none")


def test_a_new_code_is_mailed_at_a_press_and_the_old_one_is_none(
    office: Office, mary: User, shared: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.slack.request_modal._WAIT", 0.5)
    number = requested(office, mary, shared)
    old = office.code(number)
    opened(office, mary, shared, "Kirjoita koodi")
    office.work.later(timedelta(minutes=16))
    assert given(office, mary, old) == office.words("request_form.code_wrong")
    office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
    told = office.words("request_form.code_sent", email=mary.email)
    assert office.shown(mary, told)
    office.slack.wait(lambda: office.code(number) != old)
    assert given(office, mary, office.code(number)) == office.words("request_form.code_right")


def test_too_many_codes_are_said_to_be_too_many(
    office: Office, mary: User, shared: Channel
) -> None:
    number = requested(office, mary, shared)
    for _ in range(2):
        sent = len(office.ticket(number).codes_sent)
        office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
        office.slack.wait(lambda n=sent: len(office.ticket(number).codes_sent) > n)  # type: ignore[misc]
    office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
    assert office.shown(mary, office.words("code.too_many"))
    office.slack.wait(lambda: sum(number in le.body("plain") for le in office.smtp.letters) == 3)
    assert given(office, mary, office.code(number)) == office.words("request_form.code_right")


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
    office.slack.wait(lambda: office.ticket(number).person.email == f"right-{mary.email}")
    office.slack.wait(lambda: office.code(number) != old)
    assert given(office, mary, old) == office.words("request_form.code_wrong")
    assert given(office, mary, office.code(number)) == office.words("request_form.code_right")
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
    assert given(office, mary, office.code(number)) == office.words("request_form.code_right")
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
    assert given(office, mary, office.code(second)) == office.words("request_form.code_right")
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
    assert given(office, eve, code) == office.words("request_form.none")
    assert office.ticket(number).evidence == ()


def chosen(right: str) -> Json:
    return {"value": {"type": "static_select", "selected_option": {"value": right}}}


LONG = {"value": {"type": "plain_text_input", "value": "x" * 5000}}


@pytest.mark.parametrize(
    ("changes", "block"),
    [
        ({"private_metadata": "not json"}, "right"),
        ({"private_metadata": '{"language": "xx"}'}, "right"),
        ({"private_metadata": "[]"}, "right"),
        ({"state": {"values": {}}}, "right"),
        ({"state": {"values": {"right": chosen("all")}}}, "right"),
        ({"state": {"values": {"right": chosen("erasure"), "details": LONG}}}, "details"),
    ],
)
def test_a_forged_form_is_answered_with_what_is_wrong(
    office: Office, mary: User, shared: Channel, changes: Json, block: str
) -> None:
    view = opened(office, mary, shared, "Tee pyyntö")
    answer = office.acked(office.slack.submit_again(mary, view, **changes)).answer
    assert answer is not None
    assert block in answer["errors"]
    assert mine(office, mary) == []


def test_whom_the_workspace_vouches_for_is_told_that_no_code_is_needed(
    office: Office, shared: Channel
) -> None:
    own = office.customer("Elli", restricted=False)
    office.slack.join(own, shared)
    opened(office, own, shared, "Tee pyyntö")
    office.slack.fill(own, {"right": ERASURE, "name": "Elli", "email": own.email})
    office.slack.submit(own)
    assert office.words("vouched.taken") in plain(office.shown(own))


def test_who_has_had_many_codes_is_told_so_and_gets_one_later(
    office: Office, mary: User, shared: Channel
) -> None:
    rights = ("erasure", "access", "portability", "restriction")
    for right in (office.words(f"right.{name}") for name in rights):
        opened(office, mary, shared, "Tee pyyntö")
        fields = {"right": right, "name": "Mary", "email": mary.email, "details": "osoite"}
        office.slack.fill(mary, fields)
        office.slack.submit(mary)
    assert office.words("code.too_many") in plain(office.shown(mary))
    office.acked(office.slack.press(mary, "Lähetä uusi koodi"))
    assert office.shown(mary, office.words("code.too_many"))


def test_no_name_is_asked_of_who_only_wants_no_marketing(
    office: Office, mary: User, shared: Channel
) -> None:
    marketing = office.words("right.marketing_objection")
    opened(office, mary, shared, "Tee pyyntö")
    office.slack.fill(mary, {"right": ERASURE, "email": mary.email})
    office.slack.submit(mary)
    assert office.shown(mary).errors == {"name": office.words("field.name.ask")}
    office.slack.fill(mary, {"right": marketing, "email": mary.email})
    assert office.slack.submit(mary)["response_action"] == "update"


def test_a_form_says_that_a_machine_takes_it_and_what_is_kept(
    office: Office, mary: User, shared: Channel
) -> None:
    shown = plain(opened(office, mary, shared, "Tee pyyntö"))
    assert office.words("machine") in shown
    assert office.words("privacy") in shown


def test_the_form_is_open_to_the_own_people_too(office: Office, shared: Channel) -> None:
    matti = office.customer()
    office.slack.join(matti, shared)
    number = requested(office, matti, shared)
    office.slack.wait(lambda: office.slack.said(matti))
    assert number in plain(office.slack.said(matti)[-1])
    assert number not in json.dumps([m.blocks for m in office.slack.said(shared)])

"""Nobody but listed members of the desk's own channel changes a ticket, whatever they send."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.content.loaded import Understanding
from bot.core.events import StaffActed
from bot.core.tickets.command import Command
from bot.core.tickets.identity import Method, attestation
from bot.core.tickets.ticket import Action
from tests.fakes.slack import Delivery, User, View, plain
from tests.fakes.slack.model import Json
from tests.fakes.slack.office import LABELS, Office, numbered

CALLED = "soitto rekisterissä olevaan numeroon"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, known: Understanding) -> Iterator[Office]:
    with Office(tmp_path_factory.mktemp("office"), known) as opened:
        yield opened


@pytest.fixture(scope="module")
def verified(office: Office) -> str:
    """A ticket that waits for its confirmation: one for all, since nothing may change it."""
    number = office.opened(office.customer())
    actor = office.work.house.staff("slack")[office.sari.id]
    seen = attestation(Method.CALL_BACK, actor.key, office.work.clock())
    command = Command(action=Action.VERIFY, evidence=seen)
    event = StaffActed(ticket=office.ticket(number).id, actor=actor, command=command)
    office.work.app.intake.receive([office.work.house.inbound(f"verified {number}", event)])
    office.card(number, "odottaa hyväksyntää")
    return number


@pytest.fixture
def ticket(office: Office, verified: str) -> Iterator[str]:
    """The ticket, which is looked at when a test is over."""
    before = office.standing(verified)
    yield verified
    office.says(office.customer(), "hei")  # all that was sent has been handled by now
    assert office.standing(verified) == before


def stranger(office: Office) -> User:
    """Somebody in the channel who is not on the list."""
    tuuli = office.slack.user("UTUULI", "Tuuli")
    office.slack.join(tuuli, office.desk)
    return tuuli


def told(office: Office, who: User, key: str) -> None:
    """See that somebody is told why not, and gets no further."""
    view = office.shown(who, office.words(f"desk.form.{key}"))
    assert view.body["submit"] is None
    office.slack.views.clear()


def answered(office: Office, delivery: Delivery, key: str) -> None:
    """See that a form was answered with why not."""
    answer = office.acked(delivery).answer
    assert answer is not None
    assert office.words(f"desk.form.{key}") in json.dumps(answer, ensure_ascii=False)
    assert answer["response_action"] in ("errors", "update")
    office.slack.views.clear()


# Who


def test_whoever_is_not_listed_is_told_so(office: Office, ticket: str) -> None:
    tuuli = stranger(office)
    preview = office.previews(office.mika, "confirm", ticket)
    asked = office.previews(office.mika, "refuse", ticket, {"text": "Ei"})
    for label in office.card(ticket).labels:
        office.presses_card(tuuli, label, office.card(ticket))
        told(office, tuuli, "not_staff")
    answered(office, office.slack.submit_again(tuuli, preview), "not_staff")
    answered(office, office.slack.submit_again(tuuli, asked), "not_staff")


def test_whoever_has_left_the_channel_is_told_so(office: Office, ticket: str) -> None:
    preview = office.previews(office.mika, "confirm", ticket)
    asking = office.opens(office.mika, "refuse", ticket)
    card = office.card(ticket)
    office.slack.leave(office.mika, office.desk)
    office.slack.wait(lambda: not office.slack.pending)
    try:
        for button in card.buttons:
            office.slack.views.clear()
            office.slack.press_forged(
                office.mika, office.desk, card.ts, button.action_id, button.value
            )
            told(office, office.mika, "not_member")
        answered(office, office.slack.submit_again(office.mika, preview), "not_member")
        answered(office, office.slack.submit_again(office.mika, filled(asking)), "not_member")
    finally:
        office.slack.join(office.mika, office.desk)
        office.slack.wait(lambda: not office.slack.pending)


def filled(view: View, text: str = "Ei") -> View:
    view.values = {"text": {"value": text}}
    return view


@pytest.mark.parametrize("team", ["T0OTHER", ""])
def test_whoever_is_of_another_workspace_is_told_so(office: Office, ticket: str, team: str) -> None:
    """Ids of people are unique within a workspace only."""
    preview = office.previews(office.mika, "confirm", ticket)
    card = office.card(ticket)
    confirm = card.buttons[0]
    office.mika.team = team
    try:
        office.slack.views.clear()
        office.slack.press_forged(
            office.mika, office.desk, card.ts, confirm.action_id, confirm.value
        )
        told(office, office.mika, "not_staff")
        answered(office, office.slack.submit_again(office.mika, preview, team=team), "not_staff")
    finally:
        office.mika.team = office.slack.team


def test_a_form_is_only_its_beginners(office: Office, ticket: str) -> None:
    preview = office.previews(office.mika, "confirm", ticket)
    asking = filled(office.opens(office.aino, "refuse", ticket))
    answered(office, office.slack.submit_again(office.aino, preview), "foreign")
    answered(office, office.slack.submit_again(office.mika, asking), "foreign")


# Where


def test_a_button_works_on_the_desk_only(office: Office, ticket: str) -> None:
    other = office.slack.channel("GOTHER", "other", [office.mika])
    card = office.card(ticket)
    for button in card.buttons:
        office.slack.views.clear()
        office.slack.press_forged(office.mika, other, card.ts, button.action_id, button.value)
        told(office, office.mika, "unknown")


def test_a_desk_that_outsiders_can_read_is_closed(office: Office, ticket: str) -> None:
    preview = office.previews(office.mika, "confirm", ticket)
    office.settle()
    posted = len(office.slack.said(office.desk))
    with capture_logs() as log:
        office.slack.share(office.desk)
        office.slack.wait(lambda: not office.slack.pending)
        try:
            office.presses_card(office.mika, LABELS["confirm"], office.card(ticket))
            told(office, office.mika, "shared")
            answered(office, office.slack.submit_again(office.mika, preview), "shared")
            matti = office.customer()
            words = ("Poistakaa tietoni", "kyllä", "M", matti.email, "ohita", "kyllä")
            number = numbered(office.says(matti, *words))
            office.slack.open_home(office.sari)
            office.slack.wait(lambda: office.slack.home(office.sari))
            assert number not in plain(office.slack.home(office.sari))  # type: ignore[arg-type]
            assert len(office.slack.said(office.desk)) == posted
        finally:
            office.slack.share(office.desk, False)
            office.slack.wait(lambda: not office.slack.pending)
    office.card(number)  # what could not be shown then is shown now
    shared = "slack: the staff channel is shared with another organisation"
    assert {line["log_level"] for line in log if line["event"] == shared} == {"error"}


def test_the_home_tab_of_whoever_is_no_member_shows_no_tickets_of_others(
    office: Office, ticket: str
) -> None:
    tuuli = stranger(office)
    office.slack.leave(office.sari, office.desk)
    office.slack.wait(lambda: not office.slack.pending)
    try:
        for person in (tuuli, office.sari):
            office.slack.homes.pop(person.id, None)
            office.slack.open_home(person)
            office.slack.wait(lambda p=person: office.slack.home(p))  # type: ignore[misc]
            home = office.slack.home(person)
            assert home is not None
            assert ticket not in plain(home)
            assert home.labels == [office.words("home.restart")]
    finally:
        office.slack.join(office.sari, office.desk)
        office.slack.wait(lambda: not office.slack.pending)


def test_who_left_the_channel_a_moment_ago_gets_no_document(office: Office, ticket: str) -> None:
    assert office.ticket(ticket)
    sari, left = office.sari, "member_left_channel"
    office.slack.homes.pop(sari.id, None)
    office.slack.open_home(sari)
    office.slack.wait(lambda: office.slack.home(sari))
    said = len(office.slack.said(sari))
    office.slack.subscribed.discard(left)  # the event has not come yet
    office.slack.leave(sari, office.desk)
    try:
        office.acked(office.slack.press(sari, office.words("desk.document.export"), "home"))
        own = [office.words("home.restart")]
        office.slack.wait(lambda: (home := office.slack.home(sari)) and home.labels == own)
        assert len(office.slack.said(sari)) == said
    finally:
        office.slack.subscribed.add(left)
        office.slack.join(sari, office.desk)
        office.slack.wait(lambda: not office.slack.pending)


@pytest.mark.parametrize(
    "pressed", ["register:filter:0", "register:right", "away:back", "find:words", "document:case"]
)
def test_who_presses_what_only_staff_have_on_their_home_tab_sees_their_own(
    office: Office, ticket: str, pressed: str
) -> None:
    tuuli, card = stranger(office), office.card(ticket)
    office.slack.homes.pop(tuuli.id, None)
    office.acked(office.slack.press_forged(tuuli, office.desk, card.ts, pressed, ".1"))
    office.slack.wait(lambda: office.slack.home(tuuli))
    home = office.slack.home(tuuli)
    assert home is not None
    assert ticket not in plain(home)
    assert home.labels == [office.words("home.restart")]
    assert office.work.house.absences() == {}


# What


def swapped(value: str, place: int, part: str) -> str:
    parts = value.split(":")
    parts[place] = part
    return ":".join(parts)


FORGED: list[Callable[[str, str], str]] = [  # what else is none of ours: desk/test_form.py
    lambda _value, _other: "",
    lambda value, _other: swapped(value, 0, "fulfil"),
    lambda value, other: swapped(value, 1, other.split(":")[1]),
]


@pytest.mark.parametrize("forge", FORGED)
def test_a_button_that_was_not_offered_does_nothing(
    office: Office, ticket: str, forge: Callable[[str, str], str]
) -> None:
    other = office.card(office.opened(office.customer()))
    card = office.card(ticket)
    office.slack.views.clear()
    value = forge(card.buttons[0].value, other.buttons[0].value)
    office.acked(
        office.slack.press_forged(office.mika, office.desk, card.ts, "desk:confirm", value)
    )
    told(office, office.mika, "unknown")


def altered(metadata: str, **fields: object) -> str:
    tag, _, written = metadata.partition(":")
    return f"{tag}:{json.dumps(json.loads(written) | fields)}"


ALTERED: list[Callable[[str], str]] = [
    lambda _kept: "",
    lambda _kept: "{}",
    lambda _kept: ":{}",
    lambda _kept: '{"action": "confirm"}',
    lambda kept: kept.partition(":")[2],
    lambda kept: kept[1:],
    lambda kept: kept + " ",
    lambda kept: altered(kept, action="confirm"),
    lambda kept: altered(kept, version=1),
    lambda kept: altered(kept, actor="somebody"),
    lambda kept: altered(kept, text="Muuta"),
    lambda kept: altered(kept, subject="00000000-0000-0000-0000-000000000000"),
]


@pytest.mark.parametrize("alter", ALTERED)
def test_a_form_that_was_altered_on_its_way_does_nothing(
    office: Office, ticket: str, alter: Callable[[str], str]
) -> None:
    preview = office.previews(office.mika, "refuse", ticket, {"text": "Ei"})
    asking = filled(office.opens(office.mika, "refuse", ticket))
    for view in (preview, asking):
        forged = alter(view.private_metadata)
        delivery = office.slack.submit_again(office.mika, view, private_metadata=forged)
        answered(office, delivery, "unknown")


@pytest.mark.parametrize(
    "values",
    [
        {"text": {"value": {"type": "plain_text_input", "value": "Ei"}}, "more": {}},
        {"method": {"value": {"selected_option": {"value": "call_back"}}}},
        {"": {}},
    ],
)
def test_fields_that_were_not_asked_for_do_nothing(
    office: Office, ticket: str, values: Json
) -> None:
    view = office.opens(office.mika, "refuse", ticket)
    delivery = office.slack.submit_again(office.mika, view, state={"values": values})
    answered(office, delivery, "unknown")


@pytest.mark.usefixtures("ticket")
@pytest.mark.parametrize("method", ["email_code", "workspace", "", "x"])
def test_a_method_that_was_not_offered_does_nothing(office: Office, method: str) -> None:
    number = office.opened(office.customer())
    before = office.standing(number)
    view = office.opens(office.sari, "verify", number)
    values = {"method": {"value": {"selected_option": {"value": method}}}}
    delivery = office.slack.submit_again(office.sari, view, state={"values": values})
    answered(office, delivery, "unknown")
    assert office.standing(number) == before


def test_the_preview_cannot_be_passed_over(office: Office, ticket: str) -> None:
    asking = filled(office.opens(office.mika, "refuse", ticket))
    delivery = office.slack.submit_again(office.mika, asking, callback_id="desk_send")
    answered(office, delivery, "unknown")


def test_a_view_of_no_known_kind_is_acknowledged(office: Office, ticket: str) -> None:
    asking = filled(office.opens(office.mika, "refuse", ticket))
    for callback in ("", "x", "desk_told"):
        office.acked(office.slack.submit_again(office.mika, asking, callback_id=callback))


def test_a_press_that_is_replayed_does_nothing(office: Office, ticket: str) -> None:
    office.slack.views.clear()
    pressed = office.slack.press(office.mika, LABELS["confirm"], office.desk, office.card(ticket))
    first = office.shown(office.mika, "Asiakas lukee tämän")
    office.slack.ack_seconds = 0.5
    again = office.slack.send(Delivery(kind="interactive", body=pressed.body))
    assert not again.wait()  # its trigger has been used: Slack says that it failed
    office.slack.ack_seconds = 3.0
    assert office.shown(office.mika).root == first.root


def test_a_form_that_is_replayed_after_a_change_is_told_who_was_first(
    office: Office,
) -> None:
    number = office.opened(office.customer())
    preview = office.previews(office.mika, "refuse", number, {"text": "Ei"})
    office.acts(office.aino, "ask", number, text="Mitä?")
    before = office.standing(number)
    delivery = office.acked(office.slack.submit_again(office.mika, preview))
    assert "ensin ehti Aino" in json.dumps(delivery.answer, ensure_ascii=False)
    changed = office.slack.submit_again(office.mika, preview, root_view_id="V0OTHER")
    assert "ensin ehti Aino" in json.dumps(office.acked(changed).answer, ensure_ascii=False)
    assert office.standing(number) == before


@pytest.mark.usefixtures("ticket")
@pytest.mark.parametrize(
    "action", ["block_actions", "view_submission", "view_closed", "shortcut", "message_action"]
)
def test_a_payload_without_its_parts_changes_nothing(office: Office, action: str) -> None:
    team = {"id": office.slack.team, "domain": "x"}
    bodies: list[dict[str, Any]] = [
        {"type": action, "team": team, "user": {"id": office.mika.id}, "actions": []},
        {"type": action, "team": team, "user": {"id": office.mika.id}, "view": {}},
        {"type": action, "team": team, "user": None},
        {"type": action},
        {},
    ]
    for body in bodies:
        office.slack.send(Delivery(kind="interactive", body=body))
    office.says(office.customer(), "hei")  # it goes on answering
    assert office.work.slack.health_problem() is None

"""Recipients and systems on all four desks: each is ticked or excused before it is carried out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.bootstrap import utc_now
from bot.channels.desk.offers import offered
from bot.content.loaded import Understanding
from bot.core.tickets.ticket import State
from tests.channels.desk_contract import StaffDesk
from tests.fakes.desks import DESKS, SlackDesk, TelegramDesk, on

RECIPIENTS = [
    {"name": "Uutiskirje", "kind": "system", "owner": "Aino"},
    {"name": "Kirjanpito", "kind": "system"},
    {"name": "Kuljetus Oy", "kind": "recipient"},
]
REASON = "Kirjanpitolaki 2:10: tositteet säilytetään kuusi vuotta."


@pytest.fixture(scope="module", params=on(*DESKS))
def desk(
    request: pytest.FixtureRequest, known: Understanding, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[StaffDesk]:
    folder = tmp_path_factory.mktemp(request.param)
    with DESKS[request.param](folder, known, recipients=RECIPIENTS) as opened:
        yield opened


def act(desk: StaffDesk, who: str, number: str, action: str, **fields: str) -> str:
    """Have somebody take an action; return what they are told instead, if so."""
    outcome = desk.begin(who, number, action, **fields)
    return outcome.refusal or desk.send(who)


def not_yet(desk: StaffDesk, number: str) -> bool:
    """Tell whether it cannot be carried out: by cards no more than by typed words."""
    if isinstance(desk, TelegramDesk | SlackDesk):
        shown = offered(desk.ticket(number), utc_now(), desk._queries.rules)
        return "fulfil" not in shown and "notify" in shown
    told = act(desk, "Mika", number, "fulfil", extent="fully")
    return desk.text("desk.denial.recipients_left") in told


def test_an_erasure_is_carried_out_once_each_is_ticked_or_excused(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    act(desk, "Sari", number, "verify", method="known_customer")
    act(desk, "Mika", number, "confirm")
    assert not_yet(desk, number)
    act(desk, "Sari", number, "notify", recipient="kirjanpito", outcome="excused", text=REASON)
    assert not_yet(desk, number)
    act(desk, "Sari", number, "notify", recipient="rest", outcome="done")
    assert [(tick.name, tick.excuse) for tick in desk.ticket(number).ticks] == [
        ("Kirjanpito", REASON),
        ("Uutiskirje", ""),
        ("Kuljetus Oy", ""),
    ]
    outcome = desk.begin("Mika", number, "fulfil", extent="fully", text="Tiedot on poistettu.")
    before = desk.heard(number)
    desk.send("Mika")
    assert desk.ticket(number).state is State.FULFILLED
    [letter] = desk.heard(number)[len(before) :]
    assert f"Kirjanpito: {REASON}" in letter
    assert "Uutiskirje" not in letter
    assert outcome.preview == letter
    assert desk.history(number)[-3:] == [("Sari", "notify"), ("Sari", "notify"), ("Mika", "fulfil")]


def test_what_is_excused_needs_its_reason(desk: StaffDesk) -> None:
    number = desk.open_ticket()
    act(desk, "Sari", number, "verify", method="known_customer")
    act(desk, "Mika", number, "confirm")
    told = act(
        desk, "Sari", number, "notify", recipient="kirjanpito", outcome="excused", text="\u200b"
    )
    assert desk.text("desk.denial.reason_missing") in told
    assert desk.ticket(number).ticks == ()

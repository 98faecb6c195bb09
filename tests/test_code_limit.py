"""Six codes a day to one address for strangers, by whichever way they ask: through the service."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes
from email.policy import default

from bot.bootstrap import Assistant
from bot.core.tickets.ticket import Person
from tests.conftest import Clock
from tests.test_service import Talk

VICTIM = "uhri@example.com"


def mailed(app: Assistant, address: str) -> int:
    folder = app.settings.service.data_dir / "mail"
    letters = [message_from_bytes(path.read_bytes(), policy=default) for path in folder.iterdir()]
    return sum(letter["To"] == address for letter in letters)


def corrects_to_the_victim(app: Assistant, account: str) -> None:
    talk = Talk(app, Person(channel="test", account=account))
    talk.say("poistakaa tietoni", "kyllä", "Matti", f"{account}@example.com", "ohita", "kyllä")
    correct = next(b.token for b in talk.heard[-1].buttons if b.token.startswith("correct"))
    talk.press(f"{account}-corrects", correct)
    talk.say(VICTIM)


def test_six_codes_a_day_also_by_correcting_the_address(app: Assistant, clock: Clock) -> None:
    accounts = [f"account-{number}" for number in range(8)]
    for account in accounts:
        corrects_to_the_victim(app, account)
    assert [mailed(app, f"{account}@example.com") for account in accounts] == 8 * [1]
    assert mailed(app, VICTIM) == 6
    clock.forward(timedelta(days=1))
    corrects_to_the_victim(app, "later")
    assert mailed(app, VICTIM) == 7

"""Many accounts ask for codes to one address in the same moment, while eight handlers work."""

from __future__ import annotations

import threading

from bot.bootstrap import Assistant
from bot.core.events import FromCustomer, Said
from bot.core.tickets.ticket import Person
from tests.attacks.test_somebody_elses_codes_used_up import MOST_A_DAY, as_account
from tests.test_code_limit import VICTIM, mailed
from tests.test_service import Talk

HANDLERS, ACCOUNTS = 8, 16


def about_to_correct(app: Assistant, account: str) -> Talk:
    """Return an account that is asked for the right address of its request."""
    talk = as_account(app, account)
    talk.say("poistakaa tietoni", "kyllä", "Matti", f"{account}@{account}.example.com")
    talk.say("ohita", "kyllä")
    correct = next(b.token for b in talk.heard[-1].buttons if b.token.startswith("correct"))
    talk.press(f"{account}-corrects", correct)
    return talk


def test_the_limit_holds_whatever_comes_at_once(app: Assistant) -> None:
    talks = [about_to_correct(app, f"account-{number}") for number in range(ACCOUNTS)]
    answer = [
        app.intake.inbound(
            f"{talk.person.account}-answers",
            FromCustomer(
                person=Person(channel="test", account=talk.person.account), event=Said(text=VICTIM)
            ),
        )
        for talk in talks
    ]
    app.intake.receive(answer)
    together = threading.Barrier(HANDLERS)

    def handle() -> None:
        together.wait()
        while app.handler.handle_next():
            pass

    handlers = [threading.Thread(target=handle) for _ in range(HANDLERS)]
    for handler in handlers:
        handler.start()
    for handler in handlers:
        handler.join()
    talks[0].deliver()
    assert mailed(app, VICTIM) == MOST_A_DAY

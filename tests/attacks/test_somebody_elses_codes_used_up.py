"""Mallory has codes mailed to Veera's address, again and again, from one account or from many."""

from __future__ import annotations

from datetime import timedelta

from bot.bootstrap import Assistant
from bot.channels.render import plain
from bot.core.effects import Alarm
from bot.core.tickets.ticket import Person
from tests.conftest import Clock
from tests.test_code_limit import mailed
from tests.test_service import Talk

VEERA = "veera@example.com"
MOST_A_DAY = 6
REQUEST = ("poistakaa tietoni", "kyllä", "Veera Virtanen", VEERA, "ohita", "kyllä")


def as_account(app: Assistant, account: str) -> Talk:
    return Talk(app, Person(channel="test", account=account))


def resend(talk: Talk, event: str) -> None:
    """Press the newest button that sends a new code."""
    tokens = [b.token for m in reversed(talk.heard) for b in m.buttons if "resend" in b.token]
    talk.press(event, tokens[0])
    talk.deliver()


def letter_to(app: Assistant, address: str) -> str:
    """Return the newest letter to an address."""
    folder = app.settings.service.data_dir / "mail"
    texts = [path.read_text() for path in sorted(folder.glob("*.eml"))]
    return next(text for text in reversed(texts) if f"To: {address}" in text)


def word_to(app: Assistant, address: str) -> str:
    """Return the word that the newest letter to an address holds."""
    return letter_to(app, address).replace("=\n", "").split("sana ")[1][:9]


def code_to(app: Assistant, address: str) -> str:
    return letter_to(app, address).split("on ")[1][:8]


def test_who_proved_the_address_before_gets_codes_all_the_same(
    app: Assistant, clock: Clock
) -> None:
    veera = as_account(app, "veera")
    veera.say(*REQUEST)
    veera.say(code_to(app, VEERA))
    mallory = as_account(app, "mallory")
    mallory.say(*REQUEST)
    for hour in range(24):
        for press in range(4):
            resend(mallory, f"press-{hour}-{press}")
        clock.forward(timedelta(hours=1))
    before = mailed(app, VEERA)
    veera.say("lähettäkää minulle kopio tiedoistani", *REQUEST[1:])
    assert mailed(app, VEERA) == before + 1
    veera.say(code_to(app, VEERA))
    with app.store.reading() as unit:
        newest = unit.tickets.by_due_date()[-1]
    assert newest.evidence


def test_who_never_proved_the_address_is_not_shut_out_by_strangers(app: Assistant) -> None:
    for number in range(3):
        mallory = as_account(app, f"mallory-{number}")
        mallory.say(*REQUEST)
        resend(mallory, f"press-{number}")
    assert mailed(app, VEERA) == MOST_A_DAY
    veera = as_account(app, "veera")
    veera.say(*REQUEST)
    assert mailed(app, VEERA) == MOST_A_DAY
    assert "kirjoita tähän sana" in plain(veera.heard[-1])
    veera.say(word_to(app, VEERA))
    assert mailed(app, VEERA) == MOST_A_DAY + 1
    veera.say(code_to(app, VEERA))
    with app.store.reading() as unit:
        assert [bool(ticket.evidence) for ticket in unit.tickets.by_due_date()] == [0, 0, 0, 1]
    # Staff hear of the requests of the others, and of no fault in hers.
    alarms = [told for told in veera.told if isinstance(told, Alarm)]
    assert [alarm.number for alarm in alarms if alarm.trouble == "disowned"] == [
        f"T-2026-000{number}" for number in (1, 2, 3)
    ]


def test_one_account_has_few_letters_mailed_and_ever_fewer(app: Assistant, clock: Clock) -> None:
    mallory = as_account(app, "mallory")
    mallory.say(*REQUEST)
    by_day: list[int] = []
    for day in range(3):
        for hour in range(24):
            resend(mallory, f"press-{day}-{hour}")
            clock.forward(timedelta(hours=1))
        by_day.append(mailed(app, VEERA) - sum(by_day))
    assert by_day[0] <= MOST_A_DAY
    assert by_day[1:] == [1, 1]


def test_many_accounts_and_tags_are_one_mailbox(app: Assistant) -> None:
    tagged = [f"v+{number}@gmail.com" for number in range(20)]
    talks = [as_account(app, f"account-{number}") for number in range(20)]
    for talk, address in zip(talks, tagged, strict=True):
        talk.say("poistakaa tietoni", "kyllä", "Veera", address, "ohita", "kyllä")
    assert sum(mailed(app, address) for address in tagged) == MOST_A_DAY
    # Staff hear of it, once.
    alarms = [told for talk in talks for told in talk.told if isinstance(told, Alarm)]
    assert [alarm.trouble for alarm in alarms] == ["codes_to_address"]


def test_whoever_reads_the_mailbox_ends_it_with_the_word_in_the_letter(app: Assistant) -> None:
    as_account(app, "mallory").say(*REQUEST)
    word = word_to(app, VEERA)
    reader = as_account(app, "somebody-else")
    reader.say(f"{word.lower()}")
    assert mailed(app, VEERA) == 1
    as_account(app, "mallory-again").say(*REQUEST)
    assert mailed(app, VEERA) == 1
    (alarm,) = [told for told in reader.told if isinstance(told, Alarm)]
    assert (alarm.trouble, alarm.number) == ("disowned", "T-2026-0001")


def test_a_neighbour_whose_address_differs_by_a_dot_shuts_nobody_out(app: Assistant) -> None:
    """Mallory reads the letters of an address of his own, and disowns it, or has its codes sent."""
    for number in range(3):
        mallory = as_account(app, f"mallory-{number}")
        mallory.say(
            "poistakaa tietoni", "kyllä", "M", "veeravirtanen@example.com", "ohita", "kyllä"
        )
        resend(mallory, f"press-{number}")
    mallory.say(word_to(app, "veeravirtanen@example.com"))
    veera = as_account(app, "veera")
    address = "veera.virtanen@example.com"
    veera.say("poistakaa tietoni", "kyllä", "Veera Virtanen", address, "ohita", "kyllä")
    assert mailed(app, address) == 1

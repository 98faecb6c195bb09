"""Both platforms at once: a customer on Telegram, staff in Slack, and a Telegram desk in step."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.content.loaded import Understanding
from tests.fakes import slack as fake_slack
from tests.fakes import telegram as fake_telegram
from tests.fakes.replica import Replica, until
from tests.fakes.slack import FakeSlack
from tests.fakes.smtp import FakeSmtp
from tests.fakes.telegram import FakeTelegram

pytestmark = pytest.mark.long
_NAME, _EMAIL = "Liisa Kanarialintu", "liisa.kanaria@example.com"


class House:
    """`seloste run` with a desk on each platform, a customer and two members of staff."""

    def __init__(
        self, folder: Path, url: str, slack: FakeSlack, telegram: FakeTelegram, smtp: FakeSmtp
    ) -> None:
        self.slack, self.telegram, self.smtp = slack, telegram, smtp
        self.liisa = telegram.user(20, "Liisa")
        self.aino_there, self.mika_there = telegram.user(11, "Aino"), telegram.user(12, "Mika")
        members = [(self.aino_there, "member"), (self.mika_there, "member")]
        self.group = telegram.group(-1001234567890, "Tietosuoja", members)
        self.aino, self.mika = slack.user("UAINO", "Aino"), slack.user("UMIKA", "Mika")
        self.desk = slack.channel("GDESK", "tietosuoja", [self.aino, self.mika])
        self.replica = Replica(
            folder,
            None,
            SELOSTE_DATABASE__URL=url,
            SELOSTE_TELEGRAM__TOKEN=telegram.token,
            SELOSTE_TELEGRAM__API_URL=telegram.base_url.removesuffix("/bot"),
            SELOSTE_TELEGRAM__STAFF_CHAT_ID=str(self.group.id),
            SELOSTE_SLACK__BOT_TOKEN=slack.bot_token,
            SELOSTE_SLACK__APP_TOKEN=slack.app_token,
            SELOSTE_SLACK__API_URL=slack.api_url,
            SELOSTE_SLACK__STAFF_CHANNEL=self.desk.id,
            SELOSTE_SLACK__OWN_TEAMS=f'["{slack.team}"]',
            SELOSTE_MAIL__SMTP_URL=smtp.url(),
            SELOSTE_MAIL__ADDRESS="bot@example.com",
        )

    def say(self, *texts: str) -> str:
        """Write as the customer; return the last answer."""
        for text in texts:
            before = len(self.telegram.messages(self.liisa))
            self.telegram.write(self.liisa, text)
            self.hears(before)
        return self.heard()

    def hears(self, before: int) -> None:
        """Wait until the customer hears more."""
        self.telegram.wait(lambda: len(self.telegram.messages(self.liisa)) > before)

    def heard(self) -> str:
        """Return what the customer heard last."""
        return fake_telegram.plain(self.telegram.messages(self.liisa)[-1])

    def card_on_telegram(self) -> str:
        """Return the card in the Telegram group, as it now stands."""
        cards = self.telegram.messages(self.group)
        return fake_telegram.plain(cards[0]) if cards else ""

    def card_in_slack(self) -> str:
        """Return the card in the Slack channel, as it now stands."""
        cards = self.slack.said(self.desk)
        return fake_slack.plain(cards[0]) if cards else ""

    def both_say(self, state: str) -> None:
        """Wait until the cards on both desks show a state."""
        self.slack.wait(lambda: state in self.card_in_slack())
        self.telegram.wait(lambda: state in self.card_on_telegram(), 20)

    def decides_in_slack(self, who: fake_slack.User, label: str) -> None:
        """Press a card's button in Slack, look at the preview, send."""
        self.slack.press(who, label, self.desk)
        self.slack.wait(lambda: self._preview(who))
        self.slack.submit(who)

    def _preview(self, who: fake_slack.User) -> bool:
        view = self.slack.view(who)
        return view is not None and "Asiakas lukee" in fake_slack.plain(view)


@pytest.fixture
def house(tmp_path: Path, url: str, known: Understanding) -> Iterator[House]:
    assert known
    with FakeSlack() as slack, FakeTelegram() as telegram, FakeSmtp() as smtp:
        made = House(tmp_path, url, slack, telegram, smtp)
        with made.replica:
            slack.wait(lambda: slack.connections)
            yield made


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_a_ticket_of_telegram_is_decided_in_slack_while_both_desks_stay_in_step(
    house: House,
) -> None:
    house.telegram.start(house.liisa)
    house.hears(0)
    house.say("Poistakaa tietoni", "kyllä", _NAME, _EMAIL, "ohita", "kyllä")
    house.both_say("odottaa henkilöllisyyden varmistusta")
    for card in (house.card_in_slack(), house.card_on_telegram()):
        assert _NAME not in card
        assert _EMAIL not in card
    until(lambda: house.smtp.letters)
    (code,) = re.findall(r"\b\d{8}\b", house.smtp.letters[0].body("plain"))
    assert "koodi on oikein" in house.say(code)
    house.slack.press(house.aino, "Varmista henkilöllisyys", house.desk)
    house.slack.wait(lambda: house.slack.view(house.aino))
    house.slack.fill(house.aino, {"method": "entuudestaan tuttu asiakas"})
    house.slack.submit(house.aino)
    before = len(house.telegram.messages(house.liisa))
    house.slack.submit(house.aino)
    house.both_say("odottaa hyväksyntää")
    house.hears(before)
    house.decides_in_slack(house.mika, "Hyväksy")
    house.both_say("hyväksytty")
    house.hears(before + 1)
    assert "on hyväksytty" in house.heard()
    # The Telegram desk goes on where Slack's stopped.
    house.telegram.press(house.mika_there, "Merkitse toteutetuksi", house.group)
    house.telegram.wait(lambda: "kokonaan" in house.telegram.messages(house.group)[-1].labels)
    house.telegram.press(house.mika_there, "kokonaan", house.group)
    house.telegram.wait(lambda: "Lähetä" in house.telegram.messages(house.group)[-1].labels)
    house.telegram.press(house.mika_there, "Lähetä", house.group)
    house.both_say("toteutettu")
    house.hears(before + 2)
    assert "on toteutettu" in house.heard()
    log = house.replica.log.read_text()
    for secret in (_NAME, _EMAIL, code, house.telegram.token, house.slack.bot_token):
        assert secret not in log

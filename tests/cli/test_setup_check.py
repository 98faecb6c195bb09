"""`seloste check --online`: the platforms are asked, and each fault is named with its remedy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from bot.channels.slack.setup_check import SCOPES
from bot.cli.setup_check import findings
from bot.config import Settings
from tests.fakes.slack import FakeSlack
from tests.fakes.smtp import FakeSmtp
from tests.fakes.telegram import FakeTelegram

_STAFF = [{"name": "Aino", "roles": ["agent"], "slack": "UAINO", "telegram": 11}]


class Installed:
    """Both platforms and a mail server, with everything as it should be."""

    def __init__(self, slack: FakeSlack, telegram: FakeTelegram, smtp: FakeSmtp) -> None:
        self.slack, self.telegram = slack, telegram
        aino = slack.user("UAINO", "Aino")
        slack.channel("GDESK", "tietosuoja", [aino])
        self.aino = telegram.user(11, "Aino")
        self.group = telegram.group(-1001234567890, "Tietosuoja", [(self.aino, "member")])
        self.values: dict[str, dict[str, object]] = {
            "telegram": {
                "token": telegram.token,
                "api_url": telegram.base_url.removesuffix("/bot"),
                "staff_chat_id": self.group.id,
            },
            "slack": {
                "bot_token": slack.bot_token,
                "app_token": slack.app_token,
                "api_url": slack.api_url,
                "staff_channel": "GDESK",
                "own_teams": [slack.team],
            },
            "mail": {"smtp_url": smtp.url(), "address": "bot@example.com"},
        }

    def faults(self, **changed: dict[str, object]) -> dict[str, str]:
        """Return what is found wrong, by what was looked at."""
        known = {name: dict(section) for name, section in self.values.items()}
        for name, section in changed.items():
            known[name] |= section
        found = findings(Settings.model_validate({**known, "staff": _STAFF}))
        assert found
        return {finding.point: finding.fault for finding in found if finding.fault}


@pytest.fixture
def installed() -> Iterator[Installed]:
    with FakeSlack() as slack, FakeTelegram() as telegram, FakeSmtp() as smtp:
        yield Installed(slack, telegram, smtp)


def test_when_all_is_well_nothing_is_named_and_nobody_is_written_to(installed: Installed) -> None:
    assert installed.faults() == {}
    assert not installed.slack.called("chat.postMessage")
    assert not installed.telegram.called("sendMessage")


def test_a_wrong_token_is_named(installed: Installed) -> None:
    faults = installed.faults(telegram={"token": "1:wrong"}, slack={"bot_token": "xoxb-wrong"})
    assert "@BotFather" in faults["Telegram: token"]
    assert "reinstall the app" in faults["Slack: bot_token"]
    assert "wrong" not in str(faults)


def test_a_missing_scope_is_named(installed: Installed) -> None:
    installed.slack.scopes.discard("im:write")
    assert "im:write" in installed.faults()["Slack: scopes"]


def test_a_wrong_app_token_is_named(installed: Installed) -> None:
    faults = installed.faults(slack={"app_token": "xapp-wrong"})
    assert "connections:write" in faults["Slack: app_token"]


def test_a_shared_staff_channel_is_named(installed: Installed) -> None:
    installed.slack.share("GDESK")
    assert (
        "shared with another organisation" in installed.faults()["Slack: staff channel tietosuoja"]
    )


def test_a_staff_channel_without_the_bot_is_named(installed: Installed) -> None:
    installed.slack.leave(installed.slack.bot, "GDESK")
    assert "/invite" in installed.faults()["Slack: staff channel"]


def test_staff_who_are_not_there_are_named(installed: Installed) -> None:
    installed.slack.leave("UAINO", "GDESK")
    installed.telegram.set_status(installed.group, installed.aino, "left")
    faults = installed.faults()
    assert faults["Slack: Aino is in the channel"] == "is not a member"
    assert faults["Telegram: Aino is in the group"] == "is not a member"


def test_a_group_without_the_bot_is_named(installed: Installed) -> None:
    installed.telegram.remove_bot(installed.group)
    assert "add the bot" in installed.faults()["Telegram: the bot is in the staff's group"]


def test_a_bot_that_may_not_write_is_named(installed: Installed) -> None:
    point = "Telegram: the bot may write in the group"
    installed.telegram.set_status(installed.group, installed.telegram.bot, "restricted")
    assert "administrator" in installed.faults()[point]
    installed.telegram.set_status(installed.group, installed.telegram.bot, "member")
    installed.group.permissions["can_send_messages"] = False
    assert "administrator" in installed.faults()[point]
    installed.telegram.set_status(installed.group, installed.telegram.bot, "administrator")
    assert point not in installed.faults()


def test_a_public_group_is_named(installed: Installed) -> None:
    installed.group.username = "tietosuoja"
    fault = installed.faults()["Telegram: the group is for staff alone"]
    assert "@tietosuoja" in fault


def test_a_chat_that_is_no_group_is_named(installed: Installed) -> None:
    installed.telegram.start(installed.aino)
    fault = installed.faults(telegram={"staff_chat_id": installed.aino.id})
    assert "make a group" in fault["Telegram: the group is for staff alone"]


def test_the_new_id_of_a_group_is_named(installed: Installed) -> None:
    small = installed.telegram.group(-4711, "Pieni", [(installed.aino, "member")])
    new = installed.telegram.upgrade(small)
    fault = installed.faults(telegram={"staff_chat_id": small.id})
    assert f"staff_chat_id = {new.id}" in fault["Telegram: the bot is in the staff's group"]


def test_an_anonymous_administrator_is_named(installed: Installed) -> None:
    installed.telegram.set_status(installed.group, installed.aino, "anonymous")
    assert "anonymity" in installed.faults()["Telegram: Aino is in the group"]


def test_privacy_mode_that_is_off_is_named(installed: Installed) -> None:
    installed.telegram.privacy = False
    assert "/setprivacy" in installed.faults()["Telegram: privacy mode is on"]


def test_the_least_scopes_are_those_of_the_manifests() -> None:
    folder = files("bot.channels.slack")
    for name in ("manifest-socket.yaml", "manifest-http.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        scopes = text.partition("bot:\n")[2].partition("settings:")[0]
        asked = set(re.findall(r"^ +- ([a-z:._]+)", scopes, re.MULTILINE))
        assert asked == SCOPES | {"groups:read"}, name


def test_a_missing_mail_server_is_named(installed: Installed, tmp_path: Path) -> None:
    assert tmp_path
    faults = installed.faults(mail={"smtp_url": None})
    assert "letters and codes stay as files" in faults["Mail: server"]

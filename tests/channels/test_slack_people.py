"""What the workspace says of people: who is vouched for, and how long it is remembered."""

from __future__ import annotations

import asyncio
import time
from typing import Any

import pytest

from bot.channels.slack.people import Profile, ProfileCache, profile
from bot.core.catalog import Language
from bot.errors import TryLater

Json = dict[str, Any]
MEMBER = {
    "team_id": "T1",
    "locale": "sv-SE",
    "is_email_confirmed": True,
    "profile": {"email": "liisa@ideafix.fi"},
}


def test_a_full_member_is_vouched_for() -> None:
    found = profile(MEMBER, frozenset({"T0", "T1"}))
    assert found == Profile(language=Language.SV, email="liisa@ideafix.fi", team="T1")


@pytest.mark.parametrize(
    "more",
    [
        {"team_id": "T9"},
        {"team_id": None},
        {"deleted": True},
        {"is_bot": True},
        {"is_stranger": True},
        {"is_restricted": True},
        {"is_ultra_restricted": True},
        {"is_invited_user": True},
        {"is_email_confirmed": False},
        {"profile": {}},
        {"profile": None},
        {"profile": {"email": None}},
    ],
    ids=str,
)
def test_nobody_else_is_vouched_for(more: Json) -> None:
    found = profile(MEMBER | more, frozenset({"T0", "T1"}))
    assert found.email == ""
    assert found.language is Language.SV


def test_an_address_of_which_the_workspace_says_nothing_is_not_vouched_for() -> None:
    silent = {name: value for name, value in MEMBER.items() if name != "is_email_confirmed"}
    assert profile(silent, frozenset({"T0", "T1"})).email == ""


def test_without_own_workspaces_nobody_is_vouched_for() -> None:
    assert profile(MEMBER, frozenset()).email == ""


@pytest.mark.parametrize("locale", ["", "de-DE", "x", None])
def test_a_language_that_is_not_spoken_here_is_no_guess(locale: str | None) -> None:
    assert profile(MEMBER | {"locale": locale}, frozenset()).language is None


def test_a_profile_that_comes_late_is_there_for_the_next_message() -> None:
    asked: list[str] = []

    async def twice() -> list[Profile]:
        answer = asyncio.Event()

        async def ask(user: str) -> Json:
            asked.append(user)
            await answer.wait()
            return MEMBER

        profiles = ProfileCache(ask, frozenset({"T1"}), wait=0.01)
        late = await asyncio.gather(profiles.get("U1"), profiles.get("U1"))
        answer.set()
        return [*late, await profiles.get("U1")]

    first, second, third = asyncio.run(twice())
    assert (first, second) == (Profile(), Profile())
    assert third.email == "liisa@ideafix.fi"
    assert asked == ["U1"]


def test_a_profile_is_forgotten_after_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask(_user: str) -> Json:
        return MEMBER

    async def kept() -> tuple[int, int]:
        profiles = ProfileCache(ask, frozenset({"T1"}))
        await profiles.get("U1")
        before = len(profiles._cached)
        now = time.monotonic()
        monkeypatch.setattr(time, "monotonic", lambda: now + 61)
        await profiles.get("U2")
        monkeypatch.undo()
        return before, len(profiles._cached)

    assert asyncio.run(kept()) == (1, 1)


def test_without_an_answer_of_slack_nobody_is_vouched_for_and_the_next_message_asks_again() -> None:
    asked: list[str] = []

    async def ask(user: str) -> Json:
        asked.append(user)
        raise TryLater("slack: internal_error")

    async def twice() -> list[Profile]:
        profiles = ProfileCache(ask, frozenset({"T1"}))
        return [await profiles.get("U1"), await profiles.get("U1")]

    assert asyncio.run(twice()) == [Profile(), Profile()]
    assert asked == ["U1", "U1"]

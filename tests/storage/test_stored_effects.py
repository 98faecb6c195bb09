"""Messages keep their buttons as tokens: those of every version can be read."""

from __future__ import annotations

import json
from dataclasses import fields

import pytest

from bot.core.buttons import AnswerStaff, Skip, Yes
from bot.core.catalog import Language
from bot.core.effects import Choice, Quote, Say, SendLetter, StaffWords, Text
from bot.core.tickets.ticket import Person
from bot.storage.codec import from_json, to_json
from bot.storage.stored_effects import StoredChoice, StoredSay

SAY = Say(
    to=Person(channel="test", account="matti"),
    language=Language.SV,
    parts=(
        Text(key="code.sent", values={"minutes": 15, "late": False, "names": ("a", "b")}),
        Quote(passage="cookies", original=True),
        StaffWords(text="Vilka?"),
    ),
    choices=(
        Choice(button=Yes(3), key="choice.yes"),
        Choice(button=AnswerStaff("id-1"), key="choice.answer", values={"number": "T-2026-0001"}),
        Choice(button=Skip(3), key="choice.section_named", intent="status", section="section-1"),
    ),
    number="T-2026-0001",
)


@pytest.mark.parametrize("effect", [SAY, SendLetter(say=SAY)])
def test_a_message_comes_back_as_it_was(effect: Say | SendLetter) -> None:
    assert from_json(type(effect), to_json(effect)) == effect


def test_a_button_is_stored_as_its_token() -> None:
    stored = json.loads(to_json(SAY))["choices"]
    assert [choice["token"] for choice in stored] == ["yes:3", "answer:id-1", "skip:3"]


def test_a_message_of_an_earlier_version_is_read() -> None:
    old = (
        '{"to":{"channel":"terminal","account":"liisa"},"language":"en","parts":'
        '[{"key":"field.name.ask","values":{}}],"choices":[{"token":"skip","key":"choice.skip"}]}'
    )
    assert from_json(Say, old).choices == (Choice(button=Skip(), key="choice.skip"),)


def test_a_button_of_a_newer_version_is_left_out_and_the_message_is_still_sent() -> None:
    newer = to_json(SAY).replace("yes:3", "later:3")
    assert from_json(Say, newer).choices == SAY.choices[1:]


def test_nothing_of_a_message_is_forgotten() -> None:
    names = {field.name for field in fields(Choice)} - {"button"} | {"token"}
    assert {field.name for field in fields(StoredSay)} == {field.name for field in fields(Say)}
    assert {field.name for field in fields(StoredChoice)} == names

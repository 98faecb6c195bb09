"""Where others read along only the notice is quoted, and nothing is said of anybody."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.buttons import OpenPrivateChat
from bot.core.catalog import Language
from bot.core.conversation import in_public
from bot.core.effects import Quote, Say
from bot.core.events import AskedInPublic
from bot.core.pace import Pace
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Person
from bot.core.understanding.topics.match import STATED, Match
from tests.core.conversation.worlds import CODE, IN_GERMAN, KNOWLEDGE, NOW, WORDS, keys

GROUP = Person(channel="test", account="group-1", thread="message-7")


def asked(text: str, language: Language | None = None) -> Say:
    event = AskedInPublic(place=GROUP, text=text, language=language)
    return in_public.answer(event, KNOWLEDGE)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("/start", ["public.about", "public.private"]),
        ("/help", ["public.about", "public.private"]),
        (CODE, ["public.private"]),
        ("evästeet?", ["answer.intro"]),
        ("poistakaa tietoni", ["answer.intro", "public.private"]),
        (
            "evästeet? kuka vastaa?",
            ["answer.intro", "answer.other", "not_in_notice.reply", "public.private"],
        ),
        ("kuka vastaa?", ["not_in_notice.reply", "public.private"]),
        ("ihminen kiitos", ["human.reply", "public.private"]),
        ("jotain", ["out_of_scope.reply", "public.private"]),
        ("oikeudet vai evästeet?", ["public.unclear", "public.private"]),
        ("hei", ["public.about", "public.private"]),
        (IN_GERMAN, ["other_language.reply"]),
        ("missä pyyntöni on", ["public.private"]),
        ("peruuta pyyntö", ["public.private"]),
    ],
)
def test_the_notice_is_quoted_and_the_rest_sent_to_talk_in_private(
    text: str, said: list[str]
) -> None:
    assert keys(asked(text).parts) == [key for key in said if key]


def test_what_is_not_sure_is_not_stated_in_a_group_either() -> None:
    unsure = replace(KNOWLEDGE, matcher=replace(WORDS, confidence=STATED - 0.01))
    event = AskedInPublic(place=GROUP, text="evästeet?", language=None)
    assert keys(in_public.answer(event, unsure).parts) == ["answer.perhaps"]


def test_a_passage_that_may_answer_is_shown_in_a_group_too() -> None:
    class Finds:
        def language_of(self, text: str) -> tuple[Language, float]:
            return WORDS.language_of(text)

        def match(self, text: str, language: Language | None = None) -> Match:
            return replace(WORDS.match(text, language), passages=("cookies-1",))

    event = AskedInPublic(place=GROUP, text="kuka vastaa?", language=None)
    said = in_public.answer(event, replace(KNOWLEDGE, matcher=Finds())).parts
    assert keys(said) == ["not_in_notice.perhaps", "public.private"]
    assert Quote(passage="cookies-1") in said


def test_an_answer_stands_where_it_was_asked_and_leads_to_a_private_chat() -> None:
    say = asked("evästeet?")
    assert say.to == GROUP
    assert Quote(passage="cookies-1") in say.parts
    assert [choice.button for choice in say.choices] == [OpenPrivateChat()]


@pytest.mark.parametrize(
    ("text", "guessed", "spoken"),
    [
        ("use cookies?", Language.SV, Language.EN),
        ("cookies?", None, Language.EN),
        ("hei", Language.SV, Language.SV),
        ("hei", None, Language.FI),
    ],
)
def test_a_group_is_answered_in_the_language_of_the_question(
    text: str, guessed: Language | None, spoken: Language
) -> None:
    assert asked(text, guessed).language is spoken


def test_a_command_says_nothing_of_the_language() -> None:
    sure = replace(KNOWLEDGE, matcher=replace(WORDS, languages={"/help": Language.EN}))
    event = AskedInPublic(place=GROUP, text="/help", language=Language.SV)
    assert in_public.answer(event, sure).language is Language.SV


def test_a_flooded_group_is_told_so_once_and_answered_again_when_it_is_quiet() -> None:
    event, now, before = AskedInPublic(place=GROUP, text="hei"), NOW, Pace()
    said = []
    for _ in range(KNOWLEDGE.rules.pace.at_once + 10):
        taken = in_public.step(event, before, KNOWLEDGE, now)
        before = taken.pace
        said.append(keys(taken.say.parts) if taken.say else [])
    answered = KNOWLEDGE.rules.pace.at_once
    assert said[answered - 1] == ["public.about", "public.private"]
    assert said[answered:] == [["public.busy"], *[[]] * 9]
    assert in_public.is_flooded(before, KNOWLEDGE.rules.pace, now)
    later = now + timedelta(seconds=3)
    assert not in_public.is_flooded(before, KNOWLEDGE.rules.pace, later)
    say = in_public.step(event, before, KNOWLEDGE, later).say
    assert say
    assert keys(say.parts) == ["public.about", "public.private"]


def test_a_language_that_is_not_spoken_here_is_not_spoken() -> None:
    finnish = replace(KNOWLEDGE, rules=Rules(languages=(Language.FI,)))
    event = AskedInPublic(place=GROUP, text="use cookies?", language=Language.SV)
    assert in_public.answer(event, finnish).language is Language.FI


@pytest.mark.parametrize(
    ("text", "result"),
    [("evästeet?", "answered"), ("kuka vastaa?", "not_in_notice"), ("/start", ""), (CODE, "")],
)
def test_a_question_in_a_group_is_counted_and_a_command_is_not(text: str, result: str) -> None:
    event = AskedInPublic(place=GROUP, text=text)
    asked = in_public.step(event, Pace(), KNOWLEDGE, NOW).asked
    assert tuple(one.result for one in asked) == ((result,) if result else ())

"""What Slack's payloads say: a payload goes in, an event or a part of it comes out."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.slack import incoming
from bot.channels.slack.people import Profile
from bot.core.catalog import Language
from bot.core.events import AskedInPublic, FromCustomer, Said
from bot.core.tickets.ticket import Person
from tests.fakes.slack import texts

Json = dict[str, Any]
TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@given(TYPED)
@example("&lt; &amp;lt; <!channel> <@U1> <http://a|b> a@b.fi, https://x.fi/?q=1&r=2 www.x.fi")
def test_a_text_is_heard_as_it_was_typed(text: str) -> None:
    assert incoming.as_typed(texts.as_slack(text)) == text


@pytest.mark.parametrize(
    ("kept", "heard"),
    [
        ("<mailto:a@b.fi|a@b.fi>", "a@b.fi"),
        ("<mailto:a@b.fi?subject=x|a@b.fi>", "a@b.fi"),
        ("<mailto:a@b.fi|my address>", "a@b.fi"),
        ("<mailto:a@b.fi>", "a@b.fi"),
        ("<tel:+358401234567|040 123 4567>", "040 123 4567"),
        ("<tel:+358401234567>", "+358401234567"),
        ("see <https://x.fi/a?b=1&amp;c=2>", "see https://x.fi/a?b=1&c=2"),
        ("<http://www.x.fi|www.x.fi>", "www.x.fi"),
        ("<@U1> and <@U2|liisa>", "@U1 and @liisa"),
        ("<#C1|general> <#C2>", "#general #C2"),
        ("<!here> <!channel|channel>", "@here channel"),
        ("<!subteam^S1|@team> <!date^1^{date}|today>", "@team today"),
        ("&amp;lt;!channel&amp;gt; &amp;amp;", "&lt;!channel&gt; &amp;"),
        ("1 &lt; 2 &gt; 0", "1 < 2 > 0"),
        ("<unclosed <>", "<unclosed "),
    ],
)
def test_what_slack_wraps_is_unwrapped(kept: str, heard: str) -> None:
    assert incoming.as_typed(kept) == heard


def test_a_hostile_text_is_unwrapped_quickly() -> None:
    text = "<" * 20_000 + "<a|" * 10_000 + "<mailto:" * 5_000 + "&amp;" * 10_000
    assert unicodedata.is_normalized("NFC", incoming.as_typed(text))


@pytest.mark.parametrize(
    ("event", "spoken"),
    [
        ({"user": "U1"}, True),
        ({"user": "U1", "subtype": "file_share"}, True),
        ({"user": "U1", "subtype": "thread_broadcast"}, True),
        ({"user": "U1", "subtype": "message_changed"}, False),
        ({"user": "U1", "subtype": "message_deleted"}, False),
        ({"user": "U1", "subtype": "channel_join"}, False),
        ({"user": "U1", "subtype": "bot_message", "bot_id": "B1"}, False),
        ({"user": "U1", "bot_id": "B1"}, False),
        ({"user": "USLACKBOT"}, False),
        ({}, False),
    ],
)
def test_only_a_persons_own_new_message_is_heard(event: Json, spoken: bool) -> None:
    assert incoming.is_spoken(event) is spoken


# Edits

MINE = {"user": "U1", "text": "Matti", "edited": {"user": "U1", "ts": "2.0"}}
BEFORE = {"user": "U1", "text": "Mati"}


def changed(message: Json, previous: Json) -> Json:
    return {"subtype": "message_changed", "message": message, "previous_message": previous}


def test_an_edit_is_the_message_as_it_now_reads() -> None:
    assert incoming.edited(changed(MINE, BEFORE)) == MINE


@pytest.mark.parametrize(
    "event",
    [
        changed(
            {"user": "U1", "text": "x.fi", "attachments": [{}]}, {"user": "U1", "text": "x.fi"}
        ),
        changed({**BEFORE, "reply_count": 1}, BEFORE),
        changed({**MINE, "reply_count": 1}, MINE),
        changed({**MINE, "text": BEFORE["text"]}, BEFORE),
        changed({**MINE, "bot_id": "B1"}, BEFORE),
        changed({**MINE, "subtype": "tombstone"}, BEFORE),
        {"subtype": "message_deleted", "previous_message": BEFORE},
        {**MINE},
        {"subtype": "message_changed"},
    ],
    ids=[
        "preview",
        "first reply",
        "another reply",
        "same words",
        "bot",
        "tombstone",
        "deleted",
        "new",
        "empty",
    ],
)
def test_nothing_else_is_an_edit(event: Json) -> None:
    assert incoming.edited(event) is None


# Who, and where


@pytest.mark.parametrize(
    ("body", "event", "team"),
    [
        ({"team_id": "T1"}, {}, "T1"),
        ({"team_id": "T1"}, {"team": "T2"}, "T2"),
        ({"team_id": "T1"}, {"team": "T2", "user_team": "T3"}, "T3"),
        ({}, {"team": None}, ""),
    ],
)
def test_a_person_belongs_to_their_own_workspace(body: Json, event: Json, team: str) -> None:
    """In a shared channel the event is delivered to our workspace, whoever wrote."""
    assert incoming.team_of(body, event) == team


@pytest.mark.parametrize("thread", ["", "1.0"])
def test_who_writes_in_a_thread_is_answered_there(thread: str) -> None:
    event = {"user": "U1", "team": "T1"} | ({"thread_ts": thread} if thread else {})
    person = incoming.speaker({}, event)
    assert (person.account, person.thread) == ("T1:U1", thread)


def pressed(**more: Any) -> Json:
    action = {"action_id": "choice:0", "action_ts": "9.9"}
    return {"user": {"id": "U1", "team_id": "T1"}, "actions": [action]} | more


@pytest.mark.parametrize(
    ("more", "thread"),
    [
        ({"container": {"channel_id": "D1", "message_ts": "1.0", "thread_ts": "0.5"}}, "0.5"),
        ({"container": {"channel_id": "D1", "message_ts": "1.0"}}, ""),
        ({"container": {"channel_id": "C1", "message_ts": "1.0", "thread_ts": "0.5"}}, ""),
        (
            {"container": {"type": "view"}, "view": {"external_id": "form:opened:7"}},
            "form:opened:7",
        ),
        ({"container": {"type": "view"}, "view": {"external_id": ""}}, ""),
        ({"container": {"type": "view"}, "view": {"external_id": "another app's"}}, ""),
        ({}, ""),
    ],
    ids=["thread", "no thread", "others' thread", "modal", "home tab", "foreign", "nowhere"],
)
def test_a_press_is_answered_in_the_own_conversation_or_in_our_modal(
    more: Json, thread: str
) -> None:
    assert incoming.presser(pressed(**more)).thread == thread


def test_who_presses_without_a_team_is_of_the_payloads_team() -> None:
    body = pressed(team={"id": "T7"}) | {"user": {"id": "U1"}}
    assert incoming.presser(body).account == "T7:U1"


def test_the_same_press_has_one_id_and_another_press_another() -> None:
    place = {"message_ts": "1.0", "channel_id": "D1"}
    first, again = pressed(container=place), pressed(container=place)
    later = pressed(container=place)
    later["actions"] = [{"action_id": "choice:0", "action_ts": "10.0"}]
    other = pressed(container=place) | {"user": {"id": "U2", "team_id": "T1"}}
    assert incoming.press_id(first) == incoming.press_id(again)
    assert len({incoming.press_id(body) for body in (first, later, other)}) == 3


def test_a_customers_event_carries_what_the_workspace_says() -> None:
    person, said = Person(channel="slack", account="T1:U1"), Said(text="hei")
    found = incoming.customer(person, said, Profile(Language.SV, "liisa@ideafix.fi", "T1"))
    assert found == FromCustomer(
        person=person, event=said, language=Language.SV, vouched="liisa@ideafix.fi"
    )


# In a channel


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("<@UBOT> Mihin käytätte evästeitä?", "Mihin käytätte evästeitä?"),
        ("<@UBOT|tietosuoja> hei", "hei"),
        ("kysyn <@UBOT> tätä", "kysyn   tätä"),
        ("<@UBOT> ja <@U2|liisa>", "ja @liisa"),
        ("<@UBOT>", ""),
    ],
)
def test_a_question_in_a_channel_is_read_without_the_bots_name(text: str, question: str) -> None:
    event = {"channel": "C1", "ts": "1.0", "text": text}
    found = incoming.public_question({"team_id": "T1"}, event, "UBOT", None)
    place = Person(channel="slack", account="T1:C1", thread="1.0")
    assert found == AskedInPublic(place=place, text=question, language=None)


def test_a_question_in_a_thread_of_a_channel_is_answered_in_that_thread() -> None:
    event = {"channel": "C1", "ts": "2.0", "thread_ts": "1.0", "text": "<@UBOT> hei"}
    assert incoming.public_question({}, event, "UBOT", None).place.thread == "1.0"


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        (":+1:", "👍"),
        (":thumbsup::skin-tone-3:", "👍"),
        (":white_check_mark: send it", "✅ send it"),
        ("at 10:30:15", "at 10:30:15"),
        (":rocket:", ":rocket:"),
        ("a:ok:b", "a🆗b"),
    ],
)
def test_a_sign_that_answers_is_read_as_what_was_pressed(sent: str, meant: str) -> None:
    assert incoming.as_typed(sent) == meant

"""Buttons and their tokens: what stands in people's chats means for ever what it meant."""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.core import buttons
from bot.core.buttons import (
    KINDS,
    LONGEST,
    LONGEST_ID,
    AnswerStaff,
    Button,
    Change,
    ChooseIntent,
    CorrectAddress,
    Named,
    No,
    NoneOfThese,
    OpenPrivateChat,
    PassToStaff,
    Plain,
    ProveByPhone,
    Resend,
    Restart,
    SharePhone,
    ShowOriginal,
    ShowSection,
    Skip,
    UseVouchedAddress,
    Withdraw,
    WithdrawReally,
    Yes,
    decode,
)

TICKET = "49748b82-8e61-4368-b87e-f13592f635a0"


IDS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)  # at most 48 bytes


def some(kind: type[Button]) -> st.SearchStrategy[Button]:
    if issubclass(kind, buttons.Answer):
        return st.builds(kind, st.integers(0, 10**9))
    if issubclass(kind, Plain):
        return st.builds(kind)
    return st.builds(kind, IDS)


few = settings(max_examples=20, database=None)
any_button = st.one_of(*map(some, KINDS))
# Words that mean something, and what could follow them.
like_a_token = st.builds(
    "{}{}{}".format,
    st.sampled_from([kind.word for kind in KINDS] + ["", "cookies", "Yes"]),
    st.sampled_from(["", ":", "::", " "]),
    st.text(max_size=9) | st.sampled_from(["3", "03", "+3", "٣", "3_0", "-1", TICKET]),
)


@few
@given(any_button)
def test_a_button_comes_back_from_its_token(button: Button) -> None:
    assert decode(button.encode()) == button


@few
@given(any_button)
def test_a_token_has_room_in_every_channel(button: Button) -> None:
    assert 0 < len(button.encode().encode()) <= LONGEST


@few
@given(any_button, any_button)
def test_no_two_buttons_share_a_token(one: Button, other: Button) -> None:
    assert (one.encode() == other.encode()) == (one == other)


@few
@given(st.text(max_size=9) | like_a_token)
def test_any_text_is_a_button_or_none(token: str) -> None:
    button = decode(token)
    assert button is None or decode(button.encode()) == button


@few
@given(st.text(max_size=9) | like_a_token)
def test_a_token_that_is_not_from_long_ago_is_written_in_one_way_only(token: str) -> None:
    button = decode(token)
    assume(button is not None)
    assert button is not None
    bare = ":" not in token or token.endswith(":")
    assert bare or button.encode() == token


@pytest.mark.parametrize(
    ("token", "button"),
    [
        ("yes:3", Yes(3)),
        ("no:3", No(3)),
        ("skip:3", Skip(3)),
        ("change:3", Change(3)),
        ("vouched:3", UseVouchedAddress(3)),
        ("pass:3", PassToStaff(3)),
        ("original:question.cookies", ShowOriginal("question.cookies")),
        ("original:section-cookies", ShowOriginal("section-cookies")),
        ("intent:request.erasure", ChooseIntent("request.erasure")),
        ("none", NoneOfThese()),
        ("restart", Restart()),
        ("private", OpenPrivateChat()),
        ("share_phone", SharePhone()),
        (f"resend:{TICKET}", Resend(TICKET)),
        (f"correct:{TICKET}", CorrectAddress(TICKET)),
        (f"phone:{TICKET}", ProveByPhone(TICKET)),
        (f"answer:{TICKET}", AnswerStaff(TICKET)),
        (f"withdraw:{TICKET}", Withdraw(TICKET)),
        (f"really:{TICKET}", WithdrawReally(TICKET)),
        # From before sections were named as such, and before questions were numbered:
        ("section-cookies", ShowSection("section-cookies")),
        ("yes", Yes(0)),
        ("skip", Skip(0)),
        # From when every notice was Finnish:
        ("fi:question.cookies", ShowOriginal("question.cookies")),
    ],
)
def test_a_button_that_stands_in_a_chat_means_what_it_meant(token: str, button: Button) -> None:
    assert decode(token) == button


@pytest.mark.parametrize("word", [kind.word for kind in KINDS])
def test_a_section_of_any_name_takes_no_other_button_over(word: str) -> None:
    assert decode(ShowSection(word).encode()) == ShowSection(word)


@pytest.mark.parametrize(
    "token",
    [
        "",
        ":",
        "intent:",
        "really:",
        "section",
        "yes:x",
        "yes:-1",
        "yes:03",
        "yes: 3",
        "none:1",
        "what:ever",
        "fi:\ud800",
        "x" * 5000,
        f"yes:{'9' * 5000}",
    ],
)
def test_a_token_of_nobody_is_no_button(token: str) -> None:
    assert decode(token) is None


@pytest.mark.parametrize("kind", [kind for kind in KINDS if issubclass(kind, Named)])
def test_every_button_has_room_for_the_longest_id(kind: type[Named]) -> None:
    assert len(kind("x" * LONGEST_ID).encode()) <= LONGEST


@pytest.mark.parametrize("id", ["", "x" * 56, "ä" * 28])
def test_an_id_without_room_in_a_token_makes_no_button(id: str) -> None:
    with pytest.raises(ValueError, match="id of 1 to 55 bytes"):
        ShowSection(id)

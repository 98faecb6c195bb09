"""What stands on a button and is typed does what the button does; anything else does not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.buttons import Button, No, NoneOfThese, OpenPrivateChat, PassToStaff, SharePhone, Yes
from bot.core.catalog import Language
from bot.core.conversation import typed_label
from bot.core.conversation.dialogue import Answering, Filling, Offered, Shown
from bot.core.conversation.step import step
from bot.core.effects import Choice
from bot.core.events import Said
from tests.core.conversation.worlds import KNOWLEDGE, a_dialogue, a_request, a_world

LABELS = {"choice.make": "Tee pyyntö", "choice.decline": "En halua", "choice.stop": "Keskeytä"}
LABELLED = replace(KNOWLEDGE, label=lambda choice, _language: LABELS.get(choice.key, ""))
NONE = Shown(label="ei mikään?", token="none")
SHOWN = (Shown(label="tee pyyntö", token="yes:3"), NONE)
OFFERED = a_dialogue(Offered(a_request()), shown=SHOWN)


@pytest.mark.parametrize(
    ("text", "button"),
    [
        ("Tee pyyntö", Yes(3)),
        ("  tee   PYYNTÖ. ", Yes(3)),
        ("[Tee pyyntö]", Yes(3)),
        ("Ei mikään?", NoneOfThese()),
        ("ei mikään", NoneOfThese()),
    ],
)
def test_a_label_that_is_typed_presses_its_button(text: str, button: Button) -> None:
    assert typed_label.pressed(OFFERED, Said(text=text)) == button


@pytest.mark.parametrize(
    "text", ["", "...", "Tee pyyntö?", "> Tee pyyntö", '"Tee pyyntö"', "Älä tee pyyntö", "Tee"]
)
def test_nothing_else_presses_one(text: str) -> None:
    assert typed_label.pressed(OFFERED, Said(text=text)) is None


@pytest.mark.parametrize(
    "said",
    [
        Said(text="Tee pyyntö", edited=True),
        Said(text="Tee pyyntö", attached=True),
        Said(text="Tee pyyntö", replied_to="m-1"),
    ],
)
def test_what_is_more_than_typed_words_presses_none(said: Said) -> None:
    assert typed_label.pressed(OFFERED, said) is None


def test_an_answer_for_staff_is_theirs_whatever_it_looks_like() -> None:
    asked = replace(OFFERED, state=Answering("id-1"))
    assert typed_label.pressed(asked, Said(text="Tee pyyntö")) is None


def test_what_can_no_longer_be_passed_on_is_read_as_words() -> None:
    pass_on = Shown(label="välitä", token=PassToStaff(3).encode())
    asked = a_dialogue(unanswered="Kuka?", shown=(pass_on,))
    assert typed_label.pressed(asked, Said(text="välitä")) == PassToStaff(3)
    assert typed_label.pressed(replace(asked, unanswered=""), Said(text="välitä")) is None


def test_what_only_the_platform_can_do_is_not_remembered() -> None:
    choices = (
        Choice(button=Yes(3), key="choice.make"),
        Choice(button=SharePhone(), key="choice.make"),
        Choice(button=OpenPrivateChat(), key="choice.make"),
        Choice(button=No(3), key="choice.unknown"),
    )
    assert typed_label.shown((), choices, Language.FI, LABELLED) == SHOWN[:1]
    assert typed_label.shown((), choices, Language.FI, KNOWLEDGE) == ()


def test_a_question_that_was_followed_by_another_is_not_answered_by_its_label() -> None:
    assert typed_label.pressed(replace(OFFERED, asked=4), Said(text="Tee pyyntö")) is None


def test_a_label_counts_for_two_messages() -> None:
    world = a_world(knowledge=LABELLED)
    offered = a_dialogue(Offered(a_request(), asides=2), shown=SHOWN)
    aside = step(offered, Said(text="kiitos"), world).dialogue
    assert aside.shown == tuple(replace(one, ago=1) for one in SHOWN)
    asked = step(aside, Said(text="Tee pyyntö"), world).dialogue
    assert isinstance(asked.state, Filling)
    assert [one.label for one in asked.shown] == ["keskeytä"]

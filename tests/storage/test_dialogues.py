"""A dialogue is stored flat, as in every earlier version, and comes back as it was."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.catalog import Language, Right
from bot.core.conversation.dialogue import (
    Answering,
    Correcting,
    Dialogue,
    Filling,
    Form,
    Idle,
    LastTopic,
    Offered,
    Request,
    Sending,
    Shown,
    State,
    Summary,
    Withdrawing,
)
from bot.core.conversation.request_fields import Field
from bot.core.tickets.ticket import Action
from bot.storage.codec import from_json, to_json
from bot.storage.dialogues import StoredDialogue, loaded, stored

ASKED = datetime(2026, 11, 6, 8, 0, tzinfo=UTC)
TOUCHED = ASKED + timedelta(minutes=5)
REQUEST = Request(right=Right.ACCESS, later=(Right.ERASURE,), asked_at=ASKED)
NAMED = replace(REQUEST, fields={"name": "Matti"})
WHOLE = replace(REQUEST, fields={"name": "Matti", "email": "", "details": ""})
EMAIL = Field("email", optional=True)


def read(text: str) -> Dialogue:
    return loaded(from_json(StoredDialogue, text), TOUCHED)


@pytest.mark.parametrize(
    "state",
    [
        Idle(),
        Offered(REQUEST),
        Offered(NAMED),
        Offered(NAMED, asides=2),
        Filling(REQUEST, Field("name")),
        Filling(NAMED, EMAIL),
        Filling(NAMED, EMAIL, misses=2),
        Summary(WHOLE),
        Offered(replace(REQUEST, opening="Näyttäkää, mitä teillä on.")),
        Answering("id-1"),
        Withdrawing("id-1"),
        Correcting("id-1"),
        Sending("id-1", Action.ANSWER, "Se toinen."),
        Sending("id-1", Action.ADD, "Myös laskut.", ASKED),
    ],
    ids=repr,
)
def test_a_dialogue_comes_back_as_it_was(state: State) -> None:
    dialogue = Dialogue(
        language=Language.SV,
        greeted=True,
        asked=7,
        unanswered="Vem?",
        state=state,
        may_pass=True,
        shown=(Shown(label="gör begäran", token="yes:7"),),
    )
    assert read(to_json(stored(dialogue))) == dialogue


@pytest.mark.parametrize("form", [Offered(REQUEST), Filling(NAMED, EMAIL, 1), Summary(WHOLE)])
def test_a_request_that_waits_comes_back(form: Form) -> None:
    dialogue = Dialogue(language=Language.SV, state=Answering("id-1"), form=form)
    assert read(to_json(stored(dialogue))) == dialogue


@pytest.mark.parametrize("form", [Filling(NAMED, EMAIL, 1), Summary(WHOLE)])
def test_a_request_that_was_stopped_just_now_comes_back(form: Form) -> None:
    dialogue = Dialogue(language=Language.SV, left=form)
    assert read(to_json(stored(dialogue))) == dialogue


def test_words_that_wait_come_back_beside_those_that_are_asked_about() -> None:
    first = Sending("id-1", Action.ANSWER, "Ihan sama.")
    later = Sending("id-2", Action.ANSWER, "Vasta sitten.", ASKED)
    dialogue = Dialogue(language=Language.SV, state=later, form=first)
    assert read(to_json(stored(dialogue))) == dialogue


def test_the_topic_of_the_last_answer_comes_back() -> None:
    dialogue = Dialogue(language=Language.SV, topic=LastTopic(intent="question.cookies", ago=2))
    assert read(to_json(stored(dialogue))) == dialogue


def test_a_dialogue_stands_as_an_earlier_version_wrote_it() -> None:
    old = (
        '{"language":"fi","greeted":true,"stage":"filling","rights":["access","erasure"],'
        '"fields":{"name":"Matti"},"asking":"email","ticket":"","asked":3,'
        '"asked_at":"2026-11-06T08:00:00Z","question":""}'
    )
    dialogue = read(old)
    assert dialogue.state == Filling(NAMED, EMAIL)
    written = json.loads(to_json(stored(dialogue)))
    assert written == {**written, **json.loads(old)}


def test_the_clock_of_a_very_old_request_starts_when_it_was_stored() -> None:
    state = read('{"language":"fi","stage":"offered","rights":["access"]}').state
    assert state == Offered(Request(right=Right.ACCESS, asked_at=TOUCHED))


@pytest.mark.parametrize(
    "flat",
    [
        '{"language":"fi","stage":"filling"}',
        '{"language":"fi","stage":"withdrawing","ticket":""}',
        '{"language":"fi","stage":"sending","ticket":"id-1","opening":"Se toinen."}',
        '{"language":"fi","stage":"sending","ticket":"id-1","action":"of a newer version"}',
        '{"language":"fi","stage":"of a newer version","rights":["access"]}',
    ],
)
def test_a_stage_without_what_it_is_about_is_idle(flat: str) -> None:
    assert read(flat).state == Idle()


def test_a_form_that_was_filled_in_is_summed_up_whatever_was_asked_for() -> None:
    flat = StoredDialogue(
        language=Language.FI,
        stage="filling",
        rights=WHOLE.rights,
        fields=WHOLE.fields,
        asking="details",
        asked_at=ASKED,
    )
    assert loaded(flat, TOUCHED).state == Summary(WHOLE)

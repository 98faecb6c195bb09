"""What a message asks and what it says besides, cut apart where another question begins."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.understanding.topics.several_questions import parts


def asked(text: str) -> list[str]:
    return [part.text for part in parts(text) if part.asks]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "How long do you keep my orders, and who gets to see them?",
            ["How long do you keep my orders", "who gets to see them?"],
        ),
        (
            "On what basis do you use it and to whom is it given?",
            ["On what basis do you use it", "to whom is it given?"],
        ),
        (
            "Do you use cookies? Also, is anything sent to the States?",
            ["Do you use cookies?", "Also, is anything sent to the States?"],
        ),
        ("What do you store, how long is it kept", ["What do you store", "how long is it kept"]),
        (
            "Kauanko tilaukset säilyy ja miten ne saa pois",
            ["Kauanko tilaukset säilyy", "miten ne saa pois"],
        ),
        (
            "Kuka tietoja näkee, ja meneekö niitä EU:n ulkopuolelle?",
            ["Kuka tietoja näkee", "meneekö niitä EU:n ulkopuolelle?"],
        ),
        (
            "Mitä minusta on tallessa, kauanko sitä säilytetään?",
            ["Mitä minusta on tallessa", "kauanko sitä säilytetään?"],
        ),
        (
            "Hur länge sparas det och vem får se det?",
            ["Hur länge sparas det", "vem får se det?"],
        ),
        (
            "Vilka får mina uppgifter, och hamnar något utanför EU?",
            ["Vilka får mina uppgifter", "hamnar något utanför EU?"],
        ),
        (
            "Kaksi kysymystä: kuka ne näkee, ja kauanko ne säilyvät?",
            ["Kaksi kysymystä", "kuka ne näkee", "kauanko ne säilyvät?"],
        ),
    ],
)
def test_each_question_stands_alone(text: str, questions: list[str]) -> None:
    assert asked(text) == questions


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Delete it all and tell me how long you keep it.", "tell me how long you keep it."),
        ("Poistakaa tilini ja kertokaa kuka sen näki.", "kertokaa kuka sen näki."),
        ("Ta bort mitt konto, och jag undrar hur det gick till.", "jag undrar hur det gick till."),
    ],
)
def test_what_is_asked_without_a_question_mark_is_asked_too(text: str, question: str) -> None:
    assert [part.text for part in parts(text)][1:] == [question]
    assert asked(text) == [question]


@pytest.mark.parametrize(
    "text",
    [
        "Why and how do you use my data?",
        "Whose health, and to whom?",
        "Do you keep the address, which I gave last year?",
        "If you were hacked, would you tell us?",
        "Tilastoitteko sen, mitä emme ole ostaneet?",
        "Tiedättekö, onko tämä oikein?",
        "Jos tilaan puhelimessa, mihin sitä käytetään?",
        "Sparar ni adressen, vilken jag gav i fjol?",
    ],
)
def test_a_clause_that_is_no_question_of_its_own_is_left_where_it_is(text: str) -> None:
    assert [part.text for part in parts(text)] == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Do you use cookies, and can I refuse them?",
        "who do you give my data to and how do I stop it",
        "What data do you collect and can I refuse?",
        "Käytättekö evästeitä ja voinko kieltää ne?",
        "Profiloitteko minua ja voiko sen estää?",
        "Mitä tietoja keräätte ja voinko kieltäytyä?",
        "Använder ni kakor, och kan jag vägra dem?",
        "Säljer ni mina uppgifter och kan jag stoppa det?",
    ],
)
def test_whether_that_can_be_refused_is_asked_of_what_was_just_named(text: str) -> None:
    assert [part.text for part in parts(text)] == [text]


def test_what_only_tells_something_asks_nothing() -> None:
    assert asked("I bought a cap. It was blue, and then I lost it. Olin kaupassa.") == []
    assert asked("Why? Miksi?") == []  # of what, nobody can tell


@given(st.text(max_size=300))
def test_no_text_has_words_that_are_in_no_part(text: str) -> None:
    assert all(part.text.strip() for part in parts(text))

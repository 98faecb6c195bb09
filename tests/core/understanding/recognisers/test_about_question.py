"""Speech about the open question is known, in each language, and speech of other matters is not."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.about_question import (
    asks_of_code,
    asks_what_is_meant,
    asks_what_next,
    asks_where_code_is,
    asks_why,
)


@pytest.mark.parametrize(
    "text",
    [
        *("miksi kysytte?", "Miksi te tarvitsette mun nimeä?", "mihin nimeä tarvitaan"),
        *("miks sitä pitää antaa", "mihin tarvitsette sähköpostiani?", "miksi?"),
        *("why do you ask?", "Why do you need my full name?", "what do you need my email for"),
        *("why is that necessary?", "how come?", "but why do I have to give an e-mail address?"),
        *("varför frågar ni?", "varför behöver ni mitt namn?", "vad ska ni ha adressen till?"),
        *(
            "miksi te sähköpostia tarvitsette kun kirjeitä tulee",
            "why do you need my name if I pay",
        ),
        *("varför då", "men varför måste jag uppge det?"),
    ],
)
def test_why_the_question_is_asked(text: str) -> None:
    assert asks_why(text)


@pytest.mark.parametrize(
    "text",
    [
        *("miksi keräätte tietojani?", "miksi pyyntöni hylättiin", "Mikko", "mitä maksaa?"),
        *("why do you sell my data?", "why do you keep invoices", "Laura Niemi, and why?"),
        *("varför säljer ni mina uppgifter?", "varför avslog ni?", "what is for sale"),
        *("why when", "miksi kun", "why do you keep invoices when I have paid"),
        "why do you need my name and why do you keep asking me that again and again and again",
    ],
)
def test_another_why_is_about_something_else(text: str) -> None:
    assert not asks_why(text)


@pytest.mark.parametrize(
    "text",
    [
        *("what do you mean?", "what do you mean by that", "I don't understand the question"),
        *("what should I write here?", "sorry, what does that mean?", "like what?"),
        *("mitä tarkoitat?", "mitä tää tarkoittaa", "en ymmärrä kysymystä", "en nyt tajua"),
        *("mitä tähän pitää kirjoittaa?", "anteeksi mitä tarkoitatte"),
        *("vad menar du?", "vad betyder det", "jag förstår inte frågan", "hur menar ni?"),
        *("vad ska jag skriva här?", "förklara tack"),
    ],
)
def test_what_the_question_means(text: str) -> None:
    assert asks_what_is_meant(text)


@pytest.mark.parametrize(
    "text",
    [
        *("what do you mean by legitimate interest?", "I don't understand why you keep my data"),
        *("mitä tarkoittaa rekisterinpitäjä?", "en ymmärrä miksi laskutatte", "mitä keräätte?"),
        *(
            "vad menar ni med profilering?",
            "jag förstår inte varför ni säljer data",
            "explain GDPR",
        ),
    ],
)
def test_what_something_else_means_is_another_question(text: str) -> None:
    assert not asks_what_is_meant(text)


@pytest.mark.parametrize(
    "text",
    [
        *("what code?", "I haven't received any code", "no code came", "where is the code"),
        *("mikä koodi", "en saanut mitään koodia", "mut koodi ei oo tullut"),
        *("vilken kod?", "jag har inte fått någon kod", "ingen kod har kommit"),
    ],
)
def test_a_code_is_asked_about(text: str) -> None:
    assert asks_of_code(text)


@pytest.mark.parametrize(
    "text", ["no code of conduct", "koodi 12345678", "den här koden gäller rabatten", "what"]
)
def test_a_code_that_is_only_named_is_not(text: str) -> None:
    assert not asks_of_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "what happens next?",
        "is that all?",
        "mitä nyt tapahtuu?",
        "pitääkö mun vielä tehdä jotain",
        "vad händer nu då?",
        "måste jag göra något mera",
    ],
)
def test_what_happens_next_is_asked(text: str) -> None:
    assert asks_what_next(text)
    assert not asks_what_next(f"{text} with my invoices")


@pytest.mark.parametrize(
    "text",
    [
        "what is the code for",
        "where do I put the code?",
        "mihin se koodi tulee",
        "mikä koodi",
        "vad är en kod",
        "var kommer koden",
    ],
)
def test_where_the_code_is_is_asked(text: str) -> None:
    assert asks_where_code_is(text)


@pytest.mark.parametrize(
    "text", ["no code came", "koodi ei tullut", "ny kod tack", "what code of conduct"]
)
def test_that_none_came_is_not_where_it_is(text: str) -> None:
    assert not asks_where_code_is(text)

"""Texts as Telegram shows them: everything is there, nothing is alive, nothing is too long."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.chunking import cut, parts, units
from bot.channels.render import plain
from bot.channels.telegram import markup
from bot.channels.telegram.markup import LONGEST, Piece
from bot.core.messages import Block, Message
from bot.core.understanding.words.text import strip_invisible
from tests.fakes.telegram.marked import marked, quoted

# Words of every kind, with what is dangerous in HTML and what takes two units.
WORDS = st.sampled_from(
    "a tieto <b> </b> &amp; & \" ' <a href='x'> @aino /confirm {{x}} 🦊 👍🏽 ä́ ﷽ https://a.fi".split()
)
TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n", ". ", ""]))).map(
        lambda pairs: "".join(word + gap for word, gap in pairs)
    ),
)
# The same many times over is long, and quickly made.
LONG = st.tuples(TEXTS, st.integers(1, 150)).map(lambda made: made[0] * made[1])
KINDS = st.sampled_from(["text", "quote", "staff"])
BLOCKS = st.builds(Block, kind=KINDS, text=LONG, heading=st.one_of(st.just(""), TEXTS))
MESSAGES = st.lists(BLOCKS, min_size=1, max_size=5).map(lambda found: Message(blocks=tuple(found)))


unhurried = settings(max_examples=50)


def squeezed(text: str) -> str:
    """Return all of a text but what Telegram may drop or trim."""
    return "".join(strip_invisible(text, len(text)).split())


def shown(html: str) -> tuple[str, list[dict[str, Any]]]:
    """Return text and entities as the server makes them of HTML, or fail as it does."""
    return marked(html, "HTML", None)


@unhurried
@given(LONG, st.integers(2, 300))
def test_parts_are_within_the_limit_and_lose_only_white_space(text: str, longest: int) -> None:
    found = list(parts(text, longest))
    assert all(units(part) <= longest for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert len(found) == 1 or all(found)


@unhurried
@given(LONG, st.integers(2, 300))
def test_no_character_is_cut_in_two(text: str, longest: int) -> None:
    head, rest = cut(text, longest)
    for half in (head, rest):
        half.encode()  # a lone half of a pair would not be encoded
    assert text.startswith(head.rstrip())
    assert text.endswith(rest)


@pytest.mark.parametrize(
    ("text", "longest", "head"),
    [
        ("Yksi. Kaksi\n\nkolme neljä", 20, "Yksi. Kaksi"),
        ("Yksi. Kaksi\nkolme neljä", 20, "Yksi. Kaksi"),
        ("Yksi kaksi. Kolme neljä", 20, "Yksi kaksi."),
        ("Yksi kaksi kolme neljä", 20, "Yksi kaksi kolme"),
        ("Yhdyssanahirviökokonaisuus", 20, "Yhdyssanahirviökokon"),
        ("🦊🦊🦊", 5, "🦊🦊"),
        ("aaa👍🏽", 6, "aaa"),
        ("aaaa\u0301b", 4, "aaa"),
        ("short", 20, "short"),
        ("", 20, ""),
    ],
)
def test_a_text_is_cut_where_a_reader_would_pause(text: str, longest: int, head: str) -> None:
    assert cut(text, longest)[0] == head


def test_a_mountain_of_accents_is_cut_all_the_same() -> None:
    assert [len(part) for part in parts("\u0301" * 10, 4)] == [4, 4, 2]


@unhurried
@given(MESSAGES)
def test_a_message_is_all_there_in_texts_that_the_server_takes(message: Message) -> None:
    texts = markup.message(message)
    if not squeezed(plain(message)).strip("”"):
        return
    taken = [shown(html) for html in texts]
    assert all(units(text) <= LONGEST for text, _ in taken)
    whole = "".join(text for text, _ in taken)
    expected = "".join(
        (heading if heading != above else "") + block.text
        for above, (heading, block) in zip(
            ["", *(block.heading for block in message.blocks)],
            [(block.heading, block) for block in message.blocks],
            strict=False,
        )
    )
    assert squeezed(whole) == squeezed(expected)


@unhurried
@given(MESSAGES)
def test_nothing_but_headings_and_quotations_is_marked(message: Message) -> None:
    for html in markup.message(message):
        _, entities = shown(html)
        found = {entity["type"] for entity in entities}
        assert found <= {"bold", "blockquote", "mention", "bot_command"}


@unhurried
@given(
    st.lists(
        st.builds(
            Block,
            kind=KINDS,
            text=TEXTS.filter(lambda text: squeezed(text) != ""),
            heading=st.sampled_from(["", "Otsikko", "Toinen otsikko"]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_a_short_message_reads_as_plain_text_does(blocks: list[Block]) -> None:
    trimmed = (replace(block, text=strip_invisible(block.text).strip()) for block in blocks)
    message = Message(blocks=tuple(trimmed))
    [html] = markup.message(message)
    text, entities = shown(html)
    assert quoted(text, entities).split() == plain(message).split()


@unhurried
@given(LONG)
def test_in_the_rows_of_a_card_nothing_is_alive(value: str) -> None:
    for html in (*markup.rows("T-1", [("Kysymys", value)]), markup.face("T-1", [("x", value)])):
        text, entities = shown(html)
        assert {entity["type"] for entity in entities} <= {"bold", "code"}
        assert units(text) <= LONGEST


@unhurried
@given(LONG)
def test_a_face_is_one_text_and_says_when_there_is_more(value: str) -> None:
    text, _ = shown(markup.face("T-2026-0001", [("Kysymys", value)]))
    whole = squeezed(value) in squeezed(text)
    assert whole or text.rstrip().endswith("…")


@pytest.mark.parametrize(
    ("value", "alive"),
    [
        ("Liisa Lehto", False),
        ("28.12.2026 (saapui 25.11.2026)", False),
        ("liisa@example.com", True),
        ("l•••@example.com", True),
        ("katso example.com", True),
        ("site1.com", True),
        ("/confirm", True),
        ("#tarjous", True),
        ("@aino", True),
    ],
)
def test_only_what_would_be_a_link_stands_as_code(value: str, alive: bool) -> None:
    [html] = markup.rows("T-1", [("Kentta", value)])
    assert ("<code>" in html) is alive


def test_a_text_to_a_person_names_them_and_escapes_the_rest() -> None:
    html = markup.to_person(12, "Mika <3", "vastaa & näet <b>")
    assert html == '<a href="tg://user?id=12">Mika &lt;3</a>: vastaa &amp; näet &lt;b&gt;'


def test_a_text_never_has_more_styles_than_telegram_shows() -> None:
    found = [("Kysymys", f"a@b.fi {number}") for number in range(150)]
    taken = [shown(html) for html in markup.rows("T-1", found)]
    assert len(taken) == 4
    assert all(len(entities) <= 100 for _, entities in taken)


def test_lines_and_blocks_without_words_leave_nothing() -> None:
    assert markup.texts([[Piece("")], [Piece(" \n")], []]) == []
    assert markup.line("") == ""
    assert markup.lines(["a", "", "b"]) == ["a\nb"]

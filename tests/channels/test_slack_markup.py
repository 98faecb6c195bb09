"""What Slack is shown: within its limits, nothing lost, nothing becomes a link or a mention."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels import render
from bot.channels.slack import markup
from bot.core.messages import Block, Button, Message
from bot.core.understanding.words.text import strip_invisible
from tests.fakes.slack import Message as Posted
from tests.fakes.slack import kit, plain, texts

Json = dict[str, Any]
NASTY = [
    "<!channel>",
    "<!here|here>",
    "<@U0AINO>",
    "<#C1|general>",
    "<http://evil.example|bank>",
    "<mailto:a@b.fi|c@d.fi>",
    "&lt;!channel&gt;",
    "*bold* _italic_ ~struck~ `code` ```block```",
    "> quoted\n• listed",
    ":bomb: {{ 7*7 }} {% raw %}",
]
# Long texts of few distinct characters, so that many are tried.
LONG = st.builds(lambda text, times: text * times, st.text(max_size=40), st.integers(1, 400))
TEXT = st.one_of(st.text(max_size=60), LONG, st.sampled_from(NASTY))
BLOCK = st.builds(
    Block,
    kind=st.sampled_from(["text", "quote", "staff"]),
    text=TEXT,
    heading=st.one_of(st.just(""), st.text(max_size=80)),
)
BUTTON = st.builds(Button, label=st.text(max_size=200), token=st.text("abc:-9", min_size=1))
MESSAGE = st.builds(
    Message,
    blocks=st.lists(BLOCK, max_size=8).map(tuple),
    buttons=st.lists(BUTTON, max_size=25).map(tuple),
)


def spoken(found: Any) -> Iterator[str]:
    """Yield all that is said in rich text, in order."""
    if isinstance(found, list):
        for one in found:
            yield from spoken(one)
    elif found.get("type") == "text":
        yield found["text"]
    else:
        yield from spoken(found.get("elements", []))


def squeezed(text: str) -> str:
    return "".join(strip_invisible(text, len(text)).split())


def said(postings: list[markup.Posting]) -> str:
    return "".join(squeezed(part) for posting in postings for part in spoken(posting.blocks))


def checked(shown: list[Json]) -> None:
    """Check blocks as a server would that got them."""
    assert kit.message_problems(json.loads(json.dumps(shown))) == []
    assert kit.weight(shown) <= kit.MOST_TEXT


def types(found: Any) -> set[str]:
    """Return the types of all objects within blocks."""
    if isinstance(found, list):
        return set().union(*map(types, found))
    if not isinstance(found, dict):
        return set()
    return {found.get("type", "")} | set().union(*map(types, found.values()))


# What is said.


@settings(max_examples=120)
@given(MESSAGE)
@example(Message(blocks=(Block(kind="quote", text="a" * 60_000, heading="b" * 80),)))
@example(Message(blocks=tuple(Block(kind="text", text=str(n)) for n in range(200))))
@example(Message(blocks=()))
def test_a_message_of_any_length_is_within_the_limits_and_loses_nothing(message: Message) -> None:
    postings = markup.message(message, markup.choices(message.buttons, "choice"))
    for posting in postings:
        checked(posting.blocks)
        assert 0 < len(posting.text) < 40_000
    told = "".join(
        squeezed(heading) + squeezed(block.text)
        for heading, block in render.with_headings(message.blocks)
    )
    assert said(postings) == told
    buttons = [[b for row in p.blocks if row["type"] == "actions" for b in row["elements"]]
               for p in postings]  # fmt: skip
    assert not any(buttons[:-1])
    assert [b["value"] for b in buttons[-1]] == [button.token for button in message.buttons]


@given(st.lists(BUTTON, min_size=26, max_size=60))
def test_many_buttons_stand_in_several_rows(buttons: list[Button]) -> None:
    rows = markup.actions(markup.choices(buttons, "choice"))
    assert kit.message_problems(rows) == []
    assert sum(len(row["elements"]) for row in rows) == len(buttons)


@given(st.lists(st.tuples(st.text(max_size=20), TEXT), max_size=6))
def test_rows_and_lines_are_within_the_limits_and_lose_nothing(
    rows: list[tuple[str, str]],
) -> None:
    for shown in (markup.rows(rows), markup.lines(value for _, value in rows)):
        assert kit.message_problems(shown) == []
    assert said([markup.Posting("", markup.rows(rows))]) == "".join(
        squeezed(f"{label}: {value}") for label, value in rows
    )


@given(st.text(max_size=300), st.text(max_size=300), st.lists(st.text(max_size=300), max_size=8))
def test_a_form_is_within_the_limits_whatever_its_words(
    title: str, label: str, options: list[str]
) -> None:
    chosen = [markup.select("which", label, [(str(n), o) for n, o in enumerate(options)])]
    asked = [markup.text_field("words", label, most=2000, long=True), *(chosen if options else [])]
    shown = [markup.header(title), *asked, *markup.actions([markup.link(label, "https://x.fi")])]
    view = markup.modal("f", title, shown, label, submit=f"x{label}", private_metadata="{}")
    assert kit.view_problems(view) == []
    assert kit.view_problems({"type": "home", "blocks": markup.lines([label])}, home=True) == []


@pytest.mark.parametrize("nasty", NASTY)
@pytest.mark.parametrize("kind", ["text", "quote", "staff"])
def test_markup_in_a_text_stays_text(kind: str, nasty: str) -> None:
    block = Block(kind=kind, text=nasty, heading=nasty)  # type: ignore[arg-type]
    message = Message(blocks=(block,), buttons=(Button(label=nasty, token="t"),))
    [posting] = markup.message(message, markup.choices(message.buttons, "choice"))
    assert types(posting.blocks) <= {
        "rich_text", "rich_text_section", "rich_text_quote", "text",
        "actions", "button", "plain_text", "",
    }  # fmt: skip
    assert "".join(spoken(posting.blocks)).count(nasty) == 2
    assert posting.blocks[-1]["elements"][0]["text"] == {
        "type": "plain_text",
        "text": nasty,
        "emoji": False,
    }
    assert not set("<>") & set(posting.text)
    assert texts.unescaped(posting.text).count(nasty) == 2


@pytest.mark.parametrize("nasty", NASTY)
def test_markup_in_rows_lines_and_headers_stays_text(nasty: str) -> None:
    shown = [*markup.rows([(nasty, nasty)]), *markup.lines([nasty]), markup.header(nasty)]
    assert types(shown) <= {"rich_text", "rich_text_section", "text", "header", "plain_text", ""}
    assert "".join(spoken(shown[:2])).count(nasty) == 3


def test_a_message_reads_as_a_letter_would() -> None:
    message = Message(
        blocks=(
            Block(kind="text", text="The notice says:"),
            Block(kind="quote", text="A & B\n\n1 < 2", heading="Rights"),
            Block(kind="quote", text="More.", heading="Rights"),
            Block(kind="staff", text="We will call you.", heading="Staff:"),
        )
    )
    [posting] = markup.message(message)
    shown = Posted(channel="D1", ts="1.0", user="U0", text=posting.text, blocks=posting.blocks)
    assert plain(shown) == render.plain(message)


def test_control_characters_and_direction_marks_are_left_out() -> None:
    [posting] = markup.message(
        Message(blocks=(Block(kind="text", text="a\x1b[31mb\u202ec\ud800"),))
    )
    assert list(spoken(posting.blocks)) == ["a[31mbc"]
    assert posting.text == "a[31mbc"

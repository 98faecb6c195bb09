"""Untrusted text is shown as it stands: no markup of it is ever interpreted."""

from __future__ import annotations

import io
from html.parser import HTMLParser

import pytest
from rich.console import Console

from bot.channels import render
from bot.content.load import Content
from bot.content.wording import worded
from bot.core.catalog import Language
from bot.core.effects import Quote, Say
from bot.core.messages import Block, Button, Message
from bot.core.tickets.ticket import Person

NASTY = [
    "[bold red]x[/bold red]",
    "[link=http://x]y[/link]",
    "{{ 7*7 }}",
    "<b>x</b>",
    '"><img src=x onerror=alert(1)>',
    "</blockquote></div><script>x</script>",
    "<a href='http://x'>y</a> &amp; &lt;b&gt; &#60;i&#62;",
    "https://example.com/?a=1&b=2 x@example.com",
    "[/]",
    "\\[x]",
]


def shown(message: Message) -> str:
    screen = io.StringIO()
    Console(file=screen, width=80, force_terminal=False).print(render.terminal(message))
    return screen.getvalue()


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("kind", ["text", "quote", "staff"])
def test_markup_in_a_text_stays_text(kind: str, text: str) -> None:
    block = Block(kind=kind, text=text, heading=text)  # type: ignore[arg-type]
    message = Message(blocks=(block,), buttons=(Button(label=text, token="t"),))
    assert shown(message).count(text) == 3


def test_control_characters_never_reach_the_terminal() -> None:
    message = Message(blocks=(Block(kind="text", text="a\x1b[31mb\x07\u202ec"),))
    assert shown(message).strip() == "a[31mbc"


def test_a_long_quotation_keeps_its_bar_on_every_line() -> None:
    message = Message(blocks=(Block(kind="quote", text="sana " * 60),))
    assert all(line.startswith("▌") for line in shown(message).splitlines())


def test_a_heading_stands_once_above_the_passages_that_share_it() -> None:
    blocks = tuple(Block(kind="quote", text=text, heading="Otsikko") for text in "ab")
    assert shown(Message(blocks=blocks)).count("Otsikko") == 1
    assert render.plain(Message(blocks=blocks)) == "Otsikko\n”a”\n\n”b”"


def test_a_quotation_stands_in_the_marks_of_the_readers_language(content: Content) -> None:
    nobody = Person(channel="ask", account="")
    quoted = {
        language: render.plain(
            worded(Say(to=nobody, language=language, parts=(Quote(passage="office"),)), content)
        )
        for language in Language
    }
    assert "\n”Ideafix-konsernin toimisto sijaitsee Helsingissä.”" in quoted[Language.FI]
    assert "\n”Ideafix-koncernens kontor finns i Helsingfors.”" in quoted[Language.SV]
    assert "\n“The office of the Ideafix group is in Helsinki.”" in quoted[Language.EN]


class Page(HTMLParser):
    """What a mail program makes of a letter: its elements, attributes and words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[str] = []
        self.attributes: set[str] = set()
        self.open: list[str] = []
        self.words: list[tuple[str, str]] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in ("meta", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.words.append(("/".join(self.open[3:]), data.strip("\n")))


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("kind", ["text", "quote", "staff"])
def test_markup_in_a_letter_stays_text(kind: str, text: str) -> None:
    block = Block(kind=kind, text=text, heading=text)  # type: ignore[arg-type]
    page = Page(render.letter(Message(blocks=(block,)), text))
    assert page.open == []
    assert [words for _, words in page.words] == [text, text]
    own = {"html", "head", "meta", "body", "div", "h2", "p", "blockquote"}
    assert set(page.elements) <= own
    assert page.attributes <= {"lang", "style", "name", "content", "charset"}


def test_a_letter_quotes_marks_staff_and_leaves_buttons_out() -> None:
    message = Message(
        blocks=(
            Block(kind="text", text="Seloste sanoo:\nnäin\n\nja näin."),
            Block(kind="quote", text="Säilytämme tietoja.", heading="Säilytysaika"),
            Block(kind="quote", text="Åtta år.", heading="Säilytysaika"),
            Block(kind="staff", text="Hei, soitamme.", heading="Henkilökunta:"),
        ),
        buttons=(Button(label="Nappi", token="t"),),
    )
    html = render.letter(message, "fi")
    assert Page(html).words == [
        ("p", "Seloste sanoo:"),
        ("p", "näin"),
        ("p", "ja näin."),
        ("h2", "Säilytysaika"),
        ("blockquote/p", "Säilytämme tietoja."),
        ("blockquote/p", "Åtta år."),
        ("div/h2", "Henkilökunta:"),
        ("div/p", "Hei, soitamme."),
    ]
    assert html.count('lang="fi"') == 2


def test_a_letter_is_shown_whole_and_without_control_characters() -> None:
    text = "sana " * 3000 + "a\x1b[31mb\x07\u202ec\ud800"
    page = Page(render.letter(Message(blocks=(Block(kind="text", text=text),)), "fi"))
    assert page.words == [("p", "sana " * 3000 + "a[31mbc")]


def test_a_letter_leaves_colours_to_its_reader() -> None:
    blocks = tuple(Block(kind=kind, text="x", heading="y") for kind in ("text", "quote", "staff"))
    html = render.letter(Message(blocks=blocks), "sv")
    assert html.count("color") == html.count("color-scheme") == 2
    assert "background" not in html
    assert "width=device-width" in html

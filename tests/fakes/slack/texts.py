"""Text as Slack writes it down, and a bot's message as plain text again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Protocol

from tests.fakes.slack.model import Json

# Each begins where a word begins: no long word is read more than once.
_LINKS = re.compile(
    r"(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<url>\bhttps?://(?:(?!&[lg]t;)[^\s<>|])*(?<![.,;:!?)\"']))"
    r"|(?P<site>(?<![\w@.+-])[A-Za-z][\w-]*(?:\.[\w-]+)+)"
)
_SITES = (".fi", ".com", ".org", ".net", ".se", ".eu")
_HEADING = re.compile(r"\*([^*]+)\*")
_LINK = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")


class Shown(Protocol):
    """What a person sees: a message or a view."""

    @property
    def text(self) -> str: ...
    @property
    def blocks(self) -> list[Json]: ...


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def as_slack(text: str) -> str:
    """Return what a person typed as Slack hands it on: escaped, with links wrapped."""
    return _LINKS.sub(_wrapped, escaped(text))


def plain(message: Shown) -> str:
    """Return a bot's message as `bot.channels.render.plain` writes it; buttons are left out."""
    if not message.blocks:
        return _mrkdwn(message.text)
    return "\n\n".join(filter(None, map(_block, message.blocks)))


def rich(text: str) -> list[Json]:
    """Return the rich text block that Slack adds to what a person typed."""
    parts = [{"type": "text", "text": text}] if text else []
    section = {"type": "rich_text_section", "elements": parts}
    return [{"type": "rich_text", "block_id": "rich1", "elements": [section]}]


def _wrapped(found: re.Match[str]) -> str:
    whole = found[0]
    match found.lastgroup:
        case "mail":
            return f"<mailto:{whole}|{whole}>"
        case "url":
            return f"<{whole}>"
        case _:
            return f"<http://{whole}|{whole}>" if whole.endswith(_SITES) else whole


def _block(block: Json) -> str:
    match block["type"]:
        case "section":
            texts = [block["text"]] if "text" in block else []
            return "\n".join(_text(text) for text in [*texts, *block.get("fields", [])])
        case "header":
            return _text(block["text"])
        case "context":
            shown = [element for element in block["elements"] if element["type"] != "image"]
            return " ".join(map(_text, shown))
        case "input":
            return _text(block["label"])
        case "markdown":
            return str(block["text"])
        case "rich_text":
            return "\n".join(text.strip("\n") for text in map(_rich, block["elements"]))
        case _:
            return ""


def _text(text: Json) -> str:
    return _mrkdwn(text["text"]) if text["type"] == "mrkdwn" else str(text["text"])


def _mrkdwn(text: str) -> str:
    return unescaped(_LINK.sub(lambda link: link[2] or link[1], "\n".join(_lines(text))))


def _lines(text: str) -> Iterator[str]:
    """Yield lines, a run of quoted ones as one between quotation marks."""
    quoted: list[str] = []
    for line in text.split("\n"):
        if line.startswith(">"):
            quoted.append(line[1:].removeprefix(" "))
            continue
        if quoted:
            yield _quote("\n".join(quoted))
            quoted = []
        heading = _HEADING.fullmatch(line)
        yield heading[1] if heading else line
    if quoted:
        yield _quote("\n".join(quoted))


def _rich(element: Json) -> str:
    if element["type"] == "rich_text_list":
        return "\n".join(f"• {_inline(item)}" for item in element["elements"])
    text = _inline(element)
    return _quote(text) if element["type"] == "rich_text_quote" else text


def _inline(element: Json) -> str:
    return "".join(
        part.get("text") or part.get("url") or part.get("name", "") for part in element["elements"]
    )


def _quote(text: str) -> str:
    return f"”{text}”"

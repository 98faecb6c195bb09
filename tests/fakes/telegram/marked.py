"""Text as Telegram keeps it: parsed from HTML, with entities counted in UTF-16 units."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from tests.fakes.telegram.given import Refusal, bad

Entity = dict[str, Any]

LONGEST = 4096
LONGEST_SOURCE = 1 << 15
MOST_ENTITIES = 100
KINDS = {
    "a": "text_link",
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
QUOTES = ("blockquote", "expandable_blockquote")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_TAG = re.compile(r"""<(/?)([^\s>]*)((?:[^>"']|"[^"]*"|'[^']*')*)>""")
_ATTRIBUTE = re.compile(r"""([^\s=>/"']+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([\w.-]*)))?""")
_PIECE = re.compile(r"<|&|[^<&]+")
_DROPPED = re.compile("[\r\u2028-\u202e\u0333\u033f\u030a]")
_BLANKED = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f]")
_COMMAND = re.compile(r"(?<![\w/@<>])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z]\w{2,31})?(?![\w/<>])")
_MENTION = re.compile(r"(?<![\w/])@[A-Za-z]\w{3,31}(?!\w)")


def units(text: str) -> int:
    """Return a text's length as Telegram counts it."""
    return len(_wide(text)) // 2


def cut(text: str, offset: int, length: int) -> str:
    """Return the part of a text that an entity covers."""
    return _wide(text)[2 * offset : 2 * (offset + length)].decode("utf-16-le", "surrogatepass")


def _wide(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def cleaned(source: str) -> str:
    """Return a text without control characters: a tab, too, becomes a space."""
    return _BLANKED.sub(" ", _DROPPED.sub("", source))


def marked(source: str, parse_mode: str, entities: list[Any] | None) -> tuple[str, list[Entity]]:
    """Return the text that is shown and its entities, or refuse."""
    if not source:
        raise bad("message text is empty")
    if len(source.encode()) > LONGEST_SOURCE:
        raise bad("text is too long")
    found: list[Entity]
    match parse_mode.lower():
        case "html":
            text, found = parse_html(cleaned(source))
        case "" | "none":
            text, found = cleaned(source), [_checked(entity) for entity in entities or []]
        case _:
            raise bad("the fake parses HTML only")
    if len(found) > MOST_ENTITIES:
        raise bad("ENTITIES_TOO_LONG")
    text, found = trimmed(text, found)
    if not text:
        raise bad("message text is empty")
    if units(text) > LONGEST:
        raise bad("message is too long")
    return text, in_order(found + found_in(text, found))


def _checked(entity: Any) -> Entity:
    whole = isinstance(entity, dict) and {"type", "offset", "length"} <= entity.keys()
    if not whole or entity["type"] not in {*KINDS.values(), *QUOTES}:
        raise bad("can't parse MessageEntity: unsupported by the fake")
    return dict(entity)


def trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Take white space off the ends, as the server does."""
    text = text.rstrip()
    first = min((entity["offset"] for entity in entities), default=units(text))
    lead = min(len(text) - len(text.lstrip(" \n")), first)
    text = text[lead:]
    kept = []
    for entity in entities:
        offset = entity["offset"] - lead
        length = min(entity["length"], units(text) - offset)
        if length > 0:
            kept.append({**entity, "offset": offset, "length": length})
    return text, kept


def in_order(entities: list[Entity]) -> list[Entity]:
    return sorted(entities, key=lambda entity: (entity["offset"], -entity["length"]))


def found_in(text: str, known: list[Entity] | None = None) -> list[Entity]:
    """Return the commands and mentions of a text, but not those in code."""
    code = [entity for entity in known or [] if entity["type"] in ("code", "pre")]
    found = []
    for kind, pattern in (("bot_command", _COMMAND), ("mention", _MENTION)):
        for match in pattern.finditer(text):
            offset = units(text[: match.start()])
            inside = (0 <= offset - entity["offset"] < entity["length"] for entity in code)
            if not any(inside):
                found.append({"type": kind, "offset": offset, "length": units(match[0])})
    return in_order(found)


def quoted(text: str, entities: list[Entity]) -> str:
    """Return a text with ”…” around what is marked as a quotation."""
    wide = _wide(text)
    done = 0
    parts = []
    for entity in in_order([entity for entity in entities if entity["type"] in QUOTES]):
        start, end = 2 * entity["offset"], 2 * (entity["offset"] + entity["length"])
        parts += [wide[done:start], _wide("”"), wide[start:end], _wide("”")]
        done = end
    return b"".join([*parts, wide[done:]]).decode("utf-16-le", "surrogatepass")


def parse_html(source: str) -> tuple[str, list[Entity]]:
    """Return the text and the entities of HTML, or refuse what the real parser refuses.

    The real one shows an unknown or bare `&` as it stands; here it is refused, for it tells of
    text that was not escaped.
    """
    parser = _Parser(source)
    parser.run()
    return "".join(parser.shown), _flat(parser.entities)


@dataclass
class _Open:
    tag: str
    argument: str
    offset: int


@dataclass
class _Parser:
    source: str
    shown: list[str] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)
    _open: list[_Open] = field(default_factory=list)
    _length: int = 0
    _at: int = 0

    def run(self) -> None:
        while self._at < len(self.source):
            piece = _PIECE.match(self.source, self._at)
            assert piece is not None
            if piece[0] == "<":
                self._tag()
            elif piece[0] == "&":
                self._reference()
            else:
                self._show(piece[0])
                self._at = piece.end()
        if self._open:
            tag = self._open[-1].tag
            raise self._refusal(f'Can\'t find end tag corresponding to start tag "{tag}"')

    def _show(self, text: str) -> None:
        self.shown.append(text)
        self._length += units(text)

    def _reference(self) -> None:
        match = _REFERENCE.match(self.source, self._at)
        character = _character(match) if match else ""
        if not match or not character:
            raise self._refusal(f"Unescaped ampersand{self._place()}")
        self._show(character)
        self._at = match.end()

    def _tag(self) -> None:
        match = _TAG.match(self.source, self._at)
        if match is None:
            end = self.source.startswith("</", self._at)
            raise self._refusal(f"Unclosed {'end' if end else 'start'} tag{self._place()}")
        if match[1]:
            self._close(match[2].lower())
        else:
            self._begin(match[2].lower(), match[3])
        self._at = match.end()

    def _begin(self, tag: str, rest: str) -> None:
        if tag not in KINDS:
            raise self._refusal(f'Unsupported start tag "{tag}"{self._place()}')
        attributes = {
            name.lower(): unescaped(double or single or bare)
            for name, double, single, bare in _ATTRIBUTE.findall(rest)
        }
        argument = ""
        match tag:
            case "a":
                argument = attributes.get("href", "")
            case "code" if attributes.get("class", "").startswith("language-"):
                argument = attributes["class"].removeprefix("language-")
            case "blockquote" if "expandable" in attributes:
                argument = "expandable"
            case "span" if attributes.get("class") != "tg-spoiler":
                raise self._refusal(f'Tag "span" must have class "tg-spoiler"{self._place()}')
        self._open.append(_Open(tag, argument, self._length))

    def _close(self, tag: str) -> None:
        if not self._open:
            raise self._refusal(f"Unexpected end tag{self._place()}")
        begun = self._open.pop()
        if tag not in ("", begun.tag):
            expected = f'expected "</{begun.tag}>", found "</{tag}>"'
            raise self._refusal(f"Unmatched end tag{self._place()}, {expected}")
        if self._length > begun.offset:
            self._mark(begun)

    def _mark(self, begun: _Open) -> None:
        length = self._length - begun.offset
        entity: Entity = {"type": KINDS[begun.tag], "offset": begun.offset, "length": length}
        match begun.tag:
            case "a":
                entity["url"] = begun.argument or cut("".join(self.shown), begun.offset, length)
                if not is_link(entity["url"]):
                    return
            case "code" if begun.argument:
                entity["language"] = begun.argument
            case "blockquote" if begun.argument:
                entity["type"] = "expandable_blockquote"
            case "pre" if self.entities:
                inner = self.entities[-1]
                if {**inner, "type": "pre"} == {**entity, "language": inner.get("language")}:
                    entity = {**self.entities.pop(), "type": "pre"}
        self.entities.append(entity)

    def _place(self) -> str:
        return f" at byte offset {len(self.source[: self._at].encode())}"

    def _refusal(self, words: str) -> Refusal:
        return bad(f"can't parse entities: {words}")


def _character(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED.get(match[3], "")
    code = int(match[1], 16) if match[1] else int(match[2])
    return chr(code) if 0 < code < 0x10FFFF else ""


def unescaped(text: str) -> str:
    return _REFERENCE.sub(lambda match: _character(match) or match[0], text)


def is_link(url: str) -> bool:
    """Tell whether Telegram takes an address as a link."""
    scheme, there, rest = url.partition("://")
    if there and scheme.lower() in ("tg", "ton", "tonsite"):
        return bool(rest)
    if there and scheme.lower() not in ("http", "https"):
        return False
    host = re.split(r"[/?#]", rest if there else url)[0]
    return re.fullmatch(r"(?:[^\s@]*@)?[^\s.:@]+(?:\.[^\s.:@]+)+(?::\d+)?", host) is not None


def _flat(entities: list[Entity]) -> list[Entity]:
    """Leave out a quotation in a quotation, and the language of code that is no block."""
    kept: list[Entity] = []
    end = 0
    for entity in in_order(entities):
        if entity["type"] in QUOTES:
            if entity["offset"] < end:
                continue
            end = entity["offset"] + entity["length"]
        if entity["type"] == "code":
            entity.pop("language", None)
        kept.append(entity)
    return kept

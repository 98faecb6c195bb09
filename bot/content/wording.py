"""Turns a message into words in a language: fills in texts, quotes passages."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.content.load import Content
from bot.core.catalog import Language
from bot.core.effects import Choice, Part, Quote, Say, StaffWords, Text
from bot.core.knowledge import ButtonLabels
from bot.core.messages import Block, Button, Message

# "Right to erasure (right to be forgotten)": a phone cuts a long button off.
_IN_BRACKETS = re.compile(r" \([^)]*\)$")
_QUOTATION_MARKS = {Language.FI: ("”", "”"), Language.EN: ("“", "”"), Language.SV: ("”", "”")}


def worded(say: Say, content: Content, words: Mapping[str, str] | None = None) -> Message:
    """Return a message in the words of its language; quotations stay verbatim.

    `words` take the place of those that every text may name, where a channel has others.
    """
    return Message(
        blocks=tuple(_block(part, say.language, content, words or {}) for part in say.parts),
        buttons=tuple(
            Button(label=label(choice, say.language, content), token=choice.button.encode())
            for choice in say.choices
        ),
        quotation_marks=_QUOTATION_MARKS[say.language],
    )


def _block(part: Part, language: Language, content: Content, words: Mapping[str, str]) -> Block:
    match part:
        case Text(key=key, values=values):
            text = content.texts.render(key, language, {**words, **values})
            return Block(kind="text", text=text)
        case Quote():
            return _quotation(part, language, content)
        case StaffWords():
            heading = content.texts.render("words.staff", language, {})
            return Block(kind="staff", text=part.text, heading=heading)


def _quotation(quote: Quote, language: Language, content: Content) -> Block:
    translated = content.notice.translates(quote.passage, language) and not quote.original
    shown_in = language if translated else content.notice.language
    heading = content.notice.heading(quote.passage, shown_in)
    if translated:
        heading = f"{heading} ({content.texts.render('quote.unofficial', language, {})})"
    return Block(kind="quote", text=content.notice.shown(quote.passage, shown_in), heading=heading)


def label(choice: Choice, language: Language, content: Content) -> str:
    """Return what stands on the button of a choice."""
    if choice.intent:
        named = content.texts.label(choice.intent, language)
        return content.texts.render(choice.key, language, {"topic": named}) if choice.key else named
    values = dict(choice.values)
    if choice.section:
        title = content.notice.sections[choice.section].title
        known = content.notice.translations.get(language, {}).get(choice.section)
        values["section"] = _IN_BRACKETS.sub("", known.text if known else title)
    return content.texts.render(choice.key, language, values)


def labels(content: Content) -> ButtonLabels:
    """Return what labels the buttons of this content."""
    return lambda choice, language, /: label(choice, language, content)

"""The assistant's own words: one text for each key and language, filled in by Jinja."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, meta
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bot.content.files import Reading
from bot.content.grounds import FILE, OwnTexts, read_grounds
from bot.core.catalog import Language, in_library
from bot.core.tickets import templates
from bot.core.tickets.templates import OwnGround

_MONTHS = (
    "January February March April May June July August September October November December"
).split()

_PLAIN = re.compile(
    r"\{\{ (?!(?:true|false|none|not)\b)([a-z]+(?:_[a-z]+)*)(?:\|(?:day|moment|right|state))? \}\}"
    r"|\{% if (?!not\b)([a-z]+(?:_[a-z]+)*) %\}|\{% (else|endif) %\}"
)
_TAG = re.compile(r"\{[{%].*?[}%]\}", re.DOTALL)


@dataclass(frozen=True)
class Texts:
    """The reply texts of all languages, and the names of the intents for buttons."""

    sources: Mapping[Language, Mapping[str, str]]
    labels: Mapping[Language, Mapping[str, str]]
    settings: Mapping[str, str]
    grounds: tuple[OwnGround, ...] = ()

    @cached_property
    def _environments(self) -> dict[Language, ImmutableSandboxedEnvironment]:
        return {language: self._environment(language) for language in Language}

    @cached_property
    def _templates(self) -> dict[tuple[Language, str], Template]:
        return {}

    @cached_property
    def _names(self) -> dict[str, set[str]]:
        return {}

    def _environment(self, language: Language) -> ImmutableSandboxedEnvironment:
        # Plain text comes out; each channel escapes what it sends (channels/render.py).
        environment = ImmutableSandboxedEnvironment(
            undefined=StrictUndefined, trim_blocks=True, autoescape=False
        )
        source = self.sources[language]
        environment.filters["right"] = lambda right: source[f"right.{right}"]
        environment.filters["relation"] = lambda relation: source[f"relation.{relation}"]
        environment.filters["state"] = lambda state: source[f"desk.state.{state}"]
        environment.filters["day"] = lambda iso: day(iso, language)
        environment.filters["moment"] = lambda iso: moment(iso, language)
        return environment

    def render(self, key: str, language: Language, values: Mapping[str, Any]) -> str:
        """Return the text of a key, filled in. Raises KeyError for an unknown key."""
        template = self._templates.get((language, key))
        if template is None:
            template = self._environments[language].from_string(self.sources[language][key])
            self._templates[language, key] = template
        return template.render({**self.settings, **values}).strip()

    def has(self, key: str) -> bool:
        """Tell whether there is a text of this key."""
        return all(key in source for source in self.sources.values())

    def label(self, intent: str, language: Language) -> str:
        """Return the short name of an intent, as a button shows it."""
        return self.labels[language][in_library(intent)]

    def placeholders(self, key: str, language: Language) -> set[str]:
        """Return the names that a text needs."""
        tags = _tags(self.sources[language][key])
        if tags not in self._names:
            names = _plain_names(tags)
            if names is None:
                tree = self._environments[language].parse(tags)
                names = meta.find_undeclared_variables(tree)
            self._names[tags] = names
        return self._names[tags]


def _tags(source: str) -> str:
    """Return what a template does, without its words; where braces are left over, all of it.

    Parsing takes time at every start, and the tags of most texts are those of another one.
    """
    rest = _TAG.sub("", source)
    return source if "{" in rest or "}" in rest else "".join(_TAG.findall(source))


def _plain_names(tags: str) -> set[str] | None:
    """Return the names in tags of the plainest kinds; None where a parser has to tell them."""
    if _PLAIN.sub("", tags):
        return None
    names: set[str] = set()
    open_ifs: list[bool] = []  # whether each has its "else"
    for name, condition, word in _PLAIN.findall(tags):
        names |= {name or condition} - {""}
        if condition:
            open_ifs.append(False)
        elif word and (not open_ifs or (word == "else" and open_ifs[-1])):
            return None
        elif word == "else":
            open_ifs[-1] = True
        elif word:
            open_ifs.pop()
    return None if open_ifs else names


def day(iso: str, language: Language) -> str:
    """Return an ISO date as people of a language write it."""
    when = date.fromisoformat(iso)
    if language is Language.EN:
        return f"{when.day} {_MONTHS[when.month - 1]} {when.year}"
    return f"{when.day}.{when.month}.{when.year}"


def moment(iso: str, language: Language) -> str:
    """Return an ISO date with its time, both local, as people of a language write them."""
    written, clock = day(iso[:10], language), datetime.fromisoformat(iso)
    if language is Language.EN:
        return f"{written} at {clock:%H:%M}"
    hour = "klo" if language is Language.FI else "kl."
    return f"{written} {hour} {clock.hour}.{clock:%M}"


def read_texts(reading: Reading, intents: set[str], settings: Mapping[str, str]) -> Texts:
    """Return the reply texts; a missing key or another set of placeholders is a fault.

    `intents` are those that buttons can name, as the library calls them; `settings` are values
    that every text may use.
    """
    sources = {language: _flat(reading, language) for language in Language}
    labels = {language: _labels(reading, language, intents) for language in Language}
    own = read_grounds(reading)
    texts = Texts(sources=sources, labels=labels, settings=settings, grounds=own.grounds)
    needed = {language: _needed(reading, texts, language) for language in Language}
    first, *others = Language
    for language in others:
        path = reading.place("responses", f"{language}.toml")
        for key in sources[first].keys() ^ sources[language].keys():
            missing = key not in sources[language]
            reading.fault(path, key, "text is missing" if missing else f"is not in {first}.toml")
        for key in needed[first].keys() & needed[language].keys():
            wanted = needed[first][key]
            if needed[language][key] != wanted:
                told = f"placeholders differ from {first}.toml: {sorted(wanted)}"
                reading.fault(path, key, told)
    for language in Language:
        _check_ready_made(reading, needed[language], language, settings)
        sources[language].update(own.texts[language])
    _check_own(reading, texts, own, {*templates.VALUES, *settings})
    return texts


def _check_own(reading: Reading, texts: Texts, own: OwnTexts, known: set[str]) -> None:
    """Name the texts of the organisation's own grounds that could not be filled in."""
    path = reading.root / FILE
    for language, written in own.written:
        where = f"{written}.{language}"
        try:
            unknown = texts.placeholders(own.key(written), language) - known
        except TemplateSyntaxError as error:
            reading.fault(path, where, f"template error: {error.message}")
            continue
        if unknown:
            told = f"unknown placeholders: {sorted(unknown)}; known are {sorted(templates.VALUES)}"
            reading.fault(path, where, told)
            continue
        try:
            texts.render(own.key(written), language, templates.EXAMPLE)
        except Exception as error:  # as {{ number|day }}: staff would meet it when they refuse
            reading.fault(path, where, f"cannot be filled in: {error}")


def _check_ready_made(
    reading: Reading,
    needed: Mapping[str, set[str]],
    language: Language,
    settings: Mapping[str, str],
) -> None:
    """Name ready-made replies that are missing, or could not be filled in when staff choose one."""
    path, known = reading.place("responses", f"{language}.toml"), {*templates.VALUES, *settings}
    for key in templates.all_keys():
        if key not in needed:
            reading.fault(path, key, "ready-made reply is missing")
        elif unknown := needed[key] - known:
            told = f"unknown placeholders: {sorted(unknown)}; known are {sorted(templates.VALUES)}"
            reading.fault(path, key, told)


def _needed(reading: Reading, texts: Texts, language: Language) -> dict[str, set[str]]:
    """Return the placeholders of each text that is a template as it should be."""
    path = reading.place("responses", f"{language}.toml")
    found = {}
    for key in texts.sources[language]:
        try:
            found[key] = texts.placeholders(key, language)
        except TemplateSyntaxError as error:
            reading.fault(path, key, f"template error: {error.message}")
    return found


def _flat(reading: Reading, language: Language) -> dict[str, str]:
    path = reading.place("responses", f"{language}.toml")
    found: dict[str, str] = {}

    def walk(prefix: str, table: Mapping[str, Any]) -> None:
        for key, value in table.items():
            name = f"{prefix}.{key}" if prefix else key
            if isinstance(value, dict):
                walk(name, value)
            elif isinstance(value, str) and value.strip():
                found[name] = value
            else:
                reading.fault(path, name, "must be a text that is not empty")

    walk("", reading.toml(path))
    return found


def _labels(reading: Reading, language: Language, intents: set[str]) -> dict[str, str]:
    path = reading.place("responses", "labels") / f"{language}.toml"
    found: dict[str, str] = {}
    for kind, table in reading.toml(path).items():
        entries = table if isinstance(table, dict) else {"": table}
        found |= {f"{kind}.{key}".rstrip("."): str(value) for key, value in entries.items()}
    for name in found.keys() ^ intents:
        reading.fault(path, name, "has no label" if name in intents else "is no intent to be named")
    return found

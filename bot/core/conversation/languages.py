"""Decides in which language a person is answered."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from bot.core.catalog import Language
from bot.core.knowledge import Knowledge
from bot.core.tickets.ticket import Ticket
from bot.core.understanding.words.names import name_in
from bot.core.understanding.words.text import normal_form

# Below this the language of a message is a guess.
_SURE = 0.9
_LONGEST_NAME = 3  # words
_FEW_WORDS = 6  # of more, the language shows by itself
_NAMES: Mapping[Language, re.Pattern[str]] = {
    Language.FI: re.compile(r"suom|finnish|finska|\bfi\b"),
    Language.EN: re.compile(r"englan|english|engelska|\ben\b"),
    Language.SV: re.compile(r"ruotsi|swedish|svenska|\bsv\b"),
}

# Words that of the three languages only one has, where a first message is too short to be sure of.
_OF_ONE: Mapping[Language, frozenset[str]] = {
    Language.FI: frozenset(
        """kyllä kyl joo juu jep ei en kiitos kiitti moi moikka terve päivää huomenta iltaa testi
        apua tietosuoja artikla artiklat pyyntö kysymys ja sekä tai vai onko mitä kuka miksi
        miten""".split()
    ),
    Language.EN: frozenset(
        """yes yeah yep yup sure please thanks thank hello and or article articles request question
        help privacy what who why how is the""".split()
    ),
    Language.SV: frozenset(
        """jo jajamän japp nej tack och eller samt hejsan tjena begäran fråga hjälp dataskydd
        artikeln artiklarna vad vem varför hur är snälla""".split()
    ),
}
# Alone it is no "and", which it is in Finnish.
_ALONE: Mapping[str, Language] = {"ja": Language.SV}


def chosen(spoken: Sequence[Language], *wished: str | None) -> Language:
    """Return the first wished-for language that is spoken here, else the one that greets.

    What is wished for may come from a platform or a form, and be anything.
    """
    return next((one for wish in wished for one in spoken if one == wish), spoken[0])


def of_person(
    spoken: Sequence[Language], tickets: Sequence[Ticket], guessed: Language | None
) -> Language:
    """Return the language of a person with whom no conversation is under way.

    That of their newest ticket, else the platform's guess.
    """
    return chosen(spoken, tickets[-1].language if tickets else None, guessed)


def written_in(text: str, knowledge: Knowledge) -> Language | None:
    """Return the language of a text, or None when that is not sure or not spoken here.

    An address says nothing of the language.
    """
    language, sure = knowledge.matcher.language_of(" ".join(_words(text)))
    return language if sure >= _SURE and language in knowledge.rules.languages else None


def of_reply(text: str, spoken: Language, knowledge: Knowledge) -> Language:
    """Return the language in which a reply is read: its own where that is sure.

    A single word, such as "ok", says little of the language, and a name nothing.
    """
    words = _words(text)
    if len(words) <= 1 or _is_name(words, spoken):
        return spoken
    return written_in(text, knowledge) or spoken


def of_first_words(text: str, guessed: Language, knowledge: Knowledge) -> Language:
    """Return the language in which somebody is answered of whom nothing is known yet.

    That of the words if they are of one language alone, else what the platform says.
    """
    words = normal_form(text).split()
    if len(words) > _FEW_WORDS:
        return guessed
    own = _ALONE.get(" ".join(words))
    found = [own] if own else [one for one, said in _OF_ONE.items() if said.intersection(words)]
    return found[0] if len(found) == 1 and found[0] in knowledge.rules.languages else guessed


def _words(text: str) -> list[str]:
    return [word for word in text.split() if "@" not in word]


def _is_name(words: Sequence[str], spoken: Language) -> bool:
    """Tell whether a few words are somebody's name, such as Kim Sisko."""
    written = len(words) <= _LONGEST_NAME and all(word.istitle() for word in words)
    return written and name_in(" ".join(words), spoken) == " ".join(words)


def asked_for(text: str) -> Language | None:
    """Return the one language that a message names, or None."""
    said = text.casefold()
    named = [language for language, name in _NAMES.items() if name.search(said)]
    return named[0] if len(named) == 1 else None

"""Whoever asks for what is held of somebody by their name: "remove Jane Roe from your database".

As far as one can tell, that is another person than the writer: who asks for their own says "my".
"""

from __future__ import annotations

import re

from bot.core.understanding.recognisers.relation_words import OWN

# Upper case matters in names, so only the words around them are taken in any case.
NAME_PART = r"(?<![\w'’-])[^\W\d_a-zåäöéüøæß][\w'’-]*"
_MORE = rf" (?!I\b)(?:(?:von|van|de|der|den|af|da|bin|al|el|la) )?{NAME_PART}"
_TITLE = r"(?:(?:Ms|Mr|Mrs|Miss|Dr|Mx)\.? |[Rr]ouva |[Hh]erra |[Ff]ru |[Hh]err )"
ANY_NAME = rf"(?:{_TITLE})?{NAME_PART}(?:{_MORE}){{0,3}}"
FULL_NAME = rf"(?:{_TITLE}{NAME_PART}|{NAME_PART}{_MORE})(?:{_MORE}){{0,3}}"

_HELD = (
    r"(?:personal |customer |contact )?(?:data|details|information|records?|account|address"
    r"|e-?mail|phone|number)"
)
_HELD_SV = r"(?:person|kund|kontakt)?(?:uppgifter|data|konto|adress|e-?post|nummer|telefon\w*)"
_HELD_FI = r"(?:henkilö|asiakas|yhteys)?(?:tie(?:do|to)\w*|tili\w*|osoit\w*|numero\w*|puhelin\w*)"
_MAILED = (
    r"(?:marketing|adverts?|advertis\w+|ads|e-?mails?|mailings?|newsletters?|offers|reklam\w*"
    r"|marknadsföring\w*|nyhetsbrev\w*|utskick\w*|mejl\w*|erbjudanden)"
)
# "Jane Roe" stands in the place of "me" after these, and of "my" in the others.
_AS_ME: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?i:\b(?:{verbs}) )(?P<name>{FULL_NAME})(?i: (?:{after}))"), own)
    for verbs, after, own in (
        ("remove|delete|erase|unsubscribe", r"from|and (?:add|put)", "me"),
        (r"ta bort|radera|stryk|avregistrera", r"från|ur|och (?:lägg|sätt|skriv)", "mig"),
        (
            r"poista(?:kaa)?|pyyhi(?:kää)?|hävitä|hävittäkää",
            r"(?:(?:asiakas|teidän) ?)?"
            r"(?:rekister|järjestelm|tietokan|kannasta|listal?ta|tiedoi)\w*"
            r"|ja (?:lisä|laitta|vaihta)\w*",
            "minut",
        ),
    )
)
# A verb at the beginning has a capital, too.
_VERB = (
    r"(?i:(?:poista|pyyhi|hävit|lähet|toimit|antak|näyt|oikais|korja|halua|pyyd|rajoit|siirt|älkää"
    r"|tarvits|please|delet|eras|remov|send|show|correct|restrict|transfer|stop|forget|radera"
    r"|skicka|rätta|begräns|flytta|sluta)\w*|give|i|ge|jag|ta|var)"
)
# First what is quick to see: else the verbs are looked for at each letter of a long text.
_BEGINS = r"(?<![\w'’-])(?=[^\W\d_a-zåäöéüøæß]|rouva |herra |fru |herr )"
_NAMED = rf"(?P<name>{_BEGINS}(?!{_VERB}\b){FULL_NAME})"
_OF_NAME: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            rf"(?i:\b(?:{_HELD}|everything|all|what)\b(?: \w+){{0,4}} (?:of|on|about) ){_NAMED}",
            rf"{_NAMED}['’]s? (?i:{_HELD})\b",
            rf"(?i:\b(?:{_HELD_SV}|allt|kopia\w*|vad)\b(?: \w+){{0,4}} (?:om|för|på) ){_NAMED}",
            rf"{_NAMED}(?<=s) (?i:{_HELD_SV})\b",
            rf"(?i:\b{_MAILED} (?:to|till|åt) ){_NAMED}",
        ),
    )
)
_OF_NAME_FI: tuple[re.Pattern[str], ...] = tuple(
    map(
        re.compile,
        (
            rf"{_NAMED}(?<=n) (?i:(?:kaikki |kaikkien )?{_HELD_FI})",
            rf"(?i:\b(?:{_HELD_FI}|kopio\w*|kaikki|kaiken) ){_NAMED}(?<=st[aä])\b",
            r"(?i:\b(?:mainoks\w+|mainontaa|markkinoin\w+|uutiskir\w+|viestejä) )"
            rf"{_NAMED}(?<=lle)\b",
        ),
    )
)
_GENITIVE_SV, _GENITIVE_S = _OF_NAME[3], re.compile(r"s$")
_NOBODY = re.compile(
    r"\b(?:oyj?|ab|ltd|inc|gmbh|llc|plc|oü|as|group|konserni|koncernen|gdpr|data|privacy|policy"
    r"|protection|officer|cookies?|tietosuoja\w*|dataskydd\w*|friday|monday|christmas)\b"
)
# So many characters are read: whom a letter is about is said early in it, and each word of it that
# has a capital might begin a name.
_READ = 800
_CASE = re.compile(r"(?:s[ea]n|se(?:st[aä]|lle))$")
_PARTITIVE = re.compile(r"(?:s[ea]n|s[tn][aä])$")


def about_another(text: str) -> str | None:
    """Return the name of the person whose data a text is about, if not its writer's.

    Nothing where its form is not sure: in Finnish a name has an ending there. None where the text
    is about nobody by their name, about a firm, or about the writer: who also signs or says "my".
    """
    if OWN.search(text.casefold()):
        return None
    text = text[:_READ]
    patterns = (*(words for words, _ in _AS_ME), *_OF_NAME, *_OF_NAME_FI)
    found = next((match for words in patterns if (match := words.search(text))), None)
    if found is None or _NOBODY.search(found["name"].casefold()):
        return None
    if text.count(found["name"].split()[0]) > 1:  # introduced or signed, too
        return None
    if found.re in _OF_NAME_FI:
        return without_ending(found["name"], _CASE)
    return _GENITIVE_S.sub("", found["name"]) if found.re is _GENITIVE_SV else found["name"]


def as_about_oneself(text: str) -> str:
    """Return a text with the writer in the place of whom it names, for it to be matched."""
    for words, own in _AS_ME:
        if found := words.search(text, 0, _READ):
            return f"{text[: found.start('name')]}{own}{text[found.end('name') :]}"
    return text


def without_ending(name: str, ending: re.Pattern[str] = _PARTITIVE) -> str:
    """Return a name as it is called; nothing where only its bearer knows what it was before."""
    if name.endswith("nen"):  # no case ends so: it has no ending
        return name
    ended = ending.search(name)
    return f"{name[: ended.start()]}nen" if ended else ""

"""Parses the values in a reply: a code, an address, a name, a language, a right."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.core.catalog import Language, Right
from bot.core.contacts import canonical_address
from bot.core.understanding.words.cues import found, spoken_words
from bot.core.understanding.words.text import normal_form

# A code as people write it: in one, in groups, or digit by digit.
_CODE = re.compile(r"(?<![\d.@+\w-])\d(?:[ \-–.]{0,2}\d){7}(?![\d@\w])")
# Each run is tried from its beginning only: else a text of one long run takes quadratic time.
_AT = re.compile(
    r"(?<![\w.+-])([\w.+-]+) (?:\(?at\)?|ät|snabel[- ]a|miukumauku) "
    r"([\w-]+)((?: (?:dot|punkt|piste) \w+)+)\b"
)
_IN_BRACKETS = re.compile(r" ?[(\[{](?:at|ät|ät-merkki|snabel-a|a)[)\]}] ?")
# "o s h e a at example dot com": letter by letter.
_SPELLED = re.compile(
    r"(?:(?<!\b\w )|(?<=['’]\w ))(?<!['’])\b\w(?: \w){2,}(?= (?:at|ät|snabel-a|miukumauku) )"
)
_DOT = re.compile(r" (?:dot|punkt|piste) ", re.IGNORECASE)
_IN_ADDRESS = r"[^\s<>\[\]()|,;:\"'“”!?]"
_ADDRESS = re.compile(rf"(?<!{_IN_ADDRESS}){_IN_ADDRESS}+@{_IN_ADDRESS}+")

_DIGIT_WORDS = {
    **dict.fromkeys(("nolla", "zero", "oh", "noll"), "0"),
    **dict.fromkeys(("yksi", "yks", "one", "ett", "en"), "1"),
    **dict.fromkeys(("kaksi", "kaks", "two", "två"), "2"),
    **dict.fromkeys(("kolme", "kolm", "three", "tre"), "3"),
    **dict.fromkeys(("neljä", "neli", "four", "fyra"), "4"),
    **dict.fromkeys(("viisi", "viis", "five", "fem"), "5"),
    **dict.fromkeys(("kuusi", "kuus", "six", "sex"), "6"),
    **dict.fromkeys(("seitsemän", "seittemän", "seven", "sju"), "7"),
    **dict.fromkeys(("kahdeksan", "kaheksan", "eight", "åtta"), "8"),
    **dict.fromkeys(("yhdeksän", "yheksän", "nine", "nio"), "9"),
}  # fmt: skip
# "neljäkahdeksan": digits as words that are not kept apart.
_DIGITS = re.compile("|".join(sorted(_DIGIT_WORDS, key=len, reverse=True)))
_CODE_LENGTH = 8
_TWO, _SHORT = 2, 300
# "Do not write to laura@old.example": whatever else is there, nothing is sent to that one.
_SHUNNED = re.compile(
    r"\b(?:(?:do not|don t|dont|never|not) (?:\w+ )?(?:send|write|use|e ?mail|mail|reply|contact)"
    r"|(?:älkää|älä|ei (?:saa|pidä|tule|kannata)|en halua) (?:\w+ ){0,2}?(?:kirjoit|lähet|laitt"
    r"|käyttä|vasta|postit)\w*"
    r"|(?:skriv|skicka|mejla|maila|använd|svara|kontakta)\w* (?:\w+ ){0,2}?(?:inte|int|ej|aldrig"
    r"|inget|ingenting)"
    r"|(?:inte|int|ej|aldrig) (?:skriva|skicka|mejla|maila|använda|svara|kontakta))\b"
    r"(?! (?:to )?(?:anything|anyone|anywhere) (?:but|else)\b)(?: \w+){0,6}$"
)
# One beside another: "laura@new.example and not laura@old.example", "vanha oli laura@...".
_NOT_THAT = re.compile(
    r"\b(?:(?:not|ei|inte|int|ej)(?: \w+)?|(?:and not|eikä|äläkä|och inte)(?: \w+){0,4}"
    r"|(?:instead of|rather than|in place of|i stället för|istället för)(?: \w+){0,2}"
    r"|(?:old|previous|former|wrong|vanha|entinen|edellinen|väärä|gamla|förra|tidigare|fel)\w*"
    r"(?: \w+){0,3})$"
)
_GONE = re.compile(
    r"(?:is|was|on|oli|är|var) (?:my |the |se |den |min )?(?:old|wrong|previous|vanha|väärä|väärin"
    r"|entinen|gammal|gamla|fel|förra)\b"
    r"|(?:ei|is|does|är|fungerar)(?: not| n t| ole| inte| int)? (?:enää|no longer|längre|in use"
    r"|käytössä|toimi|työ)"
)
_NOT_THERE = re.compile(
    r"\b(?:(?:do not|don t|dont|never) (?:write|send|mail|use|reply)"
    r" (?:there|to (?:it|that)|it|that)"
    r"|(?:älkää|älä|ei saa) (?:\w+ )?(?:kirjoit|lähet|laitt|käyttä|vasta)\w* (?:sinne|siihen|sitä)"
    r"|(?:skriv|skicka|mejla|maila|använd|svara) (?:inte|int|ej|aldrig) (?:dit|den|det))\b"
)
_BUT = re.compile(r"[.;!?\n]|,|\b(?:but|vaan|mutta|mut|utan|men|now|nyt|nykyinen|nu|uusi|new|ny)\b")
_OR = re.compile(r"@\S+ (?:or|tai|vai|eller) (?:\S+ )?\S+@", re.IGNORECASE)

LANGUAGES = {
    "fi": r"suom\w*|finnish|finska|soome\w*",
    "en": r"englan\w*|english|engelska\w*",
    "sv": r"ruotsi\w*|swedish|svenska\w*|rootsi\w*",
    "et": r"eesti|viro\w*|estonian|estniska",
    "ru": r"venäj\w*|russian|ryska|русск\w*|по-русски",
    "de": r"saksa\w*|german|deutsch|tyska",
    "so": r"somali\w*",
    "ar": r"arabi\w*|arabic|arabiska",
    "bs": r"bosni\w*",
    "pl": r"puola\w*|polish|polska|polski|polsku",
    "uk": r"ukrain\w*|українськ\w*",
    "es": r"espanja\w*|spanish|español|spanska",
    "fr": r"ranska\w*|french|français|franska",
    "tr": r"turk\w*|turkish|türkçe",
    "fa": r"farsi\w*|persia\w*|persiska",
    "ku": r"kurdi\w*|kurdish|kurdiska",
    "zh": r"kiina\w*|chinese|kinesiska|mandarin",
    "no": r"norja\w*|norwegian|norska|norsk",
    "da": r"tanska\w*|danish|danska|dansk",
    "vi": r"vietnam\w*",
    "th": r"thai\w*|thailändska",
    "lv": r"latvi\w*|lettiska",
    "lt": r"liettua\w*|lithuanian|litauiska",
    "ro": r"romania\w*|rumänska",
    "hu": r"unkari\w*|hungarian|ungerska",
    "it": r"italia\w*|italian|italiano|italienska",
    "pt": r"portugal\w*|portuguese|português|portugisiska",
}  # fmt: skip
_LANGUAGES = {code: re.compile(rf"\b(?:{names})\b") for code, names in LANGUAGES.items()}

RIGHTS = {
    "erase": Right.ERASURE,
    "see": Right.ACCESS,
    "correct_right": Right.RECTIFICATION,
    "transfer": Right.PORTABILITY,
    "restrict": Right.RESTRICTION,
    "object": Right.OBJECTION,
    "marketing": Right.MARKETING_OBJECTION,
}  # fmt: skip
_REACH_OF_NO, _REACH_OF_WITHOUT = 4, 3  # words
_WITHOUT = frozenset({"without", "ilman", "utan"})
_LIKE_CODE = re.compile(r"(?<![\w-])(?:[\dOolI][ .-]?){5,12}(?!\w)")
_FEWEST_DIGITS = 5
_PHONE = re.compile(r"(?<![\w@.:/+-])(?:\+|00|0|\()\d[\d ()/-]{5,20}(?![\w@])")
_FEWEST_OF_PHONE, _MOST_OF_PHONE = 7, 15  # digits


def code_in(text: str) -> str:
    """Return the one code of eight digits that a text gives, or nothing."""
    codes = {re.sub(r"\D", "", written) for written in _CODE.findall(text)}
    if len(codes) == 1:
        return codes.pop()
    spelled = "".join(map(_spelled, re.findall(r"\w+", text.casefold())))
    return spelled if len(spelled) == _CODE_LENGTH and not codes else ""


def phone_in(text: str) -> str:
    """Return the phone number that a text gives, as it is written, or nothing."""
    found = (one.group().strip() for one in _PHONE.finditer(text))
    numbers = (one for one in found if _FEWEST_OF_PHONE <= _digits(one) <= _MOST_OF_PHONE)
    return next(numbers, "")


def is_like_code(text: str) -> bool:
    """Tell whether a text gives digits like a code's, but not as many, and asks nothing."""
    spelled = "".join(map(_spelled, re.findall(r"\w+", text.casefold())))
    written = (re.sub(r"[^\w]", "", one) for one in _LIKE_CODE.findall(text))
    most = max(map(_digits, written), default=0)
    digits = max(most, len(spelled))
    unasked = "?" not in text and "@" not in text
    return unasked and digits >= _FEWEST_DIGITS and digits != _CODE_LENGTH


def _digits(written: str) -> int:
    return sum(map(str.isdigit, written))


def _spelled(word: str) -> str:
    """Return the digits that a word consists of, or nothing."""
    digits = _DIGITS.findall(word)
    return "".join(map(_DIGIT_WORDS.__getitem__, digits)) if "".join(digits) == word else ""


def addresses_in(text: str) -> list[str]:
    """Return the addresses of a text as they are kept, in order; one may be spelled in words."""
    spelled = _SPELLED.sub(lambda m: m[0].replace(" ", ""), text.casefold())
    spelled = _IN_BRACKETS.sub("@", spelled)
    spelled = _AT.sub(lambda m: f"{m[1]}@{m[2]}{_DOT.sub('.', m[3])}", spelled)
    written = _ADDRESS.findall(text) or _ADDRESS.findall(spelled)
    stripped = (one.removeprefix("mailto:").strip(".-–…*_`{}") for one in written)
    kept = (canonical_address(one) for one in stripped)
    return list(dict.fromkeys(address for address in kept if address))


def wanted_addresses(text: str) -> list[str]:
    """Return the addresses at which a person may be reached: none that a text shuns."""
    found = addresses_in(text)
    if len(found) == 1 and _NOT_THERE.search(normal_form(text)):
        return []
    if not found or not all(address in text.casefold() for address in found):
        return found  # what is spelled in words has no place
    around = _around(found, text.casefold())
    allowed = [
        (one, before)
        for one, before, after in around
        if not _SHUNNED.search(before) and not _GONE.match(after)
    ]
    current = [one for one, before in allowed if not _NOT_THAT.search(before)]
    return current or [one for one, _ in allowed]


def _around(found: Sequence[str], said: str) -> list[tuple[str, str, str]]:
    """Return addresses with the words just before each, and those just after."""
    places: list[tuple[str, str, str]] = []
    start = 0
    for address, following in zip(found, (*found[1:], ""), strict=True):
        at = said.index(address, start)
        end = at + len(address)
        upto = said.find(following, end) if following else len(said)
        before = _BUT.split(said[start:at])[-1]
        after = _BUT.split(said[end:upto])[0]
        places.append((address, normal_form(before), normal_form(after)))
        start = end
    return places


def address_in(text: str) -> str:
    """Return the address that a text gives, the last of several, or nothing.

    Whoever corrects themselves writes the right one last; one that is shunned does not count.
    """
    return next(iter(reversed(wanted_addresses(text))), "")


def is_address_alone(text: str) -> bool:
    """Tell whether a text is an address, and nothing else."""
    return len(text.split()) == 1 and bool(addresses_in(text))


def two_addresses(text: str) -> tuple[str, ...]:
    """Return two addresses between which a text leaves the choice."""
    found = addresses_in(text)
    few = len(found) == _TWO and len(text) <= _SHORT
    return tuple(found) if few and _OR.search(text) else ()


def language_in(text: str) -> str:
    """Return the code of the one language that a text names, or nothing."""
    said = text.casefold()
    named = [code for code, names in _LANGUAGES.items() if names.search(said)]
    return named[0] if len(named) == 1 else ""


def right_in(text: str, other_than: Right | None, language: Language) -> Right | None:
    """Return the right that a text wishes for besides or instead of one; not what it negates."""
    seen = list(found(text, language))
    nos = [place for place, cue in seen if cue == "no"]
    without = _places_without(text)
    named = [
        (place, RIGHTS[cue])
        for place, cue in seen
        if cue in RIGHTS and not any(0 < place - at <= _REACH_OF_WITHOUT for at in without)
    ]
    wished = [right for place, right in named if not _is_negated(place, nos)]
    others = [right for right in wished or [r for _, r in named] if right != other_than]
    if Right.MARKETING_OBJECTION in others:
        return Right.MARKETING_OBJECTION
    return others[-1] if others else None


def _places_without(text: str) -> list[int]:
    """Return the places of "without": of Swedish "utan" only where it does not mean "but"."""
    words = spoken_words(text)
    contrasts = not {"inte", "int", "ej"}.isdisjoint(words)
    said = _WITHOUT - {"utan"} if contrasts else _WITHOUT
    return [place for place, word in enumerate(words) if word in said]


def _is_negated(place: int, nos: Sequence[int]) -> bool:
    return any(0 < place - no <= _REACH_OF_NO for no in nos)

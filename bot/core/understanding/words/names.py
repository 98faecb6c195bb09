"""Finds a person's name in a reply."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.core.catalog import Language
from bot.core.understanding.words.cues import cues

_FIELDS = re.compile(
    r"(?:etunimi|first ?name|förnamn)\W+(?P<first>[\w'’-]+).{0,20}?"
    r"(?:sukunimi|last ?name|surname|efternamn)\W+(?P<last>[\w'’-]+)",
    re.IGNORECASE | re.DOTALL,
)
# "My name is O'Shea, capital o, apostrophe": said so, one word is enough.
_STATED = re.compile(
    r"(?i:\b(?:my name is|nimeni on|jag heter|mitt namn är)) (?P<name>[^\W\d_a-zåäö][\w'’-]+)"
    r"(?= [^\W\d_A-ZÅÄÖ])"
)
# Where one piece of a reply ends and another begins; a full stop after a single letter is none.
_CUT = re.compile(
    r"[,;()\[\]\n:!?–—=/…]| - |(?<=\w\w)\.(?:\s|$)|\d+\w*"
    r"|\b(?:eiku|niinko|niinku|niinkuin|kuten|siis|eli|alias|aka|nej|os|o\.s|eller|tai|or|and|och"
    r"|but|mutta|men|mut)\b"
    r"|\b(?:punkt|piste|pilkku|komma|comma|full stop|period)\b"  # as people dictate
)
_NICKNAME = re.compile(r"\s[\"“”'‘][^\"“”'’]{1,20}[\"“”'’](?=\s)")
_SMILEY = re.compile(r" [:;=]-?[()DPp*]+(?= |$)")
_CORRECTED = re.compile(r"\b(?:eiku|eikun|no ei|nej|no wait|i mean|alltså|menar)\b", re.IGNORECASE)
_CASE_ENDING = re.compile(r":\w+")
_PARTICLES = frozenset(
    "af av von van der den de la le da di del dos al el bin ibn ben zu zur ter".split()
)
_TITLES = frozenset(
    """mrs mr ms miss dr prof professor mx sir madam father sister commander captain herra rouva rva
    neiti herr fru fröken asianajaja attorney advokat tohtori maisteri kirkkoherra
    eläinlääkäri hakija nimi nimeni name namn ab oy ltd sökande applicant tmi firma""".split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]*)*\.?")
# What people say around a name, and what is said to the question for one but is nobody's.
_NO_NAME = frozenset(
    """ok okay okei okej kyllä joo juu yes yep yeah ja kiitos thanks tack test testi no ei nej nå so
    the a an and your his her it its it's it’s that's i'm i’m im am is are was what why who
    how not i you we they do does did can could would should to of for in on at with from
    well very name names nimi nimen nimeni namn namnet namne same sama samma as before have
    has all right en et se men sä mä mää mie ma minä sinä mun sun minun miun mitä miksi kuka
    miten tai kun jos että nyt vielä joku jotain haluan halua olen oon oli tässä täällä tämä
    asioi kutsumanimi kaikki sitten sit siis emt jag du vi ni de det den är var som inte int
    om att vill ska skall kan min din er ert varför hur vem någon nån heter heiter hette va
    här mitt mett e skip ohita hoppa stop lopeta peru avbryt cancel next pass help apua hjälp
    data tiedot uppgifter delete poista radera show send wait lähetä skicka anonymous anonyymi
    anonym please pls human ihminen människa hello hi hei moi hej nothing none mitään inget
    ingen hmm odota vänta here then this these those just only vain bara already redan
    dear sirs ks see above bästa
    first last full koko hela etunimi sukunimi förnamn efternamn pal righto oh me passport
    passi code koodi kod call called put sorry anteeksi keskeytä katso käyttäkää
    teillä teidän meillä liikaa väliin paljon på från med saken låt vara
    mine valued customer asiakas kund kunden nimetön uhri pakko principal
    mandatory required needed after before edellinen viesti
    allt alltihop allting everything everybody""".split()
)
_AROUND_LOWER = frozenset(
    """my name is i m i'm i’m it's im am it s its this the me here then please pls thanks
    nimeni nimi on oon olen
    mä mää mie minä mun minun tässä kiitos sitten jag ja heter mitt mett namn namnet är e här
    tack då and call write so""".split()
)
_AROUND = _AROUND_LOWER | _TITLES
_LIKE_NO = frozenset("ei en no nej ne nä".split())
_WORD_OF_NAME = r"[^\W\d_][\w'’-]*"
_RESPELLED = re.compile(
    rf"(?P<right>{_WORD_OF_NAME}),? (?:and )?(?:not|ei|eikä|inte|int|instead of)"
    rf" (?P<wrong>{_WORD_OF_NAME})"
    rf"|(?:not|ei|inte|int) (?P<old>{_WORD_OF_NAME}),? (?:but|vaan|utan) (?P<new>{_WORD_OF_NAME})"
)
_OR = re.compile(r",? (?:or|tai|vai|eller) ", re.IGNORECASE)
_AND = re.compile(r" (?:and|och|å|ja|sekä|&|\+) ")
_WE_ARE = re.compile(
    r"(?:we are|our names are|it'?s|olemme|nimemme ovat|vi är|vi heter)\b:? ", re.IGNORECASE
)
_FIRST = re.compile(r"\b(?:first name|given name|etunim\w*|förnamn\w*)\b", re.IGNORECASE)
_LAST = re.compile(r"\b(?:last name|surname|sukunim\w*|efternamn\w*)\b", re.IGNORECASE)
_TWO = 2
_FEWEST, _MOST_WORDS, _MOST_LOWER_WORDS = 2, 5, 3


def name_in(text: str, language: Language) -> str:
    """Return the name that a reply gives, or nothing where it is not sure to be one."""
    words = text.strip(" ,.!").split()
    if _is_name_alone(words):
        return _written(words)
    if len(words) == 1 and text.rstrip().endswith("?"):
        return ""
    if text.isupper():  # then capitals tell no name from other words
        text = text.casefold()
    fields = _FIELDS.search(text)
    if fields:
        return _written([fields["first"], fields["last"]])
    stated = _STATED.search(text)
    if stated and _is_part(stated["name"]):
        return stated["name"]
    said = _CASE_ENDING.sub("", _NICKNAME.sub("", _SMILEY.sub("", " ".join(text.split()))))
    pieces = [piece.split() for piece in _CUT.split(said) if piece.strip()]
    runs = [run for piece in pieces for run in _runs(piece)]
    full = [run for run in runs if len(run) >= _FEWEST]
    if full:  # whoever corrects themselves writes the right one last
        return _written(full[-1 if _CORRECTED.search(said) else 0])
    return _written(_short(pieces, runs, language))


def respelled(name: str, text: str) -> str:
    """Return a name with the part put right that a text says is wrong: "Niemi, not Nieni"."""
    found = _RESPELLED.search(text)
    if found is None:
        return ""
    wrong, right = found["wrong"] or found["old"], found["right"] or found["new"]
    parts = name.split()
    if wrong.casefold() not in map(str.casefold, parts):
        return ""
    return " ".join(_capital(right) if one.casefold() == wrong.casefold() else one for one in parts)


def is_full_name(text: str) -> bool:
    """Tell whether a text is nothing but a first and a last name with their capitals."""
    words = text.strip(" ,.!").split()
    return len(words) >= _FEWEST and _is_name_alone(words)


def name_like_no(text: str) -> str:
    """Return a name that begins like a no, such as Ei Tanaka or No Won-bin; it may be neither."""
    first, *rest = text.strip(" ,.!").split() or [""]
    written = [first, *rest]
    if first.casefold() not in _LIKE_NO or not 0 < len(rest) < _MOST_WORDS:
        return ""
    capitals = all(word[0].isupper() for word in written)
    return " ".join(written) if capitals and all(map(_is_part, rest)) else ""


def two_names(text: str) -> tuple[str, ...]:
    """Return two full names between which a text leaves the choice: "Ann Lee or Ann Ray"."""
    found = [part.strip(" ,.!?") for part in _OR.split(text)]
    full = [part for part in found if _is_name_alone(part.split()) and " " in part]
    return tuple(found) if len(found) == len(full) == _TWO else ()


def joint_names(text: str) -> tuple[str, ...]:
    """Return the two people whose names a text joins: of "Karin and Lars Holm", both are Holm."""
    joint = _WE_ARE.sub("", text.strip(" ,.!"), count=1)
    parts = [part.split() for part in _AND.split(joint)]
    if len(parts) != _TWO or not all(0 < len(part) < _MOST_WORDS for part in parts):
        return ()
    first, second = parts
    if joint.islower():
        named = all(map(_is_part, first + second)) and len(first + second) > _TWO
    else:
        named = _is_name_alone(first) and _is_name_alone(second)
    if not named:
        return ()
    if len(first) == 1 and len(second) > 1:
        first = [*first, *second[1:]]
    return _written(first), _written(second)


def put_right(name: str, text: str, given: str) -> str:
    """Return a name as a text puts it right by what it gives: whole, or only the part it names."""
    parts = name.split()
    if " " in given:
        return given
    if corrected := respelled(name, text):
        return corrected
    if len(parts) < _TWO or not given:
        return given
    if _FIRST.search(text):
        return " ".join((given, *parts[1:]))
    return " ".join((*parts[:-1], given)) if _LAST.search(text) else given


def _is_name_alone(words: Sequence[str]) -> bool:
    """Tell whether a reply is nothing but a name with its capitals; one letter may be a part."""
    capitals = all(word[0].isupper() for word in words)
    parts = ((len(word.strip(".")) == 1 and word[0].isalpha()) or _is_part(word) for word in words)
    return 0 < len(words) <= _MOST_WORDS and capitals and all(parts)


def _runs(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words with capitals that stand together and may be a name."""
    run: list[str] = []
    for word in (*(word.strip(".\"“”*'") if len(word) > 2 else word for word in words), ""):
        if (word[:1].isupper() and _is_part(word)) or (run and word in _PARTICLES):
            run.append(word)
        else:
            while run and run[-1] in _PARTICLES:
                run.pop()
            if run:
                yield run[:_MOST_WORDS]
            run = []


def _short(
    pieces: Sequence[Sequence[str]], runs: Sequence[list[str]], language: Language
) -> list[str]:
    """Return a name of one word, of a surname before a first name, or without capitals."""
    if not pieces:
        return []
    alone = [run for run, piece in zip(runs, pieces, strict=False) if len(run) == len(piece)]
    if len(alone) >= _FEWEST and len(pieces[1]) == 1:
        return [*alone[1], *alone[0]]  # Leitgeb, Norbert
    first = [word for word in pieces[0] if word.casefold() not in _AROUND]
    if not 0 < len(first) <= _MOST_LOWER_WORDS or not all(map(_is_part, first)):
        return []
    if len(first) == 1 and len(pieces) > 1 and not alone:
        return []  # a word before a sentence is nobody's name
    sentence = len(first) > 1 and first[0][:1].isupper() and any(map(str.islower, first))
    # Last, since it takes longest.
    return [] if sentence or cues(" ".join(first), language) - {"about_me"} else first


def _is_part(word: str) -> bool:
    bare = word.casefold().strip(".")
    if bare in _NO_NAME or bare in _TITLES:
        return False
    return _WORD.fullmatch(word) is not None


def _written(words: Sequence[str]) -> str:
    """Return a name with its capitals, where it has none or nothing else."""
    name = " ".join(words)
    if not (name.islower() or name.isupper()):
        return name
    small = name.casefold().split()
    return " ".join(w if w in _PARTICLES else _capital(w) for w in small)


def _capital(word: str) -> str:
    return "-".join(part[:1].upper() + part[1:] for part in word.split("-"))

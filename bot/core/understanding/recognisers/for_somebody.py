"""Recognises who speaks for somebody else, for whom and as what, in three languages.

Only what is said in so many words is taken: all of it is shown before anything is sent, and staff
check it before anything is done.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.core.tickets.representation import Relation
from bot.core.understanding.recognisers.relation_words import (
    CHILD,
    CHILD_FI,
    KIN,
    KIN_FI,
    MYSELF,
    NAMED_ONESELF,
    ONESELF,
    OWN,
    RELATIONS,
    SPOUSE,
    SPOUSE_FI,
)
from bot.core.understanding.recognisers.third_person import (
    ANY_NAME,
    FULL_NAME,
    NAME_PART,
    about_another,
    as_about_oneself,
    without_ending,
)
from bot.core.understanding.words.text import normal_form

R = Relation
# Who names these speaks for another, whatever else they ask for.
_OFFICES = frozenset({R.ESTATE, R.GUARDIAN, R.LAWYER, R.ASSISTANT, R.EMPLOYER, R.OTHER})
_FAMILY = rf"(?:{CHILD}|{SPOUSE}|{KIN}|client|employee|boss|director|manager|ward)"
_FAMILY_SV = (
    r"(?:son|dotter|barn|fru|man|make|maka|sambo|mor|mamma|far|pappa|syster|bror|mormor|morfar"
    r"|farmor|farfar|klient|huvudman|chef|anställda?)"
)
_PERSONS: tuple[re.Pattern[str], ...] = (
    re.compile(rf"(?i:\b(?:my|our) (?:late )?{_FAMILY},?) (?P<name>{ANY_NAME})"),
    re.compile(
        r"(?i:\b(?:estate of|executor (?:for|of)|on behalf of|act(?:ing)? for|guardian (?:of|for)"
        r"|represent(?:ing)?|(?:mother|father|parent|wife|husband|son|daughter) of|attorney for"
        r"|p\.?a\.? (?:of|to)|(?:assistant|secretary) (?:of|to))"
        rf"(?: the late| my late| (?:my|our) client,?)?) (?P<name>{ANY_NAME})"
    ),
    re.compile(
        rf"(?i:\b(?:företräder|ombud för|dödsbo(?:et)? efter|boet efter)(?: (?:min|vår)"
        rf" {_FAMILY_SV})?) (?P<name>{ANY_NAME})"
    ),
    re.compile(rf"(?i:\b(?:min|mitt|vår|vårt) (?:avlidna )?{_FAMILY_SV},?) (?P<name>{ANY_NAME})"),
    re.compile(rf"(?i:\b(?:for|lawyer of|ombud åt|assistent till|för)) (?P<name>{FULL_NAME})"),
)
# In Finnish a name has an ending there: only that of names in -nen can be undone for sure.
_PERSON_FI = re.compile(
    rf"(?i:\bedusta[nm]\w*|\bpäämie\w*,?|\b(?:{CHILD_FI}|{SPOUSE_FI}|{KIN_FI}),?)"
    rf"(?i: (?:on|asiakasta|henkilöä))? (?P<after>{FULL_NAME})"
    rf"|(?P<before>{FULL_NAME}) "
    r"(?i:puolesta|kuolinpes|perikun|edunvalvoj|asianajaj|avustaj|huoltaj)"
)
_ANOTHER = re.compile(
    r"\b(?:he|she|his|him|her|hers|their|theirs|client|person|child|hänen|hänellä|kohteen|henkilön|päämie\w*"
    r"|lapsen|hans|hennes|deras|personens?|huvudman\w*|barnets)\b"
)
# Who writes for whom says nothing of what is asked: a clause at the beginning, or "for my client".
_WHO_WRITES = re.compile(
    rf"(?i:^(?:i am|i['’]m|i represent|we represent|i act|we act|i write|i am writing|as|my|our"
    rf"|olen|edustan|edustamme|toimin|hoidan|hoidamme|kirjoitan|jag är|jag förvaltar"
    rf"|jag företräder|jag skriver|vi företräder|vi förvaltar"
    rf"|min|mitt|som|äitini|isäni|dödsboet)\b[^.,:;!?]{{1,120}}?(?:[.,:;!] *"
    r"| (?=(?:i|we) (?:hereby |now |formally )?(?:request|ask|demand|want|wish|would like)\b)))"
    rf"|(?i: ?\bon behalf of (?:the late )?(?:my |our |the )?(?:{_FAMILY}|estate of)?)"
    rf"(?: ?{FULL_NAME})?"
    rf"|(?i: ?\b(?:\w+(?:ni|mme)|\w+n) puolesta\b)"
    rf"|(?i: ?\bför (?:min|vår|mitt) {_FAMILY_SV}s? (?:räkning )?)(?:{FULL_NAME})?"
)
_OTHERS_FI = r"(?:hänen|heidän|vainajan|lapsen|\w+(?:ni|mme|hen|sen))"
_AS_OWN: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(words, re.IGNORECASE), own)
    for words, own in (
        (rf"\b(?:my|our|the) (?:late )?(?:{_FAMILY}|deceased)['’]?s\b", "my"),
        (r"\bhe wants\b|\bshe wants\b|\bthey want\b|\bmy \w+ wants\b", "I want"),
        (rf"\b(on|about|of) (?:him|her|them|(?:my|our) (?:late )?{_FAMILY})\b", r"\1 me"),
        (r"\b(?:his|her|their)\b", "my"),
        (rf"\b{_OTHERS_FI} (?:henkilö)?tie(?:to|do)(?:nsa|t|jen|jensa|jaan|ja)\b", "tietoni"),
        (r"\bhänestä\b|\bheistä\b|\bpäämiehestä(?:ni|mme)\b|\b\w+stä(?:ni|mme)\b", "minusta"),
        (r"\bhän haluaa\b", "haluan"),
        (
            r"\b(?:hans|hennes|deras|den avlidn[ae]s|(?:min|vår|mitt) \w+s)"
            r" ((?:person)?uppgifter|data)\b",
            r"mina \1",
        ),
        (rf"\bom (?:honom|henne|dem|(?:min|vår|mitt) {_FAMILY_SV})\b", "om mig"),
        (r"\b(?:hon|han) vill\b", "jag vill"),
        (r"\btill (?:henne|honom)\b", "till mig"),
    )
)
_ALSO = re.compile(r"\b(?:also|too|as well|myös|lisäksi|samoin|också|även|likaså)\b")
# "And Roger wants the same": not who writes, but whoever is named.
_WANTS_SAME = re.compile(
    rf"(?:{NAME_PART}|(?i:\b(?:he|she|hän|hon|han|\w*vaimo(?:ni)?|\w*mies|mieheni|puolisoni|frun|mannen"
    r"|wife|husband|partner|sambo\w*)))"
    r" (?i:also |too |myös |också |även )?(?i:wants|would like|haluaa|haluu|vill)"
    r"(?i: \w+){0,3} (?i:the same|same|samat?|samaa|samma)\b"
)
_RELATIVES = frozenset({R.SPOUSE, R.PARENT, R.RELATIVE})
_AND_OF = re.compile(
    r"(?:and |och |ja |entäs? |what about |how about |sama |samma |(?:the )?same |sen |men |mut )+"
    r"(?:(?:for|för|åt|also|även|myös) )*(?:my|our|min|mina|mitt|mun|minun|\w+(?:ni|lleni)\b)"
    r"(?: \w+){0,2}(?: (?:s|then|too|also|as well|sitten|myös|kans|då|också|pyyntö|request|begäran"
    r"|tiedot|data|uppgifter))*$"
)
# "My mum said that you have to delete it": who told the writer is not whom it concerns.
_TOLD_BY = re.compile(
    r"^(?!.*\b(?:his|her|hers|their|hänen|hennes|hans|deras)\b).*(?:"
    r"\b(?:my|our) \w+ (?:(?:has|had|just) )?(?:said|says|told|tells) (?:me|that|you|i|to)\b"
    r"|\b\w+ (?:sanoi|käski|neuvoi|kehotti) (?:että|mua|minua|mun|minun|kirjoit\w+|laitta\w+)\b"
    r"|\b(?:min|mitt|vår) \w+ (?:sa|sade|säger) (?:att|åt mig|till mig)\b)",
    re.IGNORECASE | re.DOTALL,
)
_HUSBAND_SV = re.compile(r"\bmin mans?\b")
_NOT_ANOTHER = re.compile(r"\b(?:I|Jag|Minä|Mä|We|Vi|Me) (?:\w+ )?(?:wants?|would|vill|haluaa)\b")
_THEIR_NAME = re.compile(
    r"(?i:\b(?:(?:his|her|their|(?:the )?\w+['’]s) (?:full |right )?name (?:is|should be)"
    r"|hänen (?:oikea )?nimensä (?:on|pitäisi olla)|(?:henkilön|kohteen|lapsen|päämiehen) nimi on"
    r"|(?:hans|hennes|deras|personens|barnets) (?:rätta )?namn (?:är|ska vara)"
    rf"|(?:it|the request) concerns|(?:det|begäran) gäller)) (?P<name>{FULL_NAME})"
)
_POSSESSIVE = re.compile(r"['’]s$")


# Asked several times of one message, and a search for each relation.
@lru_cache(maxsize=4)
def relation_in(text: str) -> Relation | None:
    """Return what the writer is to somebody of whom a text speaks; the surest first."""
    said = text.casefold()
    found = next((relation for relation, words in RELATIONS.items() if words.search(said)), None)
    return R.OTHER if found is None and about_another(text) is not None else found


def speaks_for_somebody(text: str) -> bool:
    """Tell whether a text asks for somebody else, and not for what is the writer's own."""
    found = relation_in(text) is not None and not _TOLD_BY.search(text)
    return found and (says_so(text) or not OWN.search(text.casefold()))


def says_so(text: str) -> bool:
    """Tell whether a text names an office or a paper, or says in so many words whom it is for."""
    return relation_in(text) in _OFFICES


def as_own(text: str) -> str:
    """Return what a text asks for somebody else as its writer would ask it for themselves.

    So it is matched: people's phrases speak of their own data.
    """
    said = as_about_oneself(_WHO_WRITES.sub("", " ".join(text.split())))
    for words, own in _AS_OWN:
        said = words.sub(own, said)
    return said.strip(" ,.:;")


def person_in(text: str) -> str:
    """Return the name of the person concerned; nothing where its form is not sure."""
    if found := _PERSON_FI.search(text):
        return without_ending(found["after"] or found["before"])
    if found := next((match for words in _PERSONS if (match := words.search(text))), None):
        return _POSSESSIVE.sub("", found["name"])
    return about_another(text) or ""


def is_of_another(text: str) -> bool:
    """Tell whether a text speaks of a third person: "his name is", "hänen nimensä on"."""
    return _ANOTHER.search(text.casefold()) is not None


def asks_also_for_another(text: str) -> bool:
    """Tell whether a text asks the same for a third person as well."""
    if _WANTS_SAME.search(text) and not _NOT_ANOTHER.search(text):
        return True
    return _ALSO.search(text.casefold()) is not None and (
        is_of_another(text) or relation_in(text) is not None
    )


def asks_the_same_for_another(text: str) -> bool:
    """Tell whether a text asks no more than the same for a relative: "and my husband's then"."""
    said = normal_form(text)
    if _AND_OF.match(said) is None:
        return False
    return relation_in(said) in _RELATIVES or _HUSBAND_SV.search(said) is not None


def name_of_another(text: str) -> str:
    """Return the name of a third person, where a text says that it is theirs."""
    found = _THEIR_NAME.search(text)
    return found["name"] if found else ""


def speaks_for_oneself(text: str) -> bool:
    """Tell whether a text says that its writer asks for themselves after all."""
    return ONESELF.search(text.casefold()) is not None


def is_the_named(text: str) -> bool:
    """Tell whether a text says that its writer is the very person of whom they spoke."""
    return NAMED_ONESELF.search(text.casefold()) is not None


def is_written_by(text: str, concerned: str) -> bool:
    """Tell whether a text says that the person concerned writes now: "this is Lauri himself"."""
    found = MYSELF.search(text.casefold())
    who = found and (found["fi"] or found["en"] or found["sv"])
    return who in concerned.casefold().split()

"""Reads details out of the message that asks for a right, so that nothing is asked twice.

Only what is said in so many words is taken, and all of it is shown before anything is sent. The
message itself goes to staff whole (Art. 5(2): what was asked has to be shown).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from bot.core.catalog import Right
from bot.core.conversation import request_fields
from bot.core.conversation.request_fields import CONCERNED, DETAILS, EMAIL, NAME, RELATION
from bot.core.tickets.representation import Relation
from bot.core.understanding.recognisers import for_somebody
from bot.core.understanding.recognisers.demands import asks
from bot.core.understanding.recognisers.limits import limits
from bot.core.understanding.topics.match import Match, Outcome
from bot.core.understanding.words.text import KEPT
from bot.core.understanding.words.values import wanted_addresses

SURE = 0.5  # of words below this nobody knows whether they ask for a right

# Upper case matters in names, so only the words before them are taken in any case.
_NAME = r"(?P<name>{part}(?:[ ](?:{particle}[ ])?{part}){{1,3}})".format(
    part=r"[^\W\d_a-zåäöéüøæß][^\W\d_]*(?:['’-][^\W\d_]+)*",
    particle=r"(?:von|van|de|der|den|af|da|dos|bin|al|el|la)",
)
_NAMED = re.compile(
    r"(?i:\bmy (?:full )?name is|\bname:|\bnimeni on|\bnimi on|\bnimi:|\bjag heter"
    r"|\bmitt namn är|\bnamn:) " + _NAME + r"(?!\w)"
)
# "I am Anna Berg, ..." gives a name; "I am American Express customer" does not.
_INTRODUCED = re.compile(
    r"(?i:\bi am|\bi['’]m|\bthis is|\bolen|\btässä|\bjag är|\bdet här är) "
    + _NAME
    + r"(?= *(?:[,.;!\n]|$|(?:and|ja|och)\b))"
)
_SIGNED = re.compile(
    r"(?i:^(?:(?:best|kind|warm)? ?regards|sincerely|yours (?:truly|sincerely|faithfully)|thanks"
    r"|thank you|cheers|ystävällisin terveisin|terveisin|terv\.?|t:|yst\.? ?terv\.?|kunnioittaen"
    r"|kiittäen|kiitos|med vänlig hälsning|vänliga hälsningar|hälsningar|mvh|högaktningsfullt|tack)"
    r"[,.!]*)\s+" + _NAME + r"[ ]*$",
    re.MULTILINE,
)
_CALLED = re.compile(r"(?i:name:|nimi|namn:)")
_OWN_ADDRESS = re.compile(
    r"(?i:\bmy (?!old |former |previous |wrong )(?:\w+ )?(?:e-?mail|address|account)"
    r"|\bregistered|\bsigned up|\baccount (?:is|under|with)"
    r"|\be-?mail:|\bsähköposti(?:ni|osoitteeni)?\b|\bs-?posti|\bosoitteella|\brekisteröity"
    r"|\w*osoitteeseeni\b|\btilini|\bmin \w*(?:e-?post|mejl|mail|adress)|\bmitt konto"
    r"|\bregistrerad|\be-?post:"
    r"|\bosoit(?:e|teeni) (?:on )?(?=\S+@)|\b(?:e-?post|mejl|mail)(?:en|adressen) är )"
)
# "I am Anna Berg, anna@example.com": the address beside a writer's name is the writer's.
_BESIDE = re.compile(r"[ ,;(]{1,3}\S+@")
_LIMIT = (
    r"\b(?:only|except|excluding|apart from|other than|unless|everything but|but (?:please )?"
    r"(?:keep|leave|not|do not|don['’]t)"
    r"|vain|ainoastaan|pelkästään|pelkät|paitsi|lukuun ottamatta|muut kuin|mutta (?:säilyttäkää"
    r"|säilytä|jättäkää|jätä|pitäkää|pidä|älkää|älä|ei)"
    r"|bara|endast|enbart|utom|förutom|undantag|men (?:behåll|spara|låt|inte))\b"
)
_LIMITED = re.compile(f"(?i:{_LIMIT})")
# "Please keep the invoices": of an erasure that limits it, without a word such as "only".
_SPARED = re.compile(
    r"(?i:^\W*(?:and |but |please |ja |mutta |och |men |snälla )*(?:keep|leave|(?:do not|don['’]t)"
    r" (?:delete|erase|remove)|säilyttäkää|säilytä|jättäkää|jätä|(?:älkää|älä) poista(?:ko)?"
    r"|behåll|spara|lämna|(?:radera|ta) inte)\b)"
)
# "I only want to see my data": no other right than this one, but of all data.
_ONLY_THE_WISH = re.compile(
    r"\b(?:only|just|vain|vaan|ainoastaan|bara|endast|enbart)"
    r"(?: (?:i|want|would|like|to|see|view|check|know|have|get|a|an|copy|of|look|at|delete|erase"
    r"|correct|jag|vill|se|titta|på|veta|få|en|kopia|av|radera|rätta|minä|mä|haluan|haluaisin|nähdä"
    r"|katsoa|tarkistaa|saada|kopion|poistaa|korjata))*"
    r" (?:(?:all )?my (?:own )?(?:data|details|information)|(?:alla )?mina (?:egna )?uppgifter"
    r"|(?:kaikki |omat )*tieto(?:ni|jani))"
    r"(?: (?:first|now|please|först|nu|tack|ensin|nyt|kiitos))*\W*$",
    re.IGNORECASE,
)
_REFERENCE = (
    r"\b(?:order|customer|client|invoice|case|reference|account|tilaus\w*|tilausnumero\w*"
    r"|asiakasnumero\w*|lasku\w*|viite\w*|kundnummer|ordernummer|beställning\w*|faktura\w*|ärende)"
    r"(?: (?:no|nr|number|numero|nummer|is|on|är)){0,2}[ .:#-]*\w{0,4}\d{3,}"
)
_NEW_VALUE = (
    r"\b(?:should (?:be|read|say)|instead of|must be|is now|are now|changed (?:to|from)|not \S+ but"
    r"|my (?:new|correct|right)"
    r"|uusi|oikea|oikein|pitäisi olla|pitää olla|kuuluu olla|on nykyään|muuttu\w+|vaihtu\w+"
    r"|min nya|mitt nya|ska vara|ska stå|bör vara|rätt (?:adress|namn|nummer)|ändrats|i stället för"
    r"|istället för)\b"
)
_EXACT: Mapping[bool, re.Pattern[str]] = {
    True: re.compile(f"(?i:{_LIMIT}|{_REFERENCE}|{_NEW_VALUE})"),
    False: re.compile(f"(?i:{_LIMIT}|{_REFERENCE})"),
}
# "Can you delete it?" asks for it; "can I have it deleted?" may only ask.
_POLITE = re.compile(
    r"\b(?:can|could|will|would) you\b|\bvo(?:itte|isitte|it|isit)ko\b|\bviits?isi(?:tte|t)kö\b"
    r"|\b(?:kan|kunde|skulle|vill) (?:ni|du)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?=\S)[^.!?\n]*)*[.!?]*")


def asks_clearly(opening: str, rights: tuple[Right, ...], match: Match) -> bool:
    """Tell whether words, understood so, surely ask for rights: a question about one does not."""
    wanted = match.outcome in (Outcome.REQUEST, Outcome.INCIDENT) and set(rights) <= {*match.rights}
    only_asks = asks(opening) and not _POLITE.search(opening)
    return bool(opening) and wanted and match.confidence >= SURE and not only_asks


def fields_in(text: str, rights: tuple[Right, ...]) -> Mapping[str, str]:
    """Return the fields of a request that the message that asks for it fills in.

    Of several rights, the first one's fields are returned.
    """
    whom = concerned_in(text)
    found = {NAME: _name(text, whom)}
    if not whom:  # else it may be the other's
        found[EMAIL] = _address(text, rights)
    for right in rights[:1]:  # of rights that are all open already, there is none
        found[DETAILS] = _details(text, right) if len(rights) == 1 else limit_of(right, text)
    good = {
        field: request_fields.clean(field, value)
        for field, value in found.items()
        if value and request_fields.problem(field, value) is None
    }
    return {**whom, **good}


def limit_of(right: Right, text: str) -> str:
    """Return how a text that asks for several rights limits one of them, in its own words.

    What is to be put right has to be told by itself.
    """
    return "" if right is Right.RECTIFICATION else limits(text).get(right, "")


def other_address(text: str, than: str) -> str:
    """Return the one address in a text besides the one that is known, or nothing."""
    found = [address for address in wanted_addresses(text) if address != than]
    return found[0] if len(found) == 1 else ""


def concerned_in(text: str) -> Mapping[str, str]:
    """Return for whom a text asks, and as what its writer does, if for somebody else."""
    if not for_somebody.speaks_for_somebody(text):
        return {}
    relation = for_somebody.relation_in(text) or Relation.OTHER
    name = for_somebody.person_in(text)
    return {RELATION: relation, **({CONCERNED: name} if name else {})}


def sets_limit(text: str, right: Right) -> bool:
    """Tell whether a message about a request says what it is not to cover."""
    spared = right is Right.ERASURE and _SPARED.search(text)
    return bool(spared or _LIMITED.search(text))


def added(opening: str, text: str) -> str:
    """Return the words that asked, with those of one more message."""
    return "\n".join(filter(None, (opening, text)))[:KEPT]


def _name(text: str, whom: Mapping[str, str]) -> str:
    """Return the writer's name, if they give one: whoever is only called so may be the other."""
    found = _introduction(text)
    if found is None or (whom and _CALLED.match(found.group())):
        return ""
    return "" if found["name"] == whom.get(CONCERNED) else found["name"]


def _introduction(text: str) -> re.Match[str] | None:
    return _NAMED.search(text) or _SIGNED.search(text) or _INTRODUCED.search(text)


def _address(text: str, rights: tuple[Right, ...]) -> str:
    """Return the writer's address, if one is given as theirs; a new one is to be put right."""
    addresses = {word for word in text.split() if "@" in word}
    if len(addresses) != 1 or Right.RECTIFICATION in rights or not wanted_addresses(text):
        return ""
    named = _introduction(text)
    beside = named and _BESIDE.match(text, named.end("name"))
    return addresses.pop() if beside or _OWN_ADDRESS.search(text) else ""


def _details(text: str, right: Right) -> str:
    """Return the sentences that say what exactly is asked for: limits, new values, references."""
    exact = _EXACT[right is Right.RECTIFICATION]
    said = [one for one in _sentences(text) if not _ONLY_THE_WISH.search(one)]
    return " ".join(sentence for sentence in said if exact.search(sentence))


def _sentences(text: str) -> Iterator[str]:
    """Yield the sentences of a text; a full stop within a word, such as an address, ends none."""
    return (found.group().strip() for found in _SENTENCE.finditer(text))

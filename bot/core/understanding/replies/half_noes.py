"""Recognises a no that ends nothing: to a part of it, to other people, to more of the same."""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.catalog import Right
from bot.core.understanding.words.text import normal_form

_LONGEST = 16  # words; who says more says what it is about
_BEGUN = (
    r"(?:(?:no|nope|ei|ei kun|eiku|eikun|en|niin|nej|nä|but|mutta|mut|men|wait|hold on|hang on"
    r"|odota|odottakaa|hetki|hetkinen|vänta|vänta lite|oops|hups|oj|please|hm+|ja|yes|joo|kyllä|ok"
    r"|okay|okej|sorry|anteeksi|förlåt) )*"
)
_THING = (
    r"(?:invoice|receipt|order|purchase|phone|telephone|number|account|histor|photo|picture|contract"
    r"|warrant|guarantee|newsletter|profile|booking|member|loyal|reward|payment|tax|bank"
    r"|lasku|kuit|tilau|osto|puhelin|numero|käyttäjätili|asiakastili|kuva|kuvi|valokuv|sopimu"
    r"|takuu|uutiskir|varau|jäsen|kanta|maksu|kirjanpi"
    r"|faktur|kvitto|kvitt|beställning|order|köp|telefon|nummer|konto|histor|bild|foto|avtal"
    r"|garanti|nyhetsbrev|bokning|medlem|betalning|bokför)\w*"
)
# "No wait, not the invoices": everything else, then.
_NOT_A_PART = re.compile(
    rf"{_BEGUN}(?:not|not of|ei|ei niitä|inte|int|ej|except|apart from|paitsi|utom)"
    rf" (?:(?:the|my|our|those|that|for|any|minun|mun|niitä|sitä|de|den|det|mina|min|mitt|från)"
    rf" )*{_THING}(?: {_THING})?"
    r"(?: (?:then|sitten|sentään|kuitenkaan|though|please|kiitos|tack|då|ändå))*"
)
# "Don't tell my manager", "skicka inget till honom": how it is to be done, and no end of it.
_NOT_TO_OTHERS = re.compile(
    rf"{_BEGUN}(?:"
    r"(?:do not|don t|dont|never) (?:ever )?(?:tell|inform|send|show|give|mention|say)\b(?! me\b"
    r"|.*\b(?:ads|offers|news\w*|marketing|advert\w*|catalog\w*|to me)\b).*\b(?:him|her|them|ex"
    r"|boss|manager|husband|wife|brother|sister|mother|father|mum|mom|dad|employer|colleague\w*"
    r"|neighbo\w*|partner|family|anyone|anybody|else)\b.*"
    r"|(?:älkää|älä|ei saa|ette saa) (?:\w+ ){0,2}?(?:kertoko|kerro|kertoa|sanoko|sano|sanoa"
    r"|lähettäkö|lähetä|lähettää|näyttäkö|näytä|näyttää|mainitko|mainitse|antako|anna|antaa)\b(?!.*"
    r"\b(?:mainok|tarjou|uutiskir|minulle|mulle)).*\b(?:hänelle|sille|niille|heille|exäl\w*"
    r"|exmieh\w*|pomol\w*|esimiehe\w*|mieh\w*|vaimo\w*|velje\w*|siskol\w*|äidil\w*|isäl\w*"
    r"|työnanta\w*|kollego\w*|naapur\w*|muille|kenellekään|perheel\w*)\b.*"
    r"|(?:(?:berätta|säg|skicka|visa|ge|nämn)\w*|(?:ni|du) får inte (?:berätta|säga|skicka|visa|ge"
    r"|nämna)) (?!.*\b(?:reklam|erbjud\w*|nyhetsbrev\w*|till mig|mig)\b).*"
    r"\b(?:honom|henne|dem|dom|exet|ex|chef\w*|man|make|maken|fru\w*"
    r"|hustru\w*|bror\w*|syster\w*|mamma|pappa|arbetsgivar\w*|koll?eg\w*|gran\w*|andra|någon)\b.*"
    r")"
)
_NOT = re.compile(r"\b(?:not|don t|dont|never|älkää|älä|ei|ette|inte|int|inget|ingenting|aldrig)\b")
# "No, that's all": to more, or to the whole? It is asked again.
_ENOUGH = re.compile(
    r"(?:no|nope|ei|nej|nä)(?: (?:thanks|thank you|kiitos|tack))? (?:"
    r"that s (?:all|it|enough|everything|fine)|that is (?:all|it|enough|everything)|nothing (?:else"
    r"|more)|(?:just|only) that"
    r"|(?:tämä|se|siinä|tuo|toi) (?:riittää|oli kaikki|on kaikki|kaikki)|siinä kaikki|ei muuta"
    r"|muuta|riittää"
    r"|det (?:räcker|var allt|är allt|är bra|var det|är det)(?: (?:så|bra))*|inget (?:annat|mer"
    r"|mera)|bara det|inte mer)"
    r"(?: (?:thanks|thank you|then|kiitos|sitten|tack|då|så))*"
)
# "For him, not for me": of whom it is.
_NOT_ME = re.compile(
    r"\b(?:hänelle|hänen|hänestä|häntä|him|her|his|hers|them|honom|henne|hans|hennes)\b.*"
    r"\b(?:ei (?:minun|minulle|minusta|minua|mun|mulle|muhun)|not (?:for |about |to )?(?:me|mine)"
    r"|(?:inte|int) (?:för |om |till |åt )?(?:mig|mej|min|mina))\b"
)
# "No, delete it": once more what was asked for, after a doubt.
_AGAIN = (
    r"(?: (?:it|them|all|everything|anyway|my|data|ne|se|kaikki|kuitenkin|vaan|tiedot|tietoni"
    r"|det|dem|allt|ändå|mina|min|uppgifter|please|kiitos|tack))*"
)
_ONCE_MORE: Mapping[Right, re.Pattern[str]] = {
    right: re.compile(rf"(?:no|nope|ei(?: kun)?|eiku|eikun|en|nej|nä) {_BEGUN}(?:{verbs}){_AGAIN}")
    for right, verbs in {
        Right.ERASURE: "delete|erase|remove|poista|poistakaa|radera|ta bort",
        Right.ACCESS: "show|send|näytä|näyttäkää|lähettäkää tiedot|visa|skicka uppgifterna",
        Right.RECTIFICATION: "correct|fix|change|korjaa|korjatkaa|rätta|ändra",
        Right.RESTRICTION: "restrict|freeze|rajoittakaa|jäädyttäkää|begränsa|spärra|frys",
        Right.PORTABILITY: "transfer|move|siirtäkää|siirrä|flytta|överför",
    }.items()
}
# "I can't remember which address", "I didn't get any code": what somebody lacks ends nothing.
_LACKS = re.compile(
    r"\b(?:do not|don t|dont|can t|cannot|cant) (?:\w+ )?(?:remember|recall"
    r"|know) (?:which|what|where"
    r"|under|by|whose)\b"
    r"|\b(?:did not|didn t|didnt|have not|haven t|havent|never) (?:\w+"
    r" )?(?:get|got|gotten|receive|received"
    r"|seen) (?:(?:any|a|the|my|your) )*(?:code|codes|text message|sms)\b"
    r"|\b(?:en|emme) (?:\w+ )?(?:muista|tiedä|tiiä) (?:millä|mikä|mitä"
    r"|missä|kenen|kumpi|kummalla)\b"
    r"|\b(?:en|emme|ei) (?:ole |oo )?(?:\w+ )?(?:saanut|saanu|saaneet|saa|tullut|tullu) (?:\w+ )?"
    r"koodi\w*\b|\bkoodia ei (?:ole |oo )?(?:tullut|tullu|näy|kuulu)\b"
    r"|\b(?:minns|vet|kommer) (?:inte|int|ej)(?: ihåg)? (?:vilken|vilket"
    r"|vilka|vad|var|med vilken)\b"
    r"|\b(?:fick|har (?:inte|int|aldrig) fått|fått|har (?:jag )?(?:inte"
    r"|int) fått) (?:(?:inte|int|aldrig"
    r"|ingen|någon|nån|en|nå) )*kod(?:en|er)?\b"
)
# What somebody would like is no no, unless it is an end.
_WISH = re.compile(
    r"\b(?:haluaisin|haluisin|tahtoisin|toivoisin"
    r"|i (?:would|d) (?:just |only |really )?(?:like|prefer|rather)|i (?:just|only) want"
    r"|jag (?:vill bara|skulle (?:bara )?vilja|önskar bara))\b"
    r"(?! (?:\w+ )?(?:lopettaa|perua|keskeyttää|peruuttaa|unohtaa|olla|jättää|odottaa|miettiä"
    r"|pitää|säilyttää|jatkaa|kysyä|tietää|vaan|vain|ensin"
    r"|to (?:stop|cancel|quit|end|wait|think|forget|leave|drop|keep|stay|ask|know)|out|nothing|none"
    r"|not|avbryta|sluta|vänta|tänka|glömma|lämna|inte|int|avstå|låta|strunta|behålla|fråga|veta)\b)"
)
_WANTS_NOTHING = re.compile(
    r"\b(?:en|ei|not|don t|do not|dont|inte|int) (?:\w+ )?(?:halua\w*|want|like|vill|vilja)\b"
)


def leaves_out_part(text: str) -> bool:
    """Tell whether a no is one to a part of what is asked: the rest is wished for."""
    said = normal_form(text)
    return len(said.split()) <= _LONGEST and _NOT_A_PART.fullmatch(said) is not None


def keeps_from_others(text: str) -> bool:
    """Tell whether a text says to whom nothing is to be told or sent."""
    said = normal_form(text)
    few = len(said.split()) <= _LONGEST
    return few and _NOT.search(said) is not None and _NOT_TO_OTHERS.fullmatch(said) is not None


def says_for_whom(text: str) -> bool:
    """Tell whether a no only says whom a wish is about: "for him, not for me"."""
    said = normal_form(text)
    return len(said.split()) <= _LONGEST and _NOT_ME.search(said) is not None


def ends_nothing(text: str, right: Right | None) -> bool:
    """Tell whether a no is one to something else: to more of it, or to a doubt of before."""
    said = normal_form(text)
    again = _ONCE_MORE.get(right) if right else None
    if _ENOUGH.fullmatch(said) or (len(said.split()) <= _LONGEST and _LACKS.search(said)):
        return True
    return again is not None and again.fullmatch(said) is not None


def states_wish(text: str) -> bool:
    """Tell whether a text says what somebody would like, and that is not an end."""
    said = normal_form(text)
    return _WISH.search(said) is not None and _WANTS_NOTHING.search(said) is None

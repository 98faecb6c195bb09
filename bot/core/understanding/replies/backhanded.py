"""A yes in the words of a no: resigned, under protest, with a threat, or with a joke.

Written in spoken words (`spoken`), where a comma stands for any mark between two parts of a
sentence. Nothing here is a yes beside a condition, a question or another no.
"""

from __future__ import annotations

import re

_END = r"(?= [,?]|$)"
_DO = (
    r"(?:go (?:right )?(?:ahead|on)|carry on|be my guest|do (?:it|so|go on|proceed)|proceed|by all"
    r" means|of course|you go|anna (?:mennä|palaa|tulla)|antaa (?:mennä|palaa|tulla)|tee (?:se|vaan"
    r"|vain)|tehkää (?:se|vaan|vain)|aloita\w*|totta kai|tottakai|lähetä (?:vaan|vain|pois)"
    r"|gör (?:det|de|he|så)|kör(?: på| bara| igång)?|ta det|sätt igång|för all del|visst|absolut"
    r"|skicka (?:bara|iväg))"
)
_THEN = (
    r"(?: (?:then|anyway|now|already|love|please|sitten|sit|sitte|vaan|vain|pois|nyt|då|nu|tå|bara"
    r"|menneeksi|ändå|for me))*"
)
_NO = r"(?:no|nope|nah|ei|en|nej|nä|nää)"
_GRIEF = (
    r"(?:sue|court|report|complain\w*|lawyer\w*|solicitor\w*|ombudsman|press|newspapers?|police"
    r"|leave|leaving|switch|hear from|regret|haast\w+|oikeu\w+|valit\w+|ilmoit\w+|lähden|vaihdan"
    r"|kuulette|kuulet|lehte\w+|lehdi\w+|käräj\w+|tietosuojavaltuut\w*|poliis\w*|juristi\w*"
    r"|stämm\w+|anmäl\w+|polis\w*|tidning\w*|byter|advokat\w*|domstol\w*|\w*ombudsman\w*)"
)
_GOES_WRONG = (
    r"(?:leaks?|fails?|breaks?|goes wrong|go wrong|goes missing|lied?|are lying|mess \w+|screw \w+"
    r"|lose|forget|happens again|vuotaa|leviää|mokaat\w*|menee (?:pieleen|vikaan|mönkään)"
    r"|valehtel\w+|unohda\w*|häviää|katoaa|läcker|strular|går (?:fel|åt \w+)|slarvar|missar|ljuger"
    r"|glömmer|tappar|schabblar)"
)
# What agrees by itself.
_AGREES = re.compile(
    # "no, go ahead", "ei kun anna mennä", "nej men gör det då"
    rf"(?:^|(?<=, )){_NO}(?: {_NO})*(?: ,)?(?: (?:no|kun|ku|men|mut|mutta|but|well|så|nå|jo))*"
    rf" {_DO}{_THEN}{_END}"
    # "but fine", "mut olkoon", "men låt gå": the last word on it
    r"|\b(?:but|mut|mutta|men) (?:fine|ok|okay|okej|okei|aye|yes|go (?:on|ahead)|do it|on you go"
    r"|olkoon|antaa mennä|anna mennä|tehkää|tehdään|joo|kyllä|menköön|låt gå|kör(?: på)?|gör det|ja"
    rf"|jo|visst){_THEN}$"
    rf"|^(?:nej|ei|no)(?: tack| kiitos| thanks)?(?: ,)? (?:[^?]* )?(?:alltså|eiku|eikun|siis"
    rf"|tarkoitan|i mean|wait|jag menar) (?:jo|ja|joo|kyllä|yes)$"
    r"|\bei (?:\w+ ){0,4}muu(?:ta|kaan|ta keinoa)? auta\w*(?! (?:kun|kuin|ku)\b)"
    rf"|\bei (?:\w+ ){{0,4}}muu(?:ta)? auta\w* (?:kun|kuin|ku)(?= {_DO}| (?:panna|laittaa|pistää"
    r"|antaa|tehdä|lähettää|aloittaa|suostua|hyväksyä)\b)"
    r"|\bei muuta (?:kun|ku|kuin) (?:menoks\w*|eteenpäin|hommiin|tulemaan|matkaan|vaan|töihin"
    r"|lähettä\w+|tekem\w+|aloitta\w+)"
    r"|\b(?:en|emmä|emmää|enmä|emme)(?: (?:mä|minä|mää|mie))? (?:väitä|pane|pistä|hangoittele"
    rf"|hanaa) vastaan\b"
    r"|\b(?:pannaan|panna|laitetaan|laittaa|pistetään|pistää) (?:tulemaan|menemään)\b"
    rf"|\btykitä(?: (?:menee|menemään|vaan|tulemaan))?{_END}|^mene{_END}"
    r"|\b(?:i )?(?:wouldn t|would not|won t|will not) (?:dream of (?:stopping|refusing)"
    r" (?:you|it|that)|(?:stand|get) in (?:your|the) way|stop you|argue(?: with (?:you|that))?)"
    rf"{_END}|\btry (?:and )?(?:stop|stopping) me\b|\bwho am i to (?:argue|refuse|say no){_END}"
    rf"|\bno shit(?: sherlock)?{_END}|\b(?:would|will) you be (?:a|an) (?:darling|dear|angel|love"
    rf"|star){_END}(?: \?)?"
    rf"|(?:^|(?<=, ))(?:suit yourself|needs must|it is what it is|have it your way|you win"
    rf"|do your worst|chop chop|hell yes|damn right){_END}"
    r"|\b(?:don t|do not) let me stop you\b|\b(?:i m|i am|nobody s|no one s)"
    rf" (?:not )?(?:going to )?(?:stop|stopping) (?:you|it){_END}"
    rf"|\bif (?:i|you|we) (?:really )?must{_END}"
    r"|\b(?:i )?wouldn t (?:have it any other way|miss it)\b"
    r"|\b(?:kuka|kukas|mikä) (?:minä|mä) (?:olen|oon) (?:kieltämään|vastustamaan|estämään)\b"
    r"|\b(?:en|emmä|enkä)(?: (?:mä|minä|tässä))* (?:estele|estä|vastustele)\b"
    r"|\b(?:pakkohan se on|kai se on pakko|kaipa se on pakko|pakko kai|pakko se on)\b"
    r"|\b(?:jag|ja) (?:tänker|ska|kommer) (?:inte|int) (?:att )?(?:stoppa|hindra) (?:er|dig)\b"
    r"|\b(?:jag|ja) (?:hindrar|stoppar) (?:er|dig)? ?(?:inte|int)\b"
    rf"|\bvem är jag att (?:säga|neka)\b"
    rf"|^(?:nå |no )?tehään(?: (?:sit\w*|niin|toikin|tääki))*{_END}"
    rf"|\b(?:det|de|he) får (?:väl )?(?:gå|ga|bli så|duga){_THEN}{_END}|\bdet är väl bara att\b"
    rf"|\blåt gå{_THEN}{_END}|\bupp med (?:det|allt|den|dem){_END}|\b(?:jag|ja) vill nog{_END}"
    r"|\bfrågar man (?:inte|int|ej) (?:så )?får man (?:inget|inte|int)[^,?]*"
    r"|\bif you don t ask you don t get[^,?]*|\b(?:kysyvä ei|ei kysyvä) tieltä eksy\b"
    r"|\b(?:int|inte) skadar (?:det|de|he)(?: \w+){0,3} (?:prov\w*|pröva|försök\w*|fråg\w*)\b"
    r"|\b(?:det|de|he) skadar (?:väl |ju )?(?:inte|int)(?: (?:att|ti|o|å))?"
    rf" (?:prov\w*|pröva|försök\w*|fråga){_END}"
)
# What takes nothing back from the yes beside it.
_TAKES_NOTHING = re.compile(
    rf"(?:^|(?<=, ))(?:ei|no|nej|nä) , (?=(?:ei|eikä) (?:se |tää |tämä )?haitta\w*"
    rf"|(?:that s |it s )?(?:no|not a) (?:problem|bother|trouble)|det (?:gör|är|finns) (?:inget"
    rf"|inte))"
    r"|\b(?:mut |mutta )?ei se (?:mitään|haittaa)\b|\b(?:det|de|he) gör (?:inget|inte|int)\b"
    rf"|\b(?:det |de |he )?(?:är|e) (?:inte|int) (?:något )?fel\b(?! (?:person|adress|namn))"
    rf"|\bdet (?:är|finns) (?:inget|inte något) fel (?:i|på|med) (?:det|den|dem){_END}"
    r"|\bei enää (?:yhtään |yhtäkään )?kysymy\w+\b|\bno more questions\b"
    r"|\b(?:inga|inte) (?:fler|flera|mera) frågor\b"
    r"|\b(?:mut|mutta) (?:ens|ensi|seuraavalla) kerra\w*\b|\bbut next time\b|\bmen nästa gång\b"
    r"|\b(?:but |mut |mutta |men )?(?:under|with) protest\b|\bmut(?:ta)? protesti\w+\b"
    rf"|\bmen under protest{_END}"
    r"|\b(?:mut |mutta )?(?:ei (?:tää|tämä|se|asia) (?:tähän|siihen) jää|(?:tää|tämä|se) ei"
    r" (?:tähän |siihen )?jää(?: tähän| siihen)?)\b"
    r"|\b(?:but )?(?:this|it) (?:isn t|is not) (?:over|the end(?: of it)?|finished)\b"
    r"|\b(?:but )?you (?:haven t|have not) heard the last[^,?]*"
    r"|\b(?:men )?(?:det|de|saken) (?:slutar|tar) (?:inte|int) (?:slut )?här\b"
    r"|\b(?:before i change my mind|ennen (?:kuin|ku|kun) (?:mä |minä |ehdin )*(?:kadun|katua"
    r"|muutan mieleni|muuttaa mieleni|mieli muuttuu)|innan (?:jag|ja) (?:hinner )?ångrar? mig)\b"
    r"|\b(?:i )?(?:don t|do not) (?:much |really )?like (?:it|this|that)(?: one bit| at all)?\b"
    r"|\b(?:en|ei) (?:mä |minä )?(?:tykkää|pidä|huvita|tykkää tästä) ?(?:tästä|siitä)?\b"
    r"|\b(?:jag|ja) (?:gillar|tycker) (?:inte|int) (?:om )?(?:det|de|detta)(?: här)?\b"
    r"|\b(?:i )?(?:can t|cannot|couldn t) be (?:bothered|arsed) to (?:argue|fight|discuss)\b"
    r"|\b(?:en|ei) (?:mä |minä )?(?:enää )?jaksa (?:enää )?(?:vängätä|riidellä|tapella|väitellä"
    r"|vastustella|vääntää)\b|\b(?:jag|ja) orkar (?:inte|int) (?:bråka|tjafsa|argumentera|gräla)\b"
    r"|\b(?:don t|do not|stop) (?:dawdle|dawdling|hang about|keep me waiting|just sit there"
    r"|asking|ask (?:me )?again|ask so much|make me (?:wait|ask))\b"
    r"|\b(?:älkää|älä) (?:enää |turhaan )?(?:jahkail\w+|aikail\w+|vitkut\w+|kysy\w*|kyselkö"
    r"|odota|odottako|viivyt\w+)\b|\b(?:vänta|dröj|tveka|fråga) (?:inte|int)(?: (?:mer|mera|så"
    r" mycket|längre))?\b|\bsluta fråga\b"
    r"|\bnever been (?:so |more )?(?:sure\w*|certain)\b|\bcouldn t be (?:surer|more certain)\b"
    r"|\b(?:en|ei) (?:\w+ ){0,2}ollut varmempi\b|\baldrig varit säkrare\b"
    r"|\bno (?:turning back|backing out|point (?:in )?(?:waiting|arguing)|time like the present"
    r"|skin off my nose|time to (?:lose|waste))\b|\bnot a (?:moment|day) too soon\b"
    r"|\bnot before time\b|\bnot that i (?:mind|have (?:a|any) choice)\b"
    r"|\b(?:haven t|don t have|have not|do not have) (?:got )?(?:all day|a choice|any choice"
    r"|much (?:of a )?choice)\b|\b(?:i m )?not getting any younger\b"
    r"|\b(?:ei ole|ei oo|ei) (?:paluuta|aikaa hukattavaksi|syytä odottaa|mitään järkeä odottaa)\b"
    r"|\bei (?:kannata|passaa) (?:odotella|odottaa)\b|\bei (?:siinä|siin|minulla|mulla) mitään\b"
    r"|\bei (?:ole |oo )?(?:mulla |minulla )?väliä\b|\bingen återvändo\b|\binte en dag för tidigt\b"
    r"|\bingen tid att förlora\b|\bis the pope catholic(?: \?)?|\bonko paavi katolinen(?: \?)?"
    r"|\bär påven katolik(?: \?)?"
    # A threat is no condition.
    rf"|\b(?:but |and |mut |mutta |men )?(?:if|jos|om) (?:\w+ ){{0,4}}{_GOES_WRONG}\b"
    rf"(?: ,)?(?: [^,?]*)?\b{_GRIEF}\b[^,?]*"
)


def agrees(said: str) -> bool:
    """Tell whether spoken words agree in the words of a no."""
    return _AGREES.search(said) is not None


def without(said: str) -> str:
    """Return what is left of spoken words without those that agree or take nothing back."""
    return _TAKES_NOTHING.sub(" ", _AGREES.sub(" ", said)).strip(" ,")

"""Recognises speech about the very question that is open: why it is asked, and what it means."""

from __future__ import annotations

import re

from bot.core.understanding.words.text import normal_form

_LONGEST = 14  # words; who says more says what it is about
_FEW_WORDS = 2
# What asks for a reason, in the middle of a form.
_WHY = re.compile(
    r"\b(?:why|how come|(?:for|to) what (?:reason|purpose|end)|what (?:do|would|should) you"
    r" (?:need|want) (?=.*\bfor\b)|what (?:is|s|are) (?=.*\bfor\b)|what for"
    r"|miksi|miks|miksipä|miksikä|minkä (?:takia|vuoksi|tähden)|mitä varten|mihin(?=.*\btarv)"
    r"|mihin ihmeeseen"
    r"|varför|av vilken (?:orsak|anledning)|va(?:d)? (?=.*\btill\b)|i vilket syfte|hur så)\b"
)
# What may stand beside it: nothing in it names another matter than the question itself.
_BESIDE_WHY = frozenset(
    """
    do does did are is was would must should shall have has got need needs needed want wants wanted
    ask asks asked asking require requires required know knowing give tell say provide enter you u
    ye i we me my your the a an this that it these them all to for of from full real own first last
    name names e mail email address exactly though then so please but and ok okay wait hang on well
    hm hmm sorry even really anyway actually question questions such necessary relevant mandatory
    here now ever earth world in on
    te sä sinä kysyt kysytte kysyit kysyitte kysytään kysyy kyselet kyselette utelette haluat
    haluatte halutaan tarvitset tarvitsette tarvitaan tarvitsee tarviitte tarviit tarvii pitää
    pitäisi pitäs täytyy on antaa kertoa sanoa ilmoittaa laittaa tietää sitä tätä tuota tota niitä
    näitä se tämä tää sen mun minun nimi nimeä nimen nimeni nimeäni sähköposti sähköpostia
    sähköpostin sähköpostini sähköpostiani sähköpostiosoite sähköpostiosoitetta
    sähköpostiosoitteeni sähköpostiosoitettani osoite osoitetta osoitteen osoitteeni osoitettani
    meili meiliä meilini meiliosoite meiliosoitetta ja mutta mut no hei ihmeessä oikein oikeastaan
    nyt sitten vai moista tällaista tämmöistä semmoista oma omaa koko muka edes
    ni du frågar fråga undrar undra behöver behövs behöv vill ha veta måste jag ja ge säga uppge
    kräver krävs ska skall det de den detta dessa här där dom namn namnet mitt min mina ert e post
    epost mejl mejlen mejladress mejladressen adress adressen postadress postadressen till för så
    då nu men och egentligen om en ett sådant sånt heter varje använda
    """.split()
)
_AGAINST_IT = re.compile(
    r" (?:kun|koska|vaikka|jos|when|if|since|as|because|although|när|eftersom|om|fast|då) "
)
_MEANT = re.compile(
    r"(?:\w+ ){0,2}?(?:"
    r"(?:what|how) (?:do|did) (?:you|u) mean(?: (?:by|with) (?:that|this|it))?"
    r"|what (?:does|s|do) (?:that|this|it|those)(?: question)? (?:mean|supposed to mean)"
    r"|what (?:are you|do you) (?:asking|ask|want to know)(?: (?:for|me|exactly|from me))*"
    r"|(?:i )?(?:do not|don t|dont|can t|cannot|didn t) (?:quite |really )?"
    r"(?:understand|get|follow)(?: (?:the|this|your|that|it|question|you|what (?:you|this) (?:mean"
    r"|means|want)))*"
    r"|what (?:should|shall|do|must|can|am i supposed to) ?(?:i )?(?:have to )?"
    r"(?:write|say|put|answer|type|enter|reply)(?: (?:here|there|now|in|to|that|this))*"
    r"|(?:can|could|would) you (?:please )?explain(?: (?:that|this|it|the question))*"
    r"|please explain|explain(?: (?:that|this|please))*|like what|such as what|for example"
    r"|mitä (?:sä |te |sinä )?(?:tarkoitat|tarkotat|tarkoitatte|tarkotatte|meinaat|meinaatte)"
    r"(?: (?:sillä|tällä|tolla))?"
    r"|mitä (?:se|tämä|tää|tuo|toi|tuolla)(?: kysymys)? (?:tarkoittaa|tarkottaa|meinaa"
    r"|tarkoitetaan)"
    r"|mitä (?:te |sä |tässä )?(?:kysytte|kysyt|kysytään)(?: (?:multa|minulta))?"
    r"|en (?:mä |minä |nyt |oikein |ihan )*(?:ymmärrä|ymmärtäny|ymmärtänyt|tajua|tajunnu|käsitä)"
    r"(?: (?:kysymystä|tätä|sitä|mitä (?:\w+ )?(?:tarkoitat|tarkoitatte|kysyt|kysytte)))*"
    r"|mitä (?:(?:tähän|mun|minun) )?(?:pitää|pitäisi|pitäs|kuuluu|täytyy|voi|tulee) (?:tähän )?"
    r"(?:kirjoittaa|kirjottaa|laittaa|vastata|sanoa)"
    r"|(?:mitä )(?:kirjoitan|vastaan|laitan) (?:tähän|siihen)"
    r"|(?:voitko|voitteko|voisitko|voisitteko) (?:\w+ )?(?:selittää|tarkentaa)(?: (?:kysymystä"
    r"|tämän|tätä))*"
    r"|selitä|selittäkää|esimerkiksi mitä|kuten mitä|niinku mitä"
    r"|(?:vad|hur) menar (?:du|ni)(?: med (?:det|det här|den här frågan))?"
    r"|vad betyder (?:det|det här|frågan|den här frågan)(?: här)?"
    r"|vad frågar (?:du|ni)(?: efter)?"
    r"|(?:jag |ja )?(?:förstår|fattar|förstod|begriper) (?:inte|int|ej)(?: (?:frågan|det|det här"
    r"|vad (?:du|ni) (?:menar|frågar)))*"
    r"|vad (?:ska|skall|bör|måste|kan) (?:jag|ja|man) (?:skriva|svara|säga)(?: (?:här|då|på det))*"
    r"|(?:kan|kunde) (?:du|ni) förklara(?: (?:frågan|det))*|förklara(?: tack)?"
    r"|som (?:vadå|vad)|till exempel(?: vad)?"
    r")(?: (?:please|then|exactly|sorry|sitten|nyt|oikein|anteeksi|kiitos|då|nu|riktigt|tack))*"
)


_OF_CODE = re.compile(
    r"(?:(?:but|mut|mutta|men|hey|hei|hej|and|ja|och|sorry|anteeksi|förlåt) )?(?:"
    r"(?:what|which|where(?: is| s)?) (?:the |my )?code(?: then)?"
    r"|(?:i )?(?:(?:did not|didn t|have not|haven t|never) )(?:get|got|receive|received)"
    r"(?: a| any| the)? code(?: yet)?|no code (?:came|has come|arrived)|there is no code"
    r"|(?:mikä|minkä|mitä|missä) (?:se )?(?:ihmeen )?koodi\w*(?: on| sitten)?"
    r"|(?:en|ei) (?:mä |minä |oo |ole )?(?:saanu|saanut|tullu|tullut|tuu|tule)(?: vielä)?"
    r"(?: mitään)? koodi\w*(?: vielä)?|(?:mitään )?koodi\w* ei (?:oo |ole )?(?:tullu|tullut|tule)"
    r"|(?:vilken|vad för|var är) kod(?:en)?(?: då)?"
    r"|(?:jag )?(?:har )?(?:inte|int) (?:fått|fick)(?: någon)? kod(?:en)?"
    r"|(?:jag )?(?:fick|har|har fått) (?:inte|ingen|int)(?: fått)?(?: någon)? kod(?:en)?"
    r"(?: än)?|ingen kod (?:har kommit|kom|än)"
    r")"
)


_NEXT = re.compile(
    r"(?:(?:ok|okay|and|so|but|ja|no|mutta|mut|hei|och|men|okej|nå|jaha|hej) )*(?:"
    r"(?:and )?(?:what|whats|what s) (?:happens|happen|now|next|comes|is going to happen|do i do"
    r"|will happen|should i do)(?: (?:now|next|then|after|after that|after this))*"
    r"|(?:do|must|should) i (?:need to |have to )?do (?:anything|something)(?: (?:else|more"
    r"|now|still))*"
    r"|is (?:that|this) (?:all|it|everything)(?: (?:now|then))?"
    r"|mitä (?:(?:nyt|sitten|seuraavaksi|tästä|sit|tän jälkeen|tämän jälkeen) )*(?:tapahtuu"
    r"|käy|seuraa"
    r"|tehdään|teen)(?: (?:nyt|sitten|seuraavaksi|sit|tän jälkeen|tämän jälkeen))*"
    r"|mitä (?:nyt|seuraavaksi)"
    r"|(?:pitääkö|tarviiko|tarvitseeko|täytyykö)(?: (?:mun|minun|vielä|nyt|mä))* tehdä"
    r"(?: (?:vielä|jotain|jotakin|mitään|muuta|nyt|enää))*|(?:oliko|onko) (?:se|tämä"
    r"|tää) (?:siinä|kaikki)"
    r"|va(?:d)? (?:händer|sker|gör jag|ska jag göra)(?: (?:nu|sen|sedan|då|härnäst|efter det"
    r"|efteråt))*"
    r"|(?:måste|behöver|ska) jag göra (?:något|nånting|någonting)(?: (?:mera|mer|annat|nu|till))*"
    r"|(?:var|är) det (?:allt|bra så|klart)(?: (?:nu|så))*"
    r")"
)
_WHERE_CODE = re.compile(
    r"(?:(?:but|mut|mutta|men|hey|hei|hej|and|ja|och|sorry|anteeksi|förlåt|ok|eh|hm) )*"
    r"(?:(?:what|which|where|why|how|when)(?: (?:is|s|are|do|did|does|will|should|i|you|it|the|a"
    r"|this|that|my|put|write|enter|type|send|sent|get|find|for|kind|of))*"
    r" code(?: (?:for|come|go|sent|from|to|in|about|you mean|do i need|mean|it|then|needed))*"
    r"|(?:mikä|mihin|minne|missä|mistä|milloin|miksi|mitä varten|miten|mitä)(?: (?:ihmeen|se"
    r"|sen|tämä"
    r"|tää|tuo|on|oli|mä|minä|te|sitä|tota|nyt|pitää|pitäisi|saan|saa|laitan|kirjoitan|löydän))* "
    r"koodi\w*(?: (?:on|tulee|tuli|lähetettiin|lähti|kirjoitetaan|laitetaan|pitää|laittaa"
    r"|kirjoittaa|tarvitaan|oikein|sitten|nyt|siis|meinaat|tarkoitat|tarkoitatte|löytyy))*"
    r"|(?:vad|va|vilken|var|vart|när|varför|hur)(?: (?:är|e|ska|skall|jag|ja|skriver|skriva|för"
    r"|kommer|kom|finns|hittar|skickades|ni|den|det|en|menar))* kod(?:en|er)?"
    r"(?: (?:till|för|då|ifrån|från|nu|ska|skrivas|in|någonstans|kommer|skickad|menar ni))*)"
)


def asks_of_code(text: str) -> bool:
    """Tell whether a text asks about a code, and says nothing else."""
    return _OF_CODE.fullmatch(normal_form(text)) is not None


def asks_where_code_is(text: str) -> bool:
    """Tell whether a text asks what the code is, where it went or where it is to be written.

    It does not say that none came: then another is sent.
    """
    return _WHERE_CODE.fullmatch(normal_form(text)) is not None


def asks_what_next(text: str) -> bool:
    """Tell whether a text asks what happens next, or what else is to be done."""
    return _NEXT.fullmatch(normal_form(text)) is not None


def asks_why(text: str) -> bool:
    """Tell whether a text asks why the open question is asked."""
    said = normal_form(text)
    if len(said.split()) > _LONGEST:
        return False
    # "Why do you need my e-mail when it is letters that come"
    asked = _AGAINST_IT.split(said)[0]
    return _is_why(said) or (len(asked.split()) > _FEW_WORDS and _is_why(asked))


def _is_why(said: str) -> bool:
    core = _WHY.search(said)
    if core is None:
        return False
    beside = f"{said[: core.start()]} {said[core.end() :]}".split()
    return _BESIDE_WHY.issuperset(beside)


def asks_what_is_meant(text: str) -> bool:
    """Tell whether a text asks what the open question means, or what is to be answered to it."""
    return _MEANT.fullmatch(normal_form(text)) is not None

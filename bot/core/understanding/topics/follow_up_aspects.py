"""The table of follow-up questions: aspects of a topic, their words, and the topic that answers.

If a follow-up gets a surprising answer, the reason is here. Topics have the names of the library;
those that an organisation's library lacks are skipped.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Aspect(StrEnum):
    """The aspect of a topic that a follow-up question asks about."""

    HOW_LONG = "how_long"  # "for how long?": of data how long it is kept, of a request how long
    KEPT = "kept"  # "how long is it kept?"
    TAKES = "takes"  # "how long does it take?"
    OUTSIDE = "outside"
    WHO = "who"
    BASIS = "basis"
    FROM_WHERE = "from_where"
    WHY = "why"
    WHERE = "where"
    COST = "cost"
    REFUSE = "refuse"
    WHAT = "what"
    HOW = "how"


class Group(StrEnum):
    """Groups of topics for which an aspect has its own answer."""

    RIGHTS = "rights"
    COOKIES = "cookies"
    MARKETING = "marketing"
    PROFILING = "profiling"
    CAMERAS = "cameras"
    CALLS = "calls"
    BOOKS = "books"
    ORDERS = "orders"
    SHARING = "sharing"
    SOURCES = "sources"


_HOW_LONG = (
    r"(?:for |till |until )?how (?:long|many (?:years|months|weeks|days))(?: for)?"
    r"|(?:until|til|till) when|since when|kauan(?:ko)?"
    r"|(?:kuinka|miten) (?:kauan|pitkään|pitkäksi aikaa|monta \w+)"
    r"|montako (?:vuotta|kuukautta|viikkoa|päivää)|(?:mihin|milloin) (?:asti|saakka)"
    r"|hur (?:länge|lång tid|många (?:år|månader|veckor|dagar))|(?:in)?till när"
)
_KEEPING = (
    r"kept|stored|saved|held|retained|säilyt\w+|säily\w+|talletet\w+|tallessa|sparas?|sparade|lagras"
    r"|bevaras|kvar"
)
_TAKING = r"takes?|taking|kestää|kestäis\w*|menee|tar|dröjer"

# In this order; the first that a text holds counts. All in normal form.
ASPECT_WORDS: Mapping[Aspect, str] = {
    Aspect.TAKES: rf"(?:{_HOW_LONG})(?: \w+){{0,3}} (?:{_TAKING})",
    Aspect.KEPT: rf"(?:{_HOW_LONG})(?: \w+){{0,3}} (?:{_KEEPING})",
    Aspect.HOW_LONG: _HOW_LONG,
    Aspect.OUTSIDE: (
        r"(?:who (?:gets|receives)|vem får|ketkä saavat|kuka saa) (?:them|it|ne|niitä|dem|dom)"
        r"|(?:kuka|ketkä) (?:ne|niitä|sen) saa(?:vat)?"
        r"|(?:who |whom |kuka |ketkä |kenelle |vem |vilka )?(?:\w+ ){0,3}?"
        r"(?:outside(?: (?:the|your|of the) (?:company|firm|organi[sz]ation))?"
        r"|(?:to )?third part(?:y|ies)|outsiders?|others|muut|muille|andra"
        r"|(?:(?:yrityksen|yrityksenne|talon|firman|yhtiön) )?ulkopuol\w+|kolmansille"
        r"|utanför (?:företaget|firman|bolaget|er organisation)|utomstående|tredje (?:man|part\w*))"
    ),
    Aspect.BASIS: (
        r"(?:on |with )?what (?:legal )?(?:basis|grounds?|right)|by what right|legal basis"
        r"|(?:what s|which is) the (?:legal )?basis"
        r"|millä (?:laillisella )?(?:perusteella|oikeudella|oikeusperusteella)"
        r"|mikä(?: on)? (?:se )?(?:peruste|oikeusperuste)|mihin se perustuu"
        r"|(?:på|med) vi(?:lken|lket|tt) (?:rättslig |laglig )?(?:grund|rätt|stöd)"
    ),
    Aspect.FROM_WHERE: (
        r"from (?:where|whom|who)|where(?: \w+){0,4} from|who from|mistä|keneltä|keiltä"
        r"|varifrån|var(?: \w+){0,3} ifrån|av vem|från (?:var|vem|vilka)"
    ),
    Aspect.WHY: (
        r"why(?: so| that| not)?|what for|for what(?: purpose| reason)?|how come|miksi|miks|minkä"
        r" (?:takia|vuoksi)|mitä varten|mihin tarkoitukseen|minkä ihmeen takia|varför(?: det)?"
        r"|av vilken (?:orsak|anledning)|i vilket syfte|vad för då|till vad"
    ),
    Aspect.WHAT: (
        r"what (?:data|information|details|kinds?|exactly|else|all)(?: exactly| then)?|which ones?"
        r"|mitä (?:tietoja|kaikkea|muuta|tarkalleen|tarkkaan)|mitkä(?: tiedot)?"
        r"|vad (?:exakt|annat|allt|mer)|vilka (?:uppgifter|data)|vilket"
    ),
    Aspect.WHO: (
        r"(?:to |with )?(?:who|whom)(?: else| all)?|by whom|kuka|ketkä|kenelle|keille"
        r"|kenellä|keillä|kenen kanssa"
        r"|(?:(?:för|till|med|av) )?vem(?: annars| mer)?|vilka(?: andra| mer)?"
    ),
    Aspect.COST: (
        r"(?:how much|what)(?: \w+){0,2} costs?|costs?|costing|price|how much|(?:for )?free"
        r"|free of charge|(?:at )?(?:a|any|what) (?:fee|charge|price|cost)|fees?|charges?"
        r"|maks(?:aa|aako|ako|oiko)|maksullis\w+|ilmai\w+|hinta|paljon?ko"
        r"|(?:hur mycket|vad) kostar|kosta\w*|hur mycket|gratis|avgift\w*|avgiftsfri\w*"
    ),
    Aspect.REFUSE: (
        r"(?:can|could|may) i (?:refuse|object|opt out|stop|prevent|say no|decline|forbid)"
        r"|how (?:can|do|could) i (?:refuse|object|opt out|stop|prevent|say no|decline|forbid)"
        r"|(?:voinko|voiko|saanko|voiks|voinks|miten|kuinka)"
        r"(?: (?:voin|mä|minä|sen|sitä|ne|niitä))*"
        r" (?:kieltää|kiellän|estää|estän|kieltäytyä|kieltäydyn|vastustaa)"
        r"|(?:kan|får|hur kan|hur) (?:jag|man)(?: kan)?"
        r" (?:neka\w*|vägra\w*|stoppa\w*|säga nej|säger nej|motsätta mig|förbjud\w*|förhindra\w*)"
    ),
    Aspect.WHERE: (
        rf"(?:where|missä|minne|mihin|var)(?: \w+){{0,3}}? (?:{_KEEPING}|located|finns|sijaitse\w+)"
        r"|where|whereabouts|missä|minne|mihin|var|vart"
    ),
    Aspect.HOW: r"how|miten|kuinka|hur",
}

# What may stand beside the aspect's words: nothing in it names a matter.
FILLERS = frozenset(
    """
    and or but so then now well ok okay hmm hm also still again please just exactly actually
    is are was were am be been being do does did doing will would can could may shall should must
    has have had having s re it its that this they them these those he she there here you your i
    me my mine we us our the a an to for in on at by of with all any anyone anybody everyone
    somebody someone sees see seen get gets getting got knows know come comes coming go goes going
    happen happens needed need needs done mean
    entä entäs entäpä ja mutta tai no niin okei sitten sit siis vielä taas nyt oikein oikeastaan
    on ovat oli olivat ole olette olen se sen sitä siitä siihen sille ne niitä niistä niihin niille
    niiden tämä tämän tätä nämä näitä näiden te teillä teidän teiltä minä mä minun mun minua minusta
    minulle mulle sinä voi voiko voivat voisi saa saako saavat saisi saisiko tulee tulevat menee
    menevät kaikki kaikkia ketään kukaan joku tarvitsee tarvitaan tarvitsette tehdään teette
    näkee näkevät tietää muuten ihan
    och eller men så då sen sedan nu jo jaa okej väl egentligen också ännu igen
    är var vore blir bli det den de dem dom detta dessa han hon ni er ert era jag mig mej min mitt
    mina vi oss en ett att av på i med för till om kan kunde får fick ska skall skulle måste
    har hade ser se sett vet kommer kom går gå alla någon nån någonting som behövs behöver
    händer gör göra görs
    """.split()
)

# Said first, they carry on with what was talked about.
CONNECTIVES = (
    r"(?:and |ok(?:ay)? |so |but )?(?:what|how) about|and|but|also|or|ok(?:ay)?(?: and)?"
    r"|what if it s|entä(?:s|pä)?(?: sitten)?|ja(?: entä)?|mutta(?: entä)?|mites|no entä"
    r"|(?:och |men )?hur (?:är|blir|ser) det (?:ut )?med|(?:och |men )?(?:vad|hur) gäller|och|men"
    r"|eller"
)
AT_END = r"then|too|also|as well|sitten|kanssa|myös|då|också"

GROUPS: Mapping[Group, str] = {
    Group.RIGHTS: """
        topic.rights topic.access topic.rectification topic.erasure
        topic.restriction topic.objection topic.portability topic.identity-check
        request.access request.rectification request.erasure request.restriction request.objection
        request.marketing-objection request.portability topic.fee
        topic.response-time topic.id-documents topic.delivery-of-copy
        topic.refusals topic.on-behalf
    """,
    Group.COOKIES: """
        topic.cookies topic.cookies-refusal topic.web-analytics
        topic.cookie-details topic.tracking
    """,
    Group.MARKETING: """
        topic.marketing-refusal topic.targeted-marketing topic.prospecting
        topic.message-channels
    """,
    Group.PROFILING: """
        topic.profiling topic.profile-information topic.automated-decisions
        topic.analysis topic.scoring-rules
    """,
    Group.CAMERAS: "topic.camera-retention topic.manual-processing",
    Group.CALLS: "topic.calls topic.messages topic.call-recordings",
    Group.BOOKS: """
        topic.accounting-retention topic.debt-collection topic.credit-rating
        out_of_scope.invoices
    """,
    Group.ORDERS: "topic.orders out_of_scope.orders out_of_scope.deliveries topic.transport",
    Group.SHARING: """
        topic.sharing topic.group-sharing topic.ict-providers topic.payment-providers
        topic.other-partners topic.authorities topic.outside-eea topic.background-checks
        topic.enrichment topic.partner-names topic.data-sale
        topic.distributors
    """,
    Group.SOURCES: "topic.sources topic.public-sources topic.occasions",
}

# What answers an aspect, whatever was talked about.
BY_ASPECT: Mapping[Aspect, str] = {
    Aspect.HOW_LONG: "topic.retention",
    Aspect.KEPT: "topic.retention",
    Aspect.TAKES: "topic.response-time",
    Aspect.OUTSIDE: "topic.sharing",
    Aspect.WHO: "topic.who-has-access",
    Aspect.BASIS: "topic.legal-basis",
    Aspect.FROM_WHERE: "topic.sources",
    Aspect.WHY: "topic.purpose",
    Aspect.WHERE: "topic.server-location",
    Aspect.COST: "topic.fee",
    Aspect.REFUSE: "topic.objection",
    Aspect.WHAT: "topic.data-categories",
}

THE_SAME = "the last topic itself"
# What answers it where that was talked about; where nothing does, the words count by themselves.
BY_GROUP: Mapping[Group, Mapping[Aspect, str]] = {
    Group.RIGHTS: {
        Aspect.HOW_LONG: "topic.response-time",
        Aspect.WHO: "topic.contact",
        Aspect.WHERE: "topic.contact",
        Aspect.OUTSIDE: "",
        Aspect.WHY: THE_SAME,
        Aspect.HOW: THE_SAME,
        Aspect.REFUSE: "",
        Aspect.WHAT: "",
    },
    Group.COOKIES: {
        Aspect.HOW_LONG: "topic.cookie-details",
        Aspect.KEPT: "topic.cookie-details",
        Aspect.WHAT: "topic.cookie-details",
        Aspect.WHY: "topic.cookies",
        Aspect.REFUSE: "topic.cookies-refusal",
    },
    Group.MARKETING: {
        Aspect.WHY: "topic.targeted-marketing",
        Aspect.REFUSE: "topic.marketing-refusal",
        Aspect.HOW: "topic.marketing-refusal",
        Aspect.FROM_WHERE: "topic.public-sources",
    },
    Group.PROFILING: {
        Aspect.WHY: "topic.analysis",
        Aspect.WHAT: "topic.profile-information",
    },
    Group.CAMERAS: {
        Aspect.HOW_LONG: "topic.camera-retention",
        Aspect.KEPT: "topic.camera-retention",
        Aspect.WHERE: "topic.camera-retention",
        Aspect.WHO: "topic.camera-retention",
    },
    Group.CALLS: {
        Aspect.HOW_LONG: "topic.call-recordings",
        Aspect.KEPT: "topic.call-recordings",
        Aspect.REFUSE: "topic.call-recordings",
        Aspect.WHY: "topic.calls",
    },
    Group.BOOKS: {
        Aspect.HOW_LONG: "topic.accounting-retention",
        Aspect.KEPT: "topic.accounting-retention",
        Aspect.WHY: "topic.accounting-retention",
    },
    Group.ORDERS: {
        Aspect.WHY: "topic.orders",
        Aspect.OUTSIDE: "topic.transport",
    },
    Group.SHARING: {
        Aspect.WHO: "topic.partner-names",
        Aspect.OUTSIDE: "topic.partner-names",
        Aspect.WHERE: "topic.outside-eea",
        Aspect.WHY: "topic.sharing",
    },
    Group.SOURCES: {
        Aspect.WHERE: "topic.public-sources",
        Aspect.WHO: "topic.partner-names",
    },
}

# Of the topics that are an aspect themselves: "and cookies?" after one asks the same of another.
ASPECT_OF: Mapping[str, Aspect] = {
    "topic.retention": Aspect.KEPT,
    "topic.retention-time": Aspect.KEPT,
    "topic.accounting-retention": Aspect.KEPT,
    "topic.who-has-access": Aspect.WHO,
    "topic.sharing": Aspect.OUTSIDE,
    "topic.purpose": Aspect.WHY,
    "topic.sources": Aspect.FROM_WHERE,
    "topic.data-categories": Aspect.WHAT,
    "topic.objection": Aspect.REFUSE,
    "topic.marketing-refusal": Aspect.REFUSE,
    "topic.cookies-refusal": Aspect.REFUSE,
}

# "And invoices?" in talk of privacy is about the data in them.
OF_THE_DATA: Mapping[str, str] = {
    "out_of_scope.orders": "topic.orders",
    "out_of_scope.deliveries": "topic.transport",
    "out_of_scope.invoices": "topic.accounting-retention",
    "out_of_scope.web-shop": "topic.user-account",
    "out_of_scope.jobs": "topic.employees",
}

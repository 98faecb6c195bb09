"""What people ask on about a topic, in which words, and which topic answers it then.

The whole table of follow-ups: whoever wonders at an answer finds here why it was given. A topic
that an organisation's catalogue does not have is passed over.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Aspect(StrEnum):
    """What is asked on about a topic."""

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
    """Topics of which an aspect has an answer of its own."""

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
        r"(?:who |whom |kuka |ketkä |kenelle |vem |vilka )?(?:\w+ ){0,3}?"
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
        question.rights question.access question.rectification question.erasure
        question.restriction question.objection question.portability question.identity-check
        request.access request.rectification request.erasure request.restriction request.objection
        request.marketing-objection request.portability not_in_notice.fee
        not_in_notice.response-time not_in_notice.id-documents not_in_notice.delivery-of-copy
        not_in_notice.refusals not_in_notice.on-behalf
    """,
    Group.COOKIES: """
        question.cookies question.cookies-refusal question.web-analytics
        not_in_notice.cookie-details not_in_notice.tracking
    """,
    Group.MARKETING: """
        question.marketing-refusal question.targeted-marketing question.prospecting
        not_in_notice.message-channels
    """,
    Group.PROFILING: """
        question.profiling question.profile-information question.automated-decisions
        question.analysis not_in_notice.scoring-rules
    """,
    Group.CAMERAS: "not_in_notice.camera-retention question.manual-processing",
    Group.CALLS: "question.calls question.messages not_in_notice.call-recordings",
    Group.BOOKS: """
        question.accounting-retention question.debt-collection question.credit-rating
        out_of_scope.invoices
    """,
    Group.ORDERS: "question.orders out_of_scope.orders out_of_scope.deliveries question.transport",
    Group.SHARING: """
        question.sharing question.group-sharing question.ict-providers question.payment-providers
        question.other-partners question.authorities question.outside-eea question.background-checks
        question.enrichment not_in_notice.partner-names not_in_notice.data-sale
        question.distributors
    """,
    Group.SOURCES: "question.sources question.public-sources question.occasions",
}

# What answers an aspect, whatever was talked about.
BY_ASPECT: Mapping[Aspect, str] = {
    Aspect.HOW_LONG: "question.retention",
    Aspect.KEPT: "question.retention",
    Aspect.TAKES: "not_in_notice.response-time",
    Aspect.OUTSIDE: "question.sharing",
    Aspect.WHO: "question.who-has-access",
    Aspect.BASIS: "question.legal-basis",
    Aspect.FROM_WHERE: "question.sources",
    Aspect.WHY: "question.purpose",
    Aspect.WHERE: "not_in_notice.server-location",
    Aspect.COST: "not_in_notice.fee",
    Aspect.REFUSE: "question.objection",
    Aspect.WHAT: "question.data-categories",
}

THE_SAME = "the last topic itself"
# What answers it where that was talked about; where nothing does, the words count by themselves.
BY_GROUP: Mapping[Group, Mapping[Aspect, str]] = {
    Group.RIGHTS: {
        Aspect.HOW_LONG: "not_in_notice.response-time",
        Aspect.WHO: "question.contact",
        Aspect.WHERE: "question.contact",
        Aspect.OUTSIDE: "",
        Aspect.WHY: THE_SAME,
        Aspect.HOW: THE_SAME,
        Aspect.REFUSE: "",
        Aspect.WHAT: "",
    },
    Group.COOKIES: {
        Aspect.HOW_LONG: "not_in_notice.cookie-details",
        Aspect.KEPT: "not_in_notice.cookie-details",
        Aspect.WHAT: "not_in_notice.cookie-details",
        Aspect.WHY: "question.cookies",
        Aspect.REFUSE: "question.cookies-refusal",
    },
    Group.MARKETING: {
        Aspect.WHY: "question.targeted-marketing",
        Aspect.REFUSE: "question.marketing-refusal",
        Aspect.HOW: "question.marketing-refusal",
        Aspect.FROM_WHERE: "question.public-sources",
    },
    Group.PROFILING: {
        Aspect.WHY: "question.analysis",
        Aspect.WHAT: "question.profile-information",
    },
    Group.CAMERAS: {
        Aspect.HOW_LONG: "not_in_notice.camera-retention",
        Aspect.KEPT: "not_in_notice.camera-retention",
        Aspect.WHERE: "not_in_notice.camera-retention",
        Aspect.WHO: "not_in_notice.camera-retention",
    },
    Group.CALLS: {
        Aspect.HOW_LONG: "not_in_notice.call-recordings",
        Aspect.KEPT: "not_in_notice.call-recordings",
        Aspect.REFUSE: "not_in_notice.call-recordings",
        Aspect.WHY: "question.calls",
    },
    Group.BOOKS: {
        Aspect.HOW_LONG: "question.accounting-retention",
        Aspect.KEPT: "question.accounting-retention",
        Aspect.WHY: "question.accounting-retention",
    },
    Group.ORDERS: {
        Aspect.WHY: "question.orders",
        Aspect.OUTSIDE: "question.transport",
    },
    Group.SHARING: {
        Aspect.WHO: "not_in_notice.partner-names",
        Aspect.OUTSIDE: "not_in_notice.partner-names",
        Aspect.WHERE: "question.outside-eea",
        Aspect.WHY: "question.sharing",
    },
    Group.SOURCES: {
        Aspect.WHERE: "question.public-sources",
        Aspect.WHO: "not_in_notice.partner-names",
    },
}

# Of the topics that are an aspect themselves: "and cookies?" after one asks the same of another.
ASPECT_OF: Mapping[str, Aspect] = {
    "question.retention": Aspect.KEPT,
    "not_in_notice.retention-time": Aspect.KEPT,
    "question.accounting-retention": Aspect.KEPT,
    "question.who-has-access": Aspect.WHO,
    "question.sharing": Aspect.OUTSIDE,
    "question.purpose": Aspect.WHY,
    "question.sources": Aspect.FROM_WHERE,
    "question.data-categories": Aspect.WHAT,
    "question.objection": Aspect.REFUSE,
    "question.marketing-refusal": Aspect.REFUSE,
    "question.cookies-refusal": Aspect.REFUSE,
}

# "And invoices?" in talk of privacy is about the data in them.
OF_THE_DATA: Mapping[str, str] = {
    "out_of_scope.orders": "question.orders",
    "out_of_scope.deliveries": "question.transport",
    "out_of_scope.invoices": "question.accounting-retention",
    "out_of_scope.web-shop": "question.user-account",
    "out_of_scope.jobs": "not_in_notice.employees",
}

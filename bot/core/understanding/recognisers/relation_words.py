"""How people describe themselves and those they speak for, as patterns in three languages.

They are matched against case-folded text, the most specific role first.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bot.core.tickets.representation import Relation

R = Relation
CHILD = r"(?:son|daughter|child|kid|boy|girl|baby|stepson|stepdaughter)(?:ren|s)?"
SPOUSE = r"(?:wife|husband|spouse|partner|fianc[eé]e?)"
KIN = (
    r"(?:mother|father|mum|mom|mummy|dad|daddy|parents?|brother|sister|aunt|uncle|niece|nephew"
    r"|grand(?:mother|father|ma|pa)|gran|nan|granddad|cousin|friend|neighbou?r)"
)
_MINE = r"(?:ni|mme|äni|stani|stäni|lleni|ltani|stamme|stämme|llemme)"
CHILD_FI = rf"(?:poika|poja|tytär|tyttäre|lapse|laps|tyttö|tytö){_MINE}"
SPOUSE_FI = rf"(?:vaimo|mies|miehe|aviomies|aviomiehe|puoliso|avopuoliso){_MINE}"
KIN_FI = (
    r"(?:äiti|isä|isoäiti|isoisä|mummo|mummi|pappa|vaari|sisko|velje|täti|setä|eno|kaveri|naapuri"
    rf"|ystävä){_MINE}"
)
_MY_SV = r"(?:min|mitt|mina|vår|vårt|våra) (?:\w+ )?"
CHILD_SV = _MY_SV + r"(?:son|dotter|barn|pojke|flicka)s?"
SPOUSE_SV = _MY_SV + r"(?:fru|make|maka|sambo|hustru|partner)s?"
KIN_SV = (
    _MY_SV + r"(?:mor|mamma|far|pappa|syster|bror|mormor|morfar|farmor|farfar|moster|faster|kusin"
    r"|vän)s?"
)
_DIED = (
    r"\bexecut(?:or|rix)\b|\bprobate\b|\bestate of\b|\b(?:the|his|her|their) estate\b|\bheirs?\b",
    r"\b(?:my|the) late\b|\b(?:has|have|had) died\b|\bdied\b|\bpassed away\b|\bdeceased\b",
    r"\b(?:is|are) dead\b",
    r"\bkuolinpes\w*|\bperikun\w*|\bpesänselvittäj\w*|\bpesänhoitaj\w*|\bperilli(?:s|nen)\w*",
    r"\bkuoll(?:ut|een|utta|eelta|eiden)\b|\bkuoli\b|\bedesmenn\w*|\bvainaj\w*|\bmenehty\w*",
    r"\bdödsbo\w*|\bboutredning\w*|\barving\w*|\bavlid\w*|\bbortgång\w*|\bhar dött\b"
    # "My dog ate the invoice" tells of nobody's death.
    r"|\b(?<!\bmy )(?<!\bour )(?<!\bthe )(?<!\byour )(?<!\ba )dog\b",
)
_GUARDIAN = (
    r"\bguardian\b|\bdeputy for\b|\bedunvalvo\w*|\bintressebevak\w*|\bgod man\b|\bförvaltare för\b",
)
_LAWYER = (
    r"\b(?:lawyer|solicitor|barrister|counsel) (?:for|of|acting|and|representing|to)\b",
    r"\battorney\b|\b(?:my|our) client(?:['’]?s)?\b|\bi represent\b|\brepresenting\b",
    r"\bacting (?:\w+ )?for\b|\bact for\b",
    r"\basianaja\w*|\blakimie\w*|\basiamie\w*|\bpäämie\w*|\bvaltakir\w*|\bvaltuut\w*",
    r"\bedusta[nm]\w*",
    r"\badvokat\w* för\b|\bombud\b|\bjurist\w* för\b|\bhuvudman\w*|\bfullmakt\w*",
    r"\bbefullmäktig\w*|\bföreträd(?:er|are)\b|\b(?:min|vår) klient\w*",
)
_PARENT = (
    rf"\b(?:my|our) (?:\w+ )?{CHILD}\b|\b(?:mother|father|mum|mom|dad|parent) of\b",
    r"\b(?:i['’]?m|i am|as) (?:the|her|his|their|(?:\w+ )?\w+['’]s)"
    r" (?:mother|father|mum|mom|dad|parent)\b",
    r"\bolen (?:\w+ )?\w+n (?:äiti|isä)\b|\bjag är (?:\w+ )?\w+s (?:mamma|mor|pappa|far)\b",
    rf"\b{CHILD_FI}\b|\bhuoltaj\w*|\bhänen (?:äiti|isä)(?:nsä)?\b|\blapsen (?:äiti|isä)\b",
    rf"\b{CHILD_SV}\b|\bvårdnadshavar\w*",
    r"\b(?:hans|hennes|barnets|deras) (?:mor|mamma|far|pappa|förälder)\b",
)
_SPOUSE = (rf"\b(?:my|our) (?:\w+ )?{SPOUSE}\b|\b{SPOUSE_FI}\b|\b{SPOUSE_SV}\b",)
_EMPLOYER = (
    r"\b(?:my|our|one of (?:my|our)) (?:\w+ )?(?:employee|worker|staff member)s?\b",
    r"\b(?:his|her|their) employer\b|\bhänen työnantaja\w*|\btyöntekijä(?:ni|mme|stämme|stäni)\b",
    r"\b(?:min|vår|våra|mina) (?:an)?ställda?\w*|\b(?:hans|hennes) arbetsgivare\b",
)
_ASSISTANT = (
    r"\b(?:assistant|secretary|p\.?a\.?|carer|caretaker) (?:of|to|for)\b",
    r"\b(?:his|her|their) (?:assistant|secretary|p\.?a\.?|carer)\b",
    r"\b(?:my|our) (?:boss|director|manager)(?:['’]s)?\b",
    r"\bavustaja(?:na|nsa)\b|\bhänen (?:avustaja|sihteeri)\w*|\bsihteeri(?:nä|nsä)\b",
    r"\b(?:assistent|sekreterare) (?:till|åt|för)\b",
    r"\b(?:hans|hennes) (?:assistent|sekreterare)\b",
)
_RELATIVE = (
    rf"\b(?:my|our) (?:\w+ )?{KIN}(?:['’]s)?\b|\b{KIN_FI}\b|\b{KIN_SV}\b",
    # So called they are one's own without a "my".
    r"\bfor (?:mum|mom|mummy|dad|daddy|gran|granny|grandma|grandpa|granddad|nan)\b",
    r"\b(?:isän|äidin|iskän|äiskän|mummon|mummin|vaarin|ukin|papan|siskon|veljen) puolesta\b",
    r"\b(?:för|åt) (?:mamma|pappa|morsan|farsan|mormor|morfar|farmor|farfar|mommo|moffa|fammo"
    r"|faffa|syrran|brorsan)s?\b",
)
_ASKS = (
    r"(?:^|[.!?,:;\n] *)"
    r"(?:(?:please|kindly|and|then|ok|hi|hello|hej|snälla|och|sedan|sen)[, ]+){0,4}"
)
_OTHER = (
    r"\bon behalf of (?!my ?self\b|us\b|me\b|our\b)|\bon (?:his|her|their) behalf\b",
    r"\b(?:for|about) (?:somebody|someone|another person) else\b",
    r"\bnot (?:for )?me,? (?:but|it['’]?s)\b|\b(?<!omasta )puolesta(?:nsa|an)?\b",
    r"\bhänen (?:asia\w*|tie(?:to|do)\w*)\b",
    # Asked for, and not told: "my colleague asked you to delete his data".
    rf"{_ASKS}(?:delete|erase|remove|correct|send|show|give)(?: \w+){{0,3}}? (?:his|her)"
    r" (?:personal |customer )?(?:data|details|information|account|records?)\b",
    rf"{_ASKS}(?:radera|ta bort|stryk|rätta|skicka|visa)(?: \w+){{0,3}}? (?:hans|hennes)"
    r" (?:person|kund)?(?:uppgifter|data|konto|information)\b",
    r"\b(?:för|å) \w+(?: \w+)? (?:räkning|vägnar)\b|\bför någon annan\b",
)
RELATIONS: Mapping[Relation, re.Pattern[str]] = {
    R.ESTATE: re.compile("|".join(_DIED)),
    R.GUARDIAN: re.compile("|".join(_GUARDIAN)),
    R.LAWYER: re.compile("|".join(_LAWYER)),
    R.PARENT: re.compile("|".join(_PARENT)),
    R.SPOUSE: re.compile("|".join(_SPOUSE)),
    R.EMPLOYER: re.compile("|".join(_EMPLOYER)),
    R.ASSISTANT: re.compile("|".join(_ASSISTANT)),
    R.RELATIVE: re.compile("|".join(_RELATIVE)),
    R.OTHER: re.compile("|".join(_OTHER)),
}
# Who asks for what is their own only mentions the others.
OWN = re.compile(
    r"\bmy (?:own |personal |customer )*(?:data|details|accounts?|information|info|address|e-?mail"
    r"|name|profile|orders?|files?|records?|phone|number)\b|\b(?:about|on|of) me\b"
    r"|\b(?:delete|erase|remove|forget) me\b"
    r"|\b(?:omat?|omia|minun|mun|miun) tie(?:to|do)\w*|\btieto(?:ni|jani|ihini|istani)\b"
    r"|\btili(?:ni|äni)\b|\bminusta\b|\bminua\b|\bitse(?:äni|stäni)\b|\bosoittee(?:ni|stani)\b"
    r"|\b(?:mina|mitt|min) (?:egna |eget )?(?:person)?(?:uppgifter|konto|data|adress|information)\b"
    r"|\bom mig\b"
)
ONESELF = re.compile(
    r"\bfor (?:myself|me)\b(?! and)|\bon my own behalf\b|\bi (?:ask|am asking) for my ?self\b"
    r"|\b(?:it['’]?s|it is) (?:for me|my own|mine)\b|\bmy own (?:data|request|details)\b"
    r"|\bnot for (?:somebody|someone|anybody|anyone) else\b"
    r"|\bi am the (?:person|customer|client)\b"
    r"|\bitselleni\b|\bomasta puolestani\b|\bomat tietoni\b|\bomia tietojani\b|\bkoskee minua\b"
    r"|\ben (?:kenenkään )?(?:toisen|muun) puolesta\b|\bomaa? asiaani\b"
    r"|\bför mig själv\b|\bför egen del\b|\b(?:gäller|handlar om) mig\b|\bmina egna uppgifter\b"
    r"|\binte för någon annan\b"
)
# "That's me": whom the writer named are they themselves.
NAMED_ONESELF = re.compile(
    r"(?:\b(?:that|it)(?:['’]s| is) (?:actually |just )?me(?: myself)?"
    r"|\bi am (?:that|this) person|\bse(?:hän)? olen minä(?: itse)?|\bolen se itse"
    r"|\bminä(?:hän)? (?:se )?(?:itse )?olen(?: se)?"
    r"|\bdet är (?:ju |faktiskt )?jag(?: själv)?)[.! ]*$"
)
# "This is Lauri himself": the person concerned has taken over.
MYSELF = re.compile(
    r"\btässä (?:on )?(?P<fi>\w+) (?:ite|itte|itse)\b"
    r"|\b(?:this is|it['’]s|here is) (?P<en>\w+)(?: \w+)? (?:himself|herself|myself|now)\b"
    r"|\b(?:det (?:här )?är|här är) (?P<sv>\w+)(?: \w+)? (?:själv|nu)\b"
)

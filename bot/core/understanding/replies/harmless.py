"""Phrases with a no, an if or a question mark that do not take a yes back.

Written in spoken words (`spoken`), where a comma stands for any mark between two parts of a
sentence. Most must end where a part ends: "why not" agrees, "why not keep them" does not.
"""

from __future__ import annotations

import re

END = r"(?= [,?]|$)"


def _any(*sayings: str) -> str:
    return "|".join(sayings)


# Nothing is wrong, and nothing is to be changed.
NO_FAULT = _any(
    r"\b(?:no|not an?|without|without any) (?:\w+ )?(?:mistakes?|errors?|changes?|complaints?"
    r"|faults?|edits?|diffs?|bugs?|corrections?|amendments?|alterations?|discrepanc\w+|quibbles?"
    r"|notes)\b"
    r"(?! (?:please|to (?:my|the))\b)",
    r"\b(?:can t|cannot|don t|couldn t) (?:see|find|spot|notice|have) (?:any |a |a single "
    r"|anything |owt )?"
    r"(?:mistakes?|errors?|faults?|complaints?|wrong|missing)\b",
    rf"\b(?:can t|cannot|couldn t) (?:fault it|argue(?: with (?:that|it))?|complain"
    rf"|be better){END}",
    r"\b(?:can t|cannot|couldn t) (?:see|find|spot) (?:anything|a thing) that (?:wants|needs)"
    r" \w+ing\b",
    r"\b(?:could not|couldn t|can t) (?:have |be )?(?:put|said|say|written|typed|phrased|worded)"
    r" (?:it|that|this) (?:any )?better\b",
    r"\bnot (?:a|one|a single) (?:word|letter|comma|jot|hair) (?:out of place|too many|wrong"
    r"|amiss)\b",
    r"\b(?:nothing|nowt|not a thing|not a single thing) (?:is |s )?(?:wrong|missing|amiss|(?:to"
    r"|that needs) "
    r"(?:change|changing|add|adding|fix|fixing|correct|correcting|amend|subtract))\b"
    r"|\bno notes\b"
    r"|\b(?:wouldn t|would not|won t|d not|shouldn t) (?:change|alter) (?:a (?:thing|word|comma"
    r"|letter)|anything|owt)\b",
    r"\b(?:ei|en|enkä|emme)(?: (?:ole|oo|ollut|mitään|mittään|löydä|löytänyt|näe|nähnyt|huomaa"
    r"|havaitse|siinä|tässä|tuossa|siitä|tästä|tuosta|sieltä|täältä|missään|minäkään|nyt|enää"
    r"|löydy|yhtään|yhtäkään)){0,4}"
    r" (?:virhe\w*|virheit\w*|muutettav\w*|muutoksi\w*|korjattav\w*|huomautettav\w*"
    r"|valittam\w*|valitettav\w*"
    r"|lisättäv\w*|moitittav\w*|vikaa|vialla|puutteit\w*|bugeja|valittamista|huomauttamista"
    r"|poikkeam\w*|hierottav\w*)\b"
    r"|\bei (?:tuohon|tähän|siihen|noihin) (?:voi |enää )*(?:lisätä|lisättävää) (?:enää )?"
    r"(?:mitään)?"
    r"|\b(?:en|emme) (?:minä |mä |mie )?(?:muuttaisi|muuttas|muuttais|korjaisi|vaihtaisi)"
    r" (?:mitään|yhtään|pilkkuakaan|sanaakaan|kirjaintakaan)\b",
    r"\bskulle (?:inte|int|ej) (?:ändra|rätta|byta) (?:något|nåt|nå|nånting|någonting|ett ord)\b",
    r"\b(?:inget|ingenting|inte (?:något|nåt)|int (?:nå|nåt|nått))(?: \w+){0,2} att (?:ändra"
    r"|rätta|korrigera"
    r"|anmärka|invända|tillägga|lägga till|klaga)\b",
    r"\b(?:inga|inget|ingenting|inte (?:ett|något|nåt)|int nå(?:t|got)?|(?:hittar|ser) (?:inga"
    r"|inte))(?: \w+)?"
    r" (?:fel|skrivfel|ändringar|anmärkning\w*|invändning\w*|avvikelser|korrigeringar)\b"
    r"|\bingen(?:ting)? (?:ändring|anmärkning|rättelse|korrigering)(?: behövs)?\b"
    r"|\bkunde (?:jag )?(?:inte|int)(?: \w+){0,2} sagt (?:det |de )?bättre\b",
)
# Nobody minds: a no to a no. Where an objection is on offer, these refuse it.
NO_OBJECTION = _any(
    r"\b(?:no|without|zero) (?:\w+ )?(?:objections?|qualms|reservations)\b",
    rf"\b(?:don t|do not|wouldn t|won t) mind(?: (?:that|it|at all|if (?:i|you) do))?{END}",
    rf"\b(?:wouldn t|won t|can t|cannot|couldn t|not going to) (?:say no|object"
    rf"|refuse)(?: to (?:that|it))?{END}",
    r"\b(?:couldn t|could not|can t) agree more\b|\bno quarrel with (?:that|it|this)\b"
    r"|\bwouldn t mind (?:that|it|this)? ?(?:one bit|at all|in the least)\b"
    r"|\bno (?:good |earthly )?reason (?:not to|why not|to (?:wait|delay|refuse|object|say no))\b"
    r"|\bnothing would (?:please|suit|make) me (?:more|better|happier)\b",
    r"\b(?:nothing|not|got nothing|have nothing) (?:against|opposed to) (?:it|that|this)\b",
    r"\b(?:ei|eikä)(?: \w+){0,2} mitään(?: (?:sitä|tätä|asiaa))? vastaan\b|\bei(?: ole"
    r"| oo)? vastaan\w*\b",
    rf"\b(?:en|emme) (?:vastusta|kieltäydy|pane vastaan|sano ei|pistä vastaan){END}",
    r"\b(?:en|emme) (?:ole |oo )?(?:ainakaan )?(?:esteenä|kielläkään|kiellä|väitä vastaan)\b"
    r"|\b(?:ei|en)(?: \w+){0,3} (?:sitä|tuota|tätä) vast(?:en|a|aan)\b",
    r"\b(?:ser |finns )?(?:inget|inga|ingen) (?:skäl|orsak|anledning) att (?:dröja|vänta|tveka"
    r"|inte|säga nej|neka)\b",
    r"\b(?:nej (?:, )?)?(?:jag |ja )?(?:har )?(?:inget|ingenting"
    r"|inte (?:något|nåt|nå)|int nå(?:t|got)?)"
    r"(?: \w+)? emot\b"
    r"|\bint(?:e)? mig emot\b",
    r"\b(?:säger|tackar|sku|kan)(?: \w+){0,2} (?:inte|int)(?: säga)? nej\b",
)
# No trouble, no hurry, nothing to lose.
NO_TROUBLE = _any(
    r"\b(?:no|not an?|without) (?:\w+ )?(?:problem\w*|worries|bother|issues?|trouble|rush"
    r"|hurry|big deal"
    r"|stress|pressure|biggie|drama)\b(?! with)",
    r"\bnothing to lose\b|\bno harm(?: in \w+)?\b|\b(?:can t|cannot|couldn t|won t|wouldn t)"
    r" (?:hurt|harm)\b",
    r"\b(?:couldn t|can t|cannot|could not) (?:come|happen|be done|go|be) (?:soon|fast|quick)"
    r"(?:ly)? enough\b|\b(?:kan|kunde) (?:inte|int) (?:komma|ske|gå) (?:för )?(?:tidigt|snart"
    r"|fort|nog snabbt)\b",
    r"\b(?:doesn t|does not|won t|don t) (?:bother|matter)(?: (?:to )?(?:me|us))?(?: at all)?\b",
    r"\b(?:ei|eikä)(?: (?:ole|oo|mitään|näe|siinä|nyt|lähettämiselle)){0,3} este(?:ttä|itä)\b"
    r"|\b(?:en|emme) näe (?:mitään )?(?:estettä|esteitä)\b|\b(?:inga|inget|inte (?:något|nåt))"
    r" hinder\b"
    r"|\bei (?:\w+ ){0,6}etteikö\b",
    r"\b(?:ei|eihän|eipä)(?: (?:se|ole|oo|mitään|tässä|siitä|yhtään|mulla"
    r"|meillä)){0,2} (?:haittaa|haitannee"
    r"|hätää|hättää|kiire\w*|ongelm\w*|pahitteeksi|menetettävää|vaivaa)\b",
    r"\b(?:inga|ingen|inget|int nå(?:t|got)?|inte (?:något|nåt))(?: \w+)? (?:problem|fara"
    r"|brådska|bråttom"
    r"|bekymmer|besvär|skada|stress)\b|\b(?:gör|skadar) (?:inget|inte|int)\b|\bkan (?:inte"
    r"|int) skada\b",
)
# No doubt about it, and no way round it.
NO_DOUBT = _any(
    r"\b(?:no|nothing) (?:other (?:way|choice|option)|choice|option|alternative|else for it)\b"
    r"|\bno (?:way|getting) (?:round|around) (?:it|this|that)\b",
    r"\b(?:ei|eihän|eipä) (?:tässä|täs|siinä|tähän|nyt)(?: \w+)?(?: enää)? auta\b"
    r"|\bei (?:ole |oo |jää )?(?:muuta )?(?:vaihtoehto\w*|konstia)\b",
    r"\b(?:finns|är)(?: \w+)? (?:inget|ingenting) annat att göra\b|\binget (?:annat )?val\b",
    r"\b(?:no|without|beyond)(?: \w+)? (?:doubts?|hesitation|brainer|question about it)\b",
    r"\bno (?:ifs?|buts?)(?: (?:and|or|no))?(?: buts?)?(?: about it)?\b",
    r"\bdon t need to ask\b|\bneed not ask\b",
    r"\b(?:ei|ilman)(?: \w+)? (?:epäil\w*|muuta kuin|epäröin\w*|jossittelu\w*)|\bettei tarvi\w*",
    r"\bei kun (?=anna|antaa|laita|menoksi|vaan|eteenpäin|hommiin)",
    r"\b(?:utan|ingen|inga)(?: \w+)? (?:tvek\w*|tvivel|om och men)\b",
)
# Asks nothing: the answer is yes.
RHETORICAL = _any(
    r"\b(?:isn t|wasn t|is not|was not) (?:that|it|this) (?:exactly |just |precisely )?what i"
    r"(?: \w+)? (?:asked|said|wrote|wanted|want|told you|requested)(?: for)?(?: \?)?",
    r"\b(?:didn t|haven t|don t) i (?:just |already |only just )?(?:say|said|ask|asked|write"
    r"|written|tell you|told you)(?: (?:so|that|for that|for it|just now|already)){0,2}(?: \?)?",
    r"\b(?:enkö|enks|enkös|eiköhän|eikös) (?:minä |mä |mie |se |siinä )*(?:juuri |just |jo |äsken "
    r"|sitä |sen |niin )*(?:sanonut|sanonu|pyytänyt|pyytäny|kirjoittanut|kirjottanu|ollut|ollu)"
    r"(?: \w+){0,2}(?: \?)?",
    r"\b(?:sa|skrev|bad|har) jag (?:inte|int) (?:just |nyss |redan |precis )*(?:det|så|sagt|skrivit"
    r"|bett|om det)(?: (?:nyss|redan|just|om det)){0,2}(?: \?)?",
    rf"\b(?:why|how could i|who could) (?:ever |the hell |on earth )?(?:not|say no|refuse"
    rf"|resist){END}(?: \?)?",
    rf"\bmitä \w+mmin (?:niin )?sen (?:parempi|paremp){END}",
    rf"\bdo i look like i m (?:joking|kidding){END}(?: \?)?|\bwhat are you waiting for{END}"
    rf"(?: \?)?|\bwho would(?:n t)?(?: \w+)? (?:that|it|this) down{END}(?: \?)?|\bwhat else{END}"
    rf"(?: \?)?",
    rf"\b(?:can t|don t|do not|cannot) see why not{END}"
    rf"|\bwhy (?:wouldn t|shouldn t) (?:i|we|you){END}(?: \?)?",
    r"\b(?:what|why) else (?:would|should|did|am|do) i\b[^,?]*\??",
    rf"\b(?:what|who) do you think{END} \?|\bisn t (?:it|that) obvious(?: \?)?",
    r"\bwell \w+ (?:\w+ ){1,4}didn t i\b",
    r"\b(?:i|we) (?:did not|didn t|don t|do not|am not|m not)(?: \w+){1,5} (?:for|just for) (?:the"
    r" )?"
    r"(?:fun|pleasure|nothing|laugh|laughs|sake|exercise|good of my health|my health|love)"
    r"(?: of it)?\b",
    r"\b(?:en|enkä|enhän|emme)(?: \w+){1,6}? (?:huvikse\w*|piruutta\w*|turhan takia|ilokse\w*"
    r"|lystikse\w*)"
    r"(?: \w+){0,3}\b|\b(?:en|enkä|enhän) (?:huvikse\w*|piruutta\w*)(?: \w+){0,4}\b",
    r"\b(?:inte|int|ej)(?: \w+){0,5} för (?:skojs|nöjes|ro|min egen|ingenting|att det är roligt)"
    r"(?: skull)?\b",
    r"\b(?:what(?: \w+)?|mitä|vad)(?: mulla| minulla| jag)? (?:have i got|do i have|on|har jag)"
    r" (?:to lose|menetettävää|att förlora)\b(?: \?)?",
    rf"\b(?:otherwise )?i wouldn t (?:be here|have (?:asked|written)|ask)(?: otherwise)?{END}",
    rf"\b(?:miksei|miksikäs? ei|miksipä(?:s)? ei|mikäs? (?:siinä|ettei)|mikä jottei|miksen"
    rf"|miksipä en|miksen (?:minä )?haluaisi|miksi en(?: \w+)? (?:haluaisi|tahtoisi)"
    rf"|mikäpä siinä|mikäpä ettei)(?: sitten| tietysti)?{END}(?: \?)?",
    rf"\b(?:kuinkas muuten|mitäs? (?:sinä |te )?luulet(?:te)?|mitä muutakaan){END}(?: \?)?",
    r"\b(?:en|enhän) (?:kai |mä |minä )*muuten (?:kysyisi|olisi|kirjoittaisi)\w*[^,?]*\??",
    rf"\bvarför (?:int|inte|ikke|ej)(?: då)?{END}(?: \?)?|\bvad tror (?:du"
    rf"|ni)(?: själv\w*)?{END}(?: \?)?",
    rf"\b(?:vem|varför) skulle (?:jag )?(?:inte|int|säga nej)(?: till)?(?: det)?{END}(?: \?)?",
    r"\bvarför skulle jag (?:annars|inte|int)\b[^,?]*\??",
    r"\bannars (?:sku|skulle|hade) jag (?:ju )?(?:inte|int)\b[^,?]*",
    r"\b(?:hur|vem) kan (?:man|jag) säga nej(?: \?)?",
)
# An order with a tag or with manners.
POLITE_ORDER = _any(
    r", (?:will|would|could|can) you (?:please )?\?|, (?:please|pls|thanks|thank you) \?",
    r", (?:jooko|kiitos|eiks jooko) \?|, (?:tack|är du snäll|snälla) \?",
    rf"(?:^|(?<=, )|(?<=yes )|(?<=please ))(?:could|would|can|will) you (?:please |kindly "
    rf"|just )*"
    rf"(?:do|send|submit|start|open|file|arrange|sort|see to|get)(?: (?:it|that|so|this))?"
    rf"(?: (?:in|off|out|done|for me|,|please"
    rf"|thanks|thank you|then|now))*{END}(?: \?)?",
    rf"(?:^|(?<=, )|(?<=kyllä )|(?<=joo ))(?:voisit|voitko|voisitko|voisitteko|voitteko"
    rf"|viitsitkö|viitsisittekö)"
    rf"(?: \w+){{0,2}} (?:tehdä|lähettää|aloittaa|hoitaa|avata|panna|laittaa)(?: (?:sen|niin|asian"
    rf"|tuon|tämän|pyynnön|vireille|alulle|eteenpäin|menemään|puolestani|(?:mun|minun) puolesta))*"
    rf"(?: , kiitos| kiitos)?{END}(?: \?)?",
    rf"(?:^|(?<=, ))(?:saisinko|saanko|voisinko) pyytää (?:että )?(?:teitä |sinua )?"
    rf"(?:aloitat|aloitatte|teette|teet|lähetät\w*|tekemään|aloittamaan)"
    rf"(?: (?:sen|niin|pyynnön))?{END}"
    rf"(?: \?)?",
    rf"(?:^|(?<=, )|(?<=ja ))(?:kan|kunde|skulle|vill) (?:du|ni)(?: (?:vara snäll och|kunna"
    rf"|vänligen|snällt))?"
    rf" (?:göra|skicka|sända|sätta igång|öppna|starta|fixa|ordna)(?: (?:det|de|he|så|den|in den"
    rf"|in|iväg|iväg den|begäran))?(?: (?:åt|för) (?:mig|me|mej|oss))?"
    rf"(?: , tack| tack)?{END}(?: \?)?",
)
# An if of manners, and a but of haste.
COURTESY = _any(
    rf"\bif (?:you|u|ye|ya) (?:d |ll )?(?:would|could|please|can|will|must|like|insist|say so"
    rf"|wish|want(?: to)?"
    rf"|mind|don t mind|do not mind|wouldn t mind|be so kind|have (?:a|the) (?:moment|minute"
    rf"|time))"
    rf"(?: please)?(?: (?:be so (?:kind|good)(?: as to do (?:it|so|that))?|do (?:it|that|so)"
    rf"|mind|be kind"
    rf"|oblige))?(?: for me)?(?: please)?{END}",
    rf"\bif (?:possible|i may|need be|it helps|that s (?:ok|okay|all right|alright|all it takes"
    rf"|what it takes|fine|possible|how \w+)){END}",
    r"\bif (?:it|that) (?:s|is|isn t|is not|wouldn t be) (?:no |not |any |too (?:much|big) )"
    r"(?:\w+ ){0,2}(?:trouble|bother|ask|imposition|hassle|inconvenience)(?: \w+){0,4}",
    rf"\b(?:grateful|obliged|great|kind|lovely|nice|appreciate it|appreciated) if (?:you"
    rf"|ye) (?:would|could|did|can)"
    rf"(?: (?:do|did) (?:it|that|so|this))?{END}",
    r"\bif so\b|\b(?:if god wills|god willing|inshallah|jos luoja suo|om gud vill)\b",
    rf"\bif (?:it|that) can be (?:done|arranged|managed)(?: then)?|\bif you (?:ever )?need (?:it"
    rf"|them){END}",
    rf"\bbut (?:please )?(?:of course|yes|do|certainly|sure|gladly|hurry(?: up)?"
    rf"|(?:be )?quick(?:ly)?|make it quick){END}",
    rf"\bjos (?:ette|et|ei|te|sie|sä) (?:nyt )?(?:pahastu|pane(?: pahaksenne)?|ole vaivaksi"
    rf"|haittaa|ole (?:liikaa )?"
    rf"vaivaa|viitsit(?:te)?){END}",
    rf"\bjos (?:siitä |tästä |se )?(?:nyt )?(?:vain |vaan )?(?:vaivaksi ei ole"
    rf"|ei ole (?:liikaa |liian suur\w* )?(?:vaiva\w*|haittaa)"
    rf"|voitte|voit|voisitte|voisit|viitsitte|viitsit|ehditte|ehdit|mahdollista|sopii|käy"
    rf"|suinkin|saa|saisi|saan pyytää"
    rf"|niin on|olisitte (?:niin )?(?:kiltti\w*|ystävälli\w*)|olisit (?:niin )?kiltti)"
    rf"(?: (?:pyytää|olla niin \w+|mahdollista|tehdä (?:sen|niin)|hoitaa (?:sen|asian)))?{END}",
    rf"\bjos kerran(?: (?:voi|mahdollista|niin|saa))?(?: niin)?{END}|\bjos kerran mahdollista\b",
    r"\bjos (?:(?:siitä|se|te|teille|sulle|teistä|sie|sä) )?(?:ei|ette|et)(?: (?:ny|nyt|ole|oo"
    r"|liian|se"
    r"|kauheasti|kauhiasti|hirveästi|paljon|paljo|liikaa|suur\w*|iso\w*)){0,4} (?:vaivaa|vaivaksi"
    r"|haittaa|häiritse)(?: (?:oo|ole))?\b",
    r"\b(?:että )?jos (?:te |sä |sie |sinä )?vi(?:its|itt)\w+(?: (?:vain|vaan|nyt))?(?: \w+(?:ää|aa"
    r"|dä|da|tä|ta|ttää|hä|hdä|lä|la))?\b",
    r"\bjos (?:se|tuo|tämä|sen) (?:vain |vaan |suinkin |kerran )?(?:on mahdollista|onnistuu|voi"
    r" tehdä)"
    r" (?:niin|kyllä|joo|mielellä\w+)\b",
    rf"\b(?:kiitollinen|kiva|hienoa|mukava|mukavaa|ihanaa|hyvä) jos (?:te |sä )?(?:hoitaisitte"
    rf"|tekisitte|voisitte|laittaisitte|hoitaisit"
    rf"|tekisit|hoituisi|onnistuisi)(?: (?:asian|sen|niin|tuon|tämän|tehdä sen|hoitaa (?:sen"
    rf"|asian)))?{END}",
    rf"\bmut(?:ta)? (?:totta kai|tottakai|toki|tietysti|joo|kyllä|mielellään|äkkiä|pian"
    rf"|nopeasti|ripeästi|heti){END}",
    rf"\bom (?:ni|du) (?:vill|kan|kunde|ville|orkar|hinner|har tid|säger|säger det|tycker|vore"
    rf"|skulle)"
    rf"(?: (?:vara|kunde vara|kunna|ville vara))?(?: så (?:snäll\w*|vänlig\w*|god\w*|bra))?"
    rf"(?: (?:och )?(?:göra det|göra så|ordna det|fixa det))?(?: tack)?{END}",
    r"\bom (?:det|he|de) (?:nu )?(?:gör någon skillnad|hjälper|går(?: fort| för sig)? (?:så )?ja)\b"
    r"|\bom det går så\b|\bom (?:lilla )?\w+ (?:där inne )?orkar\b",
    rf"\bom (?:det går(?: bra)?|möjligt|jag får (?:be|lov)|så är|det är det|det passar"
    rf"|det (?:inte|int) är (?:\w+ ){{0,4}}(?:besvär|mycket begärt|problem)){END}",
    rf"\b(?:tacksam\w*|bra|fint|snällt|toppen|skönt|härligt) om (?:ni|du|det) (?:kan|kunde"
    rf"|gjorde|gör|ville|vill|går|gick|ordnar)"
    rf"(?: (?:göra |fixa |ordna )?(?:det|så))?{END}",
    r"\b(?:ja|jo|joo|jå|aa) men (?:kör|klart|visst|gör|varför int\w*|sätt|ja|jo)\b"
    r"|\b(?:men (?:så )?(?:tack|gärna|visst|självklart|absolut|ja|klart|jo)|men (?:fort|snabbt"
    r"|raskt|genast))\b"
    r"|\b(?:tänkt|pratat|frågat|skrev|bett|ber|bad|fråga) om\b|\b(?:nå|no|nåja) men\b|\bnåmen\b",
)

# Whom a yes is said to.
ADDRESSED = re.compile(
    rf"(?<=\w) (?:, )?(?:mr |mister |herr |herra |rouva |dear |little )?(?:boss|robot|robotti"
    rf"|bot|botti|chef|pomo"
    rf"|kone|maskin|machine|captain|chief){END}"
    r"|\b(?:hyvä ihminen|hyvät ihmiset|good (?:man|woman|people|person)|gott folk|snälla"
    r" människa)\b"
)
# Whoever is thanked for asking first is asked nothing back, and nothing is put off.
THANKED = re.compile(
    r"\b(?:kiitos|kiitti|hyvä) (?:kun|että|et) (?:\w+ )?(?:kysyit\w*|varmistit\w*"
    r"|tarkistit\w*)[^,?]*"
    r"|\b(?:thanks|thank you|good of you|nice of you|kind of you) (?:for|to) (?:ask|check)(?:ing)?"
    r"[^,?]*|\b(?:tack|bra|fint|snällt) (?:för )?att (?:ni|du) (?:frågade|frågar|kollar"
    r"|kollade)[^,?]*"
    r"|\bthanks for not [^,?]*"
)
OBJECTS_TO_NOTHING = re.compile(NO_OBJECTION)
FAULTLESS = re.compile(NO_FAULT)


def _compiled(*kinds: str) -> tuple[re.Pattern[str], ...]:
    return tuple(map(re.compile, kinds))  # one by one: together they take five times as long


NO = _compiled(COURTESY, NO_FAULT, NO_OBJECTION, NO_TROUBLE, NO_DOUBT, RHETORICAL)
CONDITION = _compiled(COURTESY, NO_DOUBT, NO_OBJECTION, RHETORICAL)
QUESTION = _compiled(RHETORICAL, POLITE_ORDER)


def without(said: str, kinds: tuple[re.Pattern[str], ...]) -> str:
    """Return what is left of the words of a reply without sayings of these kinds."""
    for kind in kinds:
        said = kind.sub(" ", said)
    return said.strip(" ,")

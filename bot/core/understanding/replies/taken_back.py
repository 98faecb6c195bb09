"""Words that take a yes back, or put something before or beside it, in all three languages.

Written in spoken words (`spoken`), where a comma stands for any mark between two parts of a
sentence. What of it is meant otherwise stands in `harmless`.
"""

from __future__ import annotations

import re

NO = re.compile(
    r"\b(?:ei|eii|en|enhän|enpä (?:halua|taida|usko|aio|viitsi)|e|emme|eivät"
    r"|älä|älkää|elä|elkää|eikä|enkä|eiku|eikun|emm(?:ie|ä|ää|iä|yö"
    r"|oo)|enm(?:ä|ää)|no|nope|nah|naw|not|nothin|never|\w+n t|dont|cannot|cant|wont|doesnt|didnt"
    r"|nobody|nae|dinnae|without|none|nothing|neither|nor|refuse\w*|vägra\w*"
    r"|kieltäyd\w+ (?:\w+ )?(?:lähettä|anta|kerto|vastaa|teke|osallistu|jatka)\w+|nej|nä|nää|nääh"
    r"|näe|nje|njae|ne|inte|int|it|ej|icke|aldrig|ingen|inget|inga|ingenting|(?:unohd\w+|glöm\w*"
    r"|forget|drop|scrap|skip|bin) (?:vi |me |sitten |nyt |då |så )?(?:koko |hela )?(?:it|this"
    r"|that|about it|the whole \w+|everything|all of it|asia|juttu|se|tämä|alltsammans|alltihop"
    r"|allt|allting|det|det här|saken)|unohdetaan|glömmer vi|olkoon sitten|låt(?:er|a)? (?:bli"
    r"|vara)|leave (?:it|this) (?:unsent|out)|unsent"
    # "without doing": but for "without a doubt" and "without delay"
    r"|(?!epäile|kieltä|väittä|viipy|empi|epäröi|siekaile|vitkas)\w{3,}(?:mättä|matta)|peru|perun"
    r"|peruut\w*|pysäyt\w*|lopet\w*|end (?:this|it|here)|(?:done|finished) with (?:this|it|you)"
    r"|(?:voi(?:t|tte|daan)?|saa(?:t|tte)?) (?:\w+ )?unohtaa|you can (?:\w+ )?forget"
    r"|(?:kan|får) (?:du|ni|vi|man) (?:\w+ )?glömma|släng\w* (?:bort )?(?:det|den|allt|skiten)"
    r"|kasta (?:bort )?(?:det|den|allt)|(?:throw|chuck) (?:it|that|this) (?:away|out)|heitä\w* pois"
    r"|(?:finish|we re done|i m done|that s it|leave it) here|as you were"
    r"|let (?:it |them )?(?:stay|be)"
    r"|(?:anna|antaa|saa) (?:sen |sitten )?olla|(?:det|den) får vara"
    r"|(?:kiitos|tää|tämä) (?:\w+ )?riittää|riittää (?:jo|kiitos|kyllä t\w+)"
    r"|det räcker (?:så|nu|tack)"
    r"|som hindrar|pidä (?:se )?hyvänä\w*"
    r"|keskey\w*|cancel\w*|stop|stopp|abort|avbryt\w*|sluta|avstå\w*|avböj\w*|luovun|luovumme"
    r"|decline|hard pass|i ll pass|klarar? (?:mig|oss)|pärjään|pärjäämme|i m (?:good|alright|fine"
    r"|grand) (?:thanks|thank you|ta|as))\b"
)
CONDITION = re.compile(
    r"(?<=, )vaikka\b(?! (?:heti|nyt|saman))|\b(?:mutta|mutten|muttei|mut|paitsi|kunhan|kuha"
    r"|kuhan|jos|mikäli|ellei|ettei|lukuun ottamatta|ehdolla|edellyttäen|varauksella|tosin"
    r"|muuten vaan|but|except\w*|barring|unless|if|as long as|so long as|provided|providing"
    r"|however|apart from|other than|exception|on condition|excluding|until|subject to|at most"
    r"|save (?:as|for)|edellytyksellä|enintään|korkeintaan|högst|men|dock|fast|fastän|utom"
    r"|s(?:å )?när som på|sånär som|(?:confined|limited|restricted) to|joskin|rajattuna|rajautuen"
    r"|begränsat till|inskränkt till"
    r"|(?:lämna|lämnar|lämnas) (?:\w+ ){0,4}(?:utanför|därhän|åt sidan)"
    r"|(?:leave|leaving|left) (?:\w+ ){1,4}(?:out|alone|aside|untouched)"
    r"|jätä\w* (?:\w+ ){0,4}(?:pois|ulkopuolelle|rauhaan|sikseen)"
    r"|förutom|om|så länge|förutsatt|förutsättning|undantag|bortsett|tills)\b"
)
QUESTION_WORD = re.compile(
    r"(?:^|\b(?:and|ja|och|but|mutta|men) )(?:can|could|do|does|will|would|is|are|must|should"
    r"|voiko|voinko|voiks|onko|onks|saako|saanko|pitääkö|tuleeko|måste|kan|får|är)\b(?! (?:it|so"
    r"|please|not|ok|t|thank|thanks|that|this|nice|lovely|great|proceed|go|do|correct|right|fine"
    r"|good|accurate|perfect|grand|skickas|lämnas|sändas|gå iväg)\b)"
    r"|^(?:(?:no|hei|anteeksi|ai|siis|öö|hetki|ja|mut) )*(?!eikö)\w{3,}(?:ko|kö"
    r"|kohan|köhän|kos|kös)\b(?! kiitos)|^(?!gör|kör|kan)\w+r (?:ni|du)\b|\b(?:i wonder|wondering"
    r"|undrar|funderar|mietin|ihmettelen|kyselen)\b|(?:^|(?<=, )|\b(?:and|ja|och|but|mutta|mut"
    r"|men) )(?:why|what|how|who|when|where|which|miksi|miks|miksei|miksen|mikä|mikäs|mitä|mitäs"
    r"|miten|kuka|milloin|varför|vad|vem|hur|när)\b(?! (?:lovely|great|nice)\b)|(?:^"
    r"|(?<=, ))is (?:that|this|it) (?:ok|okay|alright|all right|enough)\b"
    # A word to ask with at the end, and Swedish that asks by its order
    r"|\w (?:miten|miksi|miks|why|how|what|varför|hur|va)(?: (?:niinku|niinkun|niin|sitten|like"
    r"|then|liksom|då))*$|^(?:(?:nå|no|men|och|å|men) )*(?:syns|går|blir|finns|tar|kostar|räcker"
    r"|vet|ser|kommer|behövs|händer|gäller|märks|försvinner|hör) (?:det|den|de|dom|man|jag|ja|ni|du"
    r"|vi|he|något|någon|nån)\b(?! (?:bra|fint|an|iväg))"
    # "fine, and the picture, can that go"
    r"|(?<=, )(?:(?:can|could|does) (?:i|that|the|they|this|those|my|also)|(?:voi|saa|on)ko"
    r"|(?:kan|får) (?:jag|den|det|de|också|även))\b"
)
DOUBT = re.compile(
    r"\b(?:maybe|perhaps|not sure|ehkä|en tiedä|kanske|vet inte|vet int"
    r"|knappast|hardly|tuskin|joskaan|förbehåll\w*|without prejudice|depends|riippuu|riippu"
    r"|(?:det|de|he) beror)\b"
)
# Not now, or something else first: no yes yet.
NOT_YET = re.compile(
    r"\b(?:(?:sit|sitten|sitte|vasta|vast) (?:kun|ku)\b(?! (?:ehdi\w*|voi\w*|sopii|pysty\w*))"
    r"|(?:once|when|after) (?:i|we) (?:have|ve|get|got|am|m|know|find|see|hear|sign)\w*"
    r"|(?:först )?när (?:jag|vi) (?:har|fått|får|är|vet|hittar|hör)|palataan|palaillaan|korvan taa"
    r"|later|tomorrow|wait|hold on|hang on|before i|before you|first|afterwards|in a bit"
    r"|myöhemmin|huomenna|odot\w*|oottake\w*|hetki|hetkinen|ensin|ennen kuin|jälkeen|jälkest"
    r"|jatkan|illalla|iltana|aamulla|tonight|ikväll|i kväll|ensi viikolla|next week|nästa vecka"
    r"|jatketaan (?!vain\b|vaan\b|sitten\b|vaa\b)\w+|toiste|toisen kerran|palaan|senare|imorgon"
    r"|i morgon|imorron|vänta|innan|först|efteråt|annan gång|i pausen|spara|väntar (?:hellre|med"
    r"|på)|efter (?:semestern|helgen|jobbet|lunchen|jul)|after (?:the|my|work|lunch|christmas))\b"
)
# Who must go says nothing more.
LEAVES = re.compile(
    r"\b(?:täytyy|pitää|pittää|pitäs|pakko|tarttee|must|have to|need to|got to|gotta|måste"
    r"|måst|behöver)"
    r" (?:\w+ )?(?:mennä|männä|lähteä|lähtä|juosta|go|run|leave|dash|gå|sticka|springa|fara|ga"
    r"|iväg)\b"
)
# A limit in one word.
KEEPS = re.compile(
    r"\b(?:keep(?! you\b)|retain|spare|only the|just the|säily\w*|säilyttä\w*|saavat? jäädä"
    r"|saa jäädä"
    r"|jäävät|behåll\w*|vara kvar|blir kvar)\b"
)
# Something else beside the yes.
AND_WISHES = re.compile(
    r"\b(?:and|plus|also) (?:then )?i (?:also )?(?:want|need|d like|would like)\b"
    r"|\b(?:plus|in addition|on top of that|while you (?:re|are) at it|lisäksi|samalla|dessutom"
    r"|på köpet|samtidigt)\b"
    r"|\b(?:och|å|samt|dessutom) (?:sen )?(?:jag|ja) (?:vill|behöver|önskar|ber)\b"
    r"|(?<=\w )ja jag (?:vill|behöver|önskar) (?:också|även|dessutom)\b"
    r"|\b(?:ja|sekä|lisäksi|samalla) (?:sitten |sit )?(?:haluan|haluun|haluisin|haluaisin|pyydän"
    r"|tahdon)\b(?! (?:toimitta|lähettä|tekemään|panemaan|aloitta))"
)
# Content with how things are: at an offer to change them, a no in friendly words.
AS_IT_IS = re.compile(
    r"\b(?:bra|ok|okej|fint|fine|good|okay|happy|content|hyvä|hyvin|tyytyväinen|nöjd"
    r"|(?:suits?|passar|sopii|kelpaa)(?: (?:me|mig|mej|oss|us|mulle|minulle|meille))?)"
    r" (?:precis |just |niin |siinä |with (?:it|things) )?"
    r"(?:som (?:det|nu|allt)\b|as (?:it|they|things)\b|the way (?:it|they|things)\b"
    r"|kuin (?:se |ne )?(?:nyt )?on\b|nykyisell\w+|ennallaan"
    r"|näin(?: ollen)?(?= [,?]|$)|så (?:här|där)(?= [,?]|$)|så(?= [,?]|$)|like this)"
    r"|\bnäin (?:on )?(?:hyvä|hyvin)\b"
    r"|\bon(?:kin)? (?:jo |siellä |teillä |kuitenkin )*oikein"
    r" (?:jo|siellä|teillä|sittenkin|kuitenkin)\b"
    r"|\b(?:is|s|was|are|were) (?:right|correct|fine) (?:already|after all|there|on yours?)\b"
    r"|\b(?:är|var|e) (?:(?:ju|visst) )?(?:rätt|riktigt|korrekt) (?:redan|där|ändå|trots allt)\b"
    r"|\b(?:är|var|e) (?:redan|visst|ju redan) (?:rätt|riktigt|korrekt)\b"
    r"|\b(?:leave|keep) (?:it|them|things|everything) (?:as|the way) (?:it|they|things)\b"
    r"|\b(?:saa|saavat|får|may|can) (?:\w+ ){0,4}?(?:tulla|jatkua|komma|fortsätta|come|continue)\b"
    r"|\bkeep (?:\w+ )?coming\b"
)
# What is done already needs no request.
DONE_ALREADY = re.compile(
    r"\b(?:(?:hoitaa|hoiti|hoidin|korjasin|tein|poistin|hoidan) (?:sen |ne |sitä |itse |ite )*jo"
    r"|already (?:\w+ )?(?:done|fixed|sorted|handled|deleted|corrected|dealt with)"
    r"|(?:handles|sorts|fixes|handling|sorting|fixing|doing) (?:it|that|this) (?:already|myself"
    r"|himself|herself|ourselves)|redan (?:\w+ )?(?:gjort|gjord|gjorda|fixat|skött|ordnat|klart)"
    r"|(?:sköter|ordnar|fixar|gör) (?:det|den|saken) (?:redan|själv|själva))\b"
)
BESIDE_A_YES = (DONE_ALREADY, DOUBT, NOT_YET, LEAVES, KEEPS, AND_WISHES)

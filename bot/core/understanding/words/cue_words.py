"""Words that signal a meaning in the middle of a request, in all three languages.

Separated by commas; `*` stands for any ending. Spoken and regional forms are among them, because
that is how people type.
"""

from __future__ import annotations

from collections.abc import Mapping

from bot.core.catalog import Language
from bot.core.understanding.words.matter_words import MATTER_WORDS
from bot.core.understanding.words.yes_words import YES_WORDS

# Words that show something in one language and are everyday words of another.
HOMOGRAPHS: Mapping[Language, frozenset[str]] = {
    Language.FI: frozenset("no ja jo sen ne it så sure men so on me he is tar ta hur vi".split()),
    Language.EN: frozenset(
        "it e en ne et men fast sen far om ska var till son kan har int".split()
    ),
    Language.SV: frozenset("en no e et on ta so an is son vain ett me he sa".split()),
}

_ANSWER_WORDS: Mapping[str, str] = {
    "no": """
        ei, eii, en, e, emme, eivät, älä, älkää, älkö*, elä, elkää, eikä, enkä, eihän, eipä,
        emmie, emmä, emmää, emmiä, enmä, enpä, et, ette, ei kiitos, ei ole, eiku, eikun, eiks,
        ain t, no, nope, nah, naw, not, never, dont, don t, cannot, can t, cant, won t, wont,
        doesn t, didn t, isn t, aren t, haven t, hasn t, wasn t, without, none, nothing,
        neither, nor, nae, no way, no thanks, negative, dinnae, wouldn t, shouldn t, nobody,
        didnt, doesnt, nej, nä, nää, nääh, näe, nje, njae, ne, näj, inte, int, it, ej, icke,
        aldrig, ingen, inget, inga, ingenting, nix, näpp, emmoo
    """,
    "condition": """
        mutta, mut, vaan, paitsi, kunhan, kuha, kuhan, jos, mikäli, ellei, ellette, vain, vaa,
        pelkästään, ainoastaan, lukuun ottamatta, sillä ehdolla, ehdolla, edellyttäen,
        varauksella, poislukien, pois lukien, siltä osin, kuitenkin, ilman että, rajat*, sillä
        varauksella, ettei, säily*, jättä*, jätä, jätetään, jiäp*, saa jäädä, saavat jäädä, saa
        tulla, saavat tulla, jää, jäävät, muuten, but, except, unless, if, only, just the, as
        long as, so long as, provided, providing, however, apart from, other than, with the
        exception, exception, on condition, on the condition, excluding, keep, leave, although,
        though, though not, restricted to, limited to, can stay, must stay, may stay, still, not
        the, nothing else, no touch, rest stays, nobody touches, men, fast, fastän, utom,
        förutom, bara, om, så länge, under förutsättning, endast, förutsatt, undantag, dock,
        bortsett, enbart, behåll, får vara kvar, ska vara kvar, ska finnas kvar, vara kvar,
        måste vara, rör inte, ändå, med undantag, däremot, lämna
    """,
    "later": """
        myöhemmin, myöhemp*, huomenna, huomiseen, kohta, hetki, hetken, hetkinen, hetkonen,
        odota, odottakaa, palaan, palataan, illalla, ensi viikolla, jatkan, jatkamme, jatketaan
        myöhemmin, tauko, en ehdi, ei ehdi, en jaksa, kiire, töiden jälkeen, viikonloppuna,
        joskus toiste, toinen kerta, toisen kerran, myöhäs*, ei nyt, en nyt, menen nyt, pitää
        mennä, pakko mennä, mä lähen, harkitsen, mietin, mietitään, kysyn ensin, täytyy kysyä,
        aamulla, palaa asiaan, tallenna, myöhem, later, l8r, tomorrow, tmrw, tmr, not now, not
        today, wait, moment, hang on, hold on, haud on, in a bit, back to this, come back,
        continue, tonight, busy, next week, another time, some other time, brb, break, pause,
        postpone, think about it, sleep on, first check, check with, ask my, talk to my, talk it
        over, have to go, gotta go, got to go, give me a, gie me a, park it, when i m home,
        after work, no time, after lunch, monday, save this, this evening, let me check, let me
        ask, let me think, need to ask, get back to you, senare, sen, i morgon, imorgon,
        imorron, vänta, väntä, ögonblick, återkommer, återkomma, fortsätter, en annan dag, annan
        gång, ikväll, i kväll, int nu, inte nu, paus, hinner inte, hinner int, orkar inte, orkar
        int, nästa vecka, ta det sen, måste gå, måste kolla, fundera, tänka på saken, sova på,
        bråttom, pausa, strax, efter jobbet, inte idag, int idag, på lunch, måste fråga, int
        mera idag
    """,
    "stop": """
        lopeta, lopetan, lopetetaan, lopettakaa, keskeyt*, peru, perun, perutaan, peruuta,
        peruutan, peruutetaan, peruuttakaa, peruutus, perukaa, anna olla, antaa olla, unohda,
        unohdetaan, jätetään, jätä, sikseen, luovun, luovutaan, ei sittenkään, en sittenkään,
        sittenkään, seis, poistu, riittää, olkoon, en jatka, en viitsi, stop, stopp, cancel,
        abort, quit, exit, forget it, forget about, never mind, nevermind, leave it, drop it,
        drop this, scrap, abandon, give up, i m out, enough, call it off, let it be, bin it,
        changed my mind, change of heart, not going to, don t want to, can t be bothered, can t
        be doing, dont want, want out, end this, had enough, let s not, interrupt, get me out,
        discard, no send, do not send, don t send, sluta, slutar, avbryt, avbryter, avbryta,
        stoppa, glöm, strunt, strunta, låt bli, skit i, skita i, skiter i, lägg ner, lägger ner,
        avstår, avstå, lämna det, det räcker, nog nu, va nog, hoppar av, ger upp, int nå mer,
        blir inget, blir ingenting, låt vara, låt det vara, avsluta, spola, lägga ner, glömmer
        vi, glöm det, unohdetaan koko, drop the whole, forget all, pärjään näin, pärjään
        näinkin, pärjään ilman, pärjäämme näin, en tarvitse, ei maksa vaivaa, tulin toisiin
        ajatuksiin, toisiin ajatuksiin, toisiin aatoksiin, kieltäydyn, hylätään, hylkään, en
        tahdo, hard pass, i ll pass, gonna pass, i pass, i m good, im good, i m alright, im
        alright, i m fine thanks, i m grand, you re grand, second thoughts, changed my tune, too
        much bother, not worth, more trouble than, i decline, decline, i m against, i ll manage,
        as it is thanks, klarar mig, klara mig, klarar oss, tackar nej, avböjer, avslår, inte
        värt, int värt, på andra tankar, kommit på andra tankar, ändrat mig, håller nuvarande
    """,
    "withdraw": """
        perun, peru pyyntö*, peruuta pyyntö*, peruuta, peruutan, peruutetaan, perutaan, peru,
        vedän, vetää, vedetään, takaisin, takas, takasin, en halua enää, en haluakaan, en
        tarvitse enää, en tarvi enä*, ei tarvitse enää, ei tarvi enää, ei tarvitsekaan, ei
        tarviikaan, muutin mieleni, muutin mieltä*, tulin toisiin aatoksiin, tulin katumapäälle,
        kadun, unohtakaa, unohda, raukeaa, rauetkoon, lopettakaa käsittely, asia saa olla, ei
        enää tarpeen, antaa olla, saa jäädä, sittenkin pitää, älkää poistako, elkee poistako, ei
        poisteta, jätetään, withdraw*, take it back, take that back, takes it back, take back,
        changed my mind, change my mind, change of heart, retract*, no longer want, no longer
        need, no longer wish, don t need it anymore, scrap, call it off, cancel*, revoke*, pull
        the, pull my, forget the, forget my, drop the, drop my, drop it, i d like to keep, let
        it be, leave it as it is, dont delete, do not delete, don t delete, close my request,
        close the request, matter as closed, void, disregard, nevermind, never mind, stand down,
        tar tillbaka, ta tillbaka, dra tillbaka, drar tillbaka, återkall*, återta*, ångra*,
        ändrat mig, ändra mig, behövs inte, behövs int, behöver inte, int mera, glöm hela, glöm
        alltihop, stryk, makulera, avsluta ärendet, lägg ner, skita i det, låt bli, inte
        aktuellt, inte längre aktuell*, vill inte längre, vill ha kvar, dra tillbaks, ta
        tillbaks, drar tillbaks, tar tillbaks
    """,
    "question": """
        miksi, miks, mikä, mitä, mitäs, mitkä, miten, mite, mihin, mihinkä, minne, missä, mistä,
        millä, millainen, minkä, minkälai*, kuka, ketkä, kenen, kenelle, keneltä, kuinka,
        milloin, koska tulee, voiko, voinko, voinks, voiks, voisiko, voisinko, voitteko, onko,
        onks, oliko, saako, saaks, saanko, pitääkö, pitääks, tarvitseeko, tarviiko, täytyykö,
        kannattaako, tuleeko, tuleeks, meneekö, käykö, onnistuuko, riittääkö, maksaako,
        häviääkö, häviiköö, näkyykö, näettekö, poistuuko, koskeeko, kumpi, kumman, kummanko,
        kuuluuko, joudunko, tiedättekö, osaatteko, lähteekö, kestääkö, katoaako, jääkö,
        käytetäänkö, myyttekö, tallennatteko, säilyykö, haittaako, entä, entäs, muka, why, what,
        whats, what s, who, whose, how, when, where, which, can i, can you, could i, could it,
        do i, do you, does, did, will, would it, would that, is it, is this, is that, is there,
        are you, are there, am i, must i, must it, should i, shall i, may i, have i, has it,
        what if, how come, how long, wot, whit, whos, is my, what happens, wondering, varför,
        varf, vad, va menas, vem, vems, hur, hu, hurdan, när, var finns, vart, vilken, vilket,
        vilka, måste det, måste jag, måst ja, kan jag, kan ja, kan ni, kan man, får jag, får ja,
        får man, får det, är det, e det, e de, är ni, går det, går he, ska jag, ska ja, behöver
        jag, behövs det, räknas, duger, gäller det, gäller he, kommer det, finns det,
        försvinner, har ni, undrar, kostar
    """,
    "skip": """
        ohita, ohitan, ohitetaan, seuraava, seuraavaan, hyppää, skippaa, skippi, ei mitään, ei
        mittää*, ei muuta, ei lisättävää, en lisää, ei lisää, ei muita, ei ole muuta, siinä
        kaikki, siinä se, ei erityistä, en tiedä, emt, ei väliä, sama se, ei tarkennettavaa, en
        osaa sanoa, ei kommenttia, en tarkenna, sanoin jo, ei tule mieleen, en kerro, en halua
        kertoa, en vastaa, tyhjä, tyhjäksi, jätän tyhjäksi, ei kuulu, en sano, en anna, ei
        täsmennettävää, emmie ossaa, skip, skipping, next, pass, nothing, nothing else, nothing
        more, none, no more, that s all, that s it, thats it, that s the lot, no details, no
        idea, dunno, don t know, not sure, n a, na, no comment, whatever, doesn t matter, blank,
        leave blank, leave it blank, empty, nowt, nothing to add, prefer not, rather not, none
        of your business, not telling, won t say, jump this, move on, no preference, nope
        nothing, can t think of, hoppa, hoppar, hoppa över, skippa, skipp, nästa, inget, inget
        särskilt, ingenting, inget mer, inget annat, inget att tillägga, att tillägga, det är
        allt, det var allt, de va allt, vet inte, vet int, ingen aning, spelar ingen roll,
        kvittar, lämna tomt, tomt, säger inte, vill inte säga, vill int säga, inget speciellt,
        int nå, inga detaljer, passar, inga önskemål, angår er inte, hur som helst, mennään
        eteenpäin, eteenpäin vaan, jätän sen, jätetään auki, jätetään se auki, harkintaan,
        harkintanne, päättäkää te, en osaa, en nyt osaa, emmä tiä, ei oo mitään, ei ole mitään,
        up to you, your judgement, your judgment, your discretion, leave that, leave it open,
        leave that open, move along, carry on without, go on without, you decide, whatever you
        have, whatever ye have, whatever you ve got, couldn t say, can t say, don t remember,
        överlåter, åt er, lämna det öppet, lämna öppet, lämnar det öppet, gå vidare, går vidare,
        vidare bara, det räcker, räcker så, bestäm ni, ni får avgöra, minns inte, kan inte säga,
        it is all, is all, only this, ei muu, mulla muuta, minulla muuta, inget mera, inte mera,
        int mera, ei oo muuta, en jaksa kirjoittaa, en jaksa kirjottaa, mennään yli, hypätään,
        hyppään, hypitään, ohi vaan, tämä jää, jää täyttämättä, jääköön tyhjäksi, ihan sama,
        aivan sama, ihan mitä vaan, mitä vaan, mitä tahansa, kattokaa itte, katsokaa itse, päätä
        sä, päätä sinä, ei muuta kommenttia, ei lisättävää ole, ei mitään erityistä, nothing
        further, nothing particular, nothing in particular, no further, no particular, not
        particularly, not really, haven t a notion, haven t a clue, no clue, not a clue, haven t
        a scooby, next thing, carry on, go on, move along please, i m not fussy, not fussed, not
        bothered, idm, idc, doesn t matter to me, don t mind which, any of it, any you like,
        anything really, whatever is there, no preference really, ingenting särskilt, ingenting
        speciellt, inget mer att, inte direkt, int direkt, inte precis, kommer inte på, kommer
        int på, spelar ingen, det kvittar, det spelar ingen, strunt samma, vad som helst, vilket
        som helst, valfritt, fritt val, nästa fråga, nästa punkt, till nästa, över den punkten,
        vi tar nästa, orkar int skriva, orkar inte skriva, inga kommentarer, ingen kommentar, no
        comments
    """,
    "anonymous": """
        anonyymi*, nimettöm*, nimettä, en kerro nimeä*, en anna nimeä*, nimeni ei kuulu, ilman
        nimeä, anonymous*, without a name, not giving my name, no name, rather not give, prefer
        not to, my name is private, keep my name, anonym*, utan namn, uppger inte, säger inte
        mitt namn, vill vara anonym
    """,
    "no_mail": """
        ilman, ilmankin, kirjeitse, without, no mail, letters, utan, ingen mejl då, full,
        täynnä, ei ole sähköposti*, ei oo sähköposti*, ei oo meiliä, ei ole meiliä, ei meiliä,
        ei mail, ei sähköpostia, ei mulla oo, ei minulla ole, ei miulla, en omista, en käytä, en
        käytä sähköposti*, ei ole eikä tule, ei moista ole, ei sellaista, ei semmoista, ei
        semmosta, paperiposti*, postitse, ilman sähköpostia, tietokonetta, vain puhelin, vain
        whatsapp, pelkkä puhelin, kirjeenä, no email, no e mail, no address, don t have one, don
        t have an, don t have email, don t do email, do not have, haven t got, have not got,
        haven t one, never had, dont have, don t use, do not use, do not possess, no computer,
        not on email, no inbox, by post, by letter, paper letters, only phone, only have a
        phone, off the grid, without email, none, letter post, snail mail, ingen e post, ingen
        epost, ingen mejl, ingen mail, inget mejl, inget mail, ingen sådan, har inte, har int,
        har ingen, har inget, har it, ha int, ha it, använder inte, använder int, anvend it,
        skaffat, saknar, utan e post, per brev, brevledes, vanlig post, bara telefon, ingen
        dator, pappersbrev, äger ingen, no har int, har aldrig haft, lankapuhelin, kirjekuori*,
        kirjoituskone, puhelin vain, vaan puhelin, vaan lankapuhelin, meili meni, ei enää ole,
        en ole koskaan, ei koskaan ollut, ei koskaan ollu, poistettiin, suljettu, postilaatikko,
        postiluukku, only post, only letters, just letters, only the telephone, only the phone,
        just the phone, landline, parted ways, only snap, only whatsapp, don t own, do not own,
        never owned, never needed, no such thing, no such contraption, shut it, closed it,
        typewriter, aldri haft, har aldri, aldrig haft, aldrig ägt, fast telefon, fasta
        telefonen, bara telefonen, endast telefon, bara post, bara brev, skrivmaskin
    """,
    "wrong": """
        väärin, väärä, väärät, väärää, väärän, vääräs*, virhe, virheellinen, virheel*, ei ole
        oikein, ei pidä paikkaansa, pitäisi olla, pitää olla, pittäis olla, kuuluu olla,
        kuuluisi, puuttuu, puuttuvat, unohtui, kirjoitusvirhe, typo, lyöntivirhe, ei täsmää,
        ennemmin, mieluummin, wrong, incorrect, mistake, misspelt, misspelled, error, should be,
        should say, should read, ought to be, supposed to be, missing, left out, missed, not
        right, not correct, isn t right, isn t correct, instead of, rather than, oops, ops,
        spelt, spelled, nearly, almost, swapped, fel, felaktig*, felstav*, fela, skall vara, ska
        vara, ska va, skall stå, ska stå, sku va, borde vara, borde stå, saknas, fattas, tappat,
        stavas, stavat, stavning*, misstag, stavfel, skrivfel, i stället för, istället för, inte
        rätt, int rätt, oj
    """,
    "change": """
        muuta, muuttakaa, muutetaan, muutan, muutos, korjaa, korjataan, korjatkaa, korjaus,
        vaihda, vaihdetaan, vaihtakaa, vaihtaisin, päivitä, lisää, lisätään, lisätkää, ota pois,
        poista se kohta, kirjota, kirjoita uudestaan, alusta, muokkaa, tarkenna, tarkennan,
        täydennä, change, amend, edit, fix, update, alter, modify, correct the, correct my,
        replace, switch, add, put, make that, make it say, redo, start over, revise, adjust,
        rewrite, swap, remove the, take out, also include, ändra, ändras, ändring, rätta,
        rättas, byt, byta, byter, justera, uppdatera, korrigera, lägg till, tillägg, ersätt,
        redigera, skriv om, sätt, plocka bort, stryk
    """,
    "field_name": """
        nimi, nimeni, nimen, nimeä, nimessä, sukunimi*, etunimi*, nimek*, name, surname, namn,
        namnet, namne, efternamn*, förnamn*, lastname, firstname
    """,
    "field_mail": """
        sähköposti*, meili*, osoite, osotte*, osoitt*, osoitetta, s posti, sposti*, email*, e
        mail, mail, mailbox, inbox, address, e post, epost*, mejl, mejle*, mejla*, mail*,
        adress*, majl*
    """,
    "about_me": """
        olen, oon, nimeni on, nimeni, nimi on, kutsutaan, i m, im, i am, my name is, my names,
        name s, call me, called, this is, it s, jag heter, ja heter, heter, mitt namn, mett
        namn, jag är, kallas, är namnet
    """,
    "thanks": """
        kiitos, kiitoksia, kiitti, kiitän, kiit, kiitoss*, kiitollinen, kiitosta, tänks, tattis,
        tack, takk, tackar, tacksam, thanks, thank you, thankyou, thx, ty, tks, tnx, ta, cheers,
        much appreciated, appreciate*, grateful, obliged, bless you, obrigad*, gracias, merci,
        danke, spasibo, aitäh, uppskattar, snällt, snälla ni, hyvin hoidettu, hienoa, hyvä
        homma, hienosti, well done, good job, great job, nice one, lovely job, brilliant, you re
        the best, bra jobbat, väl skött, schysst, toppen, marvellous, siunausta, hyvää jatkoa,
        trevlig helg, ha det bra, hyvää viikonloppua, nice weekend, all the best
    """,
    "greeting": """
        hei, heippa, moi, moikka, moro, terve, tere, päivää, hyvää päivää, huomenta, hyvää
        huomenta, iltaa, hyvää iltaa, haloo, tervehdys, morjens, mool, salaam, salam, hello, hi,
        hiya, hey, good morning, good afternoon, good evening, good day, morning, greetings,
        howdy, dear sir, anyone there, anybody there, g day, yo, sup, hej, hejsan, tjena,
        tjenare, hallå, hallåå, god dag, goddag, god morgon, godmorgon, god kväll, god afton,
        morsning, morrn, tja, tjo, någon där, nån där, nån hemma, privet, hola, bonjour
    """,
    "newly": """
        samalla, lisäksi, vielä, myös, sen jälkeen, senjälkeen, sitten, sit, ja kun, rinnalle,
        heti perään, also, as well, too, while you re at it, while you are at it, after that,
        afterwards, then, additionally, in addition, in parallel, at the same time, on top, och
        sen, sedan, också, dessutom, samtidigt, även, på köpet, på samma gång, därefter, ännu,
        därtill
    """,
    "rather": """
        vaan, sen sijaan, mieluummin, ennemmin, itse asiassa, oikeastaan, ei vaan, enkä, ennen
        kuin, ensin, instead, rather, actually, better, second thoughts, on second thought, only
        want, just want, not that but, what i meant, i meant, hellre, i stället, istället,
        egentligen, snarare, utan, vill bara, jag menade, räcker att
    """,
    "same": """
        sama kuin, samat, sama osoite, se sama, sama ku, sama vanha, kuten edellä, kuten
        viimeksi, jo annoin, jo laitoin, äsken, teillä on jo, entinen, ennallaan, niinku
        viimeks, same as, same one, the same, same again, as before, already gave, already told,
        already have it, you have it, you ve got it, on file, earlier, use the last, samma som,
        samma, den förra, förra gången, samma igen, redan skrivit, redan gett, har ni redan, ni
        har den, som sist, som tidigare, den skrev jag, edelleen sama, yhä sama, yhä vaan, aina
        sama, samas, samassa, samaan, samaa, siin jo, siellä jo, teillä jo, teil jo, tiedossa
        jo, kirjoitin jo, kirjotin jo, kerroin jo, mainitsin jo, laitoin sen, edellinen,
        edellisen, entiseen, sama mihin, sama mistä, sama jonka, mistä viimeks, josta viimeksi,
        the one from, the one you, you ve already, you already have, you have already, you know
        it, you know already, already know, already got, had it already, had it off me, got it
        already, last time, from before, like before, same chap, same place, same address, same
        email, same mail, same name, unchanged, as noted, as stated, as given, as above, see
        above, above, yesterday, redan mitt, har mitt namn, har min adress, har redan, ni vet
        den, ni vet det, vet ni redan, dit ni skickade, den adress som, den jag gav, den jag
        hade, som vanligt, som förut, som förr, förra svängen, förra lappen, i somras, samma
        adress, samma namn, samma mejl, oförändrad, oförändrat, enligt ovan, ovan
    """,
    "unclear": """
        hmm, hm, mm, öö, ööhm, öhm, aa, jaa a, häh, täh, mitä, anteeksi, en ymmärrä, en
        ymmärtänyt, en ymmär*, en mä ymmärrä, en kuule, en saanut selvää, en tajua, en tajunnu*,
        emt, en tiedä, en minä tiiä, ehkä, jaa, no joo, niin kai, aha, ahaa, joo ei, hahaha,
        haha, lol, heh, what, huh, eh, pardon, sorry, don t understand, do not understand, don t
        get it, not understand, confused, maybe, perhaps, not sure, i guess, whatever, lost me,
        come again, you what, dunno, idk, test, asdf*, say again, what do you mean, who knows,
        va, vasa, va sa, förstår inte, förstår int, fattar inte, fattar int, fatta int, hänger
        inte med, kanske, vet inte, vet int, jaha, jaså, jasså, tja, öh, nja, njaa, ursäkta,
        förlåt, okeiii, mhm, typ
    """,
}
CUE_WORDS: Mapping[str, str] = {**YES_WORDS, **_ANSWER_WORDS, **MATTER_WORDS}

"""Cue words for the matters that come up during a request; see `cue_words`."""

from __future__ import annotations

from collections.abc import Mapping

MATTER_WORDS: Mapping[str, str] = {
    "code_word": """
        koodi*, kood*, vahvistuskood*, tunnusluku*, numerosarja, code, codes, digits, pin, kod,
        koden, koder, kåden, koda, kodn, bekräftelsekod*, siffr*
    """,
    "not_come": """
        ei ole tullut, ei oo tullu*, ei tullu*, ei tule, ei tuli, ei tuu, ei näy, ei näkynyt, en
        saanut, en saa, en ole saanut, en oo saanu, en löydä, ei löydy, ei saapunut, ei ole
        saapunut, ei mitään tullut, ei kuulu, odotan, odottanut, odottelen, tyhjä, ei koodia,
        missä koodi, roskaposti*, spämmi*, jäi tulematta, missä se, ei vieläkään, not come, hasn
        t come, not arrived, hasn t arrived, didn t arrive, did not arrive, didn t get,
        did not get, haven t
        got, have not got, haven t received, have not received, didn t receive, didnt receive,
        didnt get, not received, never came, never got, never arrived, no code, no mail, no
        email, no letter, nothing came, nothing yet, nothing in, nothing has, nothing arrived,
        still nothing, still waiting, waiting for, where is the code, wheres the code, where s
        the code, where is it, dont receive, don t receive, not receiving, not see, can t find,
        cannot find, can t see, junk, spam, trash, no sign, no show, empty, hasnt come, hasnt
        arrived, not there, nowt, inte kommit, int kommi*, har inte kommit, kommer inte, kommer
        ingen, kom inte, kom int, kom aldrig, inget kom, inget har kommit, fick inte, fick int,
        fick ingen, fick inget, fick aldrig, har inte fått, int fått, it fått, inte fått, ingen
        kod, inget mejl, inget mail, hittar inte, hittar int, hittar inge, hittar ingen, syns
        inte, inte dykt upp, dyker inte upp, skräppost*, inkorgen, väntar, tomt, tom, gått
        vilse, finns ingen, var är koden, ännu inget
    """,
    "again": """
        uusi koodi, uuden koodin, uutta koodia, uudelleen, uudestaan, uusiks, uusi, lähetä uusi,
        toinen koodi, toisen koodin, lähetä koodi, resend, re send, new code, another code,
        another one, send again, once more, again please, new one, send another, fresh one,
        fresh code, one more code, send me a new, try again, code again, ny kod, nytt, ny tack,
        skicka igen, en gång till, på nytt, skicka om, ny, färsk, en till, skicka en ny, ännu en
        kod, nya koden
    """,
    "expired": """
        vanhen*, vanhentu*, vanhentunut, vanheta, umpeutu*, kuollut, aika loppui, aika meni, ei
        kelpaa, ei kelvannut, ei enää voimassa, ei voimassa, voimassa, ehtinyt, en ehtinyt, ei
        ehtiny*, vanha koodi, myöhässä, meni ohi, ei toimi enää, ei enää toimi, ei käy,
        erääntyn*, expired, expire, expires, timed out, timer, timeout, time out, too late, out
        of time, no longer valid, not valid, invalid, isn t valid, ran out, run out, out of
        date, gone off, too old, stale, dead, lapsed, old code, minutes passed, 15 minutes,
        fifteen minutes, quarter of an hour, too slow, not in time, gått ut, gick ut, löpt ut,
        gäller inte längre, gäller inte, gäller int, inte längre, för gammal, för sent, hann
        inte, hann int, utgången, utgått, ogiltig, förfallen, tiden, fungerar inte längre,
        funkar inte längre, funkar int mera, går inte igenom, inte giltig, tar den int, 15 min,
        15 minuter, kvart
    """,
    "elsewhere": """
        väärä osoite, väärään osoitteeseen, väärä sähköposti*, väärä meili*, vanha osoite,
        vanhaan osoitteeseen, toiseen osoitteeseen, toinen osoite, en pääse, ei pääse,
        salasana*, lukittu, jumissa, työposti*, ei käytössä, väärin osoitte*, korjaa osoite,
        vaihda osoite, kirjoitin väärin, meni väärään, eri osoite, eri osoittee*, tunnukset,
        wrong address, wrong email, wrong mail, wrong e mail, wrong inbox, old address, old
        email, different address, other address, another address, can t access, cannot access,
        can t get into, cannot get into, no access, can t open, locked out, lost access,
        password, mistyped, misspelled, typed it wrong, typed the wrong, correct the address,
        change the address, shared inbox, work mail, work inbox, goes to, went to, not my
        address, old account, no longer use, fel adress, fel mejl*, fel mail*, fel e post, gamla
        adressen, gammal adress, annan adress, andra adressen, kommer inte in, kommer int in,
        kommer int på, lösenord*, låst, jobbmejl*, jobbadress*, rätta adressen, byt adress, byt
        till, ändra adress*, skrev fel, stavade fel, ur bruk, stängde ner, fel låda, gick till,
        har inte åtkomst
    """,
    "human": """
        ihminen, ihmisen, ihmistä, ihmiselle, ihmisiä, elävä*, asiakaspalvelu*,
        asiakaspalvelija*, työntekijä*, henkilö, henkilön, henkilöön, virkailija*, käsittelijä*,
        päällikkö, pomo, esimies, johtaja*, toimitusjohtaja*, soittakaa minulle, soita mulle,
        voiko soittaa, puhua jonkun, keskustella, puhelinnumero teille, tietosuojavastaav*, joku
        joka, jonkun kanssa, puhelinaika, puhelinpalvelu*, human, person, somebody, someone,
        real person, a person, agent, representative, customer service, operator, manager, boss,
        supervisor, speak to, speak with, talk to, call me, phone me, ring me, live chat, dpo,
        data protection officer, colleague, a pulse, not a machine, not a bot, talk with,
        människa, människo*, mänska, mänsk*, personal, handläggare*, kundtjänst, kundservice,
        medarbetare, chef, chefen, vd, ring mig, ring mej, ringa upp, prata med, prat me, tala
        med, dataskyddsombud*, dataskyddsansvarig, någon som, nån levande, levande, folk, koppla
        mig, robot, maskin
    """,
    "speech": """
        suomeksi, suomea, suomi, ruotsiksi, ruotsia, englanniksi, englantia, kielellä, kieli,
        kieltä, vironkieli, venäjäksi, saksaksi, arabiaksi, somaliksi, eesti, keeles, keelt,
        selkosuome*, in finnish, in swedish, in english, finnish, swedish, english, german,
        deutsch, estonian, russian, arabic, somali, polish, spanish, french, language, på
        svenska, på finska, på engelska, svenska, finska, engelska, språk, språket, bosniska,
        ruotsi, englanti, ukrainian, ukrainska, arabiska, tyska
    """,
    "breach": """
        väärälle, väärän henkilön, väärän ihmisen, väärän asiakkaan, toisen asiakkaan, toisen
        ihmisen, toisen henkilön, toisten, jonkun toisen, muiden asiakkaiden, vieraan, vieras,
        tietovuoto*, tietovuodo*, tietomurto*, dataintrång*, personuppgiftsincident*, vuoto,
        vuotan*, vuosi, paljast*, näkyy toisen, näkyivät, julkisesti, exälle,
        exmiehelle, naapurille, ulkopuoli*, kaikille, someone else s, somebody else s, another
        customer*, another person*, other customer*, other people s, other people, wrong
        person*, wrong recipient, stranger*, leak*, breach, exposed, disclosed, hacked, everyone
        can see, public, visible to, cc d, mixed up, not mine, isn t mine, någon annans, nån
        annans, en annan kund*, annan kunds, annans, andras, andra kunder*, främmande, fel
        person, fel mottagare, läck*, läckt, spridits, spridit, spreds, alla kunde se, öppet,
        obehörig*, hackad, samtliga mottagare, fel ställe
    """,
    "marketing": """
        markkinoin*, mainos*, mainont*, uutiskirje*, tarjou*, tarjouks*, suoramarkkin*,
        kampanja*, tekstari*, kuvasto*, katalogi*, viestejä, viestei, joulutervehd*,
        newsletter*, marketing, advert*, ads, promo*, offers, spam, unsubscribe, optout, opt
        out, mailing list, flyer*, catalogue*, catalog*, sales call*, discount*, texts,
        nyhetsbrev*, reklam*, erbjudande*, utskick*, marknadsför*, avprenumerer*, avregistrer*,
        kampanj*, katalog*, sändlista*, sms, sms en, rabatt*, avanmäl*, lopeta, textmeddeland*
    """,
    "erase": """
        poist*, hävittä*, hävitä, tuho*, unohta*, pois, delet*, eras*, remov*, wipe*, nuke*,
        purge, get rid, forget me, gone, bort, radera*, ta bort, tas bort, plocka bort, utplåna,
        makulera, förstör, gallra*, bort med
    """,
    "see": """
        nähdä, näyttä*, näytä, kopio*, tarkast*, katsoa, tulost*, tietopyyn*, mitä teillä on,
        mitä teil*, see, show me, copy, access, print out, what you have, what you hold,
        whatever you hold, a look, view, se va, se vad, kopia*, registerutdrag*,
        registerutskrift*, utdrag*, insyn, visa, skriva ut, skriv ut, vad ni har, få veta vad
    """,
    "correct_right": """
        korj*, oikais*, oikaisu*, päivit*, muut*, correct*, fix*, rectif*, update*, amend*,
        rätta*, rättelse*, korriger*, uppdater*, ändra*, parandate
    """,
    "transfer": """
        siirt*, siirr*, koneluet*, koneellis*, csv, json, toiselle toimittaja*, uudelle
        toimittaja*, transfer*, portab*, move my data, machine readable, export*, flytta*,
        flytt, överför*, dataportab*, maskinläs*, med mig
    """,
    "restrict": """
        rajoit*, rajat*, jäädyt*, lukit*, restrict*, freez*, lock*, on hold, begräns*, frys*,
        lås*, spärr*
    """,
    "object": """
        vastust*, kiellän, profiloi*, object*, oppose, profiling, stop using, invänd*, motsätt*,
        profiler*, sluta använda
    """,
    "dispute": """
        en hyväksy, ei ole poistettu, ei poistettu, ei korjattu, en usko, eri mieltä, valit*,
        valitan, kantelu*, kantelen, vaadin, väite, peruste*, perustelu*, kiistän, epää*,
        hylkä*, edelleen, vieläkin, yhä, väärin päätetty, tuli silti, puuttuu, ei ole kaikki,
        puutteelli*, ei pidä, oikaisuvaatimus*, uudelleen*, ei avaudu, ei toiminut, ei tää oo,
        keskeneräi*, disagree, dispute, not done, didn t do, did not do, incomplete, missing,
        not all, only half, still, unacceptable, complain*, complaint, appeal, lodge, not
        satisfied, not good enough, that s not, wrong decision, object to, contest, not true,
        but you, half of, corrupted, doesn t open, won t open, review, reconsider, reject*,
        refusal, not what i asked, came anyway, again, håller inte med, godtar inte, accepterar
        inte, inte nöjd, inte gjort, int gjort, int gjord, fortfarande, ändå, avslag*,
        överklag*, klaga*, bestrid*, ofullständig*, fattas, saknas, resten, stämmer inte,
        stämmer int, inte sant, fel beslut, duger inte, inte borttag*, omprövning, ompröva, går
        inte att öppna, bara hälften, kom ändå, igen
    """,
    "chase": """
        milloin, missä vaiheessa, missä mennään, tilanne, tilane, tila, tilasta, miten menee,
        kuinka edistyy, edistyy, etenee, etenemi*, joko, onks tää jo, valmis, valmista, kestää,
        kauan, viikko, viikkoa, odott*, odotan, muistut*, kuuluu, kuulunut, määräaika,
        vastausta, mitään kuulunut, unohditteko, no, hoitakaa, vauhtia, eikä mitään, joulukin,
        any news, any update, any updates, update, status, progress, how long, how s it going,
        when, reminder, remind*, still waiting, waiting, weeks, week, days, deadline, hurry, any
        joy, taking so long, heard nothing, heard back, no answer, no reply, no response,
        chasing, follow up, following up, eta, overdue, forgotten, where are we, month, hur går
        det, hur ligger, läget, statusen, när, påminn*, väntar, väntat, dröjer, dröja, veckor,
        vecka, hört något, inget hört, int hört, tidsfrist, nån eta, framsteg, uppdatering,
        klart, på gång, händer det, besked, avvaktar, hallå, hallåå, glömt, sega, månad, lång
        tid, så länge
    """,
    "adding": """
        lisäksi, lisätieto*, lisäys, täydenn*, unohdin, unohtui, unohin, muistin, muistui, vielä
        yksi, vielä tämä, tiedoksi, tarkenn*, liitteenä, toimitan, voin toimittaa, lisätkää,
        ottakaa huomioon, huomioikaa, niin ja, ai niin, mieleen, also, forgot, i forgot, forgot
        to, add, additional, addition, one more thing, another thing, by the way, btw, fyi, for
        your information, please include, include, also count, please note, attached, ps, i
        meant to say, further to, to clarify, remembered, just remembered, extra, glömde, glömt,
        tillägg*, tillägga, lägg till, dessutom, även, också, för kännedom, förtydlig*, till
        saken, en sak till, notera, bifogar, kom på, kom att tänka, tillika, komplettera*,
        kompletter*, ännu, till utredningen
    """,
    "behalf": """
        puolesta, valtuut*, valtakirj*, päämies*, päämiehe*, edunvalvo*, asiamie*, asianajaja*,
        on behalf, my client, power of attorney, i represent, executor, guardian, my late, my
        mother s, my father s, my son s, my daughter s, för min mors räkning, på uppdrag av,
        ombud, fullmakt, min klient, huvudman*, dödsbo*, å mina
    """,
}

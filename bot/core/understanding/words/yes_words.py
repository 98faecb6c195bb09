"""Cue words for agreeing, having something sent, or finding that all is right; see `cue_words`."""

from __future__ import annotations

from collections.abc import Mapping

YES_WORDS: Mapping[str, str] = {
    "yes": """
        kyllä, kyl, kylläpä, kyllävain, kyllä vain, joo, juu, jep, jees, jepjep, juuh, toki,
        totta kai, tottakai, totta, ilman muuta, sopii, sopiipi, käyhän se, käy kyllä, passaa,
        selvä, hyvä on, hyvä niin, antaa mennä, anna mennä, siitä vaan, siitä vain, tehdään
        niin, tehdään, tehhään, tehhää, tehkää niin, tee niin, tee se, tehkää se, tee vaan,
        tehkää, pankaa, pannaan, laita vaan, laittakaa, laita, olkaa hyvä ja, ole hyvä ja,
        suostun, hyväksyn, vahvistan, ehdottomasti, mielellään, mielelläni, niin, okei, juups,
        jooh, jes, aivan, jatka, jatketaan, jatkakaa, yes, yeah, yep, yup, ya, yah, yeh, yea,
        yess, yas, sure, aye, absolutely, certainly, of course, go ahead, please do, do it, do
        so, do please, affirmative, by all means, gladly, fine, agreed, agree, i agree, go for
        it, ok, okay, okey, k, kk, okej, proceed, definitely, carry on, make it so, i do, that s
        what i want, be my guest, why not, i would, indeed, please, pls, plz, yes please, let s
        do, i confirm, confirm, confirmed, go on, right you are, sounds good, works for me, that
        works, ye, oui, si, da, jah, tak, ja, jaa, jo, jå, jaja, jajaja, japp, jepp, jodå, joda,
        jadå, gärna, absolut, visst, javisst, jovisst, självklart, såklart, givetvis,
        naturligtvis, kör, kör på, kör igång, gör det, gör så, gör ni, gå vidare, det går bra,
        går bra, jajamän, jajamen*, jajamensan, för all del, var så god, varsågod, verkställ,
        godkänn*, jag godkänner, bekräftar, bekräftas, överens, precis, just det, okejdå, nåja,
        tumme upp, sätt igång, ordna det, det får ni, joo det, int mig emot, det vore, klart,
        tuta och kör, fortsätt, ta bara, joo joo, jepulis, jeps, joh, jooh o, jo vain, jovain,
        juuri näin, just näin, just sitä, juuri sitä, täsmälleen, todellakin, tottahan, tottahan
        toki, hyväksy*, hyvaksyn, kannatetaan, kannatan, sovittu, sovitaan niin, sovitaan näin,
        olkoon menneeksi, anna palaa, antaa palaa, antakaa palaa, anna tulla, antaa tulla,
        antakaa tulla, anna men, antakaa mennä, mennään sillä, menoksi, hommiin, hommat
        käyntiin, vireille, aloita, aloittakaa, aloitetaan, aloittaa, avaa, avatkaa, avataan,
        käynnistä, käynnistäkää, käynnistetään, kirjaa, kirjatkaa, kirjataan, kirjaamaan,
        toteuta, toteuttakaa, toteutetaan, hoida, hoitakaa, hoidetaan, hoituu, toimikaa,
        toimikaa niin, toimitaan niin, menetellään, tee pyyntö, tehkää pyyntö, tehdä pyynnön,
        tehä se pyyntö, tee tee, tehe, tehe vain, tehkee, tehhään niin, tee pois, tehkää pois,
        tie pois, pane, panepa, pankaahan, pane vireille, pistä tulemaan, laita tulemaan,
        laitetaan, laittaa saa, laittakaa vaan, sen kun, senkun, senku, siitähän, sitähän, sitä
        varten, lupa on, saa luvan, saat luvan, saatte luvan, suostumukseni, on lupa, saa tehdä,
        saatte tehdä, saat tehdä, voi tehdä, voitte tehdä, voit tehdä, saa mennä, käy mulle,
        mulle käy, minulle käy, mulle sopii, minulle sopii, käypi, se käy, käyhän tuo, käyhän,
        mikäpä siinä, mikä ettei, mikäs siinä, ilolla, mielihyvin, jees box, oujee,
        sataprosenttisesti, satasella, okke, ookoo, oukei, ok ok, selevä, selvä juttu, selvä
        pyy, asia selvä, kyllähän, kyllähän se, lyödään lukkoon, lyyään lukkoon, lyyvään
        lukkoon, lukkoon, naulan kantaan, perfecto, hyvä juttu, hyvä idea, nii just, niin juuri,
        tarkoituskin, sitä haluan, sitä minä, kiitos kyllä, yessir, yes sir, yes ma am, yes
        maam, yh, yhh, yss, yse, yed, yesh, yis, yus, yaas, yass, yeah yeah, yea yea, ye ye,
        aight, alright, all right, alrighty, righto, righty ho, right so, okie, okie dokie, okey
        dokey, okeydokey, oki, okaay, kay, bet, you bet, for sure, fosho, fo sho, roger, roger
        that, ten four, copy that, got it, will do, granted, permission granted, you have my
        permission, my blessing, you may, you can do, with pleasure, happily, happy to, happy
        for you to, i accept, accept, accepts, accepted, i consent, my consent, seconded, i
        second, affirm, deal, it s a deal, done deal, count me in, i m in, one hundred percent,
        a hundred percent, hundred percent, 100, totally, obviously, naturally, get cracking,
        crack on, get on with it, get going, get started, let s go, make it happen, jú, joo
        vain, lets go, letsgo*, let us go, let s get, let it roll, let it come, let her rip, go
        for, go right ahead, knock yourself out, have at it, open it, open the request, start
        it, start the request, start that, make the request, make that request, make a request,
        log it, log the request, launch it, put it in, put the request in, raise it, begin,
        start, begin processing, suits me, works, that suits, that ll do nicely, sweet, sweet
        as, grand, that d be grand, sound, champion, ace, cool, nice, lovely, brilliant,
        marvellous, that s the whole point, that s the point, that s why, that is why, what i
        came for, what i want, what i m asking, that s what i, thats what i, i d like that, i
        would like that, i d love that, that would be great, that d be great, that would be
        good, would be good, would be great, grateful, be a dear, may as well, might as well,
        please go, true, amen, joråsåatt, jajjemen, jajemän, jess, jes box, yes box, jaja men,
        visst ja, visst visst, javisst ja, ja visst, så klart, klart det, förstås, förståss,
        självfallet, givet, givetvis ja, absolut ja, okej då, okejrå, okidoki, okej okej, låt
        gå, låt komma, låt det gå, låt det ske, kör hårt, kör bara, bara kör, att köra, kör nu,
        dra igång, dra iväg, starta, startas, starta begäran, påbörja, inled, inleda, öppna,
        öppnas, registrera, registreras, lägg in, lägg in begäran, gör begäran, gör en begäran,
        göra en begäran, gör en, sätt fart, sätt in den, till verket, skrid till verket, ni får
        lov, ni har mitt tillstånd, mitt tillstånd, mitt samtycke, samtycker, jag samtycker, jag
        accepterar, accepterar, accepteras, accepterat, tillstånd beviljat, beviljat, bevilja,
        understöds, biträder, med nöje, med glädje, varför inte, varför int, varför ej, inget
        emot, ingenting emot, det passar, passar bra, passar mig, passar oss, går an, låter bra,
        det låter bra, låter vettigt, låter rätt, hundra procent, alldeles säkert, säkert,
        exakt, exakt det, just så, just precis, det är det jag, därför jag, ju det jag, det jag
        vill, det är ju meningen, meningen, som beställt, då gör vi, gör vi så, gör vi he, vi
        gör så, uppfattat, uppfattat vidare, klubbat, klubba, avgjort, genast, bums, gärna det,
        mer än gärna, ja tack, jo tack, joo tack, jå tack, va så god, håller med, jag håller
        med, ok då, okej ja, what i just asked, what i asked, i just said, i said so, said so, i
        told you so, what i wrote, sen sanoin, niin sanoin, niin sanonut, juuri pyysin, sitä
        pyysin, sen pyysin, niin kirjoitin, luki jo, tuli sanottua, sa jag, jag sa, jag bad, bad
        om, bad ju om, skrev jag, stod ju, minä sen sanoin, mä sen sanoin, johan minä, johan mä,
        johan sanoin, passaisi, passais, passaa mulle, sopisi, sopis, sopii mulle, sopii
        minulle, kävisi, kävis, kelpaisi, kelpais, menköön, menkööt, menköö, mänköön, mänköö,
        pankee, mänemään, männä vuan, anna männä, antaa männä, tehhä, mikä jottei, mikä jotta,
        mikäs siin, mikäs ettei, miksikä ei, toimeksi, pois vaan, poistoon vaan, vihreä valo,
        vihreetä valoa, vihreää valoa, peukku, peukut, peukkua, peukku ylös, edetkää, edetään,
        etene, kuulostaa hyvältä, kuulostaa hyvälle, kuulostaa järkevältä, kuulostaa sopivalta,
        tietysti, tietenkin, tietty, luonnollisesti, totta hitossa, totta mooses, todellaki,
        ruvetaan, ryhdytään, ryhtykää, ryhdy, jatkoon, nyt heti, saman tien, samantien, mitä
        pikemmin sen parempi, mitä pikimmin sen parempi, mitä nopeammin sen parempi, aivan niin,
        ihan niin, juuri sitä tarkoitin, sitähän minä, sitähän mä, sitä tarkoitin, sitä
        tarkotin, sitä tulin, sitä hain, enemmän kuin mielelläni, enemmän kuin mielellään,
        hyvillä mielin, tulkoon tehdyksi, tapahtukoon, olkoon niin, mulle passaa, minulle
        passaa, meille passaa, meille sopii, meille käy, lupa annettu, saa luvan mennä, siunaan,
        siunaukseni, annan luvan, luvan annan, luvan saatte, luvan saa, lyö lukkoon, lyökää
        lukkoon, pantakoon, laitettakoon, tehtäköön, suoritettakoon, käynnistyköön, alkakoon,
        alulle, käyntiin, aja vaan, anti mennä, anna laulaa, antaa laulaa, siitä pois, kiitos
        siitä, olisi hienoa, ois hienoa, ois kiva, olisi kiva, olisi mahtavaa, ois mahtavaa, ois
        huippua, olisi ihanaa, ois ihanaa, mahtavaa, ihanaa, huippua, loistojuttu, kiva juttu,
        hyvä homma, mikäpäs siinä, mikäs tässä, mikäpä tässä, hear hear, sounds like a plan,
        sounds about right, sounds sensible, sounds reasonable, sounds perfect, sounds great,
        sounds lovely, sounds grand, sounds ideal, seems sensible, seems fine, seems reasonable,
        makes sense, i m game, game, betcha, you betcha, yeye, ye yes, fill your boots, let it
        be so, let it be done, so be it, be it so, green light, thumbs up, say no more, hit me,
        hit it, kick it off, kick off, set it going, set it off, set it in motion, see to it,
        why ever not, why wouldn t i, what are you waiting for, sooner the better, the sooner
        the better, high time, about time, twist my arm, all for it, i m all for, be so good, be
        so kind, much obliged, would suit, that ll suit, that suits me, that suits us, suits us,
        i ll have that, i ll take it, i ll take that, content for you to, happy with that, that
        would be lovely, that d be lovely, would be lovely, would be brilliant, that would be
        brilliant, that d be brilliant, would be perfect, that d be perfect, would be wonderful,
        that d be wonderful, would be super, would be ideal, would be fab, would be helpful,
        would be appreciated, would be nice, that d be nice, that d be good, that d be class,
        you have my go ahead, my go ahead, consider this my yes, my yes, that s a yes, it s a
        yes, that is a yes, a yes, let s have it, have it done, get it done, right away,
        straight away, asap, obvs, works 4 me, fab, fabulous, ideal, splendid, super, wonderful,
        smashing, terrific, superb, magic, on ye go, on you go, away with ye, away you go, off
        we go, here we go, hallelujah, very sure, dead sure, do the thing, do your thing, do as
        you said, as you propose, as proposed, as offered, as you suggest, as suggested, proceed
        as, press on, push on, forge ahead, full steam ahead, full speed ahead, onwards, onward,
        yes indeed, yes thank you, thank you yes, thanks yes, cheers yes, ta yes, yes thanks,
        that s my wish, that is my wish, ready when you are, all systems go, you re on, deal
        done, amen to that, so do it, so do, do do, just do it, do that, do this, get it over
        with, let s do this, let s do it, by all accounts, låter toppen, låter fint, låter
        perfekt, låter rimligt, låter jättebra, låter som en plan, det låter fint, det låter
        toppen, passar utmärkt, gar bra, he gar bra, he går bra, e går bra, de går bra, går
        utmärkt, full fart, klart skepp, sätt segel, tummen upp, grönt ljus, må så ske, så må
        ske, ske alltså, lätt ja, rocka på, på stört, sätt an, ga an, ga an bara, gå an,
        bifaller, bifalles, affirmativt, jättesnällt, det skulle vara, det vore fint, det vore
        bra, det vore snällt, det vore toppen, vore bra, vore fint, vore toppen, vore snällt,
        skulle vara bra, skulle vara fint, skulle vara toppen, skulle vara snällt, sku va bra,
        sku va fint, sku vara bra, sku vara fint, sku va toppen, fixa det, fixa de, fixa he,
        ordna he, hemskt gärna, jättegärna, väldigt gärna, hjärtans gärna, jag är med på det,
        äntligen, på direkten, på momangen, ju förr desto bättre, ju förr dess bättre, ju
        snabbare desto bättre, så snart som möjligt, så fort som möjligt, snarast, godtas,
        godtages, det är okej, det är ok, de e ok, de e okej, e okej, okej för mig, okej till
        mig, ok för mig, det gör vi, det kan ni göra, det kan du göra, ni får göra det, jag står
        fast vid, jag vidhåller, jag önskar det, det önskar jag, det önskas, det hoppas jag, det
        vill jag gärna, vill jag gärna, sätt i gång, i gång bara, tuta på, gasa på, ge järnet,
        kör så ryker, kör vi, då kör vi, nu kör vi, det kör vi på, vi kör, vi kör på det, det är
        bara att, gissa, det var på tiden, på tiden, hög tid, det är dags, hurra, halleluja,
        underbart, jättebra, jättefint, kanon, kanonbra, strålande, härligt, finfint, finemangs,
        jör de, jör så, jör det, jomenvisst, ja visst ja, nå ja visst
    """,
    "send": """
        lähetä, lähetetään, lähettäkää, lähettää, laita menemään, menemään, matkaan, eteenpäin,
        pistä, pistetään, laita, lähteköön, postita, tuuppaa, jätetään sisään, lähetä pois,
        send, send it, submit, ship it, off it goes, send away, fire away, dispatch, post it,
        lodge it, file it, go, send am, send that, ship, skicka, skickas, skikka, sänd, sända,
        skicka in, skicka iväg, iväg, lämna in, posta, sänn, tryck iväg, trycker vidare, far
        iväg, toimita, toimittakaa, toimitetaan, lähtee vaan, saa lähettää, voi lähettää, voit
        lähettää, voitte lähettää, voidaan lähettää, saa lähteä, voi lähteä, saa mennä, menköön,
        lähetteköö, lähetelkää, laitetaan eteenpäin, lähetykseen, lähetettäväksi,
        lähettämiselle, jätä pyyntö, jättäkää pyyntö, voidaan jättää, voi jättää, saa jättää,
        paina nappia, painakaa, painan, postiin, matkoihinsa, polkaise käyntiin, ulos vaan, ammu
        menemään, jätetään hakemus, press send, press the button, hit send, hit the button, push
        it through, push the button, put it through, forward it, fire it off, fire it, off with
        it, off you go, off you pop, away with it, into the post, lodge the request, file the
        request, can be sent, may be sent, sent off, send off, send it off, send it in, send it
        on, get it off, get it sent, ready to send, ready to be sent, ready to go, pass it to,
        pass it on, cleared, let it fly, sign it off, in it goes, tryck på knappen, tryck
        skicka, vidarebefordra, på posten, på posten bara, släpp den, får skickas, kan skickas,
        kan sändas, får sändas, kan lämnas in, får lämnas in, får den gå, vi lämnar in, lämna in
        den, sänd den, skicka den, skicka det, iväg med den, sätt iväg, sätter iväg, redo att
        skickas, klar att skickas, färdig att skickas, lähteköön matkaan, lähtekööt, lähtöön,
        lähetys vaan, pusketaan, puske, tuupataan, lykkää menemään, lykätkää, sinkoa, heitä
        menemään, heitetään menemään, pistäkää menemään, paketista, pois käsistä, postiin vaan,
        lähetä vaan, lähetä pois vaan, saatte lähettää, saat lähettää, lähetyskuntoinen, valmis
        lähtemään, pankee mänemään, anna lähteä, antaa lähteä, merge it, ship am, deploy, out it
        goes, send her off, let her go, let it go out, post it off, do post, pop it off, pop it
        in, whack it in, bung it in, chuck it in, mail it, transmit, release it, i release it,
        away it goes, on its way, get it away, get it in, put her through, run it, roll it,
        deploya, kan avsändas, kan inges, kan inlämnas, inges, avsänd, avsändes, avsändas,
        insändes, inlämnas, lägg ut, lägg iväg, släng iväg, släng in, sänd iväg, skjut iväg,
        iväg me, iväg med skiten, set iväg, sett iväg, skika, skick, skicka bara, bara att
        skicka, det är bara att skicka, i väg, låt den gå, låt den gå iväg, låt den fara, må det
        bära av, klart för avgång, lämnas in
    """,
    "right_words": """
        oikein, oikeen, on oikein, täsmää, pitää paikkansa, kunnossa, hyvältä, hyvä, hyvin,
        hyvät, kelpaa, totta, virheetön, ei virheitä, ei huomautettavaa, ei korjattavaa,
        tarkistettu, tarkistin, kaikki ok, pitääkin, niinku pittää, kuten pitää, juuri noin,
        juuri niin, hienolta, erinomai*, loistava*, täydelli*, mainio*, priima, correct, right,
        that s right, accurate, in order, looks good, look good, looks fine, looks right, looks
        ok, all good, good, great, perfect, lgtm, spot on, exactly, checks out, no mistake*, no
        errors, no change*, no complaints, can t argue, happy with, good to go, all there, as it
        should, bang on, lovely, tip top, excellent, all fine, fine by me, that ll dae, that ll
        do, done, ticks the boxes, approve*, stämmer, stemmer, rätt, rett, riktigt, korrekt,
        bra, ser bra ut, ser rätt ut, ser fint ut, i sin ordning, i ordning, utmärkt, perfekt,
        fint, toppen, inget att ändra, inga fel, inga ändringar, felfritt, så är det, så där,
        duger, finemang, underbart, strålande, ingenting att anmärka, helt ok, så skall det
        vara, så ska det vara, täsmäävät, täsmää kaikki, pitävät paikkansa, virheettömät, en
        löydä virheitä, en näe virheitä, ei mitään muutettavaa, ei muutettavaa, ei mitään
        korjattavaa, näin se on, näin on, näin se menee, just noin, just nii, juur nii, juuri
        nii, noin juuri, kohdallaan, kohallaan, kohillaan, kohallaa, kohalla, niinko pittää,
        niinkuin pitää, niin kuin pitää, allekirjoitan, tarkastettu, hyväksytty, vahvistettu,
        vahvistetaan, kuittaan, kuitataan, toimii, valmis, valmista, oikeaa tietoa, oikeat
        tiedot, tiedot oikein, tiedot ovat oikein, kelepaa, kelpaapi, kaikki mitä sanoin,
        kokonaisuudessaan, timanttia, esitetyssä muodossa, ei huomautettavia, kaik o, ihan ok,
        ihan hyvä, jees, oikke, is correct, it s correct, all correct, correct as is, right as
        rain, all right there, it is so, so it is, i can t find any errors, can t fault, nothing
        to change, nothing to add, nothing wrong, nothing missing, nothing that needs, no notes,
        no corrections, no amendments, where it should be, everything s there, all in order, all
        true, it all adds up, adds up, matches, match, fits, accurate and complete,
        acknowledged, signed, i d sign, sign that, acceptable, cleared for, verified, approved,
        confirmed correct, reads right, reads well, reads fine, reads ok, fine as it is, fine as
        is, leave as is, that s me, thats me, that is me, it s me, all me, perfection, gold,
        grand, happy with it, happy with that, satisfied, that s the way, that s it in full,
        recorded correctly, correctly recorded, in full, stämmer bra, stämmer allt, allt
        stämmer, det stämmer, helt rätt, alldeles rätt, allt rätt, så är det ja, inget att
        anmärka, inget att rätta, inget att klaga, inget att lägga till, ingenting att ändra,
        ingenting att rätta, inget fel, hittar inga fel, ser inga fel, ser ut som det ska, som
        det ska, som he ska, godkänt, godkänd, granskat, bekräfta, bekräftat, bekräftad,
        kvitteras, passar, prima, nöjd, riktiga uppgifter, rätta uppgifter, i sin helhet, allt
        jag sade, allt jag sa, jag skriver under, skriver under, klanderfritt, fläckfritt, bra
        som det är, bra så, gott så, blir bra, siinähän se, siinä se, tuossahan se, tässähän se,
        noin sen pitääkin, näin sen pitääkin, niin sen pitääkin, noin se on, sellaisenaan,
        sanasta sanaan, sana sanalta, kuin omasta suustani, kuin minun kynästäni, juuri mitä
        halusin, just mitä halusin, sitä mitä pyysin, mitä pyysin, niinkuin pyysin, niin kuin
        pyysin, kuten pyysin, kuten sanoin, niinku sanoin, niin kuin sanoin, juuri kuten,
        hienosti kirjoitettu, hyvin kirjoitettu, hyvin tiivistetty, hyvin kiteytetty, luettu ja
        hyväksytty, tiedot täsmää, tiedot täsmäävät, stemmaa, stemmaavat, osuu oikeaan, osui
        oikeaan, nappiin, meni nappiin, ei valittamista, ei vikaa, ei huomauttamista, ei bugeja,
        puhdasta kultaa, täyttä kultaa, asia kuosissa, kuosissa, mallillaan, reilassa,
        jetsulleen, tismalleen, prikulleen, sil lail, sillä lailla, oikee, oikia, oikiat,
        oikeet, oikeella mallilla, vastaa tahtoani, vastaa toivettani, vastaa pyyntöäni, näyttää
        ok, näyttää hyvältä, näyttää oikealta, hyvältä näättää, hyvältä näyttää, ok noin, hyvä
        noin, hyvä näin, näin hyvä, näin just, validi, ack, couldn t have put it better, couldn
        t have said it better, couldn t put it better, chef s kiss, bob on, shipshape, ship
        shape, present and correct, neat as a pin, to the letter, word for word, letter for
        letter, nothing amiss, that s the one, that d be it, that s it, thats it, that ll be it,
        that is it, sorted, class, nailed it, nail on the head, hits the mark, on the mark, as
        it ought to be, as should be, as is should be, as i wanted, sums it up, summed it up,
        you ve understood, you understood me, you ve got it right, got it right, you got it, all
        gucci, no edits, no diffs, no issues, looks about right, about right, reconciled, double
        checked, no quarrel, couldn t agree more, i d sign it, i ll sign, sign here, signed and
        sealed, hunky dory, peachy, dandy, tickety boo, apple pie order, on the money, on the
        nose, dead right, dead on, quite right, perfectly right, exactly so, just so, just like
        that, like that, reads nicely, beautifully put, well put, nicely put, neatly put,
        flawless, impeccable, faultless, tidy, looks neat, looks lovely, looks great, looks
        perfect, looks spot on, looks correct, looks accurate, looks in order, seems right,
        seems correct, seems in order, that s me all over, couldn t be clearer, på pricken, mitt
        i prick, fullträff, prick så, prickfritt, prickfri, ser najs ut, ser rimligt ut, ser
        chill ut, ser ok ut, ser okej ut, ser rikti ut, ser riktigt ut, ser snyggt ut, ser
        korrekt ut, ser prydligt ut, ser perfekt ut, ord för ord, till punkt och pricka, som jag
        ville, som jag vill ha, precis som jag, så e he, så e de, så e det, jå so e he, så är
        he, talat ur min mun, ur min mun, sagt det bättre, inga avvikelser, inga invändningar,
        ingen ändring, inga korrigeringar, inga anmärkningar, utan anmärkning, suveränt,
        lysande, rätt och riktigt, riktigt så, allt väl, allt gott, allt i sin ordning, alla
        saker är rätt, rätt alltsammans, bekräftas härmed, härmed bekräftas, korrekt återgivet,
        väl formulerat, bra formulerat, bra skrivet, bra sammanfattat, fint sammanfattat,
        elegant, klockrent, klockren, helt i min smak, det är min begäran, det är jag det, som
        sig bör, så som jag sa, såsom jag sade, som jag sa, som sagt, stemer, stämmer allting,
        fint så, bra sådär, okej så, ok så, nöjd med det, jag är nöjd
    """,
}

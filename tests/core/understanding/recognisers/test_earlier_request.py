"""Speech of a request that was made before is known, in each language, and nothing else is."""

from __future__ import annotations

import pytest

from bot.core.catalog import Language
from bot.core.understanding.recognisers.earlier_request import (
    asks_why_refused,
    speaks_of_earlier_request,
    wants_it_sent,
    wants_to_change,
)

EN, FI, SV = Language.EN, Language.FI, Language.SV


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is my second reminder about my deletion request", EN),
        ("I asked you in September, still no reply", EN),
        ("On 3 September I sent you a request under Article 15. I have received no answer.", EN),
        ("You deleted only half of my data", EN),
        ("I am still waiting for my data", EN),
        ("you never answered my letter", EN),
        ("The month is over and I have got nothing", EN),
        ("You missed the deadline!", EN),
        ("I sent you a letter on 3 November about my data", EN),
        ("Ylititte määräajan", FI),
        ("Lähetin teille kirjeen 3. marraskuuta tiedoistani", FI),
        ("Ni har missat tidsfristen", SV),
        ("Jag skickade er ett brev den 3 november om mina uppgifter", SV),
        ("Tämä on toinen muistutus poistopyynnöstäni", FI),
        ("Pyysin syyskuussa tietojeni poistamista, eikä mitään ole kuulunut", FI),
        ("Lähetin teille 3.9. tietopyynnön, johon en ole saanut vastausta.", FI),
        ("Poistitte vain puolet tiedoistani", FI),
        ("pyyntööni ei ole vastattu", FI),
        ("Määräaika on umpeutunut", FI),
        ("Odotan yhä tietojani", FI),
        ("Detta är min andra påminnelse om min begäran om radering", SV),
        ("Jag bad er i september att radera mina uppgifter och har inte hört något", SV),
        ("ni har inte svarat på min begäran", SV),
        ("Ni raderade bara hälften av mina uppgifter", SV),
        ("Jag väntar fortfarande på mina uppgifter", SV),
        ("Tidsfristen har gått", SV),
    ],
)
def test_a_reminder_or_a_complaint_of_an_incomplete_answer_is_known(
    text: str, language: Language
) -> None:
    assert speaks_of_earlier_request(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Please erase all my data", EN),
        ("How long does it take to answer a request?", EN),
        ("I sent you a letter last week, please delete my data", EN),
        ("I wrote a letter, do you keep it?", EN),
        ("Lähetin kirjeen viime viikolla, haluan nähdä tietoni", FI),
        ("I sent you my number once, do you still have it?", EN),
        ("What can I do if I sent a request and get no answer?", EN),
        ("> I asked you in September, still no reply\nPlease erase my data", EN),
        ("Poistakaa kaikki tietoni", FI),
        ("Kauanko pyyntöön vastaaminen kestää?", FI),
        ("Mitä teen, jos tein pyynnön enkä saa vastausta?", FI),
        ("Kävin teillä syyskuussa enkä ostanut mitään", FI),
        ("Radera alla mina uppgifter", SV),
        ("Vad gör jag om jag skickade en begäran och inte får något svar?", SV),
        ("Jag skickade mitt nummer till er en gång", SV),
    ],
)
def test_a_first_wish_a_question_and_a_quotation_are_none(text: str, language: Language) -> None:
    assert not speaks_of_earlier_request(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Can I change my request?", EN),
        ("I'd like to make a change to my request please", EN),
        ("I want to amend my erasure request", EN),
        ("Voinko muuttaa pyyntöäni?", FI),
        ("haluaisin täydentää pyyntöä", FI),
        ("pyyntöäni pitäisi muuttaa", FI),
        ("Kan jag ändra min begäran?", SV),
        ("jag vill komplettera begäran", SV),
        ("min begäran ska ändras", SV),
    ],
)
def test_a_wish_to_change_a_request_is_known(text: str, language: Language) -> None:
    assert wants_to_change(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I want to withdraw my request", EN),
        ("change my request: delete the invoices only and keep everything else", EN),
        ("I want to change my phone number", EN),
        ("haluan perua pyyntöni", FI),
        ("muutin mieleni, perun pyynnön", FI),
        ("jag vill dra tillbaka min begäran", SV),
        ("jag vill ändra min adress", SV),
    ],
)
def test_what_ends_a_request_or_says_what_to_change_is_no_mere_wish(
    text: str, language: Language
) -> None:
    assert not wants_to_change(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("why did you refuse?", EN),
        ("on what grounds was my request rejected", EN),
        ("what is the reason you turned it down?", EN),
        ("why did I get a no", EN),
        ("miksi hylkäsitte?", FI),
        ("millä perusteella pyyntöni evättiin", FI),
        ("miksi päätös on kielteinen?", FI),
        ("varför avslog ni?", SV),
        ("på vilken grund avvisades min begäran", SV),
        ("varför fick jag nej?", SV),
    ],
)
def test_who_asks_why_a_request_was_refused_is_known(text: str, language: Language) -> None:
    assert asks_why_refused(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("can I refuse cookies?", EN),
        ("why do you keep my data?", EN),
        ("voiko pyynnön hylätä?", FI),
        ("miksi keräätte tietoja", FI),
        ("kan ni avslå en begäran?", SV),
        ("varför sparar ni fakturor?", SV),
    ],
)
def test_who_asks_about_anything_else_does_not(text: str, language: Language) -> None:
    assert not asks_why_refused(text, language)


@pytest.mark.parametrize(
    "text",
    [
        *("send", "ok send it already", "please send the request", "skicka", "skicka den nu då"),
        *("lähetä", "ok lähetä jo", "no niin lähetä se pyyntö nyt"),
    ],
)
def test_who_wants_it_sent_says_no_more(text: str) -> None:
    assert wants_it_sent(text)


@pytest.mark.parametrize(
    "text", ["send me a copy", "skicka koden", "lähetä uusi koodi", "send it?", "ok"]
)
def test_who_wants_another_thing_sent_does(text: str) -> None:
    assert not wants_it_sent(text)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("can I still add something", Language.EN),
        ("voinko vielä lisätä jotain", Language.FI),
        ("kan jag ännu lägga till något", Language.SV),
    ],
)
def test_who_wants_to_add_something_is_asked_what(text: str, language: Language) -> None:
    assert wants_to_change(text, language)
    assert not wants_to_change("can I add my son to the account", Language.EN)

"""What people really answer is read rightly by the trained model, in all three languages."""

from __future__ import annotations

import pytest

from bot.content.loaded import Understanding
from bot.core.catalog import Language, Right
from bot.core.understanding.asked import Asked, Meaning, Reading, Stage, Topic

FI, EN, SV = Language
M, S = Meaning, Stage
OF_CODE = {M.CODE_MISSING, M.NEW_CODE, M.CODE_EXPIRED, M.CODE_ELSEWHERE}


def read(known: Understanding, stage: Stage, text: str, language: Language) -> Reading:
    right = None if stage is S.IDLE else Right.ERASURE
    return known.reader.read(Asked(stage=stage, right=right), text, language)


@pytest.mark.parametrize("stage", [S.OFFER, S.SUMMARY])
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(
    "text", ["banana", "Vantaa", "gjhgjh", "12", "blorp zark", "a@a@a@a@", "asdf qwer", "M"]
)
def test_words_that_say_nothing_neither_agree_nor_end_anything(
    known: Understanding, stage: Stage, text: str, language: Language
) -> None:
    assert read(known, stage, text, language).means not in (M.AGREE, M.STOP, M.REFUSE)


def test_of_a_long_reply_the_beginning_is_no_yes(known: Understanding) -> None:
    text = "kyllä " * 200 + "paitsi etten halua tätä"
    assert read(known, S.SUMMARY, text, FI).means is M.UNCLEAR


def test_all_words_of_a_long_limit_are_kept(known: Understanding) -> None:
    text = "only my old orders please, " + "and the ones from my summer cottage " * 30
    reading = read(known, S.DETAILS, text, EN)
    assert reading.value in ("", text.strip())


@pytest.mark.parametrize("stage", [S.OFFER, S.SUMMARY])
@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I don't want it deleted", EN),
        ("please stop the erasure of my data", EN),
        ("cancel the deletion of my data", EN),
        ("Ta inte bort mina uppgifter, jag vill bara se dem", SV),
        ("no thanks\n> Please erase all my data", EN),
        ("delete my account but keep the invoices", EN),
        ("yes, but only the newsletter", EN),
        ("kyllä, kunhan laskut jäävät", FI),
        ("ja, men inte fakturorna", SV),
        ("saanko tästä vahvistuksen?", FI),
        ("älkää poistako mitään", FI),
        ("yes, and I also want a copy of my data", EN),
        ("yes tomorrow", EN),
        ("maybe", EN),
    ],
)
def test_what_takes_a_yes_back_is_none(
    known: Understanding, stage: Stage, text: str, language: Language
) -> None:
    assert read(known, stage, text, language).means is not M.AGREE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("submit", EN),
        ("send it", EN),
        ("looks good", EN),
        ("that's right", EN),
        ("confirm", EN),
        ("go", EN),
        ("done", EN),
        ("perfect", EN),
        ("👍", EN),
        ("lähetä", FI),
        ("tiedot ovat oikein", FI),
        ("stämmer", SV),
        ("korrekt", SV),
        ("skicka", SV),
    ],
)
def test_the_summary_is_sent_by_words_of_sending_and_of_correctness(
    known: Understanding, text: str, language: Language
) -> None:
    assert read(known, S.SUMMARY, text, language).means is M.AGREE


@pytest.mark.parametrize(
    ("text", "language", "topic"),
    [
        ("the name is wrong", EN, Topic.NAME),
        ("my name is Niemi, not Nieni", EN, Topic.NAME),
        ("laura@new.example.com", EN, Topic.EMAIL),
        ("sähköposti on väärä", FI, Topic.EMAIL),
        ("nej, adressen är fel", SV, Topic.EMAIL),
    ],
)
def test_a_change_of_the_summary_names_its_field(
    known: Understanding, text: str, language: Language, topic: Topic
) -> None:
    reading = read(known, S.SUMMARY, text, language)
    assert (reading.means, reading.field) == (M.CHANGE, topic)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("I didn't get the code", EN),
        ("I haven't received any code", EN),
        ("resend", EN),
        ("send again please", EN),
        ("send a new code", EN),
        ("the code doesn't work", EN),
        ("I typed the wrong email", EN),
        ("wrong email address", EN),
        ("Koodi ei tullut", FI),
        ("En saanut koodia", FI),
        ("Missä koodi on?", FI),
        ("lähetä uusi koodi", FI),
        ("Sähköposti oli väärin", FI),
        ("Jag fick ingen kod", SV),
        ("Koden kom inte", SV),
    ],
)
def test_trouble_with_the_code_is_heard(
    known: Understanding, text: str, language: Language
) -> None:
    assert read(known, S.CODE, text, language).means in OF_CODE


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("It's Mrs Maureen Haigh, H-A-I-G-H, people always get it wrong", "Maureen Haigh"),
        ("Laura Niemi", "Laura Niemi"),
        ("my name is Laura Niemi", "Laura Niemi"),
        ("Laura Niemi, and why do you need that?", "Laura Niemi"),
    ],
)
def test_a_name_is_kept_clean(known: Understanding, text: str, name: str) -> None:
    reading = read(known, S.NAME, text, EN)
    assert (reading.means, reading.value) == (M.VALUE, name)


@pytest.mark.parametrize(
    "text",
    [
        "Actually I only want to see my data first",
        "I'd rather not say",
        "here is my passport",
        "what do you mean?",
        "I changed my mind, cancel",
        "none of your business",
    ],
)
def test_a_sentence_is_not_kept_as_a_name(known: Understanding, text: str) -> None:
    reading = read(known, S.NAME, text, EN)
    assert (reading.means, reading.value) != (M.VALUE, reading.value) or not reading.value


@pytest.mark.parametrize(
    ("text", "language"),
    [("I don't have one", EN), ("minulla ei ole sähköpostia", FI), ("jag har ingen e-post", SV)],
)
def test_who_has_no_address_is_heard(known: Understanding, text: str, language: Language) -> None:
    assert read(known, S.EMAIL, text, language).means in (M.NO_EMAIL, M.SKIP)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("This is my second reminder about my deletion request", EN),
        ("vieläkään ei ole kuulunut mitään", FI),
        ("när får jag svar", SV),
    ],
)
def test_a_reminder_is_one(known: Understanding, text: str, language: Language) -> None:
    assert read(known, S.OPEN, text, language).means is M.CHASE

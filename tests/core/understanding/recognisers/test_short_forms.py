"""Short forms that name no matter, in three languages."""

from __future__ import annotations

import pytest

from bot.core.understanding.recognisers.short_forms import ANY_RIGHT, meant

ACCESS = ["SAR", "DSAR", "sar request", "Subject access request", "SAR-pyyntö", "SAR-begäran"]
CHOICE = [
    "GDPR request",
    "data protection request",
    "privacy request please",
    "data subject request",
    "I want to exercise my rights under GDPR",
    "GDPR-pyyntö",
    "tietosuojapyyntö",
    "rekisteröidyn pyyntö",
    "Haluan tehdä tietosuojapyynnön",
    "Haluan käyttää tietosuoja-asetuksen mukaisia oikeuksiani",
    "GDPR-begäran",
    "dataskyddsbegäran",
    "begäran från registrerad",
    "Jag vill utöva mina rättigheter enligt GDPR",
]
CONSENT = [
    "I withdraw my consent",
    "I hereby revoke my consent to the processing of my data",
    "Peruutan suostumukseni",
    "Perun suostumukseni tietojeni käsittelyyn",
    "Jag återkallar mitt samtycke",
    "Jag drar tillbaka mitt samtycke",
    "Jag drar härmed tillbaka mitt samtycke",
]
MARKETING = ["UNSUBSCRIBE", "opt-out", "STOP ALL", "Lopettakaa!", "AVREGISTRERA", "avprenumerera"]
ABOUT_AN_ACCOUNT = [
    "How do I delete my account?",
    "Miten poistan tilini?",
    "Hur raderar jag mitt konto?",
    "Hur tar jag bort mitt konto?",
]
NONE = [
    "",
    "What is a SAR?",
    "How do I make a GDPR request?",
    "Delete my account",
    "I withdraw my consent to marketing",
    "Peruutan suostumukseni uutiskirjeeseen",
    "Delete my data",
    "consent",
    "Please tell me now at length and with all that there is how to exercise my rights",
]


@pytest.mark.parametrize("text", ACCESS)
def test_professional_short_forms_ask_for_access(text: str) -> None:
    assert meant(text) == ("request.access",)


@pytest.mark.parametrize("text", CHOICE)
def test_a_request_that_names_no_right_leads_to_a_choice(text: str) -> None:
    assert meant(text) == ANY_RIGHT


@pytest.mark.parametrize("text", CONSENT)
def test_whoever_withdraws_consent_is_told_of_that_and_not_of_another_right(text: str) -> None:
    assert meant(text) == ("topic.consent",)


@pytest.mark.parametrize("text", MARKETING)
def test_the_usual_words_of_opting_out_object_to_marketing(text: str) -> None:
    assert meant(text) == ("request.marketing-objection",)


@pytest.mark.parametrize("text", ["STOPP", "Stop. Thank you", "stop please", "Seis!"])
def test_a_polite_stop_is_a_stop(text: str) -> None:
    assert meant(text) == ("cancel",)


@pytest.mark.parametrize("text", ABOUT_AN_ACCOUNT)
def test_how_an_account_goes_is_about_erasure(text: str) -> None:
    assert meant(text) == ("topic.erasure",)


@pytest.mark.parametrize("text", NONE)
def test_anything_else_is_no_short_form(text: str) -> None:
    assert meant(text) == ()

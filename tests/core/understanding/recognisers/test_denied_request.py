"""Whoever denies having asked for something asks for nothing by that, and ends nothing either."""

from __future__ import annotations

import pytest

from bot.core.catalog import Right
from bot.core.understanding.recognisers.demands import asks_for_it
from bot.core.understanding.recognisers.denied_request import denies_request


@pytest.mark.parametrize(
    "text",
    [
        "I never asked to have my data deleted",
        "I never asked you to delete anything",
        "I did not ask for this",
        "I have never requested the erasure of my data",
        "I haven't made any request",
        "I never made such a request",
        "it wasn't me who asked",
        "why was my account deleted? I never asked for it",
        "someone else must have made this request, it was not me",
        "I never requested a copy",
        "en ole koskaan pyytänyt tietojeni poistamista",
        "en mä oo mitään pyytänyt poistamaan",
        "enhän minä tällaista ole pyytänyt",
        "en ole tehnyt mitään pyyntöä",
        "minä en ole sitä pyytänyt",
        "en se minä ollut joka pyysi",
        "poistoa en ole pyytänyt",
        "jag har aldrig bett er radera mina uppgifter",
        "det har jag aldrig bett om",
        "jag har inte begärt någon radering",
        "jag bad aldrig om det",
        "jag har aldrig gjort någon begäran",
        "det var inte jag som begärde det",
        "ja ha int bett om nå radering",
    ],
)
def test_a_denial_of_having_asked_is_none_of_a_request(text: str) -> None:
    assert denies_request(text)
    assert not any(asks_for_it(text, right) for right in Right)


@pytest.mark.parametrize(
    "text",
    [
        "don't delete my data",
        # Not so far
        "I haven't asked before",
        "I have not asked for it yet",
        "en ole vielä pyytänyt mitään",
        "jag har inte bett om det förut",
        # Letters that nobody asked for, and codes
        "I never asked for this newsletter",
        "I never asked for a code",
        "en ole pyytänyt mainoksia",
        "jag har aldrig bett om ert nyhetsbrev",
        # A wish beside it
        "I never asked for your emails, delete my data",
        "I never asked for anything but a copy, send it",
        "I didn't ask for a reason, just delete it",
        "en ole pyytänyt poistoa, haluan kopion tiedoistani",
        "As attorney for Ms Virtanen I request access. She did not ask for erasure.",
        # What was asked for did not come
        "en ole saanut mitä pyysin",
        "I asked twice and never got anything",
        "jag har inte fått det jag bad om",
        "en ole tehnyt mitään väärää",
        "I never asked for it, " + "and they know it very well " * 5,
    ],
)
def test_other_noes_deny_no_request(text: str) -> None:
    assert not denies_request(text)

"""What a short message asks on about the topic of the answer before it."""

from __future__ import annotations

from collections.abc import Set
from itertools import chain

import pytest

from bot.core.catalog import Catalog, Intent, Kind, Language, Right
from bot.core.understanding.topics.follow_up_aspects import (
    ASPECT_OF,
    BY_ASPECT,
    BY_GROUP,
    GROUPS,
    OF_THE_DATA,
    THE_SAME,
    Aspect,
    Group,
)
from bot.core.understanding.topics.follow_ups import FOLLOWED, followed
from bot.core.understanding.topics.match import Match, Outcome

FI, EN, SV = Language
NAMED = set(
    chain(
        *(topics.split() for topics in GROUPS.values()),
        *(topics.values() for topics in BY_GROUP.values()),
        BY_ASPECT.values(),
        ASPECT_OF,
        OF_THE_DATA,
        OF_THE_DATA.values(),
    )
) - {"", THE_SAME}


# Of these the notice of the tests says nothing.
UNSAID = {"cookie-details", "fee", "response-time", "server-location"}


def catalog_of(*names: str, unsaid: Set[str] = frozenset(UNSAID)) -> Catalog:
    ids = [id_of(name, unsaid) for name in names]
    intents = {
        one: Intent(id=one, kind=Kind(one.split(".")[0]), right=right_of(one)) for one in ids
    }
    return Catalog(intents=intents, phrases=())


def id_of(name: str, unsaid: Set[str]) -> str:
    kind, _, topic = name.partition(".")
    if kind != "topic":
        return name
    return f"not_in_notice.{topic}" if topic in unsaid else f"question.{topic}"


def right_of(intent: str) -> Right | None:
    kind, _, name = intent.partition(".")
    return Right(name.replace("-", "_")) if kind == Kind.REQUEST else None


CATALOG = catalog_of(*sorted(NAMED), "question.user-account", "smalltalk.thanks")
# What words alone want, so far as these tests use any.
ALONE = {
    "evästeet": "question.cookies",
    "cookies": "question.cookies",
    "kakor": "question.cookies",
    "laskut": "out_of_scope.invoices",
    "outside the eea": "question.outside-eea",
    "weather": "out_of_scope.chatter",
}
NOTHING = Match(language=FI, outcome=Outcome.OUT_OF_SCOPE, intent="chatter", confidence=0.1)


def understand(text: str, language: Language) -> Match:
    intent = ALONE.get(text, "out_of_scope.chatter")
    outcome = Outcome.ANSWER if intent.startswith("question") else Outcome.OUT_OF_SCOPE
    return Match(language=language, outcome=outcome, intent=intent, confidence=0.6)


def asked_on(text: str, last: str, match: Match = NOTHING, catalog: Catalog = CATALOG) -> Match:
    return followed(text, match, last, catalog, understand)


ASKED_ON = [
    ("question.data-categories", "and for how long?", "question.retention"),
    ("question.data-categories", "entä kuinka kauan?", "question.retention"),
    ("question.data-categories", "och hur länge då?", "question.retention"),
    ("question.data-categories", "till when?", "question.retention"),
    ("question.data-categories", "mihin asti ne säilyvät?", "question.retention"),
    ("question.data-categories", "who sees it?", "question.who-has-access"),
    ("question.data-categories", "kuka niitä näkee", "question.who-has-access"),
    ("question.data-categories", "vem då?", "question.who-has-access"),
    ("question.retention", "who sees it outside the company then", "question.sharing"),
    ("question.retention", "entä talon ulkopuolella?", "question.sharing"),
    ("question.retention", "och utomstående?", "question.sharing"),
    ("question.data-categories", "why?", "question.purpose"),
    ("question.data-categories", "miksi?", "question.purpose"),
    ("question.data-categories", "varför det?", "question.purpose"),
    ("question.data-categories", "on what basis?", "question.legal-basis"),
    ("question.data-categories", "millä perusteella?", "question.legal-basis"),
    ("question.data-categories", "på vilken grund?", "question.legal-basis"),
    ("question.data-categories", "where is it stored?", "not_in_notice.server-location"),
    ("question.data-categories", "missä ne ovat?", "not_in_notice.server-location"),
    ("question.data-categories", "var finns de?", "not_in_notice.server-location"),
    ("question.data-categories", "where does it come from?", "question.sources"),
    ("question.data-categories", "mistä ne tulevat?", "question.sources"),
    ("question.data-categories", "varifrån då?", "question.sources"),
    ("question.sharing", "what data exactly?", "question.data-categories"),
    ("question.sharing", "mitä tietoja?", "question.data-categories"),
    ("question.sharing", "vilka uppgifter?", "question.data-categories"),
    ("question.access", "costs?", "not_in_notice.fee"),
    ("question.access", "maksaako se?", "not_in_notice.fee"),
    ("question.access", "vad kostar det?", "not_in_notice.fee"),
    ("request.erasure", "how long does it take?", "not_in_notice.response-time"),
    ("question.erasure", "kauanko siinä kestää?", "not_in_notice.response-time"),
    ("question.erasure", "hur länge?", "not_in_notice.response-time"),
    ("question.erasure", "how long is it kept?", "question.retention"),
    ("question.erasure", "how?", "question.erasure"),
    ("request.erasure", "miten?", "question.erasure"),
    ("question.cookies", "how long?", "not_in_notice.cookie-details"),
    ("question.cookies", "voinko kieltää ne?", "question.cookies-refusal"),
    ("question.cookies", "kan jag neka?", "question.cookies-refusal"),
    ("question.targeted-marketing", "can I refuse?", "question.marketing-refusal"),
    ("question.retention", "entä evästeet?", "question.cookies"),
    ("question.retention", "what about cookies then?", "question.cookies"),
    ("question.retention", "hur är det med kakor?", "question.cookies"),
    ("question.contact", "entä evästeet?", "question.cookies"),
    ("question.contact", "entä laskut?", "question.accounting-retention"),
    ("question.sharing", "and outside the EEA?", "question.outside-eea"),
]


@pytest.mark.parametrize(("last", "text", "topic"), ASKED_ON, ids=[row[1] for row in ASKED_ON])
def test_a_follow_up_asks_on_about_the_topic_before(last: str, text: str, topic: str) -> None:
    match = asked_on(text, last)
    assert match.intent == topic
    assert match.outcome == ("answer" if topic.startswith("question") else "not_in_notice")
    assert match.rights == ()


def test_whether_the_notice_says_it_makes_no_difference_to_what_is_asked() -> None:
    says_all = catalog_of(*sorted(NAMED), unsaid=frozenset())
    match = asked_on("how long?", "not_in_notice.cookie-details", catalog=says_all)
    assert (match.intent, match.outcome) == ("question.cookie-details", Outcome.ANSWER)


def test_what_the_table_says_is_sure_but_no_known_wording() -> None:
    assert asked_on("why?", "question.sources").confidence == FOLLOWED < 1


def test_a_follow_up_keeps_the_language_in_which_it_is_read() -> None:
    assert asked_on("why?", "question.sources", replace_language(EN)).language is EN


def replace_language(language: Language) -> Match:
    return Match(language=language, outcome=Outcome.CLARIFY, intent="", confidence=0.1)


@pytest.mark.parametrize(
    "text",
    [
        "how long do you keep cookies",  # says what it is about
        "who is the managing director of your company",
        "and the weather?",
        "sounds good",
        "so how long is it then that they are kept by you after all of that",
    ],
)
def test_what_says_itself_what_it_is_about_is_taken_by_itself(text: str) -> None:
    own = Match(language=EN, outcome=Outcome.ANSWER, intent="question.user-account", confidence=0.7)
    assert asked_on(text, "question.retention", own) == own


@pytest.mark.parametrize("text", ["why?", "and cookies?"])
def test_without_an_answer_before_nothing_is_a_follow_up(text: str) -> None:
    assert asked_on(text, "") == NOTHING


@pytest.mark.parametrize(
    "outcome", [Outcome.REQUEST, Outcome.HUMAN, Outcome.STATUS, Outcome.CANCEL, Outcome.INCIDENT]
)
def test_a_wish_is_no_follow_up(outcome: Outcome) -> None:
    wish = Match(language=EN, outcome=outcome, intent=outcome, confidence=0.5)
    assert asked_on("and how?", "question.access", wish) == wish


def test_known_small_talk_is_no_follow_up_but_a_guess_at_it_is() -> None:
    known = Match(language=SV, outcome=Outcome.SMALLTALK, intent="smalltalk.bye")
    guessed = Match(language=SV, outcome=Outcome.SMALLTALK, intent="smalltalk.bye", confidence=0.1)
    assert asked_on("hur länge?", "question.cookies", known) == known
    assert asked_on("hur länge?", "question.cookies", guessed).intent.endswith("cookie-details")


def test_a_known_wording_that_carries_on_is_taken_as_it_is_known() -> None:
    known = Match(language=EN, outcome=Outcome.ANSWER, intent="question.cookies")
    assert asked_on("and cookies?", "question.retention", known) == known


def test_where_several_topics_are_near_the_one_akin_to_the_last_is_meant() -> None:
    options = ("question.purpose", "question.cookies-refusal", "question.retention")
    near = Match(
        language=EN, outcome=Outcome.CLARIFY, intent=options[0], confidence=0.1, options=options
    )
    assert asked_on("must I put up with that", "question.cookies", near).intent == options[1]
    assert asked_on("must I put up with that", "question.contact", near) == near
    assert asked_on("must I put up with that", "question.erasure", near) == near


def test_a_topic_that_the_catalogue_lacks_answers_nothing() -> None:
    assert asked_on("why?", "question.contact", catalog=catalog_of("question.contact")) == NOTHING


def test_what_the_last_topic_has_no_answer_to_is_taken_by_itself() -> None:
    assert asked_on("how?", "question.contact") == NOTHING
    assert asked_on("voinko kieltää sen?", "question.access") == NOTHING


def test_each_topic_is_of_one_group() -> None:
    topics = [topic for topics in GROUPS.values() for topic in topics.split()]
    assert len(topics) == len(set(topics))
    assert set(GROUPS) == set(BY_GROUP) == set(Group)
    assert set(BY_ASPECT) == set(Aspect) - {Aspect.HOW}


def test_what_the_notice_says_of_a_matter_comes_before_what_it_does_not() -> None:
    match = asked_on("entä evästeet?", "question.retention")
    assert (match.intent, match.outcome) == ("question.cookies", Outcome.ANSWER)
    assert match.also == ("not_in_notice.cookie-details",)


@pytest.mark.parametrize("text", ["entä kuka ne saa", "and who gets them?", "och vem får dem?"])
def test_who_gets_the_data_is_whom_they_are_shared_with(text: str) -> None:
    catalog = catalog_of("topic.sharing", "topic.who-has-access", "topic.what-data")
    asked = Match(language=EN, outcome=Outcome.OUT_OF_SCOPE, intent="out_of_scope")
    found = followed(text, asked, "topic.what-data", catalog, lambda _, __: asked)
    assert found.intent == "question.sharing"

"""A request for somebody else: who writes and whom it concerns are known, and changed in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from bot.core.buttons import PassToStaff
from bot.core.catalog import Catalog, Intent, Kind, Right
from bot.core.conversation import on_behalf, request_flow
from bot.core.conversation.dialogue import Dialogue, Filling, Idle, Offered, Request, Summary
from bot.core.conversation.on_text import on_text
from bot.core.conversation.reply import Reply
from bot.core.conversation.request_fields import Field
from bot.core.conversation.world import World
from bot.core.effects import Quote, Text
from bot.core.events import Said
from bot.core.tickets.representation import (
    DEFAULT_AUTHORITY,
    OnBehalf,
    Relation,
    RepresentationRules,
)
from bot.core.tickets.rules import Rules
from bot.core.understanding.asked import Meaning, Reading, Topic
from tests.core.conversation.worlds import (
    CATALOG,
    EMAIL,
    KNOWLEDGE,
    Reads,
    a_dialogue,
    a_request,
    a_ticket,
    a_world,
    keys,
    pressable,
)

M = Meaning
LAWYER = {"relation": "lawyer", "concerned": "Pekka Korhonen"}
NAMELESS = {"relation": "other"}
PEKKA = OnBehalf(name="Pekka Korhonen", relation=Relation.LAWYER)
ADDRESS = Field("email", optional=True)
DETAILS = Field("details", optional=True)


def hears(
    dialogue: Dialogue,
    text: str,
    reading: Reading | Meaning = M.UNCLEAR,
    world: World | None = None,
) -> Reply:
    if isinstance(reading, Meaning):
        reading = Reading(means=reading)
    known = replace(KNOWLEDGE, reader=Reads(reading))
    return on_text(dialogue, Said(text=text), replace(world or a_world(), knowledge=known))


def request_in(reply: Reply) -> Request:
    assert isinstance(reply.state, Offered | Filling | Summary), reply
    return reply.state.request


def asking(fields: Mapping[str, str], field: str | Field) -> Dialogue:
    wanted = field if isinstance(field, Field) else Field(field)
    return a_dialogue(Filling(a_request(fields=fields), wanted))


def summed_up(**more: str) -> Dialogue:
    fields = {**LAWYER, "name": "Bo Ek", "email": EMAIL, "details": "", **more}
    return a_dialogue(Summary(a_request(fields=fields)))


# What is said of it


def test_the_words_that_ask_say_for_whom_and_the_offer_speaks_of_somebody_else() -> None:
    opening = "Olen asianajaja ja edustan Pekka Korhosta: poistakaa tiedot"
    reply = request_flow.offer((Right.ERASURE,), opening, a_world())
    assert request_in(reply).on_behalf == PEKKA
    assert keys(reply)[:2] == ["on_behalf.told", "offer.on_behalf"]
    own = request_flow.offer((Right.ERASURE,), "poistakaa tietoni", a_world())
    assert request_in(own).on_behalf is None
    assert keys(own)[0] == "offer.erasure"


def test_of_the_dead_it_is_said_plainly_and_the_request_can_still_be_made() -> None:
    reply = request_flow.offer((Right.ERASURE,), "Äitini on kuollut. Poistakaa.", a_world())
    assert keys(reply)[0] == "law.deceased"
    assert request_in(reply).on_behalf == OnBehalf(relation=Relation.ESTATE)


def test_where_the_notice_speaks_of_it_the_notice_is_quoted() -> None:
    intent = Intent(id="question.on-behalf", kind=Kind.QUESTION, passages=("rights-1",))
    catalog = Catalog(intents={**CATALOG.intents, intent.id: intent}, phrases=())
    world = a_world(knowledge=replace(KNOWLEDGE, catalog=catalog))
    told = on_behalf.told(LAWYER, world)
    assert Quote(passage="rights-1") in told.parts
    assert keys(told) == ["answer.intro", "on_behalf.told"]
    assert keys(on_behalf.told({}, world)) == []


def test_a_right_that_is_not_asked_for_others_here_leads_to_a_person() -> None:
    authority = {**DEFAULT_AUTHORITY, Right.ACCESS: frozenset[object]()}
    rules = Rules(on_behalf=RepresentationRules(authority=authority))  # type: ignore[arg-type]
    world = a_world(knowledge=replace(KNOWLEDGE, rules=rules))
    opening = "I am a lawyer acting for Pekka Korhonen"
    offered = request_flow.offer((Right.ACCESS,), opening, world)
    assert keys(offered)[-1] == "on_behalf.not_taken"
    assert pressable(offered) == [PassToStaff()]
    assert (offered.state, offered.unanswered) == (Idle(), opening)
    request = a_request(fields={**LAWYER, "name": "Bo", "email": EMAIL, "details": ""})
    for reply in (
        request_flow.ask_next(request, world),
        request_flow.open_ticket(request, a_dialogue().language, world),
    ):
        assert keys(reply) == ["on_behalf.not_taken"]
        assert (reply.state, reply.tickets, reply.choices) == (Idle(), (), ())


# The form


def test_the_form_asks_for_two_names_and_the_address_of_who_writes() -> None:
    reply = request_flow.ask_next(a_request(fields=NAMELESS), a_world())
    assert keys(reply) == ["field.concerned.ask"]
    named = hears(
        asking(NAMELESS, "concerned"), "Aune Berg", Reading(means=M.VALUE, value="Aune Berg")
    )
    assert keys(named) == ["field.name.own"]
    assert request_in(named).on_behalf == OnBehalf(name="Aune Berg")
    own = hears(asking(LAWYER, "name"), "Bo Ek", Reading(means=M.VALUE, value="Bo Ek"))
    assert keys(own) == ["field.email.own"]
    addressed = hears(
        asking({**LAWYER, "name": "Bo Ek"}, ADDRESS), EMAIL, Reading(means=M.VALUE, value=EMAIL)
    )
    assert keys(addressed) == ["field.details.theirs"]
    other = a_request(Right.OBJECTION, fields={**LAWYER, "name": "Bo Ek", "email": EMAIL})
    assert keys(request_flow.ask_next(other, a_world())) == ["field.details.objection"]


def test_the_reply_to_whom_it_concerns_may_say_what_the_writer_is_to_them() -> None:
    reading = Reading(means=M.VALUE, value="Onni Berg")
    reply = hears(asking(NAMELESS, "concerned"), "poikani Onni Berg", reading)
    assert request_in(reply).on_behalf == OnBehalf(name="Onni Berg", relation=Relation.PARENT)
    kept = hears(asking({"relation": "lawyer"}, "concerned"), "poikani Onni Berg", reading)
    assert request_in(kept).on_behalf == OnBehalf(name="Onni Berg", relation=Relation.LAWYER)


def test_no_name_is_asked_for_again() -> None:
    reply = hears(asking(NAMELESS, "concerned"), "hm")
    assert keys(reply) == ["field.concerned.invalid", "field.concerned.ask"]


def test_an_address_in_the_place_of_the_own_name_is_taken_and_the_name_is_left_to_staff() -> None:
    reply = hears(asking(LAWYER, "name"), f"laitan omani, {EMAIL}", M.CHANGE)
    assert keys(reply) == ["field.details.theirs"]
    assert request_in(reply).fields == {**LAWYER, "name": "", "email": EMAIL}


def test_whoever_gives_the_other_s_name_as_their_own_is_asked_again() -> None:
    reading = Reading(means=M.VALUE, value="pekka korhonen")
    reply = hears(asking(LAWYER, "name"), "sanoin juuri, Pekka Korhonen", reading)
    assert keys(reply) == ["on_behalf.same_name", "field.name.own"]


def test_who_asked_for_somebody_before_need_not_name_them_again() -> None:
    before = a_ticket(Right.ERASURE, on_behalf=PEKKA)
    reply = hears(asking(NAMELESS, "concerned"), "sama", M.SAME_AS_BEFORE, a_world(before))
    assert request_in(reply).fields["concerned"] == "Pekka Korhonen"


# Noticed later, and taken back


def test_a_reply_to_the_offer_that_says_so_is_told_what_holds_and_asked_again() -> None:
    offered = a_dialogue(Offered(a_request()))
    reply = hears(offered, "edustan Pekka Korhosta")
    assert keys(reply) == ["on_behalf.told", "offer.again"]
    assert request_in(reply).on_behalf == PEKKA
    assert isinstance(reply.state, Offered), "nothing is agreed to by that"
    learnt = hears(offered, "se on kaverin asia", M.ON_BEHALF)
    assert request_in(learnt).on_behalf == OnBehalf()


@pytest.mark.parametrize("means", [M.REFUSE, M.STOP, M.QUESTION])
def test_a_no_or_a_question_changes_nothing_of_whom_it_concerns(means: Meaning) -> None:
    reply = hears(a_dialogue(Offered(a_request())), "en, vaimoni kielsi", means)
    assert "on_behalf.told" not in keys(reply)


def test_a_name_in_reply_to_the_offer_goes_on_with_the_form() -> None:
    offered = a_dialogue(Offered(a_request(fields=NAMELESS)))
    reply = hears(offered, "hänen: Theodore Bainbridge")
    assert keys(reply) == ["field.name.own"]
    assert request_in(reply).on_behalf == OnBehalf(name="Theodore Bainbridge")
    unclear = hears(offered, "hm, hm")
    assert keys(unclear) == ["offer.again"]


def test_a_name_that_is_said_to_be_another_s_makes_it_a_request_for_them() -> None:
    reading = Reading(means=M.VALUE, value="Gail Moorcroft", second=M.ON_BEHALF)
    reply = hears(asking({}, "name"), "It's for Gail Moorcroft", reading)
    assert keys(reply) == ["on_behalf.told", "field.name.own"]
    assert request_in(reply).fields["concerned"] == "Gail Moorcroft"


def test_who_only_mentions_a_relative_beside_their_name_asks_for_themselves() -> None:
    reading = Reading(means=M.VALUE, value="Laura Niemi")
    reply = hears(asking({}, "name"), "Laura Niemi, mieheni on Pekka", reading)
    assert request_in(reply).on_behalf is None
    office = hears(asking({}, "name"), "edustan päämiestäni", M.UNCLEAR)
    assert keys(office) == ["on_behalf.told", "field.concerned.ask"]


def test_the_details_may_speak_of_others() -> None:
    fields = {"name": "Laura", "email": EMAIL}
    reading = Reading(means=M.VALUE, value="edustan Pekkaa")
    reply = hears(asking(fields, DETAILS), "edustan Pekkaa", reading)
    assert request_in(reply).on_behalf is None
    assert request_in(reply).fields["details"] == "edustan Pekkaa"


def test_the_person_concerned_can_take_over_and_what_they_say_is_the_detail() -> None:
    fields = {"relation": "parent", "concerned": "Lauri Haapala", "name": "", "email": EMAIL}
    text = "no moi tässä lauri ite, tilaus 5512 ei ole mun"
    reply = hears(asking(fields, DETAILS), text)
    assert request_in(reply).on_behalf is None
    assert request_in(reply).fields == {"name": "Lauri Haapala", "email": EMAIL, "details": text}
    assert isinstance(reply.state, Summary)


def test_whoever_asks_for_themselves_after_all_keeps_their_own_name() -> None:
    reply = hears(summed_up(), "ei vaan omat tietoni", M.CHANGE)
    assert request_in(reply).fields["name"] == "Bo Ek"
    assert request_in(reply).on_behalf is None
    nameless = hears(a_dialogue(Offered(a_request(fields=NAMELESS))), "omat tietoni")
    assert keys(nameless) == ["offer.again"]
    assert "name" not in request_in(nameless).fields


# The summary


def test_the_summary_says_who_writes_and_whom_it_concerns() -> None:
    reply = request_flow.ask_next(request_in_state(summed_up()), a_world())
    part = reply.parts[0]
    assert isinstance(part, Text)
    assert part.values["concerned"] == "Pekka Korhonen"
    assert part.values["relation"] == Relation.LAWYER
    assert part.values["name"] == "Bo Ek"


def request_in_state(dialogue: Dialogue) -> Request:
    assert isinstance(dialogue.state, Summary)
    return dialogue.state.request


def test_at_the_summary_whom_it_concerns_is_changed_in_words() -> None:
    reading = Reading(means=M.CHANGE, field=Topic.NAME, value="Anna Berg")
    theirs = request_in(hears(summed_up(), "hänen nimensä on Anna Berg", reading))
    assert (theirs.fields["concerned"], theirs.fields["name"]) == ("Anna Berg", "Bo Ek")
    unheard = request_in(hears(summed_up(), "hänen nimensä on Anna Berg"))
    assert unheard.fields["concerned"] == "Anna Berg"
    own = request_in(hears(summed_up(), "nimeni on Anna Berg", reading))
    assert (own.fields["concerned"], own.fields["name"]) == ("Pekka Korhonen", "Anna Berg")
    guardian = request_in(hears(summed_up(), "edunvalvojana, en asianajajana"))
    assert guardian.on_behalf == replace(PEKKA, relation=Relation.GUARDIAN)


def test_a_change_of_that_name_without_a_name_says_how_it_is() -> None:
    reading = Reading(means=M.CHANGE, field=Topic.NAME)
    reply = hears(summed_up(), "his, not mine, change the name", reading)
    assert keys(reply) == ["on_behalf.concerns", "summary.text"]


def test_at_the_summary_of_one_s_own_request_it_can_become_another_s() -> None:
    fields = {"name": "Bo Ek", "email": EMAIL, "details": ""}
    reply = hears(a_dialogue(Summary(a_request(fields=fields))), "se on päämieheni asia")
    assert keys(reply) == ["on_behalf.told", "field.concerned.ask"]
    assert request_in(reply).on_behalf == OnBehalf(relation=Relation.LAWYER)


def test_the_same_for_another_as_well_comes_after_one_s_own() -> None:
    fields = {"name": "Matti", "email": EMAIL, "details": ""}
    own = a_dialogue(Summary(a_request(fields=fields)))
    reply = hears(own, "ja vaimoni tiedot myös")
    assert keys(reply) == ["on_behalf.also", "summary.text"]
    assert request_in(reply).on_behalf is None
    also = Reading(means=M.CHANGE, field=Topic.NAME, value="Mahnaz Tehrani")
    wife = hears(asking({"name": "Matti"}, ADDRESS), "she wants it also, Mahnaz Tehrani", also)
    assert keys(wife) == ["on_behalf.also", "field.email.ask"]
    request = request_in(wife)
    assert request.fields == {"name": "Matti", "also_for": "Mahnaz Tehrani"}
    full = replace(request, fields={**request.fields, "email": EMAIL, "details": "x"})
    after = request_flow.open_ticket(full, a_dialogue().language, a_world())
    following = request_in(after)
    assert following.on_behalf == OnBehalf(name="Mahnaz Tehrani")
    assert following.fields["email"] == EMAIL
    assert "details" not in following.fields


# The ticket


def test_the_ticket_knows_both_and_its_writer_is_told_what_comes_next() -> None:
    request = request_in_state(summed_up())
    reply = request_flow.open_ticket(request, a_dialogue().language, a_world())
    ticket = reply.tickets[0]
    assert (ticket.on_behalf, ticket.person.name, ticket.authority) == (PEKKA, "Bo Ek", ())
    assert "on_behalf.next" in keys(reply)
    assert reply.records[0].facts["on_behalf"] == "lawyer"


def test_one_s_own_request_and_those_for_others_stand_beside_each_other() -> None:
    own = a_ticket()
    for_pekka = a_ticket(id="id-2", number="T-2026-0002", on_behalf=PEKKA)
    request = request_in_state(summed_up(concerned="Anna Berg"))
    opened = request_flow.open_ticket(request, a_dialogue().language, a_world(own, for_pekka))
    assert opened.tickets[0].on_behalf == OnBehalf(name="Anna Berg", relation=Relation.LAWYER)
    again = request_in_state(summed_up(concerned="PEKKA  korhonen"))
    already = request_flow.open_ticket(again, a_dialogue().language, a_world(own, for_pekka))
    assert keys(already) == ["ticket.already"]


def test_a_form_that_is_filled_in_again_is_still_for_somebody_else() -> None:
    reply = request_flow.fill_in_again(request_in_state(summed_up()), a_world())
    assert keys(reply) == ["field.concerned.ask"]
    assert request_in(reply).on_behalf == OnBehalf(relation=Relation.LAWYER)

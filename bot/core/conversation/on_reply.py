"""Handles a reply to an open question, by what it means there.

None if the reply does not concern the open question: then it is handled like any other message.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.core.buttons import Change, No, Yes
from bot.core.catalog import Language, Right
from bot.core.conversation import (
    decisions,
    doubtful,
    languages,
    on_behalf,
    open_question,
    request_fields,
    request_flow,
    told_beside,
)
from bot.core.conversation.answers import DECLINE, MAKE
from bot.core.conversation.dialogue import Dialogue, Filling, Offered, Request, Summary
from bot.core.conversation.opening import added, fields_in
from bot.core.conversation.reply import NOTHING, Reply, say
from bot.core.conversation.request_fields import ALSO_FOR, CONCERNED, DETAILS, EMAIL, NAME, NAMES
from bot.core.conversation.world import World
from bot.core.understanding.asked import Meaning, Reading, Topic
from bot.core.understanding.recognisers import for_somebody
from bot.core.understanding.replies import passed_over, unmeant
from bot.core.understanding.replies.safeguards import asks
from bot.core.understanding.words.cues import cues, words_beside
from bot.core.understanding.words.names import is_full_name, put_right
from bot.core.understanding.words.values import right_in

M = Meaning
_ENDS = frozenset({M.REFUSE, M.STOP, M.WITHDRAW})
_SKIPS = frozenset({M.SKIP, M.NO_EMAIL, M.DECLINE_VALUE})
_ASKING = frozenset({M.QUESTION, M.HUMAN, M.LANGUAGE})
_ALL = re.compile(r"\b(?:tiedot|yhteystiedot|details|everything|uppgifter|allt)\b", re.IGNORECASE)
_WHO, _FEW_WORDS = frozenset({NAME, EMAIL}), 4
_ASIDES = frozenset({M.QUESTION, M.HUMAN, M.LANGUAGE, M.UNCLEAR})
_FIELDS: Mapping[Topic, str] = {Topic.NAME: NAME, Topic.EMAIL: EMAIL, Topic.DETAILS: DETAILS}


def take(dialogue: Dialogue, reading: Reading, text: str, world: World) -> Reply | None:
    """Do what a reply means."""
    if reading.means is M.LANGUAGE and (wanted := languages.asked_for(text)):
        return _in_language(wanted, dialogue, world)
    request = on_behalf.noticed(dialogue, reading, text)
    match dialogue.state:
        case Offered() | Filling() | Summary() as state if request is not None:
            return _whom_changed(state, request, text, world)
        case Offered(request):
            return _at_offer(dialogue, request, reading, text, world)
        case Filling() as filling:
            if asked := doubtful.asked_back(dialogue, filling, text, world):
                return asked
            named = _of_two(filling, reading, text, world) or _with_address(filling, text, world)
            return named or _in_form(dialogue, filling, reading, text, world)
        case Summary(request):
            return _at_summary(dialogue, request, reading, text, world)
    return None


def _in_language(wanted: Language, dialogue: Dialogue, world: World) -> Reply:
    """Go on in another language, where it is spoken here, with the open question."""
    spoken = wanted if wanted in world.rules.languages else None
    reply = Reply(language=spoken) + say("smalltalk.language")
    return open_question.then_again(reply, dialogue.state, world)


def _whom_changed(
    state: Offered | Filling | Summary, request: Request, text: str, world: World
) -> Reply:
    """Go on with a request that concerns somebody else than it did, or another one as well."""
    before = state.request
    if not before.on_behalf and not request.on_behalf:
        told = say("on_behalf.also", concerned=request.fields[ALSO_FOR])
    else:
        told = on_behalf.told(request.fields, world) if not before.on_behalf else NOTHING
    if isinstance(state, Offered) and not (before.on_behalf and request.on_behalf):
        asked = say("offer.again", right=request.right).offering(MAKE, DECLINE)
        return told + asked.then(Offered(request))
    match state:
        case Filling(asking=field) if field.name == DETAILS and request.missing == field:
            # "This is Lauri himself, order 5512 is not mine": the rest of it is the detail.
            return request_flow.fill_in(Filling(request, field), text, world)
    return told + request_flow.ask_next(request, world)


def _decided(
    dialogue: Dialogue, request: Request, reading: Reading, text: str, world: World
) -> Reply | None:
    """Take what answers a closed question: the offer of a request, or its summary."""
    match reading.means:
        case M.AGREE:
            return _agreed(dialogue, request, text, world)
        case M.LIMIT:
            return request_flow.ask_next(_limited(request, text), world)
        case M.POSTPONE:
            return open_question.postponed(dialogue.state)
        case means if means in _ENDS:
            return decisions.take(dialogue, No(), world)
        case M.OTHER_RIGHT | M.CHANGE if right := _right(reading):
            return _instead(request, right, text, world)
    return None


def _agreed(dialogue: Dialogue, request: Request, text: str, world: World) -> Reply:
    """Take a yes; what is told beside it goes to staff with the words that asked."""
    request = told_beside.with_yes(request, text, dialogue.language)
    state = Offered(request) if isinstance(dialogue.state, Offered) else Summary(request)
    return decisions.take(replace(dialogue, state=state), Yes(), world)


def _instead(request: Request, right: Right, text: str, world: World) -> Reply:
    """Offer another right in the place of one; who asks need not say again who they are."""
    reply = request_flow.offer((right,), text, world)
    if not isinstance(reply.state, Offered):
        return reply
    known = {name: value for name, value in request.fields.items() if name in _WHO}
    other = reply.state.request
    return reply.then(Offered(replace(other, fields={**known, **other.fields})))


def _at_offer(
    dialogue: Dialogue, request: Request, reading: Reading, text: str, world: World
) -> Reply | None:
    given = {name: value for name, value in fields_in(text, request.rights).items() if name in _WHO}
    if request.on_behalf is None and Right.RECTIFICATION not in request.rights:
        given = told_beside.who(dialogue, reading, text) | given
    elif request.on_behalf and not request.on_behalf.name:
        given |= {CONCERNED: name} if (name := for_somebody.person_in(text)) else {}
    # With the yes or before it: what is given once is not asked for again.
    request = replace(request, fields={**request.fields, **given})
    if reading.means is M.ALSO_RIGHT and reading.value:
        return request_flow.offer_also((Right(reading.value),), text, request, world)
    if given and reading.means is not M.LIMIT:
        request = replace(request, opening=added(request.opening, text))
    dialogue = replace(dialogue, state=Offered(request))
    decided = _decided(dialogue, request, reading, text, world)
    told_who = bool(given) or is_full_name(text)
    if decided is None and told_who and reading.means not in _ASKING:
        return open_question.ask_again(dialogue.state, world).then(dialogue.state)
    return decided


def _in_form(
    dialogue: Dialogue, filling: Filling, reading: Reading, text: str, world: World
) -> Reply | None:
    field, asked_of = filling.asking, filling.request
    filling = replace(filling, request=told_beside.with_contacts(filling, text))
    match reading.means:
        case M.VALUE if reading.value and field.name != DETAILS:
            return _given(dialogue, filling, reading, text, world)
        case M.SAME_AS_BEFORE if known := _known(field.name, world):
            same = _all_the_same(filling, text, world)
            return request_flow.fill_in(replace(filling, request=same), known, world)
        case means if means in _SKIPS and filling.may_be_left_out:
            return request_flow.take_field(filling, "", world)
        case M.POSTPONE:
            return say("postponed")
        case means if means in _ENDS and not _is_told(field.name, means):
            return decisions.take(dialogue, No(), world)
        case M.OTHER_RIGHT if right := _right(reading):
            return _instead(filling.request, right, text, world)
        case M.CHANGE if reading.value and reading.field not in (Topic.RIGHT, Topic.DETAILS):
            return _changed(filling.request, reading, text, world)
    if filling.request != asked_of:
        return told_beside.asked_on(asked_of, filling.request, world)
    if field.name == DETAILS and not (reading.means in _ASIDES and _says_nothing(text, dialogue)):
        return request_flow.fill_in(filling, text, world)
    return None


def _with_address(filling: Filling, text: str, world: World) -> Reply | None:
    """Take an address in the place of a name, where no name is needed beside it."""
    request = told_beside.with_address(filling, text)
    missing = request.missing.name if request.missing else ""
    return request_flow.ask_next(request, world) if missing != filling.asking.name else None


def _of_two(filling: Filling, reading: Reading, text: str, world: World) -> Reply | None:
    """Take a name where two people have one: the writer, and whom the request concerns."""
    request, name = filling.request, filling.asking.name
    if request.on_behalf is None or name not in NAMES:
        return None
    if name == NAME and request_fields.problem(EMAIL, text) is None:
        # Where they are reached says enough for now: staff ask for the name where they need it.
        fields = {**request.fields, NAME: "", EMAIL: request_fields.clean(EMAIL, text)}
        return request_flow.ask_next(replace(request, fields=fields), world)
    if reading.means is not M.VALUE or request_fields.problem(name, reading.value):
        return None
    if name == CONCERNED:
        return request_flow.ask_next(on_behalf.given(request, text, reading.value), world)
    if request.on_behalf.name.casefold() == reading.value.casefold():
        return say("on_behalf.same_name") + request_flow.ask_next(request, world)
    return None


def _given(
    dialogue: Dialogue, filling: Filling, reading: Reading, text: str, world: World
) -> Reply:
    """Take a value; another right that is wished for beside it comes after this one."""
    language = languages.of_reply(text, dialogue.language, world.knowledge)
    right = right_in(text, filling.request.right, language)
    if reading.second is not M.ALSO_RIGHT or right is None:
        rest = text.replace(reading.value, " ")
        longer = told_beside.with_words(filling.request, text, language, rest)
        return request_flow.fill_in(replace(filling, request=longer), reading.value, world)
    told, longer = request_flow.longer((right,), text, filling.request, world)
    return told + request_flow.fill_in(replace(filling, request=longer), reading.value, world)


def _says_nothing(text: str, dialogue: Dialogue) -> bool:
    """Tell whether a text asks something, hums or mocks: that is no detail."""
    told = words_beside(text, dialogue.language, {"unclear"})
    return not told or asks(text) or unmeant.mocks(text)


def _is_told(field: str, means: Meaning) -> bool:
    """Tell whether staff are told a "no": to the question for details it may be the detail."""
    return field == DETAILS and means is M.REFUSE


def _at_summary(
    dialogue: Dialogue, request: Request, reading: Reading, text: str, world: World
) -> Reply | None:
    decided = _decided(dialogue, request, reading, text, world)
    if decided is not None:
        return decided
    match reading.means:
        case M.ALSO_RIGHT if reading.value:
            return request_flow.add((Right(reading.value),), text, request, world)
        case M.CHANGE if reading.field is Topic.NOTHING:
            return decisions.take(dialogue, Change(), world)
        case M.CHANGE if reading.field is Topic.EMAIL and _wants_no_email(reading, text, dialogue):
            without = replace(request, fields={**request.fields, EMAIL: ""})
            return request_flow.ask_next(without, world)
        case M.CHANGE:
            return _changed(request, reading, text, world)
    return None


def _wants_no_email(reading: Reading, text: str, dialogue: Dialogue) -> bool:
    """Tell whether an address is taken back without another: "no mail then"."""
    few = len(text.split()) <= _FEW_WORDS and not reading.value
    return few and "no_mail" in cues(text, dialogue.language)


def _changed(request: Request, reading: Reading, text: str, world: World) -> Reply:
    """Change a field; without a value that can be kept it is asked for again."""
    name = _FIELDS[reading.field]
    if name == NAME and request.on_behalf and for_somebody.is_of_another(text):
        if not reading.value:
            whom = request.on_behalf.name
            return say("on_behalf.concerns", concerned=whom) + request_flow.ask_next(request, world)
        name = CONCERNED
    fields = dict(request.fields)
    before, given = fields.get(name, ""), reading.value
    given = put_right(before, text, given) if name in NAMES else given
    if name == DETAILS and not before and passed_over.wants_all(given, request.right):
        return request_flow.ask_next(request, world)  # it covers all already
    if name == DETAILS:
        fields[name] = added(before, given)[: request_fields.LONGEST[name]]
    elif given and request_fields.problem(name, given) is None:
        fields[name] = request_fields.clean(name, given)
    else:
        fields.pop(name, None)
    return request_flow.ask_next(replace(request, fields=fields), world)


def _limited(request: Request, text: str) -> Request:
    """Return a request with a limit or condition that was set: staff read it (Art. 17, 21)."""
    details = added(request.fields.get(DETAILS, ""), text)[: request_fields.LONGEST[DETAILS]]
    return replace(request, fields={**request.fields, DETAILS: details})


def _right(reading: Reading) -> Right | None:
    return Right(reading.value) if reading.field is Topic.RIGHT and reading.value else None


def _all_the_same(filling: Filling, text: str, world: World) -> Request:
    """Return a request with the address, too, where a text says that all is as it was before."""
    request, address = filling.request, _known(EMAIL, world)
    if not address or not _ALL.search(text) or filling.asking.name == EMAIL:
        return request
    return replace(request, fields={EMAIL: address, **request.fields})


def _known(field: str, world: World) -> str:
    """Return what this person gave for a field before, if they have a ticket."""
    if not world.tickets:
        return ""
    person, concerned = world.tickets[-1].person, world.tickets[-1].on_behalf
    names = {NAME: person.name, CONCERNED: concerned.name if concerned else ""}
    return {**names, EMAIL: person.email}.get(field, "")

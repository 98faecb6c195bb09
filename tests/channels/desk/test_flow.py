"""Staff's forms, from the button to what is sent: the same in every channel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.channels.desk import attaching, flow
from bot.channels.desk.choosing import choices, templates_of
from bot.channels.desk.flow import Ask, Obstacle, Preview, Refused, Situation, Step
from bot.channels.desk.form import CHOICES, DETAILS, Blank, Form, NewRequest, Subject, opening
from bot.core.catalog import Language, Right
from bot.core.effects import Say, StaffWords, Text
from bot.core.events import StaffActed, StaffAnswered, StaffOpened
from bot.core.knowledge import Knowledge
from bot.core.tickets import identity, staff_decision
from bot.core.tickets.clock import Ground
from bot.core.tickets.copies import LARGEST, File, Way
from bot.core.tickets.identity import DEFAULT_POLICY, Method, Proof
from bot.core.tickets.inquiries import ANSWER
from bot.core.tickets.recipients import Outcome, Recipient, Tick
from bot.core.tickets.representation import AuthorityProof
from bot.core.tickets.rules import Rules
from bot.core.tickets.source import Source
from bot.core.tickets.staff_request import StaffRequest
from bot.core.tickets.staff_tasks import StaffTask
from bot.core.tickets.templates import Kind, OwnGround, Template
from bot.core.tickets.ticket import STAFF, Action, Actor, Denial, State, Ticket
from bot.core.tickets.transitions import TRANSITIONS
from bot.core.understanding.words.text import LONGEST
from tests.factories import (
    AINO,
    LATE,
    MIKA,
    NOW,
    RULES,
    SARI,
    a_question,
    a_ticket,
    after,
    attested,
    for_somebody,
    in_state,
    suspended,
)

A_FILE = File(id="f", name="data.json", size=9, sha256="0" * 64, at=NOW, by=SARI.key)
WORDS = "Laki velvoittaa & <i>säilyttämään</i> {{ x }}."


class Filling:
    """One form being filled in by somebody, kept between its steps as a channel keeps it."""

    def __init__(
        self, subject: Subject, actor: Actor, known: Knowledge, now: datetime = NOW
    ) -> None:
        self.at = Situation(subject, actor, now, known)

    def begin(self, action: str, version: int | None = None) -> Step:
        subject = self.at.subject
        shown = subject.version if version is None else version
        return self.kept(
            flow.begin(Form(action=action, subject=subject.id, version=shown), self.at)
        )

    def fill(self, *values: str) -> Step:
        for value in values:
            blank = self.form.blank()
            if blank in CHOICES and blank:
                step: Step = flow.choose(self.form, blank, value, self.at)
            else:
                step = flow.write(self.form, value, self.at)
            self.kept(step)
        return step

    def kept(self, step: Step) -> Step:
        if not isinstance(step, Refused):
            self.form = step.form
        return step


def filling_of(action: Action, state: State, knowledge: Knowledge) -> Filling:
    """Have somebody who may begin the form of an action, on a ticket that allows it."""
    attests = action in (Action.VERIFY, Action.REPRESENT, Action.AUTHORISE)
    subject = for_somebody(in_state(state)) if action is Action.AUTHORISE else in_state(state)
    if action is Action.END_TASK:
        subject = replace(subject, tasks=(A_TASK,))
    return Filling(subject, SARI if attests else MIKA, knowledge)


def previewed(step: Step) -> Preview:
    assert isinstance(step, Preview), step
    return step


# What is asked, and in which order

A_TASK = StaffTask(number=1, text=WORDS, owner="aino", due=date(2026, 11, 20), at=NOW, by="mika")


STEPS: list[tuple[Action, State, tuple[str, ...], tuple[Blank, ...]]] = [
    (Action.VERIFY, State.AWAITING_IDENTITY, ("in_person",), (Blank.METHOD,)),
    (
        Action.REPRESENT,
        State.AWAITING_IDENTITY,
        ("guardian", "Anna Berg"),
        (Blank.RELATION, Blank.TEXT),
    ),
    (
        Action.AUTHORISE,
        State.AWAITING_CONFIRMATION,
        ("power_of_attorney", WORDS),
        (Blank.AUTHORITY, Blank.TEXT),
    ),
    (Action.ASK, State.AWAITING_IDENTITY, (WORDS,), (Blank.TEXT,)),
    (Action.EXTEND, State.AWAITING_IDENTITY, (WORDS,), (Blank.TEXT,)),
    (
        Action.SUSPEND,
        State.AWAITING_IDENTITY,
        ("identity_doubt", WORDS),
        (Blank.GROUND, Blank.TEXT),
    ),
    (Action.REFUSE, State.AWAITING_CONFIRMATION, (WORDS,), (Blank.TEXT,)),
    (Action.CONFIRM, State.AWAITING_CONFIRMATION, (), ()),
    (Action.FULFIL, State.CONFIRMED, ("fully",), (Blank.EXTENT,)),
    (Action.FULFIL, State.CONFIRMED, ("partly", WORDS), (Blank.EXTENT, Blank.TEXT)),
    (Action.REOPEN, State.REFUSED, (WORDS,), (Blank.TEXT,)),
    (Action.TAKE, State.AWAITING_IDENTITY, (), ()),
    (Action.HAND_OVER, State.CONFIRMED, ("aino",), (Blank.TO,)),
    (Action.NOTE, State.FULFILLED, (WORDS,), (Blank.TEXT,)),
    (
        Action.ADD_TASK,
        State.CONFIRMED,
        ("aino", "20.11.2026", WORDS),
        (Blank.DOER, Blank.DUE, Blank.TEXT),
    ),
    (Action.END_TASK, State.CONFIRMED, ("1",), (Blank.TASK,)),
]


@pytest.mark.parametrize(("action", "state", "values", "blanks"), STEPS, ids=lambda x: str(x)[:20])
def test_a_form_asks_for_one_thing_after_the_other_and_ends_in_a_preview(
    knowledge: Knowledge,
    action: Action,
    state: State,
    values: tuple[str, ...],
    blanks: tuple[Blank, ...],
) -> None:
    filling = filling_of(action, state, knowledge)
    step = filling.begin(action)
    asked: list[Blank] = []
    for value in values:
        assert isinstance(step, Ask), step
        asked.append(step.blank)
        step = filling.fill(value)
    assert tuple(asked) == blanks
    event = flow.send(previewed(step).form, filling.at)
    assert isinstance(event, StaffActed)
    assert event.command.action is action
    assert event.command.version == filling.at.subject.version


def test_every_action_of_staff_has_its_steps_here() -> None:
    staffs = {action for (_, action), rule in TRANSITIONS.items() if rule.roles & STAFF}
    apart = {
        Action.NOTIFY,
        Action.CORRECT_CONTACTS,
        Action.TELL_CODE,
        Action.ATTACH,
        Action.DETACH,
        Action.DELIVER,
    }
    assert {action for action, *_ in STEPS} | {Action.RESUME} | apart == staffs


def test_a_copy_is_delivered_in_a_way_and_with_words_where_it_needs_them(
    knowledge: Knowledge,
) -> None:
    access = replace(in_state(State.CONFIRMED), right=Right.ACCESS)
    filling = Filling(access, MIKA, knowledge)
    assert filling.begin(Action.FULFIL) == Refused(Denial.NOT_DELIVERED)
    assert filling.begin(Action.DETACH) == Refused(Denial.NO_FILE)
    step = filling.begin(Action.DELIVER)
    assert isinstance(step, Ask)
    assert step.blank is Blank.WAY
    step = filling.fill("handed_over")
    assert isinstance(step, Ask)
    assert (step.blank, step.form.words_wanted()) == (Blank.TEXT, "delivered")
    letter = previewed(filling.fill(WORDS)).letter
    assert letter is not None
    assert StaffWords(text=WORDS) in letter.parts
    event = flow.send(filling.form, filling.at)
    assert isinstance(event, StaffActed)
    assert event.command.way is Way.HANDED_OVER
    filling.begin(Action.DELIVER)
    assert filling.fill("page") == Refused(Denial.NO_PAGE)


def test_an_own_ground_is_chosen_as_those_of_the_law(knowledge: Knowledge) -> None:
    kinds, languages = frozenset({Kind.REFUSE}), frozenset(Language)
    own = OwnGround(key="trade_secret", kinds=kinds, languages=languages)
    known = replace(knowledge, rules=replace(knowledge.rules, grounds=(own,)))
    filling = Filling(in_state(State.CONFIRMED), MIKA, known)
    step = filling.begin(Action.REFUSE)
    assert isinstance(step, Ask)
    assert templates_of(step.form, known.rules, filling.at.subject)[-1] == "trade_secret"
    assert "trade_secret" in templates_of(step.form, known.rules)
    ready = previewed(flow.choose(step.form, Blank.TEMPLATE, "trade_secret", filling.at))
    assert ready.letter is not None
    assert "template.refuse.trade_secret" in repr(ready.letter.parts)
    other = flow.choose(step.form, Blank.TEMPLATE, "trade", filling.at)
    assert other == Refused(Denial.TEMPLATE_NOT_FIT)


def test_a_task_is_for_somebody_on_the_staff_by_a_day_to_come(knowledge: Knowledge) -> None:
    filling = Filling(in_state(State.CONFIRMED), SARI, knowledge)
    assert filling.begin(Action.END_TASK) == Refused(Denial.TASK_UNKNOWN)
    filling.begin(Action.ADD_TASK)
    assert filling.fill("mallory") == Refused(Denial.NOT_ON_STAFF)
    filling.fill("aino")
    assert filling.fill("soon") == Refused(Denial.DAY_UNCLEAR)
    assert filling.fill("5.11.2026") == Refused(Denial.DUE_PAST)
    filling.fill("20.11.2026")
    assert previewed(filling.fill(WORDS)).letter is None
    event = flow.send(filling.form, filling.at)
    assert isinstance(event, StaffActed)
    command = event.command
    assert (command.to, command.due, command.text) == ("aino", date(2026, 11, 20), WORDS)


def test_only_a_task_that_is_left_is_ticked_off(knowledge: Knowledge) -> None:
    ended = replace(A_TASK, number=2, done_at=NOW, done_by="mika")
    ticket = replace(in_state(State.CONFIRMED), tasks=(A_TASK, ended))
    filling = Filling(ticket, SARI, knowledge)
    filling.begin(Action.END_TASK)
    assert filling.fill("2") == Refused(Denial.TASK_UNKNOWN)
    assert isinstance(filling.fill("1"), Preview)


def test_a_ticket_is_opened_step_by_step_and_what_is_wrong_is_said_at_once(
    knowledge: Knowledge,
) -> None:
    filling = Filling(NewRequest(), SARI, knowledge)
    step = flow.begin(opening(), filling.at)
    filling.kept(step)
    for value in ("access", "letter"):
        step = filling.fill(value)
    assert filling.fill("7.11.2026") == Refused(Denial.DAY_TO_COME)
    for value in ("2.11.2026", "sv", "Liisa"):
        step = filling.fill(value)
    assert filling.fill("liisa@") == Refused(Denial.EMAIL_INVALID)
    filling.fill("liisa@example.com")
    assert filling.fill("12") == Refused(Denial.PHONE_INVALID)
    filling.fill("-")
    step = filling.fill("Allt om mig.")
    letter = previewed(step).letter
    assert letter is not None
    assert letter.to.email == "liisa@example.com"
    event = flow.send(filling.form, filling.at)
    assert isinstance(event, StaffOpened)
    assert event.request == StaffRequest(
        right=Right.ACCESS,
        source=Source.LETTER,
        received=date(2026, 11, 2),
        language=Language.SV,
        name="Liisa",
        email="liisa@example.com",
        words="Allt om mig.",
    )


def test_nobody_is_named_and_so_nothing_is_opened(knowledge: Knowledge) -> None:
    filling = Filling(NewRequest(), SARI, knowledge)
    values = {
        "right": "erasure",
        "source": "phone",
        "received": "2.11.2026",
        "language": "fi",
        "name": "",
        "email": "",
        "phone": "",
        "text": "Kaikki pois.",
    }
    begun = flow.begin(opening(), filling.at)
    assert isinstance(begun, Ask)
    assert flow.fill(begun.form, values, filling.at) == Refused(Denial.PERSON_MISSING)
    wrong = {**values, "received": "7.11.2026"}
    assert flow.fill(begun.form, wrong, filling.at) == Refused(Denial.DAY_TO_COME)


def test_only_staff_open_a_ticket_and_no_other_form_is_about_none(knowledge: Knowledge) -> None:
    nobody = Filling(NewRequest(), Actor(key="x", roles=frozenset()), knowledge)
    assert flow.begin(opening(), nobody.at) == Refused(Denial.NOT_YOUR_ROLE)
    filling = Filling(NewRequest(), SARI, knowledge)
    other = Form(action=Action.CONFIRM, subject=NewRequest().id, version=0)
    assert flow.begin(other, filling.at) == Refused(Obstacle.UNKNOWN)


def test_a_told_code_is_not_looked_at_before_it_is_sent(knowledge: Knowledge) -> None:
    challenge = identity.Challenge(digest="d", sent_at=NOW)
    ticket = replace(in_state(State.AWAITING_IDENTITY), source=Source.PHONE, challenge=challenge)
    filling = Filling(ticket, SARI, knowledge)
    assert isinstance(filling.begin(Action.TELL_CODE), Ask)
    assert previewed(filling.fill("1234 5678")).letter is None
    event = flow.send(filling.form, filling.at)
    assert isinstance(event, StaffActed)
    assert (event.command.code, event.command.evidence) == ("1234 5678", None)


def test_a_clock_that_stands_still_is_started_without_a_question(knowledge: Knowledge) -> None:
    assert isinstance(Filling(suspended(), SARI, knowledge).begin(Action.RESUME), Preview)


def test_a_question_is_answered_in_words(knowledge: Knowledge) -> None:
    filling = Filling(a_question(), SARI, knowledge)
    assert filling.begin(ANSWER) == Ask(filling.form, Blank.TEXT)
    letter = previewed(filling.fill("Hän on Oili Opas.")).letter
    assert letter is not None
    assert StaffWords(text="Hän on Oili Opas.") in letter.parts
    event = flow.send(filling.form, filling.at)
    assert isinstance(event, StaffAnswered)
    assert event.text == "Hän on Oili Opas."


# What the preview shows is what is sent


@pytest.mark.parametrize(("action", "state", "values"), [step[:3] for step in STEPS])
def test_the_customer_reads_what_the_preview_showed(
    knowledge: Knowledge, action: Action, state: State, values: tuple[str, ...]
) -> None:
    filling = filling_of(action, state, knowledge)
    step = filling.begin(action)
    shown = previewed(filling.fill(*values) if values else step)
    event = flow.send(shown.form, filling.at)
    assert isinstance(event, StaffActed)
    assert isinstance(filling.at.subject, Ticket)
    made = staff_decision.decide(filling.at.subject, event, NOW, knowledge)
    assert isinstance(made, staff_decision.Decision)
    says = [effect for effect in made.effects if isinstance(effect, Say)]
    assert says == ([shown.letter] if shown.letter else [])


def test_a_ready_made_reply_takes_the_place_of_words_and_some_can_follow(
    knowledge: Knowledge,
) -> None:
    filling = Filling(in_state(State.CONFIRMED), MIKA, knowledge)
    step = filling.begin(Action.REFUSE)
    assert isinstance(step, Ask)
    assert Template.LEGAL_OBLIGATION in templates_of(
        step.form, filling.at.known.rules, filling.at.subject
    )
    ready = previewed(flow.choose(step.form, Blank.TEMPLATE, "legal_obligation", filling.at))
    assert ready.letter is not None
    keys = [part.key for part in ready.letter.parts if isinstance(part, Text)]
    assert "template.refuse.legal_obligation" in keys
    assert templates_of(ready.form, filling.at.known.rules, filling.at.subject) == ()
    more = flow.write(ready.form, WORDS, filling.at)
    assert StaffWords(text=WORDS) in (previewed(more).letter or ready.letter).parts


def test_a_ready_made_reply_that_does_not_fit_is_refused(knowledge: Knowledge) -> None:
    filling = Filling(in_state(State.CONFIRMED), MIKA, knowledge)
    step = filling.begin(Action.REFUSE)
    assert isinstance(step, Ask)
    for value in ("others_rights", "nonsense"):
        told = flow.choose(step.form, Blank.TEMPLATE, value, filling.at)
        assert told == Refused(Denial.TEMPLATE_NOT_FIT)


def test_what_was_written_is_cleaned_and_masked_before_it_is_shown(knowledge: Knowledge) -> None:
    filling = Filling(a_ticket(), MIKA, knowledge)
    filling.begin(Action.ASK)
    filling.fill("Onko tunnuksesi \u200b010190-900P\u202e?")
    assert "010190" not in filling.form.text
    assert not {"\u200b", "\u202e"} & set(filling.form.text)


def test_the_reason_to_reopen_stays_with_staff(knowledge: Knowledge) -> None:
    filling = Filling(in_state(State.REFUSED), MIKA, knowledge)
    filling.begin(Action.REOPEN)
    letter = previewed(filling.fill("Salainen syy")).letter
    assert letter is not None
    assert "Salainen" not in repr(letter)


def test_what_the_customer_is_not_told_shows_no_letter(knowledge: Knowledge) -> None:
    """Where a policy asks for more than staff's attestation, one piece changes no state."""
    strict = Rules(policy={right: frozenset({Proof.ON_FILE}) for right in DEFAULT_POLICY})
    filling = Filling(a_ticket(), SARI, replace(knowledge, rules=strict))
    filling.begin(Action.VERIFY)
    assert previewed(filling.fill("call_back")).letter is None


def test_a_form_is_decided_once_and_only_for_its_preview(
    knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch
) -> None:
    decided: list[object] = []
    decide = staff_decision.decide

    def counted(
        ticket: Ticket, event: StaffActed, now: datetime, known: Knowledge
    ) -> staff_decision.Decision | Denial:
        decided.append(event)
        return decide(ticket, event, now, known)

    monkeypatch.setattr(staff_decision, "decide", counted)
    filling = Filling(a_ticket(), MIKA, knowledge)
    filling.begin(Action.REFUSE)
    assert decided == []
    filling.fill(WORDS)
    assert isinstance(flow.send(filling.form, filling.at), StaffActed)
    assert len(decided) == 1


# Why a form does not begin


def later_version(ticket: Ticket) -> Ticket:
    return after(ticket, Action.ASK, SARI, text="Mitä?")


REFUSALS: Mapping[str, tuple[Subject, Actor, str, Denial | Obstacle]] = {
    "the role": (a_ticket(), SARI, Action.REFUSE, Denial.NOT_YOUR_ROLE),
    "the other role": (a_ticket(), MIKA, Action.VERIFY, Denial.NOT_YOUR_ROLE),
    "the state": (a_ticket(), MIKA, Action.CONFIRM, Denial.NOT_IN_THIS_STATE),
    "four eyes": (attested(a_ticket(), AINO), AINO, Action.CONFIRM, Denial.FOUR_EYES),
    "a clock that runs": (a_ticket(), SARI, Action.RESUME, Denial.NOT_SUSPENDED),
    "a clock that stands": (suspended(), MIKA, Action.SUSPEND, Denial.ALREADY_SUSPENDED),
    "extended once": (
        after(a_ticket(), Action.EXTEND, MIKA, text="Paljon."),
        MIKA,
        Action.EXTEND,
        Denial.ALREADY_EXTENDED,
    ),
    "the customer's": (a_ticket(), AINO, Action.WITHDRAW, Denial.NOT_YOUR_ROLE),
    "no action": (a_ticket(), AINO, "delete", Obstacle.UNKNOWN),
    "the details": (a_ticket(), AINO, DETAILS, Obstacle.UNKNOWN),
    "an answer to a ticket": (a_ticket(), AINO, ANSWER, Obstacle.UNKNOWN),
    "an action on a question": (a_question(), AINO, Action.CONFIRM, Obstacle.UNKNOWN),
}


@pytest.mark.parametrize("why", REFUSALS)
def test_nobody_fills_in_what_cannot_be_done(knowledge: Knowledge, why: str) -> None:
    subject, actor, action, refusal = REFUSALS[why]
    assert Filling(subject, actor, knowledge).begin(action) == Refused(refusal)


@pytest.mark.parametrize("action", [Action.EXTEND, Action.SUSPEND])
def test_the_deadline_counts_when_the_form_is_begun(knowledge: Knowledge, action: Action) -> None:
    assert Filling(a_ticket(), MIKA, knowledge, LATE).begin(action) == Refused(Denial.TOO_LATE)


@pytest.mark.parametrize("action", [Action.REFUSE, Action.ASK, Action.CONFIRM])
def test_an_old_button_begins_nothing(knowledge: Knowledge, action: Action) -> None:
    ticket = later_version(in_state(State.AWAITING_CONFIRMATION))
    step = Filling(ticket, MIKA, knowledge).begin(action, ticket.version - 1)
    assert step == Refused(Denial.STALE)


def test_an_answered_question_is_not_answered_again(knowledge: Knowledge) -> None:
    closed = replace(a_question(), closed_at=NOW, version=2)
    for version in (1, 2):
        assert Filling(closed, SARI, knowledge).begin(ANSWER, version) == Refused(Denial.STALE)


# Why a form does not go on


def test_nobody_goes_on_with_the_form_of_another(knowledge: Knowledge) -> None:
    filling = Filling(a_ticket(), SARI, knowledge)
    filling.begin(Action.VERIFY)
    other = replace(filling.at, actor=AINO)
    foreign = Refused(Obstacle.FOREIGN)
    assert flow.choose(filling.form, Blank.METHOD, "in_person", other) == foreign
    assert flow.write(filling.form, WORDS, other) == foreign
    assert flow.fill(filling.form, {"method": "in_person"}, other) == foreign
    filling.fill("in_person")
    assert flow.send(filling.form, other) == foreign


@pytest.mark.parametrize(
    ("blank", "value"),
    [
        ("method", "call_back"),
        ("method", "identity_doubt"),
        ("ground", "call_back"),
        ("ground", ""),
        ("ground", "none"),
        ("text", "x"),
        ("", "identity_doubt"),
    ],
)
def test_a_form_takes_only_the_choice_that_it_asks_for(
    knowledge: Knowledge, blank: str, value: str
) -> None:
    filling = Filling(a_ticket(), MIKA, knowledge)
    filling.begin(Action.SUSPEND)
    assert flow.choose(filling.form, blank, value, filling.at) == Refused(Obstacle.UNKNOWN)


def test_a_ground_that_holds_no_more_is_refused_before_any_words_are_written(
    knowledge: Knowledge,
) -> None:
    filling = Filling(in_state(State.AWAITING_CONFIRMATION), MIKA, knowledge)
    filling.begin(Action.SUSPEND)
    assert filling.fill(Ground.IDENTITY_DOUBT) == Refused(Denial.GROUND_MISSING)
    assert isinstance(filling.fill(Ground.CLARIFICATION), Ask)


def test_only_grounds_that_can_hold_are_offered() -> None:
    verified = in_state(State.AWAITING_CONFIRMATION)
    assert choices(Blank.GROUND, a_ticket(), RULES) == list(Ground)
    assert choices(Blank.GROUND, verified, RULES) == [Ground.CLARIFICATION]
    assert choices(Blank.METHOD, verified, RULES) == CHOICES[Blank.METHOD]
    assert choices(Blank.GROUND, a_question(), RULES) == CHOICES[Blank.GROUND]


def test_only_what_shows_authority_enough_for_the_right_is_offered_and_taken(
    knowledge: Knowledge,
) -> None:
    client = for_somebody(a_ticket())
    assert AuthorityProof.WRITER_SAYS not in choices(Blank.AUTHORITY, client, RULES)
    marketing = for_somebody(a_ticket(Right.MARKETING_OBJECTION))
    assert AuthorityProof.WRITER_SAYS in choices(Blank.AUTHORITY, marketing, RULES)
    filling = Filling(client, SARI, knowledge)
    filling.begin(Action.AUTHORISE)
    assert filling.fill("writer_says") == Refused(Denial.AUTHORITY_NOT_ENOUGH)
    assert isinstance(filling.fill("guardianship_order"), Ask)


def test_what_showed_authority_is_said_to_staff_and_its_words_stay_with_them(
    knowledge: Knowledge,
) -> None:
    filling = Filling(for_somebody(in_state(State.AWAITING_CONFIRMATION)), SARI, knowledge)
    filling.begin(Action.AUTHORISE)
    letter = previewed(filling.fill("power_of_attorney", WORDS)).letter
    assert letter is not None
    assert [part.key for part in letter.parts if isinstance(part, Text)] == [
        "letter.authorise",
        "letter.on_behalf",
    ]
    assert not [part for part in letter.parts if isinstance(part, StaffWords)]


@pytest.mark.parametrize("method", [m for m in Method if m not in CHOICES[Blank.METHOD]])
def test_staff_cannot_vouch_by_what_only_customers_can_show(
    knowledge: Knowledge, method: Method
) -> None:
    filling = Filling(a_ticket(), SARI, knowledge)
    filling.begin(Action.VERIFY)
    assert filling.fill(method) == Refused(Obstacle.UNKNOWN)


def test_words_are_taken_only_where_they_are_asked_for(knowledge: Knowledge) -> None:
    filling = Filling(in_state(State.AWAITING_CONFIRMATION), MIKA, knowledge)
    filling.begin(Action.CONFIRM)
    assert flow.write(filling.form, WORDS, filling.at) == Refused(Obstacle.UNKNOWN)
    filling.begin(Action.SUSPEND)
    assert flow.write(filling.form, WORDS, filling.at) == Refused(Obstacle.UNKNOWN)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", Denial.REASON_MISSING),
        (" \n", Denial.REASON_MISSING),
        ("\u200b \u00ad", Denial.REASON_MISSING),
        ("x" * (LONGEST + 1), Obstacle.TOO_LONG),
    ],
    ids=["none", "white space", "invisible", "too long"],
)
def test_words_that_cannot_be_sent_are_told_so(
    knowledge: Knowledge, text: str, why: Denial | Obstacle
) -> None:
    filling = Filling(a_ticket(), MIKA, knowledge)
    filling.begin(Action.ASK)
    assert filling.fill(text) == Refused(why)


def fulfilling(knowledge: Knowledge, extent: str) -> Filling:
    filling = Filling(in_state(State.CONFIRMED), MIKA, knowledge)
    filling.begin(Action.FULFIL)
    filling.fill(extent)
    return filling


def test_words_can_be_added_where_a_form_needs_none(knowledge: Knowledge) -> None:
    filling = fulfilling(knowledge, "fully")
    without = previewed(flow.proceed(filling.form, filling.at)).letter
    assert without is not None
    assert not any(isinstance(part, StaffWords) for part in without.parts)
    assert flow.add_words(filling.form, filling.at) == Ask(filling.form, Blank.TEXT)
    with_words = previewed(flow.write(filling.form, WORDS, filling.at))
    assert with_words.letter is not None
    assert StaffWords(text=WORDS) in with_words.letter.parts
    event = flow.send(with_words.form, filling.at)
    assert isinstance(event, StaffActed)
    assert event.command.text == WORDS


@pytest.mark.parametrize("text", ["", " \n", "\u200b"])
def test_words_that_are_none_are_not_taken_for_a_wish_to_say_nothing(
    knowledge: Knowledge, text: str
) -> None:
    filling = fulfilling(knowledge, "fully")
    assert flow.write(filling.form, text, filling.at) == Refused(Denial.REASON_MISSING)


def test_what_was_done_in_part_is_not_sent_without_reasons(knowledge: Knowledge) -> None:
    filling = fulfilling(knowledge, "partly")
    assert flow.send(filling.form, filling.at) == Refused(Obstacle.UNKNOWN)
    values = {"extent": "partly", "text": ""}
    assert flow.fill(filling.form, values, filling.at) == Refused(Denial.REASON_MISSING)
    assert isinstance(flow.fill(filling.form, {"extent": "fully"}, filling.at), Preview)


def test_words_are_added_by_who_fills_in_the_form_and_only_where_it_takes_them(
    knowledge: Knowledge,
) -> None:
    filling = fulfilling(knowledge, "fully")
    other = replace(filling.at, actor=AINO)
    assert flow.add_words(filling.form, other) == Refused(Obstacle.FOREIGN)
    confirming = Filling(in_state(State.AWAITING_CONFIRMATION), MIKA, knowledge)
    confirming.begin(Action.CONFIRM)
    assert flow.add_words(confirming.form, confirming.at) == Refused(Obstacle.UNKNOWN)


def test_words_that_were_written_again_take_the_place_of_the_first(knowledge: Knowledge) -> None:
    filling = Filling(a_ticket(), SARI, knowledge)
    filling.begin(Action.ASK)
    filling.fill("Ensimmäinen")
    first = filling.form
    second = previewed(flow.write(first, "Toinen", filling.at)).form
    assert (first.text, second.text) == ("Ensimmäinen", "Toinen")


def test_a_form_that_was_filled_in_at_once_leads_to_the_same_preview(knowledge: Knowledge) -> None:
    steps = Filling(a_ticket(), MIKA, knowledge)
    begun = steps.begin(Action.SUSPEND)
    assert isinstance(begun, Ask)
    ground = str(Ground.CLARIFICATION)
    one_by_one = steps.fill(ground, WORDS)
    assert flow.fill(begun.form, {"ground": ground, "text": WORDS}, steps.at) == one_by_one


@pytest.mark.parametrize(
    "values",
    [
        {"method": "call_back"},
        {"text": WORDS, "more": ""},
        {"": ""},
        {"ground": "none", "text": WORDS},
        {"text": WORDS},  # and no ground
    ],
)
def test_a_form_takes_only_its_own_fields(knowledge: Knowledge, values: Mapping[str, str]) -> None:
    filling = Filling(a_ticket(), MIKA, knowledge)
    filling.begin(Action.SUSPEND)
    assert flow.fill(filling.form, values, filling.at) == Refused(Obstacle.UNKNOWN)


# Sending


def test_a_form_that_is_not_filled_in_is_not_sent(knowledge: Knowledge) -> None:
    filling = Filling(a_ticket(), MIKA, knowledge)
    filling.begin(Action.REFUSE)
    assert flow.send(filling.form, filling.at) == Refused(Obstacle.UNKNOWN)


def test_of_two_who_looked_at_the_same_ticket_the_second_does_not_send(
    knowledge: Knowledge,
) -> None:
    filling = Filling(a_ticket(), MIKA, knowledge)
    filling.begin(Action.REFUSE)
    filling.fill(WORDS)
    meanwhile = replace(filling.at, subject=later_version(a_ticket()))
    assert flow.send(filling.form, meanwhile) == Refused(Denial.STALE)


def test_the_role_counts_once_more_when_a_form_is_sent(knowledge: Knowledge) -> None:
    filling = Filling(a_ticket(), MIKA, knowledge)
    filling.begin(Action.REFUSE)
    filling.fill(WORDS)
    demoted = replace(filling.at, actor=replace(MIKA, roles=SARI.roles))
    assert flow.send(filling.form, demoted) == Refused(Denial.NOT_YOUR_ROLE)


# Files


def test_a_file_is_kept_for_a_form_and_never_written_by_hand(knowledge: Knowledge) -> None:
    access = replace(in_state(State.CONFIRMED), right=Right.ACCESS)
    filling = Filling(access, SARI, knowledge)
    step = filling.begin(Action.ATTACH)
    assert isinstance(step, Ask)
    assert (step.blank, step.form.words_wanted()) == (Blank.FILE, "file")
    forged = Form.written(A_FILE)
    assert filling.fill(forged) == Refused(Obstacle.NO_DOCUMENT)
    assert flow.fill(filling.form, {"file": forged}, filling.at) == Refused(Obstacle.UNKNOWN)
    kept = replace(filling.form, file=forged)
    assert previewed(filling.kept(flow.proceed(kept, filling.at))).letter is None
    event = flow.send(filling.form, filling.at)
    assert isinstance(event, StaffActed)
    assert event.command.file == A_FILE


def test_a_form_takes_a_file_only_from_who_began_it_and_while_it_can_be_attached(
    knowledge: Knowledge,
) -> None:
    access = replace(in_state(State.CONFIRMED), right=Right.ACCESS)
    filling = Filling(access, SARI, knowledge)
    filling.begin(Action.ATTACH)
    form, at = filling.form, filling.at
    assert attaching.awaited(form, 1, at) is None
    assert attaching.awaited(form, LARGEST + 1, at) == Refused(Denial.FILE_TOO_LARGE)
    assert attaching.awaited(form, 1, replace(at, actor=MIKA)) == Refused(Obstacle.FOREIGN)
    later = replace(at, subject=replace(access, version=access.version + 1))
    assert attaching.awaited(form, 1, later) == Refused(Denial.STALE)
    other = Filling(in_state(State.CONFIRMED), MIKA, knowledge)
    other.begin(Action.FULFIL)
    assert attaching.awaited(other.form, 1, other.at) == Refused(Obstacle.UNKNOWN)


# Recipients


def test_whom_to_tick_off_is_chosen_among_those_that_are_configured(knowledge: Knowledge) -> None:
    known = (Recipient(name="Uutiskirje"), Recipient(name="Kirjanpito"))
    rules = replace(knowledge.rules, recipients=known)
    ticket = in_state(State.CONFIRMED)
    filling = Filling(ticket, SARI, replace(knowledge, rules=rules))
    step = filling.begin(Action.NOTIFY)
    assert isinstance(step, Ask)
    assert choices(step.blank, ticket, rules) == ["rest", "uutiskirje", "kirjanpito"]
    assert filling.fill("nobody") == Refused(Denial.RECIPIENT_UNKNOWN)
    filling.fill("rest")
    done = previewed(filling.fill("done"))
    assert not done.form.takes_words()
    event = flow.send(done.form, filling.at)
    assert isinstance(event, StaffActed)
    assert (event.command.recipient, event.command.outcome) == ("rest", Outcome.DONE)
    ticked = replace(
        ticket, ticks=tuple(Tick(recipient=r.key, name=r.name, at=NOW, by="x") for r in known)
    )
    assert choices(Blank.RECIPIENT, ticked, rules) == ["uutiskirje", "kirjanpito"]
    filling.begin(Action.NOTIFY)
    filling.fill("kirjanpito")
    step = filling.fill("excused")
    assert isinstance(step, Ask)
    assert (step.blank, step.form.words_wanted()) == (Blank.TEXT, "excuse")


# Contacts that staff wrote down


def test_contacts_are_corrected_one_after_the_other_or_all_at_once(knowledge: Knowledge) -> None:
    ticket = replace(a_ticket(), source=Source.LETTER)
    filling = Filling(ticket, SARI, knowledge)
    step = filling.begin(Action.CORRECT_CONTACTS)
    assert isinstance(step, Ask)
    assert (step.blank, step.form.words_wanted()) == (Blank.EMAIL, "right_email")
    assert filling.fill("lisa@") == Refused(Denial.EMAIL_INVALID)
    filling.fill("lisa@example.com")
    letter = previewed(filling.fill("-")).letter
    assert letter is not None
    assert letter.to.email == "lisa@example.com"
    event = flow.send(filling.form, filling.at)
    assert isinstance(event, StaffActed)
    assert (event.command.email, event.command.phone) == ("lisa@example.com", "")
    filling.begin(Action.CORRECT_CONTACTS)
    none = {"email": "", "phone": ""}
    assert flow.fill(filling.form, none, filling.at) == Refused(Denial.NOTHING_CHANGED)
    number = flow.fill(filling.form, {"email": "", "phone": "0409999999"}, filling.at)
    assert previewed(number).letter is None

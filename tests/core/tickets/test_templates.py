"""A ready-made reply says on which ground in the law something is refused, where it fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.core.catalog import Language, Right
from bot.core.tickets import templates, transitions
from bot.core.tickets.command import Command, needs_words
from bot.core.tickets.templates import Kind, OwnGround, Template
from bot.core.tickets.ticket import Action, Denial, Extent, State
from tests.core.tickets.factories import APPROVER, NOW, RULES, act, changed, denied, done, in_state


def refusal(template: Template, text: str = "") -> Command:
    return Command(action=Action.REFUSE, template=template, text=text)


def test_a_refusal_with_a_ready_made_reply_needs_no_words_and_takes_some() -> None:
    ticket = in_state(State.AWAITING_CONFIRMATION, Right.ERASURE)
    refused = done(ticket, refusal(Template.LEGAL_OBLIGATION), APPROVER)
    assert (refused.state, refused.template) == (State.REFUSED, Template.LEGAL_OBLIGATION)
    worded = done(ticket, refusal(Template.LEGAL_OBLIGATION, "Until 2030."), APPROVER)
    assert worded.notes[-1].text == "Until 2030."
    assert not needs_words(Action.REFUSE, template=Template.EXCESSIVE)


def test_the_audit_keeps_the_ground() -> None:
    change = changed(in_state(State.CONFIRMED), refusal(Template.EXCESSIVE), APPROVER)
    assert change.record.facts["ground"] == "excessive"


@pytest.mark.parametrize(
    ("template", "right"),
    [
        (Template.LEGAL_OBLIGATION, Right.ACCESS),
        (Template.OTHERS_RIGHTS, Right.ERASURE),
        (Template.NATIONAL_LAW, Right.MARKETING_OBJECTION),
        (Template.LEGAL_CLAIMS, Right.MARKETING_OBJECTION),
        (Template.RECIPIENTS_TOLD, Right.ERASURE),  # that refuses nothing
    ],
)
def test_a_ground_that_does_not_fit_the_right_is_denied(template: Template, right: Right) -> None:
    ticket = in_state(State.AWAITING_CONFIRMATION, right)
    assert denied(ticket, refusal(template), APPROVER) is Denial.TEMPLATE_NOT_FIT


def test_what_was_done_in_part_has_the_grounds_of_the_rest() -> None:
    ticket = in_state(State.CONFIRMED, Right.ERASURE)
    partly = Command(action=Action.FULFIL, extent=Extent.PARTLY, template=Template.LEGAL_OBLIGATION)
    assert done(ticket, partly, APPROVER).template is Template.LEGAL_OBLIGATION
    fully = Command(action=Action.FULFIL, template=Template.LEGAL_OBLIGATION)
    assert denied(ticket, fully, APPROVER) is Denial.TEMPLATE_NOT_FIT
    told = Command(action=Action.FULFIL, template=Template.RECIPIENTS_TOLD)
    assert done(ticket, told, APPROVER).state is State.FULFILLED


def test_a_reopened_ticket_has_no_ground_any_more() -> None:
    refused = done(in_state(State.CONFIRMED), refusal(Template.EXCESSIVE), APPROVER)
    assert done(refused, act(Action.REOPEN), APPROVER).template is None


def test_an_action_that_takes_none_has_none() -> None:
    assert templates.fitting(Action.EXTEND, None) == []
    assert templates.kind_of(Action.EXTEND, None) is None


def test_each_reply_fits_somewhere_and_has_a_text_of_its_own() -> None:
    keys = templates.all_keys()
    assert {key.rpartition(".")[2] for key in keys} == set(Template)
    assert len(set(keys)) == len(keys)
    assert templates.key(Action.FULFIL, Extent.PARTLY, Template.NATIONAL_LAW) in keys


OWN = OwnGround(
    key="trade_secret",
    kinds=frozenset({Kind.REFUSE}),
    languages=frozenset({Language.FI}),
    rights=frozenset({Right.ACCESS}),
)


def test_an_own_ground_is_offered_last_where_it_fits_and_in_its_languages_alone() -> None:
    def offered(
        action: Action, extent: Extent | None, right: Right, language: Language
    ) -> Sequence[str]:
        return templates.fitting(action, extent, right, (OWN,), language)

    assert offered(Action.REFUSE, None, Right.ACCESS, Language.FI)[-1] == OWN.key
    assert OWN.key not in offered(Action.REFUSE, None, Right.ACCESS, Language.SV)
    assert OWN.key not in offered(Action.REFUSE, None, Right.ERASURE, Language.FI)
    assert OWN.key not in offered(Action.FULFIL, Extent.PARTLY, Right.ACCESS, Language.FI)


def test_a_ticket_is_refused_on_an_own_ground_which_the_audit_keeps() -> None:
    ticket, rules = in_state(State.CONFIRMED, Right.ACCESS), replace(RULES, grounds=(OWN,))
    command = Command(action=Action.REFUSE, template=OWN.key)
    assert denied(ticket, command, APPROVER) is Denial.TEMPLATE_NOT_FIT
    change = transitions.apply(ticket, command, APPROVER, NOW, rules)
    assert isinstance(change, transitions.Change)
    assert (change.ticket.template, change.record.facts["ground"]) == (OWN.key, OWN.key)
    swedish = replace(ticket, language=Language.SV)
    assert denied(swedish, command, APPROVER, rules=rules) is Denial.TEMPLATE_NOT_FIT

"""The record of a case says in words what each row of its chain is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.channels.desk import audit_facts, card
from bot.channels.desk.case_record import Chain, record
from bot.channels.desk.wording import Wording
from bot.core.catalog import Language
from bot.core.tickets.record import AuditRow, Observed
from bot.core.tickets.ticket import Action, Note, State, Ticket
from tests.factories import NOW, SARI, a_ticket

ROW = AuditRow(
    seq=7,
    ticket=a_ticket().id,
    number=a_ticket().number,
    at=NOW,
    action="",
    actor="customer",
    before="",
    after="",
    hash="0" * 64,
)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"due": "2026-12-07"}, "määräpäivä: 7.12.2026"),
        ({"ground": "identity_doubt"}, "peruste: epäilys henkilöllisyydestä"),
        ({"ground": "unfounded"}, "peruste: "),
        ({"contact": "email", "on_file": "yes"}, "yhteystieto: sähköposti, rekisterissä: kyllä"),
        ({"on_behalf": "guardian"}, "kirjoittaja: edunvalvoja"),
        ({"denial": "four_eyes", "desk": "telegram_group"}, "missä: Telegram"),
        ({"suppressed": "email phone"}, "markkinointi estetty: sähköposti, puhelin"),
        ({"owner": SARI.key}, "vastuuhenkilö: Sari"),
        ({"right": "access", "source": "letter"}, "oikeus: pääsy henkilötietoihin"),
        ({"method": "retired_way"}, "tapa: retired_way"),
        ({"of_a_later_version": "x"}, "of_a_later_version: x"),
    ],
)
def test_what_a_row_says_of_an_act_is_said_in_words(
    facts: dict[str, str], words: str, wording: Wording
) -> None:
    assert words in ", ".join(audit_facts.said(facts, wording))


@pytest.mark.parametrize("observed", list(Observed))
def test_whatever_was_observed_of_a_ticket_has_words(observed: Observed, wording: Wording) -> None:
    row = replace(ROW, action=observed)
    chain = Chain(rows=[row], all_rows=7, head="0:7:00", faults=[])
    said = [rows[-1] for part in record(a_ticket(), chain, wording) for rows in part.rows]
    assert wording.desk(f"observed.{observed}") in said


def test_the_record_names_the_organisation_where_the_notice_does(wording: Wording) -> None:
    chain = Chain(rows=[], all_rows=0, head="0:0:00", faults=[])
    request, *_ = record(a_ticket(), chain, wording, "Ideafix")
    assert request.rows[0] == ("Organisaatio", "Ideafix")
    request, *_ = record(a_ticket(), chain, wording)
    assert "Organisaatio" not in [name for name, *_ in request.rows]


def test_the_steps_of_the_time_limit_go_on_to_the_end_of_the_case(wording: Wording) -> None:
    facts = {"due": "2026-12-07"}
    acts = (
        ("open", "", State.AWAITING_IDENTITY),
        (Action.NOTE, State.AWAITING_IDENTITY, State.AWAITING_IDENTITY),
        (Action.REFUSE, State.AWAITING_IDENTITY, State.REFUSED),
        (Action.NOTE, State.REFUSED, State.REFUSED),
    )
    rows = [
        replace(ROW, seq=seq, action=action, before=before, after=after, facts=facts)
        for seq, (action, before, after) in enumerate(acts, 1)
    ]
    chain = Chain(rows=rows, all_rows=4, head="0:4:00", faults=[])
    _, steps, *_ = record(a_ticket(), chain, wording)
    assert [what for _, what, _ in steps.rows] == [
        wording.action("open"),
        wording.action(Action.REFUSE),
    ]


@pytest.mark.parametrize(
    ("action", "facts", "said"),
    [
        (Action.REFUSE, {"ground": "unfounded"}, "manifestly unfounded"),
        (Action.FULFIL, {"ground": "legal_claims", "extent": "partly"}, "We did not erase data"),
    ],
)
def test_a_ready_made_reply_stands_in_the_record_as_its_person_read_it(
    action: Action, facts: dict[str, str], said: str, wording: Wording
) -> None:
    note = Note(at=NOW, by=SARI.key, action=action, text="And one word more.")
    ticket = replace(a_ticket(), language=Language.EN, notes=(note,))
    row = replace(ROW, action=action, actor=SARI.key, facts={"due": "2026-12-07", **facts})
    words = _words_of(ticket, row, wording)
    assert [who for _, _, who in words] == ["Sari", "Sari"]
    assert said in words[0][1]
    assert wording.ground(facts["ground"]) in words[0][1]
    assert "one word more" in words[1][1]


@pytest.mark.parametrize(
    ("action", "ground"),
    [
        (Action.SUSPEND, "identity_doubt"),
        (Action.REFUSE, "a_ground_that_is_gone"),
        (Action.CONFIRM, ""),
    ],
)
def test_what_has_no_ready_made_reply_adds_no_words(
    action: Action, ground: str, wording: Wording
) -> None:
    row = replace(ROW, action=action, facts={"ground": ground} if ground else {})
    assert _words_of(a_ticket(), row, wording) == []


def _words_of(ticket: Ticket, row: AuditRow, wording: Wording) -> list[Sequence[str]]:
    chain = Chain(rows=[row], all_rows=1, head="0:1:00", faults=[])
    parts = record(ticket, chain, wording)
    return [
        row for part in parts if part.title == wording.desk("record.words") for row in part.rows
    ]


def test_what_staff_see_of_a_ticket_names_the_version_of_the_notice(wording: Wording) -> None:
    rows = dict(card.rows(replace(a_ticket(), notice="3 (2026-08-03)"), wording))
    assert rows[wording.label("notice")] == "3 (2026-08-03)"

"""The record of a case says in words what each row of its chain is."""

from __future__ import annotations

import pytest

from bot.channels.desk import audit_facts
from bot.channels.desk.case_record import Chain, record
from bot.channels.desk.wording import Wording
from bot.core.tickets.record import AuditRow, Observed
from tests.factories import NOW, SARI, a_ticket


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
        ({"right": "access", "source": "letter"}, "oikeus: pääsy omiin tietoihin"),
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
    ticket = a_ticket()
    row = AuditRow(
        seq=7,
        ticket=ticket.id,
        number=ticket.number,
        at=NOW,
        action=observed,
        actor="customer",
        before="",
        after="",
        hash="0" * 64,
    )
    chain = Chain(rows=[row], all_rows=7, head="0:7:00", faults=[])
    said = [rows[-1] for part in record(ticket, chain, wording) for rows in part.rows]
    assert wording.desk(f"observed.{observed}") in said


def test_the_record_names_the_organisation_where_the_notice_does(wording: Wording) -> None:
    chain = Chain(rows=[], all_rows=0, head="0:0:00", faults=[])
    request, *_ = record(a_ticket(), chain, wording, "Ideafix")
    assert request.rows[0] == ("Organisaatio", "Ideafix")
    request, *_ = record(a_ticket(), chain, wording)
    assert "Organisaatio" not in [name for name, *_ in request.rows]

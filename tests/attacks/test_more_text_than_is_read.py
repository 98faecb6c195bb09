"""A letter of many pages: staff get all of it, and that not all was read is said."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from bot.bootstrap import Assistant
from bot.channels.http.incoming import Incoming
from bot.core.understanding.words.text import KEPT, LONGEST
from tests.attacks.talking import Talker

PAGES = "Hyvää päivää. " * 400
STORY = "Olen ollut asiakkaanne monta vuotta, ja kaikki on sujunut hyvin. " * 90


def test_who_wrote_more_is_told_how_much_was_read(app: Assistant) -> None:
    liisa = Talker(app, "liisa")
    assert LONGEST < len(PAGES) < KEPT
    assert f"luin siitä {LONGEST} ensimmäistä merkkiä" in liisa.says(f"{PAGES} Poistakaa tietoni.")
    assert "ensimmäistä merkkiä" not in liisa.says(PAGES[:LONGEST])


def test_who_wrote_more_than_is_kept_is_told_to_send_the_rest(app: Assistant) -> None:
    told = Talker(app, "liisa").says(PAGES * 4)
    assert f"jäi talteen {KEPT} ensimmäistä merkkiä" in told
    assert "Lähetä loput toisena viestinä" in told


def test_staff_get_the_whole_letter_that_asked_with_its_limits_and_signature(
    app: Assistant,
) -> None:
    """Names, addresses and limits of its end fill the form; nothing is asked twice."""
    liisa = Talker(app, "liisa")
    ending = (
        "Säilyttäkää kuitenkin kaikki paitsi tilaushistoria. Osoitteeni on "
        "liisa@example.com.\nTerveisin\nLiisa Virtanen"
    )
    liisa.says(f"Poistakaa tietoni rekisteristänne. {STORY} {ending}")
    told = liisa.says("kyllä")
    assert "Liisa Virtanen" in told
    assert "liisa@example.com" in told
    liisa.says("kyllä")
    with app.store.reading() as unit:
        (ticket,) = unit.tickets.by_due_date()
    assert ticket.opening.endswith("Liisa Virtanen")
    assert len(ticket.opening) > len(STORY)


def test_staff_get_the_whole_question_that_is_passed_on(app: Assistant) -> None:
    liisa = Talker(app, "liisa")
    liisa.says(f"Käytättekö tekoälyä? {PAGES}Miksi?")
    liisa.presses("Välitä kysymys henkilökunnalle")
    (inquiry,) = app.queries.inquiries()
    assert inquiry.question.endswith("Miksi?")


def test_in_the_middle_of_a_form_too(app: Assistant) -> None:
    liisa = Talker(app, "liisa")
    liisa.says("Haluan kopion tiedoistani", "kyllä", "Liisa", "liisa@example.com")
    assert "ensimmäistä merkkiä" in liisa.says(PAGES)


def test_words_of_staff_are_not_cut_but_refused() -> None:
    """What a customer reads is what staff wrote, or nothing."""
    event = {"id": "1", "staff": "Aino", "ticket": "T-2026-0001", "action": "ask"}
    with pytest.raises(ValidationError, match="staff's words may have 4000 characters"):
        Incoming.model_validate({**event, "text": "a" * (LONGEST + 1)})

"""Documents that staff ask for by words, made for the one who asks and for nobody else."""

from __future__ import annotations

from bot.channels.desk.port import Desk, Document
from bot.core.tickets.ticket import Actor

CASE = "case"


def asked(desk: Desk, said: str, actor: Actor, place: str) -> Document | str:
    """Return what somebody asks for at a desk, or what is wrong with their words.

    Whoever may see the details of each ticket may have its record.
    """
    _, _, words = said.partition(" ")
    return _case(desk, words.strip(), actor, place)


def _case(desk: Desk, number: str, actor: Actor, place: str) -> Document | str:
    if not number:
        return desk.wording.desk("document.which_case")
    made = desk.documents.case(number, actor, place)
    return made or desk.wording.desk("document.no_case")

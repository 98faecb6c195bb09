"""A small notice and a small catalogue."""

from __future__ import annotations

from bot.core.catalog import (
    Catalog,
    Intent,
    Kind,
    Language,
    Notice,
    Passage,
    Phrase,
    Right,
    Section,
    Translation,
)

SECTIONS = (
    Section(id="rights", title="Oikeutesi", level=2, passages=("right-access",)),
    Section(
        id="erasing", title="Poistaminen", level=3, passages=("right-erasure", "erasure-limits")
    ),
    Section(id="authority", title="Valitus", level=2, passages=("complaint",)),
)
PASSAGES = {
    "right-access": "Voit pyytää kopion tiedoistasi.",
    "right-erasure": "Voit pyytää tietojesi poistamista.",
    "erasure-limits": "Emme poista tietoja, jotka laki käskee säilyttää.",
    "complaint": "Voit valittaa tietosuojavaltuutetulle.",
}
ENGLISH = {
    "rights": Translation(text="Your rights"),
    "right-access": Translation(text="You can ask for a copy of your data."),
    "complaint": Translation(text="You can complain to the ombudsman.", stale=True),
}
NOTICE = Notice(
    language=Language.FI,
    version="3",
    date="2026-01-01",
    title="Tietosuojaseloste",
    sections={section.id: section for section in SECTIONS},
    passages={
        passage: Passage(id=passage, section=section.id, text=PASSAGES[passage])
        for section in SECTIONS
        for passage in section.passages
    },
    translations={Language.EN: ENGLISH},
)
INTENTS = (
    Intent(id="question.access", kind=Kind.QUESTION, passages=("right-access",)),
    Intent(id="question.erasure", kind=Kind.QUESTION, passages=("right-erasure",)),
    Intent(id="question.complaint", kind=Kind.QUESTION, passages=("complaint",)),
    Intent(id="request.access", kind=Kind.REQUEST, right=Right.ACCESS),
    Intent(id="request.erasure", kind=Kind.REQUEST, right=Right.ERASURE),
    Intent(id="request.objection", kind=Kind.REQUEST, right=Right.OBJECTION),
    Intent(id="not_in_notice.retention", kind=Kind.NOT_IN_NOTICE, passages=("erasure-limits",)),
    Intent(id="out_of_scope.chatter", kind=Kind.OUT_OF_SCOPE),
    Intent(id="smalltalk.thanks", kind=Kind.SMALLTALK),
    Intent(id="incident", kind=Kind.INCIDENT),
    Intent(id="human", kind=Kind.HUMAN),
    Intent(id="status", kind=Kind.STATUS),
    Intent(id="cancel", kind=Kind.CANCEL),
)


def catalog_of(*phrases: tuple[str, Language, str]) -> Catalog:
    """Return the small catalogue with phrases of its intents: intent, language, words."""
    return Catalog(
        intents={intent.id: intent for intent in INTENTS},
        phrases=tuple(
            Phrase(intent=intent, language=language, text=text)
            for intent, language, text in phrases
        ),
    )

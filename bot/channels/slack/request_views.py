"""A request by form, for people of another organisation: a shared channel is read by all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence

from bot.channels.slack import markup
from bot.channels.slack.markup import Json
from bot.core.catalog import Language, Right
from bot.core.conversation import languages
from bot.core.conversation.request_fields import (
    CONCERNED,
    DETAILS,
    EMAIL,
    FIELDS,
    LONGEST,
    NAME,
    problem,
)
from bot.core.events import Requested

OPEN, OPEN_CODE, RESEND = "request_form:open", "request_form:code", "request_form:resend"
FORM, CODE = "request_form", "request_code"
_CODE = re.compile(r"\d{4}[ -]?\d{4}")

Texts = Callable[..., str]


def buttons(text: Texts, language: Language) -> list[Json]:
    """Return the button that opens the form, and the one for the code."""
    return [
        markup.button(text("request_form.open", language), OPEN, language),
        markup.button(text("request_form.code_open", language), OPEN_CODE, language),
    ]


def view(text: Texts, language: Language) -> Json:
    """Return the empty form, in a language."""
    rights = [(str(right), text(f"right.{right}", language)) for right in Right]
    fields = [
        markup.text_field(
            name,
            text(f"request_form.{name}", language),
            most=LONGEST[name],
            optional=name != EMAIL,
            long=name == DETAILS,
        )
        for name in (NAME, EMAIL, DETAILS, CONCERNED)
    ]
    return markup.modal(
        FORM,
        text("request_form.title", language),
        [
            *markup.lines([text("machine", language)]),
            markup.select("right", text("request_form.right", language), rights),
            *fields,
            *markup.lines([text("privacy", language)]),
        ],
        text("request_form.close", language),
        submit=text("request_form.submit", language),
        private_metadata=_metadata(language),
    )


def filled(view: Json, language: Language, text: Texts) -> Requested | Mapping[str, str]:
    """Return the request of a filled-in form, or what is wrong with it, by field."""
    given = markup.values(view)
    name, email, details = (given.get(n, "") for n in (NAME, EMAIL, DETAILS))
    concerned = given.get(CONCERNED, "").strip()
    wrong = {
        field: text(key, language)
        for field, said in (
            (NAME, name),
            (EMAIL, email),
            (DETAILS, details),
            (CONCERNED, concerned),
        )
        if (said or field == EMAIL) and (key := problem(field, said))
    }
    chosen = given.get("right", "")
    if chosen not in set(Right):
        return {**wrong, "right": text("request_form.right", language)}
    right = Right(chosen)
    needed = {field.name for field in FIELDS[right] if not field.optional}
    if (NAME in needed or concerned) and not name.strip():
        wrong[NAME] = text("field.name.ask", language)
    if DETAILS in needed and not details.strip():
        wrong[DETAILS] = text(f"field.details.{right}", language)
    if wrong:
        return wrong
    return Requested(
        right=right,
        name=name,
        email=email,
        details=details,
        language=language,
        concerned=concerned,
    )


def code_view(text: Texts, language: Language, above: Sequence[Json] = ()) -> Json:
    """Return the modal that asks for the mailed code, below the blocks `above`."""
    again = markup.button(text("choice.resend", language), RESEND, language)
    return markup.modal(
        CODE,
        text("request_form.code_title", language),
        [
            *above,
            markup.text_field("code", text("request_form.code", language), most=20),
            *markup.actions([again]),
        ],
        text("request_form.close", language),
        submit=text("request_form.code_submit", language),
        private_metadata=_metadata(language),
    )


def code(view: Json) -> str:
    """Return the code that was given, or nothing when it is no code."""
    given = markup.values(view).get("code", "").strip()
    return re.sub(r"\D", "", given) if _CODE.fullmatch(given) else ""


def told_view(text: Texts, language: Language, shown: Sequence[Json]) -> Json:
    """Return a modal that only tells something."""
    title = text("request_form.title", language)
    return markup.modal("request_told", title, shown, text("request_form.close", language))


def language_of(view: Json, spoken: Sequence[Language]) -> Language:
    """Return the language that a form is in; what it carries may be forged."""
    try:
        carried = json.loads(view["private_metadata"])["language"]
    except (LookupError, TypeError, ValueError):
        carried = None
    return languages.chosen(spoken, carried)


def _metadata(language: Language) -> str:
    return json.dumps({"language": language})

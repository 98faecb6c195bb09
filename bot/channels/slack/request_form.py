"""A request by form, for people of another organisation: in a shared channel all read along."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from bot.channels.slack import blocks
from bot.channels.slack.blocks import Json
from bot.core import forms
from bot.core.catalog import Language, Right
from bot.core.messages import Requested

OPEN, OPEN_CODE = "request_form:open", "request_form:code"
FORM, CODE = "request_form", "request_code"
_CODE = re.compile(r"\d{4}[ -]?\d{4}")
_LONGEST = {forms.NAME: 120, forms.EMAIL: 254, forms.DETAILS: 2000}

Texts = Callable[..., str]


def view(text: Texts, language: Language) -> Json:
    """Return the empty form, in a language."""
    rights = [(str(right), text(f"right.{right}", language)) for right in Right]
    return blocks.modal(
        FORM,
        text("request_form.title", language),
        [
            blocks.one_of("right", text("request_form.right", language), rights),
            *(
                blocks.words(
                    name,
                    text(f"request_form.{name}", language),
                    most=_LONGEST[name],
                    optional=name == forms.DETAILS,
                    long=name == forms.DETAILS,
                )
                for name in (forms.NAME, forms.EMAIL, forms.DETAILS)
            ),
        ],
        text("request_form.close", language),
        submit=text("request_form.submit", language),
        private_metadata=json.dumps({"language": language}),
    )


def filled(view: Json, text: Texts) -> Requested | Mapping[str, str]:
    """Return the request of a filled-in form, or what is wrong with it, by field."""
    language = Language(json.loads(view["private_metadata"])["language"])
    given = blocks.values(view)
    wrong = {
        name: text(key, language)
        for name in (forms.NAME, forms.EMAIL)
        if (key := forms.problem(name, given.get(name, "")))
    }
    right = Right(given["right"])
    if right is Right.RECTIFICATION and not given.get(forms.DETAILS, "").strip():
        wrong[forms.DETAILS] = text(f"field.details.{right}", language)
    if wrong:
        return wrong
    return Requested(
        right=right,
        name=given[forms.NAME],
        email=given[forms.EMAIL],
        details=given.get(forms.DETAILS, ""),
        language=language,
    )


def code_view(text: Texts, language: Language, email: str) -> Json:
    """Return the form that asks for the mailed code."""
    told = text("request_form.code_sent", language, email=email)
    return blocks.modal(
        CODE,
        text("request_form.code_title", language),
        [
            *blocks.lines([told]),
            blocks.words("code", text("request_form.code", language), most=20),
        ],
        text("request_form.close", language),
        submit=text("request_form.code_submit", language),
        private_metadata=json.dumps({"language": language}),
    )


def code(view: Json) -> str:
    """Return the code that was given, or nothing when it is no code."""
    given = blocks.values(view).get("code", "").strip()
    return re.sub(r"\D", "", given) if _CODE.fullmatch(given) else ""


def told_view(text: Texts, language: Language, key: str) -> Json:
    """Return a form that only tells something."""
    title = text("request_form.title", language)
    close = text("request_form.close", language)
    return blocks.modal("request_told", title, blocks.lines([text(key, language)]), close)


def language_of(view: Json) -> Language:
    """Return the language that a form is in."""
    return Language(json.loads(view["private_metadata"])["language"])


def buttons(text: Texts, language: Language) -> list[Json]:
    """Return the button that opens the form, and the one for the code."""
    return [
        blocks.button(text("request_form.open", language), OPEN, language),
        blocks.button(text("request_form.code_open", language), OPEN_CODE, language),
    ]

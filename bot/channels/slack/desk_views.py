"""The modals of the desk, and how they carry an unfinished form between steps.

Slack returns what a modal carries. It is signed, so that Slack need not be trusted with it, and
names the member of staff who opened the form.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import asdict

from bot.channels.desk import attaching, card
from bot.channels.desk.choosing import all_choices, choices, named, templates_of
from bot.channels.desk.flow import Obstacle, Preview
from bot.channels.desk.form import CHOICES, OPTIONAL, Blank, Form, Subject
from bot.channels.desk.port import Case, Desk
from bot.channels.desk.wording import Wording, above_preview
from bot.channels.slack import markup
from bot.channels.slack.markup import Json

FORM, SEND, TOLD = "desk_form", "desk_send", "desk_told"
_LONGEST_WORDS = 2000
_LONGEST_VALUE = 254
_LONGEST_METADATA = 3000


class Views:
    """Makes the modals in the desk's language."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    @property
    def _wording(self) -> Wording:
        return self._desk.wording

    def asking(self, form: Form, subject: Subject | None = None) -> Json:
        """Return the form with its blanks; what is chosen from a ticket needs its `subject`."""
        return markup.modal(
            FORM,
            self._wording.button(form.action),
            [self._field(form, blank, subject) for blank in form.blanks()],
            self._wording.button("cancel"),
            submit=self._wording.button("next"),
            private_metadata=self._signed(form),
        )

    def preview(self, step: Preview, case: Case) -> Json:
        """Return what the customer will read, to be sent or not."""
        action = self._wording.button(step.form.action)
        above = above_preview(step.letter, case.subject.number, action, self._wording)
        postings = markup.message(self._desk.worded(step.letter)) if step.letter else []
        body = [block for posting in postings for block in posting.blocks]
        if file := attaching.above_preview(step.form, self._wording):
            above += [*file, self._wording.desk("form.file_remains")]
        return markup.modal(
            SEND,
            action,
            [*markup.lines(above), *body],
            self._wording.button("cancel"),
            submit=self._wording.button("send"),
            private_metadata=self._signed(step.form),
        )

    def details(self, case: Case, address: str) -> Json:
        """Return all that staff may know of a ticket or an inquiry, with its history.

        `address` is where its card is: there one acts on it.
        """
        subject, wording = case.subject, self._wording
        leads = [markup.link(wording.label("to_card"), address)] if address else []
        body = [
            markup.header(card.title(subject, wording)),
            *markup.actions(leads),
            *markup.rows(card.rows(subject, wording)),
            {"type": "divider"},
            *markup.lines([card.happened(one, wording) for one in case.history]),
        ]
        return self._modal(subject.number, body)

    def waiting(self, form: Form, external_id: str = "") -> Json:
        """Return what is shown while a form is being checked, or its file fetched."""
        return self.told(form, "…") | ({"external_id": external_id} if external_id else {})

    def told(self, form: Form, text: str) -> Json:
        """Return what is shown instead of continuing with a form."""
        return self._modal(self._wording.button(form.action), markup.lines([text]))

    def refusing(self, obstacle: Obstacle) -> Json:
        """Return what is shown where no form was begun."""
        title = self._wording.text("request_form.title")
        return self._modal(title, markup.lines([card.refusal(obstacle, self._wording)]))

    def form(self, view: Json) -> Form | None:
        """Return the form that a modal keeps; None when it was altered."""
        tag, _, written = str(view.get("private_metadata", "")).partition(":")
        if not hmac.compare_digest(self._tag(written).encode(), tag.encode(errors="replace")):
            return None
        return Form(**json.loads(written))

    def has_room(self, form: Form) -> bool:
        """Tell whether a modal can keep a form."""
        return len(self._signed(form)) <= _LONGEST_METADATA

    def _signed(self, form: Form) -> str:
        written = json.dumps(asdict(form), ensure_ascii=False)
        return f"{self._tag(written)}:{written}"

    def _tag(self, written: str) -> str:
        said = f"modal:{written}".encode(errors="replace")
        return hmac.new(self._desk.buttons_key, said, hashlib.sha256).hexdigest()

    def _field(self, form: Form, blank: Blank, subject: Subject | None) -> Json:
        if blank is Blank.FILE:
            return markup.file_field(blank, self._wording.desk("form.in_file"))
        if blank not in CHOICES:
            return self._text_field(form, blank)
        template, rules = blank is Blank.TEMPLATE, self._desk.rules
        known = templates_of(form, rules) if template else all_choices(blank, rules)
        if subject and blank is Blank.TASK:
            known = choices(blank, subject, rules)
        options = [(c, named(blank, c, subject, self._wording)) for c in known]
        label = self._wording.desk(f"form.{blank}", number="").removeprefix(": ")
        return markup.select(blank, label[:1].upper() + label[1:], options, optional=template)

    def _text_field(self, form: Form, blank: Blank) -> Json:
        words = blank is Blank.TEXT
        return markup.text_field(
            blank,
            self._wording.desk(f"form.in_{form.words_wanted() if words else form.name_of(blank)}"),
            most=_LONGEST_WORDS if words else _LONGEST_VALUE,
            optional=blank in OPTIONAL or (words and not self._needs_words(form)),
            long=words,
        )

    def _needs_words(self, form: Form) -> bool:
        """Tell whether a form goes no further without words: a ready-made reply may do."""
        return form.needs_words() and Blank.TEMPLATE not in form.blanks()

    def _modal(self, title: str, body: list[Json]) -> Json:
        return markup.modal(TOLD, title, body, self._wording.button("close"))

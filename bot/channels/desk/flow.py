"""The steps of a staff form, the same in every channel: ask, preview, send.

Pure: a channel passes in what staff pressed and wrote, and shows the step it gets back.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.channels.desk.choosing import choices, templates_of
from bot.channels.desk.form import (
    CHOICES,
    NONE_GIVEN,
    OPEN,
    OPTIONAL,
    Blank,
    Form,
    NewRequest,
    Subject,
)
from bot.core import masking
from bot.core.effects import Say
from bot.core.events import StaffActed, StaffAnswered, StaffOpened
from bot.core.knowledge import Knowledge
from bot.core.sanitise import sanitise
from bot.core.tickets import (
    conditions,
    inquiries,
    staff_correction,
    staff_decision,
    staff_opening,
    staff_request,
    task_changes,
    transitions,
)
from bot.core.tickets.copies import Way
from bot.core.tickets.inquiries import ANSWER, Inquiry
from bot.core.tickets.ticket import STAFF, Action, Actor, Denial, Ticket
from bot.core.understanding.words.text import LONGEST, strip_invisible


class Obstacle(StrEnum):
    """Why a form cannot continue, besides the denials of the ticket. Keys of [desk.form]."""

    ANONYMOUS = "anonymous"
    FOREIGN = "foreign"
    FOR_BOTS = "for_bots"  # the platform hands bots no file that large
    GONE = "gone"
    HIDDEN = "hidden"
    LATER = "later"
    NO_DOCUMENT = "no_document"
    NOT_MEMBER = "not_member"
    NOT_STAFF = "not_staff"
    SHARED = "shared"
    TOO_LONG = "too_long"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Situation:
    """Who acts on what, when, and what is known."""

    subject: Subject
    actor: Actor
    now: datetime
    known: Knowledge


@dataclass(frozen=True, slots=True)
class Refused:
    """The form cannot continue."""

    why: Denial | Obstacle


@dataclass(frozen=True, slots=True)
class Ask:
    """Something is still to be filled in: a choice or words."""

    form: Form
    blank: Blank


@dataclass(frozen=True, slots=True)
class Preview:
    """All is filled in: this is what the customer will read (None: nothing), if it is sent."""

    form: Form
    letter: Say | None


Step = Refused | Ask | Preview


def begin(form: Form, at: Situation) -> Step:
    """Begin a form that a button opened. What cannot be done is not asked for in words first."""
    form = replace(form, actor=at.actor.key)
    denial = check(form, at)
    return Refused(denial) if denial else proceed(form, at)


def choose(form: Form, blank: str, value: str, at: Situation) -> Step:
    """Fill in a choice, if it is the one that is asked for now."""
    if form.actor != at.actor.key:
        return Refused(Obstacle.FOREIGN)
    if blank == Blank.TEMPLATE:
        return _with_template(form, value, at)
    asked = form.blank()
    filled = form.filled(asked, value) if asked in CHOICES and asked == blank else None
    if asked is None or filled is None:
        return Refused(Obstacle.UNKNOWN)
    if value not in choices(asked, at.subject, at.known.rules):  # before words are asked for
        return Refused(_not_chosen(asked, value, at))
    return proceed(filled, at)


def _not_chosen(blank: Blank, value: str, at: Situation) -> Denial:
    """Return why a choice cannot be made as things stand."""
    match blank:
        case Blank.GROUND:
            return Denial.GROUND_MISSING
        case Blank.AUTHORITY:
            return Denial.AUTHORITY_NOT_ENOUGH
        case Blank.RECIPIENT:
            return Denial.RECIPIENT_UNKNOWN
        case Blank.DOER | Blank.TO:
            return Denial.NOT_ON_STAFF
        case Blank.TASK:
            return Denial.TASK_UNKNOWN
    return conditions.not_offered(Way(value), at.known.rules) or Denial.WAY_MISSING


def _with_template(form: Form, value: str, at: Situation) -> Step:
    """Fill in a ready-made reply, before words are written or instead of them."""
    if value not in templates_of(form, at.known.rules, at.subject):
        return Refused(Denial.TEMPLATE_NOT_FIT)
    filled = form.filled(Blank.TEMPLATE, value)
    return proceed(filled, at) if filled else Refused(Obstacle.UNKNOWN)


def write(form: Form, text: str, at: Situation) -> Step:
    """Fill in the words that were asked for, in place of earlier ones."""
    if form.actor != at.actor.key:
        return Refused(Obstacle.FOREIGN)
    if len(text) > LONGEST:
        return Refused(Obstacle.TOO_LONG)
    blank = form.asked()
    if blank is Blank.FILE:
        return Refused(Obstacle.NO_DOCUMENT)
    if blank is None:
        return Refused(Obstacle.UNKNOWN)
    kept = _kept(text, at)
    if not kept.strip():
        return Refused(Denial.REASON_MISSING)
    if denial := _unfit(blank, kept, at):
        return Refused(denial)
    filled = form.filled(blank, _as_kept(blank, kept, at))
    return proceed(filled, at) if filled else Refused(Obstacle.UNKNOWN)


def add_words(form: Form, at: Situation) -> Ask | Refused:
    """Ask for words where a form could be sent without."""
    if form.actor != at.actor.key:
        return Refused(Obstacle.FOREIGN)
    return Ask(form, Blank.TEXT) if form.takes_words() else Refused(Obstacle.UNKNOWN)


def fill(form: Form, values: Mapping[str, str], at: Situation) -> Preview | Refused:
    """Fill in all that a form asks for at once."""
    if form.actor != at.actor.key:
        return Refused(Obstacle.FOREIGN)
    for name, value in values.items():
        if name not in form.blanks() or name == Blank.FILE:
            return Refused(Obstacle.UNKNOWN)
        blank = Blank(name)
        if blank is Blank.TEMPLATE and not value:
            continue
        given = value if blank in CHOICES else _kept(value, at)
        if blank in OPTIONAL and not given.strip():
            given = NONE_GIVEN
        elif blank not in CHOICES and given.strip() and (denial := _unfit(blank, given, at)):
            return Refused(denial)
        filled = form.filled(blank, _as_kept(blank, given, at))
        if filled is None:
            return Refused(Obstacle.UNKNOWN)
        form = filled
    # Words that are missing are denied by the ticket, which says so.
    return preview(form, at) if form.blank() in (None, Blank.TEXT) else Refused(Obstacle.UNKNOWN)


def _unfit(blank: Blank, text: str, at: Situation) -> Denial | None:
    """Return what is wrong with what was written into a blank, before any more is written."""
    rules = at.known.rules
    if blank in OPTIONAL and text.strip() == NONE_GIVEN:
        return None
    match blank:
        case Blank.RECEIVED:
            return staff_request.day_denied(text, rules.today(at.now))
        case Blank.DUE:
            return task_changes.due_in_words_denied(text, rules.today(at.now))
        case Blank.EMAIL:
            return staff_request.email_denied(text)
        case Blank.PHONE:
            return staff_request.phone_denied(text, rules.country)
    return None


def _as_kept(blank: Blank, text: str, at: Situation) -> str:
    """Return what is kept of a text: a day as a date, which is the same tomorrow."""
    if blank not in (Blank.RECEIVED, Blank.DUE):
        return text
    day = staff_request.day_of(text, at.known.rules.today(at.now))
    return day.isoformat() if day else text


def proceed(form: Form, at: Situation) -> Step:
    """Return what comes next in a form."""
    blank = form.blank()
    return Ask(form, blank) if blank else preview(form, at)


def send(form: Form, at: Situation) -> StaffActed | StaffAnswered | StaffOpened | Refused:
    """Return the event of a form that was previewed, or why it can no longer be sent."""
    if form.actor != at.actor.key:
        return Refused(Obstacle.FOREIGN)
    denial = Obstacle.UNKNOWN if form.blank() else check(form, at)
    return Refused(denial) if denial else form.event(at.actor, at.now)


def check(form: Form, at: Situation) -> Denial | Obstacle | None:
    """Return why the action of a form cannot be begun now; None when it can."""
    if isinstance(at.subject, Inquiry):
        if form.action != ANSWER:
            return Obstacle.UNKNOWN
        return inquiries.check(at.subject, at.actor, form.version)
    if isinstance(at.subject, NewRequest):
        if form.action != OPEN:
            return Obstacle.UNKNOWN
        return None if at.actor.roles & STAFF else Denial.NOT_YOUR_ROLE
    if form.action not in list(Action):
        return Obstacle.UNKNOWN
    action, rules = Action(form.action), at.known.rules
    return transitions.check(at.subject, action, at.actor, at.now, rules, form.version)


def preview(form: Form, at: Situation) -> Preview | Refused:
    """Return what the customer will read of a form, or why it cannot be sent as it is."""
    if form.action == Action.TELL_CODE:
        # Looked at when it is sent: each try takes one of a few.
        return Preview(form, None) if form.code.strip() else Refused(Denial.CODE_WRONG)
    rules = at.known.rules
    event = sanitise(form.event(at.actor, at.now), rules.today(at.now))
    if isinstance(event, StaffOpened):
        return _preview_opening(form, event, at)
    if form.action == Action.CORRECT_CONTACTS:
        return _preview_correction(form, event, at)
    made: staff_decision.Decision | staff_decision.Reply | Denial | Obstacle = Obstacle.UNKNOWN
    if isinstance(event, StaffAnswered) and isinstance(at.subject, Inquiry):
        made = staff_decision.reply(at.subject, event, at.now)
    elif isinstance(event, StaffActed) and isinstance(at.subject, Ticket):
        made = staff_decision.decide(at.subject, event, at.now, at.known)
    if isinstance(made, Denial | Obstacle):
        return Refused(made)
    said = next((effect for effect in made.effects if isinstance(effect, Say)), None)
    return Preview(form, said)


def _preview_correction(
    form: Form, event: StaffActed | StaffAnswered, at: Situation
) -> Preview | Refused:
    if not isinstance(event, StaffActed) or not isinstance(at.subject, Ticket):
        return Refused(Obstacle.UNKNOWN)
    letter = staff_correction.letter(at.subject, event, at.now, at.known.rules)
    return Refused(letter) if isinstance(letter, Denial) else Preview(form, letter)


def _preview_opening(form: Form, event: StaffOpened, at: Situation) -> Preview | Refused:
    rules = at.known.rules
    sound = staff_request.checked(event.request, at.actor, at.now, rules)
    if isinstance(sound, Denial):
        return Refused(sound)
    return Preview(form, staff_opening.letter(sound, at.now, rules))


def _kept(text: str, at: Situation) -> str:
    """Return words as they are stored: what the preview shows is what is sent."""
    return masking.mask(strip_invisible(text), at.known.rules.today(at.now))[0]

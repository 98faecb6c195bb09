"""Attach a file to a ticket, the same way at every desk: check first, then store."""

from __future__ import annotations

from dataclasses import replace

from bot.channels.desk import flow
from bot.channels.desk.copy_card import described
from bot.channels.desk.flow import Obstacle, Refused, Situation, Step
from bot.channels.desk.form import Blank, Form
from bot.channels.desk.port import Desk
from bot.channels.desk.wording import Wording
from bot.core.events import StaffActed
from bot.core.tickets import transitions
from bot.core.tickets.command import Command
from bot.core.tickets.copies import LARGEST
from bot.core.tickets.ticket import Action, Denial, Ticket


def check(at: Situation, version: int | None = None) -> Refused | None:
    """Return why no file can be attached now, before anything is uploaded."""
    if not isinstance(at.subject, Ticket):
        return Refused(Denial.UNKNOWN)
    rules = at.known.rules
    denial = transitions.check(at.subject, Action.ATTACH, at.actor, at.now, rules, version)
    return Refused(denial) if denial else None


def attached(id: str, name: str, content: bytes, at: Situation, desk: Desk) -> StaffActed | Refused:
    """Keep a file, and return the event that attaches it. Raises StorageError."""
    if refused := check(at):
        return refused
    file = desk.keep_file(id, at.subject.id, name, content, at.actor)
    if isinstance(file, Denial):
        return Refused(file)
    command = Command(action=Action.ATTACH, file=file)
    return StaffActed(ticket=at.subject.id, actor=at.actor, command=command)


def awaited(form: Form, size: int, at: Situation) -> Refused | None:
    """Return why a form does not take a file of so many bytes, before it is fetched."""
    if form.actor != at.actor.key:
        return Refused(Obstacle.FOREIGN)
    if form.blank() is not Blank.FILE:
        return Refused(Obstacle.UNKNOWN)
    if denial := flow.check(form, at):
        return Refused(denial)
    return Refused(Denial.FILE_TOO_LARGE) if size > LARGEST else None


def given(form: Form, id: str, name: str, content: bytes, at: Situation, desk: Desk) -> Step:
    """Keep the file that a form waits for, and go on with the form. Raises StorageError.

    What is not sent after all is destroyed with everything that was never attached.
    """
    if refused := awaited(form, len(content), at):
        return refused
    file = desk.keep_file(id, at.subject.id, name, content, at.actor)
    if isinstance(file, Denial):
        return Refused(file)
    return flow.proceed(replace(form, file=form.written(file)), at)


def above_preview(form: Form, wording: Wording) -> list[str]:
    """Return what is said of a form's file above its preview."""
    file = form.kept_file()
    return [wording.desk("form.file_kept", file=described(file))] if file else []

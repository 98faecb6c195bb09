"""Fill in a staff form line by line, at a terminal or on a command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from uuid import uuid4

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel

from bot.channels import render
from bot.channels.desk import attaching, card, flow
from bot.channels.desk.choosing import choices, templates_of
from bot.channels.desk.flow import Ask, Preview, Refused, Situation, Step
from bot.channels.desk.form import CHOICES, NONE_GIVEN, OPEN, OPTIONAL, Blank
from bot.channels.desk.port import Desk
from bot.channels.desk.wording import above_preview
from bot.core.events import StaffActed
from bot.core.tickets.copies import LARGEST, clean_name
from bot.core.tickets.ticket import Action, Denial, Extent
from bot.core.understanding.words.plain_answers import yes_or_no
from bot.core.understanding.words.text import strip_invisible

# Forms of several blanks, asked for one after the other.
_LINE_BY_LINE = frozenset({OPEN, str(Action.CORRECT_CONTACTS), str(Action.ADD_TASK)})
# Words that stay with staff, or that the customer reads in a later letter.
_NOT_SENT_NOW = frozenset({"reason", "shown", "concerned", "note", "task_words", "excuse"})


class FormPrompt:
    """Asks for what a form wants. `read` gives a line, or None at the end of the input."""

    def __init__(self, desk: Desk, console: Console, read: Callable[[str], str | None]) -> None:
        self._desk = desk
        self._wording = desk.wording
        self._console = console
        self._read = read

    def filled(self, step: Step, rest: Sequence[str], at: Situation) -> Step | None:
        """Fill in a form from its first question to its end; None when that was told already.

        What stands behind the number is the choice that the form asks for first, and then words.
        """
        if isinstance(step, Ask) and step.form.action in _LINE_BY_LINE:
            return self.asked_for(step, at)
        while isinstance(step, Ask) and step.blank in CHOICES:
            blank, known = step.blank, choices(step.blank, at.subject, at.known.rules)
            chosen, rest = self._choice(blank, known, rest)
            step = flow.choose(step.form, blank, chosen, at)
            if isinstance(step, Refused):
                self.tell("which", known=", ".join(sorted(self._said(blank, known))))
                return None
        if rest and isinstance(step, Ask | Preview):
            ready = rest[0].casefold()
            if ready in templates_of(step.form, at.known.rules):  # one that does not fit is refused
                step, rest = flow.choose(step.form, Blank.TEMPLATE, ready, at), rest[1:]
        return self._in_words(step, " ".join(rest), at)

    def _choice(
        self, blank: Blank, known: Sequence[str], rest: Sequence[str]
    ) -> tuple[str, Sequence[str]]:
        """Return what is chosen, and what follows it; a request is carried out fully by default."""
        first = rest[0].casefold() if rest else ""
        if blank is Blank.EXTENT and first not in CHOICES[blank]:
            return Extent.FULLY, rest
        said = [one.casefold() for one in self._said(blank, known)]
        return known[said.index(first)] if first in said else first, rest[1:]

    def _said(self, blank: Blank, known: Sequence[str]) -> Sequence[str]:
        """Return how choices are typed: members of staff by their names."""
        people = blank in (Blank.TO, Blank.DOER)
        return [self._wording.name(one) for one in known] if people else known

    def _offered(self, blank: Blank, at: Situation) -> Sequence[str]:
        return self._said(blank, choices(blank, at.subject, at.known.rules))

    def _typed(self, blank: Blank, said: str, at: Situation) -> str:
        """Return the choice that was typed."""
        return self._choice(blank, choices(blank, at.subject, at.known.rules), [said])[0]

    def asked_for(self, step: Step, at: Situation) -> Step | None:
        """Ask for one thing after the other, and again where it is not taken; None: given up."""
        while isinstance(step, Ask):
            said = self._answered(step, at)
            if not said:
                self.cancelled()
                return None
            chosen = step.blank in CHOICES
            taken = (
                flow.choose(step.form, step.blank, self._typed(step.blank, said, at), at)
                if chosen
                else flow.write(step.form, said, at)
            )
            if not isinstance(taken, Refused):
                step = taken
            elif taken.why in (Denial.PERSON_MISSING, Denial.NOT_YOUR_ROLE):
                return taken  # no other answer to this question would help
            elif chosen:
                self.tell("which", known=", ".join(self._offered(step.blank, at)))
            else:
                self.show(card.refusal(taken.why, self._wording), "red")
        return step

    def _answered(self, step: Ask, at: Situation) -> str:
        """Return what was typed; an empty line leaves out what can be left out."""
        line = self._read(f"{self._question(step, at)} ")
        said = (line or "").strip()
        return NONE_GIVEN if line is not None and not said and step.blank in OPTIONAL else said

    def _question(self, step: Ask, at: Situation) -> str:
        if step.blank not in CHOICES:
            return self._wording.desk(f"form.in_{step.form.words_wanted()}") + ":"
        asked = self._wording.desk(f"form.{step.blank}", number=at.subject.number)
        return f"{asked} ({', '.join(self._offered(step.blank, at))})"

    def _in_words(self, step: Step, written: str, at: Situation) -> Step | None:
        """Take words where a form has room for them; elsewhere they are refused. None: given up."""
        if isinstance(step, Refused):
            return step
        blank = step.form.asked()
        if blank is None:
            return Refused(Denial.NOT_TAKEN) if written else step
        needed = blank is not Blank.TEXT or step.form.needs_words()
        optional = "in_words_beside" if step.form.template else "in_words_or_none"
        label = self._wording.label("in_words" if needed else optional)
        wanted = step.form.words_wanted()
        if blank is not Blank.TEXT or wanted in _NOT_SENT_NOW:
            label = self._wording.desk(f"form.in_{wanted}")
        said = written or self._read(f"{label}: ")
        if said is None:
            self.cancelled()
            return None
        return flow.write(step.form, said, at) if said.strip() or needed else step

    def agreed(self, step: Preview, number: str) -> bool:
        """Show what the customer will read, and ask whether it is to be sent."""
        name = self._wording.button(step.form.action)
        *warned, head = above_preview(step.letter, number, name, self._wording)
        for line in warned if step.letter else (*warned, head):
            self.show(line, "yellow")
        if step.letter:
            text = render.terminal(self._desk.worded(step.letter))
            title = self._wording.label("preview")
            self._console.print(Panel(text, title=title, border_style="yellow"))
        agreed = yes_or_no(self._read(f"{self._wording.label('send')} ") or "") is True
        if not agreed:
            self.cancelled()
        return agreed

    def attached(self, path: Path, at: Situation) -> StaffActed | Refused | None:
        """Show what is to be attached; keep it once that was agreed to. Raises OSError.

        None: it was not agreed to.
        """
        if refused := attaching.check(at):
            return refused
        if path.stat().st_size > LARGEST:
            return Refused(Denial.FILE_TOO_LARGE)
        content = path.read_bytes()
        name = clean_name(path.name)
        self.tell("file", name=name, size=str(len(content)), number=at.subject.number)
        if yes_or_no(self._read(f"{self._wording.label('attach')} ") or "") is not True:
            self.cancelled()
            return None
        return attaching.attached(str(uuid4()), name, content, at, self._desk)

    def cancelled(self) -> None:
        """Say that the form was left."""
        self.show(self._wording.desk("form.cancelled"), "yellow")

    def tell(self, name: str, /, **values: str) -> None:
        """Show one of the words of the card."""
        self.show(self._wording.label(name, **values), "yellow")

    def show(self, text: str, style: str) -> None:
        """Show a line."""
        self._console.print(f"[{style}]{escape(strip_invisible(text))}[/{style}]")

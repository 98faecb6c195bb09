"""The customer's side of a conversation: (dialogue, tickets, event) -> what is said and done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from bot.core import answers, forms, identity, inquiries, tickets
from bot.core.answers import NO, YES, Answer
from bot.core.catalog import Catalog, Kind, Language, Notice, Right
from bot.core.forms import Stage
from bot.core.identity import CodeVerdict, Evidence, Method
from bot.core.inquiries import Inquiry
from bot.core.matching import Match, Matcher, Outcome
from bot.core.messages import (
    AskStaff,
    Choice,
    Chose,
    CustomerEvent,
    Effect,
    Part,
    Requested,
    Said,
    Say,
    SendCode,
    Shared,
    ShowInquiry,
    StaffWords,
    Text,
)
from bot.core.tickets import (
    OPEN,
    THE_CUSTOMER,
    Action,
    Command,
    Denial,
    Person,
    Record,
    Rules,
    State,
    Ticket,
)

_CODE = re.compile(r"\d{4}[ -]?\d{4}")
_CODE_WITHIN = re.compile(r"(?<!\d)\d{8}(?!\d)")
_ANSWERS = frozenset({"yes", "no", "skip", "change", "vouched", "pass"})
_ON_A_TICKET = frozenset({"resend", "correct", "withdraw", "answer", "really", "phone"})
_NUMBER = re.compile(r"\bT-\d{4}-\d{4,}\b", re.IGNORECASE)
# Below this the language of a message is a guess, and the conversation keeps its own.
SURE_OF_LANGUAGE = 0.9
# What the matcher gives a wording that stands in the catalogue.
_KNOWN_WORDING = 1.0
AWAITING_CODE = "awaiting_code"  # a phase
# A channel makes of this button the one by which its platform shares the person's number.
SHARE_PHONE = Choice(token="share_phone", key="choice.share_phone")
_COMMANDS: Mapping[str, str] = {
    "/start": "smalltalk.hello",
    "/help": "smalltalk.help",
    "/human": "human",
    "/status": "status",
    "/cancel": "cancel",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """Where a conversation stands. Holds nothing of plain questions but the one that can be passed.

    `question` is the last one, if the notice did not answer it: until the next message it can be
    passed to staff. `asked` numbers the questions put with buttons, so that a button of an earlier
    one is known as old; `asked_at` is when the rights were asked for: the law's clock starts there,
    not at the end of the form.
    """

    language: Language
    greeted: bool = False
    stage: Stage = Stage.IDLE
    rights: tuple[Right, ...] = ()
    fields: Mapping[str, str] = field(default_factory=dict)
    asking: str = ""
    ticket: str = ""
    asked: int = 0
    asked_at: datetime | None = None
    question: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fresh:
    """What the shell makes anew for each event: it may be used or not."""

    ticket_id: str
    number: str
    code: str
    inquiry: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """All that a step needs besides the dialogue: knowledge, decisions, the moment.

    `on_file` are those of the addresses and numbers at hand that the company has on file;
    `codes_sent` is when codes went to each address within the last hour, for whomever;
    `open_inquiries` is how many questions of this person wait for staff.
    """

    now: datetime
    received_at: datetime
    person: Person
    catalog: Catalog
    notice: Notice
    matcher: Matcher
    rules: Rules
    code_key: bytes
    fresh: Fresh
    on_file: frozenset[str] = frozenset()
    codes_sent: Mapping[str, tuple[datetime, ...]] = field(default_factory=dict)
    open_inquiries: int = 0
    shares_phone: bool = False
    vouched: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one event led to: the new dialogue, changed tickets, audit records and effects."""

    dialogue: Dialogue
    tickets: tuple[Ticket, ...] = ()
    inquiry: Inquiry | None = None
    records: tuple[Record, ...] = ()
    effects: tuple[Effect, ...] = ()


def step(
    dialogue: Dialogue, owned: tuple[Ticket, ...], event: CustomerEvent, context: Context
) -> Step:
    """Take one event of a customer, who owns these tickets (oldest first)."""
    turn = _Turn(dialogue, owned, context)
    match event:
        case Chose():
            turn.chose(event.token)
        case Said():
            turn.said(event)
        case Shared():
            turn.shared(event.phone)
        case Requested():
            turn.requested(event)
    return turn.result()


class _Turn:
    """One event being worked on; collects what it leads to."""

    def __init__(self, dialogue: Dialogue, owned: tuple[Ticket, ...], context: Context) -> None:
        # What could be passed to staff can be until anything else comes.
        self.question, self.dialogue = dialogue.question, replace(dialogue, question="")
        self.owned = {ticket.id: ticket for ticket in owned}
        self.context = context
        self.parts: list[Part] = []
        self.choices: list[Choice] = []
        self.changed: dict[str, Ticket] = {}
        self.inquiry: Inquiry | None = None
        self.records: list[Record] = []
        self.effects: list[Effect] = []

    def result(self) -> Step:
        parts = tuple(self.parts)
        if not self.dialogue.greeted:
            # AI Act Art. 50(1): told at the first interaction at the latest.
            parts = (Text(key="machine"), *parts)
        say = Say(
            to=self.context.person,
            language=self.dialogue.language,
            parts=parts,
            choices=self._numbered(),
        )
        return Step(
            dialogue=replace(self.dialogue, greeted=True),
            tickets=tuple(self.changed.values()),
            inquiry=self.inquiry,
            records=tuple(self.records),
            effects=(say, *self.effects),
        )

    def _numbered(self) -> tuple[Choice, ...]:
        """Bind the buttons that answer a question to this question."""
        if any(choice.token in _ANSWERS for choice in self.choices):
            self.dialogue = replace(self.dialogue, asked=self.dialogue.asked + 1)
        number = self.dialogue.asked
        return tuple(
            replace(choice, token=f"{choice.token}:{number}")
            if choice.token in _ANSWERS
            else choice
            for choice in self.choices
        )

    # What was said

    def said(self, event: Said) -> None:
        for kind in sorted(event.masked):
            self._say(f"masked.{kind}")
        if event.edited and self.dialogue.stage is not Stage.IDLE:
            # Platforms also tell of an edit where nobody wrote anything, as at a reaction.
            self._say("edited")
            self._ask_again()
            return
        text = event.text.strip()
        if event.attached:
            self._say("attachment")
        if not any(c.isalnum() for c in text):
            self._nothing_said(event)
        elif text.startswith("/"):
            self._command(text)
        elif code := self._code_in(text):
            self._code(code)
            self._ask_again()
        elif self.dialogue.stage is Stage.ANSWERING:
            self._answer_staff(text)
        elif self.dialogue.stage is Stage.CORRECTING:
            self._correct_to(text)
        elif self.dialogue.stage is Stage.FILLING:
            self._fill(text)
        else:
            self._understand(text)

    def _nothing_said(self, event: Said) -> None:
        if not event.attached:
            self._say("empty")
        self._ask_again()

    def _code_in(self, text: str) -> str:
        """Return the code that a text gives, or nothing where digits mean something else."""
        stage, asking = self.dialogue.stage, self.dialogue.asking
        if stage is Stage.ANSWERING or (stage is Stage.FILLING and asking == forms.DETAILS):
            return ""
        asked_for_address = stage is Stage.CORRECTING or asking == forms.EMAIL
        if asked_for_address and forms.problem(forms.EMAIL, text) is None:
            return ""
        if _CODE.fullmatch(text):
            return re.sub(r"\D", "", text)
        within = _CODE_WITHIN.findall(text)
        return within[0] if len(within) == 1 and self._waiting_for_code() else ""

    def _understand(self, text: str) -> None:
        decision = forms.yes_or_no(text)
        if decision is None and forms.agrees(text):
            decision = True
        if decision is not None and self.dialogue.stage is not Stage.IDLE:
            self._decided("yes" if decision else "no")
            return
        if self.dialogue.stage is Stage.SUMMARY and forms.finds_fault(text):
            self._decided("change")
            return
        match = self._match(text)
        if match.outcome is Outcome.REQUEST:
            self._asked_for(match.rights or ((match.right,) if match.right else ()))
            return
        self._reply(match, text)
        self._resume_form(match)

    def _asked_for(self, rights: tuple[Right, ...]) -> None:
        """Take rights that a message asks for; in the middle of a request they come after it."""
        stage, current = self.dialogue.stage, self.dialogue.rights
        if stage is Stage.OFFERED and rights == current[:1]:
            self._decided("yes")
        elif stage in (Stage.FILLING, Stage.SUMMARY):
            new = tuple(right for right in rights if right not in current)
            for right in new:
                self._say("offer.also", right=right)
            self.dialogue = replace(self.dialogue, rights=current + new)
            self._ask_next()
        else:
            self._offer(rights)

    def _match(self, text: str) -> Match:
        language, sure = self.context.matcher.language_of(text)
        wanted = forms.language_asked_for(text)
        spoken = self.context.rules.languages
        if sure >= SURE_OF_LANGUAGE and len(text.split()) > 1 and language in spoken:
            self.dialogue = replace(self.dialogue, language=language)
        match = self.context.matcher.match(text, self.dialogue.language)
        if wanted in spoken and wanted and match.intent == "smalltalk.language":
            self.dialogue = replace(self.dialogue, language=wanted)
        return match

    def _reply(self, match: Match, text: str) -> None:
        match match.outcome:
            case Outcome.STATUS:
                self._status()
            case Outcome.CANCEL:
                self._cancel(text)
            case _:
                self._add(answers.respond(match, self.context.catalog, self.context.notice))
                if match.outcome is Outcome.NOT_IN_NOTICE and text:
                    self._offer_to_pass(text)

    def _resume_form(self, match: Match) -> None:
        """After an aside in the middle of a form, ask again what was being asked."""
        if match.outcome is Outcome.CANCEL:
            return
        if match.outcome is Outcome.CLARIFY:  # one question at a time: asked again after the choice
            return
        if self.dialogue.stage is Stage.WITHDRAWING:
            self.dialogue = replace(self.dialogue, stage=Stage.IDLE, ticket="")
        if self.dialogue.stage in (Stage.FILLING, Stage.SUMMARY):
            self.choices.clear()
            self.dialogue = replace(self.dialogue, question="")
        self._ask_again()

    def _command(self, text: str) -> None:
        word = text.split()[0].split("@")[0].casefold()
        if word in {f"/{language}" for language in self.context.rules.languages}:
            self.dialogue = replace(self.dialogue, language=Language(word[1:]))
            self._say("smalltalk.language")
        elif word == "/privacy":
            self._say("privacy")
        elif intent := _COMMANDS.get(word):
            kind = Kind(intent.split(".")[0])
            outcome = Outcome(kind)
            language = self.dialogue.language
            self._reply(Match(language=language, outcome=outcome, intent=intent), text)
        else:
            self._say("unknown_command", command=word[:32])
        self._ask_again()

    def _ask_again(self) -> None:
        """Put the open question again, after something else was said."""
        if self.dialogue.stage is Stage.OFFERED:
            self._say("offer.again", right=self.dialogue.rights[0])
            self.choices += [YES, NO]
        elif self.dialogue.stage in (Stage.FILLING, Stage.SUMMARY):
            self._ask_next()
        elif self.dialogue.ticket in self.owned:
            ticket = self.owned[self.dialogue.ticket]
            if self.dialogue.stage is Stage.ANSWERING:
                self._ask_for_answer(ticket)
            elif self.dialogue.stage is Stage.CORRECTING:
                self._ask_for_address(ticket)

    # What was chosen

    def chose(self, token: str) -> None:
        head, _, rest = token.partition(":")
        if head in _ANSWERS:
            self._decided(head if rest == str(self.dialogue.asked) else "")
        elif token in self.context.notice.sections:
            self._add(answers.section(token, self.context.notice, self.dialogue.language))
            self._go_on()
        elif head == "fi":
            self._original(rest)
            self._go_on()
        elif head == "intent" and rest in self.context.catalog.intents:
            self._chose_intent(rest)
        elif head in _ON_A_TICKET and rest in self.owned:
            getattr(self, f"_{head}")(self.owned[rest])
        elif token == "none":
            self._say("clarify.none")
        else:
            self._say("stale_button")

    def _go_on(self) -> None:
        """Go on after something was shown: what was open before is open still."""
        self.dialogue = replace(self.dialogue, question=self.question)
        self._ask_again()

    def _chose_intent(self, intent_id: str) -> None:
        intent = self.context.catalog.intents[intent_id]
        if intent.right:
            self._offer((intent.right,))
            return
        outcome = Outcome.ANSWER if intent.kind is Kind.QUESTION else Outcome(intent.kind)
        match = Match(language=self.dialogue.language, outcome=outcome, intent=intent_id)
        self._reply(match, "")
        self._resume_form(match)

    def _original(self, source: str) -> None:
        notice, catalog = self.context.notice, self.context.catalog
        if source in notice.sections:
            self._add(answers.original(notice.within(source)))
        elif source in catalog.intents:
            self._add(answers.original(answers.quoted(catalog.intents[source], notice)))
        else:
            self._say("stale_button")

    def _decided(self, token: str) -> None:
        match self.dialogue.stage, token:
            case Stage.OFFERED, "yes":
                self.dialogue = replace(self.dialogue, stage=Stage.FILLING, asking="")
                self._ask_next()
            case Stage.SUMMARY, "yes":
                self._open()
            case Stage.SUMMARY, "change":
                self.dialogue = replace(self.dialogue, stage=Stage.FILLING, fields={}, asking="")
                self._ask_next()
            case Stage.FILLING, "skip" if self._may_skip():
                self._take_field("")
            case Stage.FILLING, "vouched" if self._may_take_vouched():
                self._take_field(self.context.vouched)
            case _, "pass":
                self._pass()
            case Stage.WITHDRAWING, "yes" if self.dialogue.ticket in self.owned:
                self._really(self.owned[self.dialogue.ticket])
            case stage, "no" if stage is not Stage.IDLE:
                self._declined()
            case _:
                self._say("stale_button")

    def _declined(self) -> None:
        asking = self.dialogue.stage in (Stage.OFFERED, Stage.SUMMARY, Stage.FILLING)
        if asking and self.dialogue.rights[1:]:
            self._say("stopped")
            self._next_right()
        else:
            self._stop("stopped")

    def _may_skip(self) -> bool:
        field = forms.next_field(self.dialogue.rights[0], self.dialogue.fields)
        return field is not None and field.optional

    def _may_take_vouched(self) -> bool:
        return self.dialogue.asking == forms.EMAIL and bool(self.context.vouched)

    # Passing a question to staff

    def _offer_to_pass(self, text: str) -> None:
        self.dialogue = replace(self.dialogue, question=text[: forms.LONGEST[forms.DETAILS]])
        self.choices.append(Choice(token="pass", key="choice.pass"))

    def _pass(self) -> None:
        context = self.context
        if not self.question:
            self._say("stale_button")
        elif context.open_inquiries >= inquiries.MOST_OPEN:
            self._say("inquiry.too_many")
        else:
            self.inquiry = Inquiry(
                id=context.fresh.ticket_id,
                number=context.fresh.inquiry,
                language=self.dialogue.language,
                person=replace(context.person, thread=""),
                question=self.question,
                asked_at=context.now,
            )
            self.records.append(inquiries.opened(self.inquiry))
            self.effects.append(ShowInquiry(inquiry=self.inquiry.id, number=self.inquiry.number))
            self._say("inquiry.passed", number=self.inquiry.number)

    # Asking for a right

    def requested(self, event: Requested) -> None:
        """Take a form that was filled in at once: what it says has been agreed to."""
        self.dialogue = replace(self.dialogue, language=event.language)
        already = [t for t in self.owned.values() if t.state in OPEN and t.right is event.right]
        if already and may_correct(already[0], event.email):
            self._corrected(already[0], event.email)
            return
        if already:
            self._say("ticket.already", number=already[0].number)
            return
        fields = {forms.NAME: event.name, forms.EMAIL: event.email, forms.DETAILS: event.details}
        if any(forms.problem(name, text) for name, text in fields.items() if text):
            self._say("empty")
            return
        cleaned = {name: forms.clean(name, text) for name, text in fields.items()}
        self.dialogue = replace(
            self.dialogue,
            stage=Stage.SUMMARY,
            rights=(event.right,),
            fields=cleaned,
            asking="",
            asked_at=self.context.received_at,
        )
        self._open()

    def _offer(self, rights: tuple[Right, ...]) -> None:
        for ticket in [t for t in self.owned.values() if t.state in OPEN and t.right in rights]:
            self._say("ticket.already", number=ticket.number)
            self.choices.append(_about(ticket, "withdraw"))
            rights = tuple(right for right in rights if right is not ticket.right)
        if not rights:
            return
        self.dialogue = replace(
            self.dialogue,
            stage=Stage.OFFERED,
            rights=rights,
            fields={},
            asking="",
            ticket="",
            asked_at=self.context.received_at,
        )
        for right in rights[1:]:
            self._say("offer.also", right=right)
        self._add(answers.offer(self.context.catalog.request(rights[0]), self.context.notice))

    def _fill(self, text: str) -> None:
        if self._may_skip() and forms.skips(self.dialogue.asking, text):
            self._take_field("")
            return
        if self.dialogue.asking != forms.DETAILS and forms.yes_or_no(text) is False:
            self._decided("no")
            return
        if self._is_aside(text, self.dialogue.asking):
            self._understand(text)
            return
        problem = forms.problem(self.dialogue.asking, text)
        if problem:
            self._say(problem)
            self._ask_next()
        else:
            self._take_field(text)

    def _is_aside(self, text: str, asked: str) -> bool:
        """Tell a question or a change of mind in the middle of a form from what was asked for.

        A name may look like anything, so only a question mark or a known wording is an aside.
        """
        if asked == forms.EMAIL and forms.problem(forms.EMAIL, text) is None:
            return False
        match = self.context.matcher.match(text, self.dialogue.language)
        if match.outcome in (Outcome.CANCEL, Outcome.HUMAN, Outcome.STATUS):
            return match.confidence >= _KNOWN_WORDING
        return asked != forms.DETAILS and text.endswith("?")

    def _take_field(self, text: str) -> None:
        value = forms.clean(self.dialogue.asking, text)
        fields = {**self.dialogue.fields, self.dialogue.asking: value}
        self.dialogue = replace(self.dialogue, fields=fields, asking="")
        self._ask_next()

    def _ask_next(self) -> None:
        right = self.dialogue.rights[0]
        missing = forms.next_field(right, self.dialogue.fields)
        if missing is None:
            self._summarise(right)
            return
        self.dialogue = replace(self.dialogue, asking=missing.name)
        key = (
            f"field.details.{right}"
            if missing.name == forms.DETAILS
            else f"field.{missing.name}.ask"
        )
        self._say(key)
        if self._may_take_vouched():
            values = {"email": self.context.vouched}
            self.choices.append(Choice(token="vouched", key="choice.vouched", values=values))
        if missing.optional:
            key = "choice.no_email" if missing.name == forms.EMAIL else "choice.skip"
            self.choices.append(Choice(token="skip", key=key))
        self.choices.append(Choice(token="no", key="choice.stop"))

    def _summarise(self, right: Right) -> None:
        self.dialogue = replace(self.dialogue, stage=Stage.SUMMARY, asking="")
        fields = self.dialogue.fields
        self._say(
            "summary.text",
            right=right,
            name=fields.get(forms.NAME, ""),
            email=fields[forms.EMAIL],
            details=fields.get(forms.DETAILS, ""),
        )
        self.choices += [YES, Choice(token="change", key="choice.change"), NO]

    def _open(self) -> None:
        context, fields = self.context, self.dialogue.fields
        change = tickets.open_ticket(
            id=context.fresh.ticket_id,
            number=context.fresh.number,
            right=self.dialogue.rights[0],
            language=self.dialogue.language,
            person=replace(
                context.person,
                name=fields.get(forms.NAME, ""),
                email=fields[forms.EMAIL],
                thread="",
            ),
            details=fields.get(forms.DETAILS, ""),
            received_at=self.dialogue.asked_at or context.received_at,
            now=context.now,
            rules=context.rules,
        )
        self._keep(change.ticket, change.record)
        due = change.ticket.clock.end(context.rules.today(context.now)).due
        self._say("ticket.opened", number=change.ticket.number, due=due.isoformat())
        self._begin_proof(change.ticket)
        self._next_right()

    def _begin_proof(self, ticket: Ticket) -> None:
        """Begin to prove the identity: by what the workspace says, a code, or else by staff."""
        email = ticket.person.email
        if email and email == self.context.vouched:
            self._prove(ticket, Method.WORKSPACE, email)
            self._say("vouched.taken")
        elif email:
            self._send_code(ticket)
        else:
            self._say("code.by_staff")
            self._offer_phone(ticket)

    def _offer_phone(self, ticket: Ticket) -> None:
        if self.context.shares_phone:
            self.choices.append(Choice(token=f"phone:{ticket.id}", key="choice.phone"))

    def _next_right(self) -> None:
        """Go on to the next right of the same message; name and address need no second asking."""
        rest = self.dialogue.rights[1:]
        if not rest:
            self.dialogue = replace(
                self.dialogue, stage=Stage.IDLE, rights=(), fields={}, asked_at=None
            )
            return
        known = {k: v for k, v in self.dialogue.fields.items() if k != forms.DETAILS}
        self.dialogue = replace(self.dialogue, stage=Stage.OFFERED, rights=rest, fields=known)
        self.choices.clear()
        self._add(answers.offer(self.context.catalog.request(rest[0]), self.context.notice))

    # Codes

    def _waiting_for_code(self) -> list[Ticket]:
        return [t for t in self.owned.values() if t.state in OPEN and t.challenge is not None]

    def _send_code(self, ticket: Ticket) -> None:
        context = self.context
        if not self._may_send_code_to(ticket.person.email):
            self._say("code.too_many")
            self._offer_code(ticket)
            return
        sent = identity.challenge(context.fresh.code, ticket.id, context.code_key, context.now)
        times = (*ticket.codes_sent, context.now)
        self._keep(replace(ticket, challenge=sent, codes_sent=times))
        self.effects.append(
            SendCode(
                email=ticket.person.email,
                language=ticket.language,
                number=ticket.number,
                code=context.fresh.code,
            )
        )
        minutes = int(context.rules.codes.lifetime.total_seconds() // 60)
        self._say("code.sent", email=ticket.person.email, minutes=minutes)
        self._offer_code(ticket)
        self._offer_phone(ticket)

    def _may_send_code_to(self, email: str) -> bool:
        context = self.context
        by_person = [at for ticket in self.owned.values() for at in ticket.codes_sent]
        to_address = context.codes_sent.get(email, ())
        return all(
            identity.may_send(sent, context.rules.codes, context.now)
            for sent in (by_person, to_address)
        )

    def _offer_code(self, ticket: Ticket) -> None:
        """Offer a new code, and to correct the address: a mistyped one gets none."""
        self.choices += [
            Choice(token=f"resend:{ticket.id}", key="choice.resend"),
            Choice(token=f"correct:{ticket.id}", key="choice.correct"),
        ]

    def _resend(self, ticket: Ticket) -> None:
        if phase(ticket) == AWAITING_CODE:
            self._send_code(ticket)
        else:
            self._say("stale_button")

    def _code(self, code: str) -> None:
        waiting = self._waiting_for_code()
        if not waiting:
            self._say("code.none")
            return
        verdicts = [self._check(self.owned[ticket.id], code) for ticket in waiting]
        best = min(verdicts, key=list(CodeVerdict).index)
        if best is CodeVerdict.RIGHT:
            # The same words whether the address is on file or not: the register reveals nothing.
            self._say("code.right")
            return
        newest = self._waiting_for_code()[-1]
        tries = newest.challenge.tries if newest.challenge else 0
        self._say(f"code.{best}", left=self.context.rules.codes.tries - tries)
        self._offer_code(newest)

    def _check(self, ticket: Ticket, code: str) -> CodeVerdict:
        context = self.context
        if ticket.challenge is None:  # proved by the same code on another ticket a moment ago
            return CodeVerdict.EXPIRED
        verdict, tried = identity.check(
            ticket.challenge, code, ticket.id, context.code_key, context.rules.codes, context.now
        )
        self._keep(replace(ticket, challenge=tried))
        if verdict is CodeVerdict.RIGHT:
            self._proved(ticket.person.email)
        return verdict

    def _proved(self, email: str) -> None:
        """Control of an address is evidence on every ticket that gave this address."""
        for ticket in list(self.owned.values()):
            if ticket.state is State.AWAITING_IDENTITY and ticket.person.email == email:
                self._prove(ticket, Method.EMAIL_CODE, email)

    def _prove(self, ticket: Ticket, method: Method, contact: str) -> None:
        evidence = Evidence(
            method=method,
            at=self.context.now,
            by=THE_CUSTOMER.key,
            on_file=contact in self.context.on_file,
        )
        self._act(ticket, Command(action=Action.VERIFY, evidence=evidence))

    # A mistyped address

    def _correct(self, ticket: Ticket) -> None:
        if phase(ticket) != AWAITING_CODE:
            self._say("stale_button")
            return
        self.dialogue = replace(self.dialogue, stage=Stage.CORRECTING, ticket=ticket.id)
        self._ask_for_address(ticket)

    def _ask_for_address(self, ticket: Ticket) -> None:
        self._say("correct.prompt", number=ticket.number, email=ticket.person.email)
        self.choices.append(Choice(token="no", key="choice.stop"))

    def _correct_to(self, text: str) -> None:
        """Take the right address; a question is answered first."""
        ticket = self.owned.get(self.dialogue.ticket)
        if ticket is None or phase(ticket) != AWAITING_CODE:
            self._end_correcting()
            self._understand(text)
        elif forms.problem(forms.EMAIL, text) is None:
            self._end_correcting()
            self._corrected(ticket, text)
        elif forms.yes_or_no(text) is False or self._is_aside(text, forms.EMAIL):
            self._understand(text)
        else:
            self._say("field.email.invalid")
            self._ask_for_address(ticket)

    def _corrected(self, ticket: Ticket, address: str) -> None:
        email = forms.clean(forms.EMAIL, address)
        if self._act(ticket, Command(action=Action.CORRECT, email=email)):
            self._send_code(self.owned[ticket.id])

    def _end_correcting(self) -> None:
        self.dialogue = replace(self.dialogue, stage=Stage.IDLE, ticket="")

    # Proof by phone

    def _phone(self, ticket: Ticket) -> None:
        """Ask for the phone number; the platform gives it only at a press of its own button."""
        if ticket.state is State.AWAITING_IDENTITY and self.context.shares_phone:
            self._say("phone.prompt", number=ticket.number)
            self.choices.append(SHARE_PHONE)
        else:
            self._say("stale_button")

    def shared(self, phone: str) -> None:
        """Take a phone number that the platform verified as the person's own."""
        if not phone:
            self._say("phone.foreign")
            return
        waiting = [t for t in self.owned.values() if t.state is State.AWAITING_IDENTITY]
        for ticket in waiting:
            self._prove(ticket, Method.PHONE, phone)
        # The same words whether the number is on file or not: the register reveals nothing.
        self._say("phone.taken" if waiting else "phone.none")

    # Status, answers, withdrawal

    def _status(self) -> None:
        if not self.owned:
            self._say("status.none")
        for ticket in self.owned.values():
            self._say(
                f"status.{phase(ticket)}",
                number=ticket.number,
                right=ticket.right,
                due=ticket.clock.end(self._today()).due.isoformat(),
            )
            if ticket.question:
                self.parts += [Text(key="status.question"), StaffWords(text=ticket.question)]
                self.choices.append(_about(ticket, "answer"))
            if phase(ticket) == AWAITING_CODE:
                self._offer_code(ticket)
            if ticket.state in OPEN:
                self.choices.append(_about(ticket, "withdraw"))

    def _answer(self, ticket: Ticket) -> None:
        if not ticket.question:
            self._say("stale_button")
            return
        self.dialogue = replace(self.dialogue, stage=Stage.ANSWERING, ticket=ticket.id)
        self._ask_for_answer(ticket)

    def _ask_for_answer(self, ticket: Ticket) -> None:
        self._say("answer_staff.prompt", number=ticket.number)
        self.parts.append(StaffWords(text=ticket.question))
        self.choices.append(Choice(token="no", key="choice.stop"))

    def _answer_staff(self, text: str) -> None:
        match = self.context.matcher.match(text, self.dialogue.language)
        if match.outcome is Outcome.CANCEL and match.confidence >= _KNOWN_WORDING:
            self._stop("stopped")
            return
        ticket = self.owned.get(self.dialogue.ticket)
        self.dialogue = replace(self.dialogue, stage=Stage.IDLE, ticket="")
        if ticket and self._act(ticket, Command(action=Action.ANSWER, text=text)):
            self._say("answer_staff.thanks", number=ticket.number)
        else:
            self._say("stale_button")

    def _cancel(self, text: str) -> None:
        if self.dialogue.stage not in (Stage.IDLE, Stage.WITHDRAWING):
            self._stop("stopped")
            return
        open_tickets = [t for t in self.owned.values() if t.state in OPEN]
        named = {n.upper() for n in _NUMBER.findall(text)}
        chosen = [t for t in open_tickets if t.number in named] or open_tickets
        if len(chosen) == 1:
            self._withdraw(chosen[0])
        elif chosen:
            self._say("withdraw.which")
            self.choices += [_about(ticket, "withdraw") for ticket in chosen]
        else:
            self._say("cancel.nothing")

    def _withdraw(self, ticket: Ticket) -> None:
        if ticket.state not in OPEN:
            self._say("withdraw.ended", number=ticket.number)
            return
        self.dialogue = replace(self.dialogue, stage=Stage.WITHDRAWING, ticket=ticket.id)
        self._say("withdraw.sure", number=ticket.number, right=ticket.right)
        self.choices += [Choice(token=f"really:{ticket.id}", key="choice.yes_withdraw"), NO]

    def _really(self, ticket: Ticket) -> None:
        self.dialogue = replace(self.dialogue, stage=Stage.IDLE, ticket="")
        if self._act(ticket, Command(action=Action.WITHDRAW)):
            self._say("withdraw.done", number=ticket.number)
        else:
            self._say("withdraw.ended", number=ticket.number)

    def _stop(self, key: str) -> None:
        self.dialogue = replace(
            self.dialogue,
            stage=Stage.IDLE,
            rights=(),
            fields={},
            asking="",
            ticket="",
            asked_at=None,
        )
        self._say(key)

    # Collecting

    def _act(self, ticket: Ticket, command: Command) -> bool:
        change = tickets.apply(
            self.owned[ticket.id], command, THE_CUSTOMER, self.context.now, self.context.rules
        )
        if isinstance(change, Denial):
            return False
        self._keep(change.ticket, change.record)
        return True

    def _keep(self, ticket: Ticket, record: Record | None = None) -> None:
        self.owned[ticket.id] = ticket
        self.changed[ticket.id] = ticket
        if record:
            self.records.append(record)
            self.effects.append(AskStaff(ticket=ticket.id, number=ticket.number))

    def _say(self, key: str, **values: str | int | bool) -> None:
        self.parts.append(Text(key=key, values=values))

    def _add(self, answer: Answer) -> None:
        parts, choices = answer
        self.parts += parts
        self.choices += choices

    def _today(self) -> date:
        return self.context.rules.today(self.context.now)


def _about(ticket: Ticket, action: str) -> Choice:
    return Choice(
        token=f"{action}:{ticket.id}", key=f"choice.{action}", values={"number": ticket.number}
    )


def addresses(
    before: Dialogue, owned: Iterable[Ticket], event: CustomerEvent, vouched: str
) -> frozenset[str]:
    """Return the addresses that an event may lead to: what is known of them is looked up first."""
    found = {ticket.person.email for ticket in owned}
    found |= {before.fields.get(forms.EMAIL, ""), vouched}
    match event:
        case Requested(email=email):
            found.add(forms.clean(forms.EMAIL, email))
        case Said(text=text) if before.stage is Stage.CORRECTING:
            found.add(forms.clean(forms.EMAIL, text))
    return frozenset(found - {""})


def may_correct(ticket: Ticket, address: str) -> bool:
    """Tell whether another address may take the place of the one that a ticket has."""
    given = forms.problem(forms.EMAIL, address) is None
    return (
        phase(ticket) == AWAITING_CODE
        and given
        and forms.clean(forms.EMAIL, address) != ticket.person.email
    )


def phase(ticket: Ticket) -> str:
    """Return what the customer is told of a state.

    A right code reads the same whether the address was on file or not: both are with staff.
    """
    if ticket.clock.suspended_on is not None:
        return "suspended"
    if ticket.state is State.AWAITING_IDENTITY and ticket.person.email and not ticket.evidence:
        return AWAITING_CODE
    if ticket.state in (State.AWAITING_IDENTITY, State.AWAITING_CONFIRMATION):
        return "with_staff"
    return ticket.state

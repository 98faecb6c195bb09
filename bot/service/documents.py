"""What staff take along as a file: the record of a case, the report of a month, the register."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from bot.channels.desk import card
from bot.channels.desk.case_record import Chain, record
from bot.channels.desk.port import Desk, Document
from bot.channels.desk.register_file import Format, written
from bot.core.catalog import Kind, Language
from bot.core.question_counts import by_topic, together
from bot.core.tickets import register
from bot.core.tickets.inquiries import Inquiry
from bot.core.tickets.month_report import Month, Notes, month_report
from bot.core.tickets.record import Observed
from bot.core.tickets.register import Sought
from bot.core.tickets.ticket import Actor, Ticket
from bot.errors import StorageError
from bot.service.calendar import handed_link
from bot.storage import figures
from bot.storage.anchors import Anchors
from bot.storage.backup.journal import Journal
from bot.storage.store import Store
from bot.storage.unit import Unit
from bot.storage.verify import verify

Labels = Mapping[Language, Mapping[str, str]]  # what topics are called


@dataclass(frozen=True, slots=True, kw_only=True)
class Outside:
    """What bears on the documents and lies outside the database."""

    anchors: Anchors
    erased: Journal
    address: str  # of the service's pages


class Documents:
    """Makes documents; each is noted in the audit chain before anybody has it."""

    def __init__(self, store: Store, desk: Desk, labels: Labels, outside: Outside) -> None:
        self._store = store
        self._desk = desk
        self._labels = labels
        self._outside = outside

    def case(self, number: str, actor: Actor, place: str) -> Document | None:
        """Return the record of a ticket as a PDF; None where no ticket has the number."""
        from bot.channels.desk.case_pdf import pdf

        desk, wording = self._desk, self._desk.wording
        with self._store.snapshot() as unit:
            ticket = unit.tickets.numbered(number)
            if ticket is None:
                return None
            chain = self._chain(unit, ticket)
        desk.note_access(Observed.DETAILS_SHOWN, actor, place, ticket)
        zone = str(desk.rules.timezone)
        made = wording.desk("record.made", at=wording.iso(desk.now()), zone=zone)
        parts = record(ticket, chain, wording, desk.known.notice.company)
        return Document(f"{ticket.number}.pdf", pdf(card.title(ticket, wording), made, parts))

    def report(
        self, month: Month, actor: Actor, place: str, language: Language | None = None
    ) -> Document:
        """Return the figures of a month as an HTML page, by default in the desk's language."""
        from bot.channels.desk.month_page import page

        desk, rules, now = self._desk, self._desk.rules, self._desk.now()
        with self._store.reading() as unit:
            tickets = figures.tickets_between(unit, *month.moments(rules))
            inquiries = figures.inquiries_between(unit, *month.moments(rules))
            grounds = figures.refusal_grounds(unit, [ticket.id for ticket in tickets])
            asked = unit.question_counts.between(month.days[0], month.days[-1])
        topics = {one.id: self._topic(one) for one in inquiries}
        made = month_report(
            month, tickets, inquiries, Notes(grounds=grounds, topics=topics), now, rules
        )
        desk.note_access(Observed.LISTED, actor, place, facts={"report": str(month)})
        wording = replace(desk.wording, language=language or desk.wording.language)
        names, questions = self._labels[wording.language], by_topic(together(asked.values()))
        text = page(made, questions, now, wording, names, desk.known.notice.company)
        return Document(f"{month}.html", text.encode(), made.received, made.ended)

    def register(
        self, sought: Sought, form: Format, actor: Actor, place: str, *, personal: bool
    ) -> Document:
        """Return the register of the tickets that are sought, with personal data or without."""
        desk, rules, now = self._desk, self._desk.rules, self._desk.now()
        rows = [
            {**register.entry(one, now, rules), **(register.person_of(one) if personal else {})}
            for one in desk.sought(sought)
        ]
        facts = {"rows": str(len(rows)), "personal": "yes" if personal else "no"}
        desk.note_access(Observed.LISTED, actor, place, facts=facts)
        columns = (*register.COLUMNS, *(register.OF_PERSONS if personal else ()))
        name = f"register{'-personal' if personal else ''}-{rules.today(now)}.{form}"
        return Document(name, written(rows, columns, form, desk.wording), len(rows))

    def calendar_link(self, actor: Actor, place: str, *, new: bool) -> str:
        """Return the secret link to the calendar of due dates; a `new` one ends those before."""
        now, address = self._desk.now(), self._outside.address
        return handed_link(self._store, address, actor, place, now, new=new)

    def _topic(self, inquiry: Inquiry) -> str:
        """Return the topic of what was asked, as the matching reads it; empty where it is none."""
        if not inquiry.question:
            return ""
        known = self._desk.known
        match = known.matcher.match(inquiry.question, inquiry.language)
        intent = known.catalog.find(match.intent)
        is_topic = intent and intent.kind in (Kind.QUESTION, Kind.NOT_IN_NOTICE)
        return match.intent if is_topic else ""

    def _chain(self, unit: Unit, ticket: Ticket) -> Chain:
        noted, erased = self._read(self._outside.anchors), self._read(self._outside.erased)
        found = verify(unit, unit.keys, anchors=noted, erased=frozenset(erased))
        return Chain(
            rows=unit.audit.of(ticket.id),
            all_rows=found.rows,
            head=unit.audit.head().shortened(),
            faults=found.faults,
        )

    @staticmethod
    def _read(kept: Anchors | Journal) -> list[str]:
        try:
            return kept.read()
        except OSError as error:
            raise StorageError(f"{error.filename} cannot be read: {error.strerror}") from None

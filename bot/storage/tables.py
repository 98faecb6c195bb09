"""The tables. Columns named sealed_* hold AES-GCM ciphertext; the rest is free of personal data."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
    literal_column,
)

from bot.storage.columns import Moment, partial_index

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

meta = Table(
    "meta",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", String(200), nullable=False),
)

dialogues = Table(
    "dialogues",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("sealed_state", LargeBinary, nullable=False),
    Column("touched_at", Moment, nullable=False, index=True),
)

tickets = Table(
    "tickets",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("year", Integer, nullable=False),
    Column("serial", Integer, nullable=False),
    Column("person", String(64), nullable=False),
    Column("contact", String(64), nullable=False, index=True),
    Column("right", String(30), nullable=False),
    Column("state", String(30), nullable=False),
    Column("version", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("closed_at", Moment, index=True),
    Column("sealed", LargeBinary, nullable=False),
    UniqueConstraint("year", "serial"),
    Index("ix_tickets_state_due_on", "state", "due_on"),
    # A person's open tickets, and the last of those that have ended.
    Index("ix_tickets_person_closed_at", "person", "closed_at"),
)

# The key that seals one ticket, itself wrapped; erasing this row erases the ticket's contents.
ticket_keys = Table(
    "ticket_keys",
    metadata,
    Column("ticket", String(36), primary_key=True),
    Column("sealed_key", LargeBinary, nullable=False),
)

# The files of a ticket, sealed with its key in parts; only what its ticket names is kept.
ticket_files = Table(
    "ticket_files",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("ticket", String(36), nullable=False, index=True),
    Column("created_at", Moment, nullable=False, index=True),
    Column("attached", Boolean, nullable=False),  # else it goes after a day
)

file_parts = Table(
    "file_parts",
    metadata,
    Column("file", String(36), primary_key=True),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("sealed", LargeBinary, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("ticket", String(36), nullable=False, index=True),
    Column("number", String(20), nullable=False),
    Column("at", Moment, nullable=False),
    Column("action", String(30), nullable=False),
    Column("actor", String(30), nullable=False),
    Column("before", String(30), nullable=False),
    Column("after", String(30), nullable=False),
    Column("facts", JSON, nullable=False),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    # What a link covers depends on its format; the digest is of the whole ticket after the act.
    Column("format", Integer, nullable=False, server_default="1"),
    Column("key", String(8), nullable=False, server_default=""),
    Column("digest", String(64), nullable=False, server_default=""),
)

# What was found past its retention, and when: it is destroyed a day later, if the clock is right.
marks = Table(
    "marks",
    metadata,
    Column("subject", String(36), primary_key=True),
    Column("marked_at", Moment, nullable=False),
)

# Keys of earlier master keys by which stored hashes and links can still be checked, sealed.
old_keys = Table(
    "old_keys",
    metadata,
    Column("name", String(8), primary_key=True),
    Column("serial", Integer, nullable=False),
    Column("sealed", LargeBinary, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("channel", String(20), nullable=False),
    Column("event_id", String(200), nullable=False),
    Column("person", String(80), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("sealed", LargeBinary),
    Column("received_at", Moment, nullable=False, index=True),
    Column("run_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    # In which round the event is handled: each waiting event of a person takes a later one.
    Column("turn", Integer, nullable=False, server_default="0"),
    Column("handled_at", Moment),
    Column("dead_at", Moment),
    UniqueConstraint("channel", "event_id"),
    sqlite_autoincrement=True,
)
_event_waits = inbox.c.handled_at.is_(None) & inbox.c.dead_at.is_(None)
partial_index("ix_inbox_waiting", inbox.c.turn, inbox.c.position, where=_event_waits)
partial_index("ix_inbox_person_waiting", inbox.c.person, inbox.c.position, where=_event_waits)

outbox = Table(
    "outbox",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=True),
    Column("token", String(36), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("destination", String(100), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("run_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("owner", String(40)),
    Column("lease_until", Moment),
    Column("sent_at", Moment),
    Column("dead_at", Moment),
    Column("error", String(200)),
    Column("sealed", LargeBinary),
    # The ticket or inquiry whose card this refreshes: one refresh that waits is enough.
    Column("subject", String(36), nullable=False, server_default=""),
    # Within a destination the lowest goes first, and of the same the oldest.
    Column("rank", BigInteger, nullable=False, server_default="0"),
    sqlite_autoincrement=True,
)
_effect_waits = outbox.c.sent_at.is_(None) & outbox.c.dead_at.is_(None)
partial_index("ix_outbox_waiting", outbox.c.position, where=_effect_waits)
_in_turn = outbox.c.destination, outbox.c.rank, outbox.c.position
partial_index("ix_outbox_destination_waiting", *_in_turn, where=_effect_waits)
partial_index(
    "ix_outbox_subject_waiting",
    outbox.c.subject,
    where=_effect_waits & (outbox.c.subject != literal_column("''")),
)

# Each code that was mailed lately: keyed hashes of whom it was for and of where it went.
code_letters = Table(
    "code_letters",
    metadata,
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False, index=True),
    Column("person", String(64), nullable=False),
    Column("address", String(64), nullable=False),
    Column("domain", String(64), nullable=False),
    Column("stranger", Boolean, nullable=False),
    Column("word", String(64), nullable=False, index=True),
    Column("number", String(20), nullable=False),
    Index("ix_code_letters_address_at", "address", "at"),
    Index("ix_code_letters_domain_at", "domain", "at"),
)

# Mailboxes to which strangers have no codes mailed: whoever reads them said that they did not ask.
disowned_addresses = Table(
    "disowned_addresses",
    metadata,
    Column("address", String(64), primary_key=True),
    Column("at", Moment, nullable=False),
)

# Only what has the date stands in these: SQLite would else find all that has none by them.
for _date in (inbox.c.dead_at, outbox.c.sent_at, outbox.c.dead_at):
    partial_index(f"ix_{_date.table.name}_{_date.name}", _date, where=_date.is_not(None))

# When a destination, or a channel as a whole, may be used again.
rate_limits = Table(
    "rate_limits",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("next_at", Moment, nullable=False),
)

# One row for each contact of each person on file; both are keyed hashes.
contacts = Table(
    "contacts",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("person", String(64), primary_key=True),
    Column("kind", String(10), nullable=False),
)

# To which contacts no marketing is sent; readable until the data of the person are erased.
suppressions = Table(
    "suppressions",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("contact", String(64), nullable=False, index=True),
    Column("kind", String(10), nullable=False),
    Column("ticket", String(36), nullable=False),
    Column("since", Moment, nullable=False),
    Column("sealed", LargeBinary),
    UniqueConstraint("ticket", "contact"),
)

# How often which topic was asked about; the numbers of all slots together are one count.
question_counts = Table(
    "question_counts",
    metadata,
    Column("day", Date, primary_key=True),
    Column("language", String(2), primary_key=True),
    Column("topic", String(80), primary_key=True),
    Column("result", String(20), primary_key=True),
    Column("slot", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, nullable=False),
)

# What was asked in vain, masked, in no order and with no hint of who wrote it.
unanswered_questions = Table(
    "unanswered_questions",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("day", Date, nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
)

# Where the card of a ticket or inquiry stands on a desk, and how much of its history is there.
cards = Table(
    "cards",
    metadata,
    Column("subject", String(36), primary_key=True),
    Column("desk", String(20), primary_key=True),
    Column("place", String(80), nullable=False),
    Column("history_shown", Integer, nullable=False),
)

# A form that a member of staff is filling in, in a channel without forms.
drafts = Table(
    "drafts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("place", String(80), nullable=False, index=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("touched_at", Moment, nullable=False, index=True),
)

inquiries = Table(
    "inquiries",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("number", String(20), nullable=False, unique=True),
    Column("person", String(64), nullable=False, index=True),
    Column("asked_at", Moment, nullable=False),
    Column("closed_at", Moment, index=True),
    Column("sealed", LargeBinary, nullable=False),
)
_inquiry_waits = inquiries.c.closed_at.is_(None)
partial_index("ix_inquiries_waiting", inquiries.c.asked_at, where=_inquiry_waits)

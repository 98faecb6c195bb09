"""The composition root: configuration in, everything built and wired, start and stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from bot.channels.mail import MailFolder
from bot.config import Settings
from bot.content.wording import worded
from bot.core.catalog import Language
from bot.core.messages import AskStaff, Message, Say, SendCode
from bot.core.tickets import Actor, Role
from bot.delivery.outbox import deliver
from bot.service import Knowledge, Service
from bot.storage.database import open_store
from bot.storage.keys import key_from_file, read_master_key
from bot.storage.sealed import from_json
from bot.storage.store import Store
from bot.understanding import Understanding

Clock = Callable[[], datetime]
Hear = Callable[[Say, Message], None]


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def store_of(settings: Settings) -> Store:
    """Open the database of the settings, with the master key that belongs to it."""
    data = settings.service.data_dir
    url = settings.database.url or f"sqlite:///{data / 'seloste.db'}"

    def master_key(new: bool) -> bytes:
        given = settings.keys.master_key
        if given is not None:
            return read_master_key(given.get_secret_value(), "[keys] master_key")
        file = settings.keys.master_key_file or data / "master.key"
        return key_from_file(file, create=new)

    return open_store(url, master_key)


class App:
    """The running assistant: service, store, mail, and the senders of the outbox."""

    def __init__(
        self, settings: Settings, known: Understanding, store: Store, clock: Clock = utc_now
    ) -> None:
        self.settings = settings
        self.content = known.content
        self.store = store
        self.clock = clock
        self.rules = settings.rules()
        self.knowledge = Knowledge(
            catalog=known.content.catalog,
            notice=known.content.notice,
            matcher=known.matcher,
            rules=self.rules,
            language=settings.service.languages[0],
        )
        self.service = Service(store, self.knowledge, clock)
        self.mail = MailFolder(settings.service.data_dir / "mail", settings.service.contact_email)
        self.forget()

    def actors(self) -> Mapping[str, Actor]:
        """Return the staff by name."""
        return {
            member.name: Actor(
                key=self.store.keys.actor(member.name),
                roles=frozenset(Role(role) for role in member.roles),
            )
            for member in self.settings.staff
        }

    def deliver(self, hear: Hear, notice_staff: Callable[[AskStaff], None]) -> int:
        """Carry out what stands in the outbox; return how many effects."""

        def say(payload: str) -> None:
            said = from_json(Say, payload)
            hear(said, worded(said, self.content))

        senders = {
            "say": say,
            "send_code": lambda payload: self._mail_code(from_json(SendCode, payload)),
            "ask_staff": lambda payload: notice_staff(from_json(AskStaff, payload)),
        }
        return deliver(self.store, senders, self.clock())

    def text(self, key: str, language: Language, **values: str | int) -> str:
        """Return a reply text in a language."""
        return self.content.texts.render(key, language, values)

    def _mail_code(self, sent: SendCode) -> None:
        minutes = int(self.rules.codes.lifetime.total_seconds() // 60)
        values = {"number": sent.number, "code": sent.code, "minutes": minutes}
        texts = self.content.texts
        self.mail.send(
            sent.email,
            texts.render("mail.code_subject", sent.language, values),
            texts.render("mail.code_body", sent.language, values),
        )

    def forget(self) -> None:
        """Destroy what is kept no longer."""
        kept = self.settings.retention
        with self.store.transaction() as unit:
            unit.forget(
                self.clock(),
                dialogues=timedelta(hours=kept.dialogue_hours),
                events=timedelta(days=kept.event_days),
                ended=timedelta(days=kept.ended_ticket_days),
            )

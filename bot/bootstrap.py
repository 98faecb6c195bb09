"""The composition root: configuration in, everything built and wired, start and stop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.mail.smtp import MailFolder, Post, SmtpServer
from bot.channels.render import letter, plain
from bot.config import Settings
from bot.content.loaded import Understanding
from bot.content.wording import worded
from bot.core.buttons import AnswerStaff
from bot.core.catalog import Language
from bot.core.effects import Effect, Probe, Say, SendCode, SendLetter, ToStaff
from bot.core.envelopes import ClaimedEffect, InboundEvent
from bot.core.knowledge import Knowledge
from bot.core.messages import Block, Message
from bot.core.tickets.ticket import Actor, Role
from bot.delivery.courier import Sender, carry_all
from bot.errors import ConfigError
from bot.service.customer import CustomerService
from bot.service.handling import Handler
from bot.service.intake import Intake
from bot.service.queries import Queries, StaffMember
from bot.service.routing import MAIL, EffectRouter, Routes
from bot.service.schedule import Retention, Schedule
from bot.service.staff import StaffService
from bot.storage.backup.journal import Journal
from bot.storage.crypto import key_from_file, read_master_key
from bot.storage.engine import open_store
from bot.storage.store import Store

Clock = Callable[[], datetime]
Hear = Callable[[Say, Message], None]
TellDesk = Callable[[ToStaff], None]


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def store_of(settings: Settings) -> Store:
    """Open the database of the settings, with the master key that belongs to it."""
    return open_store(database_url(settings), lambda new: master_key(settings, create=new))


def database_url(settings: Settings) -> str:
    """Return where the database is: what is configured, else a file in the data folder."""
    return settings.database.url or f"sqlite:///{settings.service.data_dir / 'seloste.db'}"


def master_key(settings: Settings, *, create: bool) -> bytes:
    """Return the master key; `create` makes its file when there is none. Raises KeyFault."""
    given = settings.keys.master_key
    if given is not None:
        return read_master_key(given.get_secret_value(), "[keys] master_key")
    file = settings.keys.master_key_file or settings.service.data_dir / "master.key"
    return key_from_file(file, create=create)


class App:
    """The assistant: service, store, dispatch, mail. `channel` is where staff have their desk."""

    def __init__(
        self,
        settings: Settings,
        known: Understanding,
        store: Store,
        clock: Clock = utc_now,
        routes: Routes | None = None,
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
        )
        routes = routes or Routes(desks=("terminal",))
        self.dispatch = EffectRouter(store, self.rules, routes, clock, settings.delivery.lease)
        self.intake = Intake(store, self.rules, clock)
        staff = StaffService(self.knowledge, self.dispatch)
        self.schedule = Schedule(
            store, self.knowledge, self.intake, staff, self.dispatch, self._retention(), clock
        )
        self.handler = Handler(
            store,
            CustomerService(self.knowledge, self.dispatch, store.keys),
            staff,
            self.schedule,
            self.dispatch,
            clock,
            pauses=settings.delivery.again,
        )
        self.mail: Post = post_of(settings)
        self.queries = Queries(
            store,
            clock,
            self._staff(),
            self.content,
            self.knowledge,
            settings.desk.language,
            self.intake,
        )

    def actors(self) -> Mapping[str, Actor]:
        """Return the staff by name."""
        return self.queries.actors()

    def _staff(self) -> Sequence[StaffMember]:
        return [
            StaffMember(
                name=member.name,
                actor=Actor(
                    key=self.store.keys.actor(member.name),
                    roles=frozenset(Role(role) for role in member.roles),
                ),
                accounts={
                    platform: str(account)
                    for platform, account in (
                        ("slack", member.slack),
                        ("telegram", member.telegram),
                    )
                    if account
                },
            )
            for member in self.settings.staff
        ]

    def take(self, arrival: InboundEvent) -> None:
        """Keep one event and handle all that waits, in this thread."""
        self.intake.receive([arrival])
        while self.handler.handle_next():
            pass

    def deliver(self, channel: str, hear: Hear, tell: TellDesk) -> int:
        """Carry out what stands in the outbox, in this thread; return how many effects.

        `hear` is what people of the channel read, `tell` what its desk is told.
        """

        def send(parcel: ClaimedEffect) -> None:
            effect = self.dispatch.decode(parcel)
            if isinstance(effect, Say):
                hear(effect, worded(effect, self.content))
            elif isinstance(effect, ToStaff):
                tell(effect)

        senders: Mapping[str, Sender] = {channel: send, MAIL: self.send_mail}
        return carry_all(self.dispatch, senders, self.clock)

    def letters(self) -> Sequence[Path]:
        """Return the letters in the folder that stands in for a mail server, oldest first."""
        return sorted((self.settings.service.data_dir / "mail").glob("*.eml"))

    def text(self, key: str, language: Language, **values: str | int) -> str:
        """Return a reply text in a language."""
        return self.content.texts.render(key, language, values)

    def send_mail(self, parcel: ClaimedEffect) -> None:
        """Mail a code or a letter, or try the mail server out. Raises DeliveryError."""
        effect: Effect = self.dispatch.decode(parcel)
        match effect:
            case SendCode():
                self._mail_code(effect, parcel)
            case SendLetter(say=say):
                self._mail_letter(say, parcel)
            case Probe():
                self.mail.probe()

    def _mail_code(self, sent: SendCode, parcel: ClaimedEffect) -> None:
        lifetime = self.rules.codes.lifetime
        if self.clock() - parcel.created_at > lifetime:
            return  # nobody can use it any more
        minutes = int(lifetime.total_seconds() // 60)
        values = {"number": sent.number, "code": sent.code, "minutes": minutes}
        render = self.content.texts.render
        subject = render("mail.code_subject", sent.language, values)
        text = render("mail.code_body", sent.language, values)
        html = letter(Message(blocks=(Block(kind="text", text=text),)), language=sent.language)
        self.mail.send(sent.email, subject, text, html, key=parcel.token)

    def _mail_letter(self, say: Say, parcel: ClaimedEffect) -> None:
        message = worded(say, self.content)
        if any(isinstance(choice.button, AnswerStaff) for choice in say.choices):
            # A letter has no buttons.
            how = self.text("mail.answer", say.language, number=say.number)
            message = replace(message, blocks=(*message.blocks, Block(kind="text", text=how)))
        subject = self.text("mail.letter_subject", say.language, number=say.number)
        html = letter(message, language=say.language)
        self.mail.send(say.to.email, subject, plain(message), html, key=parcel.token)

    def _retention(self) -> Retention:
        kept = self.settings.retention
        return Retention(
            dialogues=timedelta(hours=kept.dialogue_hours),
            events=timedelta(days=kept.event_days),
            ended=timedelta(days=kept.ended_ticket_days),
            inquiries=timedelta(days=kept.answered_inquiry_days),
            erased=Journal(self.settings.service.data_dir / "erased.log").write,
        )


def post_of(settings: Settings) -> Post:
    """Return the mail server of the settings, or the folder that stands in for one."""
    mail = settings.mail
    if mail.smtp_url is None:
        sender = mail.address or settings.service.contact_email
        return MailFolder(settings.service.data_dir / "mail", sender)
    try:
        return SmtpServer(mail.smtp_url.get_secret_value(), mail.address)
    except ValueError as error:
        raise ConfigError("[mail] cannot be used:", [str(error)]) from None

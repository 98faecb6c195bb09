"""Build the parts of the assistant from the settings: keys, store, content, service, routes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from bot.bootstrap import machine
from bot.channels import http, slack, telegram
from bot.channels.mail.folder import MailFolder
from bot.channels.mail.sender import MailSender, Post
from bot.config import Settings
from bot.content.load import Content
from bot.content.loaded import Understanding
from bot.content.wording import labels, worded
from bot.core.knowledge import Knowledge
from bot.core.tickets.rules import Rules
from bot.core.tickets.ticket import Actor, Role
from bot.core.time_jump import Uptime
from bot.core.unanswered import words_of
from bot.delivery.rate_limits import RATE_LIMITS
from bot.errors import ConfigError
from bot.service.codes import CodeTally
from bot.service.collecting import CopyDesk
from bot.service.customer import CustomerService
from bot.service.documents import Outside
from bot.service.handling import Handler
from bot.service.intake import Intake
from bot.service.queries import Queries, StaffMember
from bot.service.routing import MAIL, EffectRouter, Routes
from bot.service.schedule import Retention, Schedule
from bot.service.staff import StaffService
from bot.service.uploads import Uploads
from bot.service.virus_scan import scanner
from bot.storage.anchors import Anchors
from bot.storage.backup.journal import Journal
from bot.storage.engine import open_store
from bot.storage.key_file import KeyFile, keys_from_file, read_master_key
from bot.storage.retention import Periods
from bot.storage.store import Store

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assistant:
    """What answers and decides, without any channel. `actors` are the staff by name."""

    settings: Settings
    store: Store
    clock: Clock
    content: Content
    knowledge: Knowledge
    rules: Rules
    actors: Mapping[str, Actor]
    router: EffectRouter
    intake: Intake
    handler: Handler
    schedule: Schedule
    queries: Queries
    copies: CopyDesk
    mail: MailSender
    codes: CodeTally


def assistant(
    settings: Settings,
    known: Understanding,
    store: Store | None = None,
    clock: Clock | None = None,
    routes: Routes | None = None,
    uptime: Callable[[], Uptime | None] | None = None,
) -> Assistant:
    """Return the assistant of the settings; where staff have no other desk, it is the terminal.

    Raises ConfigError, StorageError and KeyFault.
    """
    uptime = uptime or _uptime_of(clock)
    store, clock = store or store_of(settings), clock or utc_now
    members = _staff(settings, store)
    content, knowledge = known.content, _knowledge(settings, known, members)
    rules, delivery = knowledge.rules, settings.delivery
    routes = routes or Routes(desks=("terminal",))
    router = EffectRouter(store, rules, routes, clock, delivery.lease)
    intake, codes = Intake(store, rules, clock), CodeTally()
    kept, customers = _retention(settings), CustomerService(knowledge, router, codes)
    staff = StaffService(knowledge, router, codes, kept.erased)
    schedule = Schedule(store, knowledge, intake, staff, customers, router, kept, clock, uptime)
    return Assistant(
        settings=settings,
        store=store,
        clock=clock,
        content=content,
        knowledge=knowledge,
        rules=rules,
        actors={member.name: member.actor for member in members},
        router=router,
        intake=intake,
        handler=Handler(store, customers, staff, schedule, router, clock, delivery.again),
        schedule=schedule,
        queries=_queries(settings, store, clock, content, knowledge, intake),
        copies=CopyDesk(store, rules, router, codes, clock),
        mail=_letters(settings, content, clock),
        codes=codes,
    )


def _queries(
    settings: Settings,
    store: Store,
    clock: Clock,
    content: Content,
    knowledge: Knowledge,
    intake: Intake,
) -> Queries:
    members, language = _staff(settings, store), settings.desk.language
    uploads = Uploads(store, scanner(settings.files.scan), clock)
    outside = Outside(
        anchors=anchors_of(settings), erased=_journal(settings), address=settings.web.base_url
    )
    return Queries(store, clock, members, content, knowledge, language, intake, uploads, outside)


def _journal(settings: Settings) -> Journal:
    return Journal(settings.service.erasure_journal)


def _uptime_of(clock: Clock | None) -> Callable[[], Uptime | None]:
    """Return the uptime of the machine, which says nothing of another clock than its own."""
    return machine.uptime if clock is None else lambda: None


def _knowledge(
    settings: Settings, known: Understanding, members: Sequence[StaffMember]
) -> Knowledge:
    content = known.content
    staff = tuple(member.actor.key for member in members)
    return Knowledge(
        catalog=content.catalog,
        notice=content.notice,
        matcher=known.matcher,
        reader=known.reader,
        rules=replace(
            settings.rules(),
            notice=content.notice.edition,
            staff=staff,
            grounds=content.texts.grounds,
        ),
        words=words_of(content.catalog.phrases)
        if settings.learning.keep_unanswered
        else frozenset(),
        label=labels(content),
    )


def _letters(settings: Settings, content: Content, clock: Clock) -> MailSender:
    return MailSender(
        post_of(settings),
        content.texts.render,
        partial(worded, content=content),
        codes=settings.rules().codes,
        clock=clock,
    )


def utc_now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)


def store_of(settings: Settings) -> Store:
    """Open the database of the settings, with the master key that belongs to it."""
    store = open_store(database_url(settings), lambda new: master_keys(settings, create=new))
    store.on_audit = anchors_of(settings).note
    if settings.keys.master_key is None:
        store.changed_keys = KeyFile(key_file(settings)).changed
    return store


def anchors_of(settings: Settings) -> Anchors:
    """Return where the heads of the audit chain are noted outside the database."""
    return Anchors(settings.service.audit_anchors)


def database_url(settings: Settings) -> str:
    """Return where the database is: what is configured, else a file in the data folder."""
    given = settings.database.url
    if given is not None:
        return given.get_secret_value()
    return f"sqlite:///{settings.service.database_file}"


def master_keys(settings: Settings, *, create: bool) -> tuple[bytes, ...]:
    """Return the master keys, of which the first one seals; `create` makes the file of one.

    Raises KeyFault.
    """
    given = settings.keys.master_key
    if given is not None:
        return (read_master_key(given.get_secret_value(), "[keys] master_key"),)
    return keys_from_file(key_file(settings), create=create)


def key_file(settings: Settings) -> Path:
    """Return where the master key is, unless it is in the configuration itself."""
    return settings.keys.master_key_file or settings.service.key_file


def routes_of(settings: Settings) -> Routes:
    """Return where effects go with the channels of these settings."""
    desks = {
        http.CHANNEL: settings.http.staff_secret is not None,
        telegram.GROUP: settings.telegram.token and settings.telegram.staff_chat_id,
        slack.CHANNEL: settings.slack.bot_token and settings.slack.staff_channel,
    }
    return Routes(
        desks=tuple(desk for desk, is_set in desks.items() if is_set),
        probed=(MAIL,) if settings.mail.smtp_url else (),
        rate_limits=RATE_LIMITS,
        mailing=bool(settings.suppressions.webhook_url),
    )


def post_of(settings: Settings) -> Post:
    """Return the mail server of the settings, or the folder that stands in for one."""
    mail = settings.mail
    if mail.smtp_url is None:
        sender = mail.address or settings.service.contact_email
        return MailFolder(settings.service.letters_folder, sender)
    from bot.channels.mail.smtp import SmtpServer

    try:
        return SmtpServer(mail.smtp_url.get_secret_value(), mail.address)
    except ValueError as error:
        raise ConfigError("[mail] cannot be used:", [str(error)]) from None


def _staff(settings: Settings, store: Store) -> Sequence[StaffMember]:
    return [
        StaffMember(
            name=member.name,
            actor=Actor(
                key=store.keys.actor(member.name),
                roles=frozenset(Role(role) for role in member.roles),
            ),
            accounts={
                platform: str(account)
                for platform, account in (("slack", member.slack), ("telegram", member.telegram))
                if account
            },
        )
        for member in settings.staff
    ]


def _retention(settings: Settings) -> Retention:
    return Retention(
        periods=retention_periods(settings),
        erased=_journal(settings).write,
        letters=MailFolder(settings.service.letters_folder, "").purge,
    )


def retention_periods(settings: Settings) -> Periods:
    """Return how long each kind of data is kept."""
    kept = settings.retention
    return Periods(
        dialogues=timedelta(hours=kept.dialogue_hours),
        events=timedelta(days=kept.event_days),
        ended=timedelta(days=kept.ended_ticket_days),
        inquiries=timedelta(days=kept.answered_inquiry_days),
        disowned=timedelta(days=kept.disowned_address_days),
        counts=timedelta(days=kept.question_count_days),
        unanswered=settings.learning.kept,
    )

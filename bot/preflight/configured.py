"""Problems that show in the settings alone: pure, so that each rule can be tested by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from phonenumbers import SUPPORTED_REGIONS

from bot.bootstrap import post_of, routes_of
from bot.channels.mail.letter import address
from bot.config import Settings
from bot.config.service import SHIPPED_CONTACT
from bot.core.catalog import Right
from bot.core.tickets.identity import Proof
from bot.errors import ConfigError
from bot.preflight.database import database_problems
from bot.preflight.problem import Problem, Severity, fault, run_fault, warning
from bot.preflight.secrets import secret_problems
from bot.preflight.staff import entry_problems, staff_problems

_ORDER = list(Severity)


def settings_problems(settings: Settings, environment: Mapping[str, str]) -> Sequence[Problem]:
    """Return every problem of the settings, the worst first."""
    found = chain(
        _service_problems(settings),
        secret_problems(settings),
        database_problems(settings, environment),
        _mail_problems(settings),
        _identity_problems(settings),
        _desk_problems(settings),
    )
    return sorted(found, key=lambda problem: _ORDER.index(problem.severity))


def has_channel(settings: Settings) -> bool:
    """Tell whether customers can reach the service by any channel."""
    return any((settings.http.secret, settings.telegram.token, settings.slack.bot_token))


def _service_problems(settings: Settings) -> Iterator[Problem]:
    languages = settings.service.languages
    if len(set(languages)) < len(languages):
        yield fault("[service] languages", "the same language stands there twice")
    if settings.service.country not in SUPPORTED_REGIONS:
        yield fault("[service] country", "is no country; name it in two letters, such as FI")
    if not _is_address(settings.service.contact_email):
        yield fault(
            "[service] contact_email",
            "is no e-mail address; replies name it as the way to reach a person",
        )
    elif settings.content.dir is None and not _is_of_shipped(settings.service.contact_email):
        yield warning(
            "[content] dir",
            "the notice that ships is another organisation's than contact_email; "
            "take your own: seloste init DIR --notice FILE",
        )


def _mail_problems(settings: Settings) -> Iterator[Problem]:
    mail, folder = settings.mail, settings.service.letters_folder
    if mail.smtp_url is not None:
        try:
            post_of(settings)
        except ConfigError as error:
            yield from (fault("[mail]", told) for told in error.faults)
        if mail.to_files:
            yield warning("[mail] to_files", "does nothing while there is a smtp_url; remove it")
    elif has_channel(settings) and mail.to_files:
        yield warning("[mail] to_files", f"codes and letters reach nobody, they stay in {folder}")
    elif has_channel(settings):
        yield fault(
            "[mail] smtp_url",
            "there is no mail server, but people are promised codes and letters by e-mail; "
            "set smtp_url and address, or to_files = true for a trial",
        )
    if mail.address and not _is_address(mail.address):
        yield fault("[mail] address", "is no e-mail address")


def _identity_problems(settings: Settings) -> Iterator[Problem]:
    """An objection to marketing harms nobody; the other rights open or change a person's data."""
    for right in Right:
        enough = getattr(settings.identity, right)
        if right is not Right.MARKETING_OBJECTION and Proof.CONTROL in enough:
            yield warning(
                f"[identity] {right}",
                "with control, whoever types an address of their own is verified, under any name; "
                "leave it out, unless the address alone is all that you hold of people",
            )


def _desk_problems(settings: Settings) -> Iterator[Problem]:
    yield from entry_problems(settings)
    if desks := routes_of(settings).desks:
        yield from staff_problems(settings, desks)
        return
    refused = fault if has_channel(settings) else run_fault
    yield refused(
        "no desk",
        "nobody on the staff would see a request; set [telegram] token and staff_chat_id, "
        "[slack] bot_token and staff_channel, or [http] secret, staff_secret and deliver_url",
    )


def _is_of_shipped(email: str) -> bool:
    return email.rpartition("@")[2].casefold() == SHIPPED_CONTACT.rpartition("@")[2]


def _is_address(text: str) -> bool:
    try:
        address(text)
    except ValueError:
        return False
    return True

"""`seloste chat` is for trying things out: it never touches the production installation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.resources import understanding_of
from bot.errors import UsageError

if TYPE_CHECKING:
    from bot.bootstrap import Assistant
    from bot.config import Settings
    from bot.storage.store import Store
    from bot.storage.unit import Unit

_FOLDER = "chat"
_STAFF = [
    {"name": "Aino", "roles": ["agent", "approver"]},
    {"name": "Mika", "roles": ["approver"]},
]
_CONTACT = "matti.meikalainen@example.com"
_SERVES = "serves_customers"
_OF_PRODUCTION = ("database", "keys", "mail", "http", "telegram", "slack")


def trial_assistant(settings: Settings) -> Assistant:
    """Build an assistant to try out, with staff where none are configured. Raises UsageError."""
    from bot.bootstrap import assistant

    apart = trial_settings(settings)
    return assistant(apart, understanding_of(apart), trial_store(apart))


def trial_settings(settings: Settings) -> Settings:
    """Return the settings for a trial: with a separate data folder where there are channels.

    Database, master key and letters are in that folder, and no channel is set.
    """
    from bot.config import Settings as Default
    from bot.config import StaffMember

    changed: dict[str, object] = {}
    if has_channels(settings):
        default = Default.model_construct()
        folder = settings.service.data_dir / _FOLDER
        changed |= {name: getattr(default, name) for name in _OF_PRODUCTION}
        changed["service"] = settings.service.model_copy(update={"data_dir": folder})
    if not settings.staff:
        changed["staff"] = [StaffMember.model_validate(member) for member in _STAFF]
    return settings.model_copy(update=changed)


def has_channels(settings: Settings) -> bool:
    """Tell whether anything of a channel is configured, a token in the environment or not."""
    telegram, slack = settings.telegram, settings.slack
    return any(
        (
            settings.http.secret,
            telegram.token,
            telegram.staff_chat_id,
            telegram.webhook_url,
            slack.bot_token,
            slack.staff_channel,
        )
    )


def trial_store(settings: Settings) -> Store:
    """Open the database of a trial, with an address on file to try the proof of identity with.

    Raises UsageError when customers are served from this database.
    """
    from bot.bootstrap import store_of
    from bot.core import contacts

    store = store_of(settings)
    with store.transaction() as unit:
        if is_production(unit):
            raise UsageError(
                "this database serves customers: a trial would handle their messages and put a "
                "sample address on file. Name another [service] data_dir, and leave [database] url "
                "out"
            )
        unit.contacts.register([[contacts.email(_CONTACT)]])
    return store


def is_production(unit: Unit) -> bool:
    """Tell whether customers are served from a database."""
    return bool(unit.meta.get(_SERVES))


def mark_production(store: Store) -> None:
    """Note that customers are served from this database."""
    store.retrying(lambda unit: unit.meta.set(_SERVES, "yes"))

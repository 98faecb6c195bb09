"""The command for those to whom data is disclosed."""

from __future__ import annotations

import typer

from bot.cli.resources import Config, settings_from

recipients_app = typer.Typer(help="Who receives data (Art. 19).", no_args_is_help=True)


@recipients_app.callback()
def _recipients() -> None:
    """Who receives data, and where it lies."""


@recipients_app.command("draft")
def draft(config: Config = None) -> None:
    """Print a draft of the recipients for the configuration from the notice, to be edited."""
    from bot.content import recipient_draft
    from bot.content.load import load

    settings = settings_from(config)
    content = load(settings.content.dir, settings.words(), learnt=lambda _key: True)
    known = {one.recipient().key for one in settings.recipients}
    print(recipient_draft.draft(content.notice, content.catalog, known), end="")

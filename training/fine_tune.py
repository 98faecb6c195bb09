"""Fine-tunes the encoder on what people say and reply. Deterministic, and resumed where it stopped.

The lower layers stay as they are, so what they make of each text is worked out once.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jax
import jax.numpy as jnp
import numpy as np
import optax

from training.batches import BATCH, SEED, Array, batches, padded
from training.network import Weights, dropped, embedded, pooled, through

Tell = Callable[[int, float], None]
# What the lower layers made of texts, 1 where there are pieces, the heads and the labels.
_Batch = tuple[Array, Array, Array, Array]

_SMOOTHING = 0.1
_WARM_UP = 100  # steps
_COOLING = 0.35  # the share of steps in which the rate falls to nothing
_RATE, _HEAD_RATE = 1e-4, 3e-3
_KEPT_EVERY = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Texts as pieces, each with a label of one of the heads (`head` 0 or 1)."""

    pieces: Sequence[Sequence[int]]
    head: Array
    label: Array


def lower_outputs(
    embeddings: Weights, layers: Sequence[Weights], pieces: Sequence[Sequence[int]], tell: Tell
) -> list[Array]:
    """Return what the layers that stay make of each text, as float16."""
    tables = {name: jnp.asarray(table) for name, table in embeddings.items()}
    run = jax.jit(lambda ids, mask: through(layers, embedded(tables, ids), mask))
    outputs: list[Array] = [np.empty(0)] * len(pieces)
    order = sorted(range(len(pieces)), key=lambda i: len(pieces[i]))
    for start in range(0, len(order), 2 * BATCH):
        own = order[start : start + 2 * BATCH]
        filled = own + [own[-1]] * (2 * BATCH - len(own))
        values, mask = padded([np.asarray(pieces[i], np.int32) for i in filled])
        made = np.asarray(run(values, mask)).astype(np.float16)
        for place, i in enumerate(own):
            outputs[i] = made[place, : len(pieces[i])]
        tell(start + len(own), 0.0)
    return outputs


def fine_tune(
    weights: Weights,
    inputs: Sequence[Array],
    examples: Examples,
    steps: int,
    saved: Path,
    tell: Tell,
) -> Weights:
    """Return trained weights: `layers` and the heads' `w` and `b` in a list under `heads`.

    Goes on from what an earlier run left in the file `saved`.
    """
    optimiser = _optimiser(steps)
    state, begun = optimiser.init(weights), 0
    if saved.exists():
        weights, state, begun = pickle.loads(saved.read_bytes())  # noqa: S301 - our own file

    @jax.jit
    def step(weights: Weights, state: Any, batch: _Batch, key: Any) -> Any:
        value, slopes = jax.value_and_grad(_loss)(weights, batch, key)
        updates, state = optimiser.update(slopes, state, weights)
        return optax.apply_updates(weights, updates), state, value

    key = jax.random.PRNGKey(SEED)
    for done, own in enumerate(batches([len(p) for p in examples.pieces], steps), 1):
        if done <= begun:
            continue
        batch = (*padded([inputs[i] for i in own]), examples.head[own], examples.label[own])
        weights, state, value = step(weights, state, batch, jax.random.fold_in(key, done))
        tell(done, float(value))
        if done % _KEPT_EVERY == 0 or done == steps:
            _keep(saved, (weights, state, done))
    return weights


def _optimiser(steps: int) -> optax.GradientTransformation:
    schedule = _schedule(steps)
    rates = {
        "layers": optax.adamw(lambda step: _RATE * schedule(step), weight_decay=0.01),
        "heads": optax.adamw(lambda step: _HEAD_RATE * schedule(step), weight_decay=0.0),
    }
    names = {name: name for name in rates}
    return optax.chain(optax.clip_by_global_norm(1.0), optax.multi_transform(rates, names))


def _schedule(steps: int) -> optax.Schedule:
    """Rise, stay, fall: what is learnt before the fall does not depend on how long all takes."""
    cooling = int(_COOLING * steps)
    rise = optax.linear_schedule(0.0, 1.0, _WARM_UP)
    fall = optax.linear_schedule(1.0, 0.0, cooling)
    return optax.join_schedules(
        [rise, optax.constant_schedule(1.0), fall], [_WARM_UP, steps - cooling]
    )


def _keep(path: Path, what: Any) -> None:
    temporary = path.with_suffix(".new")
    temporary.write_bytes(pickle.dumps(jax.tree_util.tree_map(np.asarray, what)))
    temporary.replace(path)


def _loss(weights: Weights, batch: _Batch, key: Any) -> jax.Array:
    x, mask, head, label = batch
    z = pooled(through(weights["layers"], jnp.asarray(x, jnp.float32), mask, key), mask)
    z = dropped(z, jax.random.fold_in(key, 99))
    total = jnp.zeros(len(label))
    for place, own in enumerate(weights["heads"]):
        logs = jax.nn.log_softmax(z @ own["w"] + own["b"])
        count = own["b"].shape[0]
        wanted = jax.nn.one_hot(label, count) * (1 - _SMOOTHING) + _SMOOTHING / count
        total += jnp.where(head == place, -(wanted * logs).sum(1), 0.0)
    return total.mean()

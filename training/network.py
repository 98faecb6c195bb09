"""The encoder's forward pass in JAX: post-norm layers over pieces, mean over the pieces."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import jax
import jax.numpy as jnp

Weights = dict[str, Any]

HEADS = 12
EPSILON = 1e-12
LENGTH = 16.0  # of a text's vector
DROPOUT = 0.1
_NOT_SEEN = -1e9


def normed(x: jax.Array, weight: jax.Array, bias: jax.Array) -> jax.Array:
    """Return layer-normalised values."""
    centred = x - x.mean(-1, keepdims=True)
    return centred / jnp.sqrt((centred**2).mean(-1, keepdims=True) + EPSILON) * weight + bias


def dropped(x: jax.Array, key: jax.Array | None) -> jax.Array:
    """Return values with a tenth of them dropped, or as they are without a key."""
    if key is None:
        return x
    return jnp.where(jax.random.bernoulli(key, 1 - DROPOUT, x.shape), x / (1 - DROPOUT), 0.0)


def embedded(embeddings: Weights, places: jax.Array) -> jax.Array:
    """Return what the first layer reads."""
    x = embeddings["words"][places] + embeddings["positions"][: places.shape[1]]
    return normed(x + embeddings["kind"], embeddings["w"], embeddings["b"])


def through(
    layers: Sequence[Weights], x: jax.Array, mask: jax.Array, key: jax.Array | None = None
) -> jax.Array:
    """Return what layers make of their input; `mask` is 1 at pieces and 0 at padding."""
    unseen = jnp.where(mask[:, None, None, :] > 0, 0.0, _NOT_SEEN)
    for place, layer in enumerate(layers):
        first, second = (
            (None, None) if key is None else jax.random.split(jax.random.fold_in(key, place))
        )
        x = _layer(layer, x, unseen, first, second)
    return x


def _layer(
    layer: Weights,
    x: jax.Array,
    unseen: jax.Array,
    first: jax.Array | None,
    second: jax.Array | None,
) -> jax.Array:
    batch, length, hidden = x.shape

    def split(name: str) -> jax.Array:
        values = x @ layer[f"{name}_w"].T + layer[f"{name}_b"]
        return values.reshape(batch, length, HEADS, -1).transpose(0, 2, 1, 3)

    queries, keys, values = split("q"), split("k"), split("v")
    scores = queries @ keys.transpose(0, 1, 3, 2) / (hidden // HEADS) ** 0.5
    mixed = (jax.nn.softmax(scores + unseen, -1) @ values).transpose(0, 2, 1, 3)
    attended = mixed.reshape(batch, length, hidden) @ layer["ao_w"].T + layer["ao_b"]
    x = normed(x + dropped(attended, first), layer["aln_w"], layer["aln_b"])
    inner = jax.nn.gelu(x @ layer["fi_w"].T + layer["fi_b"], approximate=False)
    out = inner @ layer["fo_w"].T + layer["fo_b"]
    return normed(x + dropped(out, second), layer["oln_w"], layer["oln_b"])


def pooled(x: jax.Array, mask: jax.Array) -> jax.Array:
    """Return the vectors of texts: the mean over their pieces, scaled to one length."""
    mean = (x * mask[:, :, None]).sum(1) / mask.sum(1, keepdims=True)
    return LENGTH * mean / jnp.linalg.norm(mean, axis=1, keepdims=True)

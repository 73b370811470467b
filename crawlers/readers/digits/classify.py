"""The classifier: a few small perceptrons, their probabilities averaged. The weights lie beside it (see CARD.md)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

THAI = "๐๑๒๓๔๕๖๗๘๙"
ARABIC = "0123456789"
MARKS = ".,-/"
"""Separators that may stand within a number."""

REJECT = "x"
CLASSES = THAI + ARABIC + MARKS + REJECT
"""What each column of the probabilities stands for; the last is everything else: letters, marks, halves, pairs."""

WEIGHTS = Path(__file__).with_name("weights.npz")

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Network:
    """Several perceptrons of one shape: for each, its layers as (weights, biases)."""

    nets: tuple[tuple[tuple[Array, Array], ...], ...]

    def probabilities(self, rows: Array) -> Array:
        """The probability of each of CLASSES for each row of features."""
        total = np.zeros((len(rows), len(CLASSES)), np.float32)
        for net in self.nets:
            value = rows
            for index, (weights, biases) in enumerate(net):
                value = value @ weights + biases
                if index < len(net) - 1:
                    value = np.maximum(value, 0)
            value = np.exp(value - value.max(axis=1, keepdims=True))
            total += value / value.sum(axis=1, keepdims=True)
        return total / np.float32(len(self.nets))


def load(path: Path = WEIGHTS) -> Network:
    """The network in an ``.npz`` file of arrays ``w{net}_{layer}`` and ``b{net}_{layer}``, half precision."""
    with np.load(path, allow_pickle=False) as held:
        nets: list[tuple[tuple[Array, Array], ...]] = []
        while f"w{len(nets)}_0" in held:
            n = len(nets)
            layers: list[tuple[Array, Array]] = []
            while f"w{n}_{len(layers)}" in held:
                k = len(layers)
                layers.append((held[f"w{n}_{k}"].astype(np.float32), held[f"b{n}_{k}"].astype(np.float32)))
            nets.append(tuple(layers))
    return Network(tuple(nets))


def save(network: Network, path: Path) -> None:
    """Write `network` as `load` reads it."""
    held = {}
    for n, net in enumerate(network.nets):
        for k, (weights, biases) in enumerate(net):
            held[f"w{n}_{k}"] = weights.astype(np.float16)
            held[f"b{n}_{k}"] = biases.astype(np.float16)
    np.savez_compressed(path, allow_pickle=False, **held)


@lru_cache(maxsize=1)
def shipped() -> Network:
    """The network that comes with the package."""
    return load()

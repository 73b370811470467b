"""The classifier's file and its arithmetic."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from crawlers.readers.digits.classify import ARABIC, CLASSES, REJECT, THAI, WEIGHTS, Network, load, save, shipped
from crawlers.readers.digits.features import LENGTH


def test_the_shipped_weights_are_small_and_fit_the_features() -> None:
    assert WEIGHTS.stat().st_size < 2_000_000
    for net in shipped().nets:
        assert net[0][0].shape[0] == LENGTH
        assert net[-1][0].shape[1] == len(CLASSES)


def test_probabilities_of_a_network_worked_out_by_hand() -> None:
    first = np.array([[1.0, -1.0]], np.float32)
    last = np.zeros((2, len(CLASSES)), np.float32)
    last[0, 3] = 2.0
    layers = ((first, np.zeros(2, np.float32)), (last, np.zeros(len(CLASSES), np.float32)))
    found = Network((layers,)).probabilities(np.array([[1.0], [-1.0]], np.float32))
    e = np.exp(2.0)
    assert np.allclose(found[0, 3], e / (e + len(CLASSES) - 1))
    assert np.allclose(found[1], 1 / len(CLASSES))
    assert np.allclose(found.sum(axis=1), 1)


def test_two_networks_are_averaged(tmp_path: Path) -> None:
    bias = np.zeros(len(CLASSES), np.float32)
    bias[0] = 100.0
    zero = np.zeros((1, len(CLASSES)), np.float32)
    both = Network((((zero, bias),), ((zero, np.roll(bias, 1)),)))
    found = both.probabilities(np.zeros((1, 1), np.float32))
    assert np.allclose(found[0, :3], [0.5, 0.5, 0.0])
    save(both, tmp_path / "w.npz")
    again = load(tmp_path / "w.npz")
    assert len(again.nets) == 2
    assert np.allclose(again.probabilities(np.zeros((1, 1), np.float32)), found)


def test_classes_have_no_double() -> None:
    assert len(set(CLASSES)) == len(CLASSES) == len(THAI) + len(ARABIC) + 5
    assert CLASSES[-1] == REJECT

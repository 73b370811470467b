"""Makes the weights: ``python -m training.digits.train [--fonts DIR]… [--leave-out DESIGN]… [--out FILE]``.

The same fonts and the same seed give the same weights, up to the arithmetic of the machine. `--leave-out` keeps whole designs
(see `training.digits.fonts`) out of training, so that they can measure what the rest has taught; it prints how single segments
of them fare. What the reader does with whole years is measured by `training.digits.evaluate`.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.neural_network import MLPClassifier

from crawlers.readers.digits.classify import CLASSES, REJECT, WEIGHTS, Network, save
from training.digits.fonts import FOLDERS, HELD_OUT, NEVER, faces
from training.digits.samples import Samples, make

HIDDEN = 192
NETS = 2
LINES = 360
STEPS = ((1e-3, 8), (2.5e-4, 3), (6e-5, 2))
"""Learning rates and how many times all samples are seen at each."""


def fit(samples: Samples, seed: int) -> MLPClassifier:
    """One perceptron."""
    net = MLPClassifier((HIDDEN,), alpha=2e-3, batch_size=400, warm_start=True, random_state=seed, n_iter_no_change=100)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        for rate, passes in STEPS:
            net.set_params(learning_rate_init=rate, max_iter=passes)
            net.fit(samples.rows, samples.labels)
    return net


def network(samples: Samples, nets: int, seed: int) -> Network:
    """The averaged perceptrons, trained one after the other on all samples. Raises ValueError when a class has no sample."""
    if len(np.unique(samples.labels)) != len(CLASSES):
        raise ValueError("a class has no sample: draw more lines")
    trained = []
    for number in range(nets):
        net = fit(samples, seed + number)
        layers = zip(net.coefs_, net.intercepts_, strict=True)
        trained.append(tuple((w.astype(np.float32), b.astype(np.float32)) for w, b in layers))
    return Network(tuple(trained))


def report(net: Network, samples: Samples, threshold: float = 0.9) -> str:
    """How single segments fare: digits right, digits taken above the threshold, rejects taken for digits above it."""
    found = net.probabilities(samples.rows)
    best, sure = found.argmax(axis=1), found.max(axis=1) >= threshold
    digit = samples.labels < CLASSES.index(".")
    reject = samples.labels == CLASSES.index(REJECT)
    right = float((best == samples.labels)[digit].mean())
    taken = float(sure[digit].mean())
    wrong = float((sure & (best != samples.labels))[digit].mean())
    false = float((sure & (best < CLASSES.index(".")))[reject].mean())
    return f"{int(digit.sum())} digits: right {right:.4f}, sure {taken:.4f}, sure and wrong {wrong:.4f}; rejects read {false:.4f}"


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, measure on what was left out, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fonts", type=Path, action="append", default=[], help="a folder of more fonts")
    parser.add_argument("--leave-out", action="append", default=[], help=f"a design; 'held-out' stands for {' '.join(HELD_OUT)}")
    parser.add_argument("--out", type=Path, default=WEIGHTS)
    parser.add_argument("--lines", type=int, default=LINES, help="lines of each design")
    parser.add_argument("--nets", type=int, default=NETS)
    parser.add_argument("--seed", type=int, default=2566)
    options = parser.parse_args(arguments)
    left = [d for name in options.leave_out for d in (HELD_OUT if name == "held-out" else (name,))]
    folders = [*FOLDERS, *options.fonts]
    learned = faces(folders, leave_out=[*left, *NEVER])
    print(f"{len(learned)} faces of {len({f.design for f in learned})} designs: {' '.join(sorted({f.design for f in learned}))}")
    samples = make(learned, options.lines, options.seed)
    print(f"{len(samples.labels)} segments", flush=True)
    net = network(samples, options.nets, options.seed)
    save(net, options.out)
    for design in left:
        held = faces(folders, only=[design])
        print(design, report(net, make(held, 300, options.seed + 1)) if held else "no such font here")


if __name__ == "__main__":
    main()

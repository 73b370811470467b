"""Named detectors: what is recognised by its shape and not by a heading (a telephone number, a photo beside a name, a form).

They are written in `shapes`, a module for each matter, and asked for here by the names that the vocabulary uses.
"""

from __future__ import annotations

from ita_rules.checks.find.findings import Hit
from ita_rules.checks.find.shapes import agency, asking, outcomes, people, plans, services, work
from ita_rules.checks.find.shapes.sight import REGISTER, Sight

SHAPES = (agency, asking, outcomes, people, plans, services, work)
"""The modules whose detectors there are: to import one registers what it holds."""


def detectors() -> frozenset[str]:
    """The names that a vocabulary may use."""
    return frozenset(REGISTER)


def detect(name: str, sight: Sight) -> list[Hit]:
    """What the detector of this name sees; nothing for an unknown name, which lint refuses."""
    found = REGISTER.get(name)
    return found(sight) if found else []

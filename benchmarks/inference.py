"""How long the judge's rules over facts take, by both engines, side by side in one run.

    python benchmarks/inference.py [ROUNDS]

Method: 43 items of 9 or 10 checks (about 400 observations of mixed outcome, drawn with a fixed seed), the shipped
`rules/inference.yaml`. After one round each that is not counted (the engine registers the rules then), the engines take
turns for ROUNDS rounds (20 when left out), so that a noisy machine slows both alike. Printed for each: median and fastest
round in milliseconds of wall clock, and the ratio of the medians. Every round's conclusions are compared; a difference ends
the run. The time holds everything from the facts given to the conclusion: checks of the facts, joins, tallies, firings.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from pathlib import Path

from ita_rules.inference import Fact, engine, load_rules

OUTCOMES = ("met", "met", "met", "not_met", "unknown", "not_due", "not_applicable")


def facts() -> list[Fact]:
    """One site, 43 items, about 400 observations."""
    chance = random.Random(2566)
    result: list[Fact] = [{"fact": "site", "id": "site", "state": "up"}]
    for number in range(1, 44):
        item = f"O{number}"
        result.append({"fact": "item", "id": f"item:{item}", "item": item, "applies": number % 14 != 0})
        for check in range(9 + number % 2):
            check_id = f"{item}.check{check}"
            observation: Fact = {
                "fact": "observation",
                "id": f"observation:{check_id}",
                "check": check_id,
                "item": item,
                "kind": "component",
                "outcome": chance.choice(OUTCOMES),
                "cause": "",
                "severity": "advice" if check == 8 else "criterion",
                "confident": chance.random() < 0.9,
            }
            result.append(observation)
    return result


def main() -> None:
    """Run and print."""
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    rules = load_rules(Path(__file__).parents[1] / "rules" / "inference.yaml")
    given = facts()
    engines = (engine("plain"), engine("durable"))
    expected = repr(engines[0].run(rules, given))
    times: dict[str, list[float]] = {each.name: [] for each in engines}
    for number in range(rounds + 1):
        for each in engines:
            start = time.perf_counter()
            found = each.run(rules, given)
            taken = time.perf_counter() - start
            if repr(found) != expected:
                raise SystemExit(f"{each.name} concludes something else")
            if number:
                times[each.name].append(taken * 1000)
    print(f"{len(given)} facts, {len(rules.rules)} rules, {rounds} rounds")
    for name, taken_ms in times.items():
        print(f"{name:8} median {statistics.median(taken_ms):7.1f} ms   fastest {min(taken_ms):7.1f} ms")
    ratio = statistics.median(times["durable"]) / statistics.median(times["plain"])
    print(f"durable takes {ratio:.1f} times as long as plain")


if __name__ == "__main__":
    main()

"""One site of twenty that never answers: the others have their turn meanwhile, and it is undecided with its cause."""

from __future__ import annotations

import json
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.audit.night import answer, begin, configure, results
from tests.cli.site import site
from tests.rulesets.folder import write_rules

HANGING = "ญ"
MINUTES = 4  # more than a site that hangs takes until it is given up, also on a busy machine


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="an audit of several agencies is tried on Linux")
def test_a_site_that_hangs_holds_up_none_of_twenty(tmp_path: Path) -> None:
    others = [f"ก{n}" for n in range(19)]
    with ExitStack() as stack:
        # The one that hangs is the first, so that it is in the way of all others if it is in the way of any.
        urls = {HANGING: stack.enter_context(site(answer, 1000))}
        urls |= {name: stack.enter_context(site(answer)) for name in others}
        configure(tmp_path, urls, f"audit: {{jobs: 2, minutes_per_agency: {MINUTES}}}\n")
        audit = begin(tmp_path, write_rules(tmp_path / "rules"))
        _, err = audit.communicate(timeout=900)
    assert audit.returncode == 12, err.decode()
    found = {name: one for name, (one,) in results(tmp_path).items()}
    assert {found[name]["outcome"] for name in others} == {"judged"}
    assert {found[name]["code"] for name in others} == {12}
    hanging = found[HANGING]
    assert set(hanging["statuses"]) == {"undecided"}  # type: ignore[call-overload]
    assert float(str(hanging["seconds"])) < 60 * MINUTES
    report = json.loads((tmp_path / "runs" / str(hanging["folder"]) / "report.json").read_text("utf-8"))
    assert report["run"]["stopped_by"] is None
    assert {one["cause"] for one in report["run"]["unreached"]} == {"timeout"}
    # Had the others waited for it, the first of them would have begun after its end.
    assert min(str(found[name]["started"]) for name in others) < str(hanging["finished"])

"""The labels that came nearest: the best three, none of a sibling's, of labels and not of running text."""

from __future__ import annotations

import pytest

from ita_rules.checks import Observation, Outcome
from ita_rules.checks.component import with_near
from ita_rules.checks.find.nearly import LIKE, MOST, labels_of, nearest
from ita_rules.checks.find.spec import spec_of
from tests.build import REPORT, Site, check, component, context, observe

DEEDS = component("deeds", "สภาพปัญหาและอุปสรรค")
ADVICE = component("advice", "ข้อเสนอแนะ")
ITEM = (check("component", "deeds"), check("component", "advice"))


def seen(text: str, media: str = "application/pdf") -> Observation:
    """What the check of `deeds` sees under a cover, with what came near."""
    site = Site().page("/").file("a.pdf", f"# {REPORT} พ.ศ. 2565\n{text}", media)
    ctx = context(site, "a.pdf", checks=ITEM, components=(DEEDS, ADVICE))
    return with_near(ctx, (observe(ctx, ITEM[0]),))[0]


def test_the_nearest_label_is_told_with_its_wording_its_page_and_how_alike_it_is() -> None:
    one = seen("## ผลการดำเนินงาน\nดำเนินการแล้ว\n---\n## สภาพปัญหาอุปสรรค\nฝนตกชุก")
    assert one.outcome is Outcome.NOT_MET
    best = one.near[0]
    assert (best.label, best.wording) == ("สภาพปัญหาอุปสรรค", "สภาพปัญหาและอุปสรรค")
    assert 75 <= best.likeness < 100
    assert best.url.endswith("a.pdf")
    assert ("why.near", {"label": best.label, "wording": best.wording, "likeness": best.likeness}) in one.why


@pytest.mark.parametrize(
    "text",
    [
        "## ข้อเสนอแนะ\nควรเร่งรัด",  # the label of another component of the item
        "ปัญหาต่าง ๆ ที่เกิดขึ้นในระหว่างปีได้รับการแก้ไขโดยหน่วยงานที่เกี่ยวข้องทุกหน่วยงานตามลำดับความสำคัญเร่งด่วนแล้ว",
        "## งบ\nห้าบาท",
    ],
)
def test_what_is_no_label_of_it_is_not_told(text: str) -> None:
    one = seen(text)
    assert one.outcome is Outcome.NOT_MET
    assert all(n.label != text and n.likeness >= LIKE for n in one.near)
    assert "ข้อเสนอแนะ" not in [n.label for n in one.near]


def test_a_component_that_was_found_tells_nothing_near() -> None:
    one = seen("## สภาพปัญหาและอุปสรรค\nฝนตกชุก\n## สภาพปัญหาอื่น\nไม่มี")
    assert one.outcome is Outcome.MET
    assert one.near == ()


def test_no_more_than_three_the_nearest_first_and_the_same_each_time() -> None:
    many = "\n".join(f"## สภาพปัญหาด้านที่ {'ก' * n}\nมี" for n in range(1, 9))
    site = Site().page("/").file("a.pdf", f"# {REPORT}\n{many}")
    ctx = context(site, "a.pdf", checks=ITEM, components=(DEEDS, ADVICE))
    labels = labels_of((p, ctx.site.lines(p.document)) for p in ctx.fitting if p.document)
    found = nearest(labels, spec_of(ctx.ruleset.components, ctx.item, ITEM[0]))
    assert len(found) == MOST
    assert [n.likeness for n in found] == sorted((n.likeness for n in found), reverse=True)
    assert found == nearest(labels[::-1], spec_of(ctx.ruleset.components, ctx.item, ITEM[0]))

"""The nouns of a report, frozen.

`Report` is the one object that judging yields and that every renderer takes; its JSON form is ``report.json`` (schema
``ita-rules/report/1``). The models are pydantic so that the JSON Schema that ships with the project is made from them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from ita_rules.acts import Acts

SCHEMA: Literal["ita-rules/report/1"] = "ita-rules/report/1"


class Status(StrEnum):
    """What a check or an item came to. `undecided` means that we could not look, or could not be sure."""

    PASS = "pass"
    GAP = "gap"
    UNDECIDED = "undecided"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"


class Severity(StrEnum):
    """A `criterion` decides an item; `advice` has a message and a fix and never moves an item's status."""

    CRITERION = "criterion"
    ADVICE = "advice"


class AgencyType(StrEnum):
    """The kinds of agency that rules distinguish."""

    DEPARTMENT = "department"
    PROVINCE = "province"
    LOCAL = "local"
    STATE_ENTERPRISE = "state-enterprise"
    UNIVERSITY = "university"
    HOSPITAL = "hospital"
    SCHOOL = "school"
    OTHER = "other"


class LocatedBy(StrEnum):
    """How a source was found to belong to an item."""

    ANSWER = "answer"
    CODE = "code"
    TITLE = "title"
    MENU = "menu"
    SEARCH = "search"
    CATALOG = "catalog"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Evidence(_Frozen):
    """One place that a check's status rests on.

    For a `pass` on content: the quote as it stands in the source's text, and where. For a `gap` on content: a source
    that was read whole (`read: whole`) and in which it was not found.
    """

    url: str
    page: int | str | None = Field(default=None, description="1-based page; sheet name for workbooks; null for HTML, DOCX")
    quote: str | None = None
    read: Literal["whole", "part"] | None = None


class NearMiss(_Frozen):
    """A label that nearly is what a check asks for, where nothing better was found."""

    label: str = Field(description="as it stands in the source")
    wording: str = Field(description="the accepted wording that it is most like")
    likeness: int = Field(ge=0, le=100, description="how alike the two are once folded; 100 is the same")
    url: str
    page: int | str | None = Field(default=None, description="as in evidence")


class Waived(_Frozen):
    """An exception that people made to a check: shown beside its status, which stays what it was."""

    reason: str
    who: str
    until: str = Field(description="ISO day, the last on which the exception holds")


class Example(_Frozen):
    """What a gap looks like, and the same mended."""

    before: str
    after: str


class CheckResult(_Frozen):
    """One condition of an item and what became of it."""

    id: str = Field(description="ITEM.key; in an item of several concepts ITEM.concept.key")
    component: str
    kind: str
    status: Status
    confidence: float = Field(ge=0, le=1)
    message: str
    fix: str | None = None
    severity: Severity
    verified: bool
    cause: str | None = Field(default=None, description="why an undecided check could not be decided (CONTRACT's causes)")
    asks: str = Field(default="", description="what the condition asks, in words")
    source: str | None = Field(default=None, description="id of the rule's source in rules/sources.yaml")
    evidence: tuple[Evidence, ...] = ()
    why: tuple[str, ...] = ()
    near: tuple[NearMiss, ...] = Field(default=(), description="of a component that was not found: at most three, nearest first")
    narrow: tuple[str, ...] = Field(
        default=(), description="why a pass is narrow: ocr, low_trust, one_wording, unverified; empty where it is not"
    )
    effort: int | None = Field(default=None, ge=1, le=3, description="of a gap's fix: 1 a setting, 2 an edit, 3 new material")
    waived: Waived | None = None
    example: Example | None = Field(default=None, description="of a gap: how it looks, and how it looks mended")


class SourceWarning(_Frozen):
    """Something to know of how a source was come by, that decides nothing."""

    code: str = Field(description="short_link, shared, insecure, rendered, unchanged, carried; the set may grow")
    message: str = Field(description="in words")


class SourceResult(_Frozen):
    """A page or file that was looked at for an item, the unreadable ones too."""

    url: str
    final_url: str | None = None
    title: str | None = None
    media_type: str | None = None
    http_status: int | None = None
    cause: str | None = None
    sha256: str | None = None
    fetched_at: str | None = None
    click_path: tuple[str, ...] = ()
    click_words: tuple[str, ...] = Field(default=(), description="words of the links clicked, one per step of click_path")
    located_by: LocatedBy
    text_from: str | None = Field(default=None, description="html, text-layer, office, text, ocr")
    pages: int | None = None
    read_by: tuple[str, ...] = Field(default=(), description="readers and versions")
    warnings: tuple[SourceWarning, ...] = ()


class Measured(_Frozen):
    """How often verdicts on the item's concepts were right on made-up agencies: items `seen`, `right` of them; `passes` without a
    gap in truth, `accused` of one all the same (`rules/accuracy.yaml`)."""

    seen: int
    right: int
    passes: int
    accused: int


class Decision(_Frozen):
    """What a person decided on an item after looking: shown beside its status, which stays what it was."""

    decision: Literal["confirm", "pass", "gap", "more"] = Field(
        description="confirm the program's verdict, overrule it to pass or gap, or have somebody look again"
    )
    on: Status = Field(description="the item's status when it was decided")
    who: str
    when: str = Field(description="ISO day")
    comment: str = ""
    carried: str | None = Field(
        default=None,
        description="when the run began on which it was decided, where that is an earlier one with the same evidence",
    )


class ItemResult(_Frozen):
    """One O-item and its checks. `score` is 100 or 0, null when neither is known."""

    id: str
    concepts: tuple[str, ...]
    name: str
    indicator: str
    status: Status
    score: int | None
    due: str | None = Field(default=None, description="ISO day on which the item's data is due, where it is not due yet")
    worth: float = Field(default=0.0, description="points of the OIT score (0-100) that this item is worth by the grid")
    measured: Measured | None = Field(default=None, description="how right the tool was on such items; null if never measured")
    unit: str = Field(default="", description="the unit of the agency that answers for the item, as configured")
    decision: Decision | None = None
    sources: tuple[SourceResult, ...] = ()
    checks: tuple[CheckResult, ...] = ()


class Range(_Frozen):
    """A score from the worst to the best that the undecided items allow, 0-100."""

    low: float
    high: float


class IndicatorScore(_Frozen):
    """Score of an indicator (`9`) or sub-indicator (`9.2`)."""

    id: str
    name: str = ""
    low: float
    high: float


class Scores(_Frozen):
    """Estimated scores. `low` counts undecided and not due as 0, `high` as 100."""

    oit: Range
    indicators: tuple[IndicatorScore, ...]


class ToOpen(_Frozen):
    """An item that passes narrowly, which a person had better open and see."""

    item: str
    checks: tuple[str, ...] = Field(description="ids of its narrow checks, the narrowest first")
    reasons: tuple[str, ...] = Field(description="in words")
    asks: str = Field(description="what to look for, in words")
    url: str | None = None
    page: int | str | None = Field(default=None, description="as in evidence")
    quote: str | None = None
    confidence: float = Field(ge=0, le=1)


class FixPlan(_Frozen):
    """What mending one item takes and gives: an item is worth its points only when all of its gaps are mended."""

    item: str
    checks: tuple[str, ...] = Field(description="ids of its gaps that no exception waives")
    fixes: tuple[str, ...]
    points: float = Field(description="points of the OIT score (0-100)")
    total_points: float = Field(description="points of the whole ITA result (0-100)")
    effort: int = Field(ge=1, description="sum of the efforts of its gaps")


class Total(_Frozen):
    """The result of the whole assessment from IIT and EIT as given and OIT as estimated, 0-100, with its level."""

    iit: float = Field(ge=0, le=100)
    eit: float = Field(ge=0, le=100)
    low: float
    high: float
    level_low: str | None = Field(
        default=None, description="level at `low`, in words; null where the year's levels are not known"
    )
    level_high: str | None = None
    passes: float | None = Field(default=None, description="points from which an agency passes")
    verified: bool = Field(default=False, description="whether the levels were compared with a source")


class ToolInfo(_Frozen):
    """The program that made the report."""

    name: str = "ita-rules"
    version: str


class RuleSource(_Frozen):
    """A handbook or page that rules cite."""

    id: str
    title: str
    url: str | None = None
    note: str | None = None


class RuleSetInfo(_Frozen):
    """The rule set that judged."""

    id: str
    version: str
    fiscal_year: int = Field(description="B.E. year")
    name: str = ""
    answers_by: str | None = Field(default=None, description="ISO day on which answering the form closes, where it is known")
    answers_by_verified: bool = Field(default=False, description="whether that day was compared with a source")
    sources: tuple[RuleSource, ...] = ()


class AgencyInfo(_Frozen):
    """The agency that was judged."""

    name: str
    type: AgencyType
    url: str


class Unreached(_Frozen):
    """An address that gave nothing, and why."""

    url: str
    cause: str
    message: str = ""
    who: str = Field(default="", description="who must act, in words")
    acts: Acts | None = Field(default=None, description="who must act, in a word")
    asked_at: str | None = Field(
        default=None, description="when it was asked, where that was not in this run but in an earlier one"
    )


class Unverified(_Frozen):
    """An address that was read although the certificate of its site is not right."""

    url: str
    fault: str = Field(description="what was wrong with the certificate")
    message: str = Field(default="", description="the same in words")


class Bounded(_Frozen):
    """A family of addresses without end (a calendar, print views) of which only a part was asked."""

    rule: str
    family: str = Field(description="what its addresses have in common; # stands for any number")
    asked: int
    refused: int = Field(description="addresses of the family that were seen and not asked")
    message: str = Field(default="", description="the same in words")


class Previous(_Frozen):
    """The check of an earlier year's form whose files were compared with this year's."""

    ruleset: str
    fiscal_year: int = Field(description="B.E.")
    started: str = Field(description="when it began, ISO 8601")


class RunInfo(_Frozen):
    """The gathering that was judged; times are the gathering's, ISO 8601."""

    started: str
    finished: str
    as_of: str
    requests: int
    pages: int
    documents: int
    unreached: tuple[Unreached, ...] = ()
    stopped_by: str | None = None
    complete: bool = True
    warnings: tuple[str, ...] = ()
    bounds: tuple[Bounded, ...] = ()
    insecure: tuple[Unverified, ...] = Field(default=(), description="read without verifying the certificate of the site")
    rendered: int = Field(default=0, description="pages that were seen only as a browser shows them")
    unchanged: int = Field(default=0, description="addresses of which the server said that they are as on the last run")
    depth: Literal["full", "light"] = Field(
        default="full", description="full: the whole site was asked; light: its main page, ITA pages and evidence alone"
    )
    rests_on: str | None = Field(default=None, description="of a light run: when the run began on which it rests")
    full_at: str | None = Field(default=None, description="of a light run: when the last run began that asked the whole site")
    carried: int = Field(default=0, description="addresses that were not asked in this run and stand as an earlier one had them")
    previous: Previous | None = Field(default=None, description="the earlier year's check that files were compared with")


class Change(_Frozen):
    """A check whose state is another one than in the run before, or a gap that is still open."""

    id: str
    item: str
    name: str
    kind: Literal["new_gap", "mended", "still_open", "newly_undecided", "decided", "other"]
    severity: Severity
    before: Status | None = Field(default=None, description="null where the earlier form did not ask it")
    after: Status | None = None
    cause: str | None = Field(default=None, description="why, as `diff` tells it; null for a gap that is still open")
    urls: tuple[str, ...] = Field(default=(), description="addresses that the cause speaks of")
    confirmed: bool = Field(default=False, description="seen twice, hours apart; until then it is to be confirmed")
    since: str | None = Field(default=None, description="when the run began that showed the state first, as far as is known")


class ChangedEvidence(_Frozen):
    """A source with another content than in the run before, and the words that came and went (a few of each)."""

    url: str
    items: tuple[str, ...]
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()


class Changes(_Frozen):
    """What is new since the run before. What other rules or another version of the program make of the same site stands apart."""

    since: str = Field(description="when the run began that this one is compared with")
    rules_changed: bool = False
    separated: bool = Field(default=True, description="whether changes of rules could be told from those of the site")
    site: tuple[Change, ...] = Field(default=(), description="what the site, the calendar or the looking changed")
    rules: tuple[Change, ...] = Field(default=(), description="what other rules, or another version of the program, changed")
    evidence: tuple[ChangedEvidence, ...] = ()
    lapsed: tuple[str, ...] = Field(default=(), description="items on which a person had decided what does not hold any more")


class Report(_Frozen):
    """All that a judgement says; what renderers render."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    schema_: Literal["ita-rules/report/1"] = Field(default=SCHEMA, alias="schema")
    lang: Literal["th", "en"] = "th"
    tool: ToolInfo
    ruleset: RuleSetInfo
    agency: AgencyInfo
    run: RunInfo
    items: tuple[ItemResult, ...]
    scores: Scores
    persona: Literal["webmaster", "reviewer"] = Field(
        default="webmaster", description="for whom it is told: to a reviewer a gap is a proposal and there is no score"
    )
    to_open: tuple[ToOpen, ...] = Field(default=(), description="items that pass narrowly, narrowest first, at most twelve")
    plan: tuple[FixPlan, ...] = Field(default=(), description="items to mend, most points per effort first")
    total: Total | None = Field(default=None, description="where figures of IIT and EIT were given")
    changes: Changes | None = Field(default=None, description="since the run before, where there is one and it was looked for")

"""Result + reference answers -> what is right, wrong, missing or invented, by field.

The answers are those of a careful reader, in the format of the `*.gold.json` files under `tests/samples/gold`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from rapidfuzz import fuzz

from carnet.schemas.fields import FIELDS
from carnet.schemas.finding import Origin
from carnet.schemas.mission import Contact, Mission
from carnet.schemas.result import EditionResult
from carnet.schemas.spelling import without_accents
from carnet.schemas.values import PartialDate

Verdict = Literal["right", "wrong", "missing", "spurious"]
GoldAnswer = Mapping[str, Any]  # one reference mission, as JSON has it

TOTAL = "all"
_ALIKE = 97  # of 100: two texts that agree so far are one
_PAIRED = 1.2  # of about 7: least likeness of a mission and its answer
_COLUMNS = {field.column: field.told.answer for field in FIELDS if field.told.answer}
"""Column of ours -> key of the answer."""
_TEXTS = ("context", "approach", "results")
_PERSON = ("name", "role", "email", "phone")
_TOLD_BY = {field.column: set(field.told.told_by) for field in FIELDS}
"""A finding on one of these fields speaks of the column too."""


@dataclass(frozen=True)
class Tally:
    """`missing`: printed and not found; `spurious`: found and not printed; `silent`: wrong or spurious without any
    finding on the field; `alarm`: right, yet a finding doubts our reading."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    spurious: int = 0
    silent: int = 0
    alarm: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def found(self) -> int:
        return self.right + self.wrong + self.spurious

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        printed = self.right + self.wrong + self.missing
        return self.right / printed if printed else 1.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True)
class Miss:
    """One value that is not right. `mission`: its ordinal in the answers, 0 for the edition or an invented mission."""

    mission: int
    field: str
    kind: Verdict
    got: object
    want: object


@dataclass(frozen=True)
class Evaluation:
    """`fields`: a tally for each field that is printed or was found, and for `mission` itself."""

    brochure: str
    missions: int  # in the answers
    paired: int  # of them found
    wholly_right: int
    fields: Mapping[str, Tally]
    misses: tuple[Miss, ...]

    @property
    def total(self) -> Tally:
        return sum(self.fields.values(), Tally())


@dataclass
class _Book:
    """What was counted so far."""

    fields: dict[str, Tally] = field(default_factory=dict)
    misses: list[Miss] = field(default_factory=list)

    def count(self, name: str, kind: Verdict, mission: int = 0, got: object = None, want: object = None) -> None:
        self.add(name, Tally(**{kind: 1}))
        if kind != "right":
            self.misses.append(Miss(mission, name, kind, got, want))

    def add(self, name: str, tally: Tally) -> None:
        self.fields[name] = self.fields.get(name, Tally()) + tally


def evaluate(result: EditionResult, gold: GoldAnswer) -> Evaluation:
    """Compare the missions of an edition, and its team, offices and sites, with the answers."""
    answers: Sequence[GoldAnswer] = gold["missions"]
    pairs = _pairs(answers, result.missions)
    book = _Book()
    _count_missions(book, answers, result.missions, pairs)
    doubts = _Doubts(result)
    for g, r in pairs:
        _mission(book, answers[g], result.missions[r], doubts)
    _edition(book, result, gold)
    bad = {miss.mission for miss in book.misses}
    whole = sum(answers[g]["ordinal"] not in bad for g, _ in pairs)
    misses = tuple(sorted(book.misses, key=lambda m: (m.mission, m.field)))
    return Evaluation(str(gold["brochure"]), len(answers), len(pairs), whole, book.fields, misses)


# ---- one mission --------------------------------------------------------------------------------------------------


def _count_missions(
    book: _Book, answers: Sequence[GoldAnswer], missions: Sequence[Mission], pairs: Sequence[tuple[int, int]]
) -> None:
    for _ in pairs:
        book.count("mission", "right")
    for g in sorted(set(range(len(answers))) - {g for g, _ in pairs}):
        book.count("mission", "missing", answers[g]["ordinal"], None, _named(answers[g]["client"], answers[g]["title"]))
    for r in sorted(set(range(len(missions))) - {r for _, r in pairs}):
        book.count("mission", "spurious", 0, _named(missions[r].client, missions[r].title))


def _named(client: str | None, title: str | None) -> str:
    return " : ".join(part for part in (client, title) if part) or "(no name)"


class _Doubts:
    """Which fields of which missions have a finding, and which of them doubt our reading."""

    def __init__(self, result: EditionResult) -> None:
        self.told = {(f.mission, f.field) for f in result.findings}
        self.reading = {(f.mission, f.field) for f in result.findings if f.origin is Origin.READING}
        self.codes: dict[int | None, set[str]] = {}
        for finding in result.findings:
            self.codes.setdefault(finding.mission, set()).add(finding.code.value)

    def silent(self, mission: int, column: str) -> bool:
        return not any((mission, name) in self.told for name in {column, *_TOLD_BY.get(column, ())})


def _mission(book: _Book, answer: GoldAnswer, mission: Mission, doubts: _Doubts) -> None:
    number = answer["ordinal"]

    def judge(column: str, got: object, want: object, same: bool) -> None:
        if got is None and want is None:
            return
        kind: Verdict = "spurious" if want is None else "missing" if got is None else "right" if same else "wrong"
        book.count(column, kind, number, got, want)
        if kind in ("wrong", "spurious") and doubts.silent(mission.ordinal, column):
            book.add(column, Tally(silent=1))
        if kind == "right" and (mission.ordinal, column) in doubts.reading:
            book.add(column, Tally(alarm=1))

    for column, key in _COLUMNS.items():
        got, want = getattr(mission, column), _wanted(answer, column, key)
        if column == "page_first" and want is None:
            continue  # answers for a text have no pages
        judge(column, got, want, got is not None and want is not None and _same(column, got, want, answer))
    for column in _TEXTS:
        got_items, want_items = getattr(mission, column), answer[column]
        got_text, want_text = folded(" ".join(got_items)) or None, folded(" ".join(want_items)) or None
        judge(column, got_text, want_text, bool(got_text and want_text) and _alike(str(got_text), str(want_text)))
        if got_items and want_items:
            same_count = len(got_items) == len(want_items)
            book.add(f"{column}_items", Tally(right=1) if same_count else Tally(wrong=1))
    _people(book, number, answer["contacts"], mission.contacts)
    _compare(book, "partner", answer["partners"], mission.partners, number)
    for code in answer.get("findings", ()):
        raised = doubts.codes.get(mission.ordinal, set())
        book.count("finding", "right" if code in raised else "missing", number, sorted(raised), code)


def _wanted(answer: GoldAnswer, column: str, key: str) -> Any:  # the type depends on the column
    value = answer.get(key)
    if value is not None and column in ("start_date", "end_date"):
        date = PartialDate(**dict(zip(("year", "month", "day"), map(int, value.split("-")), strict=False)))
        return date.first_day() if column == "start_date" else date.last_day()
    return value


def _same(column: str, got: Any, want: Any, answer: GoldAnswer) -> bool:
    if isinstance(want, dt.date):
        return bool(got == want)
    if isinstance(want, int | float):
        return abs(float(got) - float(want)) < 0.005
    if column == "client":
        return folded(got) in {folded(name) for name in (want, *answer.get("client_aliases", ()))}
    if column == "client_type":
        return got == want or got in answer.get("client_type_also", ())
    if column == "title":
        return _alike(folded(got), folded(want))
    return folded(got) == folded(want)


def _people(book: _Book, number: int, wanted: Sequence[GoldAnswer], got: Sequence[Contact]) -> None:
    for key in _PERSON:
        also = {folded(name): folded(c[key]) for c in wanted for name in c.get(f"{key}_also", ()) if c.get(key)}
        names = [folded(c[key]) for c in wanted if c.get(key)]
        found = [also.get(name, name) for c in got if (name := folded(getattr(c, key) or ""))]
        for name in names:
            book.count(f"contact_{key}", "right" if name in found else "missing", number, found, name)
        for name in found:
            if name not in names:
                book.count(f"contact_{key}", "spurious", number, name, names)
    left, told = any(c.get("left") for c in wanted), any(c.has_left for c in got)
    if left or told:
        book.add("contact_left", Tally(**{"right" if left == told else "missing" if left else "spurious": 1}))


def _compare(
    book: _Book,
    name: str,
    wanted: Iterable[str],
    got: Iterable[str],
    number: int = 0,
    fold: Callable[[object], str] | None = None,
) -> None:
    """Two sets of names."""
    fold = fold or folded
    want_set, got_set = {fold(x) for x in wanted}, {fold(x) for x in got}
    for value in sorted(want_set | got_set):
        if value not in got_set:
            book.count(name, "missing", number, sorted(got_set), value)
        else:
            book.count(name, "right" if value in want_set else "spurious", number, value, sorted(want_set))


def _edition(book: _Book, result: EditionResult, gold: GoldAnswer) -> None:
    _compare(book, "team_name", [p["name"] for p in gold.get("team", ())], [p.name for p in result.team])
    _compare(book, "office", [o["city"] for o in gold.get("offices", ())], [o.city for o in result.offices])
    _compare(book, "website", gold.get("websites", ()), result.websites, fold=_site)


def _site(url: object) -> str:
    return re.sub(r"^https?://", "", folded(url)).removeprefix("www.").rstrip("/")


# ---- which mission answers which ----------------------------------------------------------------------------------


def _pairs(answers: Sequence[GoldAnswer], missions: Sequence[Mission]) -> list[tuple[int, int]]:
    """One to one, the likest first."""
    ours = [_Sketch.of_mission(m) for m in missions]
    theirs = [_Sketch.of_answer(a) for a in answers]
    scored = sorted(
        (
            (_likeness(one, two) - 0.002 * abs(g - r), g, r)
            for g, one in enumerate(theirs)
            for r, two in enumerate(ours)
        ),
        reverse=True,
    )
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for likeness, g, r in scored:
        if likeness >= _PAIRED and g not in pairs and r not in taken:
            pairs[g] = r
            taken.add(r)
    return sorted(pairs.items())


@dataclass(frozen=True)
class _Sketch:
    """What a mission is recognised by."""

    title: str
    client: str
    amount: float | None
    emails: frozenset[str]
    start: dt.date | None
    opening: str

    @staticmethod
    def of_mission(m: Mission) -> _Sketch:
        emails = frozenset(c.email for c in m.contacts if c.email)
        amount = None if m.amount is None else float(m.amount)
        return _sketch(m.title, m.client, amount, emails, m.start_date, (*m.context, *m.results))

    @staticmethod
    def of_answer(a: GoldAnswer) -> _Sketch:
        emails = frozenset(c["email"] for c in a["contacts"] if c.get("email"))
        start = _wanted(a, "start_date", "start")
        return _sketch(a["title"], a["client"], a["amount"], emails, start, (*a["context"], *a["results"]))


def _sketch(
    title: str | None,
    client: str | None,
    amount: float | None,
    emails: frozenset[str],
    start: dt.date | None,
    texts: Iterable[str],
) -> _Sketch:
    opening = folded(" ".join(texts))[:60]
    return _Sketch(folded(title or ""), folded(client or ""), amount, emails, start, opening)


def _likeness(one: _Sketch, two: _Sketch) -> float:
    points = 0.0
    if one.title and two.title:
        points += 2 * fuzz.ratio(one.title, two.title) / 100
    if one.client and two.client:
        points += fuzz.ratio(one.client, two.client) / 100
    if one.amount is not None and two.amount is not None and abs(one.amount - two.amount) < 0.01:
        points += 1
    if one.emails & two.emails:
        points += 1
    if one.start is not None and one.start == two.start:
        points += 0.5
    if one.opening and one.opening == two.opening:
        points += 1.5
    return points


# ---- when two texts are one ---------------------------------------------------------------------------------------

_MARKUP = (
    (re.compile(r"\^\{([^{}\n]*)\}"), r"\1"),  # a converter's superscript: 1^{er}
    (re.compile(r"\[([^\[\]]*)\]\([^)]{0,1000}\)|<(https?://[^<>]*)>"), r"\1\2"),  # its links
    (re.compile(r"[’‘`´]"), "'"),
    (re.compile(r"[«»“”\"]"), " "),
    (re.compile(r"[‐‑‒–—−]"), "-"),
)


def folded(value: object) -> str:
    """Without case, accents, a converter's marks, and the space around punctuation.

    >>> folded("« L’Étude » – phase 1^{er} ")
    "l'etude-phase 1er"
    """
    text = unicodedata.normalize("NFKC", str(value)).replace("\u00ad", "")
    for pattern, instead in _MARKUP:
        text = pattern.sub(instead, text)
    text = without_accents(text.casefold(), "NFD")
    text = re.sub(r" ?([-:/,;.()']) ?", r"\1", " ".join(text.split()))
    return text.strip(" .,:;-")


def _alike(one: str, two: str) -> bool:
    return one == two or fuzz.ratio(one, two) >= _ALIKE


def rows(evaluation: Evaluation) -> Iterator[tuple[str, Tally]]:
    """Each field's tally in the order of counting, then all of them together."""
    yield from evaluation.fields.items()
    yield TOTAL, evaluation.total

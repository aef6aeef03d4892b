"""Missions made by hand: passages with boxes, parts with labels, as the outline would hand them to the finders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from carnet.pipeline.fields.context import Context, kept_hyphens
from carnet.pipeline.rules import load_rules
from carnet.schemas.evidence import Candidate
from carnet.schemas.layout import BBox, Passage, Style, Word
from carnet.schemas.outline import MissionSection, Outline, Part, PartKind

CASES = Path(__file__).parents[2] / "cases" / "fr"
RULES = load_rules()
FIRM = "Vireval Conseil"


def context(**more: Any) -> Context:
    """What finders may ask, for an invented publisher."""
    return Context(RULES, **({"firm": FIRM, "keep_hyphen": kept_hyphens(RULES)} | more))


def passage(text: str, size: float = 10.0, bold: bool = False, page: int = 1, top: float = 100.0) -> Passage:
    """Printed lines, one below the other; a letter is half as wide as high."""
    return Passage.join(
        [_line(line, size, bold, page, top + n * 1.3 * size) for n, line in enumerate(text.split("\n"))]
    )


def _line(text: str, size: float, bold: bool, page: int, top: float) -> Passage:
    words, x = [], 50.0
    for part in text.split():
        width = 0.5 * size * len(part)
        words.append(Word(part, page, BBox(x, top, x + width, top + size), Style(size, bold)))
        x += width + 0.3 * size
    return Passage.of_words(words)


def part(kind: PartKind | str, *items: str, label: str | None = None, rule: str = "") -> Part:
    return Part(PartKind(kind), tuple(passage(i) for i in items), passage(label) if label else None, rule)


def parts_of(case: Mapping[str, Any]) -> list[Part]:
    """The parts of a case: `[kind, text or texts, label]`, the label left out where there is none."""
    made = []
    for kind, texts, *label in case.get("parts", ()):
        made.append(part(kind, *([texts] if isinstance(texts, str) else texts), label=label[0] if label else None))
    return made


def section(
    heading: str | Iterable[str | Passage] = (),
    parts: Mapping[str, Any] | Iterable[Part] = (),
    *,
    from_table: bool = False,
    domain: str | None = None,
) -> MissionSection:
    """`parts`: as parts, or `{"client": "Ville de Morcy", "context": ["…", "…"]}`."""
    blocks = (heading,) if isinstance(heading, str) else heading
    if isinstance(parts, Mapping):
        parts = [part(kind, *([items] if isinstance(items, str) else items)) for kind, items in parts.items()]
    return MissionSection(
        ordinal=1,
        heading=tuple(b if isinstance(b, Passage) else passage(b, 16, True) for b in blocks),
        parts=tuple(parts),
        domain=passage(domain, 20, True) if domain else None,
        page_first=1,
        page_last=1,
        from_table=from_table,
    )


def outline(
    *, front: Iterable[str] = (), team: Iterable[str] = (), offices: Iterable[str] = (), running: Iterable[str] = ()
) -> Outline:
    """A brochure without missions."""

    def passages(texts: Iterable[str]) -> tuple[Passage, ...]:
        return tuple(passage(text) for text in texts)

    return Outline((), passages(front), passages(team), passages(offices), passages(running))


def table(name: str) -> list[Any]:
    """Cases of `tests/cases/fr/<name>.yml`; one that has `missed: <cause>` is expected to fail until it is mended."""
    cases = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    return [_param(case) for case in cases]


def _param(case: dict[str, Any]) -> Any:
    missed = case.pop("missed", None)
    marks = [pytest.mark.xfail(reason=missed, strict=True)] if missed else []
    return pytest.param(case, marks=marks, id=case_name(case))


def case_name(case: Mapping[str, Any]) -> str:
    name = next((k for k in ("text", "heading", "block") if case.get(k)), None)
    return repr(case[name] if name else case)[:90]


def only(candidates: Iterable[Candidate]) -> Any:
    """The value of the one candidate, None where there is none."""
    found = list(candidates)
    assert len(found) <= 1, found
    return found[0].value if found else None

"""Running heads, page numbers and marks that recur at the same place: marked, not deleted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise

from carnet.pipeline.layout.segments import Segment
from carnet.pipeline.rules.labels import Labels
from carnet.schemas.layout import Page, Word
from carnet.schemas.outline import PartKind

_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(
    r"^\W{0,40}(?:page|p\.?|pg\.?)?\s{0,40}\d{1,4}\s{0,40}(?:[/|]|sur|of)?\s{0,40}\d{0,4}\W{0,40}$", re.IGNORECASE
)


_FACTS = {
    PartKind.CLIENT, PartKind.PERIOD, PartKind.DURATION, PartKind.AMOUNT, PartKind.CONTACT, PartKind.PARTNERS,
}  # fmt: skip


def furniture(
    pages: Sequence[Page], segments: Mapping[int, Sequence[Segment]], share: float, margin: float, labels: Labels
) -> set[int]:
    """id() of the segments that are furniture."""
    least = max(3, share * len(pages)) if len(pages) > 3 else 2
    places: Counter[tuple[str, int]] = Counter()
    slots: Counter[tuple[str, int, int, int]] = Counter()
    for page in pages:
        seen: set[tuple[str, int]] = set()
        for s in segments[page.number]:
            if not _in_margin(s, page, margin):
                continue
            seen.add(_mark(s))
            slots[_slot(s, page)] += 1
        places.update(seen)
    out: set[int] = set()
    usual = {page.number: _usual(segments[page.number]) for page in pages}
    for page in pages:
        for s in segments[page.number]:
            if not _in_margin(s, page, margin):
                continue
            recurs = places[_mark(s)] >= least
            same_slot = slots[_slot(s, page)] >= max(4, 0.5 * len(pages)) and s.size < 0.93 * usual[page.number]
            numbered = bool(_NUMBER.match(s.text)) and _in_margin(s, page, 0.07)
            if recurs or same_slot or numbered:
                out.add(id(s))
    return out - _facts(pages, segments, margin, labels)


def _facts(pages: Sequence[Page], segments: Mapping[int, Sequence[Segment]], margin: float, labels: Labels) -> set[int]:
    """id() of labels in the margins whose values differ from page to page, and of those values: facts of missions."""
    heads: dict[tuple[str, int], list[Segment]] = {}
    values: dict[tuple[str, int], list[Segment]] = {}
    told: dict[tuple[str, int], set[str]] = {}
    for page in pages:
        inside = [s for s in segments[page.number] if _in_margin(s, page, margin)]
        for s in inside:
            hit = labels.match(s.text) or labels.match_start(s.text)
            if hit is None or not hit.exact or hit.kind not in _FACTS:
                continue
            key = _DIGITS.sub("#", s.text[: hit.end].casefold()), round(s.box.top / 6)
            near = [n for n in inside if n is not s and (_beside(s, n) or _under(s, n))]
            heads.setdefault(key, []).append(s)
            values.setdefault(key, []).extend(near)
            told.setdefault(key, set()).add(" ".join([s.text[hit.rest :], *(n.text for n in near)]).strip())
    out: set[int] = set()
    for key in (key for key, found in told.items() if len(found) >= _DIFFERENT):
        again = Counter(n.text for n in values[key])
        own = [n for n in values[key] if again[n.text] < max(2, 0.5 * len(heads[key]))]
        out |= {id(s) for s in (*heads[key], *own)}
    return out


_DIFFERENT = 3
"""So many values of one label are no address of the firm."""


def _beside(label: Segment, other: Segment) -> bool:
    return other.box.x0 > label.box.x1 and other.box.y_overlap(label.box) > 0.45 * label.box.height


def _under(label: Segment, other: Segment) -> bool:
    near = 0 < other.box.top - label.box.top < 2.2 * max(label.size, other.size)
    return near and other.box.x_overlap(label.box) > 0


def _mark(s: Segment) -> tuple[str, int]:
    return _DIGITS.sub("#", s.text.casefold()), round(s.box.top / 6)


def _slot(s: Segment, page: Page) -> tuple[str, int, int, int]:
    """Where and how the segment is printed, whatever it says: a running head changes with the chapter."""
    side = 0 if s.box.x0 < page.width / 3 else 2 if s.box.x1 > 2 * page.width / 3 else 1
    return s.style.font, round(s.size * 2), round(s.box.top), side


def _usual(segments: Sequence[Segment]) -> float:
    sizes = sorted(w.style.size for s in segments for w in s.words)
    return sizes[len(sizes) // 2] if sizes else 0.0


def _in_margin(s: Segment, page: Page, margin: float) -> bool:
    return s.box.bottom < margin * page.height or s.box.top > (1 - margin) * page.height


_PAGE_COUNT = re.compile(r"\b(?:page|p\.)\s*(\d{1,3})(?:\s*(?:/|sur|of)\s*\d{1,3})?\W*$", re.IGNORECASE)


def running_lines(lines: Sequence[Word]) -> set[int]:
    """id() of the lines of a text without boxes that are foots of pages: the same words, and a page that goes up
    ("Nos références – page 5", "Nos références – page 7")."""
    found: dict[str, list[tuple[int, Word]]] = {}
    for line in lines:
        count = _PAGE_COUNT.search(line.text) if len(line.text) < _LONGEST_FOOT else None
        if count:
            found.setdefault(line.text[: count.start()].casefold(), []).append((int(count.group(1)), line))
    feet = [some for some in found.values() if len(some) > 1 and all(a < b for (a, _), (b, _) in pairwise(some))]
    return {id(line) for some in feet for _, line in some}


_LONGEST_FOOT = 120

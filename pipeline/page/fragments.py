"""Words of a page -> fragments: stretches of one line in one look, parted where a reader's eye parts them.

Cut at wide gaps, drawn walls and boxes, where the look changes, behind a colon, at bars, dots and spaced dashes.
Parts of one text that were cut apart for nothing come together again, since they stand side by side and get the same
role.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from carnet.pipeline.page import tolerances
from carnet.pipeline.page.gutters import at_gutters, behind_stretched
from carnet.pipeline.page.justified import rejoined
from carnet.pipeline.page.regions import Region, regions
from carnet.pipeline.page.repair import repaired
from carnet.pipeline.page.segments import Segment, segments
from carnet.pipeline.page.underlined import underlined
from carnet.pipeline.rules.list_marks import marker
from carnet.schemas.layout import BBox, Page, Passage, Style, Word
from carnet.schemas.quick import made_quickly

_JOINT = re.compile(r"\s{0,20}:\s{1,20}|\s{1,20}[–—|•·■▪>→/◆♦●○◦▸►‣❖★✓✔-]\s{1,20}|\s{0,20}\t\s{0,20}")

_LEADER = re.compile(r"\s{0,20}(?:\.{4,200}|…{2,60}|(?:\.\s){4,100})\s{0,20}")
"""Dots that lead the eye from a label to its value: "Montant ........ 12 000 €"."""
_OPEN_DASH = re.compile(r"\s—\s?$")
_JOINED = re.compile(r"\w\s?:\s|\s—\s{1,5}\S")
"""A dash at the end of a line that joins facts goes on below: "Dates : automne 2021 —"."""
_LABEL_AFTER_SENTENCE = re.compile(r"(?<=[^.\s][.!?;])\s{1,20}(?=[A-ZÀ-Ý][^.:;!?()]{1,32}:(?:\s|$))")
"""Between a sentence and a label that goes on behind it, as in "Avec Atelier Nord. Honoraires : 12 000 €"."""
_SENTENCE = re.compile(
    r"(?:(?<=[a-zà-ÿ€%)»0-9][a-zà-ÿ€%)»0-9][a-zà-ÿ€%)»0-9][.!?])|(?<=[A-Z][A-Z]\.))\s{1,20}(?=[A-ZÀ-Ý«])"
)
"""Between two sentences: "12 000 € HT. Avec Atelier Nord". What is shorter before the full stop may be cut short."""
_ITEM = re.compile(r"[•■▪◆♦●○◦▸►‣❖★✓✔]")
"""Signs that open an item, within a line too: "• relevés • enquêtes"."""
_NUMBER = re.compile(r"((?:[Nn]°\s?)?\d{1,3}(?:\.\d{1,2}){0,3}[.)]?)\s{1,10}(?=[A-ZÀ-Ý«\"])")
"""A number that counts what follows it on the line."""


@made_quickly
@dataclass(frozen=True, slots=True)
class Fragment:
    """`number`: its place in the document's list. `line`: fragments of one segment share it; `start`, `end`: its
    letters in the segment's passage. `joint`: the sign that parts it from the fragment before ("", ":", "-", "|").
    `marked`: a list mark stands before it. `region`: number of the smallest drawn box around it, 0 for the page."""

    number: int
    page: int
    line: int
    start: int
    end: int
    passage: Passage
    box: BBox
    style: Style
    joint: str = ""
    marked: bool = False
    region: int = 0
    fill: str | None = None
    stroke: str | None = None
    turned: bool = False

    @property
    def text(self) -> str:
        return self.passage.text


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page taken apart: its fragments and regions, its format, and where rules are drawn (x0, x1, y) and (x, y0,
    y1)."""

    number: int
    width: float
    height: float
    fragments: tuple[Fragment, ...]
    regions: tuple[Region, ...]
    lines: tuple[Passage, ...]
    rules: tuple[tuple[float, float, float], ...] = ()
    walls: tuple[tuple[float, float, float], ...] = ()
    pictures: tuple[BBox, ...] = ()


def sheets(pages: Sequence[Page], marks: frozenset[str]) -> list[Sheet]:
    """Every page with boxes, taken apart. Fragments are numbered through the document, lines likewise. A page with
    more of them than are asked of each other has none; who reads on tells that it was not read."""
    out: list[Sheet] = []
    number = line = 0
    for page in pages:
        crowded = len(page.words) > MOST_WORDS
        sheet = not_crowded(_sheet(replace(page, words=()) if crowded else page, marks, number, line))
        out.append(sheet)
        number += len(sheet.fragments)
        line += len(sheet.lines)
    return out


def not_crowded(sheet: Sheet) -> Sheet:
    """The sheet, or an empty one: what stands to what is asked of all pairs of a page."""
    return replace(sheet, fragments=(), lines=()) if len(sheet.fragments) > MOST_FRAGMENTS else sheet


MOST_WORDS = 8_000
MOST_FRAGMENTS = 1_500
"""Of a page. A dense table of a printed page has some 600."""
LONGEST_LINE = 2_000
"""Letters; a longer line is not parted."""


def _sheet(page: Page, marks: frozenset[str], number: int, line: int) -> Sheet:
    walls = tuple(
        ((s.box.x0 + s.box.x1) / 2, s.box.top, s.box.bottom)
        for s in page.shapes
        if s.kind == "rule" and s.box.height > 10 and s.box.width < 3
    )
    rules = tuple(
        (s.box.x0, s.box.x1, (s.box.top + s.box.bottom) / 2)
        for s in page.shapes
        if s.kind == "rule" and s.box.width > 10 and s.box.height < 3
    )
    places = regions(page)
    found = [
        part
        for segment in at_gutters(
            rejoined(behind_stretched(segments(repaired(page.words), tolerances.GAP, walls, marks)))
        )
        for part in _at_regions(segment, places)
    ]
    found.sort(key=lambda s: (s.box.top, s.box.x0))
    found, hung = _without_lone_marks(found, marks)
    lined = underlined(found, page.shapes)
    fragments: list[Fragment] = []
    lines: list[Passage] = []
    for segment in found:
        passage = segment.passage
        for start, end, joint, marked in cuts(passage, marks, lined):
            piece = passage.slice(start, end)
            home = _home(BBox.around(p.word.box for p in piece.pieces if p.word.box), places)
            fragments.append(
                Fragment(
                    number=number + len(fragments),
                    page=page.number,
                    line=line + len(lines),
                    start=start,
                    end=end,
                    passage=piece,
                    box=_box(piece),
                    style=piece.style,
                    joint=joint,
                    marked=marked or start == 0 and id(segment) in hung,
                    region=home.number if home else 0,
                    fill=home.fill if home else None,
                    stroke=home.stroke if home else None,
                )
            )
        lines.append(passage)
    for tab in page.tabs:
        if tab.box:
            passage = Passage.of_words([tab])
            fragments.append(
                Fragment(number + len(fragments), page.number, line + len(lines), 0, len(passage.text), passage,
                tab.box,
                         tab.style, turned=True)
            )  # fmt: skip
            lines.append(passage)
    pictures = tuple(s.box for s in page.shapes if s.kind == "picture")
    return Sheet(page.number, page.width, page.height, tuple(fragments), places, tuple(lines), rules, walls, pictures)


def _without_lone_marks(found: list[Segment], marks: frozenset[str]) -> tuple[list[Segment], set[int]]:
    """Segments without list marks that stand alone before their text, and id() of the segments that they marked."""
    lone = [s for s in found if s.text in marks]
    hung: set[int] = set()
    gone: set[int] = set()
    for mark in lone:
        level = [
            s
            for s in found
            if s.text not in marks
            and s.box.y_overlap(mark.box) > tolerances.LINE_OVERLAP * min(s.box.height, mark.box.height)
            and 0 <= s.box.x0 - mark.box.x1 < _FAR_MARK * s.size
        ]
        if level:
            hung.add(id(min(level, key=lambda s: s.box.x0)))
            gone.add(id(mark))
    return [s for s in found if id(s) not in gone], hung


_FAR_MARK = 6.0
"""Letter sizes between a list mark and its text."""


def _box(piece: Passage) -> BBox:
    """The letters' own box: a word that was cut counts with its share."""
    boxes = []
    for p in piece.pieces:
        box = p.word.box
        if box is None:
            continue
        whole = len(p.word.text)
        if p.end - p.start < whole and whole:
            at = p.word.text.find(piece.text[p.start : p.end])
            share = box.width / whole
            box = BBox(
                box.x0 + max(at, 0) * share, box.top, box.x0 + (max(at, 0) + p.end - p.start) * share, box.bottom
            )
        boxes.append(box)
    return BBox.around(boxes)


def _at_regions(segment: Segment, places: Sequence[Region]) -> list[Segment]:
    """A segment that runs from one drawn box into another, cut between them."""
    if not places:
        return [segment]
    parts: list[list[Word]] = []
    last: Region | None = None
    for word in segment.words:
        home = _home(word.box, places) if word.box else None
        if parts and home is last:
            parts[-1].append(word)
        else:
            parts.append([word])
        last = home
    return [segment] if len(parts) == 1 else [Segment.of(p) for p in parts]


def _home(box: BBox, places: Sequence[Region]) -> Region | None:
    return next((r for r in places if r.holds(box)), None)


def cuts(
    passage: Passage, marks: frozenset[str], lined: frozenset[int] = frozenset()
) -> list[tuple[int, int, str, bool]]:
    """Where a line is parted: (start, end, sign before, with a list mark), in order. Never empty for a passage with
    text. `lined`: id() of words that are underlined, while others of their line are not."""
    text = passage.text
    if len(text) > LONGEST_LINE:
        return [(0, len(text), "", False)]
    last = _OPEN_DASH.search(text) if _JOINED.search(text) else None
    text = text[: last.start()] if last else text
    first = marker(text, marks)
    first += marker(text[first:], marks) if first else 0  # "- ▶ Entretiens", of Markdown
    at = first if first < len(text) else 0
    leader = _LEADER.match(text, at)
    at = leader.end() if leader and _leads_to_value(text[leader.end() :]) else at
    out: list[tuple[int, int, str, bool]] = []
    joint, marked = "", 0 < first < len(text)
    for end, following, sign in _joints(passage.slice(0, len(text)), at, lined):
        if text[at:end].strip():
            out.append((at, end, joint, marked))
            marked = bool(_ITEM.fullmatch(text[end:following].strip()))
        at, joint = following, sign
    if text[at:].strip() or not out:
        out.append((at, len(text), joint, marked))
    return out


def _joints(passage: Passage, start: int, lined: frozenset[int]) -> list[tuple[int, int, str]]:
    """(end of what stands before, start of what follows, sign), in order, those of looks among them."""
    text = passage.text
    found = []
    number = _NUMBER.match(text, start)
    if number:
        found.append((number.end(1), number.end(), ""))
    for joint in _JOINT.finditer(text, start):
        if joint.start() > start:
            sign = joint.group().strip() or " "
            end = joint.start() + (joint.group().index(":") + 1 if sign == ":" else 0)
            found.append((end, joint.end(), ":" if sign == ":" else "|" if sign not in "–—-" else "-"))
    leaders = (dots for dots in _LEADER.finditer(text, start) if dots.start() > start)
    found += [(dots.start(), dots.end(), "|") for dots in leaders if _leads_to_value(text[dots.end() :])]
    ends = (gap for joint in (_LABEL_AFTER_SENTENCE, _SENTENCE) for gap in joint.finditer(text, start + 1))
    found += sorted({(gap.start(), gap.end(), "|") for gap in ends})
    taken = [(a, b) for a, b, _ in found]
    for before, after in zip(passage.pieces, passage.pieces[1:], strict=False):
        line_turns = (id(before.word) in lined) != (id(after.word) in lined)
        if after.start <= start or not (line_turns or _turns(before.word.style, after.word.style)):
            continue
        if not any(a - 1 <= after.start <= b for a, b in taken):
            found.append((before.end, after.start, ""))
    return sorted(found)


def _leads_to_value(rest: str) -> bool:
    """Not to the number of a page, as in a table of contents."""
    return bool(rest.strip()) and not _PAGE_NUMBER.fullmatch(rest)


_PAGE_NUMBER = re.compile(r"(?:p\.?\s?)?\d{1,3}\s?")


def _turns(a: Style, b: Style) -> bool:
    """Another look: weight, slant, colour or size. Raised notes and units change the size of a sign only."""
    return (a.bold, a.italic, a.color) != (b.bold, b.italic, b.color) or abs(a.size - b.size) > 0.15 * max(
        a.size, b.size
    )

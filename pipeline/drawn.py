"""A mission that somebody drew: a frame on a page, whose words are read as one mission.

The log keeps the words with their places, not what we make of them, so that better reading serves them too."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.schemas.correction import DRAWN
from carnet.schemas.draft import EditionDraft, MissionDraft
from carnet.schemas.layout import BBox, Page, Passage, Style, Word
from carnet.schemas.outline import MissionSection, Part, PartKind

APART = "~"
"""Begins the key of a drawn mission: no reading gives such a key (warehouse/matching/ids.py)."""
LARGER = 1.12
"""Lines by so much higher than most are the heading, when the frame begins with them."""
GAP = 2.0
"""Heights of a line between words that stand side by side rather than one after the other."""
SHORT = 60
"""Letters of a line that may be a fact of its own."""


@dataclass(frozen=True)
class DrawnLine:
    """Printed words that stand together, all in bold letters or none."""

    text: str
    box: BBox
    bold: bool = False


@dataclass(frozen=True)
class Drawing:
    """Printed lines of one page from top to bottom."""

    page: int
    lines: tuple[DrawnLine, ...]

    @property
    def key(self) -> str:
        """
        >>> Drawing(3, (DrawnLine("Plan vélo", BBox(0, 0, 9, 9)),)).key
        '~plan-velo-1e7c4769'
        """
        first, *_ = bare = [re.sub(r"[^a-z0-9]+", "-", fold(line.text)).strip("-") for line in self.lines]
        digest = hashlib.sha256(f"{self.page} {' '.join(bare)}".encode()).hexdigest()
        return f"{APART}{first[:60].strip('-')}-{digest[:8]}"

    def as_value(self) -> str:
        """What the log holds: the page and the place of each line ("b": in bold), then the lines.

        >>> Drawing(3, (DrawnLine("Plan vélo", BBox(10, 20, 90.5, 32), bold=True),)).as_value()
        '* 3 10,20,90.5,32,b\\nPlan vélo'
        """
        places = [f"{b.x0:g},{b.top:g},{b.x1:g},{b.bottom:g}" for b in (line.box for line in self.lines)]
        marked = [place + ",b" * line.bold for place, line in zip(places, self.lines, strict=True)]
        return "\n".join([f"{DRAWN} {self.page} {' '.join(marked)}", *(line.text for line in self.lines)])


def drawing_of(value: str) -> Drawing:
    """The other way round; ValueError where it is none. Lines from which a forgotten person was taken may be fewer than
    places: then all stand in the frame around them."""
    head, *texts = value.removeprefix(DRAWN).split("\n")
    page, *places = head.split()
    try:
        boxes = [BBox(*(float(n) for n in place.removesuffix(",b").split(","))) for place in places]
    except TypeError:
        raise ValueError("a place of four numbers is expected") from None
    if not boxes or not any(text.strip() for text in texts):
        raise ValueError("a drawn mission without words")
    bold = [place.endswith(",b") for place in places]
    if len(boxes) != len(texts):
        boxes, bold = [BBox.around(boxes)] * len(texts), [False] * len(texts)
    return Drawing(int(page), tuple(DrawnLine(*one) for one in zip(texts, boxes, bold, strict=True) if one[0].strip()))


def drawing_in(page: int, words: Iterable[DrawnLine], frame: BBox) -> Drawing | None:
    """The words whose middle is within a frame, as lines; None where there is none."""
    inside = [word for word in words if _is_within(word.box, frame)]
    lines: list[list[DrawnLine]] = []
    for word in sorted(inside, key=lambda word: (word.box.top, word.box.x0)):
        line = next((one for one in lines if _same_line(one[0].box, word.box)), None)
        if line is None:
            lines.append([word])
        else:
            line.append(word)
    parted = [part for line in lines for part in _parted(sorted(line, key=lambda word: word.box.x0))]
    told = tuple(DrawnLine(" ".join(w.text for w in p), BBox.around(w.box for w in p), p[0].bold) for p in parted)
    return Drawing(page, told) if told else None


def _is_within(box: BBox, frame: BBox) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return frame.x0 <= x <= frame.x1 and frame.top <= y <= frame.bottom


def _same_line(a: BBox, b: BBox) -> bool:
    return a.y_overlap(b) > 0.5 * min(a.height, b.height)


def _parted(line: Sequence[DrawnLine]) -> Iterator[list[DrawnLine]]:
    """Where a wide gap stands between words (a label and its value, two columns), or bold letters begin or end."""
    part: list[DrawnLine] = []
    for word in line:
        if part and (word.bold != part[-1].bold or word.box.x0 - part[-1].box.x1 > GAP * word.box.height):
            yield part
            part = []
        part.append(word)
    if part:
        yield part


def read_drawn(key: str, value: str, draft: EditionDraft, rules: Rules) -> MissionDraft:
    """What the words in the frame say of the mission, by the reading that finds most in them; ValueError where the line
    of the log is none of ours."""
    from carnet.pipeline.extract import mission_draft  # it knows the order of the stages, which few settlings need

    readings = [
        mission_draft(key, section, draft.edition.firm, draft.region, rules)
        for section in _sections(drawing_of(value), rules)
    ]
    return max(readings, key=lambda reading: len(reading.candidates))


def _sections(drawing: Drawing, rules: Rules) -> Iterator[MissionSection]:
    """As any page is read, by its look or with the first lines for the heading, where one mission is seen; and the
    lines plainly."""
    from carnet.pipeline.decode.read import read_roles

    heading = _heading(drawing.lines)
    around = BBox.around(line.box for line in drawing.lines)
    for stressed in dict.fromkeys((0, heading, 1)):
        page = Page(drawing.page, around.x1 + around.x0, around.bottom + around.top, tuple(_words(drawing, stressed)))
        found = read_roles([page], rules).outline
        if len(found.missions) == 1:
            yield _with_heading(found.missions[0], found.front)  # all in the frame is of the mission
    yield _plain(drawing, heading or 1)


def _with_heading(mission: MissionSection, front: Sequence[Passage]) -> MissionSection:
    titled = mission.heading or any(part.kind is PartKind.TITLE for part in mission.parts)
    return mission if titled else replace(mission, heading=tuple(front[:1]))


def _heading(lines: Sequence[DrawnLine]) -> int:
    """How many lines at the start are larger than most."""
    size = median(line.box.height for line in lines)
    for is_large, some in groupby(lines, lambda line: line.box.height > LARGER * size):
        return len(list(some)) if is_large else 0
    return 0


def _words(drawing: Drawing, stressed: int) -> Iterator[Word]:
    """Each line as words, each letter taken to be as wide as the others; the first lines larger than all others."""
    largest = max(line.box.height for line in drawing.lines)
    for n, line in enumerate(drawing.lines):
        box, letter = line.box, line.box.width / max(1, len(line.text))
        style = Style(2 * largest, bold=True) if n < stressed else Style(round(box.height, 1), bold=line.bold)
        for match in re.finditer(r"\S+", line.text):
            place = BBox(box.x0 + match.start() * letter, box.top, box.x0 + match.end() * letter, box.bottom)
            yield Word(match[0], drawing.page, place, style)


def _plain(drawing: Drawing, heading: int) -> MissionSection:
    """The heading, short lines as facts, the rest as text."""
    lines = [Passage.of_words([Word(line.text, drawing.page, line.box)]) for line in drawing.lines]
    facts = tuple(line for line in lines[heading:] if len(line.text) < SHORT)
    text = tuple(line for line in lines[heading:] if len(line.text) >= SHORT)
    parts = [Part(PartKind.FACTS, facts)] * bool(facts) + [Part(PartKind.CONTEXT, (Passage.join(text),))] * bool(text)
    page = drawing.page
    return MissionSection(1, tuple(lines[:heading]), tuple(parts), page_first=page, page_last=page)

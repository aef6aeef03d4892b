"""Lines of one column -> blocks: headings, paragraphs, bullets."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from carnet.pipeline.layout.segments import Segment, rows_of
from carnet.pipeline.rules.labels import Labels
from carnet.pipeline.rules.list_marks import marker
from carnet.schemas.layout import BBox, Block, BlockKind, Passage, Style, Word

_NUMBERED = re.compile(r"^(?:\d{1,2}|[a-zA-Z])[.)°]\s|^\d{1,2}\s?[-–]\s")
_LONGEST_RUN_IN = 45


@dataclass(frozen=True)
class BodyText:
    """What is usual in this document: letter size and line pitch by size."""

    size: float
    bold: bool
    pitches: dict[float, float]

    def pitch(self, size: float) -> float:
        return self.pitches.get(round(size, 1), 1.25 * size)


@dataclass(frozen=True, slots=True)
class Line:
    """Words of one printed line, with the box around them in points and the look of most letters."""

    passage: Passage
    box: BBox
    style: Style

    @property
    def text(self) -> str:
        return self.passage.text


def lines_of(segments: Sequence[Segment]) -> list[Line]:
    """Printed lines of a column, top to bottom."""
    words = [w for s in segments for w in s.words]
    rows = rows_of(words)
    few = len(rows) <= 3
    lines = []
    for row in rows:
        for part in _apart(row) if few else [row]:
            passage = Passage.of_words(part)
            lines.append(Line(passage, BBox.around(w.box for w in part if w.box), passage.style))
    return sorted(lines, key=lambda line: (round((line.box.top + line.box.bottom) / 4), line.box.x0))


def _apart(row: Sequence[Word]) -> list[list[Word]]:
    """Words of a line that stand wide apart are values of their own ("2020-2021      62 750 €")."""
    parts: list[list[Word]] = []
    for word in row:
        last = parts[-1][-1].box if parts else None
        if last and word.box and word.box.x0 - last.x1 < 2.0 * word.style.size:
            parts[-1].append(word)
        else:
            parts.append([word])
    return parts


def to_blocks(
    lines: Sequence[Line], body: BodyText, bullets: frozenset[str], labels: Labels, factor: float, region: int
) -> list[Block]:
    """Blocks of one column, in order. Ids are given later."""
    right = max((line.box.x1 for line in lines), default=0.0)
    dashes = sum(line.text[:1] in "-–—" and bool(marker(line.text, bullets)) for line in lines)
    groups: list[list[Line]] = []
    for line in lines:
        if groups and not _parted(groups[-1], line, body, bullets, labels, factor, right, dashes):
            groups[-1].append(line)
        else:
            groups.append([line])
    out = []
    depth: list[float] = []
    for group in groups:
        block = _block(group, bullets, region)
        if block.kind is BlockKind.BULLET:
            x = group[0].box.x0
            depth = [d for d in depth if d < x - 3] + [x]
            block = replace(block, level=len(depth))
        else:
            depth = [] if not depth or group[0].box.x0 <= depth[0] + 1 else depth
        out.append(block)
    return out


def _parted(
    group: Sequence[Line], line: Line, body: BodyText, bullets: frozenset[str], labels: Labels, factor: float,
    right: float, dashes: int,
) -> bool:  # fmt: skip
    last = group[-1]
    if marker(line.text, bullets) and not (dashes == 1 and _lone_dash(last, line, body) or _closes(group, line)):
        return True
    if line.box.top < last.box.top + 0.4 * line.style.size:
        return True  # beside it, or in another column
    if marker(group[0].text, bullets) and line.box.x0 < group[0].box.x0 + 1:
        return True  # back at the left of the mark: no longer this item
    if _turns(last, line):
        return True
    size = max(last.style.size, line.style.size)
    pitch = line.box.top - last.box.top
    if pitch > factor * body.pitch(size) and line.box.top - last.box.bottom > 0.25 * size:
        return True
    loose = _LOOSE if right - last.box.x1 > 2 * size else _LOOSER
    if pitch > loose * body.pitch(size) and _new_sentence(last, line):
        return True
    of_heading = last.style == line.style and last.style.size > _HEADING * body.size
    if labels.match(last.text) and len(group) == 1 and _whole_style(last) and last.style.bold and not of_heading:
        both = labels.match(f"{last.text} {line.text}")
        if not (both and both.exact):
            return True
    if labels.match_start(line.text) and _label_look(line, group):
        return True
    if _heads_text(line, last, labels):
        return True
    if _announces(group[0]) and _announces(group[0]) == _announces(line):
        return True
    if _run_in(line) and last.text.rstrip()[-1:] in ".!?…" and (_run_in(group[0]) or _opens_with_label(line, labels)):
        return True
    if _NUMBERED.match(line.text) and _NUMBERED.match(group[0].text):
        return True
    return _paragraph_end(group, line, right)


_HEADING = 1.25  # of the body's letter size: lines in one look are one heading, though the first is a word of labels
_LOOSE = 1.12  # of the usual pitch: a new paragraph where a sentence ends before the end of its line
_LOOSER = 1.2  # where it ends with its line


def _new_sentence(last: Line, line: Line) -> bool:
    return last.text.rstrip().endswith((".", "!", "?", "…")) and line.text[:1].isupper()


def _closes(group: Sequence[Line], line: Line) -> bool:
    """A sign at the start of a line that closes what lines above it quote: "« définitive⏎» des familles"."""
    said = "".join(above.text for above in group)
    return line.text[0] in "»›" and any(said.count(a) > said.count(b) for a, b in ("«»", "‹›") if line.text[0] == b)


def _lone_dash(last: Line, line: Line, body: BodyText) -> bool:
    """The only dash of the column, at a line start right under a line as far left: punctuation, not a list mark."""
    near = line.box.top - last.box.top < 1.2 * body.pitch(line.style.size)
    return line.text[0] in "-–—" and near and abs(line.box.x0 - last.box.x0) < 2


def _label_look(line: Line, group: Sequence[Line]) -> bool:
    """A line that opens with a label and a colon, in the look of labels: bold first word, or like the group's first. A
    line in small letters under one with a capital goes on with it ("12 000 € HT par⏎an – Durée : …")."""
    if line.text[:1].islower() and group[0].text[:1].isupper():
        return False
    first = line.passage.pieces[0].word.style
    return first.bold or first != line.style or ":" in group[0].text[:45]


def _heads_text(line: Line, last: Line, labels: Labels) -> bool:
    """A known label in bold at the start of a line, or alone on it, after words that are not."""
    first, before = line.passage.pieces[0].word.style, last.passage.pieces[-1].word.style
    if not first.bold or before.bold:
        return False
    text = line.text if _whole_style(line) else line.text[: line.passage.opening].rstrip(" .")
    hit = labels.match(text)
    return hit is not None and hit.exact


def _announces(line: Line) -> tuple[bool, str | None, float] | None:
    """The look of the words before a colon at the start of a line ("Réf. client : …"), where they stand out in it."""
    words = [p.word for p in line.passage.pieces]
    first = words[0].style
    lead = [w for w in itertools.takewhile(lambda w: (w.style.bold, w.style.color) == (first.bold, first.color), words)]
    text = " ".join(w.text for w in lead).rstrip()
    colon = text.endswith(":") or len(lead) < len(words) and words[len(lead)].text == ":"
    return (first.bold, first.color, first.size) if colon and len(text) <= _LONGEST_RUN_IN and first.bold else None


def _run_in(line: Line) -> bool:
    """Does it open with a few words in a look of their own and a stop ("Le besoin. La ville voulait …")?"""
    head = line.text[: line.passage.opening].rstrip()
    return 3 < len(head) <= _LONGEST_RUN_IN and head[-1] in ".:" and head[:1].isupper()


def _opens_with_label(line: Line, labels: Labels) -> bool:
    hit = labels.match(line.text[: line.passage.opening].rstrip(" ."))
    return hit is not None and hit.exact


def _turns(last: Line, line: Line) -> bool:
    """Does the look change between these lines? The end of one is compared with the start of the other, so that a
    label in bold at the start of a line, or a bold word in a sentence, does not count."""
    end, start = last.passage.pieces[-1].word.style, line.passage.pieces[0].word.style
    if abs(end.size - start.size) > 0.08 * max(end.size, start.size):
        return abs(last.style.size - line.style.size) > 0.08 * last.style.size
    if end.bold != start.bold or end.color != start.color:
        return _whole_style(last) and (_whole_style(line) or ":" in line.text[:45])
    return end.italic != start.italic and end.font != start.font and _whole_style(last) and _whole_style(line)


def _whole_style(line: Line) -> bool:
    return all(p.word.style.bold == line.style.bold for p in line.passage.pieces)


def _paragraph_end(group: Sequence[Line], line: Line, right: float) -> bool:
    """In a column set without space between paragraphs: a short last line, a full stop, then a capital."""
    last = group[-1]
    short = right - last.box.x1 > 0.22 * (right - min(g.box.x0 for g in group))
    ended = last.text.rstrip().endswith((".", "!", "?", "…"))
    indented = line.box.x0 - min(g.box.x0 for g in group) > 0.8 * line.style.size and len(group) > 1
    opens = line.text[:1].isupper()
    width = right - min(g.box.x0 for g in group)
    very_short = right - last.box.x1 > 0.45 * width and last.text.rstrip()[-1:] not in ",-–:;(" and len(group) == 1
    words = last.text.split()
    whole = (
        len(words) > 2
        and last.text[:1].isupper()
        and ":" not in last.text
        and (len(words[-1]) > 3 or words[-1].isdigit())
    )
    if very_short and opens and whole and width > 150:
        return True
    return ended and opens and (short and len(group) >= 1 or indented)


def _block(group: Sequence[Line], bullets: frozenset[str], region: int) -> Block:
    passage = Passage.join([line.passage for line in group])
    box = BBox.around(line.box for line in group)
    cut = marker(passage.text, bullets)
    kind = BlockKind.PARAGRAPH
    if cut:
        kind = BlockKind.BULLET
        passage = passage.slice(cut, len(passage.text))
    return Block("", kind, passage, group[0].passage.page, box, region=region)

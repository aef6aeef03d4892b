"""What a page holds once it is read: words with their look, drawn shapes, and text whose place is known.

Coordinates are PDF points from the top left corner of the page. Text input (.txt, .md) has no boxes.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter

from carnet.schemas.quick import made_quickly


@made_quickly
@dataclass(frozen=True, slots=True)
class BBox:
    """A rectangle on a page: x0 < x1, top < bottom."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @staticmethod
    def around(boxes: Iterable[BBox]) -> BBox:
        """The smallest box that holds all of `boxes`; ValueError when there is none."""
        some = iter(boxes)
        first = next(some, None)
        if first is None:
            raise ValueError("no box to be around")
        x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
        for box in some:
            if box.x0 < x0:
                x0 = box.x0
            if box.top < top:
                top = box.top
            if box.x1 > x1:
                x1 = box.x1
            if box.bottom > bottom:
                bottom = box.bottom
        return BBox(x0, top, x1, bottom)

    def contains(self, other: BBox, slack: float = 1.0) -> bool:
        return (
            self.x0 - slack <= other.x0
            and self.top - slack <= other.top
            and self.x1 + slack >= other.x1
            and self.bottom + slack >= other.bottom
        )

    def x_overlap(self, other: BBox) -> float:
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def y_overlap(self, other: BBox) -> float:
        return min(self.bottom, other.bottom) - max(self.top, other.top)


@made_quickly
@dataclass(frozen=True, slots=True)
class Style:
    """How a word looks. `color` is the fill colour as #rrggbb, None where unknown."""

    size: float = 0.0
    bold: bool = False
    italic: bool = False
    color: str | None = None
    font: str = ""


@made_quickly
@dataclass(frozen=True, slots=True)
class Word:
    """A printed word. `box` and `page` are None for text input. `confidence`: of the engine that recognised it in a
    picture, 0 to 1; None where letters are in the file."""

    text: str
    page: int | None = None
    box: BBox | None = None
    style: Style = Style()
    confidence: float | None = None


@made_quickly
@dataclass(frozen=True, slots=True)
class Piece:
    """A word's place inside a passage: text[start:end] was printed by `word`."""

    start: int
    end: int
    word: Word


@made_quickly
@dataclass(frozen=True, slots=True)
class Place:
    """Where a value stands: one box per printed line, with the page of each."""

    boxes: tuple[tuple[int | None, BBox | None], ...]

    @property
    def page(self) -> int | None:
        return self.boxes[0][0] if self.boxes else None

    @property
    def box(self) -> BBox | None:
        """The box around all that stands on the first page."""
        first = [box for page, box in self.boxes if box is not None and page == self.page]
        return BBox.around(first) if first else None


@made_quickly
@dataclass(frozen=True, slots=True)
class Passage:
    """Text that knows which printed word each of its characters came from.

    Lines are parted by a newline until `flow` joins them. Example: the cell "Montpellier Méditerranée Métro-⏎pole"
    flows into "Montpellier Méditerranée Métropole", and still knows both boxes.
    """

    text: str
    pieces: tuple[Piece, ...] = ()

    @staticmethod
    def of_words(words: Sequence[Word]) -> Passage:
        """Words of one printed line, one space apart."""
        pieces, parts, at = [], [], 0
        for word in words:
            pieces.append(Piece(at, at + len(word.text), word))
            parts.append(word.text)
            at += len(word.text) + 1
        return Passage(" ".join(parts), tuple(pieces))

    @staticmethod
    def join(passages: Sequence[Passage], separator: str = "\n") -> Passage:
        return Passage._chain(passages, [*[separator] * (len(passages) - 1), ""])

    @staticmethod
    def _chain(passages: Sequence[Passage], joints: Sequence[str]) -> Passage:
        """`joints[i]` stands behind passage i."""
        pieces: list[Piece] = []
        texts: list[str] = []
        at = 0
        for passage, joint in zip(passages, joints, strict=False):
            pieces += [Piece(p.start + at, p.end + at, p.word) for p in passage.pieces] if at else passage.pieces
            texts += (passage.text, joint)
            at += len(passage.text) + len(joint)
        return Passage("".join(texts), tuple(pieces))

    def slice(self, start: int, end: int) -> Passage:
        """text[start:end] with white space at both ends dropped."""
        text = self.text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        first = bisect_right(self.pieces, start, key=_END)  # pieces stand in the order of the text
        last = bisect_left(self.pieces, end, key=_START)
        pieces = self.pieces[first:last]
        if start or pieces and pieces[-1].end > end:
            pieces = tuple([Piece(max(p.start, start) - start, min(p.end, end) - start, p.word) for p in pieces])
        return Passage(text[start:end], pieces)

    def lines(self) -> list[Passage]:
        out, at = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                out.append(self.slice(at, at + len(line)))
            at += len(line) + 1
        return out

    def flow(self, keep_hyphen: frozenset[str] = frozenset()) -> Passage:
        """Lines joined into running text: a word cut by a hyphen at a line end is made whole.

        `keep_hyphen` holds compounds ("rendez-vous") whose hyphen is their own, and, after a hyphen, words that join
        proper names ("-sur" for "Saint-Nazaire-⏎sur-Brière").
        """
        lines = self.lines()
        if len(lines) < 2:
            return lines[0] if lines else Passage("")
        done, joints = [lines[0]], []
        word = lines[0].text  # the end of what is done, at least its last word
        for line in lines[1:]:
            joint, cut = _joint(word, line.text, keep_hyphen)
            if cut:
                done[-1] = done[-1].slice(0, len(done[-1].text) - 1)
            done.append(line)
            joints.append(joint)
            word = (word[: len(word) - cut] + joint + line.text)[-_LONGEST_WORD:]
        return Passage._chain(done, [*joints, ""])

    def whole_words(self) -> Passage:
        """Words that a soft hyphen cuts at the end of a line made whole: it is no sign of their own, while "-" may be
        one of a name or of an address. Other lines stay: "Ber\u00ad⏎nard,⏎bdupont@ville.fr" has two.
        """
        lines = self.lines()
        if not any(line.text.endswith("\u00ad") for line in lines):
            return self
        done, joints = [lines[0]], []
        for line in lines[1:]:
            joint, cut = (
                _joint(done[-1].text, line.text, frozenset()) if done[-1].text.endswith("\u00ad") else ("\n", 0)
            )
            if cut:
                done[-1] = done[-1].slice(0, len(done[-1].text) - 1)
            done.append(line)
            joints.append(joint)
        return Passage._chain(done, [*joints, ""])

    def place(self, start: int = 0, end: int | None = None) -> Place:
        """The boxes of text[start:end], one for each printed line."""
        end = len(self.text) if end is None else end
        lines: list[tuple[int | None, list[BBox]]] = []
        for piece in self.pieces:
            if piece.end <= start or piece.start >= end:
                continue
            page, box = piece.word.page, piece.word.box
            if box is None:
                lines.append((page, []))
                continue
            last = lines[-1] if lines else None
            if last and last[1] and last[0] == page and _same_line(last[1][-1], box):
                last[1].append(box)
            else:
                lines.append((page, [box]))
        return Place(tuple((page, BBox.around(boxes) if boxes else None) for page, boxes in lines))

    @property
    def page(self) -> int | None:
        return self.pieces[0].word.page if self.pieces else None

    @property
    def style(self) -> Style:
        """The look of most of its letters."""
        if not self.pieces:
            return Style()
        first = self.pieces[0].word.style
        if all([piece.word.style is first for piece in self.pieces]):
            return first
        weight: dict[Style, int] = {}
        for piece in self.pieces:
            weight[piece.word.style] = weight.get(piece.word.style, 0) + piece.end - piece.start
        return max(weight, key=lambda s: weight[s])

    @property
    def opening(self) -> int:
        """Where the weight, slant or colour of its first words ends; 0 where it never changes.

        7 in "Besoin. La ville voulait …" with its first word in bold.
        """
        if not self.pieces:
            return 0
        first = self.pieces[0].word.style
        end = 0
        for piece in self.pieces:
            style = piece.word.style
            if (style.bold, style.italic, style.color) != (first.bold, first.italic, first.color):
                return end
            end = piece.end
        return 0

    def __bool__(self) -> bool:
        return bool(self.text.strip())


_START, _END = attrgetter("start"), attrgetter("end")
_LONGEST_WORD = 200


def _joint(word: str, line: str, keep_hyphen: frozenset[str]) -> tuple[str, int]:
    """What stands between `word` at a line end and the next line, and how many letters (a hyphen) the word loses."""
    if word.endswith("\u00ad") and not (len(word) > 1 and word[-2].isalnum()):
        return "", 1
    if not (len(word) > 1 and word[-1] in "-\u2010\u00ad" and word[-2].isalnum()):
        return " ", 0
    head = word[:-1].replace("’", "'").split()[-1].rpartition("'")[2] or "'"
    tail = line.split()[0].casefold().replace("’", "'").rstrip(".,;:)")
    joins = (tail.split("-")[0], tail[:2] if tail[1:2] == "'" else tail)
    linked = head[:1].isupper() and any(f"-{link}" in keep_hyphen for link in joins)
    own = line[0].isupper() or not line[0].isalpha() or f"{head.casefold()}-{tail}" in keep_hyphen or linked
    if word[-1] == "\u00ad":  # some fonts say so for every hyphen: "Mont\u00ad⏎Bergnies"
        return ("-", 1) if own and head[:1].isupper() and line[0].isalpha() else ("", 1)
    return "", 0 if own else 1


def _same_line(a: BBox, b: BBox) -> bool:
    return a.y_overlap(b) > 0.5 * min(a.height, b.height)


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn thing: a filled or outlined box, a rule, a picture."""

    kind: str  # box, rule, picture
    box: BBox
    fill: str | None = None  # #rrggbb
    stroke: str | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """One page as read. `width` and `height` are 0 for text input. `notes` are reading troubles, for findings. `tabs`:
    text turned on its side at the edges, each as one word. `turn`: degrees against the clock by which a crooked scan
    was set upright; boxes are those of the upright page."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    shapes: tuple[Shape, ...] = ()
    notes: tuple[str, ...] = ()
    tabs: tuple[Word, ...] = ()
    turn: float = 0.0

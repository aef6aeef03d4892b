"""Blocks -> tokens: what each block says about the structure."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

from carnet.pipeline.outline.fact_lines import at_fact_lines, value_label
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.labels import LabelHit, unknown_label
from carnet.pipeline.values.plain import is_value, tells_person
from carnet.schemas.layout import Block, BlockKind, Layout, Passage, RowLevel, Style
from carnet.schemas.outline import PartKind


class Is(StrEnum):
    """What a block is to whoever reads the missions."""

    LABEL = "label"  # a line that is a label: what follows is its value
    INLINE = "inline"  # label and value in one block
    HEADS = "heads"  # column heads of a table
    CELLS = "cells"  # a row of a table
    BAND = "band"  # a row that spans a table
    TEXT = "text"
    FURNITURE = "furniture"


@dataclass(frozen=True)
class Token:
    """A block with its meaning. `value`: items after an inline label. `look`: size and weight, colour left out."""

    block: Block
    what: Is
    hit: LabelHit | None = None
    label: Passage | None = None
    value: tuple[Passage, ...] = ()
    hits: tuple[LabelHit | None, ...] = ()
    of_values: bool = False  # a line of nothing but values ("2021 · 45 k€ HT · avec X")
    of_facts: bool = False  # column heads over the one row of facts of a fiche

    @property
    def passage(self) -> Passage:
        return self.block.passage

    @property
    def text(self) -> str:
        return self.block.passage.text

    @property
    def page(self) -> int | None:
        return self.block.page

    @property
    def kind(self) -> PartKind | None:
        return self.hit.kind if self.hit else None

    @cached_property
    def style(self) -> Style:
        return self.block.passage.style

    @cached_property
    def look(self) -> tuple[object, ...]:
        style = self.style
        return "size", round(style.size), style.bold, style.italic, self.capitals

    @cached_property
    def capitals(self) -> bool:
        """Set in capitals throughout, and more than an acronym."""
        return self.text.isupper() and sum(c.isalpha() for c in self.text) > 4

    @cached_property
    def bar(self) -> tuple[object, ...] | None:
        """Look of a text in a filled box: a title bar whose letters may shrink to fit."""
        if self.block.fill in (None, "#ffffff"):
            return None
        return "bar", self.block.fill, self.style.bold

    @property
    def is_bullet(self) -> bool:
        return self.block.kind is BlockKind.BULLET


@dataclass(frozen=True)
class Stream:
    """Tokens in reading order, with what is usual in this document."""

    tokens: tuple[Token, ...]
    body_size: float
    body_bold: bool
    has_boxes: bool
    rules: Rules

    def prominent(self, token: Token) -> bool:
        """Does this text stand out from the body: larger, or bold where the body is not, and short?"""
        if token.what is not Is.TEXT or token.is_bullet or token.of_values:
            return False
        style = token.style
        if len(token.text) > 330 or token.text.count("\n") > 4:
            return False
        larger = style.size > 1.1 * self.body_size
        bolder = style.bold and not self.body_bold and style.size >= 0.85 * self.body_size
        return larger or bolder or token.capitals and len(token.text) < 80 and self.has_boxes

    def noise(self, name: str, text: str) -> bool:
        pattern = self.rules.lexicon("noise").get(name)
        return bool(pattern and re.search(pattern, fold(text).strip()))


def to_stream(layout: Layout, rules: Rules) -> Stream:
    """Blocks as tokens in reading order, with the look of the running text, by which others are prominent."""
    weight: Counter[tuple[float, bool]] = Counter()
    for block in layout.blocks:
        if block.kind is not BlockKind.FURNITURE:
            style = block.passage.style
            weight[round(style.size, 1), style.bold] += len(block.passage.text)
    (size, bold), _ = weight.most_common(1)[0] if weight else ((10.0, False), 0)
    tokens = [_token(part, rules, layout.has_boxes) for b in layout.blocks for part in _at_labels(b, rules)]
    tokens = _with_fact_tables(tokens)
    return Stream(tuple(tokens), size, bold, layout.has_boxes, rules)


def _with_fact_tables(tokens: list[Token]) -> list[Token]:
    """Where most tables have one row, and texts under labels stand above or under it, they are facts of fiches, not
    lists."""
    heads = [i for i, t in enumerate(tokens) if t.what is Is.HEADS]
    single = [i for i in heads if _one_row(tokens, i)]
    told = sum(_text_follows(tokens, i) or _text_precedes(tokens, i) for i in single)
    if len(single) < 2 or told < 2 or told < 0.4 * len(single) or len(single) < 0.6 * len(heads):
        return tokens
    return [replace(t, of_facts=True) if i in single else t for i, t in enumerate(tokens)]


def _one_row(tokens: Sequence[Token], at: int) -> bool:
    after = [t.what for t in tokens[at + 1 : at + 3]]
    return after[:1] == [Is.CELLS] and after[1:] not in ([Is.CELLS], [Is.BAND])


def _text_follows(tokens: Sequence[Token], at: int) -> bool:
    """A label of running text right behind the row, or behind a line or two."""
    return any(t.kind in _NARRATIVE for t in tokens[at + 2 : at + 5])


def _text_precedes(tokens: Sequence[Token], at: int) -> bool:
    """A label of running text on its page, above it and under any other table."""
    page = itertools.takewhile(lambda t: t.what is not Is.CELLS and t.page == tokens[at].page, reversed(tokens[:at]))
    return tokens[at].page is not None and any(t.kind in _NARRATIVE for t in page)


_NARRATIVE = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS, PartKind.SUBJECT)
_BETWEEN = re.compile(r"\s{1,40}[–—|;•·-]\s{1,40}|\s{0,40}[|;]\s{0,40}")


def _at_labels(block: Block, rules: Rules) -> list[Block]:
    """A line of several labelled values ("Montant : 30 000 € – Contact : Mme X") as a block for each, as are lines of
    values in a paragraph."""
    if block.kind is BlockKind.PARAGRAPH:
        pieces = at_fact_lines(block.passage, rules)
        return [part for p in pieces for part in _at_marks(replace(block, passage=p), rules)]
    return _at_marks(block, rules)


def _at_marks(block: Block, rules: Rules) -> list[Block]:
    text = block.passage.text
    if block.kind in (BlockKind.ROW, BlockKind.FURNITURE) or text.count(":") < 2 or len(text) > 900:
        return [block]
    first = rules.labels.match_start(" ".join(text.split("\n")))
    if not first or not first.exact:
        return [block]
    cuts = []
    for mark in _BETWEEN.finditer(text):
        start = rules.labels.match_start(text[mark.end() : mark.end() + 80].replace("\n", " "))
        if start and (start.exact or _stands_out(block.passage, mark.end())):
            cuts.append(mark)
    starts = [0, *(c.end() for c in cuts)]
    ends = [*(c.start() for c in cuts), len(text)]
    return [replace(block, passage=block.passage.slice(a, b)) for a, b in zip(starts, ends, strict=True)]


def _stands_out(passage: Passage, at: int) -> bool:
    """Is the word at `at` in the look of the first one, a label, and the one before it not?"""
    styles = [p.word.style for p in passage.pieces if p.start <= at]
    looks = [(s.bold, s.italic, s.color) for s in (*styles[-1:], *styles[-3:-2])]
    first = passage.pieces[0].word.style if passage.pieces else None
    return first is not None and len(looks) == 2 and looks[0] == (first.bold, first.italic, first.color) != looks[1]


def _token(block: Block, rules: Rules, has_boxes: bool) -> Token:
    if block.kind is BlockKind.FURNITURE:
        return Token(block, Is.FURNITURE)
    if block.kind is BlockKind.ROW:
        return _row(block, rules)
    text = block.passage.text
    lines = text.split("\n")
    flat = " ".join(lines)
    whole = rules.labels.match(flat)
    start = rules.labels.match_start(flat)
    if start and start.exact and start.rest < len(flat) and not (whole and whole.exact):
        return _inline(block, start, rules)
    if whole and _label_look(block, whole, has_boxes):
        return Token(block, Is.LABEL, whole, block.passage)
    if start and start.rest < len(flat) and not (block.kind is BlockKind.BULLET and not start.exact):
        return _inline(block, start, rules)
    styled = _styled_label(block.passage, rules)
    if styled:
        return _inline(block, styled, rules)
    spoken = value_label(flat, rules)
    if spoken:
        return _inline(block, spoken, rules)
    return Token(block, Is.TEXT, of_values=_of_values(flat, rules))


def _of_values(text: str, rules: Rules) -> bool:
    """Values between bars, at least the first of them a date or an amount."""
    if len(text) > 150 or not any(c.isdigit() for c in text):
        return False
    first, *more = _BARS.split(text)
    return bool(more) and is_value(first, rules)


_BARS = re.compile(r"\s{1,40}[|•·■▪]\s{1,40}")


def _label_look(block: Block, hit: LabelHit, has_boxes: bool) -> bool:
    """A label by its first word only must look like one: bold, a colon, or a box without style to tell."""
    if block.kind is BlockKind.BULLET:
        return hit.exact and hit.kind not in (PartKind.PLACE, PartKind.OTHER)
    return hit.exact or (has_boxes and block.passage.style.bold) or block.passage.text.rstrip().endswith(":")


def _inline(block: Block, hit: LabelHit, rules: Rules) -> Token:
    passage = block.passage
    value = passage.slice(hit.rest, len(passage.text))
    hit = _of_person(hit, value, rules)
    return Token(block, Is.INLINE, hit, passage.slice(0, hit.end), (value,) if value else ())


def _of_person(hit: LabelHit, value: Passage, rules: Rules) -> LabelHit:
    """ "Référence : Anne Vasseur, 04 …" names someone to ask; a number of the fiche stands behind the same word."""
    if hit.kind is not PartKind.REFERENCE or not tells_person(" ".join(value.text.split()), rules):
        return hit
    return replace(hit, kind=PartKind.CONTACT, rule=f"{hit.rule}.person")


def _styled_label(passage: Passage, rules: Rules) -> LabelHit | None:
    """A bold or coloured opening that is a label, without a colon: "Commanditaire Ville de X"."""
    if not passage.pieces or not passage.pieces[0].word.style.size:
        return None
    end = passage.opening
    if end == 0 or end > 60:
        return None
    hit = rules.labels.match(passage.text[:end].rstrip(" ."))
    if not hit or not hit.exact:
        return None
    rest = end + len(passage.text[end:]) - len(passage.text[end:].lstrip(" .:\n–-"))
    return LabelHit(hit.kind, hit.rule, end, rest, True)


def _row(block: Block, rules: Rules) -> Token:
    if block.level == RowLevel.PAIR:
        flat = " ".join(block.cells[0].text.split())
        hit = rules.labels.match(flat) or _reference(flat, rules) or unknown_label(len(flat))
        hit = _of_person(hit, Passage.join(block.cells[1:]), rules)
        return Token(block, Is.INLINE, hit, block.cells[0], block.cells[1:])
    if block.level == RowLevel.BAND:
        return Token(block, Is.BAND)
    hits = tuple(rules.labels.match(" ".join(c.text.split())) for c in block.cells)
    filled = sum(bool(c) for c in block.cells)
    known = [h for h in hits if h]
    if block.level == RowLevel.HEADER or (
        filled >= 2 and len(known) >= max(2, 0.6 * filled) and len({h.kind for h in known}) >= 2
    ):
        return Token(block, Is.HEADS, hits=hits)
    return Token(block, Is.CELLS)


def _reference(label: str, rules: Rules) -> LabelHit | None:
    """ "Référence n° 3" beside a text: the text is the title."""
    if re.search(rules.lexicon("noise")["reference_line"], fold(label).strip()):
        return LabelHit(PartKind.TITLE, "outline.reference_title", len(label), len(label), False)
    return None

"""Pages of words -> blocks in reading order, with furniture marked and tables as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from carnet.pipeline.layout.blocks import BodyText, Line, lines_of, to_blocks
from carnet.pipeline.layout.boxes import Container, dissolve_label_cells, nest
from carnet.pipeline.layout.columns import Boxed, Cutter
from carnet.pipeline.layout.furniture import furniture, running_lines
from carnet.pipeline.layout.grids import grid_pairs
from carnet.pipeline.layout.pairs import Pair, find_pairs, stacked_pairs
from carnet.pipeline.layout.repair import repaired
from carnet.pipeline.layout.segments import Segment, segments, without_words
from carnet.pipeline.layout.tables import Table, find_tables
from carnet.pipeline.layout.tables.columns import Columns
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.list_marks import list_marks, marker
from carnet.schemas.layout import BBox, Block, BlockKind, Layout, Page, Passage, RowLevel, Word


@dataclass(frozen=True)
class _Node:
    """A thing with a place on the page: a segment, a label with its value, a drawn box, a table."""

    box: BBox
    what: Segment | Pair | Container | Table


def lay_out(pages: Sequence[Page], rules: Rules) -> Layout:
    """Blocks of all pages in reading order."""
    settings = rules.lexicon("layout")
    if not any(w.box for p in pages for w in p.words):
        return _plain(pages, rules)
    marks = list_marks(rules)
    by_page = {p.number: segments(repaired(p.words), settings["segment_gap"], _rules_down(p), marks) for p in pages}
    marked = furniture(pages, by_page, settings["furniture_pages"], settings["margin"], rules.labels)
    body = _body(by_page, marked)
    builder = _Builder(rules, settings, body)
    for page in pages:
        builder.page(page, by_page[page.number], marked)
    blocks = tuple(replace(b, id=f"b{i}") for i, b in enumerate(builder.blocks))
    notes = tuple((p.number, n) for p in pages for n in p.notes)
    return Layout(blocks, len(pages), True, notes)


def _rules_down(page: Page) -> list[tuple[float, float, float]]:
    """Drawn vertical lines as (x, top, bottom): no segment runs across one."""
    return [
        ((s.box.x0 + s.box.x1) / 2, s.box.top, s.box.bottom)
        for s in page.shapes
        if s.kind == "rule" and s.box.height > 10 and s.box.width < 3
    ]


def _body(by_page: dict[int, list[Segment]], marked: set[int]) -> BodyText:
    """The look of most letters, and the line pitch of each letter size."""
    weight: Counter[tuple[float, bool]] = Counter()
    pitches: dict[float, Counter[float]] = {}
    for some in by_page.values():
        by_left: dict[int, list[Segment]] = {}
        for s in some:
            if id(s) in marked:
                continue
            style = s.style
            weight[round(style.size, 1), style.bold] += len(s.text)
            by_left.setdefault(round(s.box.x0 / 3), []).append(s)
        for column in by_left.values():
            column.sort(key=lambda s: s.box.top)
            for a, b in zip(column, column[1:], strict=False):
                pitch = b.box.top - a.box.top
                if abs(a.size - b.size) < 0.2 and 0.9 * a.size < pitch < 2.2 * a.size:
                    pitches.setdefault(round(a.style.size, 1), Counter())[round(pitch * 2) / 2] += 1
    (size, bold), _ = weight.most_common(1)[0] if weight else ((10.0, False), 0)
    usual = {}
    for key, counts in pitches.items():
        top = max(counts.values())
        usual[key] = min(p for p, n in counts.items() if n >= 0.35 * top) + 0.5
    return BodyText(size, bold, usual)


class _Builder:
    """Collects the blocks of one page after the other."""

    def __init__(self, rules: Rules, settings: Any, body: BodyText) -> None:
        self.rules, self.settings, self.body = rules, settings, body
        self.bullets = list_marks(rules)
        self.blocks: list[Block] = []
        self.region = 0
        self.carried: Columns | None = None

    def page(self, page: Page, found: Sequence[Segment], marked: set[int]) -> None:
        free, forms = stacked_pairs([s for s in found if id(s) not in marked], self.rules.labels)
        forms += grid_pairs(page, free, self.rules.labels)
        paired = {id(s) for p in forms for s in p.segments}
        free = [s for s in free if id(s) not in paired]
        words = [w for s in free for w in s.words]
        tables = find_tables(page, words, self.rules.labels, self.settings["cell_gap"], self.carried)
        taken = {w for t in tables for w in t.words}
        self.carried = tables[-1].columns if tables and tables[-1].reaches_foot else None
        free = without_words(free, taken)
        root = nest(page, free, forms)
        for tab in page.tabs:
            self._add(Block("", BlockKind.FURNITURE, Passage.of_words([tab]), page.number, _at_top(tab)))
        self._furniture([s for s in found if id(s) in marked and s.box.top < page.height / 2], page)
        self._container(root, page, tables)
        self._furniture([s for s in found if id(s) in marked and s.box.top >= page.height / 2], page)

    def _furniture(self, some: Sequence[Segment], page: Page) -> None:
        for s in some:
            self._add(Block("", BlockKind.FURNITURE, s.passage, page.number, s.box))

    def _add(self, block: Block) -> None:
        self.blocks.append(block)

    def _container(self, box: Container, page: Page, tables: Sequence[Table]) -> None:
        dissolve_label_cells(box, self.rules.labels)
        nodes = [_Node(c.box, c) for c in box.children] + [_Node(t.box, t) for t in tables]
        pairs = find_pairs(box.segments, self.rules.labels, box.box.x1)
        paired = {id(s) for p in pairs for s in p.segments}
        nodes += [_Node(p.box, p) for p in (*box.pairs, *pairs)]
        nodes += [_Node(s.box, s) for s in box.segments if id(s) not in paired]
        if not nodes:
            return
        cutter = Cutter(
            size=self.body.size,
            gutter=self.settings["gutter"],
            thin=self.settings["thin_gutter"],
            gutter_lines=self.settings["gutter_lines"],
            rules=[s.box for s in page.shapes if s.kind == "rule" and s.box.height < 3],
            walls=[s.box for s in page.shapes if s.kind == "rule" and s.box.width < 3],
            starts=self._starts,
            is_text=_is_text,
        )
        for leaf in cutter.leaves(nodes):
            self._leaf(leaf, page, box)

    def _starts(self, node: Boxed) -> float:
        """Letter size of a node that looks like the heading of a new subject, else 0."""
        assert isinstance(node, _Node)
        if isinstance(node.what, Container):
            inner = [s for s in node.what.segments]
            heads = bool(inner) and inner[0].size > 1.25 * self.body.size and node.what.fill not in (None, "#ffffff")
            return inner[0].size if heads else 0.0
        size = node.what.style.size if isinstance(node.what, Segment) else 0.0
        return size if size > 1.18 * self.body.size else 0.0

    def _leaf(self, leaf: Sequence[_Node], page: Page, home: Container) -> None:
        self.region += 1
        region = self.region
        run: list[Segment] = []

        def flush() -> None:
            if run:
                lines = lines_of(run)
                for block in self._text(lines, region):
                    self._add(replace(block, fill=home.fill))
                run.clear()

        for node in leaf:
            what = node.what
            if isinstance(what, Segment):
                run.append(what)
                continue
            flush()
            if isinstance(what, Pair):
                self._pair(what, page, region)
            elif isinstance(what, Table):
                self._table(what, page)
            else:
                self._container(what, page, ())
        flush()

    def _text(self, lines: Sequence[Line], region: int) -> list[Block]:
        return to_blocks(lines, self.body, self.bullets, self.rules.labels, self.settings["paragraph_pitch"], region)

    def _pair(self, pair: Pair, page: Page, region: int) -> None:
        label = Passage.join([s.passage for s in pair.label])
        items = [b.passage for b in self._text(lines_of(pair.value), region)]
        self._add(
            Block(
                "",
                BlockKind.ROW,
                Passage.join([label, *items]),
                page.number,
                pair.box,
                RowLevel.PAIR,
                (label, *items),
                region,
            )
        )

    def _table(self, table: Table, page: Page) -> None:
        self.region += 1
        if table.header:
            heads = table.columns.heads
            self._add(
                Block(
                    "",
                    BlockKind.ROW,
                    Passage.join(heads),
                    page.number,
                    table.header,
                    RowLevel.HEADER,
                    heads,
                    self.region,
                )
            )
        for band, cells, box in table.rows:
            level = RowLevel.BAND if band else RowLevel.ROW
            self._add(Block("", BlockKind.ROW, Passage.join(cells), page.number, box, level, cells, self.region))


def _at_top(tab: Word) -> BBox | None:
    """A tab stands over its whole page, at whatever height it is printed."""
    return BBox(tab.box.x0, 0, tab.box.x1, 1) if tab.box else None


def _is_text(node: Boxed) -> bool:
    return isinstance(node, _Node) and isinstance(node.what, Segment)


# ---- text without boxes -------------------------------------------------------------------------------------------


def _plain(pages: Sequence[Page], rules: Rules) -> Layout:
    """Text input: the reader yields a word per line, in the style of its mark-up; its `font` numbers the paragraphs."""
    bullets = list_marks(rules)
    blocks: list[Block] = []
    for page in pages:
        footers = running_lines(page.words)
        flowing = any(len(w.text) > _WRAPPED for w in page.words)
        for _, group in groupby(page.words, key=lambda w: w.style.font):
            for lines in _at_labels(list(group), rules, flowing):
                block = _plain_block(Passage.join([Passage.of_words([w]) for w in lines]), bullets)
                running = len(lines) == 1 and id(lines[0]) in footers
                blocks.append(replace(block, kind=BlockKind.FURNITURE, cells=()) if running else block)
    kept = tuple(replace(b, id=f"b{i}") for i, b in enumerate(blocks))
    return Layout(kept, len(pages), False, tuple((p.number, n) for p in pages for n in p.notes))


_WRAPPED = 140  # letters; a text with longer lines is not wrapped by hand: each of its lines is a paragraph


def _at_labels(lines: list[Word], rules: Rules, flowing: bool) -> list[list[Word]]:
    """Lines of a paragraph, parted before each that opens with a label ("Montant : 18 500 €"), behind each that is
    one, and, in a `flowing` text, behind each that ends a sentence."""
    parts: list[list[Word]] = []
    alone = False
    for line in lines:
        start = rules.labels.match_start(line.text)
        whole = rules.labels.match(line.text)
        label = whole is not None and whole.exact and line.text[:1].isupper()
        ended = flowing and bool(parts) and parts[-1][-1].text.rstrip()[-1:] in ".!?…" and line.text[:1].isupper()
        if not parts or alone or ended or label or start and start.exact:
            parts.append([line])
        else:
            parts[-1].append(line)
        alone = label
    return parts


def _plain_block(passage: Passage, bullets: frozenset[str]) -> Block:
    text = passage.text
    if "\t" in text:
        cells, at = [], 0
        for cell in text.split("\t"):
            piece = passage.slice(at, at + len(cell))
            cells.append(_unmarked(piece, bullets)[0])
            at += len(cell) + 1
        return Block("", BlockKind.ROW, passage, None, None, RowLevel.ROW, tuple(cells))
    indent = len(text) - len(text.lstrip())
    body, marked = _unmarked(passage.slice(0, len(text)), bullets)
    kind = BlockKind.BULLET if marked else BlockKind.PARAGRAPH
    return Block("", kind, body, None, None, 1 + indent if marked else 0)


def _unmarked(passage: Passage, bullets: frozenset[str]) -> tuple[Passage, bool]:
    """The passage without its list marks ("- ▶ La ville" has two), and whether it had any."""
    marked = False
    for _ in range(2):
        cut = marker(passage.text, bullets)
        if not cut:
            break
        marked, passage = True, passage.slice(cut, len(passage.text))
    return passage, marked

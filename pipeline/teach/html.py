"""Nodes -> a PDF printed by Chromium from HTML. The twin is coded as Typst's is, so that both tell the truth alike."""

from __future__ import annotations

import math
import re
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape
from random import Random

import pypdfium2

from carnet.pipeline.teach.chromium import BrowserError, browser
from carnet.pipeline.teach.html_nodes import Setting, line_height, node_html
from carnet.pipeline.teach.html_style import SCRIPT, STYLE, Habits, habits
from carnet.pipeline.teach.nodes import (
    Box,
    Chain,
    Columns,
    Grid,
    Node,
    PageBreak,
    Paper,
    Para,
    Place,
    Sheet,
    Stack,
    Turned,
    paras,
)
from carnet.pipeline.teach.typst import Drawn

PX = 4 / 3  # pixels of a point
_LEG = 0xF00000  # numbers that tell where a leg starts lie beyond all runs'


@dataclass(frozen=True)
class Leg:
    """What starts on a page of its own: a stretch of a sheet between two page breaks. `count`: its pages."""

    sheet: Sheet
    nodes: tuple[Node, ...]
    count: int = 1


def set_paper(paper: Paper, coded: bool = False) -> Drawn:
    """The PDF of a paper. Raises BrowserError where Chromium is missing or fails."""
    plain, twin = twins(paper)
    return twin if coded else plain


def twins(paper: Paper) -> tuple[Drawn, Drawn]:
    """The PDF and its coded twin. The twin comes first and tells how many pages each leg has, as running heads need."""
    chosen = habits(Random(fingerprint(paper)), paper)
    paper = chosen.dressed(paper)
    some = legs(paper)
    twin = _printed(paper, some, chosen, coded=True)
    counts = _counts(twin.pdf, len(some))
    if any(leg.count != n for leg, n in zip(some, counts, strict=True)):
        some = [replace(leg, count=n) for leg, n in zip(some, counts, strict=True)]
        if any(_dressed(leg.sheet) for leg in some):
            twin = _printed(paper, some, chosen, coded=True)
    return _printed(paper, some, chosen, coded=False), twin


def fingerprint(paper: Paper) -> int:
    """A number from the paper's own words: its habits are the same each time."""
    words = "".join(r.text for sheet in paper.sheets for c in sheet.children for p in paras(c) for r in p.runs)
    return zlib.crc32(words.encode())


def legs(paper: Paper) -> list[Leg]:
    """The legs of a paper; sheets that print nothing have none."""
    out: list[Leg] = []
    for sheet in paper.sheets:
        some: list[list[Node]] = [[]]
        for node in _flat(sheet.children):
            if isinstance(node, PageBreak):
                some.append([])
            else:
                some[-1].append(node)
        out += [Leg(sheet, tuple(nodes)) for nodes in some if nodes]
    return out


def _flat(nodes: Iterable[Node]) -> Iterable[Node]:
    """The nodes of a flow, without stacks around page breaks."""
    for node in nodes:
        if isinstance(node, Stack) and any(isinstance(c, PageBreak) for c in node.children):
            yield from _flat(node.children)
        else:
            yield node


def _printed(paper: Paper, some: Sequence[Leg], chosen: Habits, coded: bool) -> Drawn:
    s = Setting(paper, coded, chosen)
    html = document(s, some)
    pdf = browser().print(html, chosen.tagged)
    return Drawn(re.sub(rb"\(D:\d{14}", b"(D:20240305091500", pdf), tuple(s.marks))


def _counts(pdf: bytes, count: int) -> list[int]:
    """Pages of each leg, from the signs printed at their starts."""
    with pypdfium2.PdfDocument(pdf) as document_:
        starts: dict[int, int] = {}
        for n, page in enumerate(document_):
            text = "".join(page.get_textpage().get_text_bounded().split())
            starts |= {int(found): n for found in re.findall(r"¤(\d+)¤", text)}
        total = len(document_)
    if len(starts) != count:
        raise BrowserError(f"{len(starts)} starts printed of {count}")
    ends = [*(starts[n] for n in range(1, count)), total]
    return [end - starts[n] for n, end in enumerate(ends)]


def _dressed(sheet: Sheet) -> bool:
    return bool(sheet.header or sheet.footer or sheet.background or sheet.fill)


# ---- document and pages


def document(s: Setting, some: Sequence[Leg]) -> str:
    """The HTML of all legs."""
    p = s.paper
    sizes = list(dict.fromkeys(_pixels(leg.sheet) for leg in some))
    pages = "".join(f"@page p{n}{{size:{w}px {h}px;margin:0}}.p{n}{{page:p{n}}}" for n, (w, h) in enumerate(sizes))
    body = (
        f"body{{font:{p.size}pt/{line_height(p.leading)} {s.habits.family(p.font)};color:{p.color};"
        f"text-align:{'justify' if p.justify else 'left'}}}"
    )
    total, first, out = sum(leg.count for leg in some), 1, []
    for n, leg in enumerate(some):
        out.append(_leg(s, leg, n, sizes.index(_pixels(leg.sheet)), first, total))
        first += leg.count
    title = escape(p.metadata.get("title") or s.habits.title)
    head = f'<meta charset="utf-8"><title>{title}</title><style>{STYLE}{pages}{body}</style>'
    return f'<!doctype html><html lang="fr"><head>{head}</head><body>{"".join(out)}{SCRIPT}</body></html>'


def _pixels(sheet: Sheet) -> tuple[int, int]:
    """Whole pixels, for else pages drift away from what is placed on them; never too few for what fills a page."""
    return math.ceil(sheet.width * PX), math.ceil(sheet.height * PX)


def _leg(s: Setting, leg: Leg, number: int, size: int, first: int, total: int) -> str:
    left, top, right, bottom = leg.sheet.margins
    width, height = _pixels(leg.sheet)
    pad = f"padding:{top}pt {right}pt {bottom}pt {left}pt"
    room = leg.sheet.width - left - right
    sign = f'<div class="sign" style="color:#{_LEG + number:06x}">¤{number}¤</div>' if s.coded else ""
    around = "".join(_around(s, leg.sheet, k * height, first + k, total) for k in range(leg.count))
    inner = "".join(node_html(s, c, room, (left, top)) for c in leg.nodes)
    return f'<div class="leg p{size}" style="width:{width}px;min-height:{height}px;{pad}">{sign}{around}{inner}</div>'


def _around(s: Setting, sheet: Sheet, down: int, page: int, total: int) -> str:
    """Fill, background, running head and foot of one page that starts `down` pixels below its leg's."""
    left, top, right, bottom = sheet.margins
    width, height = _pixels(sheet)
    room = sheet.width - left - right
    out = []
    if sheet.fill:
        out.append(f'<div class="under" style="top:{down}px;height:{height}px;background:{sheet.fill}"></div>')
    if sheet.background:
        inner = node_html(s, sheet.background, sheet.width, (0.0, 0.0))
        out.append(f'<div class="under" style="top:{down}px;height:{height}px">{inner}</div>')
    at = f"left:{left}pt;width:{room}pt"
    if sheet.header:
        inner = node_html(s, numbered(sheet.header, page, total), room)
        out.append(f'<div class="head" style="top:{down}px;height:{0.7 * top}pt;{at}">{inner}</div>')
    if sheet.footer:
        inner = node_html(s, numbered(sheet.footer, page, total), room)
        foot = f"calc({down + height}px - {0.7 * bottom}pt)"
        out.append(f'<div class="foot" style="top:{foot};max-height:{0.7 * bottom}pt;{at}">{inner}</div>')
    return "".join(out)


def numbered(node: Node, page: int, total: int) -> Node:
    """A running head as one page prints it: its numbers filled in."""
    match node:
        case Para(runs=runs):
            done = (replace(r, text=r.text.replace("{page}", str(page)).replace("{pages}", str(total))) for r in runs)
            return replace(node, runs=tuple(done))
        case Stack(children=some) | Chain(children=some):
            return replace(node, children=tuple(numbered(c, page, total) for c in some))
        case Grid(rows=rows):
            new = (tuple(replace(c, child=c.child and numbered(c.child, page, total)) for c in row) for row in rows)
            return replace(node, rows=tuple(new))
        case Box(child=child) | Place(child=child) | Turned(child=child) | Columns(child=child) if child:
            return replace(node, child=numbered(child, page, total))
    return node

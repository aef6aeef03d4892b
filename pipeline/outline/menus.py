"""Menus: the same short lines again and again through the brochure, one of them marked as the part that begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from carnet.pipeline.outline.tokens import Is, Token
from carnet.pipeline.rules.fold import fold
from carnet.schemas.layout import Passage
from carnet.schemas.outline import PartKind

_LINES = (Is.TEXT, Is.LABEL)  # "Nos missions" is a label elsewhere


_NARRATIVE = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS)
_FACTS = (PartKind.CLIENT, PartKind.PERIOD, PartKind.DURATION, PartKind.AMOUNT, PartKind.WORKS_COST)


@dataclass(frozen=True)
class Menu:
    """One appearance of a menu: tokens[start:end]; `current`: the item that is marked, if any."""

    start: int
    end: int
    current: Passage | None


def find_menus(tokens: Sequence[Token], is_heading: Callable[[Token], bool]) -> list[Menu]:
    """Appearances of menus, in order. In plain text, where no mark can be seen, an appearance marks the next item."""
    lines = [_lines(t) if t.what in _LINES and not t.is_bullet and not is_heading(t) else [] for t in tokens]
    counts = Counter(line for some in lines for line in some)
    runs: list[tuple[int, int]] = []
    i = 0
    while i < len(tokens):
        j, seen = i, set[str]()
        while j < len(tokens) and _items(tokens[j], lines[j], counts) and not seen.intersection(lines[j]):
            seen.update(lines[j])
            j += 1
        texts = sum(tokens[k].what is Is.TEXT for k in range(i, j))
        if len(seen) >= 3 and texts >= 2 and not _of_a_mission(tokens[i:j]):
            runs.append((i, j))
        i = max(j, i + 1)
    lists = [tuple(line for k in range(a, b) for line in lines[k]) for a, b in runs]
    repeated = Counter(lists)
    menus: list[Menu] = []
    shown = 0
    base = min(repeated, key=len, default=())
    inner = Counter(tuple(n for n in names if n not in base) for names in lists if len(names) > len(base))
    steps = inner.most_common(1)[0][0] if inner else base
    for (a, b), names in zip(runs, lists, strict=True):
        if not _is_menu(names, lists):
            continue
        current = _marked(tokens[a:b])
        stepping = len(set(names) & set(steps)) >= 0.6 * len(steps) and (bool(inner) or repeated[names] >= len(steps))
        if current is None and stepping and not any(t.block.box for t in tokens[a:b]) and shown < len(steps):
            current = _named(tokens[a:b], steps[shown])
        shown += stepping
        menus.append(Menu(a, b, current))
    return menus


def _of_a_mission(tokens: Sequence[Token]) -> bool:
    """Labels of a mission with values that another one shares (two for one client in one year) are no menu."""
    kinds = {t.kind for t in tokens}
    reachable = any("@" in t.text for t in tokens)
    return reachable or len(kinds & {*_NARRATIVE}) >= 3 or len(kinds & {*_FACTS}) >= 2


def _lines(token: Token) -> list[str]:
    return [bare for line in token.text.split("\n") if (bare := fold(line).strip(" ○●•"))]


def _items(token: Token, lines: list[str], counts: Counter[str]) -> bool:
    """Short lines that all come again elsewhere; a lone mark (○) between them does not count."""
    if token.what is Is.TEXT and not lines and len(token.text) < 4:
        return True
    return bool(lines) and token.what in _LINES and all(counts[line] >= 2 and len(line) < 75 for line in lines)


def _is_menu(names: tuple[str, ...], lists: Sequence[tuple[str, ...]]) -> bool:
    """It comes again, whole or with more or fewer items."""
    like = sum(len(set(names) & set(other)) >= max(3, 0.6 * min(len(names), len(other))) for other in lists)
    return like >= 2 and len(names) >= 3


def _marked(tokens: Sequence[Token]) -> Passage | None:
    """The line that looks unlike its like: another colour, weight or box. Deeper (smaller) lines win."""
    lines = [(line, t.block.fill) for t in tokens if t.block.box for line in t.passage.lines()]
    if len(lines) < 3:
        return None
    by_size: dict[float, list[tuple[Passage, str | None]]] = {}
    for line, fill in lines:
        by_size.setdefault(round(line.style.size * 2) / 2, []).append((line, fill))
    for size in sorted(by_size):
        group = by_size[size]
        looks = Counter((p.style.bold, p.style.color, fill) for p, fill in group)
        usual, n = looks.most_common(1)[0]
        odd = [p for p, fill in group if (p.style.bold, p.style.color, fill) != usual]
        if len(odd) == 1 and n >= 2:
            return odd[0]
    return None


def _named(tokens: Sequence[Token], name: str) -> Passage | None:
    for token in tokens:
        for line in token.passage.lines():
            if fold(line.text).strip(" ○●•") == name:
                return line
    return None

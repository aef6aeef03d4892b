"""Facts that stand over the heading of their mission ("Client : …", then the title): they go behind it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from carnet.pipeline.outline.headings import Look, kinds_of, opens
from carnet.pipeline.outline.kinds import LINE_FACTS, NARRATIVE
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.schemas.outline import PartKind

_THROUGHOUT = 0.6
"""Of the pages, or of the lines of facts: a few more stand where a page begins anew."""
_LEAST = 3
_SHORT = 80
_LONGEST_VALUE = 200
_TELLING = frozenset({PartKind.CLIENT, PartKind.PERIOD, PartKind.DURATION, PartKind.AMOUNT})


def behind_headings(stream: Stream, looks: frozenset[Look]) -> Stream:
    """The stream with the facts over each heading behind it, where they stand so throughout."""
    heads = [i for i, t in enumerate(stream.tokens) if opens(t, looks, stream) and not _opens_at(stream, looks, i - 1)]
    runs = _runs_over_first(stream, looks, heads) or _lines_over(stream, looks)
    if not runs:
        return stream
    tokens = list(stream.tokens)
    for start, head in sorted(runs, reverse=True):
        end = head
        while _opens_at(stream, looks, end):
            end += 1
        tokens[start:end] = [*tokens[head:end], *tokens[start:head]]
    return replace(stream, tokens=tuple(tokens))


def _opens_at(stream: Stream, looks: frozenset[Look], at: int) -> bool:
    return 0 <= at < len(stream.tokens) and opens(stream.tokens[at], looks, stream)


def _lines_over(stream: Stream, looks: frozenset[Look]) -> list[tuple[int, int]]:
    """Lines of facts without labels, right over headings, with none over them: (first token, heading) of each."""
    tokens = stream.tokens
    lines = {t.block.id for t in tokens if t.hit is not None and t.hit.by == "value"}
    runs = [list(run) for told, run in groupby(range(len(tokens)), key=lambda i: tokens[i].block.id in lines) if told]
    over = [run for run in runs if not _opens_at(stream, looks, run[0] - 1) and _opens_at(stream, looks, run[-1] + 1)]
    return [(run[0], run[-1] + 1) for run in over] if len(over) >= _THROUGHOUT * len(runs) else []


def _runs_over_first(stream: Stream, looks: frozenset[Look], heads: Sequence[int]) -> list[tuple[int, int]]:
    """Labelled facts over headings: what tells that they do not end the mission before is that pages begin with
    them."""
    if not stream.has_boxes:
        return []
    first: dict[int | None, int] = {}
    for head in heads:
        first.setdefault(stream.tokens[head].page, head)
    begun = sum(_begins_page(_start_of_run(stream, head), stream) for head in first.values())
    ended = _pages_that_end_with_facts(stream, first)
    if begun < max(_LEAST, _THROUGHOUT * len(first)) or ended > 0.5 * begun:
        return []
    starts = [(_start_of_run(stream, head), head) for head in heads]
    return [(start, head) for start, head in starts if _tells(stream.tokens[start:head])]


def _start_of_run(stream: Stream, head: int) -> int:
    """Where the facts right over a heading begin, on its page; `head` where there are none."""
    start, i = head, head - 1
    while i >= 0 and stream.tokens[i].page == stream.tokens[head].page:
        token = stream.tokens[i]
        if _is_fact(token):
            start = i
        elif token.what is not Is.TEXT or stream.prominent(token) or len(token.text) > _LONGEST_VALUE or head - i > 24:
            break
        i -= 1
    return start


def _is_fact(token: Token) -> bool:
    return token.what in (Is.LABEL, Is.INLINE) and token.kind in LINE_FACTS


def _tells(run: Sequence[Token]) -> bool:
    return bool(_TELLING & {kind for token in run for kind in kinds_of(token)})


def _begins_page(start: int, stream: Stream) -> bool:
    """Does a run of facts begin here, with nothing of a mission before it on its page?"""
    tokens = stream.tokens
    if not _is_fact(tokens[start]) or tokens[start].kind not in _TELLING:
        return False
    before = [t for t in tokens[max(0, start - 12) : start] if t.page == tokens[start].page]
    return all(t.what is Is.FURNITURE or t.what is Is.TEXT and len(t.text) < _SHORT for t in before)


def _pages_that_end_with_facts(stream: Stream, first: dict[int | None, int]) -> int:
    """Pages on which facts follow the text of the last mission."""
    pages: dict[int | None, list[Token]] = defaultdict(list)
    for i, token in enumerate(stream.tokens):
        if token.page in first and i > first[token.page] and token.what is not Is.FURNITURE:
            pages[token.page].append(token)
    count = 0
    for tokens in pages.values():
        told = [i for i, t in enumerate(tokens) if t.kind in NARRATIVE]
        count += bool(told) and _tells(tokens[told[-1] :])
    return count

"""Which texts open a mission: the looks that, taken as headings, cut the brochure into pieces that are missions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from carnet.pipeline.outline.kinds import SINGLE, STRONG
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.values.plain import value_kind
from carnet.schemas.outline import PartKind

Look = tuple[object, ...]


def looks_of(token: Token) -> list[Look]:
    """By what a token may be told as a heading: size and weight of its letters, and the bar that it stands on."""
    return [look for look in (token.look, token.bar) if look]


def kinds_of(token: Token) -> list[PartKind]:
    """What this token announces: its label, or the column heads of a small table of values."""
    if token.what in (Is.LABEL, Is.INLINE) and token.kind:
        return [token.kind]
    if token.what is Is.HEADS and not is_reference_table(token):
        return [h.kind for h in token.hits if h]
    return []


def is_reference_table(token: Token) -> bool:
    """Do these column heads belong to a table of missions, one a row?"""
    if token.what is not Is.HEADS or token.of_facts:
        return False
    kinds = {h.kind for h in token.hits if h}
    named = kinds & {PartKind.CLIENT, PartKind.TITLE, PartKind.SUBJECT}
    others = kinds & {
        PartKind.PERIOD,
        PartKind.AMOUNT,
        PartKind.CONTACT,
        PartKind.WORKS_COST,
        PartKind.PARTNERS,
        PartKind.PLACE,
    }
    return bool(named) and len(named) + len(others) >= 2


def mission_looks(stream: Stream) -> frozenset[Look]:
    """The looks of mission headings, chosen greedily; empty when nothing printed tells headings apart."""
    counts: Counter[Look] = Counter()
    for token in stream.tokens:
        if stream.prominent(token):
            counts.update(looks_of(token))
    options = [look for look, _ in counts.most_common(30)]
    read = [
        (token, looks_of(token) if stream.prominent(token) else [])
        for token in stream.tokens
        if token.what is not Is.FURNITURE
    ]
    chosen: frozenset[Look] = frozenset()
    best = 0.0
    while True:
        scored = [(_score(read, chosen | {look}), look) for look in options if look not in chosen]
        if not scored:
            break
        most = max(score for score, _ in scored)
        if most <= best + 0.5:
            break
        even = [pair for pair in scored if pair[0] > max(most - _EVEN, best + 0.5)]
        score, look = max(even, key=lambda pair: (_size(pair[1]), pair[0], str(pair[1])))
        best, chosen = score, chosen | {look}
    return chosen


_EVEN = 0.35
"""Looks whose scores are so near cut alike: of a title and the client under or over it, the larger is the title."""


def _size(look: Look) -> float:
    return float(str(look[1])) if look[0] == "size" else 0.0


def opens(token: Token, looks: frozenset[Look], stream: Stream) -> bool:
    """Does a mission begin here: a prominent text that looks as one of `looks`?"""
    return token.what is Is.TEXT and stream.prominent(token) and any(look in looks for look in looks_of(token))


def _score(read: Sequence[tuple[Token, list[Look]]], looks: frozenset[Look]) -> float:
    """Pieces that look like a mission, less those that hold two, those that hold nothing, those that only go on
    with the mission before them on the same page, those that begin low on one page and go on on the next, and those
    under a sentence."""
    good = doubled = empty = torn = spilled = told = 0
    before: tuple[int | None, set[PartKind]] = (None, set())
    for heading, piece in _pieces(read, looks):
        kinds = [k for token in piece for k in kinds_of(token)]
        strong = set(kinds) & STRONG
        if len(strong) < 2:
            empty += 1
            continue
        repeated = sum(_runs(kinds, k) > 1 for k in SINGLE)
        good += 1
        doubled += repeated >= 2
        page = next((t.page for t in piece if t.page), None)
        torn += page is not None and page == before[0] and not (strong - {PartKind.FACTS}) & before[1]
        before = page, strong
        told += is_sentence(heading.text)
        spilled += len({t.page for t in piece if set(kinds_of(t)) & STRONG}) > 1
    return good - 1.6 * doubled - 1.3 * torn - 0.15 * empty - 0.2 * (spilled + told)


def is_sentence(text: str) -> bool:
    """A text that tells something rather than names it."""
    return len(text) > 60 and text.rstrip().endswith(".")


def may_head(token: Token, stream: Stream) -> bool:
    """May this be a line of a heading: neither a sentence nor the values of a mission?"""
    first = token.text.split("\n")[0]
    valued = token.of_values or "@" in token.text or any(value_kind(p, stream.rules) for p in first.split("|"))
    return not valued and not is_sentence(token.text)


def _runs(kinds: Sequence[PartKind], kind: PartKind) -> int:
    """How often `kind` comes up, neighbours counted once."""
    return sum(k is kind and (i == 0 or kinds[i - 1] is not kind) for i, k in enumerate(kinds))


def _pieces(read: Sequence[tuple[Token, list[Look]]], looks: frozenset[Look]) -> Iterable[tuple[Token, list[Token]]]:
    """Headings with the tokens under each, to the next one or to a table of references. `read`: what is no furniture,
    with its looks where it is prominent."""
    heading: Token | None = None
    piece: list[Token] = []
    previous_opens = False
    for token, own in read:
        here = any(look in looks for look in own)
        if here and not previous_opens:
            if heading is not None:
                yield heading, piece
            heading, piece = token, []
        elif heading is not None and is_reference_table(token):
            yield heading, piece
            heading = None
        elif heading is not None:
            piece.append(token)
        previous_opens = here
    if heading is not None and piece:
        yield heading, piece


def kicker_looks(stream: Stream, looks: frozenset[Look]) -> frozenset[Look]:
    """Looks of short lines right above mission headings ("VILLE DE MORCY", "Fiche 12"), and nowhere else."""
    return _neighbours(stream, looks, -1)


def subtitle_looks(stream: Stream, looks: frozenset[Look]) -> frozenset[Look]:
    """Looks of short lines right under mission headings (the client under the title)."""
    return _neighbours(stream, looks, 1) - {("size", round(stream.body_size), stream.body_bold, False, False)}


def _neighbours(stream: Stream, looks: frozenset[Look], step: int) -> frozenset[Look]:
    tokens = [t for t in stream.tokens if t.what is not Is.FURNITURE]
    found: frozenset[Look] = frozenset()
    for _ in range(2):
        beside: Counter[Look] = Counter()
        everywhere: Counter[Look] = Counter()
        heads = 0
        for i, token in enumerate(tokens):
            if token.what is Is.TEXT and len(token.text) < 150 and not token.is_bullet:
                everywhere[token.look] += 1
            if not opens(token, looks, stream):
                continue
            heads += 1
            j = i + step
            while (
                0 <= j < len(tokens)
                and tokens[j].what is Is.TEXT
                and (tokens[j].look in found or opens(tokens[j], looks, stream))
            ):
                j += step
            if 0 <= j < len(tokens) and _close(tokens[j], token, step, stream):
                beside[tokens[j].look] += 1
        more = {
            look
            for look, n in beside.items()
            if look not in looks and n >= max(2, 0.25 * heads) and n >= 0.5 * everywhere[look]
        }
        if not more - found:
            break
        found |= more
    return found


def _close(near: Token, heading: Token, step: int, stream: Stream) -> bool:
    """A short text on the heading's page, in reach of it."""
    if near.what is not Is.TEXT or near.is_bullet or len(near.text) > 150 or near.page != heading.page:
        return False
    if not may_head(near, stream):
        return False
    a, b = near.block.box, heading.block.box
    if a is None or b is None:
        return True
    gap = b.top - a.bottom if step < 0 else a.top - b.bottom
    return -3 < gap < 3.5 * max(12.0, near.style.size)

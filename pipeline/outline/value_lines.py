"""Lines that hold the facts of a mission one after the other ("Ville de Morcy · 2021 · 74 k€ HT · avec Studio Lumen").

Each of their values becomes a token of its own, as if it stood behind a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from carnet.pipeline.outline.fact_lines import value_label
from carnet.pipeline.outline.kinds import KIND_OF_VALUE, LINE_FACTS
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.labels import LabelHit
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.money import says_no_amount
from carnet.pipeline.values.partner_words import names_at
from carnet.pipeline.values.plain import value_kind
from carnet.schemas.layout import BlockKind, Passage
from carnet.schemas.outline import PartKind

_LONGEST = 260
_LONGEST_PIECE = 110
_MOST_LINES = 6
_SIGN = re.compile(r"\s{1,40}([|•·■▪—–/])\s{1,40}")
_RULE = "outline.value_line"


@dataclass(frozen=True)
class _Fact:
    """A piece of such a line; `kind` None: nothing tells what it is."""

    passage: Passage
    kind: PartKind | None
    value: Passage


@dataclass(frozen=True)
class _Line:
    """The facts of one token; the first is the client's where most lines open with one."""

    facts: tuple[_Fact, ...]
    labelled: bool


def with_value_lines(stream: Stream) -> Stream:
    """The stream, with each line of facts parted into its values."""
    rules = stream.rules
    lines = {i: line for i, token in enumerate(stream.tokens) if (line := _line(token, rules))}
    if not lines:
        return stream
    open_ended = [line.facts[0] for line in lines.values() if not line.labelled and line.facts[0].kind is None]
    named = sum(names_body(fact.value.text, rules) for fact in open_ended)
    first = PartKind.CLIENT if named >= 0.5 * len(open_ended) else None
    out: list[Token] = []
    for i, token in enumerate(stream.tokens):
        out.extend(_tokens(token, lines[i], first) if i in lines else [token])
    return replace(stream, tokens=tuple(out))


def _line(token: Token, rules: Rules) -> _Line | None:
    """The facts of a line with a date or an amount among them, and nothing untold but its first piece."""
    labelled = token.what is Is.INLINE and token.kind in LINE_FACTS and len(token.value) == 1
    if not labelled and token.what is not Is.TEXT or token.block.kind is not BlockKind.PARAGRAPH:
        return None
    passage = token.value[0] if labelled else token.passage
    if len(passage.text) > _LONGEST or passage.text.count("\n") >= _MOST_LINES:
        return None
    pieces = [piece for line in _lines(passage, rules) for piece in _pieces(line, rules)]
    if len(pieces) < 2:
        return None
    facts = tuple(_fact(piece, rules) for piece in pieces)
    kinds = [fact.kind for fact in facts]
    rest, dated = kinds[1:], {PartKind.PERIOD, PartKind.AMOUNT} & set(kinds)
    if not dated & set(rest) or None in rest and len(dated) < 2:
        return None
    own = token.kind if labelled else kinds[0]
    if own is not None and own in rest or not labelled and len(set(kinds) - {None}) < 2:
        return None  # "2017 – livraison juin 2021" is one period
    if any(len(fact.passage.text) > _LONGEST_PIECE for fact in facts):
        return None
    return _Line(facts, labelled)


def _lines(passage: Passage, rules: Rules) -> list[Passage]:
    """Lines of nothing but values stand for themselves; others go on with each other ("Ville de⏎Morcy")."""
    if "\n" not in passage.text:
        return [passage]
    groups: list[list[Passage]] = []
    goes_on = False
    for line in passage.lines():
        values = all(_fact(piece, rules).kind is not None for piece in _pieces(line, rules))
        if groups and (goes_on and not values or _wraps(groups[-1][-1].text, line.text, rules)):
            groups[-1].append(line)
        else:
            groups.append([line])
        goes_on = not values
    return [Passage.join(group).flow() for group in groups]


def _wraps(above: str, line: str, rules: Rules) -> bool:
    """Is it one period, cut behind a word ("de mars 2019 à⏎juin 2020")?"""
    cut = not any(c.isdigit() for c in above.split()[-1])
    return cut and all(_is_period(text, rules) for text in (line, f"{above} {line}"))


def _pieces(passage: Passage, rules: Rules) -> list[Passage]:
    """Parted at the sign that stands there most; years on both sides of it are one period."""
    found = [m for m in _SIGN.finditer(passage.text) if not _bracketed(passage.text, m.start())]
    if not found:
        return [passage]
    signs = [m.group(1) for m in found]
    sign = max(signs, key=signs.count)
    cuts = [m for m in found if m.group(1) == sign]
    starts, ends = [0, *(m.end() for m in cuts)], [*(m.start() for m in cuts), len(passage.text)]
    bounds: list[tuple[int, int]] = []
    for start, end in zip(starts, ends, strict=True):
        whole = passage.text[bounds[-1][0] : end] if bounds else ""
        alone = passage.text[bounds[-1][0] : bounds[-1][1]] if bounds else ""
        both = all(_is_period(text, rules) for text in (alone, passage.text[start:end], whole))
        if sign in "—–" and both:
            bounds[-1] = (bounds[-1][0], end)
        else:
            bounds.append((start, end))
    return [piece for a, b in bounds if (piece := passage.slice(a, b)).text]


def _bracketed(text: str, at: int) -> bool:
    return text.count("(", 0, at) > text.count(")", 0, at)


def _is_period(text: str, rules: Rules) -> bool:
    return value_kind(text, rules) == "period"


def _fact(piece: Passage, rules: Rules) -> _Fact:
    text = piece.text
    found = value_kind(text, rules)
    if found:
        return _Fact(piece, KIND_OF_VALUE[found], piece)
    label = _label(text, rules)
    if label:
        return _Fact(piece, label.kind, piece.slice(label.rest, len(text)))
    names = names_at(text, rules)
    if names and text[names:].lstrip()[:1].isupper():
        return _Fact(piece, PartKind.PARTNERS, piece.slice(names, len(text)))
    if says_no_amount(text, rules):
        return _Fact(piece, PartKind.AMOUNT, piece)
    return _Fact(piece, None, piece)


def _label(text: str, rules: Rules) -> LabelHit | None:
    """ "Durée : 6 mois", "Travaux 2,4 M€"."""
    start = rules.labels.match_start(text)
    said = start is not None and start.exact and ":" in text[start.end : start.rest] and start.rest < len(text)
    return start if said else value_label(text, rules)


def _tokens(token: Token, line: _Line, first: PartKind | None) -> Iterator[Token]:
    facts = line.facts
    if line.labelled:
        yield replace(token, block=replace(token.block, passage=_up_to(token, facts[0])), value=(facts[0].value,))
        facts = facts[1:]
    for i, fact in enumerate(facts):
        block = replace(token.block, passage=fact.passage)
        kind = fact.kind or (first if i == 0 and not line.labelled else None)
        if kind is None:
            yield replace(token, block=block)
        else:
            hit = LabelHit(kind, _RULE, 0, 0, False, "value")
            yield Token(block, Is.INLINE, hit, None, (fact.value,))


def _up_to(token: Token, fact: _Fact) -> Passage:
    """The label and its value, without what follows."""
    label = token.label
    return Passage.join([label, fact.passage]) if label else fact.passage

"""Missions set as one paragraph each: client in bold, title in italics, values, and labels run in ("Contexte : …")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from carnet.pipeline.outline.kinds import KIND_OF_VALUE, NARRATIVE
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.labels import LabelHit
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.money import find_amounts
from carnet.pipeline.values.plain import value_kind
from carnet.schemas.layout import BlockKind, Passage
from carnet.schemas.outline import Part, PartKind

_LEAST = 4
"""Notices that make a list."""
_LABELS = 2
_LONGEST = 3000
_START = re.compile(r"(?<=[.!?;])\s{1,40}(?=\S)")
_RULE = "outline.notice"


def find_notices(stream: Stream) -> dict[int, tuple[Part, ...]]:
    """Index of the first token of each notice -> its parts, no parts for its other tokens; empty where too few texts
    read as notices or few of them open with a body."""
    notices = [(group, _notice([stream.tokens[i] for i in group], stream.rules)) for group in _groups(stream)]
    read = [(group, parts) for group, parts in notices if parts]
    named = sum(names_body(parts[0].items[0].text, stream.rules) for _, parts in read)
    if len(read) < _LEAST or named < 0.5 * len(read):
        return {}
    return {i: parts if i == group[0] else () for group, parts in read for i in group}


def _groups(stream: Stream) -> Iterator[list[int]]:
    """Each paragraph that opens in bold, with those under it that go on with it."""
    group: list[int] = []
    for i, token in enumerate(stream.tokens):
        told = (
            token.block.kind is BlockKind.PARAGRAPH
            and token.what in (Is.TEXT, Is.INLINE)
            and not stream.prominent(token)
        )
        bold = bool(token.passage.pieces) and token.passage.pieces[0].word.style.bold
        opens = told and bold and token.passage.opening > 0 and token.block.id != _id(stream, group)
        if group and (opens or not told or token.page != stream.tokens[group[0]].page):
            yield group
            group = []
        if opens or group:
            group.append(i)
    if group:
        yield group


def _id(stream: Stream, group: list[int]) -> str | None:
    return stream.tokens[group[-1]].block.id if group else None


def _notice(tokens: list[Token], rules: Rules) -> tuple[Part, ...]:
    """Client in bold, title, values, then labelled parts; () for any other text."""
    whole = Passage.join([t.passage for t in tokens])
    end = whole.opening
    if not end or not whole.pieces[0].word.style.bold or len(whole.text) > _LONGEST:
        return ()
    whole = whole.flow()
    labels = list(_labels(whole, rules))
    if len(labels) < _LABELS or not {hit.kind for _, hit in labels} & NARRATIVE:
        return ()
    end = whole.opening
    first = labels[0][0]
    if end >= first:
        return ()
    client = _bare(whole.slice(0, end))
    if not client.text or rules.labels.match(client.text):
        return ()  # a label in bold, with its value
    lead = whole.slice(end, first)
    return (Part(PartKind.CLIENT, (client,), None, _RULE), *_lead(lead, rules), *_labelled(whole, labels))


def _labels(whole: Passage, rules: Rules) -> Iterator[tuple[int, LabelHit]]:
    """Where a sentence opens with a label and a colon."""
    for mark in _START.finditer(whole.text):
        at = mark.end()
        hit = rules.labels.match_start(whole.text[at : at + 80])
        if hit and hit.exact and ":" in whole.text[at + hit.end : at + hit.rest]:
            yield at, hit


def _labelled(whole: Passage, labels: list[tuple[int, LabelHit]]) -> Iterator[Part]:
    ends = [at for at, _ in labels[1:]] + [len(whole.text)]
    for (at, hit), end in zip(labels, ends, strict=True):
        value = whole.slice(at + hit.rest, end)
        value = value if hit.kind in NARRATIVE else _bare(value)
        yield Part(hit.kind, (value,) if value.text else (), whole.slice(at, at + hit.end), hit.rule)


def _lead(lead: Passage, rules: Rules) -> Iterator[Part]:
    """The title: what is set apart, else the first sentence that is no value; then the values."""
    cuts = [0, *(m.end() for m in _START.finditer(lead.text)), len(lead.text)]
    titled = lead.opening
    if titled:
        yield Part(PartKind.TITLE, (_bare(lead.slice(0, titled)),), None, _RULE)
    for start, end in pairwise(cuts):
        sentence = _bare(lead.slice(max(start, titled), end)) if end > titled else Passage("")
        if not any(c.isalnum() for c in sentence.text):
            continue
        said = value_kind(sentence.text, rules)
        if said is None and titled and find_amounts(sentence.text, rules):
            said = "amount"  # "85 000 € par an, hors frais"
        if said is None and not titled:
            titled = end
            yield Part(PartKind.TITLE, (sentence,), None, _RULE)
        else:
            yield Part(KIND_OF_VALUE[said] if said else PartKind.FACTS, (sentence,), None, _RULE)


def _bare(passage: Passage) -> Passage:
    """Without the stop at its end."""
    text = passage.text.rstrip(" .;:")
    return passage.slice(0, len(text))

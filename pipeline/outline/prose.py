"""Lists of short references in prose: "2021 – Ville de Morcy : étude de circulation, 24 000 € HT, avec Cabinet Orbe".

Each item is a mission. It is cut by what its pieces are: a period, a body, amounts, partners; the rest is the title.
Used where a brochure has no missions of another form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.dates import find_periods
from carnet.pipeline.values.money import find_amounts
from carnet.pipeline.values.partner_words import names_at
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Part, PartKind

_LEAST = 4  # items that make a list
_LONGEST = 420
_CUT = re.compile(
    r"\s{1,40}[–—-]\s{1,40}|\s{0,40}:\s{1,40}|\s{0,40};\s{1,40}|,\s{1,40}|\s{0,40}\((?=[^()]{2,60}\))|\)\s{0,40},?\s{0,40}"
)
_RULE = "outline.prose"


def prose_items(stream: Stream) -> dict[int, tuple[Part, ...]]:
    """Index of the token -> parts, for every item of such a list; empty where too few texts read as items."""
    found: dict[int, tuple[Part, ...]] = {}
    tried = 0
    for i, token in enumerate(stream.tokens):
        if token.what not in (Is.TEXT, Is.INLINE) or not 25 <= len(token.text) <= _LONGEST:
            continue
        tried += token.is_bullet
        parts = _item(token, stream.rules)
        if parts:
            found[i] = parts
    bullets = sum(stream.tokens[i].is_bullet for i in found)
    enough = len(found) >= _LEAST and (bullets >= 0.5 * max(1, tried) or bullets == 0)
    return found if enough else {}


def _item(token: Token, rules: Rules) -> tuple[Part, ...]:
    """The parts of an item: it must hold a period and a body."""
    whole = token.passage.flow()
    pieces = _pieces(whole)
    kinds = [_kind(p.text, rules) for p in pieces]
    if PartKind.PERIOD not in kinds or PartKind.CLIENT not in kinds:
        return ()
    parts: list[Part] = []
    title: list[tuple[int, int]] = []
    client = kinds.index(PartKind.CLIENT)
    for n, (piece, kind) in enumerate(zip(pieces, kinds, strict=True)):
        if kind is PartKind.CLIENT and n != client or kind is None:
            title.append(_span(whole, piece))
        elif kind is not PartKind.TITLE:
            start = names_at(piece.text, rules) if kind is PartKind.PARTNERS else 0
            parts.append(Part(kind, (piece.slice(start, len(piece.text)),), None, _RULE))
    if not title:
        return ()
    run = _first_run(title, whole)
    return (Part(PartKind.TITLE, (whole.slice(*run),), None, _RULE), *parts)


def _pieces(whole: Passage) -> list[Passage]:
    out, at = [], 0
    for cut in [*_CUT.finditer(whole.text), None]:
        end = cut.start() if cut else len(whole.text)
        if end > at and whole.text[at:end].strip(" .,"):
            out.append(whole.slice(at, end))
        at = cut.end() if cut else end
    return out


def _kind(text: str, rules: Rules) -> PartKind | None:
    """What a piece is; None for a piece of the title."""
    flat = text.strip(" .")
    periods = find_periods(flat, rules)
    if periods and periods[0].end - periods[0].start >= 0.7 * len(flat):
        return PartKind.PERIOD
    amounts = find_amounts(flat, rules)
    if amounts and amounts[0].end - amounts[0].start >= 0.5 * len(flat):
        return PartKind.AMOUNT
    if names_at(flat, rules):
        return PartKind.PARTNERS
    if any(fold(flat).endswith(fold(str(w))) for w in rules.lexicon("money")["missing"] if len(str(w)) > 6):
        return PartKind.AMOUNT
    return PartKind.CLIENT if names_body(flat, rules) else None


def _span(whole: Passage, piece: Passage) -> tuple[int, int]:
    start = whole.text.find(piece.text)
    return start, start + len(piece.text)


def _first_run(spans: Sequence[tuple[int, int]], whole: Passage) -> tuple[int, int]:
    """Neighbouring pieces of the title, with the commas between them."""
    start, end = spans[0]
    for a, b in spans[1:]:
        if a - end > 4 or a < end:
            break
        end = b
    return start, end

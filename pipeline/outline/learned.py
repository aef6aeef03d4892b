"""Labels that the lexicon does not know: short headings that come again under mission after mission.

A brochure that prints "Le point de départ", "Le chemin", "À l'arrivée" under every title uses labels of its own. Their
look and their order tell what they announce: the first is the context, the last the results, those between the
approach. Known labels of the same look hold their place.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.outline.headings import FACT
from pipeline.outline.tokens import Is, Stream, Token
from pipeline.rules.fold import fold
from pipeline.rules.labels import LabelHit
from schemas.outline import PartKind

RULE = "outline.learned_label"
_NARRATIVE = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS)
_LEAST = 3


def with_learned_labels(stream: Stream) -> Stream:
    """The stream with such headings turned into labels."""
    stream = with_unknown_labels(stream)
    meaning = _learn(stream)
    if not meaning:
        return stream
    tokens = tuple(_relabel(t, meaning) for t in stream.tokens)
    return replace(stream, tokens=tokens)


def with_unknown_labels(stream: Stream) -> Stream:
    """The stream with texts in a look that only labels of facts have ("Chez nous" between "Calendrier" and "Montant")
    turned into labels of something else."""
    looks: dict[tuple[object, ...], Counter[bool]] = defaultdict(Counter)
    for token in stream.tokens:
        if token.what in (Is.LABEL, Is.TEXT) and token.block.box:
            looks[_exact(token)][token.what is Is.LABEL and token.kind in FACT] += 1
    of_labels = {look for look, n in looks.items() if n[True] >= 2 * _LEAST and n[True] >= 0.55 * n.total()}
    return replace(stream, tokens=tuple(_as_other(t) if _exact(t) in of_labels else t for t in stream.tokens))


def _exact(token: Token) -> tuple[object, ...]:
    return *token.look, token.style.color, token.block.fill


def _as_other(token: Token) -> Token:
    if token.what is not Is.TEXT or len(token.text) > 45 or "\n" in token.text:
        return token
    length = len(token.text)
    hit = LabelHit(PartKind.OTHER, "unknown label", length, length, False)
    return replace(token, what=Is.LABEL, hit=hit, label=token.passage)


def _relabel(token: Token, meaning: dict[tuple[object, ...], dict[str, PartKind]]) -> Token:
    kind = meaning.get(token.look, {}).get(_key(token)) if token.what is Is.TEXT else None
    if kind is None:
        return token
    length = len(token.text)
    return replace(token, what=Is.LABEL, hit=LabelHit(kind, RULE, length, length, False), label=token.passage)


def _learn(stream: Stream) -> dict[tuple[object, ...], dict[str, PartKind]]:
    tokens = [t for t in stream.tokens if t.what is not Is.FURNITURE]
    by_look: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for i, token in enumerate(tokens):
        if _may_be_label(token, tokens, i, stream):
            by_look[token.look].append(i)
    out: dict[tuple[object, ...], dict[str, PartKind]] = {}
    for look, places in by_look.items():
        counts = Counter(_key(tokens[i]) for i in places)
        recurring = {key for key, n in counts.items() if n >= _LEAST}
        known = {_key(tokens[i]): tokens[i].kind for i in places if tokens[i].what is Is.LABEL}
        unknown = recurring - set(known)
        share = sum(counts[k] for k in recurring | set(known)) / len(places)
        if not unknown or share < 0.7 or len(recurring) > 7 or len(recurring | set(known)) < 2:
            continue
        order = _order([_key(tokens[i]) for i in places], recurring | set(known))
        kinds = _kinds(order, {k: v for k, v in known.items() if v})
        out[look] = {key: kinds[key] for key in unknown if key in kinds}
    return out


def _may_be_label(token: Token, tokens: Sequence[Token], i: int, stream: Stream) -> bool:
    """A short heading with running text right under it; or a known label of a narrative part."""
    if token.what is Is.LABEL:
        return token.kind in _NARRATIVE
    if token.what is not Is.TEXT or not stream.prominent(token) or len(token.text) > 45 or "\n" in token.text:
        return False
    after = tokens[i + 1] if i + 1 < len(tokens) else None
    return (
        after is not None
        and after.what is Is.TEXT
        and not stream.prominent(after)
        and (after.is_bullet or len(after.text) > 24)
        and token.style.size < 1.5 * stream.body_size
    )


def _order(keys: Sequence[str], wanted: set[str]) -> list[str]:
    """Keys by how early they come in a round: the mean rank between two returns of the commonest first key."""
    ranks: dict[str, list[int]] = defaultdict(list)
    first = keys[0]
    rank = 0
    for key in keys:
        rank = 0 if key == first else rank + 1
        if key in wanted:
            ranks[key].append(rank)
    return sorted(ranks, key=lambda k: sum(ranks[k]) / len(ranks[k]))


def _kinds(order: Sequence[str], known: dict[str, PartKind]) -> dict[str, PartKind]:
    """Kinds along the order: never back from results to approach, nor from approach to context."""
    kinds: dict[str, PartKind] = {}
    for i, key in enumerate(order):
        if key in known:
            kinds[key] = known[key]
            continue
        before = [kinds[k] for k in order[:i] if k in kinds]
        after = [known[k] for k in order[i + 1 :] if k in known]
        if not before and PartKind.CONTEXT not in after:
            kinds[key] = PartKind.CONTEXT
        elif i == len(order) - 1 and len(order) >= 3 and PartKind.RESULTS not in before or PartKind.RESULTS in before:
            kinds[key] = PartKind.RESULTS
        else:
            kinds[key] = PartKind.APPROACH
    return kinds


def _key(token: Token) -> str:
    return fold(token.text).strip(" .:;!?•")

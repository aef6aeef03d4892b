"""Labels that the lexicon does not know: short headings that come again under mission after mission.

A brochure that prints "Le point de départ", "Le chemin", "À l'arrivée" under every title uses labels of its own. Their
look and their order tell what they announce: the first is the context, the last the results, those between the
approach. Known labels of the same look hold their place. They may also open the text they announce, in a look of their
own ("Le chemin. Nous avons mené …").
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from carnet.pipeline.outline.kinds import FACT
from carnet.pipeline.outline.tokens import Is, Stream, Token
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.rules.labels import LabelHit, unknown_label
from carnet.schemas.outline import PartKind

RULE = "outline.learned_label"
_NARRATIVE = (PartKind.CONTEXT, PartKind.APPROACH, PartKind.RESULTS)
_RUN_IN = "run-in"
_LEAST = 3
_LONGEST = 45
_SHORTEST_TEXT = 24

Look = tuple[object, ...]


@dataclass(frozen=True)
class _Sighting:
    """A text that may be a label: its words, their look, and what it announces where the lexicon knows it."""

    key: str
    look: Look
    kind: PartKind | None = None


def with_learned_labels(stream: Stream) -> Stream:
    """The stream with such headings turned into labels."""
    stream = with_unknown_labels(stream)
    tokens = [t for t in stream.tokens if t.what is not Is.FURNITURE]
    sightings = {id(t): s for i, t in enumerate(tokens) if (s := _sighting(t, tokens[i + 1 : i + 2], stream))}
    labelled = any(t.kind in _NARRATIVE for t in tokens)
    meaning = _learn(list(sightings.values()), labelled)
    if not meaning:
        return stream
    return replace(stream, tokens=tuple(_relabel(t, sightings.get(id(t)), meaning) for t in stream.tokens))


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
    hit = unknown_label(length)
    return replace(token, what=Is.LABEL, hit=hit, label=token.passage)


def _relabel(token: Token, sighting: _Sighting | None, meaning: Mapping[Look, Mapping[str, PartKind]]) -> Token:
    kind = meaning.get(sighting.look, {}).get(sighting.key) if sighting and sighting.kind is None else None
    if kind is None:
        return token
    length = len(token.text)
    end = token.passage.opening if sighting and sighting.look[0] == _RUN_IN else length
    hit = LabelHit(kind, RULE, end, end, False)
    if end == length:
        return replace(token, what=Is.LABEL, hit=hit, label=token.passage)
    value = token.passage.slice(end, length)
    return replace(token, what=Is.INLINE, hit=hit, label=token.passage.slice(0, end), value=(value,))


def _learn(sightings: Sequence[_Sighting], labelled: bool) -> dict[Look, dict[str, PartKind]]:
    """Look -> words -> what they announce. `labelled`: the brochure has labels of texts that the lexicon knows; then
    words that open texts in a look that none of those has are points of a list ("Diagnostic : …", "Scénarios : …")."""
    by_look: dict[Look, list[_Sighting]] = defaultdict(list)
    for sighting in sightings:
        by_look[sighting.look].append(sighting)
    out: dict[Look, dict[str, PartKind]] = {}
    for look, seen in by_look.items():
        counts = Counter(s.key for s in seen)
        recurring = {key for key, n in counts.items() if n >= _LEAST and not any(c.isdigit() for c in key)}
        known = {s.key: s.kind for s in seen if s.kind}
        if look[0] == _RUN_IN and labelled and not known:
            continue
        unknown = recurring - set(known)
        share = sum(counts[k] for k in recurring | set(known)) / len(seen)
        if not unknown or share < 0.7 or len(recurring) > 7 or len(recurring | set(known)) < 2:
            continue
        order = _order([s.key for s in seen], recurring | set(known))
        kinds = _kinds(order, known)
        out[look] = {key: kinds[key] for key in unknown if key in kinds}
    return out


def _sighting(token: Token, after: Sequence[Token], stream: Stream) -> _Sighting | None:
    """A short heading with running text right under it, short words in a look of their own before their text, or a
    known label of a narrative part."""
    if token.what is Is.LABEL:
        return _Sighting(_key(token.text), token.look, token.kind) if token.kind in _NARRATIVE else None
    run_in = _run_in(token)
    if token.what is Is.INLINE:
        return replace(run_in, kind=token.kind) if run_in and token.kind in _NARRATIVE else None
    if token.what is not Is.TEXT:
        return None
    if run_in:
        return run_in
    if not stream.prominent(token) or len(token.text) > _LONGEST or "\n" in token.text:
        return None
    followed = bool(after) and after[0].what is Is.TEXT and not stream.prominent(after[0])
    told = followed and (after[0].is_bullet or len(after[0].text) > _SHORTEST_TEXT)
    return _Sighting(_key(token.text), token.look) if told and token.style.size < 1.5 * stream.body_size else None


def _run_in(token: Token) -> _Sighting | None:
    """ "Le chemin." in bold, italics or colour, before running text that is none of these."""
    end = token.passage.opening
    head, rest = token.text[:end].rstrip(), token.text[end:].strip()
    if not 3 < len(head) <= _LONGEST or head[-1] not in ".:" or not head[:1].isupper() or len(rest) <= _SHORTEST_TEXT:
        return None
    style = token.passage.pieces[0].word.style
    return _Sighting(_key(head), (_RUN_IN, round(style.size), style.bold, style.italic, style.color))


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


def _key(text: str) -> str:
    return fold(text).strip(" .:;!?•")

"""Which kind of body a name is: one rule after the other, the surest first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from carnet.pipeline.values.organisations.forms import Hit, form_at, form_at_end, hit_by
from carnet.pipeline.values.organisations.gazetteer import as_place, as_region, as_town, core_key, epci_keys
from carnet.pipeline.values.organisations.lexicon import BodyLexicon
from carnet.pipeline.values.organisations.words import ARTICLES, NOTE, printed_words, spelled_out, without_joins


def class_of(body: str, lexicon: BodyLexicon) -> Hit:
    """The first rule that knows the name decides; words that show a kind but weakly come after names of places."""
    printed = printed_words(NOTE.sub(" ", body)) or printed_words(body)
    words = tuple(spelled_out(word) for word in printed)
    skipped = 0
    while skipped < len(words) - 1 and words[skipped] in ARTICLES:
        skipped += 1
    printed, bare = printed[skipped:], words[skipped:]
    return (
        as_region(words, bare, lexicon)
        or _as_pattern(body, bare, lexicon, sure=True)
        or as_town(words, bare, lexicon)
        or _as_form(printed, bare, lexicon, sure=True)
        or as_place(words, bare, lexicon)
        or _as_form(printed, bare, lexicon, sure=False)
        or _as_pattern(body, bare, lexicon, sure=False)
        or _unknown(printed, bare)
    )


def _unknown(printed: Sequence[str], bare: tuple[str, ...]) -> Hit:
    """A name without any known word may be a company's; a lone acronym may be anything's."""
    if len(printed) == 1 and printed[0].isupper():
        return Hit(None, None, "organisations.unknown.acronym", False, bare)
    return Hit("entreprise", None, "organisations.fallback.entreprise", False, bare)


def _as_pattern(body: str, bare: tuple[str, ...], lexicon: BodyLexicon, sure: bool) -> Hit | None:
    head = body.strip()[:40]
    for pattern, owner in lexicon.patterns:
        if owner.sure is sure and pattern.match(head):
            core = tuple(word for word in bare if word not in lexicon.class_words)
            return Hit(owner.kind, owner, f"organisations.{owner.name}.pattern", owner.sure, core)
    return None


def _as_form(printed: Sequence[str], words: tuple[str, ...], lexicon: BodyLexicon, sure: bool) -> Hit | None:
    start = form_at(lexicon.starts, printed, words, 0, sure)
    end = form_at_end(lexicon.ends, printed, words, sure)
    if start and not (end and end.owner.kind in start.owner.yields_to):
        return _reconsidered(hit_by(start, "starts", words[len(start.words) :]), words, lexicon)
    if end and len(words) > len(end.words):
        return hit_by(end, "ends", words[: -len(end.words)])
    inside = [
        (form, at)
        for at in range(len(words))
        if (form := form_at(lexicon.anywhere, printed, words, at, sure)) is not None
    ]
    if inside:
        form, at = max(inside, key=lambda pair: len(pair[0].words))
        return hit_by(form, "anywhere", words[:at] + words[at + len(form.words) :])
    return hit_by(start, "starts", words[len(start.words) :]) if start else None


def _reconsidered(hit: Hit, words: tuple[str, ...], lexicon: BodyLexicon) -> Hit:
    """ "Pays de Mirepoix", "Région de Guebwiller": perhaps an EPCI of that name without its type."""
    name = hit.owner.name if hit.owner else ""
    if name not in ("pays", "region") or not hit.core:
        return hit
    if core_key(words, lexicon) in epci_keys():
        return Hit("epci", None, "organisations.place.epci", False, words, "place")
    known = name == "pays" or " ".join(without_joins(hit.core)) in lexicon.regions
    article = " ".join(without_joins(hit.core)[1:]) in lexicon.regions
    return hit if known or article else replace(hit, sure=False)

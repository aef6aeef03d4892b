"""How like two missions are, by the features that both have; words that few missions of the brochure use tell most."""

from __future__ import annotations

import datetime as dt
import itertools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz import fuzz

from carnet.schemas.from_yaml import from_yaml
from carnet.schemas.spelling import slug
from carnet.warehouse.matching.ids import MissionPlace

LONG = 7
"""Telling words of a sentence that is hardly written twice."""
NEARLY_ALL = 0.9
"""Of a text's words: it is the same text."""


@dataclass(frozen=True)
class Portrait:
    """What a mission is recognised by. `key`: its printed heading, folded, with a counter for repeats; `text`: what is
    told of it."""

    key: str
    title: str | None = None
    client: str | None = None
    start: dt.date | None = None
    amount: Decimal | None = None
    text: str | None = None
    emails: tuple[str, ...] = ()
    place: MissionPlace | None = None

    @property
    def heading(self) -> str:
        """The key without the counter.

        >>> Portrait("plan-velo-1c9f03ab-2").heading
        'plan-velo-1c9f03ab'
        """
        return re.sub(r"(-[0-9a-f]{8})-\d+$", r"\1", self.key)


def done_again(a: Portrait, b: Portrait) -> bool:
    """Another year and another amount: perhaps the mission that is done every year, told in the same words."""
    dated = a.start is not None and b.start is not None and a.start.year != b.start.year
    return dated and a.amount is not None and b.amount is not None and a.amount != b.amount


def perhaps_again(a: Portrait, b: Portrait) -> bool:
    """Done in another year, and nothing beside title and client tells that it is the same."""
    if a.start is None or b.start is None or a.start.year == b.start.year:
        return False
    told = (a.text and b.text) or (a.amount is not None and a.amount == b.amount)
    return done_again(a, b) or not told


class Likeness:
    """Compares the missions of one brochure. `portraits`: all of them, in all editions."""

    def __init__(self, portraits: Iterable[Portrait]) -> None:
        portraits = list(portraits)
        self._client_weights = _weights(p.client for p in portraits)
        self._text_weights = _weights(p.text for p in portraits)

    def __call__(self, a: Portrait, b: Portrait) -> float:
        """0 to 1: the features both have, weighted; a title alone must carry it when there is nothing else."""
        weighted = list(self._features(a, b))
        total = sum(weight for weight, _ in weighted)
        return sum(weight * score for weight, score in weighted) / total if total else 0.0

    def at_odds(self, a: Portrait, b: Portrait) -> bool:
        """What they share is only a title: the same study done again years later, or a like one for somebody else."""
        if done_again(a, b) and abs(a.start.year - b.start.year) > 1:  # type: ignore[union-attr]
            return True
        year = [a.start.year == b.start.year] if a.start and b.start else []
        rest = [a.amount == b.amount] if a.amount is not None and b.amount is not None else []
        rest += [self._texts_alike(a.text, b.text) >= 0.5] if a.text and b.text else []
        if len(year + rest) > 1 and not any(year + rest):
            return True
        another = a.client and b.client and self._clients_alike(a.client, b.client) < 0.3
        return bool(another and not any(rest or year) and not set(a.emails) & set(b.emails))

    def same_occasion(self, a: Portrait, b: Portrait) -> bool:
        """For one client from the same day on, whatever they are called."""
        client = a.client and b.client and self._clients_alike(a.client, b.client) >= 0.9
        return bool(client) and a.start is not None and a.start == b.start

    def _features(self, a: Portrait, b: Portrait) -> Iterable[tuple[float, float]]:
        if a.title and b.title:
            yield 4.0, _spelt_alike(a.title, b.title) * numbers_alike(a.title, b.title)
        if a.client and b.client:
            yield 2.0, self._clients_alike(a.client, b.client)
        alike = self._texts_alike(a.text, b.text) if a.text and b.text else 0.0
        same_text = alike >= NEARLY_ALL and min(len(_words(t)) for t in (a.text or "", b.text or "")) >= LONG
        if a.text and b.text:
            yield (4.0 if same_text else 2.0), alike
        if a.start and b.start:
            yield 1.0, float(a.start == b.start) or 0.5 * (a.start.year == b.start.year)
        if a.amount is not None and b.amount is not None:  # the same one is seldom chance, another may be a correction
            yield (2.0, 1.0) if a.amount == b.amount else (0.5 if same_text else 1.0, 0.0)
        if a.emails and b.emails:
            yield 0.5, float(bool(set(a.emails) & set(b.emails)))
        if not (a.title or b.title):
            yield 2.0, _spelt_alike(a.key, b.key)

    def _clients_alike(self, a: str, b: str) -> float:
        """ "CC du Val d'Orgeret" is "Communauté de communes du Val d'Orgeret"; two communes are not alike for that."""
        if _plain(a) == _plain(b):
            return 1.0
        return _shared(_words(a), _words(b), self._client_weights, fuzzy=True)

    def _texts_alike(self, a: str, b: str) -> float:
        return _shared(_words(a), _words(b), self._text_weights)


def _weights(texts: Iterable[str | None]) -> Mapping[str, float]:
    """By word: the rarer among the different texts, the more it tells."""
    different = {_plain(text) for text in texts if text}
    counts = Counter(word for text in different for word in _words(text))
    return {word: math.log(1 + len(different) / n) ** 2 for word, n in counts.items()}


def _shared(a: frozenset[str], b: frozenset[str], weights: Mapping[str, float], fuzzy: bool = False) -> float:
    """The share of the shorter one's words, by weight, that stand in the other."""
    ours, theirs = ({word: weights.get(word, 1.0) for word in words} for words in (a, b))
    least = min(sum(ours.values()), sum(theirs.values()))
    both = sum(weight for word, weight in ours.items() if word in theirs)
    if fuzzy:
        rest = [word for word in theirs if word not in ours]
        left = {word: weight for word, weight in ours.items() if word not in theirs}
        both += sum(w for word, w in left.items() if any(fuzz.ratio(word, other) >= 85 for other in rest))
    return min(1.0, both / least) if least else 0.0


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    """Words that tell something: longer than an article."""
    words = _plain(text).split()
    return frozenset(word for word in words if len(word) > 2) or frozenset(words)


def numbers_alike(a: str, b: str) -> float:
    """ "Phase 1" and "Phase 2" are two missions, though their words are alike; so are "lot A" and "deuxième lot"."""
    ours, theirs = _numbers(a), _numbers(b)
    return 0.55 if ours - theirs and theirs - ours else 1.0


@lru_cache(maxsize=4096)
def _numbers(title: str) -> frozenset[str]:
    """Those in digits, and those in words or letters beside a word that numbers parts.

    >>> sorted(_numbers("Deuxième phase du plan 2020"))
    ['2', '2020']
    """
    heads, ordinals = _numbering()
    words = _plain(title).split()
    beside = [word for first, word in zip(["", *words], words, strict=False) if first in heads]
    beside += [word for word, following in itertools.pairwise(words) if following in heads]
    return frozenset(re.findall(r"\d+", title)) | {ordinals[word] for word in beside if word in ordinals}


@cache
def _numbering() -> tuple[frozenset[str], dict[str, str]]:
    words = from_yaml(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
    return frozenset(words["heads"]), {word: str(n) for n, some in words["ordinals"].items() for word in some}


def _spelt_alike(a: str, b: str) -> float:
    a, b = _plain(a), _plain(b)
    return max(fuzz.ratio(a, b), fuzz.token_sort_ratio(a, b)) / 100


@lru_cache(maxsize=4096)
def _plain(text: str) -> str:
    return slug(text).replace("-", " ")

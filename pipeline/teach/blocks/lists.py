"""Words around lists and tables, from `words/lists.yml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml


@cache
def _lists() -> dict[str, Any]:
    path = Path(__file__).parents[1] / "words" / "lists.yml"
    with path.open(encoding="utf-8") as stream:
        return dict(yaml.safe_load(stream))


def listed(rng: Random, kind: str) -> str:
    """One of the words of a kind: `listed(rng, "list_titles")` may be "Quelques références"."""
    return str(rng.choice(_lists()[kind]))


def listed_words(rng: Random, kind: str, count: int) -> list[str]:
    """Up to `count` different words of a kind."""
    some = list(_lists()[kind])
    return [str(w) for w in rng.sample(some, min(count, len(some)))]


def listed_rows(rng: Random, kind: str, count: int) -> list[tuple[str, ...]]:
    """Up to `count` different rows of a kind, in the order of the list."""
    some = list(_lists()[kind])
    kept = sorted(rng.sample(range(len(some)), min(count, len(some))))
    return [tuple(str(c) for c in some[i]) for i in kept]

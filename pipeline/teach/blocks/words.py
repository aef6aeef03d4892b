"""Words around the missions, by list, from `words/pages.yml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml


@cache
def _read(name: str) -> dict[str, Any]:
    path = Path(__file__).parents[1] / "words" / f"{name}.yml"
    with path.open(encoding="utf-8") as stream:
        return dict(yaml.safe_load(stream))


def _pages() -> dict[str, Any]:
    return _read("pages")


def tongue(rng: Random) -> dict[str, Any]:
    """Labels by role, titles and texts in another language, from `words/tongues.yml`; English most often."""
    some = _read("tongues")
    return dict(some[rng.choice(sorted(some) + ["en"])])


def word(rng: Random, kind: str) -> str:
    """One of the words of a kind: `word(rng, "contents")` may be "Sommaire"."""
    return str(rng.choice(_pages()[kind]))


def words(rng: Random, kind: str, count: int) -> list[str]:
    """Up to `count` different words of a kind."""
    some = list(_pages()[kind])
    return [str(w) for w in rng.sample(some, min(count, len(some)))]


def couples(rng: Random, kind: str, count: int) -> list[tuple[str, str]]:
    """Up to `count` different pairs of a kind: a step and what it says, a service and its price."""
    some = list(_pages()[kind])
    return [(str(a), str(b)) for a, b in rng.sample(some, min(count, len(some)))]


def rows(rng: Random, kind: str, count: int) -> list[tuple[str, ...]]:
    """Up to `count` different rows of a kind, of as many words as each has."""
    some = list(_pages()[kind])
    return [tuple(str(w) for w in row) for row in rng.sample(some, min(count, len(some)))]


def foreign(rng: Random, role: str) -> str | None:
    """A label in another language: `foreign(rng, "client")` may be "Bouwheer"."""
    some = _pages()["foreign"].get(role)
    return str(rng.choice(some)) if some else None

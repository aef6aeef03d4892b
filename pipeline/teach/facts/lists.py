"""Our own word lists (`words/*.yml`), loaded once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, TypeVar

import yaml

_HERE = Path(__file__).parent.parent / "words"
_T = TypeVar("_T")


@cache
def load(name: str) -> Mapping[str, Any]:
    """The lists of `words/<name>.yml`; any YAML value may stand in them."""
    with (_HERE / f"{name}.yml").open(encoding="utf-8") as file:
        found: Mapping[str, Any] = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    return found


@cache
def names(prefix: str) -> tuple[str, ...]:
    """Names of the lists whose file name starts with `prefix`, without it: ("amo", "archi", ...)."""
    return tuple(sorted(p.stem.removeprefix(prefix) for p in _HERE.glob(f"{prefix}*.yml")))


def pick(rng: Random, options: Sequence[_T]) -> _T:
    """One of them; quicker than `rng.choice`."""
    return options[int(rng.random() * len(options))]


def weighed(rng: Random, weights: Mapping[str, float]) -> str:
    """A key, by the weights. {"FR": 6, "BE": 1} gives "FR" six times in seven."""
    at = rng.random() * sum(weights.values())
    for key, weight in weights.items():
        at -= weight
        if at < 0:
            return key
    return next(iter(weights))


def drawn(rng: Random, file: str, name: str) -> str:
    """An entry of a list by its weight: "{y}*3" counts three times."""
    entries, sums = weights(file, name)
    return rng.choices(entries, cum_weights=sums)[0]


@cache
def weights(file: str, name: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Entries of a list without their weights, and the weights summed up."""
    entries, sums, total = [], [], 0.0
    for entry in load(file)[name]:
        form, _, weight = str(entry).partition("*")
        total += float(weight or 1)
        entries.append(form)
        sums.append(total)
    return tuple(entries), tuple(sums)

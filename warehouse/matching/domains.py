"""Which territories the domain of an e-mail address may be of: "ville-agde.fr" is Agde's, "manche.fr" the Manche's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from carnet.warehouse.matching.bodies import Bodies, Body, key_of

_SHORTEST = 4
"""Letters; shorter ones are initials of anything."""


def bodies_of_domain(domain: str, bodies: Bodies) -> list[Body]:
    """All that the domain spells, whole, beside words that say a kind; empty where it is none of France's.

    >>> from carnet.warehouse.matching.bodies import load_bodies
    >>> [body.name for body in bodies_of_domain("mairie-cluny.fr", load_bodies())]
    ['Cluny']
    """
    words = bodies.words
    name, _, end = domain.lower().strip(". ").rpartition(".")
    if not name or end not in words["domain_ends"] or domain.lower() in words["foreign_domains"]:
        return []
    labels = [label for label in name.split(".") if label != "www"]
    parts = labels[-1].split("-") if labels else []
    parts = [*labels[0].split("-"), *parts] if len(labels) == 2 and labels[0] in _kind_words(bodies) else parts
    found: dict[Body, None] = {}
    for kind, letters in _spelled(parts, bodies):
        some = [body for body in bodies.by_letters(letters) if kind in ("", body.kind)]
        if kind or any(_alone(body, end, words) for body in some):
            found.update(dict.fromkeys(some))
    return list(found)


def _alone(body: Body, end: str, words: Mapping[str, Any]) -> bool:
    """A name without a word that says its kind may be anybody's: "perrier.fr", "saint-gobain.com"."""
    return body.kind != "c" or (end not in words["anybodys_ends"] and body.population >= words["known_by_name_alone"])


def _spelled(parts: Sequence[str], bodies: Bodies) -> Iterator[tuple[str, str]]:
    """The kinds that the words say, '' for none, and the letters of the name."""
    kinds = _kind_words(bodies)
    said = {kinds[part] for part in parts if part in kinds}
    rest = [part for part in parts if part not in kinds]
    whole = "".join(parts)
    if len(said) == 1 and len("".join(rest)) >= _SHORTEST - 1:
        yield said.pop(), key_of("".join(rest))
    for word, kind in kinds.items():
        if (
            len(parts) == 1
            and whole.startswith(word)
            and len(whole) - len(word) >= _SHORTEST
            and len(word) >= _SHORTEST
        ):
            yield kind, whole.removeprefix(word)
    if len(whole) >= _SHORTEST:
        yield "", key_of(whole).replace(" ", "")


def _kind_words(bodies: Bodies) -> dict[str, str]:
    return {word: kind for kind, some in bodies.words["domain_words"].items() for word in some}

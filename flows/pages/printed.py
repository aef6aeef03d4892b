"""Words of a lexicon as a brochure prints them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from carnet.pipeline.rules.fold import fold

MARKS = ".,;:!?()[]«»\"'"


def as_printed(words: Iterable[str], texts: Sequence[str]) -> list[str]:
    """Each word as it first stands in the texts, whole; as it is where none of them has it.

    >>> as_printed(["numerique", "eau pot", "voirie"], ["Stratégie Numérique", "Réseau d’eau potable."])
    ['Numérique', 'eau potable', 'voirie']
    """
    printed = [word.strip(MARKS) for text in texts for word in text.replace("’", "' ").replace("'", "' ").split()]
    folded = [fold(word) for word in printed]
    return [_found(fold(word).split(), printed, folded) or word for word in words]


def _found(parts: Sequence[str], printed: Sequence[str], folded: Sequence[str]) -> str | None:
    for at in range(len(folded) - len(parts) + 1):
        if all(folded[at + n].startswith(part) for n, part in enumerate(parts)):
            return " ".join(printed[at : at + len(parts)])
    return None

"""A reference list in which nobody is named: for who may show a list and not the people in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from carnet.warehouse.ask.window import RowOfView
from carnet.warehouse.exports.attestations import Attestations
from carnet.warehouse.exports.references import Reference, ReferenceList
from carnet.warehouse.exports.resources import words

Mask = Callable[[str], str]


def without_names(chosen: ReferenceList, mask: Mask) -> ReferenceList:
    """The same missions without contacts, and with every text as the public is given it: « Suivi par [personne] ».
    `mask`: what the public is given instead of a text."""
    return replace(chosen, references=tuple(_nameless(reference, mask) for reference in chosen.references))


def attested_without_names(attestations: Attestations, mask: Mask) -> Attestations:
    """The same files under names that name nobody: lists show them."""

    def masked(paths: Iterable[Path]) -> tuple[Path, ...]:
        return tuple(Path(mask(path.stem) + path.suffix) for path in paths)

    return replace(attestations, files={name: masked(paths) for name, paths in attestations.files.items()})


def _nameless(reference: Reference, mask: Mask) -> Reference:
    partners = tuple(mask(name) for name in reference.partners)
    return replace(reference, mission=_row(reference.mission, mask), partners=partners, contacts=())


def _row(row: RowOfView, mask: Mask) -> RowOfView:
    """Words of the brochure masked; what is ours (ids, kinds, currencies) as it is."""
    plain = words()["plain_columns"]
    return {name: value if name in plain else _masked(value, mask) for name, value in row.items()}


def _masked(value: Any, mask: Mask) -> Any:  # a column's type is the view's
    if isinstance(value, list):
        return [_masked(item, mask) for item in value]
    return mask(value) if isinstance(value, str) else value

"""Which brochure: said, published by, or named like."""

from __future__ import annotations

import itertools

import pytest

from carnet.schemas.source import Edition, SourceFile
from carnet.warehouse.matching.brochures import Signature, name_brochure, name_brochures


@pytest.mark.parametrize(
    ("file", "firm", "named", "expected"),
    [
        ("x.pdf", "Ondine Conseil", None, ("ondine-conseil", "firm")),
        ("x.pdf", "Ondine Conseil", "Notre plaquette", ("Notre plaquette", "option")),
        ("Références 2023.pdf", None, None, ("references", "file_name")),
        ("2024-03_plaquette_v2.pdf", None, None, ("plaquette", "file_name")),
        ("ondine-2019.pdf", None, None, ("ondine", "file_name")),
        ("Plaquette 12-03-2021.pdf", None, None, ("plaquette", "file_name")),
        ("2023.pdf", None, None, ("2023", "file_name")),
        ("!!.pdf", "§", None, ("brochure", "file_name")),
    ],
)
def test_name_brochure(file: str, firm: str | None, named: str | None, expected: tuple[str, str]) -> None:
    source = SourceFile(sha256="0", name=file, media_type="application/pdf")
    assert name_brochure(Edition(source=source, pages=None, firm=firm), named) == expected


def edition(name: str, firm: str | None, missions: range, named: str | None = None) -> Signature:
    return Signature(name, name, firm, named, tuple(frozenset({f"key {n}"}) for n in missions))


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        # most missions are shared; one file does not tell its publisher
        ([edition("a 2021.pdf", "Ondine Conseil", range(10)), edition("b.txt", None, range(4, 12))],
         ["ondine-conseil", "ondine-conseil"]),
        ([edition("a.pdf", "Ondine", range(10)), edition("b.pdf", "Ondine Conseil", range(8, 20))],
         ["ondine", "ondine"]),
        # nothing is shared: two brochures of one firm, the larger one keeps the plain name
        ([edition("eau-2021.pdf", "Ondine", range(4)), edition("foret.pdf", "Ondine", range(20, 40))],
         ["ondine-eau", "ondine"]),
        # two that nobody signed, named alike
        ([edition("references-2021.pdf", None, range(9)), edition("references-2023.pdf", None, range(20, 40))],
         ["references-2", "references"]),
        # missions done by two firms together
        ([edition("a.pdf", "Ondine", range(10)), edition("b.pdf", "Hydrelle", range(10))], ["ondine", "hydrelle"]),
        # what the user says, and what then belongs to it
        ([edition("a.pdf", "Ondine", range(10), "Plaquette"), edition("b.pdf", "Ondine", range(10))],
         ["Plaquette", "Plaquette"]),
        ([edition("a.pdf", "Ondine", range(9), "Une"), edition("b.pdf", "Ondine", range(9), "Deux")], ["Une", "Deux"]),
    ],
)  # fmt: skip
def test_editions_of_one_brochure(editions: list[Signature], expected: list[str]) -> None:
    for order in itertools.permutations(editions):
        found = name_brochures(order)
        assert [found[e.sha256].brochure for e in editions] == expected

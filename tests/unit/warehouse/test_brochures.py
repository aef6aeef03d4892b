"""Which brochure: said, published by, or named like."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from carnet.schemas.source import Edition, SourceFile
from carnet.warehouse.matching.brochures import name_brochure, name_brochures
from carnet.warehouse.matching.series import SeenMission, Signature


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
    return Signature(name, name, firm, named, tuple(SeenMission(frozenset({f"key {n}"})) for n in missions))


@pytest.mark.parametrize(
    ("editions", "expected"),
    [
        # most missions are shared; one file does not tell its publisher
        ([edition("a 2021.pdf", "Ondine Conseil", range(10)), edition("b.txt", None, range(4, 12))],
         ["ondine-conseil", "ondine-conseil"]),
        ([edition("a.pdf", "Ondine", range(10)), edition("b.pdf", "Ondine Conseil", range(4, 16))],
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


def of(year: int, name: str, numbers: range, firm: str | None = "Ondine", begun: int | None = None) -> Signature:
    """An edition of a year; mission n began in 2000 + n, or all of them in `begun`."""
    missions = tuple(SeenMission(frozenset({f"key {n}"}), begun or 2000 + n) for n in numbers)
    return Signature(name, name, firm, None, missions, dt.date(year, 6, 1))


@pytest.mark.parametrize(
    ("editions", "series"),
    [
        # as time does it: the oldest missions go, new ones come; the first and the last have nothing in common
        ([of(2012, "a.pdf", range(12)), of(2016, "b.pdf", range(6, 16)), of(2021, "c.pdf", range(14, 21))], "aaa"),
        # a choice of the newest twelve of thirty, and new work
        ([of(2020, "a.pdf", range(20)), of(2024, "b.pdf", range(16, 24))], "aa"),
        # some missions in both, the others of the same years: two brochures
        ([of(2023, "eau.pdf", range(10, 22)), of(2023, "foret.pdf", range(19, 31), begun=2019)], "ab"),
        ([of(2022, "eau.pdf", range(10, 22)), of(2024, "foret.pdf", range(19, 31), begun=2019)], "ab"),
        # what their files are called tells it all the same
        ([of(2022, "eau-2022.pdf", range(10, 22)), of(2024, "eau-2024.pdf", range(19, 31), begun=2019)], "aa"),
        # an extract that came later ends no brochure; one that came before is no loss
        ([of(2022, "tout.pdf", range(30)), of(2023, "choix.pdf", range(5, 10))], "ab"),
        ([of(2022, "choix.pdf", range(5, 10)), of(2023, "tout.pdf", range(30))], "aa"),
        # a sheet for each mission
        ([of(2023, "a.pdf", range(1)), of(2023, "b.pdf", range(1, 2)), of(2023, "c.pdf", range(2, 3))], "abc"),
        ([of(2021, "lac-v1.pdf", range(1)), of(2023, "lac-v2.pdf", range(1))], "aa"),
        # the whole holds the water and the forests; both go on beside it
        ([of(2022, "eau.pdf", range(10)), of(2022, "foret.pdf", range(10, 30)), of(2023, "tout.pdf", range(2, 30))],
         "abb"),
        # without a firm, and of another firm
        ([of(2022, "a.pdf", range(10), None), of(2023, "b.pdf", range(4, 12), "Ondine")], "aa"),
        ([of(2022, "a.pdf", range(10), "Hydrelle"), of(2023, "b.pdf", range(10), "Ondine")], "ab"),
    ],
)  # fmt: skip
def test_the_next_edition_or_another_brochure(editions: list[Signature], series: str) -> None:
    for order in itertools.permutations(editions):
        found = name_brochures(order)
        names = [found[e.sha256].brochure for e in editions]
        assert [names.index(name) for name in names] == [series.index(letter) for letter in series]


def test_what_is_doubtful_says_so() -> None:
    """In both directions, and not where the next edition keeps most of the one before."""
    whole, extract = of(2022, "tout.pdf", range(30)), of(2023, "choix.pdf", range(5, 10))
    found = name_brochures([whole, extract])
    assert "5 of its 5 missions stand there too; `carnet ingest FILE --brochure ondine`" in (
        found["choix.pdf"].doubt or ""
    )
    assert found["tout.pdf"].doubt is None
    renewed = name_brochures([of(2020, "a.pdf", range(20)), of(2024, "b.pdf", range(16, 24))])
    assert "after a.pdf, of whose 20 missions it keeps 4;" in (renewed["b.pdf"].doubt or "")
    plain = name_brochures([of(2022, "a.pdf", range(10)), of(2023, "b.pdf", range(3, 12))])
    assert [named.doubt for named in plain.values()] == [None, None]


def test_what_the_user_names_goes_first() -> None:
    """A brochure that has a name of itself takes in what is named so; what is named apart stays apart."""
    eau, foret = of(2023, "eau.pdf", range(10)), of(2023, "foret.pdf", range(20, 40))
    third = replace(of(2024, "autre.pdf", range(50, 60)), named="ondine-eau")
    found = name_brochures([eau, foret, third])
    assert {name: named.brochure for name, named in found.items()} == {
        "eau.pdf": "ondine-eau", "foret.pdf": "ondine", "autre.pdf": "ondine-eau"}  # fmt: skip
    apart = [replace(of(2021 + n, f"{n}.pdf", range(10)), named=name) for n, name in enumerate(("Une", "Deux", "Une"))]
    assert [name_brochures(apart)[f"{n}.pdf"].brochure for n in range(3)] == ["Une", "Deux", "Une"]

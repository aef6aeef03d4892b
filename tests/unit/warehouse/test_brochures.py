"""Which brochure: said, published by, or named like."""

from __future__ import annotations

import pytest

from schemas.source import Edition, SourceFile
from warehouse.brochures import name_brochure


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

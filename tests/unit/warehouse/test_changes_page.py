"""The page of changes: French, escaped, each value old and new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from carnet.schemas.mission import Contact
from carnet.warehouse.store.db import open_writer
from tests.builders import MISSIONS, load_result, mission, result
from tests.conftest import Said


def test_the_page_is_french_and_escaped(path: Path, carnet: Callable[..., Said]) -> None:
    first, second, third = MISSIONS
    after = first.model_copy(update={
        "title": "Schéma directeur <b>d'eau</b> potable", "amount": Decimal("31500.50"), "page_first": 9,
        "end_date": dt.date(2023, 6, 30), "context": ("Un réseau ancien.", "Des fuites nombreuses."),
        "contacts": (first.contacts[0].model_copy(update={"has_left": True}), Contact(name="Luc Marsanne")),
    })  # fmt: skip
    with open_writer(path) as con:
        load_result(con, result("a.pdf", [first, second, third], edition_date=dt.date(2022, 1, 1), findings=()))
        new = mission(4, "Audit des digues", "Ville de Luz")
        load_result(con, result("b.pdf", [after, third, new], edition_date=dt.date(2024, 3, 31), findings=()))
    page = carnet("diff", "--format", "html", "--warehouse", path).out
    for words in (
        "<h1>Ce qui a changé : ondine-conseil</h1>",
        "De l’édition du 01/01/2022 (a.pdf) à l’édition du 31/03/2024 (b.pdf)",
        "1 mission ajoutée · 1 mission retirée · 1 mission modifiée", "Missions ajoutées", "Audit des digues",
        "<ins>&lt;b&gt;d&#39;eau&lt;/b&gt; </ins>", "<del>29\u202f000</del>", "<ins>31\u202f500,50</ins>",
        "p. 3, puis p. 9",
        "<del>30/06/2022</del>", "–\u00a0Des", "a quitté ses fonctions</ins>", "<ins>Luc Marsanne</ins>",
    ):  # fmt: skip
        assert words in page, words
    assert "<b>d'eau" not in page
    assert "http" not in page.replace("http-equiv", "")

"""Brochures are named by look-up: the same names, in whatever order editions come and go, as all compared with all."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest

from carnet.schemas.mission import Mission
from carnet.schemas.result import EditionResult
from carnet.warehouse.loading import identities, naming
from carnet.warehouse.loading.identities import Giving
from carnet.warehouse.loading.load import load
from carnet.warehouse.log.journal import log_ids, read_journal
from carnet.warehouse.matching.brochures import name_brochures
from carnet.warehouse.store.db import Connection, open_writer
from tests.builders import NOW, all_rows, draft, load_result, mission, result

FIRMS = ("Ondine", "Ondine Conseil", "Ondine Eau", "Hydrelle", None, None)
FILES = ("ondine.pdf", "ondine-eau.pdf", "references-2021.pdf", "references-2023.pdf", "foret.pdf", "hydrelle.pdf")
TITLES = [f"Étude hydraulique de la vallée numéro {n}" for n in range(30)]


def some_missions(lot: random.Random) -> list[Mission]:
    begin = lot.randrange(24)
    return [
        mission(at + 1, TITLES[n], f"Ville {n % 7}", start_date=dt.date(2000 + n, 1, 1), end_date=None)
        for at, n in enumerate(range(begin, begin + lot.randrange(1, 7)))
    ]


def drawn(lot: random.Random, number: int) -> EditionResult:
    """An edition by lot; its file's name tells its bytes, so the number makes each another file."""
    found = result(
        f"{number}-{lot.choice(FILES)}", some_missions(lot), firm=lot.choice(FIRMS),
        edition_date=dt.date(lot.randrange(2018, 2024), 1, 1) if lot.random() < 0.8 else None,
    )  # fmt: skip
    source = found.edition.source.model_copy(update={"name": found.edition.source.name.partition("-")[2]})
    return found.model_copy(update={"edition": found.edition.model_copy(update={"source": source})})


def named_at_once(con: Connection) -> dict[str, naming.NamedEdition]:
    editions = [edition for (edition,) in con.execute("SELECT edition_id FROM store.edition").fetchall()]
    signatures = naming._signatures(con, editions)
    found = name_brochures(signatures.values())
    return {e: (n.brochure, n.rule, n.doubt) for e, one in signatures.items() for n in [found[one.sha256]]}


@pytest.mark.parametrize("seed", range(4))
def test_names_by_look_up_are_those_of_all_with_all(tmp_path: Path, seed: int) -> None:
    lot = random.Random(seed)
    here: dict[int, EditionResult] = {}
    with open_writer(tmp_path / "carnet.duckdb") as con:
        for step in range(16):
            known = lot.choice(list(here)) if here and lot.random() < 0.3 else step
            here[known] = one = drawn(lot, known)
            named = {"brochure": lot.choice(["ondine", "Plaquette"])} if lot.random() < 0.15 else {}
            load_result(con, one, code=f"v{step}", **named)
            editions = [edition for (edition,) in con.execute("SELECT edition_id FROM store.edition").fetchall()]
            assert naming._before(con, editions) == named_at_once(con), f"after step {step}"
        assert con.execute("SELECT count(*) FROM store.mark WHERE is_old").fetchall() == [(0,)]


def test_strangers_are_not_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes: list[int] = []
    compare = naming.name_brochures
    monkeypatch.setattr(naming, "name_brochures", lambda some: sizes.append(len(found := list(some))) or compare(found))
    with open_writer(tmp_path / "carnet.duckdb") as con:
        for number in range(8):
            missions = [mission(1, f"Schéma directeur du bassin {number * 11}", f"Ville de Morcy {number}")]
            load_result(con, result(f"bureau-{number}.pdf", missions, firm=f"Cabinet {'abcdefgh'[number]}"))
        assert set(sizes) == {1}
        load_result(con, result("bureau-3-bis.pdf", missions, firm="Cabinet h"))
        assert max(sizes) == 2


def test_other_rules_of_naming_name_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_writer(tmp_path / "carnet.duckdb") as con:
        load_result(con, result("a.pdf"))
        con.execute("UPDATE store.edition SET brochure = 'otherwise'")
        load_result(con, result("b.pdf", [mission(1, TITLES[3], "Ville de Luz")], firm="Hydrelle"))
        monkeypatch.setattr(naming, "_digest", lambda: "other")
        load_result(con, result("c.pdf", [mission(1, TITLES[9], "Ville de Morcy")], firm="Orvane"))
        assert con.execute("SELECT DISTINCT brochure FROM store.edition ORDER BY 1").fetchall() == [
            ("hydrelle",), ("ondine-conseil",), ("orvane",),
        ]  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_ids_by_look_up_are_those_of_all_with_all(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same rows and the same log, whether the other brochures are looked at or not."""
    lot = random.Random(100 + seed)
    spared: list[bool] = []
    is_steady = identities._is_steady
    story = [drawn(lot, lot.choice([step, lot.randrange(step + 1)])) for step in range(12)]
    rows, given = [], []
    for place, spare in ((tmp_path / "a", True), (tmp_path / "b", False)):
        monkeypatch.setattr(
            identities, "_is_steady", lambda *of, spare=spare: spared.append(is_steady(*of)) or (spare and spared[-1])
        )
        with open_writer(place / "carnet.duckdb") as con:
            for step, one in enumerate(story):
                load(
                    con, draft(one), one, code_version=f"v{step}", now=NOW, journal=read_journal(place / "raw"),
                    giving=Giving(log_ids(place / "raw")),
                )  # fmt: skip
            rows.append(all_rows(con))
        given.append(read_journal(place / "raw").given)
    assert any(spared)
    assert rows[0] == rows[1]
    assert given[0] == given[1]

"""Two editions of a brochure beside the list of what changed between them: drawn ones in many layouts, and the shared
ones where they are."""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
import json
import os
from pathlib import Path
from typing import Any

import pytest

from carnet.pipeline.extract import extract
from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.read import MEDIA_TYPES
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.draft import EditionDraft
from carnet.schemas.source import SourceFile
from carnet.warehouse.loading.known import Naming
from carnet.warehouse.loading.load import load
from carnet.warehouse.store.db import Connection, open_writer
from tests.builders import NOW, rows_whatever_the_ids
from tests.make_samples import draw_pair
from tests.samples import pairs

SHARED = Path(__file__).resolve().parents[4] / "shared" / "brochures"
PERIOD = {"start_date", "end_date", "stated_months", "period_text"}
Drafts = dict[str, EditionDraft]
PAIRS = int(os.environ.get("CARNET_PAIRS", "1"))
"""Of each layout."""
NAMES = {name: "period" for name in PERIOD}
SHARED_NAMES = NAMES | {"contacts": "contact"}

pytestmark = pytest.mark.slow
shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared brochures are not here")
LAYOUTS = (
    "orvane_deck", "maubray_fiches", "variants.bordered_fiches", "variants.cards", "variants.label_column",
    "variants.magazine", "variants.plain_text", "variants.prose_list", "variants.table_ruled", "variants.table_white",
    "variants.under_label",
)  # fmt: skip

MISREAD = {"variants.label_column": {(5, 6, "approach")}}
"""What is taken for a change: a sentence that is told to be results in one of the two, and is in doubt there."""
MISREAD_LATER = {(29, "client"), (29, "title")}
"""A heading of the text in which nothing stands between for whom and what."""


@pytest.fixture(scope="module")
def drafts() -> dict[str, EditionDraft]:
    names = ("ocalia-2019.pdf", "ocalia-slides.pdf", "ocalia.txt", "ocalia-portrait.pdf")
    return {name: _draft(SHARED / name) for name in names}


def _draft(path: Path) -> EditionDraft:
    data = path.read_bytes()
    kind = MEDIA_TYPES[path.suffix]
    source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=path.name, media_type=kind)
    return extract(data, source, load_rules(), get_nlp())


def _changes(con: Connection) -> list[tuple[Any, ...]]:
    return con.execute(
        """SELECT o.file_name, c.change, c.field, b.ordinal, a.ordinal
           FROM changes AS c JOIN editions AS o ON o.edition_id = c.from_edition
           LEFT JOIN mission_history AS b ON b.edition_id = c.from_edition AND b.mission_id = c.mission_id
           LEFT JOIN mission_history AS a ON a.edition_id = c.to_edition AND a.mission_id = c.mission_id"""
    ).fetchall()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_next_edition_of_a_sample(con: Connection, tmp_path: Path, layout: str) -> None:
    pair, files = draw_pair(layout, tmp_path)
    read = [_draft(file) for file in files]
    for year in (2024, 2022):
        draft = read[year == 2024]
        naming = Naming(edition_date=dt.date(year, 1, 1))
        load(con, draft, settle(draft), code_version="v", now=NOW, naming=naming)
    rows = _changes(con)
    assert con.execute("SELECT count(DISTINCT brochure) FROM editions").fetchone() == (1,)
    assert {r[4] for r in rows if r[1] == "added"} == pair.added
    assert {r[3] for r in rows if r[1] == "removed"} == pair.removed
    changed = {(r[3], r[4], NAMES.get(r[2], r[2])) for r in rows if r[1] == "changed"}
    assert changed - pair.changed == MISREAD.get(layout, set())
    assert pair.changed <= changed


@pytest.mark.parametrize("layout", pairs.LAYOUTS)
@pytest.mark.parametrize("seed", range(101, 101 + PAIRS))
def test_the_next_edition_of_an_unknown_firm(tmp_path: Path, seed: int, layout: str) -> None:
    """What was done to the missions, and nothing else, in both orders of arrival; what came first keeps its ids."""
    drawn = pairs.draw_pair(seed, tmp_path, layout)
    read = [_draft(file) for file in drawn.files]
    grown = []
    for order in ((0, 1), (1, 0)):
        with open_writer(tmp_path / f"{order[0]}.duckdb") as con:
            ids: set[tuple[object, ...]] = set()
            for n in order:
                load(con, read[n], settle(read[n]), code_version="v", now=NOW)
                query = "SELECT edition_id, ordinal, mission_id FROM mission_history"
                assert ids <= (ids := set(con.execute(query).fetchall()))
            rows = _changes(con)
            assert con.execute("SELECT file_name FROM editions WHERE is_current").fetchall() == [(drawn.files[1].name,)]
            grown.append(rows_whatever_the_ids(con))
    assert grown[0] == grown[1]
    assert {r[4] for r in rows if r[1] == "added"} == drawn.pair.added
    assert {r[3] for r in rows if r[1] == "removed"} == drawn.pair.removed
    assert {(r[3], r[4], NAMES.get(r[2], r[2])) for r in rows if r[1] == "changed"} == drawn.pair.changed


@pytest.mark.parametrize("seed", range(302, 302 + PAIRS))
def test_one_edition_in_many_formats(tmp_path: Path, seed: int) -> None:
    """As Markdown, text and PDF in three layouts: one brochure, the same missions, no change, whatever came first."""
    read = [_draft(file) for file in pairs.draw_formats(seed, tmp_path)]
    grown = []
    for number, order in enumerate(list(itertools.permutations(read))[::29]):
        with open_writer(tmp_path / f"{number}.duckdb") as con:
            for draft in order:
                load(con, draft, settle(draft), code_version="v", now=NOW)
            assert con.execute("SELECT count(DISTINCT brochure), count(*) FROM editions").fetchone() == (1, len(read))
            assert con.execute("SELECT change, field, old_value, new_value FROM changes").fetchall() == []
            grown.append(rows_whatever_the_ids(con))
    assert all(rows == grown[0] for rows in grown)


def _load(con: Connection, drafts: Drafts, *names: str) -> None:
    for name in names:
        load(con, drafts[name], settle(drafts[name]), code_version="v", now=NOW)


OLD, NEW = "ocalia-2019.pdf", "ocalia-slides.pdf"


@shared
@pytest.mark.parametrize("order", list(itertools.permutations((OLD, NEW))))
def test_every_change_and_nothing_else(con: Connection, drafts: Drafts, order: tuple[str, ...]) -> None:
    expected = json.loads((SHARED / "ocalia-2019.changes.json").read_text(encoding="utf-8"))
    _load(con, drafts, *order)
    rows = _changes(con)
    assert sorted(r[4] for r in rows if r[1] == "added") == [m["ordinal"] for m in expected["added_in_2022"]]
    assert [r[3] for r in rows if r[1] == "removed"] == [m["ordinal_2019"] for m in expected["removed_in_2022"]]
    found = {(r[3], r[4], SHARED_NAMES.get(r[2], r[2])) for r in rows if r[1] == "changed"}
    assert found == {(c["ordinal_2019"], c["ordinal"], c["field"]) for c in expected["changed"]}
    assert con.execute("SELECT count(*) FROM findings WHERE code = 'identity_doubt'").fetchone() == (0,)


@shared
def test_the_same_ids_in_both_orders(con: Connection, drafts: Drafts) -> None:
    ids = "SELECT edition_id, ordinal, mission_id FROM mission_history ORDER BY ALL"
    _load(con, drafts, OLD, NEW)
    first = con.execute(ids).fetchall()
    for table in ("edition", "portrait", "mission"):
        con.execute(f"DELETE FROM store.{table}")
    _load(con, drafts, NEW, OLD)
    assert con.execute(ids).fetchall() == first


@shared
def test_any_order_of_arrival_gives_one_warehouse(drafts: Drafts, tmp_path: Path) -> None:
    """Every order with CARNET_PAIRS=8 or more, else some."""
    orders = list(itertools.permutations(drafts))
    grown = []
    for number, order in enumerate(orders[:: 1 if PAIRS >= 8 else 9]):
        with open_writer(tmp_path / f"{number}.duckdb") as con:
            _load(con, drafts, *order)
            grown.append(rows_whatever_the_ids(con))
    assert all(rows == grown[0] for rows in grown)


@shared
def test_other_layouts_of_an_edition_change_no_mission(con: Connection, drafts: Drafts) -> None:
    _load(con, drafts, "ocalia-portrait.pdf", OLD, "ocalia.txt", NEW)
    assert con.execute("SELECT DISTINCT brochure FROM editions").fetchall() == [("ocalia",)]
    later = {(r[3], r[2]) for r in _changes(con) if r[0] != OLD}
    assert later == MISREAD_LATER

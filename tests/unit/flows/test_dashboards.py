"""Ways in for dashboards: the page, the file beside a running ingest, Parquet; what docs/dashboards.md shows is run."""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.exports.dashboard import dashboard_rows, page
from carnet.warehouse.store.db import open_writer
from tests.builders import MISSIONS, load_result, mission, result
from tests.conftest import Said
from tests.gold_warehouse import SAMPLES, Gold, make_gold_warehouse, read_golds, shared_golds

Carnet = Callable[..., Said]
ROOT = Path(__file__).parents[3]
GUIDE = (ROOT / "docs" / "dashboards.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module", params=["samples", "shared"])
def golds(request: pytest.FixtureRequest) -> list[Gold]:
    found = read_golds(SAMPLES) if request.param == "samples" else shared_golds()
    return found or pytest.skip("../shared/brochures is not here")


@pytest.fixture
def gold(path: Path, golds: list[Gold]) -> Path:
    make_gold_warehouse(path, golds)
    return path


def test_the_page_says_what_the_answers_say(carnet: Carnet, gold: Path, golds: list[Gold], tmp_path: Path) -> None:
    out = tmp_path / "d.html"
    assert carnet("dashboard", out, "--warehouse", gold).status == 0
    shown = charts(out.read_text(encoding="utf-8"))
    missions = [m for g in golds for m in g["missions"]]
    assert sum(int(n) for n in shown["Missions par pays"].values()) == len(missions)
    domains = Counter(m["domain"] or "(non précisé)" for m in missions).most_common()
    assert [int(n) for n in shown["Missions par domaine"].values()] == [count for _, count in domains[:14]]
    communes = sum(m["client_type"] == "commune" for m in missions)
    assert shown["Missions par type de client"]["communes"] == str(communes)
    ended = {int(year): part.split("/") for year, part in shown[COVERAGE].items()}
    assert sum(int(n) for _, n in ended.values()) == sum(bool(m["end"] or m["start"]) for m in missions)
    reachable = [
        m for m in missions if any(not c["left"] and (c["email"] or c["phone"]) for c in m["contacts"]) and m["start"]
    ]
    assert sum(int(n) for n, _ in ended.values()) == len(reachable)
    euros = sum(m["amount"] for m in missions if (m["currency"], m["tax"], bool(m["amount"])) == ("EUR", "HT", True))
    spread = sum(digits(text) for text in shown["Chiffre d’affaires par année"].values())
    lost = re.search(r'class="note">([\d\s\u202f]+)', out.read_text(encoding="utf-8"))
    assert abs(spread + (digits(lost[1]) if lost else 0) - euros) <= len(shown["Chiffre d’affaires par année"])


COVERAGE = "Missions avec un contact joignable, par année de fin"


def test_the_page_names_nobody_and_loads_nothing(gold: Path, golds: list[Gold]) -> None:
    with open_reader(gold) as con:
        html = page(dashboard_rows(con))
    people = [c for g in golds for m in g["missions"] for c in m["contacts"]] + [t for g in golds for t in g["team"]]
    values = {p.get(name) for p in people for name in ("name", "email", "phone")} - {None}
    assert values
    assert [value for value in values if value in html] == []
    assert "<script" not in html and "http" not in html.replace('http-equiv="Content', "")
    assert not re.search(r"\b(src|href)=|url\(|@import", html)


def test_without_amounts_the_page_tells_of_no_money(carnet: Carnet, gold: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    assert carnet("dashboard", out, "--no-amounts", "--warehouse", gold).status == 0
    page = out.read_text(encoding="utf-8")
    assert "Missions par domaine" in page and "Sans les montants." in page
    assert not re.search(r"€|EUR|\bHT\b|Chiffre d|par taille|premiers clients|{{", page)


def test_hostile_names_are_text(path: Path) -> None:
    bad = '<script>alert("1")</script>'
    with open_writer(path) as con:
        load_result(
            con, result(missions=[m.model_copy(update={"client": bad, "domain": bad}) for m in MISSIONS], firm=bad)
        )
    with open_reader(path) as con:
        html = page(dashboard_rows(con, bad))
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_clients_that_may_be_persons_are_not_named(path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result(missions=[mission(1, "Étude", "Odette Marchais", client_type=None)]))
    with open_reader(path) as con:
        html = page(dashboard_rows(con))
    assert "Odette" not in html
    assert "(nom non publié)" in html


def test_an_empty_warehouse_and_one_firm(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    with open_writer(path):
        pass
    assert carnet("dashboard", tmp_path / "a.html", "--warehouse", path).status == 0
    assert "Aucune mission" in (tmp_path / "a.html").read_text(encoding="utf-8")
    with open_writer(path) as con:
        load_result(con, result())
        load_result(con, result("b.pdf", MISSIONS[:1], firm="Autre Bureau"))
    said = carnet("dashboard", tmp_path / "b.html", "--firm", "Autre Bureau", "--warehouse", path)
    assert (said.status, "1 missions" in said.err) == (0, True)
    said = carnet("dashboard", tmp_path / "c.html", "--firm", "Nobody", "--warehouse", path)
    assert (said.status, "Autre Bureau, Ondine Conseil" in said.err) == (1, True)


def test_years_between_are_shown_as_empty(path: Path) -> None:
    with open_writer(path) as con:
        dates = [("2015", 2015), ("2018", 2018)]
        load_result(con, result(missions=[in_year(n, year) for n, (_, year) in enumerate(dates, 1)]))
    with open_reader(path) as con:
        shown = charts(page(dashboard_rows(con)))
    assert shown["Missions en cours chaque année"] == {"2015": "1", "2016": "0", "2017": "0", "2018": "1"}


WRITER = """
import sys
from pathlib import Path
from tests.builders import MISSIONS, load_result, mission, result
from carnet.warehouse.store.db import open_writer
for n in range(12):
    if n == 6:
        sys.stdin.readline()  # until somebody has read what is there by now
    with open_writer(Path(sys.argv[1])) as con:
        load_result(con, result(f"{n}.pdf", MISSIONS, firm=f"Bureau {n}"))
"""


@pytest.mark.slow
def test_readers_beside_a_running_ingest_see_whole_editions(filled: Path) -> None:
    """The snippet of the guide, again and again, while another process writes."""
    space: dict[str, Any] = {}
    exec(snippet("read beside a running ingest"), space)  # noqa: S102
    counted = "SELECT count(*), count(DISTINCT edition_id) FROM missions"
    seen = space["read"](str(filled), counted)
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(filled)], cwd=ROOT, stdin=subprocess.PIPE)
    assert writer.stdin
    while writer.poll() is None:
        seen += space["read"](str(filled), counted)
        if seen[-1][1] == 7 and not writer.stdin.closed:
            writer.stdin.close()
    assert writer.wait() == 0
    assert all(missions == 3 * editions for missions, editions in seen)
    assert [editions for _, editions in seen] == sorted(editions for _, editions in seen)
    assert {1, 7} <= {editions for _, editions in seen}, "the readers came in between"
    assert space["read"](str(filled), "SELECT count(*) FROM missions") == [(39,)]


@pytest.mark.slow
@pytest.mark.parametrize("title", ["polars", "pandas", "DuckDB"])
def test_parquet_from_a_notebook(carnet: Carnet, filled: Path, tmp_path: Path, title: str) -> None:
    if title != "DuckDB":
        pytest.importorskip(title)
    query = "SELECT * FROM turnover_by_year"
    assert (
        carnet("sql", query, "--format", "parquet", "--out", tmp_path / "t.parquet", "--warehouse", filled).status == 0
    )
    space: dict[str, Any] = {"path": str(tmp_path / "t.parquet")}
    exec(snippet(title), space)  # noqa: S102
    assert {int(year): round(float(amount)) for year, amount in space["by_year"]} == {2021: 18125, 2022: 10875}


def snippet(title: str) -> str:
    """The Python block of docs/dashboards.md that begins with this comment."""
    (block,) = (
        code for code in re.findall(r"```python\n(.*?)```", GUIDE, re.DOTALL) if code.startswith(f"# {title}\n")
    )
    return str(block)


def in_year(n: int, year: int) -> Any:
    return mission(n, f"Étude {n}", "Ville de Luz", start_date=dt.date(year, 1, 1), end_date=dt.date(year, 12, 31))


def charts(html: str) -> dict[str, dict[str, str]]:
    """By title of the chart, the values of its table by label; the page is well-formed as far as that goes."""
    found = {}
    for section in re.findall(r"<section>.*?</section>", html, re.DOTALL):
        tree = ElementTree.fromstring(section)
        rows = [[cell.text or "" for cell in row] for row in tree.iter("tr")]
        found[tree.findtext("h2") or ""] = {label: value for label, value in rows}
    return found


def digits(text: str) -> int:
    return int(re.sub(r"\D", "", text))

"""A hundred people in odd forms: none of them stands in what is public, and ordinary sentences stay."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from carnet.flows.inbox.arrivals import look_at
from carnet.flows.services.export import personal_finder
from carnet.flows.services.ingest import Run, load_reading
from carnet.flows.settings import Settings
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.exports.masking import Known, Masker
from carnet.warehouse.loading.known import Naming
from tests.conftest import Said
from tests.redaction import SHARED
from tests.unit.flows.odd_people import MISSED, PEOPLE, STAYS, brochure, never
from tests.unit.flows.world import reading_of

Carnet = Callable[..., Said]
GOLD = (Path(__file__).parents[2] / "samples" / "gold", SHARED)

FIRM = frozenset({"Ondine Conseil"})

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The brochure read, once for all."""
    folder = tmp_path_factory.mktemp("odd")
    (folder / "ondine.md").write_text(brochure(), encoding="utf-8")
    settings = Settings(folder / "warehouse" / "carnet.duckdb", use_prefect=False)
    arrivals, _ = look_at([folder / "ondine.md"])
    for arrival in arrivals:
        load_reading(
            arrival, reading_of(arrival.path.read_bytes(), arrival.name), Run(settings, Naming(), arrivals, [])
        )
    return folder


@pytest.fixture
def here(read: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(read, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("CARNET_WAREHOUSE", str(tmp_path / "warehouse" / "carnet.duckdb"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def found_in(place: Path) -> Iterator[tuple[str, str]]:
    """Words that may not be there, in any file, packed or not, in any case."""
    for path in [place] if place.is_file() else sorted(p for p in place.rglob("*") if p.is_file()):
        data = path.read_bytes().decode("utf-8", "replace").casefold()
        yield from ((path.name, word) for word in never() if word.casefold() in data)


def test_nobody_stands_in_what_is_public(carnet: Carnet, here: Path) -> None:
    assert len(PEOPLE) >= 100
    assert carnet("export", "data").status == 0
    assert carnet("site", "site").status == 0
    assert carnet("dashboard", "page.html").status == 0
    assert [found for place in ("data", "site", "page.html") for found in found_in(here / place)] == []


def test_a_list_tells_every_row_that_names_somebody(carnet: Carnet, here: Path) -> None:
    """All but those that name him where no list shows it: in a period, a part of the brochure, a contact."""
    said = carnet("references", "--as-of", "2023-06-30", "--fiches", "--out", "list.md").err
    (rows,) = (line for line in said.splitlines() if "name a person" in line)
    assert len(rows.split("no. ")[1].split(",")) >= 39


@pytest.mark.parametrize("name", ["list.md", "list.html", "list.csv"])
def test_a_list_without_names_names_nobody(name: str, carnet: Carnet, here: Path) -> None:
    (here / "attested").mkdir()
    (here / "attested" / "1 - Mme Verdeau.pdf").write_bytes(b"signed")
    texts = "recipient,title,domain,period,partners,contacts,context,approach,results,attestation"
    fiches = ["--fiches"] if name != "list.csv" else []
    asked = ["--as-of", "2023-06-30", "--columns", texts, *fiches, "--attestations", "attested", "--out", name]
    said = carnet("references", *asked, "--no-names")
    assert (said.status, list(found_in(here / name))) == (0, [])
    assert "name a person" not in said.err and "nobody is named in the list" in said.err
    assert "[personne]" in (here / name).read_text(encoding="utf-8").replace("\\", "")


def test_what_is_still_shown_is_known() -> None:
    """A client or a partner as one whose kind is a firm's."""
    find = personal_finder()

    def shown(one: dict[str, Any]) -> bool:
        firms = frozenset({one["text"]} if one["in"] in ("client", "partners") else ())
        masked = Masker(Known(firms=FIRM, firms_like_people=firms), find)(one["text"])
        return any(word in masked for word in one["never"])

    assert [one["text"] for one in MISSED if not shown(one)] == []


@pytest.mark.parametrize("one", STAYS, ids=lambda one: one["text"])
def test_who_is_nobody_stays(one: dict[str, str]) -> None:
    """A firm that bears a surname, a place, a list: as text, or as the name of who publishes, a partner, a client."""
    name = frozenset({one["text"]})
    known = {
        "text": Known(firms=FIRM), "firm": Known(firms=name), "partners": Known(firms=FIRM, firms_like_people=name),
        "client": Known(firms=FIRM, bodies=name),
    }  # fmt: skip
    assert Masker(known[one["in"]], personal_finder())(one["text"]) == one["text"]


def test_ordinary_sentences_stay() -> None:
    """Of brochures of which nothing is known but who publishes them."""
    mask = Masker(Known(firms=frozenset(firm for firm, _ in told())), personal_finder())
    sentences = sorted({sentence for _, some in told() for sentence in some})
    masked = [sentence for sentence in sentences if mask(sentence) != printable(sentence)]
    assert len(sentences) >= 60
    assert len(masked) < len(sentences) / 100, masked


def told() -> Iterator[tuple[str, list[str]]]:
    """Firm and sentences of the reference answers: of the samples, and of what lies beside the project."""
    for path in sorted(p for folder in GOLD for p in folder.glob("*.gold.json")):
        answer = json.loads(path.read_text(encoding="utf-8"))
        texts = [t for m in answer["missions"] for name in ("context", "approach", "results") for t in m[name] or ()]
        texts += [m["title"] for m in answer["missions"] if m["title"]]
        yield str(answer["firm"]), [one for text in texts for one in re.split(r"(?<=[.!?])\s+(?=[A-ZÉÈÀ])", text)]

"""`carnet site`: what everybody may see, as pages that stand alone."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest

from carnet.warehouse.store.db import open_writer
from tests.builders import load_result, mission, result
from tests.conftest import Said

Carnet = Callable[..., Said]
PARTS = ("Voirie", "Énergie", "Eau", None)
HOSTILE = '</script><script>alert("1")</script>'


def pages(folder: Path) -> dict[str, str]:
    return {p.relative_to(folder).as_posix(): p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


@pytest.fixture
def site(carnet: Carnet, filled: Path, tmp_path: Path) -> dict[str, str]:
    out = tmp_path / "site"
    assert carnet("site", out, "--warehouse", filled, "--url", "https://example.org/refs").status == 0
    return pages(out)


def test_every_link_leads_somewhere_below_the_folder(site: dict[str, str]) -> None:
    assert sum(name.startswith("missions/") for name in site) == 3
    for name, text in site.items():
        if name.endswith(".html"):
            folder = Path(name).parent
            for link in re.findall(r'(?:href|src)="([^"]+)"', text):
                if not link.startswith("https://example.org/refs/"):
                    target = Path("/", folder, link).resolve().relative_to("/").as_posix()
                    assert target in site, (name, link)


def test_each_mission_is_a_card_for_other_pages(site: dict[str, str]) -> None:
    cards = {name: text for name, text in site.items() if name.startswith("cartes/")}
    assert len(cards) == 3 and not any("<script" in text for text in cards.values())
    for name in cards:
        page = site[name.replace("cartes/", "missions/")]
        assert f'src="https://example.org/refs/{name}"' in page.replace("&#34;", '"')


def test_what_goes_on_is_said_and_parts_stand_as_in_a_dictionary(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    ongoing = {"status": "ongoing", "end_date": None, "end_precision": None}
    told = [mission(n, f"Étude {n}", "Ville de Morcy", domain=name, **ongoing) for n, name in enumerate(PARTS, 1)]
    with open_writer(path) as con:
        load_result(con, result(missions=told))
    assert carnet("site", tmp_path / "site", "--warehouse", path).status == 0
    text = pages(tmp_path / "site")["index.html"]
    assert "(en cours)" in text and "True" not in text
    places = [text.index(f">{name}</a>") for name in ("Eau", "Énergie", "Voirie", "Autres références")]
    assert places == sorted(places)


def test_nobody_is_named(site: dict[str, str]) -> None:
    for name, text in site.items():
        for word in ("Verdeau", "brenoux.example", "+33466", "Brancourt"):
            assert word not in text, name


def test_without_amounts(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    assert carnet("site", tmp_path / "site", "--warehouse", filled, "--no-amounts").status == 0
    for name, text in pages(tmp_path / "site").items():
        assert "€" not in text and "29\u202f000" not in text and "54500" not in text, name


def test_the_missions_stand_there_without_script_and_as_data(site: dict[str, str]) -> None:
    assert "Schéma directeur d&#39;eau potable" in site["index.html"]
    (one,) = (text for name, text in site.items() if name.startswith("missions/") and "<h1>Schéma" in text)
    assert "Un réseau ancien." in one and "29\u202f000\u00a0€\u00a0HT" in one and "Hydrelle" in one
    told = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', one)[0])
    assert (told["@type"], told["sponsor"]["name"]) == ("CreativeWork", "Ville de Brenoux")
    feed = ElementTree.fromstring(site["feed.xml"])
    assert len(feed.findall("{http://www.w3.org/2005/Atom}entry")) == 3
    places = [e.text for e in ElementTree.fromstring(site["sitemap.xml"]).iter() if e.tag.endswith("loc")]
    assert len(places) == 1 + 1 + 3 and all(str(p).startswith("https://example.org/refs/") for p in places)


def test_the_same_again_and_nothing_of_others_is_lost(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "site"
    assert carnet("site", out, "--warehouse", filled).status == 0
    before = pages(out)
    assert "sitemap.xml" not in before
    assert carnet("site", out, "--warehouse", filled).status == 0
    assert pages(out) == before
    (out / "mine.txt").write_text("keep", encoding="utf-8")
    said = carnet("site", out, "--warehouse", filled)
    assert (said.status, "mine.txt" in said.err) == (1, True)
    assert (out / "mine.txt").exists()
    assert carnet("site", tmp_path / "b", "--warehouse", filled, "--url", "ftp://x").status == 2


def test_what_a_brochure_prints_is_only_text(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    bad = mission(1, HOSTILE, HOSTILE, domain=HOSTILE, context=(HOSTILE,), partners=(HOSTILE,))
    with open_writer(path) as con:
        load_result(con, result(missions=[bad], firm=HOSTILE))
    assert carnet("site", tmp_path / "site", "--warehouse", path).status == 0
    for name, text in pages(tmp_path / "site").items():
        assert "<script>alert" not in text, name
        if name.endswith(".html"):
            assert text.count("</script>") == text.count("<script"), name

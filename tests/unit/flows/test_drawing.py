"""A lost mission: a frame on a page becomes one, is corrected, undone, rebuilt and rid of persons like all others."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from carnet.flows.services.draw import Frame, draw, sketch
from carnet.flows.services.page_views import PageViews, SeenPage
from carnet.pipeline.drawn import Drawing, DrawnLine, drawing_in, drawing_of
from carnet.schemas.layout import BBox
from carnet.warehouse.ask.query import open_reader
from carnet.warehouse.disk.errors import QueryError
from tests.unit.flows.pages_world import OWN, client_of
from tests.unit.flows.world import ASKED, EDITIONS, World

FIRST = list(EDITIONS)[0]
LINES = [
    (100, 16.0, "Étude des crues de la Lanterne", 1),
    (124, 10.0, "Maître d'ouvrage : Syndicat mixte de la Lanterne", 0),
    (138, 10.0, "Période : mars 2020 à juin 2021", 0),
    (152, 10.0, "Montant : 23 400 € HT", 0),
    (166, 10.0, "Contact : Paule Verniol, chargée de mission, p.verniol@lanterne.example", 0),
    (190, 10.0, "Contexte", 1),
    (204, 10.0, "Deux crues en dix ans ont inondé le bourg et la plaine.", 0),
]
WHOLE = BBox(40, 90, 560, 230)


def words_of() -> list[list[Any]]:
    """As a page's picture has them: a word, its corners, bold or not."""
    words: list[list[Any]] = []
    for top, height, text, bold in LINES:
        at = 50.0
        for word in text.split():
            words.append([word, at, top, at + 0.5 * height * len(word), top + height, bold])
            at += 0.5 * height * (len(word) + 1)
    return [*words, ["Pied", 50.0, 800.0, 70.0, 810.0, 0]]


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.ingest(*EDITIONS)
    return made


def edition_of(world: World, name: str = FIRST) -> str:
    return str(world.ask(f"SELECT edition_id FROM editions WHERE file_name = '{name}'")[0][0])


def frame(world: World, box: BBox = WHOLE, name: str = FIRST) -> Frame:
    return Frame(edition_of(world, name), 3, box, words_of())


def history(world: World, mission: str) -> list[tuple[Any, ...]]:
    columns = "title, client, start_date, end_date, amount, context, page_first"
    return world.ask(f"SELECT {columns} FROM mission_history WHERE mission_id = '{mission}'")


AS_PRINTED = (
    "Étude des crues de la Lanterne", "Syndicat mixte de la Lanterne", dt.date(2020, 3, 1), dt.date(2021, 6, 30),
    Decimal("23400.00"), ["Deux crues en dix ans ont inondé le bourg et la plaine."], 3,
)  # fmt: skip


def test_a_frame_becomes_a_mission_with_its_words_behind_it(world: World) -> None:
    made = draw(world.settings, frame(world), ASKED)
    assert history(world, made) == [AS_PRINTED]
    where = (
        "FROM store.evidence AS v JOIN mission_history AS m ON (v.edition_id, v.mission) = (m.edition_id, m.ordinal)"
    )
    told = dict(
        (field, (text, page, x0 is not None))
        for field, text, page, x0 in world.ask(
            f"SELECT field, v.text, v.page, v.x0 {where} WHERE m.mission_id = '{made}'"
        )
    )
    assert told["title"] == ("Étude des crues de la Lanterne", 3, True)
    assert told["contact_email"][0] == "p.verniol@lanterne.example"
    assert world.ask("SELECT field, author FROM corrections") == [("mission", ASKED.author)]
    with pytest.raises(QueryError, match="drawn already"):
        draw(world.settings, frame(world), ASKED)


def test_a_sketch_keeps_nothing_and_an_empty_frame_makes_none(world: World) -> None:
    whole, empty = frame(world), frame(world, BBox(0, 0, 5, 5))
    with open_reader(world.settings.warehouse) as con:
        seen = sketch(con, world.settings, whole, ASKED)
        assert (seen.mission.title, seen.mission.amount) == (AS_PRINTED[0], Decimal("23400"))
        with pytest.raises(QueryError, match="no words"):
            sketch(con, world.settings, empty, ASKED)
    assert world.ask("SELECT count(*) FROM corrections") == [(0,)]


def test_it_is_corrected_dropped_undone_and_survives_a_rebuild(world: World) -> None:
    made = draw(world.settings, frame(world), ASKED)
    others = {row[0] for row in world.ask("SELECT mission_id FROM mission_history")} - {made}
    world.correct(made, "amount", "25 000 € HT")
    before = world.rows()
    assert not world.rebuild(dry_run=True).difference.any
    world.rebuild()
    assert world.rows() == before
    assert history(world, made)[0][4] == Decimal("25000.00")
    world.undo(made, "amount")
    world.correct(made, "mission", "-")
    assert history(world, made) == []
    world.undo(made, "mission")
    assert history(world, made) == [AS_PRINTED]
    world.undo(made, "mission")
    assert {row[0] for row in world.ask("SELECT mission_id FROM mission_history")} == others
    assert draw(world.settings, frame(world), ASKED) == made, "the same words again are the same mission"


def test_it_is_known_again_where_a_later_edition_is_read_rightly(world: World) -> None:
    """Drawn in two editions: one mission, as if both had been read."""
    made = draw(world.settings, frame(world), ASKED)
    assert draw(world.settings, frame(world, name=list(EDITIONS)[1]), ASKED) == made
    assert len(history(world, made)) == 2
    assert not world.rebuild(dry_run=True).difference.any


def test_who_is_forgotten_leaves_it_and_it_stays(world: World) -> None:
    made = draw(world.settings, frame(world), ASKED)
    world.forget("Paule Verniol")
    assert history(world, made)[0][:2] == AS_PRINTED[:2]
    assert world.files_with("Verniol", "verniol") == []
    world.rebuild()
    assert history(world, made)[0][:2] == AS_PRINTED[:2]


def test_the_log_gives_back_what_was_drawn() -> None:
    drawn = drawing_in(3, [DrawnLine(text, BBox(*box), bool(bold)) for text, *box, bold in words_of()], WHOLE)
    assert drawn and drawing_of(drawn.as_value()) == drawn
    assert [line.text for line in drawn.lines] == [text for _, _, text, _ in LINES]
    fewer = drawing_of("* 2 1,2,30,12 1,14,30,24\nUne seule ligne")
    assert fewer == Drawing(2, (DrawnLine("Une seule ligne", BBox(1, 2, 30, 24)),))
    for bad in ("* 3", "* x 1,2,3,4\na", "* 3 1,2,3\na", "* 3 1,2,3,4\n ", "*"):
        with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
            drawing_of(bad)


def test_a_line_of_the_log_that_can_not_be_read_is_a_finding(world: World) -> None:
    made = draw(world.settings, frame(world), ASKED)
    log = world.settings.raw / "corrections.jsonl"
    log.write_text(log.read_text(encoding="utf-8").replace('"* 3 ', '"* three '), encoding="utf-8")
    world.rebuild()
    assert history(world, made) == []
    assert world.ask("SELECT code, severity FROM findings WHERE code = 'correction_asked'") or world.ask(
        "SELECT code FROM store.finding WHERE code = 'correction_asked'"
    )


def test_pages_draw_only_for_the_holder_of_the_token(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    page = {"width": 595, "height": 842, "words": words_of()}
    monkeypatch.setattr(PageViews, "page", lambda *_: SeenPage(Path("none.png"), page))
    monkeypatch.setattr("carnet.flows.pages.review.edition_named", lambda *_: {
        "media_type": "application/pdf", "sha256": "0"
    })  # fmt: skip
    wish = {"edition": edition_of(world), "page": 3, "box": [560, 230, 40, 90]}
    stranger, holder = (client_of(world.settings.warehouse, token=t) for t in (False, True))
    assert stranger.post("/api/draw", json=wish, headers=OWN).status_code == 403
    seen = holder.post("/api/sketch", json=wish, headers=OWN).json()
    assert {"field": "client", "value": "Syndicat mixte de la Lanterne"} in seen["fields"]
    assert holder.post("/api/sketch", json=wish | {"box": [0, 0, 1, 1]}, headers=OWN).status_code == 422
    made = holder.post("/api/draw", json=wish, headers=OWN).json()["mission"]
    assert history(world, made) == [AS_PRINTED]
    queue = holder.get("/review").text
    assert "Étude des crues de la Lanterne" in queue and "* 3 50" not in queue


def test_two_missions_are_said_to_be_one_or_two(world: World) -> None:
    client: TestClient = client_of(world.settings.warehouse, token=True)
    made = draw(world.settings, frame(world), ASKED)
    forest = world.id_of("Luz-le-Bois")
    assert f'data-other="{made}"' in client.get(f"/review/{forest}").text
    wish = {"kind": "same", "mission": forest, "other": made}
    one = client.post("/api/pair", json=wish, headers=OWN).json()["mission"]
    assert len(history(world, one)) == 2
    page = client.get(f"/review/{one}").text
    assert "Ce n’est pas elle" in page
    apart = client.post("/api/pair", json={"kind": "distinct", "mission": one, "other": one}, headers=OWN)
    assert apart.status_code == 200
    assert len(history(world, apart.json()["mission"])) == 1

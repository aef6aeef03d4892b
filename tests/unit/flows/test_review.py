"""Corrections beside the page: shown before they are kept, kept as by command, taken back; pictures of pages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from PIL import Image

from carnet.flows.services.page_views import NoPicture, PageViews
from carnet.flows.settings import Settings
from carnet.flows.workers.child import draw_one
from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read.page_view import view_page
from carnet.warehouse.log.journal import read_journal
from tests.unit.flows.pages_world import OWN, TOKEN, client_of
from tests.unit.flows.world import EDITIONS, World

FICHES = Path(__file__).parents[3] / "raw" / "maubray-fiches.pdf"


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.ingest(list(EDITIONS)[1])
    return made


@pytest.fixture
def client(world: World) -> TestClient:
    return client_of(world.settings.warehouse, token=True)


def wish(world: World, field: str = "amount", value: str = "31 500 € HT", **more: str) -> dict[str, str]:
    return {"mission": world.id_of("Brenoux"), "field": field, "value": value} | more


def test_a_value_is_shown_as_it_will_be_read_and_not_kept(world: World, client: TestClient) -> None:
    seen = client.post("/api/preview", json=wish(world), headers=OWN).json()
    assert (seen["old_value"], seen["new_value"]) == ("29000.00", "31500.00")
    assert seen["shown"].replace("\u202f", " ") == "31 500"
    kind = client.post("/api/preview", json=wish(world, "client", "Communauté de communes du Val"), headers=OWN).json()
    assert {"field": "type de client", "old": "commune", "new": "intercommunalité"} in kind["also"]
    assert world.ask("SELECT count(*) FROM corrections") == [(0,)]
    assert read_journal(world.settings.raw).corrections == ()


def test_what_can_not_be_is_said_in_french(world: World, client: TestClient) -> None:
    answer = client.post("/api/preview", json=wish(world, value="beaucoup"), headers=OWN)
    assert (answer.status_code, answer.json()["detail"]) == (
        422,
        "Attendu\xa0: un montant comme 29 000 € HT, ou 29000.",
    )
    assert client.post("/api/correct", json=wish(world, "nothing"), headers=OWN).status_code == 422
    assert client.post("/api/correct", json=wish(world) | {"more": 1}, headers=OWN).status_code == 422


def test_a_correction_is_kept_and_taken_back(world: World, client: TestClient) -> None:
    one = world.id_of("Brenoux")
    assert client.post("/api/correct", json=wish(world, why="lettre"), headers=OWN).status_code == 200
    assert str(world.ask(f"SELECT amount FROM missions WHERE mission_id = '{one}'")[0][0]) == "31500.00"
    assert world.ask("SELECT field, why FROM corrections WHERE undone_at IS NULL") == [("amount", "lettre")]
    page = client.get(f"/review/{one}").text
    assert 'data-undo="amount"' in page and "31\u202f500" in page
    assert client.post("/api/undo", json={"mission": one, "field": "amount"}, headers=OWN).status_code == 200
    assert str(world.ask(f"SELECT amount FROM missions WHERE mission_id = '{one}'")[0][0]) == "29000.00"


def test_not_a_mission_and_back(world: World, client: TestClient) -> None:
    one = world.id_of("Brenoux")
    client.post("/api/correct", json=wish(world, "mission", "-"), headers=OWN)
    assert world.ask("SELECT count(*) FROM missions") == [(2,)]
    assert 'data-undo="mission"' in client.get("/review").text
    client.post("/api/undo", json={"mission": one, "field": "mission"}, headers=OWN)
    assert world.ask("SELECT count(*) FROM missions") == [(3,)]


@pytest.mark.parametrize(
    ("token", "headers", "status"),
    [
        (False, OWN, 403),
        (True, {}, 403),
        (True, {"Origin": "http://evil.example"}, 403),
        (True, {"Origin": "null"}, 403),
        (True, {"Origin": "http://127.0.0.1:9999"}, 403),
        (True, OWN | {"Host": "evil.example"}, 421),
        (False, {"Authorization": f"Bearer {TOKEN}"}, 200),
        (False, {"Authorization": "Bearer wrong"}, 403),
    ],
)
def test_nobody_else_writes(world: World, token: bool, headers: dict[str, str], status: int) -> None:
    client = client_of(world.settings.warehouse, token=token)
    for path in ("/api/correct", "/api/undo") if status != 200 else ("/api/correct",):
        assert client.post(path, json=wish(world), headers=headers).status_code == status
    assert world.ask("SELECT count(*) FROM corrections") == [(int(status == 200),)]


def test_who_does_not_hold_the_token_sees_no_page_and_no_queue(world: World) -> None:
    client = client_of(world.settings.warehouse)
    edition = world.ask("SELECT edition_id FROM editions")[0][0]
    for path in (
        "/review",
        f"/review/{world.id_of('Brenoux')}",
        f"/pictures/{edition}/1.png",
        f"/api/pages/{edition}/1",
    ):
        assert client.get(path).status_code == 403, path


def test_a_text_has_no_pages(world: World, client: TestClient) -> None:
    edition = world.ask("SELECT edition_id FROM editions")[0][0]
    assert client.get(f"/pictures/{edition}/1.png").status_code == 404
    assert client.get("/pictures/nowhere/1.png").status_code == 404


def test_the_picture_is_the_page_and_its_words_stand_on_dark_places() -> None:
    view = view_page(FICHES.read_bytes(), 3)
    picture = Image.open(io.BytesIO(view.picture)).convert("L")
    scale = picture.width / view.width
    assert abs(picture.height / scale - view.height) < 1
    assert len(view.words) > 20
    for word in view.words:
        box = word.box
        assert box is not None
        part = picture.crop(tuple(int(scale * n) for n in (box.x0, box.top, box.x1 + 1, box.bottom + 1)))  # type: ignore[arg-type]
        low, high = part.getextrema()
        assert high - low > 60, f"nothing is printed where {word.text} is told to be"  # type: ignore[operator]


def test_what_can_not_be_drawn_is_said(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="no page 99"):
        view_page(FICHES.read_bytes(), 99)
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing")
    assert "can't be drawn" in getattr(draw_one(bad, 1, Settings(tmp_path / "w.duckdb")), "reason", "")


@pytest.mark.slow
def test_a_page_is_drawn_once_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(tmp_path / "warehouse" / "carnet.duckdb", raw_folder=FICHES.parent)
    settings.warehouse.parent.mkdir()
    views = PageViews(settings)
    sha256 = next(views._originals.sha256(p) for p in views._originals.paths() if p.name == FICHES.name)
    first = views.page(sha256, 3)
    assert first.picture.read_bytes()[:4] == b"\x89PNG"
    assert settings.pictures.stat().st_mode & 0o077 == 0
    monkeypatch.setattr("carnet.flows.services.page_views.draw", lambda *_: pytest.fail("drawn again"))
    assert views.page(sha256, 3) == first
    with pytest.raises(NoPicture):
        views.page("0" * 64, 1)


def test_who_is_forgotten_is_in_no_picture(world: World) -> None:
    place = world.settings.pictures / "abc" / "1.png"
    place.parent.mkdir(parents=True)
    place.write_bytes(b"Aline Verdeau")
    world.forget("Aline Verdeau")
    assert not place.exists()

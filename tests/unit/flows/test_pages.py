"""Pages and API: what they tell, to whom, and that nobody else makes them write."""

from __future__ import annotations

import datetime as dt
import html
import re
import threading
from decimal import Decimal
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from carnet.flows.pages.words import words
from carnet.schemas.finding import FindingCode
from carnet.warehouse.ask.query import ask
from carnet.warehouse.ask.shared import Shared
from carnet.warehouse.store.db import open_writer
from tests.builders import MISSIONS, load_result, mission, result
from tests.unit.flows.pages_world import HOST, OWN, TOKEN, client_of

PAGES = ("/", "/?look=table", "/editions")
HOSTILE = '<script>alert("1")</script>'


@pytest.fixture
def client(filled: Path) -> TestClient:
    return client_of(filled)


@pytest.fixture
def known(filled: Path) -> TestClient:
    return client_of(filled, token=True)


def test_missions_by_facets_words_and_pages(client: TestClient) -> None:
    def ids(**asked: object) -> list[str]:
        answer = client.get("/api/missions", params={k: str(v) for k, v in asked.items()})
        assert answer.status_code == 200, answer.text
        return [m["title"] for m in answer.json()["missions"]]

    assert len(ids()) == 3
    assert ids(client_type="commune") == ["Schéma directeur d'eau potable"]
    assert ids(text="fuite") == [m.title for m in MISSIONS] or len(ids(text="fuite")) == 3, "by its stem"
    assert ids(text="assainis") == ["Diagnostic du réseau d'assainissement"], "as a part of a word"
    assert ids(text="zzz") == []
    assert ids(size="-") == ["Diagnostic du réseau d'assainissement"]
    assert ids(size=50000) == ["Étude de la ressource en eau"]
    assert ids(year=2018) == ["Étude de la ressource en eau"]
    assert ids(min_amount=30000) == ["Étude de la ressource en eau"]
    assert ids(sort="client")[0] == "Étude de la ressource en eau"
    assert ids(sort="printed", limit=1, offset=1) == ["Diagnostic du réseau d'assainissement"]


def test_a_theme_is_a_facet_and_put_right_on_the_page_of_a_mission(client: TestClient, known: TestClient) -> None:
    (water,) = client.get("/api/missions", params={"text": "ressource"}).json()["missions"]
    one, page = water["mission_id"], client.get(f"/missions/{water['mission_id']}").text
    assert '<a href="/?theme_code=7">Environnement</a>' in page and "data-theme" not in page
    assert f'data-theme="{one}"' in known.get(f"/missions/{one}").text
    wish = {"mission": one, "field": "theme", "value": "8"}
    assert client.post("/api/correct", json=wish, headers=OWN).status_code == 403
    assert known.post("/api/correct", json=wish, headers=OWN).json()["new_value"] == "8"
    found = client.get("/api/missions", params={"theme_code": "8"}).json()["missions"]
    assert [m["mission_id"] for m in found] == [one] and "choisi à la main" in client.get(f"/missions/{one}").text
    assert "Transports" in client.get("/").text and "Thème" in known.get("/review").text
    assert known.post("/api/undo", json=wish, headers=OWN).status_code == 200
    assert client.get("/api/missions", params={"theme_code": "8"}).json()["total"] == 0


def test_facets_count_what_they_lead_to(client: TestClient) -> None:
    for asked in ({}, {"text": "eau"}, {"client_type": "epci"}, {"status": "completed", "size": "-"}):
        answer = client.get("/api/facets", params=asked)
        assert answer.status_code == 200, answer.text
        counted = answer.json()
        for facet, counts in counted.items():
            for count in counts:
                if facet == "year" and count["value"] is None:
                    continue
                wanted = asked | {facet: count["value"] if count["value"] is not None else "-"}
                total = client.get("/api/missions", params=wanted).json()["total"]
                assert total == count["missions"], (asked, facet, count)


def test_one_mission_with_its_evidence_and_people_only_for_the_holder(client: TestClient, known: TestClient) -> None:
    first = client.get("/api/missions", params={"sort": "printed"}).json()["missions"][0]["mission_id"]
    stranger, holder = (c.get(f"/api/missions/{first}").json() for c in (client, known))
    assert {e["field"] for e in stranger["evidence"]} == {"title", "client", "amount_text"}
    assert stranger["contacts"] == [] and holder["contacts"][0]["name"] == "Aline Verdeau"
    assert "contact_name" in {e["field"] for e in holder["evidence"]}
    assert "Verdeau" not in client.get(f"/missions/{first}").text
    assert "Verdeau" in known.get(f"/missions/{first}").text
    assert client.get("/api/missions/ffff").status_code == 404


def test_editions_changes_findings_and_the_description(client: TestClient) -> None:
    assert [e["file_name"] for e in client.get("/api/editions").json()["editions"]] == ["ondine.pdf"]
    assert client.get("/api/changes").json()["changes"] == []
    assert client.get("/api/findings").json()["total"] == 2
    assert client.get("/api/findings", params={"severity": "warning"}).json()["findings"][0]["code"] == "amount_missing"
    assert client.get("/api/findings", params={"severity": "bad"}).status_code == 422
    paths = client.get("/api/openapi.json").json()["paths"]
    assert {"/api/missions", "/api/missions/{mission_id}", "/api/facets", "/api/changes"} <= set(paths)


@pytest.mark.parametrize(
    "asked",
    [
        "limit=0",
        "limit=9999",
        "offset=-1",
        "sort=x",
        "since=yesterday",
        "year=20a",
        "min_amount=1e9999",
        "text=" + "x" * 500,
    ],
)
def test_what_is_wrongly_asked_is_refused_in_a_sentence(client: TestClient, asked: str) -> None:
    answer = client.get(f"/api/missions?{asked}")
    assert answer.status_code == 422
    assert isinstance(answer.json()["detail"], str)


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("/?limit=0", "limit : attendu, 1 ou plus"),
        ("/?limit=many", "limit : attendu, un nombre entier"),
        ("/?sort=x", "sort : attendu, best, newest, biggest, client, printed"),
        ("/?since=hier", "depuis : attendu, 2021, 2021-03 ou 2021-03-15"),
        ("/?year=20a", "année : valeur incomprise"),
        ("/?text=" + "x" * 500, "recherche : 400 lettres au plus"),
        ("/basket?as_of=demain", "as_of : attendu, un jour comme 2021-03-15"),
        ("/missions/zzz", "zzz : aucune mission n'a cet identifiant"),
        ("/basket?pick=zzz", "une mission de la liste n’est plus là : zzz : aucune mission n'a cet identifiant"),
        ("/api/changes?brochure=zzz", "zzz : cette brochure n'existe pas"),
        ("/api/missions?limit=0", "limit : attendu, 1 ou plus"),
    ],
)
def test_what_is_wrongly_asked_is_said_in_french(client: TestClient, asked: str, sentence: str) -> None:
    answer = client.get(asked)
    assert answer.status_code in (404, 422)
    said = answer.json()["detail"] if asked.startswith("/api") else html.unescape(answer.text)
    assert sentence in said.replace("\u00a0", " ").replace("\u202f", " ")
    assert "`carnet" not in said


def test_an_answer_is_the_same_until_the_warehouse_changes(filled: Path, client: TestClient) -> None:
    first = client.get("/api/missions")
    again = client.get("/api/missions", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/api/missions?text=eau", headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code == 200
    with open_writer(filled) as con:
        load_result(con, result("b.pdf", MISSIONS[:1], firm="Autre Bureau"))
    after = client.get("/api/missions", headers={"If-None-Match": first.headers["ETag"]})
    assert (after.status_code, after.json()["total"]) == (200, 4)


def test_only_our_own_name_is_answered(client: TestClient) -> None:
    for host in ("evil.example:8765", "127.0.0.1:80", "127.0.0.1"):
        assert client.get("/api/missions", headers={"Host": host}).status_code == 421


def test_the_token_is_taken_out_of_the_address_into_a_cookie(client: TestClient) -> None:
    answer = client.get("/?text=eau", params={"text": "eau", "token": TOKEN})
    assert (answer.status_code, answer.headers["location"]) == (303, "/?text=eau")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie and "SameSite=strict" in cookie
    assert client.get("/", params={"token": "guess"}).status_code == 403
    elsewhere = client.get(f"http://{HOST}//evil.example/?token={TOKEN}")
    assert not elsewhere.headers.get("location", "").startswith("//")


def test_every_page_forbids_what_is_not_ours(client: TestClient) -> None:
    for page in PAGES:
        answer = client.get(page)
        assert answer.status_code == 200, answer.text
        policy = answer.headers["content-security-policy"]
        assert "unsafe" not in policy and "default-src 'none'" in policy
        assert " style=" not in answer.text and "<style" not in answer.text and " onclick" not in answer.text
        assert "http://" not in answer.text.replace("http://www.w3.org", "") and "https://" not in answer.text


def test_what_a_brochure_prints_is_only_text(path: Path) -> None:
    bad = mission(1, HOSTILE, HOSTILE, domain=HOSTILE, context=(HOSTILE,), partners=(HOSTILE,))
    with open_writer(path) as con:
        name = HOSTILE[:12].replace("/", "") + ".pdf"
        load_result(con, result("2022" + name, [bad], firm=HOSTILE, edition_date=dt.date(2022, 1, 1)), brochure="b")
        now = bad.model_copy(update={"context": (HOSTILE * 2,), "partners": (HOSTILE * 2,), "amount": Decimal(1)})
        load_result(con, result(name, [now], firm=HOSTILE), brochure="b")
    client = client_of(path, token=True)
    one = client.get("/api/missions").json()["missions"][0]["mission_id"]
    edition = next(e["edition_id"] for e in client.get("/api/editions").json()["editions"] if e["is_current"])
    assert "Missions modifiées" in client.get(f"/editions/{edition}").text
    own = (
        f"/review?edition={edition}",
        f"/review/{one}?edition={edition}",
        "/dashboard?firm=" + HOSTILE,
        f"/missions/{one}",
        f"/editions/{edition}",
        f"/editions/{edition}/pages/3",
        f"/basket?pick={one}",
    )
    told = ("/review", "/drop", "/dashboard", "/?text=" + HOSTILE, "/?domain=" + HOSTILE, "/missions/" + HOSTILE)
    for page in (*PAGES, *own, *told, f"/basket/references.html?pick={one}&open=1&fiches=on"):
        text = client.get(page).text
        assert "<script>alert" not in text, page
        assert not re.search(r"=\s*[^\"'\s>]*<script", text), page


def test_every_finding_has_french_words() -> None:
    assert [code.value for code in FindingCode if code.value not in words()["findings"]] == []


def test_readers_and_writers_of_one_process_take_turns(filled: Path) -> None:
    shared = Shared(filled)
    seen: list[int] = []
    stop = threading.Event()

    def read() -> None:
        while not stop.is_set():
            with shared.reading() as con:
                missions, editions = ask(con, "SELECT count(*), count(DISTINCT edition_id) FROM missions").rows[0]
                seen.append(missions - 3 * editions)

    readers = [threading.Thread(target=read) for _ in range(4)]
    for reader in readers:
        reader.start()
    try:
        for n in range(5):
            with shared.writing(), open_writer(filled) as con:
                load_result(con, result(f"{n}.pdf", firm=f"Bureau {n}"))
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert set(seen) == {0}
    assert len(seen) > 5


def test_an_empty_warehouse_has_pages(path: Path) -> None:
    with open_writer(path):
        pass
    client = client_of(path)
    assert "déposez une brochure" in client.get("/").text
    assert client.get("/missions/1").status_code == 404
    assert "Introuvable" in client.get("/missions/1").text
    assert OWN

"""The list for a tender, the dashboard and files dropped onto the page."""

from __future__ import annotations

import html
import io
import re
import time
import zipfile
from pathlib import Path

import docx
import pypdfium2
import pytest
from fastapi.testclient import TestClient

from carnet.flows.workers.answers import Failure, FileReading, ReadingFailed
from carnet.pipeline.read.office import printing
from carnet.pipeline.read.office.printing import program
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.privacy.lists import lists_given
from tests.unit.flows.pages_world import OWN, client_of
from tests.unit.flows.world import EDITIONS, World, reading_of, text_of


@pytest.fixture
def client(filled: Path) -> TestClient:
    return client_of(filled, token=True)


@pytest.fixture
def ids(client: TestClient) -> list[str]:
    return [m["mission_id"] for m in client.get("/api/missions?sort=printed").json()["missions"]]


def test_a_list_stands_in_the_order_chosen_and_says_what_is_open(client: TestClient, ids: list[str]) -> None:
    page = client.get("/basket", params={"pick": f"{ids[2]},{ids[0]},{ids[1]}", "as_of": "2023-01-01"}).text
    assert re.findall(r'data-id="(\w+)"', page) == [ids[2], ids[0], ids[1]]
    assert "N° 3, montant" in page, "the second mission has none"
    assert "La liste est vide" in client.get("/basket").text
    assert client.get("/basket", params={"pick": "ffff"}).status_code == 422


def test_a_list_is_not_written_with_holes_unless_that_is_said(client: TestClient, ids: list[str]) -> None:
    asked = {"pick": ",".join(ids), "as_of": "2023-01-01"}
    assert client.get("/basket/references.docx", params=asked).status_code == 422
    answer = client.get("/basket/references.docx", params=asked | {"open": "1"})
    assert "attachment" in answer.headers["content-disposition"]
    text = zipfile.ZipFile(io.BytesIO(answer.content)).read("word/document.xml").decode()
    assert text.index("Schéma directeur") < text.index("Diagnostic du réseau")
    whole = client.get(
        "/basket/references.csv", params=asked | {"pick": ids[0], "without_amounts": "on", "declared": "on"}
    )
    assert whole.status_code == 200 and "29" not in whole.text.split("Schéma")[1].split("2022")[1]
    assert "déclaration du candidat" in whole.text and "à joindre" not in whole.text
    assert client.get("/basket/references.csv", params=asked | {"pick": ids[0]}).status_code == 422, "to be joined"
    assert "Attestation à joindre\xa0: n° 1." in client.get("/basket", params=asked | {"pick": ids[0]}).text
    assert client.get("/basket/references.exe", params=asked).status_code == 404


def test_nothing_open_is_written_before_somebody_said_so(client: TestClient, ids: list[str]) -> None:
    asked = {"pick": ids[0], "as_of": "2023-01-01"}
    page = client.get("/basket", params=asked).text
    assert "Écrire la liste telle quelle" in page and "/basket/references." not in page
    assert "/basket/references.pdf?" in client.get("/basket", params=asked | {"open": "1"}).text
    assert "/basket/references.pdf?" in client.get("/basket", params=asked | {"declared": "on"}).text


def test_columns_are_chosen_and_a_pdf_is_one(client: TestClient, ids: list[str]) -> None:
    asked: dict[str, object] = {"pick": ids[0], "as_of": "2023-01-01", "column": ["title", "domain", "nonsense"]}
    page = client.get("/basket", params=asked).text
    assert re.findall(r'<th scope="col">([^<]+)', page)[:3] == ["Objet de la prestation", "Domaine", "Ordre"]
    assert client.get("/basket/references.csv", params=asked).text.startswith(
        "\ufeffObjet de la prestation;Domaine\r\n"
    )
    pdf = pypdfium2.PdfDocument(client.get("/basket/references.pdf", params=asked).content)
    assert "Schéma directeur" in pdf[0].get_textpage().get_text_bounded()


def test_a_list_in_the_firms_own_template_and_remembered(filled: Path, client: TestClient, ids: list[str]) -> None:
    asked = {"pick": f"{ids[2]},{ids[0]}", "as_of": "2023-01-01", "declared": "on", "title": "Pour Morcy"}
    template = client.get("/basket/modele.docx").content
    assert client.post("/basket/references.docx", params=asked, content=template).status_code == 403, "no origin"
    assert client.post("/basket/references.docx", params=asked, content=b"x", headers=OWN).status_code == 422
    open_too = asked | {"open": "1"}
    answer = client.post("/basket/references.docx", params=open_too, content=template, headers=OWN)
    word = docx.Document(io.BytesIO(answer.content))
    assert word.paragraphs[0].text == "Pour Morcy" and len(word.tables[0].rows) == 3
    page = client.get("/basket", params={"pick": f"{ids[1]},{ids[0]}", "as_of": "2023-01-01"}).text
    assert "Pour Morcy – references-2023-01-01.docx" in page and "dont, ici, n° 2" in page
    assert "Pour Morcy" not in client_of(filled).get("/basket", params=asked | {"title": ""}).text, "for its holder"
    assert [given.missions for given in lists_given(filled)] == [(ids[2], ids[0])]
    with open_reader(filled) as con:
        kept = ask(con, "SELECT mission_id, form FROM lists ORDER BY ordinal").rows
    assert kept == [(ids[2], "docx"), (ids[0], "docx")]


@pytest.mark.skipif(program() is None, reason="no LibreOffice here")
def test_the_template_is_filled_as_a_pdf_too(client: TestClient, ids: list[str]) -> None:
    asked = {"pick": ids[0], "as_of": "2023-01-01", "declared": "on", "title": "Pour Morcy", "open": "1"}
    template = client.get("/basket/modele.docx").content
    answer = client.post("/basket/references.pdf", params=asked, content=template, headers=OWN)
    text = pypdfium2.PdfDocument(answer.content)[0].get_textpage().get_text_bounded()
    assert "Pour Morcy" in text and "{{" not in text
    assert "Pour Morcy – references-2023-01-01.pdf" in client.get("/basket", params={"pick": ids[0]}).text


def test_without_libreoffice_a_pdf_of_a_template_says_what_to_do(
    client: TestClient, ids: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "program", lambda: None)
    asked = {"pick": ids[0], "as_of": "2023-01-01", "declared": "on", "open": "1"}
    page = client.get("/basket", params=asked).text
    assert "n’a pas LibreOffice" in page and "En PDF" not in page
    json = OWN | {"Accept": "application/json"}
    refused = client.post("/basket/references.pdf", params=asked, content=b"PK", headers=json)
    assert refused.status_code == 422 and "exportez-le en PDF" in refused.json()["detail"]


def test_people_are_in_a_list_only_for_the_holder(filled: Path, client: TestClient, ids: list[str]) -> None:
    asked = {"pick": ids[0], "contacts": "on", "as_of": "2023-01-01", "declared": "on"}
    assert "Verdeau" in client.get("/basket/references.csv", params=asked).text
    stranger = client_of(filled)
    assert stranger.get("/basket/references.csv", params=asked).status_code == 403
    assert stranger.get("/basket", params=asked).status_code == 403
    del asked["contacts"]
    assert "Verdeau" not in stranger.get("/basket/references.csv", params=asked).text


def test_every_bar_leads_to_as_many_missions_as_it_says(client: TestClient) -> None:
    page = client.get("/dashboard").text
    bars = re.findall(r'<a [^>]*href="/\?([^"]+)" aria-label="([^"]+)\xa0: ([^"]+)"', page)
    assert {href.split("=")[0] for href, _, _ in bars} >= {"year", "domain", "client_type", "size"}
    for href, label, told in bars:
        total = client.get("/api/missions?" + html.unescape(href)).json()["total"]
        assert total > 0, label
        if "€" not in html.unescape(told):
            assert total == int(told), (label, href)
    assert "FROM turnover_by_year" in page, "its question"


def test_files_dropped_are_read_and_the_refused_ones_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    world = World(tmp_path)
    name = next(iter(EDITIONS))
    world.ingest(name)
    monkeypatch.setattr("carnet.flows.services.desk.BackgroundReadings", _Instant)
    with client_of(world.settings.warehouse, token=True) as client:
        new = list(EDITIONS)[1]
        for sent, data in ((new, text_of(new)), (name, text_of(name)), ("../x.pdf", "%PDF-1.4 nothing")):
            answer = client.post("/api/files", params={"name": sent}, content=data.encode(), headers=OWN)
            assert answer.status_code == 202
        files = _when_done(client)
        told = {f["name"]: (f["status"], f["missions"]) for f in files}
        assert told == {new: ("new", 3), name: ("unchanged", 3), "../x.pdf": ("refused", 0)}
        assert files[0]["reason"] == "damaged PDF"
        assert [p.name for p in tmp_path.rglob("x.pdf")] == []
        assert client.post("/api/files", params={"name": new}, content=b"x").status_code == 403
    assert world.ask("SELECT count(*) FROM editions") == [(2,)]
    assert (world.settings.raw / new).read_text(encoding="utf-8") == text_of(new)


class _Instant:
    """Reads in this process."""

    def __init__(self, arrivals: list[object], *_: object) -> None:
        self.pages: dict[object, int] = {}

    def as_they_end(self, wanted: list[object]) -> list[object]:
        return wanted

    def result(self, arrival: object) -> FileReading:
        data = arrival.path.read_bytes()  # type: ignore[attr-defined]
        if data.startswith(b"%PDF"):
            raise ReadingFailed(Failure("refused", "damaged PDF"))
        return reading_of(data, arrival.name)  # type: ignore[attr-defined]

    def close(self) -> None:
        pass


def _when_done(client: TestClient) -> list[dict[str, object]]:
    for _ in range(3000):
        files: list[dict[str, object]] = client.get("/api/files").json()["files"]
        if not any(f["status"] in ("waiting", "reading") for f in files):
            return files
        time.sleep(0.1)
    pytest.fail("never done")

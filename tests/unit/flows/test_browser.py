"""What a user does, in a real headless Chromium: drop a file, find, open, correct by framing words, undo, choose."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
import pypdfium2
import pytest

from carnet.flows.services.site import site
from carnet.flows.settings import Settings
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.exports.to_site import SiteHeading

pytestmark = pytest.mark.slow
ROOT = Path(__file__).parents[3]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
A4 = (595.28, 841.89)
"""Points."""
PATIENCE = 120_000.0
"""Milliseconds: the machine may be busy."""


@dataclass(frozen=True)
class Served:
    """`carnet serve` of a warehouse of its own, and a browser page that holds the token."""

    warehouse: Path
    base: str
    page: Any  # playwright's Page
    said: list[str]

    def go(self, path: str) -> None:
        self.page.goto(self.base + path)

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        with open_reader(self.warehouse) as con:
            return ask(con, sql).rows


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    playwright = pytest.importorskip("playwright.sync_api")
    if CHROMIUM is None:
        pytest.skip("no Chromium here; .ci/run installs it")
    warehouse = tmp_path_factory.mktemp("served") / "warehouse" / "carnet.duckdb"
    code = "from carnet.flows.cli import main; main()"
    environment = os.environ | {"CARNET_PREFECT": "off", "PYTHONUNBUFFERED": "1"}
    command = [sys.executable, "-c", code, "serve", "--port", "0", "--warehouse", str(warehouse)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment, cwd=ROOT) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"(http://\S+?)/\?token=\S+", server.stderr.readline())
            assert address
            with playwright.sync_playwright() as player:
                browser = player.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                page = browser.new_page(viewport={"width": 1280, "height": 900})
                page.set_default_timeout(PATIENCE)
                said: list[str] = []
                page.on("console", lambda message: said.append(message.text))
                page.on("pageerror", lambda error: said.append(str(error)))
                page.goto(address[0])
                yield Served(warehouse, address[1], page, said)
                browser.close()
        finally:
            server.terminate()


def test_drop_find_correct_undo_choose(served: Served) -> None:
    expect = pytest.importorskip("playwright.sync_api").expect
    page = served.page
    served.go("/drop")
    page.set_input_files("input[type=file]", [ROOT / "raw" / "maubray-fiches.pdf", ROOT / "pyproject.toml"])
    page.wait_for_selector(".handed .new")
    page.wait_for_selector(".handed .refused")
    assert served.ask("SELECT count(*) FROM missions") == [(15,)]

    served.go("/")
    page.fill("#text", "secheresse")
    expect(page.locator(".card")).to_have_count(1, timeout=PATIENCE)
    assert "text=secheresse" in page.url
    page.click("[data-pick]")
    page.click(".card h2 a")
    page.click("text=Voir la page et corriger")

    page.wait_for_selector(".paper svg .box")
    mission = page.url.rpartition("/")[2]
    before = served.ask(f"SELECT title, amount FROM missions WHERE mission_id = '{mission}'")
    page.click('.row[data-field="client_type"] .name')
    page.select_option("#choice:focus", "region")
    expect(page.locator("#answer")).to_contain_text("région", timeout=PATIENCE)
    page.click('.row[data-field="amount"] .name')
    assert page.locator(".box.on").count() >= 1
    page.fill("#value", "beaucoup")
    page.wait_for_selector(".answer.bad")
    _frame(page, page.locator('.box[data-for="title"]').first.bounding_box(), "title")
    words = page.locator('.box[data-for="title"]').first.bounding_box()
    page.mouse.click(words["x"] + 8, words["y"] + words["height"] / 2)
    assert page.input_value("#value") == before[0][0].split()[0], "a click takes one word"
    page.fill("#value", before[0][0] + " (phase 2)")
    expect(page.locator("#answer")).to_contain_text("phase 2", timeout=PATIENCE)
    assert served.ask(f"SELECT title, amount FROM missions WHERE mission_id = '{mission}'") == before
    page.keyboard.press("Enter")
    page.wait_for_selector('.row[data-field="title"] [data-undo]')
    assert served.ask(f"SELECT title FROM missions WHERE mission_id = '{mission}'")[0][0].endswith("(phase 2)")
    page.keyboard.press("u")
    page.wait_for_selector('.row[data-field="title"] [data-undo]', state="detached")
    assert served.ask(f"SELECT title, amount FROM missions WHERE mission_id = '{mission}'") == before

    served.go("/basket")
    page.wait_for_selector("tr[data-id]")
    assert page.locator("text=Word").count() == 0, "it is asked first whether gaps may stay"
    page.click("text=Écrire la liste telle quelle")
    with page.expect_download() as download:
        page.click("a.button:text('Word')")
    assert Path(download.value.path()).read_bytes()[:2] == b"PK"
    assert [text for text in served.said if "Content Security Policy" in text or "Error" in text] == []


def _frame(page: Any, box: Any, field: str) -> None:
    """Draw a frame around the words in a box: they become the value of the field."""
    page.click(f'.row[data-field="{field}"] .name')
    page.mouse.move(box["x"] - 3, box["y"] - 3)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] + 3, box["y"] + box["height"] + 3, steps=4)
    page.mouse.up()
    assert page.input_value("#value").strip()


def _journey(page: Any, keys: str) -> None:
    """Keys one after the other, as a person without a mouse types them."""
    for key in keys.split():
        page.keyboard.press(key)


def _focus_by_tab(page: Any, selector: str, most: int = 120) -> None:
    """The focus walks there by Tab alone."""
    for _ in range(most):
        if page.evaluate("selector => document.activeElement?.matches(selector)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached by Tab")


def test_by_keyboard_alone(served: Served) -> None:
    """From the search to a mission, into the list, to its page, a correction kept and undone, a mission drawn."""
    expect = pytest.importorskip("playwright.sync_api").expect
    page = served.page
    page.set_viewport_size({"width": 1280, "height": 900})
    served.go("/")
    page.keyboard.press("/")
    page.keyboard.type("secheresse")
    expect(page.locator(".card")).to_have_count(1, timeout=PATIENCE)
    _focus_by_tab(page, ".card h2 a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/missions/*")
    _focus_by_tab(page, "[data-pick]")
    pressed = page.get_attribute("[data-pick]", "aria-pressed")
    page.keyboard.press("Space")
    assert page.get_attribute("[data-pick]", "aria-pressed") != pressed
    page.keyboard.press("Space")
    _focus_by_tab(page, "a[href^='/review/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/*")
    page.wait_for_selector(".paper svg .box")
    mission = page.url.rpartition("/")[2]
    query = f"SELECT title FROM missions WHERE mission_id = '{mission}'"
    before = served.ask(query)
    page.keyboard.press("c")
    page.wait_for_selector("#value:focus")
    field = page.evaluate("document.activeElement.closest('.row').dataset.field")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.closest('.row').dataset.field") == field
    _focus_by_tab(page, '.row[data-field="title"] .name')
    page.keyboard.press("Enter")
    page.wait_for_selector("#value:focus")
    page.keyboard.press("End")
    page.keyboard.type(" (phase 3)")
    expect(page.locator("#answer")).to_contain_text("phase 3", timeout=PATIENCE)
    page.keyboard.press("Enter")
    page.wait_for_selector('.row[data-field="title"] [data-undo]')
    assert served.ask(query)[0][0].endswith("(phase 3)")
    page.keyboard.press("u")
    page.wait_for_selector('.row[data-field="title"] [data-undo]', state="detached")
    assert served.ask(query) == before


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_a_lost_mission_is_drawn(served: Served, by_keyboard: bool) -> None:
    """A mission is taken away as if it had never been read; its words are framed, or told by their lines."""
    page = served.page
    page.set_viewport_size({"width": 1280, "height": 900})
    edition, number, box = served.ask(
        """SELECT edition_id, any_value(page_first), [min(x0), min(top), max(x1), max(bottom)]
           FROM missions JOIN evidence USING (mission_id)
           WHERE page = page_first AND field <> 'domain' AND page_first = page_last
           GROUP BY edition_id, mission_id ORDER BY mission_id LIMIT 1"""
    )[0]
    before = served.ask("SELECT count(*) FROM missions")[0][0]
    served.go(f"/editions/{edition}/pages/{number}")
    page.wait_for_selector(".paper svg .box")
    if by_keyboard:
        _focus_by_tab(page, "[name=from]")
        _journey(page, "ArrowDown Tab ArrowUp Tab Enter")
    else:
        paper = page.locator(".paper svg").bounding_box()
        scale = paper["width"] / page.evaluate("document.querySelector('.paper svg').viewBox.baseVal.width")
        place = [paper["x"] + scale * box[0] - 4, paper["y"] + scale * box[1] - 4,
                 paper["x"] + scale * box[2] + 4, paper["y"] + scale * box[3] + 4]  # fmt: skip
        page.mouse.move(*place[:2])
        page.mouse.down()
        page.mouse.move(*place[2:], steps=5)
        page.mouse.up()
    page.wait_for_selector(".sketch .fields dd")
    assert served.ask("SELECT count(*) FROM missions")[0][0] == before
    if by_keyboard:
        _focus_by_tab(page, "[data-keep]")
        page.keyboard.press("Enter")
    else:
        page.click("[data-keep]")
    page.wait_for_url("**/review/*")
    page.wait_for_selector(".paper svg .box")
    assert served.ask("SELECT count(*) FROM missions")[0][0] == before + 1
    page.keyboard.press("u")
    page.wait_for_url("**/review")
    assert served.ask("SELECT count(*) FROM missions")[0][0] == before


@pytest.mark.parametrize("width", [360, 1280])
def test_no_page_is_wider_than_its_window(served: Served, width: int) -> None:
    served.page.set_viewport_size({"width": width, "height": 800})
    one, edition = served.ask("SELECT max(mission_id), max(edition_id) FROM missions")[0]
    own = (f"/missions/{one}", f"/review/{one}", f"/editions/{edition}", f"/editions/{edition}/pages/3")
    lists = (f"/basket?pick={one}", f"/basket?pick={one}&open=1&column=title&column=results")
    for path in ("/", "/?look=table", "/review", "/drop", *lists, "/dashboard", "/editions", *own):
        served.go(path)
        assert served.page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_the_map_leads_to_the_missions_of_a_departement(served: Served) -> None:
    page = served.page
    page.set_viewport_size({"width": 1280, "height": 900})
    served.go("/")
    place = page.locator(".map a").first
    name, missions = place.get_attribute("aria-label").split("\xa0: ")
    place.focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".map a[aria-current]")
    assert page.locator(".count").inner_text().replace("\xa0", " ") == missions.replace("\xa0", " ")
    assert name in page.locator(".chips").inner_text()


def test_a_list_is_put_in_order_by_dragging_and_given_out_in_every_form(served: Served, tmp_path: Path) -> None:
    page = served.page
    page.set_viewport_size({"width": 1280, "height": 900})
    ids = [row[0] for row in served.ask("SELECT mission_id FROM missions ORDER BY ordinal LIMIT 3")]
    served.go(f"/basket?pick={','.join(ids)}&as_of=2023-01-01")
    page.drag_and_drop(f'tr[data-id="{ids[2]}"] td:first-child', f'tr[data-id="{ids[0]}"] td:first-child',
                       target_position={"x": 5, "y": 2})  # fmt: skip
    page.wait_for_url(f"**pick={ids[2]}*")
    assert [row.get_attribute("data-id") for row in page.locator("tr[data-id]").all()] == [ids[2], ids[0], ids[1]]
    page.click("text=Écrire la liste telle quelle")
    starts = {"Word": b"PK", "Excel": b"PK", "PDF": b"%PDF", "CSV": b"\xef\xbb\xbf"}
    for name, start in starts.items():
        with page.expect_download() as download:
            page.click(f"a.button:text-is('{name}')")
        assert Path(download.value.path()).read_bytes().startswith(start), name
    letterhead = tmp_path / "en-tete.docx"
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Ondine Conseil"
    word.save(str(letterhead))
    page.set_input_files("[data-template] input", letterhead)
    with page.expect_download() as download:
        page.click("text=Remplir le modèle")
    made = docx.Document(download.value.path())
    assert made.sections[0].header.paragraphs[0].text == "Ondine Conseil" and len(made.tables[0].rows) == 4
    page.reload()
    assert page.locator(".past li").count() >= 1


def _printed(page: Any) -> list[str]:
    """The pages of what is printed on A4, as text; every letter stands within the margins."""
    pdf = pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    texts = []
    for sheet in pdf:
        assert all(abs(side - wanted) < 2 for side, wanted in zip(sheet.get_size(), A4, strict=True))
        text = sheet.get_textpage()
        texts.append(text.get_text_bounded())
        for at in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(at)
            if not text.get_text_range(at, 1).isspace():
                assert left > 30 and right < A4[0] - 30 and bottom > 30 and top < A4[1] - 30, text.get_text_range(at, 9)
    return texts


def _letters(text: str) -> str:
    """Without blanks and hyphens, which a line end may take or bring."""
    return re.sub(r"[\s\x02\u00ad-]+", "", text)


def test_a_mission_and_a_list_are_printed_on_a4_whole_and_without_navigation(served: Served) -> None:
    page = served.page
    page.set_viewport_size({"width": 1280, "height": 900})
    ids = [row[0] for row in served.ask("SELECT mission_id FROM missions ORDER BY ordinal")]
    longest = "SELECT max_by(mission_id, len(concat(context, approach, results))) FROM missions"
    paths = {
        "mission": f"/missions/{served.ask(longest)[0][0]}",
        "list": f"/basket?pick={','.join(ids)}&as_of=2023-01-01",
    }
    for what, path in paths.items():
        served.go(path)
        pages = _printed(page)
        text = "\n".join(pages)
        for gone in (
            "À vérifier\n",
            "Tableau de bord",
            "Déposer",
            "Actualiser",
            "Ajouter à la liste",
            "compléter",
            "↑",
        ):
            assert gone not in text, what
        places = {
            "mission": ".mission h1, .fields dd > :first-child, .texts p, .texts li",
            "list": "tbody td:not(.nowrap)",
        }
        for wanted in page.locator(places[what]).all_inner_texts():
            assert all(_letters(line) in _letters(text) for line in wanted.splitlines()), wanted
    assert len(pages) <= 3 and all("Destinataire" in one for one in pages), "heads stand on every page of a list"


def test_another_site_can_not_write(served: Served) -> None:
    """A page of another origin (a file) that has the same browser, and its cookies, behind it."""
    page = served.page
    before = served.ask("SELECT count(*) FROM corrections")
    one = served.ask("SELECT max(mission_id) FROM missions")[0][0]
    page.goto("about:blank")
    body = f'{{"mission": "{one}", "field": "mission", "value": "-"}}'
    page.evaluate(
        """([address, body]) => fetch(address, { method: "POST", mode: "no-cors", credentials: "include", body })
           .catch(() => null)""",
        [f"{served.base}/api/correct", body],
    )
    assert served.ask("SELECT count(*) FROM corrections") == before


def test_axe_finds_nothing(served: Served, tmp_path: Path) -> None:
    """On no page, those of the public's site and of an unknown address included, whatever its weight."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = served.page
    page.set_viewport_size({"width": 1280, "height": 900})
    one = served.ask("SELECT max(mission_id) FROM missions")[0][0]
    edition = served.ask("SELECT max(edition_id) FROM editions")[0][0]
    lists = [f"/basket?pick={one}", f"/basket?pick={one}&open=1&column=title"]
    paths = ["/", "/?look=table", "/?theme_code=7", f"/missions/{one}", "/review", f"/review/{one}", "/drop", *lists]
    paths += [f"/review?edition={edition}", f"/review/{one}?edition={edition}"]
    paths += [
        "/dashboard",
        "/editions",
        f"/editions/{edition}",
        f"/editions/{edition}/pages/3",
        "/missions/0",
        "/nowhere",
    ]
    site(Settings(served.warehouse), tmp_path / "site", SiteHeading())
    pages = [path.as_uri() for path in sorted((tmp_path / "site").rglob("*.html"))[:4]]
    found = {}
    for address in (*(served.base + path for path in paths), *pages):
        page.goto(address)
        told = axe.run(page).response["violations"]
        found[address] = [(v["id"], v["impact"], v["nodes"][0]["html"][:120]) for v in told]
    assert pages and {address: told for address, told in found.items() if told} == {}


def test_one_key_settles_what_is_in_question(served: Served) -> None:
    """Somebody who finds all as it is printed presses V until nothing is left: as often as fields are in question."""
    page = served.page
    page.set_viewport_size({"width": 1280, "height": 900})
    asked = served.ask(
        "SELECT count(*) FROM findings SEMI JOIN missions USING (mission_id, edition_id) WHERE severity <> 'info'"
    )[0][0]
    served.go("/review")
    left = page.locator(".queue li").count()
    assert left
    page.locator("main a.button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/*")
    keys = 0
    while "/review/" in page.url and keys < 3 * asked:
        assert page.locator("[data-key=v]").count(), page.locator("main").inner_text()
        if page.locator("[data-key=v]").count() > 1:
            page.keyboard.press("v")
        else:
            with page.expect_navigation():
                page.keyboard.press("v")
        keys += 1
    assert page.locator(".empty").count() == 1 and keys <= asked + 2, (keys, asked, left)


HOSTILE = """# Références <script>alert(1)</script>

## Ville de Morcy : <img src=x onerror=alert(2)> plan vélo

Client : Ville de Morcy "><script>alert(3)</script>
Date : 2021
Montant : 12 000 € HT
Contact : Aline Verdeau <svg onload=alert(4)>, a.verdeau@morcy.example

Contexte

- <a href="javascript:alert(5)">Un réseau</a> ancien
- </li></ul><script>alert(6)</script>
"""


def test_a_hostile_brochure_runs_nothing_on_any_page(served: Served, tmp_path: Path) -> None:
    """What it prints is seen as printed, also where scripts put it in: search as one types, review, list."""
    page = served.page
    told: list[str] = []
    page.on("dialog", lambda dialog: (told.append(dialog.message), dialog.dismiss()))
    (tmp_path / "<img src=x onerror=alert(7)>.md").write_text(HOSTILE, encoding="utf-8")
    before = len(served.said)
    served.go("/drop")
    page.set_input_files("input[type=file]", [tmp_path / "<img src=x onerror=alert(7)>.md"])
    page.wait_for_selector(".handed .new b:text('onerror')")
    one, edition = served.ask("SELECT mission_id, edition_id FROM missions WHERE title LIKE '%alert%'")[0]
    for path in (f"/missions/{one}", f"/review/{one}", "/review", f"/basket?pick={one}&fiches=on&column=title",
                 f"/editions/{edition}", "/editions", "/dashboard", "/?look=table&text=morcy"):  # fmt: skip
        served.go(path)
        assert page.locator("main script, main img[src=x], main [onload], main [onerror]").count() == 0, path
    served.go("/")
    page.fill("#text", "alert")
    page.wait_for_selector(".card h2:has-text('alert')")
    served.go(f"/review/{one}")
    page.click('.row[data-field="title"] .name')
    page.fill("#value", "<script>alert(8)</script> plan")
    page.wait_for_selector(".answer.good")
    assert told == [] and [text for text in served.said[before:] if "Content Security" in text] == []

"""Take the pictures of tutorial and README anew, from the sample brochures: `make pictures` (needs Chromium)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PIL import Image

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "pictures"
COLOURS = 128
PATIENCE = 120_000.0
"""Milliseconds: the machine may be busy."""


def main() -> None:
    from playwright.sync_api import sync_playwright

    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder)) as address, sync_playwright() as player:
        chromium = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = player.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1120, "height": 760}, locale="fr-FR")
        page.set_default_timeout(PATIENCE)
        page.goto(address)
        base = address.split("/?")[0]
        for name, look in {"chercher": _find, "verifier": _check, "liste": _list}.items():
            look(page, base)
            _take(page, PICTURES / f"{name}.png")
        page.set_viewport_size({"width": 1280, "height": 820})
        _first(page, base)
        _take(page, PICTURES.parent / "review.png")
        browser.close()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """`carnet serve` of a warehouse of the samples; the address that lets one write."""
    warehouse = ["--warehouse", str(folder / "warehouse" / "carnet.duckdb")]
    environment = os.environ | {"CARNET_PREFECT": "off", "PYTHONUNBUFFERED": "1"}
    carnet = [sys.executable, "-m", "carnet"]
    subprocess.run([*carnet, "ingest", str(ROOT / "raw"), *warehouse], check=True, env=environment)
    command = [*carnet, "serve", "--port", "0", *warehouse]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as server:
        try:
            assert server.stderr is not None
            address = re.search(r"http://\S+?/\?token=\S+", server.stderr.readline())
            assert address is not None
            yield address[0]
        finally:
            server.terminate()


def _find(page: Any, base: str) -> None:
    page.goto(f"{base}/")
    page.fill("#text", "eau")
    page.wait_for_selector(".card")
    page.wait_for_timeout(500)


def _check(page: Any, base: str) -> None:
    page.goto(f"{base}/?text=s%C3%A9cheresse")
    page.click(".card h2 a")
    page.click("text=Voir la page et corriger")
    page.wait_for_selector(".paper svg .box")
    page.click('.row[data-field="amount"] .name')
    page.wait_for_timeout(500)


def _first(page: Any, base: str) -> None:
    """The README's: a mission that begins a page, one of its values open."""
    page.goto(f"{base}/?text=redevance+incitative")
    page.click(".card h2 a")
    page.click("text=Voir la page et corriger")
    page.wait_for_selector(".paper svg .box")
    page.click('.row[data-field="amount"] .name')
    page.wait_for_timeout(500)


def _list(page: Any, base: str) -> None:
    page.goto(f"{base}/?text=eau")
    page.wait_for_selector("[data-pick]")
    for button in page.locator("[data-pick]").all()[:3]:
        button.click()
    page.goto(f"{base}/basket")
    page.wait_for_selector("tr[data-id]")


def _take(page: Any, path: Path) -> None:
    """Few colours: a picture of some 50 kB."""
    page.screenshot(path=path)
    Image.open(path).convert("RGB").quantize(COLOURS).save(path, optimize=True)


if __name__ == "__main__":
    main()

"""The documentation as a site: it builds without a warning, its links hold, and it is read without a network."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FRONT = ("LICENSE", "CONTRIBUTING.md", "SECURITY.md", "CITATION.cff", "CHANGELOG.md", "README.md")


class _Found(HTMLParser):
    """Ids of a page, and what it leads to or loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.links: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = {name: value for name, value in attributes if value}
        self.ids |= {given[name] for name in ("id", "name") if name in given}
        if tag == "a":
            self.links += [given["href"]] if "href" in given else []
        else:
            self.loaded += [given[name] for name in ("href", "src") if name in given]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, _Found]:
    """Every page by its file. `--strict`: a warning is an error."""
    folder = tmp_path_factory.mktemp("site")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)]
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (built.returncode, built.stderr) == (0, "")
    return {page: _Found(page.read_text(encoding="utf-8")) for page in folder.rglob("*.html")}


def test_every_document_is_a_page_of_the_site(site: dict[Path, _Found]) -> None:
    pages = {page.stem for page in site}
    assert {page.stem for page in (ROOT / "docs").glob("*.md")} <= pages


def test_links_of_the_site_lead_somewhere(site: dict[Path, _Found]) -> None:
    wrong = [
        f"{page.name}: {link}" for page, found in site.items() for link in found.links if _broken(page, link, site)
    ]
    assert wrong == []


def _broken(page: Path, link: str, site: dict[Path, _Found]) -> bool:
    address, anchor = urldefrag(unquote(link))
    if re.match(r"[a-z]+:|//", address) or page.name == "404.html":
        return False
    target = (page.parent / address).resolve() if address else page
    target = target / "index.html" if target.is_dir() else target
    return not target.exists() or bool(anchor and target in site and anchor not in site[target].ids)


def test_nothing_of_the_site_is_loaded_from_elsewhere(site: dict[Path, _Found]) -> None:
    loaded = {one for found in site.values() for one in found.loaded}
    assert [one for one in loaded if re.match(r"[a-z]+:|//", one)] == []


@pytest.mark.parametrize("name", FRONT)
def test_front_doors_are_finished(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert len(text) > 300
    assert re.findall(r"\bTODO\b|\bTBD\b|\bFIXME\b|Lorem ipsum", text) == []


@pytest.mark.parametrize("name", [name for name in FRONT if name.endswith(".md")])
def test_links_of_front_doors_hold(name: str) -> None:
    assert [link for link in _links(ROOT / name) if not (ROOT / link).exists()] == []


def _links(page: Path) -> Iterator[str]:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if not re.match(r"[a-z]+:|#", link):
            yield link.split("#")[0]


def test_one_version_everywhere() -> None:
    import tomllib

    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    cited = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert cited["version"] == version
    assert newest and newest[1] == version
    assert {"cff-version", "message", "title", "authors", "license"} <= set(cited)


@pytest.mark.parametrize("form", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml")), ids=lambda p: p.stem)
def test_issue_forms_are_whole(form: Path) -> None:
    asked = yaml.safe_load(form.read_text(encoding="utf-8"))
    assert asked["name"] and asked["description"]
    ids = [part.get("id") for part in asked["body"] if part["type"] != "markdown"]
    assert len(set(ids)) == len(ids) and None not in ids

"""Hostile text and hostile names of files through every command: shown as text, everywhere."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from html.parser import HTMLParser
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from carnet.flows.inbox.arrivals import name_of
from carnet.flows.services import rebuild as rebuilding
from carnet.flows.services.ingest import Outcome
from carnet.flows.services.publish import Published, markdown_report
from carnet.flows.services.rebuild import Rebuilt
from carnet.flows.services.report import markdown_summary, sentence
from carnet.flows.settings import Settings
from carnet.warehouse.ask.check import Check, Checked
from carnet.warehouse.disk.archive import keep
from carnet.warehouse.exports.cells import FORMULA_SIGNS
from tests.conftest import Said
from tests.unit.flows.world import EAU, MISSION

ROOT = Path(__file__).parent.parent
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="such names can't be given to files elsewhere")

TEXTS = [
    "<script>alert(1)</script> <img src=x onerror=alert(1)>", '=HYPERLINK("http://evil.example")', "+1+1", "-2+3",
    "@SUM(A1)", "[clic](javascript:alert) ![p](http://evil.example/p.png)", "'; DROP TABLE store.mission; --",
    "\x1b[2J\x1b]52;c;aGk=\x07\x1b]8;;http:evil.example\x07x", "a | b ` c ** d", "\u202etxet\u2066 \U000e0041",
    "../../etc/passwd", "x" * 3000, "\U0001f642 👩\u200d🔬", "{{ 7*7 }} ${x} %s {0}", "[red]a[/red] [link=h:e]b[/link]",
    "\x01\x07\x7f\x85\x9b31m", "</title></style></script><!--", "]]> &lt;b&gt; &#60;",
]  # fmt: skip
NAMES = [
    b"line\nbreak.md", b"\x1b[2J\x1b]8;;http:evil.example\x07c.md", b"-rf.md", b"caf\xe9-\xff.md", b"it's \"q\".md",
    b"x" * 250 + b".md", "\u202efdp.exe.md".encode(), b"![a](http:e)<script>alert(1).md", b"a|b`c*d.md", b"=H(1).md",
    b"[red]x[bold].md", b"a\\..\\x.md", "\U0001f600.md".encode(), b"tab\tx.md", b"cr\rcarnet: all is well.md",
    b"carnet: b.pdf: new\ncarnet: c.md", "\u200b.md".encode(),
]  # fmt: skip
REFUSED = [b"bad\n\x1b[31m\xff.pdf", b"<img src=x>|\n# h.pdf"]
UNSAFE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e007f]"
)
"""What may act on a terminal or hide something."""


class Tags(HTMLParser):
    """The elements of a page, and attributes that act."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.acting: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.acting += [n for n, v in attrs if n.startswith("on") or "javascript" in (v or "") or "evil" in (v or "")]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A warehouse into which all of it was ingested, and what was said."""
    return _ingested(tmp_path_factory.mktemp("injected"), NAMES, REFUSED)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One of them alone: what a correction costs grows with the editions of a brochure."""
    return _ingested(tmp_path_factory.mktemp("one"), NAMES[:1], [])


def _ingested(folder: Path, names: Sequence[bytes], refused: Sequence[bytes]) -> dict[str, Any]:
    incoming = folder / "in"
    incoming.mkdir()
    for number, name in enumerate(names):
        (incoming / os.fsdecode(name)).write_text(_brochure(number), encoding="utf-8")
    for name in refused:
        (incoming / os.fsdecode(name)).write_bytes(b"PK\x03\x04 none")
    command = [sys.executable, "-c", "from carnet.flows.cli import main; main()", "ingest", str(incoming)]
    places = {"CARNET_WAREHOUSE": str(folder / "w" / "carnet.duckdb"), "CARNET_RAW": str(folder / "raw")}
    strictly = {"CARNET_PREFECT": "off", "PYTHONIOENCODING": "utf-8:strict"}
    named = [*command, "--brochure", TEXTS[0]]  # all are editions of one brochure: they are compared
    done = subprocess.run(named, cwd=ROOT, env=os.environ | places | strictly, capture_output=True)
    return {"folder": folder, "places": places, "status": done.returncode, "out": done.stdout, "err": done.stderr}


def _brochure(number: int) -> str:
    """Three missions that have a hostile text in every field."""
    text = f"# Ondine Conseil {TEXTS[number]}\n\nÉdition juin {2005 + number}\n\n## Eau {TEXTS[number]}\n"
    for k in range(3):
        bad = TEXTS[(number + k) % len(TEXTS)]
        fields = {
            "client": f"Ville de Morcy {bad}", "title": f"{bad} étude {k}", "context": bad, "result": bad,
            "contact": f"Aline Verdeau {bad}, directrice {bad}, a.v@morcy.example", "amount": f"29 000 euros HT {bad}",
            "period": f"mars 2021 à juin 2022 {bad}",
        }  # fmt: skip
        text += MISSION.format(**(EAU | fields))
    return text


@pytest.mark.slow
def test_all_were_read_and_each_is_told_on_its_own_line(world: dict[str, Any]) -> None:
    out, err = world["out"].decode(), world["err"].decode()
    assert world["status"] == 1
    assert f"{len(NAMES)} of {len(NAMES) + len(REFUSED)} files" in out
    assert not UNSAFE.search(out + err)
    assert len(out.splitlines()) == len(NAMES) + len(REFUSED) + 3  # a head, a line, a sum
    lines = err.splitlines()
    assert len(lines) == len(REFUSED)
    assert all(line.startswith(f"carnet: {world['folder']}") and line.endswith("ZIP archive") for line in lines)
    kept = {path.name for path in (world["folder"] / "raw").glob("*.md")}
    assert kept == {name_of(Path(os.fsdecode(name))) for name in NAMES}


ASKED = [
    ["refused"], ["missions"], ["history"], ["history", "--runs"], ["diff"], ["diff", "--format", "html"], ["findings"],
    ["corrections"], ["check"], ["sql", "SELECT * FROM missions"], ["sql", "SELECT * FROM changes"],
    ["sql", "SELECT * FROM editions"], ["refused", "--json"], ["missions", "--json"], ["history", "--json"],
    ["history", "--runs", "--json"], ["diff", "--format", "json"], ["findings", "--json"], ["rebuild", "--dry-run"],
    ["sql", "--format", "jsonl", "SELECT * FROM missions"], ["rebuild", "--dry-run", "--json"],
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("command", ASKED, ids=" ".join)
def test_terminal(
    command: list[str], world: dict[str, Any], carnet: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in world["places"].items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(rebuilding, "rebuild", partial(_rebuilt_once, world))
    said = carnet(*command)
    assert said.status in (0, 1)
    assert not UNSAFE.search(said.out + said.err)
    assert "fault" not in said.err
    if "--json" in command or "json" in command:
        json.loads(said.out)
    if "html" in command:
        page = Tags(said.out)
        assert not page.tags & {"script", "img", "a", "b", "iframe"}
        assert page.acting == []
    if command == ["diff"]:
        assert_plain_markdown(said.out)


def _rebuilt_once(
    world: dict[str, Any],
    settings: Settings,
    jobs: int | None,
    dry_run: bool,
    real: Callable[..., Rebuilt] = rebuilding.rebuild,
) -> Rebuilt:
    """What is told of it in two forms is found once."""
    if "rebuilt" not in world:
        world["rebuilt"] = real(settings, jobs, dry_run)
    found: Rebuilt = world["rebuilt"]
    return found


@pytest.mark.slow
def test_one_mission_and_what_was_decided_of_it(
    world: dict[str, Any], small: dict[str, Any], carnet: Callable[..., Said], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in world["places"].items():
        monkeypatch.setenv(name, value)
    missions = [m["mission_id"] for m in json.loads(carnet("missions", "--json").out)]
    said = [carnet(command, one) for one in missions for command in ("show", "explain", "history")]
    for name, value in small["places"].items():
        monkeypatch.setenv(name, value)
    mission = json.loads(carnet("missions", "--json").out)[0]["mission_id"]
    for bad, field in zip(TEXTS, cycle(("title", "client", "context"))):  # read in each of them above
        said.append(carnet("correct", mission, field, bad, "--why", bad, "--author", bad))
    said += [
        carnet("corrections"),
        carnet("show", mission),
        carnet("explain", mission),
        carnet("missions", "--text", "a"),
    ]
    said += [carnet("show", mission, "--json"), carnet("corrections", "--json"), carnet("rebuild", "--dry-run")]
    said += [carnet(*command, TEXTS[number]) for number in (0, 7, 9) for command in (["show"], ["diff"], ["forget"])]
    said += [carnet("sql", TEXTS[7]), carnet("sql", "--recipe", TEXTS[7]), carnet("ingest", TEXTS[7])]
    assert not [one for one in said if UNSAFE.search(one.out + one.err) or "fault" in one.err]


def assert_plain_markdown(text: str) -> None:
    """No HTML, no link, no picture."""
    assert not re.search(r"(?<!\\)<[a-z/!]", text)
    assert not re.search(r"(?<!\\)\]\(|(?<!\\)!\[|https?://", text)


@pytest.mark.slow
def test_files_given(
    world: dict[str, Any], carnet: Callable[..., Said], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What the writers' own tests do not show: the whole way from a file."""
    for name, value in world["places"].items():
        monkeypatch.setenv(name, value)
    for audience in ("public", "internal"):
        assert carnet("export", str(tmp_path / audience), "--audience", audience).status == 0
        for file in (tmp_path / audience).rglob("*.csv"):
            for row in csv.reader(io.StringIO(file.read_text(encoding="utf-8"))):
                assert not [cell for cell in row if cell.startswith((*FORMULA_SIGNS, "\t", "\r"))], file
                assert not UNSAFE.search("".join(row)), file
        for file in (tmp_path / audience).rglob("*.json*"):
            text = file.read_text(encoding="utf-8")
            assert not UNSAFE.search(text) and ("</script" not in text or not file.name.startswith("references")), file
    for ending in ("md", "html", "docx", "xlsx", "csv"):
        assert carnet("references", "--out", str(tmp_path / f"list.{ending}")).status == 0
    assert_plain_markdown((tmp_path / "list.md").read_text(encoding="utf-8"))
    assert not Tags((tmp_path / "list.html").read_text(encoding="utf-8")).tags & {"script", "img", "a"}
    assert carnet("dashboard", str(tmp_path / "page.html")).status == 0
    assert not Tags((tmp_path / "page.html").read_text(encoding="utf-8")).tags & {"script", "img", "iframe"}


@pytest.mark.parametrize("text", [*TEXTS, *map(os.fsdecode, NAMES)])
def test_artifacts_and_log_lines(text: str) -> None:
    """What Prefect keeps and shows in its own pages."""
    path = Path("raw") / text.replace("/", "_")
    outcomes = [Outcome(path, "new", brochure=text, missions=3), Outcome(path, "refused", reason=f"not a PDF: {text}")]
    checked = Checked(Check("name", "fail", "about", "SELECT 1"), [{"what": text}])
    for shown in (markdown_summary(outcomes), markdown_report(Published(Path(path.name), [checked], None))):
        assert_plain_markdown(shown)
        assert not UNSAFE.search(shown)
    assert markdown_summary(outcomes).count("\n") == 3
    assert not [line for line in map(sentence, outcomes) if "\n" in line or UNSAFE.search(line)]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_text_on_one_line(name: bytes) -> None:
    text = name_of(Path("raw") / os.fsdecode(name))
    assert text.encode() and text[0] != "." and not UNSAFE.search(text) and not set("\n\t\r") & set(text)


def test_two_files_of_one_long_name_are_kept(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        for name in ("é" * 126 + ".md", "x" * 252 + ".md", "é" * 200 + ".md"):
            file = tmp_path / folder / f"{len(name)}.md"
            file.parent.mkdir(exist_ok=True)
            file.write_text(folder + name)
            kept = keep(file, hashlib.sha256(file.read_bytes()).hexdigest(), tmp_path / "raw", name)
            assert kept.read_text() == folder + name

"""The command line in French: nothing is missing in the catalogue, nothing is too much, and commands speak it."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.flows import catalogue
from carnet.flows.cli import words
from carnet.flows.inbox.arrivals import Refused, look_at
from carnet.pipeline.read.office import _TO_DO as READ_OFFICE
from carnet.pipeline.read.pdf import TO_DO as READ_SCANS
from carnet.schemas.sentences import filled
from tests.catalogue import ROOT, headings, helps, sentences, texts_of
from tests.conftest import Said

Carnet = Callable[..., Said]


def refused_by_name(name: str) -> Refused:
    """A file that is none of ours by its name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(b"[tool]")
        (_, (refused,)) = look_at([path])
        return refused


SAID = {"messages": sentences, "headings": headings, "help": helps}


@pytest.mark.parametrize("kind", SAID)
def test_all_that_is_said_is_in_the_catalogue(kind: str) -> None:
    known = catalogue.catalogue()[kind]
    missing = {
        text: where for text, where in SAID[kind]().items() if text.removeprefix("carnet: ").rstrip("\n") not in known
    }
    assert missing == {}


@pytest.mark.parametrize("kind", SAID)
def test_both_languages_put_in_the_same(kind: str) -> None:
    texts = catalogue.catalogue()[kind].items()
    assert [e for e, f in texts if f and sorted(re.findall(r"\{\d\}", e)) != sorted(re.findall(r"\{\d\}", f))] == []
    assert [e for e, f in texts if f == e] == [], "say ~ where both are the same"


def test_the_help_of_the_catalogue_is_all_of_use() -> None:
    assert sorted(set(catalogue.catalogue()["help"]) - set(helps())) == []


@pytest.mark.parametrize(
    ("environment", "expected"),
    [({"LANG": "fr_FR.UTF-8"}, "fr"), ({"LANG": "fr"}, "fr"), ({"LANG": "frr_DE"}, "en"), ({"LANG": "C.UTF-8"}, "en"),
     ({"LANG": "fr_BE", "LC_ALL": "en_GB.UTF-8"}, "en"), ({"LANG": "en_US", "CARNET_LANG": "fr"}, "fr"), ({}, "en")],
)  # fmt: skip
def test_the_machine_says_which(monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], expected: str) -> None:
    for name in ("CARNET_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    words.choose(None)
    assert words.language() == expected


FRENCH = re.compile(r"(?=[^\W\d_]{2})[a-z]*[àâçéèêëîïôùûœ][^\W\d_]|[^\W\d_]{2}[àâçéèêëîïôùûœ]|[a-z]’[a-z]")
"""A word with an accent, or an elision."""
DECLARED = "warehouse/exports/reference_formats.py"
"""The one place in which a form of the list is told, its button too."""


def test_what_french_readers_see_is_data() -> None:
    """Sentences of the pages, of lists and of messages stand in YAML and templates; help may name French things."""
    known = helps()
    wrong = [
        f"{path.relative_to(ROOT)}:{line}: {text[:60]}"
        for top in ("flows", "warehouse")
        for path in sorted((ROOT / top).rglob("*.py"))
        if str(path.relative_to(ROOT)) != DECLARED
        for line, text in texts_of(path)
        if FRENCH.search(text) and text not in known and not text.startswith("Example: ")
    ]
    assert not wrong, "\n".join(wrong)


def test_messages_help_and_heads_are_french(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    here = ("--lang", "fr", "--warehouse", filled)
    assert "missions" in carnet("missions", *here).out and "intitulé" in carnet("missions", *here).out
    assert carnet("missions", "--text", "zzz", *here).err == "carnet: aucune mission n'est ainsi\n"
    nowhere = carnet("missions", "--lang=fr", "--warehouse", tmp_path / "x.duckdb")
    assert nowhere.err.endswith("x.duckdb : pas de base ici ; `carnet ingest FICHIER` en fait une\n")
    assert nowhere.status == 1
    wrong = carnet("missions", "--client-type", "comune", *here)
    assert wrong.status == 2 and "vouliez-vous dire" in wrong.err
    assert "Ce qui est à vérifier, le plus grave d'abord." in carnet("--lang", "fr", "--help").out
    assert "Liste les missions" in carnet("missions", "--lang", "fr", "--help").out


@pytest.mark.parametrize("to_do", [READ_SCANS, READ_OFFICE])
def test_what_to_install_is_said_in_french(monkeypatch: pytest.MonkeyPatch, to_do: str) -> None:
    monkeypatch.setattr(words, "_chosen", ["fr"])
    said = words.in_words(f"no text in it: a scan; {to_do}")
    assert "installez" in said and to_do not in said


@pytest.mark.parametrize(
    "reason",
    ["not a PDF", "not a PDF: it is a web page", "damaged PDF: its end is missing", "encrypted: needs a password",
     "not a Word document: it is damaged", "no mission found: 1 page, 5 words read; is it a brochure of references?",
     "no text layer: 12 pages of pictures, 1 page without text or pictures; rapidocr recognised no text in them",
     "gave up on page 7: it takes more of the processor than a file may have; allow more with CARNET_FILE_SECONDS",
     "not a PDF (so on 2026-11-29; not tried again, `carnet refused --retry` does)",
     *(f"{seen.reason}" for seen in [refused_by_name("a.zip"), refused_by_name("a.toml")])],
)  # fmt: skip
def test_why_a_file_is_refused_is_said_in_french(reason: str) -> None:
    assert not re.search(r"\b(is|it|the|of|not|with|words|expected)\b", catalogue.for_pages(reason)), reason


def test_what_programs_read_is_the_same_in_all_languages(carnet: Carnet, filled: Path) -> None:
    for command in (["missions", "--json"], ["sql", "FROM missions"], ["sql", "FROM missions", "--format", "csv"]):
        english, french = (carnet(*command, "--lang", one, "--warehouse", filled).out for one in ("en", "fr"))
        assert english.replace("yes", "oui").replace(" no ", "non") == french.replace(" no ", "non")


def test_another_language_is_wrong_usage(carnet: Carnet) -> None:
    said = carnet("--lang", "de", "missions")
    assert said.status == 2 and "--lang" in said.err


@given(st.lists(st.text(alphabet="ab: {}1", max_size=4), min_size=1, max_size=4), st.data())
def test_what_was_put_in_is_found_again(pieces: list[str], data: st.DataObject) -> None:
    values = [data.draw(st.text(alphabet="xyz", max_size=3)) for _ in pieces[1:]]
    said = pieces[0] + "".join(value + piece for value, piece in zip(values, pieces[1:], strict=True))
    found = filled(said, tuple(pieces))
    assert found is not None
    assert pieces[0] + "".join(v + p for v, p in zip(found, pieces[1:], strict=True)) == said

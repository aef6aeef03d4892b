"""Any text at all may stand in a brochure: every parser and reader gives an answer, and soon.

`CARNET_FUZZ=3000 pytest tests/test_fuzz.py` draws so many examples for each, anew each time.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.extract import extract
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.result import EditionResult
from carnet.schemas.source import SourceFile
from tests.effort import check_not_worse
from tests.unit.values.test_long_lines import PARSERS

FUZZ = int(os.environ.get("CARNET_FUZZ") or 0)
RULES = load_rules()
LEXICONS = Path(__file__).parent.parent / "pipeline" / "rules"


WORSE = 50.0
"""Times what a text costs that a brochure may hold: none is that odd."""


def ordinary(length: int) -> str:
    """So much of a brochure like others."""
    mission = (
        "# Ville de Brenoux : Schéma directeur d'eau potable\n\nPériode : Mars 2021 à juin 2022\n"
        "Montant : 29 000 euros HT\nContact : Aline Verdeau, directrice, a.verdeau@brenoux.example\n\n"
        "Contexte\n- Un réseau ancien et des fuites nombreuses, suivi par 40 points de mesure.\n\n"
    )
    return (mission * (length // len(mission) + 1))[: max(length, 100)]


def drawn(examples: int) -> settings:
    return settings(
        max_examples=FUZZ or examples,
        derandomize=not FUZZ,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )


WORDS = sorted({
    word
    for file in LEXICONS.rglob("*.yml")
    for line in file.read_text(encoding="utf-8").splitlines()
    for word in (*re.findall(r"[^\s\[\],:{}]{1,40}", line), line.strip()[:60])
})  # fmt: skip
MARKS = [
    " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u202f", "\u2003", ",", ".", ";", ":", " : ", "-", " – ",
    "—", "/", "'", "’",
    "(", ")", "[", "]", "«", "»", '"', "&", "+", "=", "@", "#", "|", "*", "**", "_", "`", "<", ">", "\\", "€", "%",
    "°", "…", "•", "www.", "https://", ".fr", "\x00", "\x07", "\x1b[31m", "\x85", "\u2028", "\u200b", "\u00ad",
    "\u202e", "\u2066", "\ufeff", "\ufffd", "\u0301", "ﬁ", "²", "½", "Ⅻ", "①", "٣", "１", "ß", "İ", "ı", "œ", "🙂",
    "👩\u200d🔬", "\U000e0041",
]  # fmt: skip
NUMBERS = (
    st.integers(0, 10**6).map(str) | st.integers(1900, 2060).map(str) | st.sampled_from(["0", "00", "1e9", "9" * 40])
)
NAMES = st.sampled_from(["Aline", "VERDEAU", "Jean-Marc", "d'Orly", "M.", "Mme", "Morcy", "a.b@morcy.example"])
LETTERS = st.characters(exclude_categories=["Cs"])
PIECES = st.sampled_from(WORDS) | st.sampled_from(MARKS) | NUMBERS | NAMES | LETTERS
TEXTS = (
    st.lists(PIECES, max_size=30).map("".join)
    | st.lists(PIECES, max_size=20).map(" ".join)
    | st.text(LETTERS, max_size=200)
)
LONG = st.tuples(st.lists(PIECES, min_size=1, max_size=3).map("".join), st.integers(50, 400)).map(lambda t: t[0] * t[1])


@pytest.mark.parametrize("parser", PARSERS)
@drawn(60)
@given(text=TEXTS | LONG)
def test_each_parser(parser: str, text: str) -> None:
    check_not_worse(PARSERS[parser], text, ordinary(len(text)), WORSE)


LABELS = ["Client : ", "Contact : ", "Montant : ", "Période : ", "Partenaires : ", "Contexte\n\n", "# ", "- ", "| "]
LINES = st.tuples(st.sampled_from(["", *LABELS]), TEXTS).map("".join)
BROCHURES = st.lists(LINES, min_size=1, max_size=12).map("\n\n".join) | st.lists(LINES, max_size=20).map("\n".join)


@drawn(40)
@given(text=BROCHURES)
def test_whole_brochures(text: str) -> None:
    data = f"# Ville de Morcy : étude\n\n{text}".encode()
    check_not_worse(result_of, data, ordinary(len(data)).encode(), WORSE)


@drawn(40)
@given(data=st.binary(max_size=2000) | st.binary(max_size=300).map(lambda b: b"# Ville de Morcy : \xe9tude\n\n" + b))
def test_any_bytes(data: bytes) -> None:
    check_not_worse(result_of, data, ordinary(len(data)).encode(), WORSE)


def result_of(data: bytes) -> EditionResult | None:
    """As it is stored and read again, where the file can be read."""
    source = SourceFile(sha256="0" * 64, name="morcy.md", media_type="text/markdown")
    with suppress(UnreadableDocument):
        result = settle(extract(data, source, RULES))
        assert EditionResult.model_validate_json(result.model_dump_json()) == result
        return result
    return None

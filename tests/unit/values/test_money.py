"""Amounts: the tables, free text, and what holds for any text."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given
from hypothesis import strategies as st

from carnet.pipeline.rules import load_rules
from carnet.pipeline.values.money import find_amounts, parse_amount
from carnet.pipeline.values.money.hints import NONE, AmountHints, amount_hints, general_hints
from tests.effort import check_growth

FOLDER = Path(__file__).parents[2] / "cases"
ALL: list[dict[str, Any]] = [
    case for lang in ("fr", "en") for case in yaml.safe_load((FOLDER / lang / "money.yml").read_text(encoding="utf-8"))
]
CASES = [case for case in ALL if "text" in case]
MARKED = [case["marked"] for case in ALL if "marked" in case]


@pytest.mark.parametrize("case", CASES, ids=lambda case: repr((case.get("label"), case["text"])))
def test_table(case: dict[str, Any]) -> None:
    rules = load_rules()
    hints = amount_hints(case["label"], rules) if "label" in case else NONE
    found = parse_amount(case["text"], rules, hints)
    expected = case["expected"]
    if expected:
        expected = [*(v if v is None else Decimal(v) for v in expected[:2]), *expected[2:]]
    got = [found.value.value, found.value.maximum, found.value.currency, found.value.tax] if found else None
    assert got == expected
    assert bool(found and found.note) == case.get("note", False), found and found.note


@pytest.mark.parametrize("marked", MARKED)
def test_free_text(marked: str) -> None:
    text = re.sub(r"[\[\]]", "", marked)
    found = [text[f.start : f.end] for f in find_amounts(text, load_rules())]
    assert found == re.findall(r"\[(.*?)\]", marked)


@pytest.mark.parametrize(
    ("label", "currency", "tax", "scale"),
    [
        ("Montant (k€ HT)", "EUR", "HT", 1000),
        ("Montant € HT", "EUR", "HT", 1),
        ("Honoraires en M€ HT", "EUR", "HT", 1_000_000),
        ("Budget HT (en milliers d’euros)", "EUR", "HT", 1000),
        ("Fees (kCHF)", "CHF", None, 1000),
        ("Montant en euros TTC", "EUR", "TTC", 1),
        ("Montant HTVA", None, "HT", 1),
        ("Montant", None, None, 1),
        ("Frais de mission", None, None, 1),
        ("", None, None, 1),
    ],
)
def test_headings(label: str, currency: str | None, tax: Any, scale: int) -> None:
    assert amount_hints(label, load_rules()) == AmountHints(currency, tax, Decimal(scale))


def test_a_sentence_about_all_amounts() -> None:
    text = "Nos missions récentes. Montants de nos prestations en euros hors taxes."
    assert general_hints(text, load_rules()) == AmountHints("EUR", "HT")
    assert general_hints("CA réalisé par exercice (€ HT)", load_rules()) == AmountHints("EUR", "HT")
    assert general_hints("Les montants sont donnés hors taxes.", load_rules()) == AmountHints(None, "HT")
    assert general_hints("Montant de 3 000 € HT.", load_rules()) == NONE


PIECES = ["45 000", "€", "HT", "k€", "1,2", "M€", "CHF", "–", "à", "entre", "et", "NC", "confidentiel", "/ an"]
PIECES += [
    "(",
    ")",
    "+",
    "2019",
    "12'000.–",
    "TTC",
    "0",
    "½",
    "lot 2",
    "%",
    "<",
    "\n",
    "12.5.3",
    "d'euros",
    "millions",
    "é",
    "’",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join) | st.text(max_size=80)


@given(TEXTS | st.text("0123456789., €k–", max_size=40))
@example("45 000 – 0 €")
def test_any_text_is_read_without_error(text: str) -> None:
    rules = load_rules()
    found = parse_amount(text, rules, amount_hints(text, rules))
    assert found is None or (found.start, found.end) == (0, len(text))
    last = 0
    for f in find_amounts(text, rules):
        assert last <= f.start < f.end <= len(text)
        assert f.value.currency and f.value.value is not None
        last = f.end


MARKS = st.sampled_from([" ", "\u00a0", "\u202f", ".", "'"])
REPEATED = ["1", "1 ", "a", "1.", "000 ", "12 000 € ", "€ ", "k€", "1 à ", "CHF ", " ", "HT ", "1'", "entre 1 et "]


@given(st.integers(1000, 10**8), MARKS, st.sampled_from(["€", "EUR", "CHF"]))
def test_each_amount_is_read_back(number: int, mark: str, currency: str) -> None:
    text = f"{number:,}".replace(",", mark) + f" {currency} HT"
    found = parse_amount(text, load_rules())
    assert found and found.value.value == number and found.value.tax == "HT" and found.note is None


@pytest.mark.slow
@pytest.mark.parametrize("piece", REPEATED)
def test_long_repetitions_are_read_once(piece: str) -> None:
    for read in (find_amounts, parse_amount, general_hints):
        check_growth(partial(read, rules=load_rules()), lambda size: piece * (size // len(piece)), 1_000_000)

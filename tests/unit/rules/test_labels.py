"""Labels and folding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.rules import load_rules
from carnet.pipeline.rules.fold import fold
from carnet.schemas.outline import PartKind

RULES = load_rules()


@given(st.text())
def test_fold_keeps_length(text: str) -> None:
    assert [c.isspace() for c in fold(text)] == [c.isspace() for c in text]
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "kind", "exact"),
    [
        ("Montant des prestations", PartKind.AMOUNT, True),
        ("MONTANT (€ HT)", PartKind.AMOUNT, True),
        ("Montant € HT", PartKind.AMOUNT, False),
        ("Montant des travaux", PartKind.WORKS_COST, True),
        ("Coût de la mission :", PartKind.AMOUNT, True),
        ("Maîtrise d’ouvrage", PartKind.CLIENT, True),
        ("Pour qui ?", PartKind.CLIENT, True),
        ("Année(s)", PartKind.PERIOD, True),
        ("2. Contexte", PartKind.CONTEXT, True),
        ("Ce que ça change", PartKind.RESULTS, True),
        ("Contact(s) client :", PartKind.CONTACT, True),
    ],
)
def test_label(text: str, kind: PartKind, exact: bool) -> None:
    hit = RULES.labels.match(text)
    assert hit is not None, text
    assert (hit.kind, hit.exact) == (kind, exact)


@pytest.mark.parametrize(
    "text",
    [
        "Budget 45 k€ HT",  # a label with its value is no label
        "Évaluation du budget participatif",
        "Maîtrise d'ouvrage : Ville de Morcy",
        "communes.",  # the end of a sentence
        "Montant d'honoraires versé par la collectivité au titre de la convention signée",
        "",
    ],
)
def test_no_label(text: str) -> None:
    assert RULES.labels.match(text) is None


def test_label_at_the_start_of_its_value() -> None:
    hit = RULES.labels.match_start("Montant des honoraires : 186 400 € HT")
    assert hit is not None
    assert hit.kind is PartKind.AMOUNT
    assert "Montant des honoraires : 186 400 € HT"[hit.rest :] == "186 400 € HT"

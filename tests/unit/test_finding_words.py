"""Findings in French: every sentence of code has one, printed words stay as they are, and nothing is too much."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from carnet.schemas.closed_lists import FindingCode
from carnet.warehouse.exports.finding_words import by_code, in_french, sentences
from carnet.warehouse.exports.french import NO_BREAK, THIN
from tests.catalogue import sentences as said_by_commands
from tests.finding_texts import finding_texts

GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*/result.json"))
PARTS = {
    "title", "author", "cover", "offices", "rights", "running line", "letters", "drawn shapes", "white on white",
    "not drawn", "too small to see", "cut off", "{1} and {2}", "whoever is printed writes from the firm's own domain",
    "LibreOffice is not installed", "LibreOffice is not wanted", "LibreOffice can't print it",
}  # fmt: skip
"""What is put into other sentences by name."""


def test_every_sentence_of_code_has_its_french() -> None:
    assert {text: where for text, where in finding_texts().items() if text not in sentences()} == {}


def test_nothing_in_the_catalogue_is_said_no_more() -> None:
    assert sorted(set(sentences()) - set(finding_texts()) - set(said_by_commands()) - PARTS) == []


def test_sentences_stand_by_the_code_of_a_finding() -> None:
    assert sorted(set(by_code()) - set(FindingCode)) == []
    assert sum(map(len, by_code().values())) == len(sentences())


def test_french_puts_in_only_what_there_is() -> None:
    wrong = [e for e, f in sentences().items() if not set(re.findall(r"\{\d\}", f)) <= set(re.findall(r"\{\d\}", e))]
    assert wrong == []


@pytest.mark.parametrize("path", GOLDEN, ids=lambda p: p.parent.name)
def test_all_that_is_said_of_a_brochure_is_said_in_french(path: Path) -> None:
    found = json.loads(path.read_text(encoding="utf-8"))["findings"]
    assert [f["message"] for f in found if in_french(f["message"]) is None] == []


@pytest.mark.parametrize(
    ("message", "french"),
    [
        ("no amount is given: 'Confidentiel'", "aucun montant n’est donné : « Confidentiel »"),
        ("several amounts; digits beside the figure: '2 lots: 30'",
         "plusieurs montants ; des chiffres à côté du montant : « 2 lots: 30 »"),
        ("the client is not stated; \"Syndicat de l'Ay\" was read from the text, the contact or the e-mail",
         "le client n’est pas indiqué ; « Syndicat de l'Ay » vient du texte, du contact ou du courriel"),
        ("not understood: 'equipe': 'mars, équipe: 5'", "non compris : « equipe » : « mars, équipe: 5 »"),
        ("nobody read: 'no client is named'", "personne n’a lu : « no client is named »"),
        ("Besse (38): 4 are called so: Besse (38), Besse (24)",
         "Besse (38) : 4 portent ce nom : Besse (38), Besse (24)"),
        ("only cover and title of the file says 'Ondine'",
         "seul dans le fichier, ceci dit « Ondine » : la couverture et le titre"),
        ("20 letters are white on white and were left out", "20 lettres sont blanches sur blanc et n’ont pas été lues"),
        ("a correction by me can't be applied: period: 'x': expected a period like 'mars 2021 à juin 2022'",
         "une correction de me ne peut être appliquée : period : « x » : attendu, une période comme "
         "« mars 2021 à juin 2022 »"),
    ],
)  # fmt: skip
def test_printed_words_stay_as_they_are(message: str, french: str) -> None:
    said = in_french(message)
    assert said is not None and said.replace(NO_BREAK, " ").replace(THIN, " ") == french


@pytest.mark.parametrize("who", ["'\\x'", "\x1f7\x1f", "'\\N{no}'", "' '"])
def test_odd_signs_of_a_name_harm_nothing(who: str) -> None:
    said = in_french(f"a correction by {who} can't be applied: 'x'")
    assert said is not None and said.endswith("« x »".replace(" ", NO_BREAK))


@pytest.mark.parametrize("message", ["a sentence of a newer carnet", "label 'it's odd' is", "'", "\x1f7\x1f", ""])
def test_what_is_not_known_is_left_alone(message: str) -> None:
    assert in_french(message) is None

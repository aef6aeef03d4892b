"""A list in a firm's own Word document: its letterhead and columns, hostile text and hostile documents."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import docx
import pytest

from carnet.warehouse.exports.declaration import shortened
from carnet.warehouse.exports.document import Look, to_document
from carnet.warehouse.exports.template import TemplateRefused, fill_template, new_template, read_template
from tests.unit.warehouse.exports.reference_rows import listed, reference

REFERENCES = (
    reference(1, "Plan d'eau", "Ville de Brenoux", results=["Dix pistes", "Deux puits"]),
    reference(2, "{{ montant }} <b>&", "Lys SA", amount=None),
)


def packed(word: Any) -> bytes:
    into = io.BytesIO()
    word.save(into)
    return into.getvalue()


def filled(word: Any, **look: Any) -> Any:
    template = read_template(packed(word))
    shown = Look(columns=template.columns, **look)
    return docx.Document(io.BytesIO(fill_template(template, to_document(listed(REFERENCES), shown))))


def test_a_letterhead_gets_the_list_at_its_end() -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Ondine Conseil, 3 quai des Brumes"
    word.add_paragraph("Madame, Monsieur,")
    made = filled(word, declared=True)
    assert made.sections[0].header.paragraphs[0].text == "Ondine Conseil, 3 quai des Brumes"
    texts = [paragraph.text for paragraph in made.paragraphs]
    assert texts[0] == "Madame, Monsieur," and "Déclaration du candidat" in texts
    assert [row.cells[1].text for row in made.tables[0].rows] == ["Destinataire", "Ville de Brenoux", "Lys SA"]


def test_marks_are_filled_wherever_word_cut_them() -> None:
    word = docx.Document()
    head = word.sections[0].header.paragraphs[0]
    for part in ("Liste : {", "{ Ti", "TRE }", "} de {{candidat}}"):
        head.add_run(part)
    table = word.add_table(rows=2, cols=2)
    for row, texts in enumerate((("Qui", "Combien"), ("{{ Client }} !", "{{montant}}"))):
        for cell, text in zip(table.rows[row].cells, texts, strict=True):
            cell.text = text
    made = filled(word, firm="Ondine", title="Nos références")
    assert made.sections[0].header.paragraphs[0].text == "Liste : Nos références de Ondine"
    rows = [
        [cell.text.replace("\u202f", " ").replace("\xa0", " ") for cell in row.cells] for row in made.tables[0].rows
    ]
    assert rows == [["Qui", "Combien"], ["Ville de Brenoux !", "29 000 € HT"], ["Lys SA !", "non communiqué"]]


def test_a_block_stands_there_once_for_each_mission_and_what_is_printed_stays_text() -> None:
    word = docx.Document()
    for text in ("{{ pour chaque mission }}", "{{ numéro }}. {{ objet }}", "{{ résultats }}", "{{ fin }}", "Merci."):
        word.add_paragraph(text)
    made = [paragraph.text for paragraph in filled(word).paragraphs]
    assert made == ["1. Plan d'eau", "Dix pistes ; Deux puits", "2. {{ montant }} <b>&", "", "Merci."]


def test_amounts_and_people_that_are_hidden_are_not_in_a_template_either() -> None:
    word = docx.Document()
    word.add_table(rows=1, cols=1).rows[0].cells[0].text = "{{ objet }}/{{ montant }}/{{ contact }}"
    made = filled(word, amounts=False)
    assert [row.cells[0].text for row in made.tables[0].rows] == ["Plan d'eau//", "{{ montant }} <b>&//"]


def test_the_template_to_begin_with_is_one() -> None:
    template = read_template(new_template())
    assert template.columns == ("number", "recipient", "title", "period", "amount", "attestation")
    data = fill_template(template, to_document(listed(REFERENCES), Look(columns=template.columns)))
    assert "{{ n" not in "".join(
        cell.text for row in docx.Document(io.BytesIO(data)).tables[0].rows for cell in row.cells
    )
    assert data == fill_template(template, to_document(listed(REFERENCES), Look(columns=template.columns)))


def _bomb() -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/document.xml", b" " * (65 << 20))
    return into.getvalue()


def _with(*texts: str) -> bytes:
    word = docx.Document()
    for text in texts:
        word.add_paragraph(text)
    return packed(word)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.4", "pas un document Word"), (b"", "pas un document Word"), (_bomb(), "trop gros"),
        (_with("{{ 7*7 }}"), "« 7*7 »"), (_with("{{ self.__class__ }}"), "« self.__class__ »"),
        (_with("{{ pour chaque mission }}"), "fin"), (_with("{{ fin }}", "{{ pour chaque mission }}"), "fin"),
    ],
)  # fmt: skip
def test_what_is_no_template_is_refused_in_a_sentence(data: bytes, why: str) -> None:
    with pytest.raises(TemplateRefused, match=why.replace("*", r"\*")):
        read_template(data)


def test_a_declaration_names_the_missions_without_attestation() -> None:
    said = to_document(listed(REFERENCES), Look(firm="Ondine", declared=True)).declaration
    assert said is not None and "Ondine déclare avoir exécuté les prestations n° 1, 2 " in said.text
    assert to_document(listed(REFERENCES), Look()).declaration is None
    assert shortened([4]) == "4"

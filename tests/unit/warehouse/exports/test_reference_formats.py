"""A reference list in each format: what it shows and hides, hostile text, the same bytes, thousands of missions."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdfium2
import pytest
from markdown_it import MarkdownIt

from carnet.flows.services.export import personal_finder
from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.exports.attestations import Attestations
from carnet.warehouse.exports.document import LONGEST, DocumentOptions, to_document
from carnet.warehouse.exports.masking import Known, Masker
from carnet.warehouse.exports.reference_formats import FORMATS
from carnet.warehouse.exports.references import Reference
from carnet.warehouse.exports.remarks import doubts, gaps, incomplete, slips
from tests.effort import check_growth
from tests.unit.warehouse.exports.reference_rows import DAY, listed, reference

TITLE = "Liste des principaux services fournis au cours des trois dernières années"
MASK = Masker(Known(frozenset({"Aline Verdeau"})), personal_finder())
TABLES = ("docx", "xlsx", "csv", "md", "html")
GOES_ON = "en cours à la date de la brochure, juin 2023"
PAGES = ("docx", "md", "html")
REFERENCES = (
    reference(1, "Plan d'eau", "Ville de Brenoux", partners=("Hydrelle", "Vals Études"),
              contacts=[{"name": "Aline Verdeau", "email": "a.verdeau@brenoux.example"},
                        {"name": "Paul Gone", "has_left": True}],
              context=["Un réseau ancien."], approach=["Mesures", "Modèle"], results=["Dix pistes"]),
    reference(2, "Plan d'air", None, client_type=None, amount=None, currency=None, tax=None,
              start_date=dt.date(2022, 1, 1), start_precision="year", end_date=None, end_precision=None,
              status="ongoing"),
    reference(3, None, "Lys SA", client_type="entreprise", amount=Decimal("54500.50"), amount_max=Decimal(60_000),
              tax="TTC", start_date=None, end_date=None),
)  # fmt: skip


def made(format: str, references: Sequence[Reference] = REFERENCES, **look: Any) -> bytes:
    return FORMATS[format].write(to_document(listed(references), DocumentOptions(**look)))


class _Cells(HTMLParser):
    """The table of a page, and all tags of the page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.tags: set[str] = set()
        self._is_cell = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self._is_cell = True

    def handle_endtag(self, tag: str) -> None:
        self._is_cell = self._is_cell and tag not in ("td", "th")

    def handle_data(self, data: str) -> None:
        if self._is_cell:
            self.rows[-1][-1] += data


def rows_of(format: str, data: bytes) -> list[list[str]]:
    """Head and rows as text, with plain blanks."""
    return [[re.sub(r"\s", " ", cell) for cell in row] for row in _rows(format, data)]


def _rows(format: str, data: bytes) -> Iterator[list[str]]:
    if format == "docx":
        table = docx.Document(io.BytesIO(data)).tables[0]
        yield from ([cell.text for cell in row.cells] for row in table.rows)
    elif format == "csv":
        yield from csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";")
    elif format == "md":
        yield from _Cells(MarkdownIt("gfm-like", {"linkify": False}).render(data.decode())).rows
    elif format == "html":
        yield from _Cells(data.decode()).rows
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]  # type: ignore[union-attr]
        start = next(n for n, row in enumerate(rows) if row[0] == "N°")
        yield from (["" if value is None else str(value) for value in row] for row in rows[start:])


def text_of(format: str, data: bytes) -> str:
    """Everything in it, also what is not shown."""
    if format == "pdf":
        pages = list(pypdfium2.PdfDocument(data))
        return " ".join(" ".join(page.get_textpage().get_text_bounded().split()) for page in pages)
    if format not in ("docx", "xlsx"):
        return data.decode("utf-8-sig")
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        return "\n".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())


def by_name(format: str, data: bytes) -> list[dict[str, str]]:
    head, *rows = rows_of(format, data)
    return [dict(zip(head, row, strict=True)) for row in rows]


@pytest.mark.parametrize("format", ["docx", "md", "html"])
def test_what_a_reader_sees(format: str) -> None:
    first, second, third = by_name(format, made(format))
    assert first == {
        "N°": "1", "Destinataire": "Ville de Brenoux", "Public / privé": "public", "Attestation": "à joindre",
        "Objet de la prestation": "Plan d'eau", "Date ou période": "mars 2021 – juin 2022", "Montant": "29 000 € HT",
        "Cotraitants": "Hydrelle, Vals Études",
    }  # fmt: skip
    assert second["Destinataire"] == second["Montant"] == "non communiqué"
    assert (second["Public / privé"], second["Date ou période"]) == ("non précisé", f"depuis 2022 ({GOES_ON})")
    assert (third["Date ou période"], third["Public / privé"]) == ("non communiqué", "privé")
    assert third["Montant"] == "54 500,50 à 60 000 € TTC"


@pytest.mark.parametrize("format", ["docx", "xlsx", "md", "html"])
def test_the_heading(format: str) -> None:
    text = re.sub(r"\s", " ", re.sub(r"<[^>]*>", "", text_of(format, made(format))))
    for shown in (TITLE, "indiquant le montant, la date et le destinataire public ou privé", "Ondine Conseil",
                  "du 15 janvier 2021 au 15 janvier 2024",
                  "3 prestations, dont 1 en cours à la date de la brochure"):  # fmt: skip
        assert shown in text
    assert "DC2" not in text
    hidden = re.sub(r"<[^>]*>", "", text_of(format, made(format, amounts=False, firm="Val & Lys", title="Nos études")))
    assert "Nos études" in hidden and ("Val &amp; Lys" in hidden or "Val \\& Lys" in hidden)
    assert "Ondine" not in hidden and "services fournis" not in hidden


@pytest.mark.parametrize(
    ("years", "title"), [(1, "de la dernière année"), (5, "des cinq dernières années"), (12, "des 12 dernières années")]
)
def test_the_years_in_words(years: int, title: str) -> None:
    document = to_document(listed(REFERENCES, years=years), DocumentOptions(amounts=False))
    assert document.title.endswith(f"au cours {title}")
    assert document.subtitle == "indiquant la date et le destinataire public ou privé"


def test_a_workbook_has_dates_and_numbers() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(made("xlsx"))).active
    assert sheet is not None
    head = next(row for row in sheet.iter_rows() if row[0].value == "N°")
    columns = [cell.value for cell in head]
    at = {name: n for n, name in enumerate(columns)}
    first, second, third = list(sheet.iter_rows(min_row=head[0].row + 1))
    assert (
        first[at["Début"]].value == dt.datetime(2021, 3, 1) and first[at["Début"]].number_format == "[$-40C]mmmm yyyy"
    )
    assert first[at["Fin"]].value == dt.datetime(2022, 6, 30)
    assert (first[at["Montant"]].value, first[at["Montant"]].number_format) == (29000, '[$-40C]#,##0" € HT"')
    assert (second[at["Début"]].number_format, second[at["Fin"]].value) == ("yyyy", GOES_ON)
    assert (third[at["Montant"]].value, third[at["Montant maximal"]].value) == (54500.5, 60000)
    assert (second[at["Montant"]].value, third[at["Début"]].value) == ("non communiqué", "non communiqué")
    assert sheet.freeze_panes == f"A{head[0].row + 1}"
    assert sheet.auto_filter.ref == f"A{head[0].row}:{head[-1].coordinate[:1]}{head[0].row + 3}"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr is not None and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${head[0].row}:${head[0].row}"


def test_a_table_of_text_is_what_a_french_spreadsheet_expects() -> None:
    data = made("csv")
    assert data.startswith(b"\xef\xbb\xbfN\xc2\xb0;") and data.count(b"\r\n") == data.count(b"\n") == 4
    first, second, third = by_name("csv", data)
    assert (first["Début"], first["Fin"], first["Montant"], first["Devise"]) == ("03/2021", "06/2022", "29000", "EUR")
    assert (second["Début"], second["Fin"], second["Montant"]) == ("2022", "", "non communiqué")
    assert (third["Montant"], third["Montant maximal"], third["HT / TTC"]) == ("54500,50", "60000", "TTC")
    assert first["Identifiant"] == REFERENCES[0].mission_id


def test_a_document_for_word() -> None:
    word = docx.Document(io.BytesIO(made("docx", fiches=True)))
    properties = word.core_properties
    assert (properties.title, properties.author, properties.language) == (TITLE, "Ondine Conseil", "fr-FR")
    assert (properties.comments, properties.last_modified_by) == ("", "")
    assert properties.created is not None and properties.created.date() == DAY
    first, second = word.sections
    assert first.page_width > first.page_height and second.page_width < second.page_height  # type: ignore[operator]
    xml = text_of("docx", made("docx"))
    for part in ("<w:tblHeader/>", " PAGE ", " NUMPAGES ", '<w:lang w:val="fr-FR"', 'w:ascii="Arial"'):
        assert part in xml
    assert "python-docx" not in xml


@pytest.mark.parametrize("format", PAGES)
def test_fiches_tell_more(format: str) -> None:
    told = ("Contexte", "Un réseau ancien.", "Démarche", "Modèle", "Résultats", "Dix pistes")
    assert [text for text in told if text not in text_of(format, made(format, fiches=True))] == []
    assert [text for text in told if text in text_of(format, made(format))] == []


@pytest.mark.parametrize("format", FORMATS)
def test_nobody_is_named_unless_asked_for_and_who_left_never(format: str) -> None:
    assert not re.search("Verdeau|verdeau|Gone", text_of(format, made(format, fiches=True)))
    with_contacts = text_of(format, made(format, contacts=True, fiches=True))
    assert "Gone" not in with_contacts
    assert ("Aline Verdeau, a.verdeau@brenoux.example" in with_contacts) == (format != "passe-marche")


@pytest.mark.parametrize("format", FORMATS)
def test_amounts_are_hidden(format: str) -> None:
    text = text_of(format, made(format, amounts=False, fiches=True))
    assert not re.search(r"29\s?000|54\s?500|60\s?000", text)
    if format != "passe-marche":
        assert "montant" not in re.sub(r"\.amount|<style>.*</style>", "", text.casefold(), flags=re.DOTALL)


@pytest.mark.parametrize("format", TABLES)
def test_a_mission_outside_the_window_is_marked(format: str) -> None:
    data = made(format, [replace(REFERENCES[0], is_within=False)])
    assert "hors de la période" in " ".join(rows_of(format, data)[1])


@pytest.mark.parametrize("format", FORMATS)
def test_attestations_are_named(format: str) -> None:
    files = Attestations({REFERENCES[0].mission_id: (Path("/secret/1 - Brenoux.pdf"), Path("/secret/1b.pdf"))})
    if format == "passe-marche":
        files = replace(files, files={})
    data = made(format, attestations=files)
    assert "/secret" not in text_of(format, data)
    if format in TABLES:
        first, second, _ = by_name(format, data)
        assert (first["Attestation"], second["Attestation"]) == ("1 - Brenoux.pdf ; 1b.pdf", "à joindre")


@pytest.mark.parametrize("format", FORMATS)
def test_an_empty_list_is_a_file_too(format: str) -> None:
    text = text_of(format, made(format, [], firm="Ondine"))
    assert "Aucune prestation" in text or format in ("xlsx", "csv", "passe-marche")


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_list_makes_the_same_bytes(format: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = made(format, fiches=True)
    real = time.localtime
    monkeypatch.setattr(time, "localtime", lambda seconds=None: real((seconds or time.time()) + 86_400 * 400))
    monkeypatch.setattr(time, "time", lambda real=time.time: real() + 86_400 * 400)
    assert made(format, fiches=True) == before


HOSTILE = [
    '=HYPERLINK("http://example.org";"x")', "+1+1", "@SUM(A1)", "-2", "\t=1", "＝1+1", "%0A", "|cmd",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "]]>", "&lt;b&gt; &amp;", "</w:t></w:r>", "_x0041_",
    "\u202etxet", "\x00\x01\x1b[2J\x7f", "\ud800\ufffe", "a\nb\r\nc\u2028d",
    "a | b\\| c `d` **e** [f](javascript:g) ![h](i)",
    "# titre", "- puce", "1. un", "{{ 7*7 }}", "{% raise %}", "&P &N &8", "file:///etc/passwd",
    "x" * 50_000, "é" * 2_000, "  ", "\u200b", "𝔘\U000e0041",
]  # fmt: skip


@pytest.mark.parametrize("format", TABLES)
def test_hostile_text_is_text(format: str) -> None:
    references = [
        reference(
            n, text, text, partners=(text,), contacts=[{"name": text, "role": text}], context=[text], results=[text] * 2
        )
        for n, text in enumerate(HOSTILE, 1)
    ]  # fmt: skip
    data = made(format, references, firm=HOSTILE[0], contacts=True, fiches=format in PAGES)
    rows = by_name(format, data)
    assert len(rows) == len(HOSTILE)
    seen = "".join(cell for row in rows for cell in row.values())
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202e\u2028\u200b]", seen)
    assert max(len(cell) for row in rows for cell in row.values()) <= LONGEST
    for text, row in zip(HOSTILE, rows, strict=True):
        shown = row["Objet de la prestation"]
        if (
            text.isprintable()
            and text.strip()
            and len(text) < LONGEST
            and text[0] not in "=+@-＝%|"
            and "  " not in text
        ):
            assert shown == text
        if not text.strip(" \u200b"):
            assert shown == "non communiqué"
    if format == "csv":
        assert not any(cell.startswith(("=", "+", "@", "-", "＝", "|", "%")) for row in rows for cell in row.values())
    if format == "xlsx":
        sheet = openpyxl.load_workbook(io.BytesIO(data)).active
        assert not any(cell.data_type == "f" or cell.hyperlink for row in sheet.iter_rows() for cell in row)  # type: ignore[union-attr]
    if format in ("md", "html"):
        page = data.decode() if format == "html" else MarkdownIt("gfm-like", {"linkify": False}).render(data.decode())
        assert not _Cells(page).tags & {"script", "img", "a", "b", "code"}


def test_a_cut_is_said() -> None:
    document = to_document(listed([reference(1, "x" * (LONGEST + 1), "Ville")]), DocumentOptions())
    assert slips(document, MASK) == [f"cut after {LONGEST} letters: no. 1"]
    assert document.rows[0][3].text == "x" * (LONGEST - 1) + "…"


def test_what_a_maker_should_know() -> None:
    finding = {"severity": "warning", "field": "amount", "code": "tie", "message": "two amounts"}
    references = [
        reference(1, "Plan", "Ville", findings=[finding, finding | {"severity": "error", "field": "title"},
                                                finding | {"severity": "info", "field": "client"},
                                                finding | {"field": "contact_email"}, finding | {"field": "context"}]),
        reference(2, "Audit à 5 000 €", "Ville", amount=None, approach=["Appelez Aline Verdeau au 01 02 03 04 05"],
                  findings=[finding | {"code": "amount_missing"}], contacts=[{"name": "Aline Verdeau"}]),
    ]  # fmt: skip

    def told(**look: Any) -> tuple[list[str], list[str], list[str]]:
        document = to_document(listed(references), DocumentOptions(**look))
        return (
            gaps(document),
            [line.split(": ", 1)[1] for line in doubts(document)],
            [line.split(":")[0] for line in slips(document, MASK)],
        )

    ident = references[1].mission_id
    assert told() == (
        [f"no. 2 ({ident}): the brochure gives no amount"],
        ["error: title: two amounts", "warning: amount: two amounts"],
        [],
    )
    assert told(amounts=False) == ([], ["error: title: two amounts"], ["the texts, given as printed, speak of money"])
    assert told(fiches=True)[1:] == (
        ["error: title: two amounts", "warning: amount: two amounts", "warning: context: two amounts"],
        ["the texts, given as printed, name a person, an address or a number"],
    )
    assert "warning: contact_email: two amounts" in told(contacts=True)[1]


def test_the_states_form_has_exactly_its_keys_and_says_what_is_missing(tmp_path: Path) -> None:
    attested = tmp_path / "1.zip"
    attested.write_bytes(b"")
    files = Attestations({REFERENCES[0].mission_id: (attested,)})
    answer = json.loads(made("passe-marche", attestations=files))
    keys = ["resume", "date_debut", "date_fin", "montant", "description", "attestation_bonne_execution"]
    assert [list(item) for item in answer["realisations_livraisons"]] == [keys] * 3
    first, second, third = answer["realisations_livraisons"]
    assert first == {
        "resume": "Plan d'eau", "date_debut": "2021-03-01", "date_fin": "2022-06-30", "montant": 29000,
        "description": "Destinataire : Ville de Brenoux.\nUn réseau ancien.\nMesures\nModèle\nDix pistes",
        "attestation_bonne_execution": ["1.zip"],
    }  # fmt: skip
    assert (second["montant"], second["date_fin"], third["resume"], third["montant"]) == (None, None, None, 54500)
    one, two, three = answer["notes"]
    assert one["manque"] == []
    assert one["remarques"] == [
        "date_debut : la plaquette imprime « mars 2021 », élargi au 01/03/2021",
        "date_fin : la plaquette imprime « juin 2022 », élargi au 30/06/2022",
        "attestation_bonne_execution : 1.zip, le formulaire veut un PDF, DOC ou DOCX de 10 Mo au plus",
    ]
    assert two["manque"] == ["date_fin", "montant", "description"]
    assert "date_fin : prestation en cours à la date de la plaquette, le formulaire veut une date" in two["remarques"]
    assert three["manque"] == ["resume", "date_debut", "date_fin", "description"]
    shown = [re.sub(r"\s", " ", remark) for remark in three["remarques"]]
    assert shown[:3] == [
        "montant : fourchette (54 500,50 à 60 000 € TTC), la borne basse est donnée",
        "montant : 54 500,50 à 60 000 € TTC, arrondi à l’euro",
        "montant : 54 500,50 à 60 000 € TTC, toutes taxes comprises",
    ]
    assert incomplete(to_document(listed(REFERENCES), DocumentOptions())) == [
        "no. 2: no date_fin, montant, description", "no. 3: no resume, date_debut, date_fin, description",
        "made to fit the form, see `notes` in the file: no. 1, 2, 3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "amount"),
    [
        ({"currency": "CHF"}, None), ({"currency": None}, 29000), ({"amount": Decimal("0")}, None),
        ({"amount": Decimal("0.40")}, None), ({"amount": Decimal("1000.50")}, 1000), ({"tax": None}, 29000),
    ],
)  # fmt: skip
def test_amounts_for_the_states_form(changed: dict[str, Any], amount: int | None) -> None:
    answer = json.loads(made("passe-marche", [reference(1, "Plan", "Ville", **changed)]))
    assert answer["realisations_livraisons"][0]["montant"] == amount
    assert (
        any(remark.startswith("montant") for remark in answer["notes"][0]["remarques"])
        or amount == 29000
        or ("montant" in answer["notes"][0]["manque"])
    )


@pytest.mark.parametrize("format", FORMATS)
def test_what_thousands_of_missions_take_grows_with_them(format: str) -> None:
    def references(count: int) -> list[Reference]:
        return [replace(REFERENCES[n % 3], number=n + 1) for n in range(count)]

    check_growth(lambda chosen: made(format, chosen), references, 5_000)


@pytest.mark.parametrize("title", [
    "Étude suivie par VERDEAU Aline", "Étude suivie par A. Verdeau", "Étude, Mme Marsanne, DGS",
    "Étude : 04 66 12 34 56",
    "Écrire à accueil@lys.example", "Animation : Odile Faucher",
])  # fmt: skip
def test_whoever_a_text_names_is_counted(title: str) -> None:
    """In every form that the public's masks know, not only the mission's contact as printed."""
    document = to_document(
        listed([reference(1, title, "Ville"), reference(2, "Plan d'eau", "Ville")]), DocumentOptions()
    )
    (told,) = slips(document, MASK)
    assert told.endswith("name a person, an address or a number: no. 1")


def test_where_typst_is_not_a_pdf_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(WarehouseError, match=r"pip install 'carnet\[pdf\]'"):
        made("pdf")

"""Letters that a PDF or a text prints in odd ways are read as a reader sees them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

import pytest
from reportlab.pdfgen.canvas import Canvas

from carnet.pipeline.read import read
from carnet.pipeline.read.accents import with_accents
from carnet.pipeline.read.letters import UNKNOWN, Char
from carnet.pipeline.read.mend import mended
from carnet.pipeline.read.plain_letters import plain_letters
from carnet.pipeline.read.words import words_of
from tests.bare_pdf import one_page

Draw = Callable[[Canvas], object]


def letters(text: str, *, x: float = 40, bottom: float = 100, size: float = 10, gap: float = 0) -> list[Char]:
    """Letters half as wide as high."""
    return [
        {
            "text": letter, "fontname": "F", "size": size, "non_stroking_color": (0,), "upright": True,
            "x0": x + at * (size / 2 + gap), "x1": x + at * (size / 2 + gap) + size / 2,
            "top": bottom - size, "bottom": bottom, "doctop": bottom - size,
        }
        for at, letter in enumerate(text)
    ]  # fmt: skip


def after(chars: Sequence[Char], text: str, *, raised: float = 0, size: float = 10) -> list[Char]:
    return letters(text, x=chars[-1]["x1"], bottom=chars[-1]["bottom"] - raised, size=size)


def printed(chars: Sequence[Char]) -> list[str]:
    plain, wide, _ = mended(chars)
    return [word.text for group in (plain, *wide) for word in words_of(group, 1)]


def test_a_value_that_dots_lead_to_is_a_word_of_its_own() -> None:
    assert printed(letters("Client....Ville")) == ["Client....", "Ville"]
    assert printed(letters("Client____24")) == ["Client____", "24"]
    assert printed(letters("etc...Ville")) == ["etc...Ville"]
    assert printed(letters("Client....")) == ["Client...."]


@pytest.mark.parametrize(
    ("before", "raised", "behind", "read_as"),
    [
        ("24 500", "1", " €", "24 500 €"),
        ("2020-2021", "2", "", "2020-2021"),
        ("Ville", "12", " de Vimy", "Ville de Vimy"),
        ("Ville", "*", "", "Ville"),
        ("1200 m", "2", "", "1200 m2"),  # a unit keeps its power
        ("1", "er", " mars", "1er mars"),
        ("10", "6", "", "106"),  # nobody can print this otherwise here; it is no call
    ],
)
def test_a_raised_figure_behind_a_word_is_a_call(before: str, raised: str, behind: str, read_as: str) -> None:
    chars = letters(before)
    chars += after(chars, raised, raised=4, size=6)
    chars += letters(behind, x=chars[-1]["x1"]) if behind else []
    assert " ".join(printed(chars)) == read_as


def test_a_figure_at_the_foot_of_a_letter_is_no_call() -> None:
    chars = letters("bilan CO")
    chars += after(chars, "2", raised=-2, size=6)
    assert "2" in "".join(printed(chars))


@pytest.mark.parametrize(
    ("mark", "letter", "whole"), [("´", "E", "É"), ("ˆ", "u", "û"), ("¨", "ı", "ï"), ("¸", "c", "ç")]
)
@pytest.mark.parametrize("first", ["mark", "letter"])
def test_an_accent_over_a_letter_is_part_of_it(mark: str, letter: str, whole: str, first: str) -> None:
    pair = letters(mark) + letters(letter)
    assert printed(pair if first == "mark" else pair[::-1]) == [whole]


def test_an_accent_beside_a_letter_stays() -> None:
    assert printed(letters("d´eau")) == ["d´eau"]


@pytest.mark.parametrize(
    ("width", "x", "bottom", "read_as"),
    [
        (0, 42, 100, "Edifice"),  # over the first letter
        (0, 42, 140, f"E{UNKNOWN}difice"),  # on another line
        (0, 70, 100, f"E{UNKNOWN}difice"),  # over no letter before it
        (5, 42, 100, f"E{UNKNOWN}difice"),  # as wide as a letter
    ],
)
def test_a_nameless_sign_without_width_over_a_letter_is_left_out(
    width: float, x: float, bottom: float, read_as: str
) -> None:
    first, *others = letters("Edifice")
    (sign,) = letters(UNKNOWN, x=x, bottom=bottom)
    found = with_accents([first, {**sign, "x1": x + width}, *others])
    assert "".join(char["text"] for char in found) == read_as


@pytest.mark.parametrize(
    ("printed", "read_as"),
    [
        ("Mont\u00adBergnies", "Mont-Bergnies"),
        ("Eure\u00adet\u00adLoir", "Eure-et-Loir"),
        ("com\u00admu\u00adnes", "communes"),
        ("j.roy@macro\u00adlogistique.example", "j.roy@macro-logistique.example"),
    ],
)
def test_a_hyphen_of_a_proper_name_stays_whatever_its_font_calls_it(printed: str, read_as: str) -> None:
    assert "".join(c["text"] for c in mended(letters(printed))[0]) == read_as


def test_a_blank_that_takes_no_room_is_none() -> None:
    """As browsers print a place where a word may be parted."""
    word = [*letters("im", x=40), *letters(" ", x=50), *letters("plan", x=50)]
    apart = [*letters("im", x=40), *letters(" ", x=50), *letters("plan", x=53)]
    assert ["".join(c["text"] for c in mended(some)[0]) for some in (word, apart)] == ["implan", "im plan"]


def test_a_soft_hyphen_inside_a_word_is_nothing_and_at_a_line_end_it_joins() -> None:
    inside = letters("com\u00admunes")
    below = letters("gros", bottom=115)
    assert printed(inside + letters("Haut\u00ad", x=120) + below) == ["communes", "Haut\u00ad", "gros"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("COMMUNE", ["COMMUNE"]),
        ("Plan de mobilité", ["Plan", "de", "mobilité"]),
    ],
)
def test_letters_set_wide_are_one_word(text: str, words: list[str]) -> None:
    assert printed(letters(text, gap=6)) == words


def test_letters_parted_by_blanks_are_one_word_and_wider_gaps_part_two() -> None:
    assert printed(letters("V I L L E   D E   V I M Y")) == ["VILLE", "DE", "VIMY"]


def test_a_row_of_ticks_is_no_word() -> None:
    ticks = [char for at in range(5) for char in letters("X", x=40 + 60 * at)]
    assert printed(ticks) == ["X"] * 5


def wide_as(char: str, width: float) -> list[Char]:
    (made,) = letters(char)
    return [{**made, "x1": made["x0"] + width}]


def word(*parts: tuple[str, float]) -> list[Char]:
    """A word of letters of these widths."""
    out: list[Char] = []
    for text, width in parts:
        start = out[-1]["x1"] if out else 40
        out += [{**wide_as(text, width)[0], "x0": start, "x1": start + width}]
    return out


def test_a_private_ligature_is_told_by_its_width_and_its_neighbours() -> None:
    profil = word(("P", 6), ("r", 4), ("o", 6), ("\ue000", 6.3), ("l", 2.8), ("i", 2.8), ("f", 3.5))
    office = word(("O", 6), ("\ue001", 9.8), ("c", 5), ("e", 5), ("i", 2.8), ("f", 3.5))
    assert (printed(profil), printed(office)) == (["Profilif"], ["Officeif"])


def test_a_private_ligature_that_nothing_tells_is_a_hole() -> None:
    flux = word(("\ue000", 6.3), ("u", 6), ("x", 6), ("i", 2.8), ("f", 3.5))
    _, _, notes = mended(flux)
    assert printed(flux) == [f"{UNKNOWN}uxif"] and notes and notes[0].startswith("garbled_text")


def test_a_private_sign_that_stands_alone_stays() -> None:
    assert printed(letters("\uf0b7") + letters("Étude", x=60)) == ["\uf0b7", "Étude"]


# ---- what stands over the page, and layers ---------------------------------------------------------------------------


def pdf(draw: Draw) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(400, 300), invariant=True)
    canvas.setFont("Helvetica", 12)
    draw(canvas)
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def words_on(data: bytes) -> str:
    return " ".join(word.text for page in read(data, "application/pdf").pages for word in page.words)


def notes_on(data: bytes) -> str:
    return " ".join(note for page in read(data, "application/pdf").pages for note in page.notes)


def test_values_of_form_fields_are_read_at_their_place() -> None:
    def drawn(canvas: Canvas) -> None:
        canvas.drawString(40, 200, "Montant :")
        canvas.acroForm.textfield(value="24 500 EUR", x=120, y=196, width=150, height=16, name="m")
        canvas.acroForm.choice(
            value="Ville", options=["Ville", "Pays"], x=120, y=150, width=90, height=16, name="c", fieldFlags="combo"
        )

    page = read(pdf(drawn), "application/pdf").pages[0]
    assert [word.text for word in page.words] == ["Montant", ":", "24", "500", "EUR", "Ville"]
    figure = next(word for word in page.words if word.text == "24")
    assert figure.box is not None and 120 <= figure.box.x0 <= 125 and 88 <= figure.box.top < figure.box.bottom <= 104


TEXT = b"BT /F1 12 Tf 1 0 0 1 72 700 Tm (Ville de Brenoux) Tj ET"


@pytest.mark.parametrize(
    ("annotation", "seen", "said"),
    [
        (b"/Subtype /FreeText /Contents (2019-2021) /Rect [72 600 200 620] /DA (/Helv 10 Tf 0 g)", True, False),
        (b"/Subtype /FreeText /Contents (2019-2021) /Rect [72 600 200 620] /F 2", False, False),
        (b"/Subtype /Text /Contents (2019-2021) /Rect [72 600 200 620]", False, True),
        (b"/Subtype /Widget /FT /Tx /V (2019-2021) /Rect [72 600 200 620]", True, False),
        (b"/Subtype /Widget /FT /Tx /Ff 8192 /V (2019-2021) /Rect [72 600 200 620]", False, False),
        (b"/Subtype /Widget /Parent 10 0 R /FT /Tx /V (2019-2021) /Rect [72 600 x 620]", False, False),
        (b"/Subtype /Widget /Parent 10 0 R /Rect [72 600 200 620]", False, False),  # its own parent
    ],
)
def test_free_texts_are_read_and_comments_are_told(annotation: bytes, seen: bool, said: bool) -> None:
    data = one_page(TEXT, page=b"/Annots [10 0 R]", others={10: b"<< /Type /Annot %s >>" % annotation})
    assert ("2019-2021" in words_on(data)) == seen
    assert ("comments are pinned" in notes_on(data)) == said


LAYERED = (
    b"/OC /L0 BDC BT /F1 12 Tf 1 0 0 1 72 700 Tm (Ancien) Tj ET EMC "
    b"/OC /L1 BDC BT /F1 12 Tf 1 0 0 1 72 650 Tm (Nouveau) Tj ET EMC BT /F1 12 Tf 1 0 0 1 72 600 Tm (Toujours) Tj ET"
)


@pytest.mark.parametrize(
    ("default", "first", "seen"),
    [
        (b"/OFF [10 0 R]", b"10 0 R", "Nouveau Toujours"),
        (b"/OFF []", b"10 0 R", "Ancien Nouveau Toujours"),
        (b"/BaseState /OFF /ON [11 0 R]", b"10 0 R", "Nouveau Toujours"),
        (b"/OFF [10 0 R]", b"<< /Type /OCMD /OCGs [10 0 R 11 0 R] >>", "Ancien Nouveau Toujours"),
        (b"/OFF [10 0 R]", b"<< /Type /OCMD /OCGs [10 0 R 11 0 R] /P /AllOn >>", "Nouveau Toujours"),
        (b"/OFF [10 0 R]", b"<< /Type /OCMD /OCGs 10 0 R >>", "Nouveau Toujours"),
    ],
)
def test_a_layer_that_is_off_is_not_read(default: bytes, first: bytes, seen: str) -> None:
    others = {10: b"<< /Type /OCG /Name (V1) >>", 11: b"<< /Type /OCG /Name (V2) >>"}
    properties = b"/Properties << /L0 %s /L1 11 0 R >>" % first
    data = one_page(LAYERED, resources=properties, others=others)
    catalog = b"/Type /Catalog /OCProperties << /OCGs [10 0 R 11 0 R] /D << %s >> >>" % default
    assert words_on(data.replace(b"/Type /Catalog", catalog)) == seen


# ---- text files ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("Mobilite\u0301", "Mobilité"),
        ("l\u2019e\u0301tude a\u0300 Be\u0301thune", "l’étude à Béthune"),
        ("24 500[^1] € HT", "24 500 € HT"),
        ("24 500^{1} € HT", "24 500 € HT"),
        ("24 500<sup>1</sup> € HT", "24 500 € HT"),
        ("24 500¹ € HT, 1 200 m² et 2020-2021²", "24 500 € HT, 1 200 m² et 2020-2021"),
        ("le 1^{er} mars", "le 1^{er} mars"),
        ("1 200 m<sup>2</sup>", "1 200 m<sup>2</sup>"),
        ("com\u00admunes\u00ad\nurbaines", "communes\u00ad\nurbaines"),
        ("proﬁl, oﬃce", "profil, office"),
        ("mobilit´e, aoˆut, ´Etude, l´eau, d’´Etaples", "mobilité, août, Étude, l´eau, d’Étaples"),
        ("C L I E N T : V I L L E  D E  V I M Y", "CLIENT : VILLE DE VIMY"),
        ("A B C", "A B C"),
        ("Dupont &amp; fils, R&D, mobilit&eacute;", "Dupont & fils, R&D, mobilité"),
        ("[^1]: hors suivi", "[^1]: hors suivi"),
    ],
)
def test_letters_of_a_text(text: str, read_as: str) -> None:
    assert plain_letters(text) == read_as


FRENCH = "Ville d’Évron\nPériode : février 2021 – août 2021, 24 500 €, Hélène Bœuf\nRelevés et enquêtes à mener\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "mac_roman"])
def test_every_encoding_of_french_gives_the_same_letters(encoding: str) -> None:
    assert words_of_text(FRENCH.encode(encoding)) == words_of_text(FRENCH.encode())


def test_text_saved_in_the_wrong_encoding_is_put_right_and_that_is_said() -> None:
    wrong = FRENCH.encode().decode("cp1252", errors="ignore").encode()
    assert words_of_text(wrong)[1:] == words_of_text(FRENCH.encode())[1:]
    (page,) = read(wrong, "text/plain").pages
    assert [note.partition(":")[0] for note in page.notes] == ["weak_reading"]


def test_sound_text_is_left_alone() -> None:
    (page,) = read("SÃO PAULO, « l’été à Ängelholm »".encode(), "text/plain").pages
    assert page.words[0].text == "SÃO PAULO, « l’été à Ängelholm »" and not page.notes


def words_of_text(data: bytes) -> list[str]:
    return [word.text for page in read(data, "text/plain").pages for word in page.words]

"""Reading text and Markdown."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.decode.read import taken_apart
from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.read import read
from carnet.pipeline.rules import load_rules
from tests.effort import check_growth

RULES = load_rules()


def lines(text: str, media_type: str = "text/plain") -> list[list[tuple[str, bool]]]:
    """By line, its pieces, and whether a list mark stands before each."""
    out: dict[int, list[tuple[str, bool]]] = {}
    for sheet in taken_apart(read(text.encode(), media_type).pages, RULES):
        for f in sheet.fragments:
            out.setdefault(round(f.box.top), []).append((f.text, f.marked))
    return list(out.values())


def test_bullets_headings_and_tables() -> None:
    source = "# Titre\n\nUne ligne\net la suite\n\n- ▶ Un point\n - deux\n\nAnnée\tClient\n2019\tVille\n"
    assert lines(source) == [
        [("Titre", False)],
        [("Une ligne", False)],
        [("et la suite", False)],
        [("Un point", True)],
        [("deux", True)],
        [("Année", False), ("Client", False)],
        [("2019", False), ("Ville", False)],
    ]


def test_superscripts_and_bold_marks_are_dropped() -> None:
    assert lines("le 1^{er} mars, **très** tôt") == [[("le 1er mars, très tôt", False)]]


def test_a_pipe_table_is_a_table() -> None:
    told = lines("| Client | Objet |\n|---|---|\n| Ville | Etude |\n", "text/markdown")
    assert [[text for text, _ in line] for line in told] == [["Client", "Objet"], ["Ville", "Etude"]]


def test_zero_bytes_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="zero bytes"):
        read(b"abc\x00def", "text/plain")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        taken_apart(read(data, "text/plain").pages, RULES)


GOOD = "# Références\n\nVille d'Évron : étude, 29 000 €\n"
ENCODINGS = ["utf-8", "utf-8-sig", "cp1252", "utf-16"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_encodings(encoding: str) -> None:
    page = read(GOOD.encode(encoding), "text/plain").pages[0]
    assert ([w.text for w in page.words], page.notes) == (["Références", "Ville d'Évron : étude, 29 000 €"], ())


def test_a_wrong_byte_does_not_make_another_encoding_of_the_rest() -> None:
    page = read((3 * GOOD).encode().replace(b"Ville", b"V\xe9lle", 1), "text/plain").pages[0]
    assert page.words[1].text.startswith("V\ufffdlle d'Évron : étude")
    assert page.notes == ("garbled_text: 1 letters are damaged: their bytes have no meaning",)


def test_what_is_left_out_of_a_long_line_is_said() -> None:
    page = read(b"court\n" + b"a" * 20_001, "text/plain").pages[0]
    assert [len(word.text) for word in page.words] == [5, 20_000]
    assert page.notes == ("page_unreadable: 1 lines are longer than 20000 letters, the rest of each was left out",)


@pytest.mark.parametrize("start", ["# a", "a", "| a", "**a", "- a", "(a", "a :", "1."])
@pytest.mark.parametrize("blank", [" ", "\u00a0", "\t"])
def test_long_runs_of_blanks_are_read_once(start: str, blank: str) -> None:
    """A heading with 2000 blanks in it once took 21 seconds."""

    def text(size: int) -> bytes:
        return f"{start}{blank * size}b\n".encode() * 20

    check_growth(lambda data: taken_apart(read(data, "text/plain").pages, RULES), text, 19_000)


@pytest.mark.parametrize("line", ["## Ville : étude", "## Ville : étude ##", "##   Ville : étude  ## "])
def test_closing_marks_of_a_heading_are_dropped(line: str) -> None:
    assert [w.text for w in read(line.encode(), "text/markdown").pages[0].words] == ["Ville : étude"]

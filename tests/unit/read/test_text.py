"""Reading text and Markdown."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.layout import lay_out
from carnet.pipeline.read import read
from carnet.pipeline.rules import load_rules
from carnet.schemas.layout import BlockKind
from tests.effort import check_growth

RULES = load_rules()


def blocks(text: str) -> list[tuple[str, str]]:
    layout = lay_out(read(text.encode(), "text/plain").pages, RULES)
    return [(b.kind.value, b.passage.text) for b in layout.blocks]


def test_bullets_headings_and_tables() -> None:
    source = "# Titre\n\nUne ligne\net la suite\n\n- ▶ Un point\n - deux\n\nAnnée\tClient\n2019\tVille\n"
    assert blocks(source) == [
        ("paragraph", "Titre"),
        ("paragraph", "Une ligne\net la suite"),
        ("bullet", "Un point"),
        ("bullet", "deux"),
        ("row", "Année\tClient"),
        ("row", "2019\tVille"),
    ]


def test_superscripts_and_bold_marks_are_dropped() -> None:
    assert blocks("le 1^{er} mars, **très** tôt") == [("paragraph", "le 1er mars, très tôt")]


def test_a_pipe_table_is_a_table() -> None:
    layout = lay_out(read(b"| Client | Objet |\n|---|---|\n| Ville | Etude |\n", "text/markdown").pages, RULES)
    assert [b.kind for b in layout.blocks] == [BlockKind.ROW, BlockKind.ROW]
    assert [c.text for c in layout.blocks[1].cells] == ["Ville", "Etude"]


def test_zero_bytes_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="zero bytes"):
        read(b"abc\x00def", "text/plain")


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(UnreadableDocument):
        lay_out(read(data, "text/plain").pages, RULES)


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

    check_growth(lambda data: lay_out(read(data, "text/plain").pages, RULES), text, 19_000)


@pytest.mark.parametrize("line", ["## Ville : étude", "## Ville : étude ##", "##   Ville : étude  ## "])
def test_closing_marks_of_a_heading_are_dropped(line: str) -> None:
    assert [w.text for w in read(line.encode(), "text/markdown").pages[0].words] == ["Ville : étude"]

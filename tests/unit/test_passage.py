"""Passages: text that knows which printed word each character came from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carnet.schemas.layout import BBox, Passage, Word
from tests.effort import check_growth


def words(text: str, top: float = 10.0, page: int = 1) -> list[Word]:
    out, x = [], 0.0
    for part in text.split():
        out.append(Word(part, page, BBox(x, top, x + 5 * len(part), top + 10)))
        x += 5 * len(part) + 4
    return out


def lines(*texts: str) -> Passage:
    return Passage.join([Passage.of_words(words(t, top=12.0 * i)) for i, t in enumerate(texts)])


def test_flow_mends_a_word_cut_at_the_line_end() -> None:
    flowed = lines("Val de Loire Métro-", "pole et ses communes").flow()
    assert flowed.text == "Val de Loire Métropole et ses communes"
    assert [round(box.top) for _, box in flowed.place().boxes if box] == [0, 12]


def test_flow_keeps_a_hyphen_before_a_capital_and_in_known_compounds() -> None:
    assert lines("Ville de Saint-", "Évrain").flow().text == "Ville de Saint-Évrain"
    assert lines("un rendez-", "vous annuel").flow(frozenset({"rendez-vous"})).text == "un rendez-vous annuel"


def test_soft_hyphen_vanishes() -> None:
    assert lines("la collec\u00ad", "tivité").flow().text == "la collectivité"


def test_slice_gives_the_box_of_its_words() -> None:
    passage = lines("Montant : 29 000 € HT")
    start = passage.text.index("29")
    box = passage.slice(start, len(passage.text)).place().box
    assert box is not None
    first = passage.pieces[2].word.box
    assert first is not None
    assert box.x0 == first.x0


@given(st.lists(st.text("abc -é", min_size=1, max_size=12), min_size=1, max_size=5), st.data())
def test_every_piece_is_the_text_of_its_word(texts: list[str], data: st.DataObject) -> None:
    passage = lines(*texts)
    for piece in passage.pieces:
        assert passage.text[piece.start : piece.end] == piece.word.text
    start = data.draw(st.integers(0, len(passage.text)))
    end = data.draw(st.integers(start, len(passage.text)))
    part = passage.slice(start, end)
    assert part.text == passage.text[start:end].strip()
    for piece in part.pieces:
        assert part.text[piece.start : piece.end] in piece.word.text


@pytest.mark.slow
@pytest.mark.parametrize("end", ["", "-", "\u00ad"])
def test_many_lines_are_joined_once(end: str) -> None:
    """A passage of a megabyte in short lines, hyphens at all ends or none."""

    def passage(lines: int) -> Passage:
        return Passage.join([Passage.of_words([Word(f"ligne{end}")]) for _ in range(lines)])

    assert len(passage(100_000).flow().pieces) == 100_000
    check_growth(Passage.flow, passage, 100_000)


def test_whole_words_keep_lines_and_hyphens_of_names() -> None:
    whole = lines("Ber\u00ad", "nard Saint-", "Évrain Mont\u00ad", "Royal").whole_words()
    assert whole.text == "Bernard Saint-\nÉvrain Mont-Royal"
    assert [round(box.top) for _, box in whole.place().boxes if box] == [0, 12, 24, 36]

"""Vectors without spaCy: what spaCy itself would say, of every word that it has, and of others."""

from __future__ import annotations

import subprocess
import sys

import pytest

from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.word_vectors import WordVectors, hash64, word_vectors

CODE = """
import sys
from carnet.pipeline.nlp import get_nlp
print(get_nlp().knows("réseau"), get_nlp().knows("rzseau"), "spacy" in sys.modules)
print([found.value for found in get_nlp().persons("Odile Faugier, directrice")])
"""


def there() -> WordVectors:
    vectors = word_vectors()
    assert vectors is not None
    return vectors


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("réseau", True),
        ("Réseau", True),
        ("rzseau", False),
        ("", False),
        ("agent", True),
        ("det", True),
        ("é" * 70, False),
    ],
)
def test_words_are_known_or_not(word: str, known: bool) -> None:
    """ "agent" and "det" are names of spaCy's labels, which have numbers of their own."""
    assert (there().row_of(word) >= 0) == known
    assert get_nlp().knows(word) == known


def test_spacy_is_not_loaded_for_them_and_can_be_afterwards() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["True False False", "['Odile Faugier']"]


@pytest.mark.slow
def test_rows_are_those_of_spacy() -> None:
    """Each word of the model, the names that spaCy numbers, and words that nobody has."""
    from spacy.symbols import IDS

    vocab = get_nlp()._loaded().vocab
    words = [word for word in vocab.strings if word]
    words += [*IDS, *(f"{word}x" for word in words[::50])]
    assert len(words) > 700_000
    assert (there().rows == vocab.vectors.data).all()
    find, row_of = vocab.vectors.find, there()._row_of
    wrong = [word for word in words if row_of(word) != find(key=vocab.strings[word])]
    assert not wrong


@pytest.mark.parametrize(
    ("letters", "key"),
    [
        (1, 11901859001352538922), (3, 13021918864714763345), (7, 18200195881963043692), (8, 17751780907874141760),
        (9, 13885881106499164936), (16, 12213882378445362951),
    ],
)  # fmt: skip
def test_keys_are_the_hashes_that_spacy_makes(letters: int, key: int) -> None:
    """spacy.strings.hash_string said these: none, one and two whole blocks, with and without a rest."""
    assert hash64(b"abcdefghijklmnop"[:letters]) == key

"""Vectors without spaCy: what spaCy itself would say."""

from __future__ import annotations

import subprocess
import sys

import pytest

from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.word_vectors import hash64, word_vectors

WITH_SPACY = """
import sys
from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.word_vectors import word_vectors

print(get_nlp().knows("réseau"), get_nlp().knows("rzseau"), "spacy" in sys.modules)
print([found.value for found in get_nlp().persons("Odile Faugier, directrice")])

from spacy.symbols import IDS

vocab, ours = get_nlp()._loaded().vocab, word_vectors()
words = [word for word in vocab.strings if word][::50]
words += [*IDS, *(f"{word}x" for word in words[::10])]
find = vocab.vectors.find
print(len(words) > 14_000, (ours.rows == vocab.vectors.data).all())
print([word for word in words if ours._row_of(word) != find(key=vocab.strings[word])])
"""


@pytest.mark.parametrize(
    ("word", "known"),
    [
        ("réseau", True), ("Réseau", True), ("rzseau", False), ("", False), ("é" * 70, False),
        ("agent", True), ("det", True),
    ],
)  # fmt: skip
def test_words_are_known_or_not(word: str, known: bool) -> None:
    """ "agent" and "det" are names of spaCy's labels, which have numbers of their own."""
    vectors = word_vectors()
    assert vectors is not None
    assert (vectors.row_of(word) >= 0) == known
    assert get_nlp().knows(word) == known


@pytest.mark.slow
def test_all_is_as_spacy_has_it_which_can_be_loaded_afterwards() -> None:
    """Every fiftieth word of the model, the names that spaCy numbers, and words that nobody has."""
    done = subprocess.run([sys.executable, "-c", WITH_SPACY], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["True False False", "['Odile Faugier']", "True True", "[]"]


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

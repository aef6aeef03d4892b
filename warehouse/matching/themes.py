"""Which shared theme a mission has, whatever headings its firm uses: by weighted words of a lexicon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from carnet.schemas.from_yaml import from_yaml
from carnet.warehouse.matching.bodies import key_of

WORDS = Path(__file__).with_name("themes.yml")
_INDEXED = 2
"""Letters of a first word of any ending by which its phrase is found; none in the lexicon is shorter."""


@dataclass(frozen=True)
class Theme:
    """`code`: of the theme, None where nothing tells. `share`: its part of the weight of all words that tell. `words`:
    those that told it, the heaviest first."""

    code: str | None
    share: float
    words: tuple[str, ...]
    is_sure: bool


@dataclass(frozen=True)
class _Phrase:
    """Words that tell a theme, "plan local d urbanisme" or, of any ending, "fiscal*"."""

    words: tuple[str, ...]
    theme: str
    weight: float

    def rank(self) -> tuple[int, bool, int]:
        """The longest first, then those without an ending of any kind."""
        text = " ".join(self.words)
        return -len(self.words), "*" in text, -len(text)

    def stands_at(self, words: Sequence[str], at: int) -> bool:
        said = words[at : at + len(self.words)]
        return len(said) == len(self.words) and all(map(_is_word, self.words, said))


def _is_word(pattern: str, word: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern.endswith("*") else word == pattern


class Themes:
    """The lexicon, indexed."""

    def __init__(self, told: Mapping[str, Any]) -> None:
        self._told = told
        self.names: Mapping[str, Mapping[str, str]] = {
            code: {language: theme[language] for language in ("fr", "en")} for code, theme in told["themes"].items()
        }
        self._by_word: dict[str, list[_Phrase]] = {}
        self._by_letters: dict[str, list[_Phrase]] = {}
        for phrase in self._phrases():
            first = phrase.words[0]
            if first.endswith("*"):
                self._by_letters.setdefault(first[:_INDEXED], []).append(phrase)
            else:
                self._by_word.setdefault(first, []).append(phrase)

    def _phrases(self) -> Iterator[_Phrase]:
        for entry in self._told["silent"]:
            yield _Phrase(tuple(entry.split()), "", 0)
        seen: dict[str, str] = {}
        for code, theme in self._told["themes"].items():
            for strength, weight in self._told["weights"].items():
                for entry in theme[strength]:
                    if entry in seen:
                        raise ValueError(f"{WORDS.name}: {entry!r} stands in {seen[entry]} and in {code} {strength}")
                    seen[entry] = f"{code} {strength}"
                    yield _Phrase(tuple(entry.split()), code, weight)

    def code_of(self, name: str) -> str | None:
        """By the code itself, or the words of its name in either language; None where none or several are meant.

        >>> load_themes().code_of("7"), load_themes().code_of("environment"), load_themes().code_of("plage")
        ('7', '7', None)
        """
        key = key_of(name)
        found = [
            code for code, names in self.names.items()
            if key == code or (key and any(key in key_of(one) for one in names.values()))
        ]  # fmt: skip
        return found[0] if len(found) == 1 else None

    def theme_of(self, title: str, domain: str | None = None, texts: Sequence[str] = ()) -> Theme:
        """By the title; by the firm's own heading and the mission's texts as well where they are given.

        >>> load_themes().theme_of("Schéma directeur d'assainissement").code
        '7'
        """
        factor = self._told["fields"]
        told = [*self._found(title, factor["title"]), *self._found(domain or "", factor["domain"])]
        told += [found for text in texts for found in self._found(text, 1 / len(texts))]
        return self._best(told)

    def _best(self, told: Sequence[tuple[str, str, float]]) -> Theme:
        weights: dict[str, float] = {}
        for _, theme, weight in told:
            weights[theme] = weights.get(theme, 0.0) + weight
        code = max(weights, key=lambda theme: weights[theme], default="")
        share = weights[code] / sum(weights.values()) if code else 0.0
        is_tie = list(weights.values()).count(weights.get(code, 0.0)) > 1
        if not code or is_tie or share < self._told["said_from"]:
            return Theme(None, share, (), is_sure=False)
        words = [text for text, theme, _ in sorted(told, key=lambda found: -found[2]) if theme == code]
        return Theme(code, share, tuple(dict.fromkeys(words)), is_sure=share >= self._told["sure_from"])

    def _found(self, text: str, factor: float) -> Iterator[tuple[str, str, float]]:
        """The words that tell, with their themes and weights: the longest at each place, the first ones heaviest."""
        words = key_of(text).split()
        at = 0
        while at < len(words):
            starting = [*self._by_word.get(words[at], ()), *self._by_letters.get(words[at][:_INDEXED], ())]
            phrase = min((one for one in starting if one.stands_at(words, at)), key=_Phrase.rank, default=None)
            if phrase and phrase.weight:
                yield " ".join(words[at : at + len(phrase.words)]), phrase.theme, phrase.weight * factor
                factor *= self._told["later"]
            at += len(phrase.words) if phrase else 1


@lru_cache(maxsize=1)
def load_themes() -> Themes:
    """Read the lexicon once."""
    return Themes(from_yaml(WORDS.read_text(encoding="utf-8")))

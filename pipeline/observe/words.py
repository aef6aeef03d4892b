"""What the words of a fragment may be, by lexicons and value grammars. Each text is looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from carnet.pipeline.rules import Rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.values.bodies import names_body
from carnet.pipeline.values.dates import find_periods
from carnet.pipeline.values.emails import find_emails
from carnet.pipeline.values.money import find_amounts
from carnet.pipeline.values.organisations import form_of
from carnet.pipeline.values.people.words import words_of as people_words
from carnet.pipeline.values.phones import find_phones
from carnet.schemas.fields import LABELLED
from carnet.schemas.outline import PartKind

Row = npt.NDArray[np.float32]

_LATER = {field.column for field in LABELLED}
KINDS = tuple(kind for kind in PartKind if kind not in _LATER)
"""Those of the model: a field that was declared later is seen as a known label without a field."""
_AT_KIND = {kind: KINDS.index(kind if kind in KINDS else PartKind.OTHER) for kind in PartKind}
_LONGEST = 400  # letters that are looked at
_SHAPES: tuple[tuple[str, Callable[[str], float]], ...] = (
    ("letters", lambda t: min(len(t), 150) / 150),
    ("words", lambda t: min(len(t.split()), 20) / 20),
    ("one_word", lambda t: float(len(t.split()) == 1)),
    ("two_words", lambda t: float(len(t.split()) == 2)),
    ("ends_stop", lambda t: float(t.rstrip()[-1:] in ".!…")),
    ("ends_question", lambda t: float(t.rstrip()[-1:] == "?")),
    ("ends_colon", lambda t: float(t.rstrip()[-1:] == ":")),
    ("ends_comma", lambda t: float(t.rstrip()[-1:] in ",;")),
    ("ends_hyphen", lambda t: float(t.rstrip()[-1:] in "-\u2010\u00ad")),
    ("opens_low", lambda t: float(t[:1].islower())),
    ("opens_capital", lambda t: float(t[:1].isupper())),
    ("opens_digit", lambda t: float(t[:1].isdigit())),
    ("opens_quote", lambda t: float(t[:1] in "«“\"'‘")),
    ("opens_bracket", lambda t: float(t[:1] in "([")),
    ("capitals", lambda t: sum(c.isupper() for c in t) / max(1, sum(c.isalpha() for c in t))),
    ("all_capitals", lambda t: float(t.isupper() and sum(c.isalpha() for c in t) > 3)),
    ("digits", lambda t: sum(c.isdigit() for c in t) / max(1, len(t))),
    ("any_digit", lambda t: float(any(c.isdigit() for c in t))),
    ("no_letter", lambda t: float(not any(c.isalnum() for c in t))),
    ("title_case", lambda t: sum(w[:1].isupper() for w in t.split()) / max(1, len(t.split()))),
    ("commas", lambda t: min(t.count(","), 4) / 4),
    ("brackets", lambda t: float("(" in t)),
    ("slash", lambda t: float("/" in t)),
    ("euro", lambda t: float("€" in t or "CHF" in t)),
    ("percent", lambda t: float("%" in t)),
    ("surface", lambda t: float("m²" in t or " ha" in t)),
    ("number_sign", lambda t: float("n°" in t.casefold() or "№" in t)),
    ("page", lambda t: float(bool(re.fullmatch(r"(?:page |p\. ?)?\d{1,3}(?: ?[/|] ?\d{1,3})?", t.strip().casefold())))),
    ("address", lambda t: float(bool(re.search(r"\b\d{4,5} [A-ZÀ-Ý]", t)))),
    ("web", lambda t: float("www." in t or "http" in t or bool(re.search(r"\.(?:fr|com|eu|be|ch|org|example)\b", t)))),
)
NAMES: tuple[str, ...] = (
    *(f"label.{k}" for k in KINDS),
    "label.exact", "label.head", "opens.label", *(name for name, _ in _SHAPES),
    "period", "period.all", "amount", "amount.all", "email", "phone", "body", "body.sure", "body.form", "role",
    "civility",
    "person", "function_words", "work_end", "work", "nothing",
)  # fmt: skip
WIDTH = len(NAMES)
_INITIAL = re.compile(r"[A-ZÀ-Ý]\.(?:-?[A-ZÀ-Ý]\.)?")


class WordObserver:
    """Looks at texts with one set of rules; the same text is looked at once."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.observe = lru_cache(maxsize=50_000)(self._observe)
        self._people = people_words(rules)
        lexicon = rules.lexicon("observations")
        self._small = frozenset(fold(str(w)) for w in lexicon["function_words"])
        self._nothing = frozenset(fold(str(w)) for w in lexicon["nothing"])
        self._work_ends = tuple(str(w) for w in lexicon["work_ends"])
        self._works = frozenset(fold(str(w)) for w in rules.lexicon("works")["works"])

    def _observe(self, text: str) -> Row:
        """One number for each of NAMES."""
        text = text[:_LONGEST]
        labels = np.zeros(len(KINDS) + 3, np.float32)
        hit = self.rules.labels.match(text)
        if hit:
            labels[_AT_KIND[hit.kind]] = 1
            labels[-3 if hit.exact else -2] = 1
        start = self.rules.labels.match_start(text)
        labels[-1] = float(start is not None)
        shapes = [measure(text) for _, measure in _SHAPES]
        return np.concatenate([labels, np.array([*shapes, *self._values(text)], np.float32)])

    def _values(self, text: str) -> list[float]:
        short = len(text) <= 120
        periods = find_periods(text, self.rules) if any(c.isdigit() for c in text) or short else []
        amounts = find_amounts(text, self.rules)
        length = max(1, len(text.strip()))
        share_period = sum(f.end - f.start for f in periods) / length
        share_amount = sum(f.end - f.start for f in amounts) / length
        kind = form_of(text, self.rules) if short else None
        folded = fold(text)
        words = re.findall(r"[a-z]+", folded)
        return [
            float(bool(periods)),
            float(share_period > 0.7),
            float(bool(amounts)),
            float(share_amount > 0.6),
            float("@" in text and bool(find_emails(text))),
            float(bool(find_phones(text, self.rules))),
            float(short and names_body(text, self.rules)),
            float(bool(kind and kind.type_sure)),
            float(bool(kind and kind.where == "starts")),
            self._share(words, self._people.heads),
            float(bool(words) and (words[0] in self._people.civilities or f"{words[0]}." in self._people.civilities)),
            float(self._person(text)),
            sum(w in self._small for w in words) / max(1, len(words)),
            float(bool(words) and words[0].endswith(self._work_ends)),
            float(bool(words) and words[0] in self._works),
            float(folded.strip(" .") in self._nothing),
        ]

    def _share(self, words: list[str], lexicon: frozenset[str]) -> float:
        return float(bool(words) and words[0] in lexicon) + float(any(w in lexicon for w in words[1:])) / 2

    def _person(self, text: str) -> bool:
        """Two to four words with capitals, one of them a given name or an initial."""
        words = [w for w in re.findall(r"[^\s,;()]+", text)[:5] if fold(w) not in self._people.civilities]
        if not 2 <= len(words) <= 4 or not all(w[:1].isupper() or fold(w) in self._people.particles for w in words):
            return False
        return any(self._people.is_given(fold(w)) or _INITIAL.fullmatch(w) for w in words[:2])

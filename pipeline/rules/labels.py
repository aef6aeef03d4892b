"""Labels: the words that announce a field ("Montant des honoraires", "Maître d'ouvrage :", "Ce que ça change")."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Literal

from carnet.pipeline.rules.fold import fold
from carnet.schemas.outline import PartKind

_NUMBERING = re.compile(r"^(?:[\d]{1,2}|[ivx]{1,4}|[a-h])\s?[.)/°-]\s+")
_NOTE = re.compile(r"\s{0,40}\([^()]*\)\s{0,40}")
_MAX_WORDS = 9
_LONGEST = 200
"""Letters of a text whose answer is kept."""


@dataclass(frozen=True, slots=True)
class LabelHit:
    """`text[:end]` is a label of `kind`; `exact`: a known form, else only its first word is known.

    `rest` is where the value starts when label and value share the line ("Montant : 29 000 € HT"). `by`: what
    tells the kind: the label's words, the value beside them, or nothing (a label that nobody knows).
    """

    kind: PartKind
    rule: str
    end: int
    rest: int
    exact: bool
    by: Literal["words", "value", "nothing"] = "words"


@dataclass(frozen=True)
class Labels:
    """`forms`: folded label -> (kind, rule id). `heads`: first words that announce a kind on their own. `translated`:
    labels stand beside their translation ("Bénéficiaire / Begunstigde")."""

    forms: Mapping[str, tuple[PartKind, str]]
    heads: Mapping[str, tuple[tuple[PartKind, str, frozenset[str]], ...]]
    translated: bool = False

    def match(self, text: str) -> LabelHit | None:
        """The label that the whole of `text` is ("Montant des prestations", "Contact(s) client :"), if any."""
        return self._known(text) if len(text) <= _LONGEST else self._match(text)

    @cached_property
    def _known(self) -> Callable[[str], LabelHit | None]:
        """Asked once of each text."""
        return lru_cache(maxsize=8_192)(self._match)

    def _match(self, text: str) -> LabelHit | None:
        bare = _bare(text)
        if not bare or not _NOTE.sub(" ", bare).strip() or len(bare.split()) > _MAX_WORDS:
            return None
        if len(bare) > 6 and text.rstrip().endswith((".", ",", ";")):
            return None  # the end of a sentence
        found = self._form(bare)
        if found:
            return LabelHit(found[0], found[1], len(text), len(text), True)
        guess = self._head(bare)
        return LabelHit(guess[0], guess[1], len(text), len(text), False) if guess else None

    def match_start(self, text: str) -> LabelHit | None:
        """The label before a colon, dash or tab at the start of a line that goes on with its value."""
        for mark in re.finditer(r"\s{0,40}[:\t]\s{0,40}|\s{1,40}[–—-]\s{1,40}", text[:80]):
            hit = self.match(text[: mark.start()])
            if hit and (hit.exact or ":" in mark.group()):
                return LabelHit(hit.kind, hit.rule, mark.start(), mark.end(), hit.exact)
            if ":" in mark.group():
                break
        return None

    def _form(self, bare: str) -> tuple[PartKind, str] | None:
        if bare in self.forms:
            return self.forms[bare]
        without = _NOTE.sub(" ", bare).strip()
        if without != bare and without in self.forms:
            return self.forms[without]
        numbered = _NUMBERING.sub("", without)
        return self.forms.get(numbered) or (self._in_one_language(without) if self.translated else None)

    def _in_one_language(self, bare: str) -> tuple[PartKind, str] | None:
        sides = re.split(r"\s?[/|]\s", bare)
        return next((self.forms[side] for side in sides if side in self.forms), None) if len(sides) > 1 else None

    def _head(self, bare: str) -> tuple[PartKind, str] | None:
        if re.search(r"[\d@:]", bare):
            return None
        words = re.findall(r"[\w€']+", bare)
        if not words or len(words) > 5:
            return None
        for kind, rule, unless in self.heads.get(words[0], ()):
            if not unless.intersection(words):
                return kind, rule
        return None


def _bare(text: str) -> str:
    return " ".join(fold(text).replace("\u00ad", "").split()).strip(" :.;–-•▶►*_|#/?!").strip()


def build_labels(by_language: Mapping[str, Mapping[str, Any]], problems: list[str]) -> Labels:
    """Forms and heads of all languages; unknown kinds and doubled forms are put into `problems`."""
    forms: dict[str, tuple[PartKind, str]] = {}
    heads: dict[str, list[tuple[PartKind, str, frozenset[str]]]] = {}
    for language, content in by_language.items():
        for name, entry in content.items():
            try:
                kind = PartKind(name)
            except ValueError:
                problems.append(f"{language}/labels.yml: {name} is no kind of part")
                continue
            unknown = set(entry) - {"forms", "heads"}
            if unknown:
                problems.append(f"{language}/labels.yml: {name}: unknown key {', '.join(sorted(unknown))}")
            for form in entry.get("forms", ()):
                bare = _bare(str(form)) or fold(str(form))
                old = forms.get(bare)
                if old and old[0] != kind:
                    problems.append(f"{language}/labels.yml: {form!r} is both {old[0]} and {kind}")
                forms[bare] = (kind, f"{language}.labels.{name}.{_slug(bare)}")
            for head in entry.get("heads", ()):
                word = fold(str(head["word"]))
                unless = frozenset(fold(str(w)) for w in head.get("unless", ()))
                heads.setdefault(word, []).append((kind, f"{language}.labels.{name}.head-{_slug(word)}", unless))
    return Labels(forms, {word: tuple(entries) for word, entries in heads.items()})


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text).strip("-")

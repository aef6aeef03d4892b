"""Full-text search over missions: French stems, no accents, the best first, with the words that were found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import duckdb

from carnet.schemas.spelling import without_accents
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.index import stop_words

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Sought:
    """Words as they are looked for. `stems`: by typed word; `ignored`: too common to tell anything."""

    stems: dict[str, str]
    ignored: tuple[str, ...]


def seek(con: Connection, text: str) -> Sought | None:
    """What to look for; None where this warehouse or this machine can't search by stems: then by parts of words."""
    typed = list(dict.fromkeys(word for part in _WORD.findall(text) for word in fold(part).split()))
    common = [word for word in typed if word in stop_words() or (len(word) == 1 and word.isalpha())]
    wanted = [word for word in typed if word not in common]
    try:
        found = stems(con, wanted)
        whole = con.execute("SELECT count(*) FROM store.edition ANTI JOIN store.indexed USING (edition_id)").fetchall()
    except duckdb.CatalogException:
        return None
    missions = con.execute("SELECT count(*) FROM store.mission").fetchall()
    return Sought(found, tuple(common)) if whole == [(0,)] or missions == [(0,)] else None


def stems(con: Connection, words: Iterable[str]) -> dict[str, str]:
    """By word, which must be folded."""
    rows = con.execute("SELECT word, stem(word, 'french') FROM unnest(?::VARCHAR[]) AS t(word)", [list(words)])
    return dict(rows.fetchall())


def fold(text: str) -> str:
    """
    >>> fold("Œuvre À l’École")
    'oeuvre a l ecole'
    """
    plain = without_accents(text.lower(), "NFD")
    return " ".join(re.findall("[a-z0-9]+", plain.replace("œ", "oe").replace("æ", "ae")))


SCORED = """
WITH size AS (SELECT count(*) AS missions, avg(length) AS length FROM store.prose),
hits AS MATERIALIZED (
    SELECT edition_id, ordinal, stem, weight, length FROM store.posting WHERE list_contains(?::VARCHAR[], stem)
),
rarities AS (
    SELECT stem, ln(1 + (any_value(size.missions) - count(*) + 0.5) / (count(*) + 0.5)) AS rarity
    FROM hits, size
    GROUP BY stem
)
SELECT
    edition_id,
    ordinal,
    count(*) AS words,
    sum(rarity * weight * 2.2 / (weight + 1.2 * (0.25 + 0.75 * hits.length / size.length))) AS score
FROM hits
JOIN rarities USING (stem), size
GROUP BY edition_id, ordinal
"""
"""BM25 (k1 1.2, b 0.75) of every mission with any of the stems; `words`: how many of them it has."""


@dataclass(frozen=True)
class FoundWords:
    """`words`: as printed, in the order of the texts. `snippet`: the text around some of them, `marks` where in it."""

    words: tuple[str, ...]
    snippet: str
    marks: tuple[tuple[int, int], ...]


SEARCHED = ("title", "client", "domain", "context", "approach", "results", "period_text", "amount_text")
AROUND = 40
"""Letters of context on either side of a word that was found."""


def found_in(con: Connection, sought: Sought, missions: list[dict[str, Any]]) -> list[FoundWords]:
    """Where the words stand in each mission (rows of `missions`)."""
    wanted = set(sought.stems.values())
    forms = {
        part for m in missions for text in _texts(m) for word in _WORD.findall(text) for part in fold(word).split()
    }
    by_form = stems(con, forms)
    hits = {form for form, stem in by_form.items() if stem in wanted}
    return [_found(list(_texts(m)), hits) for m in missions]


def _texts(mission: dict[str, Any]) -> Iterator[str]:
    for name in SEARCHED:
        value = mission[name]
        yield from value if isinstance(value, list) else [value] if value else []


def _found(texts: list[str], hits: set[str]) -> FoundWords:
    words: dict[str, None] = {}
    snippet, marks = "", ()  # type: tuple[str, tuple[tuple[int, int], ...]]
    for text in texts:
        spans = [m.span() for m in _WORD.finditer(text) if any(part in hits for part in fold(m[0]).split())]
        words |= {text[start:end].lower(): None for start, end in spans}
        if spans and len(spans) > len(marks):
            snippet, marks = _cut(text, spans)
    return FoundWords(tuple(words), snippet, marks)


def _cut(text: str, spans: list[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text around the first words found, cut at spaces."""
    start = max(0, spans[0][0] - AROUND)
    start = text.find(" ", start) + 1 if start else 0
    start = min(start, spans[0][0])
    end = min(len(text), max(spans[0][1] + AROUND, start + 3 * AROUND))
    end = max(text.rfind(" ", 0, end), spans[0][1]) if end < len(text) else end
    before, after = "… " if start else "", " …" if end < len(text) else ""
    shift = len(before) - start
    marks = tuple((a + shift, b + shift) for a, b in spans if start <= a and b <= end)
    return f"{before}{text[start:end]}{after}", marks

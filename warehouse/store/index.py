"""The index of full-text search: words of every mission by their French stem, kept right within each write.

DuckDB's extension `fts` brings the stemmer, from its package on the disk. Its own index is not used: after each change
it is made anew as a whole (7 s for 100,000 missions), can't be read without the extension, and keeps words that were
erased until then.
"""

from __future__ import annotations

import hashlib
import importlib.resources
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import duckdb

from carnet.schemas.from_yaml import from_yaml

RULES = Path(__file__).parent / "search.yml"
FOLD = "replace(replace(lower(strip_accents({})), 'œ', 'oe'), 'æ', 'ae')"
"""A text as it is searched: expects an SQL expression. `search.fold` is the same in Python."""


def refresh_all(con: duckdb.DuckDBPyConnection) -> None:
    """Index all editions again whose texts are others than when they were indexed, where they were indexed by other
    rules or by nobody; within the caller's transaction."""
    digest = _rules()["digest"]
    query = "SELECT comment FROM duckdb_tables() WHERE schema_name = 'store' AND table_name = 'indexed'"
    if con.execute(query).fetchall() != [(digest,)] and refresh(con):
        con.execute(f"COMMENT ON TABLE store.indexed IS '{digest}'")


def refresh(con: duckdb.DuckDBPyConnection, editions: Iterable[str] | None = None) -> bool:
    """Index again those of these editions (of all) whose texts are others than when they were indexed; within the
    caller's transaction. False where words have no stems here."""
    rules = _rules()
    some = [] if editions is None else sorted(editions)
    if editions is not None and not some:
        return True
    of_these = "TRUE" if editions is None else "list_contains($editions::VARCHAR[], edition_id)"
    texts = f"(FROM {_TEXTS.format(partners=_PARTNERS)} WHERE {of_these})"
    given = {"digest": rules["digest"]} | ({} if editions is None else {"editions": some})
    stale = _STALE.format(texts=texts, indexed=f"(FROM store.indexed WHERE {of_these})")
    con.execute(f"CREATE OR REPLACE TEMP TABLE _stale AS {stale}", given)
    if not con.execute("SELECT 1 FROM _stale LIMIT 1").fetchall():
        return True
    texts = _TEXTS.format(partners=_PARTNERS)
    for table in ("indexed", "prose", "posting"):
        con.execute(f"DELETE FROM store.{table} WHERE edition_id IN (SELECT edition_id FROM _stale)")
    can_stem = load_stemmer(con)
    fields = ", ".join(f"{{'weight': {weight}, 'told': {name}}}" for name, weight in rules["weights"].items())
    words = _WORDS.format(texts=texts, fields=fields, folded=FOLD.format("told.told"))
    con.execute(f"CREATE OR REPLACE TEMP TABLE _words AS {words}")
    con.execute(_PROSE)
    if can_stem:
        con.execute(_POSTINGS, {"stop_words": rules["stop_words"]})
        con.execute(
            "INSERT INTO store.indexed SELECT edition_id, fingerprint FROM _stale WHERE fingerprint IS NOT NULL"
        )
    for table in ("_stale", "_words"):
        con.execute(f"DROP TABLE {table}")
    if not can_stem:
        con.execute("COMMENT ON TABLE store.indexed IS NULL")
    return can_stem


def load_stemmer(con: duckdb.DuckDBPyConnection) -> bool:
    """Load the extension from its package, before the sandbox is shut; False where there is none for this machine."""
    try:
        package = importlib.resources.files("duckdb_extension_fts")
        file = package / "extensions" / f"v{duckdb.__version__}" / "fts.duckdb_extension"
        con.execute("LOAD '{}'".format(str(file).replace("'", "''")))
    except (ImportError, duckdb.Error):
        return False
    return True


@cache
def stop_words() -> frozenset[str]:
    """Words, without accents, that are in nearly every text."""
    return frozenset(_rules()["stop_words"])


@cache
def _rules() -> dict[str, Any]:
    text = RULES.read_bytes()
    rules: dict[str, Any] = from_yaml(text)
    code = "".join((_TEXTS, _WORDS, _POSTINGS, FOLD)).encode()
    return {
        "weights": rules["weights"],
        "stop_words": rules["stop_words"].split(),
        "digest": hashlib.sha256(text + code).hexdigest()[:12],
    }


_PARTNERS = """(
    SELECT edition_id, mission AS ordinal, list(name ORDER BY ordinal) AS partners
    FROM store.partner GROUP BY edition_id, mission
)"""
_TEXTS = """(
    SELECT
        m.edition_id, m.ordinal, m.title, m.client, m.domain, m.period_text, m.amount_text,
        array_to_string(p.partners, ' ') AS partners, array_to_string(m.context, ' ') AS context,
        array_to_string(m.approach, ' ') AS approach, array_to_string(m.results, ' ') AS results
    FROM store.mission AS m
    LEFT JOIN {partners} AS p ON p.edition_id = m.edition_id AND p.ordinal = m.ordinal
)"""
_STALE = """
WITH now AS (
    SELECT edition_id, $digest || bit_xor(hash(texts)) AS fingerprint FROM {texts} AS texts GROUP BY edition_id
)
SELECT edition_id, now.fingerprint
FROM now
FULL JOIN {indexed} AS indexed USING (edition_id)
WHERE now.fingerprint IS DISTINCT FROM indexed.fingerprint
"""
_WORDS = """
WITH told AS (
    SELECT edition_id, ordinal, unnest([{fields}], recursive := true)
    FROM {texts} AS texts
    SEMI JOIN _stale USING (edition_id)
)
SELECT edition_id, ordinal, weight, regexp_extract_all({folded}, '[a-z0-9]+') AS words
FROM told
WHERE told.told IS NOT NULL
"""
_PROSE = """
INSERT INTO store.prose
SELECT
    edition_id,
    ordinal,
    array_to_string(flatten(list(words ORDER BY weight DESC, words)), ' '),
    sum(len(words) * weight)
FROM _words
GROUP BY edition_id, ordinal
ORDER BY edition_id, ordinal
"""
_POSTINGS = """
INSERT INTO store.posting
WITH counted AS (
    SELECT edition_id, ordinal, word, sum(weight) AS weight
    FROM (SELECT edition_id, ordinal, weight, unnest(words) AS word FROM _words)
    WHERE len(word) > 1 OR word SIMILAR TO '[0-9]'
    GROUP BY ALL
),
stems AS (
    SELECT word, stem(word, 'french') AS stem
    FROM (SELECT DISTINCT word FROM counted)
    WHERE NOT list_contains($stop_words::VARCHAR[], word)
)
SELECT edition_id, ordinal, stem, sum(weight) AS weight, any_value(length) AS length
FROM counted
JOIN stems USING (word)
JOIN store.prose USING (edition_id, ordinal)
GROUP BY edition_id, ordinal, stem
ORDER BY edition_id, ordinal, stem
"""

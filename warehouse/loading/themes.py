"""The themes of missions, for the editions that changed; of all of them, where the lexicon is another than it was."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from carnet.warehouse.matching.themes import WORDS, load_themes
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert
from carnet.warehouse.store.rows import Row


def renew_themes(con: Connection, editions: Collection[str]) -> None:
    """Within the caller's transaction."""
    digest = hashlib.sha256(WORDS.read_bytes()).hexdigest()[:16]
    if con.execute("SELECT digest FROM store.lexicon").fetchall() != [(digest,)]:
        editions = [edition for (edition,) in con.execute("SELECT edition_id FROM store.edition").fetchall()]
        con.execute("DELETE FROM store.lexicon")
        insert(con, "lexicon", [(digest,)])
    if not editions:
        return
    touched = sorted(editions)
    con.execute("DELETE FROM store.theme WHERE list_contains(?::VARCHAR[], edition_id)", [touched])
    insert(con, "theme", [row for told in con.execute(_MISSIONS, [touched]).fetchall() for row in _rows(told)])


_MISSIONS = """
SELECT
    edition_id, ordinal, title, domain,
    coalesce(context, []) || coalesce(approach, []) || coalesce(results, [])
FROM store.mission
WHERE list_contains(?::VARCHAR[], edition_id)
ORDER BY edition_id, ordinal
"""


def _rows(told: Sequence[Any]) -> Iterator[Row]:  # a row of `_MISSIONS`
    edition_id, ordinal, title, domain, texts = told
    theme = load_themes().theme_of(title or "", domain, texts)
    if theme.code:
        name = load_themes().names[theme.code]["fr"]
        yield (edition_id, ordinal, theme.code, name, round(theme.share, 3), theme.is_sure, list(theme.words))

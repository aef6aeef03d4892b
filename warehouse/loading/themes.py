"""The themes of missions, for the editions that changed; of all of them, where the lexicon is another than it was.
What a person said of a mission goes before the lexicon, in every edition."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from carnet.schemas.closed_lists import THEME
from carnet.warehouse.matching.themes import WORDS, Theme, load_themes
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.insert import insert
from carnet.warehouse.store.rows import TableRow


def renew_themes(con: Connection, editions: Collection[str]) -> None:
    """Within the caller's transaction, once corrections bear the ids that their missions have now."""
    digest = hashlib.sha256(WORDS.read_bytes()).hexdigest()[:16]
    if con.execute("SELECT digest FROM store.lexicon").fetchall() != [(digest,)]:
        editions = [edition for (edition,) in con.execute("SELECT edition_id FROM store.edition").fetchall()]
        con.execute("DELETE FROM store.lexicon")
        insert(con, "lexicon", [(digest,)])
    decided = dict(con.execute(_DECIDED, [THEME]).fetchall())
    touched = sorted({*editions, *(edition for (edition,) in con.execute(_TOLD, [THEME]).fetchall())})
    if not touched:
        return
    con.execute("DELETE FROM store.theme WHERE list_contains(?::VARCHAR[], edition_id)", [touched])
    insert(con, "theme", [row for told in con.execute(_MISSIONS, [touched]).fetchall() for row in _rows(told, decided)])


_MISSIONS = """
SELECT
    mission_id, edition_id, ordinal, title, domain,
    coalesce(context, []) || coalesce(approach, []) || coalesce(results, [])
FROM store.mission
WHERE list_contains(?::VARCHAR[], edition_id)
ORDER BY edition_id, ordinal
"""


_DECIDED = """
SELECT mission_id, arg_max(coalesce(new_value, ''), made_at)
FROM store.correction
WHERE field = ? AND undone_at IS NULL
GROUP BY mission_id
"""
_TOLD = """
SELECT edition_id FROM store.mission
WHERE mission_id IN (SELECT mission_id FROM store.correction WHERE field = ?)
UNION SELECT edition_id FROM store.theme WHERE words = []
"""
"""Editions with a mission of which a person tells the theme, or told it and has taken it back."""


def _rows(told: Sequence[Any], decided: Mapping[str, str]) -> Iterator[TableRow]:  # a row of `_MISSIONS`
    """A theme that a person told has no words."""
    mission_id, edition_id, ordinal, title, domain, texts = told
    theme = load_themes().theme_of(title or "", domain, texts)
    if (code := decided.get(mission_id)) is not None:
        theme = Theme(code if code in load_themes().names else None, 1.0, (), True)
    if theme.code:
        name = load_themes().names[theme.code]["fr"]
        yield (edition_id, ordinal, theme.code, name, round(theme.share, 3), theme.is_sure, list(theme.words))

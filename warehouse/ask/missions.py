"""Questions that outputs share: missions by filter, one mission with all that belongs to it, findings by weight."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from carnet.schemas.spelling import slug
from carnet.warehouse.ask.became import UnknownId, former_ids, meant
from carnet.warehouse.ask.query import ask
from carnet.warehouse.ask.search import SCORED, Sought, fold, seek
from carnet.warehouse.ask.stakes import loss_in_sql
from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.store.db import Connection

FOLDED = "lower(strip_accents({}))"


@dataclass(frozen=True)
class Filter:
    """What a mission must be like; None lets everything pass. Words match without case and accents. `limit`: at most so
    many, the first in reading order or the best."""

    client: str | None = None
    domain: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    min_amount: float | None = None
    text: str | None = None
    client_type: str | None = None
    as_of: dt.date | None = None
    limit: int | None = None
    territory: str | None = None
    siren: str | None = None
    theme: str | None = None

    def query(self, sought: Sought | None = None, indexed: bool = False) -> tuple[str, list[object]]:
        """SQL over `missions` and its parameters. A mission without date or amount passes no filter on it.

        `sought`: the words of `text` by their stems; the rows then have a `score` and the best comes first. Without it
        `text` is looked for as parts of words: of all words that are indexed (`indexed`), folded once and for all, or
        of the texts themselves.
        """
        conditions: list[str] = []
        parameters: list[object] = []

        def add(condition: str, *values: object) -> None:
            conditions.append(condition)
            parameters.extend(values)

        parts = None if sought or indexed else self.text
        for word in (self.text or "").split() if indexed else ():
            add(_WITH_PART, fold(word))
        for name, words in (("client", self.client), ("domain", self.domain), ("text", parts)):
            for word in (words or "").split():
                add(
                    f"contains({FOLDED.format(_ANYWHERE if name == 'text' else name)}, {FOLDED.format('?::VARCHAR')})",
                    word,
                )
        if self.since:
            add("coalesce(until_date, start_date) >= ?::DATE", self.since)
        if self.until:
            add("coalesce(start_date, end_date) <= ?::DATE", self.until)
        if self.min_amount is not None:
            add("coalesce(amount_max, amount) >= ?", self.min_amount)
        if self.client_type:
            add("client_type = ?", self.client_type)
        if self.territory:
            add(_IN_TERRITORY, *[self.territory] * 4)
        if self.siren:
            add(_OF_SIREN, self.siren.replace(" ", ""))
        if self.theme:
            add(_OF_THEME, self.theme, self.theme)
        where = f"WHERE {' AND '.join(conditions)} " if conditions else ""
        if self.as_of:
            parameters.insert(0, self.as_of)
        end = f" LIMIT {self.limit:d}" if self.limit else ""
        source = _AS_OF if self.as_of else "missions"
        if not sought and self.limit and not self.as_of:  # which they are first, then all that is told of them
            chosen = f"SELECT edition_id, ordinal FROM missions {where}ORDER BY brochure, ordinal{end}"
            return (
                f"FROM missions SEMI JOIN ({chosen}) USING (edition_id, ordinal) ORDER BY brochure, ordinal",
                parameters,
            )
        if not sought:
            return f"SELECT * FROM {source} {where}ORDER BY brochure, ordinal{end}", parameters
        stems = sorted(set(sought.stems.values()))
        ranked = f"SELECT edition_id, ordinal, round(score, 4) AS score FROM ({SCORED}) WHERE words = ?"
        return (
            f"SELECT m.*, score FROM {source} AS m JOIN ({ranked}) AS found USING (edition_id, ordinal) "
            f"{where}ORDER BY score DESC, brochure, ordinal{end}",
            [*parameters[: bool(self.as_of)], stems, len(stems), *parameters[bool(self.as_of) :]],
        )


_AS_OF = """(
    SELECT * EXCLUDE (is_current, match_reason, match_score, match_doubt)
    FROM mission_history
    SEMI JOIN (
        SELECT max_by(edition_id, place) AS edition_id FROM _timeline WHERE dated <= ?::DATE GROUP BY brochure
    ) USING (edition_id)
)"""
"""The missions of the edition that was current on a day."""

_CLIENTS = "client IN (SELECT client FROM client_links JOIN clients USING (client_id) WHERE {})"
_IN_TERRITORY = _CLIENTS.format(
    "departement = upper(?::VARCHAR) OR insee_code = upper(?::VARCHAR) "
    f"OR {FOLDED.format('region')} = {FOLDED.format('?::VARCHAR')} "
    f"OR (kind = 'departement' AND {FOLDED.format('official_name')} = {FOLDED.format('?::VARCHAR')})"
)
_OF_SIREN = _CLIENTS.format("siren = ?::VARCHAR")
_OF_THEME = (
    "(mission_id, edition_id) IN (SELECT (mission_id, edition_id) FROM mission_themes WHERE theme_code = ?::VARCHAR "
    f"OR contains({FOLDED.format('theme')}, {FOLDED.format('?::VARCHAR')}))"
)

_WITH_PART = "(edition_id, ordinal) IN (SELECT (edition_id, ordinal) FROM store.prose WHERE contains(folded, ?))"
_ANYWHERE = (
    "concat_ws(' ', title, client, domain, period_text, amount_text, "
    "array_to_string(context, ' '), array_to_string(approach, ' '), array_to_string(results, ' '))"
)


def find_missions(con: Connection, wanted: Filter) -> tuple[list[dict[str, Any]], Sought | None]:
    """Rows of `missions` that are so, in reading order; by words of their texts, the best first, and what was sought.

    The connection must be opened for search (`open_reader(…, search=True)`). Without an index, and when no mission has
    the words, they are looked for as parts of words, and None was sought.

    Raises QueryError.
    """
    sought = seek(con, wanted.text) if wanted.text else None
    if sought and not sought.stems:
        raise QueryError(f"{wanted.text}: only words that stand in nearly every text; search for others")
    rows = ask(con, *wanted.query(sought)).dicts()
    if sought and not rows:
        return ask(con, *wanted.query(indexed=True)).dicts(), None
    return rows, sought


def find_mission(con: Connection, mission_id: str) -> dict[str, Any]:
    """A mission with contacts, partners, evidence, findings and theme, by its id or the beginning of it. `note`: what
    became of the id that was asked for, if that is to be said; `former_ids`: others that answer to it.

    Raises QueryError where none or several are meant.
    """
    found = meant(con, mission_id)
    whole = found.mission_id
    rows = ask(con, _ONE, [whole]).dicts()
    if not rows:
        raise QueryError(f"{whole}: it was corrected away; `carnet corrections` tells by whom, `--undo` brings it back")
    out: dict[str, Any] = {
        "mission": rows[0],
        "note": found.note,
        "former_ids": former_ids(con, [whole]).get(whole, []),
    }
    for view, order in (("contacts", "ordinal"), ("partners", "ordinal"), ("evidence", "field, ordinal")):
        out[view] = ask(
            con, f"SELECT * EXCLUDE (mission_id) FROM {view} WHERE mission_id = ? ORDER BY {order}", [whole]
        ).dicts()
    place = [whole, rows[0]["edition_id"]]
    out["findings"] = ask(con, _FINDINGS_OF_ONE, place).dicts()
    out["theme"] = next(iter(ask(con, _THEME_OF_ONE, place).dicts()), None)
    return out


_THEME_OF_ONE = """
SELECT * EXCLUDE (mission_id, edition_id)
FROM mission_themes
WHERE mission_id = ? AND edition_id = ?
"""


def full_id(con: Connection, mission_id: str) -> str:
    """The whole id of the mission that is meant (became.py)."""
    return meant(con, mission_id).mission_id


def mission_editions(con: Connection, mission_id: str) -> list[dict[str, Any]]:
    """A mission in every edition in which it stands, from the first to the last; empty when it is no mission's id."""
    try:
        whole = full_id(con, mission_id)
    except UnknownId:
        return []
    return ask(con, _EDITIONS_OF_ONE, [whole]).dicts()


_EDITIONS_OF_ONE = """
SELECT h.*, e.file_name
FROM mission_history AS h
JOIN editions AS e USING (edition_id)
JOIN _timeline AS t USING (edition_id)
WHERE h.mission_id = ?
ORDER BY t.place
"""

_ONE = """
SELECT h.*, e.file_name
FROM mission_history AS h
JOIN editions AS e USING (edition_id)
WHERE h.mission_id = ?
ORDER BY h.is_current DESC, h.edition_date DESC NULLS LAST, e.ingested_at DESC
LIMIT 1
"""

_FINDINGS_OF_ONE = "SELECT * EXCLUDE (mission_id) FROM findings WHERE mission_id = ? AND edition_id = ? ORDER BY code"


def there(con: Connection, column: str, value: str) -> str:
    """A firm or brochure as the warehouse spells it; QueryError for one that is not there, with what may be meant."""
    names = ask(con, f"SELECT DISTINCT {column} FROM editions WHERE {column} IS NOT NULL ORDER BY 1").rows
    known = {slug(name): name for (name,) in names}
    if slug(value) in known:
        return str(known[slug(value)])
    close = get_close_matches(slug(value), known, n=1)
    meant = f"; did you mean {known[close[0]]}?" if close else ""
    raise QueryError(f"{value}: no such {column}; there are {', '.join(known.values()) or 'none'}{meant}")


SEVERITIES = ("error", "warning", "info")


def findings_query(
    severity: str | None, origin: str | None, code: str | None, brochure: str | None, all_editions: bool
) -> tuple[str, list[object]]:
    """Findings from the worst to the mildest, and by what they may cost; `severity` is the mildest wanted."""
    wanted = SEVERITIES[: SEVERITIES.index(severity) + 1] if severity else SEVERITIES
    conditions, parameters = ["list_contains(?::VARCHAR[], f.severity)"], [list(wanted)]
    for column, value in (("f.origin", origin), ("f.code", code), ("e.brochure", brochure)):
        if value:
            conditions.append(f"{column} = ?")
            parameters.append(value)  # type: ignore[arg-type]
    if not all_editions:
        conditions.append("e.is_current")
    loss, weights = loss_in_sql()
    return _FINDINGS.format(where=" AND ".join(conditions), loss=loss), [*parameters, *weights]


_FINDINGS = """
SELECT f.*, e.brochure, e.file_name, m.client, m.title
FROM findings AS f
JOIN editions AS e USING (edition_id)
LEFT JOIN mission_history AS m ON m.mission_id = f.mission_id AND m.edition_id = f.edition_id
WHERE {where}
ORDER BY
    list_position(['error', 'warning', 'info'], f.severity), {loss} DESC, f.code, e.brochure, m.ordinal
"""


def to_look_at(con: Connection, editions: list[str]) -> dict[str, int]:
    """By edition, the missions with an error, a doubtful reading or a doubtful match."""
    return dict(ask(con, _TO_LOOK_AT, [editions]).rows)


_TO_LOOK_AT = """
SELECT edition_id, count(DISTINCT coalesce(mission_id, ''))
FROM findings
WHERE list_contains(?, edition_id) AND (severity = 'error' OR origin = 'reading' AND severity <> 'info')
GROUP BY edition_id
"""

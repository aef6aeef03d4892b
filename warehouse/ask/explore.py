"""Missions by facets and words, a page of them at a time: what the explorer shows and the API gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from carnet.warehouse.ask.query import ask
from carnet.warehouse.ask.search import SCORED, fold, seek
from carnet.warehouse.store.db import Connection

FACETS = ("domain", "theme_code", "client_type", "departement", "client_country", "firm", "brochure", "status", "size")
"""Columns that are counted value by value, in the order shown; years beside them."""
SORTS = {
    "best": "score DESC NULLS LAST, coalesce(end_date, start_date) DESC NULLS LAST, brochure, ordinal",
    "newest": "coalesce(end_date, start_date) DESC NULLS LAST, brochure, ordinal",
    "biggest": "coalesce(amount_max, amount) DESC NULLS LAST, brochure, ordinal",
    "client": "lower(strip_accents(client)) NULLS LAST, brochure, ordinal",
    "printed": "brochure, ordinal",
}
NOT_SAID = "-"
"""The value of a facet that the brochure does not give."""
_SIZES = (0, 10_000, 25_000, 50_000, 100_000, 250_000)


@dataclass(frozen=True)
class Choice:
    """Which missions. Every facet takes one value as it stands, `NOT_SAID` those without one. `text`: words, each in
    any form or as a part of a word. `year`: it ran then. `size`: lower bound of the class of its amount."""

    text: str | None = None
    domain: str | None = None
    theme_code: str | None = None
    client_type: str | None = None
    departement: str | None = None
    client_country: str | None = None
    firm: str | None = None
    brochure: str | None = None
    status: str | None = None
    size: str | None = None
    year: int | None = None
    client: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    min_amount: float | None = None
    max_amount: float | None = None

    @property
    def said(self) -> dict[str, Any]:
        """What is chosen, by name."""
        return {f.name: getattr(self, f.name) for f in fields(self) if getattr(self, f.name) is not None}


@dataclass(frozen=True)
class FoundMissions:
    """A page of missions and how many there are in all."""

    missions: list[dict[str, Any]]
    total: int


@dataclass(frozen=True)
class Count:
    """How many missions have a value; None: how many have none."""

    value: str | None
    missions: int


def find(con: Connection, choice: Choice, sort: str = "best", offset: int = 0, limit: int = 24) -> FoundMissions:
    """Rows of `missions`, with the number of people that can be asked about each and of findings on it."""
    source, given = _source(con, choice)
    (total,) = ask(con, f"SELECT count(*) FROM {source}", given).rows[0]
    page = f"SELECT * EXCLUDE (size, words) FROM {source} ORDER BY {SORTS[sort]} LIMIT {limit:d} OFFSET {offset:d}"
    rows = ask(con, _WITH_COUNTS.format(page=page), given).dicts()
    return FoundMissions(rows, total)


_WITH_COUNTS = """
WITH page AS ({page})
SELECT page.*, coalesce(f.findings, 0) AS findings
FROM (SELECT *, row_number() OVER () AS nth FROM page) AS page
LEFT JOIN (
    SELECT edition_id, mission_id, count(*)::INTEGER AS findings
    FROM findings
    WHERE severity <> 'info' AND mission_id IN (SELECT mission_id FROM page)
    GROUP BY ALL
) AS f USING (edition_id, mission_id)
ORDER BY nth
"""


def facets(con: Connection, choice: Choice) -> dict[str, list[Count]]:
    """How many missions each value has, by facet; of a facet that is chosen too, so that another can be taken."""
    counted = {name: [] for name in (*FACETS, "year")}  # type: dict[str, list[Count]]
    for taken in _looks(choice):
        names = [taken] if taken else [name for name in counted if getattr(choice, name) is None]
        source, given = _source(con, replace(choice, **{taken: None}) if taken else choice)
        each = [_YEARS if name == "year" else _VALUES.format(name=name) for name in names]
        sql = f"WITH chosen AS MATERIALIZED (SELECT * FROM {source}) " + " UNION ALL ".join(each)
        for facet, value, missions in ask(con, f"FROM ({sql}) ORDER BY 1, 3 DESC, 2", given).rows:
            counted[facet].append(Count(value, missions))
    counted["year"].sort(key=lambda count: str(count.value))
    counted["size"].sort(key=lambda count: float(count.value or "inf"))
    return counted


def _looks(choice: Choice) -> Sequence[str]:
    return ["", *(name for name in (*FACETS, "year") if getattr(choice, name) is not None)]


_VALUES = "SELECT '{name}' AS facet, {name}::VARCHAR AS value, count(*) AS missions FROM chosen GROUP BY 2"
_YEARS = """
SELECT 'year' AS facet, year::VARCHAR AS value, count(*) AS missions
FROM (
    SELECT unnest(CASE WHEN last_year - first_year BETWEEN 0 AND 60 THEN range(first_year, last_year + 1) END) AS year
    FROM (
        SELECT year(coalesce(start_date, end_date)) AS first_year, year(coalesce(end_date, start_date)) AS last_year
        FROM chosen
    )
)
GROUP BY year
"""
"""A misprinted century does not fill the page."""


def _source(con: Connection, choice: Choice) -> tuple[str, Mapping[str, Any]]:
    """The chosen missions as a query in brackets, with its parameters."""
    conditions, given = _conditions(choice)
    if not choice.text or not fold(choice.text):
        inner = _PLAIN.format(size=_SIZE, places=_PLACES, themes=_THEMES)
        return f"({_where(inner, conditions)})", given
    given |= {f"part_{n}": part for n, part in enumerate(fold(choice.text).split())}
    parts = " AND ".join(f"contains(words, ${name})" for name in given if name.startswith("part_"))
    sought = seek(con, choice.text)
    stems = sorted(set(sought.stems.values())) if sought else []
    scored, has_all = _NOTHING, "false"
    if stems:
        scored, has_all = SCORED.replace("?", "$stems"), "stems = $stem_count"
        given |= {"stems": stems, "stem_count": len(stems)}
    inner = _SEARCHED.format(size=_SIZE, places=_PLACES, themes=_THEMES, scored=scored, has_all=has_all, parts=parts)
    return f"({_where(inner, conditions)})", given


_SIZE = (
    "CASE WHEN m.amount IS NOT NULL THEN list_max(list_filter("
    f"{list(_SIZES)}, lambda low: low <= m.amount))::VARCHAR END"
)
_NOTHING = "SELECT NULL::VARCHAR AS edition_id, NULL::INTEGER AS ordinal, 0 AS words, NULL::DOUBLE AS score WHERE false"
_PLACES = """(
    SELECT l.client, min_by(nullif(b.departement, ''), l.part) AS departement
    FROM store.client_link AS l
    JOIN store.body AS b USING (client_id)
    GROUP BY l.client
)"""
"""Where clients are, as printed; of several that one name holds the first that is anywhere."""
_THEMES = "(SELECT edition_id AS of_edition, mission AS of_mission, code AS theme_code FROM store.theme)"
_PLAIN = """
SELECT m.*, p.departement, t.theme_code, {size} AS size, NULL AS words, NULL::DOUBLE AS score
FROM missions AS m
LEFT JOIN {places} AS p USING (client)
LEFT JOIN {themes} AS t ON t.of_edition = m.edition_id AND t.of_mission = m.ordinal
"""
_SEARCHED = """
SELECT m.*, p.departement, t.theme_code, {size} AS size, w.words, round(s.score, 4)::DOUBLE AS score
FROM missions AS m
LEFT JOIN {places} AS p USING (client)
LEFT JOIN {themes} AS t ON t.of_edition = m.edition_id AND t.of_mission = m.ordinal
LEFT JOIN mission_words AS w USING (mission_id)
LEFT JOIN (SELECT edition_id, ordinal, words AS stems, score FROM ({scored})) AS s USING (edition_id, ordinal)
WHERE {has_all} OR ({parts})
"""


def _where(inner: str, conditions: Sequence[str]) -> str:
    return f"SELECT * FROM ({inner})" + (f" WHERE {' AND '.join(conditions)}" if conditions else "")


def _conditions(choice: Choice) -> tuple[list[str], dict[str, Any]]:
    conditions: list[str] = []
    given: dict[str, Any] = {}
    for name in (*FACETS, "client"):
        value = getattr(choice, name)
        if value == NOT_SAID:
            conditions.append(f"{name} IS NULL")
        elif value is not None:
            conditions.append(f"{name} = ${name}")
            given[name] = value
    for name, condition in _BOUNDS.items():
        if (value := getattr(choice, name)) is not None:
            conditions.append(condition)
            given[name] = value
    return conditions, given


_BOUNDS = {
    "year": (
        "$year BETWEEN year(coalesce(start_date, end_date)) AND year(coalesce(end_date, start_date)) "
        "AND year(coalesce(end_date, start_date)) - year(coalesce(start_date, end_date)) <= 60"
    ),
    "since": "(coalesce(end_date, start_date) >= $since::DATE OR status = 'ongoing')",
    "until": "coalesce(start_date, end_date) <= $until::DATE",
    "min_amount": "coalesce(amount_max, amount) >= $min_amount",
    "max_amount": "amount <= $max_amount",
}


def all_editions(con: Connection) -> list[dict[str, Any]]:
    """Rows of `editions`, those of a brochure together, the oldest first."""
    return ask(con, "FROM editions ORDER BY brochure, edition_date, edition_id").dicts()


def edition_named(con: Connection, edition_id: str) -> dict[str, Any] | None:
    """The row of `editions` with this id."""
    return next(iter(ask(con, "FROM editions WHERE edition_id = ?", [edition_id]).dicts()), None)


def on_page(con: Connection, edition_id: str, page: int) -> list[dict[str, Any]]:
    """The missions of an edition that begin or go on on a page, each with the places of its words there."""
    return ask(con, _ON_PAGE, [page, edition_id, page]).dicts()


_ON_PAGE = """
SELECT
    m.mission_id, m.title, m.client,
    list([v.x0, v.top, v.x1, v.bottom]) FILTER (v.page = ? AND v.x0 IS NOT NULL AND v.field <> 'domain') AS boxes
FROM mission_history AS m
LEFT JOIN store.evidence AS v ON v.edition_id = m.edition_id AND v.mission = m.ordinal
WHERE m.edition_id = ? AND ? BETWEEN m.page_first AND coalesce(m.page_last, m.page_first)
GROUP BY m.mission_id, m.title, m.client, m.ordinal
ORDER BY m.ordinal
"""


def to_settle(con: Connection) -> list[dict[str, Any]]:
    """Missions of current editions that ask for a look, with what is in question, the bigger amounts first."""
    return ask(con, _TO_SETTLE).dicts()


_TO_SETTLE = """
SELECT
    m.mission_id, m.edition_id, m.brochure, m.client, m.title, m.page_first, m.amount, m.ordinal,
    list({'code': f.code, 'field': f.field} ORDER BY f.code, f.field) AS findings,
    bool_or(f.severity = 'error') AS has_error
FROM findings AS f
JOIN missions AS m USING (mission_id, edition_id)
WHERE f.severity <> 'info'
GROUP BY ALL
ORDER BY m.amount DESC NULLS LAST, m.brochure, m.ordinal
"""

"""Rows of a data set as they leave: chosen for the audience, in a stable order, every text masked and printable."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from carnet.warehouse.disk.errors import QueryError
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.exports.resources import Audience, Resource, ResourceColumn, resources
from carnet.warehouse.store.db import Connection

Mask = Callable[[str], str]
BATCH = 5_000


def stage(
    con: Connection, audience: Audience, mask: Mask, brochure: str | None = None, amounts: bool = True
) -> tuple[Resource, ...]:
    """Temporary tables `given_…` with the rows of each resource; `mask` is applied to every text of a brochure.

    `brochure`: only what is about it; tables that add up all brochures are then left out. QueryError when there is none
    of this name.
    """
    chosen = resources(con, audience, amounts)
    if brochure is not None:
        _check(con, brochure)
        chosen = tuple(r for r in chosen if _about_one(r))
    kept = []
    for resource in chosen:
        _take(con, resource, audience, brochure)
        texts = [column for column in resource.columns if column.is_text]
        _clean(con, resource, texts, mask)
        _clean(con, resource, [column for column in resource.columns if column.is_plain], printable)
        kept.append(resource if brochure is None else replace(resource, refers=_kept(resource, chosen)))
    return tuple(kept)


def _check(con: Connection, brochure: str) -> None:
    there = [name for (name,) in con.execute("SELECT DISTINCT brochure FROM editions ORDER BY 1").fetchall()]
    if brochure not in there:
        raise QueryError(f"{brochure}: no brochure of this name; there are {', '.join(there) or 'none'}")


def _about_one(resource: Resource) -> bool:
    return any(column.name in ("brochure", "mission_id", "edition_id") for column in resource.columns)


def _kept(resource: Resource, chosen: Sequence[Resource]) -> dict[str, str]:
    names = {r.name for r in chosen}
    return {column: target for column, target in resource.refers.items() if target in names}


def _take(con: Connection, resource: Resource, audience: Audience, brochure: str | None) -> None:
    names = {column.name for column in resource.columns}
    conditions = [resource.only, resource.where if audience is Audience.public else None]
    if brochure is not None:
        about = (
            "brochure = $brochure" if "brochure" in names
            else "mission_id IN (SELECT mission_id FROM missions WHERE brochure = $brochure)" if "mission_id" in names
            else "edition_id IN (SELECT edition_id FROM editions WHERE brochure = $brochure)"
        )  # fmt: skip
        conditions.append(about)
    where = " AND ".join(f"({condition})" for condition in conditions if condition)
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE {resource.table} AS SELECT {_listed(resource.columns)} FROM {resource.name} "
        f"{'WHERE ' + where if where else ''} ORDER BY {_order(resource)}",
        {"brochure": brochure} if brochure is not None else {},
    )


def _order(resource: Resource) -> str:
    """By the declared columns first, then by all others: the same rows in the same order, whatever they are."""
    rest = [column.name for column in resource.columns if column.name not in resource.order]
    return ", ".join(f'"{name}" NULLS FIRST' for name in (*resource.order, *rest))


def _listed(columns: Sequence[ResourceColumn]) -> str:
    return ", ".join(f'"{column.name}"' for column in columns)


def _clean(con: Connection, resource: Resource, texts: Sequence[ResourceColumn], mask: Mask) -> None:
    """The table again with texts masked, where any text is another then."""
    con.execute("CREATE OR REPLACE TEMP TABLE cleaned (printed VARCHAR, clean VARCHAR)")
    if not texts or not _note_cleaned(con, resource.table, texts, mask):
        return
    columns, joins = [], []
    for column in resource.columns:
        if column not in texts:
            columns.append(f'g."{column.name}"')
        elif column.is_list:
            columns.append(f'coalesce(l_{column.name}.clean, g."{column.name}") AS "{column.name}"')
            joins.append(_LISTS.format(name=column.name, table=resource.table))
        else:
            columns.append(f'nullif(coalesce(t_{column.name}.clean, g."{column.name}"), \'\') AS "{column.name}"')
            joins.append(f'LEFT JOIN cleaned AS t_{column.name} ON t_{column.name}.printed = g."{column.name}"')
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE given AS SELECT {', '.join(columns)} FROM (SELECT *, rowid AS place FROM "
        f"{resource.table}) AS g {' '.join(joins)} ORDER BY g.place"
    )
    con.execute(f"DROP TABLE {resource.table}")
    con.execute(f"ALTER TABLE given RENAME TO {resource.table}")


_LISTS = """
LEFT JOIN (
    SELECT place, list(coalesce(clean, item) ORDER BY nth) FILTER (coalesce(clean, item) <> '') AS clean
    FROM (
        SELECT rowid AS place, unnest("{name}") AS item, generate_subscripts("{name}", 1) AS nth FROM {table}
    )
    LEFT JOIN cleaned ON printed = item
    GROUP BY place
    HAVING count(clean) > 0
) AS l_{name} ON l_{name}.place = g.place"""


def _note_cleaned(con: Connection, table: str, texts: Sequence[ResourceColumn], mask: Mask) -> bool:
    """Fill `cleaned` with every text that is another when masked; whether there is any."""
    each = " UNION ".join(
        f'SELECT {"unnest" if column.is_list else ""}("{column.name}") AS text FROM {table}' for column in texts
    )
    found = False
    for batch in _batches(con, f"SELECT DISTINCT text FROM ({each}) WHERE text IS NOT NULL"):
        changed = [(text, clean) for text in batch if (clean := mask(text)) != text]
        for start in range(0, len(changed), 500):
            some = changed[start : start + 500]
            con.execute(
                f"INSERT INTO cleaned VALUES {','.join(['(?, ?)'] * len(some))}",
                [value for pair in some for value in pair],
            )
            found = True
    return found


def _batches(con: Connection, sql: str) -> Iterator[list[str]]:
    """Texts of a query, some thousands at a time, while the connection is used for other things."""
    con.execute(f"CREATE OR REPLACE TEMP TABLE texts AS {sql}")
    (count,) = con.execute("SELECT count(*) FROM texts").fetchone() or (0,)
    for start in range(0, count, BATCH):
        rows = con.execute("SELECT text FROM texts WHERE rowid >= ? AND rowid < ?", [start, start + BATCH]).fetchall()
        yield [text for (text,) in rows]

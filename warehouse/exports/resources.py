"""What a data set holds: its tables as dataset.yml declares them, their columns as the database describes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from carnet.schemas.fields import FRENCH
from carnet.schemas.from_yaml import from_yaml
from carnet.schemas.mission import Contact, Mission
from carnet.warehouse.exports.audience import Audience as Audience
from carnet.warehouse.store.db import Connection
from carnet.warehouse.store.describe import describe


@dataclass(frozen=True)
class ResourceColumn:
    """`kind`: DuckDB's name of the type. `is_text`: words of a brochure or a person, masked for the public."""

    name: str
    kind: str
    about: str
    is_text: bool

    @property
    def is_plain(self) -> bool:
        """Letters that are not masked: ours, or the name of a firm."""
        return self.kind.startswith("VARCHAR") and not self.is_text

    @property
    def is_list(self) -> bool:
        return self.kind.endswith("[]")


@dataclass(frozen=True)
class Resource:
    """One table of the data set. `only`: rows for everybody; `where`: of these, the public's. `refers`: resource by
    column. `columns`: filled by `resources`, without those the audience does not get."""

    name: str
    audience: Audience
    title: str
    description: str
    order: tuple[str, ...]
    key: tuple[str, ...] = ()
    only: str | None = None
    where: str | None = None
    internal_columns: frozenset[str] = frozenset()
    refers: Mapping[str, str] = field(default_factory=dict)
    columns: tuple[ResourceColumn, ...] = ()

    @property
    def table(self) -> str:
        """Where its rows are staged."""
        return f"given_{self.name}"


@cache
def words() -> Mapping[str, Any]:
    """The content of dataset.yml."""
    found: Mapping[str, Any] = from_yaml(Path(__file__).with_name("dataset.yml").read_text(encoding="utf-8"))
    return found


def resources(con: Connection, audience: Audience, amounts: bool = True) -> tuple[Resource, ...]:
    """The tables that this audience gets, in the order of dataset.yml, with their columns; without `amounts`, nothing
    that tells of money."""
    views = {view.name: view for view in describe(con)}
    plain = set(words()["plain_columns"])
    found = []
    for name, entry in words()["resources"].items():
        if (audience is Audience.public and entry["audience"] != "public") or (entry.get("amounts") and not amounts):
            continue
        hidden = set(entry.get("internal_columns", ())) if audience is Audience.public else set()
        hidden |= set() if amounts else set(words()["amount_columns"])
        columns = tuple(
            ResourceColumn(c.name, c.kind, c.about, c.kind.startswith("VARCHAR") and c.name not in plain)
            for c in views[name].columns
            if c.name not in hidden
        )
        found.append(
            Resource(
                name, Audience(entry["audience"]), entry["title"], entry["description"], tuple(entry["order"]),
                tuple(entry.get("key", ())), _only(entry, columns, amounts), entry.get("where"), frozenset(hidden),
                entry.get("refers", {}), columns,
            )
        )  # fmt: skip
    return tuple(found)


def _only(entry: Mapping[str, Any], columns: Sequence[ResourceColumn], amounts: bool) -> str | None:
    """The condition of rows for everybody: without amounts, none that is about one."""
    conditions = [entry.get("only")]
    names = ", ".join(f"'{name}'" for name in words()["amount_columns"])
    for name in ("field", "code") if not amounts else ():
        if any(column.name == name for column in columns):
            about = f"{name} IN ({names})" if name == "field" else f"starts_with({name}, 'amount')"
            conditions.append(f"NOT coalesce({about}, false)")
    return " AND ".join(f"({condition})" for condition in conditions if condition) or None


def french(column: str) -> tuple[str, str | None]:
    """Heading and description of a column for French readers.

    >>> french("client")
    ('Client', "Donneur d'ordre tel qu'imprimé")
    """
    entry = words()["columns"].get(column) or FRENCH[column].capitalize()
    heading, description = (entry[0], entry[1]) if isinstance(entry, list) else (entry, None)
    declared = Mission.model_fields.get(column) or Contact.model_fields.get(column)
    return heading, description or (declared.description if declared else None)

"""The papers of a data set: Data Package (v2), Table Schemas in French and English, a page for people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from carnet.warehouse.exports.resources import Audience, Resource, ResourceColumn, french, words
from carnet.warehouse.exports.terms import USUAL, Terms
from carnet.warehouse.store.db import Connection

DESCRIPTOR = "datapackage.json"
CHANGES = "CHANGES.json"
README = "LISEZMOI.md"
SCHEMAS = "schemas"
FORM = 1
"""Of the folder's lay-out; another one is no previous version to compare with."""

_TYPES = {
    "VARCHAR": "string", "VARCHAR[]": "array", "INTEGER": "integer", "BIGINT": "integer", "HUGEINT": "integer",
    "DOUBLE": "number", "BOOLEAN": "boolean", "DATE": "date", "TIMESTAMP": "datetime",
}  # fmt: skip


def write_schemas(resources: Sequence[Resource], folder: Path) -> None:
    """One Table Schema a table: French words as `title` and `description`, English ones as `…@en`."""
    (folder / SCHEMAS).mkdir()
    for resource in resources:
        _write(folder / SCHEMAS / f"{resource.name}.json", table_schema(resource))


def table_schema(resource: Resource) -> dict[str, Any]:
    """Columns of a table with types, keys and closed lists, as Table Schema (Data Package 2.0) has them."""
    schema: dict[str, Any] = {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(column, resource) for column in resource.columns],
        "missingValues": [""],
    }
    if resource.key:
        schema["primaryKey"] = list(resource.key)
    if resource.refers:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": target, "fields": [column]}}
            for column, target in resource.refers.items()
        ]
    return schema


def _field(column: ResourceColumn, resource: Resource) -> dict[str, Any]:
    heading, description = french(column.name)
    field: dict[str, Any] = {
        "name": column.name,
        "type": "number" if column.kind.startswith("DECIMAL") else _TYPES[column.kind],
        "title": heading,
        "description": description,
        "title@en": column.name.replace("_", " ").capitalize(),
        "description@en": column.about,
    }
    constraints: dict[str, Any] = {"required": True} if column.name in resource.key else {}
    if resource.key == (column.name,):
        constraints["unique"] = True
    if constraints:
        field["constraints"] = constraints
    return {name: value for name, value in field.items() if value is not None}


def write_descriptor(
    con: Connection, resources: Sequence[Resource], audience: Audience, folder: Path, terms: Terms = USUAL
) -> None:
    """`datapackage.json`: the tables, their schemas, size and SHA-256 of every file but CHANGES.json, which tells how
    the data set came to be and is no part of it."""
    texts = words()["package"]
    firms = [
        name
        for (name,) in con.execute(
            "SELECT DISTINCT firm FROM given_editions WHERE firm IS NOT NULL ORDER BY 1"
        ).fetchall()
    ]
    files = {path.relative_to(folder).as_posix(): _told(path) for path in _files(folder)}
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "references",
        "title": texts["title_of"].format(firm=", ".join(firms)) if len(firms) in (1, 2) else texts["title"],
        "description": " ".join([texts["description"], *_told_of(audience, terms)]),
        "description@en": texts["english"],
        "version": _version(files),
        "languages": ["fr"],
        "licenses": [terms.license.told()] if terms.license else [],
        "contributors": [{"title": firm, "roles": ["publisher"]} for firm in firms],
        "sources": _sources(con),
        "resources": [_resource(resource, files) for resource in resources],
        "carnet": {"form": FORM, "audience": audience.value, "amounts": terms.amounts, "files": files},
    }
    _write(folder / DESCRIPTOR, {name: value for name, value in descriptor.items() if value != []})


def _files(folder: Path) -> list[Path]:
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.name not in (DESCRIPTOR, CHANGES))


def _told(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": digest}


def _version(files: Mapping[str, Mapping[str, Any]]) -> str:
    """Of the content: the same rows, the same version."""
    told = "\n".join(f"{name} {file['sha256']}" for name, file in files.items())
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _sources(con: Connection) -> list[dict[str, Any]]:
    rows = con.execute(
        """SELECT file_name, coalesce(edition_date::VARCHAR, edition_id) FROM given_editions
           WHERE is_current ORDER BY ALL"""
    ).fetchall()
    return [{"title": name, "version": version} for name, version in rows]


def _resource(resource: Resource, files: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    path = f"{resource.name}.csv"
    return {
        "name": resource.name,
        "type": "table",
        "title": resource.title,
        "description": resource.description,
        "path": path,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": files[path]["bytes"],
        "hash": f"sha256:{files[path]['sha256']}",
        "schema": f"{SCHEMAS}/{resource.name}.json",
    }


def _told_of(audience: Audience, terms: Terms) -> list[str]:
    """What is not in it, or not for everybody."""
    texts = words()["package"]
    return [texts[audience.value], *([] if terms.amounts else [texts["no_amounts"]])]


def write_readme(resources: Sequence[Resource], audience: Audience, folder: Path, terms: Terms = USUAL) -> None:
    """For the person who finds the folder."""
    texts = words()["package"]
    lines = [f"# {texts['title']}", "", texts["description"], *_told_of(audience, terms), ""]
    if terms.license:
        lines += [texts["license"].format(title=terms.license.title or terms.license.path, path=terms.license.path), ""]
    elif audience is Audience.public:
        lines += [texts["no_license"], ""]
    lines += [*texts["readme"], ""]
    lines += ["| table | contenu |", "|---|---|"]
    lines += [f"| `{r.name}` | {r.description} |" for r in resources]
    (folder / README).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _write(path: Path, value: object) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

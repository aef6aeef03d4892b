"""`carnet export`: a data set for sites, dashboards and notebooks as one folder, replaced in one step."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from carnet.warehouse.disk.errors import WarehouseError
from carnet.warehouse.disk.output import OutputFolder
from carnet.warehouse.disk.trouble import in_words
from carnet.warehouse.exports.masking import Known, Masker, SpanFinder, known_in
from carnet.warehouse.exports.moved import Moved, moved, write_moved
from carnet.warehouse.exports.package import (
    CHANGES,
    DESCRIPTOR,
    README,
    SCHEMAS,
    write_descriptor,
    write_readme,
    write_schemas,
)
from carnet.warehouse.exports.resources import Audience, Resource
from carnet.warehouse.exports.staging import stage
from carnet.warehouse.exports.terms import USUAL, Terms
from carnet.warehouse.exports.to_geojson import Locate, write_geojson
from carnet.warehouse.exports.to_json import write_json, write_json_schema
from carnet.warehouse.exports.to_jsonld import write_jsonld
from carnet.warehouse.exports.to_sqlite import write_sqlite
from carnet.warehouse.exports.to_tables import TABLE_FORMATS, quoted
from carnet.warehouse.store.db import Connection

MEMORY = "1GB"


@dataclass(frozen=True)
class Delivery:
    """What an export gave: rows by table; what moved since the last one, None where nothing did and all was left.
    `left_out`: passages in which somebody may be named."""

    folder: Path
    rows: dict[str, int]
    moved: Moved | None
    left_out: int = 0


def write_dataset(
    con: Connection,
    out: OutputFolder,
    audience: Audience,
    find: SpanFinder,
    locate: Locate,
    brochure: str | None = None,
    terms: Terms = USUAL,
) -> Delivery:
    """The data set in the folder `out`, which is replaced whole, or left as it is when the same stands in it already.

    `con`: from `open_trusted`. `find`: what is to be masked in a text: for the public what is personal
    (`carnet.pipeline.values.personal`), without amounts what is money. `locate`: where a commune lies
    (`carnet.pipeline.values.located`). The same warehouse gives the same bytes; only CHANGES.json tells of the
    export before. WarehouseError when the folder holds other things.
    """
    folder = out.path
    check_folder(folder)
    with out.part() as part:
        try:
            con.execute(f"SET memory_limit = '{MEMORY}'")
            con.execute(f"SET temp_directory = {quoted(str(part / '.spill'))}")
            known = known_in(con) if audience is Audience.public else Known()
            mask = Masker(known, find, not terms.amounts)
            staged = stage(con, audience, mask, brochure, terms.amounts)
            _write_all(con, staged, audience, locate, part, terms)
            found = moved(con, staged, folder, part)
        except duckdb.IOException as error:
            raise in_words(error, folder) or WarehouseError(f"{folder}: {str(error).splitlines()[0]}") from error
        rows = {resource.name: _count(con, resource) for resource in staged}
        if _same(folder, part):
            return Delivery(folder, rows, None, len(mask.left_out))
        write_moved(found, part)
        out.replace_with(part, audience is Audience.public)
    return Delivery(folder, rows, found, len(mask.left_out))


def _write_all(
    con: Connection, staged: Sequence[Resource], audience: Audience, locate: Locate, part: Path, terms: Terms
) -> None:
    for resource in staged:
        for ending, write in TABLE_FORMATS.items():
            write(con, resource, part / f"{resource.name}.{ending}")
    write_sqlite(con, staged, part / "references.sqlite")
    write_json(con, audience, part / "references.json", terms.amounts)
    write_json_schema(audience, part / "references.schema.json", terms.amounts)
    write_jsonld(con, part / "references.jsonld")
    write_geojson(con, locate, part / "references.geojson")
    write_schemas(staged, part)
    write_readme(staged, audience, part, terms)
    _drop_spill(part)
    write_descriptor(con, staged, audience, part, terms)


def _drop_spill(part: Path) -> None:
    spill = part / ".spill"
    if spill.is_dir():
        for path in spill.iterdir():
            path.unlink()
        spill.rmdir()


def _count(con: Connection, resource: Resource) -> int:
    (count,) = con.execute(f"SELECT count(*) FROM {resource.table}").fetchone() or (0,)
    return int(count)


def _same(folder: Path, part: Path) -> bool:
    """Whether the folder holds all that the new one does, unchanged: the descriptors tell every file's hash."""
    try:
        told = (folder / DESCRIPTOR).read_bytes()
    except OSError:
        return False
    here = {path.relative_to(folder) for path in folder.rglob("*") if path.is_file()} - {Path(CHANGES)}
    there = {path.relative_to(part) for path in part.rglob("*") if path.is_file()}
    return told == (part / DESCRIPTOR).read_bytes() and here == there


def check_folder(folder: Path) -> None:
    """WarehouseError unless the folder is new, empty or an export's, with nothing in it that is somebody else's."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise WarehouseError(f"{folder}: a file, and a folder is needed; name another")
    entries = {path.name for path in folder.iterdir()}
    others = sorted(entries - _ours(folder)) if entries else []
    if others:
        raise WarehouseError(
            f"{folder}: holds {printable_name(others[0])}, which no export wrote and replacing the folder would lose; "
            "name an empty folder or a new one"
        )


def whole_export(path: Path) -> list[Path]:
    """All files of the data set that a file belongs to; the file alone where it is none of one."""
    for folder in path.parents[:2]:
        ours = _ours(folder)
        if path.relative_to(folder).parts[0] in ours:
            return sorted(p for name in ours for p in [folder / name, *(folder / name).rglob("*")] if p.is_file())
    return [path]


def _ours(folder: Path) -> set[str]:
    try:
        files = json.loads((folder / DESCRIPTOR).read_text(encoding="utf-8"))["carnet"]["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {str(name).split("/")[0] for name in files} | {DESCRIPTOR, CHANGES, README, SCHEMAS}


def printable_name(name: str) -> str:
    """As it may stand in a terminal: a name that would move the cursor is quoted."""
    return name if name.isprintable() else repr(name)

"""The fields of a mission as `mission.py` declares them: what follows from a declaration is made of this list."""

from __future__ import annotations

import datetime as dt
import types
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin

from carnet.schemas.declared import Declared
from carnet.schemas.mission import DECLARED, Contact, Mission

PLACE = "ordinal"
SQL = {str: "VARCHAR", bool: "BOOLEAN", int: "INTEGER", Decimal: "DECIMAL(14, 2)", dt.date: "DATE"}


@dataclass(frozen=True)
class MissionField:
    """`type`: of one value, without None; of a list, that of its items. `sql`: of its column, empty where it has a
    table of its own."""

    column: str
    type: type
    is_list: bool
    sql: str
    told: Declared


def _field(column: str, annotation: Any, told: Declared) -> MissionField:
    """
    >>> _field("title", str | None, Declared("intitulé", "What was done")).sql
    'VARCHAR'
    """
    is_list = get_origin(annotation) is tuple
    one = _bare(get_args(annotation)[0] if is_list else annotation)
    has_table = one is Contact or column == "partners"
    return MissionField(column, one, is_list, "" if has_table else SQL[one] + ("[]" if is_list else ""), told)


def _bare(annotation: Any) -> type:
    """`str` of `Literal["HT", "TTC"] | None`."""
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(one for one in get_args(annotation) if one is not type(None)))
    if get_origin(annotation) is Literal:
        return str
    bare: type = annotation
    return bare


def _declared() -> tuple[MissionField, ...]:
    """LookupError where an attribute is not declared, or a declaration has no attribute."""
    annotations = {name: field.annotation for name, field in Mission.model_fields.items() if name != PLACE}
    if annotations.keys() != DECLARED.keys():
        raise LookupError(
            f"schemas/mission.py: DECLARED and Mission differ: {sorted(annotations.keys() ^ DECLARED.keys())}"
        )
    return tuple(_field(column, annotation, DECLARED[column]) for column, annotation in annotations.items())


FIELDS: tuple[MissionField, ...] = _declared()
COLUMNS: tuple[str, ...] = tuple(field.column for field in FIELDS if field.sql)
"""Of the table of missions, and of the views that show it."""
COMPARED: tuple[str, ...] = tuple(field.column for field in FIELDS if field.told.compared)
LABELLED: tuple[MissionField, ...] = tuple(field for field in FIELDS if field.told.labelled)
FRENCH: dict[str, str] = {field.column: field.told.name for field in FIELDS}

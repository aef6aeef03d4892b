"""DuckDB's errors on a question as one sentence, with the place of the word and names that are close to it."""

from __future__ import annotations

import difflib
import json
import re
from typing import Any

import duckdb

from carnet.warehouse.disk.errors import QueryError, QueryPlace
from carnet.warehouse.store.db import view_names

CLOSE_NAMES = 3


def complaint(error: Exception, sql: str) -> QueryError:
    """What is wrong, for the person who wrote `sql`.

    'Referenced column "titre" not found in FROM clause; did you mean "title"? (line 1, character 8)'
    """
    if isinstance(error, MemoryError | duckdb.OutOfMemoryException):
        return QueryError("it needs more memory than a question may have; narrow it, or ask for less at once")
    told = _told(error)
    offset = told.get("position")
    place = place_of(sql, int(offset)) if offset is not None else None
    sentence = _first_sentence(str(told["exception_message"]))
    if told.get("type") == "Table" or told.get("exception_type") == "Permission":
        return _about_a_table(told, sentence, place)
    if told.get("error_subtype") in ("COLUMN_NOT_FOUND", "MISSING_ENTRY") or "Candidate bindings" in str(told):
        return QueryError(sentence + _suggestion(_candidates(told)), place=place)
    return QueryError(sentence, place=place)


def place_of(sql: str, offset: int | None) -> QueryPlace | None:
    """Line and character of an offset in bytes, as DuckDB counts; None for none."""
    data = sql.encode()
    if offset is None or not 0 <= offset < len(data):
        return None
    before = data[:offset].decode("utf-8", "replace")
    line = before.count("\n")
    return QueryPlace(line + 1, len(before) - (before.rfind("\n") + 1) + 1, sql.split("\n")[line])


def _told(error: Exception) -> dict[str, Any]:
    """The parts of an error under `errors_as_json`; its text where it is no JSON."""
    text = str(error)
    start = text.find("{")
    if start >= 0:
        try:
            told = json.loads(text[start:])
        except ValueError:
            pass
        else:
            if isinstance(told, dict) and "exception_message" in told:
                return told
    return {"exception_message": text}


def _first_sentence(message: str) -> str:
    """
    >>> _first_sentence('Table with name x does not exist!\\nDid you mean "y"?')
    'Table with name x does not exist'
    >>> _first_sentence('column "title" must appear in the GROUP BY clause.\\nEither add it')
    'column "title" must appear in the GROUP BY clause'
    """
    lines = [line.strip() for line in message.strip().splitlines() if line.strip()]
    return re.sub(r"[!.]$", "", lines[0]) if lines else "it failed"


def _about_a_table(told: dict[str, Any], sentence: str, place: QueryPlace | None) -> QueryError:
    name = str(told.get("name", ""))
    if told.get("exception_type") == "Permission" or re.search(r"[/\\:]|\.\w+$", name):
        return QueryError("questions read the views of the warehouse, no files and no network", place=place)
    close = difflib.get_close_matches(name.lower(), view_names(), n=CLOSE_NAMES)
    more = _suggestion(close) or "; `carnet sql --schema` lists the views"
    return QueryError(f'there is no view "{name}"{more}', place=place)


def _candidates(told: dict[str, Any]) -> list[str]:
    given = str(told.get("candidates", ""))
    names = given.split(",") if given else re.findall(r'"([^"]+)"', told["exception_message"].partition("\n")[2])
    names = [name.strip() for name in names]
    meant = str(told.get("name") or (re.findall(r'"([^"]+)"', str(told["exception_message"])) or [""])[-1])
    return difflib.get_close_matches(meant, names, n=CLOSE_NAMES, cutoff=0.5)


def _suggestion(names: list[str]) -> str:
    """
    >>> _suggestion(["title", "client"])
    '; did you mean "title" or "client"?'
    """
    return f"; did you mean {' or '.join(f'{chr(34)}{name}{chr(34)}' for name in names)}?" if names else ""

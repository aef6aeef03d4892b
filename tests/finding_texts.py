"""Every sentence that a finding's message may hold, read from the source, as the catalogue of French names it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from carnet.schemas.closed_lists import FindingCode
from tests.catalogue import ROOT, says_something, texts_in

PLACES = ("pipeline", "warehouse/matching", "warehouse/loading")
ELSEWHERE = ("pipeline/teach", "pipeline/redaction", "pipeline/rules", "pipeline/roles", "pipeline/observe")
NAMED = {"message", "note", "notes", "doubt", "over"}
"""What such a text is called where it is put together."""
SAYING = {
    "of_brochure": 3, "_found": 1, "_reading": 3, "_finding": 1, "Publisher": 1, "Contradiction": 2, "Link": 3,
    "setdefault": 1, "Duration": 3, "candidate": 5,
}  # fmt: skip
"""Calls that take one, and which argument it is."""
RETURNING = {
    "sentence", "_may_be_one", "_may_be_two", "_doubt_before", "_doubt_after", "_no_mission", "find_doubts", "notes",
    "_doubts", "_stated", "_from_one", "_duration", "_single_byte",
}  # fmt: skip
"""Functions that give one back."""


def finding_texts() -> dict[str, str]:
    """What is said, with {1}, {2} … where something is put in -> where it is said."""
    found: dict[str, str] = {}
    for top in PLACES:
        for path in sorted((ROOT / top).rglob("*.py")):
            place = str(path.relative_to(ROOT))
            if not place.startswith(ELSEWHERE):
                for line, text in _said(ast.parse(path.read_text(encoding="utf-8"))):
                    found.setdefault(_CODED.sub("", text), f"{place}:{line}")
    return {text: where for text, where in found.items() if " " in text and says_something(text)}


def _said(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Texts that become (a part of) a message by where they stand, and those that begin with a finding's code."""
    pieces = {id(piece) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for piece in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and id(node) not in pieces:
            yield from ((node.lineno, text) for text in list(texts_in(node))[:1] if _CODED.match(text))
        for value in _values(node):
            for text in texts_in(value):
                yield value.lineno, text


_CODED = re.compile(rf"(?:{'|'.join(FindingCode)}): ")


def _values(node: ast.AST) -> Iterator[ast.expr]:
    """The expressions that become (a part of) a message."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.keyword):
        if node.value and any(map(_is_named, _targets(node))):
            yield from _parts(node.value)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.FunctionDef) and node.name in RETURNING:
        for inner in ast.walk(node):
            if isinstance(inner, ast.Return | ast.Yield) and inner.value:
                yield from _parts(inner.value)
            elif isinstance(inner, ast.Call) and _called(inner) == "append":
                yield from inner.args


def _targets(node: ast.Assign | ast.AugAssign | ast.AnnAssign | ast.keyword) -> list[str]:
    if isinstance(node, ast.keyword):
        return [node.arg or ""]
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [_id(target) for target in targets]


def _of_call(call: ast.Call) -> Iterator[ast.expr]:
    at = SAYING.get(_called(call))
    if at is not None and len(call.args) > at:
        yield call.args[at]
    if _called(call) == "append" and isinstance(call.func, ast.Attribute) and _is_named(_id(call.func.value)):
        yield from call.args


def _parts(value: ast.expr) -> Iterator[ast.expr]:
    """Each one of several."""
    if isinstance(value, ast.Tuple | ast.List):
        for one in value.elts:
            yield from _parts(one)
    elif isinstance(value, ast.IfExp):
        yield from (*_parts(value.body), *_parts(value.orelse))
    elif isinstance(value, ast.ListComp | ast.GeneratorExp):
        yield from _parts(value.elt)
    elif isinstance(value, ast.BoolOp):
        for one in value.values:
            yield from _parts(one)
    else:
        yield value


def _is_named(name: str) -> bool:
    return name in NAMED


def _id(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else getattr(node, "attr", "")


def _called(call: ast.Call) -> str:
    return _id(call.func)

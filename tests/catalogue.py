"""Every sentence and word that the command line says, read from the source, as the catalogue of French names it."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path

import typer.main

from carnet.flows.cli import app
from carnet.flows.cli.groups import PANELS

ROOT = Path(__file__).parent.parent
SAYING = {
    "say", "show", "in_words", "_end", "CommandError", "WarehouseError", "QueryError", "OutputRefused", "UnknownId",
    "WarehouseBusy", "WarehouseDamaged", "UnreadableDocument", "BadValue", "Refused", "LimitExceeded", "not_one_of",
}  # fmt: skip
"""Calls whose first text is said to a person."""
SAYING_SECOND = {"Failure", "Refused"}
"""The same of their second: why a file is refused."""
REASONS = {
    "_locked", "_what_else", "_damage", "told", "_no_mission", "expected", "_advice", "kind_of", "_without_answer",
    "still_coming",
}  # fmt: skip
"""Functions that say why, too."""
PLACES = ("flows", "warehouse", "pipeline")
ELSEWHERE = ("pipeline/teach", "flows/pages")
"""They serve developers, or speak French themselves."""


def sentences() -> dict[str, str]:
    """What is said, with {1}, {2} … where something is put in -> where it is said."""
    found: dict[str, str] = {}
    for path in _modules():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for said in _said_by(node):
                for text in texts_in(said):
                    found.setdefault(text, f"{path.relative_to(ROOT)}:{said.lineno}")
    return {text: where for text, where in found.items() if says_something(text)}


def _said_by(node: ast.AST) -> Iterator[ast.expr]:
    """What is said to a person there: by a call, or returned as a reason."""
    if isinstance(node, ast.Call):
        if _name(node) in SAYING_SECOND:
            yield from node.args[1:2]
        elif _name(node) in SAYING:
            yield from node.args[:1]
        yield from (given.value for given in node.keywords if given.arg == "reason")
    elif isinstance(node, ast.FunctionDef) and node.name in REASONS:
        yield from (one.value for one in ast.walk(node) if isinstance(one, ast.Return) and one.value)


def headings() -> dict[str, str]:
    """Heads of our tables."""
    found: dict[str, str] = {}
    for path in (ROOT / "flows" / "cli").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            t.id: n.value
            for n in ast.walk(tree)
            if isinstance(n, ast.Assign)
            for t in n.targets
            if isinstance(t, ast.Name)
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node) == "table":
                for one in _columns(node.args[0], named):
                    found.setdefault(one, f"{path.relative_to(ROOT)}:{node.lineno}")
    return {text: where for text, where in found.items() if says_something(text)}


def helps() -> dict[str, str]:
    """First paragraphs of commands, and what each option is for."""
    group = typer.main.get_command(app)
    commands = group.commands | {"": group}  # type: ignore[attr-defined]
    found = {panel: "flows/cli/groups.py" for panel in PANELS}
    for name, command in commands.items():
        for part in inspect.cleandoc(command.help or "").split("\n\n"):
            found[part] = f"carnet {name}"
        for option in command.params:
            found.setdefault(getattr(option, "help", None) or "", f"carnet {name} --{option.name}")
    return {text: where for text, where in found.items() if says_something(text)}


def texts_of(path: Path) -> Iterator[tuple[int, str]]:
    """All texts of a module but those that explain it: line, text."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explaining = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explaining:
            yield node.lineno, node.value


def says_something(text: str) -> bool:
    """Not only places to be filled, signs and names of options."""
    bare = re.sub(r"\{\d+\}|^carnet: |--[a-z-]+", "", text)
    return bool(re.search(r"[A-Za-z]{2}", bare))


def _modules() -> Iterator[Path]:
    for top in PLACES:
        for path in sorted((ROOT / top).rglob("*.py")):
            if not str(path.relative_to(ROOT)).startswith(ELSEWHERE):
                yield path


def _name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def texts_in(node: ast.expr) -> Iterator[str]:
    """The text itself, and those that may be put into it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        numbers = iter(range(1, 99))
        yield "".join(
            v.value if isinstance(v, ast.Constant) and isinstance(v.value, str) else f"{{{next(numbers)}}}"
            for v in node.values
        )
        for part in node.values:
            if isinstance(part, ast.FormattedValue):
                yield from texts_in(part.value)
    elif isinstance(node, ast.IfExp):
        yield from (*texts_in(node.body), *texts_in(node.orelse))
    elif isinstance(node, ast.BoolOp):
        for value in node.values:
            yield from texts_in(value)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from (*texts_in(node.left), *texts_in(node.right))


def _columns(node: ast.expr, named: dict[str, ast.expr]) -> Iterator[str]:
    if isinstance(node, ast.Name) and node.id in named:
        yield from _columns(named[node.id], named)
    elif isinstance(node, ast.Tuple | ast.List):
        for one in node.elts:
            yield from _columns(one.value if isinstance(one, ast.Starred) else one, named)
    elif isinstance(node, ast.IfExp):
        yield from _columns(node.body, named)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value

"""All regular expressions that our code compiles: those of its modules, and those it builds from the rules' data.

`python -m tests.patterns` writes as JSON what was compiled while all modules were imported and two brochures were read.
"""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PACKAGES = ("schemas", "pipeline", "warehouse", "flows")


@dataclass(frozen=True, order=True)
class Used:
    """A pattern and the line that compiles it."""

    module: str
    line: int
    pattern: str
    flags: int

    @property
    def at_one_place(self) -> bool:
        """Is it only tried at one place of a text (`match`), never searched for?"""
        return at_one_place(self.module, self.line)


@cache
def patterns() -> tuple[Used, ...]:
    """Recorded in a process of its own, where nothing of ours was imported before."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.patterns"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    recorded = {Used(*entry) for entry in json.loads(done.stdout)}
    return tuple(sorted(recorded | set(_written())))


def _written() -> Iterator[Used]:
    """Patterns that stand as constants in a call of `re`, whether the call is ever made or not."""
    for module, calls in _calls().items():
        for call in calls:
            if isinstance(call.args[0], ast.Constant):
                value = call.args[0].value
                if isinstance(value, str):  # those of bytes cut a file's operators: tests/unit/read/test_operators.py
                    yield Used(module, call.lineno, value, _flags(call))


def never_seen() -> set[str]:
    """Calls of `re` whose pattern we do not know: it is built when they are made, and they were not made."""
    seen = {(used.module, used.line) for used in patterns()}
    return {
        f"{module}: {ast.unparse(call)}"
        for module, calls in _calls().items()
        for call in calls
        if (module, call.lineno) not in seen and not _of_bytes(call)
    }


def _of_bytes(call: ast.Call) -> bool:
    """A pattern of bytes cuts a file's operators; it is tried where it is used."""
    first = call.args[0]
    return isinstance(first, ast.Constant) and isinstance(first.value, bytes)


@cache
def _trees() -> dict[str, ast.Module]:
    files = [
        file for package in PACKAGES for file in sorted((ROOT / package).rglob("*.py")) if "teach" not in file.parts
    ]
    return {
        ".".join(("carnet", *file.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__"): ast.parse(
            file.read_bytes()
        )
        for file in files
    }


@cache
def _calls() -> dict[str, list[ast.Call]]:
    return {
        module: [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_of_re(node)]
        for module, tree in _trees().items()
    }


def _is_of_re(call: ast.Call) -> bool:
    function = call.func
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "re"
        and function.attr != "escape"
        and bool(call.args)
    )


def _flags(call: ast.Call) -> int:
    given = (*call.args[1:], *(keyword.value for keyword in call.keywords))
    names = {node.attr for part in given for node in ast.walk(part) if isinstance(node, ast.Attribute)}
    return int(sum(getattr(re, name) for name in names if isinstance(getattr(re, name, None), re.RegexFlag)))


_AT_ONE_PLACE = {"match", "fullmatch"}


@cache
def at_one_place(module: str, line: int) -> bool:
    """Is what this line compiles never searched for? Where we can't tell, it is."""
    methods: set[str] = set()
    for call in _calls().get(module, ()):
        if call.lineno == line and isinstance(call.func, ast.Attribute):
            methods |= {call.func.attr} if call.func.attr != "compile" else _methods(module, call)
    return bool(methods) and methods <= _AT_ONE_PLACE


def _methods(module: str, call: ast.Call) -> set[str]:
    """What is called on the name that the compiled pattern is given."""
    name = None
    for node in ast.walk(_trees()[module]):
        if isinstance(node, ast.Assign) and node.value is call and isinstance(node.targets[0], ast.Name):
            name = node.targets[0].id
        if isinstance(node, ast.keyword) and node.value is call:
            name = node.arg
    return {method for known, method in _uses() if known == name} if name else {"search"}


@cache
def _uses() -> frozenset[tuple[str, str]]:
    """Names and what is done with them, in all modules: a name that is handed on is used for everything."""
    uses = set()
    for tree in _trees().values():
        seen = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute) and (name := _name(node.value)):
                uses.add((name, node.attr))
                seen.add(node.value)
        for node in ast.walk(tree):
            if isinstance(node, ast.Name | ast.Attribute) and isinstance(node.ctx, ast.Load) and node not in seen:
                uses.add((_name(node), "search"))
    return frozenset(uses)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _record() -> set[Used]:
    """What is compiled while all modules are imported and two brochures are read."""
    recorded: set[Used] = set()
    compiled = re._compile  # type: ignore[attr-defined]  # the one door of all functions of re

    def noted(pattern: Any, flags: Any) -> Any:
        frame = sys._getframe(2)
        module = str(frame.f_globals.get("__name__", ""))
        if module.startswith("carnet.") and isinstance(pattern, str):
            recorded.add(Used(module, frame.f_lineno, pattern, int(flags)))
        return compiled(pattern, flags)

    re._compile = noted  # type: ignore[attr-defined]
    for package in (f"carnet.{name}" for name in PACKAGES):
        for info in pkgutil.walk_packages(importlib.import_module(package).__path__, package + "."):
            if ".teach" not in info.name:  # draws and fits, reads nobody's text
                importlib.import_module(info.name)
    _read_brochures()
    return recorded


_TEXT = """# Commune de Morcy : étude des transports
Contact : Jeanne Aubrac, directrice, jeanne (arobase) morcy.example, 01 99 00 12 34
Période : mars 2020, avril 2021 et 2022. Montant : vingt mille euros HT. En groupement avec Cabinet Hydre et Alto.
"""


def _read_brochures() -> None:
    from carnet.pipeline.extract import extract
    from carnet.pipeline.fields.context import Context
    from carnet.pipeline.fields.split import works_weight
    from carnet.pipeline.fields.told import words_of_sentences
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.settle import settle
    from carnet.pipeline.values.doubtful import find_doubtful
    from carnet.pipeline.values.personal import find_personal
    from carnet.schemas.source import SourceFile

    rules = load_rules()
    deck = (ROOT / "raw" / "orvane-deck.pdf").read_bytes()
    for data, name, kind in ((deck, "a.pdf", "application/pdf"), (_TEXT.encode(), "a.md", "text/markdown")):
        settle(extract(data, SourceFile(sha256="0" * 64, name=name, media_type=kind), rules))
    works_weight("Étude des transports", Context(rules))  # of headings that no sign parts, in neither
    words_of_sentences(rules)
    find_personal(_TEXT, rules)
    find_doubtful(_TEXT, rules, _Nobody())


class _Nobody:
    """A model that sees nobody and has met every word."""

    def persons(self, text: str) -> list[Any]:
        return []

    def knows(self, word: str) -> bool:
        return True


if __name__ == "__main__":
    json.dump([[u.module, u.line, u.pattern, u.flags] for u in sorted(_record())], sys.stdout)

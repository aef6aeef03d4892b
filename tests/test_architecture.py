"""The laws of import, read from the source: what may know what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import TypeGuard

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("schemas", "pipeline", "warehouse", "flows")
MAY_IMPORT = {
    "schemas": {"schemas"},
    "pipeline": {"schemas", "pipeline"},
    "warehouse": {"schemas", "warehouse"},
    "flows": {"schemas", "pipeline", "warehouse", "flows"},
}
STAGES = ("read", "layout", "outline", "fields", "checks")
KNOW_THE_ORDER = {"pipeline/extract.py", "pipeline/settle.py"}
ROOMS = {
    "flows/project": set(),
    "flows/settings": {"project"},
    "flows/inbox": {"settings"},
    "flows/workers": {"settings", "inbox"},
    "flows/services": {"project", "settings", "inbox", "workers"},
    "flows/orchestration": {"settings", "inbox", "workers", "services"},
    "flows/pages": {"settings", "inbox", "workers", "services"},
    "flows/cli": {"settings", "inbox", "services", "orchestration", "pages"},
    "warehouse/disk": set(),
    "warehouse/log": {"disk"},
    "warehouse/store": {"disk"},
    "warehouse/matching": {"store"},
    "warehouse/privacy": {"disk", "log"},
    "warehouse/loading": {"disk", "log", "store", "matching", "privacy"},
    "warehouse/ask": {"disk", "store"},
    "warehouse/exports": {"disk", "store", "ask"},
}
"""What a room may know of its neighbours. Only the command line and a deployment know Prefect."""
HEAVY = ("prefect", "spacy", "pdfplumber", "pdfminer", "dateparser", "numpy")


def modules(package: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / package).rglob("*.py")) if "__pycache__" not in path.parts)


def imports(path: Path, at_the_start: bool = False) -> Iterator[str]:
    """Dotted names of everything that a file imports, at any depth of its code or only when it is loaded itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in tree.body if at_the_start else ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def ours(path: Path) -> Iterator[list[str]]:
    """The same of ours: ["warehouse", "disk", "files", "write_whole"]."""
    return (name.split(".")[1:] for name in imports(path) if name.startswith("carnet."))


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_know_only_what_they_may(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {'.'.join(name)}"
        for path in modules(package)
        for name in ours(path)
        if name[0] not in MAY_IMPORT[package]
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_of_ours_is_imported_under_a_name_that_others_may_have() -> None:
    """`import pipeline` would take whatever is called so where a command is run."""
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for package in (*PACKAGES, "tests")
        for path in modules(package)
        for name in imports(path)
        if name.split(".")[0] in (*PACKAGES, *(("tests",) if package != "tests" else ()))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_know_only_what_they_may(room: str) -> None:
    package, _, own = room.partition("/")
    neighbours = {other.partition("/")[2] for other in ROOMS if other.startswith(package)} - {own}
    paths = list(modules(room)) or [ROOT / f"{room}.py"]
    wrong = [
        f"{path.relative_to(ROOT)} imports {'.'.join(name)}"
        for path in paths
        for name in ours(path)
        if name[0] == package and name[1] in neighbours - ROOMS[room]
    ]
    assert not wrong, "\n".join(wrong)


def test_every_module_of_flows_and_warehouse_has_a_room() -> None:
    rooms = {str(path.relative_to(ROOT)).removesuffix(".py") for top in ("flows", "warehouse") for path in modules(top)}
    homeless = [place for place in rooms if not any(f"{place}/".startswith(f"{room}/") for room in ROOMS)]
    assert sorted(homeless) == ["flows/__init__", "warehouse/__init__"]


def test_no_stage_of_the_pipeline_knows_another() -> None:
    wrong = []
    for path in modules("pipeline"):
        place = str(path.relative_to(ROOT))
        own = path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")
        for package, other, *_ in ours(path):
            if package == "pipeline" and other in STAGES and own in STAGES and own != other:
                wrong += [f"{place} imports {other}"] * (place not in KNOW_THE_ORDER)
    assert not wrong, "\n".join(wrong)


def test_no_modules_import_each_other_in_a_circle() -> None:
    """Not even inside functions: who has to hide an import there has two things in one file."""
    known = {_dotted(path): path for package in PACKAGES for path in modules(package)}
    graph = {name: {_module(one, known) for one in imports(path)} - {name, ""} for name, path in known.items()}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def _dotted(path: Path) -> str:
    return ".".join(("carnet", *path.relative_to(ROOT).with_suffix("").parts)).removesuffix(".__init__")


def _module(name: str, known: Mapping[str, Path]) -> str:
    """The module that an imported name is, or stands in."""
    return name if name in known else parent if (parent := name.rpartition(".")[0]) in known else ""


SQL = re.compile(
    r"\s*(SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|DROP|ALTER|PRAGMA|ATTACH|COPY|FROM|VACUUM)\s.*", re.DOTALL
)


def test_questions_to_the_database_stand_in_the_warehouse() -> None:
    """Texts that begin as a statement does, and connections that are asked anything."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:60]}"
        for package in ("schemas", "pipeline", "flows")
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _is_sql(node)
    ]
    assert not wrong, "\n".join(wrong)


def _is_sql(node: ast.AST) -> TypeGuard[ast.expr]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in ("execute", "executemany", "executescript")
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(SQL.fullmatch(node.value))


def test_every_package_is_in_the_distribution() -> None:
    import tomllib

    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = {
        _dotted(path) for package in PACKAGES for path in modules(package) if path.name == "__init__.py"
    }  # fmt: skip
    assert found | {"carnet"} == listed


@pytest.mark.parametrize("command", ["sql", "missions", "show", "findings"])
def test_questions_start_without_what_only_reading_needs(command: str, filled: Path) -> None:
    argument = {"sql": ["SELECT 1"], "show": [_some_mission(filled)]}.get(command, [])
    code = (
        "import sys; sys.argv = ['carnet', *sys.argv[1:]]\n"
        "from carnet.flows.cli import main\n"
        "try: main()\n"
        f"finally: print('LOADED', [m for m in {HEAVY} if m in sys.modules])"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, command, *argument, "--warehouse", str(filled)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    assert ran.stdout.splitlines()[-1] == "LOADED []"


def _some_mission(warehouse: Path) -> str:
    from carnet.warehouse.ask.query import ask, open_reader

    with open_reader(warehouse) as con:
        return str(ask(con, "SELECT mission_id FROM missions LIMIT 1").rows[0][0])

"""The laws of import, read from the source: what may know what."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
OURS = ("schemas", "pipeline", "warehouse", "flows", "tests")
MAY_IMPORT = {
    "schemas": {"schemas"},
    "pipeline": {"schemas", "pipeline"},
    "warehouse": {"schemas", "warehouse"},
    "flows": {"schemas", "pipeline", "warehouse", "flows"},
}
STAGES = ("read", "layout", "outline", "fields", "checks")
KNOW_THE_ORDER = {"pipeline/extract.py", "pipeline/settle.py"}
HEAVY = ("prefect", "spacy", "pdfplumber", "pdfminer", "dateparser", "numpy")


def modules(package: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / package).rglob("*.py")) if "__pycache__" not in path.parts)


def imports(path: Path) -> Iterator[str]:
    """Dotted names of everything of ours that a file imports, at any depth of its code."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", MAY_IMPORT)
def test_packages_know_only_what_they_may(package: str) -> None:
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in modules(package)
        for name in imports(path)
        if (top := name.split(".")[0]) in OURS and top not in MAY_IMPORT[package]
    ]
    assert not wrong, "\n".join(wrong)


WRITING = {
    "write_text", "write_bytes", "touch", "mkdir", "rename", "symlink_to", "hardlink_to", "unlink", "rmtree",
    "copyfile", "copy", "copy2", "move", "makedirs", "write_whole", "write_new", "put_in_place", "put_folder_in_place",
    "part_of", "folder_part", "sync_file", "mkstemp", "NamedTemporaryFile",
}  # fmt: skip
"""Calls that make, change or take away files, by whatever module they are."""
PARTS_ONLY = {
    "warehouse/exports/dataset.py", "warehouse/exports/moved.py", "warehouse/exports/package.py",
    "warehouse/exports/to_geojson.py", "warehouse/exports/to_json.py", "warehouse/exports/to_jsonld.py",
    "warehouse/exports/to_sqlite.py", "warehouse/exports/to_tables.py",
}  # fmt: skip
"""They fill the folder that `output_folder` gave, and nothing else."""


@pytest.mark.parametrize("package", ["flows/cli", "warehouse/exports"])
def test_what_is_given_out_goes_through_one_door(package: str) -> None:
    """`flows/services/outputs.py`: whoever writes past it may write over the warehouse."""
    wrong = [
        f"{place}:{node.lineno} {name}"
        for path in modules(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and (name := _writes(node))
        if (place := str(path.relative_to(ROOT))) not in PARTS_ONLY
    ]
    assert not wrong, "\n".join(wrong)


def _writes(call: ast.Call) -> str | None:
    """The name of a call that writes files, by its name or by the mode in which it opens one."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name != "open":
        return name if name in WRITING else None
    modes = [a.value for a in (*call.args, *(k.value for k in call.keywords)) if isinstance(a, ast.Constant)]
    return name if any(isinstance(mode, str) and set(mode) & set("wax+") and len(mode) < 4 for mode in modes) else None


def test_no_stage_of_the_pipeline_knows_another() -> None:
    wrong = []
    for path in modules("pipeline"):
        place = str(path.relative_to(ROOT))
        own = path.relative_to(ROOT / "pipeline").parts[0].removesuffix(".py")
        for name in imports(path):
            parts = name.split(".")
            other = parts[1] if parts[0] == "pipeline" and len(parts) > 1 else ""
            if other in STAGES and own in STAGES and own != other and place not in KNOW_THE_ORDER:
                wrong.append(f"{place} imports {name}")
    assert not wrong, "\n".join(wrong)


def test_every_package_is_in_the_distribution() -> None:
    import tomllib

    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = {
        str(path.parent.relative_to(ROOT)).replace("/", ".")
        for package in MAY_IMPORT
        for path in modules(package)
        if path.name == "__init__.py"
    }
    assert found == listed


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

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

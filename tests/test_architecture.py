"""The laws of import, read from the source: what may know what."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
NOT_INSTALLED = "pipeline/teach"
"""What draws brochures and fits the model serves a clone only."""
STAGES = ("read", "decode", "fields", "checks")
KNOW_THE_ORDER = {"pipeline/extract.py", "pipeline/settle.py"}
ROOMS = {
    "flows/project": set(),
    "flows/catalogue": set(),
    "flows/settings": {"project"},
    "flows/inbox": {"settings"},
    "flows/workers": {"settings", "inbox"},
    "flows/services": {"project", "settings", "inbox", "workers"},
    "flows/orchestration": {"settings", "inbox", "workers", "services"},
    "flows/pages": {"catalogue", "settings", "inbox", "workers", "services"},
    "flows/cli": {"catalogue", "settings", "inbox", "services", "orchestration", "pages"},
    "warehouse/disk": set(),
    "warehouse/store": {"disk"},
    "warehouse/matching": {"disk", "store"},
    "warehouse/log": {"disk", "matching"},
    "warehouse/privacy": {"disk", "log"},
    "warehouse/loading": {"disk", "store", "matching", "log", "privacy"},
    "warehouse/ask": {"disk", "store", "matching", "privacy"},
    "warehouse/exports": {"disk", "store", "ask"},
}
"""What a room may know of its neighbours. Only the command line and a deployment know Prefect."""
HEAVY = ("prefect", "spacy", "pdfplumber", "pdfminer", "dateparser", "numpy")


def modules(package: str) -> Iterator[Path]:
    return (path for path in sorted((ROOT / package).rglob("*.py")) if "__pycache__" not in path.parts)


def installed(package: str) -> Iterator[Path]:
    return (path for path in modules(package) if NOT_INSTALLED not in str(path))


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


WRITING = {
    "write_text", "write_bytes", "touch", "mkdir", "rename", "symlink_to", "hardlink_to", "unlink", "rmtree",
    "copyfile", "copy", "copy2", "move", "makedirs", "write_whole", "write_new", "put_in_place", "put_folder_in_place",
    "part_of", "folder_part", "sync_file", "mkstemp", "NamedTemporaryFile",
}  # fmt: skip
"""Calls that make, change or take away files, by whatever module they are."""
PARTS_ONLY = {
    "warehouse/exports/dataset.py", "warehouse/exports/moved.py", "warehouse/exports/package.py",
    "warehouse/exports/to_geojson.py", "warehouse/exports/to_json.py", "warehouse/exports/to_jsonld.py",
    "warehouse/exports/to_site.py", "warehouse/exports/to_sqlite.py", "warehouse/exports/to_tables.py",
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
        for package, other, *_ in ours(path):
            if package == "pipeline" and other in STAGES and own in STAGES and own != other:
                wrong += [f"{place} imports {other}"] * (place not in KNOW_THE_ORDER)
    assert not wrong, "\n".join(wrong)


def test_every_package_is_in_the_distribution() -> None:
    import tomllib

    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = {
        _dotted(path)
        for package in PACKAGES for path in modules(package)
        if path.name == "__init__.py" and NOT_INSTALLED not in str(path)
    }  # fmt: skip
    assert found | {"carnet"} == listed


def test_reading_by_roles_goes_one_way() -> None:
    """Geometry, observations, roles, decoding: each knows those before it, and none of them the teacher."""
    order = ("page", "observe", "roles", "decode")
    wrong = []
    for own in order:
        for path in (p for p in modules("pipeline") if p.relative_to(ROOT / "pipeline").parts[0] == own):
            for name in imports(path):
                other = name.split(".")[2] if name.startswith("carnet.pipeline.") and name.count(".") > 1 else ""
                if other == "teach" or other in order[order.index(own) + 1 :]:
                    wrong.append(f"{path.relative_to(ROOT)} imports {name}")
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


def test_no_two_public_types_have_one_name() -> None:
    """Classes, and what stands for a type; two of one name may say the same thing, such as arrays of numpy."""
    named: dict[str, set[str]] = defaultdict(set)
    for package in PACKAGES:
        for path in modules(package):
            if NOT_INSTALLED not in str(path):
                for name, meaning in _types(path):
                    named[name].add(meaning)
    assert {name: sorted(meanings) for name, meanings in named.items() if len(meanings) > 1} == {}


def _types(path: Path) -> Iterator[tuple[str, str]]:
    """Public ones at the top of a module: name, and what it means."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield node.name, f"{path}: a class"
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value:
            (name,) = node.targets if isinstance(node, ast.Assign) else (node.target,)
            meaning = ast.unparse(node.value)
            if isinstance(name, ast.Name) and re.fullmatch(r"[A-Z]+[a-z]\w*", name.id) and "TypeVar(" not in meaning:
                yield name.id, "an array" if meaning.startswith("npt.NDArray") else meaning


ONE_SYSTEM = {"fcntl", "resource", "pwd", "grp", "termios", "msvcrt", "winreg"}


def test_what_only_one_system_has_is_tried_first() -> None:
    """Linux, macOS and Windows: a module that one of them lacks is imported within `try`."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in PACKAGES
        for path in installed(package)
        for node in _imported_for_sure(ast.parse(path.read_text(encoding="utf-8")))
        if {alias.name for alias in node.names} & ONE_SYSTEM
    ]
    assert not wrong, "\n".join(wrong)


def _imported_for_sure(node: ast.AST) -> Iterator[ast.Import]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield child
        elif not isinstance(child, ast.Try):
            yield from _imported_for_sure(child)


def test_files_of_text_are_read_and_written_in_an_encoding_that_is_named() -> None:
    """The system's own is another one on Windows."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for package in PACKAGES
        for path in installed(package)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and _opens_text(node) and "encoding" not in {k.arg for k in node.keywords}
    ]
    assert not wrong, "\n".join(wrong)


def _opens_text(call: ast.Call) -> bool:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name in ("read_text", "write_text"):
        return len(call.args) < (1 if name == "read_text" else 2)
    modes = [a.value for a in (*call.args, *(k.value for k in call.keywords)) if isinstance(a, ast.Constant)]
    mode = next((m for m in modes if isinstance(m, str) and re.fullmatch(r"[rwax+tb]{1,3}", m)), None)
    of_a_path = isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and not call.args
    return name in ("open", "fdopen") and (mode is not None and "b" not in mode or of_a_path and mode is None)


SAYS = ("schemas", "pipeline", "warehouse", "flows/services", "flows/inbox", "flows/workers", "flows/orchestration")
"""What a command or a page says stands in its help; what the rules' files hold, in the files."""


def test_every_public_function_and_type_says_what_it_is() -> None:
    silent = [f"{place}: {name}" for place, name, node in _public(SAYS) if not ast.get_docstring(node)]
    assert not silent, "\n".join(silent)


def test_a_public_function_names_the_errors_that_it_raises() -> None:
    wrong = [
        f"{place}: {name} raises {error}"
        for place, name, node in _public(SAYS)
        if isinstance(node, ast.FunctionDef)
        for error in _raised(node)
        if error not in (ast.get_docstring(node) or "")
    ]
    assert not wrong, "\n".join(wrong)


def _public(packages: Iterable[str]) -> Iterator[tuple[str, str, ast.FunctionDef | ast.ClassDef]]:
    """Of all modules but the teacher's and the models of rules; closed lists of words say it by their members."""
    for path in (p for package in packages for p in modules(package)):
        place = str(path.relative_to(ROOT))
        if NOT_INSTALLED not in place and place != "pipeline/rules/models.py":
            for node in ast.parse(path.read_text(encoding="utf-8")).body:
                named = (
                    isinstance(node, ast.FunctionDef) or isinstance(node, ast.ClassDef) and not _is_closed_list(node)
                )
                if named and not node.name.startswith("_"):
                    yield place, node.name, node


def _is_closed_list(node: ast.ClassDef) -> bool:
    return "StrEnum" in map(ast.unparse, node.bases)


def _raised(function: ast.FunctionDef) -> Iterator[str]:
    """Names of exceptions that its own body makes."""
    for node in ast.walk(function):
        if isinstance(node, ast.Raise) and node.exc:
            made = ast.unparse(node.exc.func if isinstance(node.exc, ast.Call) else node.exc).split(".")[-1]
            if made[:1].isupper():
                yield made


PROVENANCE = {
    "pipeline/fields/context.py",  # looks up in data how far a rule is trusted
}


def test_the_id_of_a_rule_decides_nothing() -> None:
    """It tells people where a value comes from; what code acts on has a name and a type of its own."""
    wrong = [
        f"{place}:{node.lineno}: {ast.unparse(node)[:70]}"
        for package in ("schemas", "pipeline")
        for path in modules(package)
        if (place := str(path.relative_to(ROOT))) not in PROVENANCE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if _asks_a_rule(node)
    ]
    assert not wrong, "\n".join(wrong)


def _asks_a_rule(node: ast.AST) -> bool:
    """`found.rule == …`, `… in kind.rule`, `found.rule.startswith(…)`, `rules[found.rule]`."""
    if isinstance(node, ast.Compare):
        return any(_is_rule(side) for side in (node.left, *node.comparators))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _is_rule(node.func.value)
    return isinstance(node, ast.Subscript) and _is_rule(node.slice)


def _is_rule(node: ast.AST) -> bool:
    """An attribute or a key called so, or that ends so: `hit.rule`, `row["rule"]`, `mission.domain_rule`."""
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and str(node.slice.value).endswith("rule")
    return isinstance(node, ast.Attribute) and (node.attr == "rule" or node.attr.endswith("_rule"))


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


def test_help_loads_neither_the_database_nor_what_things_are_made_of() -> None:
    """The command line is told apart from what it calls: closed lists of words stand alone."""
    code = (
        "import sys; sys.argv = ['carnet', '--help']\n"
        "from carnet.flows.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [m for m in {(*HEAVY, 'pydantic', 'duckdb', 'yaml', 'sqlite3')} if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert ran.stdout.splitlines()[-1] == "LOADED []"


def _some_mission(warehouse: Path) -> str:
    from carnet.warehouse.ask.query import ask, open_reader

    with open_reader(warehouse) as con:
        return str(ask(con, "SELECT mission_id FROM missions LIMIT 1").rows[0][0])

"""The cookbook: tested questions in `cookbook/*.sql`, headed by what each answers and takes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

COOKBOOK = Path(__file__).parents[1] / "cookbook"
TODAY = "today"
"""The default of a day that only the caller can know."""
_PARAMETER = re.compile(r"\$(\w+) = (.*?): (.*)")


@dataclass(frozen=True)
class Parameter:
    """`default`: as text; TODAY stands for the day on which it is asked."""

    name: str
    default: str
    about: str


@dataclass(frozen=True)
class Recipe:
    """`title`: what it answers, in one line; `about`: what one should know of it; `sql`: without its heading."""

    name: str
    title: str
    about: str
    parameters: tuple[Parameter, ...]
    sql: str


def all_recipes() -> dict[str, Recipe]:
    """By name, in alphabetical order."""
    return {path.stem: read_recipe(path) for path in sorted(COOKBOOK.glob("*.sql"))}


def read_recipe(path: Path) -> Recipe:
    """A file's heading is its comment lines at the top: title, more about it, then `-- $name = default: what it is`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    length = next(number for number, line in enumerate(lines) if not line.startswith("--"))
    heading = [line.removeprefix("--").strip() for line in lines[:length]]
    words = [line for line in heading if not line.startswith("$")]
    found = (_PARAMETER.fullmatch(line) for line in heading if line.startswith("$"))
    parameters = tuple(Parameter(*match.groups()) for match in found if match)
    return Recipe(path.stem, words[0], " ".join(words[1:]), parameters, "\n".join(lines[length:]) + "\n")


def as_markdown(recipes: dict[str, Recipe]) -> str:
    """The recipes as docs/cookbook.md shows them."""
    return "\n\n".join(_section(recipe) for recipe in recipes.values())


def _section(recipe: Recipe) -> str:
    parts = [f"### {recipe.title}", f"`carnet sql --recipe {recipe.name}`"]
    parts += [recipe.about] if recipe.about else []
    taken = [f"- `--set {p.name}=…` (else {p.default}): {p.about}" for p in recipe.parameters]
    parts += ["\n".join(taken)] if taken else []
    return "\n\n".join([*parts, f"```sql\n{recipe.sql.strip()}\n```"])

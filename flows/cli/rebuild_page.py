"""What a rebuild changes, or would change: a screen for a person, all of it for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from carnet.flows.cli.common import one_line, table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from carnet.flows.services.ingest import Outcome
    from carnet.flows.services.rebuild import Rebuilt
    from carnet.warehouse.loading.compare import ValueDifference

VALUES = 10
"""Told one by one; of more, how many by field."""
FILES = 5
"""Of each kind told by name."""
LETTERS = 50
"""Of a value."""
COLUMNS = ("mission", "file", "page", "field", "was", "now")


def sentences(done: Rebuilt) -> Iterator[str]:
    """What is said on stderr: refused, kept and added files, damage."""
    yield from _some([f"{o.path}: {o.reason}" for o in done.run.refused], "refused")
    kept = f"its original is not in {done.run.settings.raw}; the reading that was stored is kept"
    yield from _some([f"{name}: {kept}" for name in done.kept], "kept")
    come = "comes with it" if not done.swapped else "came with it"
    yield from _some(
        [f"{file}: never ingested before; {come}: {missions} missions" for file, missions in done.difference.added],
        come,
    )
    if done.damage:
        yield f"the old file was damaged; it is {done.aside} now" if done.swapped else done.damage


def _some(told: Sequence[str], what: str) -> list[str]:
    more = len(told) - FILES
    return [*told] if more <= 1 else [*told[:FILES], f"… and {more} more files {what}; --json names them"]


def rebuild_page(done: Rebuilt) -> Iterator[RenderableType]:
    """What is shown on stdout: some values, how many more, rows by table, and the sum of it."""
    values = done.difference.values
    if values:
        yield table(COLUMNS, [_row(value) for value in values[:VALUES]])
    if len(values) > VALUES:
        fields = Counter(value.field for value in values[VALUES:]).most_common()
        told = ", ".join(f"{field} {count}" for field, count in fields[:VALUES])
        others = f" and {len(fields) - VALUES} other fields" if len(fields) > VALUES else ""
        yield f"… and {len(values) - VALUES} more values ({told}{others}); --json has all of them"
    rows = [(name, gone, come) for name, (gone, come) in done.difference.tables.items() if gone or come]
    if rows:
        yield table(("table", "rows gone", "rows come"), rows)
    what = "changed as shown" if done.difference.any else "the same"
    yield f"{one_line(done.run.settings.warehouse)} {'is' if done.swapped else 'would be'} {what}"


def _row(value: ValueDifference) -> tuple[object, ...]:
    return (value.mission, value.file, value.page, value.field, _short(value.was), _short(value.now))


def _short(text: str | None) -> str | None:
    """
    >>> _short("Un réseau ancien\\nDes fuites")
    'Un réseau ancien⏎Des fuites'
    """
    line = one_line(text) if text is not None else None
    return line if line is None or len(line) <= LETTERS else f"{line[:LETTERS]}…"


def as_json(done: Rebuilt) -> dict[str, Any]:
    """All of it."""
    return {
        "warehouse": str(done.run.settings.warehouse), "swapped": done.swapped, "kept": done.kept,
        "refused": [outcome_as_json(o) for o in done.run.refused],
        "added": [{"file": file, "missions": missions} for file, missions in done.difference.added],
        "rows": {name: {"gone": gone, "come": come} for name, (gone, come) in done.difference.tables.items()},
        "values": [vars(value) for value in done.difference.values],
    }  # fmt: skip


def outcome_as_json(outcome: Outcome) -> dict[str, object]:
    """What became of one file."""
    names = ("status", "brochure", "edition_id", "missions", "findings", "read_share", "seconds", "reason")
    return {"file": str(outcome.path)} | {name: getattr(outcome, name) for name in names}

"""What changed between editions as one HTML page for French readers: it stands alone and prints well."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from carnet.warehouse.ask.changes import EditionLine, Step
from carnet.warehouse.exports import french
from carnet.warehouse.exports.changes_told import by_mission, counts, notes, page_of, row, words


def changes_html(steps: Sequence[Step]) -> str:
    """What a brochure prints is escaped."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    template = environment.get_template("changes.html.j2")
    return template.render(steps=steps, words=words(), by_mission=by_mission, row=row, page=page_of, heading=_heading,
                           counts=counts, notes=notes, has_pages=_has_pages)  # fmt: skip


def _heading(step: Step) -> str:
    named = {"old": _edition(step.old), "new": _edition(step.new)}
    return str(words()["from_to"]).format(**named, old_file=step.old.file_name, new_file=step.new.file_name)


def _edition(edition: EditionLine) -> str:
    if edition.edition_date is None:
        return str(words()["undated"])
    return str(words()["edition"]).format(date=french.day(edition.edition_date))


def _has_pages(step: Step, kind: str) -> bool:
    return any(page_of(changes[0]) for changes in by_mission(step, kind))

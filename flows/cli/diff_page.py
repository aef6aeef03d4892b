"""What changed between editions, as Markdown or JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from carnet.warehouse.exports.cells import printable
from carnet.warehouse.exports.to_md import escaped

if TYPE_CHECKING:
    from carnet.warehouse.ask.changes import Change, EditionLine, Step

LONG = ("context", "approach", "results", "title")
MARKS = {"same": "{}", "gone": "~~{}~~", "come": "**{}**"}
KINDS = {"added": "Added", "removed": "Removed", "changed": "Changed"}


def as_json(steps: list[Step]) -> list[dict[str, Any]]:
    return [
        {
            "brochure": s.brochure, "from": vars(s.old), "to": vars(s.new), "changes": [vars(c) for c in s.changes],
            "unprinted": s.unprinted,
        }
        for s in steps
    ]  # fmt: skip


def as_markdown(steps: list[Step]) -> str:
    return "\n".join(line for step in steps for line in _markdown(step)) + "\n"


def _markdown(step: Step) -> Iterator[str]:
    old, new = (f"{escaped(printable(e.file_name))} ({e.edition_date or 'undated'})" for e in (step.old, step.new))
    yield f"# {escaped(step.brochure)}: {old} → {new}\n"
    yield from (f"{line}\n" for line in _unprinted(step))
    for kind, heading in KINDS.items():
        missions = _by_mission(step, kind)
        if not missions:
            continue
        yield f"## {heading}: {len(missions)}\n"
        for changes in missions.values():
            yield f"- {escaped(_name(changes[0]))} ({_pages(changes[0])}, `{changes[0].mission_id}`)"
            yield from (f"  - {c.field}: {_told(c)}" for c in changes if c.field)
        yield ""
    if not step.changes:
        yield "Nothing changed.\n"


def _unprinted(step: Step) -> Iterator[str]:
    """ "No longer printed: domain, contacts." """
    for printed in ("no longer", "newly"):
        fields = [field for field, how in step.unprinted.items() if how == printed]
        if fields:
            yield f"{printed.capitalize()} printed: {', '.join(fields)}."


def _edition(edition: EditionLine) -> str:
    return f"{printable(edition.file_name)} ({edition.edition_date or 'undated'})"


def _by_mission(step: Step, kind: str) -> dict[str, list[Change]]:
    out: dict[str, list[Change]] = {}
    for change in step.changes:
        if change.change == kind:
            out.setdefault(change.mission_id, []).append(change)
    return out


def _name(change: Change) -> str:
    return " : ".join(printable(part) for part in (change.client, change.title) if part) or "(no title)"


def _pages(change: Change) -> str:
    pages = [str(p) for p in (change.old_page, change.new_page) if p is not None]
    return f"page {' → '.join(dict.fromkeys(pages))}" if pages else "no page"


def _told(change: Change) -> str:
    """Word by word for texts, else the old value and the new one."""
    from carnet.warehouse.ask.changes import words_changed

    old, new = (_flat(v or "") for v in (change.old_value, change.new_value))
    if change.field in LONG and old and new:
        return "".join(_mark(MARKS[kind], text) for kind, text in words_changed(old, new))
    before, after = (_mark(MARKS[kind], text) if text else "nothing" for kind, text in (("gone", old), ("come", new)))
    return f"{before} → {after}"


def _mark(mark: str, text: str) -> str:
    """The spaces stay outside: "~~prévue ~~" is no Markdown."""
    bare = text.strip()
    return text.replace(bare, mark.format(bare), 1) if bare else text


def _flat(text: str) -> str:
    return escaped(printable(text.replace("\n", " · ")))

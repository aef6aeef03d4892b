"""What an ingest brought, told in one line a file or as a table."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.flows.inbox.arrivals import name_of
from carnet.flows.services.ingest import Outcome
from carnet.flows.services.runs import Came
from carnet.warehouse.exports.cells import printable
from carnet.warehouse.exports.to_md import escaped


def sentence(outcome: Outcome) -> str:
    """One line for logs and stderr.

    >>> from pathlib import Path
    >>> sentence(Outcome(Path("raw/notes.pdf"), "refused", reason="empty file"))
    'notes.pdf: refused: empty file'
    """
    if outcome.status == "refused":
        told = f"refused: {outcome.reason}"
    elif outcome.status == "waiting":
        told = str(outcome.reason)
    else:
        told = f"{outcome.status} in {outcome.brochure}: {outcome.missions} missions, {outcome.findings} findings"
    return f"{name_of(outcome.path)}: {printable(told)}"


def markdown_summary(outcomes: Sequence[Outcome], came: Sequence[Came] = ()) -> str:
    """The artifact of a flow run: what is known and unchanged is only counted."""
    lines = [
        "| file | what came of it | brochure | missions | added | removed | changed | to look at | text read |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    brought: dict[str | None, Came] = {c.edition_id: c for c in came if c.edition_id}
    told = [o for o in outcomes if o.status != "unchanged"]
    for o in told:
        state = o.status if o.reason is None else f"{o.status}: {o.reason}"
        share = f"{o.read_share:.0%}" if o.read_share is not None else ""
        c = brought.get(o.edition_id)
        counts = (c.added, c.removed, c.changed, c.look) if c else ("",) * 4
        cells = (name_of(o.path), state, o.brochure or "", o.missions or "", *counts, share)
        lines.append("| " + " | ".join(escaped(printable(str(cell))) for cell in cells) + " |")
    known = len(outcomes) - len(told)
    return "\n".join(
        [*(lines if told else ["Nothing new."]), *([f"\n{known} known files left alone."] if known else [])]
    )

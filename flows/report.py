"""What an ingest brought, told in one line a file or as a table."""

from __future__ import annotations

from collections.abc import Sequence

from flows.ingest import Outcome


def sentence(outcome: Outcome) -> str:
    """One line for logs and stderr.

    >>> from pathlib import Path
    >>> sentence(Outcome(Path("raw/notes.pdf"), "refused", reason="empty file"))
    'notes.pdf: refused: empty file'
    """
    if outcome.status == "refused":
        return f"{outcome.path.name}: refused: {outcome.reason}"
    counts = f"{outcome.missions} missions, {outcome.findings} findings"
    return f"{outcome.path.name}: {outcome.status} in {outcome.brochure}: {counts}"


def markdown_summary(outcomes: Sequence[Outcome]) -> str:
    """The artifact of a flow run."""
    lines = ["| file | what came of it | brochure | missions | findings | text read |", "|---|---|---|---|---|---|"]
    for o in outcomes:
        state = f"refused: {o.reason}" if o.status == "refused" else o.status
        share = f"{o.read_share:.0%}" if o.read_share is not None else ""
        cells = (o.path.name, state, o.brochure or "", o.missions or "", o.findings or "", share)
        lines.append("| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |")
    return "\n".join(lines)

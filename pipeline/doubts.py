"""What was already in doubt while reading and laying out -> findings of origin `reading`."""

from __future__ import annotations

from collections.abc import Sequence

from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.layout import Page, Passage
from carnet.schemas.outline import Outline


def reading_findings(
    pages: Sequence[Page], outline: Outline, left: Sequence[Passage], firm_doubt: str | None = None
) -> tuple[Finding, ...]:
    """Pages that could not be read, garbled or hidden text, pictures that may hold text, blocks nobody read; a
    publisher in doubt; and the lack of any mission."""
    out: list[Finding] = []
    for page, note in ((one.number, note) for one in pages for note in one.notes):
        code, _, message = note.partition(": ")
        severity = Severity.ERROR if code == FindingCode.PAGE_UNREADABLE else Severity.WARNING
        out.append(_finding(FindingCode(code), message, page, severity))
    for passage in left:
        flat = " ".join(passage.text.split())
        out.append(_finding(FindingCode.UNREAD_BLOCK, f"nobody read: {flat[:120]!r}", passage.page, Severity.INFO))
    if firm_doubt:
        code, severity = FindingCode.WEAK_READING, Severity.WARNING
        out.append(_finding(code, firm_doubt, None, severity).model_copy(update={"field": "firm"}))
    if not outline.missions:
        out.append(_finding(FindingCode.NO_MISSIONS, _no_mission(pages), None, Severity.ERROR))
    return tuple(out)


def _no_mission(pages: Sequence[Page]) -> str:
    """What was read although it is nothing for us: it tells a file of another kind from one that can't be read."""
    words = sum(len(word.text.split()) for page in pages for word in page.words)
    boxed = any(word.box for page in pages for word in page.words)
    told = f"{len(pages)} page{'s' if len(pages) > 1 else ''}, " if boxed else ""
    return f"no mission found: {told}{words} word{'s' if words != 1 else ''} read; is it a brochure of references?"


def _finding(code: FindingCode, message: str, page: int | None, severity: Severity) -> Finding:
    return Finding(code=code, origin=Origin.READING, severity=severity, message=message, page=page)

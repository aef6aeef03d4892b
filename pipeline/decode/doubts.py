"""What the roles and links leave in doubt -> findings: weak parts of missions, pages whose text nothing explains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from carnet.pipeline.decode.proposal import Read
from carnet.schemas.finding import Finding, FindingCode, Origin, Severity
from carnet.schemas.outline import PartKind

SURE = 0.85
"""Posterior under which a part is doubted: of the stretches of unseen layouts told so, two in five are wrong."""
_UNTOLD = 60  # letters of a page that no mission and no named role explains, from which on the page is a finding
FIELD_OF = {
    PartKind.CLIENT: "client", PartKind.TITLE: "title", PartKind.PERIOD: "period", PartKind.DURATION: "period",
    PartKind.START: "period", PartKind.END: "period", PartKind.AMOUNT: "amount", PartKind.CONTACT: "contacts",
    PartKind.PARTNERS: "partners", PartKind.CONTEXT: "context", PartKind.APPROACH: "approach",
    PartKind.RESULTS: "results", PartKind.STATUS: "status", PartKind.DOMAIN: "domain",
}  # fmt: skip
"""The field that a kind of part tells."""


def doubtful(read: Read, least: float = SURE) -> list[Finding]:
    """Findings of origin `reading`, worst first within a mission. `least`: posterior under which a part is doubted."""
    out: list[Finding] = []
    for section, sure in zip(read.outline.missions, read.sure, strict=True):
        out += _parts(section.ordinal, section.page_first, sure, least)
    out += _pages(read.untold)
    return out


def _parts(ordinal: int, page: int | None, sure: Mapping[PartKind, float], least: float) -> list[Finding]:
    weakest: dict[str, float] = {}
    for kind, p in sure.items():
        field = FIELD_OF.get(kind)
        if field and p < least:
            weakest[field] = min(weakest.get(field, 1.0), p)
    return [weak(ordinal, page, field, p) for field, p in sorted(weakest.items(), key=lambda item: item[1])]


def weak(ordinal: int, page: int | None, field: str, p: float) -> Finding:
    """A field whose words may say something else, or belong to another mission."""
    return Finding(
        mission=ordinal,
        code=FindingCode.WEAK_READING,
        origin=Origin.READING,
        severity=Severity.WARNING,
        field=field,
        message=f"{field}: place, look and words of what was read speak for it only by {p:.0%}",
        page=page,
    )


def _pages(untold: Mapping[int, Sequence[str]]) -> list[Finding]:
    out = []
    for page, texts in sorted(untold.items()):
        if sum(len(t) for t in texts) >= _UNTOLD:
            said = " ".join(max(texts, key=len).split())[:100]
            message = f"{len(texts)} lines that no mission and nothing else explains, among them {said!r}"
            out.append(
                Finding(
                    code=FindingCode.UNREAD_BLOCK,
                    origin=Origin.READING,
                    severity=Severity.WARNING,
                    message=message,
                    page=page,
                )
            )
    return out

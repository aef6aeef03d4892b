"""Addresses of the publisher's own sites."""

from __future__ import annotations

import re

from carnet.pipeline.fields.context import Context
from carnet.pipeline.rules.fold import fold
from carnet.schemas.evidence import Candidate, Evidence
from carnet.schemas.layout import Passage
from carnet.schemas.outline import Outline

_HOST = r"(?<![@\w.-])(?:https?://|www\.)(?:[\w.‐‑]|-\n?){2,80}\.[a-z]{2,10}"
_SITE = re.compile(_HOST, re.IGNORECASE)
_URL = re.compile(_HOST + r"(?:/[\w./%-]{0,80})?", re.IGNORECASE)
"""An address; it may run on below behind its own hyphen."""

_HYPHENS = str.maketrans("‐‑", "--")


def find(outline: Outline, ctx: Context) -> list[Candidate]:
    """One candidate an address, from the cover, the offices and running lines, each once; of the address of a page, as
    browsers print it in running lines, its site."""
    out, seen = [], set()
    for passage in (*outline.offices, *outline.front, *outline.running):
        own = _own_domain(passage.text, ctx)
        if own and not any(_URL.search(p.text) for p in (passage,)):
            out.append(_site(passage, *own))
            seen.add(out[-1].value)
            break
    written = (*outline.front[:25], *outline.offices, *outline.team, *outline.front[-12:])
    for passage, pattern in (*((p, _URL) for p in written), *((p, _SITE) for p in outline.running)):
        for match in pattern.finditer(passage.text):
            printed = match.group().rstrip("./")
            url = printed.replace("\n", "").translate(_HYPHENS)
            key = re.sub(r"^https?://(?:www\.)?|^www\.", "", url.lower())
            if key in seen:
                continue
            seen.add(key)
            place = passage.slice(match.start(), match.start() + len(printed))
            evidence = Evidence.of(place, "website", "websites.url")
            out.append(Candidate(value=url, evidence=(evidence,), rank=1, rule="websites.url"))
    return out


def own_domains(outline: Outline, ctx: Context) -> frozenset[str]:
    """The domains of sites that are surely the firm's: their letters are its name's, or an e-mail stands with its
    offices, its people or on its cover that is of them. A client's site may be printed on a cover, too."""
    about = " ".join(p.text.lower() for p in (*outline.offices, *outline.team, *outline.front, *outline.running))
    domains = {_domain(str(site.value)) for site in find(outline, ctx)}
    return frozenset(d for d in domains if _own_domain(d, ctx) or f"@{d}" in about)


def _domain(url: str) -> str:
    """
    >>> _domain("https://www.orvane.example/agence")
    'orvane.example'
    """
    return url.lower().removeprefix("https://").removeprefix("http://").removeprefix("www.").partition("/")[0]


def _own_domain(text: str, ctx: Context) -> tuple[int, int] | None:
    """An address without www whose letters are the firm's ("orvane-conseil.example")."""
    firm = re.sub(r"[^a-z0-9]", "", fold(ctx.firm or ""))
    for match in re.finditer(r"(?<![@\w.-])[a-z0-9-]{3,40}\.[a-z]{2,10}(?![\w@.-])", text):
        name = re.sub(r"[^a-z0-9]", "", match.group().rpartition(".")[0])
        if firm and len(name) >= 4 and (name in firm or firm in name):
            return match.start(), match.end()
    return None


def _site(passage: Passage, start: int, end: int) -> Candidate:
    place = passage.slice(start, end)
    return Candidate(
        value=place.text, evidence=(Evidence.of(place, "website", "websites.domain"),), rank=1, rule="websites.domain"
    )

"""Addresses of the publisher's own sites."""

from __future__ import annotations

import re

from pipeline.fields.context import Context
from schemas.evidence import Candidate, Evidence
from schemas.outline import Outline

_URL = re.compile(r"(?<![@\w.-])(?:https?://|www\.)[\w.-]{2,80}\.[a-z]{2,10}(?:/[\w./%-]{0,80})?", re.IGNORECASE)


def find(outline: Outline, ctx: Context) -> list[Candidate]:
    """One candidate an address, from the cover, the offices and running lines, each once."""
    out, seen = [], set()
    for passage in (*outline.front[:25], *outline.offices, *outline.front[-12:], *outline.running):
        for match in _URL.finditer(passage.text):
            url = match.group().rstrip("./")
            key = re.sub(r"^https?://(?:www\.)?|^www\.", "", url.lower())
            if key in seen:
                continue
            seen.add(key)
            place = passage.slice(match.start(), match.start() + len(url))
            evidence = Evidence.of(place, "website", "websites.url")
            out.append(Candidate(value=url, evidence=(evidence,), rank=1, rule="websites.url"))
    return out

"""The reading of one file, stopped after a stage and turned into plain data for a developer to look at."""

from __future__ import annotations

import hashlib
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import Any

from carnet.flows.inbox.arrivals import look_at
from carnet.pipeline.errors import UnreadableDocument
from carnet.schemas.layout import BBox, Passage


def run_stage(file: Path, stage: str, page: int | None = None) -> list[dict[str, Any]]:
    """Lines, blocks, sections or candidates of `file`, those on `page` if one is given."""
    from carnet.pipeline.layout import lay_out
    from carnet.pipeline.layout.translations import for_document
    from carnet.pipeline.outline import outline
    from carnet.pipeline.read import read
    from carnet.pipeline.rules import load_rules

    arrivals, refused = look_at([file])
    if refused:
        raise UnreadableDocument(f"{file}: {refused[0].reason}")
    data = file.read_bytes()
    rules = load_rules()
    if stage == "candidates":
        return [m for m in _missions(data, file, arrivals[0].media_type) if _covers(m, page)]
    pages = read(data, arrivals[0].media_type, file.name).pages
    rules = for_document(pages, rules)
    layout = lay_out(pages, rules)
    if stage == "blocks":
        return [plain(block) for block in layout.blocks if page in (None, block.page)]
    if stage == "lines":
        return [
            {"page": block.page, "block": block.id, **plain(line)}
            for block in layout.blocks
            if page in (None, block.page)
            for line in block.passage.lines()
        ]
    return [m for section in outline(layout, rules).missions if _covers(m := plain(section), page)]


def _missions(data: bytes, file: Path, media_type: str) -> list[dict[str, Any]]:
    from carnet.pipeline.extract import extract
    from carnet.pipeline.nlp import get_nlp
    from carnet.pipeline.rules import load_rules
    from carnet.schemas.source import SourceFile

    source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=file.name, media_type=media_type)
    return [m.model_dump(mode="json") for m in extract(data, source, load_rules(), get_nlp()).missions]


def _covers(mission: dict[str, Any], page: int | None) -> bool:
    first, last = mission.get("page_first"), mission.get("page_last")
    return page is None or (first is not None and first <= page <= (last or first))


def plain(value: Any) -> Any:
    """Dataclasses to dictionaries without what is empty; a passage to its text, place and look."""
    if isinstance(value, Passage):
        return _passage(value)
    if isinstance(value, BBox):
        return [round(side, 1) for side in (value.x0, value.top, value.x1, value.bottom)]
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        named = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        return {name: content for name, content in named.items() if content not in (None, "", [], False)}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def _passage(passage: Passage) -> dict[str, Any]:
    place = passage.place()
    found: dict[str, Any] = {"text": passage.text}
    if place.box is not None:
        style = passage.pieces[0].word.style
        look = "bold" * style.bold or "plain"
        found |= {
            "page": place.page,
            "box": plain(place.box),
            "look": f"{style.size:g} {look} {style.color or ''}".strip(),
        }
    return found

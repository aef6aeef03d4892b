"""The reading of one file, stopped after a stage and turned into plain data for a developer to look at."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from carnet.flows.inbox.arrivals import look_at
from carnet.pipeline.errors import UnreadableDocument
from carnet.schemas.layout import BBox, Passage
from carnet.schemas.roles import Role

if TYPE_CHECKING:
    from carnet.pipeline.decode.shown import Thought
    from carnet.pipeline.read.reading import Reading
    from carnet.pipeline.rules import Rules


def run_stage(file: Path, stage: str, page: int | None = None) -> list[dict[str, Any]]:
    """What a stage makes of `file` (on `page`, if one is given): printed lines; roles of their stretches, links of each
    mission, template of the brochure, by the network; sections of the missions; candidates for the fields."""
    from carnet.pipeline.decode.choose import choose
    from carnet.pipeline.decode.read import read_roles, taken_apart
    from carnet.pipeline.decode.shown import thoughts

    data, media_type = _opened(file)
    if stage == "candidates":
        return [m for m in _missions(data, file, media_type) if _covers(m, page)]
    reading, rules = _read(data, media_type, file.name)
    pages = reading.pages
    if stage in ("roles", "links", "template"):
        return _thought(stage, thoughts(pages, rules), page)
    if stage == "lines":
        sheets = [sheet for sheet in taken_apart(pages, rules) if page in (None, sheet.number)]
        return [{"page": sheet.number, **plain(line)} for sheet in sheets for line in sheet.lines]
    chosen = choose(read_roles(pages, rules), rules)
    return [m for section in chosen.outline.missions if _covers(m := plain(section), page)]


def _opened(file: Path) -> tuple[bytes, str]:
    """Its bytes and media type; UnreadableDocument for what no reader takes."""
    arrivals, refused = look_at([file])
    if refused:
        raise UnreadableDocument(f"{file}: {refused[0].reason}")
    return file.read_bytes(), arrivals[0].media_type


def _read(data: bytes, media_type: str, name: str) -> tuple[Reading, Rules]:
    """Its pages, and the rules with the words of its language."""
    from carnet.pipeline.read import read
    from carnet.pipeline.rules import load_rules
    from carnet.pipeline.translations import for_document

    reading = read(data, media_type, name)
    return reading, for_document(reading.pages, load_rules())


def _thought(stage: str, some: Sequence[Thought], page: int | None) -> list[dict[str, Any]]:
    from carnet.pipeline.decode.shown import template

    if stage == "template":
        return [plain(slot) for slot in template(some)]
    here = [t for t in some if page in (None, t.page)]
    if stage == "roles":
        return [_rounded(plain(t)) for t in here]
    missions: dict[int, list[Thought]] = {}
    for thought in here:
        missions.setdefault(thought.mission, []).append(thought)
    return [
        {
            "mission": number,
            "head": next((t.passage.text for t in members if t.is_head), None),
            "parts": [_rounded({"role": t.role.value, "text": t.passage.text, "linked": t.linked}) for t in members],
        }
        for number, members in sorted(missions.items())
        if number
    ]


def _rounded(told: dict[str, Any]) -> dict[str, Any]:
    return {name: round(value, 3) if isinstance(value, float) else value for name, value in told.items()}


def picture_of_roles(file: Path, page: int) -> bytes:
    """A page as PNG, each stretch framed in the colour of its role, with role, probability and mission beside it."""
    from carnet.pipeline.decode.shown import thoughts
    from carnet.pipeline.read import as_pdf
    from carnet.pipeline.read.page_view import view_page

    data, media_type = _opened(file)
    reading, rules = _read(data, media_type, file.name)
    view = view_page(as_pdf(data, media_type), page)
    image = Image.open(io.BytesIO(view.picture)).convert("RGB")
    scale = image.width / view.width
    draw = ImageDraw.Draw(image)
    for thought in thoughts(reading.pages, rules):
        if thought.page == page:
            _frame(draw, thought, scale)
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def _frame(draw: ImageDraw.ImageDraw, thought: Thought, scale: float) -> None:
    box, hue = thought.box, 47 * list(Role).index(thought.role) % 360
    ink = f"hsl({hue}, 85%, 38%)"
    draw.rectangle([box.x0 * scale, box.top * scale, box.x1 * scale, box.bottom * scale], outline=ink, width=2)
    said = f"{thought.role.value} {thought.sure:.2f}" + (f" #{thought.mission}" if thought.mission else "")
    draw.text((box.x0 * scale + 1, box.top * scale - 11), said + " HEAD" * thought.is_head, fill=ink)


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

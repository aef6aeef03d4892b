"""What a PDF says beside its pages: metadata, bookmarks, notes, links, fields, spoken texts, attachments."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

import pikepdf
from lxml import etree

from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.redaction.wanted import RedactionTarget

_DEPTH = 50
_SPOKEN = (b"/ActualText", b"/Alt", b"/E ", b"/E(", b"/E<", b"/Contents", b"/T(", b"/T <")
"""Keys of texts for who listens."""
_SCAN = 0xDA
_NOTES = (0xE1, 0xED, 0xFE)
"""Marks in a JPEG: its dots begin; EXIF and XMP, IPTC, a comment."""
_CONTROLS = frozenset(range(9)) | {11, 12} | frozenset(range(14, 32))


Rect = tuple[float, float, float, float]
"""x0, low, x1, high in a page's own axes."""


@dataclass
class Cleaned:
    """`notes`: where links, notes and fields were that named somebody, by page. `spoken`: pages on which letters told
    somebody's name to who listens, whatever they show."""

    notes: dict[int, list[Rect]] = field(default_factory=dict)
    spoken: set[int] = field(default_factory=set)


def clean(pdf: pikepdf.Pdf, wanted: RedactionTarget) -> Cleaned:
    """Take the names out of every string and every text of the file, and links and notes that name somebody off its
    pages. UnreadableDocument where that can't be done."""
    contents = _contents_of_pages(pdf)
    cleaned = Cleaned()
    for number, page in enumerate(pdf.pages, 1):
        cleaned.notes[number] = list(_drop_notes(page, wanted))
        if _clean_contents(pdf, page, wanted) or _has_spoken(page, wanted):
            cleaned.spoken.add(number)
    contents |= _contents_of_pages(pdf)
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.objgen not in contents:
            _clean_stream(thing, wanted)
        _clean_strings(thing, wanted)
        for held in _dictionaries(thing):
            _drop_private(held)
            _refuse_unsearched(held)
    _clean_strings(pdf.trailer, wanted)
    return cleaned


def spoken(pdf: pikepdf.Pdf) -> Iterator[str]:
    """All that can be read in it beside what its pages draw."""
    contents = _contents_of_pages(pdf)
    for thing in pdf.objects:
        yield from _strings(thing)
        if isinstance(thing, pikepdf.Stream) and thing.objgen not in contents and (text := _text(thing)):
            yield text
    yield from _strings(pdf.trailer)


def _contents_of_pages(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Streams of operators: their letters are read elsewhere."""
    return {part.objgen for page in pdf.pages for part in _parts(page)}


def _parts(page: pikepdf.Page) -> list[pikepdf.Stream]:
    contents = page.obj.get("/Contents")
    parts = list(contents) if isinstance(contents, pikepdf.Array) else [contents]
    return [part for part in parts if isinstance(part, pikepdf.Stream)]


def _dictionaries(thing: Any, depth: int = 0) -> Iterator[Any]:
    """An object and what stands in it, other objects aside."""
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and depth <= _DEPTH:
        yield thing
        for _, item in list(thing.items()):
            if not getattr(item, "is_indirect", False):
                yield from _dictionaries(item, depth + 1)
    elif isinstance(thing, pikepdf.Array) and depth <= _DEPTH:
        for n in range(len(thing)):
            if not getattr(thing[n], "is_indirect", False):
                yield from _dictionaries(thing[n], depth + 1)


def _drop_private(thing: Any) -> None:
    """What the program that made the file keeps in it for itself, and small pictures of pages: both show what was."""
    for key in ("/PieceInfo", "/Thumb"):
        if key in thing:
            del thing[key]


def _refuse_unsearched(thing: Any) -> None:
    """A file that is attached, and is no text."""
    files = thing.get("/EF")
    for _, stream in list(files.items()) if isinstance(files, pikepdf.Dictionary) else ():
        if isinstance(stream, pikepdf.Stream) and _text(stream) is None:
            name = str(thing.get("/UF") or thing.get("/F") or "")
            raise UnreadableDocument(f"an attachment can't be searched: {name}".rstrip(": "))


def _drop_notes(page: pikepdf.Page, wanted: RedactionTarget) -> Iterator[Rect]:
    """Links to somebody's address, notes that name somebody; a form's fields stay, and lose what is filled in."""
    notes = page.obj.get("/Annots")
    kept = []
    for note in list(notes) if isinstance(notes, pikepdf.Array) else ():
        naming = isinstance(note, pikepdf.Dictionary) and any(map(wanted.anywhere, _strings(note)))
        if naming:
            yield _rect(note)
        if not naming or note.get("/Subtype") == "/Widget":
            kept.append(note)
    if isinstance(notes, pikepdf.Array) and len(kept) < len(notes):
        page.obj.Annots = pikepdf.Array(kept)


def _rect(note: Any) -> Rect:
    x0, y0, x1, y1 = (float(side) for side in note.get("/Rect", (0, 0, 0, 0)))
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _strings(thing: Any, depth: int = 0) -> Iterator[str]:
    """Of an object and what stands in it, other objects aside."""
    for _, _, string in _held(thing, depth):
        yield _said(str(string))


def _said(string: str) -> str:
    """An address as it is in a link: "mailto:a.verdeau%40brenoux.example"."""
    return unquote(string.removeprefix("mailto:")) if "%" in string or string.startswith("mailto:") else string


def _held(thing: Any, depth: int = 0) -> Iterator[tuple[Any, Any, pikepdf.String]]:
    """Each string, with what holds it and its place there."""
    if depth > _DEPTH:
        raise UnreadableDocument("its objects are nested too deeply")
    items: list[tuple[Any, Any]]
    if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        items = list(thing.items())
    elif isinstance(thing, pikepdf.Array):
        items = [(n, thing[n]) for n in range(len(thing))]
    else:
        return
    for key, item in items:
        if isinstance(item, pikepdf.String):
            yield thing, key, item
        elif not getattr(item, "is_indirect", False):
            yield from _held(item, depth + 1)


def _clean_strings(thing: Any, wanted: RedactionTarget) -> None:
    for holder, key, string in list(_held(thing)):
        said = _said(str(string))
        if wanted.anywhere(said):
            holder[key] = pikepdf.String(wanted.without(said))


def _clean_stream(stream: pikepdf.Stream, wanted: RedactionTarget) -> None:
    if _draws(stream):
        _clean_spoken(stream, wanted)
        return
    text = _text(stream)
    if not text or not wanted.anywhere(text):
        return
    if stream.get("/Type") == "/Metadata" or stream.get("/Subtype") == "/XML":
        stream.write(_clean_xml(stream.read_bytes(), wanted))
    else:
        raise UnreadableDocument("the words stand in an attachment, a script or a picture's data")


def _draws(stream: pikepdf.Stream) -> bool:
    return stream.get("/Subtype") == "/Form" or stream.get("/PatternType") == 1


def _clean_spoken(stream: pikepdf.Stream, wanted: RedactionTarget) -> None:
    """Texts for who listens, set among the operators of a form."""
    if _may_speak(stream):
        instructions = list(pikepdf.parse_content_stream(stream))
        if _clean_operands(instructions, wanted):
            stream.write(pikepdf.unparse_content_stream(instructions))


def _may_speak(stream: pikepdf.Stream) -> bool:
    data = stream.read_bytes()
    return any(key in data for key in _SPOKEN)


def _clean_contents(pdf: pikepdf.Pdf, page: pikepdf.Page, wanted: RedactionTarget) -> bool:
    """The same for a page; whether anything was there."""
    if not any(map(_may_speak, _parts(page))):
        return False
    instructions = list(pikepdf.parse_content_stream(page))
    changed = _clean_operands(instructions, wanted)
    if changed:
        page.obj.Contents = pdf.make_stream(pikepdf.unparse_content_stream(instructions))
    return changed


def _has_spoken(page: pikepdf.Page, wanted: RedactionTarget) -> bool:
    """Such texts that stand beside the operators."""
    resources = page.obj.get("/Resources")
    properties = resources.get("/Properties") if isinstance(resources, pikepdf.Dictionary) else None
    told = [one for _, one in properties.items()] if isinstance(properties, pikepdf.Dictionary) else []
    return any(wanted.anywhere(text) for one in told for text in _strings(one))


def _clean_operands(instructions: list[Any], wanted: RedactionTarget) -> bool:
    changed = False
    for instruction in instructions:
        for operand in instruction.operands if str(instruction.operator) in ("BDC", "DP") else ():
            if any(map(wanted.anywhere, _strings(operand))):
                _clean_strings(operand, wanted)
                changed = True
    return changed


def _text(stream: pikepdf.Stream) -> str | None:
    """What a stream holds, if it is text: XML, a script, an attached list."""
    if _draws(stream) or stream.get("/Type") in ("/ObjStm", "/XRef") or "/FunctionType" in stream:
        return None
    if stream.get("/Subtype") == "/Image":
        return _told_by_picture(stream)
    try:
        data = stream.read_bytes()
    except pikepdf.PdfError:
        return None
    if _CONTROLS & set(data[:4096]):
        return None
    return data.decode("utf-8", "replace")


def _told_by_picture(stream: pikepdf.Stream) -> str | None:
    """What a camera or a program noted in a JPEG: who took it."""
    filters = stream.get("/Filter")
    if filters != "/DCTDecode" and filters != [pikepdf.Name.DCTDecode]:
        return None
    data, at, told = stream.read_raw_bytes(), 2, b""
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] != _SCAN:
        size = int.from_bytes(data[at + 2 : at + 4], "big")
        if data[at + 1] in _NOTES:
            told += b"\n" + data[at + 4 : at + 2 + size]
        at += 2 + size
    return told.replace(b"\0", b"").decode("utf-8", "replace") or None


def _clean_xml(data: bytes, wanted: RedactionTarget) -> bytes:
    """XMP without the names; nothing of it where it can't be taken apart."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return b""
    for element in root.iter():
        element.text, element.tail = (text and wanted.without(text) for text in (element.text, element.tail))
        for name, value in element.attrib.items():
            element.attrib[name] = wanted.without(value)
    return bytes(etree.tostring(root, encoding="utf-8"))

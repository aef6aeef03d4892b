"""How many contacts of a brochure can be taken out of it, and what happens to the rest: `python -m tests.redaction`, of
some brochures by words of their names, `--some N` for N contacts of each.

Everything here is measured beside the code that redacts: pdfplumber's letters, pdfium's pictures, the missions read.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pdfplumber
import pypdfium2
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from carnet.flows.services.forget import lexicon
from carnet.flows.services.redacting_child import wanted
from carnet.pipeline.errors import UnreadableDocument
from carnet.pipeline.extract import extract
from carnet.pipeline.read import MEDIA_TYPES
from carnet.pipeline.redact import PDF, redact
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.draft import EditionDraft
from carnet.schemas.result import EditionResult
from carnet.schemas.source import SourceFile
from carnet.warehouse.ask.unharmed import harm
from carnet.warehouse.log.journal import Journal
from carnet.warehouse.privacy.forgotten import Fingerprints, leave_out, scrub_text
from carnet.warehouse.privacy.person import person_of, words_used

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "brochures"
KEY = b"measured"


@dataclass
class Count:
    """Of one brochure: contacts taken out, with marks of their own width or as wide as what stood there; refusals with
    their reasons; what is wrong with a redacted file: it must be empty."""

    done: int = 0
    wide: int = 0
    refused: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)


def brochures() -> list[Path]:
    """Samples, and those that lie beside the project; scans have no words."""
    paths = [p for folder in (ROOT / "raw", SHARED) for p in sorted(folder.glob("*")) if p.suffix in MEDIA_TYPES]
    return [path for path in paths if "scan" not in path.stem and path.name != "FORMAT.md"]


@cache
def draft_of(data: bytes, name: str) -> EditionDraft:
    source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type=MEDIA_TYPES[Path(name).suffix])
    return EditionDraft.model_validate_json(extract(data, source, load_rules()).model_dump_json())


def contacts_of(path: Path) -> list[str]:
    """Whole names, in the order of the letters."""
    result = settle(draft_of(path.read_bytes(), path.name))
    return sorted({c.name for m in result.missions for c in m.contacts if c.name and len(c.name.split()) > 1})


def spread(names: Sequence[str], some: int | None) -> Sequence[str]:
    """So many of them, from all over.

    >>> spread(["a", "b", "c", "d", "e", "f"], 3), spread(["a"], None)
    (['b', 'd', 'f'], ['a'])
    """
    step = max(1, len(names) // some) if some else 1
    return list(names)[step // 2 :: step][:some] if some else names


def measure(path: Path, names: Sequence[str]) -> Count:
    """Each of them forgotten for himself."""
    count = Count()
    for who in names:
        _forget(path, who, count)
    return count


def _forget(path: Path, who: str, count: Count) -> None:
    data, media_type = path.read_bytes(), MEDIA_TYPES[path.suffix]
    before = draft_of(data, path.name)
    journal = _forgotten(who, before)
    why = ""
    for wide in (False, True) if media_type == PDF else (False,):
        try:
            made = redact(data, media_type, wanted(before.model_dump_json(), Fingerprints.of(journal)), None, wide)
        except UnreadableDocument as error:
            why = str(error)
            break
        after = draft_of.__wrapped__(made, path.name)
        left = leave_out(before, journal)[0]
        concerned = {o.ordinal for o, n in zip(before.missions, left.missions, strict=True) if o != n}
        found = harm(settle(left), settle(after), concerned)
        if leave_out(after, journal)[0] is after and found is None:
            count.done, count.wide = count.done + 1, count.wide + wide
            count.wrong += [
                f"{who}: {what}" for what in _wrong(path, made, settle(left), settle(after), concerned, who)
            ]
            return
        why = why or found or "the person would still be read"
    count.refused.append((who, why))


def _forgotten(who: str, draft: EditionDraft) -> Journal:
    texts = list(_texts(json.loads(draft.model_dump_json())))
    missions = settle(draft).missions
    bodies = [text for m in missions for text in (m.client, m.title, m.domain, *m.partners) if text]

    def used(known: Fingerprints) -> set[str]:
        return words_used(*([scrub_text(text, known)[0] for text in many] for many in (texts, bodies)))

    people = [c.model_dump() for m in missions for c in m.contacts] + [m.value for m in draft.team]
    person = person_of(who, [p for p in people if p.get("name")], lexicon(), used)
    return Journal(fingerprints=frozenset(person.fingerprints(KEY)), key=KEY)


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict | list):
        for item in data.values() if isinstance(data, dict) else data:
            yield from _texts(item)


# --- what a redacted file must be, by other eyes


def _wrong(
    path: Path, made: bytes, before: EditionResult, after: EditionResult, concerned: set[int], who: str
) -> Iterator[str]:
    for one, other in zip(before.missions, after.missions, strict=True):
        if one.ordinal not in concerned and one != other:
            yield f"mission {one.ordinal} is another"
    surname = max(who.split(), key=len)
    if path.suffix != ".pdf":
        yield from _wrong_text(path.read_text(encoding="utf-8"), made.decode(), surname)
    else:
        yield from _wrong_pages(path.read_bytes(), made)


def _wrong_text(before: str, after: str, surname: str) -> Iterator[str]:
    """The words left are the words there were, in their order."""
    words = iter(re.findall(r"\w+", before))
    if not all(any(word == one for one in words) for word in re.findall(r"\w+", after)):
        yield "there are words that were not there, or another order"
    lost = len(re.findall(r"\w+", before)) - len(re.findall(r"\w+", after))
    if not 0 < lost <= 60:
        yield f"{lost} words went"


def _wrong_pages(before: bytes, after: bytes) -> Iterator[str]:
    with pdfplumber.open(io.BytesIO(before)) as old, pdfplumber.open(io.BytesIO(after)) as new:
        if len(old.pages) != len(new.pages):
            yield "other pages"
        pictures = pypdfium2.PdfDocument(before), pypdfium2.PdfDocument(after)
        for number, (one, other) in enumerate(zip(old.pages, new.pages, strict=True), 1):
            was, now = _letters(one), _letters(other)
            come = "".join(letter for letter, *_ in (now - was).elements())
            if come.strip("[…]"):
                yield f"page {number}: {come!r} came"
            gone = [char for char in one.chars if _place(char) in was - now]
            if len(gone) > 250:
                yield f"page {number}: {len(gone)} letters went"
            if _differs(*(_picture(document, number) for document in pictures), gone):
                yield f"page {number} looks otherwise"
            one.close()
            other.close()


def _letters(page: Any) -> Counter[tuple[str, int, int]]:
    return Counter(_place(char) for char in page.chars if not char["text"].isspace())


def _place(char: dict[str, Any]) -> tuple[str, int, int]:
    return char["text"], round(char["x0"]), round(char["top"])


def _picture(document: Any, number: int) -> Image.Image:
    page = document[number - 1]
    picture = page.render(scale=1).to_pil().convert("L")
    page.close()
    return picture


def _differs(one: Image.Image, other: Image.Image, gone: Sequence[dict[str, Any]]) -> bool:
    """Outside of what went; blurred, for letters stand on whole dots."""
    for picture in (one, other):
        pen = ImageDraw.Draw(picture)
        for char in gone:
            pen.rectangle((char["x0"] - 4, char["top"] - 4, char["x1"] + 4, char["bottom"] + 4), fill=255)
    soft = [picture.filter(ImageFilter.GaussianBlur(2)) for picture in (one, other)]
    return ImageChops.difference(*soft).getextrema()[1] > 48


def main() -> None:
    logging.disable(logging.CRITICAL)
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("words", nargs="*")
    asked.add_argument("--some", type=int)
    wanted = asked.parse_args()
    total = Counter[str]()
    for path in brochures():
        if wanted.words and not any(word in path.name for word in wanted.words):
            continue
        started = time.process_time()
        names = spread(contacts_of(path), wanted.some)
        count = measure(path, names)
        total.update(contacts=len(names), done=count.done, wide=count.wide, refused=len(count.refused))
        total.update(wrong=len(count.wrong))
        print(f"{path.name}: {len(names)} contacts, {count.done} taken out ({count.wide} with wide marks), "
              f"{len(count.refused)} refused, {time.process_time() - started:.0f} s", flush=True)  # fmt: skip
        for who, why in count.refused:
            print(f"    refused: {who}: {why}")
        for what in count.wrong:
            print(f"    WRONG: {what}")
    print(dict(total))


if __name__ == "__main__":
    main()

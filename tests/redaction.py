"""How many contacts of a brochure can be taken out of it, and what happens to the rest: `python -m tests.redaction`, of
some brochures by words of their names, `--some N` for N contacts of each. `--into FILE.jsonl` keeps a line for each
contact, and one that stands in it is not tried again: hours of a processor can be spent in pieces.

Everything here is measured beside the code that redacts: pdfplumber's letters, pdfium's pictures, the missions read.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import json
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
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
from carnet.pipeline.redaction.wanted import WAYS
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.draft import EditionDraft
from carnet.schemas.result import EditionResult
from carnet.schemas.source import SourceFile
from carnet.schemas.spelling import folded
from carnet.warehouse.ask.unharmed import harm
from carnet.warehouse.log.journal import Journal
from carnet.warehouse.privacy.forgotten import Fingerprints, leave_out, scrub_text
from carnet.warehouse.privacy.person import person_of, words_used

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared" / "brochures"
KEY = b"measured"


@dataclass(frozen=True)
class Tried:
    """One contact of one brochure. `refused`: why; `way`: the marks that were drawn; `wrong`: what is wrong with the
    redacted file, it must be empty."""

    who: str
    refused: str = ""
    way: str = ""
    wrong: tuple[str, ...] = ()


@dataclass
class Count:
    """All contacts of one brochure."""

    tried: list[Tried] = field(default_factory=list)

    @property
    def done(self) -> list[Tried]:
        return [one for one in self.tried if not one.refused]

    @property
    def refused(self) -> list[tuple[str, str]]:
        return [(one.who, one.refused) for one in self.tried if one.refused]

    @property
    def wrong(self) -> list[str]:
        return [f"{one.who}: {what}" for one in self.tried for what in one.wrong]


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
    return Count([forget(path, who) for who in names])


def forget(path: Path, who: str) -> Tried:
    """As `carnet forget --redact` does: with marks in one way, else in the next."""
    data, media_type = path.read_bytes(), MEDIA_TYPES[path.suffix]
    before = draft_of(data, path.name)
    journal = _forgotten(who, before)
    left = leave_out(before, journal)[0]
    concerned = {o.ordinal for o, n in zip(before.missions, left.missions, strict=True) if o != n}
    why = ""
    for marks in WAYS if media_type == PDF else WAYS[:1]:
        try:
            made = redact(data, media_type, wanted(before.model_dump_json(), Fingerprints.of(journal)), None, marks)
        except UnreadableDocument as error:
            return Tried(who, str(error))
        after = draft_of.__wrapped__(made, path.name)
        found = harm(settle(left), settle(after), concerned)
        if leave_out(after, journal)[0] is after and found is None:
            wrong = (*_other_missions(settle(left), settle(after), concerned), *_wrong(path, made, before, who))
            return Tried(who, way=marks, wrong=wrong)
        why = why or found or "the person would still be read"
    return Tried(who, why)


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


def _other_missions(before: EditionResult, after: EditionResult, concerned: set[int]) -> Iterator[str]:
    for one, other in zip(before.missions, after.missions, strict=True):
        if one.ordinal not in concerned and one != other:
            yield f"mission {one.ordinal} is another"


def _wrong(path: Path, made: bytes, draft: EditionDraft, who: str) -> Iterator[str]:
    said = _squeezed(" ".join(_said_of(who, draft)))
    if path.suffix != ".pdf":
        yield from _wrong_text(path.read_text(encoding="utf-8"), made.decode(), said)
    else:
        yield from _wrong_pages(path.read_bytes(), made, said)


def _said_of(who: str, draft: EditionDraft) -> Iterator[str]:
    """All that is printed of somebody, wherever: only this may go."""
    yield who
    for mission in draft.missions:
        for candidate in mission.candidates.get("contacts", ()):
            mine = {n for n, contact in enumerate(candidate.value, 1) if _is(who, contact["name"])}
            yield from (evidence.text for evidence in candidate.evidence if evidence.ordinal in mine)
    for member in draft.team:
        yield from (evidence.text for evidence in member.evidence if _is(who, member.value["name"]))


def _is(who: str, name: str | None) -> bool:
    return sorted(folded(name or "").split()) == sorted(folded(who).split())


def _squeezed(text: str) -> str:
    """Letters and figures alone, of any spelling.

    >>> _squeezed("M. Éric d'Aubremont")
    'mericdaubremont'
    """
    return "".join(sign for sign in folded(text) if sign.isalnum())


def _wrong_text(before: str, after: str, said: str) -> Iterator[str]:
    """The words left are the words there were, in their order; those that went were the person's."""
    was, now = re.findall(r"\w+", before), re.findall(r"\w+", after)
    gone, at = [], 0
    for word in was:
        if at < len(now) and word == now[at]:
            at += 1
        else:
            gone.append(word)
    if at < len(now):
        yield f"{now[at]!r} was not there, or elsewhere"
    if not gone:
        yield "nothing went"
    yield from (f"{word!r} went" for word in gone if _squeezed(word) not in said)


def _wrong_pages(before: bytes, after: bytes, said: str) -> Iterator[str]:
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
            yield from (f"page {number}: {word!r} went" for word in _words(gone) if _squeezed(word) not in said)
            if _differs(*(_picture(document, number) for document in pictures), gone):
                yield f"page {number} looks otherwise"
            one.close()
            other.close()


def _words(chars: Sequence[dict[str, Any]]) -> Iterator[str]:
    """What they spell, a blank or a gap apart."""
    for word in pdfplumber.utils.extract_words(list(chars), use_text_flow=True):
        yield from re.findall(r"\w+", word["text"])


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
    asked.add_argument("--into", type=Path)
    options = asked.parse_args()
    total = Counter[str]()
    for path in brochures():
        if options.words and not any(word in path.name for word in options.words):
            continue
        names = spread(contacts_of(path), options.some)
        count = Count([_kept(path, who, options.into) for who in names])
        total.update(contacts=len(names), done=len(count.done), refused=len(count.refused), wrong=len(count.wrong))
        _tell(path, count)
    print(dict(total))


def _kept(path: Path, who: str, into: Path | None) -> Tried:
    """As it was found before with the same file, else tried now."""
    mark = [path.name, hashlib.sha256(path.read_bytes()).hexdigest()]
    for line in into.read_text().splitlines() if into and into.exists() else ():
        if (known := json.loads(line))["file"] == mark and known["who"] == who:
            return Tried(who, known["refused"], known["way"], tuple(known["wrong"]))
    tried = forget(path, who)
    if into:
        with into.open("a") as lines:
            lines.write(json.dumps({"file": mark} | asdict(tried), ensure_ascii=False) + "\n")
    return tried


def _tell(path: Path, count: Count) -> None:
    ways = Counter(one.way for one in count.done)
    print(f"{path.name}: {len(count.tried)} contacts, {len(count.done)} taken out {dict(ways)}, "
          f"{len(count.refused)} refused", flush=True)  # fmt: skip
    for who, why in count.refused:
        print(f"    refused: {who}: {why}")
    for what in count.wrong:
        print(f"    WRONG: {what}")


if __name__ == "__main__":
    main()

"""What the trained French model adds over rules alone: `python -m tests.accuracy.nlp` prints the table of docs/nlp.md.

Every brochure with a reference answer is read twice, without and with the model; a value that changes is compared with
the reference. Then the model alone is asked for the names on contact lines, for comparison.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from carnet.pipeline.extract import extract
from carnet.pipeline.nlp import get_nlp
from carnet.pipeline.rules import load_rules
from carnet.pipeline.rules.fold import fold
from carnet.pipeline.settle import settle
from carnet.pipeline.values.people import parse_contacts
from carnet.schemas.result import EditionResult
from carnet.schemas.source import SourceFile
from tests.make_samples import draw_variants

ROOT = Path(__file__).parents[2]
MEDIA = {".pdf": "application/pdf", ".txt": "text/plain", ".md": "text/markdown"}


def main() -> None:
    rules, nlp = load_rules(), get_nlp()
    nlp.persons("Odile Brancourt")  # load it before the clock runs
    seconds = [0.0, 0.0]
    changed: list[str] = []
    names = {"rules": 0, "model": 0, "all": 0}
    for path, gold in brochures():
        results = []
        for i, model in enumerate((None, nlp)):
            start = time.perf_counter()
            data = path.read_bytes()
            source = SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=path.name, media_type=MEDIA[path.suffix])
            results.append(settle(extract(data, source, rules, model)))
            seconds[i] += time.perf_counter() - start
        changed += differences(path.name, *results)
        for mission in gold["missions"]:
            for contact in mission["contacts"]:
                if contact.get("name"):
                    line = ", ".join(str(v) for v in (contact["name"], contact.get("role")) if v)
                    names["all"] += 1
                    names["rules"] += any(
                        p.name and fold(p.name.value) == fold(contact["name"]) for p in parse_contacts(line, rules)
                    )
                    names["model"] += any(fold(f.value) == fold(contact["name"]) for f in nlp.persons(line))
    print(f"seconds without and with the model: {seconds[0]:.1f}, {seconds[1]:.1f}")
    print(
        f"names on contact lines: {names['all']}; exact by rules {names['rules']}, by the model alone {names['model']}"
    )
    print(f"values that change with the model: {len(changed)}")
    print("\n".join(changed))


def brochures() -> Iterator[tuple[Path, dict[str, list[dict[str, list[dict[str, str]]]]]]]:
    folders = [ROOT.parent / "shared" / "brochures", Path(tempfile.mkdtemp())]
    draw_variants(folders[1])
    for folder in folders:
        for gold in sorted(folder.glob("*.gold.json")):
            stem = gold.name.removesuffix(".gold.json")
            path = next((p for e in MEDIA for p in [folder / f"{stem}{e}"] if p.exists()), None)
            if path is not None and "scan" not in stem:
                yield path, json.loads(gold.read_text(encoding="utf-8"))


def differences(name: str, without: EditionResult, with_model: EditionResult) -> list[str]:
    out = [
        f"{name} mission {a.ordinal} {field}: {getattr(a, field)!r} -> {getattr(b, field)!r}"
        for a, b in zip(without.missions, with_model.missions, strict=True)
        for field in type(a).model_fields
        if getattr(a, field) != getattr(b, field)
    ]
    if without.team != with_model.team:
        out.append(f"{name} team: {len(without.team)} -> {len(with_model.team)} people")
    return out


if __name__ == "__main__":
    main()

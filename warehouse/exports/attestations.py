"""Finds the file that attests to each mission of a list: its name starts with the mission's id or its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from carnet.warehouse.exports.references import Reference

_FIRST_WORD = re.compile(r"[0-9a-z]*", re.IGNORECASE)


@dataclass(frozen=True)
class Attestations:
    """`files`: by mission id. `others`: files that belong to no mission of the list."""

    files: dict[str, tuple[Path, ...]]
    others: tuple[Path, ...] = ()

    def of(self, reference: Reference) -> tuple[Path, ...]:
        return self.files.get(reference.mission_id, ())


def find_attestations(folder: Path, references: Sequence[Reference]) -> Attestations:
    """`3f2a91c07b5e.pdf`, `3f2a91c07b5e-ville-de-luz.pdf`, `3.pdf`, `03 - Luz.pdf`; hidden files are passed over."""
    former = {name.lower(): r.mission_id for r in references for name in r.former_ids}
    named = former | {name: r.mission_id for r in references for name in (r.mission_id.lower(), str(r.number))}
    files: dict[str, tuple[Path, ...]] = {}
    others = []
    for path in sorted(p for p in folder.iterdir() if p.is_file() and not p.name.startswith(".")):
        match = _FIRST_WORD.match(path.name)
        word = match[0].lower() if match else ""
        whole = named.get(word) or named.get(word.lstrip("0"))
        if whole is None:
            others.append(path)
        else:
            files[whole] = (*files.get(whole, ()), path)
    return Attestations(files, tuple(others))

"""What holds for whole brochures: evidence stands where it says, and nothing depends on when or how often one reads."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from functools import cache
from pathlib import Path

import pytest

from carnet.pipeline.extract import extract
from carnet.pipeline.read import read
from carnet.pipeline.rules import load_rules
from carnet.pipeline.settle import settle
from carnet.schemas.draft import EditionDraft
from carnet.schemas.evidence import Evidence
from carnet.schemas.layout import Page
from carnet.schemas.result import EditionResult
from carnet.schemas.source import SourceFile

RAW = Path(__file__).parent.parent / "raw"
SAMPLES = ("maubray-fiches.pdf", "orvane-deck.pdf")
PDF = "application/pdf"


def draft_of(name: str) -> EditionDraft:
    data = (RAW / name).read_bytes()
    return extract(data, SourceFile(sha256=hashlib.sha256(data).hexdigest(), name=name, media_type=PDF), load_rules())


@cache
def stored_draft(name: str) -> EditionDraft:
    return draft_of(name)


@cache
def pages_of(name: str) -> dict[int, Page]:
    return {page.number: page for page in read((RAW / name).read_bytes(), PDF, name).pages}


@pytest.mark.parametrize("name", SAMPLES)
def test_each_evidence_gives_back_its_printed_text(name: str) -> None:
    result = settle(stored_draft(name))
    evidence = [e for places in result.evidence for e in places]
    assert len(evidence) > 100
    wrong = [f"{e.field} on page {e.page}: {e.text!r}" for e in evidence if letters(e.text) not in words_at(e, name)]
    assert wrong == []


def words_at(evidence: Evidence, name: str) -> str:
    """The letters of the words that are printed in its box, line by line."""
    assert evidence.page is not None and evidence.x0 is not None and evidence.x1 is not None
    assert evidence.top is not None and evidence.bottom is not None
    inside = [
        word
        for word in pages_of(name)[evidence.page].words
        if word.box
        and evidence.x0 - 1 <= (word.box.x0 + word.box.x1) / 2 <= evidence.x1 + 1
        and evidence.top - 1 <= (word.box.top + word.box.bottom) / 2 <= evidence.bottom + 1
    ]
    return letters(" ".join(word.text for word in inside))


def letters(text: str) -> str:
    """Without spaces, accents, and hyphens, which a line end may have added."""
    return re.sub(r"[^a-z0-9@€]", "", unicodedata.normalize("NFKD", text).casefold())


@pytest.mark.parametrize("name", SAMPLES)
def test_every_value_that_is_stated_has_evidence(name: str) -> None:
    result = settle(stored_draft(name))
    for mission, evidence in zip(result.missions, result.evidence, strict=True):
        fields = {e.field for e in evidence}
        for column in (
            "title",
            "client",
            "domain",
            "start_date",
            "end_date",
            "amount",
            "context",
            "approach",
            "results",
        ):
            assert not getattr(mission, column) or column in fields, f"mission {mission.ordinal}: {column}"
        people = [e.field for e in evidence if e.field == "contact_name"]
        assert len(people) == sum(c.name is not None for c in mission.contacts)
        assert sum(e.field == "partner" for e in evidence) >= len(mission.partners)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_same_file_gives_the_same_draft_and_result(name: str) -> None:
    again = draft_of(name)
    assert again == stored_draft(name)
    assert settle(again) == settle(stored_draft(name))


@pytest.mark.parametrize("name", SAMPLES)
def test_draft_and_result_survive_being_stored(name: str) -> None:
    draft = stored_draft(name)
    result = settle(draft)
    restored = EditionDraft.model_validate_json(draft.model_dump_json())
    assert restored.model_dump(mode="json") == draft.model_dump(mode="json")
    assert settle(restored) == result
    assert EditionResult.model_validate_json(result.model_dump_json()) == result


@pytest.mark.parametrize("name", SAMPLES)
def test_keys_are_distinct_and_missions_in_order(name: str) -> None:
    result = settle(stored_draft(name))
    assert len(set(result.keys)) == len(result.keys) == len(result.missions)
    assert [m.ordinal for m in result.missions] == list(range(1, len(result.missions) + 1))
    pages = [m.page_first or 0 for m in result.missions]
    assert pages == sorted(pages)
    assert all((m.page_first or 0) <= (m.page_last or 0) <= (result.edition.pages or 0) for m in result.missions)


@pytest.mark.parametrize("name", SAMPLES)
def test_findings_name_missions_that_exist(name: str) -> None:
    result = settle(stored_draft(name))
    ordinals = {m.ordinal for m in result.missions}
    assert all(f.mission is None or f.mission in ordinals for f in result.findings)
    assert 0 <= result.read_share <= 1

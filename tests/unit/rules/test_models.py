"""Rule files are checked by strict models; all mistakes are told together."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from carnet.pipeline import rules
from carnet.pipeline.errors import RuleError
from carnet.pipeline.rules.models import MODELS, missing_keys, mistakes_in


@pytest.mark.parametrize(
    ("name", "content", "mistakes"),
    [
        ("works", {"works": ["étude"]}, []),
        ("works", {"works": ["étude"], "wroks": ["audit"]}, ["wroks: unknown key"]),
        ("works", {"works": ["étude", "Étude"]}, ["works: printed twice: étude"]),
        ("works", {"works": ["étude", False]}, ["works.1: Input should be a valid string, got False"]),
        ("works", {"works": ["étude", ""]}, ["works.1: String should have at least 1 character, got ''"]),
        ("works", {}, []),
        ("nonsense", {"works": ["étude"]}, ["no rule file has this name"]),
        ("noise", {"continued": "(suite"}, None),
        ("noise", {"continued": "(?:suite)?"}, ["continued: the pattern '(?:suite)?' matches the empty string"]),
        ("ranks", {"label": 0}, ["label: Input should be greater than or equal to 1, got 0"]),
        ("months", {"months": {13: ["treizième"]}}, None),
        ("labels", {"client": {"forms": ["pour qui"], "head": []}}, ["client.head: unknown key"]),
        ("labels", {"customer": {"forms": ["pour qui"]}}, None),
        ("organisations", {"classes": {"ville": {"kind": "town"}}}, None),
    ],
)  # fmt: skip
def test_mistakes(name: str, content: dict[str, object], mistakes: list[str] | None) -> None:
    found = mistakes_in(name, content)
    assert len(found) == 1 if mistakes is None else found == mistakes


def test_a_key_that_no_file_holds_is_missed() -> None:
    assert missing_keys("works", {}) == ["'works' is in no file"]


def test_every_file_has_a_model_and_every_model_a_file() -> None:
    assert {path.stem for path in rules.FOLDER.glob("*/*.yml")} == set(MODELS)


def test_all_mistakes_stop_the_run_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in ("shared", *rules.LANGUAGES):
        shutil.copytree(rules.FOLDER / folder, tmp_path / folder)
    (tmp_path / "fr" / "works.yml").write_text("works: [étude]\nworks: [audit]\n", encoding="utf-8")
    (tmp_path / "fr" / "repeats.yml").write_text("as_above: [idem, Idem]\n", encoding="utf-8")
    (tmp_path / "fr" / "nonsense.yml").write_text("a: 1\n", encoding="utf-8")
    monkeypatch.setattr(rules, "FOLDER", tmp_path)
    rules.load_rules.cache_clear()
    with pytest.raises(RuleError) as told:
        rules.load_rules()
    rules.load_rules.cache_clear()
    for mistake in ("'works' is given twice", "printed twice: idem", "no rule file has this name"):
        assert mistake in str(told.value)

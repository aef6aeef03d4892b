"""Words, labels and thresholds as data: `load_rules()` gives all of them, checked and frozen."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from carnet.pipeline.errors import RuleError
from carnet.pipeline.rules.labels import Labels, build_labels
from carnet.pipeline.rules.models import missing_keys, mistakes_in

FOLDER = Path(__file__).parent
LANGUAGES = ("fr", "en")


@dataclass(frozen=True)
class Rules:
    """All rules of the languages asked for. `digest` changes when any rule does."""

    labels: Labels
    lexicons: Mapping[str, Mapping[str, Any]]
    digest: str

    def lexicon(self, name: str) -> Mapping[str, Any]:
        """The merged content of every `<name>.yml`; RuleError when there is none."""
        try:
            return self.lexicons[name]
        except KeyError:
            raise RuleError(f"no rule file named {name}.yml in {FOLDER}") from None

    def __hash__(self) -> int:
        return hash(self.digest)


@lru_cache(maxsize=4)
def load_rules(languages: tuple[str, ...] = LANGUAGES) -> Rules:
    """Read `shared` and the folders of `languages`, in this order; all mistakes are reported together.

    Raises RuleError.
    """
    digest = hashlib.sha256()
    merged: dict[str, dict[str, Any]] = {}
    by_language: dict[str, dict[str, Any]] = {}
    problems: list[str] = []
    for folder in ("shared", *languages):
        for path in sorted((FOLDER / folder).glob("*.yml")):
            data = path.read_bytes()
            digest.update(path.name.encode() + b"\0" + data)
            content = _checked(path, data, problems)
            if path.stem == "labels":
                by_language[folder] = content
            else:
                _merge(merged.setdefault(path.stem, {}), content)
    digest.update((FOLDER / "shared" / "places.tsv.gz").read_bytes())
    if set(LANGUAGES) <= set(languages):
        problems += [f"{name}.yml: {said}" for name, content in merged.items() for said in missing_keys(name, content)]
    labels = Labels({}, {}) if problems else build_labels(by_language, problems)
    if problems:
        raise RuleError("; ".join(problems))
    return Rules(labels, merged, digest.hexdigest()[:16])


def _checked(path: Path, data: bytes, problems: list[str]) -> dict[str, Any]:
    """The content of a file; what is wrong in it is put into `problems`."""
    name = f"{path.parent.name}/{path.name}"
    try:
        content = yaml.load(data, Loader=_Loader) or {}
    except yaml.YAMLError as error:
        problems.append(f"{name}: {error}")
        return {}
    if not isinstance(content, dict):
        problems.append(f"{name}: expected a mapping, got {type(content).__name__}")
        return {}
    problems += [f"{name}: {said}" for said in mistakes_in(path.stem, content)]
    return content


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # libyaml where there is one
    """A key that is given twice is a mistake; YAML's own loaders take the last."""

    def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        doubled = next((key for at, key in enumerate(keys) if key in keys[:at]), None)
        if doubled is not None:
            raise yaml.constructor.ConstructorError(None, None, f"key {doubled!r} is given twice", node.start_mark)
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


def _merge(into: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Lists are extended, mappings merged, single values replaced by the later language."""
    for key, value in more.items():
        old = into.get(key)
        if isinstance(old, dict) and isinstance(value, dict):
            _merge(old, value)
        elif isinstance(old, list) and isinstance(value, list):
            old.extend(value)
        else:
            into[key] = value

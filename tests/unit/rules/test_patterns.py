"""Every regular expression of ours takes a hostile line of a megabyte in linear time: 20 seconds at the very most."""

from __future__ import annotations

import re
import signal

import pytest

from tests.attacks import is_slow
from tests.patterns import Used, never_seen, patterns

pytestmark = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs signals to end what does not end")

KNOWN = {
    "carnet.warehouse.disk.output: re.fullmatch(lists, place.name)",
    "carnet.pipeline.redaction.wanted: re.finditer('[\\\\s*_-]{0,8}'.join(signs), text)",
    "carnet.pipeline.fields.team: re.match(f'({_NAME.pattern})\\\\s{{0,40}}[,–—:-]\\\\s{{0,40}}(.+)$', line.text)",
    "carnet.warehouse.exports.finding_words: "
    "re.sub(f'{_MARK}(\\\\d+){_MARK}', lambda at: _as_quoted(printed[int(at[1])]), said)",  # marks of our own
    "carnet.pipeline.correct: re.fullmatch(pattern, text)",  # what a user typed, against constants
    "carnet.pipeline.fields.amount: re.search(f'\\\\b(?:{forms})\\\\b', fold(text))",  # words only
    "carnet.warehouse.store.db: re.search(f'(?<![.\\\\w]){other}\\\\b', text)",  # names of our views, in our SQL
    "carnet.warehouse.matching.contradictions: "
    "re.finditer(f' (?:{words}) (?:la |l |le |les )?({choices})(?= )', text)",  # words only
    "carnet.pipeline.fields.title: "
    "re.compile(f\",?\\\\s(?:{any_of(rules.lexicon('fields')['title_leads'])})$\")",  # words only
    "carnet.pipeline.fields.client_words: "
    "re.compile('|'.join((re.escape(fold(str(w))) for w in rules.lexicon('clients')['before_places'])))",  # words only
    "carnet.warehouse.loading.contract_files: re.compile(f\"{vocabulary()['holder']}[0-9]*\")",  # a name of a column
    "carnet.warehouse.disk.records: "
    're.compile(f\'(?:[\\\\s,\\\\[\\\\]}}]|\\\\{{\\\\s*(?="(?:{names})")|"(?:{names})"\\\\s*:)*+\')',  # possessive
    "carnet.warehouse.exports.remarks: re.search(sign, text)",
    "carnet.warehouse.exports.to_xlsx: re.sub(chr(34), '', unit)",
}
"""Not met while two brochures are read: looked at, or the same data is met elsewhere."""


@pytest.mark.slow
def test_all_patterns_are_known() -> None:
    assert never_seen() - KNOWN == set()
    assert len(patterns()) > 300


@pytest.mark.slow
def test_none_is_slow() -> None:
    by_pattern: dict[tuple[str, int], list[Used]] = {}
    for used in patterns():
        by_pattern.setdefault((used.pattern, used.flags), []).append(used)
    slow = {}
    for (pattern, flags), uses in by_pattern.items():
        attack = is_slow(re.compile(pattern, flags), all(use.at_one_place for use in uses))
        if attack:
            slow[f"{uses[0].module}:{uses[0].line} {pattern}"] = attack
    assert slow == {}


BAD = [r"\s+-", r"(a|a)*b", r"[a-z]+@", r"(?:\w+\s?)*!"]


@pytest.mark.parametrize("pattern", BAD)
def test_slow_ones_are_found(pattern: str) -> None:
    assert is_slow(re.compile(pattern))


GOOD = [r"\s{0,40}-", r"(?<!\s)\s+-", r"[a-z]{1,64}@", r"\([^()]*\)", r"\w+(?:-\w+)*", r"\A(?>a|a)*+b"]


@pytest.mark.parametrize("pattern", GOOD)
def test_quick_ones_are_not(pattern: str) -> None:
    assert not is_slow(re.compile(pattern))

"""From paths to outcomes, without Prefect: what is looked at, refused, tried again, left alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from carnet.flows.inbox.arrivals import Arrival, look_at
from carnet.flows.services import ingest as ingest_module
from carnet.flows.services.ingest import Run, ingest, plan
from carnet.flows.services.report import markdown_summary, sentence
from carnet.flows.settings import Settings, read_settings
from carnet.flows.workers.answers import Failure, FileReading, PassingTrouble, ReadingFailed
from carnet.flows.workers.child import read_one
from carnet.flows.workers.code_version import fingerprint
from carnet.pipeline.read import expected
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.loading.known import Naming
from tests.builders import draft, result, write_file


class FakeReadings:
    """Answers as reading processes would: what is planned for each file, one answer a try."""

    def __init__(self, answers: dict[str, list[FileReading | Failure]]) -> None:
        self.answers = answers

    def result(self, arrival: Arrival) -> FileReading:
        answer = self.answers[arrival.name][0]
        if isinstance(answer, Failure):
            raise (PassingTrouble if answer.kind == "passing" else ReadingFailed)(answer)
        return answer

    def again(self, arrival: Arrival) -> None:
        self.answers[arrival.name].pop(0)

    def as_they_end(self, wanted: Iterable[Arrival]) -> Iterator[Arrival]:
        return iter(list(wanted))


def reading_of(arrival: Arrival) -> FileReading:
    """What a brochure's file would give."""
    made = result(arrival.name)
    source = made.edition.source.model_copy(update={"sha256": arrival.sha256})
    made = made.model_copy(update={"edition": made.edition.model_copy(update={"source": source})})
    return FileReading(draft(made).model_dump_json(), made.model_dump_json(), 0.1)


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ingest_module, "PAUSE_SECONDS", 0)


def run_with(paths: list[Path], warehouse: Path, **failures: list[Failure]) -> Run:
    run = plan(paths, Settings(warehouse), Naming())
    answers = {a.name: [*failures.get(a.path.stem, []), reading_of(a)] for a in run.to_read}
    ingest(run, FakeReadings(answers))  # type: ignore[arg-type]
    return run


REFUSED = Failure("refused", "it is encrypted")
PASSING = Failure("passing", "can't be read: Input/output error")


def test_a_refused_file_does_not_stop_the_others(tmp_path: Path, path: Path) -> None:
    files = [write_file(tmp_path / f"{name}.txt", name) for name in ("a", "b", "c")]
    run = run_with(files, path, b=[REFUSED])
    assert {o.path.stem: o.status for o in run.outcomes} == {"a": "new", "b": "refused", "c": "new"}
    assert sentence(run.refused[0]) == "b.txt: refused: it is encrypted"
    with open_reader(path) as con:
        assert ask(con, "SELECT count(*) FROM editions").rows == [(2,)]


def test_passing_trouble_is_tried_again(tmp_path: Path, path: Path) -> None:
    files = [write_file(tmp_path / "a.txt"), write_file(tmp_path / "b.txt", "other")]
    run = run_with(files, path, a=[PASSING, PASSING], b=[PASSING] * 3)
    assert {o.path.stem: o.status for o in run.outcomes} == {"a": "new", "b": "refused"}


def test_known_files_are_not_read_again(tmp_path: Path, path: Path) -> None:
    file = write_file(tmp_path / "a.txt")
    assert [o.status for o in run_with([file], path).outcomes] == ["new"]
    again = plan([file], Settings(path), Naming())
    assert (again.to_read, [o.status for o in again.outcomes]) == ([], ["unchanged"])
    assert plan([file], Settings(path), Naming(brochure="autre")).to_read != []


def test_better_code_reads_again(tmp_path: Path, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = write_file(tmp_path / "a.txt")
    run_with([file], path)
    monkeypatch.setattr(ingest_module, "code_version", lambda: "a newer one")
    assert [o.status for o in run_with([file], path).outcomes] == ["replaced"]


def test_paths(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "deep/c.txt", ".hidden/d.txt", "~lock.txt", "notes.doc"):
        write_file(tmp_path / "raw" / name, name)
    write_file(tmp_path / "raw" / "copy of a.md", "a.md")
    (tmp_path / "raw" / "scan.bin").write_bytes(b"%PDF-1.7 named wrongly")
    named = [tmp_path / "raw", tmp_path / "raw/scan.bin", tmp_path / "raw/notes.doc", tmp_path / "nowhere"]
    arrivals, refused = look_at(named)
    assert [a.path.name for a in arrivals] == ["a.md", "b.txt", "c.txt", "scan.bin"]
    assert [(r.path.name, r.reason.split(":")[0]) for r in refused] == [
        ("notes.doc", f"expected {expected()}; save it as PDF and ingest that"),
        ("nowhere", "no such file or folder")]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "media_type", "kind"),
    [(b"", "text/plain", "refused"), (b"hello", "application/pdf", "refused"), (b"Bonjour.", "text/plain", "refused")],
)
def test_bad_input_gets_one_sentence(tmp_path: Path, content: bytes, media_type: str, kind: str) -> None:
    import hashlib

    (tmp_path / "x").write_bytes(content)
    failure = read_one(tmp_path / "x", hashlib.sha256(content).hexdigest(), media_type, Settings(tmp_path))
    assert isinstance(failure, Failure)
    assert failure.kind == kind
    assert "\n" not in failure.reason


def test_a_file_that_changes_meanwhile_may_pass(tmp_path: Path) -> None:
    failure = read_one(write_file(tmp_path / "x.txt"), "another", "text/plain", Settings(tmp_path))
    assert isinstance(failure, Failure)
    assert failure.kind == "passing"


def test_settings_come_from_the_environment_once(tmp_path: Path) -> None:
    environ = {"CARNET_WAREHOUSE": "/data/w.duckdb", "CARNET_PREFECT": "off", "HOME": str(tmp_path)}
    settings = read_settings(None, environ)
    assert (settings.warehouse, settings.use_prefect, settings.prefect_home) == (
        Path("/data/w.duckdb"), False, Path("/data/.prefect"))  # fmt: skip
    assert read_settings(Path("x.duckdb"), environ).warehouse == Path("x.duckdb")


def test_a_changed_rule_is_another_code_version(tmp_path: Path) -> None:
    rule = write_file(tmp_path / "pipeline/rules/fr/months.yml", "mars: 3")
    before = fingerprint(tmp_path)
    write_file(tmp_path / "pipeline/rules/fr/notes.txt", "no part of the code")
    assert fingerprint(tmp_path) == before
    write_file(rule, "mars: 4")
    assert fingerprint(tmp_path) != before


def test_summary_has_a_line_for_each_file(tmp_path: Path, path: Path) -> None:
    run = run_with([write_file(tmp_path / "a.txt"), tmp_path / "gone|x.txt"], path)
    assert markdown_summary(run.outcomes).splitlines()[2:] == [
        "| gone\\|x.txt | refused: no such file or folder |  |  |  |  |  |  |  |",
        "| a.txt | new | ondine-conseil | 3 |  |  |  |  | 94% |",
    ]

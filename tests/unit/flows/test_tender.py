"""`carnet references` as a person uses it: what is said, written, refused, and with what exit status."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from carnet.pipeline.read.office import printing
from carnet.warehouse.ask.query import ask, open_reader
from carnet.warehouse.exports.reference_formats import FORMATS
from carnet.warehouse.privacy.given_out import given_out
from carnet.warehouse.privacy.lists import lists_file, lists_given
from carnet.warehouse.store.db import open_writer
from tests.builders import MISSIONS, load_result, result
from tests.conftest import Said
from tests.gold_warehouse import Gold, make_gold_warehouse, shared_golds

Carnet = Callable[..., Said]
GUIDE = (Path(__file__).parents[3] / "docs" / "references.md").read_text(encoding="utf-8")
DAY = ("--as-of", "2023-03-01")


def ids(warehouse: Path) -> list[str]:
    with open_reader(warehouse) as con:
        return [row[0] for row in ask(con, "SELECT mission_id FROM missions ORDER BY ordinal").rows]


def test_a_table_for_the_terminal(carnet: Carnet, filled: Path) -> None:
    said = carnet("references", *DAY, "--warehouse", filled)
    assert said.status == 0
    lines = said.out.splitlines()
    assert re.findall(r"^ +(\d) +(\w{12}) ", said.out, re.MULTILINE) == [
        (str(n), whole) for n, whole in enumerate([ids(filled)[place] for place in (2, 0, 1)], 1)
    ]
    assert lines[-1] == "3 references, 2020-03-01 to 2023-03-01; --out FILE.docx writes them"
    assert f"carnet: no. 3 ({ids(filled)[1]}): the brochure gives no amount\n" in said.err


@pytest.mark.parametrize("name", ["liste.docx", "liste.XLSX", "liste.pdf", "liste.csv", "liste.md", "liste.html"])
def test_files(carnet: Carnet, filled: Path, tmp_path: Path, name: str) -> None:
    out = tmp_path / name
    said = carnet("references", *DAY, "--out", out, "--warehouse", filled)
    assert (said.status, said.out) == (0, "")
    assert said.err.splitlines()[-1] == f"carnet: {out}: 3 references"
    first = out.read_bytes()
    assert given_out(filled) == [out]
    assert carnet("references", *DAY, "--out", out, "--force", "--warehouse", filled).status == 0
    assert out.read_bytes() == first
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("format", FORMATS)
def test_a_format_whatever_the_name(carnet: Carnet, filled: Path, tmp_path: Path, format: str) -> None:
    out = tmp_path / "liste.txt"
    assert carnet("references", *DAY, "--format", format, "--out", out, "--warehouse", filled).status == 0
    start = {
        "docx": b"PK",
        "xlsx": b"PK",
        "pdf": b"%PDF-",
        "csv": b"\xef\xbb\xbf",
        "md": b"# ",
        "html": b"<!doctype",
        "passe-marche": b"{",
    }
    assert out.read_bytes().startswith(start[format])


def test_a_letterhead_and_columns(
    carnet: Carnet, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, template = tmp_path / "liste.docx", tmp_path / "en-tete.docx"
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "Ondine Conseil"
    word.save(str(template))
    asked = ("--template", template, "--columns", "title,domain", "--declared", "--out", out, "--warehouse", filled)
    assert carnet("references", *DAY, *asked).status == 0
    made = docx.Document(str(out))
    assert made.sections[0].header.paragraphs[0].text == "Ondine Conseil"
    assert [cell.text for cell in made.tables[0].rows[0].cells] == ["Objet de la prestation", "Domaine"]
    assert [given.name for given in lists_given(filled)] == ["liste.docx"]
    asked = "SELECT name, form, as_of_date, count(*) AS missions FROM lists GROUP BY ALL"
    said = carnet("sql", "--format", "csv", asked, "--warehouse", filled)
    assert said.out.splitlines()[1:] == [f"liste.docx,docx,{DAY[-1]},3"]
    lists_file(filled).write_text('{"at": "once", "form": 1}\n' + lists_file(filled).read_text("utf-8"), "utf-8")
    assert carnet("rebuild", "--warehouse", filled).status == 0
    assert carnet("sql", "--format", "csv", asked, "--warehouse", filled).out == said.out
    monkeypatch.setattr(printing, "program", lambda: None)
    asked = ("--template", template, "--out", tmp_path / "liste.pdf", "--warehouse", filled)
    refused = carnet("references", *DAY, *asked)
    assert refused.status == 1 and "needs LibreOffice" in refused.err and not (tmp_path / "liste.pdf").exists()
    for wrong in (("--template", template), ("--columns", "prix")):
        assert carnet("references", *wrong, "--warehouse", filled).status == 2
    template.write_bytes(b"PK")
    refused = carnet("references", "--template", template, "--out", tmp_path / "x.docx", "--warehouse", filled)
    assert refused.status == 1 and "can't be a template" in refused.err


def test_text_goes_to_stdout(
    filled: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    from carnet.flows.cli import main

    arguments = ["references", *DAY, "--format", "passe-marche", "--warehouse", str(filled)]
    monkeypatch.setattr("sys.argv", ["carnet", *arguments])
    with pytest.raises(SystemExit):
        main()
    said = capfdbinary.readouterr()
    assert len(json.loads(said.out)["realisations_livraisons"]) == 3
    assert b"carnet: no. 3: no montant\n" in said.err


def test_fewer_than_asked_for(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "liste.csv"
    said = carnet("references", *DAY, "--at-least", 4, "--out", out, "--warehouse", filled)
    assert (said.status, out.exists()) == (1, True)
    assert said.err.splitlines()[-1] == "carnet: 3 references where at least 4 are asked for"
    assert carnet("references", *DAY, "--at-least", 3, "--warehouse", filled).status == 0


def test_picks_in_their_order(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    first, second, _ = ids(filled)
    out = tmp_path / "liste.csv"
    said = carnet("references", *DAY, "--pick", f"{second}, {first[:8]}", "--out", out, "--warehouse", filled)
    assert said.status == 0
    assert [row.split(";")[-1] for row in out.read_text().splitlines()[1:]] == [second, first]
    late = carnet("references", "--as-of", "2030-01-01", "--pick", first, "--warehouse", filled)
    assert "carnet: not in the window, listed because picked: no. 1\n" in late.err
    unknown = carnet("references", "--pick", "zzz", "--warehouse", filled)
    assert (unknown.status, unknown.err) == (1, "carnet: zzz: no mission has this id; `carnet missions` lists them\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--out", "liste.odt"], "liste.odt: expected a name that ends in .docx, .xlsx, .pdf, .csv, .md or .html"),
        (["--out", "liste"], "liste: expected a name that ends in .docx, .xlsx, .pdf, .csv, .md or .html"),
        (["--pick", ","], "--pick names the missions, such as 3f2a,91c0: leave out what else chooses"),
        (
            ["--pick", "3f2a", "--client", "x"],
            "--pick names the missions, such as 3f2a,91c0: leave out what else chooses",
        ),
        (
            ["--pick", "3f2a", "--limit", "2"],
            "--pick names the missions, such as 3f2a,91c0: leave out what else chooses",
        ),
        (["--fiches", "--out", "liste.xlsx"], "--fiches: only in docx, html, md, pdf"),
        (["--fiches"], "--fiches: only in docx, html, md, pdf"),
        (["--contacts", "--format", "passe-marche"], "--contacts: the State's form has no place for them"),
        (["--contacts", "--no-names"], "--contacts and --no-names: one names people, the other nobody; choose one"),
        (["--as-of", "soon"], "--as-of 'soon': expected 2021, 2021-03, 2021-03-15, 15/03/2021 or 'mars 2021'"),
        (["--years", "0"], "Invalid value for '--years'"),
        (["--format", "odt"], "--format: 'odt' is not one of docx"),
    ],
)
def test_wrong_usage(
    carnet: Carnet, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)
    said = carnet("references", *arguments, "--warehouse", filled)
    assert (said.status, said.out) == (2, "")
    assert said.err.startswith(f"carnet: {sentence}")
    assert len(said.err.splitlines()) == 1
    assert list(tmp_path.glob("liste*")) == []


def test_folders_that_are_not_there(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "no" / "liste.docx"
    said = carnet("references", "--out", out, "--warehouse", filled)
    assert (said.status, said.err) == (1, f"carnet: {out}: can't be written: there is no such folder\n")
    said = carnet("references", "--attestations", tmp_path / "no", "--warehouse", filled)
    assert (said.status, said.err) == (1, f"carnet: {tmp_path / 'no'}: can't be read: there is no such folder\n")


def test_attestations(carnet: Carnet, filled: Path, tmp_path: Path) -> None:
    folder, out = tmp_path / "attestations", tmp_path / "liste.md"
    folder.mkdir()
    for name in (f"{ids(filled)[0]}.pdf", "3 - Trois Vals.pdf", "autre.pdf"):
        (folder / name).write_bytes(b"%PDF")
    said = carnet("references", *DAY, "--attestations", folder, "--out", out, "--warehouse", filled)
    assert "carnet: attestations that belong to no mission of the list: autre.pdf\n" in said.err
    rows = [line.split(" | ")[-1].strip(" |") for line in out.read_text().splitlines() if re.match(r"\| \d", line)]
    assert rows == ["à joindre", f"{ids(filled)[0]}.pdf", "3 - Trois Vals.pdf"]


def test_findings_are_said_before_the_file_is_written(
    carnet: Carnet, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from carnet.schemas.finding import Finding, FindingCode, Origin, Severity

    doubt = Finding(mission=1, code=FindingCode.CLIENT_MISMATCH, origin=Origin.BROCHURE, severity=Severity.ERROR,
                    field="client", message="another client in the text")  # fmt: skip
    with open_writer(path) as con:
        load_result(con, result(findings=[doubt]))
    monkeypatch.setattr("carnet.warehouse.disk.output.write_new", _full)
    said = carnet("references", *DAY, "--out", tmp_path / "liste.docx", "--warehouse", path)
    assert said.status == 1
    assert f"carnet: no. 2 ({ids(path)[0]}): error: client: another client in the text\n" in said.err
    assert said.err.endswith("liste.docx: the disk is full; make room and try again\n")


def _full(path: Path, data: bytes, mode: int | None = None) -> None:
    raise OSError(28, "No space left on device", str(path))


def test_many_doubts_are_counted(carnet: Carnet, path: Path) -> None:
    with open_writer(path) as con:
        load_result(con, result(missions=[MISSIONS[1].model_copy(update={"ordinal": n, "title": f"Plan {n}"})
                                          for n in range(1, 41)], findings=[]))  # fmt: skip
    said = carnet("references", *DAY, "--warehouse", path)
    assert said.err.count("the brochure gives no amount") == 20
    assert said.err.endswith("carnet: … and 20 more like that; see `carnet findings`\n")


def test_text_of_a_brochure_can_not_act_on_a_terminal(carnet: Carnet, path: Path) -> None:
    with open_writer(path) as con:
        load_result(
            con, result(missions=[m.model_copy(update={"title": "Plan\x1b[2J\u202e [red]x"}) for m in MISSIONS])
        )
    said = carnet("references", *DAY, "--warehouse", path)
    assert "[red]x" in said.out and not set("\x1b\u202e") & set(said.out + said.err)


def guide_commands() -> list[str]:
    return [line for block in re.findall(r"```\n(.*?)```", GUIDE, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("command", guide_commands())
def test_the_guides_commands_run(
    carnet: Carnet, filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "attestations").mkdir()
    first, second, _ = ids(filled)
    program, *arguments = shlex.split(command.split("#")[0].replace("3f2a91", first).replace("91c07b", second))
    assert program == "carnet"
    said = carnet(*arguments, "--warehouse", filled)
    assert said.status in (0, 1 if "--at-least" in arguments else 0), said.err
    if "--out" in arguments:
        assert (tmp_path / arguments[arguments.index("--out") + 1]).stat().st_size > 500


def test_lists_of_the_shared_brochures(carnet: Carnet, path: Path, tmp_path: Path) -> None:
    """Counts from the reference answers; nobody's name, mail or phone in a list without fiches."""
    golds = shared_golds()
    if not golds:
        pytest.skip("../shared/brochures is not here")
    make_gold_warehouse(path, golds)
    out = tmp_path / "liste.csv"
    said = carnet("references", "--as-of", "2022-12-31", "--out", out, "--warehouse", path)
    assert said.status == 0
    assert len(out.read_text().splitlines()) - 1 == sum(_ran(m) for gold in golds for m in gold["missions"])
    text = out.read_text()
    people = [c for gold in golds for m in gold["missions"] for c in m["contacts"]]
    assert [c for c in people for name in ("name", "email", "phone") if c[name] and c[name] in text] == []


def _ran(mission: Gold) -> bool:
    """From 2019-12-31 to 2022-12-31, with the words of the answers alone: years are enough for nearly all of it."""
    if mission["status"] == "ongoing" and not mission["end"]:  # until 2024, as its brochure says
        return not mission["start"] or mission["start"][:4] <= "2022"
    start, end = mission["start"] or mission["end"], mission["end"] or mission["start"]
    if start is None:
        return False
    ends = end if len(end) > 4 or end != "2019" else "2019-12"
    return bool(start[:4] <= "2022" and (ends[:4] >= "2020" or ends.startswith("2019-12")))
